//! A small generator with a fixed seed: PCG-XSH-RR (O'Neill 2014). The null reference of clustering draws from
//! it, and so do tests; no other estimate draws numbers.

/// A stream of numbers, fixed by its seed.
pub(crate) struct Pcg(u64);

impl Pcg {
    pub(crate) fn new(seed: u64) -> Self {
        let mut this = Self(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        this.bits();
        this
    }

    #[expect(clippy::cast_possible_truncation, reason = "the output function keeps the low 32 bits")]
    fn bits(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((((old >> 18) ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
    }

    /// Uniform on the open interval (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        (f64::from(self.bits()) + 0.5) / 4_294_967_296.0
    }

    /// Standard normal (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }
}

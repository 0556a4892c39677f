//! Draws with a fixed seed. Two sources of uniform numbers are in use, one here and one in `simulate`; what is
//! made of them stands here once. The null reference of clustering is the only estimate that draws.

/// A source of uniform numbers.
pub trait Uniform {
    /// The next one, on the open interval (0, 1).
    fn uniform(&mut self) -> f64;
}

/// Draws from a source.
#[derive(Clone, Debug)]
pub struct Draws<U> {
    pub(crate) source: U,
    spare: Option<f64>,
}

impl<U: Uniform> Draws<U> {
    pub fn over(source: U) -> Self {
        Self { source, spare: None }
    }

    /// Uniform on the open interval (0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.source.uniform()
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// Standard normal, by the polar method (Marsaglia and Bray 1964).
    pub fn normal(&mut self) -> f64 {
        if let Some(z) = self.spare.take() {
            return z;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = x * x + y * y;
            if s > 0.0 && s < 1.0 {
                let scale = (-2.0 * s.ln() / s).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }

    /// Log-normal with this mean and coefficient of variation.
    pub fn log_normal(&mut self, mean: f64, cv: f64) -> f64 {
        let variance = (1.0 + cv * cv).ln();
        (mean.ln() - variance / 2.0 + variance.sqrt() * self.normal()).exp()
    }
}

/// PCG-XSH-RR (O'Neill 2014), a stream of numbers fixed by its seed.
#[derive(Clone, Debug)]
pub struct Pcg(u64);

impl Pcg {
    pub(crate) fn new(seed: u64) -> Self {
        let mut this = Self(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        this.bits();
        this
    }

    /// From a state that is random already, such as a part of a hash.
    pub fn from_state(state: u64) -> Self {
        Self(state)
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

impl Uniform for Pcg {
    fn uniform(&mut self) -> f64 {
        Self::uniform(self)
    }
}

//! Draws for the bench: one stream a (section, scenario, run), so that a table does not change when another
//! is added or when its runs are taken in another order.

/// A permuted congruential generator (O'Neill 2014, PCG-XSH-RR 64/32).
pub(crate) struct Random {
    state: u64,
    spare: Option<f64>,
}

impl Random {
    /// The stream of one run of a named scenario.
    pub(crate) fn of(name: &str, run: u64) -> Self {
        let hash = blake3::hash(format!("{name}|{run}").as_bytes());
        let state = hash.as_bytes().iter().take(8).fold(0, |state, byte| state << 8 | u64::from(*byte));
        Self { state, spare: None }
    }

    fn bits(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        #[expect(clippy::cast_possible_truncation, reason = "the generator's output permutation")]
        let mixed = (((old >> 18) ^ old) >> 27) as u32;
        mixed.rotate_right(u32::try_from(old >> 59).unwrap_or(0))
    }

    /// Uniform on the open interval (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        (f64::from(self.bits()) + 0.5) / 4_294_967_296.0
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// Standard normal, by the polar method (Marsaglia and Bray 1964).
    pub(crate) fn normal(&mut self) -> f64 {
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
    pub(crate) fn log_normal(&mut self, mean: f64, cv: f64) -> f64 {
        let variance = (1.0 + cv * cv).ln();
        (mean.ln() - variance / 2.0 + variance.sqrt() * self.normal()).exp()
    }

    /// Gamma with this shape, at least 1, and scale 1 (Marsaglia and Tsang 2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Successes of `n` trials.
    pub(crate) fn binomial(&mut self, n: u64, p: f64) -> u64 {
        (0..n).map(|_| u64::from(self.chance(p))).sum()
    }

    /// `mean` rounded up or down, right on average.
    pub(crate) fn whole(&mut self, mean: f64) -> u64 {
        let up = self.chance(mean.fract());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of contacts")]
        let floor = mean.max(0.0) as u64;
        floor + u64::from(up)
    }
}

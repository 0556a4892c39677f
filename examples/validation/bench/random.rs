//! Draws for the bench: one stream a (section, scenario, run), so that a table does not change when another
//! is added or when its runs are taken in another order.

use std::ops::{Deref, DerefMut};

use gapwise::stats::random::{Draws, Pcg};

pub(crate) struct Random(Draws<Pcg>);

impl Deref for Random {
    type Target = Draws<Pcg>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Random {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Random {
    /// The stream of one run of a named scenario.
    pub(crate) fn of(name: &str, run: u64) -> Self {
        let hash = blake3::hash(format!("{name}|{run}").as_bytes());
        let state = hash.as_bytes().iter().take(8).fold(0, |state, byte| state << 8 | u64::from(*byte));
        Self(Draws::over(Pcg::from_state(state)))
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
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

//! What a centre is drawn from: `SplitMix64`, and the draws it needs beside the usual ones. Small enough to be
//! written here, so that a seed means the same centre in every release.
//!
//! Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA.

use crate::stats::random::{Draws, Uniform};

/// A stream of numbers, fixed by its seed.
pub(super) type Random = Draws<SplitMix>;

#[derive(Clone, Debug)]
pub(super) struct SplitMix(u64);

impl SplitMix {
    /// 64 fresh bits.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

impl Uniform for SplitMix {
    /// 52 bits.
    fn uniform(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "52 bits fit a double exactly")]
        let step = (self.bits() >> 12) as f64;
        (step + 0.5) / 4_503_599_627_370_496.0
    }
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        let mut source = SplitMix(seed);
        source.bits();
        Self::over(source)
    }

    /// Uniform on `0..n`; 0 where `n` is 0. The bias of the multiplication is below n / 2^32.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let wide = (self.source.bits() >> 32).wrapping_mul(n as u64) >> 32;
        usize::try_from(wide).unwrap_or(0)
    }

    /// Exponential with this mean.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.uniform().ln()
    }

    /// An index drawn with these probabilities, given as a running total that ends at 1.
    pub(super) fn pick(&mut self, running: &[f64]) -> usize {
        let u = self.uniform();
        running.partition_point(|&total| total < u).min(running.len().saturating_sub(1))
    }

    /// Fisher–Yates.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// `n` deviations with mean 0 and sample standard deviation `sd` exactly, so that a small centre holds the
    /// planted spread and not a lucky one.
    pub(super) fn deviations(&mut self, n: usize, sd: f64) -> Vec<f64> {
        let mut z: Vec<f64> = (0..n).map(|_| self.normal()).collect();
        standardise(&mut z, sd);
        z
    }
}

/// Shifts and scales to mean 0 and sample standard deviation `sd`; fewer than two values become 0.
pub(super) fn standardise(z: &mut [f64], sd: f64) {
    #[expect(clippy::cast_precision_loss, reason = "far fewer agents than 2^52")]
    let n = z.len() as f64;
    let mean = z.iter().sum::<f64>() / n;
    let variance = z.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let scale = if variance > 0.0 { sd / variance.sqrt() } else { 0.0 };
    for x in z {
        *x = (*x - mean) * scale;
    }
}

/// Running total of shares, scaled to end at 1.
pub(super) fn running_total(shares: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut total = 0.0;
    let mut running: Vec<f64> = shares
        .map(|share| {
            total += share;
            total
        })
        .collect();
    for value in &mut running {
        *value /= total;
    }
    running
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers_of_splitmix64() {
        // Vigna's splitmix64.c from state 1234567; `new` has thrown the first one away.
        let mut random = Random::new(1_234_567);
        let drawn: Vec<u64> = (0..4).map(|_| random.source.bits()).collect();
        let published = [
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(drawn, published);
    }

    #[test]
    fn draws_have_the_moments_they_promise() {
        let mut random = Random::new(7);
        let n = 100_000;
        let mean = |draw: &mut dyn FnMut() -> f64| (0..n).map(|_| draw()).sum::<f64>() / f64::from(n);
        assert!(mean(&mut || random.normal()).abs() < 0.015);
        assert!((mean(&mut || random.normal().powi(2)) - 1.0).abs() < 0.025);
        assert!((mean(&mut || random.log_normal(300.0, 0.6)) - 300.0).abs() < 3.0);
        assert!((mean(&mut || random.exponential(20.0)) - 20.0).abs() < 0.35);
        assert!((mean(&mut || f64::from(u8::from(random.chance(0.3)))) - 0.3).abs() < 0.007);
    }

    #[test]
    fn deviations_hold_the_planted_spread_exactly() {
        let z = Random::new(3).deviations(12, 0.05);
        let sd = (z.iter().map(|x| x * x).sum::<f64>() / 11.0).sqrt();
        assert!(z.iter().sum::<f64>().abs() < 1e-12 && (sd - 0.05).abs() < 1e-12);
    }

    #[test]
    fn one_value_has_no_spread() {
        assert_eq!(Random::new(3).deviations(1, 0.05), [0.0]);
    }
}

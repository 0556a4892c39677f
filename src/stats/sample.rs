//! Estimates with known sampling variances, and the between-unit variance that makes their spread expected
//! (Paule and Mandel 1982; Q-profile bounds, Viechtbauer 2007).

use crate::stats::dist::f_quantile_upper;
use crate::stats::float;
use crate::stats::moments::Moments;

const NEWTON_STEPS: usize = 200;
const NEWTON_STOP: f64 = 1e-12;
/// Smallest sampling variance kept, as a share of the variance of the estimates.
const VARIANCE_FLOOR: f64 = 1e-12;

/// Estimates `y` with sampling variances `v`, in equal order.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    y: Vec<f64>,
    v: Vec<f64>,
}

impl Sample {
    /// Pairs with a number that is not finite are left out; variances are floored at 1e-12 of the variance of
    /// the estimates or of the largest.
    pub fn new(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let (y, mut v): (Vec<f64>, Vec<f64>) =
            pairs.into_iter().filter(|(y, v)| y.is_finite() && v.is_finite() && *v >= 0.0).unzip();
        let largest = v.iter().copied().fold(0.0, f64::max);
        let floor = (VARIANCE_FLOOR * variance(&y).max(largest)).max(f64::MIN_POSITIVE);
        for value in &mut v {
            *value = value.max(floor);
        }
        Self { y, v }
    }

    pub fn len(&self) -> usize {
        self.y.len()
    }

    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    pub fn estimates(&self) -> &[f64] {
        &self.y
    }

    pub fn variances(&self) -> &[f64] {
        &self.v
    }

    pub fn mean_variance(&self) -> f64 {
        self.v.iter().sum::<f64>() / float(self.len()).max(1.0)
    }

    /// Standard deviation of the estimates themselves, luck included.
    pub fn raw_sd(&self) -> f64 {
        variance(&self.y).sqrt()
    }

    /// Precision-weighted mean when the units differ with variance `tau2`, and its variance.
    pub fn pooled_mean(&self, tau2: f64) -> (f64, f64) {
        let (mut sum_w, mut sum_wy) = (0.0, 0.0);
        for (y, v) in self.y.iter().zip(&self.v) {
            let w = 1.0 / (v + tau2);
            sum_w += w;
            sum_wy += w * y;
        }
        (sum_wy / sum_w, 1.0 / sum_w)
    }

    /// Generalised Q: weighted squared deviations when the units differ with variance `tau2`.
    pub fn q(&self, tau2: f64) -> f64 {
        self.q_and_slope(tau2).0
    }

    fn q_and_slope(&self, tau2: f64) -> (f64, f64) {
        let (mean, _) = self.pooled_mean(tau2);
        let (mut q, mut slope) = (0.0, 0.0);
        for (y, v) in self.y.iter().zip(&self.v) {
            let w = 1.0 / (v + tau2);
            let term = w * (y - mean) * (y - mean);
            q += term;
            slope -= w * term;
        }
        (q, slope)
    }

    /// The variance between units at which Q equals `target`; 0 when Q(0) is already below.
    pub fn solve(&self, target: f64) -> f64 {
        solve_sum(&[self], target)
    }

    /// Paule–Mandel estimate of the variance between units.
    pub fn paule_mandel(&self) -> f64 {
        self.solve(float(self.len().saturating_sub(1)))
    }

    /// Q-profile bounds at `level` with `df_within` degrees of freedom behind the sampling variance
    /// (infinite when it is known).
    pub fn q_profile(&self, level: f64, df_within: f64) -> (f64, f64) {
        let df = float(self.len().saturating_sub(1));
        if df < 1.0 {
            return (0.0, f64::INFINITY);
        }
        let tail = 0.5 * (1.0 - level);
        let low = self.solve(df * f_quantile_upper(tail, df, df_within));
        (low, self.solve(df * f_quantile_upper(1.0 - tail, df, df_within)))
    }
}

/// The variance at which the Q of several samples adds up to `target`. Q is convex and decreasing, so
/// Newton's method from 0 approaches the root from below and never overshoots.
pub(crate) fn solve_sum(samples: &[&Sample], target: f64) -> f64 {
    if !target.is_finite() {
        return 0.0;
    }
    let mut tau2 = 0.0;
    for _ in 0..NEWTON_STEPS {
        let (q, slope) = samples
            .iter()
            .map(|sample| sample.q_and_slope(tau2))
            .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        let miss = q - target;
        if miss.is_nan() || miss <= 0.0 || slope >= 0.0 {
            break;
        }
        let step = miss / -slope;
        tau2 += step;
        if step <= NEWTON_STOP * tau2 {
            break;
        }
    }
    tau2
}

fn variance(values: &[f64]) -> f64 {
    Moments::of(values).variance().unwrap_or(0.0)
}

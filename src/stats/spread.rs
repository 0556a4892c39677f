//! How far true unit means lie apart, given estimates with known sampling variances: one-way random effects
//! with the Paule–Mandel estimate, the Q-profile interval and the confidence distribution behind both
//! (Paule and Mandel 1982; Viechtbauer 2007). The sampling variance is itself estimated, so Q is referred to
//! Fisher's F with its degrees of freedom, which is the exact analysis of variance on balanced data.

use crate::stats::dist::{f_quantile, f_quantile_upper, f_sf, normal_cdf, normal_quantile};
use crate::stats::float;

/// Points of the confidence grid: probabilities `(j + 1/2) / 199`.
pub const GRID: usize = 199;
/// Tabulated values of the between-unit variance above 0.
const NODES: usize = 48;
/// Values of F solved exactly for the grid.
const QUANTILE_NODES: usize = 26;
/// The table starts this far below its top.
const DECADES: f64 = 1e-6;
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
    /// the estimates.
    pub fn new(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let (y, mut v): (Vec<f64>, Vec<f64>) =
            pairs.into_iter().filter(|(y, v)| y.is_finite() && v.is_finite() && *v >= 0.0).unzip();
        let floor = (VARIANCE_FLOOR * variance(&y)).max(f64::MIN_POSITIVE);
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

/// Confidence distribution of a between-unit variance: `P(tau² <= x) = P(F > Q(x) / scale)`, with an atom at 0
/// whose size is the p-value of the test of equal units.
#[derive(Clone, Debug)]
pub struct Confidence {
    /// p-value of "all units equal", the mass at exactly 0.
    pub p_equal: f64,
    /// Quantiles of the between-unit variance at `(j + 1/2) / 199`, ascending.
    pub quantiles: Vec<f64>,
    df: f64,
    df_within: f64,
    /// Q is divided by this to follow F: its degrees of freedom times the dependence factor.
    scale: f64,
}

impl Confidence {
    /// `dependence` multiplies the chi-squared that ΣQ follows when the samples are not independent (1 when
    /// they are); `df` is then the number of effective degrees of freedom.
    pub(crate) fn of(samples: &[&Sample], df: f64, df_within: f64, dependence: f64) -> Self {
        let scale = df * dependence;
        let total = |x: f64| samples.iter().map(|sample| sample.q(x)).sum::<f64>();
        let p_equal = f_sf(total(0.0) / scale, df, df_within);
        let mut this = Self { p_equal, quantiles: vec![0.0; GRID], df, df_within, scale };
        this.quantiles = this.grid(samples, &total);
        this
    }

    /// P(tau² <= x) for the samples this distribution was made from.
    pub(crate) fn at(&self, samples: &[&Sample], x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        let q: f64 = samples.iter().map(|sample| sample.q(x)).sum();
        f_sf(q / self.scale, self.df, self.df_within)
    }

    /// Quantiles by interpolation in 1/Q, which is exactly linear in tau² when all variances are equal. The
    /// atom is never interpolated across: probabilities up to `p_equal` give 0.
    fn grid(&self, samples: &[&Sample], total: &impl Fn(f64) -> f64) -> Vec<f64> {
        let top = solve_sum(samples, self.scale * f_quantile_upper(0.9999, self.df, self.df_within));
        if top.is_nan() || top <= 0.0 {
            return vec![0.0; GRID];
        }
        let ratio = (1.0 / DECADES).powf(1.0 / float(NODES - 1));
        let mut nodes = vec![(0.0, 1.0 / total(0.0))];
        let mut x = top * DECADES;
        for _ in 0..NODES {
            nodes.push((x, 1.0 / total(x)));
            x *= ratio;
        }
        let mut at = 0;
        grid_quantiles(self.df, self.df_within)
            .into_iter()
            .map(|(p, f)| if p <= self.p_equal { 0.0 } else { tau2_where(&nodes, &mut at, self.scale * f) })
            .collect()
    }
}

/// The variance at which Q falls to `target`; `at` is where the last, smaller one was found.
fn tau2_where(nodes: &[(f64, f64)], at: &mut usize, target: f64) -> f64 {
    let inverse = 1.0 / target.max(f64::MIN_POSITIVE);
    while *at + 2 < nodes.len() && nodes[*at + 1].1 < inverse {
        *at += 1;
    }
    let ((x0, i0), (x1, i1)) = (nodes[*at], nodes[*at + 1]);
    if i1 <= i0 { x0 } else { (x0 + (x1 - x0) * (inverse - i0) / (i1 - i0)).max(0.0) }
}

/// Each probability of the grid with the value of F exceeded with that probability. The cube root of an F
/// quantile is nearly linear in the normal quantile, so it is solved at 26 points and interpolated by cubics
/// (relative error below 1e-6).
fn grid_quantiles(df: f64, df_within: f64) -> Vec<(f64, f64)> {
    let last = normal_quantile(0.5 / float(GRID));
    let step = -2.0 * last / float(QUANTILE_NODES - 3);
    let knot = |k: usize| last + step * (float(k) - 1.0);
    let roots: Vec<f64> =
        (0..QUANTILE_NODES).map(|k| f_quantile(normal_cdf(knot(k)), df, df_within).cbrt()).collect();
    let mut k = 1;
    let mut found: Vec<(f64, f64)> = probabilities()
        .map(|p| {
            let z = normal_quantile(p);
            while k + 3 < QUANTILE_NODES && knot(k + 1) < z {
                k += 1;
            }
            (1.0 - p, cubic(&roots[k - 1..k + 3], (z - knot(k)) / step).powi(3))
        })
        .collect();
    found.reverse();
    found
}

/// Lagrange cubic through four equidistant values; `x` counts from the second.
fn cubic(values: &[f64], x: f64) -> f64 {
    let (a, b, c) = (x + 1.0, x - 1.0, x - 2.0);
    -values[0] * x * b * c / 6.0 + values[1] * a * b * c / 2.0 - values[2] * a * x * c / 2.0
        + values[3] * a * x * b / 6.0
}

/// The probabilities of the grid, ascending.
pub(crate) fn probabilities() -> impl Iterator<Item = f64> {
    (0..GRID).map(|j| (float(j) + 0.5) / float(GRID))
}

fn variance(values: &[f64]) -> f64 {
    crate::stats::moments::Moments::of(values).variance().unwrap_or(0.0)
}

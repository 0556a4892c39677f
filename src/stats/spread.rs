//! How far true unit means lie apart, given estimates with known sampling variances: one-way random effects
//! with the Paule–Mandel estimate, the Q-profile interval and the confidence distribution behind both
//! (Paule and Mandel 1982; Viechtbauer 2007). The sampling variance is itself estimated, so Q is referred to
//! Fisher's F with its degrees of freedom, which is the exact analysis of variance on balanced data.

use crate::stats::dist::{chi2_quantile, f_quantile, f_quantile_upper, f_sf, normal_cdf, normal_quantile};
use crate::stats::float;
use crate::stats::sample::{Sample, solve_sum};

/// Level of the bounds of a between-unit variance.
const LEVEL: f64 = 0.95;
/// Points of the confidence grid: probabilities `(j + 1/2) / 199`.
pub const GRID: usize = 199;
/// Tabulated values of the between-unit variance above 0.
const NODES: usize = 48;
/// Values of F solved exactly for the grid.
const QUANTILE_NODES: usize = 26;
/// The table starts this far below its top.
const DECADES: f64 = 1e-6;

/// The spread of true unit means.
#[derive(Clone, Debug)]
pub struct Spread {
    pub sample: Sample,
    /// Paule–Mandel variance between units, with its Q-profile bounds at 95 %.
    pub tau2: f64,
    pub tau2_low: f64,
    pub tau2_high: f64,
    /// p-value of the test that all units are equal.
    pub p_equal: f64,
    /// Precision-weighted mean of the units and its variance.
    pub centre: f64,
    pub centre_v: f64,
    /// Mean over units of tau² / (tau² + v): the share of the visible spread that is real.
    pub reliability: f64,
    /// Degrees of freedom of the sampling variance.
    pub df_within: f64,
    pub confidence: Confidence,
}

/// One unit's mean pulled toward the centre by how much of the spread is real (empirical Bayes).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    pub estimate: f64,
    pub sd: f64,
}

impl Shrunken {
    /// Probability that the true mean lies below `value`.
    pub fn p_below(&self, value: f64) -> f64 {
        if self.sd > 0.0 {
            normal_cdf((value - self.estimate) / self.sd)
        } else {
            f64::from(self.estimate < value)
        }
    }
}

/// What it would take to tell equal units from units that differ by a given standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detectable {
    /// Standard deviation between units found with 80 % power at 5 %.
    pub tau: f64,
    /// The upper 90 % bound expected when the units are truly equal.
    pub expected_upper: f64,
    /// Observations per unit at which that bound falls to the standard deviation that matters.
    pub n_per_unit: f64,
}

/// How confident one can be that true unit means have a standard deviation of at most `delta_tau`.
pub fn spread_confidence(spread: &Spread, delta_tau: f64) -> f64 {
    spread.confidence.at(&[&spread.sample], delta_tau * delta_tau)
}

impl Spread {
    /// Spread of estimates with sampling variances on `df_within` degrees of freedom (infinite when known).
    pub fn of(sample: Sample, df_within: f64) -> Option<Self> {
        let df = float(sample.len().checked_sub(1)?);
        if df < 1.0 || sample.variances().iter().all(|v| *v <= f64::MIN_POSITIVE) {
            return None;
        }
        let tau2 = sample.paule_mandel();
        let (tau2_low, tau2_high) = sample.q_profile(LEVEL, df_within);
        let (centre, centre_v) = sample.pooled_mean(tau2);
        let confidence = Confidence::of(&[&sample], df, df_within, 1.0);
        let real: f64 = sample.variances().iter().map(|v| tau2 / (tau2 + v)).sum();
        Some(Self {
            tau2,
            tau2_low,
            tau2_high,
            p_equal: f_sf(sample.q(0.0) / df, df, df_within),
            centre,
            centre_v,
            reliability: real / float(sample.len()),
            df_within,
            confidence,
            sample,
        })
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.sample.len()
    }

    pub fn tau(&self) -> f64 {
        self.tau2.sqrt()
    }

    /// The bounds of the standard deviation between units at 95 %.
    pub fn tau_interval(&self) -> (f64, f64) {
        (self.tau2_low.sqrt(), self.tau2_high.sqrt())
    }

    /// Share of one observation's variance that lies between units, given the variance inside.
    pub fn icc(&self, sigma2: f64) -> f64 {
        self.tau2 / (self.tau2 + sigma2)
    }

    /// Standard deviation of the unit means as they stand, luck included.
    pub fn raw_sd(&self) -> f64 {
        self.sample.raw_sd()
    }

    /// Standard deviation the unit means would show if all units were equal.
    pub fn sd_from_luck(&self) -> f64 {
        self.sample.mean_variance().sqrt()
    }

    /// Each unit's mean pulled toward the centre, in the order of the sample.
    pub fn shrunken(&self) -> Vec<Shrunken> {
        let pull = |(y, v): (&f64, &f64)| {
            let real = self.tau2 / (self.tau2 + v);
            let variance = real * v + (1.0 - real) * (1.0 - real) * self.centre_v;
            Shrunken { estimate: self.centre + real * (y - self.centre), sd: variance.sqrt() }
        };
        self.sample.estimates().iter().zip(self.sample.variances()).map(pull).collect()
    }

    /// What could be told apart with these units; `sigma2` is the variance of one observation and `delta_tau`
    /// the standard deviation that matters.
    pub fn detectable(&self, sigma2: f64, delta_tau: f64) -> Detectable {
        let (df, v) = (float(self.units() - 1), self.sample.mean_variance());
        let upper = (df / chi2_quantile(0.10, df) - 1.0).max(0.0);
        let power = (chi2_quantile(0.95, df) / chi2_quantile(0.20, df) - 1.0).max(0.0);
        Detectable {
            tau: (v * power).sqrt(),
            expected_upper: (v * upper).sqrt(),
            n_per_unit: sigma2 * upper / (delta_tau * delta_tau),
        }
    }
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

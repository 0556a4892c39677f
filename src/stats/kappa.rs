//! The share of a gap that would close if every unit below a level others already hold reached it (κ), as a
//! distribution. The grid is closed-form: 199 confidence quantiles of the between-unit standard deviation
//! times 11 normal quantiles of the gap, comonotone over strata, which is conservative.

use crate::stats::dist::{normal_pdf, normal_quantile};
use crate::stats::layers::Spread;
use crate::stats::moments::Moments;
use crate::stats::reach::ReachOptions;
use crate::stats::spread::GRID;
use crate::stats::{float, quantile_sorted};

/// Normal quantiles of the gap in the grid.
const GAP_POINTS: usize = 11;
/// The level at which the bounds of the shape factor are stated.
const SHAPE_AT: f64 = 0.75;
const SHAPE_BOUNDS: (f64, f64) = (0.2, 1.0);
/// The spread must be at least this real before its shape is read off the units.
const SHAPE_RELIABILITY: f64 = 0.5;
const LEAST_GAP: f64 = 1e-12;

/// Distribution of κ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    pub median: f64,
    pub low: f64,
    pub high: f64,
    pub p_structural: f64,
    pub p_behavioural: f64,
    pub p_mixed: f64,
}

/// One stratum's share of the weight, its gap, and the spread of its units with the shape factor that turns a
/// standard deviation into headroom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) share: f64,
    pub(crate) gap: f64,
    pub(crate) se: f64,
    pub(crate) tau2: f64,
    /// Confidence quantiles of the between-unit variance.
    pub(crate) tau2_grid: &'a [f64],
    pub(crate) shape: f64,
}

impl Line<'_> {
    pub(crate) fn headroom(&self) -> f64 {
        self.shape * self.tau2.sqrt()
    }

    /// The gap at one point of the normal grid, floored just above 0.
    pub(crate) fn gap_at(&self, z: f64) -> f64 {
        (self.gap + z * self.se).max(LEAST_GAP * self.se.max(self.gap.abs()).max(f64::MIN_POSITIVE))
    }
}

/// Distribution of κ over the lines; `None` without a line.
pub(crate) fn kappa(lines: &[Line], options: &ReachOptions) -> Option<Kappa> {
    if lines.is_empty() {
        return None;
    }
    let values = grid(lines, |closed, gap| closed / gap);
    let part = |keep: &dyn Fn(f64) -> bool| {
        float(values.iter().filter(|value| keep(**value)).count()) / float(values.len())
    };
    let p_structural = part(&|value| value < options.structural_below);
    let p_behavioural = part(&|value| value > options.behavioural_above);
    let tail = 0.5 * (1.0 - options.kappa_level);
    Some(Kappa {
        median: quantile_sorted(&values, 0.5)?,
        low: quantile_sorted(&values, tail)?,
        high: quantile_sorted(&values, 1.0 - tail)?,
        p_structural,
        p_behavioural,
        p_mixed: (1.0 - p_structural - p_behavioural).max(0.0),
    })
}

/// Points within reach: the estimate and its interval, widened to hold the estimate.
pub(crate) fn within_reach(lines: &[Line], level: f64) -> (f64, f64, f64) {
    let estimate =
        lines.iter().map(|line| line.share * line.headroom().min(line.gap)).fold(0.0, |a, b| a + b);
    let values = grid(lines, |closed, _| closed);
    let tail = 0.5 * (1.0 - level);
    let bound = |share| quantile_sorted(&values, share).unwrap_or(0.0);
    (estimate, bound(tail).min(estimate), bound(1.0 - tail).max(estimate))
}

/// `of(Σ share·min(headroom, gap), Σ share·gap)` at every point of the grid, ascending.
fn grid(lines: &[Line], of: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let mut values = Vec::with_capacity(GRID * GAP_POINTS);
    let headrooms: Vec<Vec<f64>> = lines
        .iter()
        .map(|line| line.tau2_grid.iter().map(|tau2| line.shape * tau2.sqrt()).collect())
        .collect();
    for z in gap_points() {
        let gaps: Vec<f64> = lines.iter().map(|line| line.gap_at(z)).collect();
        let gap: f64 = lines.iter().zip(&gaps).map(|(line, gap)| line.share * gap).sum();
        for j in 0..GRID {
            let each = lines.iter().zip(&gaps).zip(&headrooms);
            let closed: f64 = each.map(|((line, gap), headroom)| line.share * gap.min(headroom[j])).sum();
            values.push(of(closed, gap));
        }
    }
    values.sort_by(f64::total_cmp);
    values
}

pub(crate) fn gap_points() -> impl Iterator<Item = f64> {
    (0..GAP_POINTS).map(|l| normal_quantile((float(l) + 0.5) / float(GAP_POINTS)))
}

/// Mean shortfall below the `quantile` of a standard normal: the headroom of units with standard deviation 1.
pub fn normal_headroom(quantile: f64) -> f64 {
    let z = normal_quantile(quantile);
    z * quantile + normal_pdf(z)
}

/// Headroom per standard deviation between units. When the spread is mostly real the shape is read off
/// constrained empirical-Bayes estimates (Louis 1984), so that a few outliers do not pass for a general
/// spread; otherwise normal units are assumed. `sign` turns the metric so that higher is better.
pub(crate) fn shape(spread: &Spread, sign: f64, quantile: f64) -> f64 {
    let normal = normal_headroom(quantile);
    if spread.reliability <= SHAPE_RELIABILITY || spread.tau2 <= 0.0 {
        return normal;
    }
    let mut ability = constrained(spread, sign);
    ability.sort_by(f64::total_cmp);
    let Some(level) = quantile_sorted(&ability, quantile) else { return normal };
    let short = ability.iter().map(|value| (level - value).max(0.0)).sum::<f64>() / float(ability.len());
    let scale = normal / normal_headroom(SHAPE_AT);
    (short / spread.tau()).clamp(SHAPE_BOUNDS.0 * scale, SHAPE_BOUNDS.1 * scale)
}

/// The shape factor that `k` normal units show on average (Blom's normal scores), as [`shape`] would read it.
pub(crate) fn typical_shape(k: usize, reliability: f64, quantile: f64) -> f64 {
    let normal = normal_headroom(quantile);
    if reliability <= SHAPE_RELIABILITY {
        return normal;
    }
    let scores: Vec<f64> = (0..k).map(|i| normal_quantile((float(i) + 0.625) / (float(k) + 0.25))).collect();
    let sd = Moments::of(&scores).variance().unwrap_or(0.0).sqrt();
    let Some(level) = quantile_sorted(&scores, quantile).filter(|_| sd > 0.0) else { return normal };
    scores.iter().map(|score| (level - score).max(0.0)).sum::<f64>() / float(k) / sd
}

/// Shrunken means stretched back to a standard deviation of tau.
fn constrained(spread: &Spread, sign: f64) -> Vec<f64> {
    let sample = &spread.sample;
    let pairs = sample.estimates().iter().zip(sample.variances());
    let pulled: Vec<f64> =
        pairs.map(|(y, v)| (spread.tau2 / (spread.tau2 + v)).sqrt() * (y - spread.centre)).collect();
    let moments = Moments::of(&pulled);
    let sd = moments.variance().unwrap_or(0.0).sqrt();
    let stretch = if sd > 0.0 { spread.tau() / sd } else { 0.0 };
    pulled.iter().map(|value| sign * (value - moments.mean) * stretch).collect()
}

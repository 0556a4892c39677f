//! Did units come closer together, and do more of them reach what is asked? Both from the confidence
//! distributions of the spread before and after, taken as independent, which is conservative where the same
//! units stand in both.

use crate::stats::dist::{normal_cdf, normal_quantile};
use crate::stats::spread::{GRID, Spread};
use crate::stats::{float, quantile_sorted};

/// Normal quantiles of the centre in the grid of shares.
const CENTRES: usize = 11;

/// Spread after over spread before, with its 90 % bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Of the point estimates; infinite or undefined where the spread before is 0.
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

/// The ratio over the grid of both confidence distributions. Two spreads of 0 are alike.
pub fn spread_ratio(before: &Spread, after: &Spread) -> Ratio {
    let over = |a: f64, b: f64| {
        if b > 0.0 {
            (a / b).sqrt()
        } else if a > 0.0 {
            f64::INFINITY
        } else {
            1.0
        }
    };
    let mut all = Vec::with_capacity(GRID * GRID);
    for b in &before.confidence.quantiles {
        all.extend(after.confidence.quantiles.iter().map(|a| over(*a, *b)));
    }
    all.sort_by(f64::total_cmp);
    let bound = |share| {
        let at = quantile_sorted(&all, share).unwrap_or(f64::INFINITY);
        if at.is_nan() { f64::INFINITY } else { at }
    };
    Ratio { ratio: over(after.tau2, before.tau2), low: bound(0.05), high: bound(0.95) }
}

/// How much the share of units that reach a value has grown, with 90 % bounds: (before, after, low, high).
/// `sign` is 1 where more is better, −1 where less is. True means are taken as normal.
pub fn reaching_share(before: &Spread, after: &Spread, value: [f64; 2], sign: f64) -> (f64, f64, f64, f64) {
    let at = |spread: &Spread, value: f64| share(spread.centre, spread.tau2, value, sign);
    let (old, new) = (shares(before, value[0], sign), shares(after, value[1], sign));
    let mut all = Vec::with_capacity(GRID * GRID);
    for b in &old {
        all.extend(new.iter().map(|a| a - b));
    }
    all.sort_by(f64::total_cmp);
    let bound = |p| quantile_sorted(&all, p).unwrap_or(0.0);
    (at(before, value[0]), at(after, value[1]), bound(0.05), bound(0.95))
}

fn share(centre: f64, tau2: f64, value: f64, sign: f64) -> f64 {
    let ahead = sign * (centre - value);
    if tau2 > 0.0 { normal_cdf(ahead / tau2.sqrt()) } else { f64::from(ahead >= 0.0) }
}

/// Quantiles of the share of units that reach the value, as many as the grid has.
fn shares(spread: &Spread, value: f64, sign: f64) -> Vec<f64> {
    let mut all = Vec::with_capacity(GRID * CENTRES);
    for l in 0..CENTRES {
        let z = normal_quantile((float(l) + 0.5) / float(CENTRES));
        let centre = spread.centre + z * spread.centre_v.sqrt();
        all.extend(spread.confidence.quantiles.iter().map(|tau2| share(centre, *tau2, value, sign)));
    }
    all.sort_by(f64::total_cmp);
    (0..GRID).filter_map(|j| quantile_sorted(&all, (float(j) + 0.5) / float(GRID))).collect()
}

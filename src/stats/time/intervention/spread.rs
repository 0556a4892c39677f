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
    let (old, new) = (&before.confidence.quantiles, &after.confidence.quantiles);
    // Pairs at or below a ratio: above 1 all pairs of zeros are, below it none.
    let below = |x: f64| {
        let pairs = |b: &f64| match *b {
            b if b > 0.0 => new.partition_point(|a| *a <= x * x * b),
            _ if x >= 1.0 => new.partition_point(|a| *a <= 0.0),
            _ => 0,
        };
        old.iter().map(pairs).sum::<usize>()
    };
    let top = over(new.last().copied().unwrap_or(0.0), old.iter().copied().find(|b| *b > 0.0).unwrap_or(0.0));
    Ratio {
        ratio: over(after.tau2, before.tau2),
        low: quantile_of_pairs(0.05, (0.0, top.max(1.0)), below),
        high: quantile_of_pairs(0.95, (0.0, top.max(1.0)), below),
    }
}

/// How much the share of units that reach a value has grown, with 90 % bounds: (before, after, low, high).
/// `sign` is 1 where more is better, −1 where less is. True means are taken as normal.
pub fn reaching_share(before: &Spread, after: &Spread, value: [f64; 2], sign: f64) -> (f64, f64, f64, f64) {
    let at = |spread: &Spread, value: f64| share(spread.centre, spread.tau2, value, sign);
    let (old, new) = (shares(before, value[0], sign), shares(after, value[1], sign));
    let below = |x: f64| old.iter().map(|b| new.partition_point(|a| a - b <= x)).sum::<usize>();
    let bound = |p| quantile_of_pairs(p, (-1.0, 1.0), below);
    (at(before, value[0]), at(after, value[1]), bound(0.05), bound(0.95))
}

/// The value at or below which a share of all pairs of the two grids lies, by bisection; infinite where there
/// are too few at the top of the range.
fn quantile_of_pairs(share: f64, range: (f64, f64), below: impl Fn(f64) -> usize) -> f64 {
    const HALVINGS: usize = 60;
    let wanted = share * float(GRID * GRID);
    let (mut low, mut high) = range;
    if !high.is_finite() || float(below(high)) < wanted {
        return f64::INFINITY;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if float(below(middle)) < wanted { low = middle } else { high = middle }
    }
    high
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

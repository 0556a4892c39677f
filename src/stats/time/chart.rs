//! Control charts for levels with known sampling variance: Laney's p′ for shares and the same scaling for means
//! (Laney 2002). Plain limits call every point of a large operation unusual, because they know sampling only.

use std::ops::Range;

use super::noise::sigma_z;
use super::{Point, pooled};
use crate::stats::float;

/// Points of a baseline: as many as there are, up to this.
const LONGEST_BASELINE: usize = 20;
/// Fewest points a baseline is drawn from.
const SHORTEST_BASELINE: usize = 8;
/// A change this far back is the new normal: the baseline starts behind it.
const SETTLED: usize = 12;
/// Points in a row on one side of the centre that count as unusual.
pub const RUN: usize = 8;
/// Baseline points and the multiplier of sigma at which 14 further points raise a false alarm in 5 of 100
/// series; simulated, limits estimated from the baseline.
const MULTIPLIERS: [(f64, f64); 6] =
    [(8.0, 4.5), (12.0, 3.9), (16.0, 3.65), (20.0, 3.5), (26.0, 3.4), (52.0, 3.1)];

/// Where a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

/// A chart with limits from its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Indices of the baseline.
    pub baseline: Range<usize>,
    pub centre: f64,
    /// How much more the baseline varies than sampling.
    pub sigma_z: f64,
    /// Limits are this many sigma from the centre.
    pub multiplier: f64,
    /// Limits of every point, by index.
    pub limits: Vec<(f64, f64)>,
    points: Vec<Point>,
}

impl Chart {
    /// A chart of a series that changes its level before each index of `changes`. `None` where no stretch is
    /// long enough for limits.
    pub fn of(points: &[Point], changes: &[usize]) -> Option<Self> {
        Self::on(points, baseline(points.len(), changes)?)
    }

    /// A chart with limits from these points.
    pub fn on(points: &[Point], baseline: Range<usize>) -> Option<Self> {
        let (centre, _) = pooled(points.get(baseline.clone())?)?;
        let sigma_z = sigma_z(&points[baseline.clone()]);
        let multiplier = multiplier(float(baseline.len()));
        let reach = |p: &Point| multiplier * sigma_z * p.variance.sqrt();
        let limits = points.iter().map(|p| (centre - reach(p), centre + reach(p))).collect();
        Some(Self { baseline, centre, sigma_z, multiplier, limits, points: points.to_vec() })
    }

    /// The side on which a point lies outside the limits.
    pub fn outside(&self, index: usize) -> Option<Side> {
        let (low, high) = *self.limits.get(index)?;
        let level = self.points.get(index)?.level;
        if level > high {
            Some(Side::Above)
        } else if level < low {
            Some(Side::Below)
        } else {
            None
        }
    }

    /// How many points up to and with this one lie on one side of the centre, and which.
    pub fn run(&self, index: usize) -> (usize, Option<Side>) {
        let side = |p: &Point| {
            (p.level > self.centre)
                .then_some(Side::Above)
                .or_else(|| (p.level < self.centre).then_some(Side::Below))
        };
        let Some(last) = self.points.get(index).and_then(side) else { return (0, None) };
        let same = self.points[..=index].iter().rev().take_while(|p| side(p) == Some(last)).count();
        (same, Some(last))
    }

    /// Whether a point is unusual: outside the limits, or the eighth in a row on one side.
    pub fn unusual(&self, index: usize) -> Option<Side> {
        self.outside(index).or_else(|| {
            let (run, side) = self.run(index);
            side.filter(|_| run >= RUN)
        })
    }
}

/// The stretch the limits come from: it starts behind the last change that is old enough to be the new normal,
/// and ends before the next.
fn baseline(points: usize, changes: &[usize]) -> Option<Range<usize>> {
    let settled = |at: &&usize| points - **at >= SETTLED;
    let start = changes.iter().filter(settled).max().copied().unwrap_or(0);
    let next = changes.iter().filter(|at| **at > start).min().copied().unwrap_or(points.saturating_sub(1));
    let end = next.min(start + LONGEST_BASELINE);
    (end >= start + SHORTEST_BASELINE).then_some(start..end)
}

fn multiplier(points: f64) -> f64 {
    let after = MULTIPLIERS.iter().position(|(at, _)| *at >= points).unwrap_or(MULTIPLIERS.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (MULTIPLIERS[after - 1], MULTIPLIERS[after]);
    let part = ((points - x0) / (x1 - x0)).clamp(0.0, 1.0);
    y0 + part * (y1 - y0)
}

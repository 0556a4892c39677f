//! A level over time: is the last point unusual, where did the level change, has it risen, fallen or stayed,
//! how long has it been short, how much of a step is mix, and what followed an intervention on a known day.
//!
//! Points carry the sampling variance of their level; what the points vary beyond it is estimated from the
//! series itself and allowed for everywhere, and so is what neighbouring points have in common.

pub mod change;
pub mod chart;
pub mod drift;
pub mod intervention;
pub mod mix;
pub mod noise;
pub mod persist;

#[cfg(test)]
mod tests;

/// One time's level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Number of the time; points are in its order, and times without observations have no point.
    pub at: i32,
    pub level: f64,
    /// Sampling variance of `level`, above 0.
    pub variance: f64,
}

/// The points that can be used, in order: a level and a variance above 0.
pub fn usable(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let good = |p: &Point| p.level.is_finite() && p.variance.is_finite() && p.variance > 0.0;
    let mut all: Vec<Point> = points.into_iter().filter(good).collect();
    all.sort_by_key(|point| point.at);
    all
}

/// Precision-weighted mean and its sampling variance; `None` without a point.
pub(crate) fn pooled(points: &[Point]) -> Option<(f64, f64)> {
    let precision: f64 = points.iter().map(|p| 1.0 / p.variance).sum();
    let sum: f64 = points.iter().map(|p| p.level / p.variance).sum();
    (precision > 0.0).then(|| (sum / precision, 1.0 / precision))
}

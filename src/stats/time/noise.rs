//! What a series varies beyond sampling, and how alike neighbours are.
//!
//! The variance of a point is its sampling variance times a factor: the largest of 1, the squared mean moving
//! range of standardised points over 1.128 (Laney 2002), and the mean square of standardised residuals around
//! the fitted levels. Means of several points are less sure than independence would have it where neighbours
//! resemble one another, so their variance is multiplied by (1 + r) / (1 − r) with r the lag-one correlation
//! of the residuals, moved up by its bias (about one in n for each fitted level; Marriott and Pope 1954).

use super::{Point, pooled};
use crate::stats::float;

/// Mean moving range of independent standard normals.
const MOVING_RANGE: f64 = 1.128;
/// Above this correlation a short series says next to nothing; the factor is then 9.
const MOST_ALIKE: f64 = 0.8;

/// Noise of a series around its fitted levels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noise {
    /// Variance of a point over its sampling variance, at least 1.
    pub factor: f64,
    /// Lag-one correlation of the residuals, 0 to 0.8.
    pub alike: f64,
    /// Points less fitted levels, reduced where neighbours are alike; at least 3.
    pub df: f64,
}

impl Noise {
    /// Of a series whose level changes before each index of `changes` (ascending).
    pub fn of(points: &[Point], changes: &[usize]) -> Self {
        Self::from_residuals(points, &residuals(points, changes), float(changes.len() + 1))
    }

    /// Of a series that moves in a straight line.
    pub fn around_line(points: &[Point]) -> Self {
        Self::from_residuals(points, &line_residuals(points), 2.0)
    }

    /// Of standardised residuals around so many fitted numbers.
    fn from_residuals(points: &[Point], residuals: &[f64], levels: f64) -> Self {
        let n = float(points.len());
        let spare = n - levels;
        let square: f64 = residuals.iter().map(|z| z * z).sum();
        let around = if spare > 0.0 { square / spare } else { 1.0 };
        let alike = alike(residuals, levels);
        let df = (spare * (1.0 - alike) / (1.0 + alike)).max(3.0);
        Self { factor: sigma_z(points).powi(2).max(around), alike, df }
    }

    /// Factor by which the sampling variance of a mean of several points is multiplied.
    pub fn of_means(&self) -> f64 {
        self.factor * (1.0 + self.alike) / (1.0 - self.alike)
    }
}

/// Laney's `sigma_z`: mean moving range of the standardised points over 1.128, at least 1.
pub fn sigma_z(points: &[Point]) -> f64 {
    let Some((centre, _)) = pooled(points) else { return 1.0 };
    if points.len() < 2 {
        return 1.0;
    }
    let z: Vec<f64> = points.iter().map(|p| (p.level - centre) / p.variance.sqrt()).collect();
    let ranges: f64 = z.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    (ranges / float(z.len() - 1) / MOVING_RANGE).max(1.0)
}

/// Standardised residuals around the level of each stretch.
fn residuals(points: &[Point], changes: &[usize]) -> Vec<f64> {
    let mut all = Vec::with_capacity(points.len());
    let mut start = 0;
    for &end in changes.iter().chain([&points.len()]) {
        let stretch = &points[start.min(end)..end];
        let level = pooled(stretch).map_or(0.0, |(level, _)| level);
        all.extend(stretch.iter().map(|p| (p.level - level) / p.variance.sqrt()));
        start = end;
    }
    all
}

/// Standardised residuals around the straight line through the points, each weighted by its precision.
fn line_residuals(points: &[Point]) -> Vec<f64> {
    let weights: Vec<f64> = points.iter().map(|p| 1.0 / p.variance).collect();
    let all: f64 = weights.iter().sum();
    let mean = |read: &dyn Fn(usize) -> f64| -> f64 {
        weights.iter().enumerate().map(|(at, w)| w * read(at)).sum::<f64>() / all
    };
    let (centre, level) = (mean(&float), mean(&|at| points[at].level));
    let across = mean(&|at| (float(at) - centre).powi(2));
    let along = mean(&|at| (float(at) - centre) * (points[at].level - level));
    let slope = if across > 0.0 { along / across } else { 0.0 };
    let fitted = |at: usize| level + slope * (float(at) - centre);
    points.iter().enumerate().map(|(at, p)| (p.level - fitted(at)) / p.variance.sqrt()).collect()
}

/// Lag-one correlation of residuals around so many fitted numbers, 0 to 0.8.
pub(crate) fn alike(residuals: &[f64], levels: f64) -> f64 {
    let square: f64 = residuals.iter().map(|z| z * z).sum();
    if square <= 0.0 {
        return 0.0;
    }
    let product: f64 = residuals.windows(2).map(|pair| pair[0] * pair[1]).sum();
    (product / square + levels / float(residuals.len())).clamp(0.0, MOST_ALIKE)
}

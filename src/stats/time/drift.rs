//! How far a series has moved: the later half against the earlier one, with an interval that allows for what
//! the points vary beyond sampling and for neighbours that are alike. Steps found in the series are movement,
//! not noise, so they do not widen it.

use super::noise::Noise;
use super::{Point, pooled};
use crate::stats::dist::{t_quantile, t_sf};

/// Later half minus earlier half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    pub moved: f64,
    pub se: f64,
    pub df: f64,
}

impl Drift {
    /// Of a series that changes its level before each index of `changes`; the middle point of an odd number
    /// belongs to neither half. `None` below 8 points.
    pub fn of(points: &[Point], changes: &[usize]) -> Option<Self> {
        const FEWEST: usize = 8;
        if points.len() < FEWEST {
            return None;
        }
        let half = points.len() / 2;
        let (before, v_before) = pooled(&points[..half])?;
        let (after, v_after) = pooled(&points[points.len() - half..])?;
        // Without a step the series is taken to move in a line: around two flat halves a steady rise would
        // count as noise and hide itself.
        let noise = if changes.is_empty() { Noise::around_line(points) } else { Noise::of(points, changes) };
        let se = ((v_before + v_after) * noise.of_means()).sqrt();
        Some(Self { moved: after - before, se, df: noise.df })
    }

    /// Bounds at `level`.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = t_quantile(0.5 + 0.5 * level, self.df) * self.se;
        (self.moved - reach, self.moved + reach)
    }

    /// Chance of a movement this large if there were none, two-sided.
    pub fn p(&self) -> f64 {
        (2.0 * t_sf((self.moved / self.se).abs(), self.df)).min(1.0)
    }
}

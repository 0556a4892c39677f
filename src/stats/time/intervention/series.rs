//! Interrupted time series: a line before, a line after, and the step between them where the intervention stands.
//! The fallback where nothing was left untouched; what else changed in that week is part of the step.
//!
//! Standard errors are the larger of Newey and West's (1987) at lag 2 and the usual ones raised by
//! (1 + r) / (1 − r), r the correlation of neighbouring residuals: in series this short the former alone are too
//! small. t with points less four.

use crate::stats::dist::{t_quantile, t_sf};
use crate::stats::float;
use crate::stats::time::Point;
use crate::stats::time::noise::alike;

/// Points needed on each side.
const LEAST: usize = 8;
const LAG: usize = 2;

/// The step at the intervention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interrupted {
    pub step: f64,
    pub se: f64,
    pub df: f64,
}

impl Interrupted {
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = t_quantile(0.5 + 0.5 * level, self.df) * self.se;
        (self.step - reach, self.step + reach)
    }

    pub fn p(&self) -> f64 {
        (2.0 * t_sf((self.step / self.se).abs(), self.df)).min(1.0)
    }
}

/// The step at the first point of `after`. `None` below eight points on either side.
pub fn interrupted(before: &[Point], after: &[Point]) -> Option<Interrupted> {
    if before.len() < LEAST || after.len() < LEAST {
        return None;
    }
    let at = f64::from(after[0].at);
    let (left, right) = (Line::of(before, at), Line::of(after, at));
    let loads: Vec<f64> = left.loads.iter().map(|l| -l).chain(right.loads.iter().copied()).collect();
    let residuals: Vec<f64> = left.residuals.iter().chain(&right.residuals).copied().collect();
    let df = float(residuals.len() - 4);
    let alike = alike(&residuals, 4.0);
    let row = residuals.iter().map(|e| e * e).sum::<f64>() / df * (1.0 + alike) / (1.0 - alike);
    let usual = row * loads.iter().map(|l| l * l).sum::<f64>();
    let robust = newey_west(&loads, &residuals) * float(residuals.len()) / df;
    let sampling: f64 =
        before.iter().chain(after).zip(&loads).map(|(point, load)| load * load * point.variance).sum();
    let variance = usual.max(robust).max(sampling);
    Some(Interrupted { step: right.here - left.here, se: variance.sqrt(), df })
}

fn newey_west(loads: &[f64], residuals: &[f64]) -> f64 {
    let scores: Vec<f64> = loads.iter().zip(residuals).map(|(l, e)| l * e).collect();
    let lagged = |lag: usize| scores.iter().zip(&scores[lag..]).map(|(a, b)| a * b).sum::<f64>();
    let weight = |lag: usize| 1.0 - float(lag) / float(LAG + 1);
    lagged(0) + 2.0 * (1..=LAG).map(|lag| weight(lag) * lagged(lag)).sum::<f64>()
}

/// A least-squares line read off at one time.
struct Line {
    here: f64,
    /// How much each point counts in `here`.
    loads: Vec<f64>,
    residuals: Vec<f64>,
}

impl Line {
    fn of(points: &[Point], at: f64) -> Self {
        let n = float(points.len());
        let time = |p: &Point| f64::from(p.at);
        let centre = points.iter().map(time).sum::<f64>() / n;
        let square: f64 = points.iter().map(|p| (time(p) - centre).powi(2)).sum();
        let mean = points.iter().map(|p| p.level).sum::<f64>() / n;
        let slope = points.iter().map(|p| (time(p) - centre) * p.level).sum::<f64>() / square;
        let value = |t: f64| mean + slope * (t - centre);
        Self {
            here: value(at),
            loads: points.iter().map(|p| 1.0 / n + (at - centre) * (time(p) - centre) / square).collect(),
            residuals: points.iter().map(|p| p.level - value(time(p))).collect(),
        }
    }
}

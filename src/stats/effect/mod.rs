//! The effect of a treatment that starts at different times for different units. Units are often chosen
//! because they just had a bad result, and would have recovered anyway; a plain before-after comparison books
//! that recovery as an effect. Two estimators that fail in different ways are set side by side:
//! [`imputation`](imputation()) predicts each treated unit from its own shrunken level and the common course
//! of time, and is immune to choice by recorded results; [`staggered`](staggered()) compares with units not yet
//! treated over a base window that ends before the choice, and is immune to choice by knowledge outside the
//! data. [`conclude`](conclude()) reads both.
//!
//! Every standard error is a leave-one-unit-out jackknife in closed form: no random numbers.

mod compare;
mod conclude;
mod imputation;
mod replicated;
mod solve;
mod staggered;

#[cfg(test)]
mod simulations;
#[cfg(test)]
mod tests;

pub use compare::{between_groups, between_units, slope_on};
pub use conclude::{Assessment, Conclusion, Headline, NotIdentified, assess, conclude};
pub use imputation::{Identity, Imputation, UnitEffect, imputation};
pub use replicated::Replicated;
pub use staggered::{AttGt, Compat, Controls, Staggered, before, did_compat, staggered};

use crate::stats::dist::{t_quantile, t_sf};
use crate::stats::float;
use std::ops::RangeInclusive;

/// Units are deleted one by one in the jackknife up to this many, then in groups.
const SINGLE_UNITS: usize = 2000;
const GROUPS: usize = 200;

/// When a unit was first treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Not within the panel, and known not to have been before.
    Never,
    /// At this time index.
    At(usize),
    /// Not known, or before the panel: the unit is left out altogether.
    Unknown,
}

/// Outcomes by unit and time, flat by unit (`unit * times + time`).
#[derive(Clone, Debug, Default)]
pub struct EffectPanel {
    pub units: usize,
    pub times: usize,
    /// Outcome; NaN where there is none.
    pub y: Vec<f64>,
    /// Sampling variance of the outcome.
    pub variance: Vec<f64>,
    /// Number of observations behind the outcome, used to average the base window.
    pub weight: Vec<f64>,
    pub first: Vec<First>,
    /// Kind of each unit, from 0; empty = all of one kind. Kinds may differ in their mean level for reasons that
    /// lie before the panel, such as having been treated then.
    pub kind: Vec<usize>,
}

/// Every number one may argue about.
#[derive(Clone, Debug)]
pub struct EffectOptions {
    /// 1 when higher is better, −1 when lower is: effects are stated with improvement positive.
    pub sign: f64,
    /// Times after the first treatment that count as treated; the time of treatment itself does not.
    pub events: RangeInclusive<usize>,
    pub short: RangeInclusive<usize>,
    pub late: RangeInclusive<usize>,
    /// Untreated units a time needs before a treated unit is compared there.
    pub min_untreated: usize,
    /// Untreated times a unit needs before its level is known.
    pub min_before: usize,
    /// Base window of the staggered comparison, times before treatment, far end first.
    pub base: (usize, usize),
    /// Base of the test for a longer dip, times before treatment, far end first; what lies between it and the
    /// treatment is tested. `min_base` holds for it too.
    pub long_base: (usize, usize),
    pub min_base: usize,
    /// Window of the test for a trend before treatment, times before treatment, far end first.
    pub trend: (usize, usize),
    pub min_trend: usize,
    /// A trend this many standard errors from 0 withholds the strongest claim.
    pub trend_t: f64,
    /// A dip this many standard errors below 0 says that bad results triggered the treatment.
    pub dip_t: f64,
    pub level: f64,
    pub min_times: usize,
    /// Treated units below which nothing is estimated, and below which it is only an indication.
    pub min_treated: usize,
    pub firm_treated: usize,
}

impl Default for EffectOptions {
    fn default() -> Self {
        Self {
            sign: 1.0,
            events: 1..=8,
            short: 1..=4,
            late: 5..=8,
            min_untreated: 5,
            min_before: 3,
            base: (6, 2),
            long_base: (12, 5),
            min_base: 3,
            trend: (8, 3),
            min_trend: 4,
            trend_t: 2.6,
            dip_t: 2.0,
            level: 0.95,
            min_times: 13,
            min_treated: 4,
            firm_treated: 8,
        }
    }
}

/// An effect with its jackknife error, improvement positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub estimate: f64,
    pub se: f64,
    /// Treated units minus one.
    pub df: f64,
    pub low: f64,
    pub high: f64,
    pub treated: usize,
    /// Treated unit-times, or group-times for the staggered comparison.
    pub cells: usize,
}

impl Estimate {
    fn new(estimate: f64, se: f64, treated: usize, cells: usize, level: f64) -> Option<Self> {
        let df = float(treated.checked_sub(1)?);
        if df < 1.0 || !estimate.is_finite() || !se.is_finite() || se <= 0.0 {
            return None;
        }
        let half = se * t_quantile(0.5 + 0.5 * level, df);
        Some(Self { estimate, se, df, low: estimate - half, high: estimate + half, treated, cells })
    }

    /// Estimate over its standard error; 0 when both are 0.
    pub fn t(&self) -> f64 {
        if self.se > 0.0 { self.estimate / self.se } else { 0.0 }
    }

    /// Two-sided p-value of "no effect".
    pub fn p(&self) -> f64 {
        2.0 * t_sf(self.t().abs(), self.df)
    }

    /// Smallest effect found with 80 % power at 5 %, two-sided.
    pub fn smallest_visible(&self) -> f64 {
        (t_quantile(0.975, self.df) + t_quantile(0.80, self.df)) * self.se
    }

    /// Treated units at which an effect of `material` would be visible.
    pub fn units_needed(&self, material: f64) -> f64 {
        float(self.treated) * (self.smallest_visible() / material).powi(2)
    }
}

/// One point of the course of an effect over time since treatment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Times since the first treatment; negative before it.
    pub event: i32,
    pub effect: Estimate,
}

impl EffectPanel {
    fn valid(&self) -> bool {
        let cells = self.units * self.times;
        cells > 0
            && self.y.len() == cells
            && self.variance.len() == cells
            && self.weight.len() == cells
            && self.first.len() == self.units
            && (self.kind.is_empty() || self.kind.len() == self.units)
    }

    fn kind(&self, unit: usize) -> usize {
        self.kind.get(unit).copied().unwrap_or(0)
    }

    /// Outcome with improvement positive, where there is one that counts.
    fn outcome(&self, unit: usize, time: usize, sign: f64) -> Option<f64> {
        let at = unit * self.times + time;
        let known = self.first[unit] != First::Unknown;
        let usable = self.y[at].is_finite() && self.variance[at] >= 0.0 && self.weight[at] > 0.0;
        (known && usable).then(|| sign * self.y[at])
    }

    fn first_time(&self, unit: usize) -> usize {
        match self.first[unit] {
            First::At(time) => time,
            First::Never | First::Unknown => usize::MAX,
        }
    }
}

/// The units left out together: one each, or one of 200 groups when there are many.
fn deletion_groups(units: usize) -> Vec<Vec<usize>> {
    if units <= SINGLE_UNITS {
        return (0..units).map(|unit| vec![unit]).collect();
    }
    (0..GROUPS).map(|group| (group..units).step_by(GROUPS).collect()).collect()
}

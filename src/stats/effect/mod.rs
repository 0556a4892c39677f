//! The effect of a treatment that starts at different times for different units. Units are often chosen
//! because they just had a bad result, and would have recovered anyway; a plain before-after comparison books
//! that recovery as an effect. Two estimators that fail in different ways are set side by side:
//! [`imputation`](imputation()) predicts each treated unit from its own shrunken level and the common course
//! of time, and is immune to choice by recorded results; [`staggered`](staggered()) compares with units not yet
//! treated over a base window that ends before the choice, and is immune to choice by knowledge outside the
//! data. [`conclude`](conclude()) reads both.
//!
//! Every standard error is a leave-one-unit-out jackknife in closed form: no random numbers.

mod conclude;
mod imputation;
mod solve;
mod staggered;

pub use conclude::{Assessment, Conclusion, Headline, NotIdentified, assess, conclude};
pub use imputation::{Identity, Imputation, UnitEffect, imputation};
pub use staggered::{AttGt, Compat, Controls, Staggered, did_compat, staggered};

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
}

/// Every number a consultant may argue about.
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

/// Jackknife standard error from estimates that each leave one unit, or group of units, out.
fn jackknife_se(estimate: f64, left_out: impl Iterator<Item = f64>) -> f64 {
    let (mut count, mut sum) = (0.0, 0.0);
    for value in left_out.filter(|value| value.is_finite()) {
        count += 1.0;
        sum += (value - estimate) * (value - estimate);
    }
    if count < 2.0 { f64::NAN } else { ((count - 1.0) / count * sum).sqrt() }
}

/// The units left out together: one each, or one of 200 groups when there are many.
fn deletion_groups(units: usize) -> Vec<Vec<usize>> {
    if units <= SINGLE_UNITS {
        return (0..units).map(|unit| vec![unit]).collect();
    }
    (0..GROUPS).map(|group| (group..units).step_by(GROUPS).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::Pcg;

    const UNITS: usize = 40;
    const TIMES: usize = 26;

    /// How units come to be treated.
    #[derive(Clone, Copy)]
    enum Trigger {
        /// The four lowest results of the time before, now and then.
        BadResult,
        /// Whatever the results.
        Schedule,
    }

    /// 40 units over 26 times, level 70 % with 5 points between units and a sampling error of 150 observations;
    /// treated units gain `effect` from the time after their first treatment on.
    fn simulated(trigger: Trigger, effect: f64, seed: u64) -> EffectPanel {
        let mut random = Pcg::new(seed);
        let noise = (0.7_f64 * 0.3 / 150.0).sqrt();
        let level: Vec<f64> = (0..UNITS).map(|_| 0.7 + 0.05 * random.normal()).collect();
        let mut y = vec![0.0; UNITS * TIMES];
        let mut first = vec![First::Never; UNITS];
        for time in 0..TIMES {
            if time >= 7 && time % 2 == 1 {
                for unit in chosen(trigger, time, &y, &mut random) {
                    if first[unit] == First::Never {
                        first[unit] = First::At(time);
                    }
                }
            }
            for unit in 0..UNITS {
                let treated = matches!(first[unit], First::At(start) if time > start);
                let gain = if treated { effect } else { 0.0 };
                y[unit * TIMES + time] = level[unit] + gain + noise * random.normal();
            }
        }
        let cells = UNITS * TIMES;
        EffectPanel {
            units: UNITS,
            times: TIMES,
            y,
            variance: vec![noise * noise; cells],
            weight: vec![150.0; cells],
            first,
        }
    }

    fn chosen(trigger: Trigger, time: usize, y: &[f64], random: &mut Pcg) -> Vec<usize> {
        let mut units: Vec<usize> = (0..UNITS).collect();
        let key: Vec<f64> = match trigger {
            Trigger::BadResult => units.iter().map(|unit| y[unit * TIMES + time - 1]).collect(),
            Trigger::Schedule => units.iter().map(|_| random.uniform()).collect(),
        };
        units.sort_by(|a, b| key[*a].total_cmp(&key[*b]));
        units.truncate(4);
        units
    }

    fn assessed(trigger: Trigger, effect: f64, seed: u64) -> Assessment {
        assess(&simulated(trigger, effect, seed), 0.015, &EffectOptions::default())
    }

    /// Mean over runs of: naive change, imputation, staggered comparison, share of imputation intervals that hold
    /// the truth.
    fn bias(trigger: Trigger, effect: f64) -> (f64, f64, f64, f64) {
        let runs = 60;
        let mut sum = (0.0, 0.0, 0.0, 0.0);
        for seed in 0..runs {
            let found = assessed(trigger, effect, seed);
            let imputed = found.imputation.as_ref().unwrap();
            let held = imputed.att.low <= effect && effect <= imputed.att.high;
            sum.0 += imputed.identity(imputed.att.estimate).naive - effect;
            sum.1 += imputed.att.estimate - effect;
            sum.2 += found.staggered.as_ref().unwrap().att.estimate - effect;
            sum.3 += if held { 1.0 } else { 0.0 };
        }
        let runs = f64::from(u32::try_from(runs).unwrap());
        (sum.0 / runs, sum.1 / runs, sum.2 / runs, sum.3 / runs)
    }

    #[test]
    fn treatment_after_a_bad_result_fools_before_and_after_and_not_the_imputation() {
        for effect in [0.0, 0.03] {
            let (naive, imputed, staggered, covered) = bias(Trigger::BadResult, effect);
            assert!(naive > 0.035, "naive bias {naive}");
            // Three standard errors of the mean of 60 runs.
            assert!(imputed.abs() < 0.002, "imputation bias {imputed}");
            assert!(staggered.abs() < 0.006, "staggered bias {staggered}");
            assert!(covered > 0.86, "coverage {covered}");
        }
    }

    #[test]
    fn a_schedule_fools_nobody() {
        let (naive, imputed, staggered, _) = bias(Trigger::Schedule, 0.0);
        assert!(naive.abs() < 0.003 && imputed.abs() < 0.002 && staggered.abs() < 0.002);
    }

    #[test]
    fn the_dip_chooses_the_headline() {
        let chose = |trigger, headline| {
            (0..20).filter(|seed| assessed(trigger, 0.0, *seed).headline == Some(headline)).count()
        };
        assert!(chose(Trigger::BadResult, Headline::Imputation) >= 19);
        assert!(chose(Trigger::Schedule, Headline::Staggered) >= 18);
    }

    #[test]
    fn a_real_effect_works_and_none_does_not_move() {
        let count = |effect, conclusion| {
            (0..20)
                .filter(|seed| assessed(Trigger::BadResult, effect, *seed).conclusion == conclusion)
                .count()
        };
        // One in twenty or so is withheld for a chance trend before the treatment.
        assert!(count(0.03, Conclusion::Works) >= 16);
        assert_eq!(count(0.0, Conclusion::Works) / 3, 0);
        assert!(count(0.0, Conclusion::DoesNotMove) >= 8);
        assert_eq!(count(0.03, Conclusion::DoesNotMove), 0);
        assert!(count(-0.05, Conclusion::Harmful) >= 18);
    }

    #[test]
    fn naive_is_exactly_luck_and_trend_and_effect() {
        let panel = simulated(Trigger::BadResult, 0.02, 7);
        let fit = imputation(&panel, &EffectOptions::default()).unwrap();
        let identity = fit.identity(fit.att.estimate);
        assert!((identity.naive - identity.luck - identity.trend - identity.effect).abs() < 1e-15);
        // For the imputation, luck is how far units stood below their own expected level when chosen.
        let (mut below, mut cells) = (0.0, 0.0);
        for effect in &fit.unit_effects {
            let First::At(start) = panel.first[effect.unit] else { unreachable!() };
            let before =
                panel.y[effect.unit * TIMES + start - 1] - fit.lambda[start - 1] - fit.alpha[effect.unit];
            below -= before * float(effect.cells);
            cells += float(effect.cells);
        }
        assert!((identity.luck - below / cells).abs() < 1e-12);
    }

    #[test]
    fn an_event_study_averages_to_the_whole_effect() {
        let fit = imputation(&simulated(Trigger::BadResult, 0.03, 3), &EffectOptions::default()).unwrap();
        let (top, bottom) = fit.events.iter().fold((0.0, 0.0), |sum, event| {
            let cells = float(event.effect.cells);
            (sum.0 + cells * event.effect.estimate, sum.1 + cells)
        });
        assert!((top / bottom - fit.att.estimate).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_units_and_the_scale_of_the_outcome_do_not_matter() {
        let panel = simulated(Trigger::BadResult, 0.02, 5);
        let mut turned = panel.clone();
        turned.y = panel.y.chunks(TIMES).rev().flatten().map(|y| 3.0 - 100.0 * y).collect();
        turned.variance.iter_mut().for_each(|v| *v *= 1e4);
        turned.first.reverse();
        let options = EffectOptions::default();
        let (a, b) =
            (assess(&panel, 0.015, &options), assess(&turned, 1.5, &EffectOptions { sign: -1.0, ..options }));
        assert_eq!(a.conclusion, b.conclusion);
        for (a, b) in [
            (a.imputation.unwrap().att, b.imputation.unwrap().att),
            (a.staggered.unwrap().att, b.staggered.unwrap().att),
        ] {
            assert!((100.0 * a.estimate - b.estimate).abs() < 1e-5, "{a:?} {b:?}");
            assert!((100.0 * a.se - b.se).abs() < 1e-5);
        }
    }

    #[test]
    fn the_jackknife_is_what_leaving_units_out_gives() {
        let panel = simulated(Trigger::Schedule, 0.0, 4);
        let options = EffectOptions::default();
        let whole = staggered(&panel, &options).unwrap().att;
        let left_out = (0..UNITS).map(|unit| {
            let mut rest = panel.clone();
            rest.first[unit] = First::Unknown;
            staggered(&rest, &options).unwrap().att.estimate
        });
        assert!((jackknife_se(whole.estimate, left_out) - whole.se).abs() < 1e-12);
    }

    #[test]
    fn units_of_unknown_history_and_missing_outcomes_are_left_out() {
        let mut panel = simulated(Trigger::BadResult, 0.0, 6);
        let treated =
            |panel: &EffectPanel| assess(panel, 0.015, &EffectOptions::default()).effect.unwrap().treated;
        let before = treated(&panel);
        let unit = panel.first.iter().position(|first| matches!(first, First::At(t) if *t < 12)).unwrap();
        panel.first[unit] = First::Unknown;
        assert_eq!(treated(&panel), before - 1);
        panel.y[3] = f64::NAN;
        panel.weight[9] = 0.0;
        assert!(assess(&panel, 0.015, &EffectOptions::default()).effect.unwrap().estimate.is_finite());
    }

    #[test]
    fn degenerate_panels_are_not_identified() {
        let options = EffectOptions::default();
        let conclusion = |panel: &EffectPanel| assess(panel, 0.01, &options).conclusion;
        assert_eq!(conclusion(&EffectPanel::default()), Conclusion::NotIdentified);
        let mut panel = simulated(Trigger::BadResult, 0.0, 8);
        panel.y.iter_mut().for_each(|y| *y = 0.5);
        assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
        panel.y.iter_mut().for_each(|y| *y = f64::NAN);
        assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
        panel.first = vec![First::At(0); UNITS];
        assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
        panel.y.pop();
        assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
        let mut few = simulated(Trigger::Schedule, 0.0, 9);
        few.first.iter_mut().skip(12).for_each(|first| *first = First::Never);
        few.first[..10].fill(First::Never);
        assert_ne!(assess(&few, 0.01, &options).not_identified, None);
    }

    #[test]
    fn conclusions_are_tried_in_order() {
        let estimate = |low: f64, high: f64| Estimate {
            estimate: 0.5 * (low + high),
            se: 0.1,
            df: 20.0,
            low,
            high,
            treated: 21,
            cells: 100,
        };
        let told = |a: (f64, f64), b: (f64, f64)| {
            conclude(&estimate(a.0, a.1), Some(&estimate(b.0, b.1)), 1.0, false)
        };
        assert_eq!(told((-2.0, -1.0), (-2.0, -0.1)), Conclusion::Harmful);
        assert_eq!(told((-0.5, 0.5), (-0.5, 0.9)), Conclusion::DoesNotMove);
        assert_eq!(told((-0.5, 0.5), (-0.5, 1.1)), Conclusion::Unclear);
        assert_eq!(told((0.1, 0.5), (0.1, 0.9)), Conclusion::Small);
        assert_eq!(told((0.1, 2.0), (-0.1, 0.9)), Conclusion::Works);
        assert_eq!(told((0.1, 2.0), (-0.9, 0.1)), Conclusion::Unclear);
        assert_eq!(conclude(&estimate(0.1, 2.0), Some(&estimate(0.1, 2.0)), 1.0, true), Conclusion::Unclear);
        assert_eq!(conclude(&estimate(0.1, 2.0), None, 1.0, false), Conclusion::Unclear);
    }
}

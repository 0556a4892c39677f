//! Random-effects imputation. The untreated outcomes of a unit are its own level, drawn from a population,
//! plus the common course of time, plus noise. Fitted on *all* untreated times, the bad one that triggered
//! the treatment included, choice by recorded results is missingness at random and the prediction of the
//! untreated outcome stays unbiased (Laird 1988; Borusyak, Jaravel and Spiess 2024 for the imputation form).

mod parts;

use parts::Parts;

use super::solve::solve;
use super::{EffectOptions, EffectPanel, Estimate, Event, Replicated, deletion_groups};
use crate::stats::float;
use crate::stats::moments::Moments;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

const ITERATIONS: usize = 60;
/// Components have settled when they move by less than this share of the outcome's variance.
const SETTLED: f64 = 1e-7;
/// Smallest variance between units kept, as a share of the outcome's variance.
const LEAST_TAU2: f64 = 1e-9;
/// Units a kind needs for a mean level of its own.
const LEAST_OF_KIND: usize = 5;

/// The fit of the untreated outcomes and what the treated ones differ from it.
#[derive(Clone, Debug)]
pub struct Imputation {
    /// Average effect on the treated, improvement positive.
    pub att: Estimate,
    pub short: Option<Estimate>,
    pub late: Option<Estimate>,
    /// `late` minus `short` of the units that have both.
    pub fading: Option<Estimate>,
    /// Level of each unit around the course of time, by unit.
    pub alpha: Vec<f64>,
    /// Common course of time; NaN where nobody is untreated.
    pub lambda: Vec<f64>,
    pub untreated: Vec<usize>,
    /// Variance between units and additional variance from time to time.
    pub tau2: f64,
    pub tau_time2: f64,
    pub unit_effects: Vec<UnitEffect>,
    fit: Fit,
}

/// The mean effect on one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitEffect {
    pub unit: usize,
    pub effect: f64,
    /// Its error variance, the course of time taken as known.
    pub variance: f64,
    pub cells: usize,
}

/// What a before-after comparison shows, taken apart: `naive = luck + trend + effect`, exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identity {
    /// Mean after treatment minus the last result before it.
    pub naive: f64,
    /// Regression to the mean: how far below their own expected level units stood when they were chosen.
    pub luck: f64,
    /// The common course of time.
    pub trend: f64,
    pub effect: f64,
}

/// Fits and estimates; `None` when no treated unit can be compared.
pub fn imputation(panel: &EffectPanel, options: &EffectOptions) -> Option<Imputation> {
    if !panel.valid() {
        return None;
    }
    let fit = Fit::new(panel, options)?;
    let att = fit.replicated(|_, _| true)?.with_error(options.level)?;
    let within = |range: &RangeInclusive<usize>| {
        fit.replicated(|_, event| range.contains(&event))?.with_error(options.level)
    };
    let fading = fit.short_and_late(options).and_then(|(short, late)| late.minus(&short));
    Some(Imputation {
        att,
        short: within(&options.short),
        late: within(&options.late),
        fading: fading.and_then(|fading| fading.with_error(options.level)),
        alpha: fit.alpha.clone(),
        lambda: fit.course(),
        untreated: fit.untreated.clone(),
        tau2: fit.tau2,
        tau_time2: fit.tau_time2,
        unit_effects: fit.unit_effects(),
        fit,
    })
}

impl Imputation {
    /// The effect over the treated unit-times that `keep` selects by unit and time since treatment.
    pub fn replicated(&self, keep: impl Fn(usize, usize) -> bool) -> Option<Replicated> {
        self.fit.replicated(keep)
    }

    /// The early and the late effect on the units that have both.
    pub fn short_and_late(&self, options: &EffectOptions) -> Option<(Replicated, Replicated)> {
        self.fit.short_and_late(options)
    }

    /// The course of the effect over the time since treatment.
    pub fn events(&self, options: &EffectOptions) -> Vec<Event> {
        let one = |event: usize| {
            let effect = self.fit.replicated(|_, e| e == event)?.with_error(options.level)?;
            Some(Event { event: i32::try_from(event).ok()?, effect })
        };
        options.events.clone().filter_map(one).collect()
    }

    /// How far treated units stood off their own level at each of the last `most` times before treatment. The same
    /// times also fitted the level, so that what is left is a little too small.
    pub fn before(&self, options: &EffectOptions, most: usize) -> Vec<Event> {
        let one = |back: usize| {
            let effect = self.fit.mean_of(self.fit.back(back).iter())?.with_error(options.level)?;
            Some(Event { event: -i32::try_from(back).ok()?, effect })
        };
        (1..=most).rev().filter_map(one).collect()
    }

    /// What before and after would have shown, taken apart around `effect` (the headline estimate).
    pub fn identity(&self, effect: f64) -> Identity {
        let (mut naive, mut trend) = (0.0, 0.0);
        for cell in &self.fit.treated {
            let before = self.fit.last_before[cell.unit];
            naive += cell.y - self.fit.y[cell.unit * self.fit.times + before];
            trend += self.fit.lambda[cell.time] - self.fit.lambda[before];
        }
        let cells = float(self.fit.treated.len());
        let (naive, trend) = (naive / cells, trend / cells);
        Identity { naive, luck: naive - trend - effect, trend, effect }
    }
}

/// One treated unit-time that can be compared.
#[derive(Clone, Copy, Debug)]
struct Treated {
    unit: usize,
    time: usize,
    event: usize,
    y: f64,
    variance: f64,
}

/// Untreated outcomes, flat by unit, with everything the jackknife needs again.
#[derive(Clone, Debug)]
struct Fit {
    units: usize,
    times: usize,
    /// Outcome where untreated, else 0.
    y: Vec<f64>,
    /// Sampling variance where untreated, else NaN.
    variance: Vec<f64>,
    /// Precision where untreated, else 0.
    w: Vec<f64>,
    /// Σ w of each unit, and 1 / (1/tau² + Σ w).
    k: Vec<f64>,
    /// Times with untreated outcomes.
    used: Vec<usize>,
    /// Kind of each unit, from 0, and how many kinds there are among the untreated.
    kind: Vec<usize>,
    kinds: usize,
    /// The common course: a level for each time, then the distance of each kind but the first.
    lambda: Vec<f64>,
    alpha: Vec<f64>,
    untreated: Vec<usize>,
    last_before: Vec<usize>,
    treated: Vec<Treated>,
    tau2: f64,
    tau_time2: f64,
    /// The normal equations of the course of time.
    matrix: Vec<f64>,
    right: Vec<f64>,
    /// The course of time without each group of units in turn, variance components held.
    without: Vec<(Vec<usize>, Option<Vec<f64>>)>,
}

impl Fit {
    fn new(panel: &EffectPanel, options: &EffectOptions) -> Option<Self> {
        let mut this = Self::empty(panel);
        this.read_untreated(panel, options.sign);
        this.components()?;
        this.read_treated(panel, options);
        if this.treated.is_empty() {
            return None;
        }
        this.without = this.courses_without();
        Some(this)
    }

    fn empty(panel: &EffectPanel) -> Self {
        let cells = panel.units * panel.times;
        Self {
            units: panel.units,
            times: panel.times,
            y: vec![0.0; cells],
            variance: vec![f64::NAN; cells],
            w: vec![0.0; cells],
            k: vec![0.0; panel.units],
            used: Vec::new(),
            kind: vec![0; panel.units],
            kinds: 1,
            lambda: vec![0.0; panel.times],
            alpha: vec![0.0; panel.units],
            untreated: vec![0; panel.times],
            last_before: vec![0; panel.units],
            treated: Vec::new(),
            tau2: 0.0,
            tau_time2: 0.0,
            matrix: Vec::new(),
            right: Vec::new(),
            without: Vec::new(),
        }
    }

    fn read_untreated(&mut self, panel: &EffectPanel, sign: f64) {
        for unit in 0..self.units {
            let until = panel.first_time(unit).min(self.times);
            for time in 0..until {
                if let Some(y) = panel.outcome(unit, time, sign) {
                    let at = unit * self.times + time;
                    self.y[at] = y;
                    self.variance[at] = panel.variance[at];
                    self.untreated[time] += 1;
                    self.last_before[unit] = time;
                }
            }
        }
        self.used = (0..self.times).filter(|time| self.untreated[*time] > 0).collect();
        self.read_kinds(panel);
    }

    /// Kinds of too few units to have a mean of their own are taken with the first.
    fn read_kinds(&mut self, panel: &EffectPanel) {
        let mut members = BTreeMap::new();
        for unit in (0..self.units).filter(|unit| self.count(*unit) > 0) {
            *members.entry(panel.kind(unit)).or_insert(0) += 1;
        }
        let own: Vec<usize> =
            members.into_iter().filter(|(_, n)| *n >= LEAST_OF_KIND).map(|(k, _)| k).collect();
        let place = |kind: usize| own.iter().position(|one| *one == kind).unwrap_or(0);
        self.kind = (0..self.units).map(|unit| place(panel.kind(unit))).collect();
        self.kinds = own.len().max(1);
    }

    /// The expected untreated outcome of the average unit of a unit's kind.
    fn expected(&self, unit: usize, time: usize, lambda: &[f64]) -> f64 {
        lambda[time] + self.offset(unit, lambda)
    }

    fn offset(&self, unit: usize, lambda: &[f64]) -> f64 {
        if self.kind[unit] == 0 { 0.0 } else { lambda[self.times + self.kind[unit] - 1] }
    }

    fn read_treated(&mut self, panel: &EffectPanel, options: &EffectOptions) {
        for unit in 0..self.units {
            let first = panel.first_time(unit);
            if first >= self.times || self.count(unit) < options.min_before {
                continue;
            }
            for event in options.events.clone() {
                let time = first + event;
                if time >= self.times || self.untreated[time] < options.min_untreated {
                    continue;
                }
                if let Some(y) = panel.outcome(unit, time, options.sign) {
                    let variance = panel.variance[unit * self.times + time];
                    self.treated.push(Treated { unit, time, event, y, variance });
                }
            }
        }
    }

    fn count(&self, unit: usize) -> usize {
        self.row(&self.variance, unit).iter().filter(|v| !v.is_nan()).count()
    }

    fn row<'a>(&self, values: &'a [f64], unit: usize) -> &'a [f64] {
        &values[unit * self.times..(unit + 1) * self.times]
    }

    /// Variance components by expectation and moment steps, then the fit they imply.
    fn components(&mut self) -> Option<()> {
        let known: Vec<f64> = self.variance.iter().copied().filter(|v| !v.is_nan()).collect();
        let outcomes: Vec<f64> =
            self.y.iter().zip(&self.variance).filter(|(_, v)| !v.is_nan()).map(|(y, _)| *y).collect();
        let total = Moments::of(&outcomes).variance().filter(|v| *v > 0.0)?;
        let members = (0..self.units).filter(|unit| self.count(*unit) > 0).count();
        if members <= self.kinds {
            return None;
        }
        self.tau2 = 0.5 * total;
        self.tau_time2 = 0.25 * median(known);
        for _ in 0..ITERATIONS {
            self.solve(total)?;
            let (tau2, tau_time2) = self.improved(members);
            let moved = (tau2 - self.tau2).abs().max((tau_time2 - self.tau_time2).abs());
            (self.tau2, self.tau_time2) = (tau2.max(LEAST_TAU2 * total), tau_time2);
            if moved < SETTLED * total {
                break;
            }
        }
        self.solve(total)
    }

    fn improved(&self, members: usize) -> (f64, f64) {
        let (mut between, mut x, mut precision, mut cells) = (0.0, 0.0, 0.0, 0.0);
        for unit in 0..self.units {
            if self.row(&self.w, unit).iter().all(|w| *w == 0.0) {
                continue;
            }
            between += self.alpha[unit] * self.alpha[unit] + self.k[unit];
            for time in 0..self.times {
                let at = unit * self.times + time;
                let left = self.y[at] - self.expected(unit, time, &self.lambda) - self.alpha[unit];
                x += self.w[at] * (left * left + self.k[unit]);
                precision += self.w[at];
                cells += if self.w[at] > 0.0 { 1.0 } else { 0.0 };
            }
        }
        let spare = cells - float(self.used.len() + self.kinds - 1);
        (between / (float(members) - float(self.kinds)), (self.tau_time2 + (x - spare) / precision).max(0.0))
    }

    /// Generalised least squares for the course of time, the levels integrated out.
    fn solve(&mut self, total: f64) -> Option<()> {
        let floor = LEAST_TAU2 * total;
        for at in 0..self.w.len() {
            let v = self.variance[at] + self.tau_time2;
            self.w[at] = if v.is_nan() { 0.0 } else { 1.0 / v.max(floor) };
        }
        let size = self.used.len() + self.kinds - 1;
        let (mut matrix, mut right) = (vec![0.0; size * size], vec![0.0; size]);
        for unit in 0..self.units {
            let precision: f64 = self.row(&self.w, unit).iter().sum();
            self.k[unit] = 1.0 / (1.0 / self.tau2 + precision);
            self.add_unit(unit, 1.0, &mut matrix, &mut right);
        }
        self.lambda = self.course_of(matrix.clone(), right.clone())?;
        (self.matrix, self.right) = (matrix, right);
        for unit in 0..self.units {
            self.alpha[unit] = self.level(unit, &self.lambda);
        }
        Some(())
    }

    /// Adds (`sign` 1) or takes away (−1) one unit's part of the normal equations, of which the lower triangle is
    /// kept.
    fn add_unit(&self, unit: usize, sign: f64, matrix: &mut [f64], right: &mut [f64]) {
        let (w, y, k) = (self.row(&self.w, unit), self.row(&self.y, unit), self.k[unit]);
        let times = self.used.len();
        let size = times + self.kinds - 1;
        let weighted: f64 = w.iter().zip(y).map(|(w, y)| w * y).sum();
        let here: Vec<f64> = self.used.iter().map(|t| w[*t]).collect();
        for (i, own) in here.iter().enumerate().filter(|(_, own)| **own > 0.0) {
            let row = &mut matrix[i * size..=i * size + i];
            let scale = sign * k * own;
            row.iter_mut().zip(&here).for_each(|(cell, other)| *cell -= scale * other);
            row[i] += sign * own;
            right[i] += sign * own * (y[self.used[i]] - k * weighted);
        }
        if self.kind[unit] == 0 {
            return;
        }
        // The unit's kind is one more column, 1 in each of its cells: its precision shrinks by 1 − k Σw.
        let last = times + self.kind[unit] - 1;
        let precision: f64 = w.iter().sum();
        let left = 1.0 - k * precision;
        matrix[last * size + last] += sign * precision * left;
        right[last] += sign * weighted * left;
        let row = &mut matrix[last * size..last * size + times];
        row.iter_mut().zip(&here).for_each(|(cell, own)| *cell += sign * own * left);
    }

    fn course_of(&self, mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
        if !solve(&mut matrix, &mut right) {
            return None;
        }
        let mut lambda = vec![0.0; self.times];
        for (value, time) in right.iter().zip(&self.used) {
            lambda[*time] = *value;
        }
        lambda.extend_from_slice(&right[self.used.len()..]);
        Some(lambda)
    }

    fn level(&self, unit: usize, lambda: &[f64]) -> f64 {
        let cells = self.row(&self.w, unit).iter().zip(self.row(&self.y, unit)).zip(lambda);
        let offset = self.offset(unit, lambda);
        self.k[unit] * cells.map(|((w, y), l)| w * (y - l - offset)).sum::<f64>()
    }

    fn course(&self) -> Vec<f64> {
        let known = self.lambda.iter().zip(&self.untreated);
        known.map(|(value, count)| if *count > 0 { *value } else { f64::NAN }).collect()
    }

    fn unit_effects(&self) -> Vec<UnitEffect> {
        let one = |cells: &[Treated]| {
            let (unit, m) = (cells[0].unit, float(cells.len()));
            let expected = |cell: &Treated| self.expected(unit, cell.time, &self.lambda) + self.alpha[unit];
            let gain = |cell: &Treated| cell.y - expected(cell);
            let noise: f64 = cells.iter().map(|cell| cell.variance + self.tau_time2).sum();
            UnitEffect {
                unit,
                effect: cells.iter().map(gain).sum::<f64>() / m,
                variance: noise / (m * m) + self.k[unit],
                cells: cells.len(),
            }
        };
        self.treated.chunk_by(|a, b| a.unit == b.unit).map(one).collect()
    }

    fn replicated(&self, keep: impl Fn(usize, usize) -> bool) -> Option<Replicated> {
        self.mean_of(self.treated.iter().filter(|cell| keep(cell.unit, cell.event)))
    }

    /// The untreated outcomes of treated units so many times before their treatment.
    fn back(&self, back: usize) -> Vec<Treated> {
        let units = self.treated.chunk_by(|a, b| a.unit == b.unit).map(|cells| cells[0]);
        let cell = |first: Treated| {
            let time = (first.time - first.event).checked_sub(back)?;
            let at = first.unit * self.times + time;
            let variance = self.variance[at];
            (!variance.is_nan()).then(|| Treated { time, y: self.y[at], variance, ..first })
        };
        units.filter_map(cell).collect()
    }

    /// Mean distance of some outcomes from what their units' levels and the course of time predict.
    fn mean_of<'a>(&self, cells: impl Iterator<Item = &'a Treated>) -> Option<Replicated> {
        let parts = Parts::of(self, cells);
        let without = |(group, lambda): &(Vec<usize>, Option<Vec<f64>>)| {
            lambda.as_ref().and_then(|lambda| parts.value(lambda, Some(group))).unwrap_or(f64::NAN)
        };
        Some(Replicated {
            estimate: parts.value(&self.lambda, None)?,
            left_out: self.without.iter().map(without).collect(),
            treated: parts.treated(),
            cells: parts.cells(),
        })
    }

    fn short_and_late(&self, options: &EffectOptions) -> Option<(Replicated, Replicated)> {
        let has = |range: &RangeInclusive<usize>| {
            let mut units = vec![false; self.units];
            for cell in self.treated.iter().filter(|cell| range.contains(&cell.event)) {
                units[cell.unit] = true;
            }
            units
        };
        let (in_short, in_late) = (has(&options.short), has(&options.late));
        let both = |unit: usize| in_short[unit] && in_late[unit];
        let short = self.replicated(|unit, event| both(unit) && options.short.contains(&event))?;
        let late = self.replicated(|unit, event| both(unit) && options.late.contains(&event))?;
        Some((short, late))
    }

    fn courses_without(&self) -> Vec<(Vec<usize>, Option<Vec<f64>>)> {
        let without = |group: Vec<usize>| {
            let (mut matrix, mut right) = (self.matrix.clone(), self.right.clone());
            for unit in &group {
                self.add_unit(*unit, -1.0, &mut matrix, &mut right);
            }
            let lambda = self.course_of(matrix, right);
            (group, lambda)
        };
        deletion_groups(self.units).into_iter().map(without).collect()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    crate::stats::quantile_sorted(&values, 0.5).unwrap_or(0.0)
}

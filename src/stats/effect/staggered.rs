//! Staggered difference-in-differences: each cohort of units treated at the same time is compared with units
//! not yet treated, over the same calendar times, against a base window (Callaway and Sant'Anna 2021). The
//! base ends before the time that may have triggered the treatment; with the textbook base, the last time
//! before treatment, recovery from a bad result would be booked as an effect. [`did_compat`] keeps the
//! textbook form for comparison with published numbers.

use super::{EffectOptions, EffectPanel, Estimate, Event, First, Replicated, deletion_groups};
use crate::stats::float;
use std::ops::RangeInclusive;

/// The staggered comparison. Effects are stated with improvement positive.
#[derive(Clone, Debug)]
pub struct Staggered {
    pub att: Estimate,
    /// How far treated units stood off their base at the last time before treatment.
    pub dip: Option<Estimate>,
    /// How far they stood over the last few times before treatment off an earlier base, further back than the
    /// window in which a longer bad spell may have been what they were chosen for.
    pub long_dip: Option<Estimate>,
    /// Slope per time before treatment, treated minus not yet treated.
    pub trend_before: Option<Estimate>,
    units: usize,
    contrasts: Vec<Contrast>,
}

/// Which units a cohort is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controls {
    Never,
    NotYet,
}

/// Average effect on the cohort first treated at `group`, at `time`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttGt {
    pub group: usize,
    pub time: usize,
    pub att: f64,
    pub treated: usize,
    pub controls: usize,
}

/// The textbook estimates and their aggregations.
#[derive(Clone, Debug)]
pub struct Compat {
    pub att_gt: Vec<AttGt>,
    /// Mean over cohorts by time since treatment, and their plain mean.
    pub dynamic: Vec<(usize, f64)>,
    pub dynamic_overall: f64,
    /// Mean over times by cohort, and their mean weighted by cohort size.
    pub groups: Vec<(usize, f64)>,
    pub group_overall: f64,
    /// Mean over all cohorts and times, weighted by cohort size.
    pub simple: f64,
}

/// Compares each cohort with units not yet treated; `None` when nothing can be compared.
pub fn staggered(panel: &EffectPanel, options: &EffectOptions) -> Option<Staggered> {
    if !panel.valid() {
        return None;
    }
    let after = options.events.clone().filter_map(|event| i32::try_from(event).ok());
    let contrasts = contrasts(panel, options, &[-1].into_iter().chain(after).collect::<Vec<i32>>());
    let counts = |event: i32| usize::try_from(event).is_ok_and(|event| options.events.contains(&event));
    let over = |holds: &dyn Fn(i32) -> bool| {
        let chosen = contrasts.iter().filter(|contrast| holds(contrast.event));
        summarise(panel.units, chosen, |_| true)?.with_error(options.level)
    };
    Some(Staggered {
        att: over(&counts)?,
        dip: over(&|event| event == -1),
        long_dip: long_dip(panel, options),
        trend_before: trend_before(panel, options),
        units: panel.units,
        contrasts,
    })
}

impl Staggered {
    /// The effect over the treated units and times since treatment that are kept.
    pub fn replicated(
        &self,
        unit: impl Fn(usize) -> bool,
        event: impl Fn(i32) -> bool,
    ) -> Option<Replicated> {
        summarise(self.units, self.contrasts.iter().filter(|contrast| event(contrast.event)), unit)
    }

    /// The course of the effect from one time before treatment onwards.
    pub fn events(&self, options: &EffectOptions) -> Vec<Event> {
        let last = i32::try_from(*options.events.end()).unwrap_or(i32::MAX);
        let one = |event: i32| {
            let effect = self.replicated(|_| true, |e| e == event)?.with_error(options.level)?;
            Some(Event { event, effect })
        };
        (-1..=last).filter_map(one).collect()
    }
}

/// How far treated units stood off their base at each of the last `most` times before treatment, against units not
/// yet treated. The base lies among these times: what is near 0 there is so by construction, a slope is not.
pub fn before(panel: &EffectPanel, options: &EffectOptions, most: i32) -> Vec<Event> {
    if !panel.valid() {
        return Vec::new();
    }
    let found = contrasts(panel, options, &(-most..0).collect::<Vec<i32>>());
    let one = |event: i32| {
        let own = found.iter().filter(|contrast| contrast.event == event);
        let effect = summarise(panel.units, own, |_| true)?.with_error(options.level)?;
        Some(Event { event, effect })
    };
    (-most..0).filter_map(one).collect()
}

/// The textbook form: base one time before treatment, effects from the time of treatment on.
pub fn did_compat(panel: &EffectPanel, controls: Controls) -> Option<Compat> {
    if !panel.valid() {
        return None;
    }
    let mut cells = Vec::new();
    for group in cohorts(panel).into_iter().filter(|group| *group > 0) {
        let base = base_means(panel, (group - 1, group - 1), 1, 1.0);
        for time in group..panel.times {
            let is_control = |unit: usize| match controls {
                Controls::Never => panel.first[unit] == First::Never,
                Controls::NotYet => panel.first_time(unit) > time,
            };
            let contrast = Contrast::of(panel, group, is_control, |unit| {
                Some(panel.outcome(unit, time, 1.0)? - base[unit]?)
            });
            cells.extend(contrast.filter(|c| !c.control.is_empty()).map(|c| c.att_gt(group, time)));
        }
    }
    aggregate(cells)
}

/// One cohort at one time: the change of each treated unit and of each control.
#[derive(Clone, Debug)]
struct Contrast {
    event: i32,
    treated: Vec<(usize, f64)>,
    control: Vec<(usize, f64)>,
    /// Sums of the changes of the treated and of the controls.
    sums: (f64, f64),
}

impl Contrast {
    fn of(
        panel: &EffectPanel,
        group: usize,
        is_control: impl Fn(usize) -> bool,
        change: impl Fn(usize) -> Option<f64>,
    ) -> Option<Self> {
        let (mut treated, mut control) = (Vec::new(), Vec::new());
        for unit in 0..panel.units {
            let in_group = panel.first_time(unit) == group;
            if let Some(value) = (in_group || is_control(unit)).then(|| change(unit)).flatten() {
                if in_group { &mut treated } else { &mut control }.push((unit, value));
            }
        }
        let sums = (sum(&treated), sum(&control));
        (!treated.is_empty()).then_some(Self { event: 0, treated, control, sums })
    }

    fn att_gt(&self, group: usize, time: usize) -> AttGt {
        AttGt {
            group,
            time,
            att: self.sums.0 / float(self.treated.len()) - self.sums.1 / float(self.control.len()),
            treated: self.treated.len(),
            controls: self.control.len(),
        }
    }
}

fn sum(values: &[(usize, f64)]) -> f64 {
    values.iter().map(|(_, value)| value).sum()
}

/// Times at which somebody was first treated, ascending.
fn cohorts(panel: &EffectPanel) -> Vec<usize> {
    let mut times: Vec<usize> =
        (0..panel.units).map(|unit| panel.first_time(unit)).filter(|time| *time < panel.times).collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// Weighted mean outcome of each unit over a window, where it has at least `least` times.
fn base_means(panel: &EffectPanel, (from, to): (usize, usize), least: usize, sign: f64) -> Vec<Option<f64>> {
    let one = |unit: usize| {
        let (mut count, mut total, mut sum) = (0, 0.0, 0.0);
        for time in from..=to.min(panel.times.saturating_sub(1)) {
            if let Some(y) = panel.outcome(unit, time, sign) {
                let weight = panel.weight[unit * panel.times + time];
                (count, total, sum) = (count + 1, total + weight, sum + weight * y);
            }
        }
        (count >= least && total > 0.0).then(|| sum / total)
    };
    (0..panel.units).map(one).collect()
}

/// Every cohort at each of these times since treatment.
fn contrasts(panel: &EffectPanel, options: &EffectOptions, events: &[i32]) -> Vec<Contrast> {
    let mut found = Vec::new();
    let (far, near) = options.base;
    for group in cohorts(panel) {
        let from = group.saturating_sub(far);
        let Some(to) = group.checked_sub(near).filter(|to| to + 1 >= from + options.min_base) else {
            continue;
        };
        let base = base_means(panel, (from, to), options.min_base, options.sign);
        for &event in events {
            let Some(time) = at(group, event).filter(|time| *time < panel.times) else { continue };
            let is_control = |unit: usize| panel.first_time(unit) > time.max(group);
            let change = |unit: usize| Some(panel.outcome(unit, time, options.sign)? - base[unit]?);
            if let Some(mut contrast) = Contrast::of(panel, group, is_control, change) {
                contrast.event = event;
                if contrast.control.len() >= options.min_untreated {
                    found.push(contrast);
                }
            }
        }
    }
    found
}

fn at(group: usize, event: i32) -> Option<usize> {
    group.checked_add_signed(isize::try_from(event).ok()?)
}

/// The last times before treatment against an earlier base, compared as any other change.
fn long_dip(panel: &EffectPanel, options: &EffectOptions) -> Option<Estimate> {
    let (far, near) = options.long_base;
    let mut found = Vec::new();
    for group in cohorts(panel) {
        let Some(to) = group.checked_sub(near) else { continue };
        let base = base_means(panel, (group.saturating_sub(far), to), options.min_base, options.sign);
        let last = base_means(panel, (to + 1, group - 1), 1, options.sign);
        let change = |unit: usize| Some(last[unit]? - base[unit]?);
        let contrast = Contrast::of(panel, group, |unit| panel.first_time(unit) > group, change);
        found.extend(contrast.filter(|contrast| contrast.control.len() >= options.min_untreated));
    }
    summarise(panel.units, found.iter(), |_| true)?.with_error(options.level)
}

/// Slope of each unit's outcome over the times before treatment, compared as any other change.
fn trend_before(panel: &EffectPanel, options: &EffectOptions) -> Option<Estimate> {
    let (far, near) = options.trend;
    let mut found = Vec::new();
    for group in cohorts(panel) {
        let Some(to) = group.checked_sub(near) else { continue };
        let from = group.saturating_sub(far);
        let slope = |unit: usize| slope(panel, unit, from..=to, options);
        let contrast = Contrast::of(panel, group, |unit| panel.first_time(unit) > group, slope);
        found.extend(contrast.filter(|contrast| contrast.control.len() >= options.min_untreated));
    }
    summarise(panel.units, found.iter(), |_| true)?.with_error(options.level)
}

fn slope(
    panel: &EffectPanel,
    unit: usize,
    times: RangeInclusive<usize>,
    options: &EffectOptions,
) -> Option<f64> {
    let points: Vec<(f64, f64)> =
        times.filter_map(|time| Some((float(time), panel.outcome(unit, time, options.sign)?))).collect();
    if points.len() < options.min_trend.max(2) {
        return None;
    }
    let n = float(points.len());
    let (x, y) = points.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
    let (xy, xx) =
        points.iter().fold((0.0, 0.0), |s, p| (s.0 + (p.0 - x) * (p.1 - y), s.1 + (p.0 - x) * (p.0 - x)));
    Some(xy / xx)
}

/// Mean over contrasts weighted by their treated units that `keep` selects, with its replicates.
fn summarise<'a>(
    units: usize,
    contrasts: impl Iterator<Item = &'a Contrast>,
    keep: impl Fn(usize) -> bool,
) -> Option<Replicated> {
    let groups = deletion_groups(units);
    let mut group_of = vec![0; units];
    for (g, group) in groups.iter().enumerate() {
        for unit in group {
            group_of[*unit] = g;
        }
    }
    let mut total = Ratio::default();
    // What leaving each group out changes in the total.
    let mut without = vec![Ratio::default(); groups.len()];
    let mut left = LeftOut::new(groups.len());
    let mut treated = vec![false; units];
    let mut cells = 0;
    for contrast in contrasts {
        let Some(whole) = left.read(contrast, &group_of, &keep) else { continue };
        let whole_ratio = Ratio::of(whole, Sides::default());
        total.add(&whole_ratio, 1.0);
        cells += 1;
        for (unit, _) in contrast.treated.iter().filter(|(unit, _)| keep(*unit)) {
            treated[*unit] = true;
        }
        for (g, part) in left.drain() {
            without[g].add(&Ratio::of(whole, part), 1.0);
            without[g].add(&whole_ratio, -1.0);
        }
    }
    let rest = |change: &Ratio| {
        let mut rest = total;
        rest.add(change, 1.0);
        rest.value().unwrap_or(f64::NAN)
    };
    Some(Replicated {
        estimate: total.value()?,
        left_out: without.iter().map(rest).collect(),
        treated: treated.iter().filter(|t| **t).count(),
        cells,
    })
}

/// Σ weight x effect over Σ weight.
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    top: f64,
    bottom: f64,
}

impl Ratio {
    fn of(whole: Sides, left: Sides) -> Self {
        let treated = whole.treated.0 - left.treated.0;
        let control = whole.control.0 - left.control.0;
        if treated < 0.5 || control < 0.5 {
            return Self::default();
        }
        let effect =
            (whole.treated.1 - left.treated.1) / treated - (whole.control.1 - left.control.1) / control;
        Self { top: treated * effect, bottom: treated }
    }

    fn add(&mut self, other: &Self, times: f64) {
        self.top += times * other.top;
        self.bottom += times * other.bottom;
    }

    fn value(&self) -> Option<f64> {
        (self.bottom > 0.5).then(|| self.top / self.bottom)
    }
}

/// Count and sum of some of the changes on each side.
#[derive(Clone, Copy, Debug, Default)]
struct Sides {
    treated: (f64, f64),
    control: (f64, f64),
}

/// What each deletion group takes out of a contrast.
struct LeftOut {
    parts: Vec<Sides>,
    touched: Vec<usize>,
}

impl LeftOut {
    fn new(groups: usize) -> Self {
        Self { parts: vec![Sides::default(); groups], touched: Vec::with_capacity(groups) }
    }

    /// The contrast as a whole and, by group, its parts; `None` without a kept treated unit.
    fn read(
        &mut self,
        contrast: &Contrast,
        group_of: &[usize],
        keep: &impl Fn(usize) -> bool,
    ) -> Option<Sides> {
        let mut whole = Sides { treated: (0.0, 0.0), control: (0.0, contrast.sums.1) };
        whole.control.0 = float(contrast.control.len());
        for (unit, value) in contrast.treated.iter().filter(|(unit, _)| keep(*unit)) {
            let part = &mut self.part(group_of[*unit]).treated;
            *part = (part.0 + 1.0, part.1 + value);
            whole.treated = (whole.treated.0 + 1.0, whole.treated.1 + value);
        }
        if whole.treated.0 < 0.5 {
            return None;
        }
        for (unit, value) in &contrast.control {
            let part = &mut self.part(group_of[*unit]).control;
            *part = (part.0 + 1.0, part.1 + value);
        }
        Some(whole)
    }

    fn part(&mut self, group: usize) -> &mut Sides {
        let part = &mut self.parts[group];
        if part.treated.0 < 0.5 && part.control.0 < 0.5 {
            self.touched.push(group);
        }
        part
    }

    /// The parts of the last contrast, which are then forgotten.
    fn drain(&mut self) -> impl Iterator<Item = (usize, Sides)> {
        let parts = &mut self.parts;
        self.touched.drain(..).map(|group| (group, std::mem::take(&mut parts[group])))
    }
}

fn aggregate(att_gt: Vec<AttGt>) -> Option<Compat> {
    if att_gt.is_empty() {
        return None;
    }
    let weighted = |keep: &dyn Fn(&AttGt) -> bool| {
        let kept = att_gt.iter().filter(|cell| keep(cell));
        let (top, bottom) = kept.fold((0.0, 0.0), |s, cell| {
            let weight = float(cell.treated);
            (s.0 + weight * cell.att, s.1 + weight)
        });
        top / bottom
    };
    let mut events: Vec<usize> = att_gt.iter().map(|cell| cell.time - cell.group).collect();
    events.sort_unstable();
    events.dedup();
    let dynamic: Vec<(usize, f64)> =
        events.iter().map(|event| (*event, weighted(&|cell| cell.time - cell.group == *event))).collect();
    let by_group = att_gt.chunk_by(|a, b| a.group == b.group).map(|cells| {
        let plain = cells.iter().map(|cell| cell.att).sum::<f64>() / float(cells.len());
        (cells[0].group, plain, float(cells[0].treated))
    });
    let by_group: Vec<(usize, f64, f64)> = by_group.collect();
    let size: f64 = by_group.iter().map(|(_, _, size)| size).sum();
    Some(Compat {
        dynamic_overall: dynamic.iter().map(|(_, att)| att).sum::<f64>() / float(dynamic.len()),
        dynamic,
        group_overall: by_group.iter().map(|(_, att, n)| att * n).sum::<f64>() / size,
        groups: by_group.into_iter().map(|(group, att, _)| (group, att)).collect(),
        simple: weighted(&|_| true),
        att_gt,
    })
}

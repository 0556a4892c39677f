//! Staggered difference-in-differences: each cohort of units treated at the same time is compared with units
//! not yet treated, over the same calendar times, against a base window (Callaway and Sant'Anna 2021). The
//! base ends before the time that may have triggered the treatment; with the textbook base, the last time
//! before treatment, recovery from a bad result would be booked as an effect. [`did_compat`] keeps the
//! textbook form for comparison with published numbers.

use super::{EffectOptions, EffectPanel, Estimate, Event, First, deletion_groups, jackknife_se};
use crate::stats::float;
use std::ops::RangeInclusive;

/// The staggered comparison. Effects are stated with improvement positive.
#[derive(Clone, Debug)]
pub struct Staggered {
    pub att: Estimate,
    /// From one time before treatment onwards.
    pub events: Vec<Event>,
    pub short: Option<Estimate>,
    pub late: Option<Estimate>,
    /// How far treated units stood off their base at the last time before treatment.
    pub dip: Option<Estimate>,
    /// Slope per time before treatment, treated minus not yet treated.
    pub trend_before: Option<Estimate>,
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
    let contrasts = contrasts(panel, options);
    let over = |range: &RangeInclusive<usize>| {
        let holds = |event: i32| usize::try_from(event).is_ok_and(|event| range.contains(&event));
        summarise(panel, contrasts.iter().filter(|contrast| holds(contrast.event)), options)
    };
    let at = |event: i32| summarise(panel, contrasts.iter().filter(|c| c.event == event), options);
    let last = i32::try_from(*options.events.end()).unwrap_or(i32::MAX);
    let events = (-1..=last).filter_map(|event| Some(Event { event, effect: at(event)? }));
    Some(Staggered {
        att: over(&options.events)?,
        events: events.collect(),
        short: over(&options.short),
        late: over(&options.late),
        dip: at(-1),
        trend_before: trend_before(panel, options),
    })
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

/// Every cohort at every time from one before treatment to the last event.
fn contrasts(panel: &EffectPanel, options: &EffectOptions) -> Vec<Contrast> {
    let mut found = Vec::new();
    let (far, near) = options.base;
    for group in cohorts(panel) {
        let from = group.saturating_sub(far);
        let Some(to) = group.checked_sub(near).filter(|to| to + 1 >= from + options.min_base) else {
            continue;
        };
        let base = base_means(panel, (from, to), options.min_base, options.sign);
        let times = [group.checked_sub(1)].into_iter().flatten();
        for time in times.chain(options.events.clone().map(|event| group + event)) {
            if time >= panel.times {
                continue;
            }
            let is_control = |unit: usize| panel.first_time(unit) > time.max(group);
            let change = |unit: usize| Some(panel.outcome(unit, time, options.sign)? - base[unit]?);
            if let Some(mut contrast) = Contrast::of(panel, group, is_control, change) {
                contrast.event = event(time, group);
                if contrast.control.len() >= options.min_untreated {
                    found.push(contrast);
                }
            }
        }
    }
    found
}

fn event(time: usize, group: usize) -> i32 {
    let apart = i32::try_from(time.abs_diff(group)).unwrap_or(i32::MAX);
    if time < group { -apart } else { apart }
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
    summarise(panel, found.iter(), options)
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

/// Mean over contrasts weighted by treated units, with its jackknife.
fn summarise<'a>(
    panel: &EffectPanel,
    contrasts: impl Iterator<Item = &'a Contrast>,
    options: &EffectOptions,
) -> Option<Estimate> {
    let groups = deletion_groups(panel.units);
    let mut group_of = vec![0; panel.units];
    for (g, group) in groups.iter().enumerate() {
        for unit in group {
            group_of[*unit] = g;
        }
    }
    let mut total = Ratio::default();
    // What leaving each group out changes in the total.
    let mut without = vec![Ratio::default(); groups.len()];
    let mut treated = vec![false; panel.units];
    let mut cells = 0;
    for contrast in contrasts {
        let whole = Ratio::of(contrast, Left::default());
        total.add(&whole, 1.0);
        cells += 1;
        for (unit, _) in &contrast.treated {
            treated[*unit] = true;
        }
        for (g, left) in left_out(contrast, &group_of) {
            without[g].add(&Ratio::of(contrast, left), 1.0);
            without[g].add(&whole, -1.0);
        }
    }
    let estimate = total.value()?;
    let values = without.iter().map(|change| {
        let mut rest = total;
        rest.add(change, 1.0);
        rest.value().unwrap_or(f64::NAN)
    });
    let se = jackknife_se(estimate, values);
    Estimate::new(estimate, se, treated.iter().filter(|t| **t).count(), cells, options.level)
}

/// Σ weight x effect over Σ weight.
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    top: f64,
    bottom: f64,
}

impl Ratio {
    fn of(contrast: &Contrast, left: Left) -> Self {
        let treated = float(contrast.treated.len()) - left.treated.0;
        let control = float(contrast.control.len()) - left.control.0;
        if treated < 0.5 || control < 0.5 {
            return Self::default();
        }
        let effect =
            (contrast.sums.0 - left.treated.1) / treated - (contrast.sums.1 - left.control.1) / control;
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

/// Count and sum of what is left out on each side.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    treated: (f64, f64),
    control: (f64, f64),
}

/// What each deletion group takes out of a contrast, by group.
fn left_out(contrast: &Contrast, group_of: &[usize]) -> Vec<(usize, Left)> {
    let one = |(unit, value): &(usize, f64)| (group_of[*unit], *value);
    let treated =
        contrast.treated.iter().map(one).map(|(g, v)| (g, Left { treated: (1.0, v), ..Left::default() }));
    let control =
        contrast.control.iter().map(one).map(|(g, v)| (g, Left { control: (1.0, v), ..Left::default() }));
    let mut all: Vec<(usize, Left)> = treated.chain(control).collect();
    all.sort_by_key(|(g, _)| *g);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.treated = (kept.1.treated.0 + next.1.treated.0, kept.1.treated.1 + next.1.treated.1);
            kept.1.control = (kept.1.control.0 + next.1.control.0, kept.1.control.1 + next.1.control.1);
        }
        same
    });
    all
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

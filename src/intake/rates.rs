//! What is proposed, and how often the main rules would have fired over the data's own history: a threshold is easier
//! to agree on when everyone sees what it would have done.

use super::metrics::{Metric, Scale};
use crate::calendar::{Grain, Period};
use crate::config::{Amount, Plan};
use crate::cube::Sums;
use crate::job::Opened;
use crate::judge::{self, Tried, TriedRow};
use crate::model::{Better, Scope, SourceId};
use crate::words::counted;
use crate::words::whole;

/// Periods looked back, and how few of them say nothing.
pub(super) const MOST: i32 = 8;
const FEWEST: usize = 2;

/// What is proposed.
#[derive(Clone, Debug)]
pub(super) struct Rates {
    pub(super) grain: Grain,
    pub(super) proposals: Vec<Proposal>,
    pub(super) offers: Vec<Offer>,
    /// Why no counts are given.
    pub(super) too_little: Option<String>,
}

/// Target and material difference of one metric.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    pub(super) metric: String,
    level: f64,
    /// Periods and rows behind the level.
    periods: usize,
    rows: u64,
    pub(super) target: f64,
    pub(super) material: f64,
    /// Below, at and above the target.
    pub(super) fired: Vec<Fired>,
}

/// In how many periods a rule fired.
#[derive(Clone, Debug)]
pub(super) struct Fired {
    /// The value it was asked under, as written.
    pub(super) at: String,
    pub(super) yes: usize,
    /// Periods it could not tell of.
    pub(super) unsure: usize,
    pub(super) of: usize,
}

/// A threshold that may be changed, and what its neighbours would have done.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) rule: String,
    /// In kebab case.
    pub(super) threshold: &'static str,
    /// As the pack has it.
    pub(super) usual: String,
    pub(super) about: &'static str,
    /// By the label of the metric.
    pub(super) metrics: Vec<(String, Vec<Fired>)>,
}

/// Thresholds worth arguing about: rule, threshold in snake and kebab case, what it means, values from mild to strict.
/// The reach of coaching is asked of targets this many material differences better: today's level leaves no gap.
const BETTER: f64 = 2.0;

const OFFERS: &[(&str, &str, &str, &str, &[Amount])] = &[
    (
        "agents-vary",
        "min_sd",
        "min-sd",
        "How far agents must lie apart before it is said, in multiples of `material`.",
        &[Amount::Times(0.5), Amount::Times(1.0), Amount::Times(2.0)],
    ),
    (
        "out-of-reach",
        "least",
        "least",
        "How sure it must be that coaching cannot close a gap. Counted for targets two `material` better than proposed.",
        &[Amount::Percent(0.7), Amount::Percent(0.8), Amount::Percent(0.9)],
    ),
    (
        "within-reach",
        "least",
        "least",
        "How sure it must be that coaching can close a gap. Counted for targets two `material` better than proposed.",
        &[Amount::Percent(0.7), Amount::Percent(0.8), Amount::Percent(0.9)],
    ),
];

impl Rates {
    /// The level in the metric's unit, with what stands behind it.
    pub(super) fn level(&self, metric: &Metric, one: &Proposal) -> String {
        let level = match metric.scale {
            Scale::Share => format!("{:.1} %", 100.0 * one.level),
            Scale::Seconds => format!("{:.0} s", one.level),
            Scale::Points(_) => format!("{:.2}", one.level),
        };
        let grain = super::write::name(self.grain);
        format!("{level} over {}, {} rows", counted(one.periods as u64, grain), one.rows)
    }
}

/// Targets, materials and firing rates of an open workspace. Its plan is left with the proposed values.
pub(super) fn propose(opened: &mut Opened, metrics: &[Metric]) -> Rates {
    let periods = judged(opened);
    let grain = opened.plan().calendar.grain;
    let mut proposals: Vec<Proposal> =
        metrics.iter().filter_map(|metric| proposal(opened, metric, &periods)).collect();
    let too_little = (periods.len() < FEWEST).then(|| {
        let complete = format!("complete {}", super::write::name(grain));
        format!("the data hold {}", counted(periods.len() as u64, &complete))
    });
    if too_little.is_none() {
        targets(opened, metrics, &mut proposals, &periods);
    }
    let offers =
        if too_little.is_none() { offers(opened, (metrics, &proposals), &periods) } else { Vec::new() };
    Rates { grain, proposals, offers, too_little }
}

/// The last complete periods with contacts, the earliest first.
fn judged(opened: &Opened) -> Vec<Period> {
    let Some(cube) = opened.data.cube(SourceId::Contacts) else { return Vec::new() };
    let last = opened.period.0;
    let all = (last - MOST + 1..=last).map(Period);
    all.filter(|period| !cube.between(*period, *period).is_empty()).collect()
}

fn proposal(opened: &Opened, metric: &Metric, periods: &[Period]) -> Option<Proposal> {
    let index = opened.plan().metrics.iter().position(|one| one.id == metric.id)?;
    let cube = opened.data.cube(metric.source)?;
    let (decimals, sums) = cube.sums(index)?;
    let Sums::Simple { n, sum, .. } = sums else { return None };
    let (mut rows, mut total, mut seen) = (0u64, 0i128, 0);
    for period in periods {
        let before = rows;
        for row in cube.between(*period, *period) {
            rows += n[row];
            total += i128::from(sum[row]);
        }
        seen += usize::from(rows > before);
    }
    if rows == 0 {
        return None;
    }
    let sign = if total < 0 { -1.0 } else { 1.0 };
    let size = whole(u64::try_from(total.unsigned_abs()).unwrap_or(u64::MAX));
    let level = sign * size / whole(rows) / 10f64.powi(decimals.cast_signed());
    let (target, material) = rounded(metric.scale, level);
    Some(Proposal {
        metric: metric.id.clone(),
        level,
        periods: seen,
        rows,
        target,
        material,
        fired: Vec::new(),
    })
}

/// Today's level on a round number, and a difference that people would act on.
fn rounded(scale: Scale, level: f64) -> (f64, f64) {
    let to = |step: f64| ((level / step).round() * step * 1e6).round() / 1e6;
    match scale {
        Scale::Share => {
            let rare = level.min(1.0 - level);
            let material = if rare >= 0.1 {
                0.02
            } else if rare >= 0.02 {
                0.01
            } else {
                0.005
            };
            (to(if rare >= 0.02 { 0.01 } else { 0.005 }).clamp(0.0, 1.0), material)
        }
        Scale::Seconds => {
            let step = if level >= 60.0 { 5.0 } else { 1.0 };
            (to(step), ((0.05 * level / step).round() * step).max(1.0))
        }
        Scale::Points(most) if most <= 11.0 => (to(0.1), 0.1),
        Scale::Points(most) if most > 150.0 => (to(1.0), 2.0),
        Scale::Points(_) => (to(1.0), 1.0),
    }
}

/// Writes the proposals into the plan, targets shifted by so many material differences.
fn set(opened: &mut Opened, metrics: &[Metric], proposals: &[Proposal], shift: impl Fn(Better) -> f64) {
    for one in proposals {
        let is_targeted = metrics.iter().any(|metric| metric.id == one.metric && metric.targeted);
        let Some(own) = opened.loaded.plan.metrics.iter_mut().find(|own| own.id == one.metric) else {
            continue;
        };
        own.material = one.material;
        own.target = is_targeted.then_some(shifted(one, shift(own.better)));
    }
}

fn shifted(one: &Proposal, shift: f64) -> f64 {
    ((one.target + shift * one.material) * 1e6).round() / 1e6
}

/// How often `gap-is-real` fires below, at and above each proposed target.
fn targets(opened: &mut Opened, metrics: &[Metric], proposals: &mut [Proposal], periods: &[Period]) {
    let Some(index) = opened.plan().rules.iter().position(|rule| rule.id == "gap-is-real") else { return };
    for shift in [-1.0, 0.0, 1.0] {
        set(opened, metrics, proposals, |_| shift);
        let tried = tries(opened, index, periods);
        for one in proposals.iter_mut() {
            let targeted = opened.plan().metric(&one.metric).is_some_and(|own| own.target.is_some());
            if targeted {
                let fired = count(&tried, &one.metric, &|row| row.value());
                one.fired.push(Fired { at: super::write::number(shifted(one, shift)), ..fired });
            }
        }
    }
}

fn tries(opened: &Opened, rule: usize, periods: &[Period]) -> Vec<Tried> {
    periods.iter().map(|period| judge::try_rule(opened.plan(), &opened.data, *period, rule)).collect()
}

/// What a rule said of the whole operation in each period. A period without a row is one it cannot tell of.
fn count(tried: &[Tried], metric: &str, value: &dyn Fn(&TriedRow) -> Option<bool>) -> Fired {
    let mut fired = Fired { at: String::new(), yes: 0, unsure: 0, of: tried.len() };
    for one in tried {
        let own = |row: &&TriedRow| {
            row.counts && row.scope == Scope::Operation && row.metric.as_deref() == Some(metric)
        };
        match one.rows.iter().find(own).and_then(value) {
            Some(true) => fired.yes += 1,
            Some(false) => {}
            None => fired.unsure += 1,
        }
    }
    fired
}

fn offers(
    opened: &mut Opened,
    (metrics, proposals): (&[Metric], &[Proposal]),
    periods: &[Period],
) -> Vec<Offer> {
    let mut all = Vec::new();
    for (id, name, threshold, about, amounts) in OFFERS {
        let shift = if *id == "agents-vary" { 0.0 } else { BETTER };
        set(opened, metrics, proposals, |better| shift * better.sign());
        let plan = opened.plan();
        let Some(index) = plan.rules.iter().position(|rule| rule.id == *id) else { continue };
        let Some(usual) = plan.rules[index].thresholds.iter().find(|own| own.name == *name) else { continue };
        let tried = tries(opened, index, periods);
        let metrics = plan.metrics.iter().filter_map(|metric| {
            let fired: Vec<Fired> =
                amounts.iter().map(|amount| under(plan, index, &tried, metric, (name, *amount))).collect();
            let is_said = fired.iter().any(|one| one.unsure < one.of);
            is_said.then(|| (metric.label.clone(), fired))
        });
        all.push(Offer {
            rule: (*id).to_owned(),
            threshold,
            usual: written(usual.amount),
            about,
            metrics: metrics.collect(),
        });
    }
    all
}

fn under(
    plan: &Plan,
    rule: usize,
    tried: &[Tried],
    metric: &crate::model::Metric,
    (name, amount): (&str, Amount),
) -> Fired {
    let value = |row: &TriedRow| {
        let mut thresholds = row.thresholds.clone();
        for one in thresholds.iter_mut().filter(|one| one.0 == name) {
            one.1 = amount.resolve(Some(metric));
        }
        row.value_under(&plan.rules[rule], &thresholds)
    };
    Fired { at: written(amount), ..count(tried, &metric.id, &value) }
}

/// An amount as a rule file has it.
fn written(amount: Amount) -> String {
    match amount {
        Amount::Bare(x) => format!("{x}"),
        Amount::Percent(x) => format!("{:.0}%", 100.0 * x),
        Amount::Points(x) => format!("{:.0}pt", 100.0 * x),
        Amount::Seconds(x) => format!("{x}s"),
        Amount::Times(x) => format!("{x}x"),
    }
}

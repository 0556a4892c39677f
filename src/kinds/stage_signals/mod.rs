//! `stage-signals`: at which stage of the work does a contact type stand out, and for whom?

mod groups;
mod hours;
mod place;
mod single;
mod steps;

use std::sync::Arc;

use super::by_type::{TypeLevel, together};
use super::desk::type_name;
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Figure, Key, Reason, Row, StageLevel, StageLevels, Ty, Value, column, key,
    phrase,
};
use crate::stats::dist::{normal_quantile, normal_sf};
pub(super) use groups::Apart;
use groups::{By, apart};
use hours::{Hours, hours};
use place::Everyone;
pub(super) use place::{Missing, Place};
use single::{Ranged, link, tail};
use steps::{Step, step};

pub(crate) static SPEC: Spec = Spec {
    name: "stage-signals",
    doc: include_str!("../stage_signals.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &["p_high"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("stage", Unit::Text, false, "The stage looked at."),
    column("measured_by", Unit::Text, false, "The metric that measures it."),
    column(
        "unit",
        Unit::Text,
        true,
        "The unit of `level`, `expected`, `excess`, `low` and `high`; shares are 0 to 1.",
    ),
    column("carries", Unit::Flag, false, "Whether the type is credibly short in the judged metric."),
    column("share", Unit::Share, false, "Share of the stage's rows."),
    column("level", Unit::Plain, false, "The stage's level there."),
    column(
        "expected",
        Unit::Plain,
        true,
        "What it is held against: other types' level; the target of the judged metric itself.",
    ),
    column("excess", Unit::Plain, true, "Distance between the two; above 0 is the bad side."),
    column("low", Unit::Plain, true, "Lower end of its 95 % range, agents as drawn."),
    column("high", Unit::Plain, true, "Upper end of it."),
    column("times", Unit::Plain, true, "The excess in multiples of the stage metric's `material`."),
    column("low_times", Unit::Plain, true, "The same of its lower end."),
    column(
        "ratio",
        Unit::Plain,
        true,
        "Level over expected, the bad side above 1; what is expected counts as one `material` at least.",
    ),
    column(
        "p_high",
        Unit::Probability,
        true,
        "Chance of an excess this large if there were none (one-sided).",
    ),
    column(
        "everyone",
        Unit::Flag,
        true,
        "Whether even the best tenth of agents would be on the bad side of what is expected.",
    ),
    column("agents_above", Unit::Share, true, "Share of agents on its bad side, luck taken out."),
    column("agents_sd", Unit::Plain, true, "Standard deviation between agents there, luck taken out."),
    column(
        "tail",
        Unit::Plain,
        true,
        "Coefficient of variation of single rows over the same agents' in other types; only for means.",
    ),
    column("tail_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("tail_high", Unit::Plain, true, "Upper end of it."),
    column("handling_ratio", Unit::Plain, true, "Handling time over that of the types it is held against."),
    column(
        "handling_link",
        Unit::Plain,
        true,
        "Correlation over agents of the stage with their handling time there.",
    ),
    column("handling_link_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column("group_by", Unit::Text, true, "The roster's attribute that divides agents most clearly."),
    column(
        "group",
        Unit::Text,
        true,
        "The one access profile or site; the authority level from which on it is well.",
    ),
    column("apart", Unit::Plain, true, "How much worse the short side is than the other."),
    column(
        "apart_times",
        Unit::Plain,
        true,
        "Lower end of its 95 % range over all groups looked at, in multiples of `material`.",
    ),
    column("other_side", Unit::Plain, true, "How far the other side is from what is expected."),
    column("other_side_times", Unit::Plain, true, "Upper end of its 95 % range, in multiples of `material`."),
    column("hours", Unit::Text, true, "The hours that are worse than the rest of the day, week after week."),
    column("hours_share", Unit::Share, true, "Share of the rows in them."),
    column("hour_excess", Unit::Plain, true, "How much worse the clearest hour is."),
    column(
        "hour_times",
        Unit::Plain,
        true,
        "Lower end of its 95 % range over all hours, in multiples of `material`.",
    ),
    column("step_on", Unit::Text, true, "Date of the change on which it stepped most clearly."),
    column("step", Unit::Plain, true, "How much worse it is after than before."),
    column(
        "step_times",
        Unit::Plain,
        true,
        "Lower end of its 95 % range over all changes, in multiples of `material`.",
    ),
];

/// What `stage` may be: the judged metric, or a concept.
pub(super) const STAGES: &[&str] = &[
    "itself",
    "handle-time",
    "hold",
    "after-contact-work",
    "transfer",
    "consult",
    "escalation",
    "approval",
    "repeat",
    "wrong-information",
];

const PARAMETERS: &[Key] = &[
    key(
        "stage",
        Ty::Choice(STAGES),
        "\"itself\"",
        "The stage: the judged metric itself, or the concept of another metric.",
    ),
    key(
        "divide-by",
        Ty::Choice(&["access", "authority"]),
        "\"access\"",
        "What agents are divided by: access profile and site, or authority level.",
    ),
    key("least-group", Ty::Integer, "8", "Agents needed on either side of a division."),
    key("hours", Ty::Text, "\"hour\"", "The segment that holds the hour of the day."),
];

struct Kind {
    stage: String,
    by: By,
    least_group: usize,
    hours: String,
}

fn configure(given: &Given) -> Configured {
    let least = given.integer("least-group");
    if least < 2 {
        return Err(("least-group", "`least-group` must be at least 2".into()));
    }
    Ok(Arc::new(Kind {
        stage: given.text("stage").to_owned(),
        by: if given.text("divide-by") == "authority" { By::Authority } else { By::Access },
        least_group: usize::try_from(least).unwrap_or(8),
        hours: given.text("hours").to_owned(),
    }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let place = match Place::of(case, &self.stage) {
            Ok(place) => place,
            Err(missing) => return missing.answer(case, &self.stage),
        };
        if place.types.len() < 2 && self.stage != "itself" {
            return Answer::none(Reason::NoTypes, phrase!("need-two-types"));
        }
        let handling = Place::of(case, "handle-time").ok();
        let mut rows = vec![whole(&place, &self.stage)];
        for level in &place.types {
            let deep = place.carries(level).then(|| self.deep(&place, level, handling.as_ref()));
            rows.push(row(&place, &self.stage, level, &Basic::of(&place, level), &deep.unwrap_or_default()));
        }
        // The judged metric itself is what the chart of contact types shows.
        let drawn = case.depth == Depth::Full && self.stage != "itself";
        let figure = drawn.then(|| Figure::Stage(figure(&place, &self.stage)));
        Answer { rows, figures: figure.into_iter().collect(), ..Answer::default() }
    }
}

fn figure(place: &Place<'_>, stage: &str) -> StageLevels {
    let total: f64 = place.types.iter().map(|one| one.weight).sum();
    let level = |one: &TypeLevel| {
        let basic = Basic::of(place, one);
        StageLevel {
            contact_type: type_name(place.case.data, one.contact_type).to_owned(),
            agents: one.agents,
            share: one.weight / total,
            level: one.mean,
            excess: basic.excess,
            times: basic.excess.map(|excess| excess / place.metric.material),
            p_high: basic.p_high(),
        }
    };
    StageLevels {
        stage: stage.to_owned(),
        measured_by: place.metric.id.clone(),
        types: place.types.iter().map(level).collect(),
    }
}

impl Missing {
    pub(super) fn answer(&self, case: &Case<'_>, stage: &str) -> Answer {
        let label = case.metric.map_or("", |(_, metric)| metric.label.as_str());
        match self {
            Self::Metric => Answer::none(Reason::NoColumn, phrase!("need-concept", concept = stage)),
            Self::Rows => Answer::no_rows(label),
            Self::Target => Answer::none(Reason::NoTarget, phrase!("need-target", metric = label)),
        }
    }
}

/// How high a stage is in one type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Basic {
    expected: Option<f64>,
    excess: Option<f64>,
    /// Its standard error.
    sd: f64,
    everyone: Option<Everyone>,
}

impl Basic {
    pub(super) fn of(place: &Place<'_>, level: &TypeLevel) -> Self {
        let Some((expected, expected_v)) = place.expected(level) else { return Self::default() };
        Self {
            expected: Some(expected),
            excess: Some(place.adverse(level.mean, expected)),
            sd: (level.v + expected_v).sqrt(),
            everyone: place.everyone(level, expected),
        }
    }

    fn either(&self) -> f64 {
        normal_quantile(0.975) * self.sd
    }

    fn p_high(&self) -> Option<f64> {
        self.excess.filter(|_| self.sd > 0.0).map(|excess| normal_sf(excess / self.sd))
    }

    fn ratio(&self, place: &Place<'_>) -> Option<f64> {
        let least = |level: f64| level.abs().max(place.metric.material);
        let (expected, excess) = (self.expected?, self.excess?);
        // The level on the bad side over what is expected; where higher is better, the other way round.
        if place.metric.better.sign() < 0.0 {
            Some((expected + excess) / least(expected))
        } else {
            Some(expected / least(expected - excess))
        }
    }

    /// Credibly and materially high: the lower end in multiples of `material`, and the ratio.
    pub(super) fn is_high(&self, place: &Place<'_>, low_times: f64, ratio: f64) -> Option<bool> {
        let low = (self.excess? - self.either()) / place.metric.material;
        Some(low >= low_times && self.ratio(place)? >= ratio)
    }

    pub(super) fn for_everyone(&self) -> Option<bool> {
        self.everyone.map(|everyone| everyone.all_alike)
    }
}

/// What is only asked of the types that carry the gap.
#[derive(Default)]
pub(super) struct Deep {
    tail: Option<Ranged>,
    handling_ratio: Option<f64>,
    link: Option<Ranged>,
    apart: Option<Apart>,
    hours: Option<Hours>,
    step: Option<Step>,
}

impl Kind {
    fn deep(&self, place: &Place<'_>, level: &TypeLevel, handling: Option<&Place<'_>>) -> Deep {
        let mut deep = Deep {
            tail: tail(place, level),
            apart: divided(place, level, self.by, self.least_group),
            hours: hours(place, level, &self.hours),
            step: step(place, level),
            ..Deep::default()
        };
        let own = handling.and_then(|handling| {
            let own = handling.types.iter().find(|one| one.contact_type == level.contact_type)?;
            Some((handling, own))
        });
        if let Some((handling, own)) = own {
            deep.handling_ratio =
                handling.expected(own).map(|(expected, _)| own.mean / expected.max(handling.metric.material));
            deep.link = link(&place.agents(level), &handling.agents(own));
        }
        deep
    }
}

/// How far one group of agents stands apart, where the type has an expected level.
fn divided(place: &Place<'_>, level: &TypeLevel, by: By, least: usize) -> Option<Apart> {
    let (expected, _) = place.expected(level)?;
    apart(place, level, expected, by, least)
}

/// Signs that a type fails for want of access or by the systems: only in one group, at the same hours, from a change
/// on; `None` where none of them could be looked at.
pub(super) fn system_signs(place: &Place<'_>, level: &TypeLevel, low_times: f64) -> Vec<Option<bool>> {
    let times = |value: f64| value / place.metric.material;
    vec![
        divided(place, level, By::Access, 8)
            .map(|one| times(one.low) >= low_times && times(one.other_high) < low_times),
        hours(place, level, "hour").map(|one| times(one.low) >= low_times),
        step(place, level).map(|one| times(one.low) >= low_times),
    ]
}

fn row(place: &Place<'_>, stage: &str, level: &TypeLevel, basic: &Basic, deep: &Deep) -> Row {
    let times = |value: Option<f64>| Value::from(value.map(|value| value / place.metric.material));
    let total: f64 = place.types.iter().map(|one| one.weight).sum();
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let (excess, either) = (basic.excess, basic.either());
    let (apart, hours, step) = (&deep.apart, &deep.hours, &deep.step);
    let mut values = named(place, stage);
    values.extend([
        place.carries(level).into(),
        (level.weight / total).into(),
        level.mean.into(),
        basic.expected.into(),
        excess.into(),
        excess.map(|excess| excess - either).into(),
        excess.map(|excess| excess + either).into(),
        times(excess),
        times(excess.map(|excess| excess - either)),
        basic.ratio(place).into(),
        basic.p_high().into(),
        basic.for_everyone().map_or(Value::Null, Value::Flag),
        basic.everyone.map(|one| one.above).into(),
        basic.everyone.map(|one| one.sd).into(),
        deep.tail.map(|one| one.value).into(),
        deep.tail.map(|one| one.low).into(),
        deep.tail.map(|one| one.high).into(),
        deep.handling_ratio.into(),
        deep.link.map(|one| one.value).into(),
        deep.link.map(|one| one.high).into(),
        text(apart.as_ref().map(|one| one.by.to_owned())),
        text(apart.as_ref().map(|one| one.group.clone())),
        apart.as_ref().map(|one| one.worse).into(),
        times(apart.as_ref().map(|one| one.low)),
        apart.as_ref().map(|one| one.other).into(),
        times(apart.as_ref().map(|one| one.other_high)),
        text(hours.as_ref().map(|one| one.bad.join(", "))),
        hours.as_ref().map(|one| one.share).into(),
        hours.as_ref().map(|one| one.excess).into(),
        times(hours.as_ref().map(|one| one.low)),
        text(step.map(|one| one.on.to_string())),
        step.map(|one| one.worse).into(),
        times(step.map(|one| one.low)),
    ]);
    place.row(Some(level), values)
}

/// The row about all types together, which has nothing to be held against.
fn whole(place: &Place<'_>, stage: &str) -> Row {
    let mut values = named(place, stage);
    let level = together(place.types.iter()).map(|(mean, _)| mean);
    values.extend([place.types.iter().any(|one| place.carries(one)).into(), 1.0.into(), level.into()]);
    values.resize(COLUMNS.len(), Value::Null);
    place.row(None, values)
}

fn named(place: &Place<'_>, stage: &str) -> Vec<Value> {
    let unit = place.metric.unit.suffix.as_str();
    vec![
        stage.into(),
        place.metric.label.as_str().into(),
        if unit.is_empty() { Value::Null } else { unit.into() },
    ]
}

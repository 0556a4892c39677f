//! `group-differences`: does access, shift, site or tenure explain why agents differ?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::Study;
use super::homes::{Homes, attributes, values};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Key, Metric, Reason, Row, Scope, Ty, Value, column, key, phrase,
};
use crate::stats::float;
use crate::stats::groups::{Explained, LEAST_MEMBERS, explained};
use crate::stats::layers::UnitMean;
use crate::stats::sample::Sample;

pub(crate) static SPEC: Spec = Spec {
    name: "group-differences",
    doc: include_str!("group_differences.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("attribute, or a value of the attribute named by `by`"),
    p_values: &["p_explained"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("by", Unit::Text, true, "What agents are grouped by; for the whole, what explains most."),
    column("groups", Unit::Count, true, "Groups compared."),
    column(
        "explained",
        Unit::Share,
        true,
        "Share of the real difference between agents that lies between those groups.",
    ),
    column(
        "p_explained",
        Unit::Probability,
        true,
        "Chance of groups this unlike if agents were dealt to them; for the whole, counting every attribute tried.",
    ),
    column("tried", Unit::Count, false, "Attributes that could be looked at."),
    column("sd", Unit::Difference, true, "Standard deviation between these agents, luck taken out."),
    column("sd_left", Unit::Difference, true, "The same between agents of one group."),
    column("level", Unit::Level, true, "Level at equal mix of work; of one group in its own row."),
    column(
        "behind",
        Unit::Difference,
        true,
        "How far the group lies behind all others; above 0 is behind. For the whole, the group furthest behind.",
    ),
    column("behind_low", Unit::Difference, true, "Lower end of its 95 % range."),
];

const PARAMETERS: &[Key] = &[key(
    "by",
    Ty::Text,
    "",
    "One attribute, whose values become the rows; all of them when absent: segments, access-profile, shift, site, authority-level, tenure.",
)];

/// An attribute is looked at when it is known for this share of the agents.
const KNOWN: f64 = 0.8;

struct Kind {
    by: Option<String>,
}

fn configure(given: &Given) -> Configured {
    let by = Some(given.text("by").to_owned()).filter(|by| !by.is_empty());
    if by.as_deref() == Some(crate::model::EVALUATOR) {
        return Err(("by", "`by` groups agents; who evaluates is compared by the kind `evaluators`".into()));
    }
    Ok(Arc::new(Kind { by }))
}

/// One attribute's groups: each agent's value, result at equal mix and what the groups explain.
struct Split {
    by: String,
    /// Value and result of each agent whose value is known, as in `Split::groups`.
    agents: Vec<(u32, UnitMean)>,
    groups: Vec<String>,
    found: Explained,
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let (Some(study), Some(homes)) = (case.desk.study(case), case.desk.homes(case)) else {
            return Answer::no_rows(&metric.label);
        };
        let names = self.by.clone().map_or_else(|| attributes(case.data), |by| vec![by]);
        let names = names.into_iter().filter(|name| !is_condition(case, name));
        let splits: Vec<Split> = names.filter_map(|name| split(case, &study, &homes, name)).collect();
        if splits.is_empty() {
            let least = LEAST_MEMBERS;
            let need = match &self.by {
                Some(by) => phrase!("need-groups-by", by, least),
                None => phrase!("need-groups", least),
            };
            return Answer::none(Reason::NoColumn, need);
        }
        let rows = if self.by.is_some() {
            by_value(metric, &study, &splits)
        } else {
            by_attribute(metric, &study, &splits)
        };
        Answer { rows, ..Answer::default() }
    }
}

/// Inside one of its own values an attribute explains nothing.
fn is_condition(case: &Case<'_>, name: &str) -> bool {
    matches!(case.scope, Scope::Segment { dimension, .. } if dimension == name)
}

fn split(case: &Case<'_>, study: &Study, homes: &Homes, by: String) -> Option<Split> {
    let overall = &study.layers.overall;
    let compared: Vec<&UnitMean> =
        overall.units.iter().filter(|unit| overall.compared.contains(&unit.unit)).collect();
    let agents: Vec<u32> = compared.iter().map(|unit| study.window.agents[unit.unit as usize]).collect();
    let known = values(case, homes, &by, &agents);
    if float(known.iter().flatten().count()) < KNOWN * float(compared.len()) {
        return None;
    }
    let mut places: BTreeMap<&str, u32> = known.iter().flatten().map(|value| (value.as_str(), 0)).collect();
    places.values_mut().zip(0..).for_each(|(place, next)| *place = next);
    let groups = places.keys().map(|value| (*value).to_owned()).collect();
    let placed =
        known.iter().zip(compared).filter_map(|(value, unit)| Some((places[value.as_deref()?], *unit)));
    let agents: Vec<(u32, UnitMean)> = placed.collect();
    let units: Vec<(u32, f64, f64)> =
        agents.iter().map(|(group, unit)| (*group, unit.mean, unit.v)).collect();
    Some(Split { found: explained(&units)?, by, agents, groups })
}

/// One row for the attribute that explains most, one for each.
fn by_attribute(metric: &Metric, study: &Study, splits: &[Split]) -> Vec<Row> {
    const LIKELY: f64 = 0.05;
    let tried = float(splits.len());
    let adjusted = |split: &Split| (split.found.p * tried).min(1.0);
    // Most explained among those that explain anything; else the least unlikely.
    let order = |split: &&Split| {
        let p = adjusted(split);
        if p <= LIKELY { (1, split.found.share.unwrap_or(0.0)) } else { (0, -p) }
    };
    let most = splits.iter().reduce(|best, next| {
        let (a, b) = (order(&best), order(&next));
        if b.0 > a.0 || (b.0 == a.0 && b.1 > a.1) { next } else { best }
    });
    let whole = most.map(|split| row(metric, study, split, None, (adjusted(split), tried)));
    let each =
        splits.iter().map(|split| row(metric, study, split, Some(split.by.clone()), (split.found.p, tried)));
    whole.into_iter().chain(each).collect()
}

/// One row for the attribute, one for each of its values.
fn by_value(metric: &Metric, study: &Study, splits: &[Split]) -> Vec<Row> {
    let Some(split) = splits.first() else { return Vec::new() };
    let mut rows = vec![row(metric, study, split, None, (split.found.p, 1.0))];
    for (place, name) in (0u32..).zip(&split.groups) {
        let Some(group) = Group::of(metric, split, place) else { continue };
        let mut values = vec![Value::Null; COLUMNS.len()];
        values[0] = split.by.as_str().into();
        values[4] = 1.0.into();
        values[7] = (study.layers.overall.mean + group.mean).into();
        values[8] = group.behind.into();
        values[9] = group.low.into();
        rows.push(Row {
            item: Some(name.clone()),
            n: group.n,
            agents: group.agents,
            window: study.window.span(),
            values,
            q: Vec::new(),
        });
    }
    rows
}

fn row(metric: &Metric, study: &Study, split: &Split, item: Option<String>, (p, tried): (f64, f64)) -> Row {
    let found = &split.found;
    let places = (0u32..).zip(&split.groups).map(|(place, _)| place);
    let last = places
        .filter_map(|place| Group::of(metric, split, place))
        .reduce(|worst, next| if next.behind > worst.behind { next } else { worst });
    Row {
        item,
        n: study.window.n,
        agents: u32::try_from(found.units).unwrap_or(u32::MAX),
        window: study.window.span(),
        values: vec![
            split.by.as_str().into(),
            float(found.groups).into(),
            found.share.into(),
            p.into(),
            tried.into(),
            found.before.sqrt().into(),
            found.after.sqrt().into(),
            study.layers.overall.mean.into(),
            last.as_ref().map(|group| group.behind).into(),
            last.as_ref().map(|group| group.low).into(),
        ],
        q: Vec::new(),
    }
}

/// One group against all others, agents taken as drawn.
struct Group {
    agents: u32,
    n: u64,
    mean: f64,
    behind: f64,
    low: f64,
}

impl Group {
    /// `None` for a group too small to be compared, or without others.
    fn of(metric: &Metric, split: &Split, place: u32) -> Option<Self> {
        const TWO_SIDED_95: f64 = 1.959_964;
        let side = |own: bool| {
            let members = split.agents.iter().filter(move |(group, _)| (*group == place) == own);
            Sample::new(members.map(|(_, unit)| (unit.mean, unit.v)))
        };
        let (own, others) = (side(true), side(false));
        if own.len() < LEAST_MEMBERS || others.len() < LEAST_MEMBERS {
            return None;
        }
        let ((mean, v), (rest, rest_v)) =
            (own.pooled_mean(split.found.after), others.pooled_mean(split.found.after));
        let behind = metric.better.sign() * (rest - mean);
        let rows: f64 =
            split.agents.iter().filter(|(group, _)| *group == place).map(|(_, unit)| unit.n).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row count")]
        let n = rows as u64;
        Some(Self {
            agents: u32::try_from(own.len()).unwrap_or(u32::MAX),
            n,
            mean,
            behind,
            low: behind - TWO_SIDED_95 * (v + rest_v).sqrt(),
        })
    }
}

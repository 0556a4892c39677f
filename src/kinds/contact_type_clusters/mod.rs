//! `contact-type-clusters`: which contact types fail alike?

mod features;
mod names;

use std::rc::Rc;
use std::sync::Arc;

use super::by_type::{TypeLevel, together};
use super::desk::type_name;
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{
    Column, ColumnUnit as Unit, ComparedBy, Figure, Key, Metric, Part, Reason, Row, Ty, TypeGroup,
    TypeGroups, TypeMember, Value, column, key, phrase,
};
use crate::stats::clusters::{Judged, LEAST_THINGS, judge};
use crate::stats::float;
use features::features;
use names::{Week, names};

pub(crate) static SPEC: Spec = Spec {
    name: "contact-type-clusters",
    doc: include_str!("../contact_type_clusters.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("group of contact types"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "stable",
        Unit::Flag,
        false,
        "Whether the groups passed every test; rows of groups only where they did.",
    ),
    column("groups", Unit::Count, false, "How many groups; 1 where there are none."),
    column("types", Unit::Count, false, "Contact types in the group, or compared at all."),
    column("members", Unit::Text, true, "The group's contact types, the largest first."),
    column("share", Unit::Share, false, "Share of the compared rows."),
    column("actual", Unit::Level, false, "The metric there."),
    column("gap", Unit::Difference, true, "Distance to the target there; above 0 is short of it."),
    column("low", Unit::Difference, true, "Lower end of the distance's 95 % range, agents as drawn."),
    column("high", Unit::Difference, true, "Upper end of it."),
    column("carries", Unit::Difference, true, "Share times gap: the points of the whole gap that lie there."),
    column("compared_by", Unit::Text, true, "What the contact types were compared by."),
    column(
        "compactness",
        Unit::Plain,
        true,
        "Mean silhouette of the best grouping: 1 = far apart, 0 = touching.",
    ),
    column("chance", Unit::Probability, true, "Chance of groups as compact if the types were one cloud."),
    column(
        "found_again",
        Unit::Plain,
        true,
        "Agreement of even and odd weeks: 1 = the same groups, 0 = as by chance.",
    ),
];

const PARAMETERS: &[Key] =
    &[key("remembered", Ty::Integer, "6", "Earlier periods through which a group is followed for its name.")];

/// Part of the seed: other methods draw other numbers.
const METHOD: &str = "ward-1";
/// Periods needed, so that even and odd ones can be told apart.
const LEAST_PERIODS: i32 = 4;

struct Kind {
    remembered: i32,
}

fn configure(given: &Given) -> Configured {
    let remembered = given.integer("remembered");
    if !(0..=52).contains(&remembered) {
        return Err(("remembered", "`remembered` lies between 0 and 52".into()));
    }
    Ok(Arc::new(Kind { remembered }))
}

/// The contact types of one window and what was found of them.
pub(crate) struct Grouping {
    types: Vec<TypeLevel>,
    compared_by: Vec<ComparedBy>,
    judged: Judged,
    n: u64,
    agents: u32,
    window: (Period, Period),
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let Some(now) = grouping(case) else {
            return Answer::no_rows(&metric.label);
        };
        if now.types.len() < LEAST_THINGS {
            let need = phrase!("need-types", least = LEAST_THINGS, has = now.types.len());
            return Answer::none(Reason::NoTypes, need);
        }
        if now.window.1.0 - now.window.0.0 + 1 < LEAST_PERIODS {
            return Answer::none(Reason::FewPeriods, phrase!("need-periods", least = LEAST_PERIODS));
        }
        let mut rows = vec![whole(case, metric, &now)];
        let groups = if now.judged.believed { self.groups(case, &now) } else { Vec::new() };
        rows.extend(groups.iter().map(|group| part(case, metric, &now, &group.members, Some(group.name()))));
        let figure = (case.depth == Depth::Full)
            .then(|| Figure::TypeGroups(figure(case, metric, &now, &groups, &rows[1..])));
        Answer { rows, figures: figure.into_iter().collect(), ..Answer::default() }
    }
}

/// Remembered by the desk: each period's groups are asked for again by the periods after it.
fn grouping(case: &Case<'_>) -> Option<Rc<Grouping>> {
    case.desk.grouping(case, || {
        let (_, metric) = case.metric?;
        let study = case.desk.study(case)?;
        let found = features(case, &study)?;
        let enough = found.types.len() >= LEAST_THINGS && found.points.iter().all(|point| !point.is_empty());
        let judged = if enough {
            judge(&found.points, Some((&found.halves.0, &found.halves.1)), seed(case, metric))
        } else {
            Judged { partition: None, chance: None, agreement: None, believed: false }
        };
        Some(Grouping {
            types: found.types,
            compared_by: found.names,
            judged,
            n: study.window.n,
            agents: study.agents(),
            window: study.window.span(),
        })
    })
}

/// First eight bytes of a hash of metric, scope and method: the same question draws the same numbers.
fn seed(case: &Case<'_>, metric: &Metric) -> u64 {
    let scope = format!("{}/{}", case.scope.level(), case.scope.name().unwrap_or(""));
    let hash = blake3::hash(format!("{}|{scope}|{METHOD}", metric.id).as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// Contact types of one group, and what it is called.
struct Group<'a> {
    /// The contact type that it is named for.
    like: &'a str,
    members: Vec<&'a TypeLevel>,
}

impl Group<'_> {
    fn name(&self) -> String {
        format!("like {}", self.like)
    }

    fn weight(&self) -> f64 {
        self.members.iter().map(|one| one.weight).sum()
    }
}

impl Kind {
    /// The largest first.
    fn groups<'a>(&self, case: &Case<'a>, now: &'a Grouping) -> Vec<Group<'a>> {
        let Some(found) = &now.judged.partition else { return Vec::new() };
        let named = names(&self.weeks(case, now));
        let group = |(group, name)| {
            let own = now.types.iter().zip(&found.labels).filter(|(_, own)| **own == group);
            Group { like: type_name(case.data, name), members: own.map(|(one, _)| one).collect() }
        };
        let mut groups: Vec<Group<'_>> = named.into_iter().enumerate().map(group).collect();
        groups.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then_with(|| a.like.cmp(b.like)));
        groups
    }

    /// Groups of the periods before and of this one, oldest first. Only whole windows count: a shorter one would
    /// be another question.
    fn weeks(&self, case: &Case<'_>, now: &Grouping) -> Vec<Week> {
        let first = case
            .metric
            .and_then(|(_, metric)| case.data.cube(metric.source)?.span())
            .map_or(Period(i32::MAX), |(first, _)| first);
        let earlier =
            (1..=self.remembered).rev().map(|back| Case { period: case.period.shift(-back), ..*case });
        let whole = earlier.filter(|earlier| earlier.span().0 >= first);
        let mut weeks: Vec<Week> =
            whole.filter_map(|earlier| grouping(&earlier)).map(|one| week(&one)).collect();
        weeks.push(week(now));
        weeks
    }
}

fn week(grouping: &Grouping) -> Week {
    let believed = grouping.judged.partition.as_ref().filter(|_| grouping.judged.believed);
    let members = believed.iter().flat_map(|found| {
        grouping.types.iter().zip(&found.labels).map(|(one, group)| (one.contact_type, *group, one.weight))
    });
    Week { members: members.collect(), groups: believed.map_or(0, |found| found.groups) }
}

/// The row about all contact types, and what the tests said.
fn whole(case: &Case<'_>, metric: &Metric, now: &Grouping) -> Row {
    let all: Vec<&TypeLevel> = now.types.iter().collect();
    part(case, metric, now, &all, None)
}

fn part(
    case: &Case<'_>,
    metric: &Metric,
    now: &Grouping,
    members: &[&TypeLevel],
    item: Option<String>,
) -> Row {
    let total: f64 = now.types.iter().map(|one| one.weight).sum();
    let weight: f64 = members.iter().map(|one| one.weight).sum();
    let share = weight / total;
    let (actual, v) = together(members.iter().copied()).unwrap_or((f64::NAN, f64::NAN));
    let off = |one: &&TypeLevel| {
        let target = metric.target_of(type_name(case.data, one.contact_type))?;
        Some(one.weight / weight * metric.better.sign() * (target - one.mean))
    };
    let gap: Option<f64> = members.iter().map(off).sum();
    let either = 1.959_964 * v.sqrt();
    let (found, is_group) = (now.judged.partition.as_ref(), item.is_some());
    let groups = if now.judged.believed { found.map_or(1, |found| found.groups) } else { 1 };
    Row {
        n: members.iter().map(|one| rows_of(one.n)).sum::<u64>().min(now.n),
        agents: members.iter().map(|one| one.agents).max().unwrap_or(0).min(now.agents),
        item,
        window: now.window,
        values: vec![
            now.judged.believed.into(),
            float(groups).into(),
            float(members.len()).into(),
            if is_group { names_of(case, members) } else { Value::Null },
            share.into(),
            actual.into(),
            gap.into(),
            gap.map(|gap| gap - either).into(),
            gap.map(|gap| gap + either).into(),
            gap.map(|gap| share * gap).into(),
            compared_by(now),
            found.map(|found| found.silhouette).into(),
            now.judged.chance.into(),
            now.judged.agreement.into(),
        ],
        q: Vec::new(),
    }
}

fn compared_by(now: &Grouping) -> Value {
    if now.compared_by.is_empty() {
        return Value::Null;
    }
    let said = now.compared_by.iter().map(|one| match one {
        ComparedBy::Level(label) => Part::from(label),
        ComparedBy::Spread(label) => Part::Phrase(phrase!("chart-clusters-spread", label)),
    });
    Value::Phrase(phrase!("listed", all = Part::All(said.collect())))
}

fn names_of(case: &Case<'_>, members: &[&TypeLevel]) -> Value {
    let sorted = largest_first(members.to_vec());
    let names = sorted.iter().map(|one| Part::from(type_name(case.data, one.contact_type)));
    Value::Phrase(phrase!("listed", all = Part::All(names.collect())))
}

fn largest_first(mut types: Vec<&TypeLevel>) -> Vec<&TypeLevel> {
    types.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.contact_type.cmp(&b.contact_type)));
    types
}

/// The groups as rows tell them, with the distance of each member.
fn figure(
    case: &Case<'_>,
    metric: &Metric,
    now: &Grouping,
    groups: &[Group<'_>],
    rows: &[Row],
) -> TypeGroups {
    let value = |row: &Row, name: &str| {
        COLUMNS.iter().position(|column| column.name == name).and_then(|at| row.values[at].number())
    };
    let member = |one: &&TypeLevel| {
        let name = type_name(case.data, one.contact_type);
        TypeMember {
            contact_type: name.to_owned(),
            agents: one.agents,
            gap: metric.target_of(name).map(|target| metric.better.sign() * (target - one.mean)),
        }
    };
    let group = |(group, row): (&Group<'_>, &Row)| TypeGroup {
        like: group.like.to_owned(),
        members: largest_first(group.members.clone()).iter().map(member).collect(),
        share: value(row, "share").unwrap_or(0.0),
        gap: value(row, "gap"),
        low: value(row, "low"),
        high: value(row, "high"),
    };
    TypeGroups {
        groups: groups.iter().zip(rows).map(group).collect(),
        compared: u32::try_from(now.types.len()).unwrap_or(u32::MAX),
        compared_by: now.compared_by.clone(),
        found_again: now.judged.agreement,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
fn rows_of(n: f64) -> u64 {
    n as u64
}

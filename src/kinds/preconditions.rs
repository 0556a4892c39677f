//! `preconditions`: what do agents need in a contact type before it can go well, and is it there?

use std::sync::Arc;

use super::by_type::TypeLevel;
use super::desk::type_name;
use super::stage_signals::{Basic, Place, system_signs};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Key, Met, Part, Phrase, Preconditions, Row, Ty, Value, column, key, phrase,
};

pub(crate) static SPEC: Spec = Spec {
    name: "preconditions",
    doc: include_str!("preconditions.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("carries", Unit::Flag, false, "Whether the type is credibly short in the judged metric."),
    column("share", Unit::Share, false, "Share of the rows."),
    column("authority", Unit::Text, true, "Whether agents may decide it: met, not-met or unknown."),
    column("process", Unit::Text, true, "Whether there is a way to do it that works."),
    column("access", Unit::Text, true, "Whether the systems it needs are open to the agent."),
    column("information", Unit::Text, true, "Whether what the agent must know is there and right."),
    column("registered", Unit::Flag, false, "Whether the workspace's register names the type."),
    column(
        "authority_missing",
        Unit::Flag,
        true,
        "Whether the register says that authority is not met; empty where it does not say.",
    ),
    column("process_missing", Unit::Flag, true, "The same of the process."),
    column("access_missing", Unit::Flag, true, "The same of access."),
    column("information_missing", Unit::Flag, true, "The same of information."),
    column("missing", Unit::Text, true, "What is not met, in words, by the register or by signs."),
];

const PARAMETERS: &[Key] = &[
    key(
        "least-times",
        Ty::Number,
        "1.0",
        "Without a register: how far above other types a sign must be, times its metric's `material`.",
    ),
    key(
        "least-ratio",
        Ty::Number,
        "1.25",
        "Without a register: how many times other types' level a sign must be.",
    ),
    key(
        "least-signs",
        Ty::Integer,
        "2",
        "Without a register: signs from which a precondition is called not met.",
    ),
];

struct Kind {
    times: f64,
    ratio: f64,
    signs: usize,
}

fn configure(given: &Given) -> Configured {
    let signs = given.integer("least-signs");
    if signs < 1 {
        return Err(("least-signs", "`least-signs` must be at least 1".into()));
    }
    Ok(Arc::new(Kind {
        times: given.number("least-times"),
        ratio: given.number("least-ratio"),
        signs: usize::try_from(signs).unwrap_or(2),
    }))
}

/// Whose handling shows what is missing: the stages of authority, process and information.
const AUTHORITY: &[&str] = &["escalation", "transfer", "approval"];
const PROCESS: &[&str] = &["handle-time", "after-contact-work", "repeat"];
const INFORMATION: &[&str] = &["hold", "consult", "wrong-information"];

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let place = match Place::of(case, "itself") {
            Ok(place) => place,
            Err(missing) => return missing.answer(case, "itself"),
        };
        let stages = Stages::of(case);
        let total: f64 = place.types().iter().map(|one| one.weight).sum();
        let mut rows = vec![whole(&place)];
        for level in place.types() {
            let name = type_name(case.data, level.contact_type);
            let register = case.desk.preconditions().get(name);
            let found = register.map_or_else(|| self.by_signs(&place, &stages, level), |one| parts(*one));
            rows.push(row(&place, level, level.weight / total, register.copied(), found));
        }
        Answer { rows, ..Answer::default() }
    }
}

/// Authority, process, access, information.
type Parts = [Met; 4];

fn parts(one: Preconditions) -> Parts {
    [one.authority, one.process, one.access, one.information]
}

fn words() -> [Phrase; 4] {
    [
        phrase!("precondition-authority"),
        phrase!("precondition-process"),
        phrase!("precondition-access"),
        phrase!("precondition-information"),
    ]
}

/// The stages that have a metric.
struct Stages<'a>(Vec<(&'static str, Place<'a>)>);

impl<'a> Stages<'a> {
    fn of(case: &Case<'a>) -> Self {
        let all = AUTHORITY.iter().chain(PROCESS).chain(INFORMATION);
        Self(all.filter_map(|stage| Some((*stage, Place::of(case, stage).ok()?))).collect())
    }
}

impl Kind {
    /// Signs can show that something is missing. Their absence does not show that it is there.
    fn by_signs(&self, place: &Place<'_>, stages: &Stages<'_>, level: &TypeLevel) -> Parts {
        if !place.carries(level) {
            return [Met::Unknown; 4];
        }
        let many = |signs: usize| if signs >= self.signs { Met::NotMet } else { Met::Unknown };
        let high = |names: &[&str]| {
            let own = stages.0.iter().filter(|(name, _)| names.contains(name));
            own.filter(|(name, stage)| self.is_high(stage, level, name)).count()
        };
        let system = system_signs(place, level, self.times);
        [
            many(high(AUTHORITY)),
            many(high(PROCESS)),
            many(system.into_iter().flatten().filter(|sign| *sign).count()),
            many(high(INFORMATION)),
        ]
    }

    /// Signs of the process must hold for everyone: what only some agents do is not the process.
    fn is_high(&self, stage: &Place<'_>, level: &TypeLevel, name: &str) -> bool {
        let Some(own) = stage.types().iter().find(|one| one.contact_type == level.contact_type) else {
            return false;
        };
        let basic = Basic::of(stage, own);
        let alike = !PROCESS.contains(&name) || basic.for_everyone() == Some(true);
        alike && basic.is_high(stage, self.times, self.ratio) == Some(true)
    }
}

fn row(
    place: &Place<'_>,
    level: &TypeLevel,
    share: f64,
    register: Option<Preconditions>,
    found: Parts,
) -> Row {
    let said = register.map(parts);
    let missing = found.iter().zip(words()).filter(|(met, _)| **met == Met::NotMet);
    let missing: Vec<Part> = missing.map(|(_, word)| word.into()).collect();
    let mut values = vec![place.carries(level).into(), share.into()];
    values.extend(found.iter().map(|met| met.name().into()));
    values.push(register.is_some().into());
    values.extend((0..4).map(|at| {
        let met = said.map_or(Met::Unknown, |said| said[at]);
        if met == Met::Unknown { Value::Null } else { Value::Flag(met == Met::NotMet) }
    }));
    values.push(if missing.is_empty() {
        Value::Null
    } else {
        Value::Phrase(phrase!("listed", all = Part::All(missing)))
    });
    place.row(Some(level), values)
}

/// The row about all types together, of which nothing can be said but whether one of them carries the gap.
fn whole(place: &Place<'_>) -> Row {
    let mut values = vec![Value::Null; COLUMNS.len()];
    values[0] = place.types().iter().any(|one| place.carries(one)).into();
    values[1] = 1.0.into();
    values[6] = (!place.case().desk.preconditions().is_empty()).into();
    place.row(None, values)
}

//! `data-quality`: what about the data limits what the report can say.

use std::sync::Arc;

use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::cube::{Cube, Data, NONE};
use crate::model::{
    Check, Column, ColumnUnit as Unit, Fact, Key, Part, Phrase, Row, SourceCount, SourceId, Ty, Value,
    column, key, phrase,
};

pub(crate) static SPEC: Spec = Spec {
    name: "data-quality",
    doc: include_str!("data_quality.md"),
    subject: Subject::Data,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("check"),
    p_values: &[],
    facts: &["check"],
    configure,
};

const COLUMNS: &[Column] = &[
    column("value", Unit::Share, true, "What was found."),
    column("limit", Unit::Share, true, "What is accepted."),
    column("failed", Unit::Flag, false, "Whether the limit is passed."),
    column("what", Unit::Text, false, "In words."),
];

const PARAMETERS: &[Key] = &[
    key("rejected", Ty::Number, "0.02", "Largest share of a source's rows that may be unreadable."),
    key("other", Ty::Number, "0.20", "Largest share of contacts under `Other` or without a contact type."),
    key("no-team", Ty::Number, "0.05", "Largest share of contacts without a team, where teams are known."),
    key(
        "unusable",
        Ty::Number,
        "0.30",
        "Largest share of a source's rows without a usable value of a metric.",
    ),
];

struct Kind {
    rejected: f64,
    other: f64,
    no_team: f64,
    unusable: f64,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every kind has")]
fn configure(given: &Given) -> Configured {
    let kind = Kind {
        rejected: given.number("rejected"),
        other: given.number("other"),
        no_team: given.number("no-team"),
        unusable: given.number("unusable"),
    };
    Ok(Arc::new(kind))
}

/// One thing looked at.
struct Found {
    id: String,
    value: Option<f64>,
    limit: Option<f64>,
    say: Phrase,
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let mut found = self.rejects(case.data);
        found.extend(self.unusable(case));
        if let Some(cube) = case.data.cube(SourceId::Contacts) {
            let (from, to) = case.span();
            let rows = cube.between(from, to);
            found.extend(self.other(case.data, cube, rows.clone()));
            found.extend(self.no_team(case.data, cube, rows));
        }
        found.extend(case.data.quality.missing.iter().map(|(source, why)| Found {
            id: format!("source-{source}"),
            value: Some(1.0),
            limit: Some(0.0),
            say: phrase!("check-source-missing", source, why),
        }));
        found.extend(unknown_types(case));
        let window = case.span();
        Answer {
            rows: found.iter().map(|one| row(one, window, case.data)).collect(),
            facts: found.into_iter().map(|one| Fact::Check(check(one))).collect(),
            ..Answer::default()
        }
    }
}

/// Contact types of the register of preconditions that no contact has.
fn unknown_types(case: &Case<'_>) -> Option<Found> {
    let register = case.desk.preconditions().keys();
    let unknown: Vec<&str> =
        register.filter(|name| !case.data.contact_types.contains(name)).map(String::as_str).collect();
    (!unknown.is_empty()).then(|| Found {
        id: "preconditions-unmatched".into(),
        value: Some(1.0),
        limit: Some(0.0),
        say: phrase!("check-preconditions-unmatched", types = unknown.join(", ")),
    })
}

fn failed(one: &Found) -> bool {
    matches!((one.value, one.limit), (Some(value), Some(limit)) if value > limit)
}

fn row(one: &Found, window: (crate::calendar::Period, crate::calendar::Period), data: &Data) -> Row {
    Row {
        item: Some(one.id.clone()),
        n: data.quality.sources.iter().map(SourceCount::in_time).sum(),
        agents: u32::try_from(data.agents.len()).unwrap_or(u32::MAX),
        window,
        values: vec![one.value.into(), one.limit.into(), failed(one).into(), Value::Phrase(one.say.clone())],
        q: Vec::new(),
    }
}

fn check(one: Found) -> Check {
    let passed = !failed(&one);
    Check { passed, level: "warn".into(), value: one.value, limit: one.limit, say: one.say, id: one.id }
}

#[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Kind {
    fn rejects(&self, data: &Data) -> Vec<Found> {
        let one = |count: &SourceCount| {
            let value = share(count.rejected, count.in_time())?;
            Some(Found {
                id: format!("rejected-{}", count.source.name()),
                value: Some(value),
                limit: Some(self.rejected),
                say: phrase!("check-rows-unread", share = Part::Share(value), source = count.source.name()),
            })
        };
        data.quality.sources.iter().filter_map(one).collect()
    }

    fn unusable(&self, case: &Case<'_>) -> Vec<Found> {
        let mut all = Vec::new();
        for count in &case.data.quality.sources {
            for (id, rows) in &count.unusable {
                let Some(metric) = case.metrics.iter().find(|metric| metric.id == *id) else { continue };
                let Some(value) = share(*rows, count.used) else { continue };
                all.push(Found {
                    id: format!("unusable-{id}"),
                    value: Some(value),
                    limit: Some(self.unusable),
                    say: phrase!("check-values-unusable", share = Part::Share(value), metric = &metric.label),
                });
            }
        }
        all
    }

    fn other(&self, data: &Data, cube: &Cube, rows: std::ops::Range<usize>) -> Option<Found> {
        if data.contact_types.is_empty() {
            return Some(Found {
                id: "no-contact-types".into(),
                value: Some(1.0),
                limit: Some(0.0),
                say: phrase!("check-no-types"),
            });
        }
        let vague = |index: u32| {
            let name = data.contact_types.get(index as usize).map_or("", String::as_str);
            index == NONE || name.eq_ignore_ascii_case("other") || name == "ININ-WRAP-UP-TIMEOUT"
        };
        let of = |row: usize| if vague(cube.contact_type[row]) { cube.rows[row] } else { 0 };
        let value = share(rows.clone().map(of).sum(), rows.map(|row| cube.rows[row]).sum())?;
        Some(Found {
            id: "other-types".into(),
            value: Some(value),
            limit: Some(self.other),
            say: phrase!("check-other-types", share = Part::Share(value)),
        })
    }

    fn no_team(&self, data: &Data, cube: &Cube, rows: std::ops::Range<usize>) -> Option<Found> {
        if data.teams.is_empty() {
            return None;
        }
        let of = |row: usize| if cube.team[row] == NONE { cube.rows[row] } else { 0 };
        let value = share(rows.clone().map(of).sum(), rows.map(|row| cube.rows[row]).sum())?;
        Some(Found {
            id: "no-team".into(),
            value: Some(value),
            limit: Some(self.no_team),
            say: phrase!("check-no-team", share = Part::Share(value)),
        })
    }
}

//! Coaching sessions and changes to the operation.

use chrono::NaiveDate;

use super::cell::Length;
use super::people::People;
use super::records::Record;
use super::reduce::Job;
use crate::model::{Change, Session, SessionStatus};

/// A session with its person still a name.
pub(super) struct Held {
    pub(super) person: String,
    pub(super) session: Session,
}

/// What the sessions say, in the order of their rows. `records` all have a time and an agent.
pub(super) fn sessions(job: &Job<'_>, records: &[Record], has_status: bool, people: &People) -> Vec<Held> {
    let in_seconds =
        job.source.text.formats.get("minutes").is_some_and(|format| Length::parse(format).is_some());
    let unit = if in_seconds { 1.0 / 60.0 } else { 1.0 };
    let held = |record: &Record| {
        let date = record.at?.date();
        let minutes = record.field("minutes").and_then(|text| text.parse::<f64>().ok());
        let text = |name: &str| record.field(name).map(|value| job.canonical(name, value));
        let session = Session {
            agent: 0,
            date,
            period: job.plan.calendar.of(date),
            status: status(job, record, has_status),
            minutes: minutes.map(|x| x * unit).filter(|x| x.is_finite() && *x >= 0.0),
            focus: focus(job, record),
            contact_type: text("contact_type"),
            coach: text("coach"),
            touchpoint: text("touchpoint"),
        };
        Some(Held { person: people.person(record.field("agent")?), session })
    };
    records.iter().filter_map(held).collect()
}

/// By day and agent, then by everything else, so that the order of rows leaves no trace.
pub(super) fn order(x: &Session, y: &Session) -> std::cmp::Ordering {
    let rest = |s: &Session| {
        (s.status as u8, s.focus.clone(), s.contact_type.clone(), s.coach.clone(), s.touchpoint.clone())
    };
    let minutes = |s: &Session| s.minutes.unwrap_or(-1.0);
    (x.date, x.agent)
        .cmp(&(y.date, y.agent))
        .then_with(|| minutes(x).total_cmp(&minutes(y)))
        .then_with(|| rest(x).cmp(&rest(y)))
}

/// Without a status column every row is a session that was held.
fn status(job: &Job<'_>, record: &Record, has_status: bool) -> SessionStatus {
    if !has_status {
        return SessionStatus::Held;
    }
    let status = record.field("status").map(|raw| job.canonical("status", raw).to_lowercase());
    match status.as_deref() {
        Some("held") => SessionStatus::Held,
        Some("cancelled") => SessionStatus::Cancelled,
        Some("rescheduled") => SessionStatus::Rescheduled,
        _ => SessionStatus::Other,
    }
}

fn focus(job: &Job<'_>, record: &Record) -> Vec<String> {
    let mut all: Vec<String> =
        record.list("focus").into_iter().map(|raw| job.canonical("focus", raw)).collect();
    all.sort();
    all.dedup();
    all
}

/// Changes in the order of their days; one without an id is numbered in that order.
pub(super) fn changes(job: &Job<'_>, records: &[Record]) -> Vec<Change> {
    let list = |record: &Record, name: &str| -> Vec<String> {
        record.list(name).into_iter().map(|raw| job.canonical(name, raw)).collect()
    };
    let change = |record: &Record| {
        let date: NaiveDate = record.at?.date();
        Some(Change {
            id: record.field("id").unwrap_or_default().to_owned(),
            date,
            period: job.plan.calendar.of(date),
            what: record.field("what").unwrap_or_default().to_owned(),
            contact_types: list(record, "contact_type"),
            teams: list(record, "team"),
            metrics: list(record, "metric"),
            state: record.field("state").map(|raw| job.canonical("state", raw)),
            decision: record.field("decision").map(str::to_owned),
            owner: record.field("owner").map(str::to_owned),
            end: super::records::date(job, record, "end"),
            hypothesis: record.field("hypothesis").map(str::to_owned),
        })
    };
    let mut all: Vec<Change> = records.iter().filter_map(change).collect();
    all.sort_by(|x, y| (x.date, &x.id, &x.what, &x.teams).cmp(&(y.date, &y.id, &y.what, &y.teams)));
    for (change, number) in all.iter_mut().zip(1..) {
        if change.id.is_empty() {
            change.id = format!("change-{number}");
        }
    }
    all
}

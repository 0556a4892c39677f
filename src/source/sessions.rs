//! Coaching sessions and changes to the operation.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::cell::Length;
use super::people::People;
use super::records::{Record, date};
use super::reduce::Job;
use crate::model::{Change, Session, SessionDetail, SessionStatus};

/// A session with its person still a name.
pub(super) struct Held {
    pub(super) person: String,
    pub(super) session: Session,
}

/// What the sessions say, in the order of their rows. `records` all have a time and an agent; `has` are the
/// canonical columns of the log.
pub(super) fn sessions(
    job: &Job<'_>,
    records: &[Record],
    has: &BTreeSet<String>,
    people: &People,
) -> Vec<Held> {
    let has_status = has.contains("status");
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
            detail: detail(job, record),
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
        .then_with(|| format!("{:?}", x.detail).cmp(&format!("{:?}", y.detail)))
}

/// Everything else the log says of a session.
fn detail(job: &Job<'_>, record: &Record) -> SessionDetail {
    let word = |name: &str| record.field(name).map(|raw| word(&job.canonical(name, raw)));
    let words = |name: &str| -> Vec<String> {
        let mut all: Vec<String> =
            record.list(name).into_iter().map(|raw| job.canonical(name, raw)).collect();
        all.sort();
        all.dedup();
        all
    };
    let day = |name: &str| date(job, record, name);
    let flag = |name: &str| record.field(name).and_then(|raw| yes_or_no(&job.canonical(name, raw)));
    let number =
        |name: &str| record.field(name).and_then(|raw| raw.parse::<f64>().ok()).filter(|x| x.is_finite());
    let prompts = words("prompt");
    SessionDetail {
        id: record.field("id").map(str::to_owned),
        at: record.at,
        kind: word("kind").map(|word| kind(&word).to_owned()),
        purpose: word("purpose"),
        reason: word("reason"),
        cancelled_by: word("cancelled_by"),
        trigger: word("trigger"),
        planned: day("planned_at"),
        linked_contact: record.field("linked_contact").is_some(),
        follow_up_due: day("follow_up_due"),
        follow_up_done: day("follow_up_done"),
        acknowledged: day("ack_at").is_some() || flag("ack_at") == Some(true),
        acknowledged_on: day("ack_at"),
        group: word("group").and_then(|word| is_group(&word)),
        asked_by: word("asked_by"),
        agenda_by: word("agenda_by"),
        commitment: record.field("commitment").is_some_and(|raw| yes_or_no(raw) != Some(false)),
        commitment_met: flag("commitment_met"),
        answered: answered(&prompts, record, words("answer")),
        prompts,
        stuck: words("stuck"),
        support_asked: day("support_asked"),
        support_done: day("support_done"),
        development: flag("development"),
        coach_trained: flag("coach_trained"),
        pulse: number("pulse"),
        trust: number("trust"),
        belonging: number("belonging"),
        ideas: number("idea"),
    }
}

/// In lower case, with hyphens.
fn word(text: &str) -> String {
    text.to_lowercase().split([' ', '_']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Vendors' words for the two kinds of session.
fn kind(word: &str) -> &str {
    match word {
        "strength" | "recognition" => "supportive",
        "opportunity" => "corrective",
        other => other,
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "true" | "1" | "x" | "met" | "done" => Some(true),
        "n" | "no" | "false" | "0" | "missed" => Some(false),
        _ => None,
    }
}

fn is_group(word: &str) -> Option<bool> {
    match word {
        "group" | "team" => Some(true),
        "one-to-one" | "1:1" | "1-1" | "individual" => Some(false),
        other => yes_or_no(other),
    }
}

/// The prompts that were answered: a single prompt by any words, of several the ones `answer` names.
fn answered(prompts: &[String], record: &Record, named: Vec<String>) -> Vec<String> {
    match prompts {
        [only] if record.field("answer").is_some() => vec![only.clone()],
        _ => named.into_iter().filter(|name| prompts.contains(name)).collect(),
    }
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
        Some("no-show") => SessionStatus::NoShow,
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

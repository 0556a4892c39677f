//! Rows that charts show and no rule's table has: a metric period by period, an effect around the first session, the
//! answers of earlier periods. Each file stands beside the table of the rule it belongs to.

use std::collections::BTreeMap;

use super::tables::{self, Record};
use super::view::View;
use crate::model::{ControlChart, Effect, Figure, Scope};

/// The verdict in force by period; an underscore, which no rule's id has, keeps the name free.
pub(super) const ANSWERS: &str = "evidence/answers_by_period.csv";

/// Where a rule's metrics stand period by period.
pub(super) fn periods_of(rule: &str) -> String {
    beside(&tables::file_of(rule), "by_period")
}

/// Where the course of an effect stands, beside the table of its rule; empty where that is not known.
pub(super) fn events_of(file: &str) -> String {
    if file.is_empty() { String::new() } else { beside(file, "by_event") }
}

fn beside(file: &str, what: &str) -> String {
    format!("{}_{what}.csv", file.trim_end_matches(".csv"))
}

/// Header and rows of each file.
pub(super) type Series = BTreeMap<String, (Record, Vec<Record>)>;

/// Every series of a judged period by file name.
pub(super) fn all(view: View<'_>) -> Series {
    let mut tables = Series::new();
    for drawn in &view.story.now.figures {
        let Figure::Control(figure) = &drawn.figure else { continue };
        let header =
            record(&["metric", "scope_level", "scope", "period", "level", "low", "high", "new_level"]);
        let table = tables.entry(periods_of(&drawn.rule)).or_insert_with(|| (header, Vec::new()));
        let about = about(drawn.metric.as_deref(), &drawn.scope);
        table.1.extend(periods(view, figure).map(|row| [about.clone(), row].concat()));
    }
    for (metric, scope, effect) in view.effects() {
        let file = events_of(&view.numbers("effect", metric, scope));
        if file.is_empty() || effect.steps.is_empty() {
            continue;
        }
        let header = record(&["metric", "scope_level", "scope", "event", "agents", "effect", "low", "high"]);
        let table = tables.entry(file).or_insert_with(|| (header, Vec::new()));
        let about = about(metric, scope);
        table.1.extend(events(effect).map(|row| [about.clone(), row].concat()));
    }
    let answers = answers(view);
    if !answers.is_empty() {
        let header = record(&["metric", "scope_level", "scope", "period", "verdict"]);
        tables.insert(ANSWERS.to_owned(), (header, answers));
    }
    tables
}

fn record(cells: &[&str]) -> Record {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn about(metric: Option<&str>, scope: &Scope) -> Record {
    let cells = [metric.unwrap_or_default(), scope.level(), scope.name().unwrap_or_default()];
    cells.map(tables::text).to_vec()
}

fn number(value: f64) -> String {
    tables::cell(&value.into())
}

fn periods(view: View<'_>, figure: &ControlChart) -> impl Iterator<Item = Record> {
    figure.periods.iter().zip(&figure.values).enumerate().map(move |(at, (period, value))| {
        let limits = figure.limits.get(at);
        let bound = |read: fn(&(f64, f64)) -> f64| limits.map(read).map(number).unwrap_or_default();
        vec![
            view.frame.calendar.label(*period),
            number(*value),
            bound(|limits| limits.0),
            bound(|limits| limits.1),
            figure.changes.contains(period).to_string(),
        ]
    })
}

fn events(effect: &Effect) -> impl Iterator<Item = Record> {
    let row = |step: &crate::model::EffectStep| {
        vec![
            step.event.to_string(),
            step.agents.to_string(),
            number(step.effect),
            number(step.low),
            number(step.high),
        ]
    };
    effect.steps.iter().map(row)
}

fn answers(view: View<'_>) -> Vec<Record> {
    let row = |(period, metric, scope, verdict): &(_, String, Scope, crate::model::VerdictId)| {
        let held = [view.frame.calendar.label(*period), verdict.name().to_owned()];
        [about(Some(metric), scope), held.to_vec()].concat()
    };
    view.story.timeline.iter().map(row).collect()
}

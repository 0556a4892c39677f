//! The words of a coaching log in gapwise's own: which sessions were held, and what a focus is meant to move.

use super::columns::Mapped;
use super::metrics::Metric;
use super::section::{Section, key, listed, shown};
use super::words::{Said, Words};
use crate::diag::nearest;
use crate::source::sample::{Column, Table};

/// Focuses that are written out; more are free text.
const MOST_FOCUSES: usize = 40;

/// Writes `values.status.*`: every value of the status column that means something.
pub(super) fn statuses(
    table: &Table,
    mapped: &Mapped,
    words: &Words,
    section: &mut Section,
    eye: &mut Vec<String>,
) {
    let Some(column) = first(table, mapped, "status") else {
        section.say("no status column: every session counts as held");
        return;
    };
    let mut unknown = Vec::new();
    let mut known: Vec<(&str, Vec<&str>, u64)> = Vec::new();
    for (value, count) in column.commonest() {
        let said = Said::of(value);
        let found = words.status.iter().find(|(_, meant)| meant.iter().any(|word| said.is(word)));
        match (found, known.iter_mut().find(|(name, _, _)| found.is_some_and(|(own, _)| own == name))) {
            (Some(_), Some((_, values, rows))) => {
                values.push(value);
                *rows += count;
            }
            (Some((name, _)), None) => known.push((name, vec![value], count)),
            (None, _) => unknown.push(format!("{} ({count})", shown(value))),
        }
    }
    known.sort_by_key(|(name, _, _)| (*name != "held", *name));
    for (name, values, rows) in known {
        section.set(format!("values.status.{}", key(name)), listed(&values), format!("{rows} sessions"));
    }
    if !unknown.is_empty() {
        let some: Vec<&str> = unknown.iter().take(4).map(String::as_str).collect();
        section.say(format!("neither held nor cancelled as far as can be told: {}", some.join(", ")));
        eye.push(format!("coaching: {} other words for a session's status count as neither", unknown.len()));
    }
}

/// Writes `values.focus.*` and `moves.*`.
pub(super) fn focuses(
    table: &Table,
    mapped: &Mapped,
    words: &Words,
    metrics: &[Metric],
    section: &mut Section,
    eye: &mut Vec<String>,
) {
    let Some(column) = first(table, mapped, "focus") else {
        section.say("no focus column: every session is meant to move every metric");
        return;
    };
    let single = singles(column);
    if single.len() > MOST_FOCUSES {
        section.say(format!(
            "{} different focuses look like free text: map the usual ones by hand",
            single.len()
        ));
        eye.push(format!(
            "coaching: `{}` holds {} different focuses; map the usual ones",
            column.header,
            single.len()
        ));
        return;
    }
    let mut unsure = 0;
    let mut seen: Vec<String> = Vec::new();
    for (value, rows) in single {
        let id = Said::of(&value).id();
        if id.is_empty() || seen.contains(&id) {
            continue;
        }
        section.set(
            format!("values.focus.{}", key(&id)),
            listed(&[value.as_str()]),
            format!("{rows} sessions"),
        );
        let moved = moved(&id, &value, words, metrics);
        let moves = format!("moves.{}", key(&id));
        if let Some(metric) = moved {
            section.set(moves, listed(&[metric.id.as_str()]), "what it is meant to move, by its words");
        } else {
            section.offer(moves, listed(&["<metric>"]), "which metric? without this line: all of them");
            unsure += 1;
        }
        seen.push(id);
    }
    if unsure > 0 {
        eye.push(format!(
            "coaching: say with `moves` which metric {unsure} of {} focuses are meant to move",
            seen.len()
        ));
    }
}

/// Writes `values.metric.*`: what a register of changes calls the metrics.
pub(super) fn metric_names(
    table: &Table,
    mapped: &Mapped,
    words: &Words,
    metrics: &[Metric],
    section: &mut Section,
) {
    let Some(column) = first(table, mapped, "metric") else { return };
    for (value, rows) in singles(column).into_iter().take(MOST_FOCUSES) {
        let known = metrics.iter().any(|metric| metric.id == value);
        match moved(&Said::of(&value).id(), &value, words, metrics).filter(|_| !known) {
            Some(metric) => {
                let key = format!("values.metric.{}", key(&metric.id));
                section.set(key, listed(&[value.as_str()]), format!("{rows} changes"));
            }
            None if known => {}
            None => section.say(format!("{} is no metric here", shown(&value))),
        }
    }
}

fn first<'a>(table: &'a Table, mapped: &Mapped, name: &str) -> Option<&'a Column> {
    table.column(mapped.get(name)?.first()?)
}

/// Several focuses may stand in one cell.
fn singles(column: &Column) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = Vec::new();
    for (value, count) in column.commonest() {
        for part in value.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            match all.iter_mut().find(|(known, _)| known == part) {
                Some((_, rows)) => *rows += count,
                None => all.push((part.to_owned(), count)),
            }
        }
    }
    all
}

/// A focus that is a metric's name moves it; else the concept its words speak of, where it is just one.
fn moved<'m>(id: &str, value: &str, words: &Words, metrics: &'m [Metric]) -> Option<&'m Metric> {
    let said = Said::of(value);
    if let Some(own) = metrics.iter().find(|metric| metric.id == id || said.is(&metric.label)) {
        return Some(own);
    }
    let alike = nearest(id, metrics.iter().map(|metric| metric.id.as_str()));
    if let Some(own) = metrics.iter().find(|metric| alike == Some(metric.id.as_str())) {
        return Some(own);
    }
    let concepts: Vec<&String> = words
        .focus
        .iter()
        .filter(|(_, phrases)| said.says_any(phrases))
        .map(|(concept, _)| concept)
        .collect();
    let [concept] = concepts.as_slice() else { return None };
    metrics
        .iter()
        .find(|metric| metric.concept.as_ref() == Some(concept) && metric.force == super::section::Force::Yes)
}

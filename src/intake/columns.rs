//! Which column is which of gapwise's own: by the words of its header first, by what stands in it where that decides.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Said, Words};
use crate::config::{Profile, canonical};
use crate::model::SourceId;
use crate::source::sample::{Column, Shape, Table};

/// Canonical column, in kebab case, to the headers it is made of (date and time are two).
pub(super) type Mapped = BTreeMap<&'static str, Vec<String>>;

/// Share of a table's people who must be agents of the contacts before a column is taken for theirs.
const KNOWN_AGENTS: f64 = 0.3;

/// Finds the canonical columns of a source.
pub(super) fn find(source: SourceId, table: &Table, profile: Option<&Profile>, words: &Words) -> Mapped {
    let mut fits: Vec<(i32, &'static str, &Column)> = Vec::new();
    for name in canonical(source).iter().copied() {
        for column in table.columns.iter().filter(|column| may_be(name, column)) {
            fits.extend(fit(name, column, profile, words).map(|score| (score, name, column)));
        }
    }
    fits.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(y.1)));
    let mut mapped = Mapped::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (_, name, column) in fits {
        if !mapped.contains_key(name) && used.insert(&column.header) {
            mapped.insert(name, vec![column.header.clone()]);
        }
    }
    add_clock(table, &mut mapped);
    mapped
}

/// A vendor's own header counts most.
fn fit(name: &str, column: &Column, profile: Option<&Profile>, words: &Words) -> Option<i32> {
    let said = Said::of(&column.header);
    let aliases = profile.and_then(|profile| profile.columns.get(name));
    let of_vendor = aliases.and_then(|aliases| aliases.iter().position(|alias| said.is(alias)));
    let of_vendor = of_vendor.map(|place| 400 - i32::try_from(place).unwrap_or(0));
    of_vendor.or_else(|| words.columns.get(name)?.fit(&said))
}

/// Whether the values could be those of the canonical column.
pub(super) fn may_be(name: &str, column: &Column) -> bool {
    let distinct = column.distinct();
    let is_word = matches!(column.shape, Shape::Category | Shape::Text | Shape::Id | Shape::Number(_));
    match name {
        "at" | "from" | "to" | "hired-on" | "left-on" | "trained-on" | "planned-at" | "follow-up-due"
        | "follow-up-done" | "end" | "support-asked" | "support-done" => {
            matches!(column.shape, Shape::Moment(_))
        }
        "ack-at" => matches!(column.shape, Shape::Moment(_) | Shape::Flag(_)),
        "agent" | "coach" | "evaluator" => is_person(column),
        "contact-type" => is_word && (1..=5000).contains(&distinct) && !is_measure(column),
        "minutes" | "score" => matches!(column.shape, Shape::Number(_) | Shape::Colons { .. }),
        "team" | "site" | "channel" | "queue" | "form" | "shift" => {
            is_word && distinct <= 500 && !is_measure(column)
        }
        "status" | "group" | "development" | "coach-trained" | "commitment-met" => {
            matches!(column.shape, Shape::Category | Shape::Flag(_))
        }
        "pulse" | "trust" | "belonging" | "idea" => matches!(column.shape, Shape::Number(_)),
        "email" => column.shape == Shape::Email,
        _ => !matches!(column.shape, Shape::Empty | Shape::Moment(_)),
    }
}

fn is_person(column: &Column) -> bool {
    let is_key =
        matches!(column.shape, Shape::Category | Shape::Text | Shape::Id | Shape::Email | Shape::Number(_));
    is_key && !is_measure(column)
}

/// Numbers with fractions are no names of anything.
fn is_measure(column: &Column) -> bool {
    matches!(&column.shape, Shape::Number(numbers) if !numbers.is_whole)
}

/// Where the moment is only a day, a column with the time of day beside it.
fn add_clock(table: &Table, mapped: &mut Mapped) {
    let Some(at) = mapped.get_mut("at") else { return };
    let date_only = at
        .first()
        .and_then(|header| table.column(header))
        .is_some_and(|column| matches!(&column.shape, Shape::Moment(moment) if !moment.has_time));
    let clock = date_only.then(|| clock(table)).flatten();
    at.extend(clock.map(|column| column.header.clone()));
}

/// The column that says when in the day a contact began. Times that did not happen are midnight, so the one with the
/// fewest of them is the beginning; the first in the file wins among equals.
fn clock(table: &Table) -> Option<&Column> {
    const STARTS: &[&str] =
        &["time", "start*", "begin*", "entry", "uhrzeit", "zeit", "hour", "heure", "hora"];
    const OTHERS: &[&str] = &["exit", "end", "duration", "talk", "hold", "handle", "wait*", "speed", "dauer"];
    let says = |said: &Said, phrases: &[&str]| phrases.iter().any(|phrase| said.says(phrase));
    let candidates = table.columns.iter().enumerate().filter_map(|(place, column)| {
        let Shape::Colons { numbers, .. } = &column.shape else { return None };
        let said = Said::of(&column.header);
        let is_clock = is_clock_time(column) && !says(&said, OTHERS);
        let rank = (!says(&said, STARTS), numbers.min == 0.0, place);
        is_clock.then_some((rank, column))
    });
    candidates.min_by_key(|(rank, _)| *rank).map(|(_, column)| column)
}

/// Whether `07:02:47` is rather a time of day: within a day, and in the middle of it for most rows.
pub(super) fn is_clock_time(column: &Column) -> bool {
    let Shape::Colons { parts, numbers } = &column.shape else { return false };
    let seconds = if *parts == 2 { 60.0 } else { 1.0 };
    numbers.max * seconds < 86_400.0 && numbers.median * seconds >= 5.0 * 3600.0
}

/// Another column of the same people as the agents of the contacts, where it fits better than the one found by its
/// header: a roster may have ids and names, and only one of them stands in the contacts.
pub(super) fn match_agents(table: &Table, mapped: &mut Mapped, agents: &Column) -> Option<f64> {
    let known: BTreeSet<String> = agents.real().map(|(value, _)| value.to_lowercase()).collect();
    let share = |column: &Column| {
        let same = column.real().filter(|(value, _)| known.contains(&value.to_lowercase())).count();
        crate::words::whole(same as u64) / crate::words::whole(column.distinct().max(1) as u64)
    };
    let own = mapped.get("agent").and_then(|headers| table.column(headers.first()?));
    let own_share = own.map_or(0.0, share);
    let candidates = table.columns.iter().filter(|column| is_person(column));
    let best = candidates
        .map(|column| (share(column), column))
        .max_by(|x, y| x.0.total_cmp(&y.0).then(std::cmp::Ordering::Greater));
    match best {
        Some((best, column)) if best >= KNOWN_AGENTS && best > own_share + 0.1 => {
            mapped.retain(|_, headers| headers.first() != Some(&column.header));
            mapped.insert("agent", vec![column.header.clone()]);
            Some(best)
        }
        _ => own.map(|_| own_share),
    }
}

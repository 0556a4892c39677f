//! The places a rule is asked about, and the changes that make earlier rows history.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::config::{EventEffect, Level, Plan, Test, Where};
use crate::cube::{Cube, Data, NONE};
use crate::kinds::{Filter, Restart};
use crate::model::{Change, Metric, Scope};

/// The scopes of one level that have rows of a metric's source in a span.
pub(crate) fn of_level(
    data: &Data,
    level: &Level,
    metric: Option<&Metric>,
    span: (Period, Period),
) -> Vec<Scope> {
    if *level == Level::Operation {
        return vec![Scope::Operation];
    }
    let cubes = data.cubes.iter().filter(|cube| metric.is_none_or(|m| m.source == cube.source));
    let mut seen = BTreeSet::new();
    for cube in cubes {
        let rows = cube.between(span.0, span.1);
        if let Some(column) = column(data, cube, level) {
            seen.extend(column[rows].iter().copied().filter(|&index| index != NONE));
        }
    }
    seen.into_iter().filter_map(|index| scope(data, level, index)).collect()
}

fn column<'c>(data: &Data, cube: &'c Cube, level: &Level) -> Option<&'c [u32]> {
    match level {
        Level::Operation => None,
        Level::Team => Some(&cube.team),
        Level::ContactType => Some(&cube.contact_type),
        Level::Segment(name) => cube.segments.get(data.segment(name)?).map(Vec::as_slice),
    }
}

fn scope(data: &Data, level: &Level, index: u32) -> Option<Scope> {
    let at = index as usize;
    match level {
        Level::Operation => Some(Scope::Operation),
        Level::Team => data.teams.get(at).cloned().map(Scope::Team),
        Level::ContactType => data.contact_types.get(at).cloned().map(Scope::ContactType),
        Level::Segment(name) => {
            let value = data.segments.get(data.segment(name)?)?.1.get(at)?.clone();
            Some(Scope::Segment { dimension: name.clone(), name: value })
        }
    }
}

/// A rule's filter in terms of the dictionaries; metric tests are applied elsewhere.
pub(crate) fn filter(data: &Data, filter: &Where) -> Filter {
    let mut out = Filter::default();
    for (key, test) in &filter.tests {
        match key.as_str() {
            "contact-type" => out.contact_types = Some(indices(&data.contact_types, test)),
            "team" => out.teams = Some(indices(&data.teams, test)),
            other => {
                if let Some(at) = data.segment(other) {
                    out.segments.push((at, indices(&data.segments[at].1, test)));
                }
            }
        }
    }
    out
}

fn indices(names: &[String], test: &Test) -> Vec<u32> {
    let kept = names.iter().enumerate().filter(|(_, name)| test.holds(name));
    let mut all: Vec<u32> = kept.filter_map(|(index, _)| u32::try_from(index).ok()).collect();
    if matches!(test, Test::NotIn(_)) {
        all.push(NONE);
    }
    all
}

/// Changes and restarting events as periods from which earlier rows are history.
pub(crate) fn restarts(plan: &Plan, data: &Data) -> Vec<Restart> {
    let events = plan.events.iter().filter(|event| event.effect == EventEffect::RestartWindow);
    let from_events = events.filter_map(|event| {
        let last = event.dates.iter().max()?;
        let filter = filter(data, &event.filter);
        let metrics = event.filter.tests.iter().find(|(key, _)| key == "metric");
        Some(Restart {
            contact_types: filter.contact_types.unwrap_or_default(),
            teams: filter.teams.unwrap_or_default(),
            segments: filter.segments,
            metrics: metrics.map_or_else(Vec::new, |(_, test)| test.values().to_vec()),
            from: first_full(plan, last.succ_opt()?),
        })
    });
    let made = data.changes.iter().filter(|change| change.was_made());
    from_events.chain(made.flat_map(|change| of_change(plan, data, change))).collect()
}

/// A change restarts its window, and so does the end of one that was only tried. One that names nothing the data
/// know touches no row.
fn of_change(plan: &Plan, data: &Data, change: &Change) -> Vec<Restart> {
    let contact_types = named(&data.contact_types, &change.contact_types);
    let teams = named(&data.teams, &change.teams);
    let unknown = |wanted: &[String], found: &[u32]| !wanted.is_empty() && found.is_empty();
    if unknown(&change.contact_types, &contact_types) || unknown(&change.teams, &teams) {
        return Vec::new();
    }
    let restart = |from: NaiveDate| Restart {
        contact_types: contact_types.clone(),
        teams: teams.clone(),
        segments: Vec::new(),
        metrics: change.metrics.clone(),
        from: first_full(plan, from),
    };
    let ended = change.end.and_then(|end| end.succ_opt());
    std::iter::once(change.date).chain(ended).map(restart).collect()
}

/// The first period that lies wholly on or after a day.
fn first_full(plan: &Plan, date: NaiveDate) -> Period {
    let period = plan.calendar.of(date);
    if plan.calendar.start(period) == date { period } else { period.shift(1) }
}

fn named(names: &[String], wanted: &[String]) -> Vec<u32> {
    let found = names.iter().enumerate().filter(|(_, name)| wanted.contains(name));
    found.filter_map(|(index, _)| u32::try_from(index).ok()).collect()
}

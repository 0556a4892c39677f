//! Names of the configuration that occur nowhere in the data: in filters of rules, overrides, disables, waivers and
//! events, in targets, in the register of preconditions, and patterns of value maps that no value matches. They
//! change nothing, so they are probably misspelt or left over.

use std::collections::{BTreeMap, BTreeSet};

use super::{place_of_entry, placed, shown, some};
use crate::config::{Plan, Settings, SourcePlan, Where};
use crate::cube::{Cube, Data, matches};
use crate::diag::{Diagnostic, Diagnostics, Place, nearest, way_out};
use crate::model::{RawColumn, SourceId};
use crate::source::names_people;

/// Names told of one map.
const TOLD: usize = 8;

/// What matches nothing in the data, for a check and for whoever reads a run's standard error.
pub fn unmatched(plan: &Plan, settings: &Settings, data: &Data) -> Diagnostics {
    let known = Known::of(plan, data);
    let filters = filters(plan);
    let columns = data.quality.columns.iter();
    let all = filters
        .iter()
        .flat_map(|(what, filter)| known.absent(what, filter))
        .chain(targets(plan, settings, &known))
        .chain(register(plan, settings, &known))
        .chain(events(plan, settings, data))
        .chain(columns.flat_map(|column| idle(plan, settings, column)))
        .chain(idle_moves(plan, settings, data));
    let mut found = Diagnostics::default();
    for one in all {
        found.push(one);
    }
    found
}

/// Names of the data by filter key.
struct Known<'a> {
    /// Every name, and whether enough agents stand behind it to be offered.
    names: BTreeMap<String, Vec<(&'a str, bool)>>,
}

impl<'a> Known<'a> {
    fn of(plan: &Plan, data: &'a Data) -> Self {
        let enough = usize::try_from(plan.privacy.min_group).unwrap_or(usize::MAX);
        let told = |values: &'a [String], column: &dyn Fn(&'a Cube) -> &'a [u32]| {
            let mut agents = vec![Vec::new(); values.len()];
            for cube in &data.cubes {
                for (place, agent) in column(cube).iter().zip(&cube.agent) {
                    let Some(agents) = agents.get_mut(*place as usize) else { continue };
                    if agents.len() < enough && !agents.contains(agent) {
                        agents.push(*agent);
                    }
                }
            }
            let is_told = agents.iter().map(|agents| agents.len() >= enough);
            values.iter().map(String::as_str).zip(is_told).collect()
        };
        let mut names: BTreeMap<String, Vec<(&str, bool)>> = BTreeMap::new();
        names.insert("team".to_owned(), told(&data.teams, &|cube| &cube.team));
        names.insert("contact-type".to_owned(), told(&data.contact_types, &|cube| &cube.contact_type));
        for (at, (name, values)) in data.segments.iter().enumerate() {
            names.insert(name.clone(), told(values, &|cube| &cube.segments[at]));
        }
        Self { names }
    }

    fn has(&self, key: &str, name: &str) -> bool {
        self.names.get(key).is_none_or(|names| names.iter().any(|(known, _)| *known == name))
    }

    /// The nearest name that may be told, else a few of those.
    fn help(&self, key: &str, name: &str) -> String {
        if names_people(key) {
            return "compare it with the data, letter by letter: names of people are not told".to_owned();
        }
        let names: Vec<&str> = self
            .names
            .get(key)
            .into_iter()
            .flatten()
            .filter(|(_, told)| *told)
            .map(|(name, _)| *name)
            .collect();
        let told: Vec<String> = names.iter().map(|name| shown(name)).collect();
        match (nearest(name, names.iter().copied()), told.as_slice()) {
            (Some(near), _) => format!("did you mean `{}`?", shown(near)),
            (None, []) => format!("the data hold no `{key}` that may be told"),
            (None, told) => way_out(name, told.iter().map(String::as_str)),
        }
    }

    fn absent(&self, what: &str, filter: &Where) -> Vec<Diagnostic> {
        let tests = filter.tests.iter().filter(|(key, _)| key != "metric");
        let absent = tests.flat_map(|(key, test)| {
            test.values().iter().filter(|name| !self.has(key, name)).map(move |name| (key, name))
        });
        absent
            .map(|(key, name)| {
                let title =
                    format!("{what} names the {} `{}`, which no row has", key.replace('-', " "), shown(name));
                let place = filter.place.as_ref().map(|place| super::files::within(place, name));
                placed(Diagnostic::warning("GW320", title).help(self.help(key, name)), place)
            })
            .collect()
    }
}

/// Every filter, with who has it.
fn filters(plan: &Plan) -> Vec<(String, &Where)> {
    let mut all = Vec::new();
    for rule in &plan.rules {
        all.push((format!("rule `{}`", rule.id), &rule.filter));
        all.extend(rule.overrides.iter().map(|one| (format!("the override of `{}`", rule.id), &one.filter)));
        all.extend(rule.silent.iter().map(|(filter, _)| (format!("the disable of `{}`", rule.id), filter)));
    }
    all.extend(plan.waivers.iter().map(|one| (format!("the waiver of `{}`", one.rule), &one.filter)));
    all.extend(plan.events.iter().map(|one| (format!("event `{}`", shown(&one.what)), &one.filter)));
    all
}

fn targets(plan: &Plan, settings: &Settings, known: &Known<'_>) -> Vec<Diagnostic> {
    let named =
        plan.metrics.iter().flat_map(|metric| metric.target_for.keys().map(move |name| (metric, name)));
    named
        .filter(|(_, name)| !known.has("contact-type", name))
        .map(|(metric, name)| {
            let title = format!(
                "a target of `{}` is for the contact type `{}`, which no row has",
                metric.id,
                shown(name)
            );
            let place = place_of_entry(settings, &format!("metrics.{}.target-for", metric.id), name);
            placed(Diagnostic::warning("GW320", title).help(known.help("contact-type", name)), place)
        })
        .collect()
}

fn register(plan: &Plan, settings: &Settings, known: &Known<'_>) -> Vec<Diagnostic> {
    let absent = plan.preconditions.keys().filter(|name| !known.has("contact-type", name));
    absent
        .map(|name| {
            let title = format!(
                "the register of preconditions has the contact type `{}`, which no row has",
                shown(name)
            );
            let place = place_of_entry(settings, "preconditions", name);
            placed(Diagnostic::warning("GW320", title).help(known.help("contact-type", name)), place)
        })
        .collect()
}

/// Events of days that are not among those read.
fn events(plan: &Plan, settings: &Settings, data: &Data) -> Vec<Diagnostic> {
    let count = data.quality.source(SourceId::Contacts);
    let Some((first, last)) = count.and_then(|count| Some((count.first_day?, count.last_day?))) else {
        return Vec::new();
    };
    let outside = |dates: &[chrono::NaiveDate]| dates.iter().all(|day| *day < first || *day > last);
    let numbered = plan.events.iter().enumerate();
    numbered
        // Days left out whole leave no row behind, so they may bound the data.
        .filter(|(_, event)| !event.dates.is_empty() && outside(&event.dates))
        .filter(|(_, event)| !event.dates.iter().any(|day| is_beside(*day, (first, last))))
        .map(|(number, event)| {
            let title = format!(
                "event `{}` lies outside the data, which run from {first} to {last}",
                shown(&event.what)
            );
            let help = if event.dates.iter().all(|day| *day < first) {
                "no window reaches back to it; take it out, or correct its dates"
            } else {
                "correct its dates, or leave it until they are there"
            };
            let place = settings.place(&format!("event.{number}.dates")).cloned();
            placed(Diagnostic::warning("GW321", title).help(help), place)
        })
        .collect()
}

fn is_beside(day: chrono::NaiveDate, (first, last): (chrono::NaiveDate, chrono::NaiveDate)) -> bool {
    day.succ_opt() == Some(first) || day.pred_opt() == Some(last)
}

/// Patterns that no value is the first to match, by the canonical value they lead to; a file's all together.
fn idle(plan: &Plan, settings: &Settings, column: &RawColumn) -> Vec<Diagnostic> {
    let snake = column.column.replace('-', "_");
    let source = plan.source(column.source);
    let Some((source, map)) = source.and_then(|source| Some((source, source.values.get(&snake)?))) else {
        return Vec::new();
    };
    if column.values.is_empty() {
        return Vec::new();
    }
    let mut by_place: BTreeMap<(Option<Place>, bool), Vec<String>> = BTreeMap::new();
    for at in &column.idle {
        let Some((pattern, canonical)) = map.patterns.get(*at) else { continue };
        let is_hidden = column.values.iter().any(|value| matches(pattern, &value.text.to_lowercase()));
        let place = pattern_place(settings, source, column, canonical);
        by_place.entry((place, is_hidden)).or_default().push(pattern.clone());
    }
    let told = |((place, is_hidden), patterns): ((Option<Place>, bool), Vec<String>)| {
        let written: Vec<Option<Place>> =
            patterns.iter().map(|pattern| inside(place.as_ref()?, pattern)).collect();
        let shown = patterns.iter().zip(&written).map(|(pattern, place)| match place {
            Some(place) => place.text().trim_matches('"').to_owned(),
            None => pattern.clone(),
        });
        let shown: Vec<String> = shown.collect();
        let only = written.into_iter().next().flatten().filter(|_| patterns.len() == 1);
        idle_said(column, &shown, is_hidden, only.or(place))
    };
    by_place.into_iter().map(told).collect()
}

fn idle_said(column: &RawColumn, patterns: &[String], is_hidden: bool, place: Option<Place>) -> Diagnostic {
    let names = some(patterns, TOLD);
    let (column, verb) = (&column.column, if patterns.len() == 1 { "matches" } else { "match" });
    let diagnostic = if is_hidden {
        let title = format!("{names} of `values.{column}` {verb} only what an earlier pattern takes");
        Diagnostic::warning("GW311", title)
            .help("the first pattern that matches wins; move it up, or take it out")
    } else {
        let title = format!("{names} of `values.{column}` {verb} no row");
        Diagnostic::warning("GW311", title).help("correct the spelling, or take it out")
    };
    placed(diagnostic, place)
}

fn pattern_place(
    settings: &Settings,
    source: &SourcePlan,
    column: &RawColumn,
    canonical: &str,
) -> Option<Place> {
    let snake = column.column.replace('-', "_");
    let below = |column: &str, name: &str| {
        place_of_entry(settings, &format!("sources.{}.values.{column}", source.id.name()), name)
    };
    let of = |name: &str| below(&column.column, name).or_else(|| below(&snake, name));
    of(canonical).or_else(|| of("file"))
}

/// The pattern inside its list, in whatever case it is written.
fn inside(place: &Place, pattern: &str) -> Option<Place> {
    let lower = place.text().to_lowercase();
    let at = lower.find(&format!("\"{pattern}\"")).filter(|_| lower.len() == place.text().len())?;
    Some(Place { start: place.start + at, end: place.start + at + pattern.len() + 2, ..place.clone() })
}

/// Focuses that are meant to move something and that no session has.
fn idle_moves(plan: &Plan, settings: &Settings, data: &Data) -> Vec<Diagnostic> {
    let Some(source) = plan.source(SourceId::Coaching).filter(|_| !data.sessions.is_empty()) else {
        return Vec::new();
    };
    let known: BTreeSet<&str> =
        data.sessions.iter().flat_map(|session| &session.focus).map(String::as_str).collect();
    let absent = source.moves.keys().filter(|focus| !known.contains(focus.as_str()));
    absent
        .map(|focus| {
            let title = format!("no session has the focus `{}`", shown(focus));
            let place = place_of_entry(settings, "sources.coaching.moves", focus);
            placed(
                Diagnostic::warning("GW320", title)
                    .help("map raw values to it under `values.focus`, or take it out of `moves`"),
                place,
            )
        })
        .collect()
}

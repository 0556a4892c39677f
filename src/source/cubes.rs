//! From cells under raw labels to cubes under canonical ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cell::Cleaner;
use super::cells::{Cells, FIXED, merged};
use super::people::People;
use super::roster::Roster;
use crate::calendar::Period;
use crate::config::{Event, EventEffect, Plan, SourcePlan, ValueMap};
use crate::cube::{Cube, Measured, NONE, Reduction, Status, Sums, Values};
use crate::model::{Measure, SourceCount};

/// One source's cells with all that explains them.
pub(super) struct Reduced<'a> {
    pub(super) source: &'a SourcePlan,
    pub(super) reduction: Reduction,
    pub(super) cells: Cells,
    pub(super) count: SourceCount,
}

/// A cell whose labels have their canonical meaning.
struct Meant {
    period: i32,
    agent: String,
    team: Option<String>,
    contact_type: Option<String>,
    segments: Vec<Option<String>>,
    /// Its place among the cells.
    cell: usize,
}

/// One source's used cells.
pub(super) struct Used {
    meant: Vec<Meant>,
}

/// Dictionaries of the whole data.
pub(super) struct Dictionaries {
    pub(super) agents: Vec<String>,
    pub(super) people: BTreeMap<String, u32>,
    pub(super) teams: Vec<String>,
    pub(super) contact_types: Vec<String>,
    pub(super) segments: Vec<(String, Vec<String>)>,
}

impl Reduced<'_> {
    /// Shows every spelling of an agent with its rows.
    pub(super) fn see(&self, people: &mut People) {
        let cleaner = Cleaner::new(&self.source.text);
        for (key, rows) in self.used_cells() {
            if let Some(spelling) = self.raw(&cleaner, 0, key) {
                people.see(spelling, rows.unsigned_abs());
            }
        }
    }

    fn used_cells(&self) -> impl Iterator<Item = (&[i64], i64)> {
        let cells = self.cells.keys.iter().zip(&self.cells.sums[0]);
        cells.filter(|(key, _)| key[0] == Status::Used as i64).map(|(key, rows)| (key.as_ref(), *rows))
    }

    fn raw<'c>(&'c self, cleaner: &Cleaner, label: usize, key: &[i64]) -> Option<&'c str> {
        let place = usize::try_from(key[FIXED + label]).ok()?;
        cleaner.text(&self.cells.labels[label].texts[place])
    }

    /// Gives the labels their meaning and accounts for every row.
    pub(super) fn mean(&mut self, plan: &Plan, people: &People, roster: &Roster) -> Used {
        let cleaner = Cleaner::new(&self.source.text);
        let maps = self.maps();
        let mut meant = Vec::new();
        let mut moved: BTreeMap<&'static str, u64> = BTreeMap::new();
        for cell in 0..self.cells.keys.len() {
            let key = self.cells.keys[cell].as_ref();
            if key[0] != Status::Used as i64 {
                continue;
            }
            let rows = self.cells.sums[0][cell].unsigned_abs();
            let Some(spelling) = self.raw(&cleaner, 0, key) else {
                *moved.entry("no-agent").or_insert(0) += rows;
                continue;
            };
            let canonical = |label: usize| {
                let raw = self.raw(&cleaner, label, key)?;
                let value = maps[label].as_ref().map_or(raw, |values| values.of(raw));
                Some(value.to_owned())
            };
            let period = i32::try_from(key[1]).unwrap_or(0);
            let agent = people.person(spelling);
            let day = plan.calendar.end(Period(period));
            let team = canonical(1).or_else(|| roster.team(&agent, day));
            let segments = (0..self.source.segments.len()).map(|k| canonical(3 + k)).collect();
            let one = Meant { period, agent, team, contact_type: canonical(2), segments, cell };
            match self.is_left_out(&plan.events, key[2], &one) {
                true => *moved.entry("").or_insert(0) += rows,
                false => meant.push(one),
            }
        }
        self.account(&meant, &moved);
        Used { meant }
    }

    /// Value maps by label: agent, team, contact type, segments.
    fn maps(&self) -> Vec<Option<Values>> {
        let values = |map: &ValueMap| Values { patterns: map.patterns.clone(), otherwise: map.otherwise.clone() };
        let names = ["agent", "team", "contact_type"].into_iter().map(str::to_owned);
        let segments = self.source.segments.iter().map(|name| name.replace('-', "_"));
        names.chain(segments).map(|name| self.source.values.get(&name).map(values)).collect()
    }

    fn is_left_out(&self, events: &[Event], apart: i64, cell: &Meant) -> bool {
        let Some(day) = i32::try_from(apart).ok().and_then(NaiveDate::from_epoch_days) else { return false };
        let out = events.iter().filter(|event| event.effect == EventEffect::LeaveOut && event.dates.contains(&day));
        out.into_iter().any(|event| event.filter.tests.iter().all(|(key, test)| test.holds(self.part(key, cell))))
    }

    /// What a cell is in a level an event's filter names.
    fn part<'c>(&self, level: &str, cell: &'c Meant) -> &'c str {
        let part = match level {
            "team" => cell.team.as_deref(),
            "contact-type" => cell.contact_type.as_deref(),
            other => {
                let place = self.source.segments.iter().position(|s| s.replace('_', "-") == other.replace('_', "-"));
                place.and_then(|place| cell.segments[place].as_deref())
            }
        };
        part.unwrap_or_default()
    }

    /// read = used + filtered + later + rejected.
    fn account(&mut self, meant: &[Meant], moved: &BTreeMap<&'static str, u64>) {
        let count = &mut self.count;
        for status in Status::ALL {
            let rows = self.cells.rows(status);
            count.read += rows;
            match status {
                Status::Used => {}
                Status::Filtered => count.filtered += rows,
                Status::Later => count.later += rows,
                Status::NoTime | Status::NoAgent | Status::Duplicate if rows > 0 => {
                    let reason = status.reason().unwrap_or_default().to_owned();
                    *count.reasons.entry(reason).or_insert(0) += rows;
                }
                Status::NoTime | Status::NoAgent | Status::Duplicate => {}
            }
        }
        for (reason, rows) in moved {
            match *reason {
                "" => count.filtered += rows,
                reason => *count.reasons.entry(reason.to_owned()).or_insert(0) += rows,
            }
        }
        count.rejected = count.reasons.values().sum();
        let sum = |column: usize| meant.iter().map(|one| self.cells.sums[column][one.cell].unsigned_abs()).sum::<u64>();
        count.used = sum(0);
        let day = |x: Option<i64>| x.and_then(|x| i32::try_from(x).ok()).and_then(NaiveDate::from_epoch_days);
        count.first_day = day(meant.iter().map(|one| self.cells.sums[1][one.cell]).min());
        count.last_day = day(meant.iter().map(|one| self.cells.sums[2][one.cell]).max());
        for (measured, first) in firsts(&self.reduction) {
            let unusable = count.used - sum(first);
            if unusable > 0 {
                count.unusable.insert(measured.id.clone(), unusable);
            }
        }
    }

    /// The cube over the dictionaries, or the metric whose sums are too large to be exact.
    pub(super) fn cube(&self, used: &Used, all: &Dictionaries) -> Result<Cube, String> {
        let keys: Vec<Key> = used.meant.iter().map(|one| self.key(one, all)).collect();
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by(|x, y| keys[*x].cmp(&keys[*y]));
        let (rows, sums) = self.folded(used, &keys, &order);
        let metrics = firsts(&self.reduction)
            .map(|(measured, first)| exact(measured, &sums[first..]).map(|sums| (measured.metric, measured.decimals, sums)))
            .collect::<Result<Vec<_>, String>>()?;
        let counts = sums[0].iter().map(|n| n.unsigned_abs()).collect();
        let segments = (0..all.segments.len()).map(|k| rows.iter().map(|key| key.segments[k]).collect()).collect();
        Ok(Cube {
            source: self.source.id,
            period: rows.iter().map(|key| key.period).collect(),
            agent: rows.iter().map(|key| key.agent).collect(),
            team: rows.iter().map(|key| key.team).collect(),
            contact_type: rows.iter().map(|key| key.contact_type).collect(),
            segments,
            rows: counts,
            metrics,
        })
    }

    /// Equal keys made one, in order.
    fn folded<'k>(&self, used: &Used, keys: &'k [Key], order: &[usize]) -> (Vec<&'k Key>, Vec<Vec<i64>>) {
        let outputs = self.reduction.outputs();
        let mut rows: Vec<&Key> = Vec::new();
        let mut sums: Vec<Vec<i64>> = vec![Vec::new(); outputs.len()];
        for place in order {
            let cell = used.meant[*place].cell;
            let is_new = rows.last().is_none_or(|last| **last != keys[*place]);
            if is_new {
                rows.push(&keys[*place]);
            }
            for ((_, merge), (to, from)) in outputs.iter().zip(sums.iter_mut().zip(&self.cells.sums)) {
                match to.last_mut().filter(|_| !is_new) {
                    Some(last) => *last = merged(*merge, *last, from[cell]),
                    None => to.push(from[cell]),
                }
            }
        }
        (rows, sums)
    }

    fn key(&self, one: &Meant, all: &Dictionaries) -> Key {
        let segment = |(name, values): &(String, Vec<String>)| {
            let place = self.source.segments.iter().position(|segment| segment == name);
            place.map_or(NONE, |place| place_of(values, one.segments[place].as_deref()))
        };
        Key {
            period: one.period,
            agent: all.people.get(&one.agent).copied().unwrap_or(NONE),
            team: place_of(&all.teams, one.team.as_deref()),
            contact_type: place_of(&all.contact_types, one.contact_type.as_deref()),
            segments: all.segments.iter().map(segment).collect(),
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    period: i32,
    agent: u32,
    team: u32,
    contact_type: u32,
    segments: Vec<u32>,
}

/// Each metric with the place of its first output column.
fn firsts(reduction: &Reduction) -> impl Iterator<Item = (&Measured, usize)> {
    let outputs = reduction.outputs();
    reduction.measured.iter().enumerate().map(move |(k, measured)| {
        let name = format!("n_{k}");
        (measured, outputs.iter().position(|(output, _)| *output == name).unwrap_or(0))
    })
}

/// Sums that are known to be exact: in every cell n times the largest square stays below 2^63.
fn exact(measured: &Measured, columns: &[Vec<i64>]) -> Result<Sums, String> {
    let n: Vec<u64> = columns[0].iter().map(|n| n.unsigned_abs()).collect();
    let largest = match measured.measure {
        Measure::Proportion => None,
        Measure::Mean => Some(&columns[3]),
        Measure::Ratio => Some(&columns[6]),
    };
    for (n, max) in n.iter().zip(largest.into_iter().flatten()) {
        let max = i128::from(*max).max(0);
        if i128::from(*n) * max * max > i128::from(i64::MAX) {
            return Err(too_large(measured, *n, max));
        }
    }
    let column = |k: usize| columns[k].clone();
    Ok(match measured.measure {
        Measure::Proportion => Sums::Simple { n, sum: column(1), squares: column(1) },
        Measure::Mean => Sums::Simple { n, sum: column(1), squares: column(2) },
        Measure::Ratio => {
            Sums::Ratio { n, num: column(1), den: column(2), num2: column(3), den2: column(4), numden: column(5) }
        }
    })
}

fn too_large(measured: &Measured, n: u64, max: i128) -> String {
    let way_out = match measured.decimals {
        0 => "leave such rows out with the source's `filter`, or measure in a larger unit".to_owned(),
        decimals => format!("lower its `decimals` (now {decimals}), or leave such rows out with the source's `filter`"),
    };
    format!("metric `{}` has values too large to be summed exactly (up to {max} over {n} rows); {way_out}", measured.id)
}

fn place_of(sorted: &[String], value: Option<&str>) -> u32 {
    let place = value.and_then(|value| sorted.binary_search_by(|one| one.as_str().cmp(value)).ok());
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(NONE)
}

/// The values of a dimension over all sources, sorted.
pub(super) fn teams_of<'u>(used: impl Iterator<Item = &'u Used>) -> BTreeSet<String> {
    used.flat_map(|used| used.meant.iter().filter_map(|one| one.team.clone())).collect()
}

pub(super) fn contact_types_of<'u>(used: impl Iterator<Item = &'u Used>) -> BTreeSet<String> {
    used.flat_map(|used| used.meant.iter().filter_map(|one| one.contact_type.clone())).collect()
}

/// The segments of all sources in the order of the plan, with their values sorted.
pub(super) fn segments_of<'u>(
    reduced: impl Iterator<Item = (&'u SourcePlan, &'u Used)> + Clone,
) -> Vec<(String, Vec<String>)> {
    let mut names: Vec<&String> = Vec::new();
    for name in reduced.clone().flat_map(|(source, _)| &source.segments) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
        .into_iter()
        .map(|name| {
            let values: BTreeSet<String> = reduced
                .clone()
                .filter_map(|(source, used)| Some((source.segments.iter().position(|one| one == name)?, used)))
                .flat_map(|(place, used)| used.meant.iter().filter_map(move |one| one.segments[place].clone()))
                .collect();
            (name.clone(), values.into_iter().collect())
        })
        .collect()
}

//! From cells under raw labels to cubes under canonical ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cell::Cleaner;
use super::cells::{Cells, FIXED, MISSING, merged};
use super::drawn::{Contact, Lot};
use super::people::People;
use super::roster::Roster;
use crate::calendar::Period;
use crate::config::{Event, EventEffect, Plan, SourcePlan, ValueMap};
use crate::cube::{Cube, DRAWN, Measured, NONE, Reduction, Sample, Status, Sums, Values};
use crate::model::{Measure, SourceCount};

/// Places of the labels of a cell.
const AGENT: usize = 0;
const TEAM: usize = 1;
const CONTACT_TYPE: usize = 2;
const SEGMENTS: usize = 3;

/// One source's cells with all that explains them.
pub(super) struct Reduced<'a> {
    pub(super) source: &'a SourcePlan,
    pub(super) reduction: Reduction,
    pub(super) cells: Cells,
    pub(super) count: SourceCount,
}

/// A used cell: what each of its labels means, as places in [`Meanings`] or [`NONE`].
struct Meant {
    period: i32,
    /// Agent, team, contact type, segments.
    labels: Box<[u32]>,
    /// Its place among the cells.
    cell: u32,
}

/// One source's used cells.
pub(super) struct Used {
    meant: Vec<Meant>,
    /// Canonical texts by label; agents are normalised people.
    meanings: Vec<Meanings>,
}

/// Canonical texts of one label.
#[derive(Default)]
struct Meanings {
    texts: Vec<String>,
    places: BTreeMap<String, u32>,
    /// By place of the raw label.
    of_raw: Vec<u32>,
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
        let mut rows = vec![0u64; self.cells.labels[0].texts.len()];
        for cell in (0..self.cells.len()).filter(|cell| self.cells.key(*cell)[0] == Status::Used as i32) {
            if let Ok(place) = usize::try_from(self.cells.key(cell)[FIXED]) {
                rows[place] += self.cells.sum(0, cell).unsigned_abs();
            }
        }
        for (text, rows) in self.cells.labels[0].texts.iter().zip(rows).filter(|(_, rows)| *rows > 0) {
            if let Some(spelling) = cleaner.text(text) {
                people.see(spelling, rows);
            }
        }
    }

    /// Gives the labels their meaning and accounts for every row.
    pub(super) fn mean(&mut self, plan: &Plan, people: &People, roster: &Roster) -> Used {
        let mut used = Used { meant: Vec::new(), meanings: self.meanings(people) };
        let mut moved: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut teams: BTreeMap<(u32, i32), u32> = BTreeMap::new();
        for cell in 0..self.cells.len() {
            let key = self.cells.key(cell);
            if key[0] != Status::Used as i32 {
                continue;
            }
            let mut labels: Box<[u32]> =
                key[FIXED..].iter().zip(&used.meanings).map(|(raw, meanings)| meanings.of(*raw)).collect();
            let rows = self.cells.sum(0, cell).unsigned_abs();
            if labels[AGENT] == NONE {
                *moved.entry("no-agent").or_insert(0) += rows;
                continue;
            }
            let period = key[1];
            if labels[TEAM] == NONE && !roster.lines.is_empty() {
                labels[TEAM] = *teams.entry((labels[AGENT], period)).or_insert_with(|| {
                    let person = &used.meanings[AGENT].texts[labels[AGENT] as usize];
                    let team = roster.team(person, plan.calendar.end(Period(period)));
                    team.map_or(NONE, |team| used.meanings[TEAM].place(&team))
                });
            }
            if self.is_left_out(&plan.events, key[2], &labels, &used.meanings) {
                *moved.entry("").or_insert(0) += rows;
            } else {
                used.meant.push(Meant { period, labels, cell: u32::try_from(cell).unwrap_or(NONE) });
            }
        }
        self.account(&used.meant, &moved);
        used
    }

    /// What the raw labels mean: trimmed, seen through value maps; people by their normalised names.
    fn meanings(&self, people: &People) -> Vec<Meanings> {
        let cleaner = Cleaner::new(&self.source.text);
        let maps = self.maps();
        let mean = |(label, map): (&super::cells::Labels, &Option<Values>), is_agent: bool| {
            let mut meanings = Meanings::default();
            for raw in &label.texts {
                let text = cleaner.text(raw).map(|text| map.as_ref().map_or(text, |values| values.of(text)));
                let place = match text {
                    None => NONE,
                    Some(text) if is_agent => meanings.place(&people.person(text)),
                    Some(text) => meanings.place(text),
                };
                meanings.of_raw.push(place);
            }
            meanings
        };
        let labels = self.cells.labels.iter().zip(&maps).enumerate();
        labels.map(|(at, pair)| mean(pair, at == AGENT)).collect()
    }

    /// Value maps by label: agent, team, contact type, segments.
    fn maps(&self) -> Vec<Option<Values>> {
        let values =
            |map: &ValueMap| Values { patterns: map.patterns.clone(), otherwise: map.otherwise.clone() };
        let names = ["agent", "team", "contact_type"].into_iter().map(str::to_owned);
        let segments = self.source.segments.iter().map(|name| name.replace('-', "_"));
        names.chain(segments).map(|name| self.source.values.get(&name).map(values)).collect()
    }

    fn is_left_out(&self, events: &[Event], apart: i32, labels: &[u32], meanings: &[Meanings]) -> bool {
        if apart == MISSING {
            return false;
        }
        let Some(day) = NaiveDate::from_epoch_days(apart) else { return false };
        let mut out =
            events.iter().filter(|event| event.effect == EventEffect::LeaveOut && event.dates.contains(&day));
        let part = |level: &str| {
            let at = self.label_of(level)?;
            meanings[at].texts.get(labels[at] as usize).map(String::as_str)
        };
        out.any(|event| {
            event.filter.tests.iter().all(|(level, test)| test.holds(part(level).unwrap_or_default()))
        })
    }

    /// The label of a level an event's filter names.
    fn label_of(&self, level: &str) -> Option<usize> {
        let plain = |name: &str| name.replace('_', "-");
        match level {
            "team" => Some(TEAM),
            "contact-type" => Some(CONTACT_TYPE),
            other => {
                self.source.segments.iter().position(|s| plain(s) == plain(other)).map(|at| SEGMENTS + at)
            }
        }
    }

    /// read = used + filtered + later + rejected.
    fn account(&mut self, meant: &[Meant], moved: &BTreeMap<&'static str, u64>) {
        let count = &mut self.count;
        for status in Status::ALL {
            let rows = self.cells.rows(status);
            count.read += rows;
            match status {
                Status::Filtered => count.filtered += rows,
                Status::Later => count.later += rows,
                Status::NoTime | Status::NoAgent | Status::Duplicate if rows > 0 => {
                    let reason = status.reason().unwrap_or_default().to_owned();
                    *count.reasons.entry(reason).or_insert(0) += rows;
                }
                Status::Used | Status::NoTime | Status::NoAgent | Status::Duplicate => {}
            }
        }
        for (reason, rows) in moved {
            match *reason {
                "" => count.filtered += rows,
                reason => *count.reasons.entry(reason.to_owned()).or_insert(0) += rows,
            }
        }
        count.rejected = count.reasons.values().sum();
        let sum = |column: usize| {
            meant.iter().map(|one| self.cells.sum(column, one.cell as usize).unsigned_abs()).sum::<u64>()
        };
        count.used = sum(0);
        let day = |x: Option<i64>| x.and_then(|x| i32::try_from(x).ok()).and_then(NaiveDate::from_epoch_days);
        count.first_day = day(meant.iter().map(|one| self.cells.sum(1, one.cell as usize)).min());
        count.last_day = day(meant.iter().map(|one| self.cells.sum(2, one.cell as usize)).max());
        for (measured, first) in firsts(&self.reduction) {
            let unusable = count.used - sum(first);
            if unusable > 0 {
                count.unusable.insert(measured.id.clone(), unusable);
            }
        }
    }

    /// The cube over the dictionaries, or the metric whose sums are too large to be exact.
    pub(super) fn cube(&self, used: &Used, all: &Dictionaries) -> Result<Cube, String> {
        let ranks = self.ranks(used, all);
        let key = |one: &Meant| Key {
            period: one.period,
            labels: ranks.iter().map(|rank| rank.of(&one.labels)).collect(),
        };
        let mut keys: Vec<(Key, u32)> = used.meant.iter().map(|one| (key(one), one.cell)).collect();
        keys.sort_unstable();
        let groups: Vec<&[(Key, u32)]> = keys.chunk_by(|x, y| x.0 == y.0).collect();
        let outputs = self.reduction.outputs();
        let column = |at: usize| -> Vec<i64> {
            let one = |group: &&[(Key, u32)]| {
                let cells = group.iter().map(|(_, cell)| self.cells.sum(at, *cell as usize));
                cells.reduce(|x, y| merged(outputs[at].1, x, y)).unwrap_or(0)
            };
            groups.iter().map(one).collect()
        };
        let metrics = firsts(&self.reduction)
            .map(|(measured, first)| {
                exact(measured, |at| column(first + at))
                    .map(|sums| (measured.metric, measured.decimals, sums))
            })
            .collect::<Result<Vec<_>, String>>()?;
        let label = |at: usize| groups.iter().map(|group| group[0].0.labels[at]).collect();
        Ok(Cube {
            source: self.source.id,
            period: groups.iter().map(|group| group[0].0.period).collect(),
            agent: label(AGENT),
            team: label(TEAM),
            contact_type: label(CONTACT_TYPE),
            segments: (0..all.segments.len()).map(|at| label(SEGMENTS + at)).collect(),
            rows: column(0).into_iter().map(i64::unsigned_abs).collect(),
            metrics,
        })
    }

    /// Contacts drawn, under their canonical names; none where no column names a contact.
    pub(super) fn samples(&self, people: &People, all: &Dictionaries) -> Option<Vec<Sample>> {
        self.reduction.sampling.as_ref()?;
        let cleaner = Cleaner::new(&self.source.text);
        let map = self.maps().swap_remove(CONTACT_TYPE);
        let contact_type = |raw: &str| {
            let text = cleaner.text(raw)?;
            let text = map.as_ref().map_or(text, |values| values.of(text));
            all.contact_types.binary_search_by(|one| one.as_str().cmp(text)).ok()
        };
        let sample = |(lot, contact): (&Lot, &Contact)| {
            let contact_type = lot.contact_type.as_deref().and_then(contact_type);
            Some(Sample {
                period: lot.period,
                contact_type: contact_type.and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE),
                metric: self.reduction.measured[lot.measured].metric,
                counted: lot.counted,
                hash: contact.hash,
                id: cleaner.text(&contact.id)?.to_owned(),
                agent: *all.people.get(&people.person(cleaner.text(&contact.agent)?))?,
            })
        };
        let drawn = self.cells.drawn();
        let mut samples: Vec<Sample> = drawn.lots().filter_map(sample).collect();
        samples.sort();
        samples.dedup();
        let lot = |one: &Sample| (one.period, one.contact_type, one.metric, one.counted);
        let lots = samples.chunk_by(|x, y| lot(x) == lot(y));
        Some(lots.flat_map(|lot| lot.iter().take(DRAWN).cloned()).collect())
    }

    /// Dimensions of the cube: where each is among the labels, and the places of its meanings.
    fn ranks(&self, used: &Used, all: &Dictionaries) -> Vec<Rank> {
        let rank = |at: usize, sorted: &[String]| {
            let place =
                |text: &String| sorted.binary_search(text).ok().and_then(|place| u32::try_from(place).ok());
            let places = used.meanings[at].texts.iter().map(|text| place(text).unwrap_or(NONE));
            Rank { label: Some(at), places: places.collect() }
        };
        let person = |person: &String| all.people.get(person).copied().unwrap_or(NONE);
        let people =
            Rank { label: Some(AGENT), places: used.meanings[AGENT].texts.iter().map(person).collect() };
        let segments = all.segments.iter().map(|(name, values)| {
            let at = self.source.segments.iter().position(|segment| segment == name);
            at.map_or_else(Rank::default, |at| rank(SEGMENTS + at, values))
        });
        let fixed = [people, rank(TEAM, &all.teams), rank(CONTACT_TYPE, &all.contact_types)];
        fixed.into_iter().chain(segments).collect()
    }
}

/// Places in a dictionary by place of the meaning.
#[derive(Default)]
struct Rank {
    /// None where the source has no such label.
    label: Option<usize>,
    places: Vec<u32>,
}

impl Rank {
    fn of(&self, labels: &[u32]) -> u32 {
        let place = self.label.map_or(NONE, |at| labels[at]);
        self.places.get(place as usize).copied().unwrap_or(NONE)
    }
}

impl Meanings {
    fn of(&self, raw: i32) -> u32 {
        usize::try_from(raw).map_or(NONE, |raw| self.of_raw[raw])
    }

    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

impl Used {
    /// The canonical texts of a label that used cells have.
    fn texts(&self, at: usize) -> impl Iterator<Item = &String> {
        let meanings = &self.meanings[at];
        let mut seen = vec![false; meanings.texts.len()];
        for one in &self.meant {
            if let Some(seen) = seen.get_mut(one.labels[at] as usize) {
                *seen = true;
            }
        }
        meanings.texts.iter().zip(seen).filter(|(_, seen)| *seen).map(|(text, _)| text)
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    period: i32,
    labels: Box<[u32]>,
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
fn exact(measured: &Measured, column: impl Fn(usize) -> Vec<i64>) -> Result<Sums, String> {
    let n: Vec<u64> = column(0).into_iter().map(i64::unsigned_abs).collect();
    let largest = match measured.measure {
        Measure::Proportion => Vec::new(),
        Measure::Mean => column(3),
        Measure::Ratio => column(6),
    };
    for (n, max) in n.iter().zip(largest) {
        let max = i128::from(max).max(0);
        if i128::from(*n) * max * max > i128::from(i64::MAX) {
            return Err(too_large(measured, *n, max));
        }
    }
    Ok(match measured.measure {
        Measure::Proportion => Sums::Simple { n, sum: column(1), squares: column(1) },
        Measure::Mean => Sums::Simple { n, sum: column(1), squares: column(2) },
        Measure::Ratio => Sums::Ratio {
            n,
            num: column(1),
            den: column(2),
            num2: column(3),
            den2: column(4),
            numden: column(5),
        },
    })
}

fn too_large(measured: &Measured, n: u64, max: i128) -> String {
    let way_out = match measured.decimals {
        0 => "leave such rows out with the source's `filter`, or measure in a larger unit".to_owned(),
        decimals => format!(
            "lower its `decimals` (now {decimals}), or leave such rows out with the source's `filter`"
        ),
    };
    format!(
        "metric `{}` has values too large to be summed exactly (up to {max} over {n} rows); {way_out}",
        measured.id
    )
}

/// The teams of used cells.
pub(super) fn teams_of<'u>(used: impl Iterator<Item = &'u Used>) -> BTreeSet<String> {
    used.flat_map(|used| used.texts(TEAM).cloned()).collect()
}

/// The contact types of used cells.
pub(super) fn contact_types_of<'u>(used: impl Iterator<Item = &'u Used>) -> BTreeSet<String> {
    used.flat_map(|used| used.texts(CONTACT_TYPE).cloned()).collect()
}

/// The segments of all sources in the order of the plan, with the values of used cells sorted.
pub(super) fn segments_of<'u>(
    reduced: &(impl Iterator<Item = (&'u SourcePlan, &'u Used)> + Clone),
) -> Vec<(String, Vec<String>)> {
    let mut names: Vec<&String> = Vec::new();
    for name in reduced.clone().flat_map(|(source, _)| &source.segments) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let values = |name: &String| -> BTreeSet<String> {
        let with = reduced.clone().filter_map(|(source, used)| {
            let at = source.segments.iter().position(|one| one == name)?;
            Some(used.texts(SEGMENTS + at).cloned().collect::<Vec<String>>())
        });
        with.flatten().collect()
    };
    names.into_iter().map(|name| (name.clone(), values(name).into_iter().collect())).collect()
}

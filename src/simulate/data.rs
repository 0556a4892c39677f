//! A drawn centre as a judgement reads it, without a file in between: the same rows, summed in memory.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use chrono::{NaiveDate, NaiveDateTime};

use super::draw::tables;
use super::scenario::{Columns, Scenario};
use super::sheets;
use super::tables::Tables;
use crate::calendar::Period;
use crate::config::{Plan, SourcePlan};
use crate::cube::{Cube, Data, NONE, Sums};
use crate::model::{Measure as How, SourceCount, SourceId};
use crate::source::{self, Rows};

/// The data of a scenario, equal to what reading its written workspace on its last day gives. `plan` is that of
/// such a workspace, of this scenario or of one that differs in numbers alone.
pub fn data(scenario: &Scenario, plan: &Plan) -> Result<Data> {
    let tables = tables(scenario)?;
    let as_of = scenario.end;
    let span = plan.span(plan.calendar.last_complete(as_of));
    let drawn = Drawn { scenario, tables: &tables, plan, days: (plan.calendar.start(span.0), as_of) };
    let mut data = drawn.dictionaries();
    for source in plan.sources.iter().filter(|source| source.id.is_cube()) {
        let (cube, count) = drawn.cube(source, &data)?;
        data.cubes.push(cube);
        data.quality.sources.push(count);
    }
    let sheets = sheets::small(scenario, &tables).into_iter();
    let rows = sheets.filter_map(|sheet| {
        let id = SourceId::ALL.into_iter().find(|id| id.name() == sheet.source)?;
        Some((id, Rows { header: sheet.header, rows: sheet.rows.collect() }))
    });
    Ok(source::with_tables(plan, span, as_of, data, &rows.collect()))
}

struct Drawn<'a> {
    scenario: &'a Scenario,
    tables: &'a Tables,
    plan: &'a Plan,
    days: (NaiveDate, NaiveDate),
}

/// One row's labels, as places in the dictionaries.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    period: Period,
    agent: u32,
    team: u32,
    contact_type: u32,
    segments: Vec<u32>,
}

/// What is summed of one metric at one key.
#[derive(Clone, Copy, Default)]
struct Total {
    n: u64,
    sum: i64,
    squares: i64,
}

impl Drawn<'_> {
    fn dictionaries(&self) -> Data {
        let tables = self.tables;
        let sorted = |names: BTreeSet<&String>| names.into_iter().cloned().collect::<Vec<String>>();
        let contacts = &tables.contacts;
        let used = || (0..contacts.at.len()).filter(|row| self.is_in(contacts.at[*row]));
        let types = used().map(|row| &tables.contact_types[contacts.contact_type[row] as usize]);
        let channels = used().map(|row| &tables.channels[contacts.channel[row] as usize]);
        let sites = used().map(|row| &tables.site_of[tables.team_of[contacts.agent[row] as usize] as usize]);
        let segments = vec![
            ("channel".to_owned(), sorted(channels.collect())),
            ("site".to_owned(), sorted(sites.collect())),
        ];
        Data {
            agents: sorted(tables.agents.iter().collect()),
            teams: sorted(tables.teams.iter().collect()),
            contact_types: sorted(types.collect()),
            segments,
            ..Data::default()
        }
    }

    fn is_in(&self, at: NaiveDateTime) -> bool {
        (self.days.0..=self.days.1).contains(&at.date())
    }

    /// One source's cube and its count of rows.
    fn cube(&self, source: &SourcePlan, data: &Data) -> Result<(Cube, SourceCount)> {
        let ids: Vec<&str> =
            source.measures.iter().map(|measure| self.plan.metrics[measure.metric].id.as_str()).collect();
        let values = ids.iter().map(|id| self.values(source.id, id)).collect::<Result<Vec<_>>>()?;
        let mut cells: BTreeMap<Key, (u64, Vec<Total>)> = BTreeMap::new();
        let rows: Vec<usize> =
            (0..self.rows(source.id)).filter(|row| self.is_in(self.at(source.id, *row))).collect();
        let labels = Labels::new(self.tables, data);
        for &row in &rows {
            let cell = cells
                .entry(self.key(source.id, row, &labels))
                .or_insert_with(|| (0, vec![Total::default(); values.len()]));
            cell.0 += 1;
            for ((total, value), measure) in cell.1.iter_mut().zip(&values).zip(&source.measures) {
                total.add(value(row), self.decimals(measure.metric));
            }
        }
        let count = self.count(source.id, &rows, &ids, &cells);
        let column = |of: fn(&Key) -> u32| cells.keys().map(of).collect::<Vec<u32>>();
        let segments = (0..data.segments.len()).map(|at| cells.keys().map(|key| key.segments[at]).collect());
        let metrics = source.measures.iter().enumerate().map(|(place, measure)| {
            let totals = || cells.values().map(|(_, totals)| totals[place]);
            let sums = Sums::Simple {
                n: totals().map(|total| total.n).collect(),
                sum: totals().map(|total| total.sum).collect(),
                squares: totals().map(|total| total.squares).collect(),
            };
            (measure.metric, self.decimals(measure.metric), sums)
        });
        let cube = Cube {
            source: source.id,
            period: cells.keys().map(|key| key.period.0).collect(),
            agent: column(|key| key.agent),
            team: column(|key| key.team),
            contact_type: column(|key| key.contact_type),
            segments: segments.collect(),
            rows: cells.values().map(|(rows, _)| *rows).collect(),
            metrics: metrics.collect(),
        };
        Ok((cube, count))
    }

    fn decimals(&self, metric: usize) -> u32 {
        let metric = &self.plan.metrics[metric];
        if metric.measure == How::Proportion { 0 } else { metric.decimals }
    }

    fn rows(&self, source: SourceId) -> usize {
        match source {
            SourceId::Contacts => self.tables.contacts.len(),
            SourceId::Evaluations => self.tables.evaluations.len(),
            _ => 0,
        }
    }

    fn at(&self, source: SourceId, row: usize) -> NaiveDateTime {
        if source == SourceId::Evaluations {
            self.tables.evaluations.at[row]
        } else {
            self.tables.contacts.at[row]
        }
    }

    /// A metric's value in a row.
    fn values(&self, source: SourceId, id: &str) -> Result<Box<dyn Fn(usize) -> Option<f64> + '_>> {
        let (contacts, evaluations) = (&self.tables.contacts, &self.tables.evaluations);
        let share = |yes: bool| Some(f64::from(u8::from(yes)));
        let place = self.scenario.measures.keys().position(|own| own == id);
        Ok(match (source, id) {
            (SourceId::Contacts, "fcr") => Box::new(move |row| share(contacts.resolved[row])),
            (SourceId::Contacts, "aht") => Box::new(|row| Some(f64::from(contacts.handle_s[row]))),
            (SourceId::Contacts, "hold") => Box::new(|row| Some(f64::from(contacts.hold_s[row]))),
            (SourceId::Contacts, "escalations") => Box::new(move |row| share(contacts.escalated[row])),
            (SourceId::Evaluations, "confirms-next-step") => {
                Box::new(move |row| share(evaluations.confirms_next_step[row]))
            }
            (SourceId::Evaluations, "qa") => Box::new(|row| Some(f64::from(evaluations.score[row]))),
            (SourceId::Contacts, _) => {
                let place = place.ok_or_else(|| anyhow!("the scenario has no metric `{id}`"))?;
                Box::new(move |row| contacts.measures[place][row])
            }
            _ => return Err(anyhow!("the scenario has no metric `{id}` on {}", source.name())),
        })
    }

    fn key(&self, source: SourceId, row: usize, labels: &Labels) -> Key {
        let contacts = &self.tables.contacts;
        let is_contact = source == SourceId::Contacts;
        let contact = if is_contact { row } else { self.tables.evaluations.contact[row] as usize };
        let agent = contacts.agent[contact];
        let team = self.tables.team_of[agent as usize] as usize;
        let typed = is_contact || self.scenario.columns == Columns::All;
        let none = vec![NONE; 2];
        Key {
            period: self.plan.calendar.of(self.at(source, row).date()),
            agent: labels.agents[agent as usize],
            team: labels.teams[team],
            contact_type: if typed { labels.types[contacts.contact_type[contact] as usize] } else { NONE },
            segments: if is_contact {
                vec![labels.channels[contacts.channel[contact] as usize], labels.sites[team]]
            } else {
                none
            },
        }
    }

    fn count(
        &self,
        source: SourceId,
        rows: &[usize],
        ids: &[&str],
        cells: &BTreeMap<Key, (u64, Vec<Total>)>,
    ) -> SourceCount {
        let (read, used) = (self.rows(source) as u64, rows.len() as u64);
        let days = || rows.iter().map(|row| self.at(source, *row).date());
        let unusable = ids.iter().enumerate().filter_map(|(place, id)| {
            let usable: u64 = cells.values().map(|(_, totals)| totals[place].n).sum();
            (usable < used).then(|| ((*id).to_owned(), used - usable))
        });
        SourceCount {
            source,
            read,
            used,
            filtered: read - used,
            later: 0,
            rejected: 0,
            reasons: BTreeMap::new(),
            unusable: unusable.collect(),
            first_day: days().min(),
            last_day: days().max(),
            files: 1,
        }
    }
}

impl Total {
    fn add(&mut self, value: Option<f64>, decimals: u32) {
        let Some(value) = value else { return };
        #[expect(clippy::cast_possible_truncation, reason = "values of one contact, far below 2^31")]
        let whole = (value * 10f64.powi(decimals.cast_signed()) + 0.5).floor() as i64;
        self.n += 1;
        self.sum += whole;
        self.squares += whole * whole;
    }
}

/// Places in the sorted dictionaries by place in the tables.
struct Labels {
    agents: Vec<u32>,
    teams: Vec<u32>,
    types: Vec<u32>,
    channels: Vec<u32>,
    /// By team.
    sites: Vec<u32>,
}

impl Labels {
    fn new(tables: &Tables, data: &Data) -> Self {
        let places = |names: &[String], sorted: &[String]| {
            let place = |name| sorted.binary_search(name).ok().and_then(|at| u32::try_from(at).ok());
            names.iter().map(|name| place(name).unwrap_or(NONE)).collect()
        };
        Self {
            agents: places(&tables.agents, &data.agents),
            teams: places(&tables.teams, &data.teams),
            types: places(&tables.contact_types, &data.contact_types),
            channels: places(&tables.channels, &data.segments[0].1),
            sites: places(&tables.site_of, &data.segments[1].1),
        }
    }
}

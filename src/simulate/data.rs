//! A drawn centre as a judgement reads it, without a file in between: the same rows, summed in memory.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow, bail};
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

/// The data of a scenario, equal to what reading its written workspace on its last day gives, but for the contacts to
/// follow, which are drawn from files alone. `plan` is that of such a workspace, of this scenario or of one that
/// differs in numbers alone.
pub fn data(scenario: &Scenario, plan: &Plan) -> Result<Data> {
    let tables = tables(scenario)?;
    let as_of = scenario.end;
    let span = plan.span(plan.calendar.last_complete(as_of));
    let drawn = Drawn { scenario, tables: &tables, plan, days: (plan.calendar.start(span.0), as_of) };
    let mut data = drawn.dictionaries()?;
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
    fn dictionaries(&self) -> Result<Data> {
        let tables = self.tables;
        let contacts = &tables.contacts;
        let used = (0..contacts.len()).filter(|row| self.is_in(contacts.at[*row]));
        let types: BTreeSet<u32> = used.map(|row| contacts.contact_type[row]).collect();
        let sorted = |names: BTreeSet<String>| names.into_iter().collect::<Vec<String>>();
        let mut segments: Vec<(String, BTreeSet<String>)> = Vec::new();
        for (source, name) in
            self.plan.sources.iter().flat_map(|s| s.segments.iter().map(move |name| (s.id, name)))
        {
            let segment = self.segment(source, name)?;
            let used = (0..self.rows(source)).filter(|row| self.is_in(self.at(source, *row)));
            let codes: BTreeSet<usize> = used.map(|row| (segment.code)(row)).collect();
            let values = codes.into_iter().map(|code| segment.texts[code].clone());
            match segments.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.extend(values),
                None => segments.push((name.clone(), values.collect())),
            }
        }
        Ok(Data {
            agents: sorted(tables.agents.iter().cloned().collect()),
            teams: sorted(tables.teams.iter().cloned().collect()),
            contact_types: sorted(
                types.iter().map(|kind| tables.contact_types[*kind as usize].clone()).collect(),
            ),
            segments: segments.into_iter().map(|(name, values)| (name, sorted(values))).collect(),
            ..Data::default()
        })
    }

    /// A segment of a source's rows.
    fn segment(&self, source: SourceId, name: &str) -> Result<Segment<'_>> {
        let tables = self.tables;
        let (contacts, evaluations) = (&tables.contacts, &tables.evaluations);
        Ok(match (source, name) {
            (SourceId::Contacts, "channel") => Segment {
                texts: tables.channels.clone(),
                code: Box::new(|row| contacts.channel[row] as usize),
                places: Vec::new(),
            },
            (SourceId::Contacts, "site") => Segment {
                texts: tables.site_of.clone(),
                code: Box::new(|row| tables.team_of[contacts.agent[row] as usize] as usize),
                places: Vec::new(),
            },
            (SourceId::Evaluations, "evaluator") => Segment {
                texts: (0..tables.evaluators + index(tables.teams.len()))
                    .map(|who| tables.evaluator(who))
                    .collect(),
                code: Box::new(|row| evaluations.evaluator[row] as usize),
                places: Vec::new(),
            },
            (SourceId::Evaluations, "form") => {
                Segment { texts: vec![sheets::FORM.to_owned()], code: Box::new(|_| 0), places: Vec::new() }
            }
            _ => bail!("the scenario has no segment `{name}` of {}", source.name()),
        })
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
        let labels = Labels::new(self, source, data)?;
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
            (SourceId::Contacts, "fcr") => {
                Box::new(move |row| contacts.traced[row].then(|| f64::from(u8::from(contacts.resolved[row]))))
            }
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

    fn key(&self, source: SourceId, row: usize, labels: &Labels<'_>) -> Key {
        let contacts = &self.tables.contacts;
        let is_contact = source == SourceId::Contacts;
        let contact = if is_contact { row } else { self.tables.evaluations.contact[row] as usize };
        let agent = contacts.agent[contact] as usize;
        let typed = is_contact || self.scenario.columns == Columns::All;
        let segment = |segment: &Option<Segment<'_>>| {
            segment.as_ref().map_or(NONE, |segment| segment.places[(segment.code)(row)])
        };
        Key {
            period: self.plan.calendar.of(self.at(source, row).date()),
            agent: labels.agents[agent],
            team: labels.teams[self.tables.team_of[agent] as usize],
            contact_type: if typed { labels.types[contacts.contact_type[contact] as usize] } else { NONE },
            segments: labels.segments.iter().map(segment).collect(),
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

/// One label of a source's rows.
struct Segment<'a> {
    texts: Vec<String>,
    /// Place of a row's text.
    code: Box<dyn Fn(usize) -> usize + 'a>,
    /// Places of the texts in the sorted dictionary.
    places: Vec<u32>,
}

/// Places in the sorted dictionaries by place in the tables.
struct Labels<'a> {
    agents: Vec<u32>,
    teams: Vec<u32>,
    types: Vec<u32>,
    /// By segment of the data; none where the source has it not.
    segments: Vec<Option<Segment<'a>>>,
}

impl<'a> Labels<'a> {
    fn new(drawn: &'a Drawn<'_>, source: &SourcePlan, data: &Data) -> Result<Self> {
        let mut segments = Vec::new();
        for (name, values) in &data.segments {
            segments.push(if source.segments.contains(name) {
                let segment = drawn.segment(source.id, name)?;
                Some(Segment { places: places(&segment.texts, values), ..segment })
            } else {
                None
            });
        }
        Ok(Self {
            agents: places(&drawn.tables.agents, &data.agents),
            teams: places(&drawn.tables.teams, &data.teams),
            types: places(&drawn.tables.contact_types, &data.contact_types),
            segments,
        })
    }
}

fn places(names: &[String], sorted: &[String]) -> Vec<u32> {
    let place = |name| sorted.binary_search(name).map_or(NONE, index);
    names.iter().map(place).collect()
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

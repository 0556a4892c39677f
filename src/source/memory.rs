//! Small tables that are in memory already, read as their files would be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cubes::Dictionaries;
use super::people::People;
use super::records::{Record, Records};
use super::reduce::Job;
use super::small::Small;
use crate::calendar::Period;
use crate::config::{Plan, SourcePlan};
use crate::cube::Data;
use crate::model::SourceId;

/// Rows of the roster, of sessions or of changes, as text under the headers the plan maps.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Adds small tables to data whose cubes and dictionaries stand. `data.agents` must hold everyone, as the
/// sources spell them. Days without a time are ISO dates.
pub fn with_tables(
    plan: &Plan,
    span: (Period, Period),
    as_of: NaiveDate,
    mut data: Data,
    tables: &BTreeMap<SourceId, Rows>,
) -> Data {
    let days = (plan.calendar.start(span.0), plan.calendar.end(span.1).min(as_of));
    let sources = plan.sources.iter().filter_map(|source| Some((source, tables.get(&source.id)?)));
    let small: Vec<Small<'_>> =
        sources.map(|(source, rows)| Small::of(Job { plan, source, days, kept: None }, rows)).collect();
    let mut people = People::new(&plan.identity);
    for table in &small {
        people.add_keys(&table.keys(plan));
    }
    data.agents.iter().for_each(|agent| people.see(agent, 1));
    for table in &small {
        table.see(&mut people);
    }
    let roster = small.iter().find_map(|table| table.roster(&people)).unwrap_or_default();
    let mut teams: BTreeSet<String> = data.teams.iter().cloned().collect();
    teams.extend(roster.lines.iter().filter_map(|line| line.team.clone()));
    let (agents, places) = people.finish();
    let all = Dictionaries {
        agents,
        people: places,
        teams: teams.into_iter().collect(),
        contact_types: data.contact_types.clone(),
        segments: data.segments.clone(),
    };
    for table in &small {
        table.fill(&mut data, &people, &roster, &all);
    }
    data.quality.sources.extend(small.iter().map(|table| table.count.clone()));
    let order = |id: SourceId| plan.sources.iter().position(|source| source.id == id);
    data.quality.sources.sort_by_key(|count| order(count.source));
    data
}

impl Rows {
    /// As records under canonical names.
    pub(super) fn records(&self, source: &SourcePlan) -> Records {
        let place = |raw: &str| self.header.iter().position(|header| header == raw);
        let columns: Vec<(&String, usize)> = source
            .columns
            .iter()
            .filter_map(|(name, column)| Some((name, place(column.raw.first()?)?)))
            .collect();
        let record = |(row, line): (&Vec<String>, u64)| {
            let mut record = Record { line: Some(line), ..Record::default() };
            for (name, at) in &columns {
                let cell = row.get(*at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
                match (name.as_str(), cell) {
                    (_, None) => {}
                    ("at", Some(cell)) => {
                        record.at =
                            cell.parse::<NaiveDate>().ok().map(|day| day.and_time(chrono::NaiveTime::MIN));
                    }
                    (_, Some(cell)) => _ = record.fields.insert((*name).clone(), cell.to_owned()),
                }
            }
            record
        };
        Records {
            rows: self.rows.iter().zip(2..).map(record).collect(),
            has: columns.iter().map(|(name, _)| (*name).clone()).collect(),
            ..Records::default()
        }
    }
}

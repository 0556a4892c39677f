//! Sessions, changes and the roster, from records to typed tables.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::cubes::Dictionaries;
use super::memory::Rows;
use super::people::People;
use super::records::{Record, Records, date, read};
use super::reduce::Job;
use super::roster::Roster;
use super::{NAMED_REJECTS, Reader, empty_count, files, sessions, told};
use crate::config::Plan;
use crate::cube::{Data, NONE};
use crate::model::{DayColumn, Rejected, RosterEntry, SourceCount, SourceId};

/// Columns of small tables that hold days.
const DAYS: [&str; 11] = [
    "planned_at",
    "follow_up_due",
    "follow_up_done",
    "support_asked",
    "support_done",
    "end",
    "from",
    "to",
    "hired_on",
    "left_on",
    "trained_on",
];

/// One small table.
pub(super) struct Small<'a> {
    pub(super) job: Job<'a>,
    /// Rows that count.
    pub(super) records: Vec<Record>,
    /// Canonical columns of any of its files.
    pub(super) has: BTreeSet<String>,
    pub(super) count: SourceCount,
}

impl<'a> Reader<'a, '_> {
    /// Every file of a source without metrics.
    pub(super) fn small(&mut self) -> Result<Small<'a>, String> {
        let Job { plan, source, days, .. } = self.job;
        let mut small = Small {
            job: Job { plan, source, days, kept: None },
            records: Vec::new(),
            has: BTreeSet::new(),
            count: empty_count(source.id),
        };
        let mut troubles = Vec::new();
        for input in files::inputs(&plan.folder, &source.path)? {
            match read(&self.job, &input) {
                Ok(records) => {
                    let rejected = small.take(&input.shown, records);
                    let room = NAMED_REJECTS.saturating_sub(self.quality.rejected.len());
                    self.quality.rejected.extend(rejected.into_iter().take(room));
                }
                Err(error) => troubles.push((input.shown.clone(), format!("{error:#}"))),
            }
        }
        if small.count.files == 0 {
            return Err(told(&troubles));
        }
        if small.count.read == 0 {
            return Err(format!("`{}` has a header and no rows", source.path));
        }
        self.name_troubles(troubles);
        Ok(small)
    }
}

impl<'a> Small<'a> {
    /// A table that is in memory.
    pub(super) fn of(job: Job<'a>, rows: &Rows) -> Self {
        let records = rows.records(job.source);
        let count = empty_count(job.source.id);
        let mut small = Small { job, records: Vec::new(), has: BTreeSet::new(), count };
        small.take("", records);
        small
    }
}

impl Small<'_> {
    /// Sorts a file's records into used, later and refused.
    fn take(&mut self, shown: &str, records: Records) -> Vec<Rejected> {
        let mut rejected: Vec<(Option<u64>, &'static str)> =
            records.broken.iter().map(|(line, reason)| (Some(*line), *reason)).collect();
        self.count.files += 1;
        self.count.filtered += records.filtered;
        self.count.read += records.filtered + (records.rows.len() + records.broken.len()) as u64;
        self.has.extend(records.has.iter().cloned());
        for record in records.rows {
            match self.refusal(&record) {
                Some(reason) => rejected.push((record.line, reason)),
                None if record.at.is_some_and(|at| at.date() > self.job.days.1) => self.count.later += 1,
                None => self.keep(record),
            }
        }
        rejected.sort_unstable();
        self.count.rejected += rejected.len() as u64;
        for (_, reason) in &rejected {
            *self.count.reasons.entry((*reason).to_owned()).or_insert(0) += 1;
        }
        let source = self.job.source.id;
        let named = |(line, reason): (Option<u64>, &str)| Rejected {
            source,
            file: shown.to_owned(),
            line,
            reason: reason.to_owned(),
        };
        rejected.into_iter().map(named).collect()
    }

    fn refusal(&self, record: &Record) -> Option<&'static str> {
        let source = self.job.source.id;
        if source != SourceId::Roster && record.at.is_none() {
            return Some("no-time");
        }
        (source != SourceId::Changes && record.field("agent").is_none()).then_some("no-agent")
    }

    fn keep(&mut self, record: Record) {
        self.count.used += 1;
        if let Some(day) = record.at.map(|at| at.date()) {
            let earliest = |known: Option<NaiveDate>| Some(known.map_or(day, |known| known.min(day)));
            let latest = |known: Option<NaiveDate>| Some(known.map_or(day, |known| known.max(day)));
            self.count.first_day = earliest(self.count.first_day);
            self.count.last_day = latest(self.count.last_day);
        }
        self.records.push(record);
    }

    /// How far days beside the time of the row could be read.
    pub(super) fn days(&self) -> Vec<DayColumn> {
        let of = |column: &String| {
            let filled = self.records.iter().filter(|record| record.field(column).is_some());
            let unread = filled.clone().filter(|record| date(&self.job, record, column).is_none()).count();
            DayColumn {
                source: self.job.source.id,
                column: column.replace('_', "-"),
                filled: filled.count() as u64,
                unread: unread as u64,
            }
        };
        self.has.iter().filter(|column| DAYS.contains(&column.as_str())).map(of).collect()
    }

    /// Other keys of the roster's people: (agent, key).
    pub(super) fn keys(&self, plan: &Plan) -> Vec<(String, String)> {
        if self.job.source.id != SourceId::Roster {
            return Vec::new();
        }
        let names: Vec<String> = plan.identity.keys.iter().map(|key| key.replace('-', "_")).collect();
        let mut pairs = Vec::new();
        for record in &self.records {
            let Some(agent) = record.field("agent") else { continue };
            let keys = names.iter().filter_map(|name| record.field(name));
            pairs.extend(keys.map(|key| (agent.to_owned(), key.to_owned())));
        }
        pairs
    }

    pub(super) fn see(&self, people: &mut People) {
        for spelling in self.records.iter().filter_map(|record| record.field("agent")) {
            people.see(spelling, 1);
        }
    }

    pub(super) fn roster(&self, people: &People) -> Option<Roster> {
        (self.job.source.id == SourceId::Roster).then(|| Roster::new(&self.job, &self.records, people))
    }

    /// Writes the table into the data.
    pub(super) fn fill(&self, data: &mut Data, people: &People, roster: &Roster, all: &Dictionaries) {
        let agent = |person: &str| all.people.get(person).copied().unwrap_or(NONE);
        match self.job.source.id {
            SourceId::Coaching => {
                let held = sessions::sessions(&self.job, &self.records, &self.has, people);
                let mut all: Vec<_> = held
                    .into_iter()
                    .map(|held| crate::model::Session { agent: agent(&held.person), ..held.session })
                    .collect();
                all.sort_by(sessions::order);
                data.sessions = all;
                data.coaching_columns.clone_from(&self.has);
            }
            SourceId::Changes => data.changes = sessions::changes(&self.job, &self.records),
            SourceId::Roster => data.roster = entries(roster, all),
            _ => {}
        }
    }
}

fn entries(roster: &Roster, all: &Dictionaries) -> Vec<RosterEntry> {
    let team = |name: &String| all.teams.binary_search(name).ok().and_then(|place| u32::try_from(place).ok());
    let entry = |line: &super::roster::Line| {
        Some(RosterEntry {
            agent: *all.people.get(&line.person)?,
            from: line.from,
            to: line.to,
            team: line.team.as_ref().and_then(team),
            attributes: line.attributes.clone(),
        })
    };
    let mut entries: Vec<RosterEntry> = roster.lines.iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| (entry.agent, entry.from));
    entries
}

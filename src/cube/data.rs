//! Everything a judgement reads: cubes, small tables, dictionaries and quality.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Cube, Sample};
use crate::calendar::Period;
use crate::model::{Change, Quality, RosterEntry, Session, SourceId};

/// Dictionaries are sorted; cubes and tables hold indices into them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    pub agents: Vec<String>,
    pub teams: Vec<String>,
    pub contact_types: Vec<String>,
    /// (segment name, its values sorted), in the order of the plan.
    pub segments: Vec<(String, Vec<String>)>,
    pub cubes: Vec<Cube>,
    /// Sorted by (date, agent).
    pub sessions: Vec<Session>,
    /// Canonical columns the coaching log has, in snake case: what is not among them was never measured.
    pub coaching_columns: BTreeSet<String>,
    pub changes: Vec<Change>,
    /// Sorted by (agent, first day).
    pub roster: Vec<RosterEntry>,
    /// Contacts drawn to be followed, in order; none where no column names a contact.
    pub samples: Option<Vec<Sample>>,
    pub quality: Quality,
}

impl Data {
    pub fn cube(&self, source: SourceId) -> Option<&Cube> {
        self.cubes.iter().find(|cube| cube.source == source)
    }

    /// First period of the coaching log: what lies before it is unknown. None without sessions.
    pub fn log_start(&self) -> Option<Period> {
        self.sessions.iter().map(|session| session.period).min()
    }

    /// What the roster says of an agent on a day; of several lines the one that began last.
    pub fn attribute(&self, agent: u32, name: &str, day: NaiveDate) -> Option<&str> {
        let start = self.roster.partition_point(|entry| entry.agent < agent);
        let own = self.roster[start..].iter().take_while(|entry| entry.agent == agent);
        let valid = own
            .filter(|entry| entry.from.is_none_or(|from| from <= day) && entry.to.is_none_or(|to| day <= to));
        let said = |entry: &'_ &RosterEntry| entry.attributes.iter().any(|(key, _)| same_name(key, name));
        let latest = valid.filter(said).max_by_key(|entry| entry.from)?;
        latest.attributes.iter().find(|(key, _)| same_name(key, name)).map(|(_, value)| value.as_str())
    }

    /// What a run for the last period of a span reads of these data: cells and drawn contacts of the span,
    /// sessions and changes up to the end of its last day. Dictionaries and the roster stay, and so does `quality`, which counts all rows read.
    #[must_use]
    pub fn within(&self, span: (Period, Period)) -> Self {
        let last = span.1;
        let is_within = |one: &Sample| (span.0.0..=last.0).contains(&one.period);
        Self {
            cubes: self.cubes.iter().map(|cube| cube.within(span)).collect(),
            sessions: self.sessions.iter().filter(|session| session.period <= last).cloned().collect(),
            changes: self.changes.iter().filter(|change| change.period <= last).cloned().collect(),
            agents: self.agents.clone(),
            teams: self.teams.clone(),
            contact_types: self.contact_types.clone(),
            segments: self.segments.clone(),
            coaching_columns: self.coaching_columns.clone(),
            roster: self.roster.clone(),
            samples: self
                .samples
                .as_ref()
                .map(|all| all.iter().filter(|one| is_within(one)).cloned().collect()),
            quality: self.quality.clone(),
        }
    }

    pub fn segment(&self, name: &str) -> Option<usize> {
        self.segments.iter().position(|(segment, _)| segment == name)
    }
}

/// `access-profile` and `access_profile` are one attribute.
fn same_name(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(x, y)| x == y || (is_joint(x) && is_joint(y)))
}

fn is_joint(byte: u8) -> bool {
    matches!(byte, b'-' | b'_')
}

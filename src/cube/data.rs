//! Everything a judgement reads: cubes, small tables, dictionaries and quality.

use std::collections::BTreeSet;

use super::Cube;
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
    pub roster: Vec<RosterEntry>,
    pub quality: Quality,
}

impl Data {
    pub fn cube(&self, source: SourceId) -> Option<&Cube> {
        self.cubes.iter().find(|cube| cube.source == source)
    }

    pub fn segment(&self, name: &str) -> Option<usize> {
        self.segments.iter().position(|(segment, _)| segment == name)
    }
}

//! Small typed tables beside the cubes: sessions, changes, roster. Agents and teams are indices into the
//! dictionaries of the data they stand beside.

use crate::calendar::Period;
use chrono::NaiveDate;

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    Held,
    Cancelled,
    Rescheduled,
    /// A status no value map names.
    Other,
}

/// One coaching session of one agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub agent: u32,
    pub date: NaiveDate,
    pub period: Period,
    pub status: SessionStatus,
    pub minutes: Option<f64>,
    /// Canonical focus ids after mapping; empty = no focus.
    pub focus: Vec<String>,
    pub contact_type: Option<String>,
    pub coach: Option<String>,
    pub touchpoint: Option<String>,
}

/// One change to the operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub id: String,
    pub date: NaiveDate,
    pub period: Period,
    pub what: String,
    pub contact_types: Vec<String>,
    pub teams: Vec<String>,
    pub metrics: Vec<String>,
    /// `asked`, `accepted`, `done`, `declined` or the client's own word.
    pub state: Option<String>,
    /// The decision it answers, as the report numbers it.
    pub decision: Option<String>,
    /// The role that answers for it.
    pub owner: Option<String>,
    /// Last day of a test that was ended.
    pub end: Option<NaiveDate>,
    /// What it was expected to do.
    pub hypothesis: Option<String>,
}

impl Change {
    /// Whether the work was changed: a row that asks for a change, or says that one was declined, changes
    /// nothing.
    pub fn was_made(&self) -> bool {
        const ONLY_WORDS: [&str; 8] =
            ["asked", "accepted", "declined", "planned", "proposed", "rejected", "cancelled", "open"];
        let state = self.state.as_deref().map(str::trim).map(str::to_lowercase);
        state.is_none_or(|state| !ONLY_WORDS.contains(&state.as_str()))
    }
}

/// One line of the roster, valid over a span of days.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterEntry {
    pub agent: u32,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub team: Option<u32>,
    /// Further attributes as named in the mapping (site, shift, access-profile, hired-on …).
    pub attributes: Vec<(String, String)>,
}

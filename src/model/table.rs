//! Small typed tables beside the cubes: sessions, changes, roster. Agents and teams are indices into the
//! dictionaries of the data they stand beside.

use crate::calendar::Period;
use chrono::{NaiveDate, NaiveDateTime};

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    Held,
    Cancelled,
    Rescheduled,
    /// The agent did not come.
    NoShow,
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
    pub detail: SessionDetail,
}

impl Session {
    pub fn is_held(&self) -> bool {
        self.status == SessionStatus::Held
    }
}

/// What a log may say of a session beyond who, when and on what. An empty field means nothing where its column
/// is not mapped: `Data::coaching_columns` says which are. Words are in lower case with hyphens,
/// after the client's value maps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionDetail {
    /// The same for every agent of a group session.
    pub id: Option<String>,
    pub at: Option<NaiveDateTime>,
    /// `supportive` or `corrective`.
    pub kind: Option<String>,
    /// `awareness`, `capability`, `standards`, `accountability`.
    pub purpose: Option<String>,
    /// Why it was cancelled.
    pub reason: Option<String>,
    pub cancelled_by: Option<String>,
    /// What set it off: `planned`, or an evaluation, a complaint, an escalation, a metric.
    pub trigger: Option<String>,
    /// The day it was planned for.
    pub planned: Option<NaiveDate>,
    /// Whether an observed contact stands beside it.
    pub linked_contact: bool,
    pub follow_up_due: Option<NaiveDate>,
    pub follow_up_done: Option<NaiveDate>,
    pub acknowledged: bool,
    /// The day it was acknowledged, where the log has the day.
    pub acknowledged_on: Option<NaiveDate>,
    /// Whether several agents were coached together.
    pub group: Option<bool>,
    /// `agent` where the agent asked for it.
    pub asked_by: Option<String>,
    /// `agent` where the agent wrote the agenda or the action.
    pub agenda_by: Option<String>,
    /// Whether a commitment was set.
    pub commitment: bool,
    pub commitment_met: Option<bool>,
    /// Prompts asked, and those of them that were answered.
    pub prompts: Vec<String>,
    pub answered: Vec<String>,
    /// Themes of what the agent is stuck on; never the words themselves.
    pub stuck: Vec<String>,
    pub support_asked: Option<NaiveDate>,
    pub support_done: Option<NaiveDate>,
    pub development: Option<bool>,
    pub coach_trained: Option<bool>,
    /// Answers to questions some clients ask, as numbers.
    pub pulse: Option<f64>,
    pub trust: Option<f64>,
    pub belonging: Option<f64>,
    pub ideas: Option<f64>,
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

//! What was drawn, as columns. Agents, teams and contact types are indices into the dictionaries.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// All tables of one centre.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// `A001` and so on; people have no names here.
    pub agents: Vec<String>,
    /// Index into `teams`, one an agent.
    pub team_of: Vec<u32>,
    pub hired_on: Vec<NaiveDate>,
    pub teams: Vec<String>,
    /// One a team.
    pub site_of: Vec<String>,
    pub contact_types: Vec<String>,
    pub channels: Vec<String>,
    /// Further columns of the roster, one value an agent.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Independent evaluators; higher numbers are the coaches, a team each.
    pub evaluators: u32,
    pub contacts: Contacts,
    pub evaluations: Evaluations,
    pub sessions: Sessions,
    pub changes: Vec<Recorded>,
}

/// A change as the register has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub at: NaiveDate,
    pub what: String,
    pub contact_types: Vec<String>,
    pub teams: Vec<String>,
    pub metrics: Vec<String>,
}

/// One row a contact, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contacts {
    /// Local time.
    pub at: Vec<NaiveDateTime>,
    pub agent: Vec<u32>,
    pub contact_type: Vec<u32>,
    pub channel: Vec<u32>,
    pub handle_s: Vec<u32>,
    pub hold_s: Vec<u32>,
    pub escalated: Vec<bool>,
    /// What became of it, whether or not the export says so.
    pub resolved: Vec<bool>,
    /// Whether the export says what became of it: the customer is known.
    pub traced: Vec<bool>,
    /// By measure, in the order of their ids: shares are 0 or 1, `None` = no answer. Those on columns every
    /// centre has are empty.
    pub measures: Vec<Vec<Option<f64>>>,
}

/// One row an evaluation, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluations {
    /// Row of the evaluated contact.
    pub contact: Vec<u32>,
    pub at: Vec<NaiveDateTime>,
    pub agent: Vec<u32>,
    /// Number of the evaluator; see [`Tables::evaluators`].
    pub evaluator: Vec<u32>,
    /// 0 to 100.
    pub score: Vec<u32>,
    pub confirms_next_step: Vec<bool>,
}

/// One row a coaching session, in order of date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sessions {
    pub date: Vec<NaiveDate>,
    pub agent: Vec<u32>,
    /// Empty = no focus.
    pub focus: Vec<String>,
    pub minutes: Vec<u32>,
    pub held: Vec<bool>,
    pub touchpoint: Vec<Touchpoint>,
    pub details: Vec<Detail>,
}

/// What a good log says beside who, when and on what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    pub supportive: bool,
    pub purpose: String,
    /// `planned`, or what set it off: `metric` or `evaluation`.
    pub trigger: &'static str,
    pub planned_at: NaiveDate,
    /// Why it was cancelled: `volume` or `absence`.
    pub reason: Option<&'static str>,
    /// Row of the contact it speaks of.
    pub linked_contact: Option<u32>,
    pub follow_up_due: Option<NaiveDate>,
    pub follow_up_done: Option<NaiveDate>,
    pub ack_at: Option<NaiveDate>,
}

/// The form of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Touchpoint {
    OneToOne,
    SideBySide,
}

impl Touchpoint {
    pub fn name(self) -> &'static str {
        match self {
            Self::OneToOne => "One-to-one",
            Self::SideBySide => "Side by side",
        }
    }
}

impl Tables {
    pub fn team(&self, agent: u32) -> &str {
        &self.teams[self.team_of[agent as usize] as usize]
    }

    pub fn site(&self, agent: u32) -> &str {
        &self.site_of[self.team_of[agent as usize] as usize]
    }
}

impl Tables {
    /// The coach of an agent: every team has one.
    pub fn coach(&self, agent: u32) -> String {
        format!("L{:02}", self.team_of[agent as usize] + 1)
    }

    /// Who made an evaluation.
    pub fn evaluator(&self, number: u32) -> String {
        match number.checked_sub(self.evaluators) {
            None => format!("Q{:02}", number + 1),
            Some(team) => format!("L{:02}", team + 1),
        }
    }
}

impl Contacts {
    pub fn len(&self) -> usize {
        self.at.len()
    }

    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

impl Evaluations {
    pub fn len(&self) -> usize {
        self.at.len()
    }

    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

impl Sessions {
    pub fn len(&self) -> usize {
        self.date.len()
    }

    pub fn is_empty(&self) -> bool {
        self.date.is_empty()
    }
}

//! What was drawn, as columns. Agents, teams and contact types are indices into the dictionaries.

use chrono::{NaiveDate, NaiveDateTime};

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
    pub contacts: Contacts,
    pub evaluations: Evaluations,
    pub sessions: Sessions,
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
    pub resolved: Vec<bool>,
}

/// One row an evaluation, in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluations {
    /// Row of the evaluated contact.
    pub contact: Vec<u32>,
    pub at: Vec<NaiveDateTime>,
    pub agent: Vec<u32>,
    /// Number of the evaluator; never the agent's own coach.
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
}

/// The form of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

//! What a single page may show of single people and single contacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PeopleView {
    /// On the investigation page: contacts to follow from end to end.
    pub contacts: Vec<ContactsView>,
    /// On a page that a dated allowance opens: agents one by one.
    pub agents: Vec<AgentsView>,
    /// What the view of single agents rests on, and until when.
    pub allowed: String,
}

/// Contacts to follow of one contact type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContactsView {
    /// The metric's name.
    pub metric: String,
    /// Empty where the answer names no contact type.
    pub contact_type: String,
    /// `2–8 November 2026`.
    pub days: String,
    /// Ids of contacts, in an order that means nothing.
    pub ids: Vec<String>,
}

/// Agents in one metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgentsView {
    /// The metric's name.
    pub metric: String,
    /// How many they are, when, and all of them together.
    pub says: String,
    /// In the order of their names, which says nothing about their results.
    pub rows: Vec<AgentRow>,
}

/// One agent; places are per cent of the width.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgentRow {
    /// A code or a name, as the allowance says.
    pub name: String,
    /// Contacts counted.
    pub n: String,
    /// The level at equal mix of contacts.
    pub level: String,
    /// The 95 % range of it.
    pub range: String,
    /// Place of the level.
    pub at: f64,
    /// Place of the range's lower end.
    pub low: f64,
    /// Width of the range.
    pub width: f64,
}

//! What a team's own page says. Of other teams there is nothing in it, neither a name nor a number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DecisionView, MetricRow};

/// One team's page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamView {
    /// What the team is called, short enough for a heading.
    pub name: String,
    /// The whole name.
    pub full_name: String,
    /// Names its page: `north` is shown by `team-north.html`. Plain in every file system, unique in a publication.
    pub slug: String,
    /// The team's worst answer as a sentence, or that there is none.
    pub lead: String,
    /// What belongs to the answer.
    pub sentences: Vec<String>,
    /// `The operation decides this`; empty without an answer of its own.
    pub label: String,
    /// `structural`, `behavioural`, `mixed`, `no-gap` or `not-enough-evidence`.
    pub tone: String,
    /// How sure the answer is and since when it stands.
    pub meta: Vec<String>,
    /// Metrics measured in the team, in the plan's order.
    pub metrics: Vec<MetricRow>,
    /// Decisions about the team's own work.
    pub decisions: Vec<DecisionView>,
    /// What was found of the team's work, the most severe first.
    pub findings: Vec<TeamFinding>,
    /// Contact types inside the team, a table a metric.
    pub types: Vec<TeamTypes>,
    /// What was found of the whole operation, without a figure: with it the other teams' could be worked out.
    pub operation: Vec<String>,
    /// What to look at next in the work.
    pub observe: Vec<String>,
    /// What would change the answer.
    pub change_our_mind: Option<String>,
    /// What is behind the figures and what they cannot say.
    pub limits: Vec<String>,
}

/// Something found of the team's own work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamFinding {
    /// The finding as one sentence.
    pub title: String,
    /// What it rests on.
    pub say: String,
    /// `since week 41`.
    pub since: String,
}

/// One metric by contact type, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamTypes {
    /// What people call the metric.
    pub metric: String,
    /// One a contact type.
    pub rows: Vec<TeamType>,
}

/// One contact type in the team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamType {
    /// What the contact type is called, short enough for a table.
    pub label: String,
    /// The whole name.
    pub full_label: String,
    /// Of the team's contacts.
    pub share: String,
    /// The team's level.
    pub now: String,
    /// Its target; empty where it has none.
    pub target: String,
}

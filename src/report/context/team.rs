//! What a team's own page says. Of other teams there is nothing in it, neither a name nor a number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DecisionView, MetricRow};

/// One team's page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamView {
    pub name: String,
    pub full_name: String,
    /// Names its page: `north` is shown by `team-north.html`. Plain in every file system, unique in a publication.
    pub slug: String,
    /// The team's worst answer as a sentence, or that there is none.
    pub lead: String,
    pub sentences: Vec<String>,
    /// `The operation decides this`; empty without an answer of its own.
    pub label: String,
    /// `structural`, `behavioural`, `mixed`, `no-gap` or `not-enough-evidence`.
    pub tone: String,
    pub meta: Vec<String>,
    /// Metrics measured in the team, in the plan's order.
    pub metrics: Vec<MetricRow>,
    /// Decisions about the team's own work.
    pub decisions: Vec<DecisionView>,
    pub findings: Vec<TeamFinding>,
    /// Contact types inside the team, a table a metric.
    pub types: Vec<TeamTypes>,
    /// What was found of the whole operation, without a figure: with it the other teams' could be worked out.
    pub operation: Vec<String>,
    /// What to look at next in the work.
    pub observe: Vec<String>,
    pub change_our_mind: Option<String>,
    pub limits: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamFinding {
    pub title: String,
    pub say: String,
    /// `since week 41`.
    pub since: String,
}

/// One metric by contact type, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamTypes {
    pub metric: String,
    pub rows: Vec<TeamType>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TeamType {
    pub label: String,
    pub full_label: String,
    /// Of the team's contacts.
    pub share: String,
    pub now: String,
    pub target: String,
}

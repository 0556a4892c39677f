//! A number computed per contact, evaluation or survey, with a direction, a unit and a target.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The tables a client may have.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceId {
    Contacts,
    Evaluations,
    Surveys,
    Coaching,
    Changes,
    Roster,
    Volume,
}

impl SourceId {
    pub const ALL: [Self; 7] = [
        Self::Contacts,
        Self::Evaluations,
        Self::Surveys,
        Self::Coaching,
        Self::Changes,
        Self::Roster,
        Self::Volume,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Evaluations => "evaluations",
            Self::Surveys => "surveys",
            Self::Coaching => "coaching",
            Self::Changes => "changes",
            Self::Roster => "roster",
            Self::Volume => "volume",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }

    /// Sources whose rows carry metrics and are reduced to a cube.
    pub fn is_cube(self) -> bool {
        matches!(self, Self::Contacts | Self::Evaluations | Self::Surveys)
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
}

impl Better {
    /// +1 where higher is better, −1 where lower is.
    pub fn sign(self) -> f64 {
        match self {
            Self::Higher => 1.0,
            Self::Lower => -1.0,
        }
    }
}

/// How rows become a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    Proportion,
    Mean,
    Ratio,
}

/// What a metric is to the operation.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Outcome,
    Behaviour,
    Activity,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Behaviour => "behaviour",
            Self::Activity => "activity",
        }
    }
}

/// The family a unit belongs to; thresholds are checked against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// Shown in per cent; differences in points. Values are 0 to 1.
    Share,
    Seconds,
    Minutes,
    /// A bare number, with or without a word behind it.
    Plain,
}

/// A metric's unit: its family and the word printed behind a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    pub kind: UnitKind,
    /// What stands behind a number: `%`, `s`, `min`, `points`, or nothing.
    pub suffix: String,
}

/// One metric in force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metric {
    pub id: String,
    pub label: String,
    pub source: SourceId,
    pub measure: Measure,
    pub better: Better,
    pub unit: Unit,
    /// In the metric's unit; a share's target is 0 to 1.
    pub target: Option<f64>,
    /// Who set the target, as readers are told.
    pub target_by: Option<String>,
    /// What is counted, in the client's words.
    pub means: Option<String>,
    /// Targets of single contact types, which win over `target`.
    pub target_for: BTreeMap<String, f64>,
    /// The smallest difference worth acting on, in the metric's unit.
    pub material: f64,
    pub role: Role,
    /// One of [`super::CONCEPTS`].
    pub concept: Option<String>,
    /// Whole periods by which this metric's windows are shifted back.
    pub matures_periods: i32,
    pub matures_days: u32,
    /// Decimals kept by the reduction.
    pub decimals: u32,
}

impl Metric {
    pub fn target_of(&self, contact_type: &str) -> Option<f64> {
        self.target_for.get(contact_type).copied().or(self.target)
    }

    pub fn has_target(&self) -> bool {
        self.target.is_some() || !self.target_for.is_empty()
    }
}

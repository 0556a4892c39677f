//! Plain data for charts. Scales and looks belong to the report.

use serde::Serialize;

use super::Scope;
use crate::calendar::Period;

/// A figure, what it is about, and the rule whose evidence holds its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub rule: String,
    pub metric: Option<String>,
    pub scope: Scope,
    pub figure: Figure,
}

impl Drawn {
    pub fn is_about(&self, metric: &str, scope: &Scope) -> bool {
        self.metric.as_deref() == Some(metric) && self.scope == *scope
    }
}

/// One agent's place in a spread, without a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Lane {
    /// Case-mix adjusted level, in the metric's unit.
    pub level: f64,
    /// Sampling standard deviation of `level`.
    pub sd: f64,
}

/// Agents against the band that luck alone would fill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgentSpread {
    pub mean: f64,
    pub target: Option<f64>,
    /// Sorted by level; the report shows them as a density unless dots are allowed.
    pub agents: Vec<Lane>,
}

/// A metric over time: its levels, the limits inside which it usually moves, and where it changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    /// Periods with rows, oldest first; the lists below follow them.
    pub periods: Vec<Period>,
    pub values: Vec<f64>,
    /// Lower and upper limit; they differ as the numbers of rows do. Empty while there are too few periods.
    pub limits: Vec<(f64, f64)>,
    pub centre: Option<f64>,
    pub target: Option<f64>,
    /// First periods of a new level.
    pub changes: Vec<Period>,
}

/// How high one stage of the work is in each contact type.
#[derive(Clone, Debug, PartialEq)]
pub struct StageLevels {
    /// `hold`, `transfer` and the like.
    pub stage: String,
    /// Id of the metric that measures it; the numbers below are in its unit.
    pub measured_by: String,
    pub types: Vec<StageLevel>,
}

/// One contact type at one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageLevel {
    pub contact_type: String,
    pub agents: u32,
    /// Share of the stage's rows, 0 to 1.
    pub share: f64,
    pub level: f64,
    /// How far it is on the bad side of the other types, and the same in multiples of the metric's `material`.
    pub excess: Option<f64>,
    pub times: Option<f64>,
    /// Chance of an excess this large if there were none, one-sided.
    pub p_high: Option<f64>,
}

/// Contact types that fail alike.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeGroups {
    /// The largest share of rows first; empty where no grouping passed its tests.
    pub groups: Vec<TypeGroup>,
    /// Contact types compared, and by what.
    pub compared: u32,
    pub compared_by: Vec<ComparedBy>,
    /// Agreement of even and odd periods: 1 = the same groups, 0 = as by chance.
    pub found_again: Option<f64>,
}

/// What contact types were compared by; the label of the metric.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedBy {
    /// How far each is off in it.
    Level(String),
    /// How much agents differ in it.
    Spread(String),
}

/// One group of contact types; distances to target in the metric's unit, above 0 is short of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeGroup {
    /// The contact type that it is named for, which was a member for longest.
    pub like: String,
    /// The largest first.
    pub members: Vec<TypeMember>,
    pub share: f64,
    /// Distance to target with its 95 % range, agents as drawn; none where there is no target.
    pub gap: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TypeMember {
    pub contact_type: String,
    pub agents: u32,
    pub gap: Option<f64>,
}

/// Data of one chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    AgentSpread(AgentSpread),
    Control(ControlChart),
    Stage(StageLevels),
    TypeGroups(TypeGroups),
}

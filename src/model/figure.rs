//! Plain data for charts. Scales and looks belong to the report.

use serde::Serialize;

use crate::calendar::Period;

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

/// Data of one chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    AgentSpread(AgentSpread),
    Control(ControlChart),
}

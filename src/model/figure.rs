//! Plain data for charts. Scales and looks belong to the report.

use serde::Serialize;

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

/// Data of one chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    AgentSpread(AgentSpread),
}

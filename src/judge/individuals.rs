//! Single agents' results at equal mix of work, for a page that a dated allowance opens. They are no part of a
//! judgement: whoever has no allowance never asks for them.

use super::{desk, scopes};
use crate::calendar::Period;
use crate::config::{Plan, Rule};
use crate::cube::Data;
use crate::kinds::{Case, Depth, Desk};
use crate::model::Scope;

/// Agents' levels in one metric of the whole operation.
#[derive(Clone, Debug, PartialEq)]
pub struct ByAgent {
    /// Index in the plan's metrics.
    pub metric: usize,
    /// First and last period of the window.
    pub span: (Period, Period),
    pub mean: f64,
    pub agents: Vec<AgentLevel>,
}

/// One agent at equal mix of work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgentLevel {
    /// Index in [`Data::agents`].
    pub agent: u32,
    /// Rows behind it.
    pub n: f64,
    /// In the metric's unit.
    pub level: f64,
    /// Sampling standard deviation of `level`, in the metric's unit.
    pub sd: f64,
}

/// The agents that a rule on the spread between them compares, metric by metric in the order of the plan.
pub fn individuals(plan: &Plan, data: &Data, period: Period) -> Vec<ByAgent> {
    let desk = desk(plan, data);
    let metrics = 0..plan.metrics.len();
    metrics.filter_map(|metric| by_agent(plan, data, &desk, (metric, period))).collect()
}

fn by_agent(plan: &Plan, data: &Data, desk: &Desk<'_>, (index, period): (usize, Period)) -> Option<ByAgent> {
    let compares = |rule: &&Rule| rule.kind.name == "variability" && rule.metrics.contains(&index);
    let rule = plan.rules.iter().find(compares)?;
    let filter = scopes::filter(data, &rule.filter);
    let case = Case {
        data,
        desk,
        metric: Some((index, &plan.metrics[index])),
        metrics: &plan.metrics,
        scope: &Scope::Operation,
        period,
        window: rule.window,
        filter: &filter,
        depth: Depth::Full,
        calendar: &plan.calendar,
        verdicts: &[],
        facts: &[],
        evidence: &[],
    };
    let study = desk.study(&case)?;
    let overall = &study.layers.overall;
    let compared = overall.units.iter().filter(|unit| overall.compared.contains(&unit.unit));
    let level = |unit: &crate::stats::layers::UnitMean| {
        Some(AgentLevel {
            agent: *study.window.agents.get(unit.unit as usize)?,
            n: unit.n,
            level: overall.mean + unit.mean,
            sd: unit.v.max(0.0).sqrt(),
        })
    };
    let agents = compared.filter_map(level).collect();
    Some(ByAgent { metric: index, span: study.window.span(), mean: overall.mean, agents })
}

//! Where coaching minutes went, for the report: said with or without a rule that asks.

use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::Data;
use crate::kinds::{self, Case, Depth, Desk, Filter, Placed};
use crate::model::{Fact, Scope, Verdict};

/// Periods the hours are counted over, and as many before.
const SPAN: i32 = 13;

/// Minutes of held sessions by the verdict on what they were meant to move.
pub(crate) fn minutes(
    plan: &Plan,
    data: &Data,
    desk: &Desk<'_>,
    facts: &[Placed],
    verdicts: &[Verdict],
    period: Period,
) -> Option<Fact> {
    let case = Case {
        data,
        desk,
        metric: None,
        metrics: &plan.metrics,
        scope: &Scope::Operation,
        period,
        window: SPAN,
        filter: &Filter::default(),
        depth: Depth::Full,
        calendar: &plan.calendar,
        verdicts,
        facts,
        evidence: &[],
    };
    kinds::minutes(&case).map(Fact::Minutes)
}

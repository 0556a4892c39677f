//! One rule at one period, with what its predicate says of every row, step by step. What is asked beside it is
//! what its answer depends on, so that it says what a whole run would say.

use super::{Raw, asking, desk, judge_at, signals};
use crate::calendar::Period;
use crate::config::{Over, Plan, Rule};
use crate::cube::Data;
use crate::kinds::{Depth, Stage};
use crate::model::{Finding, NotJudged, Row, Scope, Signal};
use crate::sql::{Trace, Value};

/// What a rule makes of one period.
#[derive(Clone, Debug)]
pub struct Tried {
    pub period: Period,
    /// In the order of the evidence: metric, scope, item.
    pub rows: Vec<TriedRow>,
    pub signals: Vec<Signal>,
    /// Before any hold.
    pub findings: Vec<Finding>,
    pub not_judged: Vec<NotJudged>,
}

/// One row of evidence under the rule's predicate.
#[derive(Clone, Debug)]
pub struct TriedRow {
    pub metric: Option<String>,
    pub scope: Scope,
    pub row: Row,
    /// Thresholds in force here, overrides applied: (name in snake case, number in the column's unit).
    pub thresholds: Vec<(String, f64)>,
    /// Whether the rule's answer is made of this row: rows with an item for `any`, `all` and `each`, else the one
    /// without.
    pub counts: bool,
    pub trace: Trace,
    /// Columns whose null made the answer null.
    pub nulls: Vec<String>,
}

impl TriedRow {
    /// Null = cannot tell.
    pub fn value(&self) -> Option<bool> {
        truth(&self.trace.value)
    }

    /// What the predicate would say of the row under other thresholds.
    pub fn value_under(&self, rule: &Rule, thresholds: &[(String, f64)]) -> Option<bool> {
        truth(&rule.when.evaluate(&|name| signals::column(rule, &self.row, thresholds, name)))
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        _ => None,
    }
}

/// Asks one rule of the plan, by its place in it.
pub fn try_rule(plan: &Plan, data: &Data, period: Period, index: usize) -> Tried {
    let rule = &plan.rules[index];
    let desk = desk(plan, data);
    let Raw { judgement, .. } = judge_at(plan, data, &desk, period, (Depth::Full, &beside(plan, rule)));
    let table = judgement.evidence.into_iter().find(|table| table.rule == rule.id);
    let rows = table.into_iter().flat_map(|table| table.rows);
    let rows = rows.map(|(metric, scope, row)| tried(plan, rule, metric, scope, row));
    Tried {
        period,
        rows: rows.collect(),
        signals: judgement.signals.into_iter().filter(|signal| signal.rule == rule.id).collect(),
        findings: judgement.findings.into_iter().filter(|finding| finding.rule == rule.id).collect(),
        not_judged: judgement.not_judged.into_iter().filter(|one| one.rule == rule.id).collect(),
    }
}

/// The rule, those whose evidence it reads, and those it shares a family of p-values with; everything where it
/// looks at the verdicts.
fn beside(plan: &Plan, rule: &Rule) -> Vec<bool> {
    if rule.kind.stage == Stage::Verdicts {
        return asking::all(plan);
    }
    let family = |other: &Rule| other.kind.name == rule.kind.name && !rule.kind.p_values.is_empty();
    let read = |other: &Rule| rule.diagnose.reads().contains(&other.id.replace('-', "_"));
    plan.rules.iter().map(|other| other.id == rule.id || family(other) || read(other)).collect()
}

fn tried(plan: &Plan, rule: &Rule, metric: Option<String>, scope: Scope, row: Row) -> TriedRow {
    let about = metric.as_deref().and_then(|id| plan.metric(id));
    let thresholds = rule.thresholds_for(about, &scope, row.item.as_deref());
    let lookup = |name: &str| signals::column(rule, &row, &thresholds, name);
    let trace = rule.when.trace(&lookup);
    let nulls = if truth(&trace.value).is_none() { rule.when.nulls_behind(&lookup) } else { Vec::new() };
    let counts = row.item.is_some() == (rule.over != Over::Row);
    TriedRow { metric, scope, row, thresholds, counts, trace, nulls }
}

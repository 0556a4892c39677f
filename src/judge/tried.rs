//! One rule at one period, with what its predicate says of every row, step by step. What is asked beside it is
//! what its answer depends on, so that it says what a whole run would say.

use super::{Raw, asking, desk, judge_at, signals};
use crate::calendar::Period;
use crate::config::{Over, Plan, Rule};
use crate::cube::Data;
use crate::kinds::{Depth, Stage};
use crate::model::{Finding, Judgement, NotJudged, Row, Scope, Signal};
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
    /// With what was asked beside the rule: it says how many agents stand behind each place.
    pub judged: Judgement,
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

    /// The value of one threshold at which the row's answer would be the other one, all else as it is: the first
    /// that is met on the way from the value in force, up or down, in the column's unit.
    pub fn turns_at(&self, rule: &Rule, name: &str) -> Option<f64> {
        let (now, at) = (self.value()?, self.thresholds.iter().position(|(own, _)| own == name)?);
        let in_force = self.thresholds[at].1;
        let turns = |value: f64| {
            let mut thresholds = self.thresholds.clone();
            thresholds[at].1 = value;
            self.value_under(rule, &thresholds) == Some(!now)
        };
        let found = [1.0, -1.0].into_iter().filter_map(|way| first_turn(in_force, way, &turns));
        found.min_by(|a, b| (a - in_force).abs().total_cmp(&(b - in_force).abs()))
    }
}

/// Ever larger steps one way until the answer turns, then halves back to where it did.
fn first_turn(from: f64, way: f64, turns: &dyn Fn(f64) -> bool) -> Option<f64> {
    const SMALLEST: f64 = 1e-4;
    const LARGEST: i32 = 48;
    let scale = if from == 0.0 { 1.0 } else { from.abs() };
    let step = |n: i32| from + way * scale * SMALLEST * 2f64.powi(n);
    let reached = (0..LARGEST).find(|n| turns(step(*n)))?;
    let mut before = if reached == 0 { from } else { step(reached - 1) };
    let mut after = step(reached);
    for _ in 0..LARGEST {
        let middle = f64::midpoint(before, after);
        if turns(middle) { after = middle } else { before = middle }
    }
    Some(after)
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
    Tried {
        period,
        rows: rows(plan, rule, &judgement),
        signals: judgement.signals.iter().filter(|signal| signal.rule == rule.id).cloned().collect(),
        findings: judgement.findings.iter().filter(|finding| finding.rule == rule.id).cloned().collect(),
        not_judged: judgement.not_judged.iter().filter(|one| one.rule == rule.id).cloned().collect(),
        judged: judgement,
    }
}

/// A rule's evidence in a judgement, each row under the rule's predicate.
pub fn rows(plan: &Plan, rule: &Rule, judgement: &Judgement) -> Vec<TriedRow> {
    let table = judgement.evidence.iter().find(|table| table.rule == rule.id);
    let rows = table.into_iter().flat_map(|table| &table.rows);
    rows.map(|(metric, scope, row)| tried(plan, rule, metric.clone(), scope.clone(), row.clone())).collect()
}

/// The rule, those whose evidence it reads, those it shares a family of p-values with, and those that count the
/// agents of a place; everything where it looks at the verdicts.
fn beside(plan: &Plan, rule: &Rule) -> Vec<bool> {
    if rule.kind.stage == Stage::Verdicts {
        return asking::all(plan);
    }
    let family = |other: &Rule| other.kind.name == rule.kind.name && !rule.kind.p_values.is_empty();
    let read = |other: &Rule| rule.diagnose.reads().contains(&other.id.replace('-', "_"));
    let counts = |other: &Rule| other.kind.facts.contains(&"gap");
    plan.rules.iter().map(|one| one.id == rule.id || family(one) || read(one) || counts(one)).collect()
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

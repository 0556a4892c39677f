//! Verdicts with the numbers behind them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::view::View;
use super::{known, order};
use crate::model::{Cause, Confidence, Gap, Ledger, Scope, Spread, Verdict, VerdictId};
use crate::words;

/// The verdict on one metric in one scope.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Verdict")]
pub struct VerdictOut {
    /// The metric's id.
    pub metric: String,
    /// Where it is made.
    pub scope: Scope,
    /// In force, after the hold.
    pub verdict: VerdictId,
    /// How it shows itself, such as `concentrated`.
    pub form: Option<String>,
    /// Not yet held for as many periods as the workspace asks for.
    pub provisional: bool,
    /// What the judged period alone would say.
    pub this_period_alone: VerdictId,
    /// Calibrated, from the data alone, 0 to 1.
    pub probability: Option<f64>,
    /// The word for how sure it is.
    pub confidence: Option<Confidence>,
    /// Probability with which the opposite verdict would have been seen, had it been true.
    pub power_of_opposite: Option<f64>,
    /// Label of the first period of its unbroken run in the history read.
    pub since: String,
    /// The run may be older than the history read.
    pub since_at_least: bool,
    /// The contact types it is about, where it is about some.
    pub contact_types: Vec<String>,
    /// Signals at this metric and scope: true, false, or null where a rule cannot tell.
    #[schemars(with = "BTreeMap<String, Option<bool>>")]
    pub signals: Map<String, Value>,
    /// Rules whose signals made the verdict.
    pub why: Vec<String>,
    /// What is missing, where there is not enough evidence.
    pub needs: Vec<String>,
    /// What limits how sure it may sound.
    pub caveats: Vec<String>,
    /// How far off target, and how sure.
    pub gap: Option<GapOut>,
    /// Where the gap's points are.
    pub ledger: Option<LedgerOut>,
    /// What differs between agents doing the same work.
    pub spread: Option<SpreadOut>,
    /// Candidate causes with their signs.
    pub causes: Vec<Cause>,
}

/// The distance to the target; `adverse` is above 0 when it is bad, whatever the metric's direction.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Gap")]
pub struct GapOut {
    /// The metric's level over its window.
    pub actual: Option<f64>,
    /// Its target; null without one, as are `adverse` and its range.
    pub target: Option<f64>,
    /// The distance to it.
    pub adverse: Option<f64>,
    /// Lower end of the distance's range.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Coverage of the range, 0 to 1.
    pub level: f64,
}

/// The four parts add up to the net gap.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Ledger")]
pub struct LedgerOut {
    /// Within reach of coaching.
    pub reach: Option<f64>,
    /// Out of its reach.
    pub out_of_reach: Option<f64>,
    /// Spread too thin, or too unsure, to place.
    pub unplaced: Option<f64>,
    /// Contact types ahead of their target; never above 0.
    pub ahead: Option<f64>,
    /// Lower end of the range of `reach`.
    pub reach_low: Option<f64>,
    /// Upper end.
    pub reach_high: Option<f64>,
    /// Coverage of the range, 0 to 1.
    pub level: f64,
    /// `reach`, if everyone worked as the best half do.
    pub best_half: Option<f64>,
    /// As the best quarter do.
    pub best_quarter: Option<f64>,
    /// As the best tenth do.
    pub best_tenth: Option<f64>,
}

/// Standard deviations in the metric's unit.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Spread")]
pub struct SpreadOut {
    /// Between agents doing the same work, luck taken out.
    pub between_agent_sd: Option<f64>,
    /// Lower end of its range.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Coverage of the range, 0 to 1.
    pub level: f64,
    /// What agents who are all alike would show by chance.
    pub from_luck: Option<f64>,
}

/// In the plan's order, then by scope.
pub(super) fn of(view: View<'_>) -> Vec<VerdictOut> {
    let mut verdicts: Vec<&Verdict> = view.story.now.verdicts.iter().collect();
    verdicts.sort_by_key(|v| (order(view.frame, &v.metric), &v.scope));
    verdicts.into_iter().map(|verdict| one(view, verdict)).collect()
}

fn one(view: View<'_>, verdict: &Verdict) -> VerdictOut {
    let (metric, scope) = (verdict.metric.as_str(), &verdict.scope);
    let signals = verdict.signals.iter();
    VerdictOut {
        metric: verdict.metric.clone(),
        scope: scope.clone(),
        verdict: verdict.verdict,
        form: verdict.form.clone(),
        provisional: verdict.provisional,
        this_period_alone: verdict.this_period_alone,
        probability: verdict.probability,
        confidence: verdict.confidence,
        power_of_opposite: verdict.power_of_opposite,
        since: view.frame.calendar.label(verdict.since),
        since_at_least: verdict.since_at_least,
        contact_types: verdict.contact_types.clone(),
        signals: signals.map(|(name, value)| (name.clone(), (*value).into())).collect(),
        why: verdict.why.clone(),
        needs: verdict.needs.iter().map(|need| words::phrase(need, view.locale())).collect(),
        caveats: verdict.caveats.clone(),
        gap: view.gap(metric, scope).map(gap),
        ledger: view.ledger(metric, scope).map(ledger),
        spread: view.spread(metric, scope).map(spread),
        causes: view.causes(metric, scope).into_iter().cloned().collect(),
    }
}

fn gap(fact: &Gap) -> GapOut {
    GapOut {
        actual: known(fact.actual),
        target: fact.target,
        adverse: fact.adverse,
        low: fact.low,
        high: fact.high,
        level: fact.level,
    }
}

fn ledger(fact: &Ledger) -> LedgerOut {
    LedgerOut {
        reach: known(fact.reach),
        out_of_reach: known(fact.out_of_reach),
        unplaced: known(fact.unplaced),
        ahead: known(fact.ahead),
        reach_low: known(fact.reach_low),
        reach_high: known(fact.reach_high),
        level: fact.level,
        best_half: known(fact.best_half),
        best_quarter: known(fact.best_quarter),
        best_tenth: known(fact.best_tenth),
    }
}

fn spread(fact: &Spread) -> SpreadOut {
    SpreadOut {
        between_agent_sd: known(fact.between_agent_sd),
        low: known(fact.low),
        high: known(fact.high),
        level: fact.level,
        from_luck: known(fact.from_luck),
    }
}

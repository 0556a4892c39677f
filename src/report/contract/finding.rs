//! Findings, decisions, and what was not judged.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::frame::RuleText;
use super::super::page::{decision_text, said};
use super::super::view::View;
use crate::model::{self, Asked, Finding, FindingState, Reason, Scope, Severity};
use crate::words::{self, Locale};

/// What a rule that fired says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub struct FindingOut {
    /// `metric/rule/scope-level`, and a number where a rule finds several; never a value of the data.
    pub id: String,
    /// The rule's id.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// The metric's id; null for a finding about the data as a whole.
    pub metric: Option<String>,
    /// Where it is made.
    pub scope: Scope,
    /// The contact type, focus or the like it is about; null where it is about the scope.
    pub item: Option<String>,
    /// What changed about it since the period before.
    pub state: FindingState,
    /// Label of the first period of its unbroken run in the history read.
    pub since: String,
    /// The run may be older than the history read.
    pub since_at_least: bool,
    /// One sentence.
    pub title: String,
    /// In plain words.
    pub say: String,
    /// The evidence row it fired on, by column; `gapwise explain KIND` has the columns.
    #[schemars(with = "BTreeMap<String, model::Value>")]
    pub evidence: Map<String, Value>,
    /// `q_…` beside the p-values of the evidence: the number of questions asked accounted for.
    #[schemars(with = "BTreeMap<String, model::Value>")]
    pub adjusted: Map<String, Value>,
    /// Rows behind it.
    pub n: u64,
    /// Agents behind it; null where there are none, or too few to be told.
    pub agents: Option<u32>,
    /// The days it looks at.
    pub window: WindowOut,
    /// The condition that was true of the evidence.
    pub when: String,
    /// Limits in force there, by name as the condition spells it.
    pub thresholds: BTreeMap<String, LimitOut>,
    /// What to look at next.
    pub observe: Vec<String>,
    /// What would show it wrong.
    pub change_our_mind: Option<String>,
}

/// First and last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Window")]
pub struct WindowOut {
    /// The first.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// The last.
    #[schemars(extend("format" = "date"))]
    pub end: String,
}

/// A threshold at one place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Limit")]
pub struct LimitOut {
    /// In the column's unit.
    pub value: f64,
    /// As a sentence prints it: `1.5 points`.
    pub said: String,
    /// `file:line`.
    pub set_in: Option<String>,
}

/// What is asked of a role.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Decision")]
pub struct DecisionOut {
    /// Never contains a value of the data.
    pub id: String,
    /// Id of the finding behind it.
    pub finding: Option<String>,
    /// The metric's id.
    pub metric: String,
    /// Where it is asked for.
    pub scope: Scope,
    /// One sentence in the imperative.
    pub what: String,
    /// The role it is asked of.
    pub owner_role: String,
    /// By when.
    #[schemars(extend("format" = "date"))]
    pub due: String,
    /// Points of the metric at stake.
    pub at_stake: Option<f64>,
    /// The number at stake is the most that could be won, never a forecast.
    #[schemars(extend("const" = "ceiling"))]
    pub at_stake_is: &'static str,
    /// Contacts a period left short of target.
    pub waiting_per_period: Option<f64>,
    /// Label of the first period in which it was asked without a break.
    pub since: String,
    /// The run may be older than the history read.
    pub since_at_least: bool,
    /// Minutes of coaching held on the metric since then.
    pub coaching_minutes_since: Option<f64>,
    /// What could go wrong by doing it.
    pub risk: Option<String>,
    /// What became of it.
    pub state: Asked,
}

/// A rule without an answer for one metric and scope.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "NotJudged")]
pub struct NotJudgedOut {
    /// The rule's id.
    pub rule: String,
    /// The metric's id; null for a rule about the data as a whole.
    pub metric: Option<String>,
    /// Where it was asked.
    pub scope: Scope,
    /// Why there is no answer.
    pub reason: Reason,
    /// What would give one.
    pub need: String,
}

/// Open ones by severity and id, then those that are closed.
pub(super) fn of(view: View<'_>) -> Vec<FindingOut> {
    let by_severity = |findings: &[Finding]| {
        let mut sorted: Vec<FindingOut> = Vec::new();
        let mut order: Vec<&Finding> = findings.iter().collect();
        order.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
        sorted.extend(order.into_iter().map(|finding| one(view, finding)));
        sorted
    };
    let mut all = by_severity(&view.story.now.findings);
    all.extend(by_severity(&view.story.resolved));
    all
}

fn one(view: View<'_>, finding: &Finding) -> FindingOut {
    let said = said(view, finding);
    let (row, calendar) = (&finding.row, &view.frame.calendar);
    let values = finding.columns.iter().zip(&row.values);
    let rule = view.frame.rule(&finding.rule);
    let adjusted = rule.into_iter().flat_map(|rule| rule.p_values.iter().zip(&row.q));
    FindingOut {
        id: finding.id.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity,
        metric: finding.metric.clone(),
        scope: finding.scope.clone(),
        item: finding.item.clone(),
        state: finding.state,
        since: view.frame.calendar.label(finding.since),
        since_at_least: finding.since_at_least,
        title: said.title,
        say: said.say,
        evidence: values
            .map(|(column, value)| (column.name.to_owned(), cell(value, view.locale())))
            .collect(),
        adjusted: adjusted.map(|(name, value)| (format!("q_{name}"), cell(value, view.locale()))).collect(),
        n: row.n,
        agents: Some(row.agents).filter(|agents| *agents > 0),
        window: WindowOut {
            start: calendar.start(row.window.0).to_string(),
            end: calendar.end(row.window.1).to_string(),
        },
        when: rule.map(|rule| rule.when.clone()).unwrap_or_default(),
        thresholds: rule.map(|rule| limits(view, rule, finding)).unwrap_or_default(),
        observe: said.observe,
        change_our_mind: said.change_our_mind,
    }
}

fn limits(view: View<'_>, rule: &RuleText, finding: &Finding) -> BTreeMap<String, LimitOut> {
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let given = rule.given(&finding.thresholds, metric, view.locale()).into_iter();
    let limit = |given: words::Given| {
        let set_in = rule.threshold(&given.name, given.value, metric).map(|limit| limit.origin.clone());
        (given.name, LimitOut { value: given.value, said: given.said, set_in })
    };
    given.map(limit).collect()
}

fn cell(value: &model::Value, locale: &Locale) -> Value {
    serde_json::to_value(words::spoken(value, locale)).unwrap_or(Value::Null)
}

/// As they are asked.
pub(super) fn decisions(view: View<'_>) -> Vec<DecisionOut> {
    let decisions = view.story.now.decisions.iter();
    decisions
        .map(|decision| {
            let (what, risk) = decision_text(view, decision);
            DecisionOut {
                id: decision.id.clone(),
                finding: decision.finding.clone(),
                metric: decision.metric.clone(),
                scope: decision.scope.clone(),
                what,
                owner_role: decision.owner_role.clone(),
                due: decision.due.to_string(),
                at_stake: decision.at_stake,
                at_stake_is: "ceiling",
                waiting_per_period: decision.waiting_per_period,
                since: view.frame.calendar.label(decision.since),
                since_at_least: decision.since_at_least,
                coaching_minutes_since: decision.minutes_since,
                risk,
                state: decision.state,
            }
        })
        .collect()
}

/// By rule, metric, scope.
pub(super) fn not_judged(view: View<'_>) -> Vec<NotJudgedOut> {
    let mut entries: Vec<_> = view.story.now.not_judged.iter().collect();
    entries.sort_by(|a, b| (&a.rule, &a.metric, &a.scope).cmp(&(&b.rule, &b.metric, &b.scope)));
    let out = entries.into_iter().map(|entry| NotJudgedOut {
        rule: entry.rule.clone(),
        metric: entry.metric.clone(),
        scope: entry.scope.clone(),
        reason: entry.reason,
        need: words::phrase(&entry.need, view.locale()),
    });
    out.collect()
}

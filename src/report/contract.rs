//! `findings.json`, which clients' own tools read (`gapwise/findings/1`). Keys may be added; none is renamed or
//! dropped without a new schema number. What is not known is null.
//!
//! Order of the arrays: `verdicts` and `effects` by the plan's metrics, then scope (the operation first);
//! `findings` by severity, the highest first, then id, closed ones after the others; `decisions` as they are
//! asked; `sources` as the documentation lists them; `checks` by id; `not_judged` by rule, metric, scope.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::frame::{Frame, RuleText};
use super::page::{decision_text, said};
use super::view::View;
use crate::calendar::Period;
use crate::model::{Check, Finding, Quality, Scope};
use crate::words;

/// The schema's name.
pub const SCHEMA: &str = "gapwise/findings/1";

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Published,
    PublishedWithWarnings,
    Withheld,
}

/// The whole document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contract {
    pub schema: &'static str,
    pub client: String,
    pub period: PeriodOut,
    pub status: Status,
    pub pattern: Option<PatternOut>,
    pub verdicts: Vec<Value>,
    pub findings: Vec<FindingOut>,
    pub decisions: Vec<Value>,
    pub coaching: Value,
    pub data_quality: Value,
    pub not_judged: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeriodOut {
    pub label: String,
    pub start: String,
    pub end: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatternOut {
    pub id: String,
    pub label: String,
    pub runner_up: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingOut {
    pub id: String,
    pub rule: String,
    pub severity: &'static str,
    pub metric: Option<String>,
    pub scope: Scope,
    pub item: Option<String>,
    pub state: Value,
    pub since: String,
    pub since_at_least: bool,
    pub title: String,
    pub say: String,
    pub evidence: Map<String, Value>,
    /// `q_…` beside the p-values of the evidence.
    pub adjusted: Map<String, Value>,
    /// Rows behind it.
    pub n: u64,
    /// None where they are none or too few to be told.
    pub agents: Option<u32>,
    pub window: WindowOut,
    /// The condition that was true of the evidence.
    pub when: String,
    /// Limits in force there, by name as the condition spells it.
    pub thresholds: BTreeMap<String, LimitOut>,
    pub observe: Vec<String>,
    pub change_our_mind: Option<String>,
}

/// First and last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WindowOut {
    pub start: String,
    pub end: String,
}

/// A threshold in the column's unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitOut {
    pub value: f64,
    /// As a sentence prints it: `1.5 points`.
    pub said: String,
    /// `file:line`.
    pub set_in: Option<String>,
}

/// The document of a judged period.
pub(super) fn of(view: View<'_>, status: Status) -> Contract {
    let (frame, story) = (view.frame, view.story);
    Contract {
        pattern: story.now.pattern.as_ref().map(|pattern| PatternOut {
            id: pattern.id.clone(),
            label: pattern.label.clone(),
            runner_up: pattern.runner_up.clone(),
        }),
        verdicts: verdicts(view),
        findings: findings(view),
        decisions: decisions(view),
        coaching: coaching(view),
        data_quality: data_quality(&story.quality, &view.checks()),
        not_judged: not_judged(view),
        ..empty(frame, story.now.period, status)
    }
}

/// The document of a period without a report: only why.
pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Contract {
    let checks: Vec<&Check> = why.iter().collect();
    Contract { data_quality: data_quality(quality, &checks), ..empty(frame, period, Status::Withheld) }
}

fn empty(frame: &Frame, period: Period, status: Status) -> Contract {
    let calendar = &frame.calendar;
    Contract {
        schema: SCHEMA,
        client: frame.client.clone(),
        period: PeriodOut {
            label: calendar.label(period),
            start: calendar.start(period).to_string(),
            end: calendar.end(period).to_string(),
        },
        status,
        pattern: None,
        verdicts: Vec::new(),
        findings: Vec::new(),
        decisions: Vec::new(),
        coaching: minutes_and_effects(None, Vec::new(), &[]),
        data_quality: Value::Null,
        not_judged: Vec::new(),
    }
}

fn verdicts(view: View<'_>) -> Vec<Value> {
    let mut verdicts: Vec<_> = view.story.now.verdicts.iter().collect();
    verdicts.sort_by_key(|v| (order(view.frame, Some(&v.metric)), &v.scope));
    verdicts.into_iter().map(|verdict| verdict_out(view, verdict)).collect()
}

fn verdict_out(view: View<'_>, verdict: &crate::model::Verdict) -> Value {
    let (metric, scope) = (verdict.metric.as_str(), &verdict.scope);
    let signals: Map<String, Value> = verdict
        .signals
        .iter()
        .map(|(name, value)| (name.clone(), value.map_or(Value::Null, Value::Bool)))
        .collect();
    object([
        ("metric", json(metric)),
        ("scope", json(scope)),
        ("verdict", json(verdict.verdict)),
        ("form", json(&verdict.form)),
        ("provisional", json(verdict.provisional)),
        ("this_period_alone", json(verdict.this_period_alone)),
        ("probability", json(verdict.probability)),
        ("confidence", json(verdict.confidence)),
        ("power_of_opposite", json(verdict.power_of_opposite)),
        ("since", json(view.frame.calendar.label(verdict.since))),
        ("since_at_least", json(verdict.since_at_least)),
        ("contact_types", json(&verdict.contact_types)),
        ("signals", Value::Object(signals)),
        ("why", json(&verdict.why)),
        ("needs", json(&verdict.needs)),
        ("caveats", json(&verdict.caveats)),
        ("gap", only(view.gap(metric, scope), &["actual", "target", "adverse", "low", "high", "level"])),
        ("ledger", only(view.ledger(metric, scope), &LEDGER)),
        (
            "spread",
            only(view.spread(metric, scope), &["between_agent_sd", "low", "high", "level", "from_luck"]),
        ),
        ("causes", json(view.causes(metric, scope))),
    ])
}

const LEDGER: [&str; 10] = [
    "reach",
    "out_of_reach",
    "unplaced",
    "ahead",
    "reach_low",
    "reach_high",
    "level",
    "best_half",
    "best_quarter",
    "best_tenth",
];

const EFFECT: [&str; 13] = [
    "headline",
    "naive",
    "luck",
    "trend",
    "effect",
    "low",
    "high",
    "level",
    "smallest_visible",
    "conclusion",
    "agents",
    "controls",
    "pre_trend",
];

fn findings(view: View<'_>) -> Vec<FindingOut> {
    let by_severity = |findings: &[Finding]| {
        let mut sorted: Vec<FindingOut> = Vec::new();
        let mut order: Vec<&Finding> = findings.iter().collect();
        order.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
        sorted.extend(order.into_iter().map(|finding| finding_out(view, finding)));
        sorted
    };
    let mut all = by_severity(&view.story.now.findings);
    all.extend(by_severity(&view.story.resolved));
    all
}

fn finding_out(view: View<'_>, finding: &Finding) -> FindingOut {
    let said = said(view, finding);
    let (row, calendar) = (&finding.row, &view.frame.calendar);
    let values = finding.columns.iter().zip(&row.values);
    let rule = view.frame.rule(&finding.rule);
    let adjusted = rule.into_iter().flat_map(|rule| rule.p_values.iter().zip(&row.q));
    FindingOut {
        id: finding.id.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity.name(),
        metric: finding.metric.clone(),
        scope: finding.scope.clone(),
        item: finding.item.clone(),
        state: json(finding.state),
        since: view.frame.calendar.label(finding.since),
        since_at_least: finding.since_at_least,
        title: said.title,
        say: said.say,
        evidence: values.map(|(column, value)| (column.name.to_owned(), json(value))).collect(),
        adjusted: adjusted.map(|(name, value)| (format!("q_{name}"), json(value))).collect(),
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

fn decisions(view: View<'_>) -> Vec<Value> {
    let decisions = view.story.now.decisions.iter();
    decisions
        .map(|decision| {
            let (what, risk) = decision_text(view, decision);
            object([
                ("id", json(&decision.id)),
                ("finding", json(&decision.finding)),
                ("metric", json(&decision.metric)),
                ("scope", json(&decision.scope)),
                ("what", json(what)),
                ("owner_role", json(&decision.owner_role)),
                ("due", json(decision.due.to_string())),
                ("at_stake", json(decision.at_stake)),
                ("at_stake_is", json("ceiling")),
                ("waiting_per_period", json(decision.waiting_per_period)),
                ("since", json(view.frame.calendar.label(decision.since))),
                ("since_at_least", json(decision.since_at_least)),
                ("coaching_minutes_since", json(decision.minutes_since)),
                ("risk", json(risk)),
                ("state", json(decision.state)),
            ])
        })
        .collect()
}

fn coaching(view: View<'_>) -> Value {
    let mut effects: Vec<(usize, &String, &Scope, Value)> = Vec::new();
    for (metric, scope, fact) in &view.story.now.facts {
        if let (Some(metric), crate::model::Fact::Effect(effect)) = (metric, fact) {
            effects.push((order(view.frame, Some(metric)), metric, scope, only(Some(effect), &EFFECT)));
        }
    }
    effects.sort_by_key(|(order, metric, scope, _)| (*order, *metric, *scope));
    let effects = effects.into_iter().map(|(_, metric, scope, effect)| {
        let mut entry =
            Map::from_iter([("metric".to_owned(), json(metric)), ("scope".to_owned(), json(scope))]);
        if let Value::Object(own) = effect {
            entry.extend(own);
        }
        hide_counts(&mut entry);
        Value::Object(entry)
    });
    minutes_and_effects(view.minutes(), effects.collect(), &view.story.may_add)
}

/// Counts that are not told are null, not zero.
fn hide_counts(effect: &mut Map<String, Value>) {
    for count in ["agents", "controls"] {
        if effect.get(count).and_then(Value::as_u64) == Some(0) {
            effect.insert(count.to_owned(), Value::Null);
        }
    }
}

fn minutes_and_effects(
    minutes: Option<&crate::model::Minutes>,
    effects: Vec<Value>,
    may_add: &[crate::model::MayAdd],
) -> Value {
    object([
        ("minutes", json(minutes.map(|m| m.minutes))),
        ("on_reachable", json(minutes.map(|m| m.on_reachable))),
        ("on_out_of_reach", json(minutes.map(|m| m.on_out_of_reach))),
        ("undetermined", json(minutes.map(|m| m.undetermined))),
        ("no_focus", json(minutes.map(|m| m.no_focus))),
        ("minutes_before", json(minutes.map(|m| m.minutes_before))),
        ("periods", json(minutes.map(|m| m.periods))),
        ("effects", Value::Array(effects)),
        ("may_add", json(may_add)),
    ])
}

fn data_quality(quality: &Quality, checks: &[&Check]) -> Value {
    const COUNTS: [&str; 9] =
        ["source", "read", "used", "filtered", "later", "rejected", "reasons", "unusable", "last_day"];
    let mut sources: Vec<_> = quality.sources.iter().collect();
    sources.sort_by_key(|source| source.source);
    let mut checks: Vec<&&Check> = checks.iter().collect();
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    let missing: BTreeMap<&String, &String> = quality.missing.iter().collect();
    object([
        ("sources", Value::Array(sources.into_iter().map(|source| only(Some(source), &COUNTS)).collect())),
        ("checks", json(checks)),
        ("missing", json(missing)),
    ])
}

fn not_judged(view: View<'_>) -> Vec<Value> {
    let mut entries: Vec<_> = view.story.now.not_judged.iter().collect();
    entries.sort_by(|a, b| (&a.rule, &a.metric, &a.scope).cmp(&(&b.rule, &b.metric, &b.scope)));
    let out = entries.into_iter().map(|entry| {
        object([
            ("rule", json(&entry.rule)),
            ("metric", json(&entry.metric)),
            ("scope", json(&entry.scope)),
            ("reason", json(entry.reason)),
            ("need", json(&entry.need)),
        ])
    });
    out.collect()
}

/// A metric's place in the plan.
fn order(frame: &Frame, metric: Option<&str>) -> usize {
    frame.metrics.iter().position(|m| Some(m.id.as_str()) == metric).unwrap_or(usize::MAX)
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Some keys of a fact, in this order; null where there is no fact.
fn only<T: Serialize>(fact: Option<&T>, keys: &[&str]) -> Value {
    let Some(fact) = fact else { return Value::Null };
    let Value::Object(mut all) = json(fact) else { return Value::Null };
    Value::Object(
        keys.iter().map(|key| ((*key).to_owned(), all.remove(*key).unwrap_or(Value::Null))).collect(),
    )
}

/// Any of our plain types as JSON. Numbers that are not finite are null, and zero has no sign.
fn json<T: Serialize>(value: T) -> Value {
    let mut value = serde_json::to_value(value).unwrap_or(Value::Null);
    unsigned_zero(&mut value);
    value
}

fn unsigned_zero(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.is_f64() => *value = Value::from(0.0),
        Value::Array(items) => items.iter_mut().for_each(unsigned_zero),
        Value::Object(entries) => entries.values_mut().for_each(unsigned_zero),
        _ => {}
    }
}

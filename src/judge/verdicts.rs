//! Step four: signals at one metric and scope become a verdict, with its probability, the ledger of
//! weights, and a word for how sure it is.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Gathered;
use crate::calendar::Period;
use crate::config::{Cap, Plan, VerdictRule, Weight};
use crate::model::{Confidence, Fact, Phrase, Scope, Signal, Verdict, VerdictId, WeightApplied, phrase};
use crate::sql::{Expression, Value};

/// A verdict's probability at a metric and scope, whether it was reached or not.
pub(crate) type Probabilities = BTreeMap<(String, Scope, VerdictId), f64>;

/// The least adjusted probability a verdict may stand on, and those of the words above `weak`.
const LEAST: f64 = 0.60;
const MODERATE: f64 = 0.80;
const STRONG: f64 = 0.90;

/// The signals at one metric and scope.
struct Place<'a> {
    metric: &'a str,
    scope: &'a Scope,
    signals: Vec<&'a Signal>,
    /// Signals about the data as a whole, which hold at every place.
    whole: &'a [&'a Signal],
}

impl Place<'_> {
    fn value(&self, name: &str) -> Value {
        let found = self.signals.iter().chain(self.whole).find(|signal| signal.name == name);
        found.and_then(|signal| signal.value).map_or(Value::Null, Value::Bool)
    }

    fn holds(&self, when: &Expression) -> Option<bool> {
        match when.evaluate(&|name: &str| self.value(name)) {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }
}

/// Verdicts for every metric and scope that has a signal some verdict uses.
pub(crate) fn reach(
    plan: &Plan,
    gathered: &Gathered,
    signals: &[Signal],
    period: Period,
) -> (Vec<Verdict>, Probabilities) {
    let used: BTreeSet<String> =
        plan.verdicts.iter().flat_map(|v| v.when.names()).map(|name| name.name).collect();
    let mut places: BTreeMap<(&str, &Scope), Vec<&Signal>> = BTreeMap::new();
    for signal in signals {
        if let Some(metric) = &signal.metric {
            places.entry((metric.as_str(), &signal.scope)).or_default().push(signal);
        }
    }
    let whole: Vec<&Signal> =
        signals.iter().filter(|signal| signal.metric.is_none() && signal.scope == Scope::Operation).collect();
    places.retain(|_, here| here.iter().any(|signal| used.contains(&signal.name)));
    let mut probabilities = Probabilities::new();
    let mut verdicts = Vec::new();
    for ((metric, scope), here) in places {
        let place = Place { metric, scope, signals: here, whole: &whole };
        for rule in &plan.verdicts {
            if let Some(p) = probability(plan, gathered, rule, &place) {
                probabilities.insert((metric.to_owned(), scope.clone(), rule.verdict), p);
            }
        }
        verdicts.push(verdict(plan, gathered, &place, &probabilities, period));
    }
    (verdicts, probabilities)
}

/// The evidence column a verdict names, at one place.
fn probability(plan: &Plan, gathered: &Gathered, rule: &VerdictRule, place: &Place<'_>) -> Option<f64> {
    let (id, column) = rule.probability.as_ref()?;
    let kind = plan.rule(id)?.kind;
    let at = kind.columns.iter().position(|c| c.name == column)?;
    let table = gathered.tables.iter().find(|table| table.rule == *id)?;
    let here = |(metric, scope, row): &&(Option<String>, Scope, crate::model::Row)| {
        metric.as_deref() == Some(place.metric) && scope == place.scope && row.item.is_none()
    };
    table.rows.iter().find(here)?.2.values.get(at)?.number()
}

/// False → the next one; true → this one; null → stop.
fn verdict(
    plan: &Plan,
    gathered: &Gathered,
    place: &Place<'_>,
    probabilities: &Probabilities,
    period: Period,
) -> Verdict {
    let mut verdict = blank(plan, place, period);
    for rule in &plan.verdicts {
        match place.holds(&rule.when) {
            Some(false) => {}
            Some(true) => {
                reached(plan, gathered, rule, place, probabilities, &mut verdict);
                return verdict;
            }
            None => {
                verdict.needs = needs(gathered, place, &rule.when);
                return verdict;
            }
        }
    }
    verdict.needs = needs_of_all(plan, gathered, place);
    verdict
}

fn blank(plan: &Plan, place: &Place<'_>, period: Period) -> Verdict {
    let order = |signal: &&&Signal| plan.rules.iter().position(|rule| rule.id == signal.rule);
    let mut signals: Vec<&&Signal> = place.signals.iter().collect();
    signals.sort_by_key(order);
    Verdict {
        metric: place.metric.to_owned(),
        scope: place.scope.clone(),
        verdict: VerdictId::NotEnoughEvidence,
        form: None,
        provisional: false,
        this_period_alone: VerdictId::NotEnoughEvidence,
        probability: None,
        adjusted: None,
        confidence: None,
        power_of_opposite: None,
        contact_types: Vec::new(),
        signals: signals.into_iter().map(|signal| (signal.name.clone(), signal.value)).collect(),
        why: Vec::new(),
        needs: Vec::new(),
        weights: Vec::new(),
        caveats: Vec::new(),
        runner_up: None,
        since: period,
        since_at_least: false,
    }
}

fn reached(
    plan: &Plan,
    gathered: &Gathered,
    rule: &VerdictRule,
    place: &Place<'_>,
    probabilities: &Probabilities,
    verdict: &mut Verdict,
) {
    let names: Vec<String> = rule.when.names().into_iter().map(|name| name.name).collect();
    let true_ones = place.signals.iter().filter(|s| s.value == Some(true) && names.contains(&s.name));
    verdict.why = true_ones.map(|signal| signal.rule.clone()).collect();
    let key = |id| (place.metric.to_owned(), place.scope.clone(), id);
    verdict.probability = probabilities.get(&key(rule.verdict)).copied();
    verdict.weights =
        plan.weights.iter().filter(|w| w.verdict == rule.verdict).filter_map(|w| weigh(w, place)).collect();
    verdict.adjusted = verdict.probability.map(|p| adjust(p, &verdict.weights));
    let adjusted = verdict.adjusted.unwrap_or(1.0);
    if adjusted < LEAST {
        verdict.needs = vec![phrase!("need-agreement")];
        return;
    }
    verdict.verdict = rule.verdict;
    verdict.this_period_alone = rule.verdict;
    verdict.form = form(rule, place);
    verdict.confidence = confidence(plan, rule.verdict, verdict, place);
    verdict.power_of_opposite = power(gathered, rule.verdict, place);
    verdict.contact_types = carriers(gathered, rule.verdict, place);
    let others = VerdictId::ALL.into_iter().filter(|id| *id != rule.verdict);
    let ranked = others.filter_map(|id| Some((id, *probabilities.get(&key(id))?)));
    verdict.runner_up = ranked.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(id, _)| id);
}

fn weigh(weight: &Weight, place: &Place<'_>) -> Option<WeightApplied> {
    let holds = place.holds(&weight.when) == Some(true);
    holds.then(|| WeightApplied { when: weight.when.text().to_owned(), log_odds: weight.log_odds })
}

/// Log-odds of the data's probability, clipped to .02–.98, plus the weights.
fn adjust(probability: f64, weights: &[WeightApplied]) -> f64 {
    if weights.is_empty() {
        return probability;
    }
    let p = probability.clamp(0.02, 0.98);
    let odds = (p / (1.0 - p)).ln() + weights.iter().map(|w| w.log_odds).sum::<f64>();
    1.0 / (1.0 + (-odds).exp())
}

fn form(rule: &VerdictRule, place: &Place<'_>) -> Option<String> {
    let fits = |when: &Option<Expression>| when.as_ref().is_none_or(|when| place.holds(when) == Some(true));
    rule.forms.iter().find(|(_, when)| fits(when)).map(|(id, _)| id.clone())
}

fn word(probability: f64) -> Confidence {
    if probability >= STRONG {
        Confidence::Strong
    } else if probability >= MODERATE {
        Confidence::Moderate
    } else {
        Confidence::Weak
    }
}

/// The word of the adjusted probability, at most one step from the data's own, under every cap that holds.
fn confidence(plan: &Plan, id: VerdictId, verdict: &mut Verdict, place: &Place<'_>) -> Option<Confidence> {
    let own = word(verdict.probability?);
    let moved = verdict.adjusted.map_or(own, word);
    let mut said = match (own, moved) {
        (Confidence::Weak, Confidence::Strong) | (Confidence::Strong, Confidence::Weak) => {
            Confidence::Moderate
        }
        (_, moved) => moved,
    };
    let meant = |cap: &&Cap| cap.verdict.is_none_or(|of| of == id) && place.holds(&cap.when) == Some(true);
    for cap in plan.caps.iter().filter(meant) {
        verdict.caveats.push(cap.because.clone());
        said = said.min(cap.at_most);
    }
    Some(said)
}

/// From evidence: the column `power_of_opposite` of whatever kind offers it here.
fn power(gathered: &Gathered, id: VerdictId, place: &Place<'_>) -> Option<f64> {
    if id != VerdictId::Structural {
        return None;
    }
    gathered.tables.iter().find_map(|table| {
        let at = table.columns.iter().position(|column| column.name == "power_of_opposite")?;
        let here = |(metric, scope, row): &&(Option<String>, Scope, crate::model::Row)| {
            metric.as_deref() == Some(place.metric) && scope == place.scope && row.item.is_none()
        };
        table.rows.iter().find(here)?.2.values[at].number()
    })
}

/// The contact types that carry the gap, where it is concentrated or judged by type.
fn carriers(gathered: &Gathered, id: VerdictId, place: &Place<'_>) -> Vec<String> {
    if !matches!(id, VerdictId::Structural | VerdictId::Mixed | VerdictId::Behavioural) {
        return Vec::new();
    }
    let here = |(metric, scope, _): &&(Option<String>, Scope, Fact)| {
        metric.as_deref() == Some(place.metric) && scope == place.scope
    };
    let facts = gathered.facts.iter().filter(here);
    let mut concentrated = facts.filter_map(|(_, _, fact)| match fact {
        Fact::Breakdown(breakdown) if breakdown.concentrated => Some(breakdown.carriers.clone()),
        _ => None,
    });
    concentrated.next().unwrap_or_default()
}

/// What is missing: the null signals behind a predicate, and what their rules said they need.
fn needs(gathered: &Gathered, place: &Place<'_>, when: &Expression) -> Vec<Phrase> {
    let names = when.nulls_behind(&|name: &str| place.value(name));
    let rules = place.signals.iter().filter(|s| names.contains(&s.name)).map(|s| s.rule.as_str());
    said_needs(gathered, place, &rules.collect::<Vec<_>>())
}

fn needs_of_all(plan: &Plan, gathered: &Gathered, place: &Place<'_>) -> Vec<Phrase> {
    let names: BTreeSet<String> = plan.verdicts.iter().flat_map(|v| v.when.names()).map(|n| n.name).collect();
    let unknown = place.signals.iter().filter(|s| s.value.is_none() && names.contains(&s.name));
    let mut needs = said_needs(gathered, place, &unknown.map(|s| s.rule.as_str()).collect::<Vec<_>>());
    if needs.is_empty() {
        needs.extend(open_question(gathered, place));
    }
    needs
}

/// The kinds' own words for what would settle an open question.
fn open_question(gathered: &Gathered, place: &Place<'_>) -> Option<Phrase> {
    gathered.tables.iter().find_map(|table| {
        let at = table.columns.iter().position(|column| column.name == "needed")?;
        let here = |(metric, scope, row): &&(Option<String>, Scope, crate::model::Row)| {
            metric.as_deref() == Some(place.metric) && scope == place.scope && row.item.is_none()
        };
        match &table.rows.iter().find(here)?.2.values[at] {
            crate::model::Value::Phrase(phrase) => Some(phrase.clone()),
            crate::model::Value::Text(text) => Some(Phrase::as_is(text)),
            _ => None,
        }
    })
}

fn said_needs(gathered: &Gathered, place: &Place<'_>, rules: &[&str]) -> Vec<Phrase> {
    let mut needs: Vec<Phrase> = Vec::new();
    for one in &gathered.not_judged {
        let here = one.metric.as_deref() == Some(place.metric) && one.scope == *place.scope;
        if here && rules.contains(&one.rule.as_str()) && !needs.contains(&one.need) {
            needs.push(one.need.clone());
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_multiply_the_odds() {
        let weights = [WeightApplied { when: "x".into(), log_odds: 1.0 }];
        let p = adjust(0.5, &weights);
        assert!((p / (1.0 - p) - std::f64::consts::E).abs() < 1e-12);
        assert!((adjust(0.83, &[]) - 0.83).abs() < 1e-15);
    }
}

//! A back-test as JSON, in the form the module's paragraph describes.

use serde_json::{Value, json};

use super::differences::{Other, summary};
use super::text::span;
use super::{Backtest, Budget, Comparison, PeriodTold, SCHEMA};

/// The whole document.
pub fn json(
    backtest: &Backtest,
    budget: Option<&Budget>,
    against: Option<(&Other<'_>, &Comparison)>,
) -> Value {
    json!({
        "schema": SCHEMA,
        "client": backtest.client,
        "grain": backtest.grain,
        "as_if": "today's rules and data",
        "periods": backtest.periods.iter().map(period).collect::<Vec<_>>(),
        "rules": backtest.rules,
        "changes": backtest.changes,
        "held_back": backtest.held_back,
        "budget": budget,
        "against": against.map(|(other, comparison)| comparison_of(backtest, other, comparison)),
    })
}

fn period(one: &PeriodTold) -> Value {
    json!({
        "label": one.label,
        "start": one.start,
        "end": one.end,
        "withheld": one.withheld,
        "short_history": one.short_history,
        "new": one.in_state("new"),
        "worse": one.in_state("worse"),
        "resolved": one.resolved.len(),
        "waived": one.in_state("waived"),
        "raised": one.raised(),
        "findings": one.findings,
        "verdicts": one.verdicts,
        "decisions": one.decisions,
    })
}

fn comparison_of(backtest: &Backtest, other: &Other<'_>, comparison: &Comparison) -> Value {
    json!({
        "other": other.name,
        "data": if other.read_once { "read-once" } else { "read-twice" },
        "summary": format!("in {}: {}", span(backtest), summary(comparison)),
        "budget": other.budget,
        "findings": comparison.findings,
        "verdicts": comparison.verdicts,
        "decisions": comparison.decisions,
    })
}

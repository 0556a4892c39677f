//! What a rule set would have said, period by period: how often each rule fires, which verdicts changed, and whether
//! it is quiet enough. Nothing is decided here: [`crate::judge::replay`] tells each period as its own run would, and
//! what is counted is what the reports show. Checks of the data count all rows that were read. Plain data; `text`
//! writes it for people, and as JSON (`gapwise/backtest/1`) it reads:
//!
//! ```json
//! { "schema": "gapwise/backtest/1", "client": "…", "grain": "week", "as_if": "today's rules and data",
//!   "periods": [ {"label": "2026-W46", "start": "…", "end": "…", "withheld": null, "short_history": false,
//!      "new": 1, "worse": 0, "resolved": 0, "waived": 0, "raised": 1,
//!      "findings": [ {"id": "…", "rule": "…", "severity": "high", "metric": "fcr", "scope": {"level": "operation"},
//!         "item": null, "state": "new", "title": "…", "say": "…"} ],
//!      "verdicts": [ {"metric": "fcr", "scope": {}, "verdict": "structural", "form": null, "provisional": false,
//!         "this_period_alone": "mixed", "before": "structural"} ],
//!      "decisions": [ {"id": "…", "what": "…", "owner_role": "…", "state": "asked"} ] } ],
//!   "rules": [ {"id": "…", "kind": "gap", "speaks": true, "severity": "high", "answers": "..##.#?#", "fired": 4,
//!      "of": 8, "raised": 2, "needs": null} ],
//!   "changes": [ {"period": "2026-W44", "metric": "fcr", "scope": {}, "from": "mixed", "to": "structural"} ],
//!   "held_back": [ {"period": "…", "metric": "…", "scope": {}, "in_force": "mixed", "this_period_alone": "no-gap"} ],
//!   "budget": {"max_per_period": 5, "periods_over": [ {"label": "…", "raised": 9, "rules": [["gap", 6]]} ]},
//!   "against": null }
//! ```
//!
//! `answers` has a sign a period: `#` fired, `.` silent, `?` cannot tell, `-` no report. A rule that speaks fires
//! where a finding of it is in force; another where its signal is true in a place that is shown. `raised` are the
//! findings of the noise budget: new or worse, neither waived nor of severity `info`. `of` counts the periods with a
//! report; `before` was in force the period before, null where that is not known; `periods_over` lists the loudest
//! first, `budget` is null where none is asked for. `against` is described
//! at [`Comparison`].

mod against;
mod budget;
mod differences;
mod json;
mod lists;
mod rules;
mod text;
mod told;

use serde::Serialize;

pub use against::{Changed, Comparison, Difference, How, compare, reads_the_same};
pub use budget::{Budget, Over, budget};
pub use differences::{Other, comparison};
pub use json::json;
pub use rules::{Answer, RuleRow};
pub use text::{Detail, text};
pub use told::{DecisionSaid, FindingSaid, PeriodTold, VerdictSaid};

use crate::calendar::{Grain, Period};
use crate::config::Plan;
use crate::cube::{Cube, Data};
use crate::judge;
use crate::model::{Scope, SourceId, VerdictId};

/// The schema's name.
pub const SCHEMA: &str = "gapwise/backtest/1";

/// A rule set over several periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    pub client: String,
    /// `week`, `day` or `month`.
    pub grain: &'static str,
    /// Oldest first.
    pub periods: Vec<PeriodTold>,
    /// In the plan's order.
    pub rules: Vec<RuleRow>,
    /// Changes of the verdict in force, oldest first.
    pub changes: Vec<VerdictChange>,
    /// Where a period alone would have said something else than what was in force.
    pub held_back: Vec<HeldBack>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictChange {
    pub period: String,
    pub metric: String,
    pub scope: Scope,
    pub from: VerdictId,
    pub to: VerdictId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldBack {
    pub period: String,
    pub metric: String,
    pub scope: Scope,
    pub in_force: VerdictId,
    pub this_period_alone: VerdictId,
}

/// Tells the last `periods` periods up to `last`. `data` reaches back to what the first of them asks for.
/// `only` names the rules to look at; empty = all.
pub fn backtest(plan: &Plan, data: &Data, last: Period, periods: i32, only: &[String]) -> Backtest {
    let begin = data.cube(SourceId::Contacts).and_then(Cube::span).map(|(first, _)| first);
    let mut told = Vec::new();
    let mut answers = Vec::new();
    for (at, one) in judge::replay(plan, data, (last.shift(1 - periods), last)) {
        let (period, of_rules) = told::period(plan, at, &one, begin);
        told.push(period);
        answers.push(of_rules);
    }
    if !only.is_empty() {
        for period in &mut told {
            period.keep(only);
        }
    }
    told::look_back(&mut told);
    let mut rules = rules::rows(plan, &told, &answers);
    rules.retain(|row| only.is_empty() || only.contains(&row.id));
    Backtest {
        client: plan.client.clone(),
        grain: grain(plan),
        changes: changes(&told),
        held_back: held_back(&told),
        periods: told,
        rules,
    }
}

impl Backtest {
    /// Periods with a report.
    pub fn judged(&self) -> impl Iterator<Item = &PeriodTold> {
        self.periods.iter().filter(|period| period.withheld.is_none())
    }
}

fn grain(plan: &Plan) -> &'static str {
    match plan.calendar.grain {
        Grain::Week { .. } => "week",
        Grain::Day => "day",
        Grain::Month => "month",
    }
}

fn changes(told: &[PeriodTold]) -> Vec<VerdictChange> {
    let all = told.iter().flat_map(|period| period.verdicts.iter().map(move |now| (period, now)));
    let changed = all.filter_map(|(period, now)| {
        let from = now.before.filter(|before| *before != now.verdict)?;
        Some(VerdictChange {
            period: period.label.clone(),
            metric: now.metric.clone(),
            scope: now.scope.clone(),
            from,
            to: now.verdict,
        })
    });
    changed.collect()
}

fn held_back(told: &[PeriodTold]) -> Vec<HeldBack> {
    let all = told.iter().flat_map(|period| period.verdicts.iter().map(move |now| (period, now)));
    let held = all.filter(|(_, now)| now.verdict != now.this_period_alone);
    held.map(|(period, now)| HeldBack {
        period: period.label.clone(),
        metric: now.metric.clone(),
        scope: now.scope.clone(),
        in_force: now.verdict,
        this_period_alone: now.this_period_alone,
    })
    .collect()
}

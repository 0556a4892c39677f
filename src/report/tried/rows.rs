//! One row of evidence under a predicate: its values with their units, the steps, and what would turn the answer.

use super::{LimitView, RowView, Seen, TurnView, ValueView};
use crate::config::Amount;
use crate::judge::TriedRow;
use crate::model::{Column, ColumnUnit, Finding, FindingState, Metric, Row, Value};
use crate::report::frame::say_amount;
use crate::report::page::said;
use crate::report::trace::{self, short};
use crate::words;

impl Seen<'_> {
    /// A row; `shown` is the same one as a report shows it.
    pub(super) fn row(&self, tried: &TriedRow, shown: &Row) -> RowView {
        let metric = tried.metric.as_deref().and_then(|id| self.plan.metric(id));
        let calendar = &self.plan.calendar;
        let thresholds = self.limits(tried, metric);
        let turn = self.turn(tried, metric, &thresholds);
        let is_whole = self.withheld(&tried.row, shown).is_empty();
        let is_said = self.rule.title.is_some() && is_whole;
        let words = is_said.then(|| said(self.view, &self.finding(tried, shown)));
        let (title, say) = words.map_or((None, None), |words| (Some(words.title), Some(words.say)));
        RowView {
            item: shown.item.clone(),
            answer: tried.value(),
            n: shown.n,
            agents: Some(shown.agents).filter(|agents| *agents > 0),
            first_day: calendar.start(shown.window.0).to_string(),
            last_day: calendar.end(shown.window.1).to_string(),
            evidence: self.evidence(shown, metric),
            steps: trace::steps(&tried.trace),
            empty: tried.nulls.iter().map(|name| self.column_doc(name)).collect(),
            distance: turn.as_ref().map_or(f64::INFINITY, |(distance, _)| *distance),
            turn: turn.map(|(_, turn)| turn),
            thresholds,
            title,
            say: say.filter(|say| !say.is_empty()),
            waived: self.waived(tried),
        }
    }

    /// Names of what a report does not show of a row as it is, since it is about few people.
    pub(super) fn withheld(&self, row: &Row, shown: &Row) -> Vec<String> {
        let kind = self.rule.kind;
        let values = kind.columns.iter().zip(row.values.iter().zip(&shown.values));
        let columns =
            values.filter(|(_, (own, shown))| own != shown).map(|(column, _)| column.name.to_owned());
        let chances = kind.p_values.iter().map(|name| format!("q_{name}"));
        let agents = (row.agents != shown.agents).then(|| "agents".to_owned());
        columns.chain(chances.filter(|_| row.q != shown.q)).chain(agents).collect()
    }

    /// The kind's columns and `q_…` beside its p-values, those the predicate uses first.
    fn evidence(&self, row: &Row, metric: Option<&Metric>) -> Vec<ValueView> {
        let kind = self.rule.kind;
        let used: Vec<String> = self.rule.when.names().into_iter().map(|name| name.name).collect();
        let own = kind
            .columns
            .iter()
            .zip(&row.values)
            .map(|(column, value)| (column.name.to_owned(), value, column.unit, column.doc.to_owned()));
        let adjusted = kind.p_values.iter().zip(&row.q).map(|(name, value)| {
            let doc = format!("`{name}`, the number of questions asked accounted for.");
            (format!("q_{name}"), value, ColumnUnit::Probability, doc)
        });
        let mut all: Vec<ValueView> = own
            .chain(adjusted)
            .map(|(name, value, unit, doc)| ValueView {
                used: used.contains(&name),
                said: words::format_value(value, unit, metric, self.view.locale()),
                unit: format!("{unit:?}").to_lowercase(),
                value: value.clone(),
                name,
                doc,
            })
            .collect();
        all.sort_by_key(|value| used.iter().position(|name| *name == value.name).unwrap_or(usize::MAX));
        all
    }

    fn limits(&self, tried: &TriedRow, metric: Option<&Metric>) -> Vec<LimitView> {
        let limits = self.rule.limits_for(metric, &tried.scope, tried.row.item.as_deref());
        let view = |limit: crate::config::Limit<'_>| {
            let (amount, value) = (limit.threshold.amount, limit.threshold.amount.resolve(metric));
            LimitView {
                name: limit.threshold.name.clone(),
                value,
                said: self.amount(amount, value, metric),
                set_in: limit.threshold.origin.to_string(),
                overridden: limit.by.map(|by| by.why.clone()),
            }
        };
        limits.into_iter().map(view).collect()
    }

    fn amount(&self, amount: Amount, value: f64, metric: Option<&Metric>) -> String {
        match amount {
            Amount::Bare(_) => short(value),
            _ => say_amount(amount, value, metric, self.view.locale()),
        }
    }

    /// The threshold that turns the answer with the least change in proportion, and that change.
    fn turn(
        &self,
        tried: &TriedRow,
        metric: Option<&Metric>,
        thresholds: &[LimitView],
    ) -> Option<(f64, TurnView)> {
        let to = !tried.value()?;
        let limits = self.rule.limits_for(metric, &tried.scope, tried.row.item.as_deref());
        let turns = limits.iter().zip(thresholds).filter_map(|(limit, in_force)| {
            let at = tried.turns_at(self.rule, &in_force.name)?;
            let turn = TurnView {
                threshold: in_force.name.replace('_', "-"),
                to,
                at,
                said: self.amount(limit.threshold.amount, at, metric),
                in_force: in_force.said.clone(),
                side: if at < in_force.value { "or less" } else { "or more" },
            };
            Some(((at - in_force.value).abs() / at.abs().max(in_force.value.abs()), turn))
        });
        turns.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// `sd_low: Lower end of the interval.`
    fn column_doc(&self, name: &str) -> String {
        let plain = name.strip_prefix("q_").unwrap_or(name);
        let column = self.rule.kind.columns.iter().find(|column: &&Column| column.name == plain);
        column.map_or_else(|| name.to_owned(), |column| format!("{name}: {}", column.doc))
    }

    fn waived(&self, tried: &TriedRow) -> Option<String> {
        let own = |finding: &&Finding| {
            finding.metric == tried.metric && finding.scope == tried.scope && finding.item == tried.row.item
        };
        let (until, why, owner) = self.tried.findings.iter().find(own)?.waived.as_ref()?;
        let of =
            |one: &&crate::config::Waiver| one.rule == self.rule.id && one.until == *until && one.why == *why;
        let place = self.plan.waivers.iter().find(of).map(|one| format!(" ({})", one.origin));
        Some(format!("until {until} by {owner}: {why}{}", place.unwrap_or_default()))
    }

    /// What the row would be said as, whether it fired or not.
    fn finding(&self, tried: &TriedRow, shown: &Row) -> Finding {
        Finding {
            id: String::new(),
            rule: self.rule.id.clone(),
            severity: self.rule.severity,
            metric: tried.metric.clone(),
            scope: tried.scope.clone(),
            item: shown.item.clone(),
            state: FindingState::New,
            since: self.tried.period,
            since_at_least: false,
            columns: self.rule.kind.columns,
            row: shown.clone(),
            thresholds: tried.thresholds.clone(),
            waived: None,
        }
    }
}

impl ValueView {
    /// The number behind what is said.
    pub(super) fn raw(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Number(number) => short(*number),
            Value::Flag(flag) => flag.to_string(),
            Value::Text(_) | Value::Phrase(_) => String::new(),
        }
    }
}

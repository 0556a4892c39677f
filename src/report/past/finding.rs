//! A finding: the evidence it fired on, its condition in numbers, and what has changed since.

use serde_json::{Map, Value as Json};

use super::{Past, plain, scope_of, since, step_lines, strings, text};
use crate::config::Rule;
use crate::model::{ColumnUnit, Metric, Value};
use crate::report::lines::columns;
use crate::report::trace::short;
use crate::sql::{self, Expression};
use crate::words;

impl Past<'_> {
    pub(super) fn finding(&self, finding: &Json) -> Vec<String> {
        let rule = self.plan.rule(text(finding, "rule"));
        let mut lines = vec![format!("{} {}", text(finding, "id"), self.label())];
        lines.extend(
            [text(finding, "title"), text(finding, "say")]
                .iter()
                .filter(|said| !said.is_empty())
                .map(ToString::to_string),
        );
        lines.extend([
            String::new(),
            format!(
                "rule {}, severity {}, {}",
                text(finding, "rule"),
                text(finding, "severity"),
                since(finding)
            ),
        ]);
        lines.push(format!("about {}", self.about(finding)));
        lines.extend(self.evidence(finding, rule));
        let when = condition(finding, rule);
        match &when {
            Some(when) => {
                lines.push("the condition, step by step".to_owned());
                lines.extend(step_lines(when, &|name| then(finding, name)));
            }
            None => lines
                .push("this report does not hold its condition, and the rule is no longer there".to_owned()),
        }
        lines.extend(limits(finding));
        lines.push(String::new());
        lines.extend(self.since_then(finding, rule));
        lines.extend(strings(finding, "observe").map(|one| format!("to observe: {one}")));
        lines.extend(
            Some(text(finding, "change_our_mind"))
                .filter(|one| !one.is_empty())
                .map(|one| format!("would change our mind: {one}")),
        );
        lines
    }

    fn evidence(&self, finding: &Json, rule: Option<&Rule>) -> Vec<String> {
        let metric = self.plan.metric(text(finding, "metric"));
        let n = finding.get("n").and_then(Json::as_u64).map(|n| format!(": {n} rows"));
        let agents = finding.get("agents").and_then(Json::as_u64).map(|n| format!(", {n} agents"));
        let days =
            finding.get("window").map(|days| format!(", {} to {}", text(days, "start"), text(days, "end")));
        let head = [n, agents, days].into_iter().flatten().collect::<String>();
        let values = ["evidence", "adjusted"].into_iter().filter_map(|key| finding.get(key)?.as_object());
        let rows: Vec<Vec<String>> =
            values.flatten().map(|(name, value)| self.value(name, value, metric, rule)).collect();
        std::iter::once(format!("evidence{head}")).chain(columns(&rows)).collect()
    }

    fn value(&self, name: &str, value: &Json, metric: Option<&Metric>, rule: Option<&Rule>) -> Vec<String> {
        let own = rule.and_then(|rule| rule.kind.columns.iter().find(|column| column.name == name));
        let unit = own.map_or(
            if name.starts_with("q_") { ColumnUnit::Probability } else { ColumnUnit::Plain },
            |own| own.unit,
        );
        let said = words::format_value(&model(value), unit, metric, &self.locale);
        let raw =
            value.as_f64().map_or_else(|| if value.is_null() { "null".into() } else { String::new() }, short);
        let raw = if raw == said { String::new() } else { raw };
        vec![name.to_owned(), said, raw, own.map(|own| own.doc.to_owned()).unwrap_or_default()]
    }

    /// What of the rule is no longer as it was, and whether that would change the answer on the same evidence.
    fn since_then(&self, finding: &Json, rule: Option<&Rule>) -> Vec<String> {
        let id = text(finding, "rule");
        let Some(rule) = rule else {
            let off = self.plan.disabled.iter().find(|one| one.rule == id);
            let why = off.map(|off| format!(": disabled in {}: {}", off.origin, off.why)).unwrap_or_default();
            return vec![format!("since then: `{id}` is no rule in force any more{why}")];
        };
        let now = self.limits_now(finding, rule);
        let mut changed: Vec<String> = Vec::new();
        let stored = text(finding, "when");
        if !stored.is_empty() && stored != rule.when.text() {
            changed.push(format!(
                "since then: the condition was changed to `{}` ({})",
                rule.when.text(),
                rule.origin
            ));
        }
        for (name, value, set_in) in &now {
            let before =
                finding["thresholds"].get(name).and_then(|one| one.get("value")).and_then(Json::as_f64);
            if before.is_some_and(|before| (before - value).abs() > 1e-12 * value.abs()) {
                let before = before.map(short).unwrap_or_default();
                changed
                    .push(format!("since then: `{name}` was {before} and is {} ({set_in})", short(*value)));
            }
        }
        if finding.get("thresholds").is_none() {
            changed.push(
                "this report is of a version that did not keep its thresholds; today's are shown".to_owned(),
            );
        }
        let lookup = |name: &str| {
            let limit =
                now.iter().find(|(own, _, _)| own == name).map(|(_, value, _)| sql::Value::Number(*value));
            limit.unwrap_or_else(|| then(finding, name))
        };
        if changed.is_empty() {
            return vec![format!("since then: nothing changed; the rule is in {}", rule.origin)];
        }
        let verb = match rule.when.evaluate(&lookup) {
            sql::Value::Bool(true) => "today's rule says the same of this evidence",
            sql::Value::Bool(false) => "today's rule would not fire on this evidence",
            _ => "today's rule cannot tell from this evidence",
        };
        changed.push(verb.to_owned());
        changed.extend(step_lines(&rule.when, &lookup));
        changed
    }

    /// Today's thresholds at a finding's place: name, value, where it is set.
    fn limits_now(&self, finding: &Json, rule: &Rule) -> Vec<(String, f64, String)> {
        let metric = self.plan.metric(text(finding, "metric"));
        let scope = scope_of(finding);
        let limits = rule.limits_for(metric, &scope, finding.get("item").and_then(Json::as_str)).into_iter();
        let one = |limit: crate::config::Limit<'_>| {
            let own = limit.threshold;
            (own.name.clone(), own.amount.resolve(metric), own.origin.to_string())
        };
        limits.map(one).collect()
    }
}

/// The condition as it was, or today's where the report does not hold it.
fn condition(finding: &Json, rule: Option<&Rule>) -> Option<Expression> {
    let stored = text(finding, "when");
    if stored.is_empty() { rule.map(|rule| rule.when.clone()) } else { sql::parse(stored).ok() }
}

/// A name's value when the report was made.
fn then(finding: &Json, name: &str) -> sql::Value {
    let own = |key: &str| finding.get(key)?.get(name).map(plain);
    let limit = || finding.get("thresholds")?.get(name)?.get("value").map(plain);
    let count = || ["n", "agents"].contains(&name).then(|| finding.get(name).map(plain)).flatten();
    own("evidence").or_else(|| own("adjusted")).or_else(limit).or_else(count).unwrap_or(sql::Value::Null)
}

fn limits(finding: &Json) -> Vec<String> {
    let none = Map::new();
    let all = finding.get("thresholds").and_then(Json::as_object).unwrap_or(&none);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|(name, limit)| {
            let value = limit.get("value").and_then(Json::as_f64).map(short).unwrap_or_default();
            vec![name.clone(), text(limit, "said").to_owned(), value, text(limit, "set_in").to_owned()]
        })
        .collect();
    let head = (!rows.is_empty()).then(|| "thresholds then".to_owned());
    head.into_iter().chain(columns(&rows)).collect()
}

fn model(value: &Json) -> Value {
    match plain(value) {
        sql::Value::Bool(flag) => Value::Flag(flag),
        sql::Value::Number(number) => Value::Number(number),
        sql::Value::Text(text) => Value::Text(text),
        sql::Value::Null => Value::Null,
    }
}

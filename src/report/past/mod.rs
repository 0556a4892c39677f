//! What a published report said, explained from its own `findings.json`: the evidence as it was, the condition step
//! by step, and what of the rule has changed since. Nothing is judged again.

mod finding;
mod verdict;

use serde_json::Value as Json;

use super::lines::columns;
use super::trace::steps;
use crate::config::Plan;
use crate::diag::way_out;
use crate::model::Scope;
use crate::sql::{self, Expression};
use crate::words::{self, Locale};
use verdict::verdict_id;

/// The page of a finding, a verdict (`fcr/verdict/operation`) or a decision; the error names the nearest ids.
pub fn explain(plan: &Plan, report: &Json, id: &str) -> Result<String, String> {
    let past = Past { plan, report, locale: plan.locale.clone() };
    let of = |list: &str| past.list(list).iter().find(|one| text(one, "id") == id);
    if let Some(finding) = of("findings") {
        return Ok(past.finding(finding).join("\n"));
    }
    if let Some(verdict) = past.list("verdicts").iter().find(|one| verdict_id(one) == id) {
        return Ok(past.verdict(verdict, id).join("\n"));
    }
    if let Some(decision) = of("decisions") {
        return Ok(past.decision(decision).join("\n"));
    }
    let own = |list: &str| past.list(list).iter().map(|one| text(one, "id").to_owned()).collect::<Vec<_>>();
    let verdicts = past.list("verdicts").iter().map(verdict_id);
    let ids: Vec<String> = own("findings").into_iter().chain(own("decisions")).chain(verdicts).collect();
    let known = way_out(id, ids.iter().map(String::as_str));
    Err(format!("the report of {} has no `{id}`; {known}", past.label()))
}

/// A report seen through the plan in force.
struct Past<'a> {
    plan: &'a Plan,
    report: &'a Json,
    locale: Locale,
}

impl Past<'_> {
    fn list(&self, name: &str) -> &[Json] {
        self.report.get(name).and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    fn label(&self) -> &str {
        self.report.pointer("/period/label").and_then(Json::as_str).unwrap_or_default()
    }

    fn about(&self, one: &Json) -> String {
        let metric = one.get("metric").and_then(Json::as_str).map(|id| match self.plan.metric(id) {
            Some(metric) if metric.label != id => format!("{} ({id})", words::shortened(&metric.label)),
            _ => id.to_owned(),
        });
        let scope = match (text(&one["scope"], "level"), text(&one["scope"], "name")) {
            ("operation", _) => "the operation".to_owned(),
            (level, name) => format!("{level} {name}"),
        };
        let item = one.get("item").and_then(Json::as_str).map(str::to_owned);
        metric.into_iter().chain([scope]).chain(item).collect::<Vec<_>>().join(", ")
    }
}

fn scope_of(one: &Json) -> Scope {
    let name = || text(&one["scope"], "name").to_owned();
    match text(&one["scope"], "level") {
        "operation" => Scope::Operation,
        "team" => Scope::Team(name()),
        "contact-type" => Scope::ContactType(name()),
        dimension => Scope::Segment { dimension: dimension.to_owned(), name: name() },
    }
}

fn step_lines(when: &Expression, lookup: &dyn Fn(&str) -> sql::Value) -> Vec<String> {
    let steps = steps(&when.trace(lookup)).into_iter();
    let rows: Vec<Vec<String>> = steps.map(|step| vec![step.text, step.with, step.value]).collect();
    columns(&rows)
}

/// `ongoing since 2026-W40 or earlier`.
fn since(one: &Json) -> String {
    let earlier =
        if one.get("since_at_least").and_then(Json::as_bool) == Some(true) { " or earlier" } else { "" };
    let state = one.get("state").and_then(Json::as_str).filter(|_| one.get("rule").is_some());
    let state = state.map(|state| format!("{state}, ")).unwrap_or_default();
    format!("{state}since {}{earlier}", text(one, "since"))
}

fn text<'j>(one: &'j Json, key: &str) -> &'j str {
    one.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn strings<'j>(one: &'j Json, key: &str) -> impl Iterator<Item = &'j str> {
    one.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

fn plain(value: &Json) -> sql::Value {
    match value {
        Json::Bool(flag) => sql::Value::Bool(*flag),
        Json::Number(number) => number.as_f64().map_or(sql::Value::Null, sql::Value::Number),
        Json::String(text) => sql::Value::Text(text.clone()),
        _ => sql::Value::Null,
    }
}

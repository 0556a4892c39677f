//! A verdict and a decision: which predicates were true on the signals of then, and what is asked of whom.

use serde_json::Value as Json;

use super::{Past, plain, scope_of, since, step_lines, strings, text};
use crate::judge::finding_id;
use crate::model::ColumnUnit;
use crate::sql;
use crate::words;

impl Past<'_> {
    pub(super) fn verdict(&self, verdict: &Json, id: &str) -> Vec<String> {
        let form =
            verdict.get("form").and_then(Json::as_str).map(|form| format!(", {form}")).unwrap_or_default();
        let mut lines = vec![
            format!("{id} {}", self.label()),
            format!("{}{form}, {}", text(verdict, "verdict"), since(verdict)),
        ];
        lines.push(format!("about {}", self.about(verdict)));
        if let Some(sure) = verdict.get("confidence").and_then(Json::as_str) {
            let of = |p| words::format(p, ColumnUnit::Probability, None, &self.locale);
            let probability =
                verdict.get("probability").and_then(Json::as_f64).map(|p| format!(", probability {}", of(p)));
            lines.push(format!("confidence {sure}{}", probability.unwrap_or_default()));
        }
        if text(verdict, "verdict") != text(verdict, "this_period_alone") {
            lines.push(format!(
                "held from earlier periods; this one alone would say {}",
                text(verdict, "this_period_alone")
            ));
        }
        lines.extend(strings(verdict, "needs").map(|need| format!("needs {need}")));
        lines.extend(strings(verdict, "caveats").map(|caveat| format!("caveat: {caveat}")));
        lines.push("verdicts in the order they are tried, on the signals of then".to_owned());
        for rule in &self.plan.verdicts {
            let lookup = |name: &str| verdict["signals"].get(name).map_or(sql::Value::Null, plain);
            lines.push(format!("  {} ({})", rule.verdict.name(), rule.origin));
            lines.extend(step_lines(&rule.when, &lookup));
            if rule.when.evaluate(&lookup) != sql::Value::Bool(false) {
                break;
            }
        }
        lines
    }

    pub(super) fn decision(&self, decision: &Json) -> Vec<String> {
        let mut lines =
            vec![format!("{} {}", text(decision, "id"), self.label()), text(decision, "what").to_owned()];
        lines.push(format!("about {}", self.about(decision)));
        lines.push(format!(
            "{}: {}, due {}, {}",
            text(decision, "state"),
            text(decision, "owner_role"),
            text(decision, "due"),
            since(decision)
        ));
        lines.extend(
            Some(text(decision, "risk")).filter(|risk| !risk.is_empty()).map(|risk| format!("risk: {risk}")),
        );
        let same = |one: &&Json| one["metric"] == decision["metric"] && one["scope"] == decision["scope"];
        let verdict = self.list("verdicts").iter().find(same).map(verdict_id);
        let finding = decision.get("finding").and_then(Json::as_str).map(str::to_owned);
        lines.extend(finding.into_iter().chain(verdict).map(|id| format!("rests on {id}")));
        lines
    }
}

/// A verdict has no id of its own in the report; this is the one it is asked for by.
pub(super) fn verdict_id(verdict: &Json) -> String {
    finding_id(verdict.get("metric").and_then(Json::as_str), "verdict", &scope_of(verdict), None)
}

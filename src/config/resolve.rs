//! Names against what is in force.

use std::collections::{BTreeMap, BTreeSet};

use super::packs::RawRules;
use super::plan::{Level, Rule, Where};
use super::raw::RawRule;
use super::section::Section;
use super::source_plan::SourcePlan;
use crate::diag::{Diagnostic, Diagnostics, Place, way_out};
use crate::model::{EVALUATOR, Metric};

/// What a rule may name.
pub(crate) struct Known<'a> {
    pub(crate) metrics: &'a [Metric],
    pub(crate) segments: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    pub(crate) fn new(metrics: &'a [Metric], sources: &'a [SourcePlan]) -> Self {
        let segments = sources.iter().flat_map(|source| source.segments.iter().map(String::as_str));
        Self { metrics, segments: segments.filter(|name| *name != EVALUATOR).collect() }
    }

    /// A scope level by name.
    pub(crate) fn level(&self, name: &str) -> Option<Level> {
        match name {
            "operation" => Some(Level::Operation),
            "team" => Some(Level::Team),
            "contact-type" => Some(Level::ContactType),
            other => self.segments.contains(other).then(|| Level::Segment(other.to_owned())),
        }
    }

    pub(crate) fn level_names(&self) -> Vec<&str> {
        ["operation", "team", "contact-type"].into_iter().chain(self.segments.iter().copied()).collect()
    }

    pub(crate) fn check_where(&self, filter: &Where, section: &Section<'_>, key: &str) {
        for mistake in self.where_mistakes(filter, &section.place_of(key)) {
            section.note(mistake);
        }
    }

    /// Keys that are no dimension, and metrics that do not exist.
    pub(crate) fn where_mistakes(&self, filter: &Where, place: &Place) -> Vec<Diagnostic> {
        let mut keys = self.level_names();
        keys.retain(|key| *key != "operation");
        keys.push("metric");
        let mut mistakes = Vec::new();
        for (key, test) in &filter.tests {
            if !keys.contains(&key.as_str()) {
                let title = format!("unknown filter key `{key}`");
                let help = way_out(key, keys.iter().copied());
                mistakes.push(Diagnostic::error("GW110", title).at(place.clone()).help(help));
            }
            if key == "metric" {
                mistakes.extend(test.values().iter().filter_map(|id| self.metric_mistake(id, place)));
            }
        }
        mistakes
    }

    fn metric_mistake(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        if self.metrics.iter().any(|metric| metric.id == id) {
            return None;
        }
        let help = way_out(id, self.metrics.iter().map(|metric| metric.id.as_str()));
        Some(Diagnostic::error("GW110", format!("unknown metric `{id}`")).at(place.clone()).help(help))
    }
}

/// Two rules may not fill one slot of the report for one metric and scope level.
pub(crate) fn facts_once(raw: &RawRules, rules: &[Rule], found: &mut Diagnostics) {
    let place = |id: &str| raw.rules.iter().rfind(|rule| rule.id.value == id).map(asking);
    let mut filled: BTreeMap<(&str, Option<usize>, &Level), &str> = BTreeMap::new();
    // A rule with a filter speaks of a part and fills no slot.
    for rule in rules.iter().filter(|rule| rule.filter.tests.is_empty()) {
        let metrics: Vec<Option<usize>> = if rule.metrics.is_empty() {
            vec![None]
        } else {
            rule.metrics.iter().map(|m| Some(*m)).collect()
        };
        for slot in rule.kind.facts {
            for (metric, level) in
                metrics.iter().flat_map(|m| rule.scopes.iter().map(move |level| (*m, level)))
            {
                let Some(first) = filled.insert((slot, metric, level), &rule.id) else { continue };
                if first == rule.id
                    || rules.iter().any(|other| other.id == first && same_evidence(other, rule))
                {
                    continue;
                }
                let title = format!("rules `{first}` and `{}` both fill the report's `{slot}`", rule.id);
                let help = "disable one, give it a `where`, or other metrics or scopes; rules of one kind with the same \
                            parameters and window share their evidence and may stand together, so override both alike";
                let mut diagnostic = Diagnostic::error("GW190", title).help(help);
                // The one an override changed is the one to look at.
                let mut places = [place(&rule.id), place(first)];
                places.sort_by_key(|place| place.as_ref().is_none_or(|(_, changed)| !changed));
                let [shown, other] = places.map(|place| place.map(|(place, _)| place));
                diagnostic.place = shown;
                diagnostic.also = other.map(|place| (place, "the other one".to_owned()));
                found.push(diagnostic);
            }
        }
    }
}

/// Where a rule came to ask what it asks: in the override that changed it (true), else where it is written.
fn asking(rule: &RawRule) -> (Place, bool) {
    let words = ["severity", "title", "say", "observe", "change-our-mind", "thresholds", "when", "over"];
    let changed = rule.written.iter().filter(|field| !field.was.is_empty() || field.why.is_some());
    let question = changed.rev().find(|field| !words.contains(&field.top()));
    question.map_or_else(|| (rule.id.place.clone(), false), |field| (field.place.clone(), true))
}

/// Whether two rules ask the same question, and so yield the same facts.
fn same_evidence(a: &Rule, b: &Rule) -> bool {
    a.kind.name == b.kind.name && a.window == b.window && a.filter == b.filter && a.parameters == b.parameters
}

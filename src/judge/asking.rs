//! Which rules a period is asked. The judged period and the one before are asked everything that has a say in
//! the report; older ones only what verdicts rest on, and the rules whose findings or decisions stand now: nobody
//! reads the age of a finding that is not there. What is left out never changes what is asked, since rules that
//! share a family of p-values are asked together or not at all.

use std::collections::BTreeSet;

use super::Raw;
use crate::config::{Memory, Plan, Rule};
use crate::sql::Expression;

/// One flag a rule, in the plan's order.
pub(crate) type Asked = Vec<bool>;

/// Everything.
pub(crate) fn all(plan: &Plan) -> Asked {
    vec![true; plan.rules.len()]
}

/// Everything that some period but the judged one is asked.
pub(crate) fn remembered(plan: &Plan) -> Asked {
    plan.rules.iter().map(|rule| rule.memory != Memory::None).collect()
}

/// What older periods are asked, given what the latest ones found.
pub(crate) fn standing(plan: &Plan, latest: &[&Raw]) -> Asked {
    let mut asked: Asked = plan.rules.iter().map(|rule| rule.memory == Memory::Ground).collect();
    let found: BTreeSet<&str> =
        latest.iter().flat_map(|raw| &raw.judgement.findings).map(|finding| finding.rule.as_str()).collect();
    let signals = signals_of_decisions(plan, latest);
    for (flag, rule) in asked.iter_mut().zip(&plan.rules) {
        let stands = found.contains(rule.id.as_str()) || signals.contains(rule.signal.as_str());
        *flag |= rule.memory != Memory::None && stands;
    }
    let read: BTreeSet<&str> =
        kept(plan, &asked).flat_map(|rule| rule.diagnose.reads()).map(String::as_str).collect();
    let families: BTreeSet<&str> = kept(plan, &asked)
        .filter(|rule| rule.memory == Memory::Findings && !rule.kind.p_values.is_empty())
        .map(|rule| rule.kind.name)
        .collect();
    let wider: Asked = plan
        .rules
        .iter()
        .map(|rule| {
            let family = rule.memory == Memory::Findings && families.contains(rule.kind.name);
            family || read.contains(rule.id.replace('-', "_").as_str())
        })
        .collect();
    asked.iter().zip(wider).map(|(one, other)| *one || other).collect()
}

fn kept<'p>(plan: &'p Plan, asked: &'p [bool]) -> impl Iterator<Item = &'p Rule> {
    plan.rules.iter().zip(asked).filter(|(_, asked)| **asked).map(|(rule, _)| rule)
}

/// Signals behind the conditions of the decisions asked.
fn signals_of_decisions(plan: &Plan, latest: &[&Raw]) -> BTreeSet<String> {
    let templates: BTreeSet<&str> =
        latest.iter().flat_map(|raw| &raw.judgement.decisions).map(|d| d.template.as_str()).collect();
    let asked = plan.decisions.iter().filter(|rule| templates.contains(rule.id.as_str()));
    asked.filter_map(|rule| rule.when.as_ref()).flat_map(Expression::names).map(|name| name.name).collect()
}

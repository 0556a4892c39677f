//! Contact types of few agents: one row together, and their names nowhere.

use std::collections::BTreeSet;

use super::hidden;
use crate::model::{Breakdown, BreakdownRow, Fact, Finding, Judgement, Scope, Story, Value};

/// Items that may not be spoken of, with the metric and place.
pub(super) type Gone = BTreeSet<(Option<String>, Scope, String)>;

/// Merges contact types of few agents into one row, named `other`; yields what is gone.
pub(super) fn merge(story: &mut Story, min_group: u32, other: &str) -> Gone {
    let mut gone = Gone::new();
    for (metric, scope, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            let names = merge_breakdown(breakdown, min_group, other);
            gone.extend(names.into_iter().map(|name| (metric.clone(), scope.clone(), name)));
        }
    }
    gone
}

fn merge_breakdown(breakdown: &mut Breakdown, min_group: u32, other: &str) -> BTreeSet<String> {
    let agents: Vec<u32> = breakdown.rows.iter().map(|row| row.agents).collect();
    let small = hidden(&agents, min_group);
    if small.is_empty() {
        return BTreeSet::new();
    }
    let (merged, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut breakdown.rows).into_iter().enumerate().partition(|(at, _)| small.contains(at));
    let merged: Vec<BreakdownRow> = merged.into_iter().map(|(_, row)| row).collect();
    breakdown.rows = kept.into_iter().map(|(_, row)| row).chain([together(&merged, other)]).collect();
    let names: BTreeSet<String> = merged.into_iter().map(|row| row.contact_type).collect();
    breakdown.carriers.retain(|name| !names.contains(name));
    breakdown.concentrated = breakdown.concentrated && !breakdown.carriers.is_empty();
    names
}

fn together(rows: &[BreakdownRow], other: &str) -> BreakdownRow {
    let share: f64 = rows.iter().map(|row| row.share).sum();
    let weighted = |value: &dyn Fn(&BreakdownRow) -> f64| {
        if share > 0.0 { rows.iter().map(|row| row.share * value(row)).sum::<f64>() / share } else { 0.0 }
    };
    let targets = rows.iter().all(|row| row.target.is_some());
    BreakdownRow {
        contact_type: other.to_owned(),
        share,
        actual: weighted(&|row| row.actual),
        target: targets.then(|| weighted(&|row| row.target.unwrap_or(0.0))),
        best_agents: None,
        carries: rows.iter().map(|row| row.carries).sum(),
        carries_se: rows.iter().map(|row| Some(row.carries_se?.powi(2))).sum::<Option<f64>>().map(f64::sqrt),
        credible: false,
        label: None,
        n: rows.iter().map(|row| row.n).sum(),
        agents: 0,
    }
}

/// Takes the names from everything that is said of the same metric and place, `other` in their place. Few answers to
/// a survey hide a type in what is said of the survey, not in what all its contacts say of another metric.
pub(super) fn forget(story: &mut Story, gone: &Gone, other: &str) {
    if gone.is_empty() {
        return;
    }
    let own = |metric: &Option<String>, scope: &Scope| names_at(gone, metric.as_ref(), scope);
    for table in &mut story.now.evidence {
        table.rows.retain_mut(|(metric, scope, row)| {
            let names = own(metric, scope);
            row.values.iter_mut().for_each(|value| unname(value, &names, other));
            row.item.as_deref().is_none_or(|item| !names.contains(item))
        });
    }
    let is_told = |finding: &mut Finding| {
        let names = own(&finding.metric, &finding.scope);
        finding.row.values.iter_mut().for_each(|value| unname(value, &names, other));
        finding.item.as_deref().is_none_or(|item| !names.contains(item))
    };
    story.now.findings.retain_mut(is_told);
    story.resolved.retain_mut(is_told);
    for (metric, scope, types) in lists(story) {
        let names = names_at(gone, metric.as_ref(), &scope);
        types.retain(|name| !names.contains(name.as_str()));
    }
}

/// Every list of contact types, with the metric and place it speaks of.
fn lists(story: &mut Story) -> impl Iterator<Item = (Option<String>, Scope, &mut Vec<String>)> {
    let Judgement { verdicts, decisions, facts, .. } = &mut story.now;
    let verdicts =
        verdicts.iter_mut().map(|v| (Some(v.metric.clone()), v.scope.clone(), &mut v.contact_types));
    let decisions =
        decisions.iter_mut().map(|d| (Some(d.metric.clone()), d.scope.clone(), &mut d.contact_types));
    let causes = facts.iter_mut().filter_map(|(metric, scope, fact)| match fact {
        Fact::Cause(cause) => Some((metric.clone(), scope.clone(), &mut cause.contact_types)),
        _ => None,
    });
    let may_add =
        story.may_add.iter_mut().map(|m| (Some(m.metric.clone()), m.scope.clone(), &mut m.contact_types));
    verdicts.chain(decisions).chain(causes).chain(may_add)
}

/// What is gone of one metric and place.
pub(super) fn names_at<'g>(gone: &'g Gone, metric: Option<&String>, scope: &Scope) -> BTreeSet<&'g str> {
    let here = gone.iter().filter(|(m, s, _)| m.as_ref() == metric && s == scope);
    here.map(|(_, _, name)| name.as_str()).collect()
}

fn unname(value: &mut Value, names: &BTreeSet<&str>, other: &str) {
    match value {
        Value::Text(text) => *text = unnamed(text, names, other),
        Value::Phrase(phrase) => *phrase = phrase.clone().with_texts(&|text| unnamed(text, names, other)),
        Value::Null | Value::Flag(_) | Value::Number(_) => {}
    }
}

/// A text with `other` in the place of names that it lists.
pub(super) fn unnamed(text: &str, names: &BTreeSet<&str>, other: &str) -> String {
    // A longer name first, since it may contain a shorter one.
    let mut longest: Vec<&&str> = names.iter().filter(|name| !name.is_empty()).collect();
    longest.sort_by_key(|name| std::cmp::Reverse(name.len()));
    longest.into_iter().fold(text.to_owned(), |text, name| without(&text, name, other))
}

/// A text with every whole occurrence of a name replaced.
fn without(text: &str, name: &str, other: &str) -> String {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut said = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(name) {
        let end = at + name.len();
        if is_end(text[..at].chars().next_back()) && is_end(text[end..].chars().next()) {
            said.push_str(&text[from..at]);
            said.push_str(other);
            from = end;
        }
    }
    said.push_str(&text[from..]);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_whole_names_only() {
        let names = BTreeSet::from(["Refund", "Refund approval"]);
        let mut value = Value::from("Refund approval, Refund and Refunds");
        unname(&mut value, &names, "Other (small)");
        assert_eq!(value, Value::from("Other (small), Other (small) and Refunds"));
    }
}

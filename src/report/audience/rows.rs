//! Single rows of evidence, and the findings and facts beside them, that rest on too few people: agents, coaches or
//! evaluators alike.

use std::collections::BTreeSet;

use super::places::{Place, agents_of};
use super::types::Gone;
use super::{hidden, is_small};
use crate::model::{Column, ColumnUnit, EvidenceTable, Fact, Finding, Row, Story, Value};
use crate::report::frame::{Frame, RuleText};

/// Rows about a whole place that rest on fewer agents than the least group, such as a shorter window's; and facts.
pub(super) fn drop_small(story: &mut Story, min_group: u32) {
    let small = |n: u32| is_small(n, min_group);
    for table in &mut story.now.evidence {
        table.rows.retain(|(_, _, row)| row.item.is_some() || !small(row.agents));
    }
    story.now.facts.retain(|(_, _, fact)| !small(agents_of(fact)));
    let is_shown = |finding: &Finding| !small(finding.row.agents);
    story.now.findings.retain(is_shown);
    story.resolved.retain(is_shown);
}

/// Rows about items (types, focuses) with few agents, and the findings raised on them; yields what is gone.
pub(super) fn drop_items(story: &mut Story, min_group: u32) -> Gone {
    let mut gone = Gone::new();
    for table in &story.now.evidence {
        let places: BTreeSet<Place> =
            table.rows.iter().map(|(metric, scope, _)| (metric.clone(), scope.clone())).collect();
        for (metric, scope) in places {
            let place = (metric, scope);
            let names = hidden_items(table, &place, min_group);
            gone.extend(names.into_iter().map(|name| (place.0.clone(), place.1.clone(), name)));
        }
    }
    gone
}

fn hidden_items(table: &EvidenceTable, place: &Place, min_group: u32) -> Vec<String> {
    let (metric, scope) = place;
    let own = table.rows.iter().filter(|(m, s, row)| m == metric && s == scope && row.item.is_some());
    let items: Vec<&Row> = own.map(|(_, _, row)| row).collect();
    let agents: Vec<u32> = items.iter().map(|row| row.agents).collect();
    hidden(&agents, min_group).into_iter().filter_map(|at| items[at].item.clone()).collect()
}

/// What columns that count people say is about too few of them: these columns alone, or the row.
pub(super) fn hide_people(story: &mut Story, frame: &Frame) {
    for table in &mut story.now.evidence {
        let columns = table.columns;
        table.rows.retain_mut(|(_, _, row)| hide_in(row, columns, frame.min_group).is_some());
    }
    let is_told = |finding: &mut Finding| {
        let hidden = hide_in(&mut finding.row, finding.columns, frame.min_group);
        hidden.is_some_and(|names| !frame.rule(&finding.rule).is_some_and(|rule| mentions(rule, &names)))
    };
    story.now.findings.retain_mut(is_told);
    story.resolved.retain_mut(is_told);
}

/// Empties the columns about too few people and yields their names; none where the whole row is about them.
fn hide_in(row: &mut Row, columns: &[Column], min_group: u32) -> Option<Vec<&'static str>> {
    let mut names = Vec::new();
    for (at, counted) in columns.iter().enumerate().filter(|(_, column)| column.unit == ColumnUnit::People) {
        let people = row.values.get(at).and_then(Value::number).unwrap_or(0.0);
        if people <= 0.0 || people >= f64::from(min_group) {
            continue;
        }
        let about = |(_, column): &(usize, &Column)| column.about == Some(counted.name);
        let about: Vec<usize> = columns.iter().enumerate().filter(about).map(|(at, _)| at).collect();
        if about.is_empty() {
            return None;
        }
        for at in about.into_iter().chain([at]) {
            row.values[at] = Value::Null;
            names.push(columns[at].name);
        }
    }
    // The q beside a hidden p-value would say as much.
    if !names.is_empty() {
        row.q.clear();
    }
    Some(names)
}

/// Whether a rule's sentences speak of one of these columns.
fn mentions(rule: &RuleText, columns: &[&'static str]) -> bool {
    let texts = [&rule.title, &rule.say, &rule.change_our_mind].into_iter().flatten().chain(&rule.observe);
    let mut texts = texts;
    texts.any(|text| columns.iter().any(|name| text.contains(name)))
}

/// Counts of people below the minimum become unknown (zero), also for the whole operation; what coaching did to
/// fewer agents than that is not told, not in a single period either.
pub(super) fn hide_counts(story: &mut Story, min_group: u32) {
    story.now.facts.retain(|(_, _, fact)| !matches!(fact, Fact::Effect(effect) if effect.agents < min_group));
    let hide = |count: &mut u32| {
        if *count < min_group {
            *count = 0;
        }
    };
    for (_, _, row) in story.now.evidence.iter_mut().flat_map(|table| &mut table.rows) {
        hide(&mut row.agents);
    }
    for finding in story.now.findings.iter_mut().chain(&mut story.resolved) {
        hide(&mut finding.row.agents);
    }
    for (_, _, fact) in &mut story.now.facts {
        match fact {
            Fact::Effect(effect) => {
                hide(&mut effect.controls);
                hide(&mut effect.dosed);
                effect.steps.retain(|step| step.agents >= min_group);
            }
            Fact::Minutes(minutes) => hide(&mut minutes.active_agents_before),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;
    use crate::model::column;

    const COLUMNS: [Column; 4] = [
        column("mean", ColumnUnit::Level, false, "Of everybody."),
        column("newer", ColumnUnit::People, true, "Of these the new."),
        column("newer_gap", ColumnUnit::Difference, true, "Of the new.").about("newer"),
        column("coaches", ColumnUnit::People, true, "Of these everything else is."),
    ];

    fn row(newer: f64, coaches: Value) -> Row {
        let values = vec![0.7.into(), newer.into(), 0.1.into(), coaches];
        Row { item: None, n: 900, agents: 40, window: (Period(1), Period(2)), values, q: vec![0.01.into()] }
    }

    #[test]
    fn what_is_about_too_few_people_is_emptied_and_named() {
        let mut few = row(7.0, Value::Null);
        assert_eq!(hide_in(&mut few, &COLUMNS, 8), Some(vec!["newer_gap", "newer"]));
        assert_eq!(few.values, [0.7.into(), Value::Null, Value::Null, Value::Null]);
        assert!(few.q.is_empty());
        let mut enough = row(8.0, 8.0.into());
        assert_eq!(hide_in(&mut enough, &COLUMNS, 8), Some(vec![]));
        assert_eq!(enough, row(8.0, 8.0.into()));
    }

    #[test]
    fn a_row_that_is_wholly_about_too_few_people_goes() {
        assert_eq!(hide_in(&mut row(20.0, 7.0.into()), &COLUMNS, 8), None);
        assert_eq!(hide_in(&mut row(20.0, 0.0.into()), &COLUMNS, 8), Some(vec![]), "nobody is no group");
    }

    #[test]
    fn a_sentence_about_hidden_columns_is_not_said() {
        let said = |text: &str| RuleText { say: Some(text.to_owned()), ..RuleText::default() };
        assert!(mentions(&said("The new are {{ newer_gap }} behind."), &["newer_gap"]));
        assert!(!mentions(&said("All are at {{ mean }}."), &["newer_gap"]));
    }
}

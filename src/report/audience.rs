//! Who may see what, before a template or a file sees anything: no statement about a group of people smaller
//! than the client's smallest group, and none from which such a group could be worked out by subtraction.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::Frame;
use crate::model::{Breakdown, BreakdownRow, Fact, Figure, NotJudged, Reason, Row, Scope, Story};

/// What contact types of few agents are shown as, together.
pub const OTHER: &str = "Other (small)";

type Place = (Option<String>, Scope);

/// A metric and a scope's level.
type Level<'a> = (&'a Option<String>, &'a str);

/// The story as this client's readers may see it.
pub(super) fn for_audience(story: &Story, frame: &Frame) -> Story {
    let mut safe = story.clone();
    let small = small_places(story, frame.min_group);
    drop_places(&mut safe, &small, frame.min_group);
    drop_items(&mut safe, frame.min_group);
    safe.now.figures.iter_mut().for_each(|drawn| drop_types(&mut drawn.figure, frame.min_group));
    let merged = merge_types(&mut safe, frame.min_group);
    forget_types(&mut safe, &merged);
    hide_counts(&mut safe, frame.min_group);
    safe
}

/// Indices of the groups to hide: those under the minimum, and the next smallest where only one would be, since
/// a total beside the rest would give it away. Zero agents means the statement is not about people.
fn hidden(agents: &[u32], min_group: u32) -> BTreeSet<usize> {
    let under = |n: u32| n > 0 && n < min_group;
    let mut found: BTreeSet<usize> =
        agents.iter().enumerate().filter(|(_, n)| under(**n)).map(|(at, _)| at).collect();
    if found.len() == 1 {
        let rest = agents.iter().enumerate().filter(|(at, n)| **n > 0 && !found.contains(at));
        if let Some((next, _)) = rest.min_by_key(|(at, n)| (**n, *at)) {
            found.insert(next);
        }
    }
    found
}

/// Metric and place of every part of the operation that is too small, with the next smallest of its level.
fn small_places(story: &Story, min_group: u32) -> BTreeSet<Place> {
    let mut sizes: BTreeMap<Place, u32> = BTreeMap::new();
    let mut note = |place: Place, agents: u32| {
        let size = sizes.entry(place).or_default();
        *size = (*size).max(agents);
    };
    for (metric, scope, row) in story.now.evidence.iter().flat_map(|table| &table.rows) {
        if row.item.is_none() {
            note((metric.clone(), scope.clone()), row.agents);
        }
    }
    for (metric, scope, fact) in &story.now.facts {
        note((metric.clone(), scope.clone()), agents_of(fact));
    }
    for finding in story.now.findings.iter().filter(|finding| finding.item.is_none()) {
        note((finding.metric.clone(), finding.scope.clone()), finding.row.agents);
    }
    let sizes: Vec<_> = sizes.into_iter().collect();
    let mut small = hidden_by_level(&sizes, min_group);
    small.extend(small_operations(&sizes, min_group));
    small
}

/// Every place of a metric whose whole operation is too small a group: its parts are smaller still.
fn small_operations(sizes: &[(Place, u32)], min_group: u32) -> BTreeSet<Place> {
    let small = |scope: &Scope, agents: u32| *scope == Scope::Operation && (1..min_group).contains(&agents);
    let whole = sizes.iter().filter(|((metric, scope), agents)| metric.is_some() && small(scope, *agents));
    let metrics: BTreeSet<&Option<String>> = whole.map(|((metric, _), _)| metric).collect();
    sizes.iter().map(|(place, _)| place).filter(|(metric, _)| metrics.contains(metric)).cloned().collect()
}

fn hidden_by_level(sizes: &[(Place, u32)], min_group: u32) -> BTreeSet<Place> {
    let mut levels: BTreeMap<Level<'_>, Vec<&(Place, u32)>> = BTreeMap::new();
    for part in sizes.iter().filter(|((_, scope), _)| *scope != Scope::Operation) {
        let ((metric, scope), _) = part;
        levels.entry((metric, scope.level())).or_default().push(part);
    }
    let mut found = BTreeSet::new();
    for parts in levels.values() {
        let agents: Vec<u32> = parts.iter().map(|(_, n)| *n).collect();
        found.extend(hidden(&agents, min_group).into_iter().map(|at| parts[at].0.clone()));
    }
    found
}

fn agents_of(fact: &Fact) -> u32 {
    match fact {
        Fact::Gap(gap) => gap.agents,
        Fact::Spread(spread) => spread.agents,
        Fact::Effect(effect) => effect.agents,
        _ => 0,
    }
}

fn drop_places(story: &mut Story, small: &BTreeSet<Place>, min_group: u32) {
    if small.is_empty() {
        return;
    }
    let seen = |metric: &Option<String>, scope: &Scope| !small.contains(&(metric.clone(), scope.clone()));
    let now = &mut story.now;
    now.evidence.iter_mut().for_each(|table| table.rows.retain(|(metric, scope, _)| seen(metric, scope)));
    now.facts.retain(|(metric, scope, _)| seen(metric, scope));
    now.figures.retain(|drawn| seen(&drawn.metric, &drawn.scope));
    now.signals.retain(|signal| seen(&signal.metric, &signal.scope));
    now.verdicts.retain(|verdict| seen(&Some(verdict.metric.clone()), &verdict.scope));
    now.decisions.retain(|decision| seen(&Some(decision.metric.clone()), &decision.scope));
    now.findings.retain(|finding| seen(&finding.metric, &finding.scope));
    story.moves.retain(|step| seen(&Some(step.metric.clone()), &Scope::Operation));
    story.may_add.retain(|one| seen(&Some(one.metric.clone()), &one.scope));
    story.resolved.retain(|finding| seen(&finding.metric, &finding.scope));
    story.timeline.retain(|(_, metric, scope, _)| seen(&Some(metric.clone()), scope));
    let hidden = small.iter().map(|(metric, scope)| NotJudged {
        rule: "min-group".to_owned(),
        metric: metric.clone(),
        scope: scope.clone(),
        reason: Reason::FewAgents,
        need: format!("not shown: groups under {min_group} agents, or one that would give such a group away"),
    });
    // First, so that it is what a metric's line says: nothing else would change it.
    now.not_judged.splice(0..0, hidden);
}

/// Rows about items (types, focuses) with few agents, and the findings raised on them.
fn drop_items(story: &mut Story, min_group: u32) {
    let mut gone: Vec<(String, Place, String)> = Vec::new();
    for table in &mut story.now.evidence {
        let small = |row: &Row| row.item.is_some() && row.agents > 0 && row.agents < min_group;
        let with_small = table.rows.iter().filter(|(_, _, row)| small(row));
        let groups: BTreeSet<Place> = with_small.map(|(m, s, _)| (m.clone(), s.clone())).collect();
        for place in groups {
            let own = |row: &(Option<String>, Scope, Row)| {
                row.0 == place.0 && row.1 == place.1 && row.2.item.is_some()
            };
            let items: Vec<&Row> = table.rows.iter().filter(|row| own(row)).map(|(_, _, row)| row).collect();
            let agents: Vec<u32> = items.iter().map(|row| row.agents).collect();
            let names: BTreeSet<String> =
                hidden(&agents, min_group).into_iter().filter_map(|at| items[at].item.clone()).collect();
            table
                .rows
                .retain(|row| !own(row) || row.2.item.as_ref().is_none_or(|item| !names.contains(item)));
            gone.extend(names.into_iter().map(|name| (table.rule.clone(), place.clone(), name)));
        }
    }
    let small = |n: u32| n > 0 && n < min_group;
    let keep = |finding: &crate::model::Finding| {
        let place = (finding.metric.clone(), finding.scope.clone());
        let dropped =
            |item: &String| gone.iter().any(|(r, p, i)| *r == finding.rule && *p == place && i == item);
        finding.item.as_ref().is_none_or(|item| !dropped(item) && !small(finding.row.agents))
    };
    story.now.findings.retain(keep);
    story.resolved.retain(keep);
}

/// Contact types of few agents are not drawn.
fn drop_types(figure: &mut Figure, min_group: u32) {
    match figure {
        Figure::Stage(stage) => keep_large(&mut stage.types, min_group, |one| one.agents),
        Figure::TypeGroups(found) => {
            found
                .groups
                .iter_mut()
                .for_each(|group| keep_large(&mut group.members, min_group, |one| one.agents));
        }
        Figure::AgentSpread(_) | Figure::Control(_) => {}
    }
}

fn keep_large<T>(list: &mut Vec<T>, min_group: u32, agents: impl Fn(&T) -> u32) {
    let small = hidden(&list.iter().map(agents).collect::<Vec<u32>>(), min_group);
    let mut at = 0;
    list.retain(|_| {
        at += 1;
        !small.contains(&(at - 1))
    });
}

/// Merges contact types of few agents into one row; returns their names.
fn merge_types(story: &mut Story, min_group: u32) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Breakdown(breakdown) = fact {
            names.extend(merge_breakdown(breakdown, min_group));
        }
    }
    names
}

fn merge_breakdown(breakdown: &mut Breakdown, min_group: u32) -> BTreeSet<String> {
    let agents: Vec<u32> = breakdown.rows.iter().map(|row| row.agents).collect();
    let small = hidden(&agents, min_group);
    if small.is_empty() {
        return BTreeSet::new();
    }
    let (merged, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut breakdown.rows).into_iter().enumerate().partition(|(at, _)| small.contains(at));
    let merged: Vec<BreakdownRow> = merged.into_iter().map(|(_, row)| row).collect();
    breakdown.rows = kept.into_iter().map(|(_, row)| row).chain([together(&merged)]).collect();
    let names: BTreeSet<String> = merged.into_iter().map(|row| row.contact_type).collect();
    breakdown.carriers.retain(|name| !names.contains(name));
    breakdown.concentrated = breakdown.concentrated && !breakdown.carriers.is_empty();
    names
}

fn together(rows: &[BreakdownRow]) -> BreakdownRow {
    let share: f64 = rows.iter().map(|row| row.share).sum();
    let weighted = |value: &dyn Fn(&BreakdownRow) -> f64| {
        if share > 0.0 { rows.iter().map(|row| row.share * value(row)).sum::<f64>() / share } else { 0.0 }
    };
    let targets = rows.iter().all(|row| row.target.is_some());
    BreakdownRow {
        contact_type: OTHER.to_owned(),
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

fn forget_types(story: &mut Story, merged: &BTreeSet<String>) {
    story
        .now
        .verdicts
        .iter_mut()
        .for_each(|verdict| verdict.contact_types.retain(|name| !merged.contains(name)));
    story
        .now
        .decisions
        .iter_mut()
        .for_each(|decision| decision.contact_types.retain(|name| !merged.contains(name)));
    story.may_add.iter_mut().for_each(|one| one.contact_types.retain(|name| !merged.contains(name)));
}

/// Counts of people below the minimum become unknown (zero), also for the whole operation; what coaching did to
/// fewer agents than that is not told, not in a single period either.
fn hide_counts(story: &mut Story, min_group: u32) {
    let of_few = |fact: &Fact| match fact {
        Fact::Effect(effect) => effect.agents < min_group,
        Fact::Chain(chain) => (1..min_group).contains(&chain.agents),
        _ => false,
    };
    story.now.facts.retain(|(_, _, fact)| !of_few(fact));
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
            Fact::Gap(gap) => hide(&mut gap.agents),
            Fact::Spread(spread) => hide(&mut spread.agents),
            Fact::Effect(effect) => {
                hide(&mut effect.controls);
                effect.steps.retain(|step| step.agents >= min_group);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(hidden(&[3, 40, 12, 0], 8), BTreeSet::from([0, 2]));
        assert_eq!(hidden(&[3, 40, 7], 8), BTreeSet::from([0, 2]));
        assert_eq!(hidden(&[8, 40, 0], 8), BTreeSet::new());
        assert_eq!(hidden(&[3], 8), BTreeSet::from([0]));
    }
}

//! Teams, contact types, segments and whole operations that are too small to be spoken of.

use std::collections::{BTreeMap, BTreeSet};

use super::hidden;
use crate::model::{Fact, NotJudged, Reason, Scope, Story, phrase};

/// A metric, if there is one, and where something is said of it.
pub(super) type Place = (Option<String>, Scope);

/// A metric and a scope's level.
type Level<'a> = (&'a Option<String>, &'a str);

/// Metric and place of every part of the operation that is too small, with the next smallest of its level.
pub(super) fn small(story: &Story, min_group: u32) -> BTreeSet<Place> {
    let mut sizes: BTreeMap<Place, u32> = BTreeMap::new();
    let mut note = |metric: &Option<String>, scope: &Scope, agents: u32| {
        let size = sizes.entry((metric.clone(), scope.clone())).or_default();
        *size = (*size).max(agents);
    };
    for (metric, scope, row) in story.now.evidence.iter().flat_map(|table| &table.rows) {
        if row.item.is_none() {
            note(metric, scope, row.agents);
        }
    }
    for (metric, scope, fact) in &story.now.facts {
        note(metric, scope, agents_of(fact));
    }
    let findings = story.now.findings.iter().chain(&story.resolved);
    for finding in findings.filter(|finding| finding.item.is_none()) {
        note(&finding.metric, &finding.scope, finding.row.agents);
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

/// People behind a fact, 0 where it is about none or does not say.
pub(super) fn agents_of(fact: &Fact) -> u32 {
    match fact {
        Fact::Gap(gap) => gap.agents,
        Fact::Spread(spread) => spread.agents,
        Fact::Effect(effect) => effect.agents,
        Fact::Chain(chain) => chain.agents,
        Fact::Minutes(minutes) => minutes.active_agents,
        Fact::Ledger(_) | Fact::Breakdown(_) | Fact::Cause(_) | Fact::Check(_) => 0,
    }
}

pub(super) fn drop_places(story: &mut Story, small: &BTreeSet<Place>, min_group: u32) {
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
        need: phrase!("hidden-min-group", least = min_group),
    });
    // First, so that it is what a metric's line says: nothing else would change it.
    now.not_judged.splice(0..0, hidden);
}

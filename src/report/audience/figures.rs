//! Charts: of too few agents none, of contact types only those that may be spoken of.

use super::types::{Gone, names_at, unnamed};
use super::{hidden, is_small};
use crate::model::{Figure, Story};

/// Drops what charts would show of too few agents; `gone` are the contact types that may not be spoken of.
pub(super) fn hide(story: &mut Story, gone: &Gone, min_group: u32) {
    let figures = &mut story.now.figures;
    figures.retain(|drawn| match &drawn.figure {
        Figure::AgentSpread(spread) => {
            !is_small(u32::try_from(spread.agents.len()).unwrap_or(u32::MAX), min_group)
        }
        Figure::Control(_) | Figure::Stage(_) | Figure::TypeGroups(_) => true,
    });
    for drawn in figures {
        let names = names_at(gone, drawn.metric.as_ref(), &drawn.scope);
        match &mut drawn.figure {
            Figure::Stage(stage) => {
                keep_large(&mut stage.types, min_group, |one| one.agents);
                stage.types.retain(|one| !names.contains(one.contact_type.as_str()));
            }
            Figure::TypeGroups(found) => {
                for group in &mut found.groups {
                    keep_large(&mut group.members, min_group, |one| one.agents);
                    group.members.retain(|one| !names.contains(one.contact_type.as_str()));
                    group.name = unnamed(&group.name, &names);
                }
                // A group of hidden types alone would tell what they are like.
                found.groups.retain(|group| !group.members.is_empty());
            }
            Figure::AgentSpread(_) | Figure::Control(_) => {}
        }
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

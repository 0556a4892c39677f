//! Charts: of too few agents none, of contact types only those that may be spoken of.

use super::types::{Gone, names_at, unnamed};
use super::{hidden, is_small};
use crate::model::{Drawn, Figure};

/// Drops what charts would show of too few agents; `gone` are the contact types that may not be spoken of, `other`
/// stands in their place.
pub(super) fn hide(figures: &mut Vec<Drawn>, gone: &Gone, min_group: u32, other: &str) {
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
                    group.like = unnamed(&group.like, &names, other);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        AgentSpread, Lane, Scope, StageLevel, StageLevels, TypeGroup, TypeGroups, TypeMember,
    };

    fn drawn(figure: Figure) -> Drawn {
        Drawn { rule: "r".into(), metric: Some("fcr".into()), scope: Scope::Operation, figure }
    }

    fn hide_in(figure: Figure, gone: &[&str]) -> Option<Figure> {
        let gone =
            gone.iter().map(|name| (Some("fcr".into()), Scope::Operation, (*name).to_owned())).collect();
        let mut figures = vec![drawn(figure)];
        hide(&mut figures, &gone, 8, "Other (small)");
        figures.pop().map(|one| one.figure)
    }

    #[test]
    fn a_spread_of_few_agents_is_not_drawn() {
        let lane = Lane { level: 0.7, sd: 0.02 };
        let spread =
            |n: usize| Figure::AgentSpread(AgentSpread { mean: 0.7, target: None, agents: vec![lane; n] });
        assert_eq!(hide_in(spread(7), &[]), None);
        assert_eq!(hide_in(spread(8), &[]), Some(spread(8)));
    }

    #[test]
    fn a_stage_shows_no_type_of_few_agents_and_none_that_is_hidden_elsewhere() {
        let level = |name: &str, agents: u32| StageLevel {
            contact_type: name.into(),
            agents,
            share: 0.2,
            level: 40.0,
            excess: None,
            times: None,
            p_high: None,
        };
        let stage = |types: Vec<StageLevel>| {
            Figure::Stage(StageLevels { stage: "hold".into(), measured_by: "hold".into(), types })
        };
        let all = vec![level("Claims", 40), level("Probate", 3), level("Refund", 9), level("Billing", 30)];
        assert_eq!(hide_in(stage(all), &["Billing"]), Some(stage(vec![level("Claims", 40)])));
    }

    #[test]
    fn a_group_of_hidden_types_alone_is_not_drawn() {
        let group = |name: &str, members: &[(&str, u32)]| TypeGroup {
            like: name.into(),
            members: members
                .iter()
                .map(|(name, agents)| TypeMember { contact_type: (*name).into(), agents: *agents, gap: None })
                .collect(),
            share: 0.3,
            gap: Some(0.1),
            low: None,
            high: None,
        };
        let groups = |groups: Vec<TypeGroup>| {
            Figure::TypeGroups(TypeGroups { groups, compared: 3, compared_by: Vec::new(), found_again: None })
        };
        let all = groups(vec![
            group("Claims", &[("Claims", 40), ("Refund", 30)]),
            group("Probate", &[("Probate", 3)]),
        ]);
        let shown = groups(vec![group("Claims", &[("Claims", 40)])]);
        assert_eq!(hide_in(all, &["Refund", "Probate"]), Some(shown));
    }
}

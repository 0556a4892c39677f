//! Agents across sources, as numbers alone.

use std::collections::BTreeSet;

use super::{PeopleFacts, Seen, agents, placed};
use crate::cube::NONE;
use crate::diag::Diagnostic;
use crate::model::SourceId;

/// A share of agents from which something is wrong with how they are named.
const STRANGERS: f64 = 0.2;

pub(super) fn doubts(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let known = contact_agents(seen);
    let mut all: Vec<Diagnostic> =
        others(seen).filter_map(|(source, own)| strangers(seen, source, &own, &known)).collect();
    all.extend(homeless(seen, &known));
    all
}

/// Numbers of agents for the summary.
pub(super) fn facts(seen: &Seen<'_>) -> PeopleFacts {
    let known = contact_agents(seen);
    PeopleFacts {
        with_contacts: agents(known.len(), seen.least()),
        unknown_to_contacts: others(seen)
            .map(|(source, own)| (source.name(), agents(own.difference(&known).count(), seen.least())))
            .collect(),
        without_team: team_known(seen).then(|| agents(teamless(seen).len(), seen.least())),
    }
}

fn contact_agents(seen: &Seen<'_>) -> BTreeSet<u32> {
    cube_agents(seen, SourceId::Contacts)
}

fn cube_agents(seen: &Seen<'_>, source: SourceId) -> BTreeSet<u32> {
    seen.data
        .cube(source)
        .into_iter()
        .flat_map(|cube| cube.agent.iter().copied())
        .filter(|agent| *agent != NONE)
        .collect()
}

/// The agents of every source but the contacts.
fn others<'a>(seen: &'a Seen<'_>) -> impl Iterator<Item = (SourceId, BTreeSet<u32>)> + 'a {
    let data = seen.data;
    let sessions = data.sessions.iter().map(|session| session.agent).collect();
    let roster = data.roster.iter().map(|entry| entry.agent).collect();
    let all = [
        (SourceId::Evaluations, cube_agents(seen, SourceId::Evaluations)),
        (SourceId::Surveys, cube_agents(seen, SourceId::Surveys)),
        (SourceId::Coaching, sessions),
        (SourceId::Roster, roster),
    ];
    all.into_iter().filter(|(source, own): &(SourceId, BTreeSet<u32>)| {
        seen.plan.source(*source).is_some() && !own.is_empty()
    })
}

fn strangers(
    seen: &Seen<'_>,
    source: SourceId,
    own: &BTreeSet<u32>,
    known: &BTreeSet<u32>,
) -> Option<Diagnostic> {
    let strange = own.difference(known).count();
    if super::share(strange as u64, own.len() as u64) <= STRANGERS || known.is_empty() {
        return None;
    }
    let title = if strange == own.len() {
        format!(
            "none of the agents of {} has a contact: the two sources name people differently",
            source.name()
        )
    } else {
        format!("{} of {} in {} have no contact", agents(strange, seen.least()), own.len(), source.name())
    };
    let help = "map the column with the id the contacts have, or list pairs in a file: `[identity.agent]` with `aliases = \"mapping/agents.csv\"`";
    Some(placed(Diagnostic::warning("GW341", title).help(help), seen.place_in(source, "columns.agent")))
}

/// Whether anything says who is in which team.
fn team_known(seen: &Seen<'_>) -> bool {
    let mapped =
        |source: SourceId| seen.plan.source(source).is_some_and(|one| one.columns.contains_key("team"));
    mapped(SourceId::Contacts) || mapped(SourceId::Roster)
}

/// Agents none of whose latest contacts has a team.
fn teamless(seen: &Seen<'_>) -> BTreeSet<u32> {
    let Some(cube) = seen.data.cube(SourceId::Contacts) else { return BTreeSet::new() };
    let rows = cube.between(seen.period, seen.period);
    let without = rows.clone().filter(|row| cube.team[*row] == NONE).map(|row| cube.agent[row]);
    let with: BTreeSet<u32> = rows.filter(|row| cube.team[*row] != NONE).map(|row| cube.agent[row]).collect();
    without.filter(|agent| !with.contains(agent)).collect()
}

fn homeless(seen: &Seen<'_>, known: &BTreeSet<u32>) -> Option<Diagnostic> {
    let without = teamless(seen).len();
    if !team_known(seen) || super::share(without as u64, known.len() as u64) <= STRANGERS {
        return None;
    }
    let label = seen.plan.calendar.label(seen.period);
    let title = format!("{} of {} have no team in {label}", agents(without, seen.least()), known.len());
    let mapped = seen.plan.source(SourceId::Contacts).is_some_and(|one| one.columns.contains_key("team"));
    let (source, help) = if mapped {
        (
            SourceId::Contacts,
            "fill the column, or add a roster: `[sources.roster]` says who is in which team when",
        )
    } else {
        (SourceId::Roster, "complete the roster: a line counts from its `from` to its `to`")
    };
    Some(placed(Diagnostic::warning("GW342", title).help(help), seen.place_in(source, "columns.team")))
}

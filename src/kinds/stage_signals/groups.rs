//! Is it only in one group: one access profile, one site, everyone below an authority level?

use std::collections::BTreeMap;

use super::place::{AgentMean, Place};
use crate::kinds::by_type::TypeLevel;
use crate::stats::dist::normal_quantile;
use crate::stats::sample::Sample;

/// Which attributes of the roster are looked at, and which side of them may be short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// One access profile or one site against all others.
    Access,
    /// Agents below an authority level against those from it on.
    Authority,
}

/// One side of the agents is worse than the other.
#[derive(Clone, Debug)]
pub(in crate::kinds) struct Apart {
    /// The attribute, and the group named by it.
    pub(super) by: &'static str,
    pub(super) group: String,
    /// How much worse the short side is, and the lower end of its 95 % range over all groups looked at.
    pub(super) worse: f64,
    pub(super) low: f64,
    /// How far the other side is from the reference, on the bad side, and the upper end of its 95 % range.
    pub(super) other: f64,
    pub(super) other_high: f64,
}

/// Two sides of one type's agents, by what the roster says.
struct Sides<'a> {
    by: &'static str,
    group: String,
    short: Vec<&'a AgentMean>,
    other: Vec<&'a AgentMean>,
}

/// The clearest division of a type's agents with at least `least` of them on either side.
pub(super) fn apart(
    place: &Place<'_>,
    level: &TypeLevel,
    expected: f64,
    by: By,
    least: usize,
) -> Option<Apart> {
    let agents = place.agents(level);
    let mut all = match by {
        By::Access => ["access-profile", "site"]
            .into_iter()
            .flat_map(|attribute| one_against_all(place, &agents, attribute))
            .collect(),
        By::Authority => below_a_level(place, &agents),
    };
    all.retain(|sides: &Sides<'_>| sides.short.len() >= least && sides.other.len() >= least);
    #[expect(clippy::cast_precision_loss, reason = "a handful of groups")]
    let looked_at = all.len() as f64;
    let z = normal_quantile(1.0 - 0.025 / looked_at.max(1.0));
    let found = all.into_iter().map(|sides| compare(place, sides, expected, z));
    found
        .fold(None, |best: Option<(f64, Apart)>, one| match best {
            Some(best) if best.0 >= one.0 => Some(best),
            _ => Some(one),
        })
        .map(|(_, apart)| apart)
}

fn compare(place: &Place<'_>, sides: Sides<'_>, expected: f64, z: f64) -> (f64, Apart) {
    let (short, short_v) = centre(&sides.short);
    let (other, other_v) = centre(&sides.other);
    let (worse, sd) = (place.adverse(short, other), (short_v + other_v).sqrt());
    let off = place.adverse(other, expected);
    let clearness = if sd > 0.0 { worse / sd } else { 0.0 };
    let found = Apart {
        by: sides.by,
        group: sides.group,
        worse,
        low: worse - z * sd,
        other: off,
        other_high: off + normal_quantile(0.975) * other_v.sqrt(),
    };
    (clearness, found)
}

/// Mean of agents drawn from a population, and its variance.
fn centre(agents: &[&AgentMean]) -> (f64, f64) {
    let sample = Sample::new(agents.iter().map(|agent| (agent.mean, agent.v)));
    sample.pooled_mean(sample.paule_mandel())
}

fn one_against_all<'a>(
    place: &Place<'_>,
    agents: &'a [AgentMean],
    attribute: &'static str,
) -> Vec<Sides<'a>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, agent) in agents.iter().enumerate() {
        if let Some(value) = said(place, agent, attribute) {
            groups.entry(value).or_default().push(at);
        }
    }
    let known: Vec<usize> = groups.values().flatten().copied().collect();
    let sides = |(value, own): (&&str, &Vec<usize>)| Sides {
        by: attribute,
        group: (*value).to_owned(),
        short: own.iter().map(|&at| &agents[at]).collect(),
        other: known.iter().filter(|at| !own.contains(at)).map(|&at| &agents[at]).collect(),
    };
    groups.iter().map(sides).collect()
}

/// Every cut between authority levels, which must be numbers: without an order nobody is higher.
fn below_a_level<'a>(place: &Place<'_>, agents: &'a [AgentMean]) -> Vec<Sides<'a>> {
    const ATTRIBUTE: &str = "authority-level";
    let level = |agent: &AgentMean| said(place, agent, ATTRIBUTE)?.trim().parse::<f64>().ok();
    let known: Vec<(f64, &AgentMean)> =
        agents.iter().filter_map(|agent| Some((level(agent)?, agent))).collect();
    let mut levels: Vec<f64> = known.iter().map(|(level, _)| *level).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let cut = |from: &f64| Sides {
        by: ATTRIBUTE,
        group: format!("{from} or higher"),
        short: known.iter().filter(|(level, _)| level < from).map(|(_, agent)| *agent).collect(),
        other: known.iter().filter(|(level, _)| level >= from).map(|(_, agent)| *agent).collect(),
    };
    levels.iter().skip(1).map(cut).collect()
}

fn said<'d>(place: &Place<'d>, agent: &AgentMean, attribute: &str) -> Option<&'d str> {
    let day = place.case.calendar.end(place.study.window.to);
    place.case.data.attribute(agent.agent, attribute, day)
}

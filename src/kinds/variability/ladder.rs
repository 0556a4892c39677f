//! Where the difference between agents sits: between teams, between agents of a team, or in single types.

use crate::cube::NONE;
use crate::kinds::desk::Study;
use crate::kinds::homes::Homes;
use crate::kinds::{Case, Depth};
use crate::stats::ladder::{Interaction, Ladder, Rung, interaction, ladder};
use crate::stats::layers::UnitMean;

/// Teams below which a share between teams says nothing.
const LEAST_TEAMS: usize = 2;
/// The ladder keeps this many strata, the largest first; its cost grows with their square.
const MOST_STRATA: usize = 12;

/// The ladder of one window.
pub(super) struct Steps {
    /// Teams and agents at equal mix of work.
    teams: Option<Ladder>,
    pub(super) topic_share: Option<f64>,
    pub(super) p_topic: Option<f64>,
    /// The whole ladder with the mean sampling variance of a cell; the judged period only.
    pub(super) full: Option<(Ladder, f64)>,
}

impl Steps {
    pub(super) fn new(case: &Case<'_>, study: &Study, homes: Option<&Homes>) -> Self {
        let team = |unit: u32| {
            let agent = study.window.agents.get(unit as usize).copied()?;
            homes?.team(agent)
        };
        let rungs = rungs(study, &team);
        let (topic_share, p_topic) =
            interaction(&rungs).map_or((None, None), |found| (topic_share(study, &found), Some(found.p)));
        let full = if case.depth == Depth::Full { full(study, &rungs) } else { None };
        Self { teams: teams(study, &team), topic_share, p_topic, full }
    }

    pub(super) fn teams(&self) -> Option<&Ladder> {
        self.teams.as_ref()
    }
}

/// Teams and agents of teams, at equal mix of work.
fn teams(study: &Study, team: &dyn Fn(u32) -> Option<u32>) -> Option<Ladder> {
    let overall = &study.layers.overall;
    let compared = overall.units.iter().filter(|unit| overall.compared.contains(&unit.unit));
    let rung = |unit: &UnitMean| {
        Some(Rung { group: team(unit.unit)?, unit: unit.unit, stratum: 0, mean: unit.mean, v: unit.v })
    };
    let rungs: Vec<Rung> = compared.filter_map(rung).collect();
    ladder(&rungs).filter(|found| found.groups >= LEAST_TEAMS)
}

/// Agents' means in single strata.
fn rungs(study: &Study, team: &dyn Fn(u32) -> Option<u32>) -> Vec<Rung> {
    let of = |stratum: u32, unit: &UnitMean| Rung {
        group: team(unit.unit).unwrap_or(NONE),
        unit: unit.unit,
        stratum,
        mean: unit.mean,
        v: unit.v,
    };
    let strata = study.layers.strata.iter();
    strata.flat_map(|layer| layer.units.iter().map(|unit| of(layer.stratum, unit))).collect()
}

/// The part special to single types against all of an agent's difference inside a type. The spread at equal mix
/// holds the general part, and of the special one what is left after averaging over an agent's types.
fn topic_share(study: &Study, found: &Interaction) -> Option<f64> {
    let overall = study.layers.overall.spread.as_ref().ok()?;
    let averaged = found.tau2 * mean_concentration(study);
    let general = (overall.tau2 - averaged).max(0.0);
    let all = general + found.tau2;
    (all > 0.0).then(|| found.tau2 / all)
}

/// Mean over agents of Σ (share of the agent's work in a stratum)².
fn mean_concentration(study: &Study) -> f64 {
    let mut sums = vec![(0.0, 0.0); study.window.panel.units];
    for unit in study.layers.strata.iter().flat_map(|layer| &layer.units) {
        let sum: &mut (f64, f64) = &mut sums[unit.unit as usize];
        *sum = (sum.0 + unit.weight, sum.1 + unit.weight * unit.weight);
    }
    let own =
        sums.iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, square)| square / (weight * weight));
    let (count, sum) = own.fold((0.0, 0.0), |(count, sum), x| (count + 1.0, sum + x));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn full(study: &Study, rungs: &[Rung]) -> Option<(Ladder, f64)> {
    let mut strata: Vec<(f64, u32)> =
        study.layers.strata.iter().map(|layer| (layer.weight, layer.stratum)).collect();
    strata.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let kept: Vec<u32> = strata.into_iter().take(MOST_STRATA).map(|(_, stratum)| stratum).collect();
    let used: Vec<Rung> = rungs.iter().filter(|rung| kept.contains(&rung.stratum)).copied().collect();
    let found = ladder(&used)?;
    #[expect(clippy::cast_precision_loss, reason = "a count of cells")]
    let sampling = used.iter().map(|rung| rung.v).sum::<f64>() / used.len() as f64;
    Some((found, sampling))
}

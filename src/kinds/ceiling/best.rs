//! The best agents by other work than the one they are looked at in, so that luck cannot choose them.

use crate::kinds::desk::Study;
use crate::stats::float;

/// Rows an agent needs where it is looked at, and where it is ranked.
const LEAST_HERE: f64 = 5.0;
const LEAST_ELSEWHERE: f64 = 20.0;
const LEAST_AGENTS: usize = 8;
const LEAST_BEST: usize = 3;

/// The best agents' mean deviation from everyone's level, and their lead over the others.
#[expect(clippy::struct_field_names, reason = "the words of the field")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Best {
    pub(super) best: usize,
    pub(super) agents: usize,
    pub(super) mean: f64,
    /// Sampling variance: of these agents in this window.
    pub(super) v: f64,
    pub(super) ahead: f64,
    pub(super) ahead_v: f64,
}

/// One agent's sums in some of the work.
#[derive(Clone, Copy, Default)]
struct Sum {
    n: f64,
    weight: f64,
    /// Σ weight x deviation from the stratum's level and the period's.
    deviation: f64,
    /// Σ n x variance of a row.
    variance: f64,
    /// Σ weight².
    weight2: f64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.n += other.n;
        self.weight += other.weight;
        self.deviation += other.deviation;
        self.variance += other.variance;
        self.weight2 += other.weight2;
    }

    fn without(self, other: Self) -> Self {
        Self {
            n: self.n - other.n,
            weight: self.weight - other.weight,
            deviation: self.deviation - other.deviation,
            variance: self.variance - other.variance,
            weight2: self.weight2 - other.weight2,
        }
    }
}

/// Results of every agent in every contact type and in odd and even periods.
pub(super) struct Results<'a> {
    study: &'a Study,
    sign: f64,
    share: f64,
    types: Vec<u32>,
    /// Flat by type, then agent.
    by_type: Vec<Sum>,
    /// By agent: even periods, odd periods.
    by_half: Vec<[Sum; 2]>,
}

impl<'a> Results<'a> {
    pub(super) fn new(study: &'a Study, sign: f64, share: f64) -> Self {
        let mut types: Vec<u32> = study.window.strata.iter().map(|stratum| stratum.contact_type).collect();
        types.sort_unstable();
        types.dedup();
        let units = study.window.panel.units;
        let mut by_type = vec![Sum::default(); types.len() * units];
        let mut by_half = vec![[Sum::default(); 2]; units];
        let periods = period_levels(study);
        for cell in &study.window.panel.cells {
            let (unit, stratum, time) = (cell.unit as usize, cell.stratum as usize, cell.time as usize);
            let deviation = cell.mean - study.layers.strata[stratum].mean - periods[time];
            let sum = Sum {
                n: cell.n,
                weight: cell.weight,
                deviation: cell.weight * deviation,
                variance: cell.n * study.layers.sigma2[stratum],
                weight2: cell.weight * cell.weight,
            };
            let kind = types.binary_search(&study.window.strata[stratum].contact_type).unwrap_or(0);
            by_type[kind * units + unit].add(sum);
            by_half[unit][time % 2].add(sum);
        }
        Self { study, sign, share, types, by_type, by_half }
    }

    pub(super) fn types(&self) -> &[u32] {
        &self.types
    }

    /// Ranked in all other contact types, looked at in one. `None` with one type or too few agents.
    pub(super) fn of_type(&self, kind: u32) -> Option<Best> {
        let units = self.by_half.len();
        let at = self.types.binary_search(&kind).ok()?;
        let pairs = (0..units).map(|unit| {
            let mut all = self.by_half[unit][0];
            all.add(self.by_half[unit][1]);
            let here = self.by_type[at * units + unit];
            (all.without(here), here)
        });
        self.best(pairs)
    }

    /// Ranked in even periods and looked at in odd ones, and the other way round; the mean of both. The two share
    /// their luck: where the halves happen to agree both find a lead. So the mean is taken to be as uncertain as one
    /// of them; as if independent, its range would hold a true 0 in 88 of 100 runs.
    pub(super) fn over_weeks(&self) -> Option<Best> {
        let half = |rank: usize| self.best(self.by_half.iter().map(move |own| (own[rank], own[1 - rank])));
        let (a, b) = (half(0)?, half(1)?);
        Some(Best {
            best: a.best.min(b.best),
            agents: a.agents.min(b.agents),
            mean: 0.5 * (a.mean + b.mean),
            v: 0.5 * (a.v + b.v),
            ahead: 0.5 * (a.ahead + b.ahead),
            ahead_v: 0.5 * (a.ahead_v + b.ahead_v),
        })
    }

    fn best(&self, pairs: impl Iterator<Item = (Sum, Sum)>) -> Option<Best> {
        let tau2 = self.study.layers.overall.spread.as_ref().map_or(0.0, |spread| spread.tau2);
        let mut ranked: Vec<(f64, Sum)> = pairs
            .filter(|(elsewhere, here)| elsewhere.n >= LEAST_ELSEWHERE && here.n >= LEAST_HERE)
            .map(|(elsewhere, here)| (self.rank(elsewhere, tau2), here))
            .collect();
        if ranked.len() < LEAST_AGENTS {
            return None;
        }
        // Stable: of equal agents the first stays first.
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
        let count = (self.share * float(ranked.len())).ceil() as usize;
        let count = count.max(LEAST_BEST).min(ranked.len() - LEAST_BEST);
        let (best, rest) = ranked.split_at(count);
        let ((mean, v), (others, others_v)) = (self.mean(best), self.mean(rest));
        Some(Best { best: count, agents: ranked.len(), mean, v, ahead: mean - others, ahead_v: v + others_v })
    }

    /// The shrunken deviation up to a factor all agents share: few rows pull toward the middle.
    fn rank(&self, elsewhere: Sum, tau2: f64) -> f64 {
        let v = elsewhere.variance / (elsewhere.weight * elsewhere.weight);
        self.sign * elsewhere.deviation / elsewhere.weight / (v + tau2).max(f64::MIN_POSITIVE)
    }

    /// Mean deviation of some agents over their rows, and its sampling variance.
    fn mean(&self, agents: &[(f64, Sum)]) -> (f64, f64) {
        let mut all = Sum::default();
        for (_, sum) in agents {
            all.add(*sum);
        }
        let square = all.weight * all.weight;
        (all.deviation / all.weight, (all.variance + self.study.layers.tau_time2 * all.weight2) / square)
    }
}

/// Each period's level against the contact types' own.
fn period_levels(study: &Study) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); study.window.panel.times];
    for cell in &study.window.panel.cells {
        let deviation = cell.mean - study.layers.strata[cell.stratum as usize].mean;
        let sum: &mut (f64, f64) = &mut sums[cell.time as usize];
        *sum = (sum.0 + cell.weight, sum.1 + cell.weight * deviation);
    }
    sums.into_iter().map(|(weight, sum)| if weight > 0.0 { sum / weight } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;
    use crate::kinds::panel::{Stratum, Window};
    use crate::stats::layers::{LayerOptions, layers};
    use crate::stats::testing::shares;

    /// 40 agents, 12 periods, three contact types with 8 contacts a cell.
    fn study(sd: f64, seed: u64) -> Study {
        let panel = shares(40, 12, 8, &[0.0, 0.05, 0.15], &[sd, sd, 0.0], seed);
        let layers = layers(&panel, &LayerOptions::default());
        let strata = (0..3).map(|contact_type| Stratum { contact_type, conditions: Vec::new() }).collect();
        let agents = (0..40).collect();
        let window = Window { panel, agents, strata, from: Period(1), to: Period(12), seen: None, n: 11_520 };
        Study { window, layers }
    }

    fn covered(best: &Best) -> bool {
        best.ahead.abs() <= 1.96 * best.ahead_v.sqrt()
    }

    #[test]
    fn the_best_of_equal_agents_elsewhere_are_like_the_others_here() {
        let runs = 200;
        let (mut of_type, mut over_weeks) = (0, 0);
        for seed in 0..runs {
            let study = study(0.0, seed);
            let results = Results::new(&study, 1.0, 0.25);
            of_type += usize::from(covered(&results.of_type(2).unwrap()));
            over_weeks += usize::from(covered(&results.over_weeks().unwrap()));
        }
        // 95 % less three standard errors.
        assert!(of_type >= 181 && over_weeks >= 181, "{of_type} and {over_weeks} of 200");
    }

    #[test]
    fn ability_shows_where_it_counts_and_not_where_it_does_not() {
        let (mut ahead, mut blocked) = (0, 0);
        for seed in 0..60 {
            let study = study(0.08, seed);
            let results = Results::new(&study, 1.0, 0.25);
            let lead = results.of_type(0).unwrap();
            ahead += usize::from(lead.ahead - 1.96 * lead.ahead_v.sqrt() > 0.0);
            blocked += usize::from(covered(&results.of_type(2).unwrap()));
        }
        assert!(ahead >= 58 && blocked >= 52, "{ahead} ahead, {blocked} level of 60");
    }

    #[test]
    fn lower_is_better_turns_the_ranking_round() {
        let study = study(0.08, 1);
        let (high, low) = (
            Results::new(&study, 1.0, 0.25).of_type(0).unwrap(),
            Results::new(&study, -1.0, 0.25).of_type(0).unwrap(),
        );
        assert!(high.mean > 0.0 && low.mean < 0.0);
        assert_eq!(high.best, 10);
    }
}

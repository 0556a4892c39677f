//! How often each verdict was given, by the rules and by the naive ones.

use std::collections::BTreeMap;

use gapwise::model::VerdictId;

use super::centre::{Centre, Drawn, draw};
use super::naive;
use super::page::Rate;
use super::random::Random;
use super::said::Said;
use super::workspace::Lab;

/// Verdicts by how often each was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    counts: BTreeMap<VerdictId, u64>,
    all: u64,
}

impl Given {
    pub(crate) fn add(&mut self, verdict: VerdictId) {
        *self.counts.entry(verdict).or_default() += 1;
        self.all += 1;
    }

    pub(crate) fn rate(&self, verdicts: &[VerdictId]) -> Rate {
        let hits = verdicts.iter().filter_map(|verdict| self.counts.get(verdict)).sum();
        Rate { hits, of: self.all }
    }
}

/// The rules beside the two naive ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) ours: Given,
    pub(crate) spread: Given,
    pub(crate) ratio: Given,
}

/// The spread of averages at which the naive rule coaches: three points.
const ENOUGH: f64 = 0.03;

impl Beside {
    pub(crate) fn add(&mut self, lab: &Lab, drawn: &Drawn, said: &Said) {
        let material = lab.plan.metrics[0].material;
        self.ours.add(said.verdict());
        self.spread.add(naive::by_spread(drawn.gap_of_these, &drawn.averages, ENOUGH, material));
        self.ratio.add(naive::by_ratio(drawn.gap_of_these, &drawn.averages, material));
    }

    /// Draws a centre `runs` times and judges it.
    pub(crate) fn of(name: &str, centre: &Centre, lab: &Lab, runs: u64) -> Self {
        let mut beside = Self::default();
        for run in 0..runs {
            let drawn = draw(centre, lab, &mut Random::of(name, run));
            beside.add(lab, &drawn, &Said::of(lab, &drawn));
        }
        beside
    }
}

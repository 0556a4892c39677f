//! Agents' results week by week, like for like: the adverse distance from what the same mix of work gives on
//! average, and from the target of that mix.

use std::collections::BTreeMap;

use super::view::View;
use crate::calendar::Period;
use crate::kinds::Case;
use crate::model::{Metric, Scope, SourceId};

static OPERATION: Scope = Scope::Operation;

/// One agent's result in one period.
#[derive(Clone, Copy, Debug, Default)]
struct Week {
    weight: f64,
    n: f64,
    /// Weighted adverse distance from the stratum's mean, and from its target.
    beside_others: f64,
    short: Option<f64>,
}

/// One metric's results by agent and period.
pub(super) struct Outcome {
    pub(super) metric: String,
    from: Period,
    times: usize,
    least: f64,
    agents: BTreeMap<u32, Vec<Week>>,
}

/// Rows an agent needs in a period to say anything: as for the effect of coaching.
const LEAST_CONTACTS: f64 = 5.0;

impl Outcome {
    /// A metric over the view's window and `more` periods before it, for the operation as a whole.
    pub(super) fn new(view: &View<'_>, index: usize, more: i32) -> Option<Self> {
        let metric = &view.case.metrics[index];
        let case = Case {
            metric: Some((index, metric)),
            scope: &OPERATION,
            window: view.case.window + more,
            period: view.span.to,
            ..view.case
        };
        let study = case.desk.study(&case)?;
        let targets = study.targets(case.data, metric);
        let sign = metric.better.sign();
        let levels: BTreeMap<u32, f64> =
            study.layers.strata.iter().map(|layer| (layer.stratum, layer.mean)).collect();
        let times = study.window.panel.times;
        let mut agents: BTreeMap<u32, Vec<Week>> = BTreeMap::new();
        for cell in &study.window.panel.cells {
            let Some(level) = levels.get(&cell.stratum) else { continue };
            let agent = study.window.agents[cell.unit as usize];
            let own = agents.entry(agent).or_insert_with(|| vec![Week::default(); times]);
            let at = &mut own[cell.time as usize];
            at.weight += cell.weight;
            at.n += cell.n;
            at.beside_others += cell.weight * sign * (level - cell.mean);
            if let Some(target) = targets.get(cell.stratum as usize).copied().flatten() {
                *at.short.get_or_insert(0.0) += cell.weight * sign * (target - cell.mean);
            }
        }
        let least = if metric.source == SourceId::Contacts { LEAST_CONTACTS } else { 1.0 };
        Some(Self { metric: metric.id.clone(), from: study.window.from, times, least, agents })
    }

    /// Every metric a test lets through.
    pub(super) fn all(view: &View<'_>, more: i32, wanted: impl Fn(&Metric) -> bool) -> Vec<Self> {
        let metrics = view.case.metrics.iter().enumerate().filter(|(_, metric)| wanted(metric));
        metrics.filter_map(|(index, _)| Self::new(view, index, more)).collect()
    }

    fn week(&self, agent: u32, period: Period) -> Option<&Week> {
        let at = usize::try_from(period.0 - self.from.0).ok()?;
        self.agents.get(&agent)?.get(at).filter(|week| week.n >= self.least && week.weight > 0.0)
    }

    /// The agent's adverse distance from others' results on the same work, in a period.
    pub(super) fn beside_others(&self, agent: u32, period: Period) -> Option<f64> {
        self.week(agent, period).map(|week| week.beside_others / week.weight)
    }

    /// Mean adverse distance from others over all periods, for agents with enough of them.
    pub(super) fn levels(&self, least_periods: usize) -> BTreeMap<u32, f64> {
        let level = |(agent, weeks): (&u32, &Vec<Week>)| {
            let known: Vec<&Week> = weeks.iter().filter(|week| week.n > 0.0).collect();
            let weight: f64 = known.iter().map(|week| week.weight).sum();
            let sum: f64 = known.iter().map(|week| week.beside_others).sum();
            (known.len() >= least_periods && weight > 0.0).then_some((*agent, sum / weight))
        };
        self.agents.iter().filter_map(level).collect()
    }

    /// The agent's distance from target over a few periods; above 0 is short of it.
    pub(super) fn short(&self, agent: u32, from: Period, to: Period) -> Option<f64> {
        let weeks = (from.0..=to.0).filter_map(|period| self.week(agent, Period(period)));
        let known: Vec<(f64, f64)> = weeks.filter_map(|week| Some((week.short?, week.weight))).collect();
        let weight: f64 = known.iter().map(|(_, weight)| weight).sum();
        (weight > 0.0).then(|| known.iter().map(|(short, _)| short).sum::<f64>() / weight)
    }

    /// The periods of an agent's worst tenth (at least one), of at least eight with a result.
    pub(super) fn worst(&self, agent: u32) -> Option<Vec<(Period, bool)>> {
        const LEAST_WEEKS: usize = 8;
        let periods = (0..i32::try_from(self.times).ok()?).map(|time| self.from.shift(time));
        let mut known: Vec<(Period, f64)> =
            periods.filter_map(|period| Some((period, self.beside_others(agent, period)?))).collect();
        if known.len() < LEAST_WEEKS {
            return None;
        }
        known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let worst = ((known.len() + 5) / 10).max(1);
        let mut flagged: Vec<(Period, bool)> =
            known.into_iter().enumerate().map(|(rank, (period, _))| (period, rank < worst)).collect();
        flagged.sort();
        Some(flagged)
    }
}

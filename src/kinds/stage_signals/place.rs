//! A stage of the work measured in the contact types of a case: what is high, against what, and for whom.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::kinds::Case;
use crate::kinds::by_type::{TypeLevel, by_type, together};
use crate::kinds::desk::{Study, type_name};
use crate::model::{Metric, Row, Value};
use crate::stats::reach::ReachOptions;

/// Types that carry none of the gap are what the others are held against, where they hold this share of the rest.
const ENOUGH_OTHERS: f64 = 0.2;
/// Standard deviations from the centre of a normal to its outer tenth.
const OUTER_TENTH: f64 = 1.281_552;

/// One stage: its metric in the judged scope and window, and the types in which the judged metric falls short.
pub(in crate::kinds) struct Place<'a> {
    /// The case, asked of the stage's metric.
    pub(super) case: Case<'a>,
    pub(super) metric: &'a Metric,
    pub(super) study: Rc<Study>,
    pub(super) types: Vec<TypeLevel>,
    /// Contact types that are credibly short in the judged metric.
    carrying: Vec<u32>,
    /// Whether the stage is the judged metric, held against its target.
    itself: bool,
}

/// Why there is nothing to look at.
pub(in crate::kinds) enum Missing {
    /// No metric has the stage's concept, or none but the judged one.
    Metric,
    /// It has no rows here.
    Rows,
    /// The judged metric has no target, so that no type can carry a gap.
    Target,
}

impl<'a> Place<'a> {
    /// `stage` is a concept, or `itself`.
    pub(in crate::kinds) fn of(case: &Case<'a>, stage: &str) -> Result<Self, Missing> {
        let (judged, _) = case.metric.ok_or(Missing::Metric)?;
        let reach = case.desk.reach(case, &ReachOptions::default()).ok_or(Missing::Target)?;
        let outcome = case.desk.study(case).ok_or(Missing::Rows)?;
        let credible = reach.strata.iter().filter(|one| one.credible);
        let mut carrying: Vec<u32> =
            credible.map(|one| outcome.window.strata[one.stratum as usize].contact_type).collect();
        carrying.dedup();
        let itself = stage == "itself";
        let named = |(index, metric): &(usize, &Metric)| {
            if itself {
                *index == judged
            } else {
                *index != judged && metric.concept.as_deref() == Some(stage)
            }
        };
        let own = case.metrics.iter().enumerate().find(named).ok_or(Missing::Metric)?;
        let case = Case { metric: Some(own), ..*case };
        let study = case.desk.study(&case).ok_or(Missing::Rows)?;
        let types = by_type(&study);
        if types.is_empty() {
            return Err(Missing::Rows);
        }
        Ok(Self { case, metric: own.1, study, types, carrying, itself })
    }

    pub(in crate::kinds) fn types(&self) -> &[TypeLevel] {
        &self.types
    }

    /// The case, asked of the stage's metric.
    pub(in crate::kinds) fn case(&self) -> &Case<'a> {
        &self.case
    }

    /// A row about one type, or about all of them.
    pub(in crate::kinds) fn row(&self, level: Option<&TypeLevel>, values: Vec<Value>) -> Row {
        let window = &self.study.window;
        Row {
            item: level.map(|one| type_name(self.case.data, one.contact_type).to_owned()),
            n: level.map_or(window.n, |one| rows_of(one.n)),
            agents: level.map_or(self.study.agents(), |one| one.agents),
            window: window.span(),
            values,
            q: Vec::new(),
        }
    }

    pub(in crate::kinds) fn carries(&self, level: &TypeLevel) -> bool {
        self.carrying.contains(&level.contact_type)
    }

    /// How far `level` is on the bad side of `reference`.
    pub(super) fn adverse(&self, level: f64, reference: f64) -> f64 {
        self.metric.better.sign() * (reference - level)
    }

    /// What a type is held against, with its variance: the target of the judged metric itself; else the other
    /// types' level, those that carry none of the gap where there are enough of them.
    pub(super) fn expected(&self, own: &TypeLevel) -> Option<(f64, f64)> {
        if self.itself {
            let target = self.metric.target_of(type_name(self.case.data, own.contact_type));
            return target.map(|target| (target, 0.0));
        }
        let others = self.types.iter().filter(|one| one.contact_type != own.contact_type);
        let clean = others.clone().filter(|one| !self.carries(one));
        let weight = |types: &mut dyn Iterator<Item = &TypeLevel>| types.map(|one| one.weight).sum::<f64>();
        if weight(&mut clean.clone()) >= ENOUGH_OTHERS * weight(&mut others.clone()) {
            together(clean)
        } else {
            together(others)
        }
    }

    /// Each agent's mean in a type and its variance, with the agent's place in the window; agents with enough rows.
    pub(super) fn agents(&self, level: &TypeLevel) -> Vec<AgentMean> {
        let mut sums: BTreeMap<u32, (f64, f64, f64)> = BTreeMap::new();
        for unit in level.strata.iter().flat_map(|&at| &self.study.layers.strata[at].units) {
            let sum = sums.entry(unit.unit).or_default();
            sum.0 += unit.weight;
            sum.1 += unit.weight * unit.mean;
            sum.2 += unit.weight * unit.weight * unit.v;
        }
        let mean = |(unit, (weight, sum, v)): (u32, (f64, f64, f64))| AgentMean {
            agent: self.study.window.agents[unit as usize],
            mean: sum / weight,
            v: v / (weight * weight),
        };
        sums.into_iter().map(mean).collect()
    }

    /// Whether it holds for everyone, and how agents lie to the reference.
    pub(super) fn everyone(&self, level: &TypeLevel, expected: f64) -> Option<Everyone> {
        let (mut centre, mut upper2, mut sd2) = (0.0, 0.0, 0.0);
        let (mut above, mut all) = (0u32, 0u32);
        for layer in level.strata.iter().map(|&at| &self.study.layers.strata[at]) {
            let spread = layer.spread.as_ref().ok()?;
            let share = layer.weight / level.weight;
            centre += share * spread.centre;
            upper2 += share * spread.tau2_high;
            sd2 += share * spread.tau2;
            for agent in spread.shrunken() {
                all += 1;
                above += u32::from(self.adverse(agent.estimate, expected) > 0.0);
            }
        }
        Some(Everyone {
            all_alike: self.adverse(centre, expected) - OUTER_TENTH * upper2.sqrt() > 0.0,
            above: f64::from(above) / f64::from(all.max(1)),
            sd: sd2.sqrt(),
        })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
fn rows_of(n: f64) -> u64 {
    n as u64
}

/// One agent in one contact type; the agent's index never leaves the computation.
pub(super) struct AgentMean {
    pub(super) agent: u32,
    pub(super) mean: f64,
    pub(super) v: f64,
}

/// Agents of a type against a reference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Everyone {
    /// Even the best tenth under the largest plausible spread is on its bad side.
    pub(super) all_alike: bool,
    /// Share of agents on its bad side, luck taken out.
    pub(super) above: f64,
    /// Standard deviation between agents.
    pub(super) sd: f64,
}

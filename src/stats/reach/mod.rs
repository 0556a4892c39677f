//! How much of a gap to a target lies within reach of what units already do: if every unit below the level
//! of the best quarter (a parameter) reached it, in the same stratum, which share of the gap would close?
//! That share is κ. A gap is structural when κ is surely small, behavioural when it is surely large. The
//! ledger states the same in the metric's own points and adds up to the net gap.

mod gaps;
mod judge;

#[cfg(test)]
mod tests;

pub use crate::stats::kappa::Kappa;
pub use crate::stats::power::Power;

use crate::stats::dist::{normal_quantile, normal_sf};
use crate::stats::layers::Layers;
use crate::stats::panel::Panel;
use gaps::{certain, gaps, net_se, spread_of};

/// Every number one may argue about.
#[derive(Clone, Debug)]
pub struct ReachOptions {
    /// The level to reach: .75 is that of the best quarter.
    pub quantile: f64,
    /// Also tell what other levels would give.
    pub also: Vec<f64>,
    /// Strata with compatible spreads share one between-unit variance.
    pub shared: bool,
    /// κ below this is structural.
    pub structural_below: f64,
    /// κ above this is behavioural.
    pub behavioural_above: f64,
    /// A stratum's gap is credible from this many standard errors (1.2816: one-sided 90 %) …
    pub credible_z: f64,
    /// … and from this share of the gross gap.
    pub credible_share: f64,
    /// Probability from which a label is given.
    pub confidence: f64,
    /// Behavioural also needs units that differ at this level.
    pub alpha: f64,
    /// Both labels need this share of the credible gap to make the whole mixed.
    pub mixed_share: f64,
    /// Level of the interval of the net gap.
    pub gap_level: f64,
    /// Level of the interval of κ and of reach.
    pub kappa_level: f64,
    /// Strata that can be judged must hold this share of the weight, else units are judged over all strata.
    pub localised_share: f64,
}

impl Default for ReachOptions {
    fn default() -> Self {
        Self {
            quantile: 0.75,
            also: vec![0.5, 0.75, 0.9],
            shared: true,
            structural_below: 1.0 / 3.0,
            behavioural_above: 2.0 / 3.0,
            credible_z: 1.2816,
            credible_share: 0.05,
            confidence: 0.80,
            alpha: 0.05,
            mixed_share: 0.25,
            gap_level: 0.95,
            kappa_level: 0.80,
            localised_share: 0.5,
        }
    }
}

/// Which side of the line a stratum's gap falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Structural,
    Behavioural,
    Mixed,
    /// Not enough to tell.
    Unplaced,
}

/// Whose spread between units was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadOf {
    /// The stratum's own.
    Stratum,
    /// The one shared by strata whose spreads are compatible.
    Pool,
}

/// What the whole amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    NoCredibleGap,
    Structural,
    Behavioural,
    Mixed,
    NotEnough,
}

/// One stratum with a target. Gaps are adverse: above 0 is short of the target.
#[derive(Clone, Debug)]
pub struct StratumReach {
    pub stratum: u32,
    /// Share of the weight that has a target.
    pub share: f64,
    pub target: f64,
    pub mean: f64,
    pub gap: f64,
    /// Standard error of the gap, units as drawn from their population.
    pub se: f64,
    /// Standard error of the gap of these very units: sampling only.
    pub sampling_se: f64,
    /// Share x gap; these add up to the net gap.
    pub contribution: f64,
    pub credible: bool,
    pub label: Label,
    /// The label rests on the spread shared with other strata.
    pub borrowed: bool,
    /// Distribution of κ behind the label; `None` unless the gap is credible and the spread estimable.
    pub kappa: Option<Kappa>,
    /// Points gained if every unit below the level to reach got there; `None` when the spread is not estimable.
    pub headroom: Option<f64>,
    /// Whose spread the headroom rests on.
    pub headroom_from: SpreadOf,
    /// No unit is credibly at its target, and one unit in ten at most could be.
    pub uniformly_short: bool,
}

/// Where the net gap goes, in the metric's points: the four parts add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ledger {
    pub reach: f64,
    pub out_of_reach: f64,
    pub unplaced: f64,
    /// Never above 0: strata ahead of their target.
    pub ahead: f64,
    pub reach_low: f64,
    pub reach_high: f64,
}

/// The same question asked of another level to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtQuantile {
    pub quantile: f64,
    /// Points within reach, for the strata placed at the level judged.
    pub reach: f64,
    pub kappa: Kappa,
}

/// What the shared spread looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    pub strata: Vec<u32>,
    pub tau2: f64,
    /// 1 when the strata are independent.
    pub dependence: f64,
}

/// The answer for one panel and its targets.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Share of the panel's weight that has a target.
    pub covered: f64,
    pub net_gap: f64,
    /// Sampling error only: the gap of these units in this window.
    pub se: f64,
    pub low: f64,
    pub high: f64,
    /// One-sided p-value of "no gap".
    pub p_gap: f64,
    /// Σ share x gap over strata short of their target.
    pub gross_gap: f64,
    pub strata: Vec<StratumReach>,
    /// `None` when no stratum has a credible gap and an estimable spread.
    pub kappa: Option<Kappa>,
    /// p-value of "units are equal" over the strata with credible gaps (Bonferroni).
    pub p_gate: Option<f64>,
    /// Share of the credible gross gap in strata labelled structural, behavioural, mixed.
    pub structural_share: f64,
    pub behavioural_share: f64,
    pub mixed_share: f64,
    pub pooled: Option<Pooled>,
    /// Units were judged over all strata together: too little weight in strata that can be judged alone.
    pub not_localised: bool,
    pub ledger: Ledger,
    pub at_quantiles: Vec<AtQuantile>,
    /// Chance that these units and volumes would have shown each verdict, had it been true.
    pub power: Option<Power>,
}

/// Judges the gap of `panel` to `target_per_stratum` (NaN: no target, the stratum is left out). `sign` is 1
/// when higher is better, −1 when lower is. `None` when no stratum with observations has a target.
pub fn reach(
    panel: &Panel,
    layers: &Layers,
    target_per_stratum: &[f64],
    sign: f64,
    options: &ReachOptions,
) -> Option<Reach> {
    let mut strata = gaps(layers, target_per_stratum, sign);
    let covered: f64 = strata.iter().map(|stratum| stratum.share).sum();
    if strata.is_empty() || covered <= 0.0 {
        return None;
    }
    for stratum in &mut strata {
        stratum.share /= covered;
        stratum.contribution = stratum.share * stratum.gap;
    }
    let net_gap: f64 = strata.iter().map(|stratum| stratum.contribution).sum();
    let se = net_se(panel, layers, &strata);
    let half = se * normal_quantile(0.5 + 0.5 * options.gap_level);
    let mut this = Reach {
        covered,
        net_gap,
        se,
        low: net_gap - half,
        high: net_gap + half,
        p_gap: if se > 0.0 { normal_sf(net_gap / se) } else { certain(net_gap) },
        gross_gap: strata.iter().map(|stratum| stratum.contribution.max(0.0)).sum(),
        strata,
        kappa: None,
        p_gate: None,
        structural_share: 0.0,
        behavioural_share: 0.0,
        mixed_share: 0.0,
        pooled: None,
        not_localised: false,
        ledger: Ledger::default(),
        at_quantiles: Vec::new(),
        power: None,
    };
    let judgeable = this.strata.iter().filter(|stratum| spread_of(layers, stratum).is_some());
    let localised = judgeable.map(|stratum| stratum.share).sum::<f64>() >= options.localised_share;
    this.mark_credible(options);
    match &layers.overall.spread {
        Ok(spread) if !localised => this.judge_overall(layers, spread, sign, options),
        _ => this.judge_strata(layers, sign, options),
    }
    Some(this)
}

/// The fewest strata that together hold a given part of the gross gap of the strata with a credible gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// Largest contribution first.
    pub strata: Vec<u32>,
    /// Part of the credible gross gap they hold.
    pub gap_share: f64,
    /// Part of the weight they are.
    pub weight_share: f64,
}

impl Reach {
    /// The fewest strata that hold `part` of the credible gross gap; `None` when no gap is credible.
    pub fn concentration(&self, part: f64) -> Option<Concentration> {
        let mut credible: Vec<&StratumReach> =
            self.strata.iter().filter(|stratum| stratum.credible).collect();
        credible.sort_by(|a, b| b.contribution.total_cmp(&a.contribution).then(a.stratum.cmp(&b.stratum)));
        let whole: f64 = credible.iter().map(|stratum| stratum.contribution).sum();
        let mut found = Concentration { strata: Vec::new(), gap_share: 0.0, weight_share: 0.0 };
        for stratum in &credible {
            if found.gap_share >= part {
                break;
            }
            found.strata.push(stratum.stratum);
            found.gap_share += stratum.contribution / whole;
            found.weight_share += stratum.share;
        }
        (!found.strata.is_empty()).then_some(found)
    }

    /// The class by the order of rules: no credible gap, mixed by strata, structural, behavioural, mixed within
    /// strata, not enough. `material` is the smallest gap that matters.
    pub fn class(&self, material: f64, options: &ReachOptions) -> Class {
        let gap = self.net_gap >= material && self.p_gap <= options.alpha;
        let credible = self.not_localised || self.strata.iter().any(|stratum| stratum.credible);
        if !gap || !credible {
            return Class::NoCredibleGap;
        }
        let Some(kappa) = self.kappa else { return Class::NotEnough };
        let unlikely = 1.0 - options.confidence;
        if self.structural_share >= options.mixed_share && self.behavioural_share >= options.mixed_share {
            Class::Mixed
        } else if kappa.p_structural >= options.confidence {
            Class::Structural
        } else if kappa.p_behavioural >= options.confidence && self.p_gate.is_some_and(|p| p < options.alpha)
        {
            Class::Behavioural
        } else if kappa.p_structural < unlikely && kappa.p_behavioural < unlikely {
            Class::Mixed
        } else {
            Class::NotEnough
        }
    }
}

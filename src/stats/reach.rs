//! How much of a gap to a target lies within reach of what units already do: if every unit below the level
//! of the best quarter (a parameter) reached it, in the same stratum, which share of the gap would close?
//! That share is κ. A gap is structural when κ is surely small, behavioural when it is surely large. The
//! ledger states the same in the metric's own points and adds up to the net gap.

use crate::stats::dist::{normal_quantile, normal_sf};
use crate::stats::float;
use crate::stats::kappa::{Kappa, Line, kappa, shape, within_reach};
use crate::stats::layers::{Layers, Spread, StratumLayer, UnitMean};
use crate::stats::panel::Panel;
use crate::stats::pooling::{self, Pool};
use crate::stats::power::{Power, power};

/// Where a gap is spread over many strata no one of them holds a fixed share of it; this part of an even share
/// is then enough.
const EVEN_SHARE: f64 = 0.5;

/// Every number a consultant may argue about.
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
    /// The headroom rests on the spread shared with other strata.
    pub pooled: bool,
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
    /// Units were judged over all strata together: too little work in strata that can be judged alone.
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

impl Reach {
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

    fn mark_credible(&mut self, options: &ReachOptions) {
        let short = self.strata.iter().filter(|stratum| stratum.gap > 0.0).count();
        let least = options.credible_share.min(EVEN_SHARE / float(short.max(1)));
        for stratum in &mut self.strata {
            let clear = stratum.gap > options.credible_z * stratum.se;
            let material = stratum.contribution >= least * self.gross_gap;
            stratum.credible = stratum.gap > 0.0 && clear && material;
        }
    }

    fn judge_strata(&mut self, layers: &Layers, sign: f64, options: &ReachOptions) {
        let (judged, spreads): (Vec<usize>, Vec<&Spread>) = (0..self.strata.len())
            .filter(|i| self.strata[*i].credible)
            .filter_map(|i| spread_of(layers, &self.strata[i]).map(|spread| (i, spread)))
            .unzip();
        let pool = if options.shared { self.share_spread(layers, &judged) } else { None };
        let own = self.own_lines(&judged, &spreads, sign, options.quantile);
        let used = with_pool(own.clone(), pool.as_ref());
        self.note_headroom(layers, sign, options.quantile);
        for (position, i) in judged.iter().enumerate() {
            self.strata[*i].label(&own[position], &used[position], spreads[position].p_equal, options);
        }
        self.note_shares(&judged);
        self.kappa = kappa(&used, options);
        let least = spreads.iter().map(|spread| spread.p_equal).fold(f64::INFINITY, f64::min);
        self.p_gate = (!spreads.is_empty()).then(|| (least * float(spreads.len())).min(1.0));
        self.power = power(&used, &spreads, options);
        let placed = |position: &usize| self.strata[judged[*position]].label != Label::Unplaced;
        let placed: Vec<usize> = (0..judged.len()).filter(placed).collect();
        self.ledger = self.balance(&pick(&used, &placed), options);
        for quantile in &options.also {
            let lines = with_pool(self.own_lines(&judged, &spreads, sign, *quantile), pool.as_ref());
            self.add_quantile(*quantile, &lines, &pick(&lines, &placed), options);
        }
    }

    /// The fallback when strata are too thin: one line with the net gap and the spread at equal mix.
    fn judge_overall(&mut self, layers: &Layers, spread: &Spread, sign: f64, options: &ReachOptions) {
        self.not_localised = true;
        let line = |quantile| Line {
            share: 1.0,
            gap: self.net_gap,
            se: overall_se(layers, spread),
            tau2: spread.tau2,
            tau2_grid: &spread.confidence.quantiles,
            shape: shape(spread, sign, quantile),
        };
        let main = line(options.quantile);
        if self.net_gap <= 0.0 || self.net_gap <= options.credible_z * main.se {
            self.ledger = self.balance(&[], options);
            return;
        }
        self.kappa = kappa(&[main], options);
        self.p_gate = Some(spread.p_equal);
        self.power = power(&[main], &[spread], options);
        let whole = self.kappa.map_or(Label::Unplaced, |kappa| label(&kappa, spread.p_equal, options));
        let placed = whole != Label::Unplaced;
        let lines: Vec<_> = options.also.iter().map(|quantile| (*quantile, line(*quantile))).collect();
        self.ledger = self.balance_whole(placed.then_some(&main), options);
        for (quantile, line) in lines {
            self.add_quantile(quantile, &[line], &[line][..usize::from(placed)], options);
        }
    }

    fn share_spread(&mut self, layers: &Layers, judged: &[usize]) -> Option<Pool> {
        let members: Vec<&StratumLayer> = judged.iter().map(|i| layer_of(layers, &self.strata[*i])).collect();
        let pool = pooling::pool(&members)?;
        for position in &pool.members {
            self.strata[judged[*position]].pooled = true;
        }
        self.pooled = Some(Pooled {
            strata: pool.members.iter().map(|position| self.strata[judged[*position]].stratum).collect(),
            tau2: pool.tau2,
            dependence: pool.dependence,
        });
        Some(pool)
    }

    fn own_lines<'a>(
        &self,
        judged: &[usize],
        spreads: &[&'a Spread],
        sign: f64,
        quantile: f64,
    ) -> Vec<Line<'a>> {
        let line = |(i, spread): (&usize, &&'a Spread)| {
            let stratum = &self.strata[*i];
            Line {
                share: stratum.share,
                gap: stratum.gap,
                se: stratum.se,
                tau2: spread.tau2,
                tau2_grid: &spread.confidence.quantiles,
                shape: shape(spread, sign, quantile),
            }
        };
        judged.iter().zip(spreads).map(line).collect()
    }

    /// Headroom of every stratum with an estimable spread, also those without a credible gap.
    fn note_headroom(&mut self, layers: &Layers, sign: f64, quantile: f64) {
        for stratum in &mut self.strata {
            let spread = spread_of(layers, stratum);
            stratum.headroom = spread.map(|spread| shape(spread, sign, quantile) * spread.tau());
        }
    }

    fn note_shares(&mut self, judged: &[usize]) {
        let credible: f64 = judged.iter().map(|i| self.strata[*i].contribution).sum();
        let share = |wanted| {
            let held = judged.iter().filter(|i| self.strata[**i].label == wanted);
            held.map(|i| self.strata[*i].contribution).fold(0.0, |a, b| a + b) / credible
        };
        if credible > 0.0 {
            let shares = (share(Label::Structural), share(Label::Behavioural), share(Label::Mixed));
            (self.structural_share, self.behavioural_share, self.mixed_share) = shares;
        }
    }

    /// Splits the net gap: what is placed falls into reach and out of reach, the rest of the shortfall stays
    /// unplaced, and strata ahead of their target count against it.
    fn balance(&self, placed: &[Line], options: &ReachOptions) -> Ledger {
        let (reach, reach_low, reach_high) = within_reach(placed, options.kappa_level);
        let placed: f64 = placed.iter().map(|line| line.share * line.gap).sum();
        Ledger {
            reach,
            out_of_reach: placed - reach,
            unplaced: without_dust(self.gross_gap - placed, self.gross_gap),
            ahead: without_dust(self.net_gap - self.gross_gap, self.gross_gap),
            reach_low,
            reach_high,
        }
    }

    /// The ledger of a net gap that is not localised: nothing is known of single strata.
    fn balance_whole(&self, placed: Option<&Line>, options: &ReachOptions) -> Ledger {
        let lines: Vec<Line> = placed.copied().into_iter().collect();
        let (reach, reach_low, reach_high) = within_reach(&lines, options.kappa_level);
        let rest = self.net_gap - reach;
        let (out_of_reach, unplaced) = if lines.is_empty() { (0.0, rest) } else { (rest, 0.0) };
        Ledger { reach, out_of_reach, unplaced, ahead: 0.0, reach_low, reach_high }
    }

    fn add_quantile(&mut self, quantile: f64, lines: &[Line], placed: &[Line], options: &ReachOptions) {
        if let Some(kappa) = kappa(lines, options) {
            let (reach, ..) = within_reach(placed, options.kappa_level);
            self.at_quantiles.push(AtQuantile { quantile, reach, kappa });
        }
    }
}

impl StratumReach {
    /// The stratum's own spread decides; where it cannot, the shared one may.
    fn label(&mut self, own: &Line, used: &Line, p_equal: f64, options: &ReachOptions) {
        self.headroom = Some(used.headroom());
        let Some(alone) = kappa(&[*own], options) else { return };
        self.kappa = Some(alone);
        self.label = label(&alone, p_equal, options);
        if self.label != Label::Unplaced || !self.pooled {
            return;
        }
        let Some(shared) = kappa(&[*used], options) else { return };
        let from_shared = label(&shared, p_equal, options);
        if from_shared != Label::Unplaced {
            self.kappa = Some(shared);
            self.label = from_shared;
            self.borrowed = true;
        }
    }
}

fn label(kappa: &Kappa, p_equal: f64, options: &ReachOptions) -> Label {
    let unlikely = 1.0 - options.confidence;
    if kappa.p_structural >= options.confidence {
        Label::Structural
    } else if kappa.p_behavioural >= options.confidence && p_equal < options.alpha {
        Label::Behavioural
    } else if kappa.p_structural < unlikely && kappa.p_behavioural < unlikely {
        Label::Mixed
    } else {
        Label::Unplaced
    }
}

/// Members of the pool take its spread and its mean shape.
fn with_pool<'a>(mut lines: Vec<Line<'a>>, pool: Option<&'a Pool>) -> Vec<Line<'a>> {
    let Some(pool) = pool else { return lines };
    let share: f64 = pool.members.iter().map(|i| lines[*i].share).sum();
    let average = pool.members.iter().map(|i| lines[*i].share * lines[*i].shape).sum::<f64>() / share;
    for i in &pool.members {
        let line = &mut lines[*i];
        (line.tau2, line.tau2_grid, line.shape) = (pool.tau2, &pool.confidence.quantiles, average);
    }
    lines
}

fn pick<'a>(lines: &[Line<'a>], positions: &[usize]) -> Vec<Line<'a>> {
    positions.iter().map(|i| lines[*i]).collect()
}

fn gaps(layers: &Layers, targets: &[f64], sign: f64) -> Vec<StratumReach> {
    let with_target = layers.strata.iter().zip(targets);
    let usable = with_target.filter(|(layer, target)| target.is_finite() && layer.weight > 0.0);
    usable
        .map(|(layer, target)| StratumReach {
            stratum: layer.stratum,
            share: layer.share,
            target: *target,
            mean: layer.mean,
            gap: sign * (target - layer.mean),
            se: gap_se(layer),
            contribution: 0.0,
            credible: false,
            label: Label::Unplaced,
            borrowed: false,
            kappa: None,
            headroom: None,
            pooled: false,
        })
        .collect()
}

/// Standard error of a stratum's mean, its units taken as drawn from their population.
fn gap_se(layer: &StratumLayer) -> f64 {
    let Ok(spread) = &layer.spread else { return layer.mean_v.sqrt() };
    let weight: f64 = layer.units.iter().map(|unit| unit.weight).sum();
    let part = |unit: &UnitMean| (unit.weight / weight).powi(2) * (unit.v + spread.tau2);
    layer.units.iter().map(part).sum::<f64>().sqrt()
}

fn overall_se(layers: &Layers, spread: &Spread) -> f64 {
    let overall = &layers.overall;
    let part = |unit: &UnitMean| (unit.weight / overall.weight).powi(2) * (unit.v + spread.tau2);
    overall.units.iter().map(part).sum::<f64>().sqrt()
}

/// Sampling error of the net gap: what happened at one time moves all of a unit's strata together, so the
/// transient part is summed by unit and time before it is squared.
fn net_se(panel: &Panel, layers: &Layers, strata: &[StratumReach]) -> f64 {
    let mut targeted = vec![false; panel.strata];
    for stratum in strata {
        targeted[stratum.stratum as usize] = true;
    }
    let (mut total, mut sampling, mut transient) = (0.0, 0.0, 0.0);
    for unit in panel.cells.chunk_by(|a, b| a.unit == b.unit) {
        let mut by_time = vec![0.0; panel.times];
        for cell in unit.iter().filter(|cell| targeted[cell.stratum as usize]) {
            total += cell.weight;
            sampling += cell.n * layers.sigma2[cell.stratum as usize];
            by_time[cell.time as usize] += cell.weight;
        }
        transient += by_time.iter().map(|weight| weight * weight).sum::<f64>();
    }
    (sampling + layers.tau_time2 * transient).sqrt() / total
}

/// A difference of two equal sums is 0, whatever the last digit says.
fn without_dust(difference: f64, scale: f64) -> f64 {
    if difference.abs() <= 1e-13 * scale { 0.0 } else { difference }
}

/// p-value when there is no sampling error at all.
fn certain(gap: f64) -> f64 {
    if gap > 0.0 { 0.0 } else { 1.0 }
}

fn layer_of<'a>(layers: &'a Layers, stratum: &StratumReach) -> &'a StratumLayer {
    &layers.strata[stratum.stratum as usize]
}

fn spread_of<'a>(layers: &'a Layers, stratum: &StratumReach) -> Option<&'a Spread> {
    layer_of(layers, stratum).spread.as_ref().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::layers::{LayerOptions, layers};
    use crate::stats::panel::Cell;
    use crate::stats::testing::{Pcg, shares};

    fn judge(panel: &Panel, target: f64, sign: f64) -> Reach {
        let found = layers(panel, &LayerOptions::default());
        reach(panel, &found, &vec![target; panel.strata], sign, &ReachOptions::default()).unwrap()
    }

    fn class(panel: &Panel) -> Class {
        judge(panel, 0.75, 1.0).class(0.01, &ReachOptions::default())
    }

    fn total(ledger: &Ledger) -> f64 {
        ledger.reach + ledger.out_of_reach + ledger.unplaced + ledger.ahead
    }

    #[test]
    fn the_ledger_adds_up_to_the_net_gap_for_any_panel() {
        let mut random = Pcg::new(1);
        for seed in 0..60 {
            let strata = 1 + usize::try_from(seed % 7).unwrap();
            let gaps: Vec<f64> = (0..strata).map(|_| 0.3 * random.uniform() - 0.08).collect();
            let sd: Vec<f64> = (0..strata).map(|_| 0.1 * random.uniform()).collect();
            let units = 2 + u32::try_from(seed % 30).unwrap();
            let panel = shares(units, 1 + units % 6, 3 + units as usize % 9, &gaps, &sd, seed);
            for sign in [1.0, -1.0] {
                let found = judge(&panel, 0.75, sign);
                let ledger = found.ledger;
                assert!((total(&ledger) - found.net_gap).abs() < 1e-12, "{ledger:?} {}", found.net_gap);
                assert!(ledger.reach >= 0.0 || found.not_localised, "{ledger:?}");
                assert!(ledger.ahead <= 0.0 && ledger.unplaced >= 0.0 || found.not_localised, "{ledger:?}");
                assert!(ledger.reach_low <= ledger.reach && ledger.reach <= ledger.reach_high);
            }
        }
    }

    #[test]
    fn contributions_add_up_and_a_stratum_without_target_is_left_out() {
        let panel = shares(20, 6, 10, &[0.05, 0.10, 0.0], &[0.03; 3], 2);
        let found = layers(&panel, &LayerOptions::default());
        let targets = [0.75, f64::NAN, 0.75];
        let judged = reach(&panel, &found, &targets, 1.0, &ReachOptions::default()).unwrap();
        assert!((judged.covered - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(judged.strata.len(), 2);
        let sum: f64 = judged.strata.iter().map(|stratum| stratum.contribution).sum();
        assert!((sum - judged.net_gap).abs() < 1e-12);
        assert!(reach(&panel, &found, &[f64::NAN; 3], 1.0, &ReachOptions::default()).is_none());
    }

    #[test]
    fn turning_the_metric_and_its_target_over_changes_no_probability() {
        let panel = shares(25, 8, 12, &[0.06, 0.12, 0.02], &[0.05; 3], 9);
        let turned: Vec<Cell> = panel
            .cells
            .iter()
            .map(|cell| Cell { mean: -200.0 * cell.mean, ss: 4e4 * cell.ss, ..*cell })
            .collect();
        let (plain, turned) = (judge(&panel, 0.75, 1.0), judge(&Panel::new(turned), -150.0, -1.0));
        assert!((plain.net_gap * 200.0 - turned.net_gap).abs() < 1e-9);
        let (a, b) = (plain.kappa.unwrap(), turned.kappa.unwrap());
        assert!((a.median - b.median).abs() < 1e-6 && (a.p_structural - b.p_structural).abs() < 1e-3);
        assert!((plain.p_gap - turned.p_gap).abs() < 1e-9);
        assert!((plain.ledger.reach * 200.0 - turned.ledger.reach).abs() < 1e-6);
    }

    #[test]
    fn equal_units_far_below_target_are_structural_and_differing_units_behavioural() {
        assert_eq!(class(&shares(40, 12, 15, &[0.06; 8], &[0.0; 8], 21)), Class::Structural);
        assert_eq!(class(&shares(40, 12, 15, &[0.03; 8], &[0.063; 8], 22)), Class::Behavioural);
        let concentrated = [0.20, 0.20, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(class(&shares(40, 12, 15, &concentrated, &[0.032; 8], 23)), Class::Structural);
        assert_eq!(class(&shares(40, 12, 15, &[-0.03; 8], &[0.04; 8], 24)), Class::NoCredibleGap);
    }

    #[test]
    fn structural_and_behavioural_strata_side_by_side_are_mixed() {
        let gaps = [0.15, 0.15, 0.07, 0.07, 0.07, 0.0, 0.0, 0.0];
        let sd = [0.0, 0.0, 0.13, 0.13, 0.13, 0.03, 0.03, 0.03];
        let found = judge(&shares(40, 12, 19, &gaps, &sd, 31), 0.75, 1.0);
        assert_eq!(found.class(0.01, &ReachOptions::default()), Class::Mixed);
        assert_eq!(found.strata[0].label, Label::Structural);
        assert!(found.behavioural_share > 0.25 && found.structural_share > 0.25);
    }

    #[test]
    fn equal_units_are_practically_never_behavioural() {
        let runs = 60;
        let wrong = (0..runs)
            .filter(|seed| {
                class(&shares(40, 12, 3, &[0.02; 8], &[0.0; 8], 1000 + seed)) == Class::Behavioural
            })
            .count();
        // At most 2 % over the long run: more than 4 of 60 has a chance below 1 %.
        assert!(wrong <= 4, "{wrong} of {runs}");
    }

    #[test]
    fn thin_strata_are_judged_over_all_of_them() {
        let mut panel = shares(30, 10, 20, &[0.06], &[0.0], 41);
        for cell in &mut panel.cells {
            cell.stratum = cell.unit / 3;
        }
        let found = judge(&Panel::new(panel.cells), 0.75, 1.0);
        assert!(found.not_localised);
        assert!((total(&found.ledger) - found.net_gap).abs() < 1e-12);
    }

    #[test]
    fn a_gap_spread_evenly_over_many_strata_is_still_credible() {
        let found = judge(&shares(30, 6, 20, &[0.10; 30], &[0.0; 30], 51), 0.75, 1.0);
        assert!(found.strata.iter().filter(|stratum| stratum.credible).count() > 25);
    }

    #[test]
    fn degenerate_panels_are_judged_without_a_panic() {
        let cell = |unit, mean| Cell { unit, stratum: 0, time: 0, n: 9.0, weight: 9.0, mean, ss: 0.0 };
        for cells in [vec![cell(0, 0.5)], (0..9).map(|unit| cell(unit, 0.5)).collect()] {
            let found = judge(&Panel::new(cells), 0.75, 1.0);
            assert_eq!((found.kappa, found.p_gap), (None, 0.0));
            assert_eq!(found.class(0.01, &ReachOptions::default()), Class::NotEnough);
            assert!((found.ledger.unplaced - 0.25).abs() < 1e-15);
        }
        let empty = Panel::default();
        let found = layers(&empty, &LayerOptions::default());
        assert!(reach(&empty, &found, &[], 1.0, &ReachOptions::default()).is_none());
    }

    #[test]
    fn power_grows_with_units_and_is_near_what_simulation_finds() {
        let power =
            |units| judge(&shares(units, 12, 19, &[0.06; 8], &[0.0; 8], 61), 0.75, 1.0).power.unwrap();
        let (few, many) = (power(12), power(40));
        // Simulated with 8 strata and 150 observations a unit and time: behavioural .41 to .53 and .83 to .98,
        // structural .97 and 1.
        assert!((few.behavioural - 0.47).abs() < 0.12, "{few:?}");
        assert!((many.behavioural - 0.87).abs() < 0.08, "{many:?}");
        assert!(few.structural > 0.9 && many.structural > 0.98);
    }
}

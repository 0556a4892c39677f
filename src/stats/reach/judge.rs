//! Labels, κ and the ledger of a gap already measured.

use super::gaps::{layer_of, overall_se, spread_of};
use super::{AtQuantile, Label, Ledger, Pooled, Reach, ReachOptions, SpreadOf, StratumReach};
use crate::stats::float;
use crate::stats::kappa::{Kappa, Line, kappa, shape, within_reach};
use crate::stats::layers::{Layers, Spread, StratumLayer};
use crate::stats::pooling::{self, Pool};
use crate::stats::power::power;

/// Where a gap is spread over many strata no one of them holds a fixed share of it; this part of an even share
/// is then enough.
const EVEN_SHARE: f64 = 0.5;

impl Reach {
    pub(super) fn mark_credible(&mut self, options: &ReachOptions) {
        let short = self.strata.iter().filter(|stratum| stratum.gap > 0.0).count();
        let least = options.credible_share.min(EVEN_SHARE / float(short.max(1)));
        for stratum in &mut self.strata {
            let clear = stratum.gap > options.credible_z * stratum.se;
            let material = stratum.contribution >= least * self.gross_gap;
            stratum.credible = stratum.gap > 0.0 && clear && material;
        }
    }

    pub(super) fn judge_strata(&mut self, layers: &Layers, sign: f64, options: &ReachOptions) {
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
    pub(super) fn judge_overall(
        &mut self,
        layers: &Layers,
        spread: &Spread,
        sign: f64,
        options: &ReachOptions,
    ) {
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
            self.strata[judged[*position]].headroom_from = SpreadOf::Pool;
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
        if self.label != Label::Unplaced || self.headroom_from == SpreadOf::Stratum {
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

/// A difference of two equal sums is 0, whatever the last digit says.
fn without_dust(difference: f64, scale: f64) -> f64 {
    if difference.abs() <= 1e-13 * scale { 0.0 } else { difference }
}

//! How far each stratum is from its target, and how surely.

use super::{Label, SpreadOf, StratumReach};
use crate::stats::layers::{Layers, Shrunken, Spread, StratumLayer, UnitMean};
use crate::stats::panel::Panel;

/// The level nine units in ten stay below, in standard deviations.
const NORMAL_P90: f64 = 1.281_551_565_544_600_4;
/// Probability from which a unit is credibly at its target.
const CREDIBLY: f64 = 0.95;

pub(super) fn gaps(layers: &Layers, targets: &[f64], sign: f64) -> Vec<StratumReach> {
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
            sampling_se: layer.mean_v.sqrt(),
            contribution: 0.0,
            credible: false,
            label: Label::Unplaced,
            borrowed: false,
            kappa: None,
            headroom: None,
            headroom_from: SpreadOf::Stratum,
            uniformly_short: uniformly_short(layer, *target, sign),
        })
        .collect()
}

/// Even the widest spread the data allow leaves nine units in ten short, and no unit is credibly there.
fn uniformly_short(layer: &StratumLayer, target: f64, sign: f64) -> bool {
    let Ok(spread) = &layer.spread else { return false };
    let best_tenth = spread.centre + sign * NORMAL_P90 * spread.tau_interval().1;
    let there = |unit: &Shrunken| {
        let below = unit.p_below(target);
        let short = if sign > 0.0 { below } else { 1.0 - below };
        short <= 1.0 - CREDIBLY
    };
    sign * (target - best_tenth) > 0.0 && !spread.shrunken().iter().any(there)
}

/// Standard error of a stratum's mean, its units taken as drawn from their population.
fn gap_se(layer: &StratumLayer) -> f64 {
    let Ok(spread) = &layer.spread else { return layer.mean_v.sqrt() };
    let weight: f64 = layer.units.iter().map(|unit| unit.weight).sum();
    let part = |unit: &UnitMean| (unit.weight / weight).powi(2) * (unit.v + spread.tau2);
    layer.units.iter().map(part).sum::<f64>().sqrt()
}

/// Sampling error of the net gap: what happened at one time moves all of a unit's strata together, so the
/// transient part is summed by unit and time before it is squared.
pub(super) fn net_se(panel: &Panel, layers: &Layers, strata: &[StratumReach]) -> f64 {
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

/// p-value when there is no sampling error at all.
pub(super) fn certain(gap: f64) -> f64 {
    if gap > 0.0 { 0.0 } else { 1.0 }
}

pub(super) fn layer_of<'a>(layers: &'a Layers, stratum: &StratumReach) -> &'a StratumLayer {
    &layers.strata[stratum.stratum as usize]
}

pub(super) fn spread_of<'a>(layers: &'a Layers, stratum: &StratumReach) -> Option<&'a Spread> {
    layer_of(layers, stratum).spread.as_ref().ok()
}

pub(super) fn overall_se(layers: &Layers, spread: &Spread) -> f64 {
    let overall = &layers.overall;
    let part = |unit: &UnitMean| (unit.weight / overall.weight).powi(2) * (unit.v + spread.tau2);
    overall.units.iter().map(part).sum::<f64>().sqrt()
}

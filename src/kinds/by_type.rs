//! A metric's level in each contact type of a window, the type's strata taken together.

use std::collections::BTreeMap;

use super::desk::Study;
use crate::calendar::Period;
use crate::cube::NONE;
use crate::model::Metric;
use crate::stats::layers::{LayerOptions, Layers, Spread, StratumLayer, layers};
use crate::stats::panel::Panel;

/// One contact type in one metric.
#[derive(Clone, Debug)]
pub(super) struct TypeLevel {
    /// Index in the dictionary, never [`NONE`].
    pub(super) contact_type: u32,
    pub(super) n: f64,
    pub(super) weight: f64,
    pub(super) mean: f64,
    /// Variance of `mean` with the agents taken as drawn from their population.
    pub(super) v: f64,
    /// Standard deviation between agents; none where too few have enough rows.
    pub(super) tau: Option<f64>,
    /// Mean sampling variance of an agent's mean there.
    pub(super) luck: Option<f64>,
    /// Positions in the layers' strata.
    pub(super) strata: Vec<usize>,
    pub(super) agents: u32,
}

/// Every contact type with rows, in the order of the dictionary.
pub(super) fn by_type(study: &Study) -> Vec<TypeLevel> {
    of_layers(study, &study.layers)
}

/// The same from half of the periods: those whose number is even (0) or odd (1).
pub(super) fn of_half(study: &Study, metric: &Metric, parity: i32) -> Vec<TypeLevel> {
    let panel = &study.window.panel;
    let Period(from) = study.window.from;
    let takes = |time: u32| (from + i32::try_from(time).unwrap_or(0)).rem_euclid(2) == parity;
    let cells = panel.cells.iter().filter(|cell| takes(cell.time)).copied().collect();
    let half = Panel { cells, ..*panel };
    let options = LayerOptions { min_n: super::desk::least_rows(metric), ..LayerOptions::default() };
    of_layers(study, &layers(&half, &options))
}

fn of_layers(study: &Study, layers: &Layers) -> Vec<TypeLevel> {
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, layer) in layers.strata.iter().enumerate().filter(|(_, layer)| layer.weight > 0.0) {
        let contact_type = study.window.strata[layer.stratum as usize].contact_type;
        if contact_type != NONE {
            groups.entry(contact_type).or_default().push(at);
        }
    }
    groups.into_iter().map(|(contact_type, strata)| level(layers, contact_type, strata)).collect()
}

fn level(layers: &Layers, contact_type: u32, strata: Vec<usize>) -> TypeLevel {
    let parts = || strata.iter().map(|&at| &layers.strata[at]);
    let weight: f64 = parts().map(|layer| layer.weight).sum();
    let share = |layer: &StratumLayer| layer.weight / weight;
    let pooled = |read: fn(&Spread) -> f64| -> Option<f64> {
        let tau2 = parts().map(|layer| Some(share(layer) * read(layer.spread.as_ref().ok()?)));
        tau2.sum::<Option<f64>>()
    };
    TypeLevel {
        contact_type,
        n: parts().map(|layer| layer.n).sum(),
        weight,
        mean: parts().map(|layer| share(layer) * layer.mean).sum(),
        v: parts().map(|layer| share(layer).powi(2) * drawn_variance(layer)).sum(),
        tau: pooled(|spread| spread.tau2).map(f64::sqrt),
        luck: pooled(|spread| spread.sample.mean_variance()),
        agents: parts().map(|layer| layer.units.len()).max().and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
        strata,
    }
}

/// Sampling variance of a stratum's mean, and that of drawing its agents.
pub(super) fn drawn_variance(layer: &StratumLayer) -> f64 {
    let tau2 = layer.spread.as_ref().map_or(0.0, |spread| spread.tau2);
    let weight: f64 = layer.units.iter().map(|unit| unit.weight).sum();
    let drawn: f64 = layer.units.iter().map(|unit| (unit.weight / weight).powi(2)).sum();
    layer.mean_v + if weight > 0.0 { tau2 * drawn } else { 0.0 }
}

/// Level and variance of several types together, weighted by their rows; `None` without rows.
pub(super) fn together<'a>(types: impl Iterator<Item = &'a TypeLevel> + Clone) -> Option<(f64, f64)> {
    let weight: f64 = types.clone().map(|one| one.weight).sum();
    (weight > 0.0).then(|| {
        let mean = types.clone().map(|one| one.weight * one.mean).sum::<f64>() / weight;
        (mean, types.map(|one| (one.weight / weight).powi(2) * one.v).sum())
    })
}

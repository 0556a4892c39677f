//! Units compared over all strata and times at equal mix.

use super::{LayerOptions, Overall, Total, UnitMean, Within, spread};
use crate::stats::panel::{Cell, Panel};

/// Sweeps of the stratum and time backfit behind the expected values.
const EXPECTED_SWEEPS: usize = 60;
/// A stratum is carried by specialists when more than this share of it comes from units that do little else.
const SPECIALIST_SHARE: f64 = 0.8;

/// Indirect standardisation: what each unit's strata and times would give an average unit.
pub(super) fn overall(
    panel: &Panel,
    totals: &[Total],
    within: &Within,
    tau_time2: f64,
    options: &LayerOptions,
) -> Overall {
    let expected = expected_cells(panel);
    let mut rows: Vec<Row> = Vec::new();
    for unit in panel.cells.chunk_by(|a, b| a.unit == b.unit) {
        rows.push(Row::of(unit, &expected, panel, &within.sigma2));
    }
    let weight: f64 = rows.iter().map(|row| row.weight).sum();
    let units: Vec<UnitMean> = rows.iter().map(|row| row.deviation(tau_time2)).collect();
    let enough = |unit: &&UnitMean| unit.n >= options.overall_factor * options.min_n;
    let compared: Vec<UnitMean> = units.iter().filter(enough).copied().collect();
    let sigma2 = within.sigma2.iter().fold(0.0_f64, |a, b| a.max(*b));
    let df = effective_df(within);
    Overall {
        n: rows.iter().map(|row| row.n).sum(),
        weight,
        mean: if weight > 0.0 { rows.iter().map(|row| row.sum).sum::<f64>() / weight } else { 0.0 },
        observed: rows.iter().map(|row| row.sum / row.weight).collect(),
        mean_v: units.iter().map(|unit| (unit.weight / weight).powi(2) * unit.v).sum(),
        spread: spread(&compared, sigma2, df, options.min_units),
        compared: compared.iter().map(|unit| unit.unit).collect(),
        components: components(panel, totals),
        units,
    }
}

/// Degrees of freedom behind all strata together; a borrowed variance counts once.
fn effective_df(within: &Within) -> f64 {
    let own: f64 = within.df.iter().zip(&within.borrowed).filter(|(_, b)| !**b).map(|(df, _)| df).sum();
    if own > 0.0 { own } else { within.df.first().copied().unwrap_or(0.0) }
}

/// One unit over all strata.
struct Row {
    unit: u32,
    n: f64,
    weight: f64,
    sum: f64,
    expected: f64,
    /// Σ n x sigma².
    variance: f64,
    /// Σ over times of (weight at the time)².
    weight2: f64,
}

impl Row {
    fn of(cells: &[Cell], expected: &Expected, panel: &Panel, sigma2: &[f64]) -> Self {
        let mut row = Self {
            unit: cells[0].unit,
            n: 0.0,
            weight: 0.0,
            sum: 0.0,
            expected: 0.0,
            variance: 0.0,
            weight2: 0.0,
        };
        let mut by_time = vec![0.0; panel.times];
        for cell in cells {
            let (c, t) = (cell.stratum as usize, cell.time as usize);
            row.n += cell.n;
            row.weight += cell.weight;
            row.sum += cell.weight * cell.mean;
            row.expected += cell.weight * (expected.stratum[c] + expected.time[t]);
            row.variance += cell.n * sigma2[c];
            by_time[t] += cell.weight;
        }
        row.weight2 = by_time.iter().map(|weight| weight * weight).sum();
        row
    }

    fn deviation(&self, tau_time2: f64) -> UnitMean {
        UnitMean {
            unit: self.unit,
            n: self.n,
            weight: self.weight,
            mean: (self.sum - self.expected) / self.weight,
            v: (self.variance + tau_time2 * self.weight2) / (self.weight * self.weight),
        }
    }
}

/// Additive effects of stratum and time.
struct Expected {
    stratum: Vec<f64>,
    time: Vec<f64>,
}

/// Weighted least squares of cell means on stratum and time, by backfitting on their cross table.
fn expected_cells(panel: &Panel) -> Expected {
    let (strata, times) = (panel.strata, panel.times);
    let (mut weight, mut sum) = (vec![0.0; strata * times], vec![0.0; strata * times]);
    for cell in &panel.cells {
        let slot = cell.stratum as usize * times + cell.time as usize;
        weight[slot] += cell.weight;
        sum[slot] += cell.weight * cell.mean;
    }
    let mut fit = Expected { stratum: vec![0.0; strata], time: vec![0.0; times] };
    for _ in 0..EXPECTED_SWEEPS {
        let mut moved: f64 = 0.0;
        for c in 0..strata {
            let slots = (0..times).map(|t| (c * times + t, fit.time[t]));
            moved = moved.max(refit(&mut fit.stratum[c], slots, &weight, &sum));
        }
        for t in 0..times {
            let slots = (0..strata).map(|c| (c * times + t, fit.stratum[c]));
            moved = moved.max(refit(&mut fit.time[t], slots, &weight, &sum));
        }
        let size = fit.stratum.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        if moved <= 1e-14 * size {
            break;
        }
    }
    fit
}

/// Sets one effect to the weighted mean of what the other leaves; returns how far it moved.
fn refit(effect: &mut f64, slots: impl Iterator<Item = (usize, f64)>, weight: &[f64], sum: &[f64]) -> f64 {
    let (mut total, mut left) = (0.0, 0.0);
    for (slot, other) in slots {
        total += weight[slot];
        left += sum[slot] - weight[slot] * other;
    }
    let new = if total > 0.0 { left / total } else { 0.0 };
    let moved = (new - *effect).abs();
    *effect = new;
    moved
}

/// Strata that units doing little else carry, by stratum.
pub(super) fn specialists(panel: &Panel, totals: &[Total]) -> Vec<bool> {
    let (mut by_unit, mut by_stratum) = (vec![0.0; panel.units], vec![0.0; panel.strata]);
    for total in totals {
        by_unit[total.unit as usize] += total.weight;
        by_stratum[total.stratum as usize] += total.weight;
    }
    let mut from_specialists = vec![0.0; panel.strata];
    for total in totals {
        if total.weight > SPECIALIST_SHARE * by_unit[total.unit as usize] {
            from_specialists[total.stratum as usize] += total.weight;
        }
    }
    let one = panel.strata < 2;
    from_specialists
        .iter()
        .zip(&by_stratum)
        .map(|(part, all)| !one && *part > SPECIALIST_SHARE * all)
        .collect()
}

/// Connected components of the graph of units and strata (union-find).
fn components(panel: &Panel, totals: &[Total]) -> usize {
    let mut parent: Vec<usize> = (0..panel.units + panel.strata).collect();
    for total in totals {
        let a = root(&mut parent, total.unit as usize);
        let b = root(&mut parent, panel.units + total.stratum as usize);
        parent[a.max(b)] = a.min(b);
    }
    let mut roots: Vec<usize> = totals.iter().map(|total| root(&mut parent, total.unit as usize)).collect();
    roots.sort_unstable();
    roots.dedup();
    roots.len()
}

fn root(parent: &mut [usize], mut node: usize) -> usize {
    while parent[node] != node {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    node
}

//! Variation from time to time beyond sampling.

use super::MIN_DF;
use crate::stats::dist::chi2_quantile;
use crate::stats::float;
use crate::stats::panel::Panel;

const MIN_TIMES: usize = 4;
/// Sweeps of the unit and time backfit before the overdispersion is measured.
const SWEEPS: usize = 10;

pub(super) struct TimeLayer {
    pub(super) tau2: f64,
    /// Lower end of its 95 % range.
    pub(super) tau2_low: f64,
    pub(super) phi: Option<f64>,
}

/// Additional variance of a unit's mean at one time, over all strata: Pearson's X² of the unit-time residuals
/// after weighted removal of unit and time effects, against its degrees of freedom.
pub(super) fn overdispersion(panel: &Panel, centre: &[f64], sigma2: &[f64]) -> TimeLayer {
    let none = TimeLayer { tau2: 0.0, tau2_low: 0.0, phi: None };
    if panel.times < MIN_TIMES {
        return none;
    }
    let (mut residual, precision) = unit_times(panel, centre, sigma2);
    let used = float(precision.iter().filter(|w| **w > 0.0).count());
    let rows = precision.chunks(panel.times).filter(|row| row.iter().any(|w| *w > 0.0)).count();
    let columns =
        (0..panel.times).filter(|t| precision.iter().skip(*t).step_by(panel.times).any(|w| *w > 0.0)).count();
    let df = used - float(rows) - float(columns) + 1.0;
    if df < MIN_DF || columns < MIN_TIMES {
        return none;
    }
    for _ in 0..SWEEPS {
        centre_rows(&mut residual, &precision, panel.times);
        centre_columns(&mut residual, &precision, panel.times);
    }
    let x2: f64 = residual.iter().zip(&precision).map(|(e, w)| w * e * e).sum();
    let total: f64 = precision.iter().sum();
    // X² is taken as a multiple of chi-squared, its mean df + tau²·total·df/used.
    let above = |least: f64| ((x2 / least - 1.0) * used / total).max(0.0);
    TimeLayer { tau2: above(df), tau2_low: above(chi2_quantile(0.975, df)), phi: Some(x2 / df) }
}

/// Residual and precision of each unit at each time, flat by unit, strata taken together.
fn unit_times(panel: &Panel, centre: &[f64], sigma2: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let slots = panel.units * panel.times;
    let (mut sum, mut weight, mut variance) = (vec![0.0; slots], vec![0.0; slots], vec![0.0; slots]);
    for cell in &panel.cells {
        let slot = cell.unit as usize * panel.times + cell.time as usize;
        let c = cell.stratum as usize;
        sum[slot] += cell.weight * (cell.mean - centre[c]);
        weight[slot] += cell.weight;
        variance[slot] += cell.n * sigma2[c];
    }
    for slot in 0..slots {
        let known = variance[slot] > 0.0;
        sum[slot] = if known { sum[slot] / weight[slot] } else { 0.0 };
        variance[slot] = if known { weight[slot] * weight[slot] / variance[slot] } else { 0.0 };
    }
    (sum, variance)
}

fn centre_rows(values: &mut [f64], weights: &[f64], width: usize) {
    for (row, weight) in values.chunks_mut(width).zip(weights.chunks(width)) {
        let total: f64 = weight.iter().sum();
        if total > 0.0 {
            let mean = row.iter().zip(weight).map(|(e, w)| w * e).sum::<f64>() / total;
            for e in row {
                *e -= mean;
            }
        }
    }
}

fn centre_columns(values: &mut [f64], weights: &[f64], width: usize) {
    let (mut total, mut sum) = (vec![0.0; width], vec![0.0; width]);
    for (row, weight) in values.chunks(width).zip(weights.chunks(width)) {
        for t in 0..width {
            total[t] += weight[t];
            sum[t] += weight[t] * row[t];
        }
    }
    for row in values.chunks_mut(width) {
        for t in 0..width {
            row[t] -= if total[t] > 0.0 { sum[t] / total[t] } else { 0.0 };
        }
    }
}

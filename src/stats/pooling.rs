//! One between-unit variance for several strata. A stratum alone rarely holds enough to bound its spread;
//! strata whose spreads are compatible lend each other strength. The same units appear in several strata, so
//! their Q statistics are dependent: the sum is referred to a scaled chi-squared (Satterthwaite), the scale
//! measured from the correlation of standardised deviations between strata.

use crate::stats::adjust::bh;
use crate::stats::dist::{chi2_cdf, chi2_sf};
use crate::stats::float;
use crate::stats::layers::{Spread, StratumLayer};
use crate::stats::sample::{Sample, solve_sum};
use crate::stats::spread::Confidence;
use std::cmp::Ordering;

/// A stratum whose spread is this surprising under the common variance keeps its own (q-value).
const OUTLIER_RATE: f64 = 0.10;
/// Units two strata must share before their correlation counts.
const MIN_COMMON: usize = 4;

/// A between-unit variance shared by several strata.
#[derive(Clone, Debug)]
pub struct Pool {
    /// Members as positions in the slice given to [`pool`].
    pub members: Vec<usize>,
    pub tau2: f64,
    /// How many times wider the sum of Q spreads than for independent strata (1 = independent).
    pub dependence: f64,
    /// Effective degrees of freedom between units.
    pub df: f64,
    pub confidence: Confidence,
    samples: Vec<Sample>,
}

impl Pool {
    /// Confidence that the shared standard deviation between units is at most `delta_tau`.
    pub fn spread_confidence(&self, delta_tau: f64) -> f64 {
        let samples: Vec<&Sample> = self.samples.iter().collect();
        self.confidence.at(&samples, delta_tau * delta_tau)
    }
}

/// Pools the strata whose spreads are compatible; `None` when fewer than two are.
pub fn pool(strata: &[&StratumLayer]) -> Option<Pool> {
    let usable: Vec<(usize, &StratumLayer, &Spread)> = strata
        .iter()
        .enumerate()
        .filter_map(|(i, layer)| layer.spread.as_ref().ok().map(|spread| (i, *layer, spread)))
        .collect();
    if usable.len() < 2 {
        return None;
    }
    let samples: Vec<&Sample> = usable.iter().map(|(_, _, spread)| &spread.sample).collect();
    let common = solve_sum(&samples, samples.iter().map(|sample| degrees(sample)).sum());
    let surprise: Vec<f64> = samples.iter().map(|sample| two_sided(sample, common)).collect();
    let members: Vec<_> =
        usable.into_iter().zip(bh(&surprise)).filter(|(_, q)| *q >= OUTLIER_RATE).map(|(m, _)| m).collect();
    (members.len() > 1).then(|| of_members(&members, common))
}

fn of_members(members: &[(usize, &StratumLayer, &Spread)], common: f64) -> Pool {
    let samples: Vec<&Sample> = members.iter().map(|(_, _, spread)| &spread.sample).collect();
    let deviations: Vec<Vec<(u32, f64)>> =
        members.iter().map(|(_, layer, spread)| standardised(layer, &spread.sample, common)).collect();
    let dependence = 1.0 + (float(members.len()) - 1.0) * mean_excess(&deviations).max(0.0);
    let between: f64 = samples.iter().map(|sample| degrees(sample)).sum();
    let within = members.iter().map(|(_, _, spread)| spread.df_within).sum();
    let df = between / dependence;
    Pool {
        members: members.iter().map(|(i, _, _)| *i).collect(),
        tau2: solve_sum(&samples, between),
        dependence,
        df,
        confidence: Confidence::of(&samples, df, within, dependence),
        samples: samples.into_iter().cloned().collect(),
    }
}

fn degrees(sample: &Sample) -> f64 {
    float(sample.len().saturating_sub(1))
}

fn two_sided(sample: &Sample, tau2: f64) -> f64 {
    let (q, df) = (sample.q(tau2), degrees(sample));
    (2.0 * chi2_sf(q, df).min(chi2_cdf(q, df))).min(1.0)
}

fn standardised(layer: &StratumLayer, sample: &Sample, tau2: f64) -> Vec<(u32, f64)> {
    let (centre, _) = sample.pooled_mean(tau2);
    layer.units.iter().map(|unit| (unit.unit, (unit.mean - centre) / (unit.v + tau2).sqrt())).collect()
}

/// Mean over pairs of strata of the squared correlation beyond what chance gives.
fn mean_excess(deviations: &[Vec<(u32, f64)>]) -> f64 {
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (i, a) in deviations.iter().enumerate() {
        for b in &deviations[..i] {
            if let Some(excess) = excess_correlation(a, b) {
                sum += excess;
                pairs += 1.0;
            }
        }
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

fn excess_correlation(a: &[(u32, f64)], b: &[(u32, f64)]) -> Option<f64> {
    let pairs = common_units(a, b);
    if pairs.len() < MIN_COMMON {
        return None;
    }
    let n = float(pairs.len());
    let (mean_x, mean_y) = pairs.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in &pairs {
        xy += (x - mean_x) * (y - mean_y);
        xx += (x - mean_x) * (x - mean_x);
        yy += (y - mean_y) * (y - mean_y);
    }
    (xx > 0.0 && yy > 0.0).then(|| xy * xy / (xx * yy) - 1.0 / (n - 1.0))
}

/// Values of the units in both lists, which are ascending by unit.
fn common_units(a: &[(u32, f64)], b: &[(u32, f64)]) -> Vec<(f64, f64)> {
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::with_capacity(a.len().min(b.len()));
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                pairs.push((a[i].1, b[j].1));
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    pairs
}

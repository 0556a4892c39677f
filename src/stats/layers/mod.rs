//! The layers of variation in a panel: within cells, from time to time, between units inside a stratum, and
//! between units over all strata at equal mix. Whether units differ is a question about the spread of their
//! *true* means, so every estimate here takes the sampling variance off first.
//!
//! Sources: pooled within-unit variance and Paule–Mandel with a Q-profile interval (`DerSimonian` and
//! Kacker 2007; Viechtbauer 2007); additive overdispersion over time (Spiegelhalter 2005); indirect
//! standardisation for the overall comparison.

mod overall;
mod time;

#[cfg(test)]
mod tests;

pub use crate::stats::spread::{Detectable, Shrunken, Spread, spread_confidence};

use crate::stats::moments::Moments;
use crate::stats::panel::{Cell, Panel};
use crate::stats::sample::Sample;
use overall::{overall, specialists};
use time::overdispersion;

/// Below this many degrees of freedom a stratum borrows the within variance of all strata.
const MIN_DF: f64 = 30.0;

/// What is asked before a unit, or a stratum, is compared.
#[derive(Clone, Copy, Debug)]
pub struct LayerOptions {
    /// Observations a unit needs in a stratum to be compared there (5 for shares, 20 for skewed means).
    pub min_n: f64,
    /// Units a stratum needs for a between-unit variance.
    pub min_units: usize,
    /// Observations a unit needs over all strata, in multiples of `min_n`.
    pub overall_factor: f64,
}

impl Default for LayerOptions {
    fn default() -> Self {
        Self { min_n: 5.0, min_units: 5, overall_factor: 2.0 }
    }
}

/// Why a between-unit variance cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unestimable {
    /// Fewer units with enough observations than asked.
    FewUnits,
    /// No variation inside units (all observations equal) or none that could be measured.
    Degenerate,
    /// The panel holds no observation here.
    Empty,
}

/// One unit's mean in one stratum, or its adjusted deviation over all strata.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitMean {
    pub unit: u32,
    pub n: f64,
    pub weight: f64,
    pub mean: f64,
    /// Sampling variance of `mean`, transient variation from time to time included.
    pub v: f64,
}

/// One stratum.
#[derive(Clone, Debug)]
pub struct StratumLayer {
    pub stratum: u32,
    /// Observations and weight over all units, also those too small to be compared.
    pub n: f64,
    pub weight: f64,
    /// Share of the panel's weight.
    pub share: f64,
    pub mean: f64,
    /// Variance of one observation inside a unit and its degrees of freedom.
    pub sigma2: f64,
    pub df: f64,
    /// The variance is that of all strata together: too few observations here.
    pub borrowed_sigma2: bool,
    /// Mostly made up of units that do little else: unit and stratum cannot be told apart.
    pub specialist: bool,
    /// Units with enough observations, by index.
    pub units: Vec<UnitMean>,
    /// Σ over all units of (weight share)² v: the sampling variance of `mean`.
    pub mean_v: f64,
    pub spread: Result<Spread, Unestimable>,
}

/// All units at equal mix of strata and times.
#[derive(Clone, Debug)]
pub struct Overall {
    pub n: f64,
    pub weight: f64,
    pub mean: f64,
    /// Every unit of the panel with observations, by index; `mean` is the adjusted deviation: observed minus
    /// what the unit's strata and times would give an average unit.
    pub units: Vec<UnitMean>,
    /// The observed mean of each unit in `units`.
    pub observed: Vec<f64>,
    /// Spread of the deviations of the units with enough observations.
    pub spread: Result<Spread, Unestimable>,
    /// The units behind `spread`, by index.
    pub compared: Vec<u32>,
    /// Groups of units that share no stratum with one another; above 1 they cannot be compared.
    pub components: usize,
    /// Σ over units of (weight share)² v: the sampling variance of the overall mean.
    pub mean_v: f64,
}

/// Every layer of a panel.
#[derive(Clone, Debug)]
pub struct Layers {
    /// Variance of one observation inside a unit, by stratum; 0 where there is none.
    pub sigma2: Vec<f64>,
    /// Its degrees of freedom, by stratum.
    pub df: Vec<f64>,
    /// Additional variance of a unit's mean from time to time.
    pub tau_time2: f64,
    /// Lower end of its 95 % range.
    pub tau_time2_low: f64,
    /// Overdispersion over time; above 3 observations are suspiciously dependent or doubled.
    pub phi: Option<f64>,
    /// Too few times or cells to look for overdispersion.
    pub no_overdispersion_check: bool,
    pub strata: Vec<StratumLayer>,
    pub overall: Overall,
}

/// Measures every layer. Cost: O(cells) plus O(units x 70) per stratum.
pub fn layers(panel: &Panel, options: &LayerOptions) -> Layers {
    let centre = stratum_means(panel);
    let totals = totals(panel, &centre);
    let within = within(panel, &totals);
    let time = overdispersion(panel, &centre, &within.sigma2);
    let overall = overall(panel, &totals, &within, time.tau2, options);
    let total_weight = overall.weight;
    let specialist = specialists(panel, &totals);
    let mut by_stratum: Vec<Vec<&Total>> = vec![Vec::new(); panel.strata];
    for total in &totals {
        by_stratum[total.stratum as usize].push(total);
    }
    let strata = by_stratum
        .iter()
        .enumerate()
        .map(|(c, totals)| {
            let mut layer = stratum(totals, &within, c, time.tau2, options);
            layer.share = if total_weight > 0.0 { layer.weight / total_weight } else { 0.0 };
            layer.specialist = specialist[c];
            layer
        })
        .collect();
    Layers {
        sigma2: within.sigma2,
        df: within.df,
        tau_time2: time.tau2,
        tau_time2_low: time.tau2_low,
        phi: time.phi,
        no_overdispersion_check: time.phi.is_none(),
        strata,
        overall,
    }
}

/// One unit in one stratum over all times.
struct Total {
    unit: u32,
    stratum: u32,
    n: f64,
    weight: f64,
    /// Σ weight x mean.
    sum: f64,
    ss: f64,
    /// Σ over times of (weight at the time)².
    weight2: f64,
}

struct Within {
    sigma2: Vec<f64>,
    df: Vec<f64>,
    borrowed: Vec<bool>,
}

fn stratum_means(panel: &Panel) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); panel.strata];
    for cell in &panel.cells {
        let sum = &mut sums[cell.stratum as usize];
        sum.0 += cell.weight;
        sum.1 += cell.weight * cell.mean;
    }
    sums.iter().map(|(weight, sum)| if *weight > 0.0 { sum / weight } else { 0.0 }).collect()
}

/// Cells are sorted by unit and stratum, so equal keys are neighbours.
fn totals(panel: &Panel, centre: &[f64]) -> Vec<Total> {
    let same = |a: &Cell, b: &Cell| (a.unit, a.stratum) == (b.unit, b.stratum);
    panel.cells.chunk_by(same).map(|cells| total(cells, centre[cells[0].stratum as usize])).collect()
}

/// Observations are merged as deviations from the stratum's level per observation, `(mean − level)·weight/n`,
/// which is the cell mean itself for plain means and the linearised residual for ratios of sums.
fn total(cells: &[Cell], level: f64) -> Total {
    let mut moments = Moments::default();
    let (mut weight, mut sum, mut weight2) = (0.0, 0.0, 0.0);
    for cell in cells {
        let mean = (cell.mean - level) * cell.weight / cell.n;
        moments = moments.merge(Moments { n: cell.n, mean, ss: cell.ss.max(0.0) });
        weight += cell.weight;
        sum += cell.weight * cell.mean;
        weight2 += cell.weight * cell.weight;
    }
    Total {
        unit: cells[0].unit,
        stratum: cells[0].stratum,
        n: moments.n,
        weight,
        sum,
        ss: moments.ss,
        weight2,
    }
}

fn within(panel: &Panel, totals: &[Total]) -> Within {
    let (mut ss, mut df) = (vec![0.0; panel.strata], vec![0.0; panel.strata]);
    for total in totals {
        ss[total.stratum as usize] += total.ss;
        df[total.stratum as usize] += (total.n - 1.0).max(0.0);
    }
    let (all_ss, all_df): (f64, f64) = (ss.iter().sum(), df.iter().sum());
    let mut borrowed = vec![false; panel.strata];
    let mut sigma2 = vec![0.0; panel.strata];
    for c in 0..panel.strata {
        borrowed[c] = df[c] < MIN_DF && all_df > df[c];
        if borrowed[c] {
            (ss[c], df[c]) = (all_ss, all_df);
        }
        sigma2[c] = if df[c] > 0.0 { ss[c] / df[c] } else { 0.0 };
    }
    Within { sigma2, df, borrowed }
}

/// Sampling variance of a unit's mean in one stratum.
fn sampling_variance(total: &Total, sigma2: f64, tau_time2: f64) -> f64 {
    (sigma2 * total.n + tau_time2 * total.weight2) / (total.weight * total.weight)
}

fn stratum(
    totals: &[&Total],
    within: &Within,
    c: usize,
    tau_time2: f64,
    options: &LayerOptions,
) -> StratumLayer {
    let sigma2 = within.sigma2[c];
    let weight: f64 = totals.iter().map(|total| total.weight).sum();
    let unit_mean = |total: &Total| UnitMean {
        unit: total.unit,
        n: total.n,
        weight: total.weight,
        mean: total.sum / total.weight,
        v: sampling_variance(total, sigma2, tau_time2),
    };
    let all: Vec<UnitMean> = totals.iter().map(|total| unit_mean(total)).collect();
    let mean_v = all.iter().map(|unit| (unit.weight / weight).powi(2) * unit.v).sum();
    let units: Vec<UnitMean> = all.into_iter().filter(|unit| unit.n >= options.min_n).collect();
    StratumLayer {
        stratum: u32::try_from(c).unwrap_or(u32::MAX),
        n: totals.iter().map(|total| total.n).sum(),
        weight,
        share: 0.0,
        mean: totals.iter().map(|total| total.sum).sum::<f64>() / if weight > 0.0 { weight } else { 1.0 },
        sigma2,
        df: within.df[c],
        borrowed_sigma2: within.borrowed[c],
        specialist: false,
        mean_v,
        spread: spread(&units, sigma2, within.df[c], options.min_units),
        units,
    }
}

fn spread(units: &[UnitMean], sigma2: f64, df: f64, min_units: usize) -> Result<Spread, Unestimable> {
    if units.is_empty() {
        return Err(Unestimable::Empty);
    }
    if units.len() < min_units.max(2) {
        return Err(Unestimable::FewUnits);
    }
    if sigma2 <= 0.0 || df <= 0.0 {
        return Err(Unestimable::Degenerate);
    }
    let sample = Sample::new(units.iter().map(|unit| (unit.mean, unit.v)));
    Spread::of(sample, df).ok_or(Unestimable::Degenerate)
}

//! The layers of variation in a panel: within cells, from time to time, between units inside a stratum, and
//! between units over all strata at equal mix. Whether units differ is a question about the spread of their
//! *true* means, so every estimate here takes the sampling variance off first.
//!
//! Sources: pooled within-unit variance and Paule–Mandel with a Q-profile interval (`DerSimonian` and
//! Kacker 2007; Viechtbauer 2007); additive overdispersion over time (Spiegelhalter 2005); indirect
//! standardisation for the overall comparison.

use crate::stats::dist::{chi2_quantile, f_sf};
use crate::stats::float;
use crate::stats::moments::Moments;
use crate::stats::panel::{Cell, Panel};
use crate::stats::spread::{Confidence, Sample};

/// Below this many degrees of freedom a stratum borrows the within variance of all strata.
const MIN_DF: f64 = 30.0;
const MIN_TIMES: usize = 4;
/// Sweeps of the unit and time backfit before the overdispersion is measured.
const SWEEPS: usize = 10;
/// Sweeps of the stratum and time backfit behind the expected values.
const EXPECTED_SWEEPS: usize = 60;
/// A stratum is carried by specialists when more than this share of it comes from units that do little else.
const SPECIALIST_SHARE: f64 = 0.8;
/// Level of the bounds of a between-unit variance.
const LEVEL: f64 = 0.95;

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

/// The spread of true unit means.
#[derive(Clone, Debug)]
pub struct Spread {
    pub sample: Sample,
    /// Paule–Mandel variance between units, with its Q-profile bounds at 95 %.
    pub tau2: f64,
    pub tau2_low: f64,
    pub tau2_high: f64,
    /// p-value of the test that all units are equal.
    pub p_equal: f64,
    /// Precision-weighted mean of the units and its variance.
    pub centre: f64,
    pub centre_v: f64,
    /// Mean over units of tau² / (tau² + v): the share of the visible spread that is real.
    pub reliability: f64,
    /// Degrees of freedom of the sampling variance.
    pub df_within: f64,
    pub confidence: Confidence,
}

/// One unit's mean pulled toward the centre by how much of the spread is real (empirical Bayes).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    pub estimate: f64,
    pub sd: f64,
}

/// What it would take to tell equal units from units that differ by a given standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detectable {
    /// Standard deviation between units found with 80 % power at 5 %.
    pub tau: f64,
    /// The upper 90 % bound expected when the units are truly equal.
    pub expected_upper: f64,
    /// Observations per unit at which that bound falls to the standard deviation that matters.
    pub n_per_unit: f64,
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
    /// Mostly the work of units that do little else: unit and stratum cannot be told apart.
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
        phi: time.phi,
        no_overdispersion_check: time.phi.is_none(),
        strata,
        overall,
    }
}

/// How confident one can be that true unit means have a standard deviation of at most `delta_tau`.
pub fn spread_confidence(spread: &Spread, delta_tau: f64) -> f64 {
    spread.confidence.at(&[&spread.sample], delta_tau * delta_tau)
}

impl Spread {
    /// Spread of estimates with sampling variances on `df_within` degrees of freedom (infinite when known).
    pub fn of(sample: Sample, df_within: f64) -> Option<Self> {
        let df = float(sample.len().checked_sub(1)?);
        if df < 1.0 || sample.variances().iter().all(|v| *v <= f64::MIN_POSITIVE) {
            return None;
        }
        let tau2 = sample.paule_mandel();
        let (tau2_low, tau2_high) = sample.q_profile(LEVEL, df_within);
        let (centre, centre_v) = sample.pooled_mean(tau2);
        let confidence = Confidence::of(&[&sample], df, df_within, 1.0);
        let real: f64 = sample.variances().iter().map(|v| tau2 / (tau2 + v)).sum();
        Some(Self {
            tau2,
            tau2_low,
            tau2_high,
            p_equal: f_sf(sample.q(0.0) / df, df, df_within),
            centre,
            centre_v,
            reliability: real / float(sample.len()),
            df_within,
            confidence,
            sample,
        })
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.sample.len()
    }

    pub fn tau(&self) -> f64 {
        self.tau2.sqrt()
    }

    /// The bounds of the standard deviation between units at 95 %.
    pub fn tau_interval(&self) -> (f64, f64) {
        (self.tau2_low.sqrt(), self.tau2_high.sqrt())
    }

    /// Share of one observation's variance that lies between units, given the variance inside.
    pub fn icc(&self, sigma2: f64) -> f64 {
        self.tau2 / (self.tau2 + sigma2)
    }

    /// Standard deviation of the unit means as they stand, luck included.
    pub fn raw_sd(&self) -> f64 {
        self.sample.raw_sd()
    }

    /// Standard deviation the unit means would show if all units were equal.
    pub fn sd_from_luck(&self) -> f64 {
        self.sample.mean_variance().sqrt()
    }

    /// Each unit's mean pulled toward the centre, in the order of the sample.
    pub fn shrunken(&self) -> Vec<Shrunken> {
        let pull = |(y, v): (&f64, &f64)| {
            let real = self.tau2 / (self.tau2 + v);
            let variance = real * v + (1.0 - real) * (1.0 - real) * self.centre_v;
            Shrunken { estimate: self.centre + real * (y - self.centre), sd: variance.sqrt() }
        };
        self.sample.estimates().iter().zip(self.sample.variances()).map(pull).collect()
    }

    /// What could be told apart with these units; `sigma2` is the variance of one observation and `delta_tau`
    /// the standard deviation that matters.
    pub fn detectable(&self, sigma2: f64, delta_tau: f64) -> Detectable {
        let (df, v) = (float(self.units() - 1), self.sample.mean_variance());
        let upper = (df / chi2_quantile(0.10, df) - 1.0).max(0.0);
        let power = (chi2_quantile(0.95, df) / chi2_quantile(0.20, df) - 1.0).max(0.0);
        Detectable {
            tau: (v * power).sqrt(),
            expected_upper: (v * upper).sqrt(),
            n_per_unit: sigma2 * upper / (delta_tau * delta_tau),
        }
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

struct TimeLayer {
    tau2: f64,
    phi: Option<f64>,
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

/// Additional variance of a unit's mean at one time, over all strata: Pearson's X² of the unit-time residuals
/// after weighted removal of unit and time effects, against its degrees of freedom.
fn overdispersion(panel: &Panel, centre: &[f64], sigma2: &[f64]) -> TimeLayer {
    let none = TimeLayer { tau2: 0.0, phi: None };
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
    TimeLayer { tau2: ((x2 - df) / (total * df / used)).max(0.0), phi: Some(x2 / df) }
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

/// Indirect standardisation: what each unit's strata and times would give an average unit.
fn overall(
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
fn specialists(panel: &Panel, totals: &[Total]) -> Vec<bool> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::shares;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-12)
    }

    fn mapped(panel: &Panel, change: impl Fn(&Cell) -> Cell) -> Layers {
        layers(&Panel::new(panel.cells.iter().map(change).collect()), &LayerOptions::default())
    }

    fn sample() -> Panel {
        shares(30, 8, 12, &[0.05, 0.10, 0.0], &[0.06, 0.06, 0.0], 3)
    }

    #[test]
    fn naming_units_and_strata_otherwise_changes_nothing() {
        let panel = sample();
        let plain = mapped(&panel, |cell| *cell);
        let turned = mapped(&panel, |cell| Cell { unit: 29 - cell.unit, stratum: 2 - cell.stratum, ..*cell });
        assert!(near(plain.tau_time2, turned.tau_time2));
        for (a, b) in plain.strata.iter().zip(turned.strata.iter().rev()) {
            let (a, b) = (a.spread.as_ref().unwrap(), b.spread.as_ref().unwrap());
            assert!(near(a.tau2, b.tau2) && near(a.p_equal, b.p_equal) && near(a.tau2_high, b.tau2_high));
        }
        let (a, b) = (plain.overall.spread.unwrap(), turned.overall.spread.unwrap());
        assert!(near(a.tau2, b.tau2));
    }

    #[test]
    fn scaling_and_shifting_the_metric_scales_spreads_and_leaves_probabilities() {
        let panel = sample();
        let plain = mapped(&panel, |cell| *cell);
        let scaled =
            mapped(&panel, |cell| Cell { mean: 300.0 - 50.0 * cell.mean, ss: 2500.0 * cell.ss, ..*cell });
        for (a, b) in plain.strata.iter().zip(&scaled.strata) {
            let (a, b) = (a.spread.as_ref().unwrap(), b.spread.as_ref().unwrap());
            assert!((b.tau() - 50.0 * a.tau()).abs() < 1e-7 && (a.p_equal - b.p_equal).abs() < 1e-9);
            assert!((a.confidence.quantiles[150] * 2500.0 - b.confidence.quantiles[150]).abs() < 1e-6);
        }
    }

    #[test]
    fn cells_of_one_time_split_and_merged_give_the_same_layers() {
        let panel = sample();
        let whole = mapped(&panel, |cell| *cell);
        // Two halves with means apart; their within-sums are what makes the merged cell equal the whole.
        let halves: Vec<Cell> = panel
            .cells
            .iter()
            .flat_map(|cell| {
                let half = Cell { n: cell.n / 2.0, weight: cell.weight / 2.0, ..*cell };
                let ss = (cell.ss - cell.n * 0.01) / 2.0;
                [Cell { mean: cell.mean - 0.1, ss, ..half }, Cell { mean: cell.mean + 0.1, ss, ..half }]
            })
            .collect();
        let merged = layers(&Panel::new(halves), &LayerOptions::default());
        for (a, b) in whole.strata.iter().zip(&merged.strata) {
            assert!(near(a.sigma2, b.sigma2) && near(a.mean, b.mean));
        }
    }

    #[test]
    fn a_ratio_measured_from_its_level_or_not_is_the_same() {
        let panel = sample();
        let ratio = |shift: f64| {
            mapped(&panel, |cell| Cell {
                weight: cell.n * (5.0 + f64::from(cell.unit % 3)),
                mean: cell.mean + shift,
                ..*cell
            })
        };
        let (plain, shifted) = (ratio(0.0), ratio(4.0));
        for (a, b) in plain.strata.iter().zip(&shifted.strata) {
            assert!((a.sigma2 - b.sigma2).abs() < 1e-9 * a.sigma2);
        }
    }

    #[test]
    fn equal_units_under_weekly_shocks_show_overdispersion_and_no_spread() {
        let mut panel = shares(40, 12, 20, &[0.05; 4], &[0.0; 4], 11);
        let mut random = crate::stats::testing::Pcg::new(5);
        let shocks: Vec<f64> = (0..40 * 12).map(|_| 0.06 * random.normal()).collect();
        for cell in &mut panel.cells {
            cell.mean += shocks[cell.unit as usize * 12 + cell.time as usize];
        }
        let found = layers(&panel, &LayerOptions::default());
        assert!((found.tau_time2.sqrt() - 0.06).abs() < 0.01, "{}", found.tau_time2.sqrt());
        assert!(found.phi.unwrap() > 1.3);
        assert!(found.overall.spread.unwrap().p_equal > 0.01);
    }

    #[test]
    fn the_confidence_distribution_agrees_with_its_own_quantiles_and_bounds() {
        let found = mapped(&sample(), |cell| *cell);
        let spread = found.strata[0].spread.as_ref().unwrap();
        for (j, tau2) in spread.confidence.quantiles.iter().enumerate().filter(|(_, tau2)| **tau2 > 0.0) {
            let p = (float(j) + 0.5) / 199.0;
            let back = spread_confidence(spread, tau2.sqrt());
            assert!((back - p).abs() < 2e-4, "{back} is not {p}");
        }
        assert!((spread_confidence(spread, spread.tau2_high.sqrt()) - 0.975).abs() < 1e-9);
        assert!((spread_confidence(spread, 0.0) - spread.p_equal).abs() < 1e-12);
    }

    #[test]
    fn degenerate_panels_give_reasons() {
        let one = |unit, n, mean| Cell { unit, stratum: 0, time: 0, n, weight: n, mean, ss: 0.0 };
        let reason = |cells: Vec<Cell>| {
            let found = layers(&Panel::new(cells), &LayerOptions::default());
            found.strata.first().and_then(|layer| layer.spread.as_ref().err().copied())
        };
        assert_eq!(reason(Vec::new()), None);
        assert_eq!(reason(vec![one(0, 9.0, 1.0)]), Some(Unestimable::FewUnits));
        assert_eq!(reason(vec![one(0, 1.0, 1.0)]), Some(Unestimable::Empty));
        let equal: Vec<Cell> = (0..9).map(|unit| one(unit, 9.0, 1.0)).collect();
        assert_eq!(reason(equal), Some(Unestimable::Degenerate));
        let apart: Vec<Cell> = (0..9).map(|unit| one(unit, 9.0, f64::from(unit))).collect();
        assert_eq!(reason(apart), Some(Unestimable::Degenerate));
        let single: Vec<Cell> = (0..9).map(|unit| one(unit, 1.0, f64::from(unit))).collect();
        assert_eq!(reason(single), Some(Unestimable::Empty));
    }

    #[test]
    fn units_that_share_no_stratum_are_counted_as_components() {
        let cell = |unit, stratum| Cell { unit, stratum, time: 0, n: 5.0, weight: 5.0, mean: 0.5, ss: 1.0 };
        let apart = layers(&Panel::new(vec![cell(0, 0), cell(1, 1)]), &LayerOptions::default());
        assert_eq!(apart.overall.components, 2);
        assert!(apart.strata[0].specialist);
        let joined = layers(&Panel::new(vec![cell(0, 0), cell(0, 1), cell(1, 1)]), &LayerOptions::default());
        assert_eq!(joined.overall.components, 1);
    }
}

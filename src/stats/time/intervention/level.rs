//! Before and after, treated and untouched: a difference in differences over units.
//!
//! The variance is a leave-one-unit-out jackknife plus what groups of work move from time to time on their own:
//! two treated groups that happen to have a good month look like an effect to any number of units. Without that
//! second term a 5 % test is wrong in up to 19 % of cases at shocks of two points.

use std::ops::Range;

use crate::stats::dist::{t_quantile, t_sf};
use crate::stats::float;

/// Degrees of freedom needed behind the movement of groups.
const LEAST_SHOCK_DF: f64 = 10.0;
/// Untouched groups and groups in all that are needed to measure it.
const LEAST_UNTOUCHED: usize = 2;
const LEAST_GROUPS: usize = 4;
/// Untouched groups from which placebos are worth looking at.
const LEAST_PLACEBOS: usize = 5;

/// A unit's mean in one group of work at one time, as a distance from the level of its stratum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub unit: u32,
    pub group: u32,
    pub time: u32,
    pub n: f64,
    pub weight: f64,
    pub excess: f64,
    /// Sampling variance of `excess`.
    pub variance: f64,
}

/// How units and groups relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Units work in treated and in untouched groups: each is its own comparison.
    Within,
    /// Units belong to one group.
    Between,
}

/// Who is treated, and when.
#[derive(Clone, Debug)]
pub struct Design {
    /// By group.
    pub treated: Vec<bool>,
    pub before: Range<u32>,
    pub after: Range<u32>,
    pub pairing: Pairing,
    /// Observations a unit needs on each side.
    pub least: f64,
}

/// The movement of the treated against the untouched.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub estimate: f64,
    /// Variance from units.
    pub units_v: f64,
    /// Variance from groups that move on their own.
    pub shock_v: f64,
    /// Standard deviation of that movement of one group at one time.
    pub shock_sd: f64,
    pub units: usize,
    /// Untouched groups that, called treated, move at least as far; `None` below five.
    pub placebos: Option<(usize, usize)>,
}

impl Fit {
    pub fn se(&self) -> f64 {
        (self.units_v + self.shock_v).sqrt()
    }

    fn df(&self) -> f64 {
        float(self.units.max(2) - 1)
    }

    pub fn interval(&self, level: f64) -> (f64, f64) {
        let reach = t_quantile(0.5 + 0.5 * level, self.df()) * self.se();
        (self.estimate - reach, self.estimate + reach)
    }

    /// Chance of a movement this far from 0 if there were none, two-sided.
    pub fn p(&self) -> f64 {
        (2.0 * t_sf((self.estimate / self.se()).abs(), self.df())).min(1.0)
    }
}

/// The fit; `None` without enough units on all sides, or without the groups that show what moves on its own.
pub fn level(cells: &[Cell], design: &Design) -> Option<Fit> {
    let sides = Sides::of(cells, design);
    let (estimate, units_v, units) = estimate(&sides, design)?;
    let shocks = shocks(cells, design)?;
    Some(Fit {
        estimate,
        units_v,
        shock_v: shocks.variance * shocks.reach,
        shock_sd: shocks.variance.sqrt(),
        units,
        placebos: placebos(cells, design, estimate),
    })
}

/// How far some units moved in the treated groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    pub estimate: f64,
    pub variance: f64,
    pub units: usize,
}

/// The movement of the units that are picked, in the treated groups alone; `None` below four of them.
pub fn moved(cells: &[Cell], design: &Design, picked: impl Fn(usize) -> bool) -> Option<Moved> {
    let sides = Sides::of(cells, design);
    let steps = sides.0.iter().enumerate().filter(|(unit, _)| picked(*unit));
    let steps: Vec<(f64, f64)> = steps.filter_map(|(_, unit)| step(unit, 1, design.least)).collect();
    mean(&steps).map(|(estimate, variance, units)| Moved { estimate, variance, units })
}

/// Each unit's sums before and after, untouched and treated: [n, weight, weighted excess].
struct Sides(Vec<[[f64; 3]; 4]>);

impl Sides {
    fn of(cells: &[Cell], design: &Design) -> Self {
        let units = cells.iter().map(|cell| cell.unit as usize + 1).max().unwrap_or(0);
        let mut sums = vec![[[0.0; 3]; 4]; units];
        for cell in cells {
            let Some(phase) = phase(cell, design) else { continue };
            let arm = usize::from(design.treated[cell.group as usize]);
            let sum = &mut sums[cell.unit as usize][2 * arm + phase];
            sum[0] += cell.n;
            sum[1] += cell.weight;
            sum[2] += cell.weight * cell.excess;
        }
        Self(sums)
    }
}

/// 0 before, 1 after.
fn phase(cell: &Cell, design: &Design) -> Option<usize> {
    if design.before.contains(&cell.time) {
        Some(0)
    } else if design.after.contains(&cell.time) {
        Some(1)
    } else {
        None
    }
}

/// Estimate, jackknife variance and units.
fn estimate(sides: &Sides, design: &Design) -> Option<(f64, f64, usize)> {
    let change = |arm: usize| move |unit: &[[f64; 3]; 4]| step(unit, arm, design.least);
    match design.pairing {
        Pairing::Within => {
            let both = |unit: &[[f64; 3]; 4]| {
                let ((treated, a), (untouched, b)) = (change(1)(unit)?, change(0)(unit)?);
                Some((treated - untouched, 1.0 / (1.0 / a + 1.0 / b)))
            };
            mean(&sides.0.iter().filter_map(both).collect::<Vec<_>>())
        }
        Pairing::Between => {
            let arm = |arm: usize| mean(&sides.0.iter().filter_map(change(arm)).collect::<Vec<_>>());
            let ((treated, a, m), (untouched, b, k)) = (arm(1)?, arm(0)?);
            Some((treated - untouched, a + b, m + k))
        }
    }
}

/// A unit's movement in one arm and its weight.
fn step(unit: &[[f64; 3]; 4], arm: usize, least: f64) -> Option<(f64, f64)> {
    let [n0, w0, s0] = unit[2 * arm];
    let [n1, w1, s1] = unit[2 * arm + 1];
    (n0 >= least && n1 >= least).then(|| (s1 / w1 - s0 / w0, 1.0 / (1.0 / w0 + 1.0 / w1)))
}

/// Weighted mean, its leave-one-out variance, and how many.
fn mean(values: &[(f64, f64)]) -> Option<(f64, f64, usize)> {
    const FEWEST: usize = 4;
    if values.len() < FEWEST {
        return None;
    }
    let weight: f64 = values.iter().map(|(_, w)| w).sum();
    let sum: f64 = values.iter().map(|(x, w)| x * w).sum();
    let mean = sum / weight;
    let without = |(x, w): &(f64, f64)| ((sum - x * w) / (weight - w) - mean).powi(2);
    let n = float(values.len());
    let variance = (n - 1.0) / n * values.iter().map(without).sum::<f64>();
    Some((mean, variance, values.len()))
}

/// What groups move on their own.
struct Shocks {
    /// Variance of one group's mean at one time beyond sampling.
    variance: f64,
    /// By how much it enters the estimate: `(1/T0 + 1/T1)(1/treated + 1/untouched groups)`.
    reach: f64,
}

fn shocks(cells: &[Cell], design: &Design) -> Option<Shocks> {
    let table = Table::of(cells, design);
    let mut parts = Vec::new();
    let mut inverse = 0.0;
    let mut counts = [0, 0];
    for arm in [false, true] {
        let groups: Vec<usize> =
            (0..design.treated.len()).filter(|g| design.treated[*g] == arm && table.has(*g)).collect();
        counts[usize::from(arm)] = groups.len();
        inverse += table.concentration(&groups);
        for span in [&design.before, &design.after] {
            parts.push(table.residual(&groups, span));
        }
    }
    let df: f64 = parts.iter().map(|part| part.df).sum();
    let enough = counts[0] >= LEAST_UNTOUCHED && counts[1] >= 1 && counts[0] + counts[1] >= LEAST_GROUPS;
    if !enough || df < LEAST_SHOCK_DF {
        return None;
    }
    let square: f64 = parts.iter().map(|part| part.square).sum();
    let sampling: f64 = parts.iter().map(|part| part.sampling * part.df).sum();
    let times = |span: &Range<u32>| 1.0 / f64::from(span.end - span.start);
    let reach = (times(&design.before) + times(&design.after)) * inverse;
    Some(Shocks { variance: ((square - sampling) / df).max(0.0), reach })
}

/// Groups by times: weight, weighted excess, and weight² x variance.
struct Table {
    times: usize,
    sums: Vec<[f64; 3]>,
}

/// Squares left once each group's level and each time's common movement are taken out.
struct Residual {
    square: f64,
    df: f64,
    /// Mean sampling variance of a group's mean at one time.
    sampling: f64,
}

impl Table {
    fn of(cells: &[Cell], design: &Design) -> Self {
        let times = design.after.end.max(design.before.end) as usize;
        let mut sums = vec![[0.0; 3]; design.treated.len() * times];
        for cell in cells.iter().filter(|cell| phase(cell, design).is_some()) {
            let sum = &mut sums[cell.group as usize * times + cell.time as usize];
            sum[0] += cell.weight;
            sum[1] += cell.weight * cell.excess;
            sum[2] += cell.weight * cell.weight * cell.variance;
        }
        Self { times, sums }
    }

    fn row(&self, group: usize) -> &[[f64; 3]] {
        &self.sums[group * self.times..(group + 1) * self.times]
    }

    fn has(&self, group: usize) -> bool {
        self.row(group).iter().any(|sum| sum[0] > 0.0)
    }

    /// Σ of squared shares of weight: one over the number of groups where they are alike.
    fn concentration(&self, groups: &[usize]) -> f64 {
        let weights: Vec<f64> =
            groups.iter().map(|g| self.row(*g).iter().map(|sum| sum[0]).sum::<f64>()).collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|w| (w / total).powi(2)).sum()
    }

    /// Of groups observed at every time of the span.
    fn residual(&self, groups: &[usize], span: &Range<u32>) -> Residual {
        let span = span.start as usize..span.end as usize;
        let rows: Vec<&[[f64; 3]]> = groups
            .iter()
            .map(|g| &self.row(*g)[span.clone()])
            .filter(|row| row.iter().all(|sum| sum[0] > 0.0))
            .collect();
        let (g, t) = (rows.len(), span.len());
        if g < 2 || t < 2 {
            return Residual { square: 0.0, df: 0.0, sampling: 0.0 };
        }
        let y = |row: usize, time: usize| rows[row][time][1] / rows[row][time][0];
        let of_group: Vec<f64> = (0..g).map(|i| (0..t).map(|j| y(i, j)).sum::<f64>() / float(t)).collect();
        let of_time: Vec<f64> = (0..t).map(|j| (0..g).map(|i| y(i, j)).sum::<f64>() / float(g)).collect();
        let grand = of_group.iter().sum::<f64>() / float(g);
        let mut square = 0.0;
        let mut sampling = 0.0;
        for i in 0..g {
            for j in 0..t {
                square += (y(i, j) - of_group[i] - of_time[j] + grand).powi(2);
                sampling += rows[i][j][2] / rows[i][j][0].powi(2);
            }
        }
        Residual { square, df: float(g - 1) * float(t - 1), sampling: sampling / float(g * t) }
    }
}

/// Untouched groups that moved at least as far against the other untouched ones, of how many.
fn placebos(cells: &[Cell], design: &Design, estimate_: f64) -> Option<(usize, usize)> {
    let table = Table::of(cells, design);
    let untouched: Vec<usize> =
        (0..design.treated.len()).filter(|g| !design.treated[*g] && table.has(*g)).collect();
    if untouched.len() < LEAST_PLACEBOS {
        return None;
    }
    let rest: Vec<Cell> = cells.iter().filter(|cell| !design.treated[cell.group as usize]).copied().collect();
    let mut moved = Vec::new();
    for group in untouched {
        let mut treated = vec![false; design.treated.len()];
        treated[group] = true;
        let placebo = Design { treated, ..design.clone() };
        moved.extend(estimate(&Sides::of(&rest, &placebo), &placebo).map(|(estimate, _, _)| estimate.abs()));
    }
    let further = moved.iter().filter(|moved| **moved >= estimate_.abs()).count();
    (!moved.is_empty()).then_some((further, moved.len()))
}

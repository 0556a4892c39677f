//! From cube rows to a panel of agent x stratum x period for one metric in one scope.
//!
//! Rows are merged once for the whole span, in canonical order; a window is a walk over the merged cells.

use std::collections::BTreeMap;

use super::Filter;
use crate::calendar::Period;
use crate::cube::{Cube, Data, NONE, Sums};
use crate::model::Scope;
use crate::stats::moments::Moments;
use crate::stats::panel::{Cell, Panel};

/// What makes work like for like: the contact type and the declared conditions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stratum {
    pub(crate) contact_type: u32,
    pub(crate) conditions: Vec<u32>,
}

/// One metric's rows in one scope over the whole span, by (agent, stratum, period).
pub(crate) struct Merged {
    pub(crate) strata: Vec<Stratum>,
    cells: Vec<MergedCell>,
    ratio: bool,
    scale: f64,
}

#[derive(Clone, Copy)]
struct MergedCell {
    agent: u32,
    stratum: u32,
    period: i32,
    sums: [i128; 6],
}

/// A window of a [`Merged`] as the estimators want it.
pub(crate) struct Window {
    pub(crate) panel: Panel,
    /// Agent index of each unit.
    pub(crate) agents: Vec<u32>,
    pub(crate) strata: Vec<Stratum>,
    pub(crate) from: Period,
    pub(crate) to: Period,
    /// First and last period with data.
    pub(crate) seen: Option<(Period, Period)>,
    pub(crate) n: u64,
}

/// Which rows of a cube are looked at.
pub(crate) struct Slice<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) filter: &'a Filter,
    /// Segments that make strata.
    pub(crate) conditions: &'a [usize],
    /// Rows up to a period that a later change has made history: (contact types, teams, last period).
    pub(crate) outlived: &'a [Outlived],
}

/// A change after which earlier rows say nothing about today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Outlived {
    /// Empty = all.
    pub(crate) contact_types: Vec<u32>,
    pub(crate) teams: Vec<u32>,
    pub(crate) segments: Vec<(usize, Vec<u32>)>,
    /// The last period that no longer counts.
    pub(crate) through: Period,
}

impl Slice<'_> {
    fn takes(&self, data: &Data, cube: &Cube, row: usize) -> bool {
        self.in_scope(data, cube, row) && self.in_filter(cube, row) && !self.is_outlived(cube, row)
    }

    fn in_scope(&self, data: &Data, cube: &Cube, row: usize) -> bool {
        let named = |names: &[String], index: u32, name: &str| names.get(index as usize).is_some_and(|n| n == name);
        match self.scope {
            Scope::Operation => true,
            Scope::Team(name) => named(&data.teams, cube.team[row], name),
            Scope::ContactType(name) => named(&data.contact_types, cube.contact_type[row], name),
            Scope::Segment { dimension, name } => data
                .segment(dimension)
                .and_then(|at| Some(named(&data.segments[at].1, *cube.segments.get(at)?.get(row)?, name)))
                .unwrap_or(false),
        }
    }

    fn in_filter(&self, cube: &Cube, row: usize) -> bool {
        let of = |allowed: &Option<Vec<u32>>, value: u32| allowed.as_ref().is_none_or(|all| all.contains(&value));
        of(&self.filter.contact_types, cube.contact_type[row])
            && of(&self.filter.teams, cube.team[row])
            && self.filter.segments.iter().all(|(at, allowed)| allowed.contains(&cube.segments[*at][row]))
    }

    fn is_outlived(&self, cube: &Cube, row: usize) -> bool {
        self.outlived.iter().any(|one| one.covers(cube, row))
    }
}

impl Outlived {
    fn covers(&self, cube: &Cube, row: usize) -> bool {
        let of = |some: &[u32], value: u32| some.is_empty() || some.contains(&value);
        cube.period[row] <= self.through.0
            && of(&self.contact_types, cube.contact_type[row])
            && of(&self.teams, cube.team[row])
            && self.segments.iter().all(|(at, some)| some.contains(&cube.segments[*at][row]))
    }
}

impl Merged {
    /// Merges the cube's rows of one metric. `None` where the cube does not carry it.
    pub(crate) fn new(data: &Data, cube: &Cube, metric: usize, slice: &Slice<'_>) -> Option<Self> {
        let (decimals, sums) = cube.sums(metric)?;
        let mut strata: BTreeMap<Stratum, u32> = BTreeMap::new();
        let mut cells: Vec<MergedCell> = Vec::new();
        let mut last: Option<(Stratum, u32)> = None;
        for row in 0..cube.len() {
            if sums.n(row) == 0 || !slice.takes(data, cube, row) {
                continue;
            }
            let stratum = Stratum {
                contact_type: cube.contact_type[row],
                conditions: slice.conditions.iter().map(|&at| cube.segments[at][row]).collect(),
            };
            if last.as_ref().is_none_or(|(known, _)| *known != stratum) {
                let next = u32::try_from(strata.len()).unwrap_or(u32::MAX);
                let id = *strata.entry(stratum.clone()).or_insert(next);
                last = Some((stratum, id));
            }
            let stratum = last.as_ref().map_or(0, |(_, id)| *id);
            cells.push(MergedCell { agent: cube.agent[row], stratum, period: cube.period[row], sums: raw(sums, row) });
        }
        let (order, ranks) = ranked(strata);
        cells.iter_mut().for_each(|cell| cell.stratum = ranks[cell.stratum as usize]);
        cells.sort_unstable_by_key(|cell| (cell.agent, cell.stratum, cell.period));
        cells.dedup_by(|next, kept| {
            let same = (next.agent, next.stratum, next.period) == (kept.agent, kept.stratum, kept.period);
            if same {
                kept.sums.iter_mut().zip(next.sums).for_each(|(sum, more)| *sum += more);
            }
            same
        });
        let scale = 10f64.powi(decimals.cast_signed());
        Some(Self { strata: order, cells, ratio: matches!(sums, Sums::Ratio { .. }), scale })
    }

    /// The panel of the periods `from..=to`.
    pub(crate) fn window(&self, from: Period, to: Period) -> Window {
        let inside = || self.cells.iter().filter(move |cell| (from.0..=to.0).contains(&cell.period));
        let ratios = if self.ratio { self.ratios(inside()) } else { Vec::new() };
        let mut used = vec![NONE; self.strata.len()];
        let mut strata = Vec::new();
        for cell in inside() {
            used[cell.stratum as usize] = 0;
        }
        for (id, slot) in used.iter_mut().enumerate().filter(|(_, slot)| **slot == 0) {
            *slot = u32::try_from(strata.len()).unwrap_or(u32::MAX);
            strata.push(self.strata[id].clone());
        }
        let (mut agents, mut cells, mut n) = (Vec::new(), Vec::new(), 0u64);
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for cell in inside() {
            if agents.last() != Some(&cell.agent) {
                agents.push(cell.agent);
            }
            let unit = u32::try_from(agents.len() - 1).unwrap_or(u32::MAX);
            let time = (cell.period - from.0).unsigned_abs();
            (first, last) = (first.min(cell.period), last.max(cell.period));
            n += u64::try_from(cell.sums[0]).unwrap_or(0);
            cells.push(self.cell(cell, unit, used[cell.stratum as usize], time, &ratios));
        }
        let times = usize::try_from(to.0 - from.0 + 1).unwrap_or(0);
        let panel = Panel { units: agents.len(), strata: strata.len(), times, cells };
        let seen = (n > 0).then_some((Period(first), Period(last)));
        Window { panel, agents, strata, from, to, seen, n }
    }

    /// Each stratum's ratio of sums over the window.
    fn ratios<'c>(&self, cells: impl Iterator<Item = &'c MergedCell>) -> Vec<f64> {
        let mut sums = vec![(0i128, 0i128); self.strata.len()];
        for cell in cells {
            let sum = &mut sums[cell.stratum as usize];
            *sum = (sum.0 + cell.sums[1], sum.1 + cell.sums[2]);
        }
        sums.iter().map(|&(num, den)| if den == 0 { 0.0 } else { wide(num) / wide(den) }).collect()
    }

    fn cell(&self, cell: &MergedCell, unit: u32, stratum: u32, time: u32, ratios: &[f64]) -> Cell {
        let [n, sum, squares, ..] = cell.sums;
        let count = u64::try_from(n).unwrap_or(0);
        if !self.ratio {
            let m = Moments::from_sums(count, sum, squares, self.scale);
            return Cell { unit, stratum, time, n: m.n, weight: m.n, mean: m.mean, ss: m.ss };
        }
        let ratio = ratios[cell.stratum as usize];
        let [_, num, den, num2, den2, numden] = cell.sums.map(wide);
        let (s1, s2) = (num - ratio * den, num2 - 2.0 * ratio * numden + ratio * ratio * den2);
        let n = wide(n);
        let weight = den / self.scale;
        let mean = if den == 0.0 { ratio } else { ratio + s1 / den };
        let ss = ((s2 - s1 * s1 / n) / (self.scale * self.scale)).max(0.0);
        Cell { unit, stratum, time, n, weight, mean, ss }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sums of quantised values; the integer part is exact to 2^53")]
fn wide(sum: i128) -> f64 {
    sum as f64
}

/// Count and sums of one cube row: (n, sum, squares) or (n, num, den, num², den², num·den).
fn raw(sums: &Sums, row: usize) -> [i128; 6] {
    match sums {
        Sums::Simple { n, sum, squares } => [n[row].into(), sum[row].into(), squares[row].into(), 0, 0, 0],
        Sums::Ratio { n, num, den, num2, den2, numden } => [
            n[row].into(),
            num[row].into(),
            den[row].into(),
            num2[row].into(),
            den2[row].into(),
            numden[row].into(),
        ],
    }
}

/// Strata in their own order, and the rank of each provisional id.
fn ranked(strata: BTreeMap<Stratum, u32>) -> (Vec<Stratum>, Vec<u32>) {
    let mut ranks = vec![0; strata.len()];
    let mut order = Vec::with_capacity(strata.len());
    for (rank, (stratum, id)) in strata.into_iter().enumerate() {
        ranks[id as usize] = u32::try_from(rank).unwrap_or(u32::MAX);
        order.push(stratum);
    }
    (order, ranks)
}

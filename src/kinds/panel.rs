//! From cube rows to a panel of agent x stratum x period for one metric in one scope.
//!
//! Rows are merged once for the whole span, in canonical order; a window is a walk over the merged cells.

use std::collections::BTreeMap;
use std::ops::Range;

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
    /// Sums of a ratio's cells, in the order of `cells`; empty for proportions and means.
    ratios: Vec<RatioSums>,
}

/// A cell's key and, for proportions and means, its moments.
#[derive(Clone, Copy)]
struct MergedCell {
    agent: u32,
    stratum: u32,
    period: i32,
    moments: Moments,
}

/// A ratio's cell: its moments depend on the stratum's ratio over the window.
#[derive(Clone, Copy)]
struct RatioSums {
    n: f64,
    num: f64,
    den: f64,
    num2: f64,
    den2: f64,
    numden: f64,
}

/// One cube row on its way into a cell.
struct RawCell {
    agent: u32,
    stratum: u32,
    period: i32,
    row: u32,
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

impl Window {
    /// First and last period with data; without any, the window's own.
    pub(crate) fn span(&self) -> (Period, Period) {
        self.seen.unwrap_or((self.from, self.to))
    }

    /// The number of agents with rows in it.
    pub(crate) fn heads(&self) -> u32 {
        u32::try_from(self.agents.len()).unwrap_or(u32::MAX)
    }
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
    /// The rows of a cube it takes, of those in a range.
    pub(crate) fn rows<'c>(
        &'c self,
        data: &Data,
        cube: &'c Cube,
        range: Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'c> {
        let place = self.place(data, cube);
        range.filter(move |&row| self.takes(&place, cube, row))
    }

    fn takes(&self, place: &Place<'_>, cube: &Cube, row: usize) -> bool {
        place.holds(row) && self.in_filter(cube, row) && !self.is_outlived(cube, row)
    }

    /// The scope in terms of one of the cube's columns, so that no row compares names.
    fn place<'c>(&self, data: &Data, cube: &'c Cube) -> Place<'c> {
        let index = |names: &[String], name: &str| {
            names.iter().position(|one| one == name).and_then(|at| u32::try_from(at).ok())
        };
        let found = match self.scope {
            Scope::Operation => return Place::Everywhere,
            Scope::Team(name) => index(&data.teams, name).map(|team| (&cube.team, team)),
            Scope::ContactType(name) => index(&data.contact_types, name).map(|one| (&cube.contact_type, one)),
            Scope::Segment { dimension, name } => data
                .segment(dimension)
                .and_then(|at| Some((cube.segments.get(at)?, index(&data.segments[at].1, name)?))),
        };
        found.map_or(Place::Nowhere, |(column, index)| Place::Where(column, index))
    }

    fn in_filter(&self, cube: &Cube, row: usize) -> bool {
        let of =
            |allowed: &Option<Vec<u32>>, value: u32| allowed.as_ref().is_none_or(|all| all.contains(&value));
        of(&self.filter.contact_types, cube.contact_type[row])
            && of(&self.filter.teams, cube.team[row])
            && self.filter.segments.iter().all(|(at, allowed)| allowed.contains(&cube.segments[*at][row]))
    }

    fn is_outlived(&self, cube: &Cube, row: usize) -> bool {
        self.outlived.iter().any(|one| one.covers(cube, row))
    }
}

/// A scope's rows: all, those with a value in a column, or none because the data do not know the name.
enum Place<'c> {
    Everywhere,
    Where(&'c [u32], u32),
    Nowhere,
}

impl Place<'_> {
    fn holds(&self, row: usize) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Where(column, index) => column.get(row) == Some(index),
            Self::Nowhere => false,
        }
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
        let mut cells: Vec<RawCell> = Vec::new();
        let mut last: Option<(Stratum, u32)> = None;
        for row in slice.rows(data, cube, 0..cube.len()).filter(|row| sums.n(*row) > 0) {
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
            let row = u32::try_from(row).ok()?;
            cells.push(RawCell {
                agent: cube.agent[row as usize],
                stratum,
                period: cube.period[row as usize],
                row,
            });
        }
        let (order, ranks) = ranked(strata);
        for cell in &mut cells {
            cell.stratum = ranks[cell.stratum as usize];
        }
        cells.sort_unstable_by_key(|cell| (cell.agent, cell.stratum, cell.period, cell.row));
        Some(Self::summed(order, &cells, sums, 10f64.powi(decimals.cast_signed())))
    }

    /// Rows of one key become one cell: their integers are added, and only then turned into moments.
    fn summed(strata: Vec<Stratum>, rows: &[RawCell], sums: &Sums, scale: f64) -> Self {
        let (mut cells, mut ratios) = (Vec::with_capacity(rows.len()), Vec::new());
        for same in rows.chunk_by(|a, b| (a.agent, a.stratum, a.period) == (b.agent, b.stratum, b.period)) {
            let mut total = [0i128; 6];
            for one in same {
                total.iter_mut().zip(raw(sums, one.row as usize)).for_each(|(sum, more)| *sum += more);
            }
            let [n, first, second, ..] = total;
            let moments = match sums {
                Sums::Simple { .. } => {
                    Moments::from_sums(u64::try_from(n).unwrap_or(0), first, second, scale)
                }
                Sums::Ratio { .. } => {
                    ratios.push(RatioSums::of(total, scale));
                    Moments { n: wide(n), mean: 0.0, ss: 0.0 }
                }
            };
            cells.push(MergedCell {
                agent: same[0].agent,
                stratum: same[0].stratum,
                period: same[0].period,
                moments,
            });
        }
        Self { strata, cells, ratios }
    }

    /// The panel of the periods `from..=to`.
    pub(crate) fn window(&self, from: Period, to: Period) -> Window {
        let inside =
            || self.cells.iter().enumerate().filter(move |(_, cell)| (from.0..=to.0).contains(&cell.period));
        let ratios = self.stratum_ratios(from, to);
        let mut used = vec![NONE; self.strata.len()];
        let mut strata = Vec::new();
        let mut rows = 0;
        for (_, cell) in inside() {
            used[cell.stratum as usize] = 0;
            rows += 1;
        }
        for (id, slot) in used.iter_mut().enumerate().filter(|(_, slot)| **slot == 0) {
            *slot = u32::try_from(strata.len()).unwrap_or(u32::MAX);
            strata.push(self.strata[id].clone());
        }
        let (mut agents, mut cells, mut n) = (Vec::new(), Vec::with_capacity(rows), 0.0);
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for (index, cell) in inside() {
            if agents.last() != Some(&cell.agent) {
                agents.push(cell.agent);
            }
            let unit = u32::try_from(agents.len() - 1).unwrap_or(u32::MAX);
            let time = (cell.period - from.0).unsigned_abs();
            (first, last) = (first.min(cell.period), last.max(cell.period));
            n += cell.moments.n;
            cells.push(self.cell(index, unit, used[cell.stratum as usize], time, &ratios));
        }
        let times = usize::try_from(to.0 - from.0 + 1).unwrap_or(0);
        let panel = Panel { units: agents.len(), strata: strata.len(), times, cells };
        let seen = (n > 0.0).then_some((Period(first), Period(last)));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
        let n = n as u64;
        Window { panel, agents, strata, from, to, seen, n }
    }

    /// Weight and weighted sum of every stratum in every period of `from..=to`, flat by stratum.
    pub(crate) fn levels(&self, from: Period, to: Period) -> Levels {
        let times = usize::try_from(to.0 - from.0 + 1).unwrap_or(0);
        let mut sums = vec![(0.0, 0.0); self.strata.len() * times];
        for (index, cell) in self.cells.iter().enumerate() {
            let Ok(time) = usize::try_from(cell.period - from.0) else { continue };
            if time >= times {
                continue;
            }
            let (weight, sum) = match self.ratios.get(index) {
                Some(ratio) => (ratio.den, ratio.num),
                None => (cell.moments.n, cell.moments.n * cell.moments.mean),
            };
            let at: &mut (f64, f64) = &mut sums[cell.stratum as usize * times + time];
            *at = (at.0 + weight, at.1 + sum);
        }
        Levels { strata: self.strata.clone(), times, sums }
    }

    /// Each stratum's ratio of sums over the window; none for proportions and means.
    fn stratum_ratios(&self, from: Period, to: Period) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); if self.ratios.is_empty() { 0 } else { self.strata.len() }];
        for (cell, ratio) in self.cells.iter().zip(&self.ratios) {
            if (from.0..=to.0).contains(&cell.period) {
                let sum: &mut (f64, f64) = &mut sums[cell.stratum as usize];
                *sum = (sum.0 + ratio.num, sum.1 + ratio.den);
            }
        }
        sums.into_iter().map(|(num, den)| if den == 0.0 { 0.0 } else { num / den }).collect()
    }

    fn cell(&self, index: usize, unit: u32, stratum: u32, time: u32, ratios: &[f64]) -> Cell {
        let cell = &self.cells[index];
        if let Some(sums) = self.ratios.get(index) {
            return sums.cell(ratios[cell.stratum as usize], unit, stratum, time);
        }
        let Moments { n, mean, ss } = cell.moments;
        Cell { unit, stratum, time, n, weight: n, mean, ss }
    }
}

/// A metric's sums by stratum and period.
pub(crate) struct Levels {
    pub(crate) strata: Vec<Stratum>,
    pub(crate) times: usize,
    /// (weight, weighted sum), flat by stratum.
    pub(crate) sums: Vec<(f64, f64)>,
}

impl RatioSums {
    fn of(total: [i128; 6], scale: f64) -> Self {
        let [n, num, den, num2, den2, numden] = total.map(wide);
        let square = scale * scale;
        Self {
            n,
            num: num / scale,
            den: den / scale,
            num2: num2 / square,
            den2: den2 / square,
            numden: numden / square,
        }
    }

    /// The cell as deviations `num − ratio·den` from its stratum's ratio.
    fn cell(&self, ratio: f64, unit: u32, stratum: u32, time: u32) -> Cell {
        let s1 = self.num - ratio * self.den;
        let s2 = self.num2 - 2.0 * ratio * self.numden + ratio * ratio * self.den2;
        let mean = if self.den == 0.0 { ratio } else { ratio + s1 / self.den };
        Cell { unit, stratum, time, n: self.n, weight: self.den, mean, ss: (s2 - s1 * s1 / self.n).max(0.0) }
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

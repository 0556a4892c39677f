//! A unit x stratum x time panel of cell means: what every estimator of spread and reach reads.

use crate::stats::moments::Moments;

/// One cell of a panel. The variance of `mean` is `sigma2[stratum] * n / weight²`; for plain means the weight
/// is `n`, for ratios of sums it is the summed denominator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub unit: u32,
    pub stratum: u32,
    pub time: u32,
    /// Number of observations, above 0.
    pub n: f64,
    /// Weight of `mean` when cells are averaged.
    pub weight: f64,
    pub mean: f64,
    /// Sum of squared deviations of the observations inside the cell.
    pub ss: f64,
}

/// Cells sorted by (unit, stratum, time), each key once, `n` and `weight` above 0, every number finite and every
/// index below the counts. [`Panel::new`] brings any cells into this form; the counts may then be raised.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    pub units: usize,
    pub strata: usize,
    pub times: usize,
    pub cells: Vec<Cell>,
}

impl Panel {
    /// Sorts the cells, merges equal keys and leaves out what cannot be averaged (no observations, no weight,
    /// a number that is not finite). The counts of units, strata and times are those the cells need at least.
    pub fn new(mut cells: Vec<Cell>) -> Self {
        cells.retain(usable);
        cells.sort_by_key(|cell| (cell.unit, cell.stratum, cell.time));
        let mut merged: Vec<Cell> = Vec::with_capacity(cells.len());
        for cell in cells {
            match merged.last_mut() {
                Some(last) if key(last) == key(&cell) => *last = merge(last, &cell),
                _ => merged.push(cell),
            }
        }
        let past = |of: fn(&Cell) -> u32| merged.iter().map(|cell| of(cell) as usize + 1).max().unwrap_or(0);
        Self {
            units: past(|cell| cell.unit),
            strata: past(|cell| cell.stratum),
            times: past(|cell| cell.time),
            cells: merged,
        }
    }
}

fn usable(cell: &Cell) -> bool {
    let finite = [cell.n, cell.weight, cell.mean, cell.ss].iter().all(|value| value.is_finite());
    finite && cell.n > 0.0 && cell.weight > 0.0
}

fn key(cell: &Cell) -> (u32, u32, u32) {
    (cell.unit, cell.stratum, cell.time)
}

fn merge(a: &Cell, b: &Cell) -> Cell {
    let weight = a.weight + b.weight;
    let both = Moments { n: a.n, mean: a.mean, ss: a.ss }.merge(Moments { n: b.n, mean: b.mean, ss: b.ss });
    Cell { n: both.n, weight, mean: (a.mean * a.weight + b.mean * b.weight) / weight, ss: both.ss, ..*a }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(unit: u32, time: u32, n: f64, mean: f64) -> Cell {
        Cell { unit, stratum: 0, time, n, weight: n, mean, ss: 1.0 }
    }

    #[test]
    fn equal_keys_are_merged_and_unusable_cells_left_out() {
        let panel = Panel::new(vec![
            cell(1, 0, 2.0, 3.0),
            cell(0, 2, 0.0, 9.0),
            cell(1, 0, 2.0, 5.0),
            cell(0, 0, 1.0, f64::NAN),
        ]);
        assert_eq!((panel.units, panel.strata, panel.times, panel.cells.len()), (2, 1, 1, 1));
        assert_eq!((panel.cells[0].mean, panel.cells[0].n, panel.cells[0].ss), (4.0, 4.0, 6.0));
    }

    #[test]
    fn nothing_makes_an_empty_panel() {
        assert_eq!(Panel::new(Vec::new()).units, 0);
    }
}

//! What each unit adds to a mean effect, so that a unit can be left out without fitting again.

use super::{Fit, Treated};

/// A mean effect as a linear function of the course of time: `(Σ own − Σ load·lambda) / Σ cells`, by unit.
pub(super) struct Parts {
    /// Length of the course: times, then kinds but the first.
    width: usize,
    cells: Vec<f64>,
    own: Vec<f64>,
    load: Vec<f64>,
    /// Sums over all units.
    total_cells: f64,
    total_own: f64,
    total_load: Vec<f64>,
}

impl Parts {
    /// A unit's level is itself linear in the course of time: `k Σ w (y − lambda)`.
    pub(super) fn of<'a>(fit: &Fit, cells: impl Iterator<Item = &'a Treated>) -> Self {
        let width = fit.times + fit.kinds - 1;
        let mut this = Self {
            width,
            cells: vec![0.0; fit.units],
            own: vec![0.0; fit.units],
            load: vec![0.0; fit.units * width],
            total_cells: 0.0,
            total_own: 0.0,
            total_load: vec![0.0; width],
        };
        for cell in cells {
            this.cells[cell.unit] += 1.0;
            this.own[cell.unit] += cell.y;
            this.load[cell.unit * width + cell.time] += 1.0;
        }
        for unit in (0..fit.units).filter(|unit| this.cells[*unit] > 0.0).collect::<Vec<_>>() {
            this.take_level(fit, unit);
        }
        this
    }

    /// Takes a unit's level off its outcomes, and adds the unit to the sums.
    fn take_level(&mut self, fit: &Fit, unit: usize) {
        let count = self.cells[unit];
        let load = &mut self.load[unit * self.width..(unit + 1) * self.width];
        let mut precision = 0.0;
        for (time, load) in load.iter_mut().enumerate().take(fit.times) {
            let at = unit * fit.times + time;
            self.own[unit] -= count * fit.k[unit] * fit.w[at] * fit.y[at];
            *load -= count * fit.k[unit] * fit.w[at];
            precision += fit.w[at];
        }
        if fit.kind[unit] > 0 {
            load[fit.times + fit.kind[unit] - 1] = count * (1.0 - fit.k[unit] * precision);
        }
        self.total_cells += count;
        self.total_own += self.own[unit];
        self.total_load.iter_mut().zip(load).for_each(|(sum, part)| *sum += *part);
    }

    pub(super) fn value(&self, lambda: &[f64], without: Option<&[usize]>) -> Option<f64> {
        let (mut cells, mut own) = (self.total_cells, self.total_own);
        let mut load: f64 = self.total_load.iter().zip(lambda).map(|(a, b)| a * b).sum();
        for unit in without.unwrap_or_default() {
            cells -= self.cells[*unit];
            own -= self.own[*unit];
            let row = &self.load[unit * self.width..(unit + 1) * self.width];
            load -= row.iter().zip(lambda).map(|(a, b)| a * b).sum::<f64>();
        }
        (cells > 0.5).then(|| (own - load) / cells)
    }

    pub(super) fn treated(&self) -> usize {
        self.cells.iter().filter(|cells| **cells > 0.0).count()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sum of whole counts")]
    pub(super) fn cells(&self) -> usize {
        self.total_cells as usize
    }
}

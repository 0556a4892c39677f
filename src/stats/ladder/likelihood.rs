//! The restricted likelihood of nested layers, without a matrix larger than strata x strata.

use std::collections::BTreeMap;

use super::Rung;

/// Means sorted by group, unit and stratum, strata numbered from 0.
pub(super) struct Blocks {
    rungs: Vec<Rung>,
    strata: usize,
    pub(super) groups: usize,
    pub(super) units: usize,
    /// Whether some unit has two strata.
    pub(super) crossed: bool,
}

/// Sums over groups: `log|V|`, `X'V⁻¹X` (flat), `X'V⁻¹y` and `y'V⁻¹y`.
struct Sums {
    log_det: f64,
    xx: Vec<f64>,
    xy: Vec<f64>,
    yy: f64,
}

/// One group's part that the group's own variance weighs: `Σ 1'V⁻¹1`, `1'V⁻¹X` and `1'V⁻¹y`.
struct Group {
    ones: f64,
    x: Vec<f64>,
    y: f64,
}

impl Blocks {
    /// `None` with fewer than two units or no spare mean beyond the strata.
    pub(super) fn new(rungs: &[Rung]) -> Option<Self> {
        let usable = |rung: &&Rung| rung.mean.is_finite() && rung.v.is_finite() && rung.v >= 0.0;
        let mut rungs: Vec<Rung> = rungs.iter().filter(usable).copied().collect();
        rungs.sort_by_key(|rung| (rung.group, rung.unit, rung.stratum));
        let strata = number_strata(&mut rungs);
        let groups = rungs.chunk_by(|a, b| a.group == b.group).count();
        let units = rungs.chunk_by(same_unit).count();
        let crossed = rungs.chunk_by(same_unit).any(|unit| unit.len() > 1);
        (units >= 2 && rungs.len() > strata).then_some(Self { rungs, strata, groups, units, crossed })
    }

    /// The restricted log-likelihood, constants left out; `None` where the strata's levels cannot be told.
    pub(super) fn log_likelihood(&self, [group2, unit2, cell2]: [f64; 3]) -> Option<f64> {
        let size = self.strata;
        let mut sums = Sums { log_det: 0.0, xx: vec![0.0; size * size], xy: vec![0.0; size], yy: 0.0 };
        let mut group = Group { ones: 0.0, x: vec![0.0; size], y: 0.0 };
        for members in self.rungs.chunk_by(|a, b| a.group == b.group) {
            group.clear();
            for unit in members.chunk_by(same_unit) {
                sums.add_unit(unit, unit2, cell2, &mut group)?;
            }
            sums.add_group(&group, group2);
        }
        let (log_det_x, explained) = explained(&mut sums.xx, &mut sums.xy)?;
        Some(-0.5 * (sums.log_det + log_det_x + sums.yy - explained))
    }
}

fn same_unit(a: &Rung, b: &Rung) -> bool {
    (a.group, a.unit) == (b.group, b.unit)
}

/// Renumbers strata and counts each stratum's mean from the stratum's level, which changes no component.
fn number_strata(rungs: &mut [Rung]) -> usize {
    let mut levels: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for rung in rungs.iter() {
        let level = levels.entry(rung.stratum).or_default();
        *level = (level.0 + 1.0, level.1 + rung.mean);
    }
    let numbered: BTreeMap<u32, (u32, f64)> = levels
        .into_iter()
        .zip(0u32..)
        .map(|((stratum, (n, sum)), place)| (stratum, (place, sum / n)))
        .collect();
    for rung in rungs.iter_mut() {
        let (place, level) = numbered[&rung.stratum];
        rung.stratum = place;
        rung.mean -= level;
    }
    numbered.len()
}

impl Group {
    fn clear(&mut self) {
        (self.ones, self.y) = (0.0, 0.0);
        self.x.fill(0.0);
    }
}

impl Sums {
    /// One unit: `V = diag(D) + unit2·11'`, whose inverse is one rank-one update (Sherman–Morrison).
    fn add_unit(&mut self, unit: &[Rung], unit2: f64, cell2: f64, group: &mut Group) -> Option<()> {
        let size = self.xy.len();
        let (mut ones, mut y, mut yy, mut product) = (0.0, 0.0, 0.0, 1.0);
        for rung in unit {
            let d = cell2 + rung.v;
            if d <= 0.0 {
                return None;
            }
            ones += 1.0 / d;
            y += rung.mean / d;
            yy += rung.mean * rung.mean / d;
            product *= d;
            if !(1e-200..1e200).contains(&product) {
                self.log_det += product.ln();
                product = 1.0;
            }
        }
        let less = 1.0 / (1.0 + unit2 * ones);
        let factor = unit2 * less;
        self.log_det += product.ln() - less.ln();
        self.yy += yy - factor * y * y;
        for rung in unit {
            let (row, precision) = (rung.stratum as usize, 1.0 / (cell2 + rung.v));
            self.xx[row * size + row] += precision;
            self.xy[row] += precision * (rung.mean - factor * y);
            group.x[row] += precision * less;
            // Strata of a unit ascend, so only the lower triangle is touched.
            for other in unit {
                let (column, its) = (other.stratum as usize, 1.0 / (cell2 + other.v));
                if column > row {
                    break;
                }
                self.xx[row * size + column] -= factor * precision * its;
            }
        }
        group.ones += ones * less;
        group.y += y * less;
        Some(())
    }

    /// The second rank-one update: what all units of a group share.
    fn add_group(&mut self, group: &Group, group2: f64) {
        let size = self.xy.len();
        let factor = group2 / (1.0 + group2 * group.ones);
        self.log_det += (1.0 + group2 * group.ones).ln();
        self.yy -= factor * group.y * group.y;
        for c in (0..size).filter(|&c| group.x[c] != 0.0) {
            self.xy[c] -= factor * group.x[c] * group.y;
            for d in 0..=c {
                self.xx[c * size + d] -= factor * group.x[c] * group.x[d];
            }
        }
    }
}

/// `log|X'V⁻¹X|` and `y'V⁻¹X (X'V⁻¹X)⁻¹ X'V⁻¹y` by Cholesky on the lower triangle.
fn explained(xx: &mut [f64], xy: &mut [f64]) -> Option<(f64, f64)> {
    let size = xy.len();
    let (mut log_det, mut sum) = (0.0, 0.0);
    for i in 0..size {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| xx[i * size + k] * xx[j * size + k]).sum();
            let left = xx[i * size + j] - dot;
            if i == j {
                if left.is_nan() || left <= 0.0 {
                    return None;
                }
                xx[i * size + i] = left.sqrt();
            } else {
                xx[i * size + j] = left / xx[j * size + j];
            }
        }
        let known: f64 = (0..i).map(|k| xx[i * size + k] * xy[k]).sum();
        xy[i] = (xy[i] - known) / xx[i * size + i];
        log_det += 2.0 * xx[i * size + i].ln();
        sum += xy[i] * xy[i];
    }
    Some((log_det, sum))
}

//! How unlike units' profiles over strata are: the unit x stratum variance by the method of moments.

use std::collections::BTreeMap;

use super::Rung;
use crate::stats::dist::chi2_sf;
use crate::stats::float;

/// Sweeps of the unit and stratum backfit.
const SWEEPS: usize = 60;
/// Below this many degrees of freedom there is no profile to speak of.
const MIN_DF: f64 = 10.0;

/// Variance of units' means in single strata beyond unit and stratum effects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    pub tau2: f64,
    /// p-value of "every unit is as able in one stratum as in another".
    pub p: f64,
    pub df: f64,
}

/// Pearson's X² of the means after weighted removal of unit and stratum effects, against its degrees of freedom;
/// the mean square's excess is the variance (Henderson's third method with equal coefficients). `None` below 10
/// degrees of freedom. Groups of the rungs are not looked at.
pub fn interaction(rungs: &[Rung]) -> Option<Interaction> {
    let cells = crossed(rungs);
    let count = |of: fn(&Rung) -> u32| cells.iter().map(of).max().map_or(0, |last| last as usize + 1);
    let (units, strata) = (count(|rung| rung.unit), count(|rung| rung.stratum));
    let df = float(cells.len()) - float(units) - float(strata) + 1.0;
    if df < MIN_DF {
        return None;
    }
    let mut left: Vec<f64> = cells.iter().map(|rung| rung.mean).collect();
    for _ in 0..SWEEPS {
        centre(&mut left, &cells, units, |rung| rung.unit);
        centre(&mut left, &cells, strata, |rung| rung.stratum);
    }
    let x2: f64 = left.iter().zip(&cells).map(|(e, rung)| e * e / rung.v).sum();
    let precision: f64 = cells.iter().map(|rung| 1.0 / rung.v).sum();
    let tau2 = ((x2 - df) / (precision * df / float(cells.len()))).max(0.0);
    Some(Interaction { tau2, p: chi2_sf(x2, df), df })
}

/// Rungs of units with two strata or more, units and strata numbered from 0.
fn crossed(rungs: &[Rung]) -> Vec<Rung> {
    let mut own: BTreeMap<u32, usize> = BTreeMap::new();
    for rung in rungs {
        *own.entry(rung.unit).or_default() += 1;
    }
    let usable = |rung: &&Rung| own[&rung.unit] > 1 && rung.v > 0.0 && rung.mean.is_finite();
    let mut cells: Vec<Rung> = rungs.iter().filter(usable).copied().collect();
    cells.sort_by_key(|rung| (rung.unit, rung.stratum));
    let (mut units, mut strata) = (BTreeMap::new(), BTreeMap::new());
    for rung in &cells {
        units.insert(rung.unit, 0u32);
        strata.insert(rung.stratum, 0u32);
    }
    units.values_mut().zip(0..).for_each(|(place, next)| *place = next);
    strata.values_mut().zip(0..).for_each(|(place, next)| *place = next);
    for rung in &mut cells {
        (rung.unit, rung.stratum) = (units[&rung.unit], strata[&rung.stratum]);
    }
    cells
}

fn centre(left: &mut [f64], cells: &[Rung], size: usize, of: fn(&Rung) -> u32) {
    let mut sums = vec![(0.0, 0.0); size];
    for (e, rung) in left.iter().zip(cells) {
        let sum: &mut (f64, f64) = &mut sums[of(rung) as usize];
        *sum = (sum.0 + 1.0 / rung.v, sum.1 + e / rung.v);
    }
    for (e, rung) in left.iter_mut().zip(cells) {
        let (weight, sum) = sums[of(rung) as usize];
        *e -= sum / weight;
    }
}

//! Fixed-seed panels for tests.

use crate::stats::float;
use crate::stats::panel::{Cell, Panel};
pub(crate) use crate::stats::random::Pcg;

fn successes(random: &mut Pcg, n: usize, p: f64) -> f64 {
    float((0..n).filter(|_| random.uniform() < p).count())
}

/// Shares of successes: one entry of `gaps` below 75 % and of `sd` between units per stratum, `n` observations a
/// cell. A unit is as able in one stratum as in another.
pub(crate) fn shares(units: u32, times: u32, n: usize, gaps: &[f64], sd: &[f64], seed: u64) -> Panel {
    let mut random = Pcg::new(seed);
    let mut cells = Vec::new();
    for unit in 0..units {
        let ability = random.normal();
        for (stratum, (gap, sd)) in gaps.iter().zip(sd).enumerate() {
            let p = (0.75 - gap + sd * ability).clamp(0.01, 0.99);
            for time in 0..times {
                let mean = successes(&mut random, n, p) / float(n);
                let (count, stratum) = (float(n), u32::try_from(stratum).unwrap());
                let ss = count * mean * (1.0 - mean);
                cells.push(Cell { unit, stratum, time, n: count, weight: count, mean, ss });
            }
        }
    }
    Panel::new(cells)
}

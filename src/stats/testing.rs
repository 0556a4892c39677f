//! Fixed-seed panels for tests: PCG-XSH-RR (O'Neill 2014) and what is drawn from it.

use crate::stats::float;
use crate::stats::panel::{Cell, Panel};

pub(crate) struct Pcg(u64);

impl Pcg {
    pub(crate) fn new(seed: u64) -> Self {
        let mut this = Self(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        this.bits();
        this
    }

    fn bits(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = u32::try_from((((old >> 18) ^ old) >> 27) & 0xffff_ffff).unwrap();
        mixed.rotate_right(u32::try_from(old >> 59).unwrap())
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        (f64::from(self.bits()) + 0.5) / 4_294_967_296.0
    }

    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }

    pub(crate) fn successes(&mut self, n: usize, p: f64) -> f64 {
        float((0..n).filter(|_| self.uniform() < p).count())
    }
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
                let mean = random.successes(n, p) / float(n);
                let (count, stratum) = (float(n), u32::try_from(stratum).unwrap());
                let ss = count * mean * (1.0 - mean);
                cells.push(Cell { unit, stratum, time, n: count, weight: count, mean, ss });
            }
        }
    }
    Panel::new(cells)
}

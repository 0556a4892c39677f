//! Do raters score alike? Scores of the same units at the same times are compared across the raters who gave
//! them, so that a rater who happens to see weak units is not called strict.

use std::collections::BTreeMap;

use crate::stats::dist::{f_quantile, f_sf};
use crate::stats::float;

/// Degrees of freedom the scatter of scores must leave.
const LEAST_DF: usize = 10;
/// A pivot below this share of its column's own weight is none: the column follows from those before.
const RANK: f64 = 1e-9;
const LEVEL: f64 = 0.95;

/// Mean score of one unit by one rater at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    pub unit: u32,
    pub time: u32,
    pub rater: u32,
    /// Scores behind the mean, above 0.
    pub n: f64,
    pub mean: f64,
}

/// How unlike raters are.
#[derive(Clone, Debug, PartialEq)]
pub struct Raters {
    pub raters: usize,
    /// Variance between raters with its 95 % bounds.
    pub tau2: f64,
    pub low: f64,
    pub high: f64,
    /// p-value of "all raters score alike".
    pub p: f64,
    /// Each rater's level against the others, by the rater's number.
    pub effects: BTreeMap<u32, f64>,
}

/// Weighted least squares of scores on unit, time and rater. The sum of squares that raters add gives the variance
/// between them by Henderson's third method (Searle, Casella and `McCulloch` 1992, ch. 5), against the scatter of
/// means the three leave; the bounds are those of the balanced case with equal information a rater. `None` where
/// no unit was scored by two raters, or too few scores are left to judge by.
pub fn raters(scores: &[Scored]) -> Option<Raters> {
    let usable = |one: &&Scored| one.n > 0.0 && one.n.is_finite() && one.mean.is_finite();
    let mut scores: Vec<Scored> = scores.iter().filter(usable).copied().collect();
    scores.sort_by_key(|one| (one.unit, one.time, one.rater));
    let columns = Columns::of(&scores);
    let units = scores.chunk_by(|a, b| a.unit == b.unit).count();
    let mut system = System::of(&scores, &columns);
    let (times, _) = system.eliminate(0..columns.times);
    let information: f64 = (columns.times..columns.size()).map(|j| system.at(j, j)).sum();
    let (rank, sum) = system.eliminate(columns.times..columns.size());
    let df = scores.len().checked_sub(units + times + rank).filter(|df| *df >= LEAST_DF)?;
    if rank == 0 || system.left <= 0.0 {
        return None;
    }
    let noise = system.left / float(df);
    let (each, df1, df2) = (information / float(rank), float(rank), float(df));
    let f = sum / df1 / noise;
    let at = |level: f64| ((f / f_quantile(level, df1, df2) - 1.0) * noise / each).max(0.0);
    Some(Raters {
        raters: columns.raters.len(),
        tau2: ((f - 1.0) * noise / each).max(0.0),
        low: at(0.5 + 0.5 * LEVEL),
        high: at(0.5 - 0.5 * LEVEL),
        p: f_sf(f, df1, df2),
        effects: system.effects(&scores, &columns),
    })
}

/// Where times and raters stand among the columns: times first.
struct Columns {
    times: usize,
    raters: Vec<u32>,
}

impl Columns {
    fn of(scores: &[Scored]) -> Self {
        let mut raters: Vec<u32> = scores.iter().map(|one| one.rater).collect();
        raters.sort_unstable();
        raters.dedup();
        Self { times: scores.iter().map(|one| one.time as usize + 1).max().unwrap_or(0), raters }
    }

    fn size(&self) -> usize {
        self.times + self.raters.len()
    }

    fn places(&self, score: &Scored) -> [usize; 2] {
        let rater = self.raters.binary_search(&score.rater).unwrap_or(0);
        [score.time as usize, self.times + rater]
    }
}

/// Normal equations with units swept out, the right-hand side as a last column.
struct System {
    size: usize,
    matrix: Vec<f64>,
    weights: Vec<f64>,
    /// Columns used as pivots, in order.
    pivots: Vec<usize>,
    /// Weighted sum of squares not yet explained.
    left: f64,
}

impl System {
    fn of(scores: &[Scored], columns: &Columns) -> Self {
        let size = columns.size();
        let mut this = Self {
            size,
            matrix: vec![0.0; size * (size + 1)],
            weights: vec![0.0; size],
            pivots: Vec::new(),
            left: 0.0,
        };
        let mut own = vec![0.0; size];
        for unit in scores.chunk_by(|a, b| a.unit == b.unit) {
            this.add(unit, columns, &mut own);
        }
        this
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.matrix[row * (self.size + 1) + column]
    }

    fn add(&mut self, unit: &[Scored], columns: &Columns, own: &mut [f64]) {
        let width = self.size + 1;
        let n: f64 = unit.iter().map(|one| one.n).sum();
        let mean = unit.iter().map(|one| one.n * one.mean).sum::<f64>() / n;
        own.fill(0.0);
        for one in unit {
            let y = one.mean - mean;
            self.left += one.n * y * y;
            for j in columns.places(one) {
                own[j] += one.n;
                self.weights[j] += one.n;
                self.matrix[j * width + self.size] += one.n * y;
                for k in columns.places(one) {
                    self.matrix[j * width + k] += one.n;
                }
            }
        }
        let used: Vec<usize> = (0..self.size).filter(|&j| own[j] > 0.0).collect();
        for &j in &used {
            for &k in &used {
                self.matrix[j * width + k] -= own[j] * own[k] / n;
            }
        }
    }

    /// Gauss–Jordan on some columns: how many were independent, and the sum of squares they explain.
    fn eliminate(&mut self, columns: std::ops::Range<usize>) -> (usize, f64) {
        let width = self.size + 1;
        let (mut rank, mut sum) = (0, 0.0);
        for j in columns {
            let pivot = self.at(j, j);
            if pivot <= RANK * self.weights[j] {
                continue;
            }
            let row: Vec<f64> = self.matrix[j * width..(j + 1) * width].to_vec();
            sum += row[self.size] * row[self.size] / pivot;
            rank += 1;
            for i in (0..self.size).filter(|&i| i != j) {
                let factor = self.matrix[i * width + j] / pivot;
                for (value, own) in self.matrix[i * width..(i + 1) * width].iter_mut().zip(&row) {
                    *value -= factor * own;
                }
            }
            self.pivots.push(j);
        }
        self.left = (self.left - sum).max(0.0);
        (rank, sum)
    }

    /// Raters' levels, centred on the mean over scores.
    fn effects(&self, scores: &[Scored], columns: &Columns) -> BTreeMap<u32, f64> {
        let solved = |j: &usize| self.at(*j, self.size) / self.at(*j, *j);
        let levels: BTreeMap<usize, f64> = self.pivots.iter().map(|j| (*j, solved(j))).collect();
        let level = |place: usize| levels.get(&place).copied().unwrap_or(0.0);
        let n: f64 = scores.iter().map(|one| one.n).sum();
        let mean = scores.iter().map(|one| one.n * level(columns.places(one)[1])).sum::<f64>() / n;
        let raters = columns.raters.iter().enumerate();
        raters.map(|(k, rater)| (*rater, level(columns.times + k) - mean)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::Pcg;

    /// Every unit scored `each` times by raters at random, units and raters differing with these deviations.
    fn drawn(seed: u64, units: u32, raters: u32, each: u32, sd: f64) -> Vec<Scored> {
        let mut random = Pcg::new(seed);
        let strict: Vec<f64> = (0..raters).map(|_| sd * random.normal()).collect();
        let mut scores = Vec::new();
        for unit in 0..units {
            let able = 5.0 * random.normal();
            for time in 0..each {
                let at = random.uniform() * f64::from(raters);
                let rater = (0..raters).rev().find(|rater| at >= f64::from(*rater)).unwrap();
                let mean = 80.0 + able + strict[rater as usize] + 8.0 * random.normal();
                scores.push(Scored { unit, time: time % 12, rater, n: 1.0, mean });
            }
        }
        scores
    }

    #[test]
    fn raters_who_score_alike_are_rarely_called_unlike() {
        let called = (0..400).filter(|seed| raters(&drawn(*seed, 30, 6, 12, 0.0)).unwrap().p < 0.05).count();
        assert!(float(called) / 400.0 < 0.05 + 3.0 * 0.0109, "{called} of 400");
    }

    #[test]
    fn strict_and_lenient_raters_are_found_with_their_spread() {
        let found: Vec<Raters> = (0..60).map(|seed| raters(&drawn(seed, 30, 8, 12, 4.0)).unwrap()).collect();
        let power = found.iter().filter(|one| one.p < 0.05).count();
        let mean = found.iter().map(|one| one.tau2).sum::<f64>() / 60.0;
        let covered = found.iter().filter(|one| one.low <= 16.0 && 16.0 <= one.high).count();
        assert!(power >= 57, "{power} of 60");
        assert!((mean - 16.0).abs() < 4.0, "{mean}");
        assert!(covered >= 52, "{covered} of 60");
    }

    #[test]
    fn a_rater_who_sees_the_weak_units_is_not_strict() {
        let mut scores = Vec::new();
        for unit in 0..40u32 {
            for time in 0..6u32 {
                // Units below 20 are weak and mostly seen by rater 0.
                let rater = u32::from((time < 4) != (unit < 20));
                let luck = f64::from((unit * 7 + time * 13) % 5) - 2.0;
                let mean = if unit < 20 { 60.0 } else { 90.0 } + luck;
                scores.push(Scored { unit, time, rater, n: 1.0, mean });
            }
        }
        let found = raters(&scores).unwrap();
        assert!(found.effects.values().all(|effect| effect.abs() < 1.0), "{found:?}");
    }

    #[test]
    fn raters_who_share_no_unit_cannot_be_compared() {
        let mut scores = drawn(3, 30, 6, 12, 4.0);
        for one in &mut scores {
            one.rater = one.unit % 6;
        }
        assert_eq!(raters(&scores), None);
        assert_eq!(raters(&[]), None);
        for one in &mut scores {
            (one.rater, one.mean) = (one.time % 2, 80.0);
        }
        assert_eq!(raters(&scores), None, "all equal");
    }
}

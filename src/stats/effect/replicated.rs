//! An estimate together with what it is without each group of units in turn. Two of them over the same units can
//! be combined before the error is taken, so that what they share cancels.

use super::Estimate;

/// An estimate and its jackknife replicates, one a deletion group; NaN where leaving a group out leaves nothing.
#[derive(Clone, Debug)]
pub struct Replicated {
    pub estimate: f64,
    pub(super) left_out: Vec<f64>,
    /// Treated units and cells behind it.
    pub treated: usize,
    pub cells: usize,
}

impl Replicated {
    /// The estimate with its error and an interval at `level`; `None` where no error can be had.
    pub fn with_error(&self, level: f64) -> Option<Estimate> {
        let se = jackknife_se(self.estimate, self.left_out.iter().copied());
        Estimate::new(self.estimate, se, self.treated, self.cells, level)
    }

    /// A function of two estimates over the same units; its degrees of freedom are those of the smaller one.
    /// `None` where the two were not replicated over the same groups.
    pub fn with(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Option<Self> {
        if self.left_out.len() != other.left_out.len() {
            return None;
        }
        let pairs = self.left_out.iter().zip(&other.left_out);
        Some(Self {
            estimate: f(self.estimate, other.estimate),
            left_out: pairs.map(|(a, b)| f(*a, *b)).collect(),
            treated: self.treated.min(other.treated),
            cells: self.cells.min(other.cells),
        })
    }

    /// The difference to another estimate over the same units.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.with(other, |a, b| a - b)
    }
}

/// Jackknife standard error from estimates that each leave one unit, or group of units, out.
pub(super) fn jackknife_se(estimate: f64, left_out: impl Iterator<Item = f64>) -> f64 {
    let (mut count, mut sum) = (0.0, 0.0);
    for value in left_out.filter(|value| value.is_finite()) {
        count += 1.0;
        sum += (value - estimate) * (value - estimate);
    }
    if count < 2.0 { f64::NAN } else { ((count - 1.0) / count * sum).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replicated(estimate: f64, left_out: &[f64]) -> Replicated {
        Replicated { estimate, left_out: left_out.to_vec(), treated: left_out.len(), cells: 9 }
    }

    #[test]
    fn the_error_of_a_mean_is_the_textbook_one() {
        let values = [2.0, 4.0, 4.0, 6.0];
        let mean = 4.0;
        let left_out: Vec<f64> = values.iter().map(|v| (16.0 - v) / 3.0).collect();
        let se = replicated(mean, &left_out).with_error(0.95).unwrap().se;
        assert!((se - (8.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_two_estimates_share_cancels_in_their_difference() {
        let (a, b) = (replicated(3.0, &[2.0, 3.5, 3.5]), replicated(1.0, &[0.0, 1.5, 1.5]));
        let difference = a.minus(&b).unwrap();
        assert!((difference.estimate - 2.0).abs() < 1e-15);
        assert!(difference.with_error(0.95).is_none(), "no error is left");
        assert!(a.minus(&replicated(1.0, &[1.0])).is_none());
    }
}

//! Adjusting p-values for many tests at once: the false discovery rate of Benjamini and Hochberg (1995), and
//! of Benjamini and Yekutieli (2001) under any dependence.

use crate::stats::float;

/// Benjamini–Hochberg q-values, in the order of `p`. Values that are not numbers stay so and do not count.
pub fn bh(p: &[f64]) -> Vec<f64> {
    step_up(p, 1.0)
}

/// Benjamini–Yekutieli q-values: as [`bh`] with the harmonic penalty that makes any dependence safe.
pub fn by(p: &[f64]) -> Vec<f64> {
    let tests = p.iter().filter(|p| !p.is_nan()).count();
    step_up(p, (1..=tests).map(|rank| 1.0 / float(rank)).sum())
}

/// The largest prefix of probabilities (descending) whose mean miss `1 − p` stays at or below `rate`: a list
/// with a Bayesian false discovery rate. Returns the indices, most certain first.
pub fn discoveries(probabilities: &[f64], rate: f64, at_least: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..probabilities.len()).filter(|i| probabilities[*i] >= at_least).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then(a.cmp(b)));
    let mut missed = 0.0;
    let kept = order.iter().enumerate().take_while(|(rank, i)| {
        missed += 1.0 - probabilities[**i];
        missed <= rate * float(rank + 1)
    });
    let kept = kept.count();
    order.truncate(kept);
    order
}

fn step_up(p: &[f64], penalty: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).filter(|i| !p[*i].is_nan()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let tests = float(order.len());
    let mut q = vec![f64::NAN; p.len()];
    let mut least: f64 = 1.0;
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(p[*index] * tests * penalty / float(rank + 1));
        q[*index] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_case_steps_up() {
        // 4 tests: .01·4/1, .02·4/2, .04·4/3, .30·4/4.
        let q = bh(&[0.04, 0.01, 0.30, 0.02]);
        let expected = [0.16 / 3.0, 0.04, 0.30, 0.04];
        assert!(q.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15), "{q:?}");
        let harmonic = 1.0 + 0.5 + 1.0 / 3.0 + 0.25;
        assert!((by(&[0.04, 0.01, 0.30, 0.02])[1] - 0.04 * harmonic).abs() < 1e-15);
    }

    #[test]
    fn not_a_number_does_not_count_as_a_test() {
        let q = bh(&[f64::NAN, 0.03]);
        assert!(q[0].is_nan() && (q[1] - 0.03).abs() < 1e-15);
        assert!(bh(&[]).is_empty());
    }

    #[test]
    fn a_discovery_list_stops_where_the_mean_miss_passes_the_rate() {
        assert_eq!(discoveries(&[0.85, 0.99, 0.5, 0.95], 0.10, 0.8), vec![1, 3, 0]);
        assert_eq!(discoveries(&[0.85, 0.99, 0.5, 0.95], 0.05, 0.8), vec![1, 3]);
    }
}

//! How compact would the best partition of one normal cloud be?

use super::{Points, best};
use crate::stats::float;
use crate::stats::random::Pcg;

/// Share of clouds, the observed one among them, whose best partition is at least as compact.
pub(super) fn chance(points: &Points, silhouette: f64, clouds: usize, seed: u64) -> f64 {
    let mut random = Pcg::new(seed);
    let centred = centred(points);
    let as_compact = (0..clouds)
        .filter(|_| best(&cloud(&centred, &mut random)).is_some_and(|one| one.silhouette >= silhouette))
        .count();
    float(as_compact + 1) / float(clouds + 1)
}

/// A normal cloud with the covariance of the points: each new point is a sum of the centred ones with normal
/// weights over √(n − 1), so that no matrix need be factored and a flat cloud stays flat. Its place does not matter.
fn cloud(centred: &Points, random: &mut Pcg) -> Points {
    let scale = 1.0 / float(centred.len().saturating_sub(1).max(1)).sqrt();
    let mut point = |_: usize| {
        let mut sum = vec![0.0; centred[0].len()];
        for one in centred {
            let weight = random.normal() * scale;
            sum.iter_mut().zip(one).for_each(|(total, x)| *total += weight * x);
        }
        sum
    };
    (0..centred.len()).map(&mut point).collect()
}

fn centred(points: &Points) -> Points {
    let mut mean = vec![0.0; points[0].len()];
    for point in points {
        mean.iter_mut().zip(point).for_each(|(total, x)| *total += x / float(points.len()));
    }
    points.iter().map(|point| point.iter().zip(&mean).map(|(x, m)| x - m).collect()).collect()
}

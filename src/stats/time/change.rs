//! Where a series changed its level: binary segmentation with variances known up to the noise of the series.

use super::Point;
use super::noise::Noise;
use crate::stats::float;

/// Shortest stretch between changes.
const SHORTEST: usize = 4;
/// Most changes looked for.
const MOST: usize = 3;
/// A change is accepted where twice the gain in log-likelihood exceeds `2 ln n + 4`: about one false change in
/// a hundred series without any.
const PENALTY: f64 = 4.0;

/// Indices of the first point behind each change, ascending.
///
/// Splits are taken in the order of what they explain; as many are kept as can be, each above the limit at the
/// noise that is left with all of them. Looking at one alone would miss a level that rose and came back: the
/// half of it that one split leaves over looks like noise with alike neighbours.
pub fn change_points(points: &[Point]) -> Vec<usize> {
    let limit = 2.0 * float(points.len()).max(1.0).ln() + PENALTY;
    let (mut path, mut gains, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    while path.len() < MOST {
        let Some((at, gain)) = best_split(points, &path) else { break };
        path.push(at);
        path.sort_unstable();
        gains.push(gain);
        let noise = Noise::of(points, &path).of_means();
        if gains.iter().all(|gain| gain / noise > limit) {
            kept.clone_from(&path);
        }
    }
    kept
}

/// The split that explains most within any stretch, and twice its gain in log-likelihood at sampling variance.
fn best_split(points: &[Point], changes: &[usize]) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    let mut start = 0;
    for &end in changes.iter().chain([&points.len()]) {
        for at in start + SHORTEST..=end.saturating_sub(SHORTEST) {
            let gain = gain(&points[start..at], &points[at..end]);
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((at, gain));
            }
        }
        start = end;
    }
    best
}

/// Weighted squared distance of two stretches' levels.
fn gain(before: &[Point], after: &[Point]) -> f64 {
    match (super::pooled(before), super::pooled(after)) {
        (Some((a, va)), Some((b, vb))) => (b - a).powi(2) / (va + vb),
        _ => 0.0,
    }
}

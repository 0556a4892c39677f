//! What is usually done instead: the raw spread of agents' averages, held against three points or against
//! the gap, and a mean of weeks before held against one of weeks after.

use gapwise::model::VerdictId;

/// The raw standard deviation of agents' averages.
pub(crate) fn spread(averages: &[f64]) -> f64 {
    let n = super::centre::count(averages.len());
    let mean = averages.iter().sum::<f64>() / n;
    (averages.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// "Agents' averages differ by more than three points, so coach them."
pub(crate) fn by_spread(gap: f64, averages: &[f64], enough: f64, material: f64) -> VerdictId {
    if gap < material {
        VerdictId::NoGap
    } else if spread(averages) > enough {
        VerdictId::Behavioural
    } else {
        VerdictId::Structural
    }
}

/// "Agents' averages differ by as much as is missing, so coach them": the same cuts of the coachable share,
/// with luck left in.
pub(crate) fn by_ratio(gap: f64, averages: &[f64], material: f64) -> VerdictId {
    let share = spread(averages) / gap;
    if gap < material {
        VerdictId::NoGap
    } else if share > 2.0 / 3.0 {
        VerdictId::Behavioural
    } else if share < 1.0 / 3.0 {
        VerdictId::Structural
    } else {
        VerdictId::Mixed
    }
}

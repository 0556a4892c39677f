//! Moments and estimators: pure numerics over units, strata and times. No word of contact centres lives
//! here, nothing reads a file or a clock, and every sum runs in a fixed order, so equal input gives equal
//! bytes. Degenerate input yields `None` or a reason, never a panic.

pub mod adjust;
pub mod anova;
pub mod clusters;
pub mod dist;
pub mod effect;
pub mod groups;
pub mod kappa;
pub mod ladder;
pub mod layers;
pub mod moments;
pub mod panel;
pub mod pooling;
pub mod power;
pub mod random;
pub mod raters;
pub mod rates;
pub mod reach;
pub mod sample;
pub mod spread;
pub mod time;

#[cfg(test)]
pub(crate) mod testing;

/// A count as a float. Counts here stay far below 2^53, so nothing is lost.
#[expect(clippy::cast_precision_loss, reason = "counts of units, strata and times are far below 2^53")]
pub(crate) fn float(count: usize) -> f64 {
    count as f64
}

/// The `share` quantile of `sorted` (ascending), interpolated linearly between order statistics
/// (Hyndman and Fan 1996, type 7). `None` when empty.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the position is clamped to the slice"
)]
pub(crate) fn quantile_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = (share.clamp(0.0, 1.0) * float(last)).max(0.0);
    let below = (position.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let part = position - float(below);
    Some(sorted[below] + part * (sorted[above] - sorted[below]))
}

//! What the two halves of a window say: sessions and minutes per active agent, and how a metric moved between them.

use crate::calendar::Period;
use crate::kinds::Case;
use crate::kinds::spells::Effects;
use crate::model::{Metric, Ranged};
use crate::stats::dist::t_quantile;
use crate::stats::float;

const LEVEL: f64 = 0.95;

pub(super) fn ranged(value: f64, (low, high): (f64, f64)) -> Ranged {
    Ranged { value, low, high, level: LEVEL }
}

/// Something counted per active agent in the two halves of the window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halves {
    pub(super) before: f64,
    pub(super) now: f64,
    /// Of the agents active in both.
    pub(super) change: Option<Ranged>,
}

impl Halves {
    fn of(counted: &[[f64; 2]], active: &[[bool; 2]]) -> Option<Self> {
        let mean = |half: usize| {
            let of = counted.iter().zip(active).filter(|(_, a)| a[half]).map(|(c, _)| c[half]);
            let n = of.clone().count();
            (n > 0).then(|| of.sum::<f64>() / float(n))
        };
        let stayed = counted.iter().zip(active).filter(|(_, a)| a[0] && a[1]);
        let steps: Vec<(f64, f64)> = stayed.map(|(c, _)| (c[1] - c[0], 1.0)).collect();
        Some(Self { before: mean(0)?, now: mean(1)?, change: mean_step(&steps) })
    }

    pub(super) fn up(&self, rise: f64) -> Option<bool> {
        let change = self.change?;
        Some(change.low > 0.0 && self.now >= self.before * (1.0 + rise))
    }
}

/// Minutes and sessions on the outcome per active agent; `None` where the log begins inside the window.
pub(super) struct Spent {
    pub(super) minutes: Option<Halves>,
    pub(super) sessions: Option<Halves>,
}

impl Spent {
    pub(super) fn of(case: &Case<'_>, outcome: &Effects, on: &str) -> Self {
        let window = &outcome.study.window;
        if case.data.log_start().is_none_or(|start| start > window.from) {
            return Self { minutes: None, sessions: None };
        }
        let active = active(outcome);
        let unit_of = |agent: u32| window.agents.binary_search(&agent).ok();
        let (mut minutes, mut sessions) = (vec![[0.0; 2]; active.len()], vec![[0.0; 2]; active.len()]);
        let mut timed = false;
        for session in case.desk.held_on(on) {
            let Some(half) = half(window.from, window.to, session.period) else { continue };
            let Some(unit) = unit_of(session.agent) else { continue };
            sessions[unit][half] += 1.0;
            minutes[unit][half] += session.minutes.unwrap_or(0.0);
            timed |= session.minutes.is_some();
        }
        Self {
            minutes: Halves::of(&minutes, &active).filter(|_| timed),
            sessions: Halves::of(&sessions, &active),
        }
    }
}

/// 0 for the first half of a window, 1 for the second; the first period of an odd window is in neither.
fn half(from: Period, to: Period, at: Period) -> Option<usize> {
    let length = (to.0 - from.0 + 1) / 2;
    let back = to.0 - at.0;
    if back < 0 || back >= 2 * length { None } else { Some(usize::from(back < length)) }
}

/// Whether each agent has rows of the outcome in each half.
fn active(effects: &Effects) -> Vec<[bool; 2]> {
    let window = &effects.study.window;
    let mut active = vec![[false; 2]; window.agents.len()];
    for cell in &window.panel.cells {
        let at = window.from.shift(i32::try_from(cell.time).unwrap_or(0));
        if let Some(half) = half(window.from, window.to, at) {
            active[cell.unit as usize][half] = true;
        }
    }
    active
}

/// Change of a metric between the halves at equal mix of work, improvement positive: agents with rows in both,
/// each with the weight of its smaller half. Agents are the clusters of the error.
pub(super) fn change(metric: &Metric, effects: &Effects) -> Option<Ranged> {
    let (window, layers) = (&effects.study.window, &effects.study.layers);
    let mut levels = vec![0.0; window.panel.strata];
    for layer in &layers.strata {
        levels[layer.stratum as usize] = layer.mean;
    }
    let mut sums = vec![[(0.0, 0.0); 2]; window.agents.len()];
    for cell in &window.panel.cells {
        let at = window.from.shift(i32::try_from(cell.time).unwrap_or(0));
        let Some(half) = half(window.from, window.to, at) else { continue };
        let sum: &mut (f64, f64) = &mut sums[cell.unit as usize][half];
        *sum = (sum.0 + cell.weight, sum.1 + cell.weight * (cell.mean - levels[cell.stratum as usize]));
    }
    let sign = metric.better.sign();
    let stayed = sums.iter().filter(|[before, now]| before.0 > 0.0 && now.0 > 0.0);
    let steps: Vec<(f64, f64)> =
        stayed.map(|[a, b]| (sign * (b.1 / b.0 - a.1 / a.0), 1.0 / (1.0 / a.0 + 1.0 / b.0))).collect();
    mean_step(&steps)
}

/// Weighted mean of (value, weight) with its 95 % range, the values taken as independent draws (t, one less
/// degrees of freedom); `None` below three or where they are all equal.
fn mean_step(steps: &[(f64, f64)]) -> Option<Ranged> {
    let total: f64 = steps.iter().map(|(_, w)| w).sum();
    if steps.len() < 3 || total <= 0.0 {
        return None;
    }
    let mean = steps.iter().map(|(x, w)| w * x).sum::<f64>() / total;
    let squares: f64 = steps.iter().map(|(x, w)| w * w * (x - mean) * (x - mean)).sum();
    let n = float(steps.len());
    let half = t_quantile(0.5 + 0.5 * LEVEL, n - 1.0) * (squares * n / (n - 1.0)).sqrt() / total;
    half.is_finite().then(|| ranged(mean, (mean - half, mean + half)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_counted_from_the_end() {
        let of = |at: i32| half(Period(10), Period(14), Period(at));
        assert_eq!(
            [of(9), of(10), of(11), of(12), of(13), of(14), of(15)],
            [None, None, Some(0), Some(0), Some(1), Some(1), None]
        );
    }

    #[test]
    fn a_mean_step_has_the_textbook_range() {
        let step = mean_step(&[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]).unwrap();
        // 4.3027 is the 97.5 % point of t with 2 degrees of freedom; the standard error is 1/√3.
        assert!((step.high - 2.0 - 4.302_652_7 / 3f64.sqrt()).abs() < 1e-6, "{step:?}");
        assert!(mean_step(&[(1.0, 1.0), (2.0, 1.0)]).is_none());
    }
}

//! What kind of difference between agents it is: new hires behind the rest, good and bad weeks of the same
//! agents, or simply unlike mixes of work.

use crate::kinds::Case;
use crate::kinds::desk::Study;
use crate::kinds::homes::tenure_days;
use crate::stats::dist::{normal_quantile, t_sf};
use crate::stats::float;
use crate::stats::kappa::normal_headroom;
use crate::stats::layers::UnitMean;
use crate::stats::moments::Moments;

/// Agents each side needs.
const LEAST_NEW: usize = 3;
const LEAST_REST: usize = 5;

/// Agents new to the work against the others.
pub(super) struct Newer {
    pub(super) agents: usize,
    pub(super) gap: f64,
    pub(super) low: f64,
    pub(super) share: Option<f64>,
}

/// `gap` and `net_gap` count adversely: above 0 is behind, or short of target.
pub(super) fn newer(case: &Case<'_>, study: &Study, days: i64, net_gap: Option<f64>) -> Option<Newer> {
    let (_, metric) = case.metric?;
    let overall = &study.layers.overall;
    let spread = overall.spread.as_ref().ok()?;
    let day = case.calendar.end(case.span().1);
    let mut sides = [Side::default(), Side::default()];
    for unit in overall.units.iter().filter(|unit| overall.compared.contains(&unit.unit)) {
        let agent = *study.window.agents.get(unit.unit as usize)?;
        // An agent the roster says nothing about was not hired lately, as far as anyone knows.
        let is_new = tenure_days(case.data, agent, day).is_some_and(|tenure| tenure < days);
        sides[usize::from(is_new)].add(unit, spread.tau2);
    }
    let [rest, new] = sides;
    if new.agents < LEAST_NEW || rest.agents < LEAST_REST {
        return None;
    }
    let gap = metric.better.sign() * (rest.mean() - new.mean());
    let low = gap - normal_quantile(0.975) * (1.0 / rest.precision + 1.0 / new.precision).sqrt();
    let volume = new.weight / (new.weight + rest.weight);
    let share = net_gap.map(|net| (volume * gap.max(0.0) / net).min(1.0));
    Some(Newer { agents: new.agents, gap, low, share })
}

#[derive(Default)]
struct Side {
    agents: usize,
    weight: f64,
    precision: f64,
    sum: f64,
}

impl Side {
    fn add(&mut self, unit: &UnitMean, tau2: f64) {
        let precision = 1.0 / (unit.v + tau2).max(f64::MIN_POSITIVE);
        self.agents += 1;
        self.weight += unit.weight;
        self.precision += precision;
        self.sum += precision * unit.mean;
    }

    fn mean(&self) -> f64 {
        self.sum / self.precision
    }
}

/// Share of a gap that would close if every agent worked each period at least as in the best quarter of their own.
pub(super) fn good_weeks(week_sd: f64, net_gap: Option<f64>) -> Option<f64> {
    net_gap.map(|gap| (normal_headroom(0.75) * week_sd / gap).min(1.0))
}

/// How agents' plain averages differ from those at equal mix.
#[expect(clippy::struct_field_names, reason = "the words of the field")]
pub(super) struct Mix {
    pub(super) plain_seen: f64,
    pub(super) mix_sd: f64,
    /// Correlation of expected level and adjusted deviation, and its two-sided p-value.
    pub(super) routing: Option<(f64, f64)>,
}

pub(super) fn mix(study: &Study) -> Option<Mix> {
    let overall = &study.layers.overall;
    let pairs = overall.units.iter().zip(&overall.observed);
    let compared = pairs.filter(|(unit, _)| overall.compared.contains(&unit.unit));
    let (observed, deviations): (Vec<f64>, Vec<f64>) =
        compared.map(|(unit, observed)| (*observed, unit.mean)).unzip();
    let expected: Vec<f64> = observed.iter().zip(&deviations).map(|(o, d)| o - d).collect();
    Some(Mix {
        plain_seen: Moments::of(&observed).variance()?.sqrt(),
        mix_sd: Moments::of(&expected).variance()?.sqrt(),
        routing: (study.window.strata.len() > 1).then(|| correlation(&expected, &deviations)).flatten(),
    })
}

/// Pearson's correlation with the p-value of its t statistic.
fn correlation(x: &[f64], y: &[f64]) -> Option<(f64, f64)> {
    let (of_x, of_y) = (Moments::of(x), Moments::of(y));
    let df = float(x.len()) - 2.0;
    // Sums of squares at the size of rounding errors are none.
    let rounding = 1e-20 * of_x.n * of_x.mean * of_x.mean;
    if df < 3.0 || of_x.ss <= rounding || of_y.ss <= 0.0 {
        return None;
    }
    let together: f64 = x.iter().zip(y).map(|(x, y)| (x - of_x.mean) * (y - of_y.mean)).sum();
    let r = (together / (of_x.ss * of_y.ss).sqrt()).clamp(-1.0, 1.0);
    let statistic = r * (df / (1.0 - r * r).max(f64::MIN_POSITIVE)).sqrt();
    Some((r, (2.0 * t_sf(statistic.abs(), df)).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correlation_is_tested_two_sided() {
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let (r, p) = correlation(&x, &x.map(|x| 7.0 - x)).unwrap();
        assert!((r + 1.0).abs() < 1e-12 && p < 1e-9);
        let (r, p) = correlation(&x, &[1.0, -1.0, 1.0, 1.0, -1.0, 1.0]).unwrap();
        assert!(r.abs() < 0.1 && p > 0.8, "{r} {p}");
        assert_eq!(correlation(&[1.0; 6], &x), None);
    }

    #[test]
    fn good_weeks_close_as_much_of_the_gap_as_the_best_quarter_of_them_lies_above() {
        assert!((good_weeks(0.03, Some(0.05)).unwrap() - 0.823_56 * 0.6).abs() < 1e-3);
        assert_eq!(good_weeks(1.0, Some(0.05)), Some(1.0));
        assert_eq!(good_weeks(1.0, None), None);
    }
}

//! Single contacts and single agents of a contact type: is the tail of long contacts heavier than in other work,
//! and do agents who take longer also do more of it?

use super::place::{AgentMean, Place};
use crate::kinds::by_type::TypeLevel;
use crate::model::Measure;
use crate::stats::dist::{normal_quantile, t_quantile};
use crate::stats::float;
use crate::stats::moments::Moments;
use crate::stats::panel::Cell;

/// Rows an agent needs on each side before its scatter is compared, and agents needed for a range.
const LEAST_ROWS: f64 = 20.0;
const LEAST_AGENTS: usize = 8;

/// An estimate with its 95 % range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::kinds) struct Ranged {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Coefficient of variation of single rows in a type, as a multiple of the same agents' in their other types;
/// agents are the replicates. `None` for shares and ratios, whose rows have no tail.
pub(super) fn tail(place: &Place<'_>, level: &TypeLevel) -> Option<Ranged> {
    if place.metric.measure != Measure::Mean {
        return None;
    }
    let strata: Vec<u32> = level.strata.iter().map(|&at| place.study.layers.strata[at].stratum).collect();
    let cells = &place.study.window.panel.cells;
    let logs: Vec<f64> = cells
        .chunk_by(|a, b| a.unit == b.unit)
        .filter_map(|agent| {
            let (own, others): (Vec<&Cell>, Vec<&Cell>) =
                agent.iter().partition(|cell| strata.contains(&cell.stratum));
            Some((variation(&own)? / variation(&others)?).ln())
        })
        .filter(|log| log.is_finite())
        .collect();
    if logs.len() < LEAST_AGENTS {
        return None;
    }
    let all = Moments::of(&logs);
    let either = t_quantile(0.975, all.n - 1.0) * (all.variance()? / all.n).sqrt();
    Some(Ranged { value: all.mean.exp(), low: (all.mean - either).exp(), high: (all.mean + either).exp() })
}

/// Standard deviation of rows inside strata over their mean.
fn variation(cells: &[&Cell]) -> Option<f64> {
    let (mut n, mut sum, mut ss, mut df) = (0.0, 0.0, 0.0, 0.0);
    for stratum in cells.chunk_by(|a, b| a.stratum == b.stratum) {
        let all = stratum.iter().fold(Moments::default(), |all, cell| {
            all.merge(Moments { n: cell.n, mean: cell.mean, ss: cell.ss })
        });
        (n, sum, ss, df) = (n + all.n, sum + all.n * all.mean, ss + all.ss, df + all.n - 1.0);
    }
    (n >= LEAST_ROWS && df > 0.0 && sum > 0.0).then(|| (ss / df).sqrt() / (sum / n))
}

/// Correlation over agents between two stages in one type, with Fisher's range.
pub(super) fn link(a: &[AgentMean], b: &[AgentMean]) -> Option<Ranged> {
    let pairs: Vec<(f64, f64)> = a
        .iter()
        .filter_map(|one| Some((one.mean, b.iter().find(|other| other.agent == one.agent)?.mean)))
        .collect();
    if pairs.len() < LEAST_AGENTS {
        return None;
    }
    let n = float(pairs.len());
    let (mx, my) = pairs.iter().fold((0.0, 0.0), |m, p| (m.0 + p.0 / n, m.1 + p.1 / n));
    let (xy, xx, yy) = pairs.iter().fold((0.0, 0.0, 0.0), |s, (x, y)| {
        (s.0 + (x - mx) * (y - my), s.1 + (x - mx).powi(2), s.2 + (y - my).powi(2))
    });
    // Equal values differ by rounding alone, which is no correlation.
    let equal = |ss: f64, mean: f64| ss <= f64::EPSILON * n * mean * mean;
    if equal(xx, mx) || equal(yy, my) {
        return None;
    }
    let r = (xy / (xx * yy).sqrt()).clamp(-0.999_999, 0.999_999);
    let either = normal_quantile(0.975) / (n - 3.0).sqrt();
    Some(Ranged { value: r, low: (r.atanh() - either).tanh(), high: (r.atanh() + either).tanh() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agents(values: &[f64]) -> Vec<AgentMean> {
        (0..).zip(values).map(|(agent, mean)| AgentMean { agent, mean: *mean, v: 0.0 }).collect()
    }

    #[test]
    fn the_range_of_a_correlation_is_fishers() {
        let x = agents(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]);
        let y = agents(&[3.0, 1.0, 2.0, 6.0, 5.0, 4.0, 9.0, 7.0, 8.0, 12.0, 10.0, 11.0]);
        let found = link(&x, &y).unwrap();
        // r = 1 − 6 Σd² / n(n² − 1), the values being ranks; Σd² = 26.
        let r: f64 = 1.0 - 6.0 * 26.0 / (12.0 * 143.0);
        assert!((found.value - r).abs() < 1e-12, "{}", found.value);
        let either = 1.959_963_984_540_054 / 3.0;
        assert!((found.high.atanh() - r.atanh() - either).abs() < 1e-9);
    }

    #[test]
    fn equal_values_and_few_agents_have_no_correlation() {
        let x = agents(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert_eq!(link(&x, &agents(&[1.0; 9])), None);
        assert_eq!(link(&x[..5], &x), None);
    }

    #[test]
    fn the_variation_of_rows_leaves_out_what_lies_between_strata() {
        let cell = |stratum, mean| Cell { unit: 0, stratum, time: 0, n: 11.0, weight: 11.0, mean, ss: 40.0 };
        let (a, b) = (cell(0, 2.0), cell(1, 6.0));
        // Variance 80 / 20 inside, mean 4.
        assert!((variation(&[&a, &b]).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(variation(&[&a]), None);
    }
}

//! Whether an effect is the same everywhere: between units, between groups of units, and along a dose. The
//! groups are compared as agents are: by a between-group variance once luck is out, never by a ranking.

use super::{Estimate, UnitEffect};
use crate::stats::float;
use crate::stats::sample::Sample;
use crate::stats::spread::Spread;

/// Units below which the spread of effects is not asked for.
const LEAST_UNITS: usize = 5;

/// How far the true effects on single units lie apart; their error variances are taken as known.
pub fn between_units(effects: &[UnitEffect]) -> Option<Spread> {
    let sample = Sample::new(effects.iter().map(|one| (one.effect, one.variance)));
    if sample.len() < LEAST_UNITS { None } else { Spread::of(sample, f64::INFINITY) }
}

/// How far the true mean effects of groups of units lie apart: one-way random effects, the variance inside
/// groups pooled over all of them. `groups` are the effects on the units of each group; groups of fewer than
/// `least` units are left out. Returns the spread and the groups it is of, in their order.
pub fn between_groups(groups: &[Vec<f64>], least: usize) -> Option<(Spread, Vec<usize>)> {
    let members: Vec<usize> =
        (0..groups.len()).filter(|group| groups[*group].len() >= least.max(2)).collect();
    let (mut inside, mut df) = (0.0, 0.0);
    for group in &members {
        let values = &groups[*group];
        let mean = mean(values);
        inside += values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        df += float(values.len() - 1);
    }
    if members.len() < 2 || inside <= 0.0 {
        return None;
    }
    let pooled = inside / df;
    let one = |group: &usize| (mean(&groups[*group]), pooled / float(groups[*group].len()));
    Some((Spread::of(Sample::new(members.iter().map(one)), df)?, members))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / float(values.len())
}

/// Slope of the effect on a unit along a dose, by least squares weighted with 1 / (error variance + variance
/// between units), leave-one-unit-out jackknife. An association: who gets more is not left to chance.
pub fn slope_on(dose: &[f64], effects: &[UnitEffect], between: f64, level: f64) -> Option<Estimate> {
    let points: Vec<[f64; 3]> = dose
        .iter()
        .zip(effects)
        .map(|(dose, one)| [*dose, one.effect, 1.0 / (one.variance + between)])
        .filter(|point| point.iter().all(|value| value.is_finite()))
        .collect();
    let slope = slope(&points, usize::MAX)?;
    let left_out = (0..points.len()).map(|one| slope_or_nan(&points, one));
    let se = super::replicated::jackknife_se(slope, left_out);
    // Two degrees of freedom go into the line.
    let spare = points.len().checked_sub(1)?;
    Estimate::new(slope, se, spare, points.len(), level)
}

fn slope_or_nan(points: &[[f64; 3]], without: usize) -> f64 {
    slope(points, without).unwrap_or(f64::NAN)
}

fn slope(points: &[[f64; 3]], without: usize) -> Option<f64> {
    let kept = || points.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, point)| point);
    let sums = kept().fold((0.0, 0.0, 0.0), |s, [x, y, w]| (s.0 + w, s.1 + w * x, s.2 + w * y));
    let (x, y) = (sums.1 / sums.0, sums.2 / sums.0);
    let (xy, xx) = kept()
        .fold((0.0, 0.0), |s, [px, py, w]| (s.0 + w * (px - x) * (py - y), s.1 + w * (px - x) * (px - x)));
    (xx > 1e-9 * sums.0 * (x * x).max(1e-9)).then(|| xy / xx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::Pcg;

    fn unit(effect: f64, variance: f64) -> UnitEffect {
        UnitEffect { unit: 0, effect, variance, cells: 8 }
    }

    #[test]
    fn balanced_groups_are_the_analysis_of_variance() {
        // Means 2, 3 and 4 of three each, variance 1 inside: F = 3 on 2 and 6 degrees of freedom.
        let groups: Vec<Vec<f64>> = [2.0, 3.0, 4.0].iter().map(|m| vec![m - 1.0, *m, m + 1.0]).collect();
        let (spread, members) = between_groups(&groups, 3).unwrap();
        assert_eq!(members, [0, 1, 2]);
        assert!((spread.p_equal - 0.125).abs() < 1e-3, "{}", spread.p_equal);
        assert!((spread.tau2 - (1.0 - 1.0 / 3.0)).abs() < 1e-9, "{}", spread.tau2);
    }

    #[test]
    fn equal_groups_are_called_different_about_as_often_as_said() {
        let mut random = Pcg::new(3);
        let different = (0..400)
            .filter(|_| {
                let groups: Vec<Vec<f64>> =
                    [4, 5, 8, 12, 4].iter().map(|n| (0..*n).map(|_| random.normal()).collect()).collect();
                between_groups(&groups, 4).unwrap().0.p_equal < 0.05
            })
            .count();
        assert!((8..=34).contains(&different), "{different} of 400");
    }

    #[test]
    fn small_groups_and_groups_without_spread_are_left_out() {
        assert!(between_groups(&[vec![1.0, 2.0, 3.0, 4.0], vec![1.0]], 4).is_none());
        assert!(between_groups(&[vec![1.0; 4], vec![2.0; 4]], 4).is_none());
        assert!(between_groups(&[], 4).is_none());
    }

    #[test]
    fn a_line_through_exact_points_has_its_slope_and_no_error() {
        let effects: Vec<UnitEffect> = (0..6).map(|i| unit(1.0 + 0.5 * float(i), 1.0)).collect();
        let dose: Vec<f64> = (0..6).map(float).collect();
        let exact = slope_on(&dose, &effects, 0.0, 0.95);
        assert!(exact.is_none_or(|slope| (slope.estimate - 0.5).abs() < 1e-12 && slope.se < 1e-12));
        let bent: Vec<UnitEffect> =
            effects.iter().enumerate().map(|(i, e)| unit(e.effect + 0.1 * float(i % 2), 1.0)).collect();
        let slope = slope_on(&dose, &bent, 0.0, 0.95).unwrap();
        assert!(slope.low < 0.5 && 0.5 < slope.high, "{slope:?}");
        assert!(slope_on(&[2.0; 6], &effects, 0.0, 0.95).is_none(), "one dose has no slope");
    }

    #[test]
    fn effects_that_differ_by_noise_alone_have_no_spread() {
        let mut random = Pcg::new(5);
        let noise: Vec<UnitEffect> = (0..40).map(|_| unit(random.normal(), 1.0)).collect();
        assert!(between_units(&noise).unwrap().p_equal > 0.01);
        let apart: Vec<UnitEffect> = (0..40).map(|_| unit(3.0 * random.normal(), 1.0)).collect();
        assert!(between_units(&apart).unwrap().p_equal < 1e-3);
        assert!(between_units(&noise[..3]).is_none());
    }
}

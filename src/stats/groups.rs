//! How much of the spread between units belongs to the groups they are in. Groups always take up some of it by
//! chance, the more of them the more; both the share and the test pay for every group.

use std::collections::BTreeMap;

use crate::stats::dist::f_sf;
use crate::stats::float;
use crate::stats::sample::Sample;

/// Units a group needs to be compared.
pub const LEAST_MEMBERS: usize = 3;
/// Degrees of freedom that must be left inside the groups.
const LEAST_DF: usize = 5;
const STEPS: usize = 200;
const STOP: f64 = 1e-12;

/// A spread before and after group means are taken out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Explained {
    pub groups: usize,
    pub units: usize,
    /// Variance between units, and between units of one group.
    pub before: f64,
    pub after: f64,
    /// Share of the former that the groups hold, 0 to 1; `None` where there is no spread to explain.
    pub share: Option<f64>,
    /// p-value of "all groups have one mean" under units that differ.
    pub p: f64,
}

/// Units as (group, mean, sampling variance). Groups below three members are left out; `None` with fewer than two
/// groups, or fewer than five units to spare.
///
/// Both variances are Paule–Mandel: Q(τ²) equals its degrees of freedom, K − 1 before and K − G after. The test
/// is the F of group means weighted by 1/(v + τ²) with the variance left inside, its residual mean square never
/// taken below 1 (Knapp and Hartung 2003, as modified for small samples).
pub fn explained(units: &[(u32, f64, f64)]) -> Option<Explained> {
    let groups = grouped(units);
    let all: usize = groups.iter().map(Sample::len).sum();
    let spare = all.checked_sub(groups.len()).filter(|spare| *spare >= LEAST_DF)?;
    if groups.len() < 2 {
        return None;
    }
    let pairs = groups.iter().flat_map(|group| group.estimates().iter().zip(group.variances()));
    let whole = Sample::new(pairs.map(|(y, v)| (*y, *v)));
    let before = whole.paule_mandel();
    let after = solve(&groups, float(spare));
    let inside: f64 = groups.iter().map(|group| group.q(after)).sum();
    let between = (whole.q(after) - inside).max(0.0) / float(groups.len() - 1);
    let noise = (inside / float(spare)).max(1.0);
    Some(Explained {
        groups: groups.len(),
        units: all,
        before,
        after,
        share: (before > 0.0).then(|| (1.0 - after / before).clamp(0.0, 1.0)),
        p: f_sf(between / noise, float(groups.len() - 1), float(spare)),
    })
}

fn grouped(units: &[(u32, f64, f64)]) -> Vec<Sample> {
    let mut groups: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
    for &(group, y, v) in units {
        if y.is_finite() && v.is_finite() && v > 0.0 {
            groups.entry(group).or_default().push((y, v));
        }
    }
    groups.into_values().filter(|group| group.len() >= LEAST_MEMBERS).map(Sample::new).collect()
}

/// The common variance at which the groups' Q add up to `target`; 0 where they already lie below. Bisection, since
/// floored variances of tiny groups may make the slope unreliable.
fn solve(groups: &[Sample], target: f64) -> f64 {
    let total = |x: f64| groups.iter().map(|group| group.q(x)).sum::<f64>();
    if total(0.0) <= target {
        return 0.0;
    }
    let largest = groups.iter().map(|group| group.raw_sd().powi(2)).fold(0.0, f64::max);
    let (mut low, mut high) = (0.0, largest.max(f64::MIN_POSITIVE));
    while total(high) > target && high.is_finite() {
        high *= 2.0;
    }
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        if total(middle) > target {
            low = middle;
        } else {
            high = middle;
        }
        if high - low <= STOP * high {
            break;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::Pcg;

    /// Units that differ with `sd`, in `groups` groups that differ with `apart`, seen with sampling variances
    /// around `v`.
    fn drawn(random: &mut Pcg, units: u32, groups: u32, sd: f64, apart: f64, v: f64) -> Vec<(u32, f64, f64)> {
        let levels: Vec<f64> = (0..groups).map(|_| apart * random.normal()).collect();
        (0..units)
            .map(|unit| {
                let (group, v) = (unit % groups, v * (0.5 + random.uniform()));
                let mean = levels[group as usize] + sd * random.normal() + v.sqrt() * random.normal();
                (group, mean, v)
            })
            .collect()
    }

    fn rate(runs: u64, mut is: impl FnMut(&mut Pcg) -> bool) -> f64 {
        let hits = (0..runs).filter(|seed| is(&mut Pcg::new(*seed))).count();
        float(hits) / float(usize::try_from(runs).unwrap())
    }

    #[test]
    fn eight_groups_at_random_explain_nothing() {
        for (units, groups, sd) in [(40, 8, 1.0), (40, 8, 0.0), (40, 2, 1.0), (24, 5, 0.5), (60, 3, 2.0)] {
            let found =
                rate(1000, |random| explained(&drawn(random, units, groups, sd, 0.0, 0.5)).unwrap().p < 0.05);
            assert!(found < 0.05 + 3.0 * 0.0069, "{units} units in {groups} groups: {found}");
            let half = rate(1000, |random| {
                let found = explained(&drawn(random, units, groups, sd, 0.0, 0.5)).unwrap();
                found.p < 0.05 && found.share.is_some_and(|share| share >= 0.5)
            });
            assert!(half <= found, "{half}");
        }
    }

    #[test]
    fn two_groups_three_deviations_apart_are_found_and_hold_most_of_the_spread() {
        let shifted = |random: &mut Pcg| {
            let mut units = drawn(random, 40, 2, 1.0, 0.0, 0.3);
            units.iter_mut().filter(|unit| unit.0 == 1).for_each(|unit| unit.1 += 3.0);
            explained(&units).unwrap()
        };
        let found = rate(300, |random| shifted(random).p < 0.05);
        let most = rate(300, |random| shifted(random).share.unwrap() >= 0.5);
        assert!(found > 0.99 && most > 0.95, "{found} {most}");
    }

    #[test]
    fn the_share_left_to_random_groups_centres_on_nothing() {
        let mut shares: Vec<f64> = (0..400)
            .map(|seed| {
                let found = explained(&drawn(&mut Pcg::new(seed), 40, 8, 1.0, 0.0, 0.2)).unwrap();
                1.0 - found.after / found.before
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        assert!(shares[200].abs() < 0.03, "{}", shares[200]);
    }

    #[test]
    fn scaling_and_naming_change_nothing() {
        let units = drawn(&mut Pcg::new(7), 30, 3, 1.0, 1.0, 0.4);
        let plain = explained(&units).unwrap();
        let other: Vec<(u32, f64, f64)> =
            units.iter().rev().map(|(g, y, v)| (9 - g, 5.0 - 10.0 * y, 100.0 * v)).collect();
        let turned = explained(&other).unwrap();
        assert!((plain.p - turned.p).abs() < 1e-9);
        assert!((plain.share.unwrap() - turned.share.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn too_little_to_compare_gives_nothing() {
        assert_eq!(explained(&[]), None);
        let one = |k: u32| (0, f64::from(k), 1.0);
        assert_eq!(explained(&(0..20).map(one).collect::<Vec<_>>()), None, "one group");
        let each = |k: u32| (k / 2, f64::from(k), 1.0);
        assert_eq!(explained(&(0..20).map(each).collect::<Vec<_>>()), None, "pairs");
        let equal = |k: u32| (k % 2, 1.0, 1.0);
        let found = explained(&(0..20).map(equal).collect::<Vec<_>>()).unwrap();
        assert_eq!((found.share, found.before), (None, 0.0));
        assert!(found.p > 0.9);
    }
}

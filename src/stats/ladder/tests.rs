use super::*;
use crate::stats::float;
use crate::stats::testing::Pcg;

/// Units in `groups`, each in every stratum, with the given standard deviations and sampling variances near `v`.
fn drawn(random: &mut Pcg, units: u32, groups: u32, strata: u32, sds: [f64; 3], v: f64) -> Vec<Rung> {
    let levels: Vec<f64> = (0..groups).map(|_| sds[0] * random.normal()).collect();
    let mut rungs = Vec::new();
    for unit in 0..units {
        let group = unit % groups;
        let own = levels[group as usize] + sds[1] * random.normal();
        for stratum in 0..strata {
            let v = v * (0.5 + random.uniform());
            let cell = sds[2] * random.normal() + v.sqrt() * random.normal();
            rungs.push(Rung { group, unit, stratum, mean: 3.0 * f64::from(stratum) + own + cell, v });
        }
    }
    rungs
}

#[test]
fn on_balanced_data_the_ladder_is_the_analysis_of_variance() {
    let mut random = Pcg::new(5);
    let (groups, members, v) = (8u32, 6u32, 0.04);
    let rungs: Vec<Rung> = drawn(&mut random, groups * members, groups, 1, [1.0, 0.7, 0.0], v)
        .into_iter()
        .map(|rung| Rung { v, ..rung })
        .collect();
    let mean = |of: &dyn Fn(&Rung) -> bool| {
        let own: Vec<f64> = rungs.iter().filter(|rung| of(rung)).map(|rung| rung.mean).collect();
        Moments::of(&own)
    };
    let teams: Vec<Moments> = (0..groups).map(|g| mean(&|rung| rung.group == g)).collect();
    let within = teams.iter().map(|team| team.ss).sum::<f64>() / f64::from(groups * (members - 1));
    let levels: Vec<f64> = teams.iter().map(|team| team.mean).collect();
    let between = f64::from(members) * Moments::of(&levels).variance().unwrap();
    let found = ladder(&rungs).unwrap();
    assert!((found.unit - (within - v)).abs() < 1e-5, "{found:?}");
    assert!((found.group - (between - within) / f64::from(members)).abs() < 1e-5, "{found:?}");
}

#[test]
fn scale_shift_names_and_order_change_nothing_but_the_unit() {
    let rungs = drawn(&mut Pcg::new(11), 30, 6, 3, [1.0, 1.0, 0.5], 0.3);
    let plain = ladder(&rungs).unwrap();
    let turned: Vec<Rung> = rungs
        .iter()
        .rev()
        .map(|rung| Rung {
            group: 9 - rung.group,
            unit: 99 - rung.unit,
            stratum: 7 - rung.stratum,
            mean: 40.0 - 10.0 * rung.mean,
            v: 100.0 * rung.v,
        })
        .collect();
    let other = ladder(&turned).unwrap();
    for (a, b) in [(plain.group, other.group), (plain.unit, other.unit), (plain.cell, other.cell)] {
        assert!((100.0 * a - b).abs() < 1e-3 * b.max(1.0), "{plain:?} {other:?}");
    }
    assert!((plain.p_group.unwrap() - other.p_group.unwrap()).abs() < 1e-4);
}

#[test]
fn components_come_back_from_what_was_drawn() {
    let mut sums = [0.0; 3];
    let runs = 20;
    for seed in 0..runs {
        let rungs = drawn(&mut Pcg::new(seed), 60, 12, 4, [1.0, 0.8, 0.6], 0.2);
        let found = ladder(&rungs).unwrap();
        for (sum, x) in sums.iter_mut().zip([found.group, found.unit, found.cell]) {
            *sum += x / float(usize::try_from(runs).unwrap());
        }
    }
    for (got, expected) in sums.iter().zip([1.0, 0.64, 0.36]) {
        assert!((got - expected).abs() < 0.25 * expected, "{sums:?}");
    }
}

#[test]
fn groups_that_are_equal_are_rarely_called_unequal() {
    for (units, groups) in [(40, 5), (40, 10), (24, 6)] {
        let called = (0..300).filter(|seed| {
            let rungs = drawn(&mut Pcg::new(*seed), units, groups, 1, [0.0, 1.0, 0.0], 0.4);
            let found = ladder(&rungs).unwrap();
            found.p_group.unwrap() < 0.05
        });
        let rate = float(called.count()) / 300.0;
        assert!(rate < 0.05 + 3.0 * 0.0126, "{units} units in {groups} groups: {rate}");
    }
}

#[test]
fn groups_that_hold_most_of_the_spread_are_found() {
    let found = (0..100).filter(|seed| {
        let rungs = drawn(&mut Pcg::new(*seed), 60, 6, 1, [1.2, 0.8, 0.0], 0.3);
        let found = ladder(&rungs).unwrap();
        found.p_group.unwrap() < 0.05 && found.group_share().unwrap() >= 0.5
    });
    let rate = float(found.count()) / 100.0;
    assert!(rate > 0.6, "{rate}");
}

#[test]
fn profiles_over_strata_are_told_from_a_general_ability() {
    let general = (0..400).filter(|seed| {
        let rungs = drawn(&mut Pcg::new(*seed), 30, 1, 4, [0.0, 1.0, 0.0], 0.5);
        interaction(&rungs).unwrap().p < 0.05
    });
    let rate = float(general.count()) / 400.0;
    assert!(rate < 0.05 + 3.0 * 0.0109, "{rate}");
    let mut sum = 0.0;
    for seed in 0..40 {
        let rungs = drawn(&mut Pcg::new(seed), 30, 1, 4, [0.0, 1.0, 0.8], 0.5);
        let found = interaction(&rungs).unwrap();
        assert!(found.p < 0.05);
        sum += found.tau2 / 40.0;
    }

    assert!((sum - 0.64).abs() < 0.1, "{sum}");
}

#[test]
fn too_little_to_climb_gives_nothing() {
    assert_eq!(ladder(&[]), None);
    let one = Rung { group: 0, unit: 0, stratum: 0, mean: 1.0, v: 0.1 };
    assert_eq!(ladder(&[one]), None);
    let same: Vec<Rung> = (0..9).map(|unit| Rung { unit, ..one }).collect();
    assert_eq!(ladder(&same), None, "all equal");
    let two = [one, Rung { unit: 1, mean: f64::NAN, ..one }];
    assert_eq!(ladder(&two), None);
    assert_eq!(interaction(&same), None);
    let apart: Vec<Rung> = (0..9).map(|unit| Rung { unit, mean: f64::from(unit), ..one }).collect();
    let found = ladder(&apart).unwrap();
    assert_eq!((found.p_group, found.group, found.cell), (None, 0.0, 0.0));
    assert!((found.unit - (7.5 - 0.1)).abs() < 1e-4, "{found:?}");
}

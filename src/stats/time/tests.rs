use super::change::change_points;
use super::chart::{Chart, Side};
use super::drift::Drift;
use super::intervention::{
    Cell as Observed, Design, Pairing, interrupted, level, reaching_share, spread_ratio,
};
use super::mix::{Group, split};
use super::persist::{Persistence, persistence};
use super::*;
use crate::stats::float;
use crate::stats::sample::Sample;
use crate::stats::spread::Spread;
use crate::stats::testing::Pcg;

/// Levels with sampling variance 1 around a mean, shocks of an own variance with correlation `alike` on top.
fn series(random: &mut Pcg, n: usize, shock: f64, alike: f64) -> Vec<Point> {
    let mut state = shock * random.normal();
    let mut points = Vec::new();
    for at in 0..n {
        if at > 0 {
            state = alike * state + (1.0 - alike * alike).sqrt() * shock * random.normal();
        }
        points.push(Point { at: i32::try_from(at).unwrap(), level: state + random.normal(), variance: 1.0 });
    }
    points
}

fn raised(mut points: Vec<Point>, from: usize, by: f64) -> Vec<Point> {
    points.iter_mut().skip(from).for_each(|point| point.level += by);
    points
}

fn share_of(runs: usize, mut holds: impl FnMut() -> bool) -> f64 {
    float((0..runs).filter(|_| holds()).count()) / float(runs)
}

fn flat(levels: &[f64]) -> Vec<Point> {
    let point =
        |(at, level): (usize, &f64)| Point { at: i32::try_from(at).unwrap(), level: *level, variance: 1.0 };
    levels.iter().enumerate().map(point).collect()
}

// ---- Charts. ----

#[test]
fn fourteen_new_weeks_raise_a_false_alarm_in_about_five_of_a_hundred_series() {
    let mut random = Pcg::new(1);
    for (shock, baseline, most) in [(0.0, 12, 0.03), (2.0, 12, 0.075), (2.0, 20, 0.075), (8.0, 20, 0.075)] {
        let alarmed = share_of(600, || {
            let points = series(&mut random, baseline + 14, shock, 0.0);
            let chart = Chart::on(&points, 0..baseline).unwrap();
            (baseline..points.len()).any(|at| chart.outside(at).is_some())
        });
        assert!(alarmed <= most, "shock {shock}, {baseline} points: {alarmed}");
    }
}

#[test]
fn a_shift_of_six_sigma_is_outside_and_eight_small_ones_are_a_run() {
    let mut levels = vec![0.0, 1.0, -1.0, 0.5, -0.5, 1.0, -1.0, 0.0, 0.5, -0.5, 1.0, -1.0, 0.0];
    levels.push(6.0);
    let points = flat(&levels);
    let chart = Chart::on(&points, 0..12).unwrap();
    assert_eq!(chart.unusual(13), Some(Side::Above));
    assert_eq!(chart.unusual(12), None);
    let mut levels = levels[..12].to_vec();
    levels.extend([-1.5; 8]);
    let points = flat(&levels);
    let chart = Chart::on(&points, 0..12).unwrap();
    assert_eq!(
        (chart.outside(19), chart.unusual(18), chart.unusual(19)),
        (None, Some(Side::Below), Some(Side::Below))
    );
    assert_eq!(chart.run(19), (9, Some(Side::Below)));
}

#[test]
fn a_level_that_is_old_enough_is_the_new_normal() {
    let points = raised(flat(&[0.0; 26]), 12, 9.0);
    assert_eq!(change_points(&points), [12]);
    let chart = Chart::of(&points, &[12]).unwrap();
    assert_eq!((chart.baseline.clone(), chart.centre, chart.unusual(25)), (12..25, 9.0, None));
    let chart = Chart::of(&points, &[20]).unwrap();
    assert_eq!(chart.baseline, 0..20);
    assert!(Chart::of(&points[..7], &[]).is_none());
}

// ---- Changes. ----

#[test]
fn a_level_that_never_changed_is_split_in_about_one_series_of_a_hundred() {
    let mut random = Pcg::new(2);
    for (n, shock, alike, most) in
        [(13, 0.0, 0.0, 0.02), (26, 2.0, 0.0, 0.04), (52, 2.0, 0.0, 0.04), (26, 2.0, 0.3, 0.09)]
    {
        let found = share_of(400, || !change_points(&series(&mut random, n, shock, alike)).is_empty());
        assert!(found <= most, "{n} points, shock {shock}, alike {alike}: {found}");
    }
}

#[test]
fn a_step_of_two_and_a_half_sigma_is_found_where_it_is() {
    let mut random = Pcg::new(3);
    for shock in [0.0_f64, 2.0] {
        let sigma = (1.0 + shock * shock).sqrt();
        let found = share_of(200, || {
            let points = raised(series(&mut random, 26, shock, 0.0), 15, 2.5 * sigma);
            change_points(&points).iter().any(|at| at.abs_diff(15) <= 1)
        });
        assert!(found > 0.9, "{found}");
    }
}

#[test]
fn up_and_down_again_is_two_changes() {
    let points = raised(raised(flat(&[0.0; 30]), 10, 9.0), 20, -9.0);
    assert_eq!(change_points(&points), [10, 20]);
}

// ---- Drift. ----

#[test]
fn the_interval_of_a_movement_covers_it_with_and_without_steps_and_alike_neighbours() {
    let mut random = Pcg::new(4);
    for (n, shock, alike, by, least) in [
        (12, 0.0, 0.0, 0.0, 0.94),
        (26, 2.0, 0.0, 0.0, 0.93),
        (26, 2.0, 0.0, 6.0, 0.93),
        (26, 2.0, 0.3, 0.0, 0.88),
        (26, 2.0, 0.5, 0.0, 0.80),
    ] {
        let half = n / 2;
        let truth = by * float(half - 2) / float(half);
        let covered = share_of(400, || {
            let points = raised(series(&mut random, n, shock, alike), half + 2, by);
            let (low, high) = Drift::of(&points, &change_points(&points)).unwrap().interval(0.95);
            low <= truth && truth <= high
        });
        assert!(covered >= least, "{n} points, shock {shock}, alike {alike}, step {by}: {covered}");
    }
}

#[test]
fn too_short_a_series_has_not_moved_or_stayed() {
    assert_eq!(Drift::of(&flat(&[0.0; 7]), &[]), None);
    let still = Drift::of(&flat(&[1.0; 12]), &[]).unwrap();
    assert!(still.moved.abs() < 1e-12 && (still.p() - 1.0).abs() < 1e-9);
    assert!(
        usable([Point { at: 0, level: f64::NAN, variance: 1.0 }, Point { at: 1, level: 0.0, variance: 0.0 }])
            .is_empty()
    );
}

// ---- Persistence. ----

#[test]
fn a_shortfall_is_new_then_persistent_then_chronic() {
    let of = |levels: &[f64]| persistence(&flat(levels));
    assert_eq!(of(&[3.0, 3.0, -1.0]), (0, Persistence::None));
    assert_eq!(of(&[-1.0, -1.0, 3.0, 3.0]), (2, Persistence::New));
    assert_eq!(of(&[-1.0, 3.0, 3.0, 3.0, 3.0]), (4, Persistence::Persistent));
    assert_eq!(of(&[-1.0, 0.2, 0.2, 0.2, 0.2]), (4, Persistence::Unsure));
    assert_eq!(of(&[3.0; 12]), (12, Persistence::Chronic));
    assert_eq!(of(&[]), (0, Persistence::None));
}

// ---- Mix and rate. ----

fn group(weight: [f64; 2], level: [f64; 2]) -> Group {
    Group { weight, level, variance: [1e-4, 3e-4] }
}

#[test]
fn a_step_is_all_mix_all_rate_or_both_as_by_hand() {
    let moved = split(&[group([50.0, 70.0], [0.8, 0.8]), group([50.0, 30.0], [0.4, 0.4])]).unwrap();
    assert!((moved.mix - 0.08).abs() < 1e-12 && moved.rate.abs() < 1e-12);
    assert!((moved.parts[0].mix - 0.2 * 0.16).abs() < 1e-12);
    let fell = split(&[group([50.0, 50.0], [0.8, 0.7]), group([50.0, 50.0], [0.4, 0.4])]).unwrap();
    assert!(fell.mix.abs() < 1e-12 && (fell.rate + 0.05).abs() < 1e-12);
    assert!((fell.rate_v - 2.0 * 0.25 * 4e-4).abs() < 1e-15);
    let both = split(&[group([60.0, 40.0], [0.9, 0.8]), group([40.0, 60.0], [0.5, 0.6])]).unwrap();
    assert!((both.mix + both.rate - (0.68 - 0.74)).abs() < 1e-12);
    // Mix −0.2 x (0.85 − 0.55), rate 0.5 x (−0.1 + 0.1).
    assert!((both.mix + 0.06).abs() < 1e-12 && both.rate.abs() < 1e-12);
}

#[test]
fn work_that_is_new_or_gone_counts_as_mix() {
    let new = split(&[group([100.0, 50.0], [0.8, 0.8]), group([0.0, 50.0], [f64::NAN, 0.4])]).unwrap();
    assert!((new.mix + 0.2).abs() < 1e-12 && new.rate == 0.0 && new.rate_v > 0.0);
    assert_eq!(split(&[group([0.0, 50.0], [0.8, 0.8])]), None);
    assert_eq!(split(&[]), None);
}

// ---- Interventions. ----

struct Centre {
    units: u32,
    per_cell: f64,
    shock: f64,
    effect: f64,
}

/// Eight groups of work, the first two treated after eight of seventeen times (the ninth is left out); shares
/// around 70 %, units with a standard deviation of 4 points.
fn treated(random: &mut Pcg, centre: &Centre) -> (Vec<Observed>, Design) {
    let mut cells = Vec::new();
    let shocks: Vec<f64> = (0..8 * 17).map(|_| centre.shock * random.normal()).collect();
    for unit in 0..centre.units {
        let able = 0.04 * random.normal();
        for group in 0..8u32 {
            for time in 0..17u32 {
                let moved = if group < 2 && time > 8 { centre.effect } else { 0.0 };
                let level = able + moved + shocks[(group * 17 + time) as usize];
                let variance = 0.21 / centre.per_cell;
                let excess = level + variance.sqrt() * random.normal();
                cells.push(Observed {
                    unit,
                    group,
                    time,
                    n: centre.per_cell,
                    weight: centre.per_cell,
                    excess,
                    variance,
                });
            }
        }
    }
    let design = Design {
        treated: (0..8).map(|group| group < 2).collect(),
        before: 0..8,
        after: 9..17,
        pairing: Pairing::Within,
        least: 5.0,
    };
    (cells, design)
}

#[test]
fn groups_that_move_on_their_own_do_not_pass_for_an_effect() {
    let mut random = Pcg::new(5);
    for (units, shock) in [(40, 0.0), (40, 0.01), (40, 0.02), (12, 0.01)] {
        let centre = Centre { units, per_cell: 19.0, shock, effect: 0.0 };
        let covered = share_of(200, || {
            let (cells, design) = treated(&mut random, &centre);
            let (low, high) = level(&cells, &design).unwrap().interval(0.95);
            low <= 0.0 && 0.0 <= high
        });
        assert!(covered >= 0.91, "{units} units, shock {shock}: {covered}");
    }
}

#[test]
fn an_effect_of_five_points_is_seen() {
    let mut random = Pcg::new(6);
    for (units, per_cell, least) in [(40, 19.0, 0.98), (40, 5.0, 0.84), (12, 19.0, 0.78)] {
        let centre = Centre { units, per_cell, shock: 0.01, effect: 0.05 };
        let seen = share_of(100, || {
            let (cells, design) = treated(&mut random, &centre);
            level(&cells, &design).unwrap().interval(0.95).0 > 0.0
        });
        assert!(seen >= least, "{units} units of {per_cell}: {seen}");
    }
    let (cells, design) =
        treated(&mut random, &Centre { units: 40, per_cell: 19.0, shock: 0.0, effect: 0.10 });
    assert_eq!(level(&cells, &design).unwrap().placebos, Some((0, 6)));
}

#[test]
fn units_of_one_group_each_are_compared_between_groups() {
    let (cells, design) =
        treated(&mut Pcg::new(7), &Centre { units: 40, per_cell: 40.0, shock: 0.0, effect: 0.05 });
    let own: Vec<Observed> = cells.into_iter().filter(|cell| cell.unit % 8 == cell.group).collect();
    let fit = level(&own, &Design { pairing: Pairing::Between, ..design.clone() }).unwrap();
    let (low, high) = fit.interval(0.95);
    assert!(low < 0.05 && high > 0.05 && fit.units == 40, "{low} {high}");
    assert!(level(&own, &design).is_none(), "nobody works on both sides");
    let alone = Design { treated: vec![true; 8], ..design };
    assert!(level(&own, &alone).is_none() && level(&[], &alone).is_none());
}

#[test]
fn a_step_in_a_line_is_found_and_a_line_is_no_step() {
    let mut random = Pcg::new(8);
    for (shock, alike, step) in [(0.0, 0.0, 0.0), (2.0, 0.0, 4.0), (2.0, 0.3, 0.0)] {
        let covered = share_of(400, || {
            let mut points = raised(series(&mut random, 20, shock, alike), 10, step);
            for point in &mut points {
                point.level += 0.3 * f64::from(point.at);
            }
            let (low, high) = interrupted(&points[..10], &points[10..]).unwrap().interval(0.95);
            low <= step && step <= high
        });
        assert!(covered >= 0.90, "shock {shock}, alike {alike}: {covered}");
    }
    assert!(interrupted(&flat(&[0.0; 7]), &flat(&[0.0; 9])).is_none());
}

fn spread_of(random: &mut Pcg, units: usize, tau: f64, centre: f64) -> Spread {
    let variance = 0.21 / 600.0;
    let unit = |_| (centre + tau * random.normal() + f64::sqrt(variance) * random.normal(), variance);
    Spread::of(Sample::new((0..units).map(unit)), 1e4).unwrap()
}

#[test]
fn a_spread_that_halves_is_seen_and_one_that_stays_is_not() {
    let mut random = Pcg::new(9);
    let seen = |random: &mut Pcg, units: usize, after: f64| {
        share_of(40, || {
            let (a, b) = (spread_of(random, units, 0.05, 0.7), spread_of(random, units, after, 0.7));
            spread_ratio(&a, &b).high < 1.0
        })
    };
    assert!(seen(&mut random, 100, 0.025) >= 0.85);
    assert!(seen(&mut random, 40, 0.05) <= 0.1);
    let (a, b) = (spread_of(&mut random, 40, 0.0, 0.7), spread_of(&mut random, 40, 0.0, 0.7));
    assert!(spread_ratio(&a, &b).low <= 1.0);
}

#[test]
fn more_units_reach_what_is_asked_when_all_are_lifted() {
    let mut random = Pcg::new(10);
    let (a, b) = (spread_of(&mut random, 60, 0.05, 0.70), spread_of(&mut random, 60, 0.05, 0.78));
    let (old, new, low, high) = reaching_share(&a, &b, [0.75, 0.75], 1.0);
    assert!((old - 0.16).abs() < 0.08 && (new - 0.73).abs() < 0.1, "{old} {new}");
    assert!(low > 0.3 && high < 0.8, "{low} {high}");
    let (_, _, low, high) = reaching_share(&a, &a, [0.75, 0.75], 1.0);
    assert!(low < 0.0 && high > 0.0);
}

use super::*;
use crate::stats::testing::Pcg;

const UNITS: usize = 40;
const TIMES: usize = 26;

/// How units come to be treated.
#[derive(Clone, Copy)]
enum Trigger {
    /// The four lowest results of the time before, now and then.
    BadResult,
    /// Whatever the results.
    Schedule,
}

/// 40 units over 26 times, level 70 % with 5 points between units and a sampling error of 150 observations;
/// treated units gain `effect` from the time after their first treatment on.
fn simulated(trigger: Trigger, effect: f64, seed: u64) -> EffectPanel {
    let mut random = Pcg::new(seed);
    let noise = (0.7_f64 * 0.3 / 150.0).sqrt();
    let level: Vec<f64> = (0..UNITS).map(|_| 0.7 + 0.05 * random.normal()).collect();
    let mut y = vec![0.0; UNITS * TIMES];
    let mut first = vec![First::Never; UNITS];
    for time in 0..TIMES {
        if time >= 7 && time % 2 == 1 {
            for unit in chosen(trigger, time, &y, &mut random) {
                if first[unit] == First::Never {
                    first[unit] = First::At(time);
                }
            }
        }
        for unit in 0..UNITS {
            let treated = matches!(first[unit], First::At(start) if time > start);
            let gain = if treated { effect } else { 0.0 };
            y[unit * TIMES + time] = level[unit] + gain + noise * random.normal();
        }
    }
    let cells = UNITS * TIMES;
    EffectPanel {
        units: UNITS,
        times: TIMES,
        y,
        variance: vec![noise * noise; cells],
        weight: vec![150.0; cells],
        first,
        kind: Vec::new(),
    }
}

fn chosen(trigger: Trigger, time: usize, y: &[f64], random: &mut Pcg) -> Vec<usize> {
    let mut units: Vec<usize> = (0..UNITS).collect();
    let key: Vec<f64> = match trigger {
        Trigger::BadResult => units.iter().map(|unit| y[unit * TIMES + time - 1]).collect(),
        Trigger::Schedule => units.iter().map(|_| random.uniform()).collect(),
    };
    units.sort_by(|a, b| key[*a].total_cmp(&key[*b]));
    units.truncate(4);
    units
}

fn assessed(trigger: Trigger, effect: f64, seed: u64) -> Assessment {
    assess(&simulated(trigger, effect, seed), 0.015, &EffectOptions::default())
}

/// Mean over runs of: naive change, imputation, staggered comparison, share of imputation intervals that hold
/// the truth.
fn bias(trigger: Trigger, effect: f64) -> (f64, f64, f64, f64) {
    let runs = 60;
    let mut sum = (0.0, 0.0, 0.0, 0.0);
    for seed in 0..runs {
        let found = assessed(trigger, effect, seed);
        let imputed = found.imputation.as_ref().unwrap();
        let held = imputed.att.low <= effect && effect <= imputed.att.high;
        sum.0 += imputed.identity(imputed.att.estimate).naive - effect;
        sum.1 += imputed.att.estimate - effect;
        sum.2 += found.staggered.as_ref().unwrap().att.estimate - effect;
        sum.3 += if held { 1.0 } else { 0.0 };
    }
    let runs = f64::from(u32::try_from(runs).unwrap());
    (sum.0 / runs, sum.1 / runs, sum.2 / runs, sum.3 / runs)
}

#[test]
fn treatment_after_a_bad_result_fools_before_and_after_and_not_the_imputation() {
    for effect in [0.0, 0.03] {
        let (naive, imputed, staggered, covered) = bias(Trigger::BadResult, effect);
        assert!(naive > 0.035, "naive bias {naive}");
        // Three standard errors of the mean of 60 runs.
        assert!(imputed.abs() < 0.002, "imputation bias {imputed}");
        assert!(staggered.abs() < 0.006, "staggered bias {staggered}");
        assert!(covered > 0.86, "coverage {covered}");
    }
}

#[test]
fn a_schedule_fools_nobody() {
    let (naive, imputed, staggered, _) = bias(Trigger::Schedule, 0.0);
    assert!(naive.abs() < 0.003 && imputed.abs() < 0.002 && staggered.abs() < 0.002);
}

#[test]
fn the_dip_chooses_the_headline() {
    let chose = |trigger, headline| {
        (0..20).filter(|seed| assessed(trigger, 0.0, *seed).headline == Some(headline)).count()
    };
    assert!(chose(Trigger::BadResult, Headline::Imputation) >= 19);
    assert!(chose(Trigger::Schedule, Headline::Staggered) >= 18);
}

#[test]
fn a_real_effect_works_and_none_does_not_move() {
    let count = |effect, conclusion| {
        (0..20).filter(|seed| assessed(Trigger::BadResult, effect, *seed).conclusion == conclusion).count()
    };
    // One in twenty or so is withheld for a chance trend before the treatment.
    assert!(count(0.03, Conclusion::Works) >= 16);
    assert_eq!(count(0.0, Conclusion::Works) / 3, 0);
    assert!(count(0.0, Conclusion::DoesNotMove) >= 8);
    assert_eq!(count(0.03, Conclusion::DoesNotMove), 0);
    assert!(count(-0.05, Conclusion::Harmful) >= 18);
}

#[test]
fn naive_is_exactly_luck_and_trend_and_effect() {
    let panel = simulated(Trigger::BadResult, 0.02, 7);
    let fit = imputation(&panel, &EffectOptions::default()).unwrap();
    let identity = fit.identity(fit.att.estimate);
    assert!((identity.naive - identity.luck - identity.trend - identity.effect).abs() < 1e-15);
    // For the imputation, luck is how far units stood below their own expected level when chosen.
    let (mut below, mut cells) = (0.0, 0.0);
    for effect in &fit.unit_effects {
        let First::At(start) = panel.first[effect.unit] else { unreachable!() };
        let before =
            panel.y[effect.unit * TIMES + start - 1] - fit.lambda[start - 1] - fit.alpha[effect.unit];
        below -= before * float(effect.cells);
        cells += float(effect.cells);
    }
    assert!((identity.luck - below / cells).abs() < 1e-12);
}

#[test]
fn an_event_study_averages_to_the_whole_effect() {
    let options = EffectOptions::default();
    let fit = imputation(&simulated(Trigger::BadResult, 0.03, 3), &options).unwrap();
    let (top, bottom) = fit.events(&options).iter().fold((0.0, 0.0), |sum, event| {
        let cells = float(event.effect.cells);
        (sum.0 + cells * event.effect.estimate, sum.1 + cells)
    });
    assert!((top / bottom - fit.att.estimate).abs() < 1e-12);
}

#[test]
fn the_order_of_units_and_the_scale_of_the_outcome_do_not_matter() {
    let panel = simulated(Trigger::BadResult, 0.02, 5);
    let mut turned = panel.clone();
    turned.y = panel.y.chunks(TIMES).rev().flatten().map(|y| 3.0 - 100.0 * y).collect();
    turned.variance.iter_mut().for_each(|v| *v *= 1e4);
    turned.first.reverse();
    let options = EffectOptions::default();
    let (a, b) =
        (assess(&panel, 0.015, &options), assess(&turned, 1.5, &EffectOptions { sign: -1.0, ..options }));
    assert_eq!(a.conclusion, b.conclusion);
    for (a, b) in [
        (a.imputation.unwrap().att, b.imputation.unwrap().att),
        (a.staggered.unwrap().att, b.staggered.unwrap().att),
    ] {
        assert!((100.0 * a.estimate - b.estimate).abs() < 1e-5, "{a:?} {b:?}");
        assert!((100.0 * a.se - b.se).abs() < 1e-5);
    }
}

#[test]
fn the_jackknife_is_what_leaving_units_out_gives() {
    let panel = simulated(Trigger::Schedule, 0.0, 4);
    let options = EffectOptions::default();
    let whole = staggered(&panel, &options).unwrap().att;
    let left_out = (0..UNITS).map(|unit| {
        let mut rest = panel.clone();
        rest.first[unit] = First::Unknown;
        staggered(&rest, &options).unwrap().att.estimate
    });
    assert!((replicated::jackknife_se(whole.estimate, left_out) - whole.se).abs() < 1e-12);
}

#[test]
fn units_of_unknown_history_and_missing_outcomes_are_left_out() {
    let mut panel = simulated(Trigger::BadResult, 0.0, 6);
    let treated =
        |panel: &EffectPanel| assess(panel, 0.015, &EffectOptions::default()).effect.unwrap().treated;
    let before = treated(&panel);
    let unit = panel.first.iter().position(|first| matches!(first, First::At(t) if *t < 12)).unwrap();
    panel.first[unit] = First::Unknown;
    assert_eq!(treated(&panel), before - 1);
    panel.y[3] = f64::NAN;
    panel.weight[9] = 0.0;
    assert!(assess(&panel, 0.015, &EffectOptions::default()).effect.unwrap().estimate.is_finite());
}

#[test]
fn degenerate_panels_are_not_identified() {
    let options = EffectOptions::default();
    let conclusion = |panel: &EffectPanel| assess(panel, 0.01, &options).conclusion;
    assert_eq!(conclusion(&EffectPanel::default()), Conclusion::NotIdentified);
    let mut panel = simulated(Trigger::BadResult, 0.0, 8);
    panel.y.iter_mut().for_each(|y| *y = 0.5);
    assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
    panel.y.iter_mut().for_each(|y| *y = f64::NAN);
    assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
    panel.first = vec![First::At(0); UNITS];
    assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
    panel.y.pop();
    assert_eq!(conclusion(&panel), Conclusion::NotIdentified);
    let mut few = simulated(Trigger::Schedule, 0.0, 9);
    few.first.iter_mut().skip(12).for_each(|first| *first = First::Never);
    few.first[..10].fill(First::Never);
    assert_ne!(assess(&few, 0.01, &options).not_identified, None);
}

#[test]
fn conclusions_are_tried_in_order() {
    let estimate = |low: f64, high: f64| Estimate {
        estimate: 0.5 * (low + high),
        se: 0.1,
        df: 20.0,
        low,
        high,
        treated: 21,
        cells: 100,
    };
    let told =
        |a: (f64, f64), b: (f64, f64)| conclude(&estimate(a.0, a.1), Some(&estimate(b.0, b.1)), 1.0, false);
    assert_eq!(told((-2.0, -1.0), (-2.0, -0.1)), Conclusion::Harmful);
    assert_eq!(told((-0.5, 0.5), (-0.5, 0.9)), Conclusion::DoesNotMove);
    assert_eq!(told((-0.5, 0.5), (-0.5, 1.1)), Conclusion::Unclear);
    assert_eq!(told((0.1, 0.5), (0.1, 0.9)), Conclusion::Small);
    assert_eq!(told((0.1, 2.0), (-0.1, 0.9)), Conclusion::Works);
    assert_eq!(told((0.1, 2.0), (-0.9, 0.1)), Conclusion::Unclear);
    assert_eq!(conclude(&estimate(0.1, 2.0), Some(&estimate(0.1, 2.0)), 1.0, true), Conclusion::Unclear);
    assert_eq!(conclude(&estimate(0.1, 2.0), None, 1.0, false), Conclusion::Unclear);
}

fn shown_before(trigger: Trigger, seed: u64) -> [Vec<Event>; 2] {
    let (panel, options) = (simulated(trigger, 0.0, seed), EffectOptions::default());
    [before(&panel, &options, 6), imputation(&panel, &options).unwrap().before(&options, 6)]
}

#[test]
fn what_a_bad_result_triggered_shows_as_a_dip_just_before() {
    for events in shown_before(Trigger::BadResult, 5) {
        assert_eq!(events.iter().map(|event| event.event).collect::<Vec<_>>(), [-6, -5, -4, -3, -2, -1]);
        assert!(events[5].effect.high < -0.02, "{:?}", events[5]);
        assert!(events[..5].iter().all(|event| event.effect.estimate.abs() < 0.03), "{events:?}");
    }
}

#[test]
fn a_schedule_shows_nothing_before() {
    for events in shown_before(Trigger::Schedule, 6) {
        assert!(events.iter().all(|event| event.effect.estimate.abs() < 0.03), "{events:?}");
    }
}

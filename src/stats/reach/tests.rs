use super::*;
use crate::stats::layers::{LayerOptions, layers};
use crate::stats::panel::Cell;
use crate::stats::testing::{Pcg, shares};

fn judge(panel: &Panel, target: f64, sign: f64) -> Reach {
    let found = layers(panel, &LayerOptions::default());
    reach(panel, &found, &vec![target; panel.strata], sign, &ReachOptions::default()).unwrap()
}

fn class(panel: &Panel) -> Class {
    judge(panel, 0.75, 1.0).class(0.01, &ReachOptions::default())
}

fn total(ledger: &Ledger) -> f64 {
    ledger.reach + ledger.out_of_reach + ledger.unplaced + ledger.ahead
}

#[test]
fn the_ledger_adds_up_to_the_net_gap_for_any_panel() {
    let mut random = Pcg::new(1);
    for seed in 0..60 {
        let strata = 1 + usize::try_from(seed % 7).unwrap();
        let gaps: Vec<f64> = (0..strata).map(|_| 0.3 * random.uniform() - 0.08).collect();
        let sd: Vec<f64> = (0..strata).map(|_| 0.1 * random.uniform()).collect();
        let units = 2 + u32::try_from(seed % 30).unwrap();
        let panel = shares(units, 1 + units % 6, 3 + units as usize % 9, &gaps, &sd, seed);
        for sign in [1.0, -1.0] {
            let found = judge(&panel, 0.75, sign);
            let ledger = found.ledger;
            assert!((total(&ledger) - found.net_gap).abs() < 1e-12, "{ledger:?} {}", found.net_gap);
            assert!(ledger.reach >= 0.0 || found.not_localised, "{ledger:?}");
            assert!(ledger.ahead <= 0.0 && ledger.unplaced >= 0.0 || found.not_localised, "{ledger:?}");
            assert!(ledger.reach_low <= ledger.reach && ledger.reach <= ledger.reach_high);
        }
    }
}

#[test]
fn contributions_add_up_and_a_stratum_without_target_is_left_out() {
    let panel = shares(20, 6, 10, &[0.05, 0.10, 0.0], &[0.03; 3], 2);
    let found = layers(&panel, &LayerOptions::default());
    let targets = [0.75, f64::NAN, 0.75];
    let judged = reach(&panel, &found, &targets, 1.0, &ReachOptions::default()).unwrap();
    assert!((judged.covered - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(judged.strata.len(), 2);
    let sum: f64 = judged.strata.iter().map(|stratum| stratum.contribution).sum();
    assert!((sum - judged.net_gap).abs() < 1e-12);
    assert!(reach(&panel, &found, &[f64::NAN; 3], 1.0, &ReachOptions::default()).is_none());
}

#[test]
fn turning_the_metric_and_its_target_over_changes_no_probability() {
    let panel = shares(25, 8, 12, &[0.06, 0.12, 0.02], &[0.05; 3], 9);
    let turned: Vec<Cell> = panel
        .cells
        .iter()
        .map(|cell| Cell { mean: -200.0 * cell.mean, ss: 4e4 * cell.ss, ..*cell })
        .collect();
    let (plain, turned) = (judge(&panel, 0.75, 1.0), judge(&Panel::new(turned), -150.0, -1.0));
    assert!((plain.net_gap * 200.0 - turned.net_gap).abs() < 1e-9);
    let (a, b) = (plain.kappa.unwrap(), turned.kappa.unwrap());
    assert!((a.median - b.median).abs() < 1e-6 && (a.p_structural - b.p_structural).abs() < 1e-3);
    assert!((plain.p_gap - turned.p_gap).abs() < 1e-9);
    assert!((plain.ledger.reach * 200.0 - turned.ledger.reach).abs() < 1e-6);
}

#[test]
fn equal_units_far_below_target_are_structural_and_differing_units_behavioural() {
    assert_eq!(class(&shares(40, 12, 15, &[0.06; 8], &[0.0; 8], 21)), Class::Structural);
    assert_eq!(class(&shares(40, 12, 15, &[0.03; 8], &[0.063; 8], 22)), Class::Behavioural);
    let concentrated = [0.20, 0.20, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    assert_eq!(class(&shares(40, 12, 15, &concentrated, &[0.032; 8], 23)), Class::Structural);
    assert_eq!(class(&shares(40, 12, 15, &[-0.03; 8], &[0.04; 8], 24)), Class::NoCredibleGap);
}

#[test]
fn structural_and_behavioural_strata_side_by_side_are_mixed() {
    let gaps = [0.15, 0.15, 0.07, 0.07, 0.07, 0.0, 0.0, 0.0];
    let sd = [0.0, 0.0, 0.13, 0.13, 0.13, 0.03, 0.03, 0.03];
    let found = judge(&shares(40, 12, 19, &gaps, &sd, 31), 0.75, 1.0);
    assert_eq!(found.class(0.01, &ReachOptions::default()), Class::Mixed);
    assert_eq!(found.strata[0].label, Label::Structural);
    assert!(found.behavioural_share > 0.25 && found.structural_share > 0.25);
}

#[test]
fn equal_units_are_practically_never_behavioural() {
    let runs = 60;
    let wrong = (0..runs)
        .filter(|seed| class(&shares(40, 12, 3, &[0.02; 8], &[0.0; 8], 1000 + seed)) == Class::Behavioural)
        .count();
    // At most 2 % over the long run: more than 4 of 60 has a chance below 1 %.
    assert!(wrong <= 4, "{wrong} of {runs}");
}

#[test]
fn a_gap_in_two_of_eight_strata_is_concentrated_and_uniform_there() {
    let gaps = [0.20, 0.20, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let found = judge(&shares(40, 12, 15, &gaps, &[0.03; 8], 71), 0.75, 1.0);
    let concentration = found.concentration(0.8).unwrap();
    let mut strata = concentration.strata.clone();
    strata.sort_unstable();
    assert_eq!(strata, [0, 1]);
    assert!((concentration.weight_share - 0.25).abs() < 1e-12 && concentration.gap_share > 0.8);
    let uniform: Vec<bool> = found.strata.iter().map(|stratum| stratum.uniformly_short).collect();
    assert!(uniform[0] && uniform[1] && !uniform[2..].contains(&true));
    let turned = shares(40, 12, 15, &gaps, &[0.03; 8], 71);
    let cells = turned.cells.iter().map(|cell| Cell { mean: -cell.mean, ..*cell }).collect();
    assert!(judge(&Panel::new(cells), -0.75, -1.0).strata[0].uniformly_short);
}

#[test]
fn thin_strata_are_judged_over_all_of_them() {
    let mut panel = shares(30, 10, 20, &[0.06], &[0.0], 41);
    for cell in &mut panel.cells {
        cell.stratum = cell.unit / 3;
    }
    let found = judge(&Panel::new(panel.cells), 0.75, 1.0);
    assert!(found.not_localised);
    assert!((total(&found.ledger) - found.net_gap).abs() < 1e-12);
}

#[test]
fn a_gap_spread_evenly_over_many_strata_is_still_credible() {
    let found = judge(&shares(30, 6, 20, &[0.10; 30], &[0.0; 30], 51), 0.75, 1.0);
    assert!(found.strata.iter().filter(|stratum| stratum.credible).count() > 25);
}

#[test]
fn degenerate_panels_are_judged_without_a_panic() {
    let cell = |unit, mean| Cell { unit, stratum: 0, time: 0, n: 9.0, weight: 9.0, mean, ss: 0.0 };
    for cells in [vec![cell(0, 0.5)], (0..9).map(|unit| cell(unit, 0.5)).collect()] {
        let found = judge(&Panel::new(cells), 0.75, 1.0);
        assert_eq!((found.kappa, found.p_gap), (None, 0.0));
        assert_eq!(found.class(0.01, &ReachOptions::default()), Class::NotEnough);
        assert!((found.ledger.unplaced - 0.25).abs() < 1e-15);
    }
    let empty = Panel::default();
    let found = layers(&empty, &LayerOptions::default());
    assert!(reach(&empty, &found, &[], 1.0, &ReachOptions::default()).is_none());
}

#[test]
fn power_grows_with_units_and_is_near_what_simulation_finds() {
    let power = |units| judge(&shares(units, 12, 19, &[0.06; 8], &[0.0; 8], 61), 0.75, 1.0).power.unwrap();
    let (few, many) = (power(12), power(40));
    // Simulated with 8 strata and 150 observations a unit and time: behavioural .41 to .53 and .83 to .98,
    // structural .97 and 1.
    assert!((few.behavioural - 0.47).abs() < 0.12, "{few:?}");
    assert!((many.behavioural - 0.87).abs() < 0.08, "{many:?}");
    assert!(few.structural > 0.9 && many.structural > 0.98);
}

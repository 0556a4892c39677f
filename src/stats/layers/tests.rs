use super::*;
use crate::stats::float;
use crate::stats::testing::shares;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-12)
}

fn mapped(panel: &Panel, change: impl Fn(&Cell) -> Cell) -> Layers {
    layers(&Panel::new(panel.cells.iter().map(change).collect()), &LayerOptions::default())
}

fn sample() -> Panel {
    shares(30, 8, 12, &[0.05, 0.10, 0.0], &[0.06, 0.06, 0.0], 3)
}

#[test]
fn naming_units_and_strata_otherwise_changes_nothing() {
    let panel = sample();
    let plain = mapped(&panel, |cell| *cell);
    let turned = mapped(&panel, |cell| Cell { unit: 29 - cell.unit, stratum: 2 - cell.stratum, ..*cell });
    assert!(near(plain.tau_time2, turned.tau_time2));
    for (a, b) in plain.strata.iter().zip(turned.strata.iter().rev()) {
        let (a, b) = (a.spread.as_ref().unwrap(), b.spread.as_ref().unwrap());
        assert!(near(a.tau2, b.tau2) && near(a.p_equal, b.p_equal) && near(a.tau2_high, b.tau2_high));
    }
    let (a, b) = (plain.overall.spread.unwrap(), turned.overall.spread.unwrap());
    assert!(near(a.tau2, b.tau2));
}

#[test]
fn scaling_and_shifting_the_metric_scales_spreads_and_leaves_probabilities() {
    let panel = sample();
    let plain = mapped(&panel, |cell| *cell);
    let scaled =
        mapped(&panel, |cell| Cell { mean: 300.0 - 50.0 * cell.mean, ss: 2500.0 * cell.ss, ..*cell });
    for (a, b) in plain.strata.iter().zip(&scaled.strata) {
        let (a, b) = (a.spread.as_ref().unwrap(), b.spread.as_ref().unwrap());
        assert!((b.tau() - 50.0 * a.tau()).abs() < 1e-7 && (a.p_equal - b.p_equal).abs() < 1e-9);
        assert!((a.confidence.quantiles[150] * 2500.0 - b.confidence.quantiles[150]).abs() < 1e-6);
    }
}

#[test]
fn cells_of_one_time_split_and_merged_give_the_same_layers() {
    let panel = sample();
    let whole = mapped(&panel, |cell| *cell);
    // Two halves with means apart; their within-sums are what makes the merged cell equal the whole.
    let halves: Vec<Cell> = panel
        .cells
        .iter()
        .flat_map(|cell| {
            let half = Cell { n: cell.n / 2.0, weight: cell.weight / 2.0, ..*cell };
            let ss = (cell.ss - cell.n * 0.01) / 2.0;
            [Cell { mean: cell.mean - 0.1, ss, ..half }, Cell { mean: cell.mean + 0.1, ss, ..half }]
        })
        .collect();
    let merged = layers(&Panel::new(halves), &LayerOptions::default());
    for (a, b) in whole.strata.iter().zip(&merged.strata) {
        assert!(near(a.sigma2, b.sigma2) && near(a.mean, b.mean));
    }
}

#[test]
fn a_ratio_measured_from_its_level_or_not_is_the_same() {
    let panel = sample();
    let ratio = |shift: f64| {
        mapped(&panel, |cell| Cell {
            weight: cell.n * (5.0 + f64::from(cell.unit % 3)),
            mean: cell.mean + shift,
            ..*cell
        })
    };
    let (plain, shifted) = (ratio(0.0), ratio(4.0));
    for (a, b) in plain.strata.iter().zip(&shifted.strata) {
        assert!((a.sigma2 - b.sigma2).abs() < 1e-9 * a.sigma2);
    }
}

#[test]
fn equal_units_under_weekly_shocks_show_overdispersion_and_no_spread() {
    let mut panel = shares(40, 12, 20, &[0.05; 4], &[0.0; 4], 11);
    let mut random = crate::stats::testing::Pcg::new(5);
    let shocks: Vec<f64> = (0..40 * 12).map(|_| 0.06 * random.normal()).collect();
    for cell in &mut panel.cells {
        cell.mean += shocks[cell.unit as usize * 12 + cell.time as usize];
    }
    let found = layers(&panel, &LayerOptions::default());
    assert!((found.tau_time2.sqrt() - 0.06).abs() < 0.01, "{}", found.tau_time2.sqrt());
    assert!(found.phi.unwrap() > 1.3);
    assert!(found.overall.spread.unwrap().p_equal > 0.01);
}

#[test]
fn the_confidence_distribution_agrees_with_its_own_quantiles_and_bounds() {
    let found = mapped(&sample(), |cell| *cell);
    let spread = found.strata[0].spread.as_ref().unwrap();
    for (j, tau2) in spread.confidence.quantiles.iter().enumerate().filter(|(_, tau2)| **tau2 > 0.0) {
        let p = (float(j) + 0.5) / 199.0;
        let back = spread_confidence(spread, tau2.sqrt());
        assert!((back - p).abs() < 2e-4, "{back} is not {p}");
    }
    assert!((spread_confidence(spread, spread.tau2_high.sqrt()) - 0.975).abs() < 1e-9);
    assert!((spread_confidence(spread, 0.0) - spread.p_equal).abs() < 1e-12);
}

#[test]
fn degenerate_panels_give_reasons() {
    let one = |unit, n, mean| Cell { unit, stratum: 0, time: 0, n, weight: n, mean, ss: 0.0 };
    let reason = |cells: Vec<Cell>| {
        let found = layers(&Panel::new(cells), &LayerOptions::default());
        found.strata.first().and_then(|layer| layer.spread.as_ref().err().copied())
    };
    assert_eq!(reason(Vec::new()), None);
    assert_eq!(reason(vec![one(0, 9.0, 1.0)]), Some(Unestimable::FewUnits));
    assert_eq!(reason(vec![one(0, 1.0, 1.0)]), Some(Unestimable::Empty));
    let equal: Vec<Cell> = (0..9).map(|unit| one(unit, 9.0, 1.0)).collect();
    assert_eq!(reason(equal), Some(Unestimable::Degenerate));
    let apart: Vec<Cell> = (0..9).map(|unit| one(unit, 9.0, f64::from(unit))).collect();
    assert_eq!(reason(apart), Some(Unestimable::Degenerate));
    let single: Vec<Cell> = (0..9).map(|unit| one(unit, 1.0, f64::from(unit))).collect();
    assert_eq!(reason(single), Some(Unestimable::Empty));
}

#[test]
fn units_that_share_no_stratum_are_counted_as_components() {
    let cell = |unit, stratum| Cell { unit, stratum, time: 0, n: 5.0, weight: 5.0, mean: 0.5, ss: 1.0 };
    let apart = layers(&Panel::new(vec![cell(0, 0), cell(1, 1)]), &LayerOptions::default());
    assert_eq!(apart.overall.components, 2);
    assert!(apart.strata[0].specialist);
    let joined = layers(&Panel::new(vec![cell(0, 0), cell(0, 1), cell(1, 1)]), &LayerOptions::default());
    assert_eq!(joined.overall.components, 1);
}

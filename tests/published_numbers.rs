//! Estimators against numbers others published. Small sets are typed in with their source; larger ones are
//! read from a data folder beside the project (or named by `GAPWISE_SHARED_DATA`) and skipped without it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::float_cmp,
    reason = "a test may stop at what it did not expect, say what it skipped and demand exact zeros"
)]

use gapwise::stats::adjust::{bh, by};
use gapwise::stats::anova::{dersimonian_laird, one_way, two_way};
use gapwise::stats::effect::{Controls, EffectPanel, First, did_compat};
use gapwise::stats::ladder::{Rung, ladder};
use gapwise::stats::moments::Moments;
use gapwise::stats::sample::Sample;
use gapwise::stats::spread::Spread;
use std::collections::BTreeMap;
use std::path::PathBuf;

// NIST StRD, one-way analysis of variance, lower difficulty: resistivity of silicon (Ehrstein).
const SIRSTV: [[f64; 5]; 5] = [
    [196.3052, 196.1240, 196.1890, 196.2569, 196.3403],
    [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
    [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
    [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
    [196.2119, 196.1051, 196.1850, 196.0052, 196.2090],
];

// NIST StRD, average difficulty: atomic weight of silver (Powell, Murphy and Gramlich 1982).
const ATMWTAG: [[f64; 24]; 2] = [
    [
        107.868_156_8,
        107.868_146_5,
        107.868_157_2,
        107.868_178_5,
        107.868_144_6,
        107.868_190_3,
        107.868_152_6,
        107.868_149_4,
        107.868_161_6,
        107.868_158_7,
        107.868_151_9,
        107.868_148_6,
        107.868_141_9,
        107.868_156_9,
        107.868_150_8,
        107.868_167_2,
        107.868_138_5,
        107.868_151_8,
        107.868_166_2,
        107.868_142_4,
        107.868_136_0,
        107.868_133_3,
        107.868_161_0,
        107.868_147_7,
    ],
    [
        107.868_107_9,
        107.868_134_4,
        107.868_151_3,
        107.868_119_7,
        107.868_160_4,
        107.868_138_5,
        107.868_164_2,
        107.868_136_5,
        107.868_115_1,
        107.868_108_2,
        107.868_151_7,
        107.868_144_8,
        107.868_119_8,
        107.868_148_2,
        107.868_133_4,
        107.868_160_9,
        107.868_110_1,
        107.868_151_2,
        107.868_146_9,
        107.868_136_0,
        107.868_125_4,
        107.868_126_1,
        107.868_145_0,
        107.868_136_8,
    ],
];

// Davies and Goldsmith (1972), as Dyestuff in R package lme4; fit published in Bates, lme4, chapter 1.
const DYESTUFF: [[f64; 5]; 6] = [
    [1545.0, 1440.0, 1440.0, 1520.0, 1580.0],
    [1540.0, 1555.0, 1490.0, 1560.0, 1495.0],
    [1595.0, 1550.0, 1605.0, 1510.0, 1560.0],
    [1445.0, 1440.0, 1595.0, 1465.0, 1545.0],
    [1595.0, 1630.0, 1515.0, 1635.0, 1625.0],
    [1520.0, 1455.0, 1450.0, 1480.0, 1445.0],
];

// Box and Tiao (1973), simulated, as Dyestuff2 in R package lme4.
const DYESTUFF2: [[f64; 5]; 6] = [
    [7.298, 3.846, 2.434, 9.566, 7.99],
    [5.22, 6.556, 0.608, 11.788, -0.892],
    [0.11, 10.386, 13.434, 5.51, 8.166],
    [2.212, 4.852, 7.092, 9.288, 4.98],
    [0.282, 9.014, 4.458, 9.446, 7.198],
    [1.722, 4.782, 8.106, 0.758, 3.758],
];

#[test]
fn nist_silicon_resistivity_has_the_certified_f() {
    let table = one_way(&moments(&SIRSTV)).unwrap();
    assert!(digits(table.f, 1.180_462_374_402_55) > 9.0, "{}", table.f);
    assert!(digits(table.ss_within, 0.216_636_56) > 9.0, "{}", table.ss_within);
}

#[test]
fn nist_atomic_weight_of_silver_has_the_certified_f() {
    let table = one_way(&moments(&ATMWTAG)).unwrap();
    assert!(digits(table.f, 15.946_733_567_793) > 8.0, "{}", digits(table.f, 15.946_733_567_793));
}

#[test]
fn nist_sets_have_the_certified_f_from_values_and_from_exact_sums() {
    // A float of size 1e12 keeps four decimals: means of the highest sets differ in the first, so no arithmetic
    // on values finds more than three or four digits of F. Exact sums about one origin find them all.
    for (set, f, from_values) in [
        ("SiRstv", 1.180_462_374_402_55, 9.0),
        ("AtmWtAg", 15.946_733_567_793, 9.0),
        ("SmLs01", 21.0, 12.0),
        ("SmLs02", 201.0, 12.0),
        ("SmLs03", 2001.0, 12.0),
        ("SmLs04", 21.0, 9.0),
        ("SmLs05", 201.0, 9.0),
        ("SmLs06", 2001.0, 9.0),
        ("SmLs07", 21.0, 3.0),
        ("SmLs08", 201.0, 3.0),
        ("SmLs09", 2001.0, 3.0),
    ] {
        let Some(text) = shared(&format!("anova/{set}.csv")) else { return };
        let rows = rows(&text);
        let plain = digits(one_way(&groups_of(&rows)).unwrap().f, f);
        let exact = digits(one_way(&exact_groups_of(&rows)).unwrap().f, f);
        eprintln!("{set}: {plain:.1} digits from values, {exact:.1} from exact sums");
        assert!(plain >= from_values, "{set}: {plain:.1} digits from values");
        assert!(exact >= 12.0, "{set}: {exact:.1} digits from exact sums");
    }
}

#[test]
fn dyestuff_has_the_published_components_and_q_profile() {
    let groups = moments(&DYESTUFF);
    assert_near(one_way(&groups).unwrap().f, 4.5983, 5e-5);
    let within = groups.iter().map(|group| group.ss).sum::<f64>() / 24.0;
    assert_near(within.sqrt(), 49.5101, 5e-5);
    let known = spread_of(&groups, f64::INFINITY);
    assert_near(known.tau(), 42.0006, 5e-5);
    assert_near(known.centre, 1527.5, 1e-9);
    let (low, high) = known.tau_interval();
    assert_near(low, 19.7004, 5e-5);
    assert_near(high, 114.3244, 5e-5);
}

#[test]
fn with_an_estimated_variance_the_q_profile_is_the_interval_of_tukey_and_williams() {
    let groups = moments(&DYESTUFF);
    let table = one_way(&groups).unwrap();
    let within = table.ss_within / 24.0;
    let bound = |f: f64| ((table.ss_between / 5.0 / f - within) / 5.0).max(0.0).sqrt();
    let (low, high) = spread_of(&groups, 24.0).tau_interval();
    // F quantiles with 5 and 24 degrees of freedom: scipy 1.17.1.
    assert_near(low, bound(3.154_816_342_533_112_4), 1e-9);
    assert_near(high, bound(0.159_285_378_462_895_6), 1e-9);
}

#[test]
fn dyestuff2_has_no_variance_between_batches() {
    let groups = moments(&DYESTUFF2);
    let spread = spread_of(&groups, 24.0);
    assert_eq!((spread.tau2, spread.tau2_low), (0.0, 0.0));
    let within = groups.iter().map(|group| group.ss).sum::<f64>() / 24.0;
    assert_near(within.sqrt(), 3.865_99, 5e-6);
}

#[test]
fn penicillin_has_the_published_components() {
    let Some(text) = shared("variance/Penicillin.csv") else { return };
    let mut plates: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in rows(&text) {
        plates.entry(row[1].clone()).or_default().insert(row[2].clone(), row[0].parse().unwrap());
    }
    let table: Vec<Vec<f64>> = plates.values().map(|plate| plate.values().copied().collect()).collect();
    let fit = two_way(&table).unwrap();
    assert_near(fit.ms_residual.sqrt(), 0.549_92, 5e-6);
    assert_near(((fit.ms_rows - fit.ms_residual) / 6.0).sqrt(), 0.846_70, 5e-6);
    assert_near(((fit.ms_columns - fit.ms_residual) / 24.0).sqrt(), 1.931_56, 5e-6);
}

#[test]
fn clasp_has_the_published_estimates() {
    // DerSimonian and Kacker (2007), trials of aspirin in pregnancy.
    let trials = [
        (5.0, 156.0, 8.0, 74.0),
        (5.0, 303.0, 17.0, 303.0),
        (12.0, 565.0, 9.0, 477.0),
        (69.0, 1570.0, 94.0, 1565.0),
        (9.0, 103.0, 11.0, 105.0),
        (313.0, 4659.0, 352.0, 4650.0),
    ];
    let sample = Sample::new(trials.map(log_odds_ratio));
    assert_near(sample.paule_mandel().sqrt(), 0.3681, 5e-5);
    assert_near(dersimonian_laird(&sample).sqrt(), 0.2323, 5e-5);
}

#[test]
fn collins_has_the_published_q_profile() {
    // Collins, Yusuf and Peto (1985), diuretics against pre-eclampsia; interval from R package metafor.
    let trials = [
        (14.0, 131.0, 14.0, 136.0),
        (21.0, 385.0, 17.0, 134.0),
        (14.0, 57.0, 24.0, 48.0),
        (6.0, 38.0, 18.0, 40.0),
        (12.0, 1011.0, 35.0, 760.0),
        (138.0, 1370.0, 175.0, 1336.0),
        (15.0, 506.0, 20.0, 524.0),
        (6.0, 108.0, 2.0, 103.0),
        (65.0, 153.0, 40.0, 102.0),
    ];
    let sample = Sample::new(trials.map(log_odds_ratio));
    assert_near(sample.paule_mandel(), 0.3863, 5e-5);
    assert_near(dersimonian_laird(&sample), 0.2297, 5e-5);
    let (low, high) = sample.q_profile(0.95, f64::INFINITY);
    assert_near(low, 0.0723, 5e-5);
    assert_near(high, 2.2027, 5e-5);
}

#[test]
fn kacker_has_the_published_paule_mandel_estimate() {
    // Kacker (2004), Metrologia 41, nine laboratories.
    let y = [61.0, 61.4, 62.21, 62.3, 62.34, 62.6, 62.7, 62.84, 65.9];
    let v = [0.2025, 1.21, 0.09, 0.2025, 0.3844, 0.5625, 0.0676, 0.0225, 1.8225];
    let sample = Sample::new(y.into_iter().zip(v));
    assert_near(sample.paule_mandel(), 0.705_395_309, 5e-10);
}

#[test]
fn eight_schools_of_coaching_do_not_differ() {
    // Rubin (1981), effects of coaching for the SAT.
    let y = [28.39, 7.94, -2.75, 6.82, -0.64, 0.63, 18.01, 12.16];
    let se: [f64; 8] = [14.9, 10.2, 16.3, 11.0, 9.4, 11.4, 10.4, 17.6];
    let spread = Spread::of(Sample::new(y.into_iter().zip(se.map(|se| se * se))), f64::INFINITY).unwrap();
    assert_eq!(spread.tau2, 0.0);
    assert_near(spread.sample.q(0.0), 4.563, 5e-4);
    assert_near(spread.p_equal, 0.71, 5e-3);
    assert_near(spread.centre, 7.871, 5e-4);
    assert_near(spread.centre_v.sqrt(), 4.166, 5e-4);
}

#[test]
fn the_false_discovery_rate_rejects_four_in_benjamini_and_hochbergs_own_example() {
    // Benjamini and Hochberg (1995), section 3.2: 15 p-values of one trial.
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
        0.6528, 0.7590, 1.0,
    ];
    assert_eq!(bh(&p).iter().filter(|q| **q <= 0.05).count(), 4);
    assert!(by(&p).iter().zip(bh(&p)).all(|(strict, plain)| *strict >= plain));
}

#[test]
fn county_employment_has_the_published_group_time_effects() {
    // Callaway and Sant'Anna (2021), data mpdta of R package did.
    let Some(text) = shared("did/mpdta.csv") else { return };
    let panel = county_panel(&rows(&text));
    let never = did_compat(&panel, Controls::Never).unwrap();
    let expected = [-0.0105, -0.0704, -0.1373, -0.1008, -0.0046, -0.0412, -0.0261];
    assert_eq!(never.att_gt.len(), expected.len());
    for (cell, att) in never.att_gt.iter().zip(expected) {
        assert_near(cell.att, att, 5.1e-5);
    }
    for ((_, got), att) in never.dynamic.iter().zip([-0.0199, -0.0510, -0.1373, -0.1008]) {
        assert_near(*got, att, 5.1e-5);
    }
    assert_near(never.dynamic_overall, -0.0772, 5.1e-5);
    assert_near(never.group_overall, -0.0310, 5.1e-5);
    assert_near(never.simple, -0.039_951, 5.1e-7);
    let not_yet = did_compat(&panel, Controls::NotYet).unwrap();
    let expected = [-0.0194, -0.0783, -0.1363, -0.1008, 0.0047, -0.0412, -0.0261];
    for (cell, att) in not_yet.att_gt.iter().zip(expected) {
        assert_near(cell.att, att, 5.1e-5);
    }
    assert_near(not_yet.simple, -0.039_764, 5.1e-7);
}

#[test]
fn a_call_centre_of_pure_noise_has_agents_that_do_not_differ() {
    // PwC Switzerland, virtual internship: 5,000 calls, 8 agents; F and p by R's aov.
    let Some(text) = shared("contacts/pwc_call_centre.csv") else { return };
    let answered: Vec<Vec<String>> = rows(&text).into_iter().filter(|row| row[5] == "Y").collect();
    assert_eq!(answered.len(), 4054);
    let seconds = |row: &[String]| {
        let parts = row[8].split(':').map(|part| part.parse::<f64>().unwrap());
        parts.fold(0.0, |sum, part| 60.0 * sum + part)
    };
    let talk = one_way(&by_agent(&answered, seconds)).unwrap();
    assert_near(talk.f, 0.690, 5e-4);
    assert_near(talk.p, 0.68, 5e-3);
    let rating = one_way(&by_agent(&answered, |row| row[9].parse().unwrap())).unwrap();
    assert_near(rating.f, 0.632, 5e-4);
    assert_near(rating.p, 0.73, 5e-3);
    let resolved = by_agent(&answered, |row| f64::from(row[6] == "Y"));
    let spread = spread_of(&resolved, 4046.0);
    assert_eq!(spread.tau2, 0.0);
    // Pearson's X² 1.317 on 7 degrees of freedom is Q with the variance of one success rate for all.
    assert_near(spread.sample.q(0.0), 1.317, 5e-3);
    assert_near(spread.p_equal, 0.99, 5e-3);
}

#[test]
fn a_hand_case_of_differences_in_differences() {
    // Two units treated at time 2, one at time 3, two never. At time 2 the first cohort changes by 5 and 3, the
    // never treated by 1 and 1; the not yet treated also hold the third unit, which changes by 4.
    let y = [
        [1.0, 1.0, 6.0, 7.0],
        [2.0, 2.0, 5.0, 6.0],
        [0.0, 0.0, 4.0, 9.0],
        [3.0, 3.0, 4.0, 5.0],
        [1.0, 1.0, 2.0, 3.0],
    ];
    let panel = EffectPanel {
        units: 5,
        times: 4,
        y: y.concat(),
        variance: vec![1.0; 20],
        weight: vec![1.0; 20],
        first: vec![First::At(2), First::At(2), First::At(3), First::Never, First::Never],
        kind: Vec::new(),
    };
    let never = did_compat(&panel, Controls::Never).unwrap();
    let got: Vec<f64> = never.att_gt.iter().map(|cell| cell.att).collect();
    assert_eq!(got, [4.0 - 1.0, 5.0 - 2.0, 5.0 - 1.0]);
    assert_near(never.simple, (2.0 * 3.0 + 2.0 * 3.0 + 4.0) / 5.0, 1e-12);
    let not_yet = did_compat(&panel, Controls::NotYet).unwrap();
    assert_near(not_yet.att_gt[0].att, 4.0 - 2.0, 1e-12);
    assert_eq!(not_yet.att_gt[0].controls, 3);
}

/// Mixed models by restricted maximum likelihood, as lme4 1.1 prints them: `strength ~ 1 + (1 | batch/cask)`.
#[test]
fn pastes_has_the_ladder_of_lme4() {
    let Some(text) = shared("variance/Pastes.csv") else { return };
    let mut casks: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for row in rows(&text) {
        casks.entry((row[1].clone(), row[3].clone())).or_default().push(row[0].parse().unwrap());
    }
    let moments: Vec<Moments> = casks.values().map(|values| Moments::of(values)).collect();
    let df: f64 = moments.iter().map(|cask| cask.n - 1.0).sum();
    let within = moments.iter().map(|cask| cask.ss).sum::<f64>() / df;
    let mut batches: Vec<&String> = casks.keys().map(|(batch, _)| batch).collect();
    batches.dedup();
    let place = |batch: &String| u32::try_from(batches.iter().position(|b| *b == batch).unwrap()).unwrap();
    let rung = |((key, cask), unit): ((&(String, String), &Moments), u32)| Rung {
        group: place(&key.0),
        unit,
        stratum: 0,
        mean: cask.mean,
        v: within / cask.n,
    };
    let rungs: Vec<Rung> = casks.keys().zip(&moments).zip(0..).map(rung).collect();
    let found = ladder(&rungs).unwrap();
    assert_near(found.group.sqrt(), 1.28736, 2e-5);
    assert_near(found.unit.sqrt(), 2.90408, 2e-5);
    assert_near(within.sqrt(), 0.82341, 1e-5);
}

/// `diameter ~ sample + (1 | plate)`: samples fixed, the residual is the plate x sample layer.
#[test]
fn penicillin_with_fixed_samples_has_the_ladder_of_lme4() {
    let Some(text) = shared("variance/Penicillin.csv") else { return };
    let letter = |text: &str| u32::from(text.as_bytes()[0].to_ascii_lowercase() - b'a');
    let rung = |row: &Vec<String>| Rung {
        group: 0,
        unit: letter(&row[1]),
        stratum: letter(&row[2]),
        mean: row[0].parse().unwrap(),
        v: 0.0,
    };
    let found = ladder(&rows(&text).iter().map(rung).collect::<Vec<_>>()).unwrap();
    assert_near(found.unit.sqrt(), 0.84670, 2e-5);
    assert_near(found.cell.sqrt(), 0.54992, 2e-5);
    assert_eq!(found.p_group, None);
}

fn assert_near(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance, "{got} is not {expected} within {tolerance:e}");
}

/// Correct significant digits, as NIST counts them (log relative error).
fn digits(got: f64, expected: f64) -> f64 {
    (-((got - expected) / expected).abs().log10()).min(15.0)
}

fn shared(file: &str) -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("GAPWISE_SHARED_DATA").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join(file)).ok();
    if text.is_none() {
        eprintln!("skipped: no {file} in {}", folder.display());
    }
    text
}

/// Fields of a comma-separated text, quotes stripped, header left out.
fn rows(text: &str) -> Vec<Vec<String>> {
    let field = |field: &str| field.trim().trim_matches('"').to_owned();
    let lines = text.lines().skip(1).filter(|line| !line.is_empty());
    lines.map(|line| line.split(',').map(field).collect()).collect()
}

fn moments<const N: usize, const K: usize>(groups: &[[f64; N]; K]) -> Vec<Moments> {
    groups.iter().map(|group| Moments::of(group)).collect()
}

/// Moments of the second column by the first, from floating-point values.
fn groups_of(rows: &[Vec<String>]) -> Vec<Moments> {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in rows {
        groups.entry(&row[0]).or_default().push(row[1].parse().unwrap());
    }
    groups.values().map(|values| Moments::of(values)).collect()
}

fn by_agent(rows: &[Vec<String>], value: impl Fn(&[String]) -> f64) -> Vec<Moments> {
    let mut agents: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in rows {
        agents.entry(&row[1]).or_default().push(value(row));
    }
    agents.values().map(|values| Moments::of(values)).collect()
}

/// The same through exact integer sums about one origin: every value is a decimal.
fn exact_groups_of(rows: &[Vec<String>]) -> Vec<Moments> {
    let fraction = |row: &Vec<String>| row[1].split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let places = rows.iter().map(fraction).max().unwrap_or(0);
    let mut groups: BTreeMap<&str, (u64, i128, i128)> = BTreeMap::new();
    for row in rows {
        let (whole, fraction) = row[1].split_once('.').unwrap_or((&row[1], ""));
        let scaled: i128 = format!("{whole}{fraction:0<places$}").parse().unwrap();
        let sums = groups.entry(&row[0]).or_default();
        *sums = (sums.0 + 1, sums.1 + scaled, sums.2 + scaled * scaled);
    }
    let scale = 10_f64.powi(i32::try_from(places).unwrap());
    let (n, total) = groups.values().fold((0, 0), |sum, (n, s1, _)| (sum.0 + i128::from(*n), sum.1 + s1));
    let origin = total / n;
    groups.values().map(|(n, s1, s2)| Moments::from_sums_about(origin, *n, *s1, *s2, scale)).collect()
}

/// Between-group spread with a pooled within variance.
fn spread_of(groups: &[Moments], df_within: f64) -> Spread {
    let df: f64 = groups.iter().map(|group| group.n - 1.0).sum();
    let within = groups.iter().map(|group| group.ss).sum::<f64>() / df;
    let sample = Sample::new(groups.iter().map(|group| (group.mean, within / group.n)));
    Spread::of(sample, df_within).unwrap()
}

/// Events and sizes of two arms to the log odds ratio and its variance.
fn log_odds_ratio((a, n1, c, n2): (f64, f64, f64, f64)) -> (f64, f64) {
    let (b, d) = (n1 - a, n2 - c);
    ((a * d / (b * c)).ln(), 1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d)
}

fn county_panel(rows: &[Vec<String>]) -> EffectPanel {
    let mut counties: BTreeMap<u32, (u32, [f64; 5])> = BTreeMap::new();
    for row in rows {
        let year: usize = row[0].parse().unwrap();
        let county = counties.entry(row[1].parse().unwrap()).or_default();
        county.0 = row[4].parse().unwrap();
        county.1[year - 2003] = row[3].parse().unwrap();
    }
    let first = |treated: u32| match treated {
        0 => First::Never,
        year => First::At(usize::try_from(year - 2003).unwrap()),
    };
    EffectPanel {
        units: counties.len(),
        times: 5,
        y: counties.values().flat_map(|county| county.1).collect(),
        variance: vec![0.0; counties.len() * 5],
        weight: vec![1.0; counties.len() * 5],
        first: counties.values().map(|county| first(county.0)).collect(),
        kind: Vec::new(),
    }
}

//! The demonstration centre can be told: the estimators name what was planted, with room to spare.

use gapwise::simulate::{self, Tables};
use gapwise::stats::effect::{Assessment, Conclusion, EffectOptions, EffectPanel, First, Headline, assess};
use gapwise::stats::layers::{LayerOptions, layers};
use gapwise::stats::panel::{Cell, Panel};
use gapwise::stats::reach::{Class, Reach, ReachOptions, reach};

const WEEKS: u32 = 26;
const WINDOW: u32 = 12;

fn cell(unit: u32, stratum: u32, time: u32, mean: f64) -> Option<Cell> {
    let time = time.checked_sub(WEEKS - WINDOW)?;
    Some(Cell { unit, stratum, time, n: 1.0, weight: 1.0, mean, ss: 0.0 })
}

fn week(tables: &Tables, at: chrono::NaiveDateTime) -> u32 {
    let first = tables.contacts.at[0].date();
    u32::try_from((at.date() - first).num_days() / 7).unwrap()
}

fn of_contacts(tables: &Tables, value: impl Fn(usize) -> f64) -> Panel {
    let contacts = &tables.contacts;
    let rows = 0..contacts.len();
    let cells = rows.filter_map(|row| {
        cell(contacts.agent[row], contacts.contact_type[row], week(tables, contacts.at[row]), value(row))
    });
    Panel::new(cells.collect())
}

fn of_evaluations(tables: &Tables, value: impl Fn(usize) -> f64) -> Panel {
    let evaluations = &tables.evaluations;
    let rows = 0..evaluations.len();
    let cells =
        rows.filter_map(|row| cell(evaluations.agent[row], 0, week(tables, evaluations.at[row]), value(row)));
    Panel::new(cells.collect())
}

fn judged(panel: &Panel, target: f64, sign: f64) -> Reach {
    let layers = layers(panel, &LayerOptions::default());
    reach(panel, &layers, &vec![target; panel.strata], sign, &ReachOptions::default()).unwrap()
}

fn share(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

#[test]
fn resolution_is_structural_and_refund_approval_makes_the_gap() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    let found = judged(&of_contacts(&tables, |row| share(tables.contacts.resolved[row])), 0.75, 1.0);
    assert_eq!(found.class(0.02, &ReachOptions::default()), Class::Structural);
    assert!(found.low > 0.04, "{} to {}", found.low, found.high);
    let refund = tables.contact_types.iter().position(|name| name == "Refund approval").unwrap();
    let largest = found.strata.iter().max_by(|a, b| a.contribution.total_cmp(&b.contribution)).unwrap();
    assert_eq!(largest.stratum as usize, refund);
    assert!(largest.contribution > found.net_gap, "the other types are ahead of the target");
}

#[test]
fn confirming_the_next_step_is_behavioural() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    let confirms = of_evaluations(&tables, |row| share(tables.evaluations.confirms_next_step[row]));
    let found = judged(&confirms, 0.80, 1.0);
    assert_eq!(found.class(0.03, &ReachOptions::default()), Class::Behavioural);
    assert!((0.04..0.09).contains(&found.net_gap), "{}", found.net_gap);
}

#[test]
fn handle_time_and_the_evaluation_score_are_on_target() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    let handle = of_contacts(&tables, |row| f64::from(tables.contacts.handle_s[row]));
    assert_eq!(judged(&handle, 400.0, -1.0).class(15.0, &ReachOptions::default()), Class::NoCredibleGap);
    let score = of_evaluations(&tables, |row| f64::from(tables.evaluations.score[row]));
    assert_eq!(judged(&score, 85.0, 1.0).class(1.0, &ReachOptions::default()), Class::NoCredibleGap);
}

/// Week of each agent's first held session on a focus, or without one; week 0 is the first of the data.
fn first_coached(tables: &Tables, focus: &str) -> Vec<First> {
    let monday = simulate::demo().monday(1);
    let mut first = vec![First::Never; tables.agents.len()];
    let sessions = &tables.sessions;
    for row in (0..sessions.len()).rev() {
        if sessions.held[row] && (sessions.focus[row] == focus || sessions.focus[row].is_empty()) {
            let week = (sessions.date[row] - monday).num_days().div_euclid(7);
            first[sessions.agent[row] as usize] = usize::try_from(week).map_or(First::Unknown, First::At);
        }
    }
    first
}

/// Observations as (agent, contact type, week, value) against a coaching focus, contact types averaged out.
fn coached(tables: &Tables, rows: &[(u32, u32, u32, f64)], focus: &str, material: f64) -> Assessment {
    let (units, times) = (tables.agents.len(), WEEKS as usize);
    let strata = rows.iter().map(|row| row.1 as usize + 1).max().unwrap();
    let (mut total, mut count) = (vec![0.0; strata], vec![0.0; strata]);
    for &(_, stratum, _, value) in rows {
        total[stratum as usize] += value;
        count[stratum as usize] += 1.0;
    }
    let grand = total.iter().sum::<f64>() / rows.len() as f64;
    let level = |stratum: u32| total[stratum as usize] / count[stratum as usize];
    let (mut sum, mut n, mut variance) =
        (vec![0.0; units * times], vec![0.0; units * times], vec![0.0; units * times]);
    for &(agent, stratum, week, value) in rows {
        let cell = agent as usize * times + week as usize;
        sum[cell] += value - level(stratum);
        n[cell] += 1.0;
        variance[cell] += level(stratum) * (1.0 - level(stratum));
    }
    let panel = EffectPanel {
        units,
        times,
        y: sum.iter().zip(&n).map(|(sum, n)| if *n > 0.0 { grand + sum / n } else { f64::NAN }).collect(),
        variance: variance.iter().zip(&n).map(|(variance, n)| variance / (n * n).max(1.0)).collect(),
        weight: n,
        first: first_coached(tables, focus),
        kind: Vec::new(),
    };
    assess(&panel, material, &EffectOptions::default())
}

#[test]
fn coaching_on_resolution_looks_good_and_moves_nothing() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    let contacts = &tables.contacts;
    let row = |row| {
        let at = week(&tables, contacts.at[row]);
        (contacts.agent[row], contacts.contact_type[row], at, share(contacts.resolved[row]))
    };
    let rows: Vec<_> = (0..contacts.len()).map(row).collect();
    let found = coached(&tables, &rows, "Resolution", 0.02);
    assert_eq!((found.conclusion, found.headline), (Conclusion::DoesNotMove, Some(Headline::Imputation)));
    let identity = found.identity.unwrap();
    assert!((0.03..0.06).contains(&identity.naive) && identity.luck > 0.03, "{identity:?}");
}

#[test]
fn coaching_on_the_next_step_works() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    let evaluations = &tables.evaluations;
    let row = |row| {
        let at = week(&tables, evaluations.at[row]);
        (evaluations.agent[row], 0, at, share(evaluations.confirms_next_step[row]))
    };
    let rows: Vec<_> = (0..evaluations.len()).map(row).collect();
    let found = coached(&tables, &rows, "Confirm next step", 0.03);
    assert_eq!(found.conclusion, Conclusion::Works, "{:?}", found.effect);
    let effect = found.effect.unwrap();
    assert!(effect.low < 0.08 && 0.08 < effect.high, "planted 8 points: {effect:?}");
}

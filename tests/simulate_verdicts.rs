//! The demonstration centre can be told: the estimators name what was planted, with room to spare.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use gapwise::simulate::{self, Tables};
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

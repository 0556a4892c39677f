//! Single functions under divan: drawing a centre, and the two estimators every verdict rests on.

use divan::{Bencher, black_box};
use gapwise::simulate::{self, Centre, Tables};
use gapwise::stats::layers::{LayerOptions, layers};
use gapwise::stats::panel::{Cell, Panel};
use gapwise::stats::reach::{ReachOptions, reach};

fn main() {
    divan::main();
}

/// A centre of eight contact types over twelve weeks.
fn centre(agents: u32) -> Tables {
    let types = ["A", "B", "C", "D", "E", "F", "G", "H"].map(|name| (name.to_owned(), 0.125));
    let mut centre =
        Centre::parse("types = { A = 1.0 }\nspread = 0.03\ncontacts = 80").expect("a valid centre");
    (centre.agents, centre.types) = (agents, types.into_iter().collect());
    centre.structural.insert("H".to_owned(), 0.4);
    centre.tables().expect("a centre that can be drawn")
}

/// Agent x contact type x week cells of the share resolved.
fn panel(tables: &Tables) -> Panel {
    let contacts = &tables.contacts;
    let first = contacts.at[0].date();
    let cells = (0..contacts.len()).map(|row| Cell {
        unit: contacts.agent[row],
        stratum: contacts.contact_type[row],
        time: u32::try_from((contacts.at[row].date() - first).num_days() / 7).unwrap_or(0),
        n: 1.0,
        weight: 1.0,
        mean: f64::from(u8::from(contacts.resolved[row])),
        ss: 0.0,
    });
    Panel::new(cells.collect())
}

#[divan::bench(args = [40, 400])]
fn layers_of_a_metric(bencher: Bencher, agents: u32) {
    let panel = panel(&centre(agents));
    bencher.bench(|| layers(black_box(&panel), &LayerOptions::default()));
}

#[divan::bench(args = [40, 400])]
fn reach_of_a_gap(bencher: Bencher, agents: u32) {
    let panel = panel(&centre(agents));
    let layers = layers(&panel, &LayerOptions::default());
    let targets = vec![0.8; panel.strata];
    bencher.bench(|| reach(black_box(&panel), &layers, &targets, 1.0, &ReachOptions::default()));
}

#[divan::bench(sample_count = 5)]
fn drawing_the_demo(bencher: Bencher) {
    let demo = simulate::demo();
    bencher.bench(|| simulate::tables(black_box(&demo)));
}

//! Single functions under divan: drawing a centre, the two estimators every verdict rests on, reading a workspace's
//! configuration, and rendering all reports of a client.

use std::collections::BTreeMap;

use divan::{Bencher, black_box};
use gapwise::report::{self, Bundle};
use gapwise::simulate::{self, Centre, Tables};
use gapwise::stats::layers::{LayerOptions, layers};
use gapwise::stats::panel::{Cell, Panel};
use gapwise::stats::reach::{ReachOptions, reach};
use gapwise::world::World;
use gapwise::{config, judge, source};

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

/// A rule with everything a rule may say, so that all of it is checked.
fn rule(number: usize) -> String {
    format!(
        r#"
[[rule]]
id = "own-spread-{number}"
kind = "variability"
metrics = ["fcr"]
scopes = ["operation", "team"]
where = {{ contact-type = ["Type {number}"] }}
thresholds = {{ min-sd = "1.5x", max-chance = 0.05 }}
when = "sd_low > 0 AND sd >= min_sd AND q_p_equal <= max_chance"
title = "{{{{ metric.label }}}} differs between agents by {{{{ sd }}}} ({{{{ sd_low }}}} to {{{{ sd_high }}}})"
say = "Agents' averages spread by {{{{ seen }}}}; equal agents would have shown {{{{ from_luck }}}}."
observe = ["Watch both ends of the range."]
change-our-mind = "The spread falls below {{{{ min_sd }}}}."
"#
    )
}

/// A workspace with the shipped rules and so many of its own.
fn workspace(rules: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder to write to");
    let text = r#"
client = "Benchmark"
rules = ["builtin:contact-centre", "own.toml"]
sources.contacts = { path = "contacts.csv", columns = { at = "at", agent = "agent", team = "team", contact-type = "reason" } }
metrics.fcr = { type = "proportion", value = "resolved = 'Y'", better = "higher", target = 0.75 }
"#;
    std::fs::write(folder.path().join("gapwise.toml"), text).expect("a file to write to");
    let own: String = (0..rules).map(rule).collect();
    std::fs::write(folder.path().join("own.toml"), own).expect("a file to write to");
    folder
}

/// What `gapwise check` does: 1 own rule beside the shipped ones, then 131 (300 in all), then 831 (1,000 in all).
#[divan::bench(args = [1, 131, 831])]
fn checking_a_workspace(bencher: Bencher, own: usize) {
    let folder = workspace(own);
    let world = World { now: chrono::DateTime::UNIX_EPOCH, env: BTreeMap::new() };
    bencher.bench(|| config::load(black_box(folder.path()), &world).expect("a workspace in order"));
}

/// The demo's week as judged, and the plan it was judged by.
fn judged_demo() -> (config::Plan, Bundle) {
    let demo = simulate::demo();
    let folder = tempfile::tempdir().expect("a folder to write to");
    simulate::write(&demo, folder.path()).expect("a workspace to write");
    let world = World { now: chrono::DateTime::UNIX_EPOCH, env: BTreeMap::new() };
    let plan = config::load(folder.path(), &world).expect("a workspace in order").plan;
    let period = plan.calendar.last_complete(demo.end);
    let data = source::read(&plan, plan.span(period), demo.end, None).expect("data that can be read");
    let bundle = report::assemble(&plan, &judge::history(&plan, &data, period));
    (plan, bundle)
}

/// Every file of the demo's reports, from what is said to bytes in memory.
#[divan::bench(sample_count = 20)]
fn rendering_the_demo(bencher: Bencher) {
    let (plan, bundle) = judged_demo();
    bencher.bench(|| report::render(black_box(&plan), black_box(&bundle)).expect("templates in order"));
}

//! The example scenarios: what was planted in each is what the shipped rules find.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use chrono::{TimeZone, Utc};
use gapwise::simulate::{self, Scenario};
use gapwise::trial::{self, Setting};
use gapwise::world::World;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios")
}

/// Name and text of every scenario.
fn scenarios() -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    named.filter(|(name, _)| name != "expected").collect()
}

/// The expectations, each with the name of its scenario.
fn expected() -> Vec<(String, toml::Table)> {
    let text = fs::read_to_string(folder().join("expected.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let tests = table["test"].as_array().unwrap().iter().map(|test| test.as_table().unwrap().clone());
    tests.map(|test| (test["name"].as_str().unwrap().to_owned(), test)).collect()
}

#[test]
fn every_scenario_is_short_and_something_is_expected_of_it() {
    let expected: BTreeSet<String> = expected().into_iter().map(|(name, _)| name).collect();
    let scenarios = scenarios();
    assert_eq!(scenarios.keys().cloned().collect::<BTreeSet<String>>(), expected);
    for (name, text) in scenarios.iter().filter(|(name, _)| *name != "demo") {
        assert!(text.lines().count() < 25, "{name} has {} lines", text.lines().count());
    }
}

#[test]
fn the_demonstration_is_one_of_the_scenarios() {
    assert_eq!(Scenario::parse(&scenarios()["demo"]).unwrap(), simulate::demo());
}

/// Runs every `of`-th expectation from `first` on; the panic lists every fault.
fn run(first: usize, of: usize) {
    let world = World { now: Utc.with_ymd_and_hms(2026, 11, 16, 6, 0, 0).unwrap(), env: BTreeMap::new() };
    let scenarios = scenarios();
    let mut faults = Vec::new();
    for (name, mut test) in expected().into_iter().skip(first).step_by(of) {
        let scenario: toml::Table = scenarios[&name].parse().unwrap_or_else(|why| panic!("{name}: {why}"));
        test.insert("scenario".into(), scenario.into());
        let tests = toml::Table::from_iter([("test".to_owned(), toml::Value::Array(vec![test.into()]))]);
        let tests = trial::parse(&tests.to_string()).unwrap_or_else(|why| panic!("{name}: {why:#}"));
        let setting = Setting::builtin("contact-centre");
        let found =
            trial::run(&tests.test[0], &setting, &world).unwrap_or_else(|why| panic!("{name}: {why:#}"));
        faults.extend(found.faults.iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_is_planted_is_found_in_the_scenarios_first_half() {
    run(0, 2);
}

#[test]
fn what_is_planted_is_found_in_the_scenarios_second_half() {
    run(1, 2);
}

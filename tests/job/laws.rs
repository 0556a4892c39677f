//! What holds for every report: no look into the future, rows that add up, a ledger that sums to the gap, and
//! evidence that scales with the metric's unit while probabilities do not.

use std::collections::BTreeMap;

use gapwise::kinds::Spec;
use gapwise::model::{ColumnUnit, Scope, Story, VerdictId};
use gapwise::{config, judge, source};
use serde_json::Value;

use crate::bench::{Bench, END, Run, assert_same, day, world};

const EARLIER: &str = "2026-10-25";

/// Takes every row after a day out of every source.
fn cut(bench: &Bench, last: &str) {
    for (name, column) in [("contacts", "started_at"), ("evaluations", "evaluated_at"), ("coaching", "date")]
    {
        bench.days(&format!("data/{name}.csv"), column, |date| date <= day(last));
    }
}

#[test]
fn a_period_is_judged_without_a_look_at_what_came_after() {
    let (whole, shorter) = (Bench::northwind(), Bench::northwind());
    cut(&shorter, EARLIER);
    let (whole, shorter) = (whole.run(EARLIER), shorter.run(EARLIER));
    assert!(whole.counts("contacts")["later"].as_u64().unwrap() > 1000);
    assert_eq!(shorter.counts("contacts")["later"], 0);
    let without_counts = |run: &Run| {
        let mut findings = run.findings();
        findings["data_quality"]["sources"].take();
        findings
    };
    assert_eq!(without_counts(&whole), without_counts(&shorter));
    let evidence =
        |run: &Run| run.result().into_iter().filter(|(name, _)| name.starts_with("evidence/")).collect();
    assert_same(&evidence(&whole), &evidence(&shorter));
}

fn story(bench: &Bench, as_of: &str) -> Story {
    let plan = config::load(&bench.folder, &world("2026-11-18T06:00:00Z")).unwrap().plan;
    let period = plan.calendar.last_complete(day(as_of));
    let data = source::read(&plan, plan.span(period), day(as_of), None).unwrap();
    judge::history(&plan, &data, period)
}

#[test]
fn two_weeks_in_a_row_agree_on_the_weeks_they_share() {
    let bench = Bench::northwind();
    let (before, after) = (story(&bench, "2026-11-08"), story(&bench, END));
    let settled = |story: &Story| -> BTreeMap<(i32, String, Scope), VerdictId> {
        let all = story.timeline.iter();
        all.map(|(period, metric, scope, verdict)| ((period.0, metric.clone(), scope.clone()), *verdict))
            .collect()
    };
    let (before, after) = (settled(&before), settled(&after));
    let shared = before.keys().filter(|key| after.contains_key(key)).count();
    assert!(shared >= 9, "only {shared} verdicts are in both histories");
    for (key, verdict) in before.iter().filter(|(key, _)| after.contains_key(key)) {
        assert_eq!(after[key], *verdict, "{key:?}");
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn every_row_is_accounted_for() {
    let bench = Bench::northwind();
    bench.replace(
        "gapwise.toml",
        "columns.id = \"contact_id\"",
        "columns.id = \"contact_id\"\nfilter = \"handle_s >= 120\"",
    );
    bench.append(
        "gapwise.toml",
        "[[event]]\nwhat = \"outage\"\ndates = [2026-10-06]\neffect = \"leave-out\"\n",
    );
    bench.column(
        "data/contacts.csv",
        "started_at",
        |row, cell| if row % 97 == 0 { "soon".into() } else { cell.into() },
    );
    bench.column(
        "data/contacts.csv",
        "agent_id",
        |row, cell| if row % 89 == 0 { String::new() } else { cell.into() },
    );
    bench.column(
        "data/coaching.csv",
        "date",
        |row, cell| if row % 9 == 0 { "soon".into() } else { cell.into() },
    );
    let run = bench.run(EARLIER);
    for source in ["contacts", "evaluations", "coaching", "roster"] {
        let counts = run.counts(source);
        let count = |key: &str| counts[key].as_u64().unwrap();
        let rows = bench.read(&format!("data/{source}.csv")).lines().count() as u64 - 1;
        assert_eq!(count("read"), rows, "{source}");
        assert_eq!(
            count("read"),
            count("used") + count("filtered") + count("later") + count("rejected"),
            "{counts}"
        );
        let reasons: u64 = counts["reasons"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(reasons, count("rejected"), "{counts}");
    }
    let contacts = run.counts("contacts");
    for key in ["used", "filtered", "later", "rejected"] {
        assert!(contacts[key].as_u64().unwrap() > 0, "the scene has no row that is {key}: {contacts}");
    }
}

#[test]
fn the_ledger_sums_to_the_gap() {
    let mut seen = 0;
    for run in [Bench::northwind().run(END), Bench::small().run(END)] {
        for verdict in run.findings()["verdicts"].as_array().unwrap() {
            let (ledger, gap) = (&verdict["ledger"], &verdict["gap"]);
            if ledger.is_null() {
                continue;
            }
            seen += 1;
            let part = |name: &str| number(&ledger[name]);
            let sum = part("reach") + part("out_of_reach") + part("unplaced") + part("ahead");
            let adverse = number(&gap["adverse"]);
            assert!((sum - adverse).abs() <= 1e-9 * adverse.abs().max(1.0), "{ledger} against {gap}");
            assert!(part("reach") >= 0.0 && part("out_of_reach") >= 0.0 && part("ahead") <= 0.0, "{ledger}");
        }
    }
    assert!(seen >= 4, "only {seen} ledgers");
}

/// Rows of an evidence table by column name.
fn table(run: &Run, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(run.files[name].as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What a column of a kind's evidence is multiplied by when the metric is.
fn scale_of(kind: &Spec, column: &str, factor: f64) -> f64 {
    match kind.columns.iter().find(|known| known.name == column).map(|known| known.unit) {
        Some(ColumnUnit::Level | ColumnUnit::Difference) => factor,
        _ => 1.0,
    }
}

#[test]
fn a_metric_in_another_unit_scales_its_evidence_and_leaves_probabilities() {
    let (seconds, scaled) = (Bench::small(), Bench::small());
    scaled.replace("gapwise.toml", "value = \"handle_s\"", "value = \"handle_s * 60\"");
    scaled.replace("gapwise.toml", "target = 300.0", "target = 18000.0");
    scaled.replace("gapwise.toml", "material = 10.0", "material = 600.0");
    let plan = config::load(&seconds.folder, &world("2026-11-18T06:00:00Z")).unwrap().plan;
    let (seconds, scaled) = (seconds.run(END), scaled.run(END));
    assert_eq!(seconds.verdicts(), scaled.verdicts());
    let mut compared = 0;
    for name in seconds.files.keys().filter(|name| name.starts_with("evidence/")) {
        let (small, large) = (table(&seconds, name), table(&scaled, name));
        let rule = name.trim_start_matches("evidence/").trim_end_matches(".csv");
        // Beside the rules' tables stand the series that charts show, which no kind has columns for.
        let Some(kind) = plan.rule(rule).map(|rule| rule.kind) else {
            assert!(rule.contains("_by_"), "{name}");
            continue;
        };
        assert_eq!(small.len(), large.len(), "{name}");
        for (small, large) in small.iter().zip(&large) {
            // What is measured by this metric, for itself or another one, has a column that says its unit.
            let by_another = small["metric"] != "handle" && small.values().any(|cell| cell == "handle");
            if by_another || small.get("measured_by").is_some_and(|by| by == "handle") {
                continue;
            }
            for (column, cell) in small {
                let factor = if small["metric"] == "handle" { scale_of(kind, column, 60.0) } else { 1.0 };
                match (cell.parse::<f64>(), large[column].parse::<f64>()) {
                    (Ok(a), Ok(b)) => {
                        let near = (a * factor - b).abs() <= 1e-6 * b.abs().max(1e-6);
                        assert!(near, "{name} {column}: {a} times {factor} is not {b}");
                        compared += usize::from(factor > 1.0);
                    }
                    _ => assert_eq!(*cell, large[column], "{name} {column}"),
                }
            }
        }
    }
    assert!(compared > 20, "only {compared} cells scaled");
}

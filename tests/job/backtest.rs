//! What `gapwise backtest` says of past periods is what their runs published, and what it makes of that: how loud the
//! rules are, and what others would have said.

use std::path::Path;

use assert_cmd::Command;
use gapwise::backtest::{self, Answer, Backtest};
use gapwise::calendar::Period;
use gapwise::{config, judge, source};
use serde_json::{Value, json};

use crate::bench::{Bench, END, centre, day, world};

/// Three rules of the client's own, so that what is said is short.
const OWN: &str = r#"
[[rule]]
id = "off-target"
kind = "gap"
metrics = ["*"]
thresholds = { least = "1x" }
when = "adverse >= least"
title = "{{ metric.label }} is {{ adverse }} off"
say = "Of {{ n }} rows."

[[rule]]
id = "agents-differ"
kind = "variability"
metrics = ["m"]
thresholds = { least = "0.1x" }
when = "sd > least"
severity = "info"
title = "{{ metric.label }} differs by {{ sd }}"
say = "Between agents."

[[rule]]
id = "far-off"
kind = "gap"
metrics = ["m"]
thresholds = { least = "50x" }
when = "adverse >= least"
title = "{{ metric.label }} is far off"
say = "By {{ adverse }}."

[[verdict]]
id = "structural"
when = "off_target AND NOT far_off"
"#;

/// The small centre under [`OWN`] only.
fn own() -> Bench {
    let bench = Bench::small();
    let rules =
        bench.read("gapwise.toml").lines().find(|line| line.starts_with("rules = ")).unwrap().to_owned();
    bench.replace("gapwise.toml", &rules, "rules = [\"own.toml\"]");
    bench.write("own.toml", OWN);
    bench
}

fn told(bench: &Bench, periods: i32) -> Backtest {
    let plan = config::load(&bench.folder, &world("2026-11-18T06:00:00Z")).unwrap().plan;
    let last = plan.calendar.last_complete(day(END));
    let (first, _) = plan.span(last);
    let data = source::read(&plan, (first.shift(1 - periods), last), day(END), None).unwrap();
    backtest::backtest(&plan, &data, last, periods, &[])
}

/// The command as typed: exit code, standard output, standard error.
fn gapwise(bench: &Bench, more: &[&str]) -> (i32, String, String) {
    gapwise_at(bench, END, more)
}

fn gapwise_at(bench: &Bench, as_of: &str, more: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    command
        .arg("backtest")
        .arg(&bench.folder)
        .args(["--as-of", as_of])
        .arg("--out")
        .arg(&bench.out)
        .args(more);
    let output = command.env("POLARS_MAX_THREADS", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn as_json(bench: &Bench, more: &[&str]) -> Value {
    let (_, stdout, stderr) = gapwise(bench, &[more, &["--format", "json"]].concat());
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"))
}

/// Some keys of each entry of a list.
fn only(list: &Value, keys: &[&str], keep: impl Fn(&Value) -> bool) -> Vec<Value> {
    let entries = list.as_array().unwrap().iter().filter(|entry| keep(entry));
    entries.map(|entry| keys.iter().map(|key| ((*key).to_owned(), entry[key].clone())).collect()).collect()
}

#[test]
fn each_period_says_what_its_own_run_published() {
    let bench = Bench::northwind();
    for name in ["roster", "contacts", "evaluations", "coaching"] {
        bench.column(&format!("data/{name}.csv"), "agent_id", |_, cell| format!("Zq{cell}"));
    }
    let (periods, whole) = (4, |_: &Value| true);
    let told = backtest::json(&told(&bench, periods), None, None);
    let mut states = std::collections::BTreeSet::new();
    for period in told["periods"].as_array().unwrap() {
        let published = bench.run(period["end"].as_str().unwrap()).findings();
        let finding = ["id", "rule", "severity", "metric", "scope", "item", "state", "title", "say"];
        let open = |finding: &Value| finding["state"] != "resolved";
        let expected = only(&published["findings"], &finding, open);
        assert_eq!(only(&period["findings"], &finding, open), expected, "{}", period["label"]);
        states.extend(expected.iter().map(|finding| finding["state"].to_string()));
        let resolved = published["findings"].as_array().unwrap().len() - expected.len();
        assert_eq!(period["resolved"], resolved, "{}", period["label"]);
        let verdict = ["metric", "scope", "verdict", "form", "provisional", "this_period_alone"];
        assert_eq!(
            only(&period["verdicts"], &verdict, whole),
            only(&published["verdicts"], &verdict, whole),
            "{}",
            period["label"]
        );
        let decision = ["id", "what", "owner_role", "state"];
        assert_eq!(
            only(&period["decisions"], &decision, whole),
            only(&published["decisions"], &decision, whole),
            "{}",
            period["label"]
        );
    }
    assert!(!told.to_string().contains("Zq"), "somebody is named");
    assert_eq!(told["periods"].as_array().unwrap().len(), 4);
    assert!(states.len() > 1, "the scene has findings of one state only: {states:?}");
}

#[test]
fn a_replayed_period_is_the_story_of_its_own_data() {
    let bench = Bench::northwind();
    let plan = config::load(&bench.folder, &world("2026-11-18T06:00:00Z")).unwrap().plan;
    let last = plan.calendar.last_complete(day(END));
    let first = last.shift(-1);
    let read =
        |from: Period, to: Period| source::read(&plan, (from, to), plan.calendar.end(to), None).unwrap();
    let all = judge::replay(&plan, &read(plan.span(first).0, last), (first, last));
    for (at, told) in all {
        let judge::Told::Story(story) = told else { panic!("{at:?} is withheld") };
        let own = judge::history(&plan, &read(plan.span(at).0, at), at);
        assert_eq!(story.now.findings, own.now.findings);
        assert_eq!(story.now.verdicts, own.now.verdicts);
        assert_eq!(story.now.decisions, own.now.decisions);
        assert_eq!((story.timeline, story.resolved), (own.timeline, own.resolved));
    }
}

#[test]
fn the_noise_budget_decides_the_exit_code() {
    let bench = own();
    let told = told(&bench, 8);
    let loudest = told.periods.iter().map(backtest::PeriodTold::raised).max().unwrap();
    assert!(loudest >= 1, "nothing is raised in the scene");
    let kept = gapwise(&bench, &["--max-per-period", &loudest.to_string()]);
    assert_eq!(kept.0, 0, "{}", kept.2);
    assert!(kept.1.contains("kept in all of 8 weeks"), "{}", kept.1);
    let (code, stdout, stderr) = gapwise(&bench, &["--max-per-period", "0"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    assert!(stdout.contains("budget of 0 findings a week: broken in "), "{stdout}");
    assert!(stdout.contains("by off-target "), "{stdout}");
    assert!(!stdout.contains("agents-differ 1"), "an info finding is held against the budget: {stdout}");
    let only = gapwise(&bench, &["--max-per-period", "0", "--rule", "agents-differ,far-off"]);
    assert_eq!(only.0, 0, "rules that are not looked at count: {}", only.1);
}

#[test]
fn a_waived_finding_is_in_force_and_not_held_against_the_budget() {
    let bench = own();
    bench.append(
        "own.toml",
        "[[waiver]]\nrule = \"off-target\"\nuntil = 2027-01-31\nwhy = \"a release in January\"\nowner = \"Head of service\"\n",
    );
    let told = told(&bench, 8);
    assert!(told.periods.iter().any(|period| period.in_state("waived") > 0));
    assert!(told.periods.iter().all(|period| period.raised() == 0));
    assert_eq!(gapwise(&bench, &["--max-per-period", "0"]).0, 0);
}

fn row<'a>(told: &'a Backtest, id: &str) -> &'a backtest::RuleRow {
    told.rules.iter().find(|row| row.id == id).unwrap()
}

#[test]
fn a_change_of_verdict_shows_however_little_history_a_report_has() {
    let changes = |history: &str| {
        let bench = own();
        bench.replace("gapwise.toml", "history = 2", history);
        let all = told(&bench, 12).changes;
        all.into_iter()
            .map(|one| (one.period, one.metric, one.from.name(), one.to.name()))
            .collect::<Vec<_>>()
    };
    let seen = changes("history = 1");
    let first = ("2026-W38".to_owned(), "m".to_owned(), "not-enough-evidence", "structural");
    assert!(seen.contains(&first), "{seen:?}");
    assert_eq!(seen, changes("history = 3"));
}

#[test]
fn periods_before_the_data_have_no_report_and_the_first_ones_are_marked() {
    let bench = own();
    let told = told(&bench, 16);
    let withheld = told.periods.iter().take_while(|period| period.withheld.is_some()).count();
    assert_eq!((withheld, told.judged().count()), (4, 12));
    assert!(told.periods[4].short_history && !told.periods[15].short_history);
    let row = row(&told, "off-target");
    assert_eq!((row.of, row.answers.len()), (12, 16));
    assert_eq!(row.strip()[..4], *"----");
    let text = backtest::text(&told, None, backtest::Detail::Short);
    assert!(text.contains("no report: no contact up to the end of 2026-W31"), "{text}");
    assert!(text.contains(" of 12 weeks") && !text.contains("of 16 weeks"), "{text}");
}

#[test]
fn where_no_period_can_be_judged_it_says_why_and_is_exit_code_2() {
    let bench = own();
    bench.days("data/contacts.csv", "started_at", |date| date > day(END));
    let (code, stdout, stderr) = gapwise(&bench, &[]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("error: "), "{stderr}");
}

#[test]
fn a_rule_that_never_had_an_answer_says_what_it_lacks() {
    let bench = own();
    bench.append(
        "own.toml",
        "[[rule]]\nid = \"missing\"\nkind = \"gap\"\nmetrics = [\"concept:hold\"]\nwhen = \"adverse > 0\"\ntitle = \"x\"\nsay = \"x\"\n",
    );
    let told = told(&bench, 3);
    let missing = row(&told, "missing");
    assert_eq!(missing.answers, [Answer::CannotTell; 3]);
    assert!(missing.needs.as_ref().unwrap().contains("concept = \"hold\""), "{:?}", missing.needs);
    assert!(row(&told, "far-off").never_fired() && row(&told, "far-off").needs.is_none());
    assert!(row(&told, "off-target").always_fired());
}

#[test]
fn another_rule_set_is_told_apart_finding_by_finding() {
    let bench = own();
    let other = OWN
        .replace("least = \"50x\"", "least = \"0.5x\"")
        .replace("severity = \"info\"", "severity = \"high\"")
        .replace("Of {{ n }} rows.", "Of {{ n }} rows of {{ agents }} agents.")
        + "[[disable]]\nrule = \"off-target\"\nwhere = { metric = [\"handle\"] }\nwhy = \"not theirs\"\n"
        + "[[rule]]\nid = \"added\"\nkind = \"gap\"\nmetrics = [\"handle\"]\nwhen = \"adverse > 0\"\ntitle = \"late\"\nsay = \"late\"\n";
    bench.write("other.toml", other);
    let told = as_json(&bench, &["--periods", "3", "--against", "other.toml"]);
    let against = &told["against"];
    assert_eq!(against["data"], "read-once");
    let last = |how: &str| -> Vec<String> {
        let all = against["findings"].as_array().unwrap().iter();
        let own = all.filter(|one| one["period"] == "2026-W46" && one["how"] == how);
        own.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(last("only-here"), ["handle/off-target/operation"]);
    let mut there = last("only-there");
    there.sort();
    assert_eq!(there, ["handle/added/operation", "m/far-off/operation"]);
    let changed = |id: &str| {
        let all = against["findings"].as_array().unwrap().iter();
        all.filter(|one| one["id"] == id).map(|one| one["changed"].clone()).next_back().unwrap()
    };
    assert_eq!(
        changed("m/agents-differ/operation"),
        json!([{ "what": "severity", "here": "info", "there": "high" }])
    );
    assert_eq!(changed("m/off-target/operation")[0]["what"], "say");
    let summary = against["summary"].as_str().unwrap();
    assert!(
        summary.starts_with("in 3 weeks, 2026-W44 to 2026-W46: 2 findings only under the other"),
        "{summary}"
    );
    assert!(summary.ends_with("2 verdicts differ; no decision differs"), "{summary}");
}

#[test]
fn a_rule_set_does_not_differ_from_itself_and_differing_is_no_failure() {
    let bench = own();
    let (code, stdout, _) = gapwise(&bench, &["--periods", "2", "--against", "own.toml"]);
    assert_eq!(code, 0);
    assert!(
        stdout.contains("0 findings only under the other rules, 0 only here, 0 said otherwise"),
        "{stdout}"
    );
    bench.write("none.toml", OWN.replace("0.1x", "90x").replace("\"1x\"", "\"90x\""));
    assert_eq!(gapwise(&bench, &["--periods", "2", "--against", "none.toml"]).0, 0);
}

#[test]
fn another_workspace_is_read_for_itself() {
    let (bench, other) = (own(), own());
    other.replace("gapwise.toml", "value = \"handle_s\"", "value = \"handle_s * 2\"");
    let folder = other.folder.to_str().unwrap();
    let told = as_json(&bench, &["--periods", "2", "--against", folder]);
    assert_eq!(told["against"]["data"], "read-twice");
    let findings = told["against"]["findings"].as_array().unwrap();
    assert!(findings.iter().all(|one| one["metric"] == "handle"), "{findings:?}");
    assert!(findings.iter().any(|one| one["changed"][0]["what"] == "title"), "{findings:?}");
}

/// Compares with the reviewed file; `GAPWISE_BLESS=1` writes it for review.
fn assert_as_reviewed(name: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), written, "{name}");
}

#[test]
fn the_page_and_the_document_for_tools_are_as_reviewed() {
    let bench = own();
    let other = OWN.replace("{{ metric.label }} is far off", "far").replace("50x", "5x");
    bench.write("other.toml", other.replace("Of {{ n }} rows", "Rows: {{ n }}"));
    let told = |more: &[&str]| {
        let asked = ["--periods", "7", "--max-per-period", "0"];
        let (code, stdout, stderr) = gapwise_at(&bench, "2026-10-04", &[&asked, more].concat());
        assert_eq!((code, stderr.as_str()), (1, ""));
        stdout
    };
    assert_as_reviewed("backtest.txt", &told(&[]));
    assert_as_reviewed("backtest-against.txt", &told(&["--against", "other.toml"]));
    assert_as_reviewed("backtest.json", &told(&["--against", "other.toml", "--format", "json"]));
}

#[test]
fn nobody_of_a_small_group_is_named() {
    let bench = Bench::of(&gapwise::simulate::Centre { agents: 6, teams: 1, ..centre() });
    bench.write("own.toml", OWN);
    let (code, stdout, stderr) =
        gapwise(&bench, &["--periods", "2", "--against", "own.toml", "--format", "json"]);
    assert_eq!(code, 0, "{stderr}");
    let told: Value = serde_json::from_str(&stdout).unwrap();
    for period in told["periods"].as_array().unwrap() {
        for list in ["verdicts", "decisions"] {
            assert_eq!(period[list], json!([]), "six agents are spoken of");
        }
        let about_people = only(&period["findings"], &["metric"], |one| !one["metric"].is_null());
        assert_eq!(about_people, Vec::<Value>::new());
    }
}

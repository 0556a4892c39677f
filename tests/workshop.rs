//! What a consultant asks of one rule: `try`, `explain` of a past finding, `test --new`. Whole outputs stand in
//! `tests/golden/try`; `GAPWISE_BLESS=1 cargo test --test workshop` writes them anew; read what changed.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use chrono::{TimeZone, Utc};
use gapwise::config;
use gapwise::kinds::KINDS;
use gapwise::simulate::{self, Centre};
use gapwise::trial::{self, Found};
use gapwise::world::World;
use tempfile::TempDir;

/// A client's own rules beside the shipped ones, one for each thing that can be said of a rule.
const CLIENT: &str = r#"
[[rule]]
id = "types-apart"
kind = "variability"
metrics = ["m"]
window = 12
over = "each"
thresholds = { min-sd = "6pt" }
when = "sd >= min_sd"
severity = "low"
title = "In {{ item }} agents differ by {{ sd }}"

[[rule]]
id = "some-type-apart"
kind = "variability"
metrics = ["m"]
window = 12
over = "any"
thresholds = { min-sd = "1pt" }
when = "sd_low > min_sd"

[[rule]]
id = "all-types-apart"
kind = "variability"
metrics = ["m"]
window = 12
over = "all"
thresholds = { min-sd = "30pt" }
when = "sd >= min_sd"

[[rule]]
id = "teams-short"
kind = "gap"
metrics = ["m"]
scopes = ["team"]
window = 12
thresholds = { min-gap = "1pt" }
when = "adverse >= min_gap"

[[rule]]
id = "work-in-few-hands"
kind = "sql"
metrics = ["m"]
window = 12
query = "SELECT SUM(n) AS n, COUNT(DISTINCT agent) AS agents, 0.25 AS share FROM cube"
thresholds = { part = "50%" }
when = "share >= part"

[[override]]
rule = "agents-vary"
where = { metric = ["m"] }
thresholds.min-sd = "30pt"
why = "agreed in spring: less is not felt"

[[waiver]]
rule = "gap-is-real"
where = { metric = ["m"] }
until = 2027-01-31
why = "the redesign lands in January"
owner = "Head of Claims"

[[disable]]
rule = "target-never-met"
why = "targets were set afresh"

[[disable]]
rule = "types-apart"
where = { team = ["Team 1"] }
why = "Team 1 tests another script"
"#;

struct Bench {
    home: TempDir,
}

impl Bench {
    fn of(keys: &str, client: &str) -> Self {
        let bench = Self { home: tempfile::tempdir().unwrap() };
        simulate::write_centre(&Centre::parse(keys).unwrap(), &bench.folder()).unwrap();
        let file = bench.folder().join("gapwise.toml");
        let text = fs::read_to_string(&file).unwrap();
        let rules =
            text.replace("[\"builtin:contact-centre\"]", "[\"builtin:contact-centre\", \"rules/*.toml\"]");
        assert_ne!(text, rules);
        fs::write(&file, rules.replace("history = 8", "history = 2")).unwrap();
        fs::create_dir(bench.folder().join("rules")).unwrap();
        bench.client(client);
        bench
    }

    fn small() -> Self {
        let centre = "agents = 16\nteams = 2\nweeks = 12\ncontacts = 24\ntypes = { Billing = 0.6, Refund = 0.4 }\nlevel = 0.7\n\
                      structural = { Refund = 0.45 }\nspread = 0.06\ntarget = 0.75\nmaterial = 0.02\nnoise = false\n";
        Self::of(centre, CLIENT)
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("client")
    }

    fn client(&self, text: &str) {
        fs::write(self.folder().join("rules/client.toml"), text).unwrap();
    }

    /// Exit code, standard output, standard error.
    fn gapwise(&self, args: &str) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        let output = command
            .args(args.split_whitespace())
            .current_dir(self.folder())
            .env_remove("GAPWISE_LOG")
            .env("POLARS_MAX_THREADS", "1")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// What is said where all goes well.
    fn says(&self, args: &str) -> String {
        let (code, stdout, stderr) = self.gapwise(args);
        assert_eq!((code, stderr.as_str()), (0, ""), "{args}\n{stdout}{stderr}");
        stdout
    }

    fn tries(&self, args: &str) -> String {
        self.says(&format!("try {args} --as-of 2026-11-15"))
    }
}

fn golden(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/try/{name}.txt"));
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        fs::write(&path, said).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(said, expected, "{} differs", path.display());
}

#[test]
fn a_tried_rule_says_what_it_answers_why_and_what_would_turn_it() {
    let bench = Bench::small();
    for (name, args) in [
        ("waived", "gap-is-real"),
        ("overridden", "agents-vary"),
        ("each", "types-apart"),
        ("any", "some-type-apart"),
        ("all", "all-types-apart"),
        ("sql", "work-in-few-hands"),
        ("cannot-tell", "coaching-does-not-move"),
        ("of-the-verdicts", "misdirected-coaching"),
    ] {
        let said = bench.tries(args);
        assert!(!said.contains("A0"), "{args} names an agent:\n{said}");
        golden(name, &said);
    }
}

#[test]
fn the_answers_of_the_last_periods_are_a_line_each() {
    let said = Bench::small().tries("teams-short --history 3");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(lines[2].starts_with("2026-W46  fires: true in 2 places"), "{said}");
}

#[test]
fn a_tried_rule_as_json_has_the_steps_and_the_numbers() {
    let said = Bench::small().tries("agents-vary --metric m --format json");
    let view: serde_json::Value = serde_json::from_str(&said).unwrap();
    let row = &view["places"][0]["rows"][0];
    assert_eq!(view["places"][0]["answer"], false);
    assert_eq!(row["thresholds"][0]["overridden"], "agreed in spring: less is not felt");
    assert!(row["steps"].as_array().unwrap().len() >= 3, "{row}");
    let said = Bench::small().tries("work-in-few-hands --format json");
    let view: serde_json::Value = serde_json::from_str(&said).unwrap();
    let turn = &view["places"][0]["rows"][0]["turn"];
    assert_eq!((&turn["threshold"], &turn["to"]), (&"part".into(), &true.into()), "{turn}");
}

#[test]
fn teams_under_the_smallest_group_are_not_shown() {
    let centre =
        "agents = 14\nteams = 2\nweeks = 8\ncontacts = 20\ntypes = { A = 1.0 }\nlevel = 0.6\ntarget = 0.75\n";
    let bench = Bench::of(centre, CLIENT);
    let said = bench.tries("teams-short");
    assert!(said.starts_with("teams-short 2026-W46 is not shown\n"), "{said}");
    assert!(said.contains("not shown: 2 places"), "{said}");
    assert!(!said.contains("Team"), "{said}");
    let json = bench.tries("teams-short --format json");
    assert!(!json.contains("Team 1") && json.contains("\"not_shown\": 2"), "{json}");
}

#[test]
fn an_answer_made_of_what_a_report_hides_of_few_agents_is_not_shown() {
    let rule = |id: &str, when: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nkind = \"ceiling\"\nmetrics = [\"m\"]\nwindow = 12\nwhen = \"{when}\"\n\n"
        )
    };
    let bench = Bench::small();
    bench.client(&(rule("of-few", "best_agents >= 2") + &rule("of-all", "n > 0")));
    let few = bench.tries("of-few --format json");
    let view: serde_json::Value = serde_json::from_str(&few).unwrap();
    assert_eq!((&view["places"], &view["not_shown"]), (&serde_json::json!([]), &1.into()), "{few}");
    let all = bench.tries("of-all --format json");
    let view: serde_json::Value = serde_json::from_str(&all).unwrap();
    let row = &view["places"][0]["rows"][0];
    let value = |name: &str| {
        row["evidence"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(
        (row["answer"].as_bool(), value("best_agents"), value("best")),
        (Some(true), serde_json::Value::Null, serde_json::Value::Null)
    );
}

#[test]
fn what_cannot_be_tried_is_told_with_the_way_out() {
    let bench = Bench::small();
    for (args, why) in [
        ("agents-vry", "error: `agents-vry` is no rule in force; did you mean `agents-vary`?\n"),
        (
            "target-never-met",
            "error: `target-never-met` is disabled in rules/client.toml:63: targets were set afresh; take that \
             `[[disable]]` out to try it\n",
        ),
        (
            "teams-short --metric handel",
            "error: `teams-short` does not judge a metric `handel`; known: `m`\n",
        ),
        ("teams-short --scope taem", "error: `teams-short` is not asked by `taem`; did you mean `team`?\n"),
        (
            "teams-short --scope team=Nobody",
            "error: there is no team `Nobody` to show; leave `=Nobody` out to see which there are\n",
        ),
    ] {
        let told = bench.gapwise(&format!("try {args} --as-of 2026-11-15"));
        assert_eq!(told, (2, String::new(), why.to_owned()), "{args}");
    }
}

#[test]
fn a_finding_of_a_past_report_is_explained_and_what_changed_since_is_said() {
    let bench = Bench::small();
    assert_eq!(bench.gapwise("run --as-of 2026-11-15 --offline").0, 0);
    golden("explained", &bench.says("explain m/gap-is-real/operation"));
    golden("explained-verdict", &bench.says("explain m/verdict/operation"));
    bench.client(
        "[[override]]\nrule = \"gap-is-real\"\nthresholds.min-gap = \"40pt\"\nwhy = \"less is not felt\"\n",
    );
    let said = bench.says("explain m/gap-is-real/operation");
    assert!(said.contains("`min_gap` was 0.02 and is 0.4 (rules/client.toml:3)"), "{said}");
    assert!(said.contains("today's rule would not fire on this evidence"), "{said}");
    bench.client("[[disable]]\nrule = \"gap-is-real\"\nwhy = \"targets are under review\"\n");
    let said = bench.gapwise("explain m/gap-is-real/operation");
    assert!(said.1.contains("no rule in force any more: disabled in rules/client.toml:2"), "{said:?}");
    let (code, stdout, stderr) = bench.gapwise("explain m/gap-is-reel/operation");
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("did you mean `m/gap-is-real/operation`?"), "{stderr}");
    let (code, _, stderr) = bench.gapwise("explain m/gap-is-real/operation --period 2026-W01");
    assert!(code == 2 && stderr.contains("no report to read"), "{stderr}");
}

#[test]
fn the_first_tests_of_a_rule_of_the_clients_metric_and_segment_pass() {
    let client = r#"
[[rule]]
id = "leeds-apart"
kind = "variability"
metrics = ["aht"]
scopes = ["operation", "queue"]
where = { contact-type = ["Claims"], site = ["Leeds"] }
window = 12
thresholds = { min-sd = "12s" }
when = "sd_low > min_sd"
title = "{{ metric.label }} differs by {{ sd }}"
"#;
    let centre = "agents = 9\nweeks = 3\ntypes = { A = 1.0 }\nhandle = { level = 300 }\n";
    let bench = Bench::of(centre, client);
    let file = bench.folder().join("gapwise.toml");
    let text = fs::read_to_string(&file)
        .unwrap()
        .replace("[metrics.handle]", "[metrics.aht]\nlabel = \"Handle time\"");
    let text = text.replace(
        "segments = [\"channel\", \"site\"]",
        "columns.queue = \"channel\"\nsegments = [\"site\", \"queue\"]",
    );
    fs::write(&file, text).unwrap();
    let said = bench.says("test . --new leeds-apart");
    assert!(said.starts_with("./tests/leeds-apart.toml: a centre in which `leeds-apart` fires"), "{said}");
    assert!(bench.says("test .").ends_with("2 passed, 0 failed\n"));
    assert!(bench.says("test . --run *silent").ends_with("1 passed, 0 failed\n"));
    assert!(bench.says("test . --format json").contains("\"passed\": true"));
    let (code, _, stderr) = bench.gapwise("test . --new leeds-apart");
    assert!(code == 2 && stderr.contains("exists already"), "{stderr}");
    let (code, _, stderr) = bench.gapwise("test . --new leads-apart");
    assert_eq!(
        (code, stderr.as_str()),
        (2, "error: `leads-apart` is no rule in force; did you mean `leeds-apart`?\n")
    );
}

#[test]
fn a_rule_that_nothing_makes_fire_gets_a_start_and_the_knob_to_turn() {
    let never = CLIENT.replace("min-gap = \"1pt\"", "min-gap = \"99pt\"");
    let bench = Bench::of("agents = 9\nweeks = 3\ntypes = { A = 1.0 }\n", &never);
    let (code, stdout, stderr) = bench.gapwise("test . --new teams-short");
    assert_eq!((code, stdout.as_str()), (1, ""), "{stderr}");
    assert!(stderr.contains("no centre was found in which `teams-short` fires"), "{stderr}");
    assert!(stderr.contains("turns true with min-gap at"), "{stderr}");
    assert!(bench.folder().join("tests/teams-short.toml").exists());
}

/// Kinds of which only a start by hand is written for the rule on their page, and why.
const BY_HAND: &[(&str, &str)] =
    &[("trend", "no shipped centre changes its level on the day of a change in the log")];

/// The rule on a kind's page as a client's own, beside the shipped packs where both may stand.
fn example(kind: &gapwise::kinds::Spec, folder: &Path) -> config::Loaded {
    let world = world();
    let block = kind.doc.split("## Example").nth(1).unwrap().split("```toml\n").nth(1).unwrap();
    let rule = block.split("```").next().unwrap();
    fs::write(folder.join("own.toml"), rule).unwrap();
    let workspace = |rules: &str| {
        format!(
            "client = \"Example\"\ntimezone = \"UTC\"\nrules = [{rules}]\n[sources.contacts]\npath = \"contacts.csv\"\n\
             columns.at = \"at\"\ncolumns.agent = \"agent\"\ncolumns.team = \"team\"\ncolumns.contact-type = \"type\"\n\
             segments = [\"site\", \"channel\"]\n[sources.coaching]\npath = \"coaching.csv\"\ncolumns.at = \"at\"\n\
             columns.agent = \"agent\"\n\
             [metrics.fcr]\ntype = \"proportion\"\nvalue = \"ok\"\nbetter = \"higher\"\ntarget = 0.75\nmaterial = 0.02\n\
             [metrics.aht]\ntype = \"mean\"\nvalue = \"s\"\nunit = \"s\"\nbetter = \"lower\"\ntarget = 400\nmaterial = 10\n"
        )
    };
    let load = |rules: &str| {
        fs::write(folder.join("gapwise.toml"), workspace(rules)).unwrap();
        config::load(folder, &world)
    };
    load("\"builtin:contact-centre\", \"own.toml\"")
        .or_else(|_| load("\"own.toml\""))
        .unwrap_or_else(|mistakes| panic!("{}: {}", kind.name, mistakes.render()))
}

fn world() -> World {
    World { now: Utc.with_ymd_and_hms(2026, 11, 16, 6, 0, 0).unwrap(), env: BTreeMap::new() }
}

#[test]
fn a_firing_and_a_silent_test_are_found_for_a_rule_of_every_kind() {
    let (world, mut faults) = (world(), Vec::new());
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let loaded = example(kind, folder.path());
        let rule = loaded.plan.rules.last().unwrap();
        assert_eq!(rule.kind.name, kind.name);
        let setting = trial::setting_of(folder.path(), &world).unwrap();
        let draft = trial::draft(&loaded.plan, rule, &setting, &world).unwrap();
        let by_hand = BY_HAND.iter().any(|(name, _)| *name == kind.name);
        if (draft.found == Found::Both) == by_hand {
            faults.push(format!("{}: `{}`: {:?} {:?}", kind.name, rule.id, draft.found, draft.advice));
        }
        if draft.found == Found::Both {
            for test in trial::parse(&draft.text).unwrap_or_else(|why| panic!("{why}\n{}", draft.text)).test {
                let found = trial::run(&test, &setting, &world).unwrap();
                faults.extend(found.faults.iter().map(|fault| format!("{}: {fault}", kind.name)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

//! Every rule test of the shipped packs, and laws over kinds and packs: whatever is added must have its page,
//! its words and its tests.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{TimeZone, Utc};
use gapwise::config::{self, Plan, Profile};
use gapwise::diag::Level;
use gapwise::kinds::{KINDS, Spec, Subject};
use gapwise::simulate::Scenario;
use gapwise::sql::Dialect;
use gapwise::trial::{self, Setting, Test};
use gapwise::world::World;

fn world() -> World {
    World { now: Utc.with_ymd_and_hms(2026, 11, 16, 6, 0, 0).unwrap(), env: BTreeMap::new() }
}

// ---- The shipped packs' own tests. ----

fn tests_of(pack: &str) -> Vec<(String, Test)> {
    let files = trial::builtin(pack).into_iter();
    let parsed =
        files.map(|(file, text)| (trial::parse(text).unwrap_or_else(|why| panic!("{file}: {why}")), file));
    parsed.flat_map(|(tests, file)| tests.test.into_iter().map(move |test| (file.clone(), test))).collect()
}

fn all_tests() -> Vec<(String, Test)> {
    config::builtin_names().into_iter().flat_map(tests_of).collect()
}

/// Runs a pack's tests; the panic lists every fault.
fn passes(pack: &str) {
    let (setting, world) = (Setting::builtin(pack), world());
    let tests = tests_of(pack);
    assert!(!tests.is_empty(), "`{pack}` has no test");
    let mut faults = Vec::new();
    for (file, test) in &tests {
        let found =
            trial::run(test, &setting, &world).unwrap_or_else(|why| panic!("{file}: {}: {why:#}", test.name));
        faults.extend(
            found
                .faults
                .iter()
                .map(|fault| format!("{file}: {}\n    {}", test.name, fault.replace('\n', "\n    "))),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_core_packs_rules_say_what_their_tests_want() {
    passes("core");
}

#[test]
fn the_coaching_packs_rules_say_what_their_tests_want() {
    passes("coaching");
}

#[test]
fn the_packs_rules_of_causes_and_decisions_say_what_their_tests_want() {
    passes("causes-and-decisions");
}

#[test]
fn the_coaching_process_packs_rules_say_what_their_tests_want() {
    passes("coaching-process");
}

#[test]
fn the_contact_centre_packs_rules_say_what_their_tests_want() {
    passes("contact-centre");
}

#[test]
fn the_loops_packs_rules_say_what_their_tests_want() {
    passes("loops");
}

#[test]
fn every_shipped_pack_is_run_by_a_test_here() {
    let all = ["causes-and-decisions", "coaching", "coaching-process", "contact-centre", "core", "loops"];
    assert_eq!(config::builtin_names(), all);
}

#[test]
fn a_rule_test_that_wants_something_else_says_what_it_found() {
    let text = r#"
[[test]]
name = "an on-target centre called a gap"
fires = ["gap-is-real"]
silent = ["on-target"]
cannot-tell = ["target-never-met"]
[test.title]
gap-is-real = "m is short"
[test.centre]
agents = 8
types = { Billing = 0.5, Refund = 0.5 }
level = 0.9
target = 0.5
noise = false
"#;
    let tests = trial::parse(text).unwrap();
    let found = trial::run(&tests.test[0], &Setting::builtin("core"), &world()).unwrap();
    let first: Vec<&str> = found.faults.iter().filter_map(|fault| fault.lines().next()).collect();
    let wanted = [
        "`gap-is-real` must fire and did not: its signal is false",
        "`on-target` must stay silent and fired: its signal is true",
        "`target-never-met` must not be able to tell, and could: its signal is false",
        "`gap-is-real` must say",
    ];
    assert_eq!(first, wanted);
    assert!(found.faults[0].contains("\n  actual = 0.9000\n"), "{}", found.faults[0]);
    assert!(found.faults[3].ends_with("and raised no finding"), "{}", found.faults[3]);
}

#[test]
fn a_rule_test_of_an_unknown_rule_names_the_nearest_one() {
    let text = "[[test]]\nname = \"x\"\nfires = [\"gap-is-reel\"]\n[test.centre]\nagents = 8\nweeks = 4\ntypes = { A = 1.0 }\n";
    let tests = trial::parse(text).unwrap();
    let found = trial::run(&tests.test[0], &Setting::builtin("core"), &world()).unwrap();
    assert_eq!(found.faults, ["`gap-is-reel` is no rule in force; did you mean `gap-is-real`?"]);
}

#[test]
fn a_mistake_in_a_test_file_is_told_with_its_line_and_key() {
    let mistake = |text: &str| format!("{:#}", trial::parse(text).unwrap_err());
    let head = "[[test]]\nname = \"x\"\n";
    let centre = "[test.centre]\ntypes = { A = 1.0 }\n";
    let unknown = mistake(&format!("{head}[test.scenario]\nagents = 9\ncoaching = [{{ focsu = \"a\" }}]\n"));
    assert!(unknown.contains("line 5") && unknown.contains("unknown field `focsu`"), "{unknown}");
    let told = [
        (
            format!("{head}[test.scenario]\nweeks = 9\nteams = 90\n"),
            "test `x`: line 5: `scenario`: `teams` must be between 1 and `agents`",
        ),
        (
            format!("{head}[test.centre]\nlevels = {{ B = 0.5 }}\ntypes = {{ A = 1.0 }}\n"),
            "test `x`: line 4: `centre`: `B` is not one of `types`: A",
        ),
        (head.to_owned(), "test `x`: line 2: write `[test.centre]` or `[test.scenario]`"),
        (
            format!("{head}{centre}[test.tables]\ncoachng = \"at\"\n"),
            "test `x`: line 6: `tables.coachng` is no source; did you mean `coaching`?",
        ),
        (
            format!(
                "{head}{centre}[test.tables]\ncoaching = \"\"\"\nat, agent\n2026-11-02, A001\n2026-11-03\n\"\"\"\n"
            ),
            "test `x`: line 9: `tables.coaching`: this row has 1 fields, the header 2",
        ),
    ];
    for (text, wanted) in told {
        assert_eq!(mistake(&text), wanted, "{text}");
    }
}

#[test]
fn a_scenario_with_tables_of_its_own_is_judged() {
    let text = r#"
[[test]]
name = "a change on record, and sessions written out"
metric = "qa"
silent = ["gap-is-real"]
verdict = "no-gap"
causes = []
decisions = []
pattern = "none"
workspace = "sources.coaching.moves.tone = [\"qa\"]"
[test.scenario]
agents = 10
teams = 2
weeks = 12
evaluations = 3
qa = { level = 90, target = 80, spread = 2 }
noise = false
[test.tables]
coaching = """
    at,         agent, focus, minutes, status, access-profile
    2026-11-02, A001,  tone,  30,      Held,   x
"""
changes = """
at,what,contact_type,state
2026-10-05,New form,Refund,done
"""
"#;
    let tests = trial::parse(text).unwrap();
    let found = trial::run(&tests.test[0], &Setting::builtin("contact-centre"), &world()).unwrap();
    assert!(found.faults.is_empty(), "{}", found.faults.join("\n"));
}

#[test]
fn a_clients_own_rule_is_tested_beside_rules_on_metrics_the_centre_does_not_have() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("gapwise.toml", CLIENT);
    write("rules/client.toml", CLIENT_RULES);
    write("tests/hold.toml", CLIENT_TEST);
    let setting = trial::setting_of(folder.path(), &world()).unwrap();
    let files = trial::of_workspace(folder.path(), &world()).unwrap();
    assert_eq!(files[0].0, "tests/hold.toml");
    for test in trial::parse(&files[0].1).unwrap().test {
        let found = trial::run(&test, &setting, &world()).unwrap();
        assert!(found.faults.is_empty(), "{}\n{}", test.name, found.faults.join("\n"));
    }
}

const CLIENT: &str = r#"
client = "Northwind"
timezone = "Europe/London"
rules = ["builtin:core", "rules/*.toml"]

[sources.contacts]
path = "data/contacts.csv"
columns.at = "started"
columns.agent = "agent"

[metrics.hold]
label = "Time on hold"
type = "mean"
value = "hold_s"
unit = "s"
better = "lower"

[metrics.fcr]
type = "proportion"
value = "resolved = 'Y'"
better = "higher"
target = 0.8
"#;

const CLIENT_RULES: &str = r#"
[[rule]]
id = "hold-differs"
kind = "variability"
metrics = ["hold"]
thresholds = { min-sd = "20s" }
when = "sd_low > min_sd"
title = "{{ metric.label }} differs between agents by {{ sd }}"

[[rule]]
id = "resolution-differs"
kind = "variability"
metrics = ["fcr"]
thresholds = { min-sd = "3pt" }
when = "sd_low > min_sd"
"#;

const CLIENT_TEST: &str = r#"
[[test]]
name = "agents who differ by a minute on hold"
metric = "hold"
takes = "handle"
fires = ["hold-differs"]
silent = ["gap-is-real"]
title.hold-differs = "Time on hold differs between agents by 60 s"
[test.centre]
agents = 20
types = { Billing = 0.5, Refund = 0.5 }
handle = { level = 200, spread = 60 }
noise = false

[[test]]
name = "agents who do not"
metric = "hold"
takes = "handle"
silent = ["hold-differs"]
[test.centre]
agents = 20
types = { Billing = 0.5, Refund = 0.5 }
handle = { level = 200 }
noise = false

[[test]]
name = "the other metric can be tested too"
metric = "fcr"
fires = ["resolution-differs"]
silent = ["hold-differs"]
[test.centre]
agents = 20
types = { Billing = 0.5, Refund = 0.5 }
spread = 0.1
"#;

// ---- Laws over the shipped packs. ----

/// A workspace in which every metric, unit and source a pack may name is there.
fn workspace(rules: &str) -> String {
    format!(
        r#"
client = "Laws"
timezone = "Europe/London"
rules = [{rules}]

[sources.contacts]
path = "data/contacts.csv"
columns.at = "started"
columns.agent = "agent"
columns.team = "team"
columns.contact-type = "reason"
segments = ["site", "channel"]

[sources.coaching]
path = "data/coaching.csv"
columns.at = "date"
columns.agent = "agent"

[metrics.fcr]
label = "First-contact resolution"
type = "proportion"
value = "resolved = 'Y'"
better = "higher"
target = 0.75
material = 0.02

[metrics.aht]
label = "Handle time"
type = "mean"
value = "handle_s"
unit = "s"
better = "lower"
target = 400
material = 10
"#
    )
}

/// A plan without a mistake or a warning.
fn planned(folder: &Path) -> Plan {
    let loaded = config::load(folder, &world()).unwrap_or_else(|mistakes| panic!("\n{}", mistakes.render()));
    assert!(loaded.warnings.is_empty(), "\n{}", loaded.warnings.render());
    loaded.plan
}

fn plan_of(pack: &str) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("gapwise.toml"), workspace(&format!("\"builtin:{pack}\""))).unwrap();
    planned(folder.path())
}

fn is_kebab_case(name: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.split('-').all(word)
}

#[test]
fn every_shipped_pack_loads_without_a_warning() {
    for pack in config::builtin_names() {
        let plan = plan_of(pack);
        assert!(!plan.rules.is_empty(), "{pack}");
    }
}

#[test]
fn rule_ids_are_kebab_case_and_signals_snake_case() {
    for rule in plan_of("contact-centre").rules {
        assert!(is_kebab_case(&rule.id), "{}", rule.id);
        assert!(is_kebab_case(&rule.signal.replace('_', "-")), "{}", rule.signal);
    }
}

#[test]
fn every_shipped_rule_has_a_test_where_it_fires_and_one_where_it_stays_silent() {
    let tests = all_tests();
    let asked = |read: fn(&Test) -> &Vec<String>| -> BTreeSet<&str> {
        tests.iter().flat_map(|(_, test)| read(test)).map(String::as_str).collect()
    };
    let (fires, silent) = (asked(|test| &test.fires), asked(|test| &test.silent));
    for rule in plan_of("contact-centre").rules {
        assert!(fires.contains(rule.id.as_str()), "no test in which `{}` fires", rule.id);
        assert!(silent.contains(rule.id.as_str()), "no test in which `{}` stays silent", rule.id);
    }
}

#[test]
fn every_title_of_a_shipped_rule_is_tested_word_by_word() {
    let tests = all_tests();
    let tested: BTreeSet<&str> =
        tests.iter().flat_map(|(_, test)| test.title.keys()).map(String::as_str).collect();
    for rule in plan_of("contact-centre").rules.iter().filter(|rule| rule.title.is_some()) {
        assert!(tested.contains(rule.id.as_str()), "no test reads the title of `{}`", rule.id);
    }
}

#[test]
fn every_verdict_is_tested_in_every_form() {
    let tests = all_tests();
    let tested: BTreeSet<(&str, &str)> = tests
        .iter()
        .filter_map(|(_, test)| Some((test.verdict.as_deref()?, test.form.as_deref()?)))
        .collect();
    for verdict in &plan_of("contact-centre").verdicts {
        for (form, _) in &verdict.forms {
            let pair = (verdict.verdict.name(), form.as_str());
            assert!(tested.contains(&pair), "no test reaches {} {form}", verdict.verdict.name());
        }
    }
    let refused = tests.iter().filter(|(_, test)| test.verdict.as_deref() == Some("not-enough-evidence"));
    assert!(refused.count() >= 3);
}

#[test]
fn the_last_form_of_a_verdict_always_holds() {
    for verdict in &plan_of("contact-centre").verdicts {
        let last = verdict.forms.last().map(|(_, when)| when.is_none());
        assert!(last.unwrap_or(true), "{}", verdict.verdict.name());
        let earlier = verdict.forms.iter().rev().skip(1);
        assert!(
            earlier.into_iter().all(|(_, when)| when.is_some()),
            "{}: a form after it is never reached",
            verdict.verdict.name()
        );
    }
}

#[test]
fn every_decision_asks_for_a_verdict_and_a_form_that_can_be_reached() {
    let plan = plan_of("contact-centre");
    for decision in &plan.decisions {
        let reached = plan.verdicts.iter().filter(|verdict| verdict.verdict == decision.verdict);
        let forms: Vec<&str> =
            reached.flat_map(|verdict| &verdict.forms).map(|(form, _)| form.as_str()).collect();
        assert!(!forms.is_empty(), "{}", decision.id);
        assert!(
            decision.form.as_deref().is_none_or(|form| forms.contains(&form)),
            "{}: {forms:?}",
            decision.id
        );
        assert!(is_kebab_case(&decision.id) && decision.what.ends_with('.'), "{}", decision.id);
    }
}

#[test]
fn a_rule_with_a_title_says_why_what_to_observe_and_what_would_change_its_mind() {
    for rule in plan_of("contact-centre").rules.iter().filter(|rule| rule.title.is_some()) {
        let id = &rule.id;
        assert!(rule.say.as_deref().is_some_and(|say| say.ends_with(['.', '}'])), "{id}: say");
        assert!(
            rule.change_our_mind.as_deref().is_some_and(|text| text.ends_with('.')),
            "{id}: change-our-mind"
        );
        assert!(!rule.observe.is_empty(), "{id}: observe");
        assert!(rule.observe.iter().all(|text| text.ends_with(['.', '?'])), "{id}: observe");
        assert!(!rule.title.as_deref().unwrap_or_default().ends_with('.'), "{id}: a title has no full stop");
    }
}

// ---- Laws over the kinds. ----

#[test]
fn kind_names_are_unique_and_kebab_case() {
    let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), KINDS.len());
    assert!(names.into_iter().all(is_kebab_case));
}

#[test]
fn every_kind_is_used_by_a_shipped_rule() {
    let plan = plan_of("contact-centre");
    for kind in KINDS {
        assert!(plan.rules.iter().any(|rule| rule.kind.name == kind.name), "{}", kind.name);
    }
}

#[test]
fn columns_and_parameters_are_named_once_and_explained_in_a_sentence() {
    for kind in KINDS {
        let columns: Vec<_> = kind.columns.iter().map(|column| (column.name, column.doc)).collect();
        let parameters: Vec<_> = kind.parameters.iter().map(|key| (key.name, key.doc)).collect();
        for named in [columns, parameters] {
            let mut seen = BTreeSet::new();
            for (name, doc) in named {
                assert!(seen.insert(name), "{}: `{name}` twice", kind.name);
                assert!(doc.len() > 7 && doc.ends_with('.'), "{}: `{name}`: {doc}", kind.name);
            }
        }
        assert!(
            kind.columns.iter().all(|column| is_kebab_case(&column.name.replace('_', "-"))),
            "{}",
            kind.name
        );
        assert!(kind.parameters.iter().all(|key| is_kebab_case(key.name)), "{}", kind.name);
    }
}

#[test]
fn every_p_value_of_a_kind_is_a_probability_among_its_columns() {
    for kind in KINDS {
        for name in kind.p_values {
            let column = kind.columns.iter().find(|column| column.name == *name);
            assert!(
                column.is_some_and(|c| c.unit == gapwise::model::ColumnUnit::Probability),
                "{}: {name}",
                kind.name
            );
        }
    }
}

const HEADINGS: [&str; 7] = [
    "## What it answers",
    "## Why it matters",
    "## Parameters",
    "## Evidence columns",
    "## How it is computed",
    "## When it cannot tell",
    "## Example",
];

#[test]
fn every_page_of_a_kind_has_its_headings_in_order() {
    for kind in KINDS {
        assert!(
            kind.doc.starts_with(&format!("# {}\n", kind.name)),
            "{}: the first line is its name",
            kind.name
        );
        let found: Vec<&str> = kind.doc.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(found, HEADINGS, "{}", kind.name);
        for filled in ["{{ parameters }}", "{{ columns }}"] {
            assert_eq!(kind.doc.matches(filled).count(), 1, "{}: {filled}", kind.name);
        }
        for section in kind.doc.split("\n## ").skip(1) {
            let (heading, text) = section.split_once('\n').unwrap();
            assert!(text.trim().len() > 10, "{}: `{heading}` says nothing", kind.name);
        }
    }
}

/// The blocks fenced as TOML.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

fn example(kind: &Spec) -> &'static str {
    let (_, section) = kind.doc.split_once("## Example").unwrap();
    let blocks = blocks(section);
    assert_eq!(blocks.len(), 1, "{}: one example", kind.name);
    blocks[0]
}

#[test]
fn the_example_on_every_page_of_a_kind_is_a_rule_that_loads() {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("gapwise.toml"), workspace("\"example.toml\"")).unwrap();
        fs::write(folder.path().join("example.toml"), example(kind)).unwrap();
        let plan = planned(folder.path());
        assert_eq!(plan.rules.len(), 1, "{}", kind.name);
        let rule = &plan.rules[0];
        assert_eq!(rule.kind.name, kind.name);
        assert!(rule.title.is_some() && rule.say.is_some(), "{}: an example has words", kind.name);
        assert!(kind.subject == Subject::Data || !rule.metrics.is_empty(), "{}", kind.name);
    }
}

// ---- Every other TOML that is shipped. ----

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder, sorted.
fn files(folder: &str, glob: &str) -> Vec<PathBuf> {
    world().glob(&root().join(folder), glob).unwrap()
}

#[test]
fn every_shipped_toml_is_a_pack_a_test_a_profile_a_dialect_or_words() {
    let files = files("rules", "**/*.toml");
    assert!(files.len() > 15, "{files:?}");
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&file).unwrap();
        match (folder.as_str(), stem.as_str()) {
            ("profiles", _) => assert!(Profile::named(&stem).is_some(), "{stem}"),
            ("dialects", _) => drop(Dialect::parse(&text).unwrap_or_else(|why| panic!("{stem}: {why:?}"))),
            ("tests", _) => drop(trial::parse(&text).unwrap_or_else(|why| panic!("{stem}: {why:?}"))),
            // The words `init` guesses by are read, and tried on exports, in `tests/init`.
            ("rules", "intake") => drop(text.parse::<toml::Table>().unwrap()),
            ("rules", "capabilities") => assert!(config::capabilities().unwrap().len() > 70),
            // That every text is there is asked in `tests/wording`.
            ("words", _) => drop(text.parse::<toml::Table>().unwrap()),
            (pack, _) => assert!(config::builtin_names().contains(&pack), "{pack}: {stem}"),
        }
    }
}

#[test]
fn the_example_workspaces_load_without_a_warning() {
    let workspaces = files("examples", "*/gapwise.toml");
    assert!(workspaces.len() >= 2, "{workspaces:?}");
    for file in &workspaces {
        planned(file.parent().unwrap());
    }
    let scenario = fs::read_to_string(root().join("examples/scenario.toml")).unwrap();
    Scenario::parse(&scenario).unwrap();
}

#[test]
fn a_warning_about_a_pack_would_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let idle = "[[rule]]\nid = \"x\"\nkind = \"gap\"\nthresholds = { idle = 1 }\nwhen = \"adverse > 0\"\n";
    fs::write(folder.path().join("gapwise.toml"), workspace("\"x.toml\"")).unwrap();
    fs::write(folder.path().join("x.toml"), idle).unwrap();
    let loaded = config::load(folder.path(), &world()).unwrap();
    assert_eq!(loaded.warnings.count(Level::Warning), 1);
}

// ---- The documentation's snippets. ----

#[test]
fn every_snippet_about_writing_rules_loads_or_runs() {
    let read = |page: &str| fs::read_to_string(root().join("docs").join(page)).unwrap();
    let page = read("writing-rules.md") + &read("testing-rules.md");
    let (mut rules, mut tests) = (0, 0);
    for block in blocks(&page) {
        if block.contains("[[test]]") {
            tests += 1;
            for test in trial::parse(block).unwrap_or_else(|why| panic!("{why}\n{block}")).test {
                let mut setting = Setting::builtin("contact-centre");
                let folder = tempfile::tempdir().unwrap();
                if block.contains("agents-differ-by-type") {
                    let file = folder.path().join("client.toml");
                    fs::write(
                        &file,
                        blocks(&page)
                            .into_iter()
                            .find(|b| b.contains("id = \"agents-differ-by-type\""))
                            .unwrap(),
                    )
                    .unwrap();
                    setting.rules.push(file.display().to_string());
                }
                let found = trial::run(&test, &setting, &world()).unwrap_or_else(|why| panic!("{why:#}"));
                assert!(found.faults.is_empty(), "{}\n{}", test.name, found.faults.join("\n"));
            }
        } else if block.contains("client = ") {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("rules")).unwrap();
            fs::write(folder.path().join("gapwise.toml"), block).unwrap();
            planned(folder.path());
        } else {
            rules += 1;
            let folder = tempfile::tempdir().unwrap();
            fs::write(
                folder.path().join("gapwise.toml"),
                workspace("\"builtin:contact-centre\", \"client.toml\""),
            )
            .unwrap();
            fs::write(folder.path().join("client.toml"), block).unwrap();
            let loaded = config::load(folder.path(), &world())
                .unwrap_or_else(|why| panic!("\n{}\n{block}", why.render()));
            let only_silenced = loaded
                .warnings
                .sorted()
                .iter()
                .all(|warning| block.contains("[[disable]]") && warning.code == "GW160");
            assert!(only_silenced, "\n{}\n{block}", loaded.warnings.render());
        }
    }
    assert!(rules >= 4 && tests >= 1, "{rules} rules, {tests} tests");
}

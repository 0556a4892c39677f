//! `check --data` on whole workspaces: a healthy one, published data, and data that would hurt if they were shown.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use gapwise::config;
use gapwise::job::{Look, open_loaded};
use gapwise::probe::{self, Seen};
use gapwise::simulate;
use gapwise::source::survey;
use gapwise::world::World;

fn gapwise(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    command.args(args).current_dir(folder).env_remove("GAPWISE_LOG").output().unwrap()
}

fn said(output: &Output) -> (String, String) {
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

const WORKSPACE: &str = r#"
client = "A"
rules = ["builtin:core"]

[sources.contacts]
path = "contacts.csv"
columns.at = "at"
columns.agent = "agent"
columns.team = "team"
columns.contact-type = "type"
values.contact-type.Known = ["known"]
segments = ["supervisor"]

[sources.coaching]
path = "coaching.csv"
columns.at = "at"
columns.agent = "agent"
columns.coach = "coach"
columns.status = "status"

[metrics.aht]
type = "mean"
unit = "s"
value = "handle"
better = "lower"
target = 300
"#;

/// Twenty agents of one team and three of another, in four weeks; every text that tells who somebody is says so.
fn write(folder: &Path, contact_type: &dyn Fn(usize) -> String) {
    let mut contacts = String::from("at,agent,team,type,supervisor,handle\n");
    let mut coaching = String::from("at,agent,coach,status\n");
    for day in 2..30 {
        for agent in 0..23 {
            let team = if agent < 20 { "Large" } else { "Secret-Small" };
            let kind = contact_type(agent).replace('"', "\"\"");
            writeln!(
                contacts,
                "2026-03-{day:02},Secret-Agent-{agent},{team},\"{kind}\",Secret-Boss-{},300",
                agent % 2
            )
            .unwrap();
        }
        writeln!(coaching, "2026-03-{day:02},Secret-Agent-{},Secret-Coach,Secret-Status-{day}", day % 23)
            .unwrap();
    }
    fs::write(folder.join("gapwise.toml"), WORKSPACE).unwrap();
    fs::write(folder.join("contacts.csv"), contacts).unwrap();
    fs::write(folder.join("coaching.csv"), coaching).unwrap();
}

#[test]
fn a_simulated_centre_has_nothing_to_complain_of_and_fits_on_a_screen() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = simulate::demo();
    simulate::write(&scenario, folder.path()).unwrap();
    let output = gapwise(folder.path(), &["check", ".", "--data"]);
    let (stdout, stderr) = said(&output);
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{stdout}");
    for part in ["190,627 rows: 190,627 used", "contacts contact-type: 8 values", "2026-W46: ", "needs "] {
        assert!(stdout.contains(part), "no `{part}` in\n{stdout}");
    }
    assert!(stdout.lines().count() <= 40, "{stdout}");
    assert!(!folder.path().join("out").exists(), "a check leaves nothing behind");
}

#[test]
fn published_data_are_described_without_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    if !root.join("../../shared/data/contacts").exists() {
        return;
    }
    for (example, part) in [
        ("pwc-call-centre", "5,000 rows: 3,968 used, 946 filtered, 86 later; 2021-01-01 to 2021-03-28"),
        ("anonymous-bank", "33,344 rows: 26,671 used, 6,182 filtered, 491 refused; 1999-02-01 to 1999-02-28"),
    ] {
        let output = gapwise(&root, &["check", example, "--data"]);
        let (stdout, stderr) = said(&output);
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{example}");
        assert!(stdout.contains(part), "{stdout}");
    }
}

#[test]
fn nobody_and_no_small_group_is_named_in_text_or_in_json() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &|agent| if agent < 20 { "open" } else { "Secret-Type" }.to_owned());
    let output = gapwise(folder.path(), &["check", ".", "--data", "--as-of", "2026-03-29"]);
    let (stdout, stderr) = said(&output);
    let all = format!("{stdout}{stderr}");
    assert!(
        stderr.contains("GW310") && stderr.contains("`open` 560 rows, 1 of fewer than 8 agents each"),
        "{all}"
    );
    assert!(stderr.contains("GW340"), "statuses that mean nothing are counted: {all}");
    assert!(!all.to_lowercase().contains("secret"), "{all}");

    let world = World { now: "2026-04-01T00:00:00Z".parse().unwrap(), env: std::env::vars().collect() };
    let loaded = config::load(folder.path(), &world).unwrap();
    let surveyed = survey(&loaded.plan);
    let look = Look { as_of: Some("2026-03-29".into()), out: folder.path().join("out"), back: 0 };
    let opened = open_loaded(loaded, &look, &world).unwrap();
    let seen = Seen {
        plan: opened.plan(),
        settings: &opened.loaded.settings,
        surveyed: &surveyed,
        data: &opened.data,
        period: opened.period,
    };
    let json = serde_json::to_string(&seen.facts()).unwrap();
    assert!(json.contains(r#""unmapped_values":[{"value":"open","rows":560}],"unmapped_more":1"#), "{json}");
    assert!(!json.to_lowercase().contains("secret"), "{json}");
    assert!(!seen.diagnostics(&probe::files(seen.plan, seen.settings, &surveyed)).is_empty());
}

#[test]
fn a_misspelt_name_is_never_answered_with_a_small_group() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &|_| "known".to_owned());
    let event = "\n[[event]]\nwhat = \"x\"\ndates = [2026-03-10]\nwhere = { team = [\"Secre-Small\"] }\n";
    fs::write(folder.path().join("gapwise.toml"), format!("{WORKSPACE}{event}")).unwrap();
    let (_, stderr) = said(&gapwise(folder.path(), &["check", ".", "--data", "--as-of", "2026-03-29"]));
    assert!(stderr.contains("GW320") && stderr.contains("help: known: `Large`"), "{stderr}");
    assert!(!stderr.contains("Secret"), "{stderr}");
}

#[test]
fn a_day_that_is_none_is_a_mistake_of_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &|_| "known".to_owned());
    let output = gapwise(folder.path(), &["check", ".", "--data", "--as-of", "last-week"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).1.contains("cannot read `last-week` as a day"));
}

#[test]
fn a_hostile_value_is_printed_short_and_inert() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = format!("\u{1b}[2J\u{202e}\u{7}evil\r\u{9b}{}", "x".repeat(10_000));
    write(folder.path(), &|_| hostile.clone());
    let (stdout, stderr) = said(&gapwise(folder.path(), &["check", ".", "--data", "--as-of", "2026-03-29"]));
    let all = format!("{stdout}{stderr}");
    assert!(all.contains("evil"), "{all}");
    assert!(all.chars().all(|c| c == '\n' || !c.is_control()), "{all:?}");
    assert!(!all.contains('\u{202e}') && !all.contains(&"x".repeat(50)), "{all}");
}

#[test]
fn a_run_names_what_matches_nothing_on_standard_error_and_publishes_none_of_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &|_| "known".to_owned());
    let toml = WORKSPACE.replace("[\"known\"]", "[\"known\", \"gone*\"]");
    fs::write(folder.path().join("gapwise.toml"), toml).unwrap();
    let output = gapwise(folder.path(), &["run", ".", "--as-of", "2026-03-29"]);
    let (stdout, stderr) = said(&output);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(stderr.contains("GW311") && stderr.contains("`gone*`"), "{stderr}");
    assert!(stdout.contains("published"), "{stdout}");
    for file in glob::glob(folder.path().join("out/a/latest/*").to_str().unwrap()).unwrap().flatten() {
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(!text.contains("gone*"), "{}", file.display());
    }
}

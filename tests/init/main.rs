//! `gapwise init` as its users meet it: exports in the shapes of real systems become workspaces that are in order and
//! run. The workspaces written are kept beside this file; `GAPWISE_BLESS=1` writes them again, to be read and reviewed.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

mod exports;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;

/// One client's folder.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self { folder }
    }

    fn gapwise(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        command.current_dir(self.folder.path()).env("POLARS_MAX_THREADS", "1").args(args).output().unwrap()
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn has(&self, name: &str) -> bool {
        self.folder.path().join(name).exists()
    }

    /// init, check without a warning, run: all exit with 0. Yields what init said.
    fn round_trip(&self, data: &str) -> String {
        let init = self.gapwise(&[
            "init",
            data,
            "--out",
            "client",
            "--client",
            "Northwind",
            "--timezone",
            "Europe/London",
        ]);
        assert_eq!(init.status.code(), Some(0), "{}", errors(&init));
        let said = String::from_utf8(init.stdout).unwrap();
        let check = self.gapwise(&["check", "client"]);
        assert_eq!(
            (check.status.code(), errors(&check)),
            (Some(0), String::new()),
            "{}",
            self.text("client/gapwise.toml")
        );
        let run = said.lines().find_map(|line| line.trim().strip_prefix("gapwise run ")).unwrap().to_owned();
        let run: Vec<&str> = std::iter::once("run").chain(run.split(' ')).collect();
        let run = self.gapwise(&run);
        assert_eq!(run.status.code(), Some(0), "{}", errors(&run));
        said
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn golden(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/init").join(name);
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    assert_eq!(read(&path), found, "{name} is not what was reviewed");
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn a_genesys_export_becomes_a_workspace_that_runs() {
    let case = Case::new(&[("export.csv", exports::genesys().as_bytes())]);
    case.round_trip("export.csv");
    golden("genesys.toml", &case.text("client/gapwise.toml"));
    golden("genesys.rules.toml", &case.text("client/rules/client.toml"));
}

#[test]
fn a_five9_export_becomes_a_workspace_that_runs() {
    let case = Case::new(&[("call log.csv", exports::five9().as_bytes())]);
    let said = case.round_trip("call log.csv");
    golden("five9.toml", &case.text("client/gapwise.toml"));
    golden("five9.contact-type.csv", &case.text("client/mapping/contact-type.csv"));
    golden("five9.txt", &said);
}

#[test]
fn a_cxone_export_becomes_a_workspace_that_runs() {
    let case = Case::new(&[("contacts.csv", exports::cxone().as_bytes())]);
    case.round_trip("contacts.csv");
    golden("cxone.toml", &case.text("client/gapwise.toml"));
}

#[test]
fn a_talkdesk_export_becomes_a_workspace_that_runs() {
    let case = Case::new(&[("calls.csv", exports::talkdesk().as_bytes())]);
    case.round_trip("calls.csv");
    golden("talkdesk.toml", &case.text("client/gapwise.toml"));
}

#[test]
fn contact_records_of_amazon_connect_become_a_workspace_that_runs() {
    let case = Case::new(&[("ctr.ndjson", exports::connect().as_bytes())]);
    case.round_trip("ctr.ndjson");
    golden("connect.toml", &case.text("client/gapwise.toml"));
}

#[test]
fn a_german_export_with_a_preamble_becomes_a_workspace_that_runs() {
    let case = Case::new(&[("auswertung.csv", &exports::german())]);
    case.round_trip("auswertung.csv");
    golden("german.toml", &case.text("client/gapwise.toml"));
}

#[test]
fn the_tables_of_a_centre_become_one_workspace_with_all_its_sources() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/init/centre.toml");
    let case = Case::new(&[]);
    let made = case.gapwise(&["simulate", scenario, "--out", "made"]);
    assert_eq!(made.status.code(), Some(0), "{}", errors(&made));
    let said = case.round_trip("made/data");
    golden("centre.found.toml", &case.text("client/gapwise.toml"));
    for source in ["contacts", "evaluations", "coaching", "roster", "changes"] {
        assert!(said.lines().any(|line| line.starts_with(source)), "{source} was not recognised:\n{said}");
    }
}

#[test]
fn files_with_the_same_headers_are_one_source_by_a_glob() {
    let whole = exports::talkdesk();
    let (header, rows) = whole.split_once('\n').unwrap();
    let (first, second) = rows.split_at(rows[..rows.len() / 2].rfind('\n').unwrap() + 1);
    let june = format!("{header}\n{first}");
    let july = format!("{header}\n{second}");
    let case =
        Case::new(&[("in/calls-2026-06.csv", june.as_bytes()), ("in/calls-2026-07.csv", july.as_bytes())]);
    case.round_trip("in");
    let text = case.text("client/gapwise.toml");
    assert!(text.contains("path = \"../in/calls-2026-0*.csv\""), "{text}");
    assert!(text.contains("# 4000 rows in 2 files"), "{text}");
}

#[test]
fn a_glob_that_takes_in_another_table_is_refused() {
    let calls = exports::talkdesk();
    let case = Case::new(&[
        ("calls-1.csv", calls.as_bytes()),
        ("calls-2.csv", calls.as_bytes()),
        ("calls-x.csv", b"notes\nhello\n"),
    ]);
    let init = case.gapwise(&["init", "calls-1.csv", "calls-2.csv", "--out", "client"]);
    assert_eq!(init.status.code(), Some(2));
    assert!(errors(&init).contains("put them in a folder of their own"), "{}", errors(&init));
    assert!(!case.has("client"));
}

#[test]
fn a_file_that_cannot_be_read_is_left_out_and_named() {
    let case = Case::new(&[("in/calls.csv", exports::talkdesk().as_bytes()), ("in/empty.csv", b"")]);
    let said = case.round_trip("in");
    assert!(said.contains("left out: `in/empty.csv` is empty"), "{said}");
    let alone = case.gapwise(&["init", "in/empty.csv", "--out", "other"]);
    assert_eq!((alone.status.code(), errors(&alone).as_str()), (Some(2), "error: `in/empty.csv` is empty\n"));
}

#[test]
fn nothing_is_written_where_no_column_says_which_agent() {
    let case = Case::new(&[(
        "calls.csv",
        b"call id,date,topic,resolved\n1,2026-06-01,Billing,Y\n2,2026-06-02,Refund,N\n",
    )]);
    let init = case.gapwise(&["init", "calls.csv", "--out", "client"]);
    assert_eq!(init.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&init.stdout), "");
    golden("no-agent.txt", &errors(&init));
    assert!(!case.has("client"));
}

#[test]
fn a_workspace_that_is_there_is_not_written_over() {
    let case = Case::new(&[("calls.csv", exports::talkdesk().as_bytes()), ("client/gapwise.toml", b"mine")]);
    let init = case.gapwise(&["init", "calls.csv", "--out", "client"]);
    assert_eq!(init.status.code(), Some(2));
    assert!(errors(&init).contains("`client` is a workspace already"), "{}", errors(&init));
    assert_eq!(case.text("client/gapwise.toml"), "mine");
}

#[test]
fn no_agent_and_no_customer_reaches_a_file_or_the_screen() {
    let case = Case::new(&[("call log.csv", exports::five9().as_bytes())]);
    let said = case.round_trip("call log.csv");
    let written = ["gapwise.toml", "rules/client.toml", "mapping/contact-type.csv"];
    let all: String = written.iter().map(|name| case.text(&format!("client/{name}"))).chain([said]).collect();
    for hidden in ["a01@example.com", "@example", "Agent 0", "Agent 1", "+11"] {
        assert!(!all.contains(hidden), "`{hidden}` is told");
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let case = Case::new(&[("calls.csv", exports::talkdesk().as_bytes())]);
    let said: Vec<Vec<u8>> = ["one/client", "two/client"]
        .map(|out| case.gapwise(&["init", "calls.csv", "--out", out]).stdout)
        .into_iter()
        .collect();
    assert_eq!(said[0].len(), said[1].len());
    for name in ["gapwise.toml", "rules/client.toml"] {
        assert_eq!(case.text(&format!("one/client/{name}")), case.text(&format!("two/client/{name}")));
    }
}

const HEADERS: &[&str] = &[
    "agent",
    "date",
    "time",
    "team",
    "topic",
    "resolved",
    "handle_s",
    "talk time",
    "csat",
    "score",
    "id",
    "",
    "status",
    "answered",
    "coach",
    "Agent \"x\"",
    "at",
    "é'\\",
];

const CELLS: &[&str] = &[
    "",
    "Y",
    "N",
    "0",
    "1",
    "5",
    "-3",
    "1,5",
    "1.5",
    "2026-06-01",
    "2026-06-09",
    "01/02/2026",
    "07:30:00",
    "00:05",
    "NaN",
    "Billing",
    "Refund",
    "ann",
    "bob",
    "[None]",
    "-",
    "x\"y",
    "<b>",
    "=1+1",
    "\u{202e}rtl",
    "Total",
    "it's",
    "1e300",
];

/// Contacts with a time and an agent that are mostly sound, and columns of anything under any header.
fn table() -> impl Strategy<Value = String> {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let further = prop::collection::vec(
        (prop::sample::select(HEADERS), prop::collection::vec(0..CELLS.len(), 1..4)),
        1..6,
    );
    let rows = prop::collection::vec((0u32..60, 0u32..5, any::<u8>()), 0..40);
    (further, rows).prop_map(move |(further, rows)| {
        let mut header = vec![quoted("started at"), quoted("agent id"), quoted("resolved")];
        header.extend(further.iter().map(|(name, _)| quoted(name)));
        let mut text = header.join(",") + "\n";
        for (day, agent, any) in rows {
            let date = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap()
                + chrono::TimeDelta::days(i64::from(day));
            let mut cells =
                vec![date.to_string(), format!("a{agent}"), if any % 2 == 0 { "Y" } else { "N" }.to_owned()];
            let cell = |pool: &Vec<usize>| quoted(CELLS[pool[usize::from(any) % pool.len()]]);
            cells.extend(further.iter().map(|(_, pool)| cell(pool)));
            text.push_str(&(cells.join(",") + "\n"));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_small_table_is_refused_or_becomes_a_workspace_that_loads(text in table()) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("calls.csv");
        std::fs::write(&data, text).unwrap();
        let asked = gapwise::intake::Asked {
            data: vec![data.display().to_string()],
            folder: folder.path().join("client"),
            client: None,
            timezone: None,
            rules: "builtin:contact-centre".into(),
        };
        let world = gapwise::world::World { now: "2026-11-16T12:00:00Z".parse().unwrap(), env: std::collections::BTreeMap::default() };
        match gapwise::intake::init(&asked, &world) {
            Ok(_) => {
                let loaded = gapwise::config::load(&asked.folder, &world);
                prop_assert!(loaded.as_ref().is_ok_and(|loaded| loaded.warnings.is_empty()), "{loaded:?}");
            }
            Err(failure) => {
                prop_assert!([2, 3].contains(&failure.exit()), "{failure:?}");
                prop_assert!(!asked.folder.exists());
            }
        }
    }
}

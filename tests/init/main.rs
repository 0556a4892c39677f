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

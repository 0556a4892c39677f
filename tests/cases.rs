//! The command line as its users meet it: each folder below `tests/cases` is a workspace with one mistake, the
//! arguments (`args`, else `check .`), the exit code (`code`) and all that standard error says (`stderr.txt`).
//!
//! `GAPWISE_BLESS=1 cargo test --test cases` writes `code` and `stderr.txt` anew; read what changed.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut all: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Exit code and standard error of a case.
fn told(case: &Path) -> (String, String) {
    let args = fs::read_to_string(case.join("args")).unwrap_or_else(|_| "check .".to_owned());
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    let output =
        command.args(args.split_whitespace()).current_dir(case).env_remove("GAPWISE_LOG").output().unwrap();
    (format!("{}\n", output.status.code().unwrap()), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn every_mistake_is_told_with_its_place_and_the_way_out() {
    let bless = std::env::var_os("GAPWISE_BLESS").is_some();
    let mut faults = Vec::new();
    for case in cases() {
        let (code, stderr) = told(&case);
        for (file, said) in [("code", code), ("stderr.txt", stderr)] {
            let path = case.join(file);
            if bless {
                fs::write(&path, said).unwrap();
                continue;
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if said != expected {
                faults.push(format!("{} should be\n{expected}\nand is\n{said}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{} differ:\n\n{}", faults.len(), faults.join("\n\n"));
}

/// Mistakes about no place in a file: of the command line, of a folder that is not there, and beside a secret,
/// whose line is named and not shown.
const NO_PLACE: &[&str] = &[
    "backtest-of-an-unknown-rule",
    "code-unknown-in-deny",
    "codes-without-a-key",
    "config-of-no-key",
    "no-workspace-here",
    "run-of-no-workspace",
    "secret-in-a-string-left-open",
    "secret-in-clear",
    "secret-in-clear-in-many-lines",
    "severity-unknown",
];

/// Codes that no workspace alone can show.
const NO_CASE: &[&str] = &[];

/// What standard error says of each mistake.
fn mistakes(case: &Path) -> Vec<String> {
    let said = fs::read_to_string(case.join("stderr.txt")).unwrap_or_default();
    let starts = |part: &&str| part.starts_with("error") || part.starts_with("warning");
    said.split("\n\n").filter(starts).map(str::to_owned).collect()
}

fn name(case: &Path) -> String {
    case.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_mistake_names_a_place_and_a_way_out() {
    let mut faults = Vec::new();
    for case in cases().iter().filter(|case| !name(case).ends_with("in-order")) {
        let all = mistakes(case);
        assert!(!all.is_empty(), "`{}` is told nothing", name(case));
        for one in all {
            let out = ["\nhelp: ", ", write ", "did you mean "].iter().any(|words| one.contains(words));
            let place = one.lines().nth(1).is_some_and(|line| line.trim_start().starts_with("--> "));
            if !out || (!place && !NO_PLACE.contains(&name(case).as_str())) {
                faults.push(format!("{}: {one}", name(case)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn every_code_is_shown_by_a_case() {
    let said: String = cases().iter().flat_map(|case| mistakes(case)).collect();
    for code in gapwise::diag::CODES {
        let shown = said.contains(&format!("[{}]", code.id));
        assert!(shown != NO_CASE.contains(&code.id), "{}: shown {shown}", code.id);
    }
}

#[test]
fn the_cases_show_many_distinct_mistakes() {
    let title = |one: String| one.lines().next().unwrap().to_owned();
    let titles = |case: PathBuf| mistakes(&case).into_iter().map(title).collect::<Vec<_>>();
    let distinct: std::collections::BTreeSet<Vec<String>> = cases().into_iter().map(titles).collect();
    assert!(distinct.len() >= 60, "only {} distinct mistakes", distinct.len());
}

#[test]
fn a_refused_workspace_leaves_nothing_behind() {
    for case in cases() {
        assert!(!case.join("out").exists(), "`{}` was written to", case.display());
    }
}

#[test]
fn no_message_repeats_a_secret() {
    let secret = "hunter2";
    let holds = |case: &PathBuf| {
        fs::read_to_string(case.join("gapwise.toml")).is_ok_and(|text| text.contains(secret))
    };
    let held: Vec<PathBuf> = cases().into_iter().filter(holds).collect();
    let shown: Vec<&PathBuf> = held.iter().filter(|case| told(case).1.contains(secret)).collect();
    let held = held.len();
    assert!(held >= 3, "only {held} cases hold a secret");
    assert!(shown.is_empty(), "{shown:?}");
}

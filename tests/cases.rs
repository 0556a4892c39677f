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

#[test]
fn a_refused_workspace_leaves_nothing_behind() {
    for case in cases() {
        assert!(!case.join("out").exists(), "`{}` was written to", case.display());
    }
}

#[test]
fn no_message_repeats_a_secret() {
    let secret = "hunter2";
    let (mut held, mut shown) = (0, Vec::new());
    for case in cases() {
        held += usize::from(
            fs::read_to_string(case.join("gapwise.toml")).is_ok_and(|text| text.contains(secret)),
        );
        shown.extend(told(&case).1.contains(secret).then_some(case));
    }
    assert!(held >= 3, "only {held} cases hold a secret");
    assert!(shown.is_empty(), "{shown:?}");
}

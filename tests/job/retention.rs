//! What is older than the workspace wants it kept goes, and nothing else does.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use gapwise::job::{self, Asked, Writing};

use crate::bench::{Bench, END, world};

const NOW: &str = "2026-11-18T06:00:00Z";

/// A workspace that keeps ten weeks, with older publications of every grain in its output.
fn with_old() -> Bench {
    let bench = Bench::small();
    bench.append("gapwise.toml", "\n[privacy]\nretain = \"10w\"\n");
    let root = bench.out.join("rule-test");
    for name in ["2026-W20", "2026-W30", "2026-W44", "2026-05", "2026-05-11", "notes", "2026-W99"] {
        fs::create_dir_all(root.join(name)).unwrap();
        fs::write(root.join(name).join("leadership.html"), "old").unwrap();
    }
    fs::create_dir(root.join("kept")).unwrap();
    for (name, weeks) in [("old.parquet", 20), ("young.parquet", 2)] {
        let file = fs::File::create(root.join("kept").join(name)).unwrap();
        let age = Duration::from_secs(weeks * 7 * 24 * 3600);
        file.set_modified(SystemTime::from(world(NOW).now) - age).unwrap();
    }
    bench
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut all: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    all.retain(|name| !name.starts_with('.'));
    all.sort();
    all
}

#[test]
fn what_is_too_old_goes_at_the_end_of_a_run() {
    let bench = with_old();
    let root = bench.out.join("rule-test");
    let elsewhere = bench.folder.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("mine"), "x").unwrap();
    symlink(&elsewhere, root.join("2026-W10")).unwrap();
    let old = bench.run(END).outcome.forgotten;
    assert_eq!(old.periods, ["2026-05", "2026-05-11", "2026-W20", "2026-W30"]);
    assert_eq!(old.kept, ["old.parquet"]);
    assert_eq!(names(&root), ["2026-W10", "2026-W44", "2026-W46", "2026-W99", "kept", "latest", "notes"]);
    assert!(root.join("kept/young.parquet").exists() && elsewhere.join("mine").exists());
    assert!(bench.run(END).outcome.forgotten.is_empty());
}

#[test]
fn a_dry_run_says_what_would_go_and_leaves_it() {
    let bench = with_old();
    let asked = Asked { writing: Writing::DryRun, ..bench.asked(END) };
    let would = job::run(&bench.folder, &asked, &world(NOW)).unwrap().forgotten;
    assert!(bench.out.join("rule-test/2026-W20/leadership.html").exists());
    assert_eq!(would, bench.run(END).outcome.forgotten);
}

#[test]
fn the_newest_period_stays_however_old_it_is() {
    let bench = with_old();
    fs::remove_dir_all(bench.out.join("rule-test")).unwrap();
    bench.run(END);
    let asked = bench.asked("2026-11-08");
    let later = job::run(&bench.folder, &asked, &world("2028-01-03T06:00:00Z")).unwrap();
    assert_eq!(later.forgotten.periods, Vec::<String>::new(), "one is newest, the other just published");
    assert!(bench.out.join("rule-test/2026-W46").exists() && bench.out.join("rule-test/2026-W45").exists());
}

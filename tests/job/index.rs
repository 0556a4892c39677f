//! The page over all clients of a run, and reports that are several files.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::bench::{Bench, END, centre};

fn tiny(client: &str) -> Bench {
    let bench = Bench::of(&gapwise::simulate::Centre {
        agents: 20,
        weeks: 3,
        handle: None,
        coaching: None,
        ..centre()
    });
    bench.replace("gapwise.toml", "client = \"Rule test\"", &format!("client = \"{client}\""));
    bench
}

fn run(workspaces: &[&Bench], out: &Path, as_of: &str, more: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    command.arg("run").args(workspaces.iter().map(|bench| &bench.folder)).arg("--out").arg(out);
    let output = command.args(["--as-of", as_of]).args(more).env("POLARS_MAX_THREADS", "1").output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Where these words stand on the page, which has them in this order.
fn in_order(page: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let at =
            page[from..].find(word).unwrap_or_else(|| panic!("`{word}` is missing or too early in {page}"));
        from += at + word.len();
    }
}

#[test]
fn the_index_has_every_client_worst_first_with_its_last_good_report() {
    let (good, bad, broken) = (tiny("A good one"), tiny("B without data"), tiny("C <b>broken</b>"));
    let out = &good.out;
    assert_eq!(run(&[&good, &bad, &broken], out, "2026-11-08", &[]).0, 0);
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    in_order(
        &page,
        &["All three clients have their report.", "A good one", "B without data", "C &lt;b&gt;broken"],
    );
    assert!(page.contains("<a href=\"a-good-one/latest/leadership.html\">A good one</a>"), "{page}");

    bad.write("data/contacts.csv", "");
    broken.append("gapwise.toml", "\n[metrics.fcr.target]\nclent = \"typing mistake\"\n");
    let (code, stdout) = run(&[&good, &bad, &broken], out, END, &[]);
    assert_eq!(code, 2, "{stdout}");
    assert!(stdout.contains("index.html"), "{stdout}");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    in_order(
        &page,
        &[
            "Mistakes in the configuration",
            "C &lt;b&gt;broken",
            "last good report: week 45",
            "Withheld",
            "B without data",
            "last good report: week 45",
            "Published",
            "A good one",
            "week 46",
        ],
    );
    assert!(page.contains("do not use it in appraisal"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("http"), "{page}");
}

#[test]
fn an_index_that_cannot_be_written_is_exit_code_6_and_the_reports_stand() {
    let (one, two) = (tiny("One"), tiny("Two"));
    fs::create_dir_all(&one.out).unwrap();
    std::os::unix::fs::symlink("/nowhere", one.out.join("index.html")).unwrap();
    assert_eq!(run(&[&one, &two], &one.out, END, &[]).0, 6);
    assert!(one.out.join("one/latest/leadership.html").exists());
    let dry = one.out.join("dry");
    assert_eq!(run(&[&one, &two], &dry, END, &["--dry-run"]).0, 0);
    assert!(!dry.exists(), "a dry run writes no index either");
}

#[test]
fn one_report_for_each_team_is_published_listed_and_delivered() {
    let bench = tiny("Teams");
    fs::create_dir(bench.path("sent")).unwrap();
    bench.append(
        "gapwise.toml",
        "[[report]]\ntemplate = \"team.html\"\n[[report]]\ntemplate = \"email.txt\"\n\
         [[deliver]]\nto = \"folder\"\npath = \"sent\"\nreport = \"team.html\"\n",
    );
    let run = bench.run(END);
    assert_eq!(run.outcome.exit, 0, "{:?}", run.outcome.failed_deliveries);
    let teams: Vec<&String> = run.files.keys().filter(|name| name.starts_with("team")).collect();
    assert_eq!(teams, ["team-team-1.html", "team-team-2.html"]);
    for name in teams {
        assert!(run.text("manifest.json").contains(name.as_str()));
        assert_eq!(fs::read(bench.path("sent").join(name)).unwrap(), run.files[name]);
    }
    assert!(run.text("team-team-1.html").contains("Team 1 has no answer of its own."));
    assert!(run.text("email.txt").lines().all(|line| line.chars().count() <= 72));
}

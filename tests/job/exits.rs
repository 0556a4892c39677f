//! Exit codes, and what is and is not written, as a scheduler sees them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use gapwise::job::{self, Asked, Writing};
use gapwise::model::Severity;

use crate::bench::{Bench, END, centre, world};

const SLUG: &str = "rule-test";

/// Runs workspaces with the binary: exit code, standard output, standard error.
fn gapwise(workspaces: &[&Bench], out: &Path, more: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    command.arg("run").args(workspaces.iter().map(|bench| &bench.folder)).arg("--out").arg(out);
    let output = command.args(["--as-of", END]).args(more).env("POLARS_MAX_THREADS", "1").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn tiny() -> Bench {
    Bench::of(&gapwise::simulate::Centre { agents: 9, weeks: 3, handle: None, coaching: None, ..centre() })
}

#[test]
fn a_held_lock_is_exit_code_5_and_nothing_is_written() {
    let bench = tiny();
    let held = gapwise::publish::claim(&bench.out, SLUG, "2026-W46").unwrap();
    let (code, _, stderr) = gapwise(&[&bench], &bench.out, &[]);
    assert_eq!(code, 5, "{stderr}");
    assert!(stderr.contains("another run holds"), "{stderr}");
    assert!(!bench.out.join(SLUG).join("2026-W46").exists());
    drop(held);
    assert_eq!(gapwise(&[&bench], &bench.out, &[]).0, 0);
}

#[test]
fn an_output_that_cannot_be_written_is_exit_code_6() {
    let bench = tiny();
    fs::write(&bench.out, "a file where a folder is meant").unwrap();
    let (code, _, stderr) = gapwise(&[&bench], &bench.out, &[]);
    assert_eq!(code, 6, "{stderr}");
    assert!(stderr.contains("out"), "{stderr}");
}

#[test]
fn a_finding_at_or_above_fail_on_is_exit_code_1() {
    let bench = Bench::small();
    let with = |fail_on| {
        let asked = Asked { fail_on, ..bench.asked(END) };
        job::run(&bench.folder, &asked, &world("2026-11-18T06:00:00Z")).unwrap().exit
    };
    assert_eq!(with(None), 0);
    assert_eq!(with(Some(Severity::Low)), 1);
    assert_eq!(with(Some(Severity::Critical)), 0);
}

#[test]
fn fail_on_high_is_exit_code_1_for_the_demonstration() {
    let bench = Bench::northwind();
    let (code, stdout, stderr) = gapwise(&[&bench], &bench.out, &["--fail-on", "high"]);
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(bench.out.join("northwind-energy/latest/leadership.html").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let bench = tiny();
    let asked = Asked { writing: Writing::DryRun, ..bench.asked(END) };
    let outcome = job::run(&bench.folder, &asked, &world("2026-11-18T06:00:00Z")).unwrap();
    assert_eq!((outcome.exit, outcome.folder), (0, None));
    assert!(!bench.out.exists());
}

#[test]
fn two_workspaces_of_one_slug_are_refused_before_any_work() {
    let (one, two) = (tiny(), tiny());
    let (code, _, stderr) = gapwise(&[&one, &two], &one.out, &[]);
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("both publish as `rule-test`"), "{stderr}");
    assert!(!one.out.exists());
}

#[test]
fn of_several_workspaces_the_worst_code_stands_and_the_others_are_published() {
    let (good, empty, broken) = (tiny(), tiny(), tiny());
    empty.replace("gapwise.toml", "client = \"Rule test\"", "client = \"Empty\"");
    empty.write("data/contacts.csv", "");
    let out = &good.out;
    let (code, stdout, _) = gapwise(&[&good, &empty], out, &["--jobs", "2"]);
    assert_eq!(code, 3, "{stdout}");
    assert!(
        out.join("rule-test/latest/leadership.html").exists()
            && out.join("empty/latest/leadership.html").exists()
    );
    broken.replace("gapwise.toml", "client = \"Rule test\"", "client = \"Broken\"\nclent = \"Broken\"");
    let (code, stdout, stderr) = gapwise(&[&good, &empty, &broken], out, &[]);
    assert_eq!(code, 2, "{stdout}{stderr}");
    assert!(stderr.contains("unknown key `clent`"), "{stderr}");
    assert!(!out.join("broken").exists());
}

#[test]
fn an_as_of_that_is_no_day_is_exit_code_2() {
    let bench = tiny();
    let (code, _, stderr) = gapwise(&[&bench], &bench.out, &["--as-of", "2026-W54"]);
    assert_eq!(code, 2, "{stderr}");
    let failure = bench.try_run("2026-11-31").unwrap_err();
    assert_eq!(failure.exit(), 2, "{failure:?}");
    assert!(!bench.out.exists());
}

#[test]
fn brackets_and_stars_in_the_name_of_a_folder_mean_nothing() {
    let bench = tiny();
    let folder = bench.folder.with_file_name("Acme [EMEA] *");
    fs::rename(&bench.folder, &folder).unwrap();
    let run = || job::run(&folder, &bench.asked(END), &world("2026-11-18T06:00:00Z"));
    assert_eq!(run().unwrap().exit, 0);
    let own = fs::read_to_string(folder.join("gapwise.toml")).unwrap();
    let own = own.replace(
        "rules = [\"builtin:contact-centre\"]",
        "rules = [\"builtin:contact-centre\", \"rules/*.toml\"]",
    );
    fs::write(folder.join("gapwise.toml"), own).unwrap();
    fs::create_dir(folder.join("rules")).unwrap();
    fs::write(folder.join("rules/own.toml"), "[[waiver]]\nrule = \"no-such-rule\"\n").unwrap();
    assert_eq!(run().unwrap_err().exit(), 2, "the client's rules were not read");
}

#[test]
fn a_template_of_the_clients_own_that_fails_is_exit_code_2_and_nothing_is_published() {
    let bench = tiny();
    fs::create_dir(bench.path("templates")).unwrap();
    for (text, named) in [("{% if headline %}", "templates/leadership.html:1"), ("{{ headlin }}", "headlin")]
    {
        bench.write("templates/leadership.html", text);
        let (code, _, stderr) = gapwise(&[&bench], &bench.out, &[]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(named), "{stderr}");
        assert!(!bench.out.join(SLUG).join("2026-W46").exists());
    }
}

#[test]
fn a_delivery_goes_out_or_is_exit_code_4_with_the_report_published() {
    let bench = tiny();
    let to = "[[deliver]]\nto = \"folder\"\npath = \"sent\"\nreport = \"leadership.html\"\n";
    bench.append("gapwise.toml", to);
    let (code, _, stderr) = gapwise(&[&bench], &bench.out, &[]);
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains("sent/leadership.html"), "{stderr}");
    let published = bench.out.join(SLUG).join("latest/leadership.html");
    fs::create_dir(bench.path("sent")).unwrap();
    assert_eq!(gapwise(&[&bench], &bench.out, &[]).0, 0);
    assert_eq!(fs::read(bench.path("sent/leadership.html")).unwrap(), fs::read(published).unwrap());
}

#[test]
fn every_grain_and_first_day_of_a_week_is_published_under_its_own_label() {
    for (keys, label) in [
        ("period = \"day\"", "2026-11-15"),
        ("period = \"month\"", "2026-10"),
        ("period = \"week\"\nweek-start = \"sunday\"", "2026-W46"),
    ] {
        let bench = tiny();
        bench.replace("gapwise.toml", "period = \"week\"", keys);
        let run = bench.run(END);
        assert_eq!((run.outcome.exit, run.outcome.label.as_str()), (0, label), "{:?}", run.outcome.warnings);
    }
}

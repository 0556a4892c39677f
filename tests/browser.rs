//! Pages as a browser lays them out: `tests/browser/check.mjs` opens every page made here and says what is wrong.
//! It needs Chromium, node and the packages of `tests/browser`, so it is skipped where `GAPWISE_BROWSER` does not say
//! where they are, and fails where it does and they cannot be used. `tests/browser/README.md` has the set-up.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

#[path = "report_case/teams.rs"]
mod case_of_teams;
#[path = "report_charts/gallery.rs"]
mod gallery;
mod report_case;
mod report_states;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use case_of_teams::with_teams;
use gapwise::config::Report;
use gapwise::model::{Quality, Story};
use gapwise::report::index::{Client, Standing, Summary, index};
use gapwise::report::{Frame, assemble_in, render_in, withheld_in};
use report_case::{frame, period, story};
use report_states::{HOSTILE, days_missing, empty, hostile, on_target, quiet_week};

const TOOLS: &str = "GAPWISE_BROWSER";

#[test]
fn pages_hold_on_a_phone_a_laptop_and_paper_light_and_dark() {
    if std::env::var_os(TOOLS).is_none() {
        let skipped = format!("skipped: {TOOLS} is not set, so no page was looked at in a browser");
        return writeln!(std::io::stderr(), "{skipped}").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    write_pages(folder.path());
    let (code, said) = check(folder.path());
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn the_checks_find_what_is_planted() {
    if std::env::var_os(TOOLS).is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let broken = "broken-leadership.html";
    std::fs::copy(scripts().join(broken), folder.path().join(broken)).unwrap();
    let (code, said) = check(folder.path());
    assert_eq!(code, Some(1), "{said}");
    for fault in [
        "asks for http://host.invalid/a.png",
        "console: a message",
        "phone, light: wider than the window",
        "laptop, dark: contrast 2.32",
        "\"White on cream\"",
        "\"On black\"",
        "runs out of its chart: \"Leaves the chart\"",
        "\"Other words there\" lies on: \"Some words here\"",
        "phone, light: axe html-has-lang",
        "laptop, dark: axe color-contrast",
        "paper: cut off on paper",
        "2 sheets of A4",
        "2 sheets of Letter",
    ] {
        assert!(said.contains(fault), "`{fault}` was not found in\n{said}");
    }
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")
}

/// Exit code and words of the checks over a folder of pages.
fn check(folder: &Path) -> (Option<i32>, String) {
    let looked = Command::new("node").arg(scripts().join("check.mjs")).arg(folder).output();
    let looked = looked.unwrap_or_else(|error| panic!("{TOOLS} is set and node cannot be run: {error}"));
    let said = [looked.stdout, looked.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (looked.status.code(), said)
}

/// `GAPWISE_PAGES=folder` keeps the pages to look at.
#[test]
fn pages_are_written_where_they_are_asked_for() {
    let Some(folder) = std::env::var_os("GAPWISE_PAGES") else { return };
    std::fs::create_dir_all(&folder).unwrap();
    write_pages(Path::new(&folder));
}

/// What a client may ask for; pages of teams have a state of their own.
const PAGES: [&str; 3] = ["leadership.html", "investigation.html", "email.html"];

/// Every HTML page of every state; of the chart gallery the one with the charts.
fn write_pages(folder: &Path) {
    for (state, files) in states() {
        for (name, bytes) in files.iter().filter(|(name, _)| is_html(name)) {
            std::fs::write(folder.join(format!("{state}-{name}")), bytes).unwrap();
        }
    }
    for (name, (frame, story)) in gallery::gallery() {
        let files = rendered(&frame, &story);
        std::fs::write(folder.join(format!("charts-{name}.html")), &files["investigation.html"]).unwrap();
    }
}

fn is_html(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "html")
}

type Files = BTreeMap<String, Vec<u8>>;

fn states() -> Vec<(String, Files)> {
    let mut all = Vec::new();
    let with_mail = Frame { reports: PAGES.map(Report::of).into(), ..frame() };
    for (locale, frame) in [("en-GB", with_mail.clone()), ("de", gallery::german(&with_mail))] {
        let told = [("full", story()), ("nothing-new", quiet_week()), ("on-target", on_target())];
        all.extend(told.map(|(state, story)| (format!("{state}-{locale}"), rendered(&frame, &story))));
        let withheld = withheld_in(&frame, period(), &[days_missing()], &Quality::default());
        all.push((format!("withheld-{locale}"), render_in(&frame, &withheld).unwrap()));
    }
    let (frame_of_hostile, hostile) = hostile();
    let frame_of_hostile = Frame { reports: with_mail.reports, ..frame_of_hostile };
    all.push(("hostile".to_owned(), rendered(&frame_of_hostile, &hostile)));
    all.push(("empty".to_owned(), rendered(&frame(), &empty())));
    let of_teams = Frame { reports: vec![Report::of("team.html")], ..frame() };
    all.push(("teams".to_owned(), rendered(&of_teams, &with_teams(story()))));
    all.push(("clients".to_owned(), Files::from([("index.html".to_owned(), clients())])));
    all
}

/// A run of three clients, of which one failed and one has a name that tries everything.
fn clients() -> Vec<u8> {
    let last = Summary {
        period: "week 46".to_owned(),
        days: "9–15 November 2026".to_owned(),
        page: "full".to_owned(),
        headline: Some("First-contact resolution is 66.8 %, 8.2 points under target.".to_owned()),
        decisions_asked: 3,
        since: Some("week 41".to_owned()),
    };
    let client = |name: &str, standing, last: Option<&Summary>| Client {
        name: name.to_owned(),
        standing,
        last: last.cloned(),
        link: last.map(|_| "harbour/latest/leadership.html".to_owned()),
    };
    let all = vec![
        client("Harbour Energy", Standing::Published, Some(&last)),
        client("A client without data", Standing::Configuration, None),
        client(HOSTILE, Standing::Withheld, Some(&last)),
    ];
    index(all, &gapwise::words::Locale::default()).unwrap()
}

fn rendered(frame: &Frame, story: &Story) -> Files {
    render_in(frame, &assemble_in(frame, story)).unwrap()
}

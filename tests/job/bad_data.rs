//! Data as clients have them: missing, empty, torn, all the same. Either a report that says what it cannot tell,
//! or a page that says why there is none; never a panic, never a figure out of nothing.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use gapwise::report::Status;
use gapwise::simulate::Centre;

use crate::bench::{Bench, END, Run, centre};

const CONTACTS: &str = "data/contacts.csv";

/// The withheld page was published in place of every report, with a reason and without a figure of a metric.
fn assert_withheld(run: &Run, because: &str) {
    assert_eq!((run.outcome.exit, run.outcome.status), (3, Status::Withheld));
    let findings = run.findings();
    assert_eq!(findings["status"], "withheld");
    for list in ["verdicts", "findings", "decisions"] {
        assert_eq!(findings[list].as_array().map(Vec::len), Some(0), "{list}");
    }
    for page in ["leadership.html", "investigation.html"] {
        let page = run.files.get(page).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        let Some(page) = page else { continue };
        assert!(page.contains(because), "no `{because}` in {:?}", run.outcome.warnings);
        let body = page.split_once("<body>").map_or(page.as_str(), |(_, body)| body);
        assert!(!body.contains('%') && !body.contains("330"), "a withheld page shows a figure: {body}");
    }
    assert!(run.files.contains_key("leadership.html"));
    assert!(!run.files.keys().any(|name| name.starts_with("evidence/")));
}

/// A report that claims nothing.
fn assert_cannot_tell(run: &Run) {
    assert_eq!(run.outcome.exit, 0, "{:?}", run.outcome.warnings);
    for (metric, verdict) in run.verdicts() {
        assert!(["not-enough-evidence", "no-gap"].contains(&verdict.as_str()), "{metric} is {verdict}");
    }
    assert!(run.text("leadership.html").contains("</html>"));
}

#[test]
fn contacts_that_are_missing_empty_or_only_a_header_withhold_the_report() {
    let missing = Bench::small();
    std::fs::remove_file(missing.path(CONTACTS)).unwrap();
    assert_withheld(&missing.run(END), "does not exist");
    let empty = Bench::small();
    empty.write(CONTACTS, "");
    assert_withheld(&empty.run(END), "contacts.csv");
    let header = Bench::small();
    let head = header.read(CONTACTS).lines().next().unwrap().to_owned() + "\n";
    header.write(CONTACTS, head);
    assert_withheld(&header.run(END), "no rows");
}

#[test]
fn a_column_that_is_not_there_withholds_the_report_and_is_named() {
    let bench = Bench::small();
    bench.replace(
        "gapwise.toml",
        "columns.agent = \"agent_id\"\ncolumns.team = \"team\"\ncolumns.contact-type",
        "columns.agent = \"agent_no\"\ncolumns.team = \"team\"\ncolumns.contact-type",
    );
    assert_withheld(&bench.run(END), "agent_no");
}

#[test]
fn torn_rows_are_counted_and_named_by_their_line() {
    let bench = Bench::small();
    let mut lines: Vec<String> = bench.read(CONTACTS).lines().map(str::to_owned).collect();
    lines[5] = "torn".to_owned();
    lines[9].push_str(",one,too,many");
    bench.write(CONTACTS, lines.join("\n") + "\n");
    let run = bench.run(END);
    assert_eq!(run.counts("contacts")["rejected"], 2, "{}", run.counts("contacts"));
    let rejected = run.text("rejected.csv");
    assert!(rejected.contains("contacts,data/contacts.csv,6,"), "{rejected}");
    assert!(rejected.contains("contacts,data/contacts.csv,10,"), "{rejected}");
    assert!(!rejected.contains("torn"), "values are not repeated: {rejected}");
    assert_eq!(run.outcome.exit, 0);
}

#[test]
fn half_a_period_without_contacts_withholds_the_report() {
    let bench = Bench::small();
    let last = crate::bench::day("2026-11-12");
    bench.days(CONTACTS, "started_at", |date| date < last);
    assert_withheld(&bench.run(END), "missing");
}

#[test]
fn a_hole_inside_the_period_withholds_the_report_and_closed_days_do_not() {
    let hole = Bench::small();
    let (from, to) = (crate::bench::day("2026-11-09"), crate::bench::day("2026-11-12"));
    hole.days(CONTACTS, "started_at", |date| date < from || date > to);
    assert_withheld(&hole.run(END), "less than half the contacts");
    let closed = Bench::small();
    closed.days(CONTACTS, "started_at", |date| date.weekday().num_days_from_monday() < 4);
    assert_eq!(closed.run(END).outcome.exit, 0);
}

#[test]
fn an_optional_source_that_is_missing_is_exit_code_4_and_said() {
    let bench = Bench::small();
    std::fs::remove_file(bench.path("data/coaching.csv")).unwrap();
    let run = bench.run(END);
    assert_eq!((run.outcome.exit, run.outcome.status), (4, Status::PublishedWithWarnings));
    let said = run.outcome.warnings.iter().filter(|said| said.contains("coaching")).count();
    assert_eq!(said, 1, "{:?}", run.outcome.warnings);
    assert!(run.text("investigation.html").contains("coaching could not be read"));
}

#[test]
fn a_metric_without_a_value_is_not_judged() {
    let bench = Bench::small();
    bench.column(CONTACTS, "resolved", |_, _| String::new());
    let run = bench.run(END);
    assert_eq!(run.outcome.exit, 0, "{:?}", run.outcome.warnings);
    let verdict = run.verdicts().get("m").cloned().unwrap_or_else(|| "not-enough-evidence".into());
    assert_eq!(verdict, "not-enough-evidence");
    assert!(run.verdicts().contains_key("handle"));
}

#[test]
fn a_thousandth_of_a_centre_cannot_be_told() {
    let types = BTreeMap::from([("Billing".to_owned(), 1.0)]);
    let bare = Centre { handle: None, coaching: None, structural: BTreeMap::new(), ..centre() };
    let one_agent = Centre { agents: 1, teams: 1, ..bare.clone() };
    let one_week = Centre { weeks: 1, agents: 4, teams: 1, ..bare.clone() };
    let one_contact =
        Centre { weeks: 1, agents: 1, teams: 1, contacts: 1, types: types.clone(), ..bare.clone() };
    for small in [one_agent, one_week, one_contact] {
        assert_cannot_tell(&Bench::of(&small).run(END));
    }
    let one_type = Bench::of(&Centre { types, ..bare }).run(END);
    assert_eq!(one_type.outcome.exit, 0);
}

#[test]
fn agents_and_contacts_that_are_all_equal_are_no_panic() {
    for same in ["Y", "N"] {
        let bench = Bench::small();
        bench.column(CONTACTS, "resolved", |_, _| same.into());
        bench.column(CONTACTS, "handle_s", |_, _| "300".into());
        let run = bench.run(END);
        assert_eq!(run.outcome.exit, 0, "{:?}", run.outcome.warnings);
        assert_eq!(run.verdicts().get("handle").map(String::as_str), Some("no-gap"), "{:?}", run.verdicts());
        assert_ne!(run.verdicts().get("m").map(String::as_str), Some("behavioural"), "{:?}", run.verdicts());
    }
}

#[test]
fn data_that_end_before_the_period_withhold_the_report() {
    let bench = Bench::small();
    assert_withheld(&bench.run("2027-01-31"), "missing");
    assert_withheld(&bench.run("2020-01-05"), "o contact up to the end of 2020-W01");
}

#[test]
fn values_out_of_any_range_are_counted_and_not_used() {
    let bench = Bench::small();
    let odd = ["NaN", "inf", "-1e300", "1e18", "twelve", "0x10"];
    bench.column(
        CONTACTS,
        "handle_s",
        |row, cell| if row % 50 == 0 { odd[row / 50 % 6].into() } else { cell.into() },
    );
    let run = bench.run(END);
    assert_eq!(run.outcome.exit, 0, "{:?}", run.outcome.warnings);
    let counts = run.counts("contacts");
    assert_eq!(counts["read"], counts["used"], "{counts}");
    for (name, bytes) in &run.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("NaN") && !text.contains(">inf<"), "{name}");
    }
}

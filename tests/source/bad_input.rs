//! What clients really send: each kind of bad input is read where it can be, else named with file and line.

use std::io::Write as _;

use crate::support::*;
use gapwise::config::Plan;
use gapwise::source::Unreadable;

const GOOD: &str = "at,agent,team,type,resolved,handle\n\
    2026-11-09 09:00:00,Ann,A,Billing,Y,100\n\
    2026-11-10 09:00:00,Bob,A,Move,N,200\n\
    2026-11-11 09:00:00,Ann,A,Billing,Y,300\n";

fn as_is(_: &mut Plan) {}

fn why(read: anyhow::Result<gapwise::cube::Data>) -> String {
    let error = read.unwrap_err();
    assert!(error.downcast_ref::<Unreadable>().is_some(), "{error:#} is not about a source");
    error.to_string()
}

fn is_good(data: &gapwise::cube::Data) {
    assert_eq!(account(data).used, 3);
    assert_eq!(data.agents, ["Ann", "Bob"]);
    assert_eq!(data.contact_types, ["Billing", "Move"]);
    assert_eq!(totals(data, 0), (3, 2, 2));
    assert_eq!(totals(data, 1), (3, 600, 140_000));
}

#[test]
fn a_good_file_is_read_whole() {
    let data = read_text("contacts.csv", GOOD.as_bytes(), as_is).unwrap();
    is_good(&data);
    let count = account(&data);
    assert_eq!((count.first_day, count.last_day), (Some(day("2026-11-09")), Some(day("2026-11-11"))));
    assert_eq!((count.rejected, count.files), (0, 1));
}

#[test]
fn what_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = |path: &str| why(read(&plan(folder.path(), vec![contacts(path)])));
    assert_eq!(missing("data/c.csv"), "cannot read the contacts data: `data/c.csv` does not exist");
    assert_eq!(missing("data/*.csv"), "cannot read the contacts data: no file matches `data/*.csv`");
}

#[test]
fn empty_and_header_only_files_are_named() {
    assert!(why(read_text("c.csv", b"", as_is)).ends_with("`c.csv` is empty"));
    let header = GOOD.lines().next().unwrap();
    assert!(why(read_text("c.csv", header.as_bytes(), as_is)).ends_with("`c.csv` has a header and no rows"));
}

#[test]
fn missing_columns_are_all_named_at_once_with_what_may_be_meant() {
    let text = "at,agnt,team,typ,resolved\n2026-11-09,Ann,A,Billing,Y\n";
    let why = why(read_text("c.csv", text.as_bytes(), as_is));
    for part in ["`c.csv`", "`agent`", "did you mean `agnt`", "`type`", "did you mean `typ`", "`handle`"] {
        assert!(why.contains(part), "{part} in {why}");
    }
}

#[test]
fn rows_with_too_few_or_too_many_cells_are_refused_with_their_lines() {
    let text = format!(
        "{GOOD}2026-11-12,Ann,A\n2026-11-12,Ann,A,Billing,Y,1,2,3\n2026-11-12,\"Ann\",A,Billing,N,5\n"
    );
    let data = read_text("c.csv", text.as_bytes(), as_is).unwrap();
    let count = account(&data);
    assert_eq!((count.read, count.used, count.rejected), (6, 4, 2));
    assert_eq!(count.reasons["ragged"], 2);
    assert_eq!(refused(&data), [(Some(5), "ragged"), (Some(6), "ragged")]);
    assert_eq!(data.quality.rejected[0].file, "c.csv");
}

#[test]
fn lines_are_those_of_the_file_behind_quoted_breaks_and_skipped_lines() {
    let text = "a report\nof November\nat,agent,team,type,resolved,handle\n\
        2026-11-09,\"Ann\nLee\",A,Billing,Y,1\n2026-11-09,,A,Billing,Y,1\nTotal,Ann,,,,\n";
    let data = read_text("c.csv", text.as_bytes(), |plan| plan.sources[0].text.skip_lines = 2).unwrap();
    assert_eq!(refused(&data), [(Some(6), "no-agent"), (Some(7), "no-time")]);
    assert_eq!(account(&data).used, 1);
}

#[test]
fn byte_order_marks_and_utf_16_are_read() {
    is_good(&read_text("c.csv", format!("\u{feff}{GOOD}").as_bytes(), as_is).unwrap());
    let little: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    is_good(&read_text("c.csv", &little, as_is).unwrap());
    let big: Vec<u8> =
        [0xFE, 0xFF].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    is_good(&read_text("c.csv", &big, as_is).unwrap());
}

#[test]
fn windows_1252_is_read_when_named_and_refused_by_line_when_not() {
    let text: Vec<u8> =
        GOOD.replace("Bob", "Jos\u{e9}").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let named = |plan: &mut Plan| plan.sources[0].text.encoding = Some("windows-1252".into());
    assert_eq!(read_text("c.csv", &text, named).unwrap().agents, ["Ann", "José"]);
    let data = read_text("c.csv", &text, as_is).unwrap();
    assert_eq!(refused(&data), [(Some(3), "not-utf8")]);
    assert_eq!(account(&data).used, 2);
    let header: Vec<u8> = text.iter().map(|b| if *b == b't' { 0xE9 } else { *b }).collect();
    assert!(why(read_text("c.csv", &header, as_is)).contains("encoding = \"windows-1252\""));
}

#[test]
fn separators_decimal_commas_and_null_tokens_are_read() {
    let text = "at;agent;team;type;resolved;handle\n2026-11-09;Ann;A;Billing;1;1.000,4\n\
        2026-11-10;[None];A;Billing;0;5\n2026-11-10;Bob;[None];[None];0;[None]\n";
    let data = read_text("c.csv", text.as_bytes(), |plan| {
        plan.sources[0].text.decimal_comma = true;
        plan.sources[0].text.nulls = vec!["[None]".into()];
    });
    let data = data.unwrap();
    let count = account(&data);
    assert_eq!(refused(&data), [(Some(3), "no-agent")]);
    assert_eq!(totals(&data, 1), (1, 1000, 1_000_000));
    assert_eq!(count.unusable["aht"], 1);
    assert_eq!(data.teams, ["A"]);
    let tabs = GOOD.replace(',', "\t");
    is_good(&read_text("c.tsv", tabs.as_bytes(), as_is).unwrap());
}

#[test]
fn packed_text_is_read() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(GOOD.as_bytes()).unwrap();
    is_good(&read_text("c.csv.gz", &gzip.finish().unwrap(), as_is).unwrap());
    is_good(&read_text("c.csv.zst", &zstd::encode_all(GOOD.as_bytes(), 1).unwrap(), as_is).unwrap());
    assert!(why(read_text("c.csv.gz", b"no gzip", as_is)).contains("`c.csv.gz`"));
}

#[test]
fn json_lines_are_read_and_what_is_none_is_refused_by_line() {
    let text = r#"{"at":"2026-11-09T09:00:00Z","agent":{"name":"Ann"},"team":"A","type":"Billing","resolved":true,"handle":100}

{"at":"2026-11-10T09:00:00Z","agent":{"name":"Bob"},"team":"A","type":"Move","resolved":false,"handle":200}
nonsense
{"at":"2026-11-11T09:00:00Z","agent":{"name":"Ann"},"type":"Billing","resolved":true,"handle":300,"team":"A"}
"#;
    let data = read_text("c.ndjson", text.as_bytes(), |plan| {
        plan.sources[0].columns.get_mut("agent").unwrap().raw = vec!["agent.name".into()];
    });
    let data = data.unwrap();
    is_good(&data);
    assert_eq!(refused(&data), [(Some(4), "not-json")]);
}

#[test]
fn lengths_of_time_become_seconds() {
    let text =
        "at,agent,team,type,resolved,handle\n2026-11-09,Ann,A,B,Y,00:01:40\n2026-11-09,Ann,A,B,Y,oops\n";
    let format = |format: &'static str| {
        move |plan: &mut Plan| _ = plan.sources[0].text.formats.insert("handle".into(), format.into())
    };
    let data = read_text("c.csv", text.as_bytes(), format("HH:MM:SS")).unwrap();
    assert_eq!(totals(&data, 1), (1, 100, 10_000));
    assert_eq!(account(&data).unusable["aht"], 1);
    let millis = text.replace("00:01:40", "1500");
    assert_eq!(
        totals(&read_text("c.csv", millis.as_bytes(), format("ms")).unwrap(), 1).1,
        2,
        "1.5 rounds up"
    );
}

#[test]
fn moments_with_offsets_fall_on_the_local_day_across_a_change_of_clocks() {
    // British summer time ended on 25 October 2026.
    let text = "at,agent,team,type,resolved,handle\n2026-10-24T23:30:00Z,Ann,A,B,Y,1\n\
        2026-10-25T23:30:00Z,Ann,A,B,Y,1\n2026-10-26T00:30:00+02:00,Ann,A,B,Y,1\n";
    let data = read_text("c.csv", text.as_bytes(), as_is).unwrap();
    let count = account(&data);
    assert_eq!((count.first_day, count.last_day), (Some(day("2026-10-25")), Some(day("2026-10-25"))));
    let weeks = data.cubes[0].period.clone();
    assert_eq!(weeks, [plan(std::path::Path::new(""), vec![]).calendar.of(day("2026-10-25")).0]);
}

#[test]
fn values_that_are_no_numbers_count_as_unusable_and_leave_the_row() {
    let mut text = String::from("at,agent,team,type,resolved,handle\n");
    for value in ["NaN", "inf", "-inf", "-5", "1e300", "", "x", "2147483649", "10"] {
        text += &format!("2026-11-09,Ann,A,B,{value},{value}\n");
    }
    let data = read_text("c.csv", text.as_bytes(), as_is).unwrap();
    let count = account(&data);
    assert_eq!(count.used, 9);
    assert_eq!(totals(&data, 1), (1, 10, 100));
    assert_eq!((count.unusable["aht"], count.unusable["fcr"]), (8, 9));
}

#[test]
fn a_value_of_any_size_and_kind_is_carried_and_never_read_as_anything_else() {
    let long = "x".repeat(10_240);
    let mut text = String::from("at,agent,team,type,resolved,handle\n");
    for agent in ["<script>alert(1)</script>", "=cmd()", "a|b", "\"a\nb\"", "\u{202e}rtl", long.as_str()] {
        text += &format!("2026-11-09,{agent},A,B,Y,1\n");
    }
    let data = read_text("c.csv", text.as_bytes(), as_is).unwrap();
    assert_eq!(account(&data).used, 6);
    assert_eq!(data.agents.len(), 6);
    assert!(data.agents.contains(&long) && data.agents.iter().any(|agent| agent == "a\nb"));
}

#[test]
fn sums_that_would_not_be_exact_are_refused_with_a_way_out() {
    let row = "2026-11-09,Ann,A,B,Y,2000000000\n".repeat(3);
    let text = format!("at,agent,team,type,resolved,handle\n{row}");
    let why = why(read_text("c.csv", text.as_bytes(), as_is));
    assert!(why.contains("`aht`") && why.contains("too large") && why.contains("`filter`"), "{why}");
}

#[test]
fn one_bad_file_among_good_ones_is_named_and_loses_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), GOOD).unwrap();
    std::fs::write(folder.path().join("b.csv"), "at,who\n1,2\n").unwrap();
    std::fs::write(folder.path().join("c.csv"), "").unwrap();
    let data = read(&plan(folder.path(), vec![contacts("*.csv")])).unwrap();
    is_good(&data);
    let names: Vec<&str> = data.quality.missing.keys().map(String::as_str).collect();
    assert_eq!(names, ["contacts (b.csv)", "contacts (c.csv)"]);
    assert!(data.quality.missing["contacts (b.csv)"].contains("no column `agent`"));
}

#[test]
fn later_older_and_left_out_rows_are_counted_and_not_used() {
    let mut text = GOOD.to_owned();
    for date in ["2026-11-16", "2027-01-01", "2026-09-27", "2026-11-05"] {
        text += &format!("{date},Ann,A,Billing,Y,1\n");
    }
    text += "2026-11-06,Ann,A,Move,Y,1\n2026-11-06,Bob,A,Billing,Y,1\n";
    let data = read_text("c.csv", text.as_bytes(), |plan| {
        plan.events =
            vec![left_out(&["2026-11-05"], &[]), left_out(&["2026-11-06"], &[("contact-type", "Move")])];
    });
    let data = data.unwrap();
    let count = account(&data);
    assert_eq!((count.used, count.later, count.filtered, count.rejected), (4, 2, 3, 0));
}

#[test]
fn an_optional_source_that_fails_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("c.csv"), GOOD).unwrap();
    let coaching =
        source(gapwise::model::SourceId::Coaching, "coaching.csv", &[("at", "Date"), ("agent", "Agent")]);
    let data = read(&plan(folder.path(), vec![contacts("c.csv"), coaching.clone()])).unwrap();
    assert_eq!(data.quality.missing["coaching"], "`coaching.csv` does not exist");
    let required = gapwise::config::SourcePlan { required: true, ..coaching };
    assert!(why(read(&plan(folder.path(), vec![contacts("c.csv"), required]))).contains("coaching data"));
}

#[test]
fn a_bare_name_that_could_be_two_columns_is_refused() {
    let text = "at,agent,team,type,resolved,handle,talk\n2026-11-09,Ann,A,B,Y,1,2\n";
    let why = why(read_text("c.csv", text.as_bytes(), |plan| {
        plan.sources[0].columns.insert(
            "handle".into(),
            gapwise::config::ColumnPlan { raw: vec!["talk".into()], aliases: vec![] },
        );
    }));
    assert!(why.contains("`handle` is both a raw column and the canonical one"), "{why}");
}

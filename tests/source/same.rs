//! The same rows give the same data: in any order, from one file or many, CSV or Parquet, on one thread or two.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::*;
use gapwise::config::{ColumnPlan, Plan, SourcePlan};
use gapwise::cube::{DRAWN, Data, Sampling, Sums};
use polars::prelude::{Column, DataFrame, NamedFrom as _, ParquetWriter, Series};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// One contact: day after 28 September 2026, agent, team, type, channel, resolved, handle time, score.
type Row = (u8, Option<u8>, Option<u8>, u8, u8, Option<bool>, Option<f64>, i32);

const HEADER: [&str; 9] =
    ["at", "agent", "team", "type", "channel", "resolved", "handle", "score", "contact"];

fn cells(row: &Row) -> [String; 9] {
    let (date, agent, team, kind, channel, resolved, handle, score) = row;
    let date = day("2026-09-28") + chrono::TimeDelta::days(i64::from(*date));
    let spelling = |agent: u8| ["Ann", "ann ", "BOB", "Bob", "José", "jose"][usize::from(agent % 6)];
    [
        format!("{date} 0{}:15:00", score.rem_euclid(10)),
        agent.map(|agent| spelling(agent).to_owned()).unwrap_or_default(),
        team.map(|team| format!("Team {team}")).unwrap_or_default(),
        format!("type {kind}"),
        ["voice", "chat"][usize::from(*channel % 2)].to_owned(),
        resolved.map(|yes| if yes { "Y" } else { "N" }.to_owned()).unwrap_or_default(),
        handle.map(|x| x.to_string()).unwrap_or_default(),
        (f64::from(*score) / 8.0).to_string(),
        format!("C{date}{}{score}", handle.unwrap_or(7.0).to_bits() % 1000),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let handle = prop_oneof![8 => 0.0..5000.0f64, 1 => Just(-1.0), 1 => Just(1e12), 1 => Just(f64::NAN)];
    let row = (
        0u8..60,
        prop::option::weighted(0.95, 0u8..6),
        prop::option::weighted(0.9, 0u8..3),
        0u8..4,
        0u8..2,
        prop::option::weighted(0.9, any::<bool>()),
        prop::option::weighted(0.9, handle),
        -100i32..800,
    );
    prop::collection::vec(row, 1..200)
}

fn contacts_of(path: &str) -> SourcePlan {
    let mut source = contacts(path);
    source.columns.insert("id".into(), ColumnPlan { raw: vec!["contact".into()], aliases: vec![] });
    source.segments = vec!["channel".into()];
    source.filter = Some(gapwise::sql::parse("score >= -5 OR handle IS NULL").unwrap());
    source.measures.extend([measure(2, "score"), ratio(3, "score", "CASE WHEN resolved THEN 2 ELSE 1 END")]);
    source.values.insert("contact_type".into(), values(&[("*1", "One")], None));
    source
}

fn plan_of(folder: &Path, path: &str) -> Plan {
    let mut plan = plan(folder, vec![contacts_of(path)]);
    plan.events = vec![left_out(&["2026-10-07"], &[]), left_out(&["2026-10-08"], &[("channel", "chat")])];
    plan
}

fn write_csv(path: &Path, rows: &[Row]) {
    let mut text = HEADER.join(",") + "\n";
    for row in rows {
        let _ = writeln!(text, "{}", cells(row).join(","));
    }
    std::fs::write(path, text).unwrap();
}

/// Typed as a warehouse would have it: timestamps, booleans, doubles.
fn write_parquet(path: &Path, rows: &[Row]) {
    let all: Vec<[String; 9]> = rows.iter().map(cells).collect();
    let text = |k: usize| {
        let values: Vec<Option<&str>> =
            all.iter().map(|row| Some(row[k].as_str()).filter(|c| !c.is_empty())).collect();
        Column::from(Series::new(HEADER[k].into(), values))
    };
    let at: Vec<chrono::NaiveDateTime> = all
        .iter()
        .map(|row| chrono::NaiveDateTime::parse_from_str(&row[0], "%Y-%m-%d %H:%M:%S").unwrap())
        .collect();
    let columns = vec![
        Column::from(Series::new("at".into(), at)),
        text(1),
        text(2),
        text(3),
        text(4),
        Column::from(Series::new("resolved".into(), rows.iter().map(|row| row.5).collect::<Vec<_>>())),
        Column::from(Series::new("handle".into(), rows.iter().map(|row| row.6).collect::<Vec<_>>())),
        Column::from(Series::new(
            "score".into(),
            rows.iter().map(|row| f64::from(row.7) / 8.0).collect::<Vec<_>>(),
        )),
        text(8),
    ];
    let mut table = DataFrame::new(rows.len(), columns).unwrap();
    ParquetWriter::new(std::fs::File::create(path).unwrap()).finish(&mut table).unwrap();
}

/// Everything but which files and lines it came from.
fn data(folder: &Path, path: &str) -> Data {
    let mut data = read(&plan_of(folder, path)).unwrap();
    account(&data);
    data.quality.rejected.clear();
    data.quality.sources[0].files = 0;
    data
}

fn runner() -> TestRunner {
    let config = Config { cases: 4, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Tries random rows for so long.
fn for_seconds(seconds: u64, test: impl Fn(Vec<Row>) -> Result<(), TestCaseError>) {
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut runner = runner();
    while Instant::now() < until {
        runner.run(&rows(), &test).unwrap();
    }
}

#[test]
fn order_format_and_split_leave_no_trace() {
    for_seconds(2, |rows| {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        write_csv(&place("whole.csv"), &rows);
        write_parquet(&place("whole.parquet"), &rows);
        let mut other = rows.clone();
        other.sort_by_key(|row| (row.7, row.3, row.0));
        other.reverse();
        write_csv(&place("shuffled.csv"), &other);
        let (head, tail) = other.split_at(rows.len() / 3);
        for (name, part) in [("part-1.csv", head), ("part-2.csv", tail)] {
            write_csv(&place(name), part);
        }
        let whole = data(folder.path(), "whole.csv");
        prop_assert_eq!(&whole, &data(folder.path(), "whole.parquet"));
        prop_assert_eq!(&whole, &data(folder.path(), "shuffled.csv"));
        prop_assert_eq!(&whole, &data(folder.path(), "part-*.csv"));
        Ok(())
    });
}

/// The sums, one row at a time and by hand.
#[test]
fn cells_hold_what_adding_up_by_hand_gives() {
    for_seconds(1, |rows| {
        let folder = tempfile::tempdir().unwrap();
        write_csv(&folder.path().join("c.csv"), &rows);
        let data = data(folder.path(), "c.csv");
        let used = |row: &&Row| {
            let keeps = row.7 >= -40 || row.6.is_none();
            let in_time = row.0 <= 48 && row.0 != 9 && !(row.0 == 10 && row.4 == 1);
            keeps && in_time && row.1.is_some()
        };
        let used: Vec<&Row> = rows.iter().filter(used).collect();
        prop_assert_eq!(account(&data).used, used.len() as u64);
        let yes = used.iter().filter(|row| row.5 == Some(true)).count();
        let known = used.iter().filter(|row| row.5.is_some()).count();
        prop_assert_eq!(totals(&data, 0), (known as u64, yes as i64, yes as i64));
        let q: Vec<i64> = used
            .iter()
            .filter_map(|row| row.6)
            .filter(|x| (0.0..1e9).contains(x))
            .map(|x| (x + 0.5).floor() as i64)
            .collect();
        prop_assert_eq!(totals(&data, 1), (q.len() as u64, q.iter().sum(), q.iter().map(|x| x * x).sum()));
        let q: Vec<i64> =
            used.iter().map(|row| (f64::from(row.7) / 8.0 * 100.0 + 0.5).floor() as i64).collect();
        prop_assert_eq!(totals(&data, 2), (q.len() as u64, q.iter().sum(), q.iter().map(|x| x * x).sum()));
        let pairs: Vec<(i64, i64)> = used
            .iter()
            .map(|row| {
                ((f64::from(row.7) / 8.0 + 0.5).floor() as i64, if row.5 == Some(true) { 2 } else { 1 })
            })
            .collect();
        let Some((0, Sums::Ratio { n, num, den, num2, den2, numden })) = data.cubes[0].sums(3) else {
            panic!("no ratio")
        };
        let sum = |f: fn(&(i64, i64)) -> i64| pairs.iter().map(f).sum::<i64>();
        prop_assert_eq!(n.iter().sum::<u64>(), pairs.len() as u64);
        let sums = [num, den, num2, den2, numden].map(|column| column.iter().sum::<i64>());
        let by_hand =
            [sum(|p| p.0), sum(|p| p.1), sum(|p| p.0 * p.0), sum(|p| p.1 * p.1), sum(|p| p.0 * p.1)];
        prop_assert_eq!(sums, by_hand);
        Ok(())
    });
}

#[test]
fn cube_rows_are_sorted_and_every_key_comes_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = runner();
    let many = rows().new_tree(&mut runner).unwrap().current();
    write_csv(&folder.path().join("c.csv"), &many);
    let data = data(folder.path(), "c.csv");
    let cube = &data.cubes[0];
    let key =
        |k: usize| (cube.period[k], cube.agent[k], cube.team[k], cube.contact_type[k], cube.segments[0][k]);
    assert!(cube.len() > 1 && (1..cube.len()).all(|k| key(k - 1) < key(k)));
    assert!(data.contact_types.contains(&"One".to_owned()));
    assert_eq!(data.segments, [("channel".to_owned(), vec!["chat".to_owned(), "voice".to_owned()])]);
}

/// The contacts with the lowest hashes, row by row and by hand.
#[test]
fn contacts_drawn_are_those_with_the_lowest_keyed_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let mut runner = runner();
    let many: Vec<Row> = (0..20).flat_map(|_| rows().new_tree(&mut runner).unwrap().current()).collect();
    write_csv(&folder.path().join("c.csv"), &many);
    let data = data(folder.path(), "c.csv");
    let samples = data.samples.as_ref().unwrap();
    let sampling = Sampling {
        id: String::new(),
        from: day("2026-11-09"),
        key: Sampling::key("client"),
        outcomes: vec![],
    };
    let last_week = |row: &&Row| (42..=48).contains(&row.0);
    let of = |row: &&Row| row.3 % 4 != 1 && row.5 == Some(false) && row.1.is_some() && last_week(row);
    let kept = |row: &&Row| row.7 >= -40 || row.6.is_none();
    for kind in [0, 2, 3] {
        let ids =
            many.iter().filter(of).filter(kept).filter(|row| row.3 == kind).map(|row| cells(row)[8].clone());
        let mut by_hand: Vec<(u64, String)> = ids.map(|id| (sampling.hash(&id), id)).collect();
        by_hand.sort();
        by_hand.dedup();
        by_hand.truncate(DRAWN);
        let name = format!("type {kind}");
        let at = data.contact_types.iter().position(|one| *one == name).unwrap();
        let own = samples.iter().filter(|one| one.contact_type as usize == at && one.metric == 0);
        let mut drawn: Vec<(u64, String)> =
            own.filter(|one| one.counted == Some(false)).map(|one| (one.hash, one.id.clone())).collect();
        drawn.dedup();
        assert_eq!(drawn, by_hand, "{name}");
        assert!(drawn.len() > 5);
    }
    assert!(samples.iter().all(|one| one.period == samples[0].period), "no other week can be spoken of");
}

#[test]
fn without_a_column_that_names_contacts_none_are_drawn() {
    let data = read_text("c.csv", b"at,agent,resolved,handle,team,type\n2026-11-09,Ann,Y,3,A,B\n", |_| {});
    assert_eq!(data.unwrap().samples, None);
}

const CHILD: &str = "GAPWISE_TEST_READS";

#[test]
fn one_thread_and_two_read_the_same() {
    if let Ok(folder) = std::env::var(CHILD) {
        let folder = Path::new(&folder);
        let text = ["c.csv", "c.parquet"].map(|name| format!("{:?}", data(folder, name))).join("\n");
        std::fs::write(folder.join(std::env::var("POLARS_MAX_THREADS").unwrap()), text).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut runner = runner();
    let many: Vec<Row> = (0..100).flat_map(|_| rows().new_tree(&mut runner).unwrap().current()).collect();
    write_csv(&folder.path().join("c.csv"), &many);
    write_parquet(&folder.path().join("c.parquet"), &many);
    for threads in ["1", "2"] {
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["same::one_thread_and_two_read_the_same", "--exact"])
            .env(CHILD, folder.path())
            .env("POLARS_MAX_THREADS", threads)
            .status();
        assert!(status.unwrap().success());
    }
    let [one, two] = ["1", "2"].map(|threads| std::fs::read_to_string(folder.path().join(threads)).unwrap());
    assert!(one == two && one.len() > 1000);
}

#[test]
fn kept_results_change_nothing_and_follow_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut runner = runner();
    let many = rows().new_tree(&mut runner).unwrap().current();
    write_csv(&folder.path().join("c.csv"), &many);
    let plan = plan_of(folder.path(), "c.csv");
    let read = || {
        let span = weeks(&plan, "2026-09-28", "2026-11-15");
        gapwise::source::read(&plan, span, day("2026-11-15"), Some(&kept)).unwrap()
    };
    let first = read();
    assert_eq!(first, crate::support::read(&plan).unwrap());
    assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 2);
    assert_eq!(first, read());
    let place = std::fs::read_dir(&kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().unwrap() == "json");
    std::fs::write(place.unwrap(), "broken").unwrap();
    assert_eq!(first, read(), "what cannot be read is made again");
    write_csv(&folder.path().join("c.csv"), &many[1..]);
    let next = read();
    assert_eq!(next.quality.sources[0].read + 1, first.quality.sources[0].read);
}

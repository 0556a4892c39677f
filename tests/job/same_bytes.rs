//! The same data give the same bytes, whatever order, file format, thread count, day or earlier publication.

use assert_cmd::Command;
use gapwise::job;
use polars::prelude::{CsvReadOptions, ParquetWriter, SerReader as _};

use crate::bench::{Bench, END, assert_same, files, result, world};

/// Swaps rows about by a fixed rule, the header kept.
fn shuffle(bench: &Bench, name: &str) {
    bench.rows(name, |mut rows| {
        let head = rows.remove(0);
        rows.sort_by_cached_key(|row| blake3::hash(row.join(",").as_bytes()).to_hex().to_string());
        rows.insert(0, head);
        rows
    });
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let (bench, shuffled) = (Bench::northwind(), Bench::northwind());
    for name in ["contacts", "evaluations", "coaching", "roster"] {
        shuffle(&shuffled, &format!("data/{name}.csv"));
    }
    assert_ne!(bench.read("data/contacts.csv"), shuffled.read("data/contacts.csv"));
    let run = bench.run(END);
    assert!(run.text("investigation.html").contains("Watch the process, not the person</h2>"), "contacts");
    assert_same(&run.result(), &shuffled.run(END).result());
}

#[test]
fn csv_and_parquet_give_the_same_bytes() {
    let (csv, parquet) = (Bench::northwind(), Bench::northwind());
    for name in ["contacts", "evaluations"] {
        let path = parquet.path(&format!("data/{name}.csv"));
        let options = CsvReadOptions::default().with_infer_schema_length(None);
        let options = options.map_parse_options(|parse| parse.with_try_parse_dates(true));
        let mut table = options.try_into_reader_with_file_path(Some(path.clone())).unwrap().finish().unwrap();
        assert!(table.column("agent_id").is_ok());
        ParquetWriter::new(std::fs::File::create(path.with_extension("parquet")).unwrap())
            .finish(&mut table)
            .unwrap();
        std::fs::remove_file(path).unwrap();
        parquet.replace("gapwise.toml", &format!("data/{name}.csv"), &format!("data/{name}.parquet"));
    }
    assert_same(&csv.run(END).result(), &parquet.run(END).result());
}

#[test]
fn one_file_or_many_give_the_same_bytes() {
    let (one, many) = (Bench::northwind(), Bench::northwind());
    let text = many.read("data/contacts.csv");
    let (head, body) = text.split_once('\n').unwrap();
    let lines: Vec<&str> = body.lines().collect();
    for (part, lines) in lines.chunks(lines.len() / 3 + 1).enumerate() {
        many.write(&format!("data/part-{part}.csv"), format!("{head}\n{}\n", lines.join("\n")));
    }
    many.replace("gapwise.toml", "data/contacts.csv", "data/part-*.csv");
    assert_same(&one.run(END).result(), &many.run(END).result());
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let bench = Bench::northwind();
    let with = |threads: &str| {
        let out = bench.folder.with_file_name(format!("out-{threads}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        command.arg("run").arg(&bench.folder).arg("--out").arg(&out).args(["--as-of", END]);
        command.env("POLARS_MAX_THREADS", threads).assert().success();
        result(files(&out.join("northwind-energy/2026-W46")))
    };
    assert_same(&with("1"), &with("2"));
}

#[test]
fn running_again_changes_nothing() {
    let bench = Bench::small();
    let first = bench.run(END);
    let second = bench.run(END);
    assert_eq!(first.files, second.files);
    assert!(second.outcome.changed.is_empty(), "{:?}", second.outcome.changed);
    assert!(!bench.out.join("rule-test/revisions.jsonl").exists());
    let asked = job::Asked { kept: job::Kept::Rebuild, ..bench.asked(END) };
    let rebuilt = job::run(&bench.folder, &asked, &world("2026-11-18T06:00:00Z")).unwrap();
    assert_eq!(files(&rebuilt.folder.unwrap()), first.files);
}

#[test]
fn what_was_published_before_does_not_show() {
    let (fresh, used) = (Bench::small(), Bench::small());
    let data = used.read("data/contacts.csv");
    used.column(
        "data/contacts.csv",
        "resolved",
        |row, cell| if row % 3 == 0 { "N".into() } else { cell.into() },
    );
    used.run("2026-11-08");
    let wrong = used.run(END);
    used.write("data/contacts.csv", data);
    let right = used.run(END);
    assert_ne!(wrong.files["findings.json"], right.files["findings.json"]);
    assert!(right.outcome.changed.contains(&"findings.json".to_owned()), "{:?}", right.outcome.changed);
    assert_same(&fresh.run(END).result(), &right.result());
}

#[test]
fn the_day_of_the_run_does_not_show() {
    let bench = Bench::small();
    let on = |now: &str| {
        let out = bench.folder.with_file_name(&now[..4]);
        let asked = job::Asked { out, ..bench.asked(END) };
        files(&job::run(&bench.folder, &asked, &world(now)).unwrap().folder.unwrap())
    };
    assert_same(&on("2026-11-16T00:00:01Z"), &on("2031-02-28T23:59:59Z"));
}

#[test]
fn a_label_means_the_last_day_of_its_period() {
    let bench = Bench::small();
    let (by_date, by_label) = (bench.run(END), bench.run("2026-W46"));
    assert_eq!(by_date.outcome.label, "2026-W46");
    assert_eq!(by_date.files, by_label.files);
    assert_eq!(bench.run("2026-11-14").outcome.label, "2026-W45");
}

#[test]
fn the_way_a_workspace_is_named_does_not_matter() {
    let bench = Bench::small();
    std::fs::create_dir(bench.path("templates")).unwrap();
    bench.write("templates/own.md", "our own page\n");
    bench.append("gapwise.toml", "[[report]]\ntemplate = \"own.md\"\n");
    let named = |folder: &str, within: &std::path::Path, out: &str| {
        let out = bench.folder.with_file_name(out);
        let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
        command.current_dir(within).arg("run").arg(folder).arg("--out").arg(&out).args(["--as-of", END]);
        command.assert().success();
        files(&out.join("rule-test/2026-W46"))
    };
    let whole = named(bench.folder.to_str().unwrap(), std::path::Path::new("/"), "whole");
    assert!(whole["own.md"].starts_with(b"our own page"));
    assert_same(&whole, &named(".", &bench.folder, "inside"));
    assert_same(&whole, &named("./workspace/", bench.folder.parent().unwrap(), "beside"));
}

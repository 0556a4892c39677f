//! A small centre in a temporary folder, changed by a test and run in this process.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use gapwise::job::{self, Asked, Failure, Kept, Network, Outcome, Writing};
use gapwise::simulate::{self, Centre, Handle, Lesson, Policy, Range, Scenario};
use gapwise::world::World;
use serde_json::Value;
use tempfile::TempDir;

/// Every file of a publication by path below its folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) const END: &str = "2026-11-15";

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn world(now: &str) -> World {
    World { now: now.parse::<DateTime<Utc>>().unwrap(), env: BTreeMap::new() }
}

/// The demonstration centre, smaller: 24 agents in 3 teams, 18 weeks up to [`END`].
pub(crate) fn northwind() -> Scenario {
    let demo = simulate::demo();
    Scenario {
        weeks: 18,
        agents: 24,
        teams: 3,
        contacts: Range { low: 24, high: 32 },
        evaluations: 2,
        ..demo
    }
}

/// A centre of two types with one proportion, one mean and some coaching.
pub(crate) fn centre() -> Centre {
    Centre {
        agents: 20,
        teams: 2,
        weeks: 12,
        contacts: 24,
        types: BTreeMap::from([("Billing".to_owned(), 0.6), ("Refund".to_owned(), 0.4)]),
        level: 0.7,
        levels: BTreeMap::new(),
        structural: BTreeMap::from([("Refund".to_owned(), 0.45)]),
        spread: 0.06,
        week_spread: 0.0,
        target: Some(0.75),
        material: Some(0.02),
        handle: Some(Handle {
            level: 330.0,
            levels: BTreeMap::new(),
            spread: 30.0,
            cv: 0.5,
            target: Some(300.0),
            material: Some(10.0),
        }),
        coaching: Some(lesson()),
        noise: true,
        seed: 3,
        end: day(END),
    }
}

fn lesson() -> Lesson {
    Lesson {
        policy: Policy::Scheduled,
        effect: 0.05,
        from: 4,
        to: None,
        per_week: 1,
        worst: 0.25,
        follow_ups: 1,
        minutes: 30,
        cancelled: 0.1,
    }
}

/// A workspace and the folder it publishes into.
pub(crate) struct Bench {
    _home: TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) out: PathBuf,
}

impl Bench {
    fn at(write: impl Fn(&Path)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("workspace");
        write(&folder);
        Self { out: home.path().join("out"), folder, _home: home }
    }

    pub(crate) fn northwind() -> Self {
        let bench = Self::at(|folder| drop(simulate::write(&northwind(), folder).unwrap()));
        bench.replace("gapwise.toml", "history = 8", "history = 4");
        bench
    }

    pub(crate) fn of(centre: &Centre) -> Self {
        let bench = Self::at(|folder| drop(simulate::write_centre(centre, folder).unwrap()));
        bench.replace("gapwise.toml", "history = 8", "history = 2");
        bench
    }

    pub(crate) fn small() -> Self {
        Self::of(&centre())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Replaces text that must be there.
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "`{name}` has no `{from}`");
        self.write(name, text.replace(from, to));
    }

    pub(crate) fn append(&self, name: &str, text: &str) {
        self.write(name, self.read(name) + text);
    }

    /// Rewrites the rows of a CSV file, its header first.
    pub(crate) fn rows(&self, name: &str, change: impl FnOnce(Vec<Vec<String>>) -> Vec<Vec<String>>) {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(self.path(name)).unwrap();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let mut writer = csv::Writer::from_path(self.path(name)).unwrap();
        for row in change(rows) {
            writer.write_record(&row).unwrap();
        }
        writer.flush().unwrap();
    }

    /// Rewrites one column of a CSV file; `change` has the row and the cell.
    pub(crate) fn column(&self, name: &str, column: &str, change: impl Fn(usize, &str) -> String) {
        self.rows(name, |mut rows| {
            let at = rows[0].iter().position(|header| header == column).unwrap();
            rows.iter_mut().enumerate().skip(1).for_each(|(row, cells)| cells[at] = change(row, &cells[at]));
            rows
        });
    }

    /// Keeps the rows of a CSV file whose day passes.
    pub(crate) fn days(&self, name: &str, column: &str, keep: impl Fn(NaiveDate) -> bool) {
        self.rows(name, |mut rows| {
            let at = rows[0].iter().position(|header| header == column).unwrap();
            let head = rows.remove(0);
            rows.retain(|cells| keep(day(&cells[at][..10])));
            rows.insert(0, head);
            rows
        });
    }

    pub(crate) fn asked(&self, as_of: &str) -> Asked {
        Asked {
            as_of: Some(as_of.to_owned()),
            out: self.out.clone(),
            fail_on: None,
            network: Network::Offline,
            writing: Writing::Publish,
            kept: Kept::Use,
        }
    }

    pub(crate) fn try_run(&self, as_of: &str) -> Result<Outcome, Failure> {
        job::run(&self.folder, &self.asked(as_of), &world("2026-11-18T06:00:00Z"))
    }

    /// Runs and reads back what was published.
    pub(crate) fn run(&self, as_of: &str) -> Run {
        let outcome = self.try_run(as_of).unwrap_or_else(|failure| panic!("{}", told(&failure)));
        Run { files: files(outcome.folder.as_ref().unwrap()), outcome }
    }
}

fn told(failure: &Failure) -> String {
    match failure {
        Failure::Config(mistakes) => mistakes.render(),
        other => format!("{other:?}"),
    }
}

pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) files: Files,
}

impl Run {
    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).unwrap()
    }

    pub(crate) fn findings(&self) -> Value {
        serde_json::from_slice(&self.files["findings.json"]).unwrap()
    }

    /// The files that are the same bytes for the same data: all but the manifest's `inputs`.
    pub(crate) fn result(&self) -> Files {
        result(self.files.clone())
    }

    /// A source's counts.
    pub(crate) fn counts(&self, source: &str) -> Value {
        let findings = self.findings();
        let sources = findings["data_quality"]["sources"].as_array().unwrap();
        sources.iter().find(|one| one["source"] == source).unwrap_or(&Value::Null).clone()
    }

    /// Verdict of the operation on each metric.
    pub(crate) fn verdicts(&self) -> BTreeMap<String, String> {
        let findings = self.findings();
        let all =
            findings["verdicts"].as_array().unwrap().iter().filter(|v| v["scope"]["level"] == "operation");
        all.map(|v| (v["metric"].as_str().unwrap().to_owned(), v["verdict"].as_str().unwrap().to_owned()))
            .collect()
    }
}

pub(crate) fn result(mut files: Files) -> Files {
    let mut manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert!(manifest.as_object_mut().unwrap().remove("inputs").is_some());
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
    files
}

pub(crate) fn files(folder: &Path) -> Files {
    let all = glob::glob(folder.join("**/*").to_str().unwrap()).unwrap().map(Result::unwrap);
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    all.filter(|path| path.is_file()).map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// Names of the files that differ, or are in one publication only.
pub(crate) fn differing(a: &Files, b: &Files) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

pub(crate) fn assert_same(a: &Files, b: &Files) {
    let differ = differing(a, b);
    assert!(a.len() > 8 && differ.is_empty(), "{} files, these differ: {differ:?}", a.len());
}

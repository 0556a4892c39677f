//! `gapwise test`: rule tests as data, and the first two tests of a rule that has none.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use serde::Serialize;

use super::{Format, complain, new_tests, say};
use crate::config;
use crate::trial::{self, Setting, Test};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A workspace with `tests/*.toml`; the built-in packs' own tests when absent.
    workspace: Option<PathBuf>,
    /// The same, for those who are used to it.
    #[arg(long = "workspace", value_name = "DIR", conflicts_with = "workspace")]
    folder: Option<PathBuf>,
    /// Only tests whose name contains this text, or matches it where it has a `*`, `?` or `[`.
    #[arg(long, value_name = "PATTERN")]
    run: Option<String>,
    /// Write `tests/RULE.toml`: a test in which the rule fires and one in which it is silent.
    #[arg(long, value_name = "RULE", conflicts_with = "run")]
    new: Option<String>,
    /// How the outcome is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Args {
    pub(super) fn workspace(&self) -> Option<&Path> {
        self.workspace.as_deref().or(self.folder.as_deref())
    }
}

/// What became of one test.
#[derive(Serialize)]
struct Outcome {
    file: String,
    name: String,
    passed: bool,
    faults: Vec<String>,
}

/// Test files with what their tests share: (name, text, setting).
type Suite = Vec<(String, String, Setting)>;

/// How many tests passed, failed, and could not be run.
#[derive(Default)]
struct Count {
    passed: u32,
    failed: u32,
    broken: u32,
}

/// 0 = all passed, 1 = one failed, 2 = one could not be run, or there is none.
pub(super) fn run(args: &Args, world: &World) -> u8 {
    if let Some(rule) = &args.new {
        return new_tests::run(rule, args.workspace().unwrap_or_else(|| Path::new(".")), world);
    }
    let suite = match args.workspace() {
        Some(workspace) => of_workspace(workspace, world),
        None => Ok(builtin()),
    };
    match suite.and_then(|suite| Ok((Wanted::of(args.run.as_deref())?, suite))) {
        Ok((wanted, suite)) => told(&suite, &wanted, args.format, world),
        Err(error) => {
            complain(&format!("error: {error:#}"));
            2
        }
    }
}

fn told(suite: &Suite, wanted: &Wanted, format: Format, world: &World) -> u8 {
    if suite.is_empty() {
        complain("error: no test found; tests stand in `tests/*.toml` of a workspace");
        return 2;
    }
    let mut count = Count::default();
    let outcomes = go(suite, wanted, format, world, &mut count);
    if count.passed + count.failed + count.broken == 0 {
        complain(&format!("error: no test's name {wanted}"));
        return 2;
    }
    match format {
        Format::Text => say(&summary(&count)),
        Format::Json => say(&serde_json::to_string_pretty(&outcomes).unwrap_or_default()),
    }
    match (count.broken, count.failed) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
    }
}

fn summary(count: &Count) -> String {
    let broken =
        if count.broken == 0 { String::new() } else { format!(", {} could not be run", count.broken) };
    format!("{} passed, {} failed{broken}", count.passed, count.failed)
}

/// Which tests are run.
enum Wanted {
    Containing(String),
    Matching(glob::Pattern),
}

impl Wanted {
    fn of(pattern: Option<&str>) -> anyhow::Result<Self> {
        let text = pattern.unwrap_or_default();
        if !text.contains(['*', '?', '[']) {
            return Ok(Self::Containing(text.to_owned()));
        }
        let pattern = glob::Pattern::new(text).with_context(|| format!("`--run {text}` is no pattern"))?;
        Ok(Self::Matching(pattern))
    }

    fn holds(&self, name: &str) -> bool {
        match self {
            Self::Containing(text) => name.contains(text.as_str()),
            Self::Matching(pattern) => pattern.matches(name),
        }
    }
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Containing(text) => write!(f, "contains `{text}`"),
            Self::Matching(pattern) => write!(f, "matches `{pattern}`"),
        }
    }
}

fn builtin() -> Suite {
    let packs = config::builtin_names();
    let of = |pack: &&str| {
        let setting = Setting::builtin(pack);
        trial::builtin(pack).into_iter().map(move |(file, text)| (file, text.to_owned(), setting.clone()))
    };
    packs.iter().flat_map(of).collect()
}

fn of_workspace(workspace: &Path, world: &World) -> anyhow::Result<Suite> {
    let setting = trial::setting_of(workspace, world)?;
    let files = trial::of_workspace(workspace, world)?;
    Ok(files.into_iter().map(|(file, text)| (file, text, setting.clone())).collect())
}

fn go(suite: &Suite, wanted: &Wanted, format: Format, world: &World, count: &mut Count) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (file, text, setting) in suite {
        match trial::parse(text) {
            Ok(tests) => {
                for test in tests.test.iter().filter(|test| wanted.holds(&test.name)) {
                    outcomes.extend(one(file, test, setting, format, world, count));
                }
            }
            Err(error) => {
                complain(&format!("error: {file}: {error:#}"));
                count.broken += 1;
            }
        }
    }
    outcomes
}

fn one(
    file: &str,
    test: &Test,
    setting: &Setting,
    format: Format,
    world: &World,
    count: &mut Count,
) -> Option<Outcome> {
    let verdict = match trial::run(test, setting, world) {
        Ok(verdict) => verdict,
        Err(error) => {
            complain(&format!("error: {file}: {}: {error:#}", test.name));
            count.broken += 1;
            return None;
        }
    };
    let passed = verdict.faults.is_empty();
    *if passed { &mut count.passed } else { &mut count.failed } += 1;
    if format == Format::Text {
        say(&format!("{} {file}: {}", if passed { "ok     " } else { "FAILED " }, verdict.name));
        for fault in &verdict.faults {
            say(&format!("        {}", fault.replace('\n', "\n        ")));
        }
    }
    Some(Outcome { file: file.to_owned(), name: verdict.name, passed, faults: verdict.faults })
}

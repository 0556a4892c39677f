//! `gapwise test`: rule tests as data.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::{complain, say};
use crate::config;
use crate::trial::{self, Setting, Test};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A workspace with `tests/*.toml`; the built-in packs' own tests when absent.
    workspace: Option<PathBuf>,
    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT")]
    run: Option<String>,
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
    let suite = match &args.workspace {
        Some(workspace) => of_workspace(workspace, world),
        None => Ok(builtin()),
    };
    let suite = match suite {
        Ok(suite) => suite,
        Err(error) => {
            complain(&format!("error: {error:#}"));
            return 2;
        }
    };
    if suite.is_empty() {
        complain("error: no test found; tests stand in `tests/*.toml` of a workspace");
        return 2;
    }
    let wanted = args.run.as_deref().unwrap_or("");
    let count = go(&suite, wanted, world);
    if count.passed + count.failed + count.broken == 0 {
        complain(&format!("error: no test's name contains `{wanted}`"));
        return 2;
    }
    let broken =
        if count.broken == 0 { String::new() } else { format!(", {} could not be run", count.broken) };
    say(&format!("{} passed, {} failed{broken}", count.passed, count.failed));
    match (count.broken, count.failed) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
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

fn go(suite: &Suite, wanted: &str, world: &World) -> Count {
    let mut count = Count::default();
    for (file, text, setting) in suite {
        match trial::parse(text) {
            Ok(tests) => {
                let wanted = tests.test.iter().filter(|test| test.name.contains(wanted));
                wanted.for_each(|test| one(file, test, setting, world, &mut count));
            }
            Err(error) => {
                complain(&format!("error: {file}: {error:#}"));
                count.broken += 1;
            }
        }
    }
    count
}

fn one(file: &str, test: &Test, setting: &Setting, world: &World, count: &mut Count) {
    match trial::run(test, setting, world) {
        Ok(verdict) if verdict.faults.is_empty() => {
            say(&format!("ok      {file}: {}", verdict.name));
            count.passed += 1;
        }
        Ok(verdict) => {
            say(&format!("FAILED  {file}: {}", verdict.name));
            verdict
                .faults
                .iter()
                .for_each(|fault| say(&format!("        {}", fault.replace('\n', "\n        "))));
            count.failed += 1;
        }
        Err(error) => {
            complain(&format!("error: {file}: {}: {error:#}", test.name));
            count.broken += 1;
        }
    }
}

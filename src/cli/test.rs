//! `gapwise test`: rule tests as data.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, say};
use crate::config;
use crate::trial;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A workspace with `tests/*.toml`; the built-in packs' own tests when absent.
    workspace: Option<PathBuf>,
    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT")]
    run: Option<String>,
}

/// Test files with the rules they are run with.
type Suite = Vec<(String, String, Vec<String>)>;

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
    go(&suite, args.run.as_deref().unwrap_or(""), world)
}

fn builtin() -> Suite {
    let packs = config::builtin_names();
    let of = |pack: &&str| {
        let rules = vec![format!("builtin:{pack}")];
        trial::builtin(pack).into_iter().map(move |(file, text)| (file, text.to_owned(), rules.clone()))
    };
    packs.iter().flat_map(of).collect()
}

fn of_workspace(workspace: &std::path::Path, world: &World) -> anyhow::Result<Suite> {
    let rules = trial::rules_of(workspace, world)?;
    let files = trial::of_workspace(workspace, world)?;
    Ok(files.into_iter().map(|(file, text)| (file, text, rules.clone())).collect())
}

fn go(suite: &Suite, wanted: &str, world: &World) -> u8 {
    let (mut passed, mut failed, mut broken) = (0u32, 0u32, 0u32);
    for (file, text, rules) in suite {
        let tests = match trial::parse(text) {
            Ok(tests) => tests,
            Err(error) => {
                complain(&format!("error: {file}: {error:#}"));
                broken += 1;
                continue;
            }
        };
        for test in tests.test.iter().filter(|test| test.name.contains(wanted)) {
            match trial::run(test, rules, world) {
                Ok(verdict) if verdict.faults.is_empty() => {
                    say(&format!("ok      {file}: {}", verdict.name));
                    passed += 1;
                }
                Ok(verdict) => {
                    say(&format!("FAILED  {file}: {}", verdict.name));
                    verdict.faults.iter().for_each(|fault| say(&format!("        {}", fault.replace('\n', "\n        "))));
                    failed += 1;
                }
                Err(error) => {
                    complain(&format!("error: {file}: {}: {error:#}", test.name));
                    broken += 1;
                }
            }
        }
    }
    say(&format!("{passed} passed, {} failed", failed + broken));
    match (broken, failed) {
        (0, 0) => 0,
        (0, _) => 1,
        _ => 2,
    }
}

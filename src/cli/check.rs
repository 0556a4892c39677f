//! `gapwise check`: everything that can be known without data.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, say, shown};
use crate::config;
use crate::report;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Fail on this code, although it is only a warning (GW160).
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let loaded = config::load(&args.workspace, world).and_then(|loaded| {
        let mistakes = report::check(&loaded.plan);
        if mistakes.has_errors() { Err(mistakes) } else { Ok(loaded) }
    });
    match loaded {
        Err(mistakes) => {
            complain(&mistakes.render());
            if args.workspace.join("gapwise.toml").is_file() { 1 } else { 2 }
        }
        Ok(loaded) => {
            if !loaded.warnings.is_empty() {
                complain(&loaded.warnings.render());
            }
            let denied = |code: &str| args.deny.iter().any(|deny| deny.eq_ignore_ascii_case(code));
            if loaded.warnings.sorted().iter().any(|warning| denied(warning.code)) {
                return 1;
            }
            let plan = &loaded.plan;
            say(&format!(
                "{}: {}, {} and {} in order",
                shown(&args.workspace),
                counted(plan.rules.len(), "rule"),
                counted(plan.metrics.len(), "metric"),
                counted(plan.sources.len(), "source")
            ));
            0
        }
    }
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

//! `gapwise check`: everything that can be known without data, and with `--data` what only the data show.

mod data;
mod summary;

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, say, shown};
use crate::config;
use crate::diag::Diagnostics;
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
    /// Look at the data too: files, columns, values no map names, what cannot be judged.
    #[arg(long)]
    data: bool,
    /// With `--data`: data are complete through the end of this day or period; the last day of data when absent.
    #[arg(long, value_name = "DATE", requires = "data")]
    as_of: Option<String>,
    /// With `--data`: where reports are published, for what runs kept of the files.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
}

impl Args {
    fn denies(&self, found: &Diagnostics) -> bool {
        let denied = |code: &str| self.deny.iter().any(|deny| deny.eq_ignore_ascii_case(code));
        found.sorted().iter().any(|one| denied(one.code))
    }
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
            if args.denies(&loaded.warnings) {
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
            if args.data { data::run(args, loaded, world) } else { 0 }
        }
    }
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

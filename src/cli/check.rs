//! `gapwise check`: everything that can be known without data, and with `--data` what only the data show.

mod data;
mod summary;

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run::fail;
use super::{complain, say, shown};
use crate::config::{self, Plan};
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
    let (loaded, mut found) = match config::load(&args.workspace, world) {
        Err(mistakes) => (None, mistakes),
        Ok(loaded) => {
            let mut found = loaded.warnings.clone();
            found.extend(report::check(&loaded.plan));
            (Some(loaded), found)
        }
    };
    let Some(loaded) = loaded.filter(|_| !found.has_errors()) else {
        complain(&found.render());
        return if args.workspace.join("gapwise.toml").is_file() { 1 } else { 2 };
    };
    let in_order = in_order(args, &loaded.plan);
    let facts = match args.data.then(|| data::probe(args, loaded, world)) {
        None => None,
        Some(Err(failure)) => return fail(&args.workspace, &failure),
        Some(Ok(probed)) => {
            found.extend(probed.found);
            probed.facts
        }
    };
    let code = u8::from(found.has_errors() || args.denies(&found));
    if code == 0 || facts.is_some() {
        say(&in_order);
    }
    if let Some(facts) = &facts {
        say(&summary::summary(facts));
    }
    if !found.is_empty() {
        complain(&found.render());
    }
    code
}

fn in_order(args: &Args, plan: &Plan) -> String {
    format!(
        "{}: {}, {} and {} in order",
        shown(&args.workspace),
        counted(plan.rules.len(), "rule"),
        counted(plan.metrics.len(), "metric"),
        counted(plan.sources.len(), "source")
    )
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

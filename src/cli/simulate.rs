//! `gapwise simulate`: a scenario as a workspace.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args as ClapArgs;

use super::{complain, say, shown};
use crate::simulate::{self, Scenario};

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A scenario in TOML; see `examples/scenario.toml`.
    scenario: PathBuf,
    /// Where the workspace is written.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write the tables alone, into a workspace that has its own `gapwise.toml`.
    #[arg(long)]
    data_only: bool,
}

pub(super) fn run(args: &Args) -> u8 {
    let text = match std::fs::read_to_string(&args.scenario)
        .with_context(|| format!("cannot read `{}`", shown(&args.scenario)))
    {
        Ok(text) => text,
        Err(error) => {
            complain(&format!("error: {error:#}"));
            return 2;
        }
    };
    let scenario = match Scenario::parse(&text) {
        Ok(scenario) => scenario,
        Err(error) => {
            complain(&format!("error: `{}`: {error:#}", shown(&args.scenario)));
            return 2;
        }
    };
    let write = if args.data_only { simulate::write_data } else { simulate::write };
    match write(&scenario, &args.out) {
        Ok(written) => {
            say(&format!(
                "{}: {} contacts, {} sessions",
                shown(&written.folder),
                written.contacts,
                written.sessions
            ));
            0
        }
        Err(error) => {
            complain(&format!("error: {error:#}"));
            6
        }
    }
}

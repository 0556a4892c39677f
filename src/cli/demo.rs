//! `gapwise demo`: a synthetic centre as an ordinary workspace, and the whole job on it.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::{complain, run::alone, say, shown};
use crate::job::{Asked, Kept, Network, Writing};
use crate::simulate;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Where the workspace is written; an existing demo there is run again as it is.
    #[arg(default_value = "demo")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let scenario = simulate::demo();
    if let Err(error) = prepare(&scenario, &args.folder) {
        complain(&format!("error: {error:#}"));
        return 6;
    }
    let asked = Asked {
        as_of: Some(scenario.end.to_string()),
        out: args.folder.join("out"),
        fail_on: None,
        network: Network::Offline,
        writing: Writing::Publish,
        kept: Kept::Use,
    };
    let code = alone(&args.folder, &asked, world);
    if code == 0 {
        let latest = args.folder.join("out").join("northwind-energy").join("latest");
        let page = if latest.exists() { latest.join("leadership.html") } else { args.folder.join("out") };
        say(&format!("open {}", shown(&page)));
        say(&format!("edit {} and run it again", shown(&args.folder.join("gapwise.toml"))));
    }
    code
}

/// Writes the workspace, unless there is one already.
fn prepare(scenario: &simulate::Scenario, folder: &Path) -> anyhow::Result<()> {
    if folder.join("gapwise.toml").exists() {
        return Ok(());
    }
    simulate::write(scenario, folder).map(|_| ())
}

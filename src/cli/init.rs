//! `gapwise init`: a workspace to start from, made by looking at a client's data.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::{run::fail, say, shown};
use crate::intake::{self, Asked, Written};
use crate::world::World;

/// Things to look at that are named one by one.
const MOST_NAMED: usize = 8;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The client's files: csv, tsv, ndjson, parquet or xlsx; globs and folders too.
    #[arg(required = true)]
    data: Vec<String>,
    /// The folder of the workspace to be.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The client's name; made of DIR's when absent.
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// The zone of the operation, such as `Europe/London`; UTC when absent.
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The rules to start from.
    #[arg(long, value_name = "PACK", default_value = "builtin:contact-centre")]
    rules: String,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let asked = Asked {
        data: args.data.clone(),
        folder: args.out.clone(),
        client: args.client.clone(),
        timezone: args.timezone.clone(),
        rules: args.rules.clone(),
    };
    match intake::init(&asked, world) {
        Ok(written) => tell(&args.out, &written, args.timezone.is_some()),
        Err(failure) => fail(&args.out, &failure),
    }
}

fn tell(folder: &Path, written: &Written, is_zone_said: bool) -> u8 {
    for (source, seen) in &written.recognised {
        say(&format!("{source:<12} {seen}"));
    }
    say(&format!("{:<12} {}", "metrics", written.metrics.join(", ")));
    let mut eye = written.eye.clone();
    if !is_zone_said {
        eye.insert(0, "timezone: no zone was said, so UTC stands there".to_owned());
    }
    say("\nto look at:");
    for one in eye.iter().take(MOST_NAMED) {
        say(&format!("  {one}"));
    }
    if eye.len() > MOST_NAMED {
        say(&format!("  and {} more, in the comments of gapwise.toml", eye.len() - MOST_NAMED));
    }
    say("  targets are today's levels: put the client's own in gapwise.toml");
    let folder = shown(folder);
    say(&format!(
        "\nnext:\n  gapwise check {folder} --data\n  gapwise run {folder} --as-of {}",
        written.as_of
    ));
    0
}

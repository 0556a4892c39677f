//! `gapwise privacy`: what a workspace does with data about people, for those whose data they are.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Format, complain, load, say, shown};
use crate::job::Notice;
use crate::publish::privacy_key;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Where reports are published.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// As text or JSON.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Make the key behind codes, `state/privacy.key`, where there is none.
    #[arg(long)]
    new_key: bool,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let loaded = match load(&args.workspace, world) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    if args.new_key {
        return new_key(args);
    }
    let plan = &loaded.plan;
    let notice = Notice::of(plan, &args.out, world.today(plan.calendar.zone));
    match args.format {
        Format::Text => say(text(&notice).trim_end()),
        Format::Json => match serde_json::to_string_pretty(&notice) {
            Ok(json) => say(&json),
            Err(error) => {
                complain(&format!("error: {error}"));
                return 70;
            }
        },
    }
    0
}

fn new_key(args: &Args) -> u8 {
    match privacy_key::create(&args.workspace) {
        Ok(place) => {
            say(&shown(&place));
            0
        }
        Err(error) => {
            complain(&format!("error: {error:#}"));
            6
        }
    }
}

fn text(notice: &Notice) -> String {
    let mut text = format!("{}: what is done with data about people\n", notice.client);
    let mut part = |title: &str, lines: Vec<String>| {
        let _ = write!(text, "\n{title}\n");
        let lines = if lines.is_empty() { vec!["none".to_owned()] } else { lines };
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    };
    let reads = notice.reads.iter().flat_map(|source| {
        let head = format!("{}: {}", source.source, source.path);
        let roles = source.columns.iter().map(|one| format!("  {}: {}", one.role, one.columns.join(", ")));
        std::iter::once(head).chain(roles.collect::<Vec<_>>())
    });
    part("What is read", reads.collect());
    part("What is published", pairs(notice.leaves.iter().map(|one| (&one.what, &one.says))));
    part("What is delivered", pairs(notice.deliveries.iter().map(|one| (&one.what, &one.says))));
    let keeps = notice.keeps.iter().map(|one| format!("{}: {}; {}", one.place, one.what, one.how_long));
    part("What is kept", keeps.collect());
    part("Safeguards in force", notice.safeguards.clone());
    let allowances = notice.allowances.iter().map(|one| {
        let state = if one.in_force { "in force" } else { "ended" };
        format!(
            "{}: agents by {} until {} ({state}); basis: {}; agreed by: {}; answers for it: {}",
            one.report, one.shows, one.until, one.basis, one.agreed_by, one.owner
        )
    });
    part("Allowances", allowances.collect());
    text
}

fn pairs<'a>(all: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<String> {
    all.map(|(what, says)| format!("{what}: {says}")).collect()
}

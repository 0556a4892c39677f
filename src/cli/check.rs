//! `gapwise check`: everything that can be known without data.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use super::{complain, say, shown};
use crate::config::{self, Loaded, Plan};
use crate::diag::{self, Diagnostics, Level};
use crate::report;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Fail on this code, although it is only a warning (GW160).
    #[arg(long, value_name = "CODE", value_parser = known_code)]
    deny: Vec<String>,
    /// Text on standard error, or JSON on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let (plan, found) = match config::load(&args.workspace, world) {
        Err(mistakes) => (None, mistakes),
        Ok(loaded) => {
            let found = doubts(&loaded, world);
            (Some(loaded.plan), found)
        }
    };
    match args.format {
        Format::Json => say(&format!("{:#}", as_json(args, &found))),
        Format::Text => tell(args, plan.as_ref(), &found),
    }
    code(args, &found)
}

fn known_code(text: &str) -> Result<String, String> {
    let ids = diag::CODES.iter().map(|code| code.id);
    diag::code(text).map(|code| code.id.to_owned()).ok_or_else(|| diag::way_out(text, ids))
}

/// What is doubtful about a plan that may run, and the mistakes in its templates.
fn doubts(loaded: &Loaded, world: &World) -> Diagnostics {
    let mut found = loaded.warnings.clone();
    found.extend(config::expired(&loaded.plan, world));
    found.extend(report::check(&loaded.plan));
    found
}

fn code(args: &Args, found: &Diagnostics) -> u8 {
    let denied = |code: &str| args.deny.iter().any(|deny| deny == code);
    match found.has_errors() {
        true if args.workspace.join("gapwise.toml").is_file() => 1,
        true => 2,
        false => u8::from(found.sorted().iter().any(|warning| denied(warning.code))),
    }
}

fn as_json(args: &Args, found: &Diagnostics) -> serde_json::Value {
    json!({
        "schema": "gapwise/check/1",
        "workspace": shown(&args.workspace),
        "errors": found.count(Level::Error),
        "warnings": found.count(Level::Warning),
        "diagnostics": diag::json(found),
    })
}

fn tell(args: &Args, plan: Option<&Plan>, found: &Diagnostics) {
    if !found.is_empty() {
        complain(&found.render());
    }
    let Some(plan) = plan.filter(|_| code(args, found) == 0) else { return };
    say(&format!(
        "{}: {}, {} and {} in order",
        shown(&args.workspace),
        counted(plan.rules.len(), "rule"),
        counted(plan.metrics.len(), "metric"),
        counted(plan.sources.len(), "source")
    ));
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

//! `gapwise check`: everything that can be known without judging: the configuration, and with `--data` the files it
//! names.

mod data;
mod summary;

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use super::run::fail;
use super::{Format, complain, say, shown};
use crate::config::{self, Loaded, Plan};
use crate::diag::{self, Diagnostics, Level};
use crate::probe::Facts;
use crate::report;
use crate::words;
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

fn known_code(text: &str) -> Result<String, String> {
    let ids = diag::CODES.iter().map(|code| code.id);
    diag::code(text).map(|code| code.id.to_owned()).ok_or_else(|| diag::way_out(text, ids))
}

/// What a check came to.
struct Checked {
    /// What is in order, in a sentence; nothing where the configuration makes no plan.
    plan: Option<String>,
    found: Diagnostics,
    facts: Option<Facts>,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let checked = match config::load(&args.workspace, world) {
        Err(found) => Checked { plan: None, found, facts: None },
        Ok(loaded) => {
            let found = doubts(&loaded, world);
            let checked = Checked { plan: Some(in_order(args, &loaded.plan)), found, facts: None };
            match look(args, loaded, checked, world) {
                Ok(checked) => checked,
                Err(code) => return code,
            }
        }
    };
    match args.format {
        Format::Json => say(&format!("{:#}", as_json(args, &checked))),
        Format::Text => tell(args, &checked),
    }
    code(args, &checked.found)
}

/// What is doubtful about a plan that may run, and the mistakes in its templates.
fn doubts(loaded: &Loaded, world: &World) -> Diagnostics {
    let mut found = loaded.warnings.clone();
    found.extend(config::expired(&loaded.plan, world));
    found.extend(report::check(&loaded.plan));
    found
}

/// The data too, where they are asked for and the configuration is in order.
fn look(args: &Args, loaded: Loaded, mut checked: Checked, world: &World) -> Result<Checked, u8> {
    if !args.data || checked.found.has_errors() {
        return Ok(checked);
    }
    let probed = data::probe(args, loaded, world).map_err(|failure| fail(&args.workspace, &failure))?;
    checked.found.extend(probed.found);
    Ok(Checked { facts: probed.facts, ..checked })
}

fn code(args: &Args, found: &Diagnostics) -> u8 {
    let denied = |code: &str| args.deny.iter().any(|deny| deny == code);
    match found.has_errors() {
        true if args.workspace.join("gapwise.toml").is_file() => 1,
        true => 2,
        false => u8::from(found.sorted().iter().any(|warning| denied(warning.code))),
    }
}

fn as_json(args: &Args, checked: &Checked) -> serde_json::Value {
    let found = &checked.found;
    let mut out = json!({
        "schema": "gapwise/check/1",
        "workspace": shown(&args.workspace),
        "errors": found.count(Level::Error),
        "warnings": found.count(Level::Warning),
        "diagnostics": diag::json(found),
    });
    if args.data {
        out["data"] = json!(checked.facts);
    }
    out
}

fn tell(args: &Args, checked: &Checked) {
    let plan = checked.plan.as_ref().filter(|_| checked.facts.is_some() || code(args, &checked.found) == 0);
    if let Some(plan) = plan {
        say(plan);
    }
    if let Some(facts) = &checked.facts {
        say(&summary::summary(facts));
    }
    if !checked.found.is_empty() {
        complain(&checked.found.render());
    }
}

fn in_order(args: &Args, plan: &Plan) -> String {
    format!(
        "{}: {}, {} and {} in order",
        shown(&args.workspace),
        words::counted(plan.rules.len(), "rule"),
        words::counted(plan.metrics.len(), "metric"),
        words::counted(plan.sources.len(), "source")
    )
}

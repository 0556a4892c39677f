//! `gapwise context`: all that one report's template sees, after privacy, for whoever writes a template.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run::fail;
use super::{complain, load, say};
use crate::config::{Plan, Report};
use crate::diag::way_out;
use crate::job::{self, Look};
use crate::report::{self, context::Context};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// As for `run`; when absent the last period the data have.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The report by its template's name; the first of the workspace when absent.
    #[arg(long, value_name = "NAME")]
    report: Option<String>,
    /// Where runs publish: what they kept of the files is used.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    match context(args, world).map(|context| serde_json::to_string_pretty(&context)) {
        Ok(Ok(json)) => {
            say(&json);
            0
        }
        Ok(Err(error)) => {
            complain(&format!("error: cannot print the context as JSON: {error}"));
            70
        }
        Err(code) => code,
    }
}

/// The context, or the exit code once it is told why there is none.
fn context(args: &Args, world: &World) -> Result<Context, u8> {
    let loaded = load(&args.workspace, world)?;
    let report = asked(args, &loaded.plan).map_err(|why| {
        complain(&format!("error: {why}"));
        2
    })?;
    let look = Look { as_of: args.as_of.clone(), out: args.out.clone(), back: 0 };
    let opened = job::open_loaded(loaded, &look, world);
    let told = opened.and_then(|opened| {
        let bundle = job::tell_opened(&opened, world)?;
        Ok(report::context_of(opened.plan(), &report, &bundle))
    });
    told.map_err(|failure| fail(&args.workspace, &failure))
}

/// The report asked for, which is one that the workspace writes.
fn asked(args: &Args, plan: &Plan) -> Result<Report, String> {
    let own = plan.reports.iter();
    let found = match &args.report {
        None => own.clone().next(),
        Some(name) => own.clone().find(|known| known.template == *name),
    };
    found.cloned().ok_or_else(|| {
        let name = args.report.as_deref().unwrap_or_default();
        let help = way_out(name, own.map(|known| known.template.as_str()));
        format!("`{name}` is not a report this workspace writes; {help}")
    })
}

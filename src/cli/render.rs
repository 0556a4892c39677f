//! `gapwise render`: a report once more from what `gapwise context` printed. Neither data nor rules are read, so that
//! a template can be worked on anywhere, and a broken rule is in nobody's way.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Args as ClapArgs;

use super::{complain, shown};
use crate::config::{self, OwnTheme, Report};
use crate::diag::Diagnostics;
use crate::report::context::Context;
use crate::report::{self, Theme};
use crate::words::{Locale, phrases};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// What `gapwise context` printed; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    context: PathBuf,
    /// The template; when absent the one of the report that the context was printed for.
    #[arg(long, value_name = "NAME")]
    report: Option<String>,
    /// The workspace whose templates and phrases are used; nothing else of it is read. The shipped ones when absent.
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Write it into this file instead of printing it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Why there is no page.
enum Refused {
    Usage(anyhow::Error),
    /// In the client's templates or phrases.
    Mistakes(Diagnostics),
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Self {
        Self::Usage(error)
    }
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    match rendered(args, world) {
        Ok(page) => put(args, &page),
        Err(Refused::Usage(error)) => {
            complain(&format!("error: {error:#}"));
            2
        }
        Err(Refused::Mistakes(mistakes)) => {
            complain(&mistakes.render());
            2
        }
    }
}

fn rendered(args: &Args, world: &World) -> Result<Vec<u8>, Refused> {
    let context = read(&args.context, world)?;
    let own = theme(args, &context, world)?;
    let report = args.report.as_deref().unwrap_or(&context.report).to_owned();
    let theme = Theme { locale: &own.locale, templates: &own.templates };
    let context = context.seen_on(&report)?;
    report::is_page(&report, theme)?;
    let mistakes = report::check_in(theme, &[Report::of(&report)]);
    if mistakes.has_errors() {
        return Err(Refused::Mistakes(mistakes));
    }
    one(report::render_report(&report, &context, theme)?)
}

/// A report of several teams is several pages, of which none is the one that was asked for.
fn one(mut files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Refused> {
    let teams = files.len();
    let page = files.pop().filter(|_| teams == 1);
    let page = page.with_context(|| {
        format!("the context holds {teams} teams, each with a page of its own; keep one of them in `teams`")
    });
    Ok(page?.1)
}

fn read(file: &Path, world: &World) -> Result<Context> {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin()).context("cannot read standard input")?
    } else {
        world.read(file)?
    };
    Context::read(&text).with_context(|| format!("`{}` is not a context", shown(file)))
}

/// The client's own templates and wording, or none.
fn theme(args: &Args, context: &Context, world: &World) -> Result<OwnTheme, Refused> {
    let name = &context.page.locale;
    let own = match &args.workspace {
        Some(folder) => config::theme(folder, name, world).map_err(Refused::Mistakes)?,
        None => OwnTheme { locale: shipped(name)?, ..OwnTheme::default() },
    };
    let locale = own.locale.clone().with_grain(context.page.grain());
    Ok(OwnTheme { locale, ..own })
}

fn shipped(name: &str) -> Result<Locale> {
    ensure!(
        phrases::is_spoken(name),
        "the context is in `{name}`, which is not shipped; name the workspace that speaks it with `--workspace DIR`"
    );
    Ok(Locale::with_phrases(name, &[]))
}

fn put(args: &Args, page: &[u8]) -> u8 {
    let Some(file) = &args.out else {
        // A closed pipe is the reader's business.
        let _ = std::io::stdout().write_all(page);
        return 0;
    };
    match std::fs::write(file, page) {
        Ok(()) => 0,
        Err(error) => {
            complain(&format!("error: cannot write `{}`: {error}", shown(file)));
            6
        }
    }
}

//! Writes `docs/validation.md`: how often the diagnosis is right, from simulation with planted truth, beside
//! the rules of thumb it replaces. `benches/README.md` says how to run it.

mod bench;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use bench::page::Chapter;
use bench::workspace::Lab;
use clap::Parser;

/// Measures the diagnosis against simulated truth.
#[derive(Parser)]
struct Options {
    /// Only this chapter.
    #[arg(long)]
    only: Option<String>,
    /// Runs of each scenario; more for less Monte-Carlo error.
    #[arg(long, default_value_t = 400)]
    runs: u64,
    /// Where the page goes; standard output when absent.
    #[arg(long)]
    out: Option<PathBuf>,
}

type Measure = fn(&Lab, u64) -> anyhow::Result<Chapter>;

const CHAPTERS: [(&str, Measure); 5] = [
    ("equal", |lab, runs| Ok(bench::equal::chapter(lab, runs))),
    ("causes", |lab, runs| Ok(bench::power::chapter(lab, runs))),
    ("ranges", |_, runs| bench::coverage::chapter(runs)),
    ("coaching", |_, runs| bench::coaching::chapter(runs)),
    ("anything", |lab, runs| Ok(bench::anything::chapter(lab, runs))),
];

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let lab = Lab::usual()?;
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    let mut chapters = Vec::new();
    for (name, measure) in CHAPTERS.iter().filter(|(name, _)| wanted(name)) {
        writeln!(std::io::stderr(), "{name} …")?;
        chapters.push(measure(&lab, options.runs)?);
    }
    if chapters.is_empty() {
        bail!("no such chapter; there are {}", CHAPTERS.map(|(name, _)| name).join(", "));
    }
    let page: String = chapters.iter().map(|chapter| chapter.text.as_str()).collect();
    match &options.out {
        Some(path) => std::fs::write(path, page).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(std::io::stdout().write_all(page.as_bytes())?),
    }
}

//! Writes `docs/validation.md`: how often the diagnosis is right, from simulation with planted truth, beside
//! the rules of thumb it replaces. `benches/README.md` says how to run it.

mod bench;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use bench::page::{Chapter, Gate, Kept, Table};
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
    /// Only time judging a million cells, history included; nothing is written.
    #[arg(long)]
    time: bool,
    /// Where the page goes; standard output when absent.
    #[arg(long)]
    out: Option<PathBuf>,
}

type Measure = fn(&Lab, u64) -> anyhow::Result<Chapter>;

const CHAPTERS: [(&str, Measure); 8] = [
    ("equal", |lab, runs| Ok(bench::equal::chapter(lab, runs))),
    ("causes", |lab, runs| Ok(bench::power::chapter(lab, runs))),
    ("anything", |lab, runs| Ok(bench::anything::chapter(lab, runs))),
    ("ranges", |_, runs| bench::coverage::chapter(runs)),
    ("coaching", |_, runs| bench::coaching::chapter(runs)),
    ("year", |_, runs| bench::stability::chapter(runs)),
    ("weeks", |_, runs| bench::charts::chapter(runs)),
    ("faults", |_, runs| bench::corrections::chapter(runs.div_ceil(4))),
];

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    if options.time {
        return time();
    }
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
    let page = page(&chapters, options.runs);
    match &options.out {
        Some(path) => std::fs::write(path, page).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(std::io::stdout().write_all(page.as_bytes())?),
    }
}

/// Judges 2,000 agents x 25 contact types x 20 weeks of three metrics.
fn time() -> anyhow::Result<()> {
    let lab = bench::size::lab()?;
    let data = bench::size::large(&lab, 2000, 25, 20);
    let cells = data.cubes[0].len();
    let before = processor_seconds();
    let story = gapwise::judge::history(&lab.plan, &data, lab.period());
    let took = processor_seconds() - before;
    let verdicts = story.now.verdicts.len();
    Ok(writeln!(std::io::stdout(), "{cells} cells, {verdicts} verdicts: {took:.2} processor seconds")?)
}

/// Time on a processor so far, as Linux counts it for this thread.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e9
}

const HEAD: &str = "# Validation

How often the diagnosis is right. Centres with planted truth are drawn as the figures a run would have read, judged by
the shipped rules through the same code as every report, and the answers held against the truth. Beside every number
stands what a rule of thumb says of the same data. Written by one command, byte for byte the same each time:

```sh
CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo run --example validation -- --runs RUNS --out docs/validation.md
```

Behind ± is the Monte-Carlo standard error; a share of none or all of the runs carries its 95 % bound instead. Small
versions of the most important rows are tests (`tests/validation.rs`).
";

fn page(chapters: &[Chapter], runs: u64) -> String {
    let gates: Vec<&Gate> = chapters.iter().flat_map(|chapter| &chapter.gates).collect();
    let head = HEAD.replace("RUNS", &runs.to_string());
    let mut page = format!("{head}\nScenarios are drawn {runs} times unless the chapter says otherwise.\n\n");
    page.push_str(&weak(&gates));
    for chapter in chapters {
        page.push_str(&chapter.text);
    }
    while page.ends_with("\n\n") {
        page.pop();
    }
    page
}

/// What does not hold what was asked of it, by name.
fn weak(gates: &[&Gate]) -> String {
    let of = |kept| gates.iter().filter(move |gate| gate.kept == kept);
    let mut text = format!(
        "## Where it is weak\n\n{} of {} numbers that something was asked of keep it. Ranges are asked to hold the truth \
         as often as they say, less two points. ",
        of(Kept::Yes).count(),
        gates.len(),
    );
    let missed: Vec<&&Gate> = of(Kept::No).chain(of(Kept::Unclear)).collect();
    if missed.is_empty() {
        text.push_str("None misses.\n\n");
        return text;
    }
    _ = writeln!(text, "These do not:\n");
    let mut table = Table::new(&["what", "asked", "found", ""]);
    for gate in missed {
        table.row(&[gate.name.clone(), gate.asked.clone(), gate.found.clone(), gate.kept.word().into()]);
    }
    text + &table.text()
}

//! `gapwise backtest`: what a rule set would have said over the last periods, and another one in its place.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::{Format, complain, run::fail, say};
use crate::backtest::{self, Backtest, Budget, Detail, Other};
use crate::config::{self, Loaded, Plan};
use crate::diag::way_out;
use crate::job::{self, Failure, Look, Opened};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`.
    #[arg(default_value = ".")]
    workspace: PathBuf,
    /// Data are complete through the end of this day or period; yesterday, or the last day of the data, when absent.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// How many periods, up to the last complete one.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=104))]
    periods: u16,
    /// Exit with 1 where a period has more findings than this that are new or worse, neither waived nor info.
    #[arg(long, value_name = "N")]
    max_per_period: Option<usize>,
    /// Another workspace, or packs, files and globs to put in the place of `rules = […]`: what would they have said
    /// differently?
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    against: Vec<String>,
    /// Look at these rules only, and hold only them against the budget.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Where runs publish: what they kept of the data is used.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// List every rule by its name.
    #[arg(long)]
    all: bool,
    /// For people, or for tools (`gapwise/backtest/1`).
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// 0 = quiet enough, 1 = over the budget, 2 = could not run.
pub(super) fn run(args: &Args, world: &World) -> u8 {
    match told(args, world) {
        Ok(code) => code,
        Err((workspace, failure)) => {
            fail(&workspace, &failure);
            2
        }
    }
}

/// Whose workspace could not be used, and why.
type Failed = (PathBuf, Failure);

/// A rule set over its periods.
struct Side {
    backtest: Backtest,
    budget: Option<Budget>,
}

impl Side {
    fn of(plan: &Plan, opened: &Opened, args: &Args) -> Self {
        let periods = i32::from(args.periods);
        let backtest = backtest::backtest(plan, &opened.data, opened.period, periods, &args.rule);
        let budget = args.max_per_period.map(|most| backtest::budget(&backtest, most));
        Self { backtest, budget }
    }
}

fn told(args: &Args, world: &World) -> Result<u8, Failed> {
    let here = |failure| (args.workspace.clone(), failure);
    let own = config::load(&args.workspace, world).map_err(Failure::Config).map_err(here)?;
    let other = other(args, world)?;
    known_rules(args, [Some(&own), other.as_ref()]).map_err(here)?;
    [Some(&own), other.as_ref()].into_iter().flatten().for_each(warn);
    let look = look(args, &own.plan, other.as_ref().map(|other| &other.plan));
    let opened = job::open_loaded(own, &look, world).map_err(here)?;
    let side = Side::of(opened.plan(), &opened, args);
    if side.backtest.judged().next().is_none() {
        return Err(here(Failure::Usage(nothing_judged(&side.backtest))));
    }
    match other {
        None => print(args, &side, None),
        Some(loaded) => {
            let name = args.against.join(",");
            let read_once = backtest::reads_the_same(opened.plan(), &loaded.plan);
            let there = against(args, &opened, loaded, read_once, world)?;
            let other =
                Other { name: &name, backtest: &there.backtest, budget: there.budget.as_ref(), read_once };
            print(args, &side, Some(&other));
        }
    }
    Ok(u8::from(side.budget.is_some_and(|budget| !budget.is_kept())))
}

/// The workspace named by `--against`, or this one with other rules.
fn other(args: &Args, world: &World) -> Result<Option<Loaded>, Failed> {
    let loaded = match args.against.as_slice() {
        [] => return Ok(None),
        [folder] if Path::new(folder).is_dir() => config::load(Path::new(folder), world),
        rules => config::load_with(&args.workspace, world, "--against", rules),
    };
    loaded.map(Some).map_err(|mistakes| (named(args), Failure::Config(mistakes)))
}

/// What a failure of the other side is about.
fn named(args: &Args) -> PathBuf {
    match args.against.as_slice() {
        [folder] if Path::new(folder).is_dir() => PathBuf::from(folder),
        _ => args.workspace.clone(),
    }
}

fn warn(loaded: &Loaded) {
    if !loaded.warnings.is_empty() {
        complain(&loaded.warnings.render());
    }
}

fn known_rules(args: &Args, sides: [Option<&Loaded>; 2]) -> Result<(), Failure> {
    let rules = || sides.into_iter().flatten().flat_map(|loaded| &loaded.plan.rules);
    let Some(unknown) = args.rule.iter().find(|id| rules().all(|rule| rule.id != **id)) else {
        return Ok(());
    };
    let ids: Vec<&str> = rules().map(|rule| rule.id.as_str()).collect();
    Err(Failure::Usage(format!("unknown rule `{unknown}`; {}", way_out(unknown, ids))))
}

/// What is read reaches back to what the first period asks for, under either rule set.
fn look(args: &Args, own: &Plan, other: Option<&Plan>) -> Look {
    let reach = |plan: &Plan| {
        let (first, last) = plan.span(crate::calendar::Period(0));
        last.0 - first.0
    };
    let further = other.map_or(0, |other| (reach(other) - reach(own)).max(0));
    Look { as_of: args.as_of.clone(), out: args.out.clone(), back: i32::from(args.periods) - 1 + further }
}

/// The other rule set over the same periods, on the data that are read already where these are the same.
fn against(
    args: &Args,
    opened: &Opened,
    loaded: Loaded,
    read_once: bool,
    world: &World,
) -> Result<Side, Failed> {
    if read_once {
        return Ok(Side::of(&loaded.plan, opened, args));
    }
    let look = Look { as_of: Some(opened.as_of.to_string()), ..look(args, &loaded.plan, None) };
    let opened = job::open_loaded(loaded, &look, world).map_err(|failure| (named(args), failure))?;
    Ok(Side::of(opened.plan(), &opened, args))
}

fn nothing_judged(backtest: &Backtest) -> String {
    let why = backtest.periods.last().and_then(|period| period.withheld.clone()).unwrap_or_default();
    format!("no {} of {} could be judged: {why}", backtest.grain, backtest.periods.len())
}

fn print(args: &Args, side: &Side, other: Option<&Other<'_>>) {
    let (own, budget) = (&side.backtest, side.budget.as_ref());
    let comparison = other.map(|other| (other, backtest::compare(own, other.backtest)));
    let detail = if args.all { Detail::All } else { Detail::Short };
    let text = match (args.format, &comparison) {
        (Format::Json, _) => {
            let against = comparison.as_ref().map(|(other, comparison)| (*other, comparison));
            format!("{:#}", backtest::json(own, budget, against))
        }
        (Format::Text, None) => backtest::text(own, budget, detail),
        (Format::Text, Some((other, comparison))) => backtest::comparison((own, budget), other, comparison),
    };
    say(text.trim_end());
}

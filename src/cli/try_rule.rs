//! `gapwise try`: one rule on the kept figures, with every step of its answer.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run::fail;
use super::{Format, complain, say};
use crate::config::{Plan, Rule};
use crate::diag::way_out;
use crate::job::{self, Look, Opened};
use crate::judge;
use crate::report::tried::{self, Only, TriedView};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The rule's id.
    rule: String,
    /// The folder with the `gapwise.toml`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
    /// As for `run`; when absent the last period the data have.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Where runs publish: what they kept of the files is used.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Only this metric.
    #[arg(long, value_name = "ID")]
    metric: Option<String>,
    /// Only this level (`team`), or this part of it (`team=North`).
    #[arg(long, value_name = "LEVEL[=NAME]")]
    scope: Option<String>,
    /// A line for each of so many periods, the latest last.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=104))]
    history: u8,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// 0 = tried, whatever the answer; else why it could not be.
pub(super) fn run(args: &Args, world: &World) -> u8 {
    let look = Look {
        as_of: args.as_of.clone(),
        out: args.out.clone(),
        back: i32::from(args.history.saturating_sub(1)),
    };
    let opened = match job::open(&args.workspace, &look, world) {
        Ok(opened) => opened,
        Err(failure) => return fail(&args.workspace, &failure),
    };
    match told(args, &opened) {
        Ok(text) => {
            say(&text);
            0
        }
        Err(why) => {
            complain(&format!("error: {why}"));
            2
        }
    }
}

fn told(args: &Args, opened: &Opened) -> Result<String, String> {
    let plan = opened.plan();
    let index = find(plan, &args.rule)?;
    let rule = &plan.rules[index];
    let only = only(args, plan, rule)?;
    let back = i32::from(args.history.max(1));
    let at = |back: i32| {
        let tried = judge::try_rule(plan, &opened.data, opened.period.shift(-back), index);
        tried::view(plan, rule, &tried, &only)
    };
    let views: Vec<TriedView> = (0..back).rev().map(at).collect();
    let Some(last) = views.last() else { return Err("no period to try".to_owned()) };
    if let (Some((level, Some(name))), true) = (&only.scope, last.places.is_empty()) {
        return Err(format!(
            "there is no {level} `{name}` to show; leave `={name}` out to see which there are"
        ));
    }
    match (args.format, args.history) {
        (Format::Json, 0) => json(last),
        (Format::Json, _) => json(&views),
        (Format::Text, 0) => Ok(tried::text(last)),
        (Format::Text, _) => Ok(tried::history(&views)),
    }
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|error| format!("cannot print the answer as JSON: {error}"))
}

fn find(plan: &Plan, id: &str) -> Result<usize, String> {
    if let Some(at) = plan.rules.iter().position(|rule| rule.id == id) {
        return Ok(at);
    }
    if let Some(off) = plan.disabled.iter().find(|one| one.rule == id) {
        let (place, why) = (&off.origin, &off.why);
        return Err(format!("`{id}` is disabled in {place}: {why}; take that `[[disable]]` out to try it"));
    }
    Err(format!(
        "`{id}` is no rule in force; {}",
        way_out(id, plan.rules.iter().map(|rule| rule.id.as_str()))
    ))
}

/// What is asked to be shown, held against what the rule judges.
fn only(args: &Args, plan: &Plan, rule: &Rule) -> Result<Only, String> {
    if let Some(id) = &args.metric {
        let own = || rule.metrics.iter().map(|&at| plan.metrics[at].id.as_str());
        if !own().any(|known| known == id) {
            return Err(format!(
                "`{}` does not judge a metric `{id}`; {}",
                rule.id,
                way_out(id, own().collect::<Vec<_>>())
            ));
        }
    }
    let scope = args.scope.as_ref().map(|text| match text.split_once('=') {
        Some((level, name)) => (level.to_owned(), Some(name.to_owned())),
        None => (text.clone(), None),
    });
    if let Some((level, _)) = &scope {
        let own = rule.scopes.iter().map(crate::config::Level::name);
        if !own.clone().any(|known| known == level) {
            return Err(format!("`{}` is not asked by `{level}`; {}", rule.id, way_out(level, own)));
        }
    }
    Ok(Only { metric: args.metric.clone(), scope })
}

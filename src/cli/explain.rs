//! `gapwise explain`: a kind's page, a rule in force, or a diagnostic's code.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, say};
use crate::config::{self, Amount, Plan, Rule};
use crate::diag::{self, CODES};
use crate::kinds::{self, KINDS};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A kind (`reach`), a rule (`out-of-reach`) or a code (`GW110`); every kind and code when absent.
    what: Option<String>,
    /// The workspace a rule is looked up in.
    #[arg(long, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let Some(what) = args.what.as_deref() else {
        say(&everything());
        return 0;
    };
    if let Some(code) = diag::code(what) {
        say(&format!("{} {}\n\n{}", code.id, code.name, code.explain));
        return 0;
    }
    let loaded = config::load(&args.workspace, world);
    let rule =
        loaded.as_ref().ok().and_then(|loaded| loaded.plan.rule(what).map(|rule| (&loaded.plan, rule)));
    if let Some((plan, rule)) = rule {
        say(&rule_page(plan, rule));
        return 0;
    }
    if let Some(kind) = kinds::find(what) {
        say(&kinds::page(kind));
        return 0;
    }
    let known = KINDS.iter().map(|kind| kind.name).chain(CODES.iter().map(|code| code.id));
    let rules = loaded
        .as_ref()
        .map(|loaded| loaded.plan.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>());
    let all: Vec<&str> = known.chain(rules.unwrap_or_default()).collect();
    complain(&format!("error: `{what}` is no kind, rule or code; {}", diag::way_out(what, all)));
    2
}

/// Kinds with their questions, codes with their names.
fn everything() -> String {
    let widest = KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
    let mut lines = vec!["Kinds, which are what a rule asks:".to_owned()];
    lines.extend(KINDS.iter().map(|kind| format!("  {:widest$}  {}", kind.name, kinds::question(kind))));
    lines.extend([String::new(), "Codes, which are what a check finds:".to_owned()]);
    lines.extend(CODES.iter().map(|code| format!("  {:widest$}  {}", code.id, code.name)));
    lines.join("\n")
}

fn rule_page(plan: &Plan, rule: &Rule) -> String {
    let metrics: Vec<&str> = rule.metrics.iter().map(|&index| plan.metrics[index].id.as_str()).collect();
    let mut lines = vec![
        format!("# {}", rule.id),
        String::new(),
        format!("kind {}, signal {}, severity {}", rule.kind.name, rule.signal, rule.severity.name()),
        format!("set in {}:{}", rule.origin.file, rule.origin.line),
        format!("metrics: {}", if metrics.is_empty() { "none".into() } else { metrics.join(", ") }),
        format!("window: {} periods", rule.window),
        format!("when: {}", rule.when.text()),
    ];
    for one in &rule.thresholds {
        let place = format!("{}:{}", one.origin.file, one.origin.line);
        lines.push(format!("- {} = {} ({place})", one.name.replace('_', "-"), amount(one.amount)));
    }
    for change in &rule.overrides {
        for one in &change.thresholds {
            let place = format!("{}:{}", one.origin.file, one.origin.line);
            let name = one.name.replace('_', "-");
            lines.push(format!("- overridden: {name} = {} ({place}): {}", amount(one.amount), change.why));
        }
    }
    lines.extend(rule.say.iter().map(|say| format!("\n{say}")));
    lines.extend(rule.change_our_mind.iter().map(|text| format!("\nWould change our mind: {text}")));
    lines.push(format!("\nIts evidence: gapwise explain {}", rule.kind.name));
    lines.join("\n")
}

fn amount(amount: Amount) -> String {
    match amount {
        Amount::Bare(x) => format!("{x}"),
        Amount::Percent(x) => format!("{}%", x * 100.0),
        Amount::Points(x) => format!("{}pt", x * 100.0),
        Amount::Seconds(x) => format!("{x}s"),
        Amount::Times(x) => format!("{x}x"),
    }
}

//! `gapwise explain`: a kind's page, a rule in force, a diagnostic's code, or what a past report said.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{complain, say};
use crate::config::{self, Level, Over, Override, Plan, Rule, Threshold, Waiver};
use crate::diag::{self, CODES};
use crate::kinds::{self, KINDS};
use crate::model::Key;
use crate::publish;
use crate::report;
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A kind (`reach`), a rule (`out-of-reach`), a code (`GW110`), or a finding, decision or verdict of a report
    /// (`fcr/gap-is-real/operation`, `fcr/verdict/operation`); every kind and code when absent.
    what: Option<String>,
    /// The workspace a rule is looked up in.
    #[arg(long, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
    /// Where its reports were published.
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// The report's period; the newest when absent.
    #[arg(long, value_name = "LABEL")]
    period: Option<String>,
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
    if what.contains('/') {
        return match loaded {
            Ok(loaded) => past(args, &loaded.plan, what),
            Err(mistakes) => {
                complain(&mistakes.render());
                2
            }
        };
    }
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
    if let Err(mistakes) = &loaded
        && args.workspace.join("gapwise.toml").is_file()
    {
        complain(&mistakes.render());
        complain(&format!("`{what}` is no kind or code, and no rule can be told before these are put right"));
        return 2;
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

/// Something of a published report.
fn past(args: &Args, plan: &Plan, what: &str) -> u8 {
    match page(args, plan, what) {
        Ok(page) => {
            say(&page);
            0
        }
        Err(why) => {
            complain(&format!("error: {why}"));
            2
        }
    }
}

fn page(args: &Args, plan: &Plan, what: &str) -> Result<String, String> {
    const FILE: &str = "findings.json";
    let text = publish::published(&args.out, &plan.slug, args.period.as_deref(), FILE)?;
    let report = serde_json::from_str(&text).map_err(|error| format!("`{FILE}` is no JSON: {error}"))?;
    report::past::explain(plan, &report, what)
}

/// Everything in force for a rule, with the place that set it.
fn rule_page(plan: &Plan, rule: &Rule) -> String {
    let metrics: Vec<&str> = rule.metrics.iter().map(|&index| plan.metrics[index].id.as_str()).collect();
    let scopes: Vec<&str> = rule.scopes.iter().map(Level::name).collect();
    let mut lines = vec![
        format!("# {}", rule.id),
        String::new(),
        format!("kind {}, signal {}, severity {}", rule.kind.name, rule.signal, rule.severity.name()),
        format!("set in {}", rule.origin),
        format!("metrics: {}", if metrics.is_empty() { "none".into() } else { metrics.join(", ") }),
        format!("scopes: {}", scopes.join(", ")),
    ];
    lines.extend((!rule.filter.tests.is_empty()).then(|| format!("where: {}", rule.filter)));
    lines.extend((rule.over != Over::Row).then(|| format!("over: {}", rule.over.name())));
    lines.push(format!("window: {} periods", rule.window));
    lines.extend(rule.kind.parameters.iter().filter_map(|key| said(rule, key)));
    lines.push(format!("when: {}", one_line(rule.when.text())));
    lines.extend(rule.thresholds.iter().map(|one| format!("- {}", limit(one))));
    lines.extend(rule.overrides.iter().flat_map(overridden));
    lines.extend(rule.silent.iter().map(|(filter, why)| format!("- silent where {filter}: {why}")));
    lines.extend(plan.waivers.iter().filter(|one| one.rule == rule.id).map(waived));
    lines.extend(rule.title.iter().map(|title| format!("\n{title}")));
    lines.extend(rule.say.iter().map(|say| format!("\n{say}")));
    lines.extend(rule.observe.iter().map(|text| format!("\nTo observe: {text}")));
    lines.extend(rule.change_our_mind.iter().map(|text| format!("\nWould change our mind: {text}")));
    lines.push(format!("\nIts evidence: gapwise explain {}", rule.kind.name));
    lines.push(format!("Its answer: gapwise try {}", rule.id));
    lines.join("\n")
}

/// A parameter in force: `deciding = 8 (the kind's default)`.
fn said(rule: &Rule, key: &Key) -> Option<String> {
    let (_, value) = rule.parameters.iter().find(|(name, _)| *name == key.name)?;
    let text = one_line(&value.to_string());
    let set = if text == key.default { "the kind's default".to_owned() } else { rule.origin.to_string() };
    Some(format!("{} = {text} ({set})", key.name))
}

fn limit(one: &Threshold) -> String {
    format!("{} = {} ({})", one.name.replace('_', "-"), one.amount, one.origin)
}

fn overridden(change: &Override) -> Vec<String> {
    // What holds everywhere is in force above; `gapwise config --origin` has what was there before.
    if change.filter.tests.is_empty() {
        return vec![format!("- changed in {}: {}", change.origin, change.why)];
    }
    let limits = change.thresholds.iter().map(limit);
    let severity =
        change.severity.map(|severity| format!("severity = {} ({})", severity.name(), change.origin));
    limits
        .chain(severity)
        .map(|said| format!("- overridden where {}: {said}: {}", change.filter, change.why))
        .collect()
}

fn waived(one: &Waiver) -> String {
    let place = if one.filter.tests.is_empty() { String::new() } else { format!(" where {}", one.filter) };
    format!("- waived{place} until {} by {}: {} ({})", one.until, one.owner, one.why, one.origin)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What a rule test wants against what was judged, in words its author can act on.

use super::Test;
use crate::config::{Plan, Rule};
use crate::diag::way_out;
use crate::judge::{self, TriedRow};
use crate::model::{Fact, Finding, FindingState, NotJudged, Phrase, Scope, Signal, Story, Value};
use crate::report;
use crate::report::lines::columns;
use crate::report::trace::{short, steps};
use crate::words::{self, Locale};

/// What is expected and not met, one entry each; the lines after the first show what was found.
pub(super) fn of(plan: &Plan, test: &Test, story: &Story) -> Vec<String> {
    let asked = || test.fires.iter().chain(&test.silent).chain(&test.cannot_tell).chain(test.title.keys());
    let unknown: Vec<String> = asked()
        .filter(|rule| plan.rule(rule).is_none())
        .map(|rule| {
            format!(
                "`{rule}` is no rule in force; {}",
                way_out(rule, plan.rules.iter().map(|r| r.id.as_str()))
            )
        })
        .collect();
    if !unknown.is_empty() {
        return unknown;
    }
    let (findings, signals) = (&story.now.findings, &story.now.signals);
    let mut faults = Vec::new();
    for rule in test.fires.iter().filter(|rule| !fired(test, findings, signals, rule)) {
        faults.push(format!("`{rule}` must fire and did not: {}", said(plan, test, story, rule)));
    }
    for rule in test.silent.iter().filter(|rule| fired(test, findings, signals, rule)) {
        faults.push(format!("`{rule}` must stay silent and fired: {}", said(plan, test, story, rule)));
    }
    for rule in test.cannot_tell.iter().filter(|rule| signal(test, signals, rule) != Answer::CannotTell) {
        faults
            .push(format!("`{rule}` must not be able to tell, and could: {}", said(plan, test, story, rule)));
    }
    faults.extend(verdict_faults(test, story));
    faults.extend(asked_faults(test, story));
    let wanted = test.title.iter().map(|(rule, wanted)| (rule, wanted, titles(plan, test, story, rule)));
    faults.extend(
        wanted
            .filter(|(_, wanted, said)| !said.contains(wanted))
            .map(|(rule, wanted, said)| unlike(rule, wanted, &said)),
    );
    faults
}

fn verdict_faults(test: &Test, story: &Story) -> Vec<String> {
    let found = story.now.verdicts.iter().find(|v| v.metric == test.metric() && v.scope == Scope::Operation);
    let is = |word: Option<String>| word.unwrap_or_else(|| "none".into());
    let pairs = [
        ("verdict", &test.verdict, is(found.map(|v| v.verdict.name().to_owned()))),
        ("form", &test.form, is(found.and_then(|v| v.form.clone()))),
        ("confidence", &test.confidence, is(found.and_then(|v| v.confidence).map(|c| c.name().to_owned()))),
    ];
    let said = |need: &Phrase| words::phrase(need, &Locale::default());
    let needs: Vec<String> = found.iter().flat_map(|v| &v.needs).map(said).collect();
    let mut faults = Vec::new();
    for (what, wanted, found) in pairs {
        if wanted.as_ref().is_some_and(|wanted| *wanted != found) {
            let needs =
                if needs.is_empty() { String::new() } else { format!("; it needs {}", needs.join(", ")) };
            faults.push(format!("the {what} must be `{}` and is `{found}`{needs}", is(wanted.clone())));
        }
    }
    if test.needs.as_ref().is_some_and(|wanted| *wanted != needs) {
        faults.push(format!(
            "the verdict must need {:?} and needs {needs:?}",
            test.needs.as_deref().unwrap_or_default()
        ));
    }
    faults
}

/// Causes, the pattern and decisions.
fn asked_faults(test: &Test, story: &Story) -> Vec<String> {
    let causes = story.now.facts.iter().filter_map(|(metric, scope, fact)| match fact {
        Fact::Cause(cause) if *scope == Scope::Operation && test.judges(metric.as_deref()) => {
            Some(cause.id.as_str())
        }
        _ => None,
    });
    let decisions =
        story.now.decisions.iter().filter(|d| test.judges(Some(&d.metric))).map(|d| d.template.as_str());
    let mut faults = Vec::new();
    faults.extend(unlisted("cause", test.causes.as_ref(), &causes.collect::<Vec<_>>()));
    faults.extend(unlisted("decision", test.decisions.as_ref(), &decisions.collect::<Vec<_>>()));
    let named = story.now.pattern.as_ref().map_or("none", |pattern| pattern.id.as_str());
    if let Some(wanted) = test.pattern.as_deref().filter(|wanted| *wanted != named) {
        faults.push(format!("the pattern must be `{wanted}` and is `{named}`"));
    }
    faults
}

/// What is wanted and not found; an empty list wants nothing to be found.
fn unlisted(what: &str, wanted: Option<&Vec<String>>, found: &[&str]) -> Option<String> {
    let wanted = wanted?;
    let list = |ids: &[&str]| if ids.is_empty() { "none".into() } else { format!("`{}`", ids.join("`, `")) };
    if wanted.is_empty() && !found.is_empty() {
        return Some(format!("there must be no {what} and there is {}", list(found)));
    }
    let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|id| !found.contains(id)).collect();
    (!missing.is_empty())
        .then(|| format!("the {what} {} must be there; there is {}", list(&missing), list(found)))
}

/// A title that is not as wanted, with a mark under the first letter that differs.
fn unlike(rule: &str, wanted: &str, said: &[String]) -> String {
    let mut lines = vec![format!("`{rule}` must say"), format!("  {wanted}")];
    if said.is_empty() {
        lines.push("and raised no finding".into());
    }
    for title in said {
        let same = wanted.chars().zip(title.chars()).take_while(|(a, b)| a == b).count();
        lines.extend(["and says".into(), format!("  {title}"), format!("  {}^", " ".repeat(same))]);
    }
    lines.join("\n")
}

/// A finding on the judged metric, or a true signal for the operation.
pub(super) fn fired(test: &Test, findings: &[Finding], signals: &[Signal], rule: &str) -> bool {
    let found =
        |f: &Finding| f.rule == rule && test.judges(f.metric.as_deref()) && f.state != FindingState::Resolved;
    findings.iter().any(found) || signal(test, signals, rule) == Answer::Is(true)
}

/// What a rule's signal says of the operation; of a rule about its parts only, whether it holds for one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// It raises none, as rules with `over = "each"`.
    None,
    CannotTell,
    Is(bool),
}

pub(super) fn signal(test: &Test, signals: &[Signal], rule: &str) -> Answer {
    let own = |s: &&Signal| s.rule == rule && test.judges(s.metric.as_deref());
    let all: Vec<&Signal> = signals.iter().filter(own).collect();
    let whole = all.iter().find(|signal| signal.scope == Scope::Operation);
    let values: Vec<Option<bool>> = match whole {
        Some(signal) => vec![signal.value],
        None => all.iter().map(|signal| signal.value).collect(),
    };
    match (values.contains(&Some(true)), values.contains(&Some(false))) {
        (true, _) => Answer::Is(true),
        (false, true) => Answer::Is(false),
        _ if values.is_empty() => Answer::None,
        _ => Answer::CannotTell,
    }
}

/// The rule's answer, what it needs, and the row behind it: the predicate in numbers, its limits and the evidence.
fn said(plan: &Plan, test: &Test, story: &Story, rule: &str) -> String {
    let answer = match signal(test, &story.now.signals, rule) {
        Answer::Is(value) => format!("its signal is {value}"),
        Answer::CannotTell => "it cannot tell".into(),
        Answer::None => "it has no signal".into(),
    };
    let own = |one: &&NotJudged| one.rule == rule && test.judges(one.metric.as_deref());
    let needs = story
        .now
        .not_judged
        .iter()
        .filter(own)
        .map(|one| format!("it needs {}", words::phrase(&one.need, &Locale::default())));
    let first = std::iter::once(answer).chain(needs).collect::<Vec<_>>().join("; ");
    let row = plan.rule(rule).map(|rule| behind(plan, test, story, rule)).unwrap_or_default();
    std::iter::once(first).chain(row).collect::<Vec<_>>().join("\n  ")
}

/// The first row about the judged metric that the answer is made of.
fn behind(plan: &Plan, test: &Test, story: &Story, rule: &Rule) -> Vec<String> {
    let rows = judge::tried_rows(plan, rule, &story.now);
    let own = |row: &&TriedRow| test.judges(row.metric.as_deref());
    let Some(row) = rows.iter().filter(own).find(|row| row.counts).or_else(|| rows.iter().find(own)) else {
        return Vec::new();
    };
    let steps = steps(&row.trace).into_iter();
    let mut lines = columns(&steps.map(|step| vec![step.text, step.with, step.value]).collect::<Vec<_>>());
    for line in &mut lines {
        *line = line.trim_start().to_owned();
    }
    lines.extend(row.row.item.iter().map(|item| format!("of `{item}`")));
    for (name, value) in &row.thresholds {
        let turn = row.turns_at(rule, name).map(|at| format!(", turns the answer at {}", short(at)));
        lines.push(format!("{name} = {}{}", short(*value), turn.unwrap_or_default()));
    }
    let shown = rule.kind.columns.iter().zip(&row.row.values).filter(|(column, _)| spoken(rule, column.name));
    lines.extend(shown.map(|(column, value)| format!("{} = {}", column.name, plain(value))));
    lines
}

/// Whether a rule's predicate or its words use a column.
fn spoken(rule: &Rule, column: &str) -> bool {
    let texts = rule.title.iter().chain(&rule.say);
    rule.when.names().iter().any(|name| name.name == column)
        || texts.into_iter().any(|text| text.contains(column))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Number(x) => format!("{x:.4}"),
        Value::Flag(yes) => yes.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::Phrase(said) => format!("\"{}\"", words::phrase(said, &Locale::default())),
    }
}

/// The rendered titles of a rule's findings on the judged metric.
pub(super) fn titles(plan: &Plan, test: &Test, story: &Story, rule: &str) -> Vec<String> {
    let bundle = report::assemble(plan, story);
    let own = bundle.contract.findings.iter().filter(|f| f.rule == rule && test.judges(f.metric.as_deref()));
    own.map(|f| f.title.clone()).collect()
}

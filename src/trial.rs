//! Rule tests as data: a compact synthetic centre, the rules in force, and what must and must not fire.
//! The centre is written as an ordinary workspace and judged by the ordinary job, so that a test says what
//! a run would say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use serde::Deserialize;

use crate::config::{self, Plan};
use crate::judge;
use crate::model::{FindingState, Scope, Story};
use crate::report;
use crate::simulate::{self, Centre};
use crate::source;
use crate::world::World;

/// One file of tests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestFile {
    pub test: Vec<Test>,
}

/// One centre and what the rules must say of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Test {
    pub name: String,
    pub centre: Centre,
    /// The id the centre's proportion takes, so that rules which name a metric of the client can be tested.
    #[serde(default = "proportion")]
    pub metric: String,
    /// Rules that must fire.
    #[serde(default)]
    pub fires: Vec<String>,
    /// Rules that must not.
    #[serde(default)]
    pub silent: Vec<String>,
    /// Rules that must not be able to tell.
    #[serde(default)]
    pub cannot_tell: Vec<String>,
    /// The verdict on the metric for the operation.
    #[serde(default)]
    pub verdict: Option<String>,
    /// Rule to its rendered title.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// Further TOML for the workspace: events, a gate, privacy.
    #[serde(default)]
    pub workspace: String,
}

fn proportion() -> String {
    "m".into()
}

/// What a test found.
#[derive(Debug)]
pub struct Verdict {
    pub name: String,
    /// Expected and not met, one line each; empty = passed.
    pub faults: Vec<String>,
}

/// Reads a file of tests.
pub fn parse(text: &str) -> anyhow::Result<TestFile> {
    toml::from_str(text).map_err(|error| anyhow!("{error}"))
}

/// Runs one test with the rules in `rules`, the entries of a workspace's `rules = […]`.
pub fn run(test: &Test, rules: &[String], world: &World) -> anyhow::Result<Verdict> {
    let folder = tempfile::tempdir().context("cannot make a folder for the test's centre")?;
    let place = folder.path().join("centre");
    simulate::write_centre(&test.centre, &place)?;
    rewrite(&place.join("gapwise.toml"), test, rules)?;
    let loaded = config::load(&place, world).map_err(|mistakes| anyhow!("{}", mistakes.render()))?;
    let story = judged(&loaded.plan, test)?;
    Ok(Verdict { name: test.name.clone(), faults: faults(&loaded.plan, test, &story) })
}

/// Puts the rules to be tested and the metric's name into the centre's workspace.
fn rewrite(file: &PathBuf, test: &Test, rules: &[String]) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file)?;
    let list = toml::Value::Array(rules.iter().map(|rule| toml::Value::String(rule.clone())).collect());
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = if line.starts_with("rules = ") { format!("rules = {list}") } else { line.to_owned() };
        lines.push(line.replace("[metrics.m]", &format!("[metrics.{}]", test.metric)));
    }
    lines.push(test.workspace.clone());
    let text = lines.join("\n").replace("values.focus.m = [\"m\"]", &format!("values.focus.{0} = [\"m\"]", test.metric));
    std::fs::write(file, text)?;
    Ok(())
}

fn judged(plan: &Plan, test: &Test) -> anyhow::Result<Story> {
    let period = plan.calendar.last_complete(test.centre.end);
    let data = source::read(plan, plan.span(period), test.centre.end, None)?;
    Ok(judge::history(plan, &data, period))
}

fn faults(plan: &Plan, test: &Test, story: &Story) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in test.fires.iter().chain(&test.silent).chain(&test.cannot_tell) {
        if plan.rule(rule).is_none() {
            faults.push(format!("`{rule}` is no rule in force"));
        }
    }
    for rule in &test.fires {
        if !fired(plan, test, story, rule) {
            faults.push(format!("`{rule}` must fire and did not: {}", said(plan, test, story, rule)));
        }
    }
    for rule in test.silent.iter().filter(|rule| fired(plan, test, story, rule)) {
        faults.push(format!("`{rule}` must stay silent and fired: {}", titles(plan, story, rule).join(" | ")));
    }
    for rule in &test.cannot_tell {
        if signal(plan, test, story, rule) != Some(None) {
            faults.push(format!("`{rule}` must not be able to tell, and said {}", said(plan, test, story, rule)));
        }
    }
    faults.extend(verdict_fault(test, story));
    for (rule, wanted) in &test.title {
        let titles = titles(plan, story, rule);
        if !titles.contains(wanted) {
            faults.push(format!("`{rule}` must say\n  {wanted}\nand said\n  {}", titles.join("\n  ")));
        }
    }
    faults
}

fn verdict_fault(test: &Test, story: &Story) -> Option<String> {
    let wanted = test.verdict.as_ref()?;
    let found = story.now.verdicts.iter().find(|v| v.metric == test.metric && v.scope == Scope::Operation);
    match found {
        Some(verdict) if verdict.verdict.name() == wanted => None,
        Some(verdict) => {
            let needs = verdict.needs.join(", ");
            Some(format!("the verdict must be `{wanted}` and is `{}` {needs}", verdict.verdict.name()))
        }
        None => Some(format!("the verdict must be `{wanted}` and there is none")),
    }
}

/// A finding, or a true signal for the operation.
fn fired(plan: &Plan, test: &Test, story: &Story, rule: &str) -> bool {
    let finding = story.now.findings.iter().any(|f| f.rule == rule && f.state != FindingState::Resolved);
    finding || signal(plan, test, story, rule) == Some(Some(true))
}

/// The rule's signal for the operation: none, cannot tell, or its answer.
fn signal(plan: &Plan, test: &Test, story: &Story, rule: &str) -> Option<Option<bool>> {
    let _ = plan;
    let here = |s: &&crate::model::Signal| {
        s.rule == rule && s.scope == Scope::Operation && s.metric.as_ref().is_none_or(|m| *m == test.metric)
    };
    story.now.signals.iter().find(here).map(|signal| signal.value)
}

fn said(plan: &Plan, test: &Test, story: &Story, rule: &str) -> String {
    let word = match signal(plan, test, story, rule) {
        Some(Some(value)) => value.to_string(),
        Some(None) => "cannot tell".into(),
        None => "no signal".into(),
    };
    let needs = story.now.not_judged.iter().filter(|n| n.rule == rule).map(|n| n.need.as_str());
    let evidence = story.now.evidence.iter().find(|table| table.rule == rule).map(|table| {
        let first = table.rows.iter().find(|(metric, _, _)| metric.as_ref().is_none_or(|m| *m == test.metric));
        first.map(|(_, _, row)| {
            let pairs = table.columns.iter().zip(&row.values).map(|(column, value)| format!("{}={value:?}", column.name));
            pairs.collect::<Vec<_>>().join(" ")
        })
    });
    format!("{word}; {}; {}", needs.collect::<Vec<_>>().join(", "), evidence.flatten().unwrap_or_default())
}

/// The rendered titles of a rule's findings.
fn titles(plan: &Plan, story: &Story, rule: &str) -> Vec<String> {
    let bundle = report::assemble(plan, story);
    bundle.contract.findings.iter().filter(|f| f.rule == rule).map(|f| f.title.clone()).collect()
}

/// Tests of a built-in pack, as (file, text).
pub fn builtin(pack: &str) -> Vec<(String, &'static str)> {
    config::builtin_tests(pack)
}

/// Test files of a workspace: `tests/*.toml`.
pub fn of_workspace(workspace: &Path, world: &World) -> anyhow::Result<Vec<(String, String)>> {
    let files = world.glob(&workspace.join("tests"), "*.toml")?;
    let mut all = Vec::new();
    for file in files {
        let text = world.read(&file)?;
        all.push((file.display().to_string(), text));
    }
    Ok(all)
}

/// The entries of a workspace's `rules = […]`, with paths that hold from anywhere.
pub fn rules_of(workspace: &Path, world: &World) -> anyhow::Result<Vec<String>> {
    let text = world.read(&workspace.join("gapwise.toml"))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| anyhow!("{error}"))?;
    let Some(list) = table.get("rules").and_then(toml::Value::as_array) else { bail!("no `rules` in gapwise.toml") };
    let root = std::fs::canonicalize(workspace)?;
    let place = |entry: &str| {
        if entry.starts_with("builtin:") { entry.to_owned() } else { root.join(entry).display().to_string() }
    };
    Ok(list.iter().filter_map(toml::Value::as_str).map(place).collect())
}

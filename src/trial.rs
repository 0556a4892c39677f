//! Rule tests as data: a compact synthetic centre, the rules in force, and what must and must not fire.
//! The centre is written as an ordinary workspace and judged by the ordinary job, so that a test says what
//! a run would say.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde::Deserialize;

use crate::config::{self, Plan};
use crate::diag::way_out;
use crate::judge;
use crate::model::{Confidence, Finding, FindingState, Scope, Signal, Story, Value};
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
    /// The metric that is judged: an id one of the centre's metrics takes, so that rules which name a metric
    /// of the client can be tested.
    #[serde(default = "proportion")]
    pub metric: String,
    /// Which of the centre's metrics takes that id: `m`, the proportion, or `handle`, the mean in seconds.
    #[serde(default)]
    pub takes: Takes,
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
    /// The verdict's form, such as `concentrated`.
    #[serde(default)]
    pub form: Option<String>,
    /// The word for how sure it is: `weak`, `moderate` or `strong`.
    #[serde(default)]
    pub confidence: Option<String>,
    /// What a verdict of not enough evidence says it would need.
    #[serde(default)]
    pub needs: Option<Vec<String>>,
    /// Rule to its rendered title.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// Further TOML for the workspace: events, a source, a gate, privacy.
    #[serde(default)]
    pub workspace: String,
}

fn proportion() -> String {
    Takes::M.name().into()
}

/// A metric of the compact centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    #[default]
    M,
    Handle,
}

impl Takes {
    fn name(self) -> &'static str {
        match self {
            Self::M => "m",
            Self::Handle => "handle",
        }
    }
}

/// What the tests of one pack or workspace share.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// The entries of a workspace's `rules = […]`.
    pub rules: Vec<String>,
    /// `[metrics]` of the workspace. The metric a test judges takes its label from here; the others stand in
    /// the centre's workspace without a target, so that rules which name them load.
    pub metrics: toml::Table,
}

impl Setting {
    /// A built-in pack on its own.
    pub fn builtin(pack: &str) -> Self {
        Self { rules: vec![format!("builtin:{pack}")], ..Self::default() }
    }
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

/// Runs one test with the rules of its setting.
pub fn run(test: &Test, setting: &Setting, world: &World) -> anyhow::Result<Verdict> {
    let folder = tempfile::tempdir().context("cannot make a folder for the test's centre")?;
    let place = folder.path().join("centre");
    simulate::write_centre(&test.centre, &place)?;
    let file = place.join("gapwise.toml");
    let text = workspace(&std::fs::read_to_string(&file)?, test, setting);
    std::fs::write(&file, text)?;
    let loaded = config::load(&place, world).map_err(|mistakes| anyhow!("\n{}", mistakes.render()))?;
    let story = judged(&loaded.plan, test)?;
    Ok(Verdict { name: test.name.clone(), faults: faults(&loaded.plan, test, &story) })
}

/// The centre's workspace with the rules to be tested, the metric's name and the test's own lines.
fn workspace(text: &str, test: &Test, setting: &Setting) -> String {
    let rules = setting.rules.iter().map(|rule| toml::Value::String(rule.clone())).collect();
    let rules = format!("rules = {}", toml::Value::Array(rules));
    let takes = test.takes.name();
    let header = format!("[metrics.{}]{}", test.metric, label(test, setting));
    let focus = format!("values.focus.{takes} = ");
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        lines.push(match line {
            line if line.starts_with("rules = ") => rules.clone(),
            line if line == format!("[metrics.{takes}]") => header.clone(),
            line if line.starts_with(&focus) => line.replacen(takes, &test.metric, 1),
            line => line.to_owned(),
        });
    }
    lines.extend(
        setting.metrics.iter().filter(|(id, _)| **id != test.metric).map(|(id, keys)| stand_in(id, keys)),
    );
    lines.push(test.workspace.clone());
    lines.join("\n")
}

fn label(test: &Test, setting: &Setting) -> String {
    let label = setting.metrics.get(&test.metric).and_then(|metric| metric.get("label"));
    label.map(|label| format!("\nlabel = {label}")).unwrap_or_default()
}

/// Another metric of the client: the same unit, no target.
fn stand_in(id: &str, keys: &toml::Value) -> String {
    let word = |key: &str| keys.get(key).and_then(toml::Value::as_str);
    let better = word("better").unwrap_or("higher");
    let role = word("role").map(|role| format!("role = \"{role}\"\n")).unwrap_or_default();
    if word("type") == Some("proportion") {
        return format!(
            "\n[metrics.{id}]\ntype = \"proportion\"\nvalue = \"resolved = 'Y'\"\nbetter = \"{better}\"\n{role}"
        );
    }
    let unit = keys.get("unit").map(|unit| format!("unit = {unit}\n")).unwrap_or_default();
    format!("\n[metrics.{id}]\ntype = \"mean\"\nvalue = \"handle_s\"\nbetter = \"{better}\"\n{unit}{role}")
}

fn judged(plan: &Plan, test: &Test) -> anyhow::Result<Story> {
    let period = plan.calendar.last_complete(test.centre.end);
    let data = source::read(plan, plan.span(period), test.centre.end, None)?;
    Ok(judge::history(plan, &data, period))
}

fn faults(plan: &Plan, test: &Test, story: &Story) -> Vec<String> {
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
    let mut faults = Vec::new();
    for rule in test.fires.iter().filter(|rule| !fired(test, story, rule)) {
        faults.push(format!("`{rule}` must fire and did not: {}", said(test, story, rule)));
    }
    for rule in test.silent.iter().filter(|rule| fired(test, story, rule)) {
        faults.push(format!("`{rule}` must stay silent and fired: {}", said(test, story, rule)));
    }
    for rule in test.cannot_tell.iter().filter(|rule| signal(test, story, rule) != Some(None)) {
        faults.push(format!("`{rule}` must not be able to tell, and could: {}", said(test, story, rule)));
    }
    faults.extend(verdict_faults(test, story));
    let wanted = test.title.iter().map(|(rule, wanted)| (rule, wanted, titles(plan, story, rule)));
    faults.extend(
        wanted
            .filter(|(_, wanted, said)| !said.contains(wanted))
            .map(|(rule, wanted, said)| unlike(rule, wanted, &said)),
    );
    faults
}

fn verdict_faults(test: &Test, story: &Story) -> Vec<String> {
    let found = story.now.verdicts.iter().find(|v| v.metric == test.metric && v.scope == Scope::Operation);
    let is = |word: Option<String>| word.unwrap_or_else(|| "none".into());
    let pairs = [
        ("verdict", &test.verdict, is(found.map(|v| v.verdict.name().to_owned()))),
        ("form", &test.form, is(found.and_then(|v| v.form.clone()))),
        (
            "confidence",
            &test.confidence,
            is(found.and_then(|v| v.confidence).map(|c| sureness(c).to_owned())),
        ),
    ];
    let needs = found.map(|v| v.needs.clone()).unwrap_or_default();
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

fn sureness(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Weak => "weak",
        Confidence::Moderate => "moderate",
        Confidence::Strong => "strong",
    }
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
fn fired(test: &Test, story: &Story, rule: &str) -> bool {
    let here = |metric: &Option<String>| metric.as_ref().is_none_or(|metric| *metric == test.metric);
    let found = |f: &Finding| f.rule == rule && here(&f.metric) && f.state != FindingState::Resolved;
    story.now.findings.iter().any(found) || signal(test, story, rule) == Some(Some(true))
}

/// The rule's signal for the operation: none, cannot tell, or its answer.
fn signal(test: &Test, story: &Story, rule: &str) -> Option<Option<bool>> {
    let here = |s: &&Signal| {
        s.rule == rule && s.scope == Scope::Operation && s.metric.as_ref().is_none_or(|m| *m == test.metric)
    };
    story.now.signals.iter().find(here).map(|signal| signal.value)
}

/// The rule's answer, what it needs, and the evidence behind it, a column a line.
fn said(test: &Test, story: &Story, rule: &str) -> String {
    let here = |metric: &Option<String>| metric.as_ref().is_none_or(|metric| *metric == test.metric);
    let mut text = match signal(test, story, rule) {
        Some(Some(value)) => format!("its signal is {value}"),
        Some(None) => "it cannot tell".into(),
        None => "it has no signal".into(),
    };
    for need in story.now.not_judged.iter().filter(|one| one.rule == rule && here(&one.metric)) {
        text.push_str(&format!("; it needs {}", need.need));
    }
    let tables = story.now.evidence.iter().filter(|table| table.rule == rule);
    for table in tables {
        let Some((_, _, row)) = table.rows.iter().find(|(metric, _, _)| here(metric)) else { continue };
        for (column, value) in table.columns.iter().zip(&row.values) {
            text.push_str(&format!("\n  {} = {}", column.name, plain(value)));
        }
    }
    text
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Number(x) => format!("{x:.4}"),
        Value::Flag(yes) => yes.to_string(),
        Value::Text(text) => format!("\"{text}\""),
    }
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

/// Test files of a workspace, `tests/*.toml`, as (path below the workspace, text).
pub fn of_workspace(workspace: &Path, world: &World) -> anyhow::Result<Vec<(String, String)>> {
    let files = world.glob(&workspace.join("tests"), "*.toml")?;
    let mut all = Vec::new();
    for file in files {
        let text = world.read(&file)?;
        all.push((file.strip_prefix(workspace).unwrap_or(&file).display().to_string(), text));
    }
    Ok(all)
}

/// Rules and metrics of a workspace; the paths of its rules hold from anywhere.
pub fn setting_of(workspace: &Path, world: &World) -> anyhow::Result<Setting> {
    let text = world.read(&workspace.join("gapwise.toml"))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| anyhow!("gapwise.toml: {error}"))?;
    let Some(list) = table.get("rules").and_then(toml::Value::as_array) else {
        bail!("no `rules` in gapwise.toml")
    };
    let root = std::fs::canonicalize(workspace)?;
    let place = |entry: &str| {
        if entry.starts_with("builtin:") { entry.to_owned() } else { root.join(entry).display().to_string() }
    };
    let metrics = table.get("metrics").and_then(toml::Value::as_table);
    Ok(Setting {
        rules: list.iter().filter_map(toml::Value::as_str).map(place).collect(),
        metrics: metrics.cloned().unwrap_or_default(),
    })
}

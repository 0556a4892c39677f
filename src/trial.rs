//! Rule tests as data: a compact synthetic centre, the rules in force, and what must and must not fire.
//! The centre is written as an ordinary workspace and judged by the ordinary job, so that a test says what
//! a run would say.

mod faults;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde::Deserialize;

use crate::config::{self, Plan};
use crate::judge;
use crate::model::Story;
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

impl Test {
    /// Whether something is about the judged metric, or about the data as a whole.
    fn judges(&self, metric: Option<&str>) -> bool {
        metric.is_none_or(|metric| metric == self.metric)
    }
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
    let drawn = std::fs::read_to_string(&file)?;
    std::fs::write(&file, workspace(&drawn, test, setting))?;
    let loaded = config::load(&place, world).map_err(|mistakes| anyhow!("\n{}", mistakes.render()))?;
    let story = judged(&loaded.plan, test)?;
    Ok(Verdict { name: test.name.clone(), faults: faults::of(&loaded.plan, test, &story) })
}

/// The centre's workspace with the rules to be tested, the metric's name and the test's own lines.
fn workspace(drawn: &str, test: &Test, setting: &Setting) -> String {
    let rules = setting.rules.iter().map(|rule| toml::Value::String(rule.clone())).collect();
    let rules = format!("rules = {}", toml::Value::Array(rules));
    let takes = test.takes.name();
    let header = format!("[metrics.{}]{}", test.metric, label(test, setting));
    let focus = format!("values.focus.{takes} = ");
    let mut lines: Vec<String> = Vec::new();
    for line in drawn.lines() {
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

/// Another metric of the client, with its unit but the same in every row and without a target: rules that name
/// it load, and it adds nothing to what is judged together.
fn stand_in(id: &str, keys: &toml::Value) -> String {
    let word = |key: &str| keys.get(key).and_then(toml::Value::as_str);
    let better = word("better").unwrap_or("higher");
    let role = word("role").unwrap_or("outcome");
    let head = format!("\n[metrics.{id}]\nbetter = \"{better}\"\nrole = \"{role}\"");
    if word("type") == Some("proportion") {
        return format!("{head}\ntype = \"proportion\"\nvalue = \"resolved = 'neither'\"");
    }
    let unit = keys.get("unit").map(|unit| format!("\nunit = {unit}")).unwrap_or_default();
    format!("{head}\ntype = \"mean\"\nvalue = \"0 * handle_s\"{unit}")
}

fn judged(plan: &Plan, test: &Test) -> anyhow::Result<Story> {
    let period = plan.calendar.last_complete(test.centre.end);
    let data = source::read(plan, plan.span(period), test.centre.end, None)?;
    Ok(judge::history(plan, &data, period))
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

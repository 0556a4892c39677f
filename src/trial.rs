//! Rule tests as data: a synthetic centre, the rules in force, and what must and must not fire. The centre is
//! a compact one or a scenario of `simulate`, and any of its tables may be written out in the test. It is
//! written as an ordinary workspace and judged by the ordinary job, so that a test says what a run would say.

mod faults;
mod new;
mod places;
mod workspace;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::{self, Plan};
use crate::judge;
use crate::model::{Story, schema};
use crate::simulate::{Centre, Scenario};
use crate::source;
use crate::world::World;

use faults::Answer;
pub use new::{Draft, Found, draft};

/// One file of tests.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestFile {
    /// `[[test]]`, one entry a test.
    pub test: Vec<Test>,
}

/// One centre and what the rules must say of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Test {
    /// What must hold, as a sentence; `gapwise test --run` looks for words in it.
    pub name: String,
    /// The compact centre; a test has this or `scenario`.
    pub centre: Option<Centre>,
    /// A scenario of `simulate`, with all its metrics and sources.
    pub scenario: Option<Scenario>,
    /// Source to its rows as CSV under canonical headers, in place of what was drawn or beside it.
    #[serde(default)]
    pub tables: BTreeMap<String, String>,
    /// The metric that is judged. A compact centre's takes this id, so that rules which name a metric of the
    /// client can be tested; of a scenario's metrics it chooses one, `fcr` when absent, and an id no scenario has is
    /// taken as well.
    metric: Option<String>,
    /// Which of the drawn metrics takes that id: `m`, the proportion (a scenario's `fcr`), or `handle`, the mean in
    /// seconds (its `aht`).
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
    /// Causes that must be listed for the metric; an empty list = none.
    #[serde(default)]
    pub causes: Option<Vec<String>>,
    /// The pattern that must be named; `none` = none.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Decisions that must be asked for on the metric, by the id of their entry; an empty list = none.
    #[serde(default)]
    pub decisions: Option<Vec<String>>,
    /// Rule to its rendered title.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// Further TOML for the workspace: events, a source, a gate, privacy. Its tables are merged into the
    /// centre's, anything else takes the place of what is there.
    #[serde(default)]
    pub workspace: String,
}

impl Test {
    /// The id of the judged metric.
    pub fn metric(&self) -> &str {
        let own = if self.scenario.is_some() { "fcr" } else { Takes::M.name() };
        self.metric.as_deref().unwrap_or(own)
    }

    /// What the metric that takes this id is called where it is drawn.
    fn drawn(&self) -> &'static str {
        match (self.scenario.is_some(), self.takes) {
            (false, takes) => takes.name(),
            (true, Takes::M) => "fcr",
            (true, Takes::Handle) => "aht",
        }
    }

    /// Whether something is about the judged metric, or about the data as a whole.
    fn judges(&self, metric: Option<&str>) -> bool {
        metric.is_none_or(|metric| metric == self.metric())
    }

    /// The last day of the data.
    fn end(&self) -> Option<NaiveDate> {
        self.centre.as_ref().map(|centre| centre.end).or(self.scenario.as_ref().map(|scenario| scenario.end))
    }
}

/// A metric of the compact centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
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
    /// Segments of the workspace's contacts. Those a centre does not have stand in it with the values of its channel.
    pub segments: Vec<String>,
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

/// Stands beside `gapwise.toml`; a file in `tests/` begins with [`SCHEMA_LINE`].
pub const SCHEMA_FILE: &str = "gapwise-tests.schema.json";

/// Tells an editor where the schema is.
pub const SCHEMA_LINE: &str = "#:schema ../gapwise-tests.schema.json\n";

/// The JSON Schema of a file of tests.
pub fn schema() -> serde_json::Value {
    schema::read_as::<TestFile>("gapwise tests")
}

/// The keys of a file of tests, and so of a scenario, as a part of `docs/keys.md`.
pub fn keys_page() -> String {
    schema::keys_page("test file", &schema())
}

/// Reads a file of tests; what cannot be drawn or read is told with its line.
pub fn parse(text: &str) -> anyhow::Result<TestFile> {
    let file: TestFile = toml::from_str(text).map_err(|error| anyhow!("{error}"))?;
    places::check(&file, text)?;
    Ok(file)
}

/// Runs one test with the rules of its setting.
pub fn run(test: &Test, setting: &Setting, world: &World) -> anyhow::Result<Verdict> {
    let planned = plan_of(test, setting, world)?;
    let story = judged(&planned.plan, test)?;
    Ok(Verdict { name: test.name.clone(), faults: faults::of(&planned.plan, test, &story) })
}

/// A test's centre as a workspace that is there as long as this is.
struct Planned {
    plan: Plan,
    /// The last day of the data.
    end: NaiveDate,
    _folder: tempfile::TempDir,
}

fn plan_of(test: &Test, setting: &Setting, world: &World) -> anyhow::Result<Planned> {
    let folder = tempfile::tempdir().context("cannot make a folder for the test's centre")?;
    let place = folder.path().join("centre");
    workspace::write(test, setting, &place)?;
    let loaded = config::load(&place, world).map_err(|mistakes| anyhow!("\n{}", mistakes.render()))?;
    let plan = for_any_group(this_period_alone(loaded.plan, test));
    let end = test.end().context("no centre and no scenario")?;
    Ok(Planned { plan, end, _folder: folder })
}

/// A test is about what the last period says, not about what is held from earlier ones, unless it says so.
fn this_period_alone(plan: Plan, test: &Test) -> Plan {
    let own: toml::Table = test.workspace.parse().unwrap_or_default();
    if own.contains_key("history") || own.contains_key("hold") {
        return plan;
    }
    Plan { history: 1, hold: config::Hold { periods: 1, memory: 1 }, ..plan }
}

/// A test is about what a rule says, not about whom a report may show: its tables have few people in them.
fn for_any_group(plan: Plan) -> Plan {
    Plan { privacy: config::Privacy { min_group: 1, ..plan.privacy.clone() }, ..plan }
}

fn judged(plan: &Plan, test: &Test) -> anyhow::Result<Story> {
    let end = test.end().context("no centre and no scenario")?;
    let period = plan.calendar.last_complete(end);
    let data = source::read(plan, plan.span(period), end, None)?;
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
    let sources = table.get("sources").and_then(toml::Value::as_table).into_iter().flatten();
    let segments = sources.filter_map(|(_, source)| source.get("segments")?.as_array()).flatten();
    Ok(Setting {
        rules: list.iter().filter_map(toml::Value::as_str).map(place).collect(),
        metrics: metrics.cloned().unwrap_or_default(),
        segments: segments.filter_map(toml::Value::as_str).map(str::to_owned).collect(),
    })
}

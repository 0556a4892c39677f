//! What a test is drawn from, as TOML: its centre or scenario, tables and further lines, without what it expects.

use anyhow::Result;
use toml::{Table, Value};

use super::library::wanted;
use crate::config::Rule;
use crate::model::{Measure, Metric};
use crate::trial::{Test, parse};

/// Keys of a test that say what is drawn.
const DRAWN: [&str; 6] = ["metric", "takes", "centre", "scenario", "tables", "workspace"];

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene(pub(super) Table);

impl Scene {
    /// Of a shipped test; the client's rules take the place of any it names.
    pub(super) fn of(test: Table) -> Self {
        let mut own: Table = test.into_iter().filter(|(key, _)| DRAWN.contains(&key.as_str())).collect();
        let mut lines = workspace(&own);
        lines.remove("rules");
        set_workspace(&mut own, &lines);
        Self(own)
    }

    /// As a test that expects nothing.
    pub(super) fn test(&self) -> Result<Test> {
        let mut test = self.0.clone();
        test.insert("name".into(), "a scene".into());
        let file = Table::from_iter([("test".to_owned(), Value::Array(vec![Value::Table(test)]))]);
        let mut tests = parse(&toml::to_string(&file)?)?.test;
        anyhow::ensure!(tests.len() == 1, "a scene is one test");
        Ok(tests.remove(0))
    }

    /// Whether the judged metric is a share.
    pub(super) fn is_proportion(&self) -> bool {
        let handle = self.0.get("takes").and_then(Value::as_str) == Some("handle");
        let seconds = ["aht", "qa"].contains(&self.metric());
        let unit = self.measure(self.metric()).is_some_and(|measure| measure.contains_key("unit"));
        !(handle || unit || seconds && self.0.contains_key("scenario"))
    }

    fn metric(&self) -> &str {
        let default = if self.0.contains_key("scenario") { "fcr" } else { "m" };
        self.0.get("metric").and_then(Value::as_str).unwrap_or(default)
    }

    fn measure(&self, id: &str) -> Option<&Table> {
        self.0.get("scenario")?.get("measure")?.get(id)?.as_table()
    }

    /// The same scene with its metric under a client's name; none where a share would have to be seconds.
    pub(super) fn judging(&self, metric: &Metric) -> Option<Self> {
        let share = metric.measure == Measure::Proportion;
        let mut scene = self.clone();
        if share != self.is_proportion() {
            scene = if share { return None } else { self.in_seconds()? };
        }
        let from = scene.metric().to_owned();
        if let Some(measures) =
            scene.0.get_mut("scenario").and_then(|own| own.get_mut("measure")).and_then(Value::as_table_mut)
            && let Some(measure) = measures.remove(&from)
        {
            measures.insert(metric.id.clone(), measure);
        }
        scene.0.insert("metric".into(), metric.id.clone().into());
        if scene.0.contains_key("scenario") && from == "aht" {
            scene.0.insert("takes".into(), "handle".into());
        }
        let mut lines = workspace(&scene.0);
        if let Some(metrics) = lines.get_mut("metrics").and_then(Value::as_table_mut)
            && let Some(own) = metrics.remove(&from)
        {
            metrics.insert(metric.id.clone(), own);
        }
        set_workspace(&mut scene.0, &lines);
        scene.refocus(&from, &metric.id);
        Some(scene)
    }

    /// Coaching logs written out name the metric as their focus.
    fn refocus(&mut self, from: &str, to: &str) {
        let Some(Value::String(log)) = self.0.get_mut("tables").and_then(|tables| tables.get_mut("coaching"))
        else {
            return;
        };
        let line = |line: &str| {
            let cells = line
                .split(',')
                .map(|cell| if cell.trim() == from { cell.replace(from, to) } else { cell.to_owned() });
            cells.collect::<Vec<_>>().join(",")
        };
        *log = log.lines().map(line).collect::<Vec<_>>().join("\n") + "\n";
    }

    /// A compact centre's share told as handle time: what is a share short there is as much longer here.
    fn in_seconds(&self) -> Option<Self> {
        const LEVEL: f64 = 300.0;
        let centre = self.0.get("centre")?.as_table()?;
        let number = |key: &str| centre.get(key).and_then(number_of);
        let level = number("level").unwrap_or(0.75);
        let seconds = |share: f64| Value::Float((LEVEL * (1.0 + level - share)).round());
        let spread = |share: f64| Value::Float((LEVEL * share).round());
        let mut handle = Table::from_iter([
            ("level".to_owned(), Value::Float(LEVEL)),
            ("cv".to_owned(), Value::Float(0.3)),
        ]);
        let own = number("spread").map(|share| ("spread", spread(share)));
        let target = number("target").map(|share| ("target", seconds(share)));
        let material = number("material").map(|share| ("material", spread(share)));
        handle.extend(
            [own, target, material].into_iter().flatten().map(|(key, value)| (key.to_owned(), value)),
        );
        let types =
            ["levels", "structural"].into_iter().filter_map(|key| centre.get(key)?.as_table()).flatten();
        let levels: Table =
            types.filter_map(|(name, share)| Some((name.clone(), seconds(number_of(share)?)))).collect();
        if !levels.is_empty() {
            handle.insert("levels".into(), Value::Table(levels));
        }
        let mut scene = self.clone();
        scene.0.get_mut("centre")?.as_table_mut()?.insert("handle".into(), Value::Table(handle));
        scene.0.insert("takes".into(), "handle".into());
        Some(scene)
    }

    /// Contact types, the rarest first: what carries a gap is seldom the bulk of the work.
    pub(super) fn types(&self) -> Vec<String> {
        let mut all: Vec<(f64, String)> = Vec::new();
        if let Some(types) =
            self.0.get("centre").and_then(|centre| centre.get("types")).and_then(Value::as_table)
        {
            all.extend(types.iter().map(|(name, share)| (number_of(share).unwrap_or(0.0), name.clone())));
        }
        let listed = self
            .0
            .get("scenario")
            .and_then(|own| own.get("type"))
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        all.extend(listed.filter_map(|one| {
            Some((one.get("share").and_then(number_of).unwrap_or(0.0), one.get("name")?.as_str()?.to_owned()))
        }));
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter().map(|(_, name)| name).collect()
    }

    /// The same scene with a contact type under another name, wherever it is named.
    pub(super) fn with_type(&self, from: &str, to: &str) -> Self {
        Self(renamed(&self.0, from, to))
    }

    /// Teams and segments a rule is about: what the scene calls otherwise is mapped to them.
    pub(super) fn with_parts(mut self, rule: &Rule) -> Self {
        let mut lines = workspace(&self.0);
        for (key, _) in
            rule.filter.tests.iter().filter(|(key, _)| !["metric", "contact-type"].contains(&key.as_str()))
        {
            let Some(to) = wanted(rule, key) else { continue };
            let own: Vec<Value> = match key.as_str() {
                "team" => (1..=40).map(|n| format!("Team {n}").into()).collect(),
                _ => ["voice", "chat", "Site", "North", "South"].map(Value::from).to_vec(),
            };
            let path = ["sources", "contacts", "values", key.as_str()];
            if let Some(values) = inner(&mut lines, &path) {
                values.insert(to, Value::Array(own));
            }
        }
        set_workspace(&mut self.0, &lines);
        self
    }

    /// Paths of the keys in which two scenes differ.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let (one, two) = (leaves(&self.0), leaves(&other.0));
        let differs = |(path, value): &&(String, String)| !two.iter().any(|(p, v)| p == path && v == value);
        let gone = two
            .iter()
            .filter(|(path, _)| !one.iter().any(|(own, _)| own == path))
            .map(|(path, _)| path.clone());
        one.iter().filter(differs).map(|(path, _)| path.clone()).chain(gone).collect()
    }
}

/// The test's own lines for the workspace.
fn workspace(test: &Table) -> Table {
    test.get("workspace").and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn set_workspace(test: &mut Table, lines: &Table) {
    match toml::to_string(lines) {
        Ok(text) if !text.is_empty() => _ = test.insert("workspace".into(), text.into()),
        _ => _ = test.remove("workspace"),
    }
}

/// A table below others, made where it is missing; none where something else stands there.
fn inner<'t>(table: &'t mut Table, path: &[&str]) -> Option<&'t mut Table> {
    let Some((first, rest)) = path.split_first() else { return Some(table) };
    let below = table.entry((*first).to_owned()).or_insert_with(|| Value::Table(Table::new()));
    inner(below.as_table_mut()?, rest)
}

fn renamed(table: &Table, from: &str, to: &str) -> Table {
    let key = |key: &String| if key == from { to.to_owned() } else { key.clone() };
    table.iter().map(|(own, value)| (key(own), renamed_value(value, from, to))).collect()
}

fn renamed_value(value: &Value, from: &str, to: &str) -> Value {
    match value {
        Value::Table(table) => Value::Table(renamed(table, from, to)),
        Value::Array(items) => Value::Array(items.iter().map(|item| renamed_value(item, from, to)).collect()),
        Value::String(text) if text.contains('\n') => Value::String(text.replace(from, to)),
        Value::String(text) if text == from => Value::String(to.to_owned()),
        other => other.clone(),
    }
}

/// Every value with its dotted path.
fn leaves(table: &Table) -> Vec<(String, String)> {
    let below = |(key, value): (&String, &Value)| match value {
        Value::Table(inner) => {
            leaves(inner).into_iter().map(|(path, value)| (format!("{key}.{path}"), value)).collect()
        }
        other => vec![(key.clone(), other.to_string())],
    };
    table.iter().flat_map(below).collect()
}

pub(super) fn number_of(value: &Value) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "what a test writes is small")]
    value.as_float().or_else(|| value.as_integer().map(|n| n as f64))
}

//! The workspace of a rule test: what was drawn, with the rules to be tested, the judged metric's name, the
//! tables the test writes out and its own lines.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use toml::{Table, Value};

use super::{Setting, Test};
use crate::config;
use crate::model::SourceId;
use crate::simulate;

/// Writes it into a folder that is not there yet.
pub(super) fn write(test: &Test, setting: &Setting, folder: &Path) -> anyhow::Result<()> {
    match (&test.centre, &test.scenario) {
        (Some(centre), _) => simulate::write_centre(centre, folder)?,
        (None, Some(scenario)) => simulate::write(scenario, folder)?,
        (None, None) => return Err(anyhow!("no centre and no scenario")),
    };
    let file = folder.join("gapwise.toml");
    let mut workspace: Table = std::fs::read_to_string(&file)?.parse()?;
    workspace.insert("rules".into(), Value::from(setting.rules.clone()));
    rename(&mut workspace, test);
    metrics(&mut workspace, test, setting);
    segments(&mut workspace, setting);
    for (source, rows) in &test.tables {
        written_out(&mut workspace, source, rows, folder)?;
    }
    let own: Table = test.workspace.parse().map_err(|error| anyhow!("`workspace` of the test: {error}"))?;
    merge(&mut workspace, own);
    std::fs::write(&file, toml::to_string(&workspace)?).context("cannot write the test's workspace")
}

/// Gives the judged metric its id, unless a scenario has one of that name; the log's focus follows.
fn rename(workspace: &mut Table, test: &Test) {
    let mut own: Table = test.workspace.parse().unwrap_or_default();
    let has =
        |table: &mut Table| below(table, &["metrics"]).is_some_and(|own| own.contains_key(test.metric()));
    if test.scenario.is_some() && (has(workspace) || has(&mut own)) {
        return;
    }
    let (from, to) = (test.drawn(), test.metric());
    if let Some(metrics) = below(workspace, &["metrics"])
        && let Some(metric) = metrics.remove(from)
    {
        metrics.insert(to.into(), metric);
    }
    if let Some(focuses) = below(workspace, &["sources", "coaching", "values", "focus"])
        && let Some(patterns) = focuses.remove(from)
    {
        focuses.insert(to.into(), patterns);
    }
}

/// Segments only the client has: rules that name them load.
fn segments(workspace: &mut Table, setting: &Setting) {
    let Some(contacts) = below(workspace, &["sources", "contacts"]) else { return };
    let Some(drawn) = contacts.get_mut("segments").and_then(Value::as_array_mut) else { return };
    let missing: Vec<&String> =
        setting.segments.iter().filter(|name| !drawn.iter().any(|own| own.as_str() == Some(name))).collect();
    drawn.extend(missing.iter().map(|name| Value::from(name.as_str())));
    if let Some(columns) = below(contacts, &["columns"]) {
        columns.extend(missing.into_iter().map(|name| (name.clone(), "channel".into())));
    }
}

/// Names metrics as the client does, and adds those only the client has.
fn metrics(workspace: &mut Table, test: &Test, setting: &Setting) {
    let Some(drawn) = below(workspace, &["metrics"]) else { return };
    for (id, keys) in &setting.metrics {
        match drawn.get_mut(id).and_then(Value::as_table_mut) {
            Some(own) if test.scenario.is_some() || id == test.metric() => {
                let named = ["label", "concept"].iter().filter_map(|key| Some((*key, keys.get(*key)?)));
                own.extend(named.map(|(key, value)| (key.to_owned(), value.clone())));
            }
            _ => _ = drawn.insert(id.clone(), Value::Table(stand_in(keys))),
        }
    }
}

/// Another metric of the client, with its unit but the same in every row and without a target: rules that name
/// it load, and it adds nothing to what is judged together.
fn stand_in(keys: &Value) -> Table {
    let word = |key: &str| keys.get(key).and_then(Value::as_str);
    let mut metric = Table::new();
    let mut set = |key: &str, value: &str| _ = metric.insert(key.into(), value.into());
    set("better", word("better").unwrap_or("higher"));
    set("role", word("role").unwrap_or("outcome"));
    if word("type") == Some("proportion") {
        set("type", "proportion");
        set("value", "resolved = 'neither'");
    } else {
        set("type", "mean");
        set("value", "0 * handle_s");
        if let Some(unit) = word("unit") {
            set("unit", unit);
        }
    }
    metric
}

/// Puts a table of the test into the data, with its columns under the names of its header.
fn written_out(workspace: &mut Table, source: &str, rows: &str, folder: &Path) -> anyhow::Result<()> {
    let path = format!("data/{source}.csv");
    let mut file =
        csv::Writer::from_path(folder.join(&path)).with_context(|| format!("cannot write `{path}`"))?;
    let header = reader(rows).headers()?.clone();
    file.write_record(&header)?;
    reader(rows).records().try_for_each(|record| file.write_record(&record?))?;
    file.flush()?;
    let sources = workspace.entry("sources").or_insert_with(|| Value::Table(Table::new()));
    let sources = sources.as_table_mut().context("`sources` is no table")?;
    let before = sources.remove(source);
    let mut plan = Table::new();
    plan.insert("path".into(), path.into());
    plan.insert("columns".into(), Value::Table(columns(source, &header)));
    if let Some(segments) = before.as_ref().and_then(|before| before.get("segments")?.as_array()) {
        let there = |name: &&Value| name.as_str().is_some_and(|name| header.iter().any(|own| own == name));
        plan.insert("segments".into(), Value::Array(segments.iter().filter(there).cloned().collect()));
    }
    if source == SourceId::Coaching.name() && header.iter().any(|own| own == "status") {
        plan.insert("values".into(), Value::Table(Table::from_iter([("status".to_owned(), statuses())])));
    }
    sources.insert(source.to_owned(), Value::Table(plan));
    Ok(())
}

/// The rows of a written-out table; blanks around fields and lines are for the eye.
pub(super) fn reader(rows: &str) -> csv::Reader<std::io::Cursor<String>> {
    let lines: String = rows.lines().flat_map(|line| [line.trim(), "\n"]).collect();
    csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(std::io::Cursor::new(lines))
}

/// Headers with hyphens or underscores are canonical names. Rows of contacts, evaluations and surveys may have
/// further columns, which expressions name as they are written.
fn columns(source: &str, header: &csv::StringRecord) -> Table {
    let id = SourceId::ALL.into_iter().find(|id| id.name() == source);
    let canonical = id.map(config::canonical).unwrap_or_default();
    let free = matches!(id, Some(SourceId::Contacts | SourceId::Evaluations | SourceId::Surveys));
    let named = header.iter().map(|raw| (raw.replace('_', "-"), raw));
    let kept = named.filter(|(name, _)| !free || canonical.contains(&name.as_str()));
    kept.map(|(name, raw)| (name, raw.into())).collect()
}

fn statuses() -> Value {
    let names = ["held", "cancelled", "rescheduled"];
    let maps = names.map(|name| (name.to_owned(), Value::Array(vec![name.into()])));
    Value::Table(Table::from_iter(maps))
}

/// Tables are merged; anything else takes the place of what is there.
fn merge(into: &mut Table, own: Table) {
    for (key, value) in own {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(there)), Value::Table(value)) => merge(there, value),
            (_, value) => _ = into.insert(key, value),
        }
    }
}

fn below<'a>(table: &'a mut Table, path: &[&str]) -> Option<&'a mut Table> {
    path.iter().try_fold(table, |table, key| table.get_mut(*key)?.as_table_mut())
}

//! Puts a centre into a folder as a workspace anyone could have written by hand.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::centre::Centre;
use super::draw::tables;
use super::scenario::Scenario;
use super::sheets::{Sheet, sheets};
use super::tables::Tables;
use super::workspace;
use crate::config::schema;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub folder: PathBuf,
    /// Relative to the folder, in the order written.
    pub files: Vec<PathBuf>,
    pub contacts: usize,
    pub evaluations: usize,
    pub sessions: usize,
}

/// Writes the scenario as a workspace: `data/*.csv`, `gapwise.toml`, `rules/client.toml`, and the schemas an editor
/// holds the latter two against.
/// A folder that holds a `gapwise.toml` is left alone.
pub fn write(scenario: &Scenario, folder: &Path) -> Result<Written> {
    let tables = tables(scenario)?;
    let own = schema::WORKSPACE_LINE.to_owned() + &workspace::gapwise(scenario, &tables);
    let rules = schema::RULES_LINE.to_owned() + workspace::CLIENT_RULES;
    let texts = [
        ("gapwise.toml", own.as_str()),
        ("rules/client.toml", &rules),
        (schema::WORKSPACE_FILE, &schema::workspace_text()),
        (schema::RULES_FILE, &schema::rules_text()),
    ];
    put(scenario, &tables, &texts, folder)
}

/// Writes only the scenario's `data/*.csv`, for a workspace that is there: what it reads is replaced.
pub fn write_data(scenario: &Scenario, folder: &Path) -> Result<Written> {
    let tables = tables(scenario)?;
    let files = data(scenario, &tables, folder)?;
    Ok(written(folder, files, &tables))
}

/// Writes a compact centre as a workspace with the metrics `m` and, where it has one, `handle`.
pub fn write_centre(centre: &Centre, folder: &Path) -> Result<Written> {
    let tables = centre.tables()?;
    put(&centre.scenario()?, &tables, &[("gapwise.toml", &workspace::compact(centre, &tables))], folder)
}

fn put(scenario: &Scenario, tables: &Tables, texts: &[(&str, &str)], folder: &Path) -> Result<Written> {
    let taken = folder.join("gapwise.toml");
    ensure!(!taken.exists(), "`{}` exists already, choose another folder", taken.display());
    let mut files = data(scenario, tables, folder)?;
    for (name, text) in texts {
        let path = place(folder, name)?;
        std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        files.push(PathBuf::from(name));
    }
    Ok(written(folder, files, tables))
}

fn written(folder: &Path, files: Vec<PathBuf>, tables: &Tables) -> Written {
    Written {
        folder: folder.to_owned(),
        files,
        contacts: tables.contacts.len(),
        evaluations: tables.evaluations.len(),
        sessions: tables.sessions.len(),
    }
}

/// The tables that have rows, as CSV.
fn data(scenario: &Scenario, tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for sheet in sheets(scenario, tables) {
        let name = format!("data/{}.csv", sheet.source);
        csv(folder, &name, sheet)?;
        files.push(PathBuf::from(name));
    }
    Ok(files)
}

fn place(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).with_context(|| format!("cannot create `{}`", parent.display()))?;
    Ok(path)
}

fn csv(folder: &Path, name: &str, sheet: Sheet<'_>) -> Result<()> {
    let path = place(folder, name)?;
    let failed = || format!("cannot write `{}`", path.display());
    let mut writer = csv::Writer::from_path(&path).with_context(failed)?;
    writer.write_record(&sheet.header).with_context(failed)?;
    for row in sheet.rows {
        writer.write_record(&row).with_context(failed)?;
    }
    writer.flush().with_context(failed)
}

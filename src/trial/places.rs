//! Mistakes of a test file that TOML alone does not show, each told with its line and key.

use std::ops::Range;

use anyhow::{Context as _, anyhow, bail};
use toml::de::{DeTable, DeValue};

use super::workspace::reader;
use super::{Test, TestFile};
use crate::diag::way_out;
use crate::model::SourceId;

/// Checks every test of a file; `text` is what it was read from.
pub(super) fn check(file: &TestFile, text: &str) -> anyhow::Result<()> {
    let document = DeTable::parse(text)?;
    let entries = document.get_ref().get("test").and_then(|tests| tests.get_ref().as_array());
    let tables = entries.into_iter().flatten().filter_map(|test| test.get_ref().as_table());
    for (test, table) in file.test.iter().zip(tables) {
        one(test, &Written { text, table }).with_context(|| format!("test `{}`", test.name))?;
    }
    Ok(())
}

fn one(test: &Test, written: &Written<'_>) -> anyhow::Result<()> {
    let (section, drawn) = match (&test.centre, &test.scenario) {
        (Some(centre), None) => ("centre", centre.scenario().map(drop)),
        (None, Some(scenario)) => ("scenario", scenario.check()),
        (Some(_), Some(_)) => bail!("{}: write `centre` or `scenario`, not both", written.line(&["centre"])),
        (None, None) => bail!("{}: write `[test.centre]` or `[test.scenario]`", written.line(&["name"])),
    };
    drawn.map_err(|error| {
        let message = format!("{error:#}");
        anyhow!("{}: `{section}`: {message}", written.line_of_named(section, &message))
    })?;
    test.tables.iter().try_for_each(|(source, csv)| table(source, csv, written))
}

fn table(source: &str, rows: &str, written: &Written<'_>) -> anyhow::Result<()> {
    let path = ["tables", source];
    if !SourceId::ALL.iter().any(|id| id.name() == source) {
        let help = way_out(source, SourceId::ALL.iter().map(|id| id.name()));
        bail!("{}: `tables.{source}` is no source; {help}", written.line(&path));
    }
    let mut reader = reader(rows);
    let mut read = 0;
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            anyhow!("{}: `tables.{source}`: {}", written.line_inside(&path, line), uneven(&error))
        })?;
        read += u32::from(!record.is_empty());
    }
    if read == 0 {
        bail!("{}: `tables.{source}` needs a header and at least one row", written.line(&path));
    }
    Ok(())
}

/// The csv crate's words name lines of the table alone.
fn uneven(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this row has {len} fields, the header {expected_len}")
        }
        _ => error.to_string(),
    }
}

/// One test as it stands in its file.
struct Written<'a> {
    text: &'a str,
    table: &'a DeTable<'a>,
}

impl Written<'_> {
    /// `line 12` of the value at a path.
    fn line(&self, path: &[&str]) -> String {
        format!("line {}", self.number(self.span(path).map_or(0, |span| span.start)))
    }

    /// The line of the first key that a message names within a section, else of the section.
    fn line_of_named(&self, section: &str, message: &str) -> String {
        let inside = self.table.get(section).and_then(|value| value.get_ref().as_table());
        let mut named = message.split('`').skip(1).step_by(2);
        let found = inside.and_then(|table| named.find_map(|key| find(table, key)));
        found.map_or_else(|| self.line(&[section]), |at| format!("line {}", self.number(at)))
    }

    /// The line of the file on which a line of a written-out table stands.
    fn line_inside(&self, path: &[&str], line: u64) -> String {
        let Some(span) = self.span(path) else { return self.line(path) };
        let raw = &self.text[span.clone()];
        // The line break after the opening quotes is no part of the text.
        let first = usize::from(raw.get(3..).is_some_and(|rest| rest.starts_with(['\n', '\r'])));
        let below = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        format!("line {}", self.number(span.start) + first + below)
    }

    fn span(&self, path: &[&str]) -> Option<Range<usize>> {
        let (last, outer) = path.split_last()?;
        let mut table = self.table;
        for key in outer {
            table = table.get(*key)?.get_ref().as_table()?;
        }
        Some(table.get(*last)?.span())
    }

    /// 1-based line of a byte.
    fn number(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }
}

/// Where a key or a text is, at any depth.
fn find(table: &DeTable<'_>, name: &str) -> Option<usize> {
    table.iter().find_map(|(key, value)| {
        let here = (key.get_ref() == name).then(|| key.span().start);
        here.or_else(|| inside(value, name))
    })
}

fn inside(value: &toml::Spanned<DeValue<'_>>, name: &str) -> Option<usize> {
    match value.get_ref() {
        DeValue::Table(table) => find(table, name),
        DeValue::Array(items) => items.iter().find_map(|item| inside(item, name)),
        _ => None,
    }
}

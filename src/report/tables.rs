//! The CSV files: findings, evidence by rule, refused rows. Text is quoted where needed, and a cell that a
//! spreadsheet would take for a formula starts with an apostrophe.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::contract::Contract;
use super::frame::Frame;
use crate::calendar::Period;
use crate::model::{EvidenceTable, Rejected, Row, Scope, Value};
use crate::words;

pub(super) type Record = Vec<String>;

/// Every table of a judged period by file name.
pub(super) fn of(
    frame: &Frame,
    period: Period,
    evidence: &[EvidenceTable],
    contract: &Contract,
    rejected: &[Rejected],
) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for table in evidence {
        files.insert(file_of(&table.rule), evidence_csv(frame, period, table)?);
    }
    files.insert("findings.csv".to_owned(), findings_csv(contract)?);
    files.insert("rejected.csv".to_owned(), rejected_csv(rejected)?);
    Ok(files)
}

/// Where a rule's rows are written.
pub(super) fn file_of(rule: &str) -> String {
    format!("evidence/{}.csv", safe(rule))
}

/// The kind's columns, then `q_<column>` for each of its p-values.
fn evidence_csv(frame: &Frame, period: Period, table: &EvidenceTable) -> Result<Vec<u8>> {
    const COMMON: [&str; 9] =
        ["period", "metric", "scope_level", "scope", "item", "n", "agents", "window_start", "window_end"];
    let own = table.columns.iter().map(|column| column.name.to_owned());
    let adjusted = table.p_values.iter().map(|name| format!("q_{name}"));
    let header: Record = COMMON.into_iter().map(str::to_owned).chain(own).chain(adjusted).collect();
    let (columns, width) = (table.columns.len(), header.len());
    let label = frame.calendar.label(period);
    let said = |value: &Value| cell(&words::spoken(value, &frame.locale));
    let rows = table.rows.iter().map(|(metric, scope, row)| {
        let mut record = common(frame, &label, metric.as_deref(), scope, row);
        record.extend(row.values.iter().map(said));
        record.resize(COMMON.len() + columns, String::new());
        record.extend(row.q.iter().map(said));
        record.resize(width, String::new());
        record
    });
    csv(&header, rows)
}

fn common(frame: &Frame, period: &str, metric: Option<&str>, scope: &Scope, row: &Row) -> Record {
    let (first, last) = row.window;
    vec![
        period.to_owned(),
        text(metric.unwrap_or_default()),
        text(scope.level()),
        text(scope.name().unwrap_or_default()),
        text(row.item.as_deref().unwrap_or_default()),
        row.n.to_string(),
        if row.agents > 0 { row.agents.to_string() } else { String::new() },
        frame.calendar.start(first).to_string(),
        frame.calendar.end(last).to_string(),
    ]
}

fn findings_csv(contract: &Contract) -> Result<Vec<u8>> {
    const HEADER: [&str; 14] = [
        "period",
        "id",
        "rule",
        "severity",
        "state",
        "since",
        "since_at_least",
        "metric",
        "scope_level",
        "scope",
        "item",
        "title",
        "say",
        "change_our_mind",
    ];
    let rows = contract.findings.iter().map(|finding| {
        vec![
            contract.period.label.clone(),
            text(&finding.id),
            text(&finding.rule),
            finding.severity.name().to_owned(),
            finding.state.name().to_owned(),
            finding.since.clone(),
            finding.since_at_least.to_string(),
            text(finding.metric.as_deref().unwrap_or_default()),
            text(finding.scope.level()),
            text(finding.scope.name().unwrap_or_default()),
            text(finding.item.as_deref().unwrap_or_default()),
            text(&finding.title),
            text(&finding.say),
            text(finding.change_our_mind.as_deref().unwrap_or_default()),
        ]
    });
    csv(&HEADER.map(str::to_owned).to_vec(), rows)
}

/// Places and reasons, never values.
pub(super) fn rejected_csv(rejected: &[Rejected]) -> Result<Vec<u8>> {
    let header = ["source", "file", "line", "reason"].map(str::to_owned).to_vec();
    let rows = rejected.iter().map(|row| {
        let line = row.line.map(|line| line.to_string()).unwrap_or_default();
        vec![row.source.name().to_owned(), text(&row.file), line, text(&row.reason)]
    });
    csv(&header, rows)
}

pub(super) fn csv(header: &Record, rows: impl Iterator<Item = Record>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).context("cannot write a table's header")?;
    for row in rows {
        writer.write_record(&row).context("cannot write a table's row")?;
    }
    writer.into_inner().context("cannot finish a table")
}

/// Shortest decimals that read back as the same double; nothing where nothing is known.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) if *number == 0.0 => "0".to_owned(),
        Value::Number(number) if number.is_finite() => number.to_string(),
        // A sentence is said before it comes here.
        Value::Null | Value::Number(_) | Value::Phrase(_) => String::new(),
        Value::Text(said) => text(said),
    }
}

pub(super) fn text(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// A rule's id as a file name; ids are kebab-case already, and nothing else may climb out of the folder.
fn safe(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect()
}

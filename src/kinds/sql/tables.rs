//! The tables a query sees: the cube's rows of a scope and window, and the evidence of rules written before.

use polars::prelude::{Column as Series, DataFrame, NamedFrom as _, PolarsResult, Series as Values};

use super::super::Case;
use super::super::panel::Slice;
use crate::cube::{Cube, Sums};
use crate::model::{ColumnUnit, EVALUATOR, EvidenceTable, Metric, Value};
use crate::words::{self, Locale};

/// One row a period, agent, team, contact type and segments with a value of the metric: `period` (0 = the last
/// of the window, −1 the one before), `agent` (a number that means nothing outside the query), `team`,
/// `contact_type`, the segments, `n`, and `sum` in the metric's unit (a ratio: `num` and `den`).
pub(super) fn cube(case: &Case<'_>, index: usize, metric: &Metric) -> PolarsResult<DataFrame> {
    let empty = Cube::empty(metric.source);
    let cube = case.data.cube(metric.source).unwrap_or(&empty);
    let (from, to) = case.span();
    let sums = cube.sums(index);
    let slice = Slice { scope: case.scope, filter: case.filter, conditions: &[], outlived: &[] };
    let counts = |row: &usize| sums.is_some_and(|(_, sums)| sums.n(*row) > 0);
    let rows: Vec<usize> = slice.rows(case.data, cube, cube.between(from, to)).filter(counts).collect();
    let mut columns: Vec<Series> = vec![
        Values::new("period".into(), rows.iter().map(|r| cube.period[*r] - to.0).collect::<Vec<_>>()).into(),
        Values::new("agent".into(), rows.iter().map(|r| cube.agent[*r]).collect::<Vec<_>>()).into(),
        names("team", &case.data.teams, rows.iter().map(|row| cube.team[*row])),
        names("contact_type", &case.data.contact_types, rows.iter().map(|row| cube.contact_type[*row])),
    ];
    // Who evaluates is for no page to show.
    let shown = case.data.segments.iter().enumerate().filter(|(_, (segment, _))| segment != EVALUATOR);
    for (at, (segment, values_of)) in shown {
        let label = segment.replace('-', "_");
        if let Some(values) = cube.segments.get(at) {
            columns.push(names(&label, values_of, rows.iter().map(|row| values[*row])));
        }
    }
    columns.extend(sums.map(|(decimals, sums)| amounts(&rows, decimals, sums)).unwrap_or_default());
    DataFrame::new(rows.len(), columns)
}

/// A dimension's values by their places in its dictionary.
fn names(label: &str, all: &[String], places: impl Iterator<Item = u32>) -> Series {
    let each = places.map(|at| all.get(at as usize).map(String::as_str));
    Values::new(label.into(), each.collect::<Vec<_>>()).into()
}

#[expect(clippy::cast_precision_loss, reason = "sums of quantised values")]
fn amounts(rows: &[usize], decimals: u32, sums: &Sums) -> Vec<Series> {
    let scale = 10f64.powi(decimals.cast_signed());
    let scaled = |name: &str, all: &[i64]| -> Series {
        Values::new(name.into(), rows.iter().map(|row| all[*row] as f64 / scale).collect::<Vec<_>>()).into()
    };
    let n = Values::new("n".into(), rows.iter().map(|row| sums.n(*row)).collect::<Vec<_>>()).into();
    match sums {
        Sums::Simple { sum, .. } => vec![n, scaled("sum", sum)],
        Sums::Ratio { num, den, .. } => vec![n, scaled("num", num), scaled("den", den)],
    }
}

/// A rule's evidence: `metric`, `scope_level`, `scope`, `item`, `n`, `agents`, then the kind's columns.
pub(super) fn evidence(table: &EvidenceTable) -> PolarsResult<DataFrame> {
    let rows = &table.rows;
    let texts = |label: &str, all: Vec<Option<String>>| -> Series { Values::new(label.into(), all).into() };
    let mut columns: Vec<Series> = vec![
        texts("metric", rows.iter().map(|(metric, _, _)| metric.clone()).collect()),
        texts("scope_level", rows.iter().map(|(_, scope, _)| Some(scope.level().to_owned())).collect()),
        texts("scope", rows.iter().map(|(_, scope, _)| scope.name().map(str::to_owned)).collect()),
        texts("item", rows.iter().map(|(_, _, row)| row.item.clone()).collect()),
        Values::new("n".into(), rows.iter().map(|(_, _, row)| row.n).collect::<Vec<_>>()).into(),
        Values::new("agents".into(), rows.iter().map(|(_, _, row)| row.agents).collect::<Vec<_>>()).into(),
    ];
    for (at, column) in table.columns.iter().enumerate() {
        let values = || rows.iter().map(|(_, _, row)| row.values.get(at).unwrap_or(&Value::Null));
        let label = column.name.into();
        columns.push(match column.unit {
            ColumnUnit::Text => Values::new(label, values().map(word).collect::<Vec<_>>()).into(),
            ColumnUnit::Flag => Values::new(label, values().map(flag).collect::<Vec<_>>()).into(),
            _ => Values::new(label, values().map(Value::number).collect::<Vec<_>>()).into(),
        });
    }
    DataFrame::new(rows.len(), columns)
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Phrase(said) => Some(words::phrase(said, &Locale::default())),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}

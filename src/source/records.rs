//! The small tables (sessions, changes, roster) as records of text by canonical name.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, anyhow, bail};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use polars::prelude::{DataFrame, DataType, IntoLazy as _, LazyFrame, Schema, TimeUnit, col};

use super::cell::TimeReader;
use super::columns::Layout;
use super::delimited;
use super::files::{Input, Kind};
use super::prepare::{Preparation, Use};
use super::reduce::{Job, each_batch, scan_parquet};
use super::rows::{LINE, Rows};
use super::{ndjson, sheet};

/// More rows than a table beside the cubes may have.
const MOST: usize = 5_000_000;

/// One row.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) line: Option<u64>,
    pub(super) at: Option<NaiveDateTime>,
    pub(super) fields: BTreeMap<String, String>,
}

/// The rows of a file that the source's filter lets through.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) rows: Vec<Record>,
    pub(super) filtered: u64,
    /// (line, reason) of what is no row.
    pub(super) broken: Vec<(u64, &'static str)>,
    /// Canonical columns this file has.
    pub(super) has: Vec<String>,
}

impl Record {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// Several values in one cell, separated by semicolons or bars.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let cell = self.field(name).unwrap_or_default();
        cell.split([';', '|']).map(str::trim).filter(|part| !part.is_empty()).collect()
    }
}

/// All records of one file.
pub(super) fn read(job: &Job<'_>, input: &Input) -> anyhow::Result<Records> {
    let text = &job.source.text;
    match input.kind {
        Kind::Parquet => parquet(job, input),
        Kind::Ndjson => by_rows(job, input, &mut ndjson::open(input, text)?),
        Kind::Sheet => by_rows(job, input, &mut sheet::open(input, text)?),
        Kind::Delimited => by_rows(job, input, &mut delimited::open(input, text)?),
    }
}

/// A date in a field, by the format of its column or as ISO 8601.
pub(super) fn date(job: &Job<'_>, record: &Record, name: &str) -> Option<NaiveDate> {
    let text = record.field(name)?;
    let format = job.source.text.formats.get(name).map(String::as_str);
    let by = |format| TimeReader::new(job.plan.calendar.zone, format).ok()?.read(text);
    by(format).or_else(|| by(None)).map(|at| at.date())
}

fn parquet(job: &Job<'_>, input: &Input) -> anyhow::Result<Records> {
    let (table, schema) = scan_parquet(input)?;
    let headers: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    let layout = job.layout(input, &headers)?;
    let mut records = Records { has: layout.canonical.keys().cloned().collect(), ..Records::default() };
    take(job, &layout, table, &schema, &[], &mut records)
        .with_context(|| format!("cannot read `{}`", input.shown))?;
    Ok(records)
}

fn by_rows(job: &Job<'_>, input: &Input, file: &mut dyn Rows) -> anyhow::Result<Records> {
    let layout = job.layout(input, file.headers())?;
    let reduction = job.reduction(&layout);
    let named = reduction.names.values().map(|named| named.column.as_str());
    let raw = layout.raw(layout.canonical.values().map(String::as_str).chain(named));
    let mut records = Records { has: layout.canonical.keys().cloned().collect(), ..Records::default() };
    each_batch(file, &raw, |mut batch| {
        records.broken.append(&mut batch.refused);
        let table = batch.table()?;
        let schema = table.schema().as_ref().clone();
        take(job, &layout, table.lazy(), &schema, &[LINE], &mut records)
    })
    .with_context(|| format!("cannot read `{}`", input.shown))?;
    Ok(records)
}

fn take(
    job: &Job<'_>,
    layout: &Layout,
    table: LazyFrame,
    schema: &Schema,
    carried: &[&str],
    records: &mut Records,
) -> anyhow::Result<()> {
    let reduction = job.reduction(layout);
    let named = reduction.names.values().map(|named| named.column.as_str());
    let all: BTreeSet<&str> = layout.canonical.values().map(String::as_str).chain(named).collect();
    let purpose = |name: &str| if name == reduction.at { Use::Moment } else { Use::Text };
    let columns = all.into_iter().map(|name| (name, purpose(name))).collect();
    let preparation = Preparation {
        layout,
        text: &job.source.text,
        zone: job.plan.calendar.zone,
        columns,
        carried: carried.to_vec(),
    };
    let (table, schema) = preparation.apply(table, schema).map_err(|problem| anyhow!(problem))?;
    let all = table.collect()?;
    let kept = reduction.kept(all.clone().lazy(), &schema).collect()?;
    records.filtered += (all.height() - kept.height()) as u64;
    if records.rows.len() + kept.height() > MOST {
        bail!("more than {MOST} rows; only contacts, evaluations and surveys may have as many");
    }
    records.rows.extend(rows_of(layout, &kept, &reduction.at)?);
    Ok(())
}

fn rows_of(layout: &Layout, table: &DataFrame, at: &str) -> anyhow::Result<Vec<Record>> {
    let mut rows = vec![Record::default(); table.height()];
    if let Ok(lines) = table.column(LINE) {
        rows.iter_mut().zip(lines.u64()?.iter()).for_each(|(row, line)| row.line = line);
    }
    for (canonical, column) in &layout.canonical {
        if column == at {
            for (row, moment) in rows.iter_mut().zip(moments(table, at)?) {
                row.at = moment;
            }
            continue;
        }
        for (row, cell) in rows.iter_mut().zip(table.column(column)?.str()?.iter()) {
            if let Some(cell) = cell {
                row.fields.insert(canonical.clone(), cell.to_owned());
            }
        }
    }
    Ok(rows)
}

fn moments(table: &DataFrame, at: &str) -> anyhow::Result<Vec<Option<NaiveDateTime>>> {
    let wall = DataType::Datetime(TimeUnit::Microseconds, None);
    let moments = table.clone().lazy().select([col(at).cast(wall).cast(DataType::Int64)]).collect()?;
    let micros = moments.column(at)?.i64()?.iter();
    Ok(micros.map(|x| DateTime::from_timestamp_micros(x?).map(|at| at.naive_utc())).collect())
}

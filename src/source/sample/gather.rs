//! Rows of files with the same headers, first and last ones, into columns.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use polars::prelude::{DataFrame, DataType, Expr, LazyFrame, Schema, col, len};

use super::super::files::{self, Input, Kind};
use super::super::reduce::scan_parquet;
use super::super::rows::{Batch, Rows};
use super::super::{delimited, ndjson, sheet};
use super::column::{Builder, Decimal};
use super::{FIRST_ROWS, LAST_ROWS, Storage, Table, written};
use crate::config::TextFormat;

/// Rows read at a time; the last ones kept are two such batches.
const BATCH: usize = LAST_ROWS / 2;

/// Lines before the header of a workbook.
const MOST_BEFORE: usize = 12;

/// One file with its headers.
pub(super) struct Found {
    input: Input,
    format: TextFormat,
    headers: Vec<String>,
    /// Columns that are true or false by their own type.
    flags: Vec<String>,
}

/// Files of one table.
pub(super) struct Group {
    pub(super) files: Vec<Found>,
}

impl Found {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let input = files::one(path).map_err(|why| anyhow!(why))?;
        let mut format = written::find(&input)?;
        let (headers, flags) = match headers(&input, &format) {
            // Further down than was looked at, the text turned out to be something else than UTF-8.
            Err(_) if format.encoding.is_none() && input.kind == Kind::Delimited => {
                format.encoding = Some("windows-1252".into());
                headers(&input, &format)?
            }
            found => found?,
        };
        let mut found = Self { input, format, headers, flags };
        if found.input.kind == Kind::Sheet {
            found.skip_preamble()?;
        }
        Ok(found)
    }

    /// A workbook's header is its first row with most of its cells filled.
    fn skip_preamble(&mut self) -> anyhow::Result<()> {
        let is_sparse = |headers: &[String]| {
            headers.iter().filter(|name| name.trim().is_empty() || name.starts_with(" (")).count() * 2
                > headers.len()
        };
        while is_sparse(&self.headers) && self.format.skip_lines < MOST_BEFORE {
            self.format.skip_lines += 1;
            self.headers = sheet::open(&self.input, &self.format)?.headers().to_vec();
        }
        Ok(())
    }

    /// An object that is null in some lines has a name of its own there, which is no column.
    fn is_column(&self, name: &str) -> bool {
        let inner = format!("{name}.");
        let is_object =
            self.storage() == Storage::Json && self.headers.iter().any(|other| other.starts_with(&inner));
        !name.is_empty() && !is_object
    }

    fn storage(&self) -> Storage {
        Storage::of(self.input.kind)
    }
}

fn headers(input: &Input, format: &TextFormat) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let headers = match input.kind {
        Kind::Delimited => delimited::open(input, format)?.headers().to_vec(),
        Kind::Ndjson => ndjson::open(input, format)?.headers().to_vec(),
        Kind::Sheet => sheet::open(input, format)?.headers().to_vec(),
        Kind::Parquet => {
            let (_, schema) = scan_parquet(input)?;
            let plain = schema.iter().filter(|(_, dtype)| !dtype.is_nested());
            let flags = schema.iter().filter(|(_, dtype)| **dtype == DataType::Boolean);
            return Ok((
                plain.map(|(name, _)| name.to_string()).collect(),
                flags.map(|(name, _)| name.to_string()).collect(),
            ));
        }
    };
    Ok((headers, Vec::new()))
}

impl Group {
    pub(super) fn of(found: Found) -> Self {
        Self { files: vec![found] }
    }

    pub(super) fn takes(&self, found: &Found) -> bool {
        let first = &self.files[0];
        first.headers == found.headers && first.storage() == found.storage() && first.format == found.format
    }

    /// Reads the rows to look at.
    pub(super) fn read(self) -> anyhow::Result<Table> {
        let first = &self.files[0];
        let headers: Vec<String> =
            first.headers.iter().filter(|name| first.is_column(name)).cloned().collect();
        let mut builders: Vec<Builder> = headers.iter().map(|name| Builder::new(name)).collect();
        let quota = (FIRST_ROWS / self.files.len(), LAST_ROWS / self.files.len());
        let mut counted = Counted::default();
        for file in &self.files {
            let part = rows(file, &headers, (quota.0.max(500), quota.1.max(500)), &mut builders)
                .with_context(|| format!("cannot read `{}`", file.input.shown))?;
            counted.rows += part.rows;
            counted.ragged += part.ragged;
            counted.broken |= part.broken;
        }
        if counted.broken && first.format.encoding.is_none() {
            return self.not_utf8().read();
        }
        let commas = builders.iter().any(Builder::has_decimal_commas) && first.storage() == Storage::Text;
        let decimal = if commas { Decimal::Comma } else { Decimal::Point };
        let is_flag = |name: &String| first.flags.contains(name);
        let columns =
            builders.into_iter().zip(&headers).map(|(one, name)| one.finish(decimal, is_flag(name)));
        let columns: Vec<_> = columns.collect();
        Ok(Table {
            files: self.files.iter().map(|file| file.input.path.clone()).collect::<Vec<PathBuf>>(),
            format: TextFormat { decimal_comma: commas, ..first.format.clone() },
            storage: first.storage(),
            rows: counted.rows,
            seen: columns.first().map_or(0, super::Column::rows),
            ragged: counted.ragged,
            has_totals: columns.iter().any(ends_in_total),
            columns,
        })
    }

    /// The same files, not UTF-8 after all.
    fn not_utf8(mut self) -> Self {
        for file in &mut self.files {
            file.format.encoding = Some("windows-1252".into());
        }
        self
    }
}

fn ends_in_total(column: &super::Column) -> bool {
    const TOTALS: &[&str] = &["total", "totals", "grand total", "sum", "summe", "gesamt", "total général"];
    let last = column.rows().checked_sub(1).and_then(|row| column.value(row));
    last.is_some_and(|value| TOTALS.contains(&value.trim_end_matches(':').to_lowercase().as_str()))
}

#[derive(Default)]
struct Counted {
    rows: u64,
    ragged: u64,
    /// Text that is not UTF-8 was met.
    broken: bool,
}

fn rows(
    file: &Found,
    headers: &[String],
    quota: (usize, usize),
    to: &mut [Builder],
) -> anyhow::Result<Counted> {
    let (input, format) = (&file.input, &file.format);
    match input.kind {
        Kind::Parquet => parquet(input, headers, quota, to),
        Kind::Delimited => by_rows(&mut delimited::open(input, format)?, headers, quota, to),
        Kind::Ndjson => by_rows(&mut ndjson::open(input, format)?, headers, quota, to),
        Kind::Sheet => by_rows(&mut sheet::open(input, format)?, headers, quota, to),
    }
}

/// All rows are read; the first and the last are kept.
fn by_rows(
    file: &mut dyn Rows,
    headers: &[String],
    (first, last): (usize, usize),
    to: &mut [Builder],
) -> anyhow::Result<Counted> {
    let names: Vec<&str> = headers.iter().map(String::as_str).collect();
    let places: Vec<usize> =
        names.iter().filter_map(|name| file.headers().iter().position(|header| header == name)).collect();
    let mut counted = Counted::default();
    let mut taken = 0;
    let mut ends: VecDeque<DataFrame> = VecDeque::new();
    let mut more = true;
    while more {
        let limit = if taken < first { (first - taken).min(BATCH) } else { (last / 2).clamp(1, BATCH) };
        let mut batch = Batch::new(&names, limit);
        more = file.fill(&places, &mut batch, limit)?;
        counted.rows += (batch.len() + batch.refused.len()) as u64;
        counted.ragged += batch.refused.len() as u64;
        counted.broken |= batch.refused.iter().any(|(_, reason)| *reason == "not-utf8");
        let rows = batch.len();
        let table = batch.table()?;
        if taken < first {
            taken += limit;
            push(&table, &names, to)?;
        } else if rows > 0 {
            ends.push_back(table);
            if ends.len() > 3 {
                ends.pop_front();
            }
        }
    }
    for table in &ends {
        push(table, &names, to)?;
    }
    Ok(counted)
}

fn push(table: &DataFrame, names: &[&str], to: &mut [Builder]) -> anyhow::Result<()> {
    for (name, builder) in names.iter().zip(to) {
        for cell in table.column(name)?.str()?.iter() {
            builder.push(cell);
        }
    }
    Ok(())
}

fn parquet(
    input: &Input,
    headers: &[String],
    (first, last): (usize, usize),
    to: &mut [Builder],
) -> anyhow::Result<Counted> {
    let names: Vec<&str> = headers.iter().map(String::as_str).collect();
    let (table, schema) = scan_parquet(input)?;
    let counts = table.clone().select([len().cast(DataType::UInt64)]).collect()?;
    let rows = counts.columns()[0].u64()?.get(0).unwrap_or(0);
    let texts: Vec<Expr> = names.iter().map(|name| text_of(name, &schema)).collect();
    let table = table.select(texts);
    let most = u64::try_from(first).unwrap_or(u64::MAX);
    let head: LazyFrame = table.clone().slice(0, u32::try_from(first).unwrap_or(u32::MAX));
    push(&head.collect()?, &names, to)?;
    if rows > most {
        let tail =
            u32::try_from(last).unwrap_or(u32::MAX).min(u32::try_from(rows - most).unwrap_or(u32::MAX));
        push(&table.tail(tail).collect()?, &names, to)?;
    }
    Ok(Counted { rows, ..Counted::default() })
}

fn text_of(name: &str, schema: &Schema) -> Expr {
    match schema.get(name) {
        Some(DataType::String) => col(name),
        _ => col(name).cast(DataType::String),
    }
}

//! From the columns of a file to those the reduction reads: moments on the workspace's wall clock, lengths
//! of time in seconds, text trimmed and null where it says nothing.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use polars::prelude::{
    Column, DataType, Expr, Field, Float64Chunked, Int64Chunked, IntoColumn, LazyFrame, NULL, NonExistent,
    PolarsResult, Schema, StringChunked, TimeUnit, TimeZone, col, concat_str, lit, when,
};

use super::cell::{Cleaner, Length, TimeReader};
use super::columns::Layout;
use crate::config::TextFormat;

/// What a column of the prepared table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// A moment on the wall clock.
    Moment,
    /// A value of expressions.
    Value,
    /// A key, whose text is cleaned after the sums.
    Key,
    /// Text of a small table.
    Text,
}

/// The columns to prepare, and how the file writes them.
pub(super) struct Preparation<'a> {
    pub(super) layout: &'a Layout,
    pub(super) text: &'a TextFormat,
    pub(super) zone: Tz,
    pub(super) columns: Vec<(&'a str, Use)>,
    /// Columns that pass as they are.
    pub(super) carried: Vec<&'a str>,
}

impl Preparation<'_> {
    /// The prepared table and its schema.
    pub(super) fn apply(&self, table: LazyFrame, schema: &Schema) -> Result<(LazyFrame, Schema), String> {
        let mut exprs: Vec<Expr> = self.carried.iter().map(|name| col(*name)).collect();
        let mut prepared = Schema::default();
        for name in &self.carried {
            prepared.with_column((*name).into(), schema.get(name).cloned().unwrap_or(DataType::Null));
        }
        for (name, purpose) in &self.columns {
            let (expr, dtype) = self.column(name, *purpose, schema)?;
            exprs.push(expr.alias(*name));
            prepared.with_column((*name).into(), dtype);
        }
        Ok((table.select(exprs), prepared))
    }

    fn column(&self, name: &str, purpose: Use, schema: &Schema) -> Result<(Expr, DataType), String> {
        let (raw, dtype) = match self.layout.joined.get(name) {
            Some(parts) => (joined(parts), DataType::String),
            None => Self::plain(name, schema)?,
        };
        let format = self.layout.formats.get(name).map(String::as_str);
        if purpose == Use::Moment {
            return self.moment(name, raw, &dtype, format);
        }
        if let Some(length) = format.and_then(Length::parse) {
            let seconds = self.seconds(raw, &dtype, length);
            return Ok(match purpose {
                Use::Text => (seconds.cast(DataType::String), DataType::String),
                _ => (seconds, DataType::Float64),
            });
        }
        Ok(match (purpose, &dtype) {
            (Use::Text | Use::Value, DataType::String) => (self.cleaned(raw), dtype),
            (Use::Text, _) => (raw.cast(DataType::String), DataType::String),
            _ => (raw, dtype),
        })
    }

    /// Categories become text; lists and structs are no columns here.
    fn plain(name: &str, schema: &Schema) -> Result<(Expr, DataType), String> {
        match schema.get(name) {
            Some(DataType::Categorical(..) | DataType::Enum(..)) => {
                Ok((col(name).cast(DataType::String), DataType::String))
            }
            Some(dtype) if dtype.is_nested() => {
                Err(format!("column `{name}` holds lists or structs; unnest it"))
            }
            Some(dtype) => Ok((col(name), dtype.clone())),
            None => Err(format!("no column `{name}`")),
        }
    }

    fn moment(
        &self,
        name: &str,
        raw: Expr,
        dtype: &DataType,
        format: Option<&str>,
    ) -> Result<(Expr, DataType), String> {
        let wall = DataType::Datetime(TimeUnit::Microseconds, None);
        match dtype {
            DataType::Date => Ok((raw, DataType::Date)),
            DataType::Datetime(_, None) | DataType::Null => Ok((raw.cast(wall.clone()), wall)),
            DataType::Datetime(_, Some(_)) => {
                let local = raw.dt().convert_time_zone(TimeZone::from_chrono(&self.zone));
                let naive = local.dt().replace_time_zone(None, lit("raise"), NonExistent::Raise);
                Ok((naive.cast(wall.clone()), wall))
            }
            DataType::String => {
                let reader = TimeReader::new(self.zone, format)?;
                Ok((text_moment(raw, reader, Cleaner::new(self.text)), wall))
            }
            other => Err(format!("column `{name}` holds {other}, where a date or time is needed")),
        }
    }

    fn seconds(&self, raw: Expr, dtype: &DataType, length: Length) -> Expr {
        if *dtype != DataType::String {
            let x = raw.cast(DataType::Float64);
            return match length {
                Length::Milliseconds => x / lit(1000.0),
                _ => x * lit(length.unit()),
            };
        }
        let cleaner = Cleaner::new(self.text);
        let read = move |column: Column| {
            let seconds = column.str()?.iter().map(|cell| {
                let text = cell.and_then(|cell| cleaner.value(cell))?;
                length.seconds(&text)
            });
            let values: Float64Chunked = seconds.collect();
            Ok(values.with_name(column.name().clone()).into_column())
        };
        raw.map(read, |_, field: &Field| Ok(Field::new(field.name().clone(), DataType::Float64)))
    }

    fn cleaned(&self, raw: Expr) -> Expr {
        let cleaner = Cleaner::new(self.text);
        let clean = move |column: Column| {
            let cells = column.str()?.iter().map(|cell| cell.and_then(|cell| cleaner.value(cell)));
            let text: StringChunked = cells.collect();
            Ok(text.with_name(column.name().clone()).into_column())
        };
        raw.map(clean, |_, field: &Field| Ok(field.clone()))
    }
}

/// Two raw columns with a blank between; the first alone where the second is empty.
fn joined(parts: &[String]) -> Expr {
    let texts: Vec<Expr> = parts.iter().map(|part| col(part.as_str()).cast(DataType::String)).collect();
    let Some(first) = texts.first().cloned() else { return lit(NULL).cast(DataType::String) };
    when(first.is_not_null()).then(concat_str(texts, " ", true)).otherwise(lit(NULL))
}

fn text_moment(raw: Expr, reader: TimeReader, cleaner: Cleaner) -> Expr {
    let read = move |column: Column| -> PolarsResult<Column> {
        let moments = column.str()?.iter().map(|cell| moment(cell?, &reader, &cleaner));
        let values: Int64Chunked = moments.collect();
        let moments = values.into_datetime(TimeUnit::Microseconds, None);
        Ok(moments.into_column().with_name(column.name().clone()))
    };
    let wall = DataType::Datetime(TimeUnit::Microseconds, None);
    raw.map(read, move |_, field: &Field| Ok(Field::new(field.name().clone(), wall.clone())))
}

fn moment(cell: &str, reader: &TimeReader, cleaner: &Cleaner) -> Option<i64> {
    let at: NaiveDateTime = reader.read(cleaner.text(cell)?)?;
    Some(at.and_utc().timestamp_micros())
}

//! A source's files reduced to cells, one file after the other. Plain separated text and Parquet go to
//! polars as they are; a text file that is ragged, or of which polars refuses rows, is read again row by row,
//! which finds the lines and keeps the good rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;
use polars::prelude::{
    DataFrame, DataType, Engine, IntoLazy, LazyCsvReader, LazyFileListReader as _, LazyFrame, PlRefPath,
    PlSmallStr, PolarsResult, ScanArgsParquet, Schema, UnionArgs, col, concat, lit,
};

use super::cell::Cleaner;
use super::cells::{Cells, FIXED};
use super::columns::{Layout, resolve};
use super::delimited::{self, Delimited};
use super::files::{Input, Kind};
use super::kept::Kept;
use super::prepare::{Preparation, Use};
use super::rows::{Batch, LINE, Rows};
use super::{ndjson, sheet};
use crate::config::{EventEffect, MeasurePlan, Plan, SourcePlan};
use crate::cube::{Measured, Reduction, Sampling, Status, matches};
use crate::model::{Role, SourceId};

/// Rows read at a time where they are read one by one.
const BATCH: usize = 100_000;

/// Rows of plain text or Parquet added at a time. Polars reads and computes; the sums are added here, since its
/// own grouping holds every row's partial sums in memory where rows of a cell lie far apart.
const ROWS_ADDED: NonZeroUsize = NonZeroUsize::new(200_000).unwrap();

/// One source and the days a row may have.
pub(super) struct Job<'a> {
    pub(super) plan: &'a Plan,
    pub(super) source: &'a SourcePlan,
    pub(super) days: (NaiveDate, NaiveDate),
    pub(super) kept: Option<Kept<'a>>,
}

/// One file, reduced.
pub(super) struct Part {
    pub(super) reduction: Reduction,
    pub(super) cells: Cells,
    /// Rows that are no rows: reason to count.
    pub(super) broken: BTreeMap<String, u64>,
    /// (line, reason) of refused rows, by line; without lines, each reason once.
    pub(super) refused: Vec<(Option<u64>, String)>,
    /// Rows held back until all files are read, since a duplicate may be in another.
    pub(super) waiting: Vec<DataFrame>,
}

impl Job<'_> {
    /// The reduction of a file laid out so.
    pub(super) fn reduction(&self, layout: &Layout) -> Reduction {
        let canonical = |name: &str| layout.canonical.get(name).cloned();
        let measured = self.source.measures.iter().map(|m| {
            let metric = &self.plan.metrics[m.metric];
            Measured::new(m.metric, metric, m.value.clone(), m.denominator.clone())
        });
        let (days_out, days_apart) = self.days_left_out();
        Reduction {
            source: self.source.id,
            calendar: self.plan.calendar.clone(),
            days: self.days,
            at: canonical("at").unwrap_or_default(),
            agent: canonical("agent").unwrap_or_default(),
            team: canonical("team"),
            contact_type: canonical("contact_type"),
            segments: layout.segments.clone(),
            filter: self.source.filter.clone(),
            days_out,
            days_apart,
            measured: measured.collect(),
            sampling: self.sampling(layout),
            unique: self.source.dedupe.as_deref().and_then(canonical),
            names: layout.names.clone(),
        }
    }

    /// How contacts are drawn from the rows, where a column names them: in the periods a report of these days can
    /// speak of, by what came of them.
    fn sampling(&self, layout: &Layout) -> Option<Sampling> {
        let (plan, id) = (self.plan, layout.canonical.get("id")?);
        if self.source.id != SourceId::Contacts {
            return None;
        }
        let latest = plan.metrics.iter().map(|metric| metric.matures_periods).max().unwrap_or(0);
        let is_outcome = |measure: &MeasurePlan| plan.metrics[measure.metric].role == Role::Outcome;
        let places = self.source.measures.iter().enumerate().filter(|(_, measure)| is_outcome(measure));
        Some(Sampling {
            id: id.clone(),
            from: plan.calendar.start(plan.calendar.of(self.days.1).shift(-latest)),
            key: Sampling::key(&plan.slug),
            outcomes: places.map(|(place, _)| place).collect(),
        })
    }

    /// Days that events leave out: whole, and for some rows.
    fn days_left_out(&self) -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
        let (mut whole, mut apart) = (BTreeSet::new(), BTreeSet::new());
        for event in self.plan.events.iter().filter(|event| event.effect == EventEffect::LeaveOut) {
            let to = if event.filter.tests.is_empty() { &mut whole } else { &mut apart };
            to.extend(event.dates.iter().copied());
        }
        (whole, apart)
    }

    /// A raw value of a canonical column in the client's words for it.
    pub(super) fn canonical(&self, column: &str, raw: &str) -> String {
        let Some(map) = self.source.values.get(column) else { return raw.to_owned() };
        let lower = raw.to_lowercase();
        let found = map.patterns.iter().find(|(pattern, _)| matches(pattern, &lower)).map(|(_, value)| value);
        found.or(map.otherwise.as_ref()).map_or_else(|| raw.to_owned(), Clone::clone)
    }

    /// One file, from what was kept of it or read and reduced. Duplicates may be in other files, so a source
    /// without them is never kept.
    pub(super) fn file(&self, input: &Input) -> anyhow::Result<Part> {
        let Some(kept) = self.kept.filter(|_| self.source.dedupe.is_none()) else { return self.read(input) };
        let reduction = self.reduction(&self.layout(input, &self.headers(input)?)?);
        let asked = format!("{reduction:?} {:?} {:?}", self.source.text, self.source.columns);
        let Some(place) = kept.place(input, &asked) else { return self.read(input) };
        if let Some(part) = Kept::read(&place, &reduction) {
            return Ok(part);
        }
        let part = self.read(input)?;
        if let Err(error) = kept.write(&place, &part) {
            tracing::warn!(file = input.shown, %error, "could not keep a partial result");
        }
        Ok(part)
    }

    fn headers(&self, input: &Input) -> anyhow::Result<Vec<String>> {
        let text = &self.source.text;
        Ok(match input.kind {
            Kind::Parquet => scan_parquet(input)?.1.iter_names().map(ToString::to_string).collect(),
            Kind::Ndjson => ndjson::open(input, text)?.headers().to_vec(),
            Kind::Sheet => sheet::open(input, text)?.headers().to_vec(),
            Kind::Delimited => delimited::open(input, text)?.headers().to_vec(),
        })
    }

    /// Reads and reduces one file.
    fn read(&self, input: &Input) -> anyhow::Result<Part> {
        match input.kind {
            Kind::Parquet => self.parquet(input),
            Kind::Ndjson => self.by_rows(input, &mut ndjson::open(input, &self.source.text)?),
            Kind::Sheet => self.by_rows(input, &mut sheet::open(input, &self.source.text)?),
            Kind::Delimited => {
                let mut file = delimited::open(input, &self.source.text)?;
                match self.plain_text(input, &file)? {
                    Some(part) => Ok(part),
                    None => self.by_rows(input, &mut file),
                }
            }
        }
    }

    pub(super) fn layout(&self, input: &Input, headers: &[String]) -> anyhow::Result<Layout> {
        resolve(self.source, headers)
            .map_err(|problems| anyhow!("`{}`: {}", input.shown, problems.join("; ")))
    }

    fn preparation<'a>(
        &'a self,
        layout: &'a Layout,
        reduction: &'a Reduction,
        carried: Vec<&'a str>,
    ) -> Preparation<'a> {
        let is_text = !carried.is_empty();
        let purpose = |column: &str| match column {
            at if at == reduction.at => Use::Moment,
            agent if agent == reduction.agent && is_text => Use::Value,
            key if reduction.is_key_only(key) => Use::Key,
            _ => Use::Value,
        };
        let columns = reduction.columns().into_iter().map(|column| (column, purpose(column))).collect();
        Preparation { layout, text: &self.source.text, zone: self.plan.calendar.zone, columns, carried }
    }

    fn parquet(&self, input: &Input) -> anyhow::Result<Part> {
        let (table, schema) = scan_parquet(input)?;
        let headers: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
        let layout = self.layout(input, &headers)?;
        let reduction = self.reduction(&layout);
        let preparation = self.preparation(&layout, &reduction, Vec::new());
        let (cells, waiting) = Self::reduced(input, &reduction, &preparation, table, &schema)?;
        let refused = self.reasons(&cells).into_iter().map(|reason| (None, reason.to_owned())).collect();
        Ok(Part { reduction, cells, broken: BTreeMap::new(), refused, waiting })
    }

    fn reduced(
        input: &Input,
        reduction: &Reduction,
        preparation: &Preparation<'_>,
        table: LazyFrame,
        schema: &Schema,
    ) -> anyhow::Result<(Cells, Vec<DataFrame>)> {
        let (table, schema) =
            preparation.apply(table, schema).map_err(|problem| anyhow!("`{}`: {problem}", input.shown))?;
        let context = || format!("cannot read `{}`", input.shown);
        let mut cells = Cells::new(reduction);
        let rows = reduction.rows(table, &schema, &[]);
        if reduction.unique.is_some() {
            return Ok((cells, vec![rows.collect().with_context(context)?]));
        }
        for batch in reduction
            .categorised(rows)
            .collect_batches(Engine::Streaming, false, Some(ROWS_ADDED), false)
            .with_context(context)?
        {
            cells.add(&batch.with_context(context)?, reduction).with_context(context)?;
        }
        Ok((cells, Vec::new()))
    }

    /// Why rows of these cells are refused.
    fn reasons(&self, cells: &Cells) -> BTreeSet<&'static str> {
        let of_status =
            Status::ALL.into_iter().filter(|status| cells.rows(*status) > 0).filter_map(Status::reason);
        let mut reasons: BTreeSet<&'static str> = of_status.collect();
        let cleaner = Cleaner::new(&self.source.text);
        let blank: Vec<bool> =
            cells.labels[0].texts.iter().map(|text| cleaner.text(text).is_none()).collect();
        let is_blank = |cell: usize| usize::try_from(cells.key(cell)[FIXED]).is_ok_and(|place| blank[place]);
        if blank.contains(&true) && (0..cells.len()).any(is_blank) {
            reasons.extend(Status::NoAgent.reason());
        }
        reasons
    }

    /// The fast way for separated text; nothing where the file needs a closer look.
    fn plain_text(&self, input: &Input, file: &Delimited) -> anyhow::Result<Option<Part>> {
        let layout = self.layout(input, file.headers())?;
        let skip = self.source.text.skip_lines;
        if !file.is_plain || self.source.dedupe.is_some() || !is_rectangular(input, file, skip)? {
            return Ok(None);
        }
        let reduction = self.reduction(&layout);
        let mut preparation = self.preparation(&layout, &reduction, vec![LINE]);
        preparation.carried.clear();
        let columns = file.headers().iter().map(|name| (name.as_str().into(), DataType::String));
        let schema: Schema = columns.collect();
        let Ok(table) = scan_text(input, file, &schema, skip) else { return Ok(None) };
        let Ok((cells, waiting)) = Self::reduced(input, &reduction, &preparation, table, &schema) else {
            return Ok(None);
        };
        if !self.reasons(&cells).is_empty() {
            return Ok(None);
        }
        Ok(Some(Part { reduction, cells, broken: BTreeMap::new(), refused: Vec::new(), waiting }))
    }

    /// Row by row, in batches.
    fn by_rows(&self, input: &Input, file: &mut dyn Rows) -> anyhow::Result<Part> {
        let layout = self.layout(input, file.headers())?;
        let reduction = self.reduction(&layout);
        let preparation = self.preparation(&layout, &reduction, vec![LINE]);
        let mut cells = Cells::new(&reduction);
        let mut broken = BTreeMap::new();
        let mut refused = Vec::new();
        let mut waiting = Vec::new();
        let raw = layout.raw(reduction.columns());
        each_batch(file, &raw, |batch| {
            for (line, reason) in &batch.refused {
                *broken.entry((*reason).to_owned()).or_insert(0) += 1;
                refused.push((Some(*line), (*reason).to_owned()));
            }
            let table = batch.table()?;
            let schema = table.schema().as_ref().clone();
            let (table, schema) =
                preparation.apply(table.lazy(), &schema).map_err(|problem| anyhow!(problem))?;
            let rows = reduction.rows(table, &schema, &[LINE]).collect()?;
            refused.extend(refused_lines(&rows)?);
            match reduction.unique {
                Some(_) => waiting.push(rows.drop(LINE)?),
                None => cells.add(&reduction.categorised(rows.lazy()).collect()?, &reduction)?,
            }
            Ok(())
        })
        .with_context(|| format!("cannot read `{}`", input.shown))?;
        refused.sort();
        drop(preparation);
        Ok(Part { reduction, cells, broken, refused, waiting })
    }
}

/// Rows of all files, duplicates told apart, as cells.
pub(super) fn unique_cells(reduction: &Reduction, waiting: Vec<DataFrame>) -> PolarsResult<Cells> {
    let names = waiting.first().map(DataFrame::get_column_names_owned).unwrap_or_default();
    let names: Vec<&str> = names.iter().map(PlSmallStr::as_str).collect();
    let frames: Vec<LazyFrame> = waiting.into_iter().map(IntoLazy::lazy).collect();
    let rows = reduction.without_duplicates(concat(frames, UnionArgs::default())?, &names);
    let mut cells = Cells::new(reduction);
    cells.add(&reduction.categorised(rows).collect()?, reduction)?;
    Ok(cells)
}

/// A Parquet file or, in an object store, files.
pub(super) fn scan_parquet(input: &Input) -> anyhow::Result<(LazyFrame, Schema)> {
    let path = PlRefPath::new(input.path.to_string_lossy());
    let glob = super::files::is_remote(&input.shown);
    let scan = || -> PolarsResult<(LazyFrame, Schema)> {
        let mut table =
            LazyFrame::scan_parquet(path, ScanArgsParquet { glob, ..ScanArgsParquet::default() })?;
        let schema = table.collect_schema()?.as_ref().clone();
        Ok((table, schema))
    };
    scan().with_context(|| format!("cannot read `{}` as Parquet", input.shown))
}

/// Hands over a file's rows batch by batch.
pub(super) fn each_batch(
    file: &mut dyn Rows,
    raw: &[&str],
    mut take: impl FnMut(Batch) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let places: Vec<usize> =
        raw.iter().filter_map(|name| file.headers().iter().position(|header| header == name)).collect();
    if places.len() != raw.len() {
        bail!("a column of the header is gone");
    }
    loop {
        let mut batch = Batch::new(raw, BATCH.min(1024));
        let more = file.fill(&places, &mut batch, BATCH)?;
        if batch.len() > 0 || !batch.refused.is_empty() {
            take(batch)?;
        }
        if !more {
            return Ok(());
        }
    }
}

fn refused_lines(rows: &DataFrame) -> PolarsResult<Vec<(Option<u64>, String)>> {
    let refused = rows.clone().lazy().select([col(LINE), col("status")]);
    let refused = refused.filter(col("status").gt_eq(lit(Status::NoTime as i32))).collect()?;
    let lines = refused.column(LINE)?.u64()?.iter();
    let status = refused.column("status")?.i32()?.iter();
    let reason = |code: Option<i32>| code.and_then(|code| Status::of(code.into())).and_then(Status::reason);
    Ok(lines.zip(status).filter_map(|(line, code)| Some((line, reason(code)?.to_owned()))).collect())
}

fn scan_text(input: &Input, file: &Delimited, schema: &Schema, skip: usize) -> PolarsResult<LazyFrame> {
    LazyCsvReader::new(PlRefPath::new(input.path.to_string_lossy()))
        .with_glob(false)
        .with_has_header(true)
        .with_skip_lines(skip)
        .with_separator(file.separator)
        .with_schema(Some(Arc::new(schema.clone())))
        .finish()
}

/// Whether every line has as many cells as the header.
fn is_rectangular(input: &Input, file: &Delimited, skip: usize) -> anyhow::Result<bool> {
    let context = || format!("cannot read `{}`", input.shown);
    let mut reader = BufReader::with_capacity(1 << 20, File::open(&input.path).with_context(context)?);
    let mut skipped = Vec::new();
    for _ in 0..skip {
        reader.read_until(b'\n', &mut skipped).with_context(context)?;
    }
    let mut shape =
        Rectangle { separator: file.separator, cells: file.headers().len(), ..Rectangle::default() };
    loop {
        let bytes = reader.fill_buf().with_context(context)?;
        if bytes.is_empty() {
            return Ok(shape.at_end());
        }
        if !shape.holds(bytes) {
            return Ok(false);
        }
        let n = bytes.len();
        reader.consume(n);
    }
}

/// Counts cells line by line.
#[derive(Default)]
struct Rectangle {
    separator: u8,
    cells: usize,
    separators: usize,
    length: usize,
    quoted: bool,
}

impl Rectangle {
    fn holds(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            self.length += 1;
            if *byte == b'"' {
                self.quoted = !self.quoted;
            } else if self.quoted {
            } else if *byte == self.separator {
                self.separators += 1;
            } else if *byte == b'\n' {
                if self.separators + 1 != self.cells {
                    return false;
                }
                (self.separators, self.length) = (0, 0);
            }
        }
        true
    }

    fn at_end(&self) -> bool {
        self.length == 0 || (self.separators + 1 == self.cells && !self.quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_rectangle(text: &str) -> bool {
        let mut shape = Rectangle { separator: b',', cells: 2, ..Rectangle::default() };
        shape.holds(text.as_bytes()) && shape.at_end()
    }

    #[test]
    fn a_rectangle_has_as_many_cells_in_every_line() {
        assert!(is_rectangle("a,b\n1,2\n"));
        assert!(is_rectangle("a,b\n1,2"));
        assert!(is_rectangle("a,b\n\"1,\n1\",2\n"));
        for text in ["a,b\n1\n", "a,b\n1,2,3\n", "a,b\n1,2\n3", "a,b\n\n1,2\n", "a,b\n1,\"2\n"] {
            assert!(!is_rectangle(text), "{text}");
        }
    }
}

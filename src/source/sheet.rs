//! The first sheet of a workbook, row by row.

use anyhow::{Context as _, bail};
use calamine::{Data, Range, Reader as _, open_workbook_auto};

use super::columns::tidy;
use super::files::Input;
use super::rows::{Batch, Rows};
use crate::config::TextFormat;

pub(super) struct Sheet {
    range: Range<Data>,
    headers: Vec<String>,
    /// Next row of the range.
    next: usize,
}

pub(super) fn open(input: &Input, format: &TextFormat) -> anyhow::Result<Sheet> {
    let shown = &input.shown;
    let mut book =
        open_workbook_auto(&input.path).with_context(|| format!("cannot open the workbook `{shown}`"))?;
    let Some(range) = book.worksheet_range_at(0) else { bail!("the workbook `{shown}` has no sheet") };
    let range = range.with_context(|| format!("cannot read the first sheet of `{shown}`"))?;
    // The range starts at the first row that holds anything.
    let above = range.start().map_or(0, |(row, _)| row as usize);
    let header = format.skip_lines.saturating_sub(above);
    let Some(row) = range.rows().nth(header) else { bail!("`{shown}` is empty") };
    let headers = tidy(row.iter().map(|cell| text(cell).unwrap_or_default()));
    Ok(Sheet { range, headers, next: header + 1 })
}

impl Rows for Sheet {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn fill(&mut self, wanted: &[usize], batch: &mut Batch, limit: usize) -> anyhow::Result<bool> {
        let above = self.range.start().map_or(0, |(row, _)| row as usize);
        for row in self.range.rows().skip(self.next).take(limit) {
            let line = (above + self.next + 1) as u64;
            self.next += 1;
            if row.iter().any(|cell| *cell != Data::Empty) {
                batch.push(line, wanted.iter().map(|place| row.get(*place).and_then(text)));
            }
        }
        Ok(self.next < self.range.height())
    }
}

/// A cell as text: moments as ISO 8601, lengths of time in seconds.
fn text(cell: &Data) -> Option<String> {
    match cell {
        Data::Empty | Data::Error(_) => None,
        Data::DateTime(moment) if moment.is_duration() => {
            Some((moment.as_f64() * 86_400.0).round().to_string())
        }
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            Some(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"))
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) | Data::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

//! Separated text, row by row.

use std::io::{BufRead, Cursor, Read as _};

use anyhow::{Context as _, bail};
use csv::{ByteRecord, Reader, ReaderBuilder};

use super::columns::tidy;
use super::files::Input;
use super::rows::{Batch, Rows};
use super::text;
use crate::config::TextFormat;

/// A reader behind its header.
pub(super) struct Delimited {
    reader: Reader<Box<dyn BufRead>>,
    shown: String,
    headers: Vec<String>,
    skipped: u64,
    record: ByteRecord,
    pub(super) separator: u8,
    pub(super) encoding: &'static str,
    /// Plain UTF-8 that polars may read by itself.
    pub(super) is_plain: bool,
}

/// Opens a file and reads its header.
pub(super) fn open(input: &Input, format: &TextFormat) -> anyhow::Result<Delimited> {
    let text = text::open(input, format.encoding.as_deref())?;
    if text.is_empty {
        bail!("`{}` is empty", input.shown);
    }
    let mut source = text.reader;
    let mut skipped = Vec::new();
    for _ in 0..format.skip_lines {
        skipped.clear();
        source.read_until(b'\n', &mut skipped).with_context(|| format!("cannot read `{}`", input.shown))?;
    }
    let mut first = Vec::new();
    source.read_until(b'\n', &mut first).with_context(|| format!("cannot read `{}`", input.shown))?;
    let separator = format.separator.unwrap_or_else(|| separator_of(&input.shown, &first));
    let whole: Box<dyn BufRead> = Box::new(Cursor::new(first).chain(source));
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(whole);
    let headers = headers(&mut reader, input)?;
    let is_plain = text.is_plain && reader.position().line() == 2;
    let skipped = format.skip_lines as u64;
    Ok(Delimited {
        reader,
        shown: input.shown.clone(),
        headers,
        skipped,
        record: ByteRecord::new(),
        separator,
        encoding: text.encoding,
        is_plain,
    })
}

fn headers(reader: &mut Reader<Box<dyn BufRead>>, input: &Input) -> anyhow::Result<Vec<String>> {
    let shown = &input.shown;
    let record = reader.byte_headers().with_context(|| format!("cannot read the header of `{shown}`"))?;
    if record.iter().all(<[u8]>::is_empty) {
        bail!("`{shown}` has no header");
    }
    let mut names = Vec::new();
    for name in record {
        match std::str::from_utf8(name) {
            Ok(name) => names.push(name.to_owned()),
            Err(_) => {
                bail!("`{shown}` is not UTF-8; say how it is written, as in `encoding = \"windows-1252\"`")
            }
        }
    }
    Ok(tidy(names))
}

/// The likeliest separator of a header line.
fn separator_of(name: &str, line: &[u8]) -> u8 {
    let name = name.to_lowercase();
    if [".tsv", ".tab"].iter().any(|ending| name.contains(ending)) {
        return b'\t';
    }
    let count = |separator: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == separator
            })
            .count()
    };
    let candidates = [b',', b';', b'\t', b'|'];
    let best = candidates.into_iter().rev().max_by_key(|separator| count(*separator));
    best.filter(|separator| count(*separator) > 0).unwrap_or(b',')
}

impl Rows for Delimited {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn fill(&mut self, wanted: &[usize], batch: &mut Batch, limit: usize) -> anyhow::Result<bool> {
        for _ in 0..limit {
            let line = self.reader.position().line() + self.skipped;
            let more = self.reader.read_byte_record(&mut self.record);
            if !more.with_context(|| format!("cannot read `{}` after line {line}", self.shown))? {
                return Ok(false);
            }
            let line = self.record.position().map_or(line, |position| position.line() + self.skipped);
            self.push(wanted, batch, line);
        }
        Ok(true)
    }
}

impl Delimited {
    fn push(&self, wanted: &[usize], batch: &mut Batch, line: u64) {
        let too_long = self.record.iter().skip(self.headers.len()).any(|cell| !cell.is_empty());
        if self.record.len() < self.headers.len() || too_long {
            return batch.refuse(line, "ragged");
        }
        let cells: Result<Vec<&str>, _> =
            wanted.iter().map(|place| std::str::from_utf8(&self.record[*place])).collect();
        match cells {
            Ok(cells) => batch.push(line, cells.into_iter().map(|cell| Some(cell).filter(|c| !c.is_empty()))),
            Err(_) => batch.refuse(line, "not-utf8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_commonest_outside_quotes() {
        assert_eq!(separator_of("a.csv", b"a,b,c\n"), b',');
        assert_eq!(separator_of("a.csv", b"a;b;\"c,d,e,f\"\n"), b';');
        assert_eq!(separator_of("a.csv", b"a\tb\n"), b'\t');
        assert_eq!(separator_of("a.csv", b"a|b\n"), b'|');
        assert_eq!(separator_of("a.csv", b"alone\n"), b',');
        assert_eq!(separator_of("x/a.tsv.gz", b"a,b\tc\n"), b'\t');
    }
}

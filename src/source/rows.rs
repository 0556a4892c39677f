//! Rows one after the other with their line numbers, for what polars does not read or does not read well:
//! ragged files, other encodings, packed text, JSON lines and workbooks. Rows come in batches of text
//! columns; a row that cannot be read as a row is refused with its line and a reason.

use polars::prelude::{
    Column, DataFrame, IntoColumn, NamedFrom as _, PolarsResult, Series, StringChunkedBuilder,
};

/// Name of the column of line numbers beside the text columns.
pub(super) const LINE: &str = "\u{1}line";

/// A file read row by row.
pub(super) trait Rows {
    fn headers(&self) -> &[String];

    /// Adds up to `limit` rows of the columns `wanted` (places in `headers`). False at the end.
    fn fill(&mut self, wanted: &[usize], batch: &mut Batch, limit: usize) -> anyhow::Result<bool>;
}

/// Some rows of some columns.
pub(super) struct Batch {
    columns: Vec<StringChunkedBuilder>,
    lines: Vec<u64>,
    /// (line, reason) of what is no row.
    pub(super) refused: Vec<(u64, &'static str)>,
}

impl Batch {
    pub(super) fn new(names: &[&str], capacity: usize) -> Self {
        let columns = names.iter().map(|name| StringChunkedBuilder::new((*name).into(), capacity)).collect();
        Self { columns, lines: Vec::with_capacity(capacity), refused: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn push<S: AsRef<str>>(&mut self, line: u64, cells: impl IntoIterator<Item = Option<S>>) {
        self.lines.push(line);
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.append_option(cell);
        }
    }

    pub(super) fn refuse(&mut self, line: u64, reason: &'static str) {
        self.refused.push((line, reason));
    }

    /// The rows as a table, the lines as a column beside them.
    pub(super) fn table(self) -> PolarsResult<DataFrame> {
        let height = self.lines.len();
        let mut columns: Vec<Column> =
            self.columns.into_iter().map(|builder| builder.finish().into_column()).collect();
        columns.push(Series::new(LINE.into(), self.lines).into_column());
        DataFrame::new(height, columns)
    }
}

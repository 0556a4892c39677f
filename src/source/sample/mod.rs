//! A look at tables nobody has described yet: which headers they have, how they are written, and what kind of
//! values stands in each column. It reads the first and the last rows and says what was seen; what a column is
//! *for* is not decided here.

mod column;
mod gather;
mod moment;
mod shape;
mod written;

pub(super) use moment::FORMATS as TIME_FORMATS;

use std::path::{Path, PathBuf};

use super::files::Kind;
use crate::config::TextFormat;

pub use column::{Column, Decimal};
pub use shape::{Flag, Moment, Numbers, Shape};

/// Rows looked at of a table, counted over all its files: these many of the first, these many of the last.
pub(super) const FIRST_ROWS: usize = 120_000;
pub(super) const LAST_ROWS: usize = 80_000;

/// Files with the same headers.
#[derive(Clone, Debug)]
pub struct Table {
    /// In the order of their names.
    pub files: Vec<PathBuf>,
    /// How the text is written, as far as a workspace must say it. Formats of columns are in their shapes.
    pub format: TextFormat,
    pub storage: Storage,
    /// Rows of all files, those that were not looked at too.
    pub rows: u64,
    /// Rows looked at: length of every column's codes.
    pub seen: usize,
    /// Lines that are no rows of the table: another number of fields, or broken text.
    pub ragged: u64,
    /// Whether the last line looks like a sum of the others.
    pub has_totals: bool,
    pub columns: Vec<Column>,
}

/// Whether values have types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    Text,
    Json,
    Parquet,
    Sheet,
}

impl Table {
    pub fn column(&self, header: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.header == header)
    }

    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.header.as_str())
    }
}

impl Storage {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Delimited => Self::Text,
            Kind::Ndjson => Self::Json,
            Kind::Parquet => Self::Parquet,
            Kind::Sheet => Self::Sheet,
        }
    }
}

/// What was found in files.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// In the order of their first files.
    pub tables: Vec<Table>,
    /// Why a file could not be read, one sentence each.
    pub troubles: Vec<String>,
}

/// Looks at files; those with the same headers are one table. A file that cannot be read takes no other with it.
pub fn look(paths: &[PathBuf]) -> Looked {
    let mut groups: Vec<gather::Group> = Vec::new();
    let mut looked = Looked::default();
    for path in paths {
        match gather::Found::open(path) {
            Ok(found) => match groups.iter_mut().find(|group| group.takes(&found)) {
                Some(group) => group.files.push(found),
                None => groups.push(gather::Group::of(found)),
            },
            Err(error) => looked.troubles.push(format!("{error:#}")),
        }
    }
    for read in groups.into_iter().map(gather::Group::read) {
        match read {
            Ok(table) => looked.tables.push(table),
            Err(error) => looked.troubles.push(format!("{error:#}")),
        }
    }
    looked
}

/// The files behind what was typed: files as they are, folders for the tables in them, globs for what they match.
pub fn files(asked: &[String]) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for one in asked {
        let found = match Path::new(one) {
            path if path.is_file() => vec![path.to_path_buf()],
            path if path.is_dir() => tables_in(path)?,
            _ => matching(one)?,
        };
        all.extend(found);
    }
    all.sort();
    all.dedup();
    Ok(all)
}

fn matching(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let inputs = super::files::inputs(Path::new(""), pattern)?;
    Ok(inputs.into_iter().map(|input| input.path).collect())
}

/// Files of a folder whose names say they hold a table; folders within are not looked into.
fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = folder.display();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let found: Vec<PathBuf> =
        paths.filter(|path| path.is_file() && super::files::has_table_name(path)).collect();
    if found.is_empty() {
        return Err(format!("no csv, tsv, ndjson, parquet or xlsx file in `{shown}`; name the files"));
    }
    Ok(found)
}

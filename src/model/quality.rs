//! What was read, used and refused.

use std::collections::BTreeMap;

use serde::Serialize;

use super::SourceId;

/// Row counts of one source: `read = used + filtered + later + rejected`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceCount {
    pub source: SourceId,
    pub read: u64,
    pub used: u64,
    /// Refused by the source's own filter, by an event that leaves days out, or older than any window.
    pub filtered: u64,
    /// Dated after the as-of day.
    pub later: u64,
    pub rejected: u64,
    /// Reason code to rows; sums to `rejected`.
    pub reasons: BTreeMap<String, u64>,
    /// Metric id to rows without a usable value (null, not a number, out of range).
    pub unusable: BTreeMap<String, u64>,
    /// First and last local day with a used row.
    pub first_day: Option<chrono::NaiveDate>,
    pub last_day: Option<chrono::NaiveDate>,
    pub files: u32,
}

impl SourceCount {
    /// Rows that could have counted on the as-of day: all but later ones, which must not move any share.
    pub fn in_time(&self) -> u64 {
        self.read.saturating_sub(self.later)
    }
}

/// One refused row, named by place and reason, never by value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rejected {
    pub source: SourceId,
    /// File name relative to the workspace.
    pub file: String,
    /// 1-based line, where the file has lines.
    pub line: Option<u64>,
    pub reason: String,
}

/// What became of a raw value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meant {
    /// A pattern of the value map names it.
    Mapped(String),
    /// It falls under the map's `else`.
    Otherwise(String),
    /// It stands for itself.
    Itself,
}

/// One raw value of a column, among the rows that are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RawValue {
    pub text: String,
    pub meant: Meant,
    pub rows: u64,
    /// Agents behind the rows, counted up to the smallest group that may be told.
    pub agents: u32,
}

/// The raw values of one column that rows are grouped or mapped by; never of a column of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RawColumn {
    pub source: SourceId,
    /// Canonical name or segment, as the workspace writes it.
    pub column: String,
    pub is_mapped: bool,
    /// Sorted by text.
    pub values: Vec<RawValue>,
    /// Places of the value map's patterns that no value is the first to match.
    pub idle: Vec<usize>,
}

/// A column of days beside the time of a row, among the rows that are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayColumn {
    pub source: SourceId,
    /// Canonical name, as the workspace writes it.
    pub column: String,
    pub filled: u64,
    /// Cells that no format reads as a day.
    pub unread: u64,
}

/// Everything known about the data's fitness.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quality {
    pub sources: Vec<SourceCount>,
    /// The first 10,000 refused rows.
    pub rejected: Vec<Rejected>,
    /// Source to why it could not be read, for optional sources.
    pub missing: BTreeMap<String, String>,
    /// In the order of the sources. For whoever checks a workspace; nothing of it is published.
    pub columns: Vec<RawColumn>,
    /// Likewise.
    pub days: Vec<DayColumn>,
}

impl Quality {
    pub fn source(&self, source: SourceId) -> Option<&SourceCount> {
        self.sources.iter().find(|count| count.source == source)
    }
}

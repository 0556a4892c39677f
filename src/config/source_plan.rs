//! One source of the plan: where its rows are, how they are written, and what is computed from them.

use std::collections::BTreeMap;

use crate::model::SourceId;
use crate::sql::Expression;

/// One table the client has.
#[derive(Clone, Debug)]
pub struct SourcePlan {
    pub id: SourceId,
    /// Globs relative to the workspace (or absolute, or `s3://` and the like).
    pub path: String,
    pub required: bool,
    /// The role that delivers it, as a page may name it.
    pub owner: Option<String>,
    pub text: TextFormat,
    /// Canonical name, in snake case, to where it comes from.
    pub columns: BTreeMap<String, ColumnPlan>,
    /// Segment names (as written); each is a canonical or raw column.
    pub segments: Vec<String>,
    pub filter: Option<Expression>,
    /// Canonical name, in snake case, to its value map.
    pub values: BTreeMap<String, ValueMap>,
    /// What a row's metrics are: (index in `Plan::metrics`, expressions).
    pub measures: Vec<MeasurePlan>,
    /// Coaching: focus to metric ids it is meant to move.
    pub moves: BTreeMap<String, Vec<String>>,
    /// Column whose value must be unique (`dedupe = "id"`), canonical name.
    pub dedupe: Option<String>,
}

/// How a text file is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextFormat {
    /// None = by file name (`.tsv` tab), else found from the header line.
    pub separator: Option<u8>,
    /// None = by byte-order mark, else UTF-8.
    pub encoding: Option<String>,
    pub decimal_comma: bool,
    /// Tokens read as empty, beside the empty field.
    pub nulls: Vec<String>,
    /// Lines before the header.
    pub skip_lines: usize,
    /// Formats by column (canonical or raw name): a chrono pattern for times, `HH:MM:SS`, `MM:SS`, `ms`,
    /// `min` for durations (all become seconds).
    pub formats: BTreeMap<String, String>,
}

/// Where a canonical column comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPlan {
    /// One raw header, or several joined by a blank (date and time).
    pub raw: Vec<String>,
    /// Other headers tried in order when the first is not in the file (from a profile).
    pub aliases: Vec<String>,
}

/// Raw values to canonical ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueMap {
    /// (pattern in lower case, canonical value), in order; `*` matches any run of characters.
    pub patterns: Vec<(String, String)>,
    /// Canonical value of whatever no pattern matches; none = the raw value stays.
    pub otherwise: Option<String>,
}

/// A metric's expressions over the source's rows.
#[derive(Clone, Debug)]
pub struct MeasurePlan {
    pub metric: usize,
    /// The value; a ratio's numerator.
    pub value: Expression,
    /// A ratio's denominator.
    pub denominator: Option<Expression>,
}

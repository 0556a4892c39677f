//! What was read, used and refused.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Check, Quality, SourceCount, SourceId};
use crate::words::{self, Locale};

/// The data's fitness.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "DataQuality")]
pub struct DataQualityOut {
    /// As the documentation lists them.
    pub sources: Vec<SourceOut>,
    /// By id.
    pub checks: Vec<CheckOut>,
    /// Optional sources that could not be read, and why.
    pub missing: BTreeMap<String, String>,
}

/// A data-quality check.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Check")]
pub struct CheckOut {
    /// What is checked; never a value of the data.
    pub id: String,
    /// Whether the data are fit in this respect.
    pub passed: bool,
    /// `withhold` stops the report, `warn` is said beside it.
    pub level: String,
    /// What was found.
    pub value: Option<f64>,
    /// What was allowed.
    pub limit: Option<f64>,
    /// One sentence a leader can act on.
    pub say: String,
}

/// Rows of one source: `read` is `used`, `filtered`, `later` and `rejected` together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub struct SourceOut {
    /// The source.
    pub source: SourceId,
    /// All rows.
    pub read: u64,
    /// Rows that counted.
    pub used: u64,
    /// Refused by the source's own filter, by an event that leaves days out, or older than any window.
    pub filtered: u64,
    /// Dated after the as-of day.
    pub later: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Reason to rows; adds up to `rejected`.
    pub reasons: BTreeMap<String, u64>,
    /// Metric to rows without a usable value.
    pub unusable: BTreeMap<String, u64>,
    /// Last day with a used row.
    #[schemars(extend("format" = "date"))]
    pub last_day: Option<String>,
}

pub(super) fn of(quality: &Quality, checks: &[&Check], locale: &Locale) -> DataQualityOut {
    let mut sources: Vec<&SourceCount> = quality.sources.iter().collect();
    sources.sort_by_key(|source| source.source);
    let mut checks: Vec<CheckOut> = checks.iter().map(|one| check(one, locale)).collect();
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    DataQualityOut {
        sources: sources.into_iter().map(source).collect(),
        checks,
        missing: quality.missing.clone(),
    }
}

fn check(check: &Check, locale: &Locale) -> CheckOut {
    CheckOut {
        id: check.id.clone(),
        passed: check.passed,
        level: check.level.clone(),
        value: check.value,
        limit: check.limit,
        say: words::phrase(&check.say, locale),
    }
}

fn source(count: &SourceCount) -> SourceOut {
    SourceOut {
        source: count.source,
        read: count.read,
        used: count.used,
        filtered: count.filtered,
        later: count.later,
        rejected: count.rejected,
        reasons: count.reasons.clone(),
        unusable: count.unusable.clone(),
        last_day: count.last_day.map(|day| day.to_string()),
    }
}

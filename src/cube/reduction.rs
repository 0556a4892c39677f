//! The reduction as a plain value: which columns of a source are keys, which rows count, which numbers are
//! summed. It has two renderings of the same shape, a polars plan (`to_lazy`) and one SELECT per engine
//! (`to_sql`). Every measured value is quantised to an integer before it is summed, so a cell is the same
//! whatever the order of rows, the number of threads or the engine.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Sampling;
use crate::calendar::Calendar;
use crate::model::{Measure, Metric, SourceId, UnitKind};
use crate::sql::{Expression, Type};

/// A quantised value of larger magnitude is not counted.
pub const LARGEST: f64 = 2_147_483_648.0;

/// What to keep of a source, row by row and then summed.
#[derive(Clone, Debug)]
pub struct Reduction {
    pub source: SourceId,
    pub calendar: Calendar,
    /// First and last local day of a used row.
    pub days: (NaiveDate, NaiveDate),
    /// Column of the local date or timestamp.
    pub at: String,
    pub agent: String,
    pub team: Option<String>,
    pub contact_type: Option<String>,
    /// One per segment of the source, in its order.
    pub segments: Vec<String>,
    pub filter: Option<Expression>,
    /// Days left out whole.
    pub days_out: BTreeSet<NaiveDate>,
    /// Days left out for some rows: they become a key of their own, and the reader decides.
    pub days_apart: BTreeSet<NaiveDate>,
    pub measured: Vec<Measured>,
    /// Column that names a row once: of used rows that share it, one counts.
    pub unique: Option<String>,
    /// How contacts are drawn from the rows.
    pub sampling: Option<Sampling>,
    /// What each (name, quoted) of the expressions stands for.
    pub names: BTreeMap<(String, bool), Named>,
}

/// One metric of the source.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Index in the plan's metrics.
    pub metric: usize,
    pub id: String,
    pub measure: Measure,
    /// The value; a ratio's numerator.
    pub value: Expression,
    /// A ratio's denominator.
    pub denominator: Option<Expression>,
    pub decimals: u32,
    /// A length of time below zero is a fault of the data.
    pub floor: Option<f64>,
}

/// What a name in an expression stands for: a column, seen through its value map if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub column: String,
    pub values: Option<Values>,
    /// Its type in an engine; a file's own schema tells by itself.
    pub ty: Type,
}

/// Raw values to canonical ones; the first pattern that matches wins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// (pattern in lower case, canonical value); `*` matches any run of characters.
    pub patterns: Vec<(String, String)>,
    pub otherwise: Option<String>,
}

/// What became of a row. The number is its value in the `status` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Used = 0,
    /// By the source's filter, by a day left out, or older than the window.
    Filtered = 1,
    Later = 2,
    NoTime = 3,
    NoAgent = 4,
    Duplicate = 5,
}

/// How a column of the reduction's output is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    Sum,
    Least,
    Greatest,
}

impl Status {
    pub const ALL: [Self; 6] =
        [Self::Used, Self::Filtered, Self::Later, Self::NoTime, Self::NoAgent, Self::Duplicate];

    pub fn of(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| *status as i64 == code)
    }

    /// The reason code of a refused row.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::NoTime => Some("no-time"),
            Self::NoAgent => Some("no-agent"),
            Self::Duplicate => Some("duplicate"),
            Self::Used | Self::Filtered | Self::Later => None,
        }
    }
}

impl Measured {
    /// What a metric asks of its source's rows.
    pub fn new(index: usize, metric: &Metric, value: Expression, denominator: Option<Expression>) -> Self {
        let is_time = matches!(metric.unit.kind, UnitKind::Seconds | UnitKind::Minutes);
        Self {
            metric: index,
            id: metric.id.clone(),
            measure: metric.measure,
            value,
            denominator,
            decimals: if metric.measure == Measure::Proportion { 0 } else { metric.decimals },
            floor: is_time.then_some(0.0),
        }
    }

    /// 10 to the metric's decimals.
    pub fn scale(&self) -> f64 {
        10f64.powi(self.decimals.cast_signed())
    }

    /// Names and merges of the metric's output columns, `k` its place in the reduction. The first is the
    /// number of usable rows, the last the largest magnitude.
    fn outputs(&self, k: usize) -> Vec<(String, Merge)> {
        let sums: &[&str] = match self.measure {
            Measure::Proportion => &["n", "sum"],
            Measure::Mean => &["n", "sum", "squares"],
            Measure::Ratio => &["n", "num", "den", "num2", "den2", "numden"],
        };
        let mut outputs: Vec<_> = sums.iter().map(|name| (format!("{name}_{k}"), Merge::Sum)).collect();
        if self.measure != Measure::Proportion {
            outputs.push((format!("max_{k}"), Merge::Greatest));
        }
        outputs
    }
}

impl Reduction {
    /// Key columns of the output beside `status`, `period` and `apart`: agent, team, contact type and the
    /// segments, with the source column behind each.
    pub fn labels(&self) -> Vec<(String, Option<&str>)> {
        let fixed = [
            ("agent".to_owned(), Some(self.agent.as_str())),
            ("team".to_owned(), self.team.as_deref()),
            ("contact_type".to_owned(), self.contact_type.as_deref()),
        ];
        let segments = self
            .segments
            .iter()
            .enumerate()
            .map(|(k, column)| (format!("segment_{k}"), Some(column.as_str())));
        fixed.into_iter().chain(segments).collect()
    }

    /// Numeric columns of the output with how they merge, all bigint: rows, first and last day, then the
    /// metrics' sums.
    pub fn outputs(&self) -> Vec<(String, Merge)> {
        let fixed = [("row_count", Merge::Sum), ("first_day", Merge::Least), ("last_day", Merge::Greatest)];
        let fixed = fixed.into_iter().map(|(name, merge)| (name.to_owned(), merge));
        let sums = self.measured.iter().enumerate().flat_map(|(k, measured)| measured.outputs(k));
        fixed.chain(sums).collect()
    }

    /// Every source column the reduction reads, sorted, once.
    pub fn columns(&self) -> Vec<&str> {
        let labels = self.labels();
        let keys = labels.iter().filter_map(|(_, column)| *column);
        let named = self.names.values().map(|named| named.column.as_str());
        let all: BTreeSet<&str> = std::iter::once(self.at.as_str())
            .chain(keys)
            .chain(named)
            .chain(self.unique.as_deref())
            .chain(self.sampling.as_ref().map(|sampling| sampling.id.as_str()))
            .collect();
        all.into_iter().collect()
    }

    /// Columns that only serve as keys, so their text may be cleaned after the sums.
    pub fn is_key_only(&self, column: &str) -> bool {
        column != self.at && !self.names.values().any(|named| named.column == column)
    }

    pub(super) fn named(&self, name: &str, quoted: bool) -> Named {
        let key = (name.to_owned(), quoted);
        self.names.get(&key).cloned().unwrap_or_else(|| Named::raw(name))
    }
}

impl Named {
    /// A raw column of unknown type.
    pub fn raw(column: &str) -> Self {
        Self { column: column.to_owned(), values: None, ty: Type::Any }
    }
}

impl Values {
    /// The canonical value of a trimmed raw one.
    pub fn of<'a>(&'a self, raw: &'a str) -> &'a str {
        let lower = raw.to_lowercase();
        let found = self.patterns.iter().find(|(pattern, _)| matches(pattern, &lower));
        found.map(|(_, value)| value.as_str()).or(self.otherwise.as_deref()).unwrap_or(raw)
    }
}

/// Whether `text` is what `pattern` says, `*` standing for any run of characters.
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((tail, middle)) = parts.split_last() else { return true };
    for part in middle {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        for (pattern, text, is) in [
            ("refund", "refund", true),
            ("refund", "refunds", false),
            ("refund*", "refunds", true),
            ("*control*", "call control", true),
            ("call*ctrl", "call ctrl", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxc", false),
            ("a*a", "a", false),
            ("*", "", true),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn the_first_pattern_wins_and_the_rest_is_otherwise() {
        let values = Values {
            patterns: vec![("refund*".into(), "Refund".into()), ("*".into(), "Any".into())],
            otherwise: Some("Other".into()),
        };
        assert_eq!(values.of("REFUND approval"), "Refund");
        assert_eq!(values.of("bill"), "Any");
        let map = Values { patterns: vec![], otherwise: None };
        assert_eq!(map.of("Bill"), "Bill");
    }
}

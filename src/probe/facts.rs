//! What was found, as plain data: the summary a person reads and the object `--format json` prints are made of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::capabilities::needs;
use super::files::unused;
use super::{Need, Seen, file_shown, mapping, metrics, people, shown};
use crate::model::{Meant, RawColumn, RawValue, Rejected, SourceCount};
use crate::source::{Surveyed, SurveyedFile};

/// Lines of refused rows that are named.
const LINES: usize = 5;

/// Everything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facts {
    pub sources: Vec<SourceFacts>,
    pub coverage: Vec<ColumnFacts>,
    pub metrics: Vec<MetricFacts>,
    /// Nothing where no contact counts.
    pub judged: Option<Judged>,
}

/// The last complete period under the rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// As in `2026-W46`.
    pub period: String,
    pub people: PeopleFacts,
    pub rules: usize,
    /// Rules with an answer for at least one metric and scope.
    pub rules_judged: usize,
    /// What the data cannot support.
    pub capabilities: Vec<Need>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceFacts {
    pub source: &'static str,
    pub files: Vec<FileFacts>,
    /// Nothing where the source could not be read.
    pub rows: Option<SourceCount>,
    /// Reason to the first places of such rows.
    pub refused: BTreeMap<String, Vec<RefusedAt>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RefusedAt {
    pub file: String,
    pub line: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileFacts {
    pub file: String,
    /// As in `commas, UTF-8`.
    pub written: String,
    /// Headers nothing uses, and the canonical column each might be.
    pub unused: Vec<(String, Option<&'static str>)>,
}

/// One column that rows are grouped or mapped by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColumnFacts {
    pub source: &'static str,
    pub column: String,
    pub has_map: bool,
    /// Used rows with a value.
    pub rows: u64,
    /// Rows that a pattern names, that fall under `else`, and whose value stands for itself though there is a map.
    pub mapped: u64,
    pub otherwise: u64,
    pub unmapped: u64,
    /// Different values after mapping.
    pub distinct: usize,
    /// The commonest raw values that no pattern names, of enough agents each.
    pub unmapped_values: Vec<Volume>,
    /// Further ones.
    pub unmapped_more: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Volume {
    pub value: String,
    pub rows: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MetricFacts {
    pub id: String,
    pub rows: u64,
    pub with_value: u64,
    /// Periods with a value.
    pub periods: usize,
}

/// Numbers of agents in words; small ones are not told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeopleFacts {
    pub with_contacts: String,
    /// By source.
    pub unknown_to_contacts: BTreeMap<&'static str, String>,
    /// In the judged period; nothing where nobody says who is in which team.
    pub without_team: Option<String>,
}

impl Facts {
    pub(super) fn of(seen: &Seen<'_>) -> Self {
        Self {
            sources: seen.surveyed.iter().map(|one| source(seen, one)).collect(),
            coverage: seen.data.quality.columns.iter().map(|column| coverage(seen, column)).collect(),
            metrics: metrics::facts(seen),
            judged: seen.has_contacts().then(|| judged(seen)),
        }
    }
}

fn judged(seen: &Seen<'_>) -> Judged {
    let (capabilities, rules_judged) = needs(seen);
    Judged {
        period: seen.plan.calendar.label(seen.period),
        people: people::facts(seen),
        rules: seen.plan.rules.len(),
        rules_judged,
        capabilities,
    }
}

impl SourceFacts {
    /// First and last day with a used row.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let rows = self.rows.as_ref()?;
        rows.first_day.zip(rows.last_day)
    }
}

fn source(seen: &Seen<'_>, one: &Surveyed) -> SourceFacts {
    let file = |file: &SurveyedFile| FileFacts {
        file: file_shown(&file.shown),
        written: file.written.clone(),
        unused: unused(one.source, seen.plan, file),
    };
    let mut refused: BTreeMap<String, Vec<RefusedAt>> = BTreeMap::new();
    for row in seen.data.quality.rejected.iter().filter(|row| row.source == one.source) {
        let places = refused.entry(row.reason.clone()).or_default();
        if places.len() < LINES {
            places.extend(line(row));
        }
    }
    SourceFacts {
        source: one.source.name(),
        files: one.files.iter().map(file).collect(),
        rows: seen.data.quality.source(one.source).cloned(),
        refused,
    }
}

fn line(row: &Rejected) -> Option<RefusedAt> {
    row.line.map(|line| RefusedAt { file: file_shown(&row.file), line })
}

fn coverage(seen: &Seen<'_>, column: &RawColumn) -> ColumnFacts {
    let sum = |is: fn(&&RawValue) -> bool| mapping::rows(column.values.iter().filter(is));
    let open = mapping::unnamed(column);
    let least = seen.least();
    let is_unnamed = |value: &&RawValue| matches!(value.meant, Meant::Otherwise(_)) || open.contains(value);
    let mut values: Vec<&RawValue> = column.values.iter().filter(is_unnamed).collect();
    values.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.text.cmp(&b.text)));
    let volume = |value: &RawValue| Volume { value: shown(&value.text), rows: value.rows };
    let told: Vec<Volume> = values
        .iter()
        .filter(|value| value.agents >= least)
        .take(mapping::TOLD)
        .map(|value| volume(value))
        .collect();
    let unmapped = mapping::rows(open.iter().copied());
    let itself = sum(|value| value.meant == Meant::Itself);
    let names = column.values.iter().map(|value| match &value.meant {
        Meant::Mapped(name) | Meant::Otherwise(name) => name,
        Meant::Itself => &value.text,
    });
    ColumnFacts {
        source: column.source.name(),
        column: column.column.clone(),
        has_map: column.is_mapped,
        rows: mapping::rows(&column.values),
        mapped: if column.is_mapped {
            sum(|value| matches!(value.meant, Meant::Mapped(_))) + itself - unmapped
        } else {
            0
        },
        otherwise: sum(|value| matches!(value.meant, Meant::Otherwise(_))),
        unmapped,
        distinct: names.collect::<std::collections::BTreeSet<_>>().len(),
        unmapped_more: values.len() - told.len(),
        unmapped_values: told,
    }
}

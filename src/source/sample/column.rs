//! The values of one column, each once, and which row has which.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::super::cell::TimeReader;
use super::shape::{self, Shape};
use crate::words::whole;

/// Stands for an empty field in [`Column::codes`].
const EMPTY: u32 = u32::MAX;

/// Tokens that mean an empty field wherever they stand.
const NULLS: &[&str] = &[
    "[none]",
    "[deleted]",
    "[unknown]",
    "-",
    "--",
    "n/a",
    "#n/a",
    "na",
    "null",
    "(null)",
    "\\n",
    "nan",
    "(blank)",
    "<null>",
    "nil",
    "#value!",
    "#ref!",
];

/// One column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub header: String,
    /// By row looked at: place in `values`; none where the field is empty.
    codes: Vec<u32>,
    /// Every different value, trimmed, in the order of their first rows.
    pub values: Vec<String>,
    /// Rows of each value.
    pub counts: Vec<u64>,
    /// Values that mean an empty field.
    pub nulls: Vec<String>,
    pub shape: Shape,
    /// True where the file itself says that values are true or false.
    pub is_native_flag: bool,
}

impl Column {
    /// The value in a row; none where the field is empty or says that it is.
    pub fn value(&self, row: usize) -> Option<&str> {
        let value = self.values.get(usize::try_from(*self.codes.get(row)?).ok()?)?;
        (!self.nulls.contains(value)).then_some(value.as_str())
    }

    /// The same as a place in `values`.
    pub fn code(&self, row: usize) -> Option<usize> {
        self.value(row)?;
        usize::try_from(self.codes[row]).ok()
    }

    pub fn rows(&self) -> usize {
        self.codes.len()
    }

    /// Rows with a value.
    pub fn filled(&self) -> u64 {
        self.real().map(|(_, count)| count).sum()
    }

    /// Share of rows without a value, 0 to 1.
    pub fn empty_share(&self) -> f64 {
        if self.codes.is_empty() {
            return 1.0;
        }
        1.0 - whole(self.filled()) / whole(self.codes.len() as u64)
    }

    /// Different values.
    pub fn distinct(&self) -> usize {
        self.real().count()
    }

    /// Values that are none of the empty tokens, with their rows.
    pub fn real(&self) -> impl Iterator<Item = (&str, u64)> {
        let all = self.values.iter().map(String::as_str).zip(self.counts.iter().copied());
        all.filter(|(value, _)| !self.nulls.iter().any(|null| null == value))
    }

    /// Values with their rows, the commonest first, then by name.
    pub fn commonest(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> = self.real().collect();
        all.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(y.0)));
        all
    }

    /// Rows by day, for a column of dates in this format.
    pub fn days(&self, format: Option<&str>) -> BTreeMap<NaiveDate, u64> {
        let mut days = BTreeMap::new();
        let Ok(reader) = TimeReader::new(chrono_tz::UTC, format) else { return days };
        for (value, count) in self.real() {
            if let Some(at) = reader.read(value) {
                *days.entry(at.date()).or_insert(0) += count;
            }
        }
        days
    }

    /// Reads further tokens as empty, and looks at the rest again.
    pub fn without(&mut self, tokens: &[String], decimal: Decimal) {
        let further =
            tokens.iter().filter(|token| self.values.contains(token) && !self.nulls.contains(token));
        self.nulls.extend(further.cloned().collect::<Vec<_>>());
        self.shape = shape::of(self, decimal);
    }
}

/// How a table writes the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    Point,
    Comma,
}

/// A column while rows arrive.
#[derive(Default)]
pub(super) struct Builder {
    header: String,
    places: HashMap<String, u32>,
    codes: Vec<u32>,
    values: Vec<String>,
    counts: Vec<u64>,
}

impl Builder {
    pub(super) fn new(header: &str) -> Self {
        Self { header: header.to_owned(), ..Self::default() }
    }

    pub(super) fn push(&mut self, cell: Option<&str>) {
        let text = cell.map(str::trim).filter(|text| !text.is_empty());
        let code = text.map_or(EMPTY, |text| self.code(text));
        self.codes.push(code);
    }

    fn code(&mut self, text: &str) -> u32 {
        let place = if let Some(place) = self.places.get(text) {
            *place
        } else {
            let place = u32::try_from(self.values.len()).unwrap_or(EMPTY);
            self.places.insert(text.to_owned(), place);
            self.values.push(text.to_owned());
            self.counts.push(0);
            place
        };
        self.counts[place as usize] += 1;
        place
    }

    /// Whether numbers in it are certainly written with a decimal comma: one at least has other than three digits
    /// behind it, which thousands would have.
    pub(super) fn has_decimal_commas(&self) -> bool {
        let commas = |value: &&String| shape::number(value, Decimal::Comma).is_some() && value.contains(',');
        let whole = |value: &&String| shape::number(value, Decimal::Comma).is_some();
        let numbers = self.values.iter().filter(whole).count();
        let certain = self
            .values
            .iter()
            .filter(commas)
            .any(|value| value.rsplit_once(',').is_some_and(|(_, fraction)| fraction.len() != 3));
        certain && numbers * 10 >= self.values.len() * 9
    }

    pub(super) fn finish(self, decimal: Decimal, is_native_flag: bool) -> Column {
        let is_null = |value: &&String| NULLS.contains(&value.to_lowercase().as_str());
        let nulls = self.values.iter().filter(is_null).cloned().collect();
        let mut column = Column {
            header: self.header,
            codes: self.codes,
            values: self.values,
            counts: self.counts,
            nulls,
            shape: Shape::Empty,
            is_native_flag,
        };
        column.shape = shape::of(&column, decimal);
        column
    }
}

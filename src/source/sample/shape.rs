//! What kind of values a column holds, from its values alone. Most rows decide: a footer or a stray word among
//! thousands of numbers leaves a column of numbers.

use chrono::NaiveDateTime;

use super::column::{Column, Decimal};
use super::moment;
use crate::words::whole;

/// Share of rows that must agree.
const MOST: f64 = 0.98;

/// Different values a category may have.
pub(super) const MOST_CATEGORIES: usize = 500;

const YES: &[&str] = &["y", "yes", "true", "t", "ja", "j", "oui", "si", "sí", "sim", "x", "1"];
const NO: &[&str] = &["n", "no", "false", "f", "nein", "non", "não", "0"];

/// The kind of a column's values.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Empty,
    Moment(Moment),
    /// `1:02:03` or `02:03`: a time of day or a length of time. The numbers are seconds, taking two parts as
    /// minutes and seconds.
    Colons {
        parts: usize,
        numbers: Numbers,
    },
    Number(Numbers),
    Flag(Flag),
    Email,
    /// Nearly every row has a value of its own.
    Id,
    /// Few values, many rows each.
    Category,
    Text,
}

/// Dates, with or without a time of day.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// None = ISO 8601, which needs no format.
    pub format: Option<String>,
    pub has_time: bool,
    pub has_offset: bool,
    /// Another format that reads the values as well, such as month and day the other way round.
    pub other: Option<String>,
    pub first: NaiveDateTime,
    pub last: NaiveDateTime,
}

/// Numbers, each weighted by its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    pub rows: u64,
    pub distinct: usize,
    pub min: f64,
    pub max: f64,
    pub mean: f64,
    pub median: f64,
    /// 99 of 100 rows have at most this.
    pub p99: f64,
    /// Share of the sum that the largest hundredth of the rows holds.
    pub tail_share: f64,
    pub is_whole: bool,
}

/// Yes or no.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// As written.
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Rows with yes among rows with a value, 0 to 1.
    pub share: f64,
}

impl Numbers {
    fn of(mut values: Vec<(f64, u64)>) -> Option<Self> {
        values.sort_by(|x, y| x.0.total_cmp(&y.0));
        let rows: u64 = values.iter().map(|(_, count)| count).sum();
        let (first, last) = (values.first()?.0, values.last()?.0);
        let sum: f64 = values.iter().map(|(x, count)| x * whole(*count)).sum();
        let p99 = quantile(&values, rows, 0.99);
        let tail: f64 = values.iter().filter(|(x, _)| *x > p99).map(|(x, count)| x * whole(*count)).sum();
        Some(Self {
            rows,
            distinct: values.len(),
            min: first,
            max: last,
            mean: sum / whole(rows),
            median: quantile(&values, rows, 0.5),
            p99,
            tail_share: if sum > 0.0 { tail / sum } else { 0.0 },
            is_whole: values.iter().all(|(x, _)| x.fract() == 0.0),
        })
    }
}

fn quantile(sorted: &[(f64, u64)], rows: u64, share: f64) -> f64 {
    let wanted = share * whole(rows);
    let mut below = 0.0;
    for (value, count) in sorted {
        below += whole(*count);
        if below >= wanted {
            return *value;
        }
    }
    sorted.last().map_or(f64::NAN, |(value, _)| *value)
}

/// The kind of a column's values.
pub(super) fn of(column: &Column, decimal: Decimal) -> Shape {
    let filled = column.filled();
    if filled == 0 {
        return Shape::Empty;
    }
    None.or_else(|| flag(column))
        .or_else(|| moment::find(column).map(Shape::Moment))
        .or_else(|| colons(column, filled))
        .or_else(|| numbers(column, filled, decimal))
        .unwrap_or_else(|| words(column, filled))
}

fn flag(column: &Column) -> Option<Shape> {
    if column.distinct() > 4 {
        return None;
    }
    let (mut yes, mut no, mut rows_yes) = (Vec::new(), Vec::new(), 0);
    for (value, count) in column.real() {
        match value.to_lowercase() {
            word if YES.contains(&word.as_str()) => {
                yes.push(value.to_owned());
                rows_yes += count;
            }
            word if NO.contains(&word.as_str()) => no.push(value.to_owned()),
            _ => return None,
        }
    }
    yes.sort();
    no.sort();
    let share = whole(rows_yes) / whole(column.filled());
    (!yes.is_empty()).then_some(Shape::Flag(Flag { yes, no, share }))
}

fn colons(column: &Column, filled: u64) -> Option<Shape> {
    let mut parts = 0;
    let mut read = Vec::new();
    for (value, count) in column.real() {
        let Some((n, seconds)) = seconds(value) else { continue };
        parts = parts.max(n);
        read.push((seconds, count));
    }
    let numbers = Numbers::of(read).filter(|numbers| enough(numbers.rows, filled))?;
    Some(Shape::Colons { parts, numbers })
}

/// How many parts, and their seconds.
fn seconds(text: &str) -> Option<(usize, f64)> {
    let parts: Vec<&str> = text.trim_start_matches('-').split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut total = 0.0;
    for part in &parts {
        let is_short = (1..=6).contains(&part.len()) && part.starts_with(|c: char| c.is_ascii_digit());
        total = total * 60.0 + part.parse::<f64>().ok().filter(|_| is_short)?;
    }
    Some((parts.len(), total))
}

fn numbers(column: &Column, filled: u64, decimal: Decimal) -> Option<Shape> {
    let read = column.real().filter_map(|(value, count)| Some((number(value, decimal)?, count))).collect();
    let numbers = Numbers::of(read).filter(|numbers| enough(numbers.rows, filled))?;
    let is_id = numbers.is_whole && filled > 50 && whole(column.distinct() as u64) > 0.95 * whole(filled);
    Some(if is_id { Shape::Id } else { Shape::Number(numbers) })
}

/// A finite number as the table writes them; nothing with letters in it.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<f64> {
    if text.contains(|c: char| c.is_alphabetic()) {
        return None;
    }
    let plain = match (decimal, text.rsplit_once(',')) {
        (Decimal::Comma, Some((whole, fraction))) => format!("{}.{fraction}", whole.replace('.', "")),
        _ => text.to_owned(),
    };
    plain.parse().ok().filter(|x: &f64| x.is_finite())
}

fn words(column: &Column, filled: u64) -> Shape {
    let distinct = column.distinct();
    let mails: u64 = column.real().filter(|(value, _)| is_mail(value)).map(|(_, count)| count).sum();
    if enough(mails, filled) {
        return Shape::Email;
    }
    let rows_each = whole(filled) / whole(distinct.max(1) as u64);
    if filled > 50 && rows_each < 1.05 {
        return Shape::Id;
    }
    if distinct <= 12 || (distinct <= MOST_CATEGORIES && rows_each >= 3.0) {
        return Shape::Category;
    }
    Shape::Text
}

fn is_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains(' '))
}

fn enough(rows: u64, filled: u64) -> bool {
    whole(rows) >= MOST * whole(filled)
}

#[cfg(test)]
mod tests {
    use super::super::column::Builder;
    use super::*;

    fn shape(values: &[&str], times: usize) -> Shape {
        let mut builder = Builder::new("started");
        for value in values.iter().cycle().take(values.len() * times) {
            builder.push(Some(value));
        }
        builder.finish(Decimal::Point, false).shape
    }

    fn format(values: &[&str]) -> (Option<String>, Option<String>) {
        match shape(values, 3) {
            Shape::Moment(moment) => (moment.format, moment.other),
            other => panic!("{values:?} are {other:?}"),
        }
    }

    #[test]
    fn values_tell_what_kind_they_are() {
        assert!(
            matches!(shape(&["Y", "N", "n"], 3), Shape::Flag(flag) if flag.yes == ["Y"] && flag.no == ["N", "n"])
        );
        assert!(matches!(shape(&["1", "0"], 3), Shape::Flag(_)));
        assert!(matches!(shape(&["1", "0", "2"], 3), Shape::Number(n) if n.is_whole && n.max > 1.5));
        assert!(
            matches!(shape(&["00:02:10", "00:03:00"], 9), Shape::Colons { parts: 3, numbers } if numbers.max > 179.5 && numbers.max < 180.5)
        );
        assert_eq!(shape(&["Billing", "Refund"], 9), Shape::Category);
        assert_eq!(shape(&["ann@example.com", "bob@example.com"], 9), Shape::Email);
        assert_eq!(shape(&["-", "N/A"], 9), Shape::Empty);
        let ids: Vec<String> = (0..100).map(|id| format!("C{id}")).collect();
        assert_eq!(shape(&ids.iter().map(String::as_str).collect::<Vec<_>>(), 1), Shape::Id);
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_days_and_else_by_the_shorter_span() {
        let of = |text: &str| Some(text.to_owned());
        assert_eq!(format(&["13/06/2026", "14/06/2026"]), (of("%d/%m/%Y"), None));
        assert_eq!(format(&["06/13/2026", "06/14/2026"]), (of("%m/%d/%Y"), None));
        assert_eq!(format(&["01/06/2026", "02/06/2026"]), (of("%d/%m/%Y"), of("%m/%d/%Y")));
        assert_eq!(format(&["2026-06-01", "2026-06-02"]), (None, None));
        assert_eq!(format(&["6/23/25 07:00 AM"]), (of("%m/%d/%y %I:%M %p"), None));
        assert_eq!(format(&["1780300800", "1780387200"]), (of("%s"), None));
    }

    #[test]
    fn a_footer_among_many_numbers_leaves_them_numbers() {
        let mut values = ["5", "6", "7", "8"].repeat(40);
        values.push("Total");
        assert!(matches!(shape(&values, 1), Shape::Number(n) if n.rows == 160));
    }

    #[test]
    fn numbers_are_described_by_their_rows() {
        let Shape::Number(n) = shape(&["1", "1", "1", "97"], 25) else { panic!("no numbers") };
        assert_eq!((n.rows, n.distinct, n.median, n.p99), (100, 2, 1.0, 97.0));
        assert!((n.mean - 25.0).abs() < 1e-12);
    }
}

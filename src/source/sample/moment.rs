//! Which format dates are written in. Day and month the wrong way round often read as well: then the reading with
//! the shorter span is taken, since real exports cover neighbouring days, and the other is kept to be named.

use chrono::NaiveDateTime;
use chrono_tz::UTC;

use super::super::cell::TimeReader;
use super::column::Column;
use super::shape::Moment;

/// Values tried before a format is believed for all of them.
const TRIED: usize = 200;

/// Ways of writing a time that exports use, each with the one that has day and month the other way round.
pub(in crate::source) const FORMATS: &[&str] = &[
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%y %I:%M %p",
    "%d/%m/%y %I:%M %p",
    "%m/%d/%y %H:%M",
    "%d/%m/%y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%m-%Y %H:%M:%S",
    "%m-%d-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%m-%d-%Y %H:%M",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%a, %d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
];

/// Seconds since 1970; only where the header speaks of time, since ids look the same.
const EPOCH: &str = "%s";

/// The dates in a column, if that is what it holds.
pub(super) fn find(column: &Column) -> Option<Moment> {
    let values: Vec<(&str, u64)> = column.real().collect();
    let some = spread(&values);
    let readable: Vec<Reading> = formats(column)
        .filter(|format| reads(*format, &some))
        .filter_map(|format| whole(format, &values))
        .collect();
    let best = readable.iter().min_by_key(|reading| reading.last - reading.first)?;
    let other = readable.iter().find(|one| one.format != best.format && one.first != best.first);
    Some(Moment {
        format: best.format.map(str::to_owned),
        has_time: values.iter().any(|(value, _)| value.contains(':')) || best.has_time(),
        has_offset: best.format.is_none() && values.first().is_some_and(|(value, _)| has_offset(value)),
        other: other.and_then(|one| one.format.map(str::to_owned)),
        first: best.first,
        last: best.last,
    })
}

struct Reading {
    format: Option<&'static str>,
    first: NaiveDateTime,
    last: NaiveDateTime,
}

impl Reading {
    fn has_time(&self) -> bool {
        self.format.is_some_and(|format| format.contains("%H") || format.contains("%I") || format == EPOCH)
    }
}

fn formats(column: &Column) -> impl Iterator<Item = Option<&'static str>> {
    const WORDS: &[&str] = &["time", "date", "stamp", "epoch", "_at", "created", "start"];
    let header = column.header.to_lowercase();
    let epoch = WORDS.iter().any(|word| header.contains(word)).then_some(EPOCH);
    std::iter::once(None).chain(FORMATS.iter().copied().chain(epoch).map(Some))
}

/// Some values from all over the column.
fn spread<'a>(values: &[(&'a str, u64)]) -> Vec<&'a str> {
    let step = values.len().div_ceil(TRIED).max(1);
    values.iter().step_by(step).map(|(value, _)| *value).collect()
}

fn reads(format: Option<&str>, values: &[&str]) -> bool {
    let Ok(reader) = TimeReader::new(UTC, format) else { return false };
    let read = values.iter().filter(|value| moment(&reader, value).is_some()).count();
    read > 0 && read * 20 >= values.len() * 19
}

/// A moment within reason: a year of two digits reads as one of the first century otherwise.
fn moment(reader: &TimeReader, text: &str) -> Option<NaiveDateTime> {
    use chrono::Datelike as _;
    reader.read(text).filter(|at| (1980..=2100).contains(&at.year()))
}

fn whole(format: Option<&'static str>, values: &[(&str, u64)]) -> Option<Reading> {
    let reader = TimeReader::new(UTC, format).ok()?;
    let (mut first, mut last) = (NaiveDateTime::MAX, NaiveDateTime::MIN);
    let (mut read, mut all) = (0, 0);
    for (value, count) in values {
        all += count;
        let Some(at) = moment(&reader, value) else { continue };
        read += count;
        first = first.min(at);
        last = last.max(at);
    }
    (read > 0 && read * 50 >= all * 49).then_some(Reading { format, first, last })
}

fn has_offset(text: &str) -> bool {
    let clock = text.get(10..).unwrap_or_default();
    clock.contains(':') && clock.contains(['Z', 'z', '+', '-'])
}

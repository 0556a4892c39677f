//! One cell of text: is it empty, a moment, a length of time, a number with a decimal comma?

use std::borrow::Cow;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::config::TextFormat;

/// How a length of time is written; all become seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// `1:02:03`, also `02:03` and with fractions.
    HoursMinutesSeconds,
    /// `02:03`.
    MinutesSeconds,
    Milliseconds,
    Minutes,
}

/// What is empty and how numbers are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Cleaner {
    nulls: Vec<String>,
    decimal_comma: bool,
}

/// Reads moments onto the workspace's wall clock.
#[derive(Clone, Debug)]
pub(super) struct TimeReader {
    zone: Tz,
    pattern: Option<Vec<Item<'static>>>,
}

impl Length {
    pub(super) fn parse(format: &str) -> Option<Self> {
        match format.to_ascii_uppercase().as_str() {
            "HH:MM:SS" | "H:MM:SS" => Some(Self::HoursMinutesSeconds),
            "MM:SS" | "M:SS" => Some(Self::MinutesSeconds),
            "MS" => Some(Self::Milliseconds),
            "MIN" => Some(Self::Minutes),
            _ => None,
        }
    }

    /// Seconds in one unit, for what is a number already.
    pub(super) fn unit(self) -> f64 {
        match self {
            Self::HoursMinutesSeconds | Self::MinutesSeconds => 1.0,
            Self::Milliseconds => 0.001,
            Self::Minutes => 60.0,
        }
    }

    /// Seconds; a plain number is in the format's unit.
    pub(super) fn seconds(self, text: &str) -> Option<f64> {
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text),
        };
        if !text.contains(':') {
            let x: f64 = text.parse().ok()?;
            let seconds = if self == Self::Milliseconds { x / 1000.0 } else { x * self.unit() };
            return Some(sign * seconds);
        }
        let mut total = 0.0;
        for part in text.split(':') {
            let part: f64 = part.trim().parse().ok().filter(|x| *x >= 0.0)?;
            total = total * 60.0 + part;
        }
        (text.split(':').count() <= 3).then_some(sign * total)
    }
}

impl Cleaner {
    pub(super) fn new(format: &TextFormat) -> Self {
        let nulls = format.nulls.iter().map(|token| token.trim().to_owned()).collect();
        Self { nulls, decimal_comma: format.decimal_comma }
    }

    /// The trimmed cell; nothing if it is blank or a null token.
    pub(super) fn text<'a>(&self, cell: &'a str) -> Option<&'a str> {
        let text = cell.trim();
        (!text.is_empty() && !self.nulls.iter().any(|null| null == text)).then_some(text)
    }

    /// The same, with a decimal comma turned into a point where the cell is a number.
    pub(super) fn value<'a>(&self, cell: &'a str) -> Option<Cow<'a, str>> {
        let text = self.text(cell)?;
        match self.decimal_comma.then(|| with_point(text)).flatten() {
            Some(number) => Some(Cow::Owned(number)),
            None => Some(Cow::Borrowed(text)),
        }
    }
}

/// `1.234,5` as `1234.5`; nothing if the text is not such a number.
pub(super) fn with_point(text: &str) -> Option<String> {
    let (whole, fraction) = text.rsplit_once(',')?;
    let digits = whole.trim_start_matches(['+', '-']);
    let is_number = digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && !fraction.is_empty()
        && fraction.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| format!("{}.{fraction}", whole.replace('.', "")))
}

impl TimeReader {
    /// A chrono pattern, or ISO 8601 and its looser relatives.
    pub(super) fn new(zone: Tz, pattern: Option<&str>) -> Result<Self, String> {
        let Some(text) = pattern else { return Ok(Self { zone, pattern: None }) };
        let items = StrftimeItems::new(text).parse_to_owned();
        match items {
            Ok(items) => Ok(Self { zone, pattern: Some(items) }),
            Err(_) => Err(format!("`{text}` is not a time pattern; one reads like `%d/%m/%Y %H:%M`")),
        }
    }

    pub(super) fn read(&self, cell: &str) -> Option<NaiveDateTime> {
        let text = cell.trim();
        match &self.pattern {
            Some(items) => self.by_pattern(text, items),
            None => self.iso(text),
        }
    }

    fn by_pattern(&self, text: &str, items: &[Item<'static>]) -> Option<NaiveDateTime> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, text, items.iter()).ok()?;
        if let Ok(moment) = parsed.to_datetime() {
            return Some(self.local(moment.to_utc()));
        }
        let date = parsed.to_naive_date().ok()?;
        Some(date.and_time(parsed.to_naive_time().unwrap_or(NaiveTime::MIN)))
    }

    /// `2026-11-09`, `2026-11-09T07:05`, `2026-11-09 07:05:01.25+01:00`, `…Z`.
    fn iso(&self, text: &str) -> Option<NaiveDateTime> {
        let date = iso_date(text.get(..10)?)?;
        let rest = text[10..].strip_prefix(['T', 't', ' ']).unwrap_or(&text[10..]).trim_start();
        if rest.is_empty() {
            return Some(date.and_time(NaiveTime::MIN));
        }
        let (clock, offset) = split_offset(rest);
        let local = date.and_time(clock_time(clock.trim_end())?);
        match offset {
            None => Some(local),
            Some(offset) => {
                let utc = local.checked_sub_signed(chrono::TimeDelta::seconds(offset_seconds(offset)?))?;
                Some(self.local(utc.and_utc()))
            }
        }
    }

    fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.zone).naive_local()
    }
}

/// `2026-11-09` or `2026/11/09`.
pub(super) fn is_iso_date(text: &str) -> bool {
    text.len() == 10 && iso_date(text).is_some()
}

fn iso_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let is_sign = |b: u8| b == b'-' || b == b'/';
    if !is_sign(bytes[4]) || bytes[7] != bytes[4] {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits(&bytes[range]);
    NaiveDate::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
}

/// A clock time and the offset behind it.
fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    }
}

fn offset_seconds(offset: &str) -> Option<i64> {
    if offset.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = if let Some(rest) = offset.strip_prefix('-') { (-1, rest) } else { (1, &offset[1..]) };
    let plain: Vec<u8> = rest.bytes().filter(|b| *b != b':').collect();
    let (hours, minutes) = match plain.len() {
        2 => (digits(&plain)?, 0),
        4 => (digits(&plain[..2])?, digits(&plain[2..])?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

/// `07:05`, `7:05:01`, `07:05:01.250`; a leap second counts as the second before it.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let mut parts = text.splitn(3, ':');
    let short =
        |part: Option<&str>| part.filter(|p| (1..=2).contains(&p.len())).and_then(|p| digits(p.as_bytes()));
    let (hour, minute) = (short(parts.next())?, short(parts.next())?);
    let (second, nano) = match parts.next() {
        None => (0, 0),
        Some(rest) => {
            let (whole, fraction) = rest.split_once(['.', ',']).unwrap_or((rest, ""));
            (short(Some(whole))?.min(59), nanoseconds(fraction)?)
        }
    };
    NaiveTime::from_hms_nano_opt(hour, minute, second, nano)
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    let known = fraction.get(..fraction.len().min(9))?;
    let scale = 10u32.pow(u32::try_from(9 - known.len()).ok()?);
    fraction.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    Some(digits(known.as_bytes())? * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let reader = TimeReader::new(Tz::Europe__London, None).unwrap();
        reader.read(text).map(|moment| moment.to_string())
    }

    #[test]
    fn iso_moments_are_read_in_all_their_forms() {
        for (text, expected) in [
            ("2026-11-09", "2026-11-09 00:00:00"),
            ("2026/11/09 7:05", "2026-11-09 07:05:00"),
            (" 2026-11-09 07:05:01 ", "2026-11-09 07:05:01"),
            ("2026-11-09T07:05:01.25", "2026-11-09 07:05:01.250"),
            ("2026-11-09T07:05:01Z", "2026-11-09 07:05:01"),
            ("2026-11-09T07:05:01+01:00", "2026-11-09 06:05:01"),
            ("2026-11-09 07:05:01 -0230", "2026-11-09 09:35:01"),
            ("2026-06-09T23:30:00+00:00", "2026-06-10 00:30:00"),
            ("2026-12-31T23:59:60Z", "2026-12-31 23:59:59"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["", "x", "2026-13-01", "2026-11-09 25:00", "Total", "20261109", "2026-11-09 07:05:0x", "ééééé"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_are_taken_on_both_sides_of_a_change_of_clocks() {
        assert_eq!(read("2026-10-25T00:59:59Z").as_deref(), Some("2026-10-25 01:59:59"));
        assert_eq!(read("2026-10-25T01:00:00Z").as_deref(), Some("2026-10-25 01:00:00"));
    }

    #[test]
    fn patterns_of_vendors_are_read() {
        for (pattern, text, expected) in [
            ("%a, %d %b %Y %H:%M:%S", "Thu, 27 Oct 2016 14:51:34", "2016-10-27 14:51:34"),
            ("%m/%d/%y %I:%M %p", "6/23/25 07:00 AM", "2025-06-23 07:00:00"),
            ("%d.%m.%Y", "09.11.2026", "2026-11-09 00:00:00"),
            ("%d/%m/%Y %H:%M %z", "09/11/2026 07:05 +0100", "2026-11-09 06:05:00"),
        ] {
            let reader = TimeReader::new(Tz::Europe__London, Some(pattern)).unwrap();
            assert_eq!(reader.read(text).map(|m| m.to_string()).as_deref(), Some(expected), "{pattern}");
        }
        assert!(TimeReader::new(Tz::UTC, Some("%Q")).is_err());
    }

    #[test]
    fn lengths_of_time_become_seconds() {
        let seconds = |format: &str, text| Length::parse(format).unwrap().seconds(text);
        assert_eq!(seconds("HH:MM:SS", "01:02:03"), Some(3723.0));
        assert_eq!(seconds("HH:MM:SS", "-00:00:03"), Some(-3.0));
        assert_eq!(seconds("MM:SS", "75:30.5"), Some(4530.5));
        assert_eq!(seconds("ms", "1500"), Some(1.5));
        assert_eq!(seconds("min", "2.5"), Some(150.0));
        assert_eq!(seconds("HH:MM:SS", "1:2:3:4"), None);
        assert_eq!(seconds("HH:MM:SS", "a:b"), None);
        assert_eq!(Length::parse("%H"), None);
    }

    #[test]
    fn a_decimal_comma_counts_only_in_numbers() {
        let format =
            TextFormat { decimal_comma: true, nulls: vec!["[None]".into()], ..TextFormat::default() };
        let cleaner = Cleaner::new(&format);
        for (cell, value) in [
            (" 1.234,5 ", Some("1234.5")),
            ("-0,25", Some("-0.25")),
            ("a,5", Some("a,5")),
            ("Billing, late", Some("Billing, late")),
            ("12", Some("12")),
            ("[None]", None),
            ("  ", None),
        ] {
            assert_eq!(cleaner.value(cell).as_deref(), value, "{cell}");
        }
    }
}

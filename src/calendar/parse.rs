//! What people write for dates, lengths of time and zones, with an answer that says how to write it right.

use chrono::{NaiveDate, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::{Calendar, Grain};

/// The day through which data are complete: a date, or a period's label, which means its last day.
pub fn parse_as_of(text: &str, calendar: &Calendar) -> Result<NaiveDate, String> {
    let text = text.trim();
    let period = || calendar.parse_label(&text.to_ascii_uppercase()).map(|period| calendar.end(period));
    date(text).or_else(period).ok_or_else(|| {
        let example = match calendar.grain {
            Grain::Week { .. } => ", or a week that exists such as `2026-W46`",
            Grain::Day => "",
            Grain::Month => ", or a month such as `2026-11`",
        };
        format!("cannot read `{text}` as a day, write a date that exists such as `2026-11-15`{example}")
    })
}

/// A length of time in days: `7d` is days, `26w` weeks.
pub fn parse_days(text: &str) -> Result<u32, String> {
    let trimmed = text.trim();
    let read = || {
        let digits = trimmed.trim_end_matches(|c: char| !c.is_ascii_digit());
        let days_each = match trimmed[digits.len()..].trim() {
            "d" => 1,
            "w" => 7,
            _ => return None,
        };
        number(digits)?.checked_mul(days_each)
    };
    read().ok_or_else(|| {
        format!("cannot read `{text}` as a length of time, write days or weeks such as `7d` or `26w`")
    })
}

/// A time zone by its IANA name, in any case.
pub fn parse_zone(text: &str) -> Result<Tz, String> {
    let asked = text.trim().to_lowercase();
    let exact = TZ_VARIANTS.iter().find(|zone| zone.name().to_lowercase() == asked);
    exact.copied().ok_or_else(|| match nearest_zone(&asked) {
        Some(zone) => format!("unknown time zone `{text}`, did you mean `{zone}`?"),
        None => format!("unknown time zone `{text}`, write an IANA name such as `Europe/London`"),
    })
}

/// The zone whose name, or whose city alone, is most like the text. Fixed offsets are never proposed: `Etc/GMT+1`
/// is an hour *behind* Greenwich, so the look-alike would be wrong by two.
fn nearest_zone(asked: &str) -> Option<&'static str> {
    const LIKE_ENOUGH: f64 = 0.7;
    let asked = asked.replace(' ', "_");
    let likeness = |zone: &str| {
        let name = zone.to_lowercase();
        let city = name.rsplit('/').next().unwrap_or(&name);
        strsim::normalized_levenshtein(&name, &asked).max(strsim::normalized_levenshtein(city, &asked))
    };
    let mut best = (LIKE_ENOUGH, None);
    for name in TZ_VARIANTS.iter().map(|zone| zone.name()).filter(|name| !name.contains(['+', '-', '0'])) {
        let score = likeness(name);
        if score > best.0 {
            best = (score, Some(name));
        }
    }
    best.1
}

/// `2026-11-09`, exactly.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    NaiveDate::from_ymd_opt(four_digits(year)?, month, day)
}

/// The fourth day of the week `2026-W46` when weeks start on `start`.
pub(super) fn fourth_day_of_week(text: &str, start: Weekday) -> Option<NaiveDate> {
    let (year, week) = text.split_once("-W")?;
    let fourth = start.succ().succ().succ();
    NaiveDate::from_isoywd_opt(four_digits(year)?, two_digits(week)?, fourth)
}

fn four_digits(text: &str) -> Option<i32> {
    number(text).filter(|_| text.len() == 4).and_then(|year| i32::try_from(year).ok())
}

fn two_digits(text: &str) -> Option<u32> {
    number(text).filter(|_| text.len() == 2)
}

/// Digits alone; the standard library's own parser would take a sign too.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks() -> Calendar {
        Calendar { grain: Grain::Week { start: Weekday::Mon }, zone: Tz::UTC }
    }

    #[test]
    fn as_of_takes_a_date_or_a_label_in_either_case() {
        let day = |text| parse_as_of(text, &weeks()).unwrap().to_string();
        assert_eq!(day("2026-11-11"), "2026-11-11");
        assert_eq!(day("2026-W46"), "2026-11-15");
        assert_eq!(day(" 2026-w46 "), "2026-11-15");
        let months = Calendar { grain: Grain::Month, zone: Tz::UTC };
        assert_eq!(parse_as_of("2028-02", &months).unwrap().to_string(), "2028-02-29");
    }

    #[test]
    fn as_of_that_is_no_day_says_what_to_write() {
        for text in ["", "yesterday", "2026-02-30", "2026-11", "15/11/2026", "2026-1-5", "２０２６-11-15"]
        {
            let message = parse_as_of(text, &weeks()).unwrap_err();
            assert!(message.contains(&format!("`{text}`")) && message.contains("`2026-W46`"), "{message}");
        }
    }

    #[test]
    fn lengths_of_time_are_days_or_weeks() {
        assert_eq!(parse_days("7d"), Ok(7));
        assert_eq!(parse_days("0d"), Ok(0));
        assert_eq!(parse_days(" 26 w "), Ok(182));
        for text in ["", "d", "7", "-7d", "+7d", "3m", "1.5d", "7dd", "4294967295w", "7 days", "é"] {
            assert!(parse_days(text).unwrap_err().contains("`26w`"), "{text}");
        }
    }

    #[test]
    fn zones_are_read_in_any_case() {
        assert_eq!(parse_zone("Europe/London"), Ok(Tz::Europe__London));
        assert_eq!(parse_zone("europe/london "), Ok(Tz::Europe__London));
        assert_eq!(parse_zone("utc"), Ok(Tz::UTC));
    }

    #[test]
    fn an_unknown_zone_gets_the_nearest_name() {
        let suggestions = [
            ("Europe/Lodnon", "Europe/London"),
            ("london", "Europe/London"),
            ("America/New York", "America/New_York"),
            ("europe/warszawa", "Europe/Warsaw"),
        ];
        for (text, name) in suggestions {
            let message = parse_zone(text).unwrap_err();
            assert_eq!(message, format!("unknown time zone `{text}`, did you mean `{name}`?"));
        }
    }

    #[test]
    fn fixed_offsets_are_never_proposed() {
        for text in ["GMT+1", "UTC+2", "+01:00", "", "head office"] {
            let message = parse_zone(text).unwrap_err();
            assert!(message.ends_with("write an IANA name such as `Europe/London`"), "{message}");
        }
    }
}

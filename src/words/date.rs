//! Days, spans of days and names of periods.

use chrono::{Datelike, NaiveDate};

use super::Locale;
use super::locale::Dates;
use crate::calendar::{Calendar, Grain, Period};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONATE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const TAGE: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

/// `27 November`, `November 27`, `27. November`.
pub fn day(date: NaiveDate, locale: &Locale) -> String {
    let (day, month) = (date.day(), month(date, locale));
    match locale.dates {
        Dates::British => format!("{day} {month}"),
        Dates::American => format!("{month} {day}"),
        Dates::German => format!("{day}. {month}"),
    }
}

/// `Monday 30 November`.
pub fn day_of_week(date: NaiveDate, locale: &Locale) -> String {
    let names = if locale.dates == Dates::German { TAGE } else { DAYS };
    let name = names[date.weekday().num_days_from_monday() as usize];
    let comma = if locale.dates == Dates::British { "" } else { "," };
    format!("{name}{comma} {}", day(date, locale))
}

/// `9–15 November 2026`, naming month and year once where they are the same.
pub fn days(first: NaiveDate, last: NaiveDate, locale: &Locale) -> String {
    let year = |date: NaiveDate| match locale.dates {
        Dates::American => format!(", {}", date.year()),
        _ => format!(" {}", date.year()),
    };
    if first == last {
        return day(first, locale) + &year(first);
    }
    if first.year() != last.year() {
        return format!("{}{}–{}{}", day(first, locale), year(first), day(last, locale), year(last));
    }
    format!("{}{}", span(first, last, locale), year(last))
}

/// `17 August–8 November`, without the year.
pub fn span(first: NaiveDate, last: NaiveDate, locale: &Locale) -> String {
    if first == last {
        return day(first, locale);
    }
    if (first.year(), first.month()) != (last.year(), last.month()) {
        return format!("{}–{}", day(first, locale), day(last, locale));
    }
    match locale.dates {
        Dates::British => format!("{}–{}", first.day(), day(last, locale)),
        Dates::American => format!("{}–{}", day(first, locale), last.day()),
        Dates::German => format!("{}.–{}", first.day(), day(last, locale)),
    }
}

/// `week 46`, `November 2026`, `Monday 9 November`.
pub fn period_name(period: Period, calendar: &Calendar, locale: &Locale) -> String {
    let start = calendar.start(period);
    match calendar.grain {
        Grain::Week { .. } => {
            let label = calendar.label(period);
            let week = label.split_once("-W").map_or("", |(_, week)| week.trim_start_matches('0'));
            format!("week {week}")
        }
        Grain::Day => day_of_week(start, locale),
        Grain::Month => format!("{} {}", month(start, locale), start.year()),
    }
}

fn month(date: NaiveDate, locale: &Locale) -> &'static str {
    let names = if locale.dates == Dates::German { MONATE } else { MONTHS };
    names[date.month0() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn spans_name_month_and_year_once() {
        let cases = [
            ("en-GB", "2026-11-09", "2026-11-15", "9–15 November 2026"),
            ("en-GB", "2026-09-28", "2026-10-04", "28 September–4 October 2026"),
            ("en-GB", "2025-12-29", "2026-01-04", "29 December 2025–4 January 2026"),
            ("en-GB", "2026-11-09", "2026-11-09", "9 November 2026"),
            ("en-US", "2026-11-09", "2026-11-15", "November 9–15, 2026"),
            ("de", "2026-11-09", "2026-11-15", "9.–15. November 2026"),
        ];
        for (name, first, last, said) in cases {
            assert_eq!(days(date(first), date(last), &Locale::named(name).unwrap()), said);
        }
    }

    #[test]
    fn periods_are_called_what_people_call_them() {
        let weeks = Calendar { grain: Grain::Week { start: chrono::Weekday::Mon }, zone: chrono_tz::UTC };
        let months = Calendar { grain: Grain::Month, zone: chrono_tz::UTC };
        let on = date("2026-11-09");
        assert_eq!(period_name(weeks.of(on), &weeks, &Locale::default()), "week 46");
        assert_eq!(period_name(months.of(on), &months, &Locale::default()), "November 2026");
    }
}

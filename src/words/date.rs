//! Days, spans of days and names of periods.

use chrono::{Datelike as _, NaiveDate};

use super::{Locale, icu, say};
use crate::calendar::{Calendar, Grain, Period};

/// `27 November`, `November 27`, `27. November`.
pub fn day(date: NaiveDate, locale: &Locale) -> String {
    icu::day(locale.name(), date)
}

/// `Monday 30 November`.
pub fn day_of_week(date: NaiveDate, locale: &Locale) -> String {
    icu::weekday(locale.name(), date)
}

/// `9–15 November 2026`, naming month and year once where they are the same.
pub fn days(first: NaiveDate, last: NaiveDate, locale: &Locale) -> String {
    if first == last {
        return icu::date(locale.name(), first);
    }
    if first.year() != last.year() {
        let [first, last] = [first, last].map(|date| icu::date(locale.name(), date));
        return say!(locale, "dates", first, last);
    }
    let year = last.year().to_string();
    let dated = icu::date(locale.name(), last);
    if first.month() != last.month() {
        return say!(
            locale,
            "dates-in-year",
            first = day(first, locale),
            last = day(last, locale),
            dated,
            year
        );
    }
    say!(
        locale,
        "dates-in-month",
        from = first.day().to_string(),
        to = last.day().to_string(),
        first = day(first, locale),
        dated,
        year,
    )
}

/// `17 August–8 November`, without the year.
pub fn span(first: NaiveDate, last: NaiveDate, locale: &Locale) -> String {
    if first == last {
        return day(first, locale);
    }
    let [from, to] = [first, last].map(|date| date.day().to_string());
    let same = (first.year(), first.month()) == (last.year(), last.month());
    let [first, last] = [first, last].map(|date| day(date, locale));
    if same {
        say!(locale, "days-in-month", from, to, first, last)
    } else {
        say!(locale, "days", first, last)
    }
}

/// `week 46`, `November 2026`, `Monday 9 November`.
pub fn period_name(period: Period, calendar: &Calendar, locale: &Locale) -> String {
    let start = calendar.start(period);
    match calendar.grain {
        Grain::Week { .. } => {
            let label = calendar.label(period);
            let week = label.split_once("-W").map_or("", |(_, week)| week.trim_start_matches('0'));
            say!(locale, "week", week)
        }
        Grain::Day => day_of_week(start, locale),
        Grain::Month => icu::month(locale.name(), start),
    }
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

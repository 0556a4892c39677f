//! Zones, periods and labels: which week a moment falls in, and which period is complete.
//!
//! A period is an integer, so windows, shifts and histories are subtraction; only this module turns it into
//! dates and words. Everything is in the workspace's local time: a moment with an offset is converted once, on
//! reading, and never again. The module has no clock; "today" is somebody else's business.

mod parse;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

pub use parse::{parse_as_of, parse_days, parse_zone};

/// The index of a period. Consecutive periods are consecutive integers, and 0 is the period of 1 January 1970
/// whatever the grain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Period(pub i32);

/// How long a period is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grain {
    /// Seven days from the named weekday; ISO weeks start on Monday.
    Week {
        start: Weekday,
    },
    Day,
    Month,
}

/// The reporting calendar of a workspace: its grain, and the zone whose midnights divide the days.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub grain: Grain,
    pub zone: Tz,
}

impl Period {
    /// The period `by` periods later (earlier when negative), stopping at the ends of the range.
    #[must_use]
    pub fn shift(self, by: i32) -> Period {
        Period(self.0.saturating_add(by))
    }
}

impl Calendar {
    /// The period a day belongs to.
    pub fn of(&self, date: NaiveDate) -> Period {
        match self.epoch_days() {
            Some((offset, length)) => Period((days_since_1970(date) - offset).div_euclid(length)),
            None => Period((date.year() - 1970) * 12 + months_into_year(date)),
        }
    }

    /// The first day of a period. Beyond the years a date can hold, the first or last date there is.
    pub fn start(&self, period: Period) -> NaiveDate {
        match self.epoch_days() {
            Some((offset, length)) => {
                date_of_days(i64::from(period.0) * i64::from(length) + i64::from(offset))
            }
            None => first_of_month(period.0),
        }
    }

    /// The last day of a period.
    pub fn end(&self, period: Period) -> NaiveDate {
        let next = self.start(period.shift(1));
        next.pred_opt().unwrap_or(next)
    }

    /// The period's name: `2026-W46`, `2026-11-09` or `2026-11`.
    ///
    /// A week is named by the ISO week of its fourth day, which for weeks from Monday is the ISO rule itself.
    /// Over the years 0 to 9999 labels are unique and sort as text in the order of their periods.
    pub fn label(&self, period: Period) -> String {
        let start = self.start(period);
        match self.grain {
            Grain::Week { .. } => {
                let week = (start + TimeDelta::days(3)).iso_week();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Day => start.format("%Y-%m-%d").to_string(),
            Grain::Month => start.format("%Y-%m").to_string(),
        }
    }

    /// The period with this label, `None` when the text is not exactly a label of this calendar.
    pub fn parse_label(&self, text: &str) -> Option<Period> {
        let named = match self.grain {
            Grain::Week { start } => parse::fourth_day_of_week(text, start)?,
            Grain::Day => parse::date(text)?,
            Grain::Month => parse::date(&format!("{text}-01"))?,
        };
        Some(self.of(named))
    }

    /// The last period whose final day is on or before `as_of`, the day through which data are complete.
    pub fn last_complete(&self, as_of: NaiveDate) -> Period {
        let current = self.of(as_of);
        if self.end(current) == as_of { current } else { current.shift(-1) }
    }

    /// The whole periods that cover a number of days, rounded up. A month counts as 28 days, the shortest there
    /// is, so that nothing is taken as mature too early.
    pub fn periods_of_days(&self, days: u32) -> i32 {
        let length = match self.grain {
            Grain::Week { .. } => 7,
            Grain::Day => 1,
            Grain::Month => 28,
        };
        i32::try_from(days.div_ceil(length)).unwrap_or(i32::MAX)
    }

    /// `(offset, length)` in days such that a day's period is `floor((days_since_1970 - offset) / length)`, for
    /// a reduction that computes it as integer arithmetic. `None` for months, which differ in length.
    pub fn epoch_days(&self) -> Option<(i32, i32)> {
        match self.grain {
            Grain::Week { start } => Some((-days_from(start, Weekday::Thu), 7)),
            Grain::Day => Some((0, 1)),
            Grain::Month => None,
        }
    }

    /// A moment on the wall clock of the workspace's zone.
    pub fn local(&self, utc: DateTime<Utc>) -> NaiveDateTime {
        utc.with_timezone(&self.zone).naive_local()
    }
}

/// Days from one weekday forward to another, 0 to 6. 1 January 1970 was a Thursday.
fn days_from(from: Weekday, to: Weekday) -> i32 {
    i32::try_from(to.days_since(from)).unwrap_or(0)
}

fn days_since_1970(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

fn date_of_days(days: i64) -> NaiveDate {
    let edge = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).unwrap_or(edge)
}

fn months_into_year(date: NaiveDate) -> i32 {
    i32::try_from(date.month0()).unwrap_or(0)
}

fn first_of_month(months_since_1970: i32) -> NaiveDate {
    let year = 1970 + months_since_1970.div_euclid(12);
    let edge = if months_since_1970 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    u32::try_from(months_since_1970.rem_euclid(12) + 1)
        .ok()
        .and_then(|month| NaiveDate::from_ymd_opt(year, month, 1))
        .unwrap_or(edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKDAYS: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    fn calendars() -> Vec<Calendar> {
        let grains = WEEKDAYS.iter().map(|&start| Grain::Week { start }).chain([Grain::Day, Grain::Month]);
        grains.map(|grain| Calendar { grain, zone: Tz::Europe__London }).collect()
    }

    fn iso_weeks() -> Calendar {
        Calendar { grain: Grain::Week { start: Weekday::Mon }, zone: Tz::Europe__London }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days_1990_to_2060() -> impl Iterator<Item = NaiveDate> {
        date("1990-01-01").iter_days().take_while(|day| day.year() <= 2060)
    }

    #[test]
    fn every_day_lies_between_the_start_and_end_of_its_period() {
        for calendar in calendars() {
            for day in days_1990_to_2060() {
                let period = calendar.of(day);
                assert!(calendar.start(period) <= day && day <= calendar.end(period), "{calendar:?} {day}");
            }
        }
    }

    #[test]
    fn periods_follow_each_other_without_gap_or_overlap() {
        for calendar in calendars() {
            for day in days_1990_to_2060() {
                let (period, next) = (calendar.of(day), calendar.of(day.succ_opt().unwrap()));
                let expected = if calendar.end(period) == day { period.shift(1) } else { period };
                assert_eq!(next, expected, "{calendar:?} {day}");
            }
        }
    }

    #[test]
    fn weeks_start_on_the_weekday_asked_for() {
        for start in WEEKDAYS {
            let calendar = Calendar { grain: Grain::Week { start }, zone: Tz::UTC };
            for day in days_1990_to_2060() {
                assert_eq!(calendar.start(calendar.of(day)).weekday(), start);
            }
        }
    }

    #[test]
    fn labels_round_trip_and_sort_as_their_periods_do() {
        for calendar in calendars() {
            let (first, last) = (calendar.of(date("1990-01-01")), calendar.of(date("2060-12-31")));
            let labels: Vec<String> = (first.0..=last.0).map(|index| calendar.label(Period(index))).collect();
            assert!(labels.is_sorted_by(|a, b| a < b), "{calendar:?}");
            for (index, label) in (first.0..).zip(&labels) {
                assert_eq!(calendar.parse_label(label), Some(Period(index)), "{calendar:?} {label}");
            }
        }
    }

    #[test]
    fn iso_weeks_at_year_ends_carry_the_iso_year() {
        let calendar = iso_weeks();
        let cases = [
            ("2020-12-31", "2020-W53"),
            ("2021-01-03", "2020-W53"),
            ("2021-01-04", "2021-W01"),
            ("2024-12-30", "2025-W01"),
            ("2026-11-15", "2026-W46"),
            ("2027-01-01", "2026-W53"),
        ];
        for (day, label) in cases {
            assert_eq!(calendar.label(calendar.of(date(day))), label, "{day}");
        }
    }

    #[test]
    fn a_week_from_sunday_is_named_by_its_fourth_day() {
        let calendar = Calendar { grain: Grain::Week { start: Weekday::Sun }, zone: Tz::UTC };
        let period = calendar.of(date("2026-11-08"));
        assert_eq!(calendar.start(period), date("2026-11-08"));
        assert_eq!(calendar.label(period), "2026-W46");
    }

    #[test]
    fn only_exact_labels_of_the_calendar_are_labels() {
        let weeks = iso_weeks();
        for text in
            ["", "2026-W00", "2025-W53", "2026-W54", "2026-w46", "2026-W4", "2026-46", "+026-W46", "W46"]
        {
            assert_eq!(weeks.parse_label(text), None, "{text}");
        }
        let months = Calendar { grain: Grain::Month, zone: Tz::UTC };
        for text in ["2026-00", "2026-13", "2026-1", "2026", "2026-11-01"] {
            assert_eq!(months.parse_label(text), None, "{text}");
        }
        let days = Calendar { grain: Grain::Day, zone: Tz::UTC };
        assert_eq!(days.parse_label("2026-02-29"), None);
    }

    #[test]
    fn a_week_is_complete_on_its_last_day_and_not_before() {
        let calendar = iso_weeks();
        let label = |day| calendar.label(calendar.last_complete(date(day)));
        assert_eq!(label("2026-11-15"), "2026-W46");
        assert_eq!(label("2026-11-14"), "2026-W45");
        assert_eq!(label("2026-11-21"), "2026-W46");
    }

    #[test]
    fn the_last_complete_period_ends_by_the_day_and_the_next_does_not() {
        for calendar in calendars() {
            for day in days_1990_to_2060() {
                let last = calendar.last_complete(day);
                assert!(calendar.end(last) <= day && calendar.end(last.shift(1)) > day, "{calendar:?} {day}");
            }
        }
    }

    #[test]
    fn maturing_days_round_up_to_whole_periods() {
        let periods = |grain, days| Calendar { grain, zone: Tz::UTC }.periods_of_days(days);
        let week = Grain::Week { start: Weekday::Mon };
        assert_eq!([0, 1, 7, 8, 14].map(|days| periods(week, days)), [0, 1, 1, 2, 2]);
        assert_eq!([0, 28, 29, 31].map(|days| periods(Grain::Month, days)), [0, 1, 2, 2]);
        assert_eq!(periods(Grain::Day, 7), 7);
        assert_eq!(periods(Grain::Day, u32::MAX), i32::MAX);
    }

    #[test]
    fn integer_arithmetic_gives_the_same_period() {
        for calendar in calendars() {
            let Some((offset, length)) = calendar.epoch_days() else { continue };
            for day in [date("1903-02-07"), date("1969-12-31"), date("1970-01-01"), date("2026-11-15")] {
                let days = i32::try_from((day - date("1970-01-01")).num_days()).unwrap();
                let into_period = days - offset - length * calendar.of(day).0;
                assert!((0..length).contains(&into_period), "{calendar:?} {day}");
            }
        }
        assert_eq!(iso_weeks().epoch_days(), Some((-3, 7)));
    }

    #[test]
    fn periods_beyond_all_dates_end_at_the_last_date_and_do_not_panic() {
        for calendar in calendars() {
            for period in [Period(i32::MIN), Period(i32::MAX)] {
                let _ = (calendar.start(period), calendar.end(period));
            }
            for day in [NaiveDate::MIN, NaiveDate::MAX] {
                assert_eq!(calendar.of(day).0 < 0, day == NaiveDate::MIN, "{calendar:?}");
            }
        }
    }

    #[test]
    fn moments_take_the_offset_in_force_on_their_day() {
        let local = |text: &str| iso_weeks().local(text.parse().unwrap()).to_string();
        assert_eq!(local("2026-10-24T23:30:00Z"), "2026-10-25 00:30:00");
        assert_eq!(local("2026-10-25T23:30:00Z"), "2026-10-25 23:30:00");
    }
}

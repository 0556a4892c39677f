//! Numbers, dates and lists from the Unicode locale data. The makers of these strings are not shared between threads
//! (their data are counted without atomics), so each thread keeps its own.

use std::cell::RefCell;
use std::rc::Rc;
use std::str::FromStr as _;

use chrono::{Datelike as _, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, MDE, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale::{Locale, LocaleDirectionality};

type Dates<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// All that is asked of one locale.
struct Makers {
    number: DecimalFormatter,
    list: ListFormatter,
    day: Dates<MD>,
    weekday: Dates<MDE>,
    date: Dates<YMD>,
    month: Dates<YM>,
}

thread_local! {
    static MADE: RefCell<Vec<(String, Option<Rc<Makers>>)>> = const { RefCell::new(Vec::new()) };
}

/// Whether a name is a language tag, such as `pt-BR`.
pub(super) fn is_tag(name: &str) -> bool {
    Locale::try_from_str(name).is_ok_and(|locale| locale.to_string() == name && locale.extensions.is_empty())
}

/// Whether a language is written from right to left.
pub(super) fn is_right_to_left(name: &str) -> bool {
    let locale = Locale::try_from_str(name).unwrap_or(Locale::UNKNOWN);
    LocaleDirectionality::new_common().is_right_to_left(&locale.id)
}

/// A number written in digits and a point, such as `-1234.50`: with the locale's separators.
pub(super) fn decimal(locale: &str, plain: &str) -> String {
    let number = Decimal::from_str(plain).ok();
    let said = number.and_then(|number| with(locale, |makers| makers.number.format(&number).to_string()));
    said.unwrap_or_else(|| plain.to_owned())
}

/// `a, b and c`.
pub(super) fn list(locale: &str, items: &[&str]) -> String {
    with(locale, |makers| makers.list.format(items.iter()).to_string()).unwrap_or_else(|| items.join(", "))
}

/// `27 November`.
pub(super) fn day(locale: &str, date: NaiveDate) -> String {
    dated(locale, date, |makers, date| makers.day.format(&date).to_string())
}

/// `Monday 30 November`.
pub(super) fn weekday(locale: &str, date: NaiveDate) -> String {
    dated(locale, date, |makers, date| makers.weekday.format(&date).to_string())
}

/// `9 November 2026`.
pub(super) fn date(locale: &str, date: NaiveDate) -> String {
    dated(locale, date, |makers, date| makers.date.format(&date).to_string())
}

/// `November 2026`.
pub(super) fn month(locale: &str, date: NaiveDate) -> String {
    dated(locale, date, |makers, date| makers.month.format(&date).to_string())
}

fn dated(locale: &str, date: NaiveDate, write: impl Fn(&Makers, Date<Gregorian>) -> String) -> String {
    let month_and_day = u8::try_from(date.month()).ok().zip(u8::try_from(date.day()).ok());
    let known = month_and_day.and_then(|(m, d)| Date::try_new_gregorian(date.year(), m, d).ok());
    let said = known.and_then(|day| with(locale, |makers| write(makers, day)));
    said.unwrap_or_else(|| date.to_string())
}

/// `None` only where the locale data are not to be had, which those built in always are.
fn with<R>(locale: &str, read: impl FnOnce(&Makers) -> R) -> Option<R> {
    let kept = MADE.with_borrow(|made| made.iter().find(|(name, _)| name == locale).map(|(_, m)| m.clone()));
    let makers = kept.unwrap_or_else(|| {
        let makers = Makers::of(locale).map(Rc::new);
        MADE.with_borrow_mut(|made| made.push((locale.to_owned(), makers.clone())));
        makers
    });
    makers.as_deref().map(read)
}

impl Makers {
    fn of(name: &str) -> Option<Self> {
        // Digits stay 0 to 9: charts, ranges and signs are built around them.
        let locale = Locale::try_from_str(&format!("{name}-u-nu-latn")).ok()?;
        let lists = ListFormatterOptions::default().with_length(ListLength::Wide);
        Some(Self {
            number: DecimalFormatter::try_new(
                (&locale).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok()?,
            list: ListFormatter::try_new_and((&locale).into(), lists).ok()?,
            day: Dates::try_new((&locale).into(), MD::long()).ok()?,
            weekday: Dates::try_new((&locale).into(), MDE::long()).ok()?,
            date: Dates::try_new((&locale).into(), YMD::long()).ok()?,
            month: Dates::try_new((&locale).into(), YM::long()).ok()?,
        })
    }
}

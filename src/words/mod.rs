//! Numbers and sentences in the client's locale and the metric's unit. Every number a person reads passes
//! through here once, so a level, a difference and a share look the same in a title, a table and a chart.
//! The sentences of the pages are in [`phrases`]; which of them is said stays with the page.

mod check;
mod date;
mod icu;
mod locale;
mod number;
mod phrase;
pub mod phrases;
mod sentence;

pub use check::{DECISION, Samples, TAGS, TextError, check, check_decision, placed};
pub use date::{day, day_of_week, days, period_name, span};
pub use fluent_bundle::FluentValue as Said;
pub use locale::Locale;
pub(crate) use locale::say;
pub use number::{
    as_sentence, bare, bare_difference, capital, count, counted, decimals_for, decimals_of_difference,
    difference, difference_at, fixed, format, format_value, is_direction_mark, level, list, minutes,
    not_known, of_ten, percent, periods, points, printed_difference, range, rounded, share, shortened,
    shortened_to, signed, spelt, trimmed, trimmed_level, unit_of_differences, unit_of_levels, whole,
};
pub use phrase::{column_doc, in_short, phrase, spoken};
pub use sentence::{Facts, Given, Measured, sentence};

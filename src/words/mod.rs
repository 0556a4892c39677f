//! Numbers and sentences in the client's locale and the metric's unit. Every number a person reads passes
//! through here once, so a level, a difference and a share look the same in a title, a table and a chart.
//! What stays out: rules, thresholds as written, pages. The page's own sentences are English; the locale
//! decides separators, signs and dates.

mod check;
mod date;
mod locale;
mod number;
mod sentence;

pub use check::{DECISION, Samples, TAGS, TextError, check, check_decision, placed};
pub use date::{day, day_of_week, days, period_name, span};
pub use locale::Locale;
pub use number::{
    as_sentence, bare, bare_difference, capital, count, counted, decimals_for, decimals_of_difference,
    difference, fixed, format, format_value, is_direction_mark, level, list, minutes, of_ten, percent,
    points, range, rounded, share, shortened, shortened_to, signed, spelt, trimmed, trimmed_level, whole,
};
pub use sentence::{Facts, Given, Measured, sentence};

/// Printed where a value is missing.
pub const NOT_KNOWN: &str = "not known";

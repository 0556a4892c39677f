//! A metric's numbers as charts print them: in its unit and the client's locale.

use crate::model::{Metric, UnitKind};
use crate::words::{self, Locale, say};

/// Longer units would make the labels of an axis run into each other.
const LONGEST_UNIT: usize = 4;
/// Characters of a unit's name in a sentence.
const LONGEST_NAME: usize = 24;

#[derive(Clone, Copy)]
pub(in crate::report) struct Voice<'a> {
    pub(in crate::report) metric: &'a Metric,
    pub(in crate::report) locale: &'a Locale,
}

impl Voice<'_> {
    /// What people call the metric.
    pub(super) fn label(self) -> String {
        words::shortened(&self.metric.label)
    }

    pub(super) fn level(self, value: f64) -> String {
        words::level(value, self.metric, self.locale)
    }

    /// A level at a round place of an axis.
    pub(super) fn tick(self, value: f64) -> String {
        if self.metric.unit.suffix.chars().count() > LONGEST_UNIT {
            return words::trimmed(value, 3, self.locale);
        }
        words::trimmed_level(value, self.metric, self.locale)
    }

    /// `8.2 points`.
    pub(super) fn difference(self, value: f64) -> String {
        words::difference(value, self.metric, self.locale)
    }

    /// `+8.2 points`.
    pub(super) fn signed(self, value: f64) -> String {
        words::signed(&self.difference(value))
    }

    /// `66.3 % to 67.3 %`.
    pub(super) fn range(self, low: f64, high: f64) -> String {
        say!(self.locale, "chart-levels", low = self.level(low), high = self.level(high))
    }

    /// `(−0.9 to +1.5)`.
    pub(super) fn signed_range(self, low: f64, high: f64) -> String {
        let said = |value: f64| words::signed(&words::bare_difference(value, self.metric, self.locale));
        say!(self.locale, "chart-signed-range", low = said(low), high = said(high))
    }

    /// A difference at a round place of an axis: without its unit, which stands at the axis.
    pub(super) fn tick_difference(self, value: f64) -> String {
        let scaled = if self.metric.unit.kind == UnitKind::Share { value * 100.0 } else { value };
        words::trimmed(scaled, 3, self.locale)
    }

    pub(super) fn tick_signed(self, value: f64) -> String {
        words::signed(&self.tick_difference(value))
    }

    /// The unit of differences, as messages choose by it: `points`, `s`, or `none`.
    pub(super) fn unit(self) -> String {
        named(words::unit_of_differences(self.metric, self.locale))
    }

    /// The unit of levels, as messages choose by it: `%`, `s`, or `none`.
    pub(super) fn level_unit(self) -> String {
        named(words::unit_of_levels(self.metric, self.locale))
    }

    pub(in crate::report) fn percent(self, share: f64) -> String {
        words::percent(share, 0, self.locale)
    }
}

fn named(unit: Option<String>) -> String {
    unit.map_or_else(|| "none".to_owned(), |unit| words::shortened_to(&unit, LONGEST_NAME))
}

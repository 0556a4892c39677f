//! A metric's numbers as charts print them: in its unit and the client's locale.

use crate::model::{Metric, UnitKind};
use crate::words::{self, Locale};

/// Longer units would make the labels of an axis run into each other.
const LONGEST_UNIT: usize = 4;

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

    /// `(−0.9 to +1.5)`.
    pub(super) fn signed_range(self, low: f64, high: f64) -> String {
        let said = |value: f64| words::signed(&words::bare_difference(value, self.metric, self.locale));
        format!("({} to {})", said(low), said(high))
    }

    /// A difference at a round place of an axis: without its unit, which stands at the axis.
    pub(super) fn tick_difference(self, value: f64) -> String {
        let scaled = if self.metric.unit.kind == UnitKind::Share { value * 100.0 } else { value };
        words::trimmed(scaled, 3, self.locale)
    }

    pub(super) fn tick_signed(self, value: f64) -> String {
        words::signed(&self.tick_difference(value))
    }

    /// The unit of differences: `points`, `s`; empty where there is none.
    pub(super) fn unit(self) -> String {
        let said = words::difference(0.0, self.metric, self.locale);
        said.split_once(' ').map(|(_, unit)| words::shortened_to(unit, 24)).unwrap_or_default()
    }

    /// The unit of levels: `%`, `s`; empty where there is none.
    pub(super) fn level_unit(self) -> String {
        words::shortened_to(
            words::trimmed_level(0.0, self.metric, self.locale).trim_start_matches('0').trim(),
            24,
        )
    }

    pub(super) fn percent(self, share: f64) -> String {
        words::percent(share, 0, self.locale)
    }
}

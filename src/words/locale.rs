//! The few things that differ between the places gapwise is read in.

use crate::calendar::Grain;

/// How numbers, dates and periods are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// As written in the workspace: `en-GB`, `en-US` or `de`.
    pub name: &'static str,
    pub(super) decimal: char,
    pub(super) thousands: char,
    /// Between a number and `%`.
    pub(super) before_percent: &'static str,
    pub(super) dates: Dates,
    /// Names one period: `week`, `day` or `month`.
    pub(super) grain: Grain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    British,
    American,
    German,
}

const WEEK: Grain = Grain::Week { start: chrono::Weekday::Mon };

const BRITISH: Locale = Locale {
    name: "en-GB",
    decimal: '.',
    thousands: ',',
    before_percent: " ",
    dates: Dates::British,
    grain: WEEK,
};
const AMERICAN: Locale = Locale { name: "en-US", before_percent: "", dates: Dates::American, ..BRITISH };
const GERMAN: Locale = Locale { name: "de", decimal: ',', thousands: '.', dates: Dates::German, ..BRITISH };

impl Locale {
    /// The names a workspace may write, the default first.
    pub const NAMES: [&'static str; 3] = ["en-GB", "en-US", "de"];

    /// `None` for a name that is not one of [`Locale::NAMES`].
    pub fn named(name: &str) -> Option<Self> {
        [BRITISH, AMERICAN, GERMAN].into_iter().find(|locale| locale.name == name)
    }

    /// The same locale counting in the calendar's periods; weeks unless said.
    #[must_use]
    pub fn with_grain(self, grain: Grain) -> Self {
        Self { grain, ..self }
    }

    /// The language of the page's own sentences, for `<html lang>`.
    pub fn lang(&self) -> &'static str {
        match self.dates {
            Dates::American => "en-US",
            Dates::British => "en-GB",
            Dates::German => "en",
        }
    }

    /// `week`, `day` or `month`.
    pub fn period(&self) -> &'static str {
        match self.grain {
            Grain::Week { .. } => "week",
            Grain::Day => "day",
            Grain::Month => "month",
        }
    }

    /// `week` or `weeks`.
    pub fn periods(&self, count: f64) -> String {
        let name = self.period();
        if (count.abs() - 1.0).abs() < 1e-9 { name.to_owned() } else { format!("{name}s") }
    }
}

impl Default for Locale {
    fn default() -> Self {
        BRITISH
    }
}

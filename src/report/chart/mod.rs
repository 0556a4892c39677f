//! Charts: places computed from data, labels measured so that they neither meet nor leave the chart, and the words
//! that say what is seen. Every chart tells in its text alternative and its table what it draws. How marks look
//! belongs to the templates; what may be shown of people was decided before.

mod chain;
mod clusters;
mod control;
mod event;
mod font;
mod ledger;
mod minutes;
mod named;
mod over_time;
mod pareto;
mod scale;
mod sheet;
mod spread;
mod stages;
mod timeline;
mod types;
mod voice;
mod waterfall;

pub(super) use chain::chain;
pub(super) use clusters::clusters;
pub(super) use control::control;
pub(super) use event::event;
pub(super) use ledger::{Ledger, ledger};
pub(super) use minutes::minutes;
pub(super) use pareto::pareto;
pub(super) use spread::{People, spread};
pub(super) use stages::{Cell, Column, stages};
pub(super) use timeline::{Answers, timeline};
pub(super) use types::types;
pub(super) use voice::Voice;
pub(super) use waterfall::waterfall;

use super::context::Chart;
use crate::words::{self, Locale, say};

/// Contact types drawn one by one.
const TYPES: usize = 12;

/// Says why nothing is drawn.
fn nothing(says: impl Into<String>) -> Chart {
    Chart { says: says.into(), ..Chart::default() }
}

fn count(n: usize) -> f64 {
    words::whole(n as u64)
}

/// A small count at the start of a sentence.
fn spelt_first(n: usize, locale: &Locale) -> String {
    words::capital(&words::spelt(n, locale))
}

/// `a; b; c`.
fn parts(parts: impl IntoIterator<Item = String>, locale: &Locale) -> String {
    parts.into_iter().reduce(|before, next| say!(locale, "chart-parts", before, next)).unwrap_or_default()
}

/// `a, b, c`.
fn items(items: impl IntoIterator<Item = String>, locale: &Locale) -> String {
    items.into_iter().reduce(|before, next| say!(locale, "chart-items", before, next)).unwrap_or_default()
}

/// The name of a range: `95 % range`.
fn range_of(level: f64, locale: &Locale) -> String {
    say!(locale, "chart-range", level = words::percent(level, 0, locale))
}

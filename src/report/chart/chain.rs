//! From effort to outcome: a line a link, each in its own unit and on its own scale, so that only the side of zero and
//! the width of the range compare.

use super::font::{Face, wrap};
use super::scale::Scale;
use super::sheet::{Anchor, LINE, NARROW, Sheet, Words};
use super::voice::Voice;
use super::{nothing, parts, range_of};
use crate::model::{Chain, Link, Ranged};
use crate::report::context::{Chart, Table};
use crate::words::{self, say};

/// What the range of a link holds.
const HOLDS: f64 = 0.95;

/// A link as drawn.
struct Row {
    link: Link,
    label: String,
    said: String,
    range: Option<Ranged>,
    /// What is too small to matter, either way.
    material: Option<f64>,
}

/// `behaviour` speaks of the metric that is followed, where there is one.
pub(in crate::report) fn chain(chain: &Chain, outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Chart {
    let rows = rows(chain, outcome, behaviour);
    if rows.iter().all(|row| row.range.is_none()) {
        return nothing(say!(outcome.locale, "chart-chain-none", label = outcome.label()));
    }
    let mut sheet = Sheet::default();
    for (index, row) in rows.iter().enumerate() {
        sheet.head(Face::Strong, &row.label, &row.said);
        draw(&mut sheet, row);
        sheet.y += 24.0;
        if chain.link == Some(row.link) {
            broken_here(&mut sheet, &say!(outcome.locale, "chart-chain-name-end"));
        } else if index + 1 < rows.len() {
            sheet.sign("c-arrow", (50.0, sheet.y + 6.0), "M0-5V5M-4 1L0 5 4 1");
            sheet.y += 14.0;
        }
    }
    sheet.y += 4.0;
    sheet.chart(told(chain, &rows, outcome, behaviour))
}

/// A cross between two links, and what it means beside it.
fn broken_here(sheet: &mut Sheet, says: &str) {
    const BESIDE: f64 = 12.0;
    sheet.sign("c-broken", (50.0, sheet.y + 8.0), "M-5-5L5 5M5-5L-5 5");
    for line in wrap(says, Face::Plain, NARROW / 2.0 - BESIDE, 3) {
        sheet.text_beside((50.0, sheet.y + 13.0), BESIDE, Anchor::Start, Face::Plain, "", &line);
        sheet.y += LINE;
    }
    sheet.y += 3.0;
}

fn rows(chain: &Chain, outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Vec<Row> {
    let locale = outcome.locale;
    let plain = |value: f64| words::signed(&words::trimmed(value, 1, locale));
    let minutes = |value: f64| say!(locale, "minutes", number = plain(value));
    let said = |range: Option<Ranged>, say: &dyn Fn(f64) -> String| {
        range.map_or_else(|| words::not_known(locale), |range| say(range.value))
    };
    let moved = |voice: Voice<'_>, range: Option<Ranged>| said(range, &|value| voice.signed(value));
    let followed = behaviour.map(|voice| say!(locale, "chart-chain-behaviour", label = voice.label()));
    vec![
        Row {
            link: Link::Effort,
            label: say!(locale, "chart-chain-effort"),
            said: said(chain.minutes_change, &minutes),
            range: chain.minutes_change,
            material: None,
        },
        Row {
            link: Link::Activity,
            label: say!(locale, "chart-chain-activity"),
            said: said(chain.sessions_change, &plain),
            range: chain.sessions_change,
            material: None,
        },
        Row {
            link: Link::Behaviour,
            label: followed.unwrap_or_else(|| say!(locale, "chart-chain-no-behaviour")),
            said: behaviour
                .map_or_else(|| words::not_known(locale), |voice| moved(voice, chain.behaviour_effect)),
            range: chain.behaviour_effect.filter(|_| behaviour.is_some()),
            material: behaviour.map(|voice| voice.metric.material),
        },
        Row {
            link: Link::Outcome,
            label: say!(locale, "chart-chain-outcome", label = outcome.label()),
            said: moved(outcome, chain.outcome_effect),
            range: chain.outcome_effect,
            material: Some(outcome.metric.material),
        },
    ]
}

fn draw(sheet: &mut Sheet, row: &Row) {
    let middle = sheet.y + 11.0;
    let ends = row.range.map_or([0.0, 0.0, 0.0], |range| [range.low, range.value, range.high]);
    let widest =
        ends.into_iter().chain(row.material).map(f64::abs).filter(|x| x.is_finite()).fold(0.0, f64::max);
    if widest > 0.0
        && let Some(scale) = Scale::over([-widest, widest].into_iter())
    {
        if let Some(material) = row.material {
            let (from, to) = (scale.at(-material), scale.at(material));
            sheet.rect("c-luck", (from, middle - 9.0), (to - from, 18.0));
        }
        if let Some(range) = row.range {
            sheet.whisker("c-range", scale, (range.low, range.high), middle);
            sheet.dot("c-now", (scale.at(range.value), middle), 5.0);
        }
    }
    sheet.line("c-axis", (50.0, middle - 11.0), (50.0, middle + 11.0));
}

fn told(chain: &Chain, rows: &[Row], outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Words {
    let locale = outcome.locale;
    let voice = |row: &Row| match row.link {
        Link::Behaviour => behaviour,
        Link::Outcome => Some(outcome),
        _ => None,
    };
    let bare = |value: f64| words::signed(&words::trimmed(value, 1, locale));
    let range = |row: &Row| match (row.range, voice(row)) {
        (None, _) => String::new(),
        (Some(range), Some(voice)) => voice.signed_range(range.low, range.high),
        (Some(range), None) => {
            say!(locale, "chart-signed-range", low = bare(range.low), high = bare(range.high))
        }
    };
    let line = |row: &Row| vec![row.label.clone(), row.said.clone(), range(row)];
    let said = |row: &Row| {
        let (link, change) = (row.label.as_str(), row.said.as_str());
        match range(row) {
            none if none.is_empty() => say!(locale, "chart-chain-link", link, change),
            range => say!(locale, "chart-chain-link-in-range", link, change, range),
        }
    };
    let says = say!(locale, "chart-chain-says", links = parts(rows.iter().map(said), locale));
    let ends = say!(locale, "chart-chain-ends", at = broken(chain));
    let head = [
        say!(locale, "chart-chain-head-link"),
        say!(locale, "chart-chain-head-change"),
        range_of(HOLDS, locale),
    ];
    Words {
        title: say!(locale, "chart-chain-title", at = broken(chain), label = outcome.label()),
        says: format!("{says} {ends}"),
        note: say!(locale, "chart-chain-note"),
        key: say!(locale, "chart-chain-key", level = words::percent(HOLDS, 0, locale)),
        table: Table { head: head.to_vec(), rows: rows.iter().map(line).collect() },
    }
}

/// The link that does not hold, as messages choose by it: its name, `none` or `unknown`.
fn broken(chain: &Chain) -> &'static str {
    chain.link.map_or("unknown", Link::name)
}

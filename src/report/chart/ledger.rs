//! Where a gap's points are, as one bar.

use super::named::{Part, bar, name};
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use crate::report::context::{Chart, Table};
use crate::words::say;

const HEIGHT: f64 = 26.0;

/// The parts of the bar as a page prints them.
pub(in crate::report) struct Ledger<'a> {
    pub(in crate::report) voice: Voice<'a>,
    /// Identity, size in the metric's unit, `6.7`, `(0.4–0.9)` or nothing, what it is.
    pub(in crate::report) parts: [(&'a str, f64, &'a str, &'a str, &'a str); 3],
    /// `6.7 points`.
    pub(in crate::report) amounts: [String; 3],
    /// `8.2 points`.
    pub(in crate::report) total: &'a str,
    /// Range of the part within reach, in the unit of the sizes, and its level: `80 %`.
    pub(in crate::report) range: (f64, f64),
    pub(in crate::report) level: &'a str,
    /// What lies ahead of target, which is not drawn.
    pub(in crate::report) ahead: Option<&'a str>,
}

pub(in crate::report) fn ledger(ledger: &Ledger<'_>) -> Chart {
    let locale = ledger.voice.locale;
    let parts = ledger.parts.map(|(id, size, value, range, words)| Part {
        class: class(id),
        size,
        text: match range {
            "" => say!(locale, "chart-ledger-part", value, words),
            range => say!(locale, "chart-ledger-part-in-range", value, range, words),
        },
    });
    let mut sheet = Sheet::from(11.0);
    let places = bar(&mut sheet, &parts, HEIGHT);
    range(&mut sheet, ledger, &places);
    name(&mut sheet, &parts, &places);
    let ahead = ledger.ahead.map(|ahead| say!(locale, "chart-ledger-ahead", ahead));
    let said = parts.iter().map(|part| part.text.clone()).chain(ahead);
    let rows =
        ledger.parts.map(|(_, _, value, range, words)| [words, value, range].map(str::to_owned).to_vec());
    let head = [
        say!(locale, "chart-ledger-head-part"),
        say!(locale, "chart-ledger-head-size"),
        say!(locale, "chart-ledger-head-range"),
    ];
    sheet.chart(Words {
        title: title(ledger),
        says: say!(locale, "chart-ledger-says", total = ledger.total, parts = super::parts(said, locale),),
        note: String::new(),
        key: say!(locale, "chart-ledger-key", level = ledger.level),
        table: Table { head: head.to_vec(), rows: rows.to_vec() },
    })
}

fn class(id: &str) -> &'static str {
    match id {
        "out" => "c-out",
        "reach" => "c-reach",
        _ => "c-unplaced",
    }
}

/// How much more or less could be within reach, above the bar, from where that part begins.
fn range(sheet: &mut Sheet, ledger: &Ledger<'_>, places: &[(f64, f64)]) {
    let whole: f64 = ledger.parts.iter().map(|part| part.1.max(0.0)).sum();
    let (low, high) = ledger.range;
    if !(low.is_finite() && high.is_finite() && high > low) {
        return;
    }
    let at = |value: f64| (places[1].0 + value / whole * 100.0).clamp(0.2, 99.8);
    for (from, to) in [
        ((at(low), 5.0), (at(high), 5.0)),
        ((at(low), 1.0), (at(low), 9.0)),
        ((at(high), 1.0), (at(high), 9.0)),
    ] {
        sheet.line("c-range", from, to);
    }
}

/// The largest part as a sentence.
fn title(ledger: &Ledger<'_>) -> String {
    let locale = ledger.voice.locale;
    let sizes = ledger.parts.iter().map(|part| part.1).enumerate();
    let (largest, _) =
        sizes.fold((0, ledger.parts[0].1), |best, part| if part.1 > best.1 { part } else { best });
    let (part, _, value, _, words) = ledger.parts[largest];
    let Some(ahead) = ledger.ahead else {
        return say!(locale, "chart-ledger-title", part, value, total = ledger.total, words);
    };
    // What is ahead of target makes a part larger than the whole.
    let size = ledger.amounts[largest].as_str();
    say!(locale, "chart-ledger-title-ahead", part, size, words, ahead)
}

//! Contact types, the largest part of the gap first: level now with its range, best agents, target.

use super::font::Face;
use super::named::name_below;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{TYPES, items, nothing, parts, range_of};
use crate::model::{Breakdown, BreakdownRow};
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale, say};

/// A diamond of the size of a dot.
const DIAMOND: &str = "M0-6L6 0 0 6-6 0Z";
/// What a range holds, and the standard errors to either end of it.
const HOLDS: f64 = 0.95;
const Z: f64 = 1.959_964;

pub(in crate::report) fn types(breakdown: &Breakdown, voice: Voice<'_>) -> Chart {
    let rows = &breakdown.rows[..breakdown.rows.len().min(TYPES)];
    let values = |row: &BreakdownRow| {
        let (low, high) = range(row).unwrap_or((row.actual, row.actual));
        [Some(row.actual), Some(low), Some(high), row.best_agents, row.target].into_iter().flatten()
    };
    let Some(scale) = Scale::over(rows.iter().flat_map(values)) else {
        return nothing(say!(voice.locale, "chart-types-none"));
    };
    let ticks = scale.ticks_across(|value| voice.tick(value));
    let mut sheet = Sheet::default();
    for (index, row) in rows.iter().enumerate() {
        let carrier = breakdown.carriers.contains(&row.contact_type);
        sheet.head(
            if carrier { Face::Strong } else { Face::Plain },
            &row.contact_type,
            &voice.level(row.actual),
        );
        sheet.grid(&ticks, sheet.y, sheet.y + 20.0);
        let middle = sheet.y + 10.0;
        mark(&mut sheet, row, scale, middle);
        sheet.y += 20.0;
        if index == 0 {
            let from = middle + 6.0;
            name_below(&mut sheet, from, &names(row, scale, voice.locale));
        }
        sheet.y += 4.0;
    }
    sheet.axis(&ticks);
    sheet.chart(words(breakdown, rows, voice))
}

fn range(row: &BreakdownRow) -> Option<(f64, f64)> {
    let half = Z * row.carries_se.filter(|se| se.is_finite())? / row.share;
    half.is_finite().then_some((row.actual - half, row.actual + half))
}

fn mark(sheet: &mut Sheet, row: &BreakdownRow, scale: Scale, middle: f64) {
    let now = scale.at(row.actual);
    if let Some(target) = row.target.map(|target| scale.at(target)) {
        sheet.line("c-short", (now, middle), (target, middle));
        sheet.line("c-target", (target, middle - 9.0), (target, middle + 9.0));
    }
    if let Some(range) = range(row) {
        sheet.whisker("c-range", scale, range, middle);
    }
    if let Some(best) = row.best_agents {
        sheet.sign("c-best", (scale.at(best), middle), DIAMOND);
    }
    sheet.dot("c-now", (now, middle), 5.0);
}

/// What the marks are, said once, at the first row.
fn names(row: &BreakdownRow, scale: Scale, locale: &Locale) -> Vec<(f64, String)> {
    let best = row.best_agents.map(|best| (scale.at(best), say!(locale, "chart-types-name-best")));
    let target = row.target.map(|target| (scale.at(target), say!(locale, "chart-target")));
    let now = (scale.at(row.actual), say!(locale, "chart-now"));
    let mut names: Vec<(f64, String)> = [Some(now), best, target].into_iter().flatten().collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    names
}

fn words(breakdown: &Breakdown, rows: &[BreakdownRow], voice: Voice<'_>) -> Words {
    let locale = voice.locale;
    let hidden = breakdown.rows.len() - rows.len();
    let hidden = (hidden > 0)
        .then(|| say!(locale, "chart-types-hidden", count = words::spelt(hidden, locale), n = hidden));
    let said = rows.iter().map(|row| said(row, voice)).chain(hidden);
    let head = [
        say!(locale, "chart-head-type"),
        say!(locale, "chart-now"),
        range_of(HOLDS, locale),
        say!(locale, "chart-types-head-best"),
        say!(locale, "chart-target"),
    ];
    Words {
        title: title(rows, voice),
        says: say!(locale, "chart-types-says", parts = parts(said, locale)),
        note: String::new(),
        key: say!(locale, "chart-types-key", level = words::percent(HOLDS, 0, locale)),
        table: Table { head: head.to_vec(), rows: rows.iter().map(|row| line(row, voice)).collect() },
    }
}

fn line(row: &BreakdownRow, voice: Voice<'_>) -> Vec<String> {
    let cell = |value: Option<f64>| value.map(|value| voice.level(value)).unwrap_or_default();
    vec![
        words::shortened(&row.contact_type),
        cell(Some(row.actual)),
        range(row).map(|(low, high)| voice.range(low, high)).unwrap_or_default(),
        cell(row.best_agents),
        row.target.map(|target| voice.tick(target)).unwrap_or_default(),
    ]
}

/// `Billing 66.8 % (best quarter 71.0 %, target 75 %)`.
fn said(row: &BreakdownRow, voice: Voice<'_>) -> String {
    let locale = voice.locale;
    let best = row.best_agents.map(|best| say!(locale, "chart-types-best", level = voice.level(best)));
    let target = row.target.map(|target| say!(locale, "chart-name-target", target = voice.tick(target)));
    let (name, level) = (words::shortened_to(&row.contact_type, 60), voice.level(row.actual));
    let beside = items([best, target].into_iter().flatten(), locale);
    if beside.is_empty() {
        return say!(locale, "chart-types-level", name, level);
    }
    say!(locale, "chart-types-level-beside", name, level, beside)
}

/// In how many types even the best miss the target.
fn title(rows: &[BreakdownRow], voice: Voice<'_>) -> String {
    let locale = voice.locale;
    let known: Vec<f64> = rows
        .iter()
        .filter_map(|row| Some(voice.metric.better.sign() * (row.target? - row.best_agents?)))
        .collect();
    let missed = known.iter().filter(|short| **short > 0.0).count();
    let (count, all) = (words::spelt(missed, locale), words::spelt(known.len(), locale));
    match (missed, known.len()) {
        (_, 0) => say!(locale, "chart-types-title"),
        (0, n) => say!(locale, "chart-types-title-met", n, all),
        (missed, n) if missed == n => say!(locale, "chart-types-title-missed", n, all),
        (n, _) => say!(locale, "chart-types-title-missed-some", n, count, all),
    }
}

//! Contact types, the largest part of the gap first: level now with its range, best agents, target.

use super::font::Face;
use super::named::name_below;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{TYPES, nothing};
use crate::model::{Breakdown, BreakdownRow};
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale};

/// A diamond of the size of a dot.
const DIAMOND: &str = "M0-6L6 0 0 6-6 0Z";
/// Standard errors to either end of a 95 % range.
const Z: f64 = 1.959_964;

pub(in crate::report) fn types(breakdown: &Breakdown, voice: Voice<'_>) -> Chart {
    let rows = &breakdown.rows[..breakdown.rows.len().min(TYPES)];
    let values = |row: &BreakdownRow| {
        let (low, high) = range(row).unwrap_or((row.actual, row.actual));
        [Some(row.actual), Some(low), Some(high), row.best_agents, row.target].into_iter().flatten()
    };
    let Some(scale) = Scale::over(rows.iter().flat_map(values)) else {
        return nothing("No contact type has a level that could be drawn.");
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
            name_below(&mut sheet, from, &names(row, scale));
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
fn names(row: &BreakdownRow, scale: Scale) -> Vec<(f64, String)> {
    let best = row.best_agents.map(|best| (scale.at(best), "best quarter of agents".to_owned()));
    let target = row.target.map(|target| (scale.at(target), "target".to_owned()));
    let now = (scale.at(row.actual), "now".to_owned());
    let mut names: Vec<(f64, String)> = [Some(now), best, target].into_iter().flatten().collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    names
}

fn words(breakdown: &Breakdown, rows: &[BreakdownRow], voice: Voice<'_>) -> Words {
    let cell = |value: Option<f64>| value.map(|value| voice.level(value)).unwrap_or_default();
    let line = |row: &BreakdownRow| {
        let range = range(row).map(|(low, high)| format!("{} to {}", voice.level(low), voice.level(high)));
        vec![
            words::shortened(&row.contact_type),
            cell(Some(row.actual)),
            range.unwrap_or_default(),
            cell(row.best_agents),
            row.target.map(|target| voice.tick(target)).unwrap_or_default(),
        ]
    };
    let said = |row: &BreakdownRow| {
        let best = row.best_agents.map(|best| format!("best quarter {}", voice.level(best)));
        let target = row.target.map(|target| format!("target {}", voice.tick(target)));
        let beside: Vec<String> = [best, target].into_iter().flatten().collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        format!("{} {}{beside}", words::shortened_to(&row.contact_type, 60), voice.level(row.actual))
    };
    let hidden = breakdown.rows.len() - rows.len();
    let more = if hidden > 0 {
        format!("; {} further types not drawn", words::spelt(hidden, voice.locale))
    } else {
        String::new()
    };
    Words {
        title: title(rows, voice),
        says: format!(
            "Level by contact type: {}{more}.",
            rows.iter().map(said).collect::<Vec<_>>().join("; ")
        ),
        note: String::new(),
        key: "Thin line with ends: 95 % range of the level. Bold: types that carry the gap.".to_owned(),
        table: Table {
            head: ["contact type", "now", "95 % range", "best quarter", "target"].map(str::to_owned).to_vec(),
            rows: rows.iter().map(line).collect(),
        },
    }
}

/// In how many types even the best miss the target.
fn title(rows: &[BreakdownRow], voice: Voice<'_>) -> String {
    let known: Vec<f64> = rows
        .iter()
        .filter_map(|row| Some(voice.metric.better.sign() * (row.target? - row.best_agents?)))
        .collect();
    let missed = known.iter().filter(|short| **short > 0.0).count();
    let kinds = if known.len() == 1 { "contact type" } else { "contact types" };
    match (missed, known.len()) {
        (_, 0) => "Contact types, the largest part of the gap first".to_owned(),
        (0, all) => {
            format!("The best quarter of agents meets the target in {} {kinds}", all_of(all, voice.locale))
        }
        (missed, all) if missed == all => {
            format!(
                "Even the best quarter of agents misses the target in {} {kinds}",
                all_of(all, voice.locale)
            )
        }
        (missed, all) => format!(
            "Even the best quarter of agents misses the target in {} of {} {kinds}",
            words::spelt(missed, voice.locale),
            words::spelt(all, voice.locale)
        ),
    }
}

fn all_of(count: usize, locale: &Locale) -> String {
    if count == 1 { "the one".to_owned() } else { format!("all {}", words::spelt(count, locale)) }
}

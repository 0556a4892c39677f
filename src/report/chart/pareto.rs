//! Which contact types carry the gap: each type's part begins where those before it end, so that the last one ends
//! at the whole gap.

use super::font::Face;
use super::named::name_below;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{TYPES, nothing, parts, spelt_first};
use crate::model::Breakdown;
use crate::report::context::{Chart, Table};
use crate::report::view::Parts;
use crate::words::{self, Locale, say};

/// What a range holds, and the standard errors to either end of it.
const HOLDS: f64 = 0.95;
const Z: f64 = 1.959_964;
const BAR: f64 = 14.0;

/// One row, with what the rows before it carry together.
struct Part {
    label: String,
    carries: f64,
    se: Option<f64>,
    carrier: bool,
    before: f64,
}

impl Part {
    fn end(&self) -> f64 {
        self.before + self.carries
    }

    fn range(&self) -> Option<(f64, f64)> {
        let half = Z * self.se.filter(|se| se.is_finite())?;
        Some((self.end() - half, self.end() + half))
    }
}

pub(in crate::report) fn pareto(breakdown: &Breakdown, voice: Voice<'_>) -> Chart {
    let locale = voice.locale;
    let net: f64 = breakdown.rows.iter().map(|row| row.carries).sum();
    if !net.is_finite() || breakdown.rows.iter().all(|row| row.carries <= 0.0) {
        return nothing(say!(locale, "chart-pareto-none"));
    }
    if net <= 0.0 {
        return nothing(say!(locale, "chart-pareto-ahead", label = voice.label()));
    }
    let parts = drawn(breakdown, locale);
    let ends = parts.iter().flat_map(|part| {
        let (low, high) = part.range().unwrap_or((part.end(), part.end()));
        [part.before, part.end(), low, high]
    });
    let Some(scale) = Scale::over(ends.chain([0.0])) else {
        return nothing(say!(locale, "chart-pareto-unknown"));
    };
    let carries: Vec<f64> = parts.iter().map(|part| part.carries).collect();
    let printed = Parts::of(&carries, voice.metric, locale);
    let said: Vec<String> = (0..parts.len()).map(|at| printed.said(at)).collect();
    let ticks = scale.ticks_across(|value| voice.tick_difference(value));
    let mut sheet = Sheet::default();
    for (index, (part, said)) in parts.iter().zip(&said).enumerate() {
        sheet.head(if part.carrier { Face::Strong } else { Face::Plain }, &part.label, said);
        let top = sheet.y + 2.0;
        sheet.grid(&ticks, sheet.y, sheet.y + BAR + 6.0);
        draw(&mut sheet, part, scale, top);
        sheet.y += BAR + 6.0;
        if index == 1.min(parts.len() - 1) {
            let names = names(part, scale, locale);
            name_below(&mut sheet, top + BAR, &names);
        }
        sheet.y += 3.0;
    }
    sheet.axis(&ticks);
    sheet.chart(words(breakdown, &parts, &said, &printed.whole(), voice))
}

fn drawn(breakdown: &Breakdown, locale: &Locale) -> Vec<Part> {
    let one_by_one = if breakdown.rows.len() > TYPES { TYPES - 1 } else { breakdown.rows.len() };
    let (shown, rest) = breakdown.rows.split_at(one_by_one);
    let mut before = 0.0;
    let mut parts = Vec::new();
    for row in shown {
        let carrier = breakdown.carriers.contains(&row.contact_type);
        let label = words::shortened(&row.contact_type);
        parts.push(Part { label, carries: row.carries, se: row.carries_se, carrier, before });
        before += row.carries;
    }
    if !rest.is_empty() {
        let n = rest.len();
        let label = say!(locale, "chart-pareto-others", n, count = spelt_first(n, locale));
        let variance: Option<f64> = rest.iter().map(|row| Some(row.carries_se?.powi(2))).sum();
        let carries = rest.iter().map(|row| row.carries).sum();
        parts.push(Part { label, carries, se: variance.map(f64::sqrt), carrier: false, before });
    }
    parts
}

fn draw(sheet: &mut Sheet, part: &Part, scale: Scale, top: f64) {
    let (from, to) = (scale.at(part.before), scale.at(part.end()));
    let zero = scale.at(0.0);
    if part.before != 0.0 {
        sheet.rect("c-track", (zero.min(from), top + 4.0), ((from - zero).abs(), BAR - 8.0));
    }
    let class = if part.carries < 0.0 { "c-blank" } else { "c-carries" };
    sheet.bar(class, (from, to), (top, BAR));
    if let Some(range) = part.range() {
        sheet.whisker("c-range", scale, range, top + BAR / 2.0);
    }
    sheet.line("c-axis", (zero, top - 2.0), (zero, top + BAR + 2.0));
}

/// What the marks are, said once, at the first row that has both.
fn names(part: &Part, scale: Scale, locale: &Locale) -> Vec<(f64, String)> {
    let middle = |a: f64, b: f64| f64::midpoint(scale.at(a), scale.at(b));
    let own = (middle(part.before, part.end()), say!(locale, "chart-pareto-name-own"));
    if part.before == 0.0 {
        return vec![own];
    }
    vec![(middle(0.0, part.before), say!(locale, "chart-pareto-name-before")), own]
}

fn words(breakdown: &Breakdown, drawn: &[Part], said: &[String], total: &str, voice: Voice<'_>) -> Words {
    let locale = voice.locale;
    let gross: f64 = drawn.iter().map(|part| part.carries.max(0.0)).sum();
    let row = |(part, said): (&Part, &String)| {
        vec![
            part.label.clone(),
            said.clone(),
            voice.difference(part.end()),
            voice.percent(part.carries.max(0.0) / gross),
        ]
    };
    let named = drawn.iter().zip(said).map(|(part, size)| {
        say!(locale, "chart-pareto-part", name = part.label.as_str(), size = size.as_str())
    });
    let key = say!(locale, "chart-pareto-key", level = words::percent(HOLDS, 0, locale));
    let ahead = drawn.iter().any(|part| part.carries < 0.0).then(|| say!(locale, "chart-pareto-key-ahead"));
    let head = [
        say!(locale, "chart-head-type"),
        say!(locale, "chart-pareto-head-carries"),
        say!(locale, "chart-pareto-head-running"),
        say!(locale, "chart-pareto-head-share"),
    ];
    Words {
        title: title(breakdown, drawn, said, total, locale),
        says: say!(locale, "chart-pareto-says", total, parts = parts(named, locale)),
        note: say!(locale, "chart-pareto-note", unit = voice.unit()),
        key: [Some(key), ahead].into_iter().flatten().collect::<Vec<_>>().join(" "),
        table: Table { head: head.to_vec(), rows: drawn.iter().zip(said).map(row).collect() },
    }
}

fn title(breakdown: &Breakdown, drawn: &[Part], said: &[String], total: &str, locale: &Locale) -> String {
    let carriers: Vec<String> =
        breakdown.carriers.iter().take(3).map(|name| words::shortened_to(name, 60)).collect();
    if carriers.is_empty() || carriers.len() < breakdown.carriers.len() {
        let name = words::shortened_to(&drawn[0].label, 60);
        return say!(locale, "chart-pareto-title-none", name, size = said[0].as_str(), total);
    }
    let short = drawn.iter().filter(|part| part.carries > 0.0).count();
    let carried: f64 = drawn.iter().filter(|part| part.carrier).map(|part| part.carries).sum();
    let net: f64 = drawn.iter().map(|part| part.carries).sum();
    let carries = match short {
        _ if net <= 0.0 || carried / net > 1.0 => "more",
        short if short <= carriers.len() => "all",
        _ => "most",
    };
    let (n, names) = (carriers.len(), words::list(&carriers, locale));
    say!(locale, "chart-pareto-title", names, n, carries, total)
}

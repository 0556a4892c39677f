//! Which contact types carry the gap: each type's part begins where those before it end, so that the last one ends
//! at the whole gap.

use super::font::Face;
use super::named::name_below;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{TYPES, count, nothing};
use crate::model::Breakdown;
use crate::report::context::{Chart, Table};
use crate::report::view::parts_in_words;
use crate::words::{self, Locale};

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
    let net: f64 = breakdown.rows.iter().map(|row| row.carries).sum();
    if !net.is_finite() || breakdown.rows.iter().all(|row| row.carries <= 0.0) {
        return nothing("No contact type is short of its target, so there is no gap to divide.");
    }
    if net <= 0.0 {
        let label = voice.label();
        return nothing(format!(
            "{label} is not short of its target as a whole, so there is no gap to divide."
        ));
    }
    let parts = parts(breakdown, voice.locale);
    let ends = parts.iter().flat_map(|part| {
        let (low, high) = part.range().unwrap_or((part.end(), part.end()));
        [part.before, part.end(), low, high]
    });
    let Some(scale) = Scale::over(ends.chain([0.0])) else {
        return nothing("What contact types carry is not known.");
    };
    let (said, total) = parts_in_words(
        &parts.iter().map(|part| part.carries).collect::<Vec<_>>(),
        voice.metric,
        voice.locale,
    );
    let ticks = scale.ticks_across(|value| voice.tick_difference(value));
    let mut sheet = Sheet::default();
    for (index, (part, said)) in parts.iter().zip(&said).enumerate() {
        sheet.head(if part.carrier { Face::Strong } else { Face::Plain }, &part.label, said);
        let top = sheet.y + 2.0;
        sheet.grid(&ticks, sheet.y, sheet.y + BAR + 6.0);
        draw(&mut sheet, part, scale, top);
        sheet.y += BAR + 6.0;
        if index == 1.min(parts.len() - 1) {
            let names = names(part, scale);
            name_below(&mut sheet, top + BAR, &names);
        }
        sheet.y += 3.0;
    }
    sheet.axis(&ticks);
    let total = with(&total, &voice.unit());
    sheet.chart(words(breakdown, &parts, &said, &total, voice))
}

fn with(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

fn parts(breakdown: &Breakdown, locale: &Locale) -> Vec<Part> {
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
        let label = format!("{} other types", words::capital(&words::spelt(rest.len(), locale)));
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
fn names(part: &Part, scale: Scale) -> Vec<(f64, String)> {
    let middle = |a: f64, b: f64| f64::midpoint(scale.at(a), scale.at(b));
    let own = (middle(part.before, part.end()), "this type".to_owned());
    if part.before == 0.0 {
        return vec![own];
    }
    vec![(middle(0.0, part.before), "types above".to_owned()), own]
}

fn words(breakdown: &Breakdown, parts: &[Part], said: &[String], total: &str, voice: Voice<'_>) -> Words {
    let gross: f64 = parts.iter().map(|part| part.carries.max(0.0)).sum();
    let net: f64 = parts.iter().map(|part| part.carries).sum();
    let row = |(part, said): (&Part, &String)| {
        vec![
            part.label.clone(),
            said.clone(),
            voice.difference(part.end()),
            voice.percent(part.carries.max(0.0) / gross),
        ]
    };
    let named: Vec<String> =
        parts.iter().zip(said).map(|(part, said)| format!("{} {said}", part.label)).collect();
    let ahead =
        if parts.iter().any(|part| part.carries < 0.0) { " Outlined: types ahead of target." } else { "" };
    Words {
        title: title(breakdown, parts, said, (total, net), voice.locale),
        says: format!("Parts of the gap of {total} by contact type: {}.", named.join("; ")),
        note: format!("{}.", words::capital(&in_unit(voice))),
        key: format!(
            "Each part begins where those above end; the last ends at the whole gap. Thin line: its own 95 % \
             range.{ahead}"
        ),
        table: Table {
            head: ["contact type", "carries", "running total", "share of shortfalls"]
                .map(str::to_owned)
                .to_vec(),
            rows: parts.iter().zip(said).map(row).collect(),
        },
    }
}

fn in_unit(voice: Voice<'_>) -> String {
    let unit = voice.unit();
    if unit.is_empty() { "in the metric's unit".to_owned() } else { format!("in {unit}") }
}

fn title(
    breakdown: &Breakdown,
    parts: &[Part],
    said: &[String],
    (total, net): (&str, f64),
    locale: &Locale,
) -> String {
    let carriers: Vec<String> =
        breakdown.carriers.iter().take(3).map(|name| words::shortened_to(name, 60)).collect();
    let short = parts.iter().filter(|part| part.carries > 0.0).count();
    if carriers.is_empty() || carriers.len() < breakdown.carriers.len() {
        let largest = words::shortened_to(&parts[0].label, 60);
        return format!("No few types carry the gap: the largest part, {largest}, is {} of {total}", said[0]);
    }
    let share = parts.iter().filter(|part| part.carrier).map(|part| part.carries).sum::<f64>() / net;
    let verb = if carriers.len() == 1 { "carries" } else { "carry" };
    if net <= 0.0 || share > 1.0 {
        return format!("{} {verb} more than the whole gap of {total}", words::list(&carriers, locale));
    }
    let others = count(short) - count(carriers.len());
    if others < 1.0 {
        return format!("{} {verb} the whole gap of {total}", words::list(&carriers, locale));
    }
    format!("{} {verb} most of the gap of {total}", words::list(&carriers, locale))
}

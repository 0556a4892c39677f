//! What followed coaching as three parts and their sum.

use super::font::Face;
use super::nothing;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use crate::model::{Conclusion, Effect};
use crate::report::context::{Chart, Table};
use crate::report::view::parts_in_words;
use crate::words;

const BAR: f64 = 14.0;

struct Step<'a> {
    label: String,
    said: &'a str,
    class: &'static str,
    from: f64,
    to: f64,
}

pub(in crate::report) fn waterfall(effect: &Effect, voice: Voice<'_>) -> Chart {
    if matches!(effect.conclusion, Conclusion::NotIdentified | Conclusion::NotYetTested) {
        return nothing("What followed coaching cannot be split: its own part cannot be told from the rest.");
    }
    let before = effect.luck + effect.trend;
    let ends = [
        0.0,
        effect.naive,
        effect.luck,
        before,
        before + effect.effect,
        before + effect.low,
        before + effect.high,
    ];
    let Some(scale) = Scale::over(ends.into_iter()) else {
        return nothing("What followed coaching is not known.");
    };
    let (said, total) =
        parts_in_words(&[effect.luck, effect.trend, effect.effect], voice.metric, voice.locale);
    let own = format!("Coaching's own part {}", voice.signed_range(effect.low, effect.high));
    let step = |label: &str, said, class, from, to| Step { label: label.to_owned(), said, class, from, to };
    let steps = [
        step("Seen after a session", total.as_str(), "c-naive", 0.0, effect.naive),
        step("Would have come anyway", &said[0], "c-anyway", 0.0, effect.luck),
        step("Everyone's trend", &said[1], "c-trend", effect.luck, before),
        step(&own, &said[2], "c-effect", before, before + effect.effect),
    ];
    let ticks = scale.ticks_across(|value| voice.tick_signed(value));
    let mut sheet = Sheet::default();
    for (index, step) in steps.iter().enumerate() {
        let face = if index == 3 { Face::Strong } else { Face::Plain };
        sheet.head(face, &step.label, &words::signed(step.said));
        let top = sheet.y + 3.0;
        sheet.grid(&ticks, sheet.y, sheet.y + BAR + 8.0);
        sheet.line("c-axis", (scale.at(0.0), sheet.y), (scale.at(0.0), sheet.y + BAR + 8.0));
        let (a, b) = (scale.at(step.from), scale.at(step.to));
        sheet.bar(step.class, (a, b), (top, BAR));
        if index == 3 {
            sheet.whisker("c-range", scale, (before + effect.low, before + effect.high), top + BAR / 2.0);
        }
        sheet.y += BAR + 10.0;
    }
    sheet.axis(&ticks);
    sheet.chart(words(effect, &steps, voice))
}

fn words(effect: &Effect, steps: &[Step<'_>; 4], voice: Voice<'_>) -> Words {
    let unit = voice.unit();
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let verb = if effect.naive < 0.0 { "worsened" } else { "improved" };
    let size = steps[0].said.trim_start_matches('−');
    let said: Vec<String> =
        steps.iter().map(|step| format!("{} {}", lower(&step.label), words::signed(step.said))).collect();
    let row = |step: &Step<'_>| vec![step.label.clone(), words::signed(step.said)];
    Words {
        title: format!(
            "After a session agents {verb} by {size}{unit}; coaching's own part is {} {}",
            words::signed(steps[3].said),
            voice.signed_range(effect.low, effect.high)
        ),
        says: format!(
            "What followed coaching{}: {}.",
            if unit.is_empty() { String::new() } else { format!(", in{unit}") },
            said.join("; ")
        ),
        note: "The second to fourth part add up to the first.".to_owned(),
        key: format!(
            "Improvement to the right{}. Thin line: the {} range.",
            if unit.is_empty() { String::new() } else { format!(", in{unit}") },
            voice.percent(effect.level)
        ),
        table: Table {
            head: ["part", "size"].map(str::to_owned).to_vec(),
            rows: steps.iter().map(row).collect(),
        },
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

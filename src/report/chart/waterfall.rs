//! What followed coaching as three parts and their sum.

use super::font::Face;
use super::nothing;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use crate::model::{Conclusion, Effect};
use crate::report::context::{Chart, Table};
use crate::report::view::Parts;
use crate::words::{self, say};

const BAR: f64 = 14.0;

struct Step {
    class: &'static str,
    label: String,
    /// Its size, signed.
    said: String,
    from: f64,
    to: f64,
}

pub(in crate::report) fn waterfall(effect: &Effect, voice: Voice<'_>) -> Chart {
    let locale = voice.locale;
    if matches!(effect.conclusion, Conclusion::NotIdentified | Conclusion::NotYetTested) {
        return nothing(say!(locale, "chart-waterfall-not-split"));
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
        return nothing(say!(locale, "chart-waterfall-unknown"));
    };
    let printed = Parts::of(&[effect.luck, effect.trend, effect.effect], voice.metric, locale);
    let range = voice.signed_range(effect.low, effect.high);
    let step =
        |class, label, said: String, from, to| Step { class, label, said: words::signed(&said), from, to };
    let steps = [
        step("c-naive", say!(locale, "chart-waterfall-seen"), printed.total(), 0.0, effect.naive),
        step("c-anyway", say!(locale, "chart-waterfall-anyway"), printed.said(0), 0.0, effect.luck),
        step("c-trend", say!(locale, "chart-waterfall-trend"), printed.said(1), effect.luck, before),
        step(
            "c-effect",
            say!(locale, "chart-waterfall-own", range),
            printed.said(2),
            before,
            before + effect.effect,
        ),
    ];
    let ticks = scale.ticks_across(|value| voice.tick_signed(value));
    let mut sheet = Sheet::default();
    for (index, step) in steps.iter().enumerate() {
        let face = if index == 3 { Face::Strong } else { Face::Plain };
        sheet.head(face, &step.label, &step.said);
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

fn words(effect: &Effect, steps: &[Step; 4], voice: Voice<'_>) -> Words {
    let (locale, unit) = (voice.locale, voice.unit());
    let range = voice.signed_range(effect.low, effect.high);
    let [seen, anyway, trend, own] = steps.each_ref().map(|step| step.said.as_str());
    let row = |step: &Step| vec![step.label.clone(), step.said.clone()];
    let head = [say!(locale, "chart-waterfall-head-part"), say!(locale, "chart-waterfall-head-size")];
    Words {
        title: title(effect, own, &range, voice),
        says: say!(
            locale,
            "chart-waterfall-says",
            unit = unit.as_str(),
            seen,
            anyway,
            trend,
            own,
            range = range.as_str(),
        ),
        note: say!(locale, "chart-waterfall-note"),
        key: say!(locale, "chart-waterfall-key", unit, level = voice.percent(effect.level)),
        table: Table { head: head.to_vec(), rows: steps.iter().map(row).collect() },
    }
}

fn title(effect: &Effect, own: &str, range: &str, voice: Voice<'_>) -> String {
    let (moved, sign) = if effect.naive < 0.0 { ("worse", -1.0) } else { ("better", 1.0) };
    let sizes = [effect.luck, effect.trend, effect.effect].map(|part| sign * part);
    let size = Parts::of(&sizes, voice.metric, voice.locale).whole();
    say!(voice.locale, "chart-waterfall-title", moved, size, own, range)
}

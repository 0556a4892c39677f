//! Period by period before and after the first session: how far coached agents stood from where they would have been.

use super::named::name_above;
use super::over_time::{FROM, PLOT, TO, down, ends, heights, names};
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{items, nothing, range_of};
use crate::model::{Conclusion, Effect, EffectStep, Headline};
use crate::report::context::{Chart, Table};
use crate::words::{self, say};

/// What the range of a step holds.
const HOLDS: f64 = 0.95;
/// Steps drawn on either side.
const MOST: i32 = 26;

pub(in crate::report) fn event(effect: &Effect, voice: Voice<'_>) -> Chart {
    let finite =
        |step: &&EffectStep| [step.effect, step.low, step.high].iter().all(|value| value.is_finite());
    let near = |step: &&EffectStep| step.event.abs() <= MOST;
    let steps: Vec<&EffectStep> = effect.steps.iter().filter(finite).filter(near).collect();
    let after = steps.iter().filter(|step| step.event > 0).count();
    if matches!(effect.conclusion, Conclusion::NotIdentified | Conclusion::NotYetTested) || after < 2 {
        return nothing(say!(voice.locale, "chart-event-few"));
    }
    let study = Study { effect, voice, steps };
    let ends = study.steps.iter().flat_map(|step| [step.low, step.high]);
    match Scale::over(ends.chain([0.0, voice.metric.material])) {
        Some(scale) => study.draw(scale).chart(study.words()),
        None => nothing(say!(voice.locale, "chart-event-none")),
    }
}

struct Study<'a> {
    effect: &'a Effect,
    voice: Voice<'a>,
    /// In the order of time.
    steps: Vec<&'a EffectStep>,
}

impl Study<'_> {
    fn x(&self, event: f64) -> f64 {
        let first = self.steps.first().map_or(0, |step| step.event.min(0));
        let last = self.steps.last().map_or(1, |step| step.event.max(1));
        FROM + (TO - FROM) * (event - f64::from(first)) / f64::from(last - first)
    }

    fn draw(&self, scale: Scale) -> Sheet {
        let mut sheet = Sheet::default();
        let first = say!(self.voice.locale, "chart-event-name-first");
        let plot = name_above(&mut sheet, &[(self.x(0.0), first, PLOT)]) + 6.0;
        let scale = down(scale, plot);
        heights(&mut sheet, &scale.ticks_down(5, |value| self.voice.tick_signed(value)));
        let sides = [self.side(|event| event < 0), self.side(|event| event > 0)];
        let strip = (plot, PLOT);
        for steps in sides.iter().filter(|steps| steps.len() > 1) {
            sheet.band(
                "c-luck",
                strip,
                &self.places(steps, scale, |s| s.high),
                &self.places(steps, scale, |s| s.low),
            );
        }
        let (material, zero) = (scale.at(self.voice.metric.material), scale.at(0.0));
        sheet.line("c-target", (FROM, material), (TO, material));
        sheet.line("c-axis", (FROM, zero), (TO, zero));
        for (steps, class) in sides.iter().zip(["c-open", "c-now"]) {
            let places = self.places(steps, scale, |s| s.effect);
            if places.len() > 1 {
                sheet.curve("c-seen", strip, &places);
            }
            for at in places {
                sheet.dot(class, at, 3.2);
            }
        }
        let matters = self.voice.tick_signed(self.voice.metric.material);
        let levels = [
            (material, say!(self.voice.locale, "chart-event-name-material"), matters),
            (zero, say!(self.voice.locale, "chart-event-name-zero"), self.voice.tick_signed(0.0)),
        ];
        names(&mut sheet, plot, &levels);
        sheet.y = plot + PLOT;
        self.times(&mut sheet);
        sheet
    }

    fn side(&self, keep: impl Fn(i32) -> bool) -> Vec<&EffectStep> {
        self.steps.iter().copied().filter(|step| keep(step.event)).collect()
    }

    fn places(&self, steps: &[&EffectStep], scale: Scale, read: fn(&EffectStep) -> f64) -> Vec<(f64, f64)> {
        steps.iter().map(|step| (self.x(f64::from(step.event)), scale.at(read(step)))).collect()
    }

    /// How far the ends lie from the first session.
    fn times(&self, sheet: &mut Sheet) {
        let (first, last) =
            (self.steps.first().map_or(0, |s| s.event), self.steps.last().map_or(0, |s| s.event));
        let said = |event: i32| {
            let side = if event < 0 { "before" } else { "after" };
            let periods = words::periods(f64::from(event.abs()), self.voice.locale);
            say!(self.voice.locale, "chart-event-time", side, periods)
        };
        ends(sheet, &said(first), &said(last));
    }

    fn words(&self) -> Words {
        let (voice, locale) = (self.voice, self.voice.locale);
        let level = words::percent(HOLDS, 0, locale);
        let row = |step: &&EffectStep| {
            vec![self.number(step.event), voice.signed(step.effect), voice.signed_range(step.low, step.high)]
        };
        let step = |step: &&EffectStep| {
            say!(
                locale,
                "chart-event-step",
                number = self.number(step.event),
                effect = voice.signed(step.effect)
            )
        };
        let head = [
            say!(locale, "chart-event-head-time"),
            say!(locale, "chart-event-head-effect"),
            range_of(HOLDS, locale),
        ];
        Words {
            title: self.title(),
            says: say!(
                locale,
                "chart-event-says",
                against = self.against(),
                unit = voice.unit(),
                steps = items(self.steps.iter().map(step), locale),
                material = voice.tick_signed(voice.metric.material),
            ),
            note: say!(locale, "chart-event-note"),
            key: say!(locale, "chart-event-key", level),
            table: Table { head: head.to_vec(), rows: self.steps.iter().map(row).collect() },
        }
    }

    fn number(&self, event: i32) -> String {
        words::signed(&words::count(f64::from(event), self.voice.locale))
    }

    /// Whom coached agents are compared with, as messages choose by it.
    fn against(&self) -> &'static str {
        match self.effect.headline {
            Headline::Imputation => "uncoached",
            Headline::Did => "not-yet-coached",
        }
    }

    fn title(&self) -> String {
        let (voice, effect) = (self.voice, self.effect);
        say!(
            voice.locale,
            "chart-event-title",
            against = self.against(),
            effect = voice.signed(effect.effect),
            range = voice.signed_range(effect.low, effect.high),
        )
    }
}

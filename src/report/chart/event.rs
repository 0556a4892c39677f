//! Period by period before and after the first session: how far coached agents stood from where they would have been.

use super::font::Face;
use super::named::name_above;
use super::nothing;
use super::over_time::{FROM, PLOT, TO, down, heights, names};
use super::scale::Scale;
use super::sheet::{Anchor, Sheet, Words};
use super::voice::Voice;
use crate::model::{Conclusion, Effect, EffectStep, Headline};
use crate::report::context::{Chart, Table};
use crate::words;

/// Steps drawn on either side.
const MOST: i32 = 26;

pub(in crate::report) fn event(effect: &Effect, voice: Voice<'_>) -> Chart {
    let finite =
        |step: &&EffectStep| [step.effect, step.low, step.high].iter().all(|value| value.is_finite());
    let near = |step: &&EffectStep| step.event.abs() <= MOST;
    let steps: Vec<&EffectStep> = effect.steps.iter().filter(finite).filter(near).collect();
    let after = steps.iter().filter(|step| step.event > 0).count();
    if matches!(effect.conclusion, Conclusion::NotIdentified | Conclusion::NotYetTested) || after < 2 {
        return nothing(
            "The weeks around the first session cannot be shown: too few of them could be compared.",
        );
    }
    let study = Study { effect, voice, steps };
    let ends = study.steps.iter().flat_map(|step| [step.low, step.high]);
    match Scale::over(ends.chain([0.0, voice.metric.material])) {
        Some(scale) => study.draw(scale).chart(study.words()),
        None => nothing("The weeks around the first session cannot be shown."),
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
        let plot = name_above(&mut sheet, &[(self.x(0.0), "first session".to_owned(), PLOT)]) + 6.0;
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
        names(&mut sheet, plot, &[(material, "matters", matters), (zero, "no effect", "0".to_owned())]);
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

    fn times(&self, sheet: &mut Sheet) {
        let y = sheet.y + 16.0;
        let (first, last) =
            (self.steps.first().map_or(0, |s| s.event), self.steps.last().map_or(0, |s| s.event));
        let periods = |event: i32| words::periods(f64::from(event.abs()), self.voice.locale);
        let said = |event: i32| match event {
            event if event < 0 => format!("{} before", periods(event)),
            event => format!("{} after", periods(event)),
        };
        sheet.text((0.0, y), Anchor::Start, Face::Quiet, "", &said(first));
        sheet.text((TO, y), Anchor::End, Face::Quiet, "", &said(last));
        sheet.y += 22.0;
    }

    fn words(&self) -> Words {
        let (voice, effect) = (self.voice, self.effect);
        let periods = format!("{}s", voice.locale.grain());
        let against = match effect.headline {
            Headline::Imputation => "what they would have done uncoached",
            Headline::Did => "agents not yet coached",
        };
        let row = |step: &&EffectStep| {
            vec![self.number(step.event), voice.signed(step.effect), voice.signed_range(step.low, step.high)]
        };
        let said = |step: &&EffectStep| format!("{} {}", self.number(step.event), voice.signed(step.effect));
        let steps: Vec<String> = self.steps.iter().map(said).collect();
        let unit = voice.unit();
        let unit = if unit.is_empty() { String::new() } else { format!(" in {unit}") };
        Words {
            title: self.title(against),
            says: format!(
                "Coached agents against {against}, by {periods} from the first session{unit}: {}. Worth acting on: {}.",
                steps.join(", "),
                voice.tick_signed(voice.metric.material)
            ),
            note: format!(
                "{} from the first session, each range by itself; a dip before it shows what sessions followed.",
                words::capital(&periods)
            ),
            key: "Up is better. Grey: 95 % range. Open dots: before the first session. Dashed: what is worth acting on."
                .to_owned(),
            table: Table {
                head: vec![periods, "effect".to_owned(), "95 % range".to_owned()],
                rows: self.steps.iter().map(row).collect(),
            },
        }
    }

    fn number(&self, event: i32) -> String {
        words::signed(&words::count(f64::from(event), self.voice.locale))
    }

    fn title(&self, against: &str) -> String {
        let (voice, effect) = (self.voice, self.effect);
        format!(
            "Against {against}, coached agents moved by {} {} over all",
            voice.signed(effect.effect),
            voice.signed_range(effect.low, effect.high)
        )
    }
}

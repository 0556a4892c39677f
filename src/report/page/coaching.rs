//! Did the coaching work? Hours, and for each metric what followed a session, split into what would have come
//! anyway and coaching's own part.

use super::charts;
use crate::model::{Conclusion, Effect, Headline, MayAdd, MayAddAnswer, Metric, Minutes, Scope, VerdictId};
use crate::report::context::{Coaching, CoachingLine, MayAddView};
use crate::report::frame::place;
use crate::report::view::{Parts, View, apportion};
use crate::words::{self, Locale, say};

/// Metrics with a line of their own.
const MOST: usize = 3;

pub(super) fn coaching(view: View<'_>) -> Option<Coaching> {
    let effects = effects(view);
    let minutes = view.minutes();
    if effects.is_empty() && minutes.is_none() {
        return None;
    }
    let mut lines: Vec<CoachingLine> = minutes.map(|m| hours_line(m, view.locale())).into_iter().collect();
    lines.extend(effects.iter().take(MOST).map(|(metric, effect)| CoachingLine {
        label: view.frame.label(&metric.id),
        text: effect_text(effect, metric, view.locale()),
    }));
    let mut sentences: Vec<String> = lies_outside(view, &effects).into_iter().collect();
    sentences.extend(minutes.and_then(|m| spent_on(m, view.locale())));
    Some(Coaching {
        title: title(minutes, view.locale()),
        lines,
        sentences,
        minutes: minutes.map(|minutes| charts::minutes(view, minutes)),
        effects: charts::effects(view, &effects),
    })
}

/// May coaching be added? One line for each metric and place that was judged.
pub(super) fn may_add(view: View<'_>) -> Vec<MayAddView> {
    let one = |one: &MayAdd| MayAddView {
        metric: view.frame.label(&one.metric),
        place: place(&one.scope, view.locale()),
        answer: answer(one, view.locale()),
    };
    view.story.may_add.iter().map(one).collect()
}

fn answer(one: &MayAdd, locale: &Locale) -> String {
    let types: Vec<String> = one.contact_types.iter().map(|name| words::shortened(name)).collect();
    let answer = match one.answer {
        MayAddAnswer::Yes => "yes",
        MayAddAnswer::InAnotherWay => "in-another-way",
        MayAddAnswer::InSomeTypes if types.is_empty() => "in-part",
        MayAddAnswer::InSomeTypes => "in-some-types",
        MayAddAnswer::No => "no",
        MayAddAnswer::NoNeed => "no-need",
        MayAddAnswer::CannotTell => "cannot-tell",
    };
    say!(locale, "coaching-add", answer, types = words::list(&types, locale))
}

/// What one metric did after sessions, in one or two sentences.
pub(super) fn effect_text(effect: &Effect, metric: &Metric, locale: &Locale) -> String {
    match effect.conclusion {
        Conclusion::NotIdentified => return say!(locale, "coaching-not-identified"),
        Conclusion::NotYetTested => return say!(locale, "coaching-not-tested"),
        _ => {}
    }
    let parts = Parts::of(&[effect.luck, effect.trend, effect.effect], metric, locale);
    let signed = |x: f64| words::signed(&words::bare_difference(x, metric, locale));
    say!(
        locale,
        "coaching-effect",
        direction = if effect.naive < 0.0 { "worse" } else { "better" },
        all = parts.size(),
        luck = parts.said(0),
        headline = estimator(effect.headline),
        trend = parts.said(1),
        effect = parts.said(2),
        range = say!(locale, "range-signed", low = signed(effect.low), high = signed(effect.high)),
        conclusion = conclusion(effect, metric, locale),
    )
}

fn estimator(headline: Headline) -> &'static str {
    match headline {
        Headline::Imputation => "imputation",
        Headline::Did => "did",
    }
}

/// What follows from an effect's range, as a sentence; empty where there is none.
pub(super) fn conclusion(effect: &Effect, metric: &Metric, locale: &Locale) -> String {
    let conclusion = match effect.conclusion {
        Conclusion::Works => "works",
        Conclusion::Small => "small",
        Conclusion::DoesNotMove => "does-not-move",
        Conclusion::Harmful => "harmful",
        Conclusion::Unclear => "unclear",
        Conclusion::NotIdentified | Conclusion::NotYetTested => return String::new(),
    };
    let material = words::difference(metric.material, metric, locale);
    let visible = words::difference(effect.smallest_visible, metric, locale);
    say!(locale, "coaching-conclusion", conclusion, material, visible)
}

/// Effects at the operation, the headline's metric first.
fn effects(view: View<'_>) -> Vec<(&Metric, &Effect)> {
    let ranked = view.ranked();
    let worst = ranked.iter().map(|(metric, _)| *metric);
    let unjudged = view.frame.metrics.iter().filter(|m| ranked.iter().all(|(r, _)| r.id != m.id));
    worst.chain(unjudged).filter_map(|m| view.effect(&m.id, &Scope::Operation).map(|e| (m, e))).collect()
}

fn title(minutes: Option<&Minutes>, locale: &Locale) -> String {
    let Some(n) = minutes.map(|m| m.periods).filter(|periods| *periods > 0) else { return String::new() };
    say!(locale, "coaching-window", n, periods = words::periods(f64::from(n), locale))
}

fn hours_line(minutes: &Minutes, locale: &Locale) -> CoachingLine {
    CoachingLine {
        label: say!(locale, "coaching-hours"),
        text: cancelled(hours(minutes, locale), minutes, locale),
    }
}

/// `412 → 577 (+40 %; +37 % per active agent)`.
fn hours(minutes: &Minutes, locale: &Locale) -> String {
    let hours = |minutes: f64| words::count(minutes / 60.0, locale);
    let now = hours(minutes.minutes);
    if minutes.minutes_before <= 0.0 {
        return say!(locale, "coaching-hours-new", now);
    }
    let before = hours(minutes.minutes_before);
    let percent = |ratio: f64| words::signed(&words::percent(ratio - 1.0, 0, locale));
    let ratio = minutes.minutes / minutes.minutes_before;
    let all = percent(ratio);
    let agents = (f64::from(minutes.active_agents), f64::from(minutes.active_agents_before));
    if agents.0 < 1.0 || agents.1 < 1.0 {
        return say!(locale, "coaching-hours-change", before, now, all);
    }
    say!(locale, "coaching-hours-change-each", before, now, all, each = percent(ratio * agents.1 / agents.0))
}

fn cancelled(hours: String, minutes: &Minutes, locale: &Locale) -> String {
    let all = minutes.sessions + minutes.cancelled;
    if minutes.cancelled == 0 || all == 0 {
        return hours;
    }
    let share = words::percent(f64::from(minutes.cancelled) / f64::from(all), 0, locale);
    say!(locale, "coaching-hours-cancelled", hours, share)
}

/// Hours up, resolution flat: the sentence the paradox is about.
fn lies_outside(view: View<'_>, effects: &[(&Metric, &Effect)]) -> Option<String> {
    let (metric, verdict) = view.ranked().into_iter().next()?;
    let (_, effect) = effects.iter().find(|(m, _)| m.id == metric.id)?;
    let minutes = view.minutes()?;
    let rising = minutes.minutes_before > 0.0 && minutes.minutes > 1.05 * minutes.minutes_before;
    let flat = effect.conclusion == Conclusion::DoesNotMove;
    if !rising || !flat || verdict.verdict != VerdictId::Structural {
        return None;
    }
    Some(say!(view.locale(), "coaching-lies-outside", metric = view.frame.label(&metric.id)))
}

/// `The 577 hours: 188 on gaps coaching can close · 214 on gaps the operation decides · …`
fn spent_on(minutes: &Minutes, locale: &Locale) -> Option<String> {
    let parts = [
        (minutes.on_reachable, "reachable"),
        (minutes.on_out_of_reach, "out-of-reach"),
        (minutes.undetermined, "undetermined"),
        (minutes.no_focus, "no-focus"),
    ];
    let hours: Vec<f64> = parts.iter().map(|(minutes, _)| minutes / 60.0).collect();
    let rounded = apportion(&hours, 1.0);
    let total: f64 = rounded.iter().sum();
    let named: Vec<String> = parts
        .iter()
        .zip(rounded)
        .filter(|(_, hours)| *hours > 0.0)
        .map(|((_, gap), hours)| {
            say!(locale, "coaching-spent-on", hours = words::count(hours, locale), gap = *gap)
        })
        .collect();
    let total = (total > 0.0).then(|| words::count(total, locale))?;
    Some(say!(locale, "coaching-spent", total, parts = named.join(" · ")))
}

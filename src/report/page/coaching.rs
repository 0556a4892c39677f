//! Did the coaching work? Hours, and for each metric what followed a session, split into what would have come
//! anyway and coaching's own part.

use super::charts;
use crate::model::{Conclusion, Effect, Headline, MayAdd, MayAddAnswer, Metric, Minutes, Scope, VerdictId};
use crate::report::context::{Coaching, CoachingLine, MayAddView};
use crate::report::frame::place;
use crate::report::view::{View, apportion, parts_in_words};
use crate::words::{self, Locale};

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
        place: place(&one.scope),
        answer: answer(one, view.locale()),
    };
    view.story.may_add.iter().map(one).collect()
}

fn answer(one: &MayAdd, locale: &Locale) -> String {
    let types: Vec<String> = one.contact_types.iter().map(|name| words::shortened(name)).collect();
    match one.answer {
        MayAddAnswer::Yes => "yes: agents in the same work differ by enough to close the gap".to_owned(),
        MayAddAnswer::InAnotherWay => {
            "not as it is: agents differ, but the sessions held did not move it".to_owned()
        }
        MayAddAnswer::InSomeTypes if types.is_empty() => {
            "in part: coach towards the best quarter, and look for what stops even them".to_owned()
        }
        MayAddAnswer::InSomeTypes => format!("only in {}", words::list(&types, locale)),
        MayAddAnswer::No => {
            "no: even the best agents miss it; sessions here are no evidence about anyone".to_owned()
        }
        MayAddAnswer::NoNeed => "no need: there is no gap to close".to_owned(),
        MayAddAnswer::CannotTell => "cannot tell yet: settle what kind of gap it is first".to_owned(),
    }
}

/// What one metric did after sessions, in one or two sentences.
pub(super) fn effect_text(effect: &Effect, metric: &Metric, locale: &Locale) -> String {
    match effect.conclusion {
        Conclusion::NotIdentified => {
            return "Coaching's part cannot be told from what would have happened anyway.".to_owned();
        }
        Conclusion::NotYetTested => {
            return "Not tested yet: sessions were too few or too irregular to judge them by.".to_owned();
        }
        _ => {}
    }
    let (said, total) = parts_in_words(&[effect.luck, effect.trend, effect.effect], metric, locale);
    let all = super::points::with_unit(total.trim_start_matches('−'), metric, locale);
    let verb = if effect.naive < 0.0 { "worsened" } else { "improved" };
    let signed = |x: f64| words::signed(&words::bare_difference(x, metric, locale));
    let range = format!("{} to {}", signed(effect.low), signed(effect.high));
    let because = match effect.headline {
        Headline::Imputation => format!(" (sessions follow unusually bad {}s)", locale.grain()),
        Headline::Did => String::new(),
    };
    format!(
        "After a session agents {verb} by {all}: {} would have come anyway{because}, {} everyone's trend, {} coaching \
         ({range}). {}",
        said[0],
        said[1],
        said[2],
        conclusion(effect, metric, locale)
    )
}

pub(super) fn conclusion(effect: &Effect, metric: &Metric, locale: &Locale) -> String {
    let material = words::difference(metric.material, metric, locale);
    match effect.conclusion {
        Conclusion::Works => "Coaching moves it.".to_owned(),
        Conclusion::Small => format!("Coaching moves it, by less than the {material} that matter."),
        Conclusion::DoesNotMove => format!("An effect of {material} or more is ruled out."),
        Conclusion::Harmful => "Coached agents did worse than they would have.".to_owned(),
        Conclusion::Unclear => {
            let visible = words::difference(effect.smallest_visible, metric, locale);
            format!("Cannot tell: an effect under {visible} would not be seen.")
        }
        Conclusion::NotIdentified | Conclusion::NotYetTested => String::new(),
    }
}

/// Effects at the operation, the headline's metric first, then those with a target of which something can be told.
fn effects(view: View<'_>) -> Vec<(&Metric, &Effect)> {
    let ranked = view.ranked();
    let worst = ranked.iter().map(|(metric, _)| *metric);
    let unjudged = view.frame.metrics.iter().filter(|m| ranked.iter().all(|(r, _)| r.id != m.id));
    let told = worst.chain(unjudged).filter_map(|m| view.effect(&m.id, &Scope::Operation).map(|e| (m, e)));
    let mut told: Vec<(&Metric, &Effect)> = told.collect();
    let headline = ranked.first().map(|(metric, _)| metric.id.as_str());
    let is_news = |metric: &Metric, effect: &Effect| metric.has_target() && is_concluded(effect);
    told.sort_by_key(|(m, effect)| (Some(m.id.as_str()) != headline, !is_news(m, effect)));
    told
}

/// Whether there is more to say than that it cannot be told.
fn is_concluded(effect: &Effect) -> bool {
    !matches!(effect.conclusion, Conclusion::Unclear | Conclusion::NotIdentified | Conclusion::NotYetTested)
}

fn title(minutes: Option<&Minutes>, locale: &Locale) -> String {
    match minutes.map(|m| m.periods) {
        Some(periods) if periods > 0 => {
            format!("last {} against the {periods} before", words::periods(f64::from(periods), locale))
        }
        _ => String::new(),
    }
}

fn hours_line(minutes: &Minutes, locale: &Locale) -> CoachingLine {
    let hours = |minutes: f64| words::count(minutes / 60.0, locale);
    let text = if minutes.minutes_before > 0.0 {
        format!("{} → {}{}", hours(minutes.minutes_before), hours(minutes.minutes), change(minutes, locale))
    } else {
        format!("{}; none on record before", hours(minutes.minutes))
    };
    CoachingLine { label: "Hours held".to_owned(), text: text + &cancelled(minutes, locale) }
}

/// ` (+40 %; +37 % per active agent)`.
fn change(minutes: &Minutes, locale: &Locale) -> String {
    let percent = |ratio: f64| words::signed(&words::percent(ratio - 1.0, 0, locale));
    let all = minutes.minutes / minutes.minutes_before;
    let (now, before) = (f64::from(minutes.active_agents), f64::from(minutes.active_agents_before));
    if now < 1.0 || before < 1.0 {
        return format!(" ({})", percent(all));
    }
    format!(" ({}; {} per active agent)", percent(all), percent(all * before / now))
}

fn cancelled(minutes: &Minutes, locale: &Locale) -> String {
    let all = minutes.sessions + minutes.cancelled;
    if minutes.cancelled == 0 || all == 0 {
        return String::new();
    }
    let share = words::percent(f64::from(minutes.cancelled) / f64::from(all), 0, locale);
    format!(", {share} of planned sessions cancelled")
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
    let label = view.frame.label(&metric.id);
    Some(format!("Hours up, {label} not moved: what holds it back most likely lies outside the sessions."))
}

/// `The 577 hours: 188 on gaps coaching can close · 214 on gaps the operation decides · …`
fn spent_on(minutes: &Minutes, locale: &Locale) -> Option<String> {
    let parts = [
        (minutes.on_reachable, "on gaps coaching can close"),
        (minutes.on_out_of_reach, "on gaps the operation decides"),
        (minutes.undetermined, "where it cannot be told"),
        (minutes.no_focus, "with no focus recorded"),
    ];
    let hours: Vec<f64> = parts.iter().map(|(minutes, _)| minutes / 60.0).collect();
    let rounded = apportion(&hours, 1.0);
    let total: f64 = rounded.iter().sum();
    let named: Vec<String> = parts
        .iter()
        .zip(rounded)
        .filter(|(_, hours)| *hours > 0.0)
        .map(|((_, words), hours)| format!("{} {words}", words::count(hours, locale)))
        .collect();
    (total > 0.0).then(|| format!("The {} hours: {}.", words::count(total, locale), named.join(" · ")))
}

//! Every verdict in full, for the person sent to find out why: probability, runner-up, power, weights, signals,
//! causes, and the charts behind it.

use super::charts;
use super::coaching::conclusion;
use super::findings::since;
use super::headline::{confidence, label};
use crate::model::{Cause, ColumnUnit, Effect, Headline, Metric, Scope, Spread, Verdict, VerdictId};
use crate::report::context::{CoachingLine, SignalView, VerdictView};
use crate::report::frame::{place, spoken_id};
use crate::report::view::View;
use crate::words::{self, say};

/// The operation's verdicts first, then those of its parts; metrics in the plan's order.
pub(super) fn verdicts(view: View<'_>) -> Vec<VerdictView> {
    let mut verdicts: Vec<&Verdict> = view.story.now.verdicts.iter().collect();
    let order = |id: &str| view.frame.metrics.iter().position(|metric| metric.id == id);
    verdicts
        .sort_by_key(|verdict| (verdict.scope != Scope::Operation, order(&verdict.metric), &verdict.scope));
    let known =
        verdicts.into_iter().filter_map(|verdict| Some((view.frame.metric(&verdict.metric)?, verdict)));
    let shown = |(at, (metric, verdict)): (usize, (&Metric, &Verdict))| match at {
        at if at < super::LONGEST => one(view, metric, verdict, &format!("v{at}")),
        // Only counted, never shown.
        _ => VerdictView::default(),
    };
    known.enumerate().map(shown).collect()
}

/// `id` begins the names of its charts.
fn one(view: View<'_>, metric: &Metric, verdict: &Verdict, id: &str) -> VerdictView {
    let view_of = VerdictView {
        metric: view.frame.label(&metric.id),
        place: place(&verdict.scope, view.locale()),
        label: words::capital(&label(verdict, view.locale())),
        tone: verdict.verdict.name().to_owned(),
        lines: lines(view, metric, verdict),
        signals: signals(view, verdict),
        points: super::points::of(view, metric, &verdict.scope, &format!("{id}-points")),
        spread: charts::spread(view, metric, &verdict.scope, id),
        ..VerdictView::default()
    };
    if verdict.scope != Scope::Operation {
        return view_of;
    }
    VerdictView {
        breakdown: charts::types(view, metric, id),
        pareto: charts::pareto(view, metric, id),
        stages: charts::stages(view, metric, id),
        clusters: charts::clusters(view, metric, id),
        control: charts::control(view, metric, id),
        ..view_of
    }
}

fn lines(view: View<'_>, metric: &Metric, verdict: &Verdict) -> Vec<CoachingLine> {
    let locale = view.locale();
    let mut lines = Vec::new();
    let mut add = |label: String, text: String| lines.push(CoachingLine { label, text });
    if let Some(form) = &verdict.form {
        add(say!(locale, "verdict-label-form"), view.frame.form(form));
    }
    if let Some(sure) = sure(view, verdict) {
        add(say!(locale, "verdict-label-sure"), sure);
    }
    if let Some(runner_up) = verdict.runner_up {
        let other = Verdict { verdict: runner_up, form: None, ..verdict.clone() };
        add(say!(locale, "verdict-label-next"), label(&other, locale));
    }
    if let Some(power) = verdict.power_of_opposite {
        let share = words::format(power, ColumnUnit::Probability, None, locale);
        add(say!(locale, "verdict-label-power"), say!(locale, "verdict-power", share));
    }
    add(say!(locale, "verdict-label-held"), held(view, verdict));
    for cause in view.causes(&metric.id, &verdict.scope) {
        add(say!(locale, "verdict-label-cause"), cause_line(view, cause));
    }
    if let Some(spread) = view.spread(&metric.id, &verdict.scope) {
        add(say!(locale, "verdict-label-spread"), spread_line(view, metric, spread));
    }
    if let Some(effect) = view.effect(&metric.id, &verdict.scope) {
        add(say!(locale, "verdict-label-coaching"), effect_text(view, metric, effect));
    }
    if verdict.verdict == VerdictId::NotEnoughEvidence && !verdict.needs.is_empty() {
        let needs = verdict.needs.iter().map(|need| words::in_short(need, locale));
        add(say!(locale, "verdict-label-needs"), needs.collect::<Vec<_>>().join("; "));
    }
    for caveat in &verdict.caveats {
        add(say!(locale, "verdict-label-limited"), words::as_sentence(caveat, 200));
    }
    for weight in &verdict.weights {
        let odds = words::signed(&words::trimmed(weight.log_odds, 2, locale));
        let said = say!(locale, "verdict-weight", odds, reason = view.frame.weight(&weight.when));
        add(say!(locale, "verdict-label-weight"), said);
    }
    lines
}

fn sure(view: View<'_>, verdict: &Verdict) -> Option<String> {
    let locale = view.locale();
    let share = words::format(verdict.probability?, ColumnUnit::Probability, None, locale);
    let Some(found) = verdict.confidence else { return Some(say!(locale, "verdict-sure", share)) };
    Some(say!(locale, "verdict-sure-in-a-word", share, word = confidence(found, locale)))
}

fn held(view: View<'_>, verdict: &Verdict) -> String {
    let locale = view.locale();
    let count = f64::from(view.story.now.period.0 - verdict.since.0 + 1);
    let since = since(view, verdict.since, verdict.since_at_least);
    let alone = Verdict { verdict: verdict.this_period_alone, form: None, ..verdict.clone() };
    let (periods, blocks, alone) =
        (words::periods(count, locale), (count / 4.0).floor(), label(&alone, locale));
    if verdict.provisional {
        return say!(locale, "verdict-held-provisional", since, periods, blocks, alone);
    }
    say!(locale, "verdict-held", since, periods, blocks, alone)
}

fn cause_line(view: View<'_>, cause: &Cause) -> String {
    let known = view.frame.causes.iter().find(|named| named.id == cause.id);
    let because: Vec<String> = cause.because.iter().map(|sign| view.frame.signal(sign)).collect();
    say!(
        view.locale(),
        "verdict-cause",
        name = known.map_or_else(|| spoken_id(&cause.id), |named| named.label.clone()),
        signs = cause.signs,
        of = cause.of,
        open = cause.not_measured.len(),
        shown = because.len(),
        because = words::list(&because, view.locale()),
    )
}

fn spread_line(view: View<'_>, metric: &Metric, spread: &Spread) -> String {
    let locale = view.locale();
    let said = |x: f64| words::bare_difference(x, metric, locale);
    say!(
        locale,
        "verdict-spread",
        seen = said(spread.seen),
        from_luck = said(spread.from_luck),
        between = words::difference(spread.between_agent_sd, metric, locale),
        range = words::range(&said(spread.low), &said(spread.high), locale),
        level = words::percent(spread.level, 0, locale),
        agents = spread.agents,
    )
}

/// What coaching did, by both estimators, and how far either can be trusted.
fn effect_text(view: View<'_>, metric: &Metric, effect: &Effect) -> String {
    let parts = [
        Some(effect_line(view, metric, effect)),
        Some(conclusion(effect, metric, view.locale())).filter(|said| !said.is_empty()),
        effect_by_the_other(view, metric, effect),
        effect.pre_trend.then(|| say!(view.locale(), "verdict-effect-pre-trend")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn effect_line(view: View<'_>, metric: &Metric, effect: &Effect) -> String {
    let locale = view.locale();
    let signed = |x: f64| words::signed(&words::bare_difference(x, metric, locale));
    let people = |count: u32| match count {
        0 => say!(locale, "verdict-effect-few", least = view.frame.min_group),
        count => words::count(f64::from(count), locale),
    };
    say!(
        locale,
        "verdict-effect",
        effect = words::signed(&words::difference(effect.effect, metric, locale)),
        low = signed(effect.low),
        high = signed(effect.high),
        level = words::percent(effect.level, 0, locale),
        headline = leads(effect),
        coached = people(effect.agents),
        compared = people(effect.controls),
        visible = words::difference(effect.smallest_visible, metric, locale),
    )
}

fn effect_by_the_other(view: View<'_>, metric: &Metric, effect: &Effect) -> Option<String> {
    let signed = |x: f64| words::signed(&words::bare_difference(x, metric, view.locale()));
    Some(say!(
        view.locale(),
        "verdict-effect-other",
        headline = leads(effect),
        effect = signed(effect.other?),
        low = signed(effect.other_low?),
        high = signed(effect.other_high?),
    ))
}

fn leads(effect: &Effect) -> &'static str {
    match effect.headline {
        Headline::Imputation => "imputation",
        Headline::Did => "did",
    }
}

fn signals(view: View<'_>, verdict: &Verdict) -> Vec<SignalView> {
    let supports =
        |name: &str| view.story.now.signals.iter().any(|s| s.name == name && verdict.why.contains(&s.rule));
    let answer = |value: Option<bool>| match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    verdict
        .signals
        .iter()
        .map(|(name, value)| SignalView {
            name: view.frame.signal(name),
            answer: say!(view.locale(), "verdict-signal", answer = answer(*value)),
            supports: *value == Some(true) && supports(name),
        })
        .collect()
}

//! Every verdict in full, for the person sent to find out why: probability, runner-up, power, weights, signals,
//! causes, and the charts behind it.

use std::fmt::Write as _;

use super::charts;
use super::coaching::conclusion;
use super::findings::spoken_id;
use super::headline::{confidence, label};
use crate::model::{Effect, Headline, Metric, Scope, Spread, Verdict, VerdictId};
use crate::report::context::{CoachingLine, SignalView, VerdictView};
use crate::report::frame::place;
use crate::report::view::View;
use crate::words;

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
        place: place(&verdict.scope),
        label: words::capital(label(verdict)),
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
    let mut lines = Vec::new();
    let mut add = |label: &str, text: String| lines.push(CoachingLine { label: label.to_owned(), text });
    if let Some(form) = &verdict.form {
        add("Form", view.frame.form(form));
    }
    if let Some(sure) = sure(view, verdict) {
        add("How sure", sure);
    }
    if let Some(runner_up) = verdict.runner_up {
        let other = Verdict { verdict: runner_up, form: None, ..verdict.clone() };
        add("Next likely", label(&other).to_owned());
    }
    if let Some(power) = verdict.power_of_opposite {
        let share = words::format(power, crate::model::ColumnUnit::Probability, None, view.locale());
        add("Power for the opposite", format!("would have been found in {share} of cases"));
    }
    add("Held", held(view, verdict));
    for cause in view.causes(&metric.id, &verdict.scope) {
        add("Cause", cause_line(view, cause));
    }
    if let Some(spread) = view.spread(&metric.id, &verdict.scope) {
        add("Between agents", spread_line(view, metric, spread));
    }
    if let Some(effect) = view.effect(&metric.id, &verdict.scope) {
        add("Coaching", effect_line(view, metric, effect));
    }
    if verdict.verdict == VerdictId::NotEnoughEvidence && !verdict.needs.is_empty() {
        add("Needs", verdict.needs.iter().map(|need| words::shortened(need)).collect::<Vec<_>>().join("; "));
    }
    for caveat in &verdict.caveats {
        add("Limited by", words::as_sentence(caveat, 200));
    }
    for weight in &verdict.weights {
        let odds = words::signed(&words::trimmed(weight.log_odds, 2, view.locale()));
        add(
            "Weight",
            format!(
                "{odds} (log odds) for {}; moves the word, not the probability",
                view.frame.weight(&weight.when)
            ),
        );
    }
    lines
}

fn sure(view: View<'_>, verdict: &Verdict) -> Option<String> {
    let probability = verdict.probability?;
    let share = words::format(probability, crate::model::ColumnUnit::Probability, None, view.locale());
    let word = verdict.confidence.map(|c| format!(", {}", confidence(c))).unwrap_or_default();
    Some(format!("{share} from the data alone{word}"))
}

fn held(view: View<'_>, verdict: &Verdict) -> String {
    let period = view.locale().grain();
    let periods = f64::from(view.story.now.period.0 - verdict.since.0 + 1);
    let since = words::period_name(verdict.since, &view.frame.calendar, view.locale());
    let alone = Verdict { verdict: verdict.this_period_alone, form: None, ..verdict.clone() };
    let earlier = if verdict.since_at_least { " or earlier" } else { "" };
    let blocks = (periods / 4.0).floor();
    let kinds = if (1.0..2.0).contains(&blocks) { "block" } else { "blocks" };
    format!(
        "since {since}{earlier}: {}, {} independent {kinds} of four; this {period} alone says: {}{}",
        words::periods(periods, view.locale()),
        words::count(blocks, view.locale()),
        label(&alone),
        if verdict.provisional {
            "; provisional"
        } else {
            ". Earlier answers are judged with today's rules and data"
        },
    )
}

fn cause_line(view: View<'_>, cause: &crate::model::Cause) -> String {
    let known = view.frame.causes.iter().find(|named| named.id == cause.id);
    let name = known.map_or_else(|| spoken_id(&cause.id), |named| named.label.clone());
    let because: Vec<String> = cause.because.iter().map(|sign| view.frame.signal(sign)).collect();
    let signs = if because.is_empty() {
        String::new()
    } else {
        format!(": {}", words::list(&because, view.locale()))
    };
    let open = match cause.not_measured.len() {
        0 => String::new(),
        1 => ", one not measured".to_owned(),
        more => format!(", {more} not measured"),
    };
    format!("{name}: {} of {} signs present{open}{signs}", cause.signs, cause.of)
}

fn spread_line(view: View<'_>, metric: &Metric, spread: &Spread) -> String {
    let said = |x: f64| words::bare_difference(x, metric, view.locale());
    format!(
        "±{} seen, ±{} expected from luck; ±{} ({}) between agents at {}, {} agents",
        said(spread.seen),
        said(spread.from_luck),
        words::difference(spread.between_agent_sd, metric, view.locale()),
        words::range(&said(spread.low), &said(spread.high), view.locale()),
        words::percent(spread.level, 0, view.locale()),
        spread.agents,
    )
}

fn effect_line(view: View<'_>, metric: &Metric, effect: &Effect) -> String {
    let locale = view.locale();
    let signed = |x: f64| words::signed(&words::bare_difference(x, metric, locale));
    let (leads, other) = match effect.headline {
        Headline::Imputation => ("what they would have done uncoached", "the comparison group"),
        Headline::Did => ("the comparison group", "what they would have done uncoached"),
    };
    let people = |count: u32| match count {
        0 => format!("fewer than {}", view.frame.min_group),
        count => words::count(f64::from(count), locale),
    };
    let mut text = format!(
        "{} ({} to {} at {}) against {leads}; {} coached, {} to compare with; smallest visible {}. {}",
        words::signed(&words::difference(effect.effect, metric, locale)),
        signed(effect.low),
        signed(effect.high),
        words::percent(effect.level, 0, locale),
        people(effect.agents),
        people(effect.controls),
        words::difference(effect.smallest_visible, metric, locale),
        conclusion(effect, metric, locale),
    );
    if let (Some(value), Some(low), Some(high)) = (effect.other, effect.other_low, effect.other_high) {
        let _ = write!(text, " Against {other}: {} ({} to {}).", signed(value), signed(low), signed(high));
    }
    if effect.pre_trend {
        text.push_str(" The groups differed before the first session: read with care.");
    }
    text
}

fn signals(view: View<'_>, verdict: &Verdict) -> Vec<SignalView> {
    let supports =
        |name: &str| view.story.now.signals.iter().any(|s| s.name == name && verdict.why.contains(&s.rule));
    let answer = |value: Option<bool>| match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "cannot tell",
    };
    verdict
        .signals
        .iter()
        .map(|(name, value)| SignalView {
            name: view.frame.signal(name),
            answer: answer(*value).to_owned(),
            supports: *value == Some(true) && supports(name),
        })
        .collect()
}

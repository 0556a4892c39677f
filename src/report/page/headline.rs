//! The answer: what is wrong, where it sits, and who can close it.

use crate::model::{Better, Confidence, Metric, Scope, Verdict, VerdictId};
use crate::report::context::{Headline, Points};
use crate::report::view::{View, on_target};
use crate::words::{self, Locale};

/// The worst verdict of the operation in words.
pub(super) fn headline(view: View<'_>, points: Option<&Points>) -> Headline {
    let Some((metric, verdict)) = view.ranked().into_iter().next() else {
        return nothing_judged(view);
    };
    let mut sentences = vec![level_sentence(view, metric)];
    sentences.extend(where_it_sits(view, metric, verdict, points));
    sentences.extend(who_can_close_it(view, metric, verdict, points));
    Headline {
        metric: Some(metric.id.clone()),
        sentences,
        label: label(verdict).to_owned(),
        tone: verdict.verdict.name().to_owned(),
        meta: meta(view, verdict),
        notes: notes(view, verdict),
    }
}

/// What a reader calls a verdict.
pub(super) fn label(verdict: &Verdict) -> &'static str {
    match verdict.verdict {
        VerdictId::Behavioural => "coaching can help",
        VerdictId::Structural => "the operation decides this",
        VerdictId::Mixed => "both coaching and the operation",
        VerdictId::NoGap if on_target(verdict) => "on target",
        VerdictId::NoGap => "no gap we can be sure of",
        VerdictId::NotEnoughEvidence => "cannot tell yet",
    }
}

/// `strong`, `moderate`, `weak`.
pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Strong => "strong",
        Confidence::Moderate => "moderate",
        Confidence::Weak => "weak",
    }
}

/// `First-contact resolution is 66.8 %, 8.2 points under target.`
pub(super) fn level_sentence(view: View<'_>, metric: &Metric) -> String {
    let (label, locale) = (view.frame.label(&metric.id), view.locale());
    let Some(gap) = view.gap(&metric.id, &Scope::Operation) else {
        return format!("{label} could not be measured.");
    };
    let (level, _) = super::metrics::level_and_range(gap, metric, locale);
    let (Some(adverse), Some(target)) = (gap.adverse, gap.target) else {
        return format!("{label} is {level}.");
    };
    let bad = if metric.better == Better::Higher { "under" } else { "over" };
    let good = if metric.better == Better::Higher { "over" } else { "under" };
    let size = words::difference(adverse.abs(), metric, locale);
    if !size.contains(|c: char| ('1'..='9').contains(&c)) {
        let target = words::trimmed_level(target, metric, locale);
        return format!("{label} is {level}, at its target of {target}.");
    }
    format!("{label} is {level}, {size} {} target.", if adverse > 0.0 { bad } else { good })
}

/// `7.4 of the 8.2 points sit in Refund approval and Complaint, where even our best agents miss it.`
fn where_it_sits(
    view: View<'_>,
    metric: &Metric,
    verdict: &Verdict,
    points: Option<&Points>,
) -> Option<String> {
    let breakdown = view.breakdown(&metric.id, &verdict.scope)?;
    let points = points?;
    let carriers: Vec<_> =
        breakdown.rows.iter().filter(|r| breakdown.carriers.contains(&r.contact_type)).collect();
    if !breakdown.concentrated || carriers.is_empty() || verdict.verdict == VerdictId::NoGap {
        return None;
    }
    let (carried, net) = (super::points::carried(metric, breakdown), super::points::net(breakdown));
    let names: Vec<String> = carriers.iter().map(|row| words::shortened(&row.contact_type)).collect();
    let missed = carriers.iter().all(|row| super::points::best_agents_miss(metric, row));
    let missed = missed && verdict.verdict == VerdictId::Structural;
    let names = words::list(&names, view.locale());
    if carried > net + super::points::step(metric, net) / 2.0 {
        let said = words::difference(carried, metric, view.locale());
        let even = if missed { "even our best agents miss the target there, and " } else { "" };
        return Some(format!(
            "In {names} alone {said} are missing, more than the whole gap: {even}other contact types make up for some \
             of it."
        ));
    }
    let said = words::bare_difference(carried, metric, view.locale());
    let even = if missed { ", where even our best agents miss it" } else { "" };
    Some(format!("{said} of the {} sit in {names}{even}.", points.title))
}

fn who_can_close_it(
    view: View<'_>,
    metric: &Metric,
    verdict: &Verdict,
    points: Option<&Points>,
) -> Option<String> {
    match verdict.verdict {
        VerdictId::NotEnoughEvidence => return Some(cannot_tell(verdict, view.locale())),
        VerdictId::NoGap if on_target(verdict) => return None,
        VerdictId::NoGap => {
            return Some("The difference is within what chance can do: no gap we can be sure of.".into());
        }
        _ => {}
    }
    let ledger = view.ledger(&metric.id, &verdict.scope)?;
    let reach = points?.bar.parts.iter().find(|part| part.id == "reach")?;
    let amount = super::points::with_unit(&reach.value, metric, view.locale());
    let everyone = format!(
        "If everyone worked like our {} of agents, {amount} would close",
        words::shortened(&ledger.reachable_as)
    );
    let sure = verdict.confidence == Some(Confidence::Strong);
    let weak = verdict.confidence.is_none_or(|c| c == Confidence::Weak);
    let conclusion = match (verdict.verdict, weak, sure) {
        (VerdictId::Structural, true, _) => "this may not be a coaching gap, but the evidence is weak",
        (VerdictId::Structural, _, true) => "this is not a coaching gap",
        (VerdictId::Structural, _, _) => "this is probably not a coaching gap",
        (VerdictId::Behavioural, true, _) => "coaching may close most of it, but the evidence is weak",
        (VerdictId::Behavioural, _, true) => "coaching can close most of it",
        (VerdictId::Behavioural, _, _) => "coaching can probably close most of it",
        _ => "coaching can close that part, the rest is for the operation to decide",
    };
    Some(format!("{everyone}: {conclusion}."))
}

fn cannot_tell(verdict: &Verdict, locale: &Locale) -> String {
    let needs = super::metrics::needs(verdict, locale);
    format!("Whether coaching or the operation decides this cannot be told yet{needs}.")
}

fn meta(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let mut meta = Vec::new();
    if let Some(found) = verdict.confidence {
        meta.push(format!("evidence {}", confidence(found)));
    }
    let since = words::period_name(verdict.since, &view.frame.calendar, view.locale());
    let earlier = if verdict.since_at_least { " or earlier" } else { "" };
    meta.push(if verdict.since == view.story.now.period {
        format!("first reported this {}", view.locale().grain())
    } else {
        format!("first reported in {since}{earlier}")
    });
    meta.push(match asked(view) {
        0 => "no decision asked".to_owned(),
        1 => "1 decision asked".to_owned(),
        n => format!("{n} decisions asked"),
    });
    meta
}

fn asked(view: View<'_>) -> usize {
    view.story.now.decisions.iter().filter(|d| d.state == crate::model::Asked::Asked).count()
}

fn notes(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let period = view.locale().grain();
    let mut notes = Vec::new();
    if verdict.provisional {
        let n = view.frame.hold_for;
        notes.push(format!(
            "Provisional: an answer stands after {} equal {period}s.",
            words::spelt(n, view.locale())
        ));
    }
    if verdict.this_period_alone != verdict.verdict {
        let alone = Verdict { verdict: verdict.this_period_alone, form: None, ..verdict.clone() };
        notes.push(format!("This {period} alone would say: {}.", label(&alone)));
    }
    notes.extend(verdict.caveats.iter().map(|caveat| words::as_sentence(caveat, 200)));
    if verdict.form.as_deref() == Some("changed-recently") {
        notes.push("Something changed here recently: the window starts again at the change.".to_owned());
    }
    notes
}

fn nothing_judged(view: View<'_>) -> Headline {
    let of = view.story.rules_in_force;
    Headline {
        sentences: vec![
            "No metric could be judged.".to_owned(),
            format!(
                "{} of {of} rules could be judged; what each still needs is listed below.",
                view.story.rules_judged
            ),
        ],
        label: "cannot tell yet".to_owned(),
        tone: VerdictId::NotEnoughEvidence.name().to_owned(),
        ..Headline::default()
    }
}

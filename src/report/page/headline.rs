//! The answer: what is wrong, where it sits, and who can close it.

use crate::model::{Asked, Better, Confidence, Metric, Scope, Verdict, VerdictId};
use crate::report::context::{Headline, Points};
use crate::report::view::{View, on_target};
use crate::words::{self, Locale, say};

/// The worst verdict of the operation in words.
pub(super) fn headline(view: View<'_>, points: Option<&Points>) -> Headline {
    let Some((metric, verdict)) = view.ranked().into_iter().next() else {
        return nothing_judged(view);
    };
    let mut sentences = vec![say!(view.locale(), "headline-sentence", text = level(view, metric))];
    sentences.extend(where_it_sits(view, metric, verdict, points));
    sentences.extend(who_can_close_it(view, metric, verdict, points));
    Headline {
        metric: Some(metric.id.clone()),
        sentences,
        label: label(verdict, view.locale()),
        tone: verdict.verdict.name().to_owned(),
        meta: meta(view, verdict),
        notes: notes(view, verdict),
    }
}

/// What a reader calls a verdict.
pub(super) fn label(verdict: &Verdict, locale: &Locale) -> String {
    let name = if on_target(verdict) { "on-target" } else { verdict.verdict.name() };
    say!(locale, "headline-label", verdict = name)
}

/// `strong`, `moderate`, `weak`.
pub(super) fn confidence(confidence: Confidence, locale: &Locale) -> String {
    say!(locale, "headline-confidence", confidence = confidence.name())
}

/// `evidence strong`.
pub(super) fn evidence(confidence: Confidence, locale: &Locale) -> String {
    say!(locale, "headline-evidence", confidence = confidence.name())
}

/// `First-contact resolution is 66.8 %, 8.2 points under target`, without the full stop.
pub(super) fn level(view: View<'_>, metric: &Metric) -> String {
    let (label, locale) = (view.frame.label(&metric.id), view.locale());
    let Some(gap) = view.gap(&metric.id, &Scope::Operation) else {
        return say!(locale, "headline-not-measured", metric = label);
    };
    let (level, _) = super::metrics::level_and_range(gap, metric, locale);
    let (Some(adverse), Some(target)) = (gap.adverse, gap.target) else {
        return say!(locale, "headline-level", metric = label, level);
    };
    if words::printed_difference(adverse.abs(), metric) > 0.0 {
        let size = words::difference(adverse.abs(), metric, locale);
        let is_under = (metric.better == Better::Higher) == (adverse > 0.0);
        let side = if is_under { "under" } else { "over" };
        return say!(locale, "headline-off-target", metric = label, level, size, side);
    }
    let target = words::trimmed_level(target, metric, locale);
    say!(locale, "headline-at-target", metric = label, level, target)
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
    let missed = if missed && verdict.verdict == VerdictId::Structural { "yes" } else { "no" };
    let (types, locale) = (words::list(&names, view.locale()), view.locale());
    if carried > net + super::points::step(metric, net) / 2.0 {
        let size = words::difference(carried, metric, locale);
        return Some(say!(locale, "headline-more-than-the-gap", types, size, missed));
    }
    let size = words::bare_difference(carried, metric, locale);
    Some(say!(locale, "headline-sits-in", size, gap = points.title.as_str(), types, missed))
}

fn who_can_close_it(
    view: View<'_>,
    metric: &Metric,
    verdict: &Verdict,
    points: Option<&Points>,
) -> Option<String> {
    let locale = view.locale();
    match verdict.verdict {
        VerdictId::NotEnoughEvidence => return Some(cannot_tell(verdict, locale)),
        VerdictId::NoGap if on_target(verdict) => return None,
        VerdictId::NoGap => return Some(say!(locale, "headline-by-chance")),
        VerdictId::Structural | VerdictId::Behavioural | VerdictId::Mixed => {}
    }
    let ledger = view.ledger(&metric.id, &verdict.scope).filter(|_| points.is_some())?;
    Some(say!(
        locale,
        "headline-would-close",
        reachable = super::points::reachable(ledger),
        size = super::points::reach(ledger, metric, locale),
        verdict = verdict.verdict.name(),
        confidence = verdict.confidence.unwrap_or(Confidence::Weak).name(),
    ))
}

fn cannot_tell(verdict: &Verdict, locale: &Locale) -> String {
    let (known, needs) = super::metrics::needs(verdict, locale);
    say!(locale, "headline-cannot-tell", known, needs)
}

fn meta(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let locale = view.locale();
    let first = if verdict.since == view.story.now.period {
        say!(locale, "headline-first-now")
    } else {
        let since = words::period_name(verdict.since, &view.frame.calendar, locale);
        let earlier = if verdict.since_at_least { "yes" } else { "no" };
        say!(locale, "headline-first-in", since, earlier)
    };
    verdict.confidence.map(|found| evidence(found, locale)).into_iter().chain([first, asked(view)]).collect()
}

/// `3 decisions asked`.
fn asked(view: View<'_>) -> String {
    let asked = view.story.now.decisions.iter().filter(|decision| decision.state == Asked::Asked);
    say!(view.locale(), "headline-asked", n = asked.count())
}

fn notes(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let locale = view.locale();
    let mut notes = Vec::new();
    if verdict.provisional {
        let n = view.frame.hold_for;
        notes.push(say!(locale, "headline-provisional", n, count = words::spelt(n, locale)));
    }
    if verdict.this_period_alone != verdict.verdict {
        let alone = Verdict { verdict: verdict.this_period_alone, form: None, ..verdict.clone() };
        notes.push(say!(locale, "headline-alone", label = label(&alone, locale)));
    }
    notes.extend(verdict.caveats.iter().map(|caveat| words::as_sentence(caveat, 200)));
    if verdict.form.as_deref() == Some("changed-recently") {
        notes.push(say!(locale, "headline-changed"));
    }
    notes
}

fn nothing_judged(view: View<'_>) -> Headline {
    let (story, locale) = (view.story, view.locale());
    let verdict = VerdictId::NotEnoughEvidence.name();
    Headline {
        sentences: vec![
            say!(locale, "headline-nothing-judged"),
            say!(locale, "headline-rules-judged", judged = story.rules_judged, all = story.rules_in_force),
        ],
        label: say!(locale, "headline-label", verdict),
        tone: verdict.to_owned(),
        ..Headline::default()
    }
}

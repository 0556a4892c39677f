//! Pages with nothing to ask, and the four lines of the summary.

use super::changed::{beyond_usual, usual};
use crate::calendar::Period;
use crate::model::{Asked, Decision, FindingState, Metric, Minutes, Scope, Verdict, VerdictId};
use crate::report::context::{Context, DecisionView, PageKind, Quiet};
use crate::report::view::{View, is_gap, on_target};
use crate::words::{self, Locale, say};

/// The quiet page, where one is due.
pub(super) fn quiet(view: View<'_>) -> Option<(PageKind, Quiet)> {
    if all_on_target(view) {
        return Some((PageKind::OnTarget, on_target_page(view)));
    }
    nothing_new(view).then(|| (PageKind::NothingNew, nothing_new_page(view)))
}

/// Four lines for a chat channel.
pub(super) fn summary(context: &Context, locale: &Locale) -> Vec<String> {
    if let Some(withheld) = &context.withheld {
        return vec![withheld.heading.clone(), withheld.because.join(" "), withheld.needed.join(" ")];
    }
    if let Some(quiet) = &context.quiet {
        return std::iter::once(quiet.heading.clone())
            .chain(quiet.sentences.iter().take(3).cloned())
            .collect();
    }
    let (headline, changed) = (&context.headline, &context.changed);
    let answer = headline.sentences.first().cloned().unwrap_or_default();
    let [label, meta] = [words::capital(&headline.label), headline.meta.join(", ")];
    let [since, new] = [&changed.since, &changed.new];
    let [worse, closed] = [&changed.worse, &changed.closed];
    vec![
        say!(locale, "summary-answer", title = &context.page.title, answer),
        say!(locale, "summary-stands", label, meta),
        asked(&context.decisions, locale),
        say!(locale, "summary-changed", since, new, worse, closed),
    ]
}

fn asked(decisions: &[DecisionView], locale: &Locale) -> String {
    if decisions.is_empty() {
        return say!(locale, "summary-nothing-asked");
    }
    let one = |asked: &DecisionView| say!(locale, "summary-asked", number = asked.number, what = &asked.what);
    decisions.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn all_on_target(view: View<'_>) -> bool {
    let targeted: Vec<_> = view.frame.metrics.iter().filter(|metric| metric.has_target()).collect();
    let shown = |id: &str| view.verdict(id, &Scope::Operation).is_some_and(on_target);
    let elsewhere =
        view.story.now.verdicts.iter().all(|v| v.verdict == VerdictId::NoGap || !is_gap(v.verdict));
    !targeted.is_empty()
        && targeted.iter().all(|m| shown(&m.id))
        && elsewhere
        && view.story.now.decisions.is_empty()
}

fn on_target_page(view: View<'_>) -> Quiet {
    let locale = view.locale();
    let n = view.frame.metrics.iter().filter(|metric| metric.has_target()).count();
    let mut sentences = vec![say!(locale, "quiet-on-target", n, count = words::spelt(n, locale))];
    let watch: Vec<String> = watch(view);
    if !watch.is_empty() {
        sentences.push(say!(locale, "quiet-watch", titles = watch.join("; ")));
    }
    sentences.extend(view.minutes().map(|minutes| held(minutes, locale)));
    sentences.extend(
        usual_of_headline(view).map(|(metric, usual)| say!(locale, "quiet-could-miss", metric, usual)),
    );
    Quiet { heading: say!(locale, "quiet-on-target-heading", period = period(view)), sentences }
}

/// `Coaching: 43 hours held, 4 % cancelled.`
fn held(minutes: &Minutes, locale: &Locale) -> String {
    let n = (minutes.minutes / 60.0).round();
    let all = f64::from(minutes.sessions + minutes.cancelled);
    let share = if all > 0.0 { f64::from(minutes.cancelled) / all } else { 0.0 };
    let share = words::percent(share, 0, locale);
    say!(locale, "quiet-coaching", n, hours = words::count(n, locale), share)
}

/// The headline's metric and its usual range.
fn usual_of_headline(view: View<'_>) -> Option<(String, String)> {
    let (metric, _) = view.ranked().into_iter().next()?;
    Some((view.frame.label(&metric.id), usual(view)?))
}

/// Findings of low severity, which ask for nothing.
fn watch(view: View<'_>) -> Vec<String> {
    let findings = view.story.now.findings.iter().filter(|f| f.state != FindingState::Waived);
    findings.take(2).map(|f| super::said(view, f).title.trim_end_matches('.').to_owned()).collect()
}

/// Nothing moved and nothing is asked. A decision that nobody has taken yet is asked again, in full.
fn nothing_new(view: View<'_>) -> bool {
    let story = view.story;
    let quiet_findings =
        story.now.findings.iter().all(|f| matches!(f.state, FindingState::Ongoing | FindingState::Waived));
    let asked = story.now.decisions.iter().any(|decision| decision.state == Asked::Asked);
    quiet_findings
        && !asked
        && story.resolved.is_empty()
        && !story.now.verdicts.is_empty()
        && beyond_usual(view).is_empty()
        && same_verdicts_as_before(view)
}

/// Every verdict in force now was in force a period ago, and the other way round.
fn same_verdicts_as_before(view: View<'_>) -> bool {
    let at = |period: Period| {
        let mut found: Vec<_> = view
            .story
            .timeline
            .iter()
            .filter(|(p, _, _, _)| *p == period)
            .map(|(_, metric, scope, verdict)| (metric, scope, verdict))
            .collect();
        found.sort();
        found
    };
    let (now, before) = (at(view.story.now.period), at(view.story.now.period.shift(-1)));
    !before.is_empty() && now == before
}

fn nothing_new_page(view: View<'_>) -> Quiet {
    let (story, locale) = (view.story, view.locale());
    let mut sentences: Vec<String> = open(view).into_iter().collect();
    let n = story.moves.len();
    if n > 0 {
        sentences.push(say!(locale, "quiet-inside", n, count = words::spelt(n, locale)));
    }
    sentences.extend(
        usual_of_headline(view).map(|(metric, usual)| say!(locale, "quiet-would-see", metric, usual)),
    );
    sentences.push(say!(locale, "quiet-rules", judged = story.rules_judged, all = story.rules_in_force));
    sentences.push(say!(locale, "quiet-nothing-asked"));
    Quiet { heading: say!(locale, "quiet-nothing-new-heading", period = period(view)), sentences }
}

/// `Two things are still open: …`
fn open(view: View<'_>) -> Option<String> {
    let locale = view.locale();
    let gap = |(metric, verdict): (&Metric, &Verdict)| {
        let since = words::period_name(verdict.since, &view.frame.calendar, locale);
        let earlier = if verdict.since_at_least { "yes" } else { "no" };
        say!(locale, "quiet-open-gap", level = super::headline::level(view, metric), since, earlier)
    };
    let gaps = view.ranked().into_iter().filter(|(_, verdict)| is_gap(verdict.verdict));
    let asked = view.story.now.decisions.iter().filter(|d| matches!(d.state, Asked::Asked | Asked::Accepted));
    let due = |(index, decision): (usize, &Decision)| {
        say!(locale, "quiet-open-decision", number = index + 1, day = words::day(decision.due, locale))
    };
    let things: Vec<String> = gaps.map(gap).chain(asked.enumerate().map(due)).collect();
    let (n, count) = (things.len(), words::capital(&words::spelt(things.len(), locale)));
    (n > 0).then(|| say!(locale, "quiet-open", n, count, things = things.join("; ")))
}

fn period(view: View<'_>) -> String {
    words::period_name(view.story.now.period, &view.frame.calendar, view.locale())
}

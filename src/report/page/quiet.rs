//! Pages with nothing to ask, the four lines of the summary, and the page that says why there is no report.

use super::changed::{beyond_usual, usual};
use crate::calendar::Period;
use crate::model::{Asked, Check, FindingState, Quality, Scope, SourceId, VerdictId};
use crate::report::context::{Context, PageKind, Quiet, WithheldView};
use crate::report::frame::Frame;
use crate::report::view::{View, is_gap, on_target};
use crate::words::{self, Locale};

/// The quiet page, where one is due.
pub(super) fn quiet(view: View<'_>) -> Option<(PageKind, Quiet)> {
    if all_on_target(view) {
        return Some((PageKind::OnTarget, on_target_page(view)));
    }
    nothing_new(view).then(|| (PageKind::NothingNew, nothing_new_page(view)))
}

/// Four lines for a chat channel.
pub(super) fn summary(context: &Context) -> Vec<String> {
    if let Some(withheld) = &context.withheld {
        return vec![withheld.heading.clone(), withheld.because.join(" "), withheld.needed.join(" ")];
    }
    if let Some(quiet) = &context.quiet {
        return std::iter::once(quiet.heading.clone())
            .chain(quiet.sentences.iter().take(3).cloned())
            .collect();
    }
    let headline = &context.headline;
    let asked: Vec<String> = context.decisions.iter().map(|d| format!("{} {}", d.number, d.what)).collect();
    let decisions = if asked.is_empty() { "No decision is asked.".to_owned() } else { asked.join(" ") };
    let changed = &context.changed;
    vec![
        format!("{}: {}", context.page.title, headline.sentences.first().cloned().unwrap_or_default()),
        format!("{} ({}).", words::capital(&headline.label), headline.meta.join(", ")),
        decisions,
        format!(
            "Since {}: new {}; worse {}; closed {}.",
            changed.since, changed.new, changed.worse, changed.closed
        ),
    ]
}

/// Why there is no report, who can mend it, and what is fine. No metric value.
pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> WithheldView {
    let name = words::period_name(period, &frame.calendar, &frame.locale);
    let failed: Vec<&Check> = why.iter().filter(|check| !check.passed).collect();
    let mut because: Vec<String> = failed.iter().map(|check| words::as_sentence(&check.say, 300)).collect();
    because.extend(quality.missing.values().map(|why| words::as_sentence(why, 300)));
    if because.is_empty() {
        because.push("The data are not fit for a report.".to_owned());
    }
    let fine: Vec<&str> = quality
        .sources
        .iter()
        .filter(|source| source.used > 0 && failed.iter().all(|check| blamed(check) != source.source))
        .map(|source| source.source.name())
        .collect();
    WithheldView {
        heading: format!("No report for {name}"),
        because,
        note: format!("A figure from part of a {} would look like a change.", frame.locale.grain()),
        needed: vec![format!(
            "Needed: complete data for {}, then run {} again.",
            words::days(frame.calendar.start(period), frame.calendar.end(period), &frame.locale),
            frame.calendar.label(period),
        )],
        fine: if fine.is_empty() { String::new() } else { format!("Fine: {}.", fine.join(", ")) },
        next: "The last published report stays valid for decisions.".to_owned(),
    }
}

/// The source a failed check is about: the one it names, else the contacts, which every report rests on.
fn blamed(check: &Check) -> SourceId {
    let text = format!("{} {}", check.id, check.say).to_lowercase();
    let named = |source: &SourceId| text.contains(source.name().trim_end_matches('s'));
    SourceId::ALL.into_iter().find(named).unwrap_or(SourceId::Contacts)
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
    let shown = view.frame.metrics.iter().filter(|metric| metric.has_target()).count();
    let (are, metrics) = (if shown == 1 { "is" } else { "are" }, all_of(shown, view.locale()));
    let mut sentences = vec![format!(
        "{metrics} with a target {are} on target, shown and not merely assumed: the table gives the worst value still \
         possible."
    )];
    let watch: Vec<String> = watch(view);
    if !watch.is_empty() {
        sentences.push(format!("Worth a look, no action: {}.", watch.join("; ")));
    }
    if let Some(minutes) = view.minutes() {
        let hours = words::count(minutes.minutes / 60.0, view.locale());
        let all = f64::from(minutes.sessions + minutes.cancelled);
        let share = if all > 0.0 { f64::from(minutes.cancelled) / all } else { 0.0 };
        sentences.push(format!(
            "Coaching: {hours} hours held, {} cancelled.",
            words::percent(share, 0, view.locale())
        ));
    }
    sentences.extend(usual(view).map(|usual| {
        let metric = view.ranked().first().map(|(m, _)| view.frame.label(&m.id)).unwrap_or_default();
        format!("A move of {metric} under {usual} could have been missed.")
    }));
    Quiet { heading: format!("On target, {}", period(view)), sentences }
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
    let story = view.story;
    let mut sentences: Vec<String> = open(view).into_iter().collect();
    let metrics = story.moves.len();
    if metrics > 0 {
        let period = view.locale().grain();
        sentences.push(format!(
            "{} stayed inside {} usual range from {period} to {period}.",
            all_of(metrics, view.locale()),
            if metrics == 1 { "its" } else { "their" },
        ));
    }
    sentences.extend(usual(view).map(|usual| {
        let metric = view.ranked().first().map(|(m, _)| view.frame.label(&m.id)).unwrap_or_default();
        format!("A move of {usual} or more in {metric} would have been seen; a smaller one would not.")
    }));
    sentences.push(format!("{} of {} rules could be judged.", story.rules_judged, story.rules_in_force));
    sentences.push("Nothing is asked of you beyond what is open.".to_owned());
    Quiet { heading: format!("Nothing new, {}", period(view)), sentences }
}

/// `The metric`, `Both metrics`, `All nine metrics`.
fn all_of(metrics: usize, locale: &Locale) -> String {
    match metrics {
        1 => "The metric".to_owned(),
        2 => "Both metrics".to_owned(),
        n => format!("All {} metrics", words::spelt(n, locale)),
    }
}

/// `Two things are still open: …`
fn open(view: View<'_>) -> Option<String> {
    let mut open: Vec<String> = view
        .ranked()
        .into_iter()
        .filter(|(_, verdict)| is_gap(verdict.verdict))
        .map(|(metric, verdict)| {
            let since = words::period_name(verdict.since, &view.frame.calendar, view.locale());
            let level = super::headline::level_sentence(view, metric);
            let earlier = if verdict.since_at_least { " or earlier" } else { "" };
            format!("{}, since {since}{earlier}", level.trim_end_matches('.'))
        })
        .collect();
    let asked = view.story.now.decisions.iter().filter(|d| matches!(d.state, Asked::Asked | Asked::Accepted));
    for (index, decision) in asked.enumerate() {
        open.push(format!("decision {}, due on {}", index + 1, words::day(decision.due, view.locale())));
    }
    let (things, are) = if open.len() == 1 { ("thing", "is") } else { ("things", "are") };
    let count = words::capital(&words::spelt(open.len(), view.locale()));
    (!open.is_empty()).then(|| format!("{count} {things} {are} still open: {}.", open.join("; ")))
}

fn period(view: View<'_>) -> String {
    words::period_name(view.story.now.period, &view.frame.calendar, view.locale())
}

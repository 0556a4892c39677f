//! What a team's own figures say: the answer if there is one, the levels, the findings and the contact types.

use std::collections::BTreeSet;

use super::MOST;
use crate::model::{
    Better, BreakdownRow, Confidence, Finding, Gap, Metric, Scope, Severity, Verdict, VerdictId,
};
use crate::report::context::{MetricRow, TeamFinding, TeamType, TeamTypes};
use crate::report::page::headline::evidence;
use crate::report::page::{findings, metrics};
use crate::report::view::{View, is_gap, on_target};
use crate::words::{self, Locale, say};

/// The answer to speak of first: a gap, what cannot be told, what is well; in the plan's order.
pub(super) fn worst<'v>(view: View<'v>, scope: &Scope) -> Option<(&'v Metric, &'v Verdict)> {
    let rank = |verdict: &Verdict| match verdict.verdict {
        VerdictId::NoGap if on_target(verdict) => 3,
        VerdictId::NoGap => 2,
        VerdictId::NotEnoughEvidence => 1,
        _ => 0,
    };
    let known = view.frame.metrics.iter();
    let judged = known.filter_map(|metric| Some((metric, view.verdict(&metric.id, scope)?)));
    judged.min_by_key(|(_, verdict)| rank(verdict))
}

/// The first sentence of the page and those below it.
pub(super) fn answer(
    view: View<'_>,
    scope: &Scope,
    worst: Option<(&Metric, &Verdict)>,
    team: &str,
) -> (String, Vec<String>) {
    let locale = view.locale();
    let Some((metric, _)) = worst else {
        return (say!(locale, "team-none", team), vec![say!(locale, "team-none-why", team)]);
    };
    (level(view, metric, scope), Vec::new())
}

/// `First-contact resolution is 64.1 %, 10.9 points under target.`
fn level(view: View<'_>, metric: &Metric, scope: &Scope) -> String {
    let (label, locale) = (view.frame.label(&metric.id), view.locale());
    let Some(gap) = view.gap(&metric.id, scope) else {
        return say!(locale, "team-level-unknown", label);
    };
    let (level, _) = metrics::level_and_range(gap, metric, locale);
    let Some(adverse) = gap.adverse else { return say!(locale, "team-level", label, level) };
    if words::printed_difference(adverse.abs(), metric) <= 0.0 {
        return say!(locale, "team-level-at", label, level);
    }
    let size = words::difference(adverse.abs(), metric, locale);
    let is_under = (adverse > 0.0) == (metric.better == Better::Higher);
    let side = if is_under { "under" } else { "over" };
    say!(locale, "team-level-off", label, level, size, side)
}

pub(super) fn label(verdict: &Verdict, locale: &Locale) -> String {
    let answer = match verdict.verdict {
        VerdictId::NoGap if on_target(verdict) => "on-target",
        other => other.name(),
    };
    say!(locale, "team-answer", answer)
}

/// What messages choose by.
pub(super) fn confidence(verdict: &Verdict) -> &'static str {
    verdict.confidence.map_or("none", Confidence::name)
}

pub(super) fn meta(view: View<'_>, verdict: &Verdict) -> Vec<String> {
    let locale = view.locale();
    let since = words::period_name(verdict.since, &view.frame.calendar, locale);
    let sure = verdict.confidence.map(|found| evidence(found, locale));
    sure.into_iter().chain([say!(locale, "team-since", since)]).collect()
}

/// The metrics measured in the team. Where none of them has an answer the heading says so, and not every line again.
pub(super) fn rows(view: View<'_>, scope: &Scope) -> Vec<MetricRow> {
    let mut rows: Vec<MetricRow> =
        view.frame.metrics.iter().filter_map(|metric| row(view, metric, scope)).collect();
    if view.frame.metrics.iter().all(|metric| view.verdict(&metric.id, scope).is_none()) {
        for row in &mut rows {
            row.what.clear();
        }
    }
    rows
}

/// A metric in the team; none where it is not measured there.
fn row(view: View<'_>, metric: &Metric, scope: &Scope) -> Option<MetricRow> {
    let gap = view.gap(&metric.id, scope)?;
    let (verdict, locale) = (view.verdict(&metric.id, scope), view.locale());
    let (now, range) = metrics::level_and_range(gap, metric, locale);
    Some(MetricRow {
        id: metric.id.clone(),
        label: view.frame.label(&metric.id),
        full_label: words::shortened_to(&metric.label, 300),
        now,
        range,
        target: gap.target.map_or_else(String::new, |target| words::trimmed_level(target, metric, locale)),
        what: what(verdict, locale),
        tone: verdict.map_or("unknown", |one| one.verdict.name()).to_owned(),
        judged: true,
        beside: beside(view, metric, scope, gap),
    })
}

fn what(verdict: Option<&Verdict>, locale: &Locale) -> String {
    let Some(verdict) = verdict else { return say!(locale, "team-no-answer") };
    let answer = label(verdict, locale);
    if verdict.confidence.is_none() || !is_gap(verdict.verdict) {
        return answer;
    }
    say!(locale, "team-answer-sure", answer, confidence = confidence(verdict))
}

/// What stands beside a number: rows, agents and days behind it.
fn beside(view: View<'_>, metric: &Metric, scope: &Scope, gap: &Gap) -> String {
    let locale = view.locale();
    let n = words::count(words::whole(gap.n), locale);
    let days = view.days_at(&metric.id, scope).map(|(first, last)| words::span(first, last, locale));
    let agents = usize::try_from(gap.agents).unwrap_or(0);
    let counted = match agents {
        0 => say!(locale, "team-counted", n),
        agents => say!(locale, "team-counted-agents", n, agents),
    };
    [Some(counted), days].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The most severe first. What only looks things up says nothing.
pub(super) fn found(view: View<'_>) -> Vec<TeamFinding> {
    let locale = view.locale();
    let mut own: Vec<&Finding> =
        view.story.now.findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    own.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
    let one = |finding: &Finding| {
        let said = findings::said(view, finding);
        let since = words::period_name(finding.since, &view.frame.calendar, locale);
        TeamFinding { title: said.title, say: said.say, since: say!(locale, "team-finding-since", since) }
    };
    own.into_iter().take(MOST).map(one).collect()
}

/// Contact types inside the team by name; those of few agents together at the end.
pub(super) fn types(view: View<'_>, scope: &Scope) -> Vec<TeamTypes> {
    let of_metric = |metric: &Metric| {
        let mut rows: Vec<&BreakdownRow> = view.breakdown(&metric.id, scope)?.rows.iter().collect();
        rows.sort_by_key(|row| (is_together(row), row.contact_type.to_lowercase()));
        let rows = rows.into_iter().map(|row| type_row(row, metric, view.locale())).collect();
        Some(TeamTypes { metric: view.frame.label(&metric.id), rows })
    };
    view.frame.metrics.iter().filter_map(of_metric).collect()
}

/// Types of few agents stand in one row, which is about no number of agents.
fn is_together(row: &BreakdownRow) -> bool {
    row.agents == 0
}

fn type_row(row: &BreakdownRow, metric: &Metric, locale: &Locale) -> TeamType {
    TeamType {
        label: words::shortened(&row.contact_type),
        full_label: words::shortened_to(&row.contact_type, 300),
        share: words::percent(row.share, 0, locale),
        now: words::level(row.actual, metric, locale),
        target: row.target.map_or_else(String::new, |target| words::trimmed_level(target, metric, locale)),
    }
}

/// What is behind the figures and what they are not for.
pub(super) fn limits(view: View<'_>, scope: &Scope) -> Vec<String> {
    let locale = view.locale();
    let shares: BTreeSet<String> = view
        .frame
        .metrics
        .iter()
        .filter_map(|metric| view.gap(&metric.id, scope))
        .map(|gap| words::percent(gap.level, 0, locale))
        .collect();
    let shares: Vec<String> = shares.into_iter().collect();
    let ranges = (!shares.is_empty())
        .then(|| say!(locale, "team-limits-ranges", level = words::list(&shares, locale)));
    let least = usize::try_from(view.frame.min_group).unwrap_or(0);
    let fixed = [say!(locale, "team-limits-luck"), say!(locale, "team-limits-nobody", least)];
    ranges.into_iter().chain(fixed).collect()
}

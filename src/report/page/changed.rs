//! What is different from the period before: new, worse, closed.

use super::findings;
use crate::model::{Finding, FindingState, Metric, Move, Severity};
use crate::report::context::Changed;
use crate::report::view::{View, on_target};
use crate::words::{self, Locale, say};

/// Titles printed before "and n more".
const NAMED: usize = 2;

pub(super) fn changed(view: View<'_>) -> Changed {
    let (story, locale) = (view.story, view.locale());
    let titled = |state: FindingState| -> Vec<&Finding> {
        story.now.findings.iter().filter(|f| f.state == state && f.severity >= Severity::Medium).collect()
    };
    Changed {
        since: words::period_name(story.now.period.shift(-1), &view.frame.calendar, locale),
        new: titles(view, &titled(FindingState::New)).unwrap_or_else(|| say!(locale, "changed-nothing")),
        worse: worse(view, &titled(FindingState::Worse)),
        closed: closed(view),
    }
}

/// Metrics that moved further than usual, in the bad direction.
pub(super) fn beyond_usual(view: View<'_>) -> Vec<(&Metric, &Move)> {
    let moves = view.story.moves.iter();
    let known = moves.filter_map(|step| view.frame.metric(&step.metric).map(|metric| (metric, step)));
    known.filter(|(metric, step)| metric.better.sign() * (step.before - step.now) > step.usual).collect()
}

/// The headline metric's usual period-to-period range: `±1.1 points`.
pub(super) fn usual(view: View<'_>) -> Option<String> {
    let (metric, _) = view.ranked().into_iter().next()?;
    let step = view.story.moves.iter().find(|step| step.metric == metric.id)?;
    Some(words::difference(step.usual, metric, view.locale()))
}

fn worse(view: View<'_>, findings: &[&Finding]) -> String {
    let moved: Vec<String> =
        beyond_usual(view).iter().map(|(metric, step)| moved(view, metric, step)).collect();
    let lines: Vec<String> = moved.into_iter().chain(titles(view, findings)).collect();
    if lines.is_empty() { nothing_beyond(view) } else { lines.join("; ") }
}

fn nothing_beyond(view: View<'_>) -> String {
    let Some(usual) = usual(view) else { return say!(view.locale(), "changed-nothing") };
    say!(view.locale(), "changed-nothing-usual", usual)
}

fn moved(view: View<'_>, metric: &Metric, step: &Move) -> String {
    let locale = view.locale();
    let size = words::difference((step.now - step.before).abs(), metric, locale);
    let usual = words::difference(step.usual, metric, locale);
    let direction = if step.now < step.before { "down" } else { "up" };
    say!(locale, "changed-moved", metric = view.frame.label(&metric.id), direction, size, usual)
}

/// What is closed is named by its metric: its title would still speak in the present.
fn closed(view: View<'_>) -> String {
    let locale = view.locale();
    let mut lines: Vec<String> = Vec::new();
    for finding in &view.story.resolved {
        let about = findings::about(view, finding.metric.as_deref(), &finding.scope);
        let verdict = finding.metric.as_deref().and_then(|metric| view.verdict(metric, &finding.scope));
        let line = if verdict.is_some_and(on_target) {
            say!(locale, "changed-back", about)
        } else {
            say!(locale, "changed-no-longer", about, rule = view.frame.rule_name(&finding.rule))
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    shown(lines, locale).unwrap_or_else(|| say!(locale, "changed-nothing"))
}

fn titles(view: View<'_>, found: &[&Finding]) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    for finding in found {
        let title = findings::said(view, finding).title.trim_end_matches('.').to_owned();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    shown(titles, view.locale())
}

fn shown(mut lines: Vec<String>, locale: &Locale) -> Option<String> {
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(say!(locale, "changed-more", n = more, count = words::spelt(more, locale)));
    }
    (!lines.is_empty()).then(|| lines.join("; "))
}

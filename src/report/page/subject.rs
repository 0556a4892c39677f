//! The subject line of a mail: where the metric stands that the page speaks of first, what holds it back and how many
//! decisions are asked. No verdict word: it is read before the evidence is.

use crate::model::{Asked, Metric, Scope, Verdict};
use crate::report::view::{View, is_gap, percent};
use crate::words::{self, say};

/// `Week 46: First-contact resolution 66.8 % (target 75), two contact types hold it back, 3 decisions`.
pub(in crate::report) fn subject(view: View<'_>) -> String {
    let locale = view.locale();
    let period = words::period_name(view.story.now.period, &view.frame.calendar, locale);
    let period = words::capital(&period);
    let asked = view.story.now.decisions.iter().filter(|one| one.state == Asked::Asked).count();
    let Some((metric, verdict)) = view.ranked().into_iter().next() else {
        return say!(locale, "subject-nothing-judged", period);
    };
    let label = view.frame.label(&metric.id);
    let Some(gap) = view.gap(&metric.id, &Scope::Operation) else {
        return say!(locale, "subject-not-measured", period, label, asked);
    };
    let level = words::level(gap.actual, metric, locale);
    let Some(target) = gap.target.map(|target| words::trimmed(target * percent(metric), 2, locale)) else {
        return say!(locale, "subject-level", period, label, level, asked);
    };
    match carriers(view, metric, verdict) {
        0 => say!(locale, "subject-target", period, label, level, target, asked),
        types => {
            let spelt = words::spelt(types, locale);
            say!(locale, "subject-types", period, label, level, target, types, spelt, asked)
        }
    }
}

/// How many contact types carry the gap, where it sits in some.
fn carriers(view: View<'_>, metric: &Metric, verdict: &Verdict) -> usize {
    let breakdown = view.breakdown(&metric.id, &verdict.scope);
    let concentrated = breakdown.filter(|found| is_gap(verdict.verdict) && found.concentrated);
    concentrated.map_or(0, |found| found.carriers.len())
}

//! The table of metrics: now, range, target, and what it is.

use super::headline::{confidence, label};
use crate::model::{Gap, Metric, NotJudged, Scope, UnitKind, Verdict, VerdictId};
use crate::report::context::MetricRow;
use crate::report::view::View;
use crate::words::{self, Locale, say};

pub(super) fn rows(view: View<'_>) -> Vec<MetricRow> {
    view.frame.metrics.iter().map(|metric| row(view, metric)).collect()
}

/// How many needs of a verdict are said, and which: `about 7 more weeks`.
pub(super) fn needs(verdict: &Verdict, locale: &Locale) -> (usize, String) {
    let needs: Vec<String> = verdict.needs.iter().take(2).map(|need| words::in_short(need, locale)).collect();
    (needs.len(), words::list(&needs, locale))
}

fn row(view: View<'_>, metric: &Metric) -> MetricRow {
    let verdict = view.verdict(&metric.id, &Scope::Operation);
    let gap = view.gap(&metric.id, &Scope::Operation);
    let mut row = MetricRow {
        id: metric.id.clone(),
        label: view.frame.label(&metric.id),
        full_label: words::shortened_to(&metric.label, 300),
        target: metric.target.map_or_else(
            || own_targets(metric, view.locale()),
            |t| words::trimmed_level(t, metric, view.locale()),
        ),
        tone: verdict.map_or("unknown", |v| v.verdict.name()).to_owned(),
        judged: gap.is_some(),
        what: verdict.map_or_else(|| not_judged(view, metric), |v| what(view, metric, v)),
        ..MetricRow::default()
    };
    if let Some(gap) = gap {
        (row.now, row.range) = level_and_range(gap, metric, view.locale());
        row.beside = beside(view, metric, gap);
    }
    row
}

fn own_targets(metric: &Metric, locale: &Locale) -> String {
    if metric.target_for.is_empty() {
        return say!(locale, "metrics-target-none");
    }
    say!(locale, "metrics-target-by-type")
}

/// The level with as many decimals as its range can bear.
pub(super) fn level_and_range(gap: &Gap, metric: &Metric, locale: &Locale) -> (String, String) {
    let (low, high) = (gap.actual_low, gap.actual_high);
    if metric.unit.kind == UnitKind::Share && (high - low) * 100.0 >= 3.0 {
        let whole = |x: f64| words::fixed(x * 100.0, 0, locale);
        return (words::percent(gap.actual, 0, locale), words::range(&whole(low), &whole(high), locale));
    }
    let bare = |x: f64| words::bare(x, metric, locale);
    (words::level(gap.actual, metric, locale), words::range(&bare(low), &bare(high), locale))
}

fn what(view: View<'_>, metric: &Metric, verdict: &Verdict) -> String {
    let locale = view.locale();
    let label = label(verdict, locale);
    match verdict.verdict {
        VerdictId::NoGap | VerdictId::NotEnoughEvidence if !metric.has_target() => {
            say!(locale, "metrics-no-target-set")
        }
        VerdictId::NotEnoughEvidence => {
            let (known, needs) = needs(verdict, locale);
            say!(locale, "metrics-cannot-tell", label, known, needs)
        }
        VerdictId::NoGap => label,
        VerdictId::Structural => sure(label, verdict, locale),
        VerdictId::Behavioural | VerdictId::Mixed => {
            differing(view, metric, verdict, sure(label, verdict, locale))
        }
    }
}

/// `the operation decides this · strong`.
fn sure(label: String, verdict: &Verdict, locale: &Locale) -> String {
    let Some(found) = verdict.confidence else { return label };
    say!(locale, "metrics-answer", label, confidence = confidence(found, locale))
}

/// `coaching can help · strong: agents in the same work differ by ±6 points`.
fn differing(view: View<'_>, metric: &Metric, verdict: &Verdict, answer: String) -> String {
    let Some(spread) = view.spread(&metric.id, &verdict.scope) else { return answer };
    let size = words::difference(spread.between_agent_sd, metric, view.locale());
    say!(view.locale(), "metrics-differ", answer, size)
}

fn not_judged(view: View<'_>, metric: &Metric) -> String {
    let locale = view.locale();
    let own = |n: &&NotJudged| n.metric.as_ref() == Some(&metric.id) && n.scope == Scope::Operation;
    let need = view.story.now.not_judged.iter().find(own).map(|n| &n.need);
    match (need, metric.has_target()) {
        (Some(need), _) if need.is_need() => {
            say!(locale, "metrics-not-judged-needs", need = words::in_short(need, locale))
        }
        (Some(because), _) => {
            say!(locale, "metrics-not-judged-because", need = words::in_short(because, locale))
        }
        (None, false) => say!(locale, "metrics-not-judged-no-target"),
        (None, true) => say!(locale, "metrics-not-judged"),
    }
}

fn beside(view: View<'_>, metric: &Metric, gap: &Gap) -> String {
    let locale = view.locale();
    let mut parts = vec![say!(locale, "metrics-n", n = gap.n)];
    if gap.agents > 0 {
        parts.push(say!(locale, "metrics-agents", n = gap.agents));
    }
    if let Some((first, last)) = view.days(&metric.id) {
        parts.push(words::span(first, last, locale));
    }
    parts.push(say!(locale, "metrics-range", level = words::percent(gap.level, 0, locale)));
    if metric.matures_days > 0 {
        parts.push(say!(locale, "metrics-matures", days = metric.matures_days));
    }
    if let Some(who) = metric.target_by.as_deref().filter(|_| metric.has_target()) {
        parts.push(say!(locale, "metrics-target-by", who = words::shortened(who)));
    }
    parts.push(say!(locale, "metrics-material", size = words::difference(metric.material, metric, locale)));
    parts.join(" · ")
}

//! The table of metrics: now, range, target, and what it is.

use super::headline::{confidence, label};
use crate::model::{Gap, Metric, NotJudged, Phrase, Scope, UnitKind, Verdict, VerdictId};
use crate::report::context::MetricRow;
use crate::report::view::View;
use crate::words::{self, Locale};

pub(super) fn rows(view: View<'_>) -> Vec<MetricRow> {
    view.frame.metrics.iter().map(|metric| row(view, metric)).collect()
}

/// `, needs about 7 more weeks`.
pub(super) fn needs(verdict: &Verdict, locale: &Locale) -> String {
    let needs: Vec<String> =
        verdict.needs.iter().take(2).map(|need| words::in_short(need, locale)).collect();
    if needs.is_empty() { String::new() } else { format!(", needs {}", words::list(&needs, locale)) }
}

fn row(view: View<'_>, metric: &Metric) -> MetricRow {
    let verdict = view.verdict(&metric.id, &Scope::Operation);
    let gap = view.gap(&metric.id, &Scope::Operation);
    let mut row = MetricRow {
        id: metric.id.clone(),
        label: view.frame.label(&metric.id),
        full_label: words::shortened_to(&metric.label, 300),
        target: metric
            .target
            .map_or_else(|| own_targets(metric), |t| words::trimmed_level(t, metric, view.locale())),
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

fn own_targets(metric: &Metric) -> String {
    if metric.target_for.is_empty() { "none" } else { "by type" }.to_owned()
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
    let label = label(verdict);
    match verdict.verdict {
        VerdictId::NoGap | VerdictId::NotEnoughEvidence if !metric.has_target() => "no target set".to_owned(),
        VerdictId::NotEnoughEvidence => format!("{label}{}", needs(verdict, view.locale())),
        VerdictId::NoGap => label.to_owned(),
        _ => {
            let sure = verdict.confidence.map(|c| format!(" · {}", confidence(c))).unwrap_or_default();
            format!("{label}{sure}{}", differing(view, metric, verdict))
        }
    }
}

/// `: agents in the same work differ by ±6 points`.
fn differing(view: View<'_>, metric: &Metric, verdict: &Verdict) -> String {
    if !matches!(verdict.verdict, VerdictId::Behavioural | VerdictId::Mixed) {
        return String::new();
    }
    let spread = view.spread(&metric.id, &verdict.scope);
    spread.map_or_else(String::new, |spread| {
        let size = words::difference(spread.between_agent_sd, metric, view.locale());
        format!(": agents in the same work differ by ±{size}")
    })
}

fn not_judged(view: View<'_>, metric: &Metric) -> String {
    let own = |n: &&NotJudged| n.metric.as_ref() == Some(&metric.id) && n.scope == Scope::Operation;
    let need = view.story.now.not_judged.iter().find(own).map(|n| &n.need);
    let said = |need: &Phrase| words::in_short(need, view.locale());
    match (need, metric.has_target()) {
        (Some(need), _) if need.is_need() => format!("not judged, needs {}", said(need)),
        (Some(because), _) => format!("not judged: {}", said(because)),
        (None, false) => "not judged: no target set".to_owned(),
        (None, true) => "not judged".to_owned(),
    }
}

fn beside(view: View<'_>, metric: &Metric, gap: &Gap) -> String {
    let locale = view.locale();
    let mut parts = vec![format!("n = {}", words::count(words::whole(gap.n), locale))];
    if gap.agents > 0 {
        parts.push(format!("{} agents", words::count(f64::from(gap.agents), locale)));
    }
    if let Some((first, last)) = view.days(&metric.id) {
        parts.push(words::span(first, last, locale));
    }
    parts.push(format!("range at {}", words::percent(gap.level, 0, locale)));
    if metric.matures_days > 0 {
        parts.push(format!("counted {} days later", metric.matures_days));
    }
    parts.push(format!("worth acting on from {}", words::difference(metric.material, metric, locale)));
    parts.join(" · ")
}

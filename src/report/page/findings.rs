//! Every finding with its evidence, what speaks against it, what to observe, and why it is there.

use super::headline::label;
use crate::model::{Finding, FindingState, Scope, Value, Verdict, VerdictId};
use crate::report::context::{EvidenceView, FindingView};
use crate::report::frame::place;
use crate::report::view::View;
use crate::words::{self, Facts, Measured};

/// A finding's texts, rendered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::report) struct Said {
    pub(in crate::report) title: String,
    pub(in crate::report) say: String,
    pub(in crate::report) observe: Vec<String>,
    pub(in crate::report) change_our_mind: Option<String>,
}

/// Renders a finding's texts. A text that cannot be rendered is replaced by the rule's name: the evidence is
/// still there to read.
pub(in crate::report) fn said(view: View<'_>, finding: &Finding) -> Said {
    let Some(rule) = view.frame.rule(&finding.rule) else {
        return Said { title: spoken_id(&finding.rule), ..Said::default() };
    };
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let measured = Measured {
        metric,
        scope: &finding.scope,
        columns: finding.columns,
        row: &finding.row,
        thresholds: &rule.given(&finding.thresholds, metric, view.locale()),
        calendar: &view.frame.calendar,
    };
    let facts = Facts::of(&measured, view.locale());
    let say = |text: &String| words::sentence(text, &facts).ok();
    Said {
        title: rule.title.as_ref().and_then(say).unwrap_or_else(|| view.frame.rule_name(&rule.id)),
        say: [rule.say.as_ref().and_then(say), rule.note.map(str::to_owned)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        observe: rule.observe.iter().filter_map(say).collect(),
        change_our_mind: rule.change_our_mind.as_ref().and_then(say),
    }
}

/// The most severe first, closed ones last.
pub(super) fn findings(view: View<'_>) -> Vec<FindingView> {
    let mut open: Vec<&Finding> = view.story.now.findings.iter().collect();
    open.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
    open.into_iter().chain(&view.story.resolved).map(|finding| one(view, finding)).collect()
}

fn one(view: View<'_>, finding: &Finding) -> FindingView {
    let Said { title, say, observe, change_our_mind } = said(view, finding);
    let calendar = &view.frame.calendar;
    let earlier = if finding.since_at_least { " or earlier" } else { "" };
    FindingView {
        id: finding.id.clone(),
        title,
        say,
        observe,
        change_our_mind,
        severity: finding.severity.name().to_owned(),
        state: state(finding.state).to_owned(),
        since: format!("{}{earlier}", words::period_name(finding.since, calendar, view.locale())),
        metric: finding.metric.as_deref().map(|id| view.frame.label(id)).unwrap_or_default(),
        place: place(&finding.scope),
        evidence: evidence(view, finding),
        against: against(view, finding),
        why: why(view, finding),
        waived: finding.waived.as_ref().map(|(until, why, owner)| {
            let until = words::day(*until, view.locale());
            format!("waived until {until} by {}: {}", words::shortened(owner), words::shortened(why))
        }),
    }
}

fn state(state: FindingState) -> &'static str {
    match state {
        FindingState::New => "new",
        FindingState::Worse => "worse",
        FindingState::Ongoing => "ongoing",
        FindingState::Improving => "improving",
        FindingState::Resolved => "closed",
        FindingState::Waived => "waived",
    }
}

fn evidence(view: View<'_>, finding: &Finding) -> Vec<EvidenceView> {
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let values = finding.columns.iter().zip(&finding.row.values).filter(|(_, value)| **value != Value::Null);
    values
        .map(|(column, value)| EvidenceView {
            name: spoken_id(column.name),
            value: words::format_value(value, column.unit, metric, view.locale()),
            doc: column.doc.to_owned(),
        })
        .collect()
}

/// What speaks against the verdict that this finding supports: the next likely answer, what cannot be told, what
/// this period alone would say.
fn against(view: View<'_>, finding: &Finding) -> Vec<String> {
    let Some(metric) = &finding.metric else { return Vec::new() };
    let Some(verdict) = view.verdict(metric, &finding.scope) else { return Vec::new() };
    if !verdict.why.contains(&finding.rule) {
        return Vec::new();
    }
    let other = |id: VerdictId| label(&Verdict { verdict: id, form: None, ..verdict.clone() });
    let mut lines: Vec<String> =
        verdict.runner_up.iter().map(|id| format!("the next likely answer is: {}", other(*id))).collect();
    if verdict.this_period_alone != verdict.verdict {
        lines.push(format!(
            "this {} alone would say: {}",
            view.locale().grain(),
            other(verdict.this_period_alone)
        ));
    }
    let differ = verdict.signals.iter().any(|(name, value)| name == "agents_vary" && *value == Some(true));
    if differ && verdict.verdict == VerdictId::Structural {
        lines.push("agents do differ, but not by enough to close this".to_owned());
    }
    let open = verdict.signals.iter().filter(|(_, value)| value.is_none());
    lines.extend(open.map(|(name, _)| format!("it cannot be told whether: {}", view.frame.signal(name))));
    lines
}

fn why(view: View<'_>, finding: &Finding) -> Vec<String> {
    let (locale, calendar, row) = (view.locale(), &view.frame.calendar, &finding.row);
    let window = words::span(calendar.start(row.window.0), calendar.end(row.window.1), locale);
    let agents =
        (row.agents > 0).then(|| format!(", {} agents", words::count(f64::from(row.agents), locale)));
    let behind = format!("{} rows{}", words::count(words::whole(row.n), locale), agents.unwrap_or_default());
    let origin = view.frame.rule(&finding.rule).map(|rule| format!(", {}", rule.origin)).unwrap_or_default();
    let mut lines = vec![format!("rule {}{origin}", finding.rule), format!("{behind}, {window}")];
    lines.extend(limits(view, finding));
    lines
}

/// `min sd = 1.5 points, set in rules/core.toml:12`.
fn limits(view: View<'_>, finding: &Finding) -> Vec<String> {
    let Some(rule) = view.frame.rule(&finding.rule) else { return Vec::new() };
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let given = rule.given(&finding.thresholds, metric, view.locale());
    let set = |name: &str, value: f64| {
        rule.threshold(name, value, metric).map(|t| format!(", set in {}", t.origin))
    };
    given
        .iter()
        .map(|g| format!("{} = {}{}", spoken_id(&g.name), g.said, set(&g.name, g.value).unwrap_or_default()))
        .collect()
}

/// An id as words: `out_of_reach` is `out of reach`.
pub(super) fn spoken_id(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

/// Who or what a statement is about: `First-contact resolution, Refund approval`.
pub(super) fn about(view: View<'_>, metric: Option<&str>, scope: &Scope) -> String {
    let label = metric.map(|id| view.frame.label(id));
    let parts: Vec<String> =
        [label, Some(place(scope)).filter(|p| !p.is_empty())].into_iter().flatten().collect();
    if parts.is_empty() { words::capital("the operation") } else { parts.join(", ") }
}

//! Every finding with its evidence, what speaks against it, what to observe, and why it is there.

use super::headline::label;
use crate::calendar::Period;
use crate::model::{Finding, Row, Scope, Value, Verdict, VerdictId};
use crate::report::context::{EvidenceView, FindingView};
use crate::report::frame::{place, spoken_id};
use crate::report::view::View;
use crate::words::{self, Facts, Given, Locale, Measured, say};

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
        say: [
            rule.say.as_ref().and_then(say),
            rule.note.as_ref().map(|note| words::phrase(note, view.locale())),
        ]
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
    let locale = view.locale();
    FindingView {
        id: finding.id.clone(),
        title,
        say,
        observe,
        change_our_mind,
        severity: say!(locale, "finding-severity", severity = finding.severity.name()),
        state: say!(locale, "finding-state", state = finding.state.name()),
        since: since(view, finding.since, finding.since_at_least),
        metric: finding.metric.as_deref().map(|id| view.frame.label(id)).unwrap_or_default(),
        place: place(&finding.scope, view.locale()),
        evidence: evidence(view, finding),
        against: against(view, finding),
        why: why(view, finding),
        waived: finding.waived.as_ref().map(|waiver| waived(waiver, locale)),
    }
}

/// `week 41`, `week 41 or earlier`.
pub(super) fn since(view: View<'_>, period: Period, at_least: bool) -> String {
    let since = words::period_name(period, &view.frame.calendar, view.locale());
    if at_least { say!(view.locale(), "since-or-earlier", since) } else { since }
}

fn waived((until, why, owner): &(chrono::NaiveDate, String, String), locale: &Locale) -> String {
    let until = words::day(*until, locale);
    say!(locale, "finding-waived", until, owner = words::shortened(owner), why = words::shortened(why))
}

fn evidence(view: View<'_>, finding: &Finding) -> Vec<EvidenceView> {
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let kind = view.frame.rule(&finding.rule).map_or("", |rule| &rule.kind);
    let values = finding.columns.iter().zip(&finding.row.values).filter(|(_, value)| **value != Value::Null);
    values
        .map(|(column, value)| EvidenceView {
            name: spoken_id(column.name),
            value: words::format_value(value, column.unit, metric, view.locale()),
            doc: words::column_doc(kind, column, view.locale()),
        })
        .collect()
}

/// Questions without an answer that are named one by one; the others are counted.
const UNKNOWN: usize = 3;

/// What speaks against the verdict that this finding supports: the next likely answer, what cannot be told, what
/// this period alone would say.
fn against(view: View<'_>, finding: &Finding) -> Vec<String> {
    let Some(metric) = &finding.metric else { return Vec::new() };
    let Some(verdict) = view.verdict(metric, &finding.scope) else { return Vec::new() };
    if !verdict.why.contains(&finding.rule) {
        return Vec::new();
    }
    let locale = view.locale();
    let other = |id: VerdictId| label(&Verdict { verdict: id, form: None, ..verdict.clone() }, locale);
    let next = verdict.runner_up.map(|id| say!(locale, "finding-next-likely", answer = other(id)));
    let mut lines: Vec<String> = next.into_iter().collect();
    if verdict.this_period_alone != verdict.verdict {
        lines.push(say!(locale, "finding-period-alone", answer = other(verdict.this_period_alone)));
    }
    let differ = verdict.signals.iter().any(|(name, value)| name == "agents_vary" && *value == Some(true));
    if differ && verdict.verdict == VerdictId::Structural {
        lines.push(say!(locale, "finding-differ-too-little"));
    }
    let open: Vec<&str> =
        verdict.signals.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.as_str()).collect();
    let named = open.iter().take(UNKNOWN);
    lines.extend(named.map(|name| say!(locale, "finding-unknown", signal = view.frame.signal(name))));
    if let Some(n) = open.len().checked_sub(UNKNOWN).filter(|n| *n > 0) {
        lines.push(say!(locale, "finding-unknown-more", n));
    }
    lines
}

fn why(view: View<'_>, finding: &Finding) -> Vec<String> {
    let mut lines = vec![rule(view, &finding.rule), behind(view, &finding.row)];
    lines.extend(limits(view, finding));
    lines
}

fn rule(view: View<'_>, rule: &str) -> String {
    let Some(text) = view.frame.rule(rule) else { return say!(view.locale(), "finding-rule", rule) };
    say!(view.locale(), "finding-rule-from", rule, origin = text.origin.as_str())
}

fn behind(view: View<'_>, row: &Row) -> String {
    let (locale, calendar) = (view.locale(), &view.frame.calendar);
    let window = words::span(calendar.start(row.window.0), calendar.end(row.window.1), locale);
    let rows = words::count(words::whole(row.n), locale);
    if row.agents == 0 {
        return say!(locale, "finding-rows", rows, window);
    }
    let agents = words::count(f64::from(row.agents), locale);
    say!(locale, "finding-rows-of-agents", rows, agents, window)
}

/// `min sd = 1.5 points, set in rules/core.toml:12`.
fn limits(view: View<'_>, finding: &Finding) -> Vec<String> {
    let Some(rule) = view.frame.rule(&finding.rule) else { return Vec::new() };
    let metric = finding.metric.as_deref().and_then(|id| view.frame.metric(id));
    let given = rule.given(&finding.thresholds, metric, view.locale());
    let limit = |given: Given| {
        let name = spoken_id(&given.name);
        let Some(set) = rule.threshold(&given.name, given.value, metric) else {
            return say!(view.locale(), "finding-limit", name, amount = given.said);
        };
        let origin = set.origin.as_str();
        say!(view.locale(), "finding-limit-set", name, amount = given.said, origin)
    };
    given.into_iter().map(limit).collect()
}

/// Who or what a statement is about: `First-contact resolution, Refund approval`.
pub(super) fn about(view: View<'_>, metric: Option<&str>, scope: &Scope) -> String {
    let label = metric.map(|id| view.frame.label(id));
    let parts: Vec<String> =
        [label, Some(place(scope, view.locale())).filter(|p| !p.is_empty())].into_iter().flatten().collect();
    if parts.is_empty() { say!(view.locale(), "finding-about-operation") } else { parts.join(", ") }
}

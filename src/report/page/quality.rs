//! What could not be judged and why, how fit the data are, and the rules in force.

use super::findings::{about, spoken_id};
use crate::model::{Check, Quality, Reason, SourceCount};
use crate::report::context::{CheckView, CoachingLine, NotJudgedView, QualityView, RuleView, SourceView};
use crate::report::frame::{Frame, RuleText};
use crate::report::view::View;
use crate::words;

/// What is missing, once for all the rules that miss it.
pub(super) fn not_judged(view: View<'_>) -> Vec<NotJudgedView> {
    let mut views: Vec<NotJudgedView> = Vec::new();
    for entry in &view.story.now.not_judged {
        let one = NotJudgedView {
            rule: entry.rule.clone(),
            about: about(view, entry.metric.as_deref(), &entry.scope),
            reason: reason(entry.reason).to_owned(),
            need: words::shortened(&entry.need),
        };
        let same = |other: &&mut NotJudgedView| {
            (&other.about, &other.reason, &other.need) == (&one.about, &one.reason, &one.need)
        };
        match views.iter_mut().find(same) {
            Some(known) => known.rule = format!("{}, {}", known.rule, one.rule),
            None => views.push(one),
        }
    }
    views
}

pub(super) fn quality(frame: &Frame, quality: &Quality, checks: &[&Check]) -> QualityView {
    QualityView {
        sources: quality.sources.iter().map(|source| source_view(frame, source)).collect(),
        checks: checks
            .iter()
            .map(|check| CheckView {
                id: check.id.clone(),
                passed: check.passed,
                say: words::as_sentence(&check.say, 300),
            })
            .collect(),
        missing: quality
            .missing
            .iter()
            .map(|(source, why)| CoachingLine { label: source.clone(), text: words::as_sentence(why, 300) })
            .collect(),
    }
}

pub(super) fn rules(frame: &Frame) -> Vec<RuleView> {
    frame.rules.iter().map(|rule| rule_view(frame, rule)).collect()
}

fn rule_view(frame: &Frame, rule: &RuleText) -> RuleView {
    RuleView {
        id: rule.id.clone(),
        kind: rule.kind.clone(),
        window: words::periods(f64::from(rule.window), &frame.locale),
        thresholds: rule
            .thresholds
            .iter()
            .map(|t| format!("{} {}", spoken_id(&t.name), written(t.amount)))
            .collect(),
        origin: rule.origin.clone(),
        changes: rule.changes.clone(),
    }
}

/// An amount as the file has it.
fn written(amount: crate::config::Amount) -> String {
    use crate::config::Amount;
    match amount {
        Amount::Bare(x) => format!("{x}"),
        Amount::Percent(x) => format!("{}%", trimmed(x * 100.0)),
        Amount::Points(x) => format!("{}pt", trimmed(x * 100.0)),
        Amount::Seconds(x) => format!("{x}s"),
        Amount::Times(x) => format!("{x}x"),
    }
}

/// Without the noise of a double's last digits.
fn trimmed(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}

fn source_view(frame: &Frame, source: &SourceCount) -> SourceView {
    let count = |n: u64| words::count(words::whole(n), &frame.locale);
    let days =
        source.first_day.zip(source.last_day).map(|(first, last)| words::days(first, last, &frame.locale));
    SourceView {
        name: source.source.name().to_owned(),
        read: count(source.read),
        used: count(source.used),
        filtered: count(source.filtered),
        later: count(source.later),
        rejected: count(source.rejected),
        days: days.unwrap_or_default(),
        reasons: source
            .reasons
            .iter()
            .map(|(reason, n)| format!("{} {}", count(*n), spoken_id(reason)))
            .collect(),
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::FewAgents => "too few agents",
        Reason::FewContacts => "too few contacts",
        Reason::FewPeriods => "too short a history",
        Reason::NoColumn => "a column is not mapped",
        Reason::NoSource => "a source is missing",
        Reason::NoTarget => "no target is set",
        Reason::NoTypes => "no contact types",
        Reason::NoSessions => "no coaching sessions",
        Reason::Degenerate => "all values are equal",
        Reason::WideInterval => "the range is too wide",
        Reason::Error => "an error",
    }
}

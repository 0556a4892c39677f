//! What could not be judged and why, how fit the data are, and the rules in force.

use super::findings::about;
use crate::model::{Check, Quality, Reason, SourceCount, SourceId};
use crate::report::context::{CheckView, CoachingLine, NotJudgedView, QualityView, RuleView, SourceView};
use crate::report::frame::{Frame, RuleText, source_name, spoken_id};
use crate::report::view::View;
use crate::words::{self, Locale, say};

/// What is missing, once for all the rules that miss it.
pub(super) fn not_judged(view: View<'_>) -> Vec<NotJudgedView> {
    let mut views: Vec<NotJudgedView> = Vec::new();
    for entry in &view.story.now.not_judged {
        let one = NotJudgedView {
            rule: entry.rule.clone(),
            about: about(view, entry.metric.as_deref(), &entry.scope),
            reason: reason(entry.reason, view.locale()),
            need: words::in_short(&entry.need, view.locale()),
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
                say: words::as_sentence(&words::phrase(&check.say, &frame.locale), 300),
            })
            .collect(),
        missing: quality
            .missing
            .iter()
            .map(|(source, why)| CoachingLine {
                label: SourceId::parse(source)
                    .map_or_else(|| source.clone(), |known| source_name(known, &frame.locale)),
                text: words::as_sentence(why, 300),
            })
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
    let locale = &frame.locale;
    let count = |n: u64| words::count(words::whole(n), locale);
    let days = source.first_day.zip(source.last_day).map(|(first, last)| words::days(first, last, locale));
    SourceView {
        name: source_name(source.source, locale),
        read: count(source.read),
        used: count(source.used),
        filtered: count(source.filtered),
        later: count(source.later),
        rejected: count(source.rejected),
        days: days.unwrap_or_default(),
        reasons: source.reasons.iter().map(|(reason, n)| rejected(reason, count(*n), locale)).collect(),
    }
}

fn rejected(reason: &str, rows: String, locale: &Locale) -> String {
    say!(locale, "quality-rejected", rows, reason, name = spoken_id(reason))
}

fn reason(reason: Reason, locale: &Locale) -> String {
    match reason {
        Reason::FewAgents => say!(locale, "reason-few-agents"),
        Reason::FewContacts => say!(locale, "reason-few-contacts"),
        Reason::FewPeriods => say!(locale, "reason-few-periods"),
        Reason::NoColumn => say!(locale, "reason-no-column"),
        Reason::NoSource => say!(locale, "reason-no-source"),
        Reason::NoTarget => say!(locale, "reason-no-target"),
        Reason::NoTypes => say!(locale, "reason-no-types"),
        Reason::NoSessions => say!(locale, "reason-no-sessions"),
        Reason::Degenerate => say!(locale, "reason-degenerate"),
        Reason::WideInterval => say!(locale, "reason-wide-interval"),
        Reason::Error => say!(locale, "reason-error"),
    }
}

//! How often each rule fires, and why some cannot.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::told::{FindingSaid, PeriodTold};
use crate::config::{Over, Plan, Rule};
use crate::model::{Scope, Story};
use crate::words::{self, Locale};

/// What a rule made of one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Fired,
    Silent,
    CannotTell,
    NoReport,
}

impl Answer {
    /// One character of a strip.
    pub fn sign(self) -> char {
        match self {
            Self::Fired => '#',
            Self::Silent => '.',
            Self::CannotTell => '?',
            Self::NoReport => '-',
        }
    }
}

/// One rule over all periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleRow {
    pub id: String,
    pub kind: &'static str,
    /// Whether it raises findings; others only give their signal.
    pub speaks: bool,
    /// The loudest of its findings, else as the rule says.
    pub severity: String,
    /// One a period, oldest first.
    #[serde(serialize_with = "strip")]
    pub answers: Vec<Answer>,
    /// Periods in which it fired, of how many with a report.
    pub fired: usize,
    pub of: usize,
    /// Findings it raised, over all periods.
    pub raised: usize,
    /// What it lacks, where it never had an answer.
    pub needs: Option<String>,
}

impl RuleRow {
    pub fn never_fired(&self) -> bool {
        self.fired == 0 && !self.never_judged()
    }

    pub fn never_judged(&self) -> bool {
        self.of > 0 && !self.answers.iter().any(|one| matches!(one, Answer::Fired | Answer::Silent))
    }

    pub fn always_fired(&self) -> bool {
        self.of > 0 && self.fired == self.of
    }

    pub fn strip(&self) -> String {
        self.answers.iter().map(|answer| answer.sign()).collect()
    }
}

fn strip<S: Serializer>(answers: &[Answer], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&answers.iter().map(|answer| answer.sign()).collect::<String>())
}

/// Each rule's answer in one period, in the plan's order, with what is missed.
pub(super) struct Answers(Vec<(Answer, Option<String>)>);

impl Answers {
    /// Of a period without a report.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }
}

/// What the rules made of a period, from the story that may be shown.
pub(super) fn answers(plan: &Plan, story: &Story, findings: &[FindingSaid]) -> Answers {
    Answers(plan.rules.iter().map(|rule| answer(rule, story, findings)).collect())
}

fn answer(rule: &Rule, story: &Story, findings: &[FindingSaid]) -> (Answer, Option<String>) {
    let own = || story.now.signals.iter().filter(|signal| signal.rule == rule.id);
    let fired = match rule.title {
        Some(_) => findings.iter().any(|finding| finding.rule == rule.id),
        None => own().any(|signal| signal.value == Some(true)),
    };
    if fired {
        return (Answer::Fired, None);
    }
    let looked = match rule.over {
        Over::Each => {
            let tables = story.now.evidence.iter().filter(|table| table.rule == rule.id);
            tables.flat_map(|table| &table.rows).next().is_some()
        }
        Over::Row | Over::Any | Over::All => own().any(|signal| signal.value.is_some()),
    };
    if looked { (Answer::Silent, None) } else { (Answer::CannotTell, Some(need(rule, story))) }
}

/// What an answer lacks: as the rule's kind says, the operation first, else which of its columns is not known.
fn need(rule: &Rule, story: &Story) -> String {
    let mut missed: Vec<_> = story.now.not_judged.iter().filter(|one| one.rule == rule.id).collect();
    missed.sort_by_key(|one| one.scope != Scope::Operation);
    if let Some(first) = missed.first() {
        return words::phrase(&first.need, &Locale::default());
    }
    let signals = story.now.signals.iter().filter(|signal| signal.rule == rule.id);
    let mut unknown: Vec<&str> = signals.flat_map(|signal| &signal.because).map(String::as_str).collect();
    unknown.sort_unstable();
    unknown.dedup();
    match unknown.as_slice() {
        [] => "a place in its scopes and filters that can be shown".to_owned(),
        columns => format!("a value of `{}`", columns.join("`, `")),
    }
}

/// The rows of all rules.
pub(super) fn rows(plan: &Plan, periods: &[PeriodTold], answers: &[Answers]) -> Vec<RuleRow> {
    let all = plan.rules.iter().enumerate();
    all.map(|(index, rule)| row(index, rule, periods, answers)).collect()
}

fn row(index: usize, rule: &Rule, periods: &[PeriodTold], answers: &[Answers]) -> RuleRow {
    let own = answers.iter().map(|period| period.0.get(index));
    let strip: Vec<Answer> = own.clone().map(|one| one.map_or(Answer::NoReport, |(a, _)| *a)).collect();
    let findings = periods.iter().flat_map(|period| &period.findings).filter(|one| one.rule == rule.id);
    let loudest = findings.clone().map(|one| one.severity.as_str()).max_by_key(|name| loudness(name));
    let mut row = RuleRow {
        id: rule.id.clone(),
        kind: rule.kind.name,
        speaks: rule.title.is_some(),
        severity: loudest.unwrap_or(rule.severity.name()).to_owned(),
        fired: strip.iter().filter(|one| **one == Answer::Fired).count(),
        of: strip.iter().filter(|one| **one != Answer::NoReport).count(),
        raised: findings.filter(|one| one.is_raised()).count(),
        answers: strip,
        needs: None,
    };
    if row.never_judged() {
        row.needs = own.flatten().next_back().and_then(|(_, need)| need.clone());
    }
    row
}

fn loudness(name: &str) -> usize {
    crate::model::Severity::ALL.iter().position(|severity| severity.name() == name).unwrap_or(0)
}

/// What rules lack, once for all needs that differ only in the names they quote.
pub(super) struct Lack<'a> {
    /// The need before and after the names.
    pub(super) around: (&'a str, &'a str),
    pub(super) names: Vec<&'a str>,
    pub(super) rules: Vec<&'a str>,
}

/// What the rules that were never judged lack, the lack of most rules first.
pub(super) fn lacks(rows: &[RuleRow]) -> Vec<Lack<'_>> {
    let mut all: BTreeMap<(&str, &str), Lack<'_>> = BTreeMap::new();
    for row in rows {
        let Some(need) = row.needs.as_deref() else { continue };
        let (before, name, after) = quoted(need);
        let around = (before, after);
        let lack = all.entry(around).or_insert_with(|| Lack { around, names: Vec::new(), rules: Vec::new() });
        lack.rules.push(&row.id);
        if !name.is_empty() && !lack.names.contains(&name) {
            lack.names.push(name);
        }
    }
    let mut all: Vec<Lack<'_>> = all.into_values().collect();
    all.sort_by_key(|lack| std::cmp::Reverse(lack.rules.len()));
    all
}

/// A need around what it quotes, from the first backtick to the last.
fn quoted(need: &str) -> (&str, &str, &str) {
    match (need.find('`'), need.rfind('`')) {
        (Some(from), Some(to)) if to > from => (&need[..from], &need[from..=to], &need[to + 1..]),
        _ => (need, "", ""),
    }
}

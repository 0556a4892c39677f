//! One period of a back-test, as its report shows it.

use serde::Serialize;

use super::rules::{self, Answers};
use crate::calendar::Period;
use crate::config::Plan;
use crate::judge::Told;
use crate::model::{Check, Scope, Severity, Story, VerdictId};
use crate::report;
use crate::report::contract::{DecisionOut, FindingOut};
use crate::words::{self, Locale};

/// What one period said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeriodTold {
    pub label: String,
    pub start: String,
    pub end: String,
    /// Why there would have been no report.
    pub withheld: Option<String>,
    /// The periods it looks back on begin before the data do: what is new in it may only be new in the data.
    pub short_history: bool,
    /// In force: in the order of the report.
    pub findings: Vec<FindingSaid>,
    /// Those of the period before that are gone.
    pub resolved: Vec<FindingSaid>,
    pub verdicts: Vec<VerdictSaid>,
    pub decisions: Vec<DecisionSaid>,
}

/// A finding as published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingSaid {
    pub id: String,
    pub rule: String,
    pub severity: String,
    pub metric: Option<String>,
    pub scope: Scope,
    pub item: Option<String>,
    pub state: String,
    pub title: String,
    pub say: String,
}

/// A verdict in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictSaid {
    pub metric: String,
    pub scope: Scope,
    pub verdict: VerdictId,
    pub form: Option<String>,
    pub provisional: bool,
    pub this_period_alone: VerdictId,
    /// In force the period before; null where that is not known.
    pub before: Option<VerdictId>,
}

/// A decision asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionSaid {
    pub id: String,
    pub what: String,
    pub owner_role: String,
    pub state: String,
}

impl FindingSaid {
    /// New or worse, neither waived nor of severity `info`: what the noise budget counts.
    pub fn is_raised(&self) -> bool {
        ["new", "worse"].contains(&self.state.as_str()) && self.severity != Severity::Info.name()
    }
}

impl PeriodTold {
    /// Findings in one state.
    pub fn in_state(&self, state: &str) -> usize {
        self.findings.iter().filter(|finding| finding.state == state).count()
    }

    /// Findings the noise budget counts.
    pub fn raised(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_raised()).count()
    }

    /// Drops the findings of other rules.
    pub(super) fn keep(&mut self, rules: &[String]) {
        self.findings.retain(|finding| rules.contains(&finding.rule));
        self.resolved.retain(|finding| rules.contains(&finding.rule));
    }
}

/// A period and what each rule of the plan made of it.
pub(super) fn period(plan: &Plan, at: Period, told: &Told, begin: Option<Period>) -> (PeriodTold, Answers) {
    let empty = PeriodTold {
        label: plan.calendar.label(at),
        start: plan.calendar.start(at).to_string(),
        end: plan.calendar.end(at).to_string(),
        withheld: None,
        short_history: begin.is_none_or(|begin| begin > looks_back_to(plan, at)),
        findings: Vec::new(),
        resolved: Vec::new(),
        verdicts: Vec::new(),
        decisions: Vec::new(),
    };
    match told {
        Told::Withheld(checks) => {
            let said = |check: &Check| words::phrase(&check.say, &Locale::default());
            let why: Vec<String> = checks.iter().map(said).collect();
            (PeriodTold { withheld: Some(why.join("; ")), ..empty }, Answers::none())
        }
        Told::Story(story) => {
            let shown = report::shown(plan, story);
            let contract = report::assemble(plan, story).contract;
            let all = contract.findings.iter().map(finding);
            let (resolved, findings): (Vec<FindingSaid>, Vec<_>) =
                all.partition(|finding| finding.state == "resolved");
            let answers = rules::answers(plan, &shown, &findings);
            let period = PeriodTold {
                verdicts: verdicts(&shown),
                decisions: contract.decisions.iter().map(decision).collect(),
                findings,
                resolved,
                ..empty
            };
            (period, answers)
        }
    }
}

/// The first period whose answers have a say in what is told of one.
fn looks_back_to(plan: &Plan, at: Period) -> Period {
    let memory = i32::try_from(plan.hold.memory).unwrap_or(0);
    at.shift(1 - plan.history - memory)
}

fn finding(out: &FindingOut) -> FindingSaid {
    FindingSaid {
        id: out.id.clone(),
        rule: out.rule.clone(),
        severity: out.severity.name().to_owned(),
        metric: out.metric.clone(),
        scope: out.scope.clone(),
        item: out.item.clone(),
        state: out.state.name().to_owned(),
        title: out.title.clone(),
        say: out.say.clone(),
    }
}

fn verdicts(story: &Story) -> Vec<VerdictSaid> {
    let last = story.now.period.shift(-1);
    let before = |metric: &str, scope: &Scope| {
        let same =
            |(at, m, s, _): &&(Period, String, Scope, VerdictId)| *at == last && m == metric && s == scope;
        story.timeline.iter().find(same).map(|(_, _, _, verdict)| *verdict)
    };
    let all = story.now.verdicts.iter();
    all.map(|verdict| VerdictSaid {
        metric: verdict.metric.clone(),
        scope: verdict.scope.clone(),
        verdict: verdict.verdict,
        form: verdict.form.clone(),
        provisional: verdict.provisional,
        this_period_alone: verdict.this_period_alone,
        before: before(&verdict.metric, &verdict.scope),
    })
    .collect()
}

/// Where a report shows no period but its own, what stood before is what the period before said.
pub(super) fn look_back(told: &mut [PeriodTold]) {
    for at in 1..told.len() {
        let (before, from) = told.split_at_mut(at);
        let known = &before[at - 1].verdicts;
        for now in from[0].verdicts.iter_mut().filter(|now| now.before.is_none()) {
            let same = known.iter().find(|one| one.metric == now.metric && one.scope == now.scope);
            now.before = same.map(|one| one.verdict);
        }
    }
}

fn decision(out: &DecisionOut) -> DecisionSaid {
    DecisionSaid {
        id: out.id.clone(),
        what: out.what.clone(),
        owner_role: out.owner_role.clone(),
        state: out.state.name().to_owned(),
    }
}

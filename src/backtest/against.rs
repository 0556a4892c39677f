//! What two rule sets would have said differently, statement by statement. A finding is the same where its id is:
//! the rule, the metric and the place; a verdict where metric and scope are; a decision by its id.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Backtest, PeriodTold};
use crate::config::Plan;
use crate::model::Scope;

/// Two rule sets over the same periods. `here` is the workspace's own, `there` the other. As JSON the key `against`
/// of a back-test: `other` as it was named, `data` (`read-once` or `read-twice`), `summary`, the other's own
/// `budget`, and the differences, oldest first:
///
/// ```json
/// { "findings": [ {"period": "2026-W46", "id": "…", "rule": "…", "metric": "fcr", "scope": {}, "text": "…",
///     "how": "only-here | only-there | differs", "changed": [ {"what": "severity", "here": "low", "there": "high"} ]} ],
///   "verdicts": [], "decisions": [] }
/// ```
///
/// `what` is `severity`, `state`, `title` or `say` of a finding; `verdict`, `form` or `provisional` of a verdict;
/// `what`, `owner` or `state` of a decision. `text` is the finding's title, the verdict or what is asked: the
/// workspace's own where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    pub findings: Vec<Difference>,
    pub verdicts: Vec<Difference>,
    pub decisions: Vec<Difference>,
}

/// One statement that differs in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub period: String,
    pub id: String,
    /// Of a finding.
    pub rule: Option<String>,
    pub metric: Option<String>,
    pub scope: Option<Scope>,
    pub text: String,
    pub how: How,
    pub changed: Vec<Changed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    OnlyThere,
    OnlyHere,
    Differs,
}

/// One thing said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    pub what: &'static str,
    pub here: String,
    pub there: String,
}

/// A statement of either side, reduced to what is compared.
struct Said {
    id: String,
    rule: Option<String>,
    metric: Option<String>,
    scope: Option<Scope>,
    text: String,
    parts: Vec<(&'static str, String)>,
}

/// Compares two back-tests of the same periods.
pub fn compare(here: &Backtest, there: &Backtest) -> Comparison {
    let each = |said: fn(&PeriodTold) -> Vec<Said>| {
        let pairs = here.periods.iter().zip(&there.periods);
        pairs.flat_map(|(a, b)| differences(&a.label, said(a), said(b))).collect()
    };
    Comparison { findings: each(findings), verdicts: each(verdicts), decisions: each(decisions) }
}

/// Whether two plans reduce the same data to the same sums, so that these need be read once only.
pub fn reads_the_same(a: &Plan, b: &Plan) -> bool {
    let asked = |plan: &Plan| {
        let Plan { calendar, metrics, sources, identity, events, .. } = plan;
        format!("{calendar:?} {metrics:?} {sources:?} {identity:?} {events:?}")
    };
    a.folder == b.folder && asked(a) == asked(b)
}

fn findings(period: &PeriodTold) -> Vec<Said> {
    let all = period.findings.iter().map(|finding| Said {
        id: finding.id.clone(),
        rule: Some(finding.rule.clone()),
        metric: finding.metric.clone(),
        scope: Some(finding.scope.clone()),
        text: finding.title.clone(),
        parts: vec![
            ("severity", finding.severity.clone()),
            ("state", finding.state.clone()),
            ("title", finding.title.clone()),
            ("say", finding.say.clone()),
        ],
    });
    all.collect()
}

fn verdicts(period: &PeriodTold) -> Vec<Said> {
    let all = period.verdicts.iter().map(|verdict| Said {
        id: format!("{} {}", verdict.metric, super::text::place(&verdict.scope)),
        rule: None,
        metric: Some(verdict.metric.clone()),
        scope: Some(verdict.scope.clone()),
        text: verdict.verdict.name().to_owned(),
        parts: vec![
            ("verdict", verdict.verdict.name().to_owned()),
            ("form", verdict.form.clone().unwrap_or_else(|| "none".to_owned())),
            ("provisional", if verdict.provisional { "yes" } else { "no" }.to_owned()),
        ],
    });
    all.collect()
}

fn decisions(period: &PeriodTold) -> Vec<Said> {
    let all = period.decisions.iter().map(|decision| Said {
        id: decision.id.clone(),
        rule: None,
        metric: None,
        scope: None,
        text: decision.what.clone(),
        parts: vec![
            ("what", decision.what.clone()),
            ("owner", decision.owner_role.clone()),
            ("state", decision.state.clone()),
        ],
    });
    all.collect()
}

/// What stands on both sides and differs, in this side's order, then what stands on the other only.
fn differences(period: &str, here: Vec<Said>, there: Vec<Said>) -> Vec<Difference> {
    let known: BTreeSet<String> = here.iter().map(|said| said.id.clone()).collect();
    let mut all = Vec::new();
    for said in here {
        match there.iter().find(|other| other.id == said.id) {
            None => all.push(difference(period, said, How::OnlyHere, Vec::new())),
            Some(other) => {
                let changed = changed(&said, other);
                if !changed.is_empty() {
                    all.push(difference(period, said, How::Differs, changed));
                }
            }
        }
    }
    let new = there.into_iter().filter(|other| !known.contains(&other.id));
    all.extend(new.map(|other| difference(period, other, How::OnlyThere, Vec::new())));
    all
}

fn changed(here: &Said, there: &Said) -> Vec<Changed> {
    let pairs = here.parts.iter().zip(&there.parts).filter(|(a, b)| a.1 != b.1);
    pairs.map(|((what, a), (_, b))| Changed { what, here: a.clone(), there: b.clone() }).collect()
}

fn difference(period: &str, said: Said, how: How, changed: Vec<Changed>) -> Difference {
    Difference {
        period: period.to_owned(),
        id: said.id,
        rule: said.rule,
        metric: said.metric,
        scope: said.scope,
        text: said.text,
        how,
        changed,
    }
}

//! What the data cannot support: rules that are judged nowhere, by what they need, and the questions of the
//! diagnosis that stay open for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Seen;
use crate::config::{Capability, capabilities};
use crate::judge::judge;
use crate::kinds::Depth;
use crate::model::{Judgement, NotJudged, Reason};
use crate::words::{self, Locale};

/// Something that is not there, and what would be known if it were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    pub need: String,
    pub reason: Reason,
    /// Rules and patterns without any answer for want of it.
    pub rules: Vec<String>,
    /// Questions none of the shipped rules in force answers otherwise: (id, question).
    pub questions: Vec<(String, String)>,
}

/// Needs, those of most rules first, and how many rules were judged for at least one metric and scope.
pub(super) fn needs(seen: &Seen<'_>) -> (Vec<Need>, usize) {
    let judgement = judge(seen.plan, seen.data, seen.period, Depth::Full);
    let answered = answered(&judgement);
    let judged = seen.plan.rules.iter().filter(|rule| answered.contains(rule.id.as_str())).count();
    let mut by_need: BTreeMap<(String, Reason), BTreeSet<&str>> = BTreeMap::new();
    for one in wanted(&judgement, &answered).into_values() {
        by_need
            .entry((words::phrase(&one.need, &Locale::default()), one.reason))
            .or_default()
            .insert(&one.rule);
    }
    let all = capabilities().unwrap_or_default();
    let mut needs: Vec<Need> = by_need
        .into_iter()
        .map(|((need, reason), rules)| Need {
            need: super::shown_need(&need),
            reason,
            questions: open(&all, &rules, &answered),
            rules: rules.into_iter().map(str::to_owned).collect(),
        })
        .collect();
    let order = |need: &Need| (is_time(need.reason), std::cmp::Reverse(need.rules.len()));
    needs.sort_by(|a, b| order(a).cmp(&order(b)).then(a.need.cmp(&b.need)));
    (needs, judged)
}

/// What each rule without an answer lacks first: what a client can supply comes before what time brings.
fn wanted<'a>(judgement: &'a Judgement, answered: &BTreeSet<&str>) -> BTreeMap<&'a str, &'a NotJudged> {
    let mut first: BTreeMap<&str, &NotJudged> = BTreeMap::new();
    for one in judgement.not_judged.iter().filter(|one| !answered.contains(one.rule.as_str())) {
        let known = first.entry(one.rule.as_str()).or_insert(one);
        if rank(one.reason) < rank(known.reason) {
            *known = one;
        }
    }
    first
}

fn rank(reason: Reason) -> usize {
    const ORDER: [Reason; 5] =
        [Reason::Error, Reason::NoSource, Reason::NoColumn, Reason::NoTarget, Reason::NoTypes];
    ORDER.iter().position(|one| *one == reason).unwrap_or(ORDER.len())
}

/// Whether more of the same data may bring it.
fn is_time(reason: Reason) -> bool {
    rank(reason) >= 5
}

/// Rules with evidence somewhere.
fn answered(judgement: &Judgement) -> BTreeSet<&str> {
    let with_rows =
        judgement.evidence.iter().filter(|table| !table.rows.is_empty()).map(|table| table.rule.as_str());
    let signalled =
        judgement.signals.iter().filter(|signal| signal.value.is_some()).map(|signal| signal.rule.as_str());
    with_rows.chain(signalled).collect()
}

/// Questions these rules answer and no rule that was judged does.
fn open(all: &[Capability], rules: &BTreeSet<&str>, answered: &BTreeSet<&str>) -> Vec<(String, String)> {
    let rule_of =
        |entry: &'_ String| entry.strip_prefix("rule ").or(entry.strip_prefix("pattern ")).map(str::to_owned);
    let asked = all.iter().filter(|one| {
        let mut entries = one.answered_by.iter().filter_map(|(_, entry)| rule_of(entry));
        let mut others = one.answered_by.iter().filter_map(|(_, entry)| rule_of(entry));
        entries.any(|rule| rules.contains(rule.as_str()))
            && !others.any(|rule| answered.contains(rule.as_str()))
    });
    asked.map(|one| (one.id.clone(), one.asks.clone())).collect()
}

//! The judged period with what its past adds: the verdict in force, how long things have been so, and what
//! is new, worse, better or gone. The past is judged with today's rules and data.

use std::collections::BTreeMap;

use super::may_add::may_add;
use super::{Held, Raw, asking, desk, hold, judge_at};
use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::{Data, Sums};
use crate::kinds::{Depth, Desk};
use crate::model::{
    Decision, Fact, Finding, FindingState, Judgement, Metric, Move, NotJudged, Reason, Scope, Session, Story,
    Verdict, VerdictId, phrase,
};

/// Judges the period and those its hold and history need.
pub fn history(plan: &Plan, data: &Data, period: Period) -> Story {
    let memory = i32::try_from(plan.hold.memory).unwrap_or(6);
    let first = period.shift(1 - plan.history - memory);
    let desk = desk(plan, data);
    let judged = |at: Period, depth: Depth, asked: &[bool]| {
        let raw = judge_at(plan, data, &desk, at, (depth, asked));
        desk.forget_windows();
        raw
    };
    let now = judged(period, Depth::Full, &asking::all(plan));
    let before = judged(period.shift(-1), Depth::Verdicts, &asking::remembered(plan));
    let standing = asking::standing(plan, &[&now, &before]);
    let older = first.0..period.0 - 1;
    let mut past: Vec<Raw> = older.map(|at| judged(Period(at), Depth::Verdicts, &standing)).collect();
    past.push(before);
    tell(plan, data, &desk, &past, now)
}

/// The verdict in force at a period, from the raw ones up to it.
fn in_force(plan: &Plan, raws: &[&Raw], metric: &str, scope: &Scope) -> Option<Held<VerdictId>> {
    let find = |raw: &Raw| {
        raw.judgement.verdicts.iter().find(|v| v.metric == metric && v.scope == *scope).map(|v| v.verdict)
    };
    let series: Vec<VerdictId> =
        raws.iter().map(|raw| find(raw).unwrap_or(VerdictId::NotEnoughEvidence)).collect();
    let supports = |verdict: VerdictId, index: usize| {
        let key = (metric.to_owned(), scope.clone(), verdict);
        raws[index].probabilities.get(&key).is_some_and(|p| *p >= 0.5)
    };
    hold(&series, Some(VerdictId::NotEnoughEvidence), plan.hold.periods, plan.hold.memory, supports)
}

/// The story of a judged period, from it and those before it, oldest first.
pub(super) fn tell(plan: &Plan, data: &Data, desk: &Desk<'_>, past: &[Raw], now: Raw) -> Story {
    let raws: Vec<&Raw> = past.iter().chain([&now]).collect();
    let shown = usize::try_from(plan.history).unwrap_or(8).min(raws.len());
    let timeline = timeline(plan, &raws, shown);
    let published: Vec<Vec<Finding>> =
        (raws.len() - shown..raws.len()).map(|i| published(plan, &raws, i)).collect();
    let (findings, resolved) = states(plan, &raws, &published);
    let asked: Vec<Vec<String>> = raws[raws.len() - shown..]
        .iter()
        .map(|raw| raw.judgement.decisions.iter().map(|decision| decision.id.clone()).collect())
        .collect();
    let mut now = now.judgement;
    let period = now.period;
    for verdict in &mut now.verdicts {
        settle(verdict, &timeline, period);
    }
    let stopped = |v: &Verdict| matches!(v.form.as_deref(), Some("changed-recently"));
    let withdrawn: Vec<(String, Scope)> = now
        .verdicts
        .iter()
        .filter(|v| stopped(v) || v.verdict != v.this_period_alone)
        .map(|v| (v.metric.clone(), v.scope.clone()))
        .collect();
    now.decisions.retain(|d| !withdrawn.iter().any(|(m, s)| *m == d.metric && *s == d.scope));
    now.findings = findings;
    for decision in &mut now.decisions {
        age(decision, &asked);
        decision.minutes_since = minutes_on(data, desk, &decision.metric, (decision.since, period));
    }
    now.not_judged.extend(unlisted(data, &now));
    let judged = judged_rules(plan, &now);
    Story {
        moves: plan.metrics.iter().enumerate().filter_map(|(i, m)| step(data, i, m, period)).collect(),
        may_add: may_add(&now.verdicts, &now.facts),
        quality: data.quality.clone(),
        rules_in_force: u32::try_from(plan.rules.len()).unwrap_or(u32::MAX),
        rules_judged: judged,
        now,
        timeline: timeline.into_iter().map(|(p, m, s, held)| (p, m, s, held.value)).collect(),
        resolved,
    }
}

/// Contacts to follow cannot be listed where no column names a contact.
fn unlisted(data: &Data, now: &Judgement) -> Option<NotJudged> {
    let decided = |verdict: &Verdict| verdict.verdict == VerdictId::Structural;
    (data.samples.is_none() && now.verdicts.iter().any(decided)).then(|| NotJudged {
        rule: "contacts-to-follow".to_owned(),
        metric: None,
        scope: Scope::Operation,
        reason: Reason::NoColumn,
        need: phrase!("need-contact-ids"),
    })
}

type Timeline = Vec<(Period, String, Scope, Held<VerdictId>)>;

fn timeline(plan: &Plan, raws: &[&Raw], shown: usize) -> Timeline {
    let mut all = Vec::new();
    for index in raws.len() - shown..raws.len() {
        let now = &raws[index].judgement;
        for verdict in &now.verdicts {
            if let Some(held) = in_force(plan, &raws[..=index], &verdict.metric, &verdict.scope) {
                all.push((now.period, verdict.metric.clone(), verdict.scope.clone(), held));
            }
        }
    }
    all
}

/// Puts the verdict in force where the raw one stood, and says since when.
fn settle(verdict: &mut Verdict, timeline: &Timeline, period: Period) {
    let own: BTreeMap<Period, Held<VerdictId>> = timeline
        .iter()
        .filter(|(_, metric, scope, _)| *metric == verdict.metric && *scope == verdict.scope)
        .map(|(at, _, _, held)| (*at, *held))
        .collect();
    let Some(held) = own.get(&period) else { return };
    if held.value != verdict.verdict {
        verdict.verdict = held.value;
        verdict.form = None;
        verdict.confidence = None;
    }
    verdict.provisional = held.provisional;
    let mut since = period;
    while own.get(&since.shift(-1)).is_some_and(|before| before.value == held.value) {
        since = since.shift(-1);
    }
    verdict.since = since;
    verdict.since_at_least = own.keys().next() == Some(&since);
}

/// How long a decision has been asked without a break.
fn age(decision: &mut Decision, asked: &[Vec<String>]) {
    let before = asked.split_last().map_or(&[][..], |(_, before)| before);
    let run = before.iter().rev().take_while(|ids| ids.contains(&decision.id)).count();
    decision.since = decision.since.shift(-i32::try_from(run).unwrap_or(0));
    decision.since_at_least = run == before.len() && run > 0;
}

/// Minutes of held sessions that name a metric as theirs; sessions without a focus are nobody's.
fn minutes_on(data: &Data, desk: &Desk<'_>, metric: &str, span: (Period, Period)) -> Option<f64> {
    if data.sessions.is_empty() {
        return None;
    }
    let counts = |session: &&Session| {
        let within = (span.0..=span.1).contains(&session.period);
        within && session.is_held() && desk.names(&session.focus, metric)
    };
    Some(data.sessions.iter().filter(counts).filter_map(|session| session.minutes).sum())
}

/// Findings in force at a period: fired then, and not held off by a run of silence.
fn published(plan: &Plan, raws: &[&Raw], index: usize) -> Vec<Finding> {
    let fired = |raw: &Raw, id: &str| raw.judgement.findings.iter().any(|f| f.id == id);
    let in_force = |finding: &&Finding| {
        let series: Vec<bool> = raws[..=index].iter().map(|raw| fired(raw, &finding.id)).collect();
        hold(&series, None, plan.hold.periods, plan.hold.memory, |_, _| false).is_some_and(|held| held.value)
    };
    raws[index].judgement.findings.iter().filter(in_force).cloned().collect()
}

/// States and ages of the last period's findings, and those that are gone since the one before.
fn states(plan: &Plan, raws: &[&Raw], published: &[Vec<Finding>]) -> (Vec<Finding>, Vec<Finding>) {
    let Some((last, before)) = published.split_last() else { return (Vec::new(), Vec::new()) };
    let mut now = last.clone();
    for finding in &mut now {
        let run = before.iter().rev().take_while(|then| then.iter().any(|f| f.id == finding.id)).count();
        let back = i32::try_from(run).unwrap_or(0);
        finding.since = finding.since.shift(-back);
        finding.since_at_least = run == before.len() && run > 0;
        if finding.state != FindingState::Waived {
            finding.state = if run == 0 { FindingState::New } else { direction(plan, raws, finding) };
        }
    }
    let gone = before.last().into_iter().flatten().filter(|f| !last.iter().any(|n| n.id == f.id));
    let resolved = gone.map(|f| Finding { state: FindingState::Resolved, ..f.clone() }).collect();
    (now, resolved)
}

/// Worse or better where the gap behind a finding moved by a material amount since the period before.
fn direction(plan: &Plan, raws: &[&Raw], finding: &Finding) -> FindingState {
    let gap = |raw: &Raw| {
        raw.judgement.facts.iter().find_map(|(metric, scope, fact)| match fact {
            Fact::Gap(gap) if *metric == finding.metric && *scope == finding.scope => gap.adverse,
            _ => None,
        })
    };
    let [.., before, now] = raws else { return FindingState::Ongoing };
    let material =
        finding.metric.as_deref().and_then(|id| plan.metric(id)).map_or(f64::INFINITY, |m| m.material);
    match (gap(before), gap(now)) {
        (Some(then), Some(today)) if today - then >= material => FindingState::Worse,
        (Some(then), Some(today)) if then - today >= material => FindingState::Improving,
        _ => FindingState::Ongoing,
    }
}

/// Rules with an answer at one place at least.
fn judged_rules(plan: &Plan, now: &Judgement) -> u32 {
    let answered = |rule: &&crate::config::Rule| {
        now.signals.iter().any(|signal| signal.rule == rule.id && signal.value.is_some())
            || now.findings.iter().any(|finding| finding.rule == rule.id)
    };
    u32::try_from(plan.rules.iter().filter(answered).count()).unwrap_or(u32::MAX)
}

/// A metric's step between its last two periods, and the usual size of such a step: 95 % of differences of
/// two periods, from the mean moving range (Shewhart's 1.128 for ranges of two).
fn step(data: &Data, index: usize, metric: &Metric, period: Period) -> Option<Move> {
    const LOOKED_AT: i32 = 12;
    let end = period.shift(-metric.matures_periods);
    let level = |at: Period| level(data, index, metric, at);
    let (now, before) = (level(end)?, level(end.shift(-1))?);
    let levels: Vec<f64> = (0..LOOKED_AT).filter_map(|back| level(end.shift(-back))).collect();
    if levels.len() < 4 {
        return None;
    }
    let ranges: Vec<f64> = levels.windows(2).map(|pair| (pair[0] - pair[1]).abs()).collect();
    #[expect(clippy::cast_precision_loss, reason = "at most twelve")]
    let mean = ranges.iter().sum::<f64>() / ranges.len() as f64;
    let usual = 1.96 * std::f64::consts::SQRT_2 * mean / 1.128;
    Some(Move { metric: metric.id.clone(), now, before, usual })
}

/// The whole operation's level in one period.
#[expect(clippy::cast_precision_loss, reason = "sums of quantised values")]
fn level(data: &Data, index: usize, metric: &Metric, period: Period) -> Option<f64> {
    let cube = data.cube(metric.source)?;
    let (decimals, sums) = cube.sums(index)?;
    let rows = cube.between(period, period);
    let total = |column: &[i64]| rows.clone().map(|row| i128::from(column[row])).sum::<i128>() as f64;
    let n = rows.clone().map(|row| sums.n(row)).sum::<u64>() as f64;
    let scale = 10f64.powi(decimals.cast_signed());
    match sums {
        Sums::Simple { sum, .. } => (n > 0.0).then(|| total(sum) / n / scale),
        Sums::Ratio { num, den, .. } => (total(den) != 0.0).then(|| total(num) / total(den)),
    }
}

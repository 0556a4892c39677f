//! From data to judgement: evidence, signals, verdicts, history. Pure: no I/O, no clock. Five steps, each a
//! function of the one before: kinds → multiplicity → signals → verdicts → causes and decisions. Kinds that
//! look at the verdicts are asked between the last two, through the first three steps again.

mod asked;
mod asking;
mod causes;
mod evidence;
mod gate;
mod history;
mod hold;
mod individuals;
mod may_add;
mod minutes;
mod replay;
mod scopes;
mod signals;
mod tried;
mod verdicts;

pub use gate::{Gate, gate};
pub use history::history;
pub use hold::{Held, hold};
pub use individuals::{AgentLevel, ByAgent, individuals};
pub use replay::{Told, replay};
pub use tried::{Tried, TriedRow, rows as tried_rows, try_rule};

use evidence::Before;

use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::Data;
use crate::kinds::{Depth, Desk, Stage};
use crate::model::{Finding, FindingState, Judgement, Scope, SourceId};

/// Judges one period alone.
pub fn judge(plan: &Plan, data: &Data, period: Period, depth: Depth) -> Judgement {
    let desk = desk(plan, data);
    let asked = if depth == Depth::Full { asking::all(plan) } else { asking::remembered(plan) };
    judge_at(plan, data, &desk, period, (depth, &asked)).judgement
}

/// A judgement with what the hold needs of it.
pub(crate) struct Raw {
    pub(crate) judgement: Judgement,
    /// Each verdict's own probability at a (metric, scope), whether it was reached or not.
    pub(crate) probabilities: verdicts::Probabilities,
}

/// The shared table of intermediate results for one judging of any number of periods.
pub fn desk<'a>(plan: &Plan, data: &'a Data) -> Desk<'a> {
    let conditions = plan.conditions.iter().filter_map(|name| data.segment(name)).collect();
    let moves = plan.source(SourceId::Coaching).map(|source| source.moves.clone()).unwrap_or_default();
    Desk::new(data, conditions, scopes::restarts(plan, data), moves)
        .with_preconditions(plan.preconditions.clone())
        .with_sensitive(plan.privacy.sensitive.clone())
}

/// Judges one period with some of the rules.
pub(crate) fn judge_at(
    plan: &Plan,
    data: &Data,
    desk: &Desk<'_>,
    period: Period,
    (depth, asked): (Depth, &[bool]),
) -> Raw {
    let first = (Stage::Data, Before::default());
    let mut gathered = evidence::gather(plan, data, desk, period, (depth, asked), first);
    evidence::control_multiplicity(plan, &mut gathered);
    let mut signals = signals::raise(plan, &mut gathered);
    let (mut verdicts, probabilities) = verdicts::reach(plan, &gathered, &signals, period);
    let causes = causes::causes(plan, &gathered, &signals, &verdicts);
    gathered.facts.extend(causes);
    verdicts.sort_by(|a, b| order(plan, &a.metric).cmp(&order(plan, &b.metric)).then(a.scope.cmp(&b.scope)));
    let before = Before { verdicts: &verdicts, facts: &gathered.facts, tables: &gathered.tables };
    let mut later = evidence::gather(plan, data, desk, period, (depth, asked), (Stage::Verdicts, before));
    evidence::control_multiplicity(plan, &mut later);
    signals.extend(signals::raise(plan, &mut later));
    gathered.join(plan, later);
    if depth == Depth::Full {
        let spent = minutes::minutes(plan, data, desk, &gathered.facts, &verdicts, period);
        gathered.facts.extend(spent.map(|fact| (None, Scope::Operation, fact)));
    }
    let decisions = asked::decisions(plan, data, &gathered, &signals, &verdicts, (period, depth));
    if depth == Depth::Full {
        gathered.not_judged.extend(asked::unmeasured(plan));
    }
    let pattern = match depth {
        Depth::Full => asked::pattern(plan, &gathered, &signals, &verdicts),
        Depth::Verdicts => None,
    };
    let findings = findings(plan, &gathered, period);
    let judgement = Judgement {
        period,
        evidence: gathered.tables,
        facts: gathered.facts,
        figures: gathered.figures,
        signals,
        verdicts,
        findings,
        decisions,
        pattern,
        not_judged: gathered.not_judged,
    };
    Raw { judgement, probabilities }
}

fn order(plan: &Plan, metric: &str) -> usize {
    plan.metrics.iter().position(|m| m.id == metric).unwrap_or(usize::MAX)
}

/// What fired and has a title: most severe first, then by metric, scope and rule.
fn findings(plan: &Plan, gathered: &evidence::Gathered, period: Period) -> Vec<Finding> {
    let mut all: Vec<Finding> =
        gathered.fired.iter().filter_map(|fired| finding(plan, fired, period)).collect();
    let rank = |f: &Finding| f.metric.as_deref().map_or(usize::MAX, |m| order(plan, m));
    all.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then(rank(a).cmp(&rank(b)))
            .then(a.scope.cmp(&b.scope))
            .then(a.rule.cmp(&b.rule))
            .then(a.item.cmp(&b.item))
    });
    all
}

fn finding(plan: &Plan, fired: &evidence::Fired, period: Period) -> Option<Finding> {
    let rule = &plan.rules[fired.rule];
    rule.title.as_ref()?;
    let metric = fired.metric.map(|index| plan.metrics[index].id.clone());
    let covering = |o: &&crate::config::Override| {
        o.filter.covers(metric.as_deref(), &fired.scope, fired.row.item.as_deref())
    };
    let nearest = rule.overrides.iter().filter(covering).filter(|o| o.severity.is_some());
    let nearest = nearest.max_by_key(|o| o.filter.nearness()).and_then(|o| o.severity);
    let severity = nearest.unwrap_or(rule.severity);
    let waived = waiver(plan, &rule.id, metric.as_deref(), fired, period);
    Some(Finding {
        id: finding_id(metric.as_deref(), &rule.id, &fired.scope, fired.row.item.as_deref()),
        rule: rule.id.clone(),
        severity,
        metric,
        scope: fired.scope.clone(),
        item: fired.row.item.clone(),
        state: if waived.is_some() { FindingState::Waived } else { FindingState::New },
        since: period,
        since_at_least: false,
        columns: rule.kind.columns,
        row: fired.row.clone(),
        thresholds: fired.thresholds.clone(),
        waived,
    })
}

type Waived = (chrono::NaiveDate, String, String);

/// The waiver in force on the judged period's last day.
fn waiver(
    plan: &Plan,
    rule: &str,
    metric: Option<&str>,
    fired: &evidence::Fired,
    period: Period,
) -> Option<Waived> {
    let today = plan.calendar.end(period);
    let meant = |w: &&crate::config::Waiver| {
        w.rule == rule && w.until >= today && w.filter.covers(metric, &fired.scope, fired.row.item.as_deref())
    };
    plan.waivers.iter().find(meant).map(|w| (w.until, w.why.clone(), w.owner.clone()))
}

/// `metric/rule/level`, with a short hash where a name would otherwise stand: an id contains no value.
pub fn finding_id(metric: Option<&str>, rule: &str, scope: &Scope, item: Option<&str>) -> String {
    let mut id = format!("{}/{rule}/{}", metric.unwrap_or("data"), scope.level());
    for name in [scope.name(), item].into_iter().flatten() {
        let hash = blake3::hash(name.as_bytes()).to_hex();
        id.push('/');
        id.push_str(&hash[..8]);
    }
    id
}

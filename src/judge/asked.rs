//! Step five: the one pattern that may be named, and what is asked of whom.

use chrono::Days;

use super::causes;
use super::evidence::Gathered;
use crate::calendar::Period;
use crate::config::{DecisionRule, Plan};
use crate::cube::Data;
use crate::kinds::Depth;
use crate::model::{
    Asked, Breakdown, Change, Decision, Fact, Ledger, Measure, NotJudged, Part, PatternNamed, Phrase, Reason,
    Scope, Signal, Verdict, VerdictId, phrase,
};
use crate::sql::Value;

/// Decisions asked by the verdicts, in the order of verdicts and of the pack.
pub(crate) fn decisions(
    plan: &Plan,
    data: &Data,
    gathered: &Gathered,
    signals: &[Signal],
    verdicts: &[Verdict],
    (period, depth): (Period, Depth),
) -> Vec<Decision> {
    let mut all = Vec::new();
    for verdict in verdicts {
        for rule in plan.decisions.iter().filter(|rule| asks(rule, gathered, signals, verdict, depth)) {
            let mut asked = decision(plan, rule, gathered, verdict, period);
            asked.state = state(data, &asked, period);
            all.push(asked);
        }
    }
    all
}

/// What the changes on record say of a decision: the latest row that names it, by its id or its entry in the pack,
/// up to the judged period.
fn state(data: &Data, decision: &Decision, period: Period) -> Asked {
    let names = |change: &&Change| {
        change.decision.as_ref().is_some_and(|id| *id == decision.id || *id == decision.template)
    };
    let told = data.changes.iter().filter(|change| change.period <= period).rfind(names);
    match told.and_then(|change| change.state.as_deref()).map(str::to_lowercase).as_deref() {
        Some("done" | "closed" | "finished") => Asked::Done,
        Some("declined" | "rejected") => Asked::Declined,
        Some("asked" | "open") => Asked::Asked,
        Some(_) => Asked::Accepted,
        None => told.map_or(Asked::Asked, |_| Asked::Accepted),
    }
}

/// Past periods are not asked for the signs of causes: what a verdict asked for then counts whatever they were.
fn asks(
    rule: &DecisionRule,
    gathered: &Gathered,
    signals: &[Signal],
    verdict: &Verdict,
    depth: Depth,
) -> bool {
    let at_place = |s: &&Signal| s.metric.as_deref() == Some(&verdict.metric) && s.scope == verdict.scope;
    let of_all = |s: &&Signal| s.metric.is_none() && s.scope == Scope::Operation;
    let lookup = |name: &str| {
        let named = |s: &&Signal| s.name == name;
        let here = signals.iter().filter(at_place).find(named);
        let found = here.or_else(|| signals.iter().filter(of_all).find(named)).and_then(|s| s.value);
        found.map_or(Value::Null, Value::Bool)
    };
    rule.verdict == verdict.verdict
        && verdict.form.as_deref() != Some("changed-recently")
        && rule.form.as_ref().is_none_or(|form| verdict.form.as_ref() == Some(form))
        && (depth == Depth::Verdicts || causes::fits(gathered, rule, verdict))
        && rule.when.as_ref().is_none_or(|when| when.evaluate(&lookup) == Value::Bool(true))
        && verdict.confidence.is_some_and(|said| said >= rule.confidence)
}

fn decision(
    plan: &Plan,
    rule: &DecisionRule,
    gathered: &Gathered,
    verdict: &Verdict,
    period: Period,
) -> Decision {
    let contact_types = causes::types(gathered, rule, verdict);
    let at_stake = if rule.stake { at_stake(gathered, verdict, &contact_types) } else { None };
    let end = plan.calendar.end(period);
    let scope = verdict.scope.name().map(|name| blake3::hash(name.as_bytes()).to_hex()[..8].to_owned());
    let place = scope
        .map_or_else(|| verdict.scope.level().to_owned(), |hash| format!("{}/{hash}", verdict.scope.level()));
    Decision {
        id: format!("{}/{}/{place}", verdict.metric, rule.id),
        template: rule.id.clone(),
        metric: verdict.metric.clone(),
        scope: verdict.scope.clone(),
        finding: verdict.why.last().map(|why| format!("{}/{why}/{place}", verdict.metric)),
        contact_types,
        what: rule.what.clone(),
        owner_role: rule.owner.clone(),
        due: end.checked_add_days(Days::new(u64::from(rule.due_days))).unwrap_or(end),
        waiting_per_period: at_stake.and_then(|points| waiting(plan, gathered, verdict, points)),
        at_stake,
        since: period,
        since_at_least: false,
        minutes_since: None,
        risk: rule.risk.clone(),
        state: Asked::Asked,
    }
}

/// The points a verdict's decision may win at most; of some of its contact types, no more than they carry.
fn at_stake(gathered: &Gathered, verdict: &Verdict, types: &[String]) -> Option<f64> {
    let ledger = ledger(gathered, verdict)?;
    let whole = match verdict.verdict {
        VerdictId::Structural => ledger.out_of_reach,
        VerdictId::Behavioural => ledger.reach,
        VerdictId::Mixed => ledger.reach + ledger.out_of_reach,
        _ => return None,
    };
    if types.len() == verdict.contact_types.len() {
        return Some(whole);
    }
    let carried = causes::facts(gathered, verdict).find_map(|fact| match fact {
        Fact::Breakdown(breakdown) => Some(carried(breakdown, types)),
        _ => None,
    });
    Some(carried.map_or(whole, |carried| carried.min(whole)))
}

fn carried(breakdown: &Breakdown, types: &[String]) -> f64 {
    let own = breakdown.rows.iter().filter(|row| types.contains(&row.contact_type));
    own.map(|row| row.carries.max(0.0)).fold(0.0, |x, y| x + y)
}

fn ledger<'g>(gathered: &'g Gathered, verdict: &Verdict) -> Option<&'g Ledger> {
    gathered.facts.iter().find_map(|(metric, scope, fact)| match fact {
        Fact::Ledger(ledger) if metric.as_deref() == Some(&verdict.metric) && *scope == verdict.scope => {
            Some(ledger)
        }
        _ => None,
    })
}

/// Contacts a period that would go well at target and do not: only proportions count contacts.
fn waiting(plan: &Plan, gathered: &Gathered, verdict: &Verdict, points: f64) -> Option<f64> {
    let metric = plan.metric(&verdict.metric).filter(|metric| metric.measure == Measure::Proportion)?;
    gathered.facts.iter().find_map(|(id, scope, fact)| match fact {
        Fact::Gap(gap) if id.as_deref() == Some(&metric.id) && *scope == verdict.scope => {
            let periods =
                plan.rules.iter().find(|rule| rule.kind.name == "gap").map_or(12, |rule| rule.window);
            #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
            let per_period = gap.n as f64 / f64::from(periods.max(1));
            Some(points * per_period)
        }
        _ => None,
    })
}

/// Patterns that cannot be judged because the client has no metric of what they are about.
pub(crate) fn unmeasured(plan: &Plan) -> Vec<NotJudged> {
    let missing = |pattern: &crate::config::Pattern| {
        let mut needs: Vec<Phrase> = Vec::new();
        for name in pattern.needs.names() {
            let subject = name.name.split_once('.').map_or("", |(subject, _)| subject);
            let known = ["", "operation"].contains(&subject) || plan.metrics.iter().any(|m| is(m, subject));
            let need = phrase!("need-metric-of", subject = subject.replace('_', " "));
            if !known && !needs.contains(&need) {
                needs.push(need);
            }
        }
        needs
    };
    // With one of several it needs at hand a pattern can still be seen.
    let blank = |name: &str| match name.split_once('.') {
        Some((subject, _)) if subject != "operation" && !plan.metrics.iter().any(|m| is(m, subject)) => {
            Value::Null
        }
        _ => Value::Bool(true),
    };
    let blind = plan.patterns.iter().filter(|pattern| pattern.needs.evaluate(&blank) == Value::Null);
    blind
        .map(|pattern| NotJudged {
            rule: pattern.id.clone(),
            metric: None,
            scope: Scope::Operation,
            reason: Reason::NoColumn,
            need: phrase!(
                "need-all",
                all = Part::All(missing(pattern).into_iter().map(Part::from).collect())
            ),
        })
        .collect()
}

/// Whether a pattern's subject means a metric: its id, its role or its concept.
fn is(metric: &crate::model::Metric, subject: &str) -> bool {
    metric.role.name() == subject
        || metric.id.replace('-', "_") == subject
        || metric.concept.as_ref().is_some_and(|concept| concept.replace('-', "_") == subject)
}

/// The pattern with the highest score, where it is high enough and ahead of the next by its margin.
pub(crate) fn pattern(
    plan: &Plan,
    gathered: &Gathered,
    signals: &[Signal],
    verdicts: &[Verdict],
) -> Option<PatternNamed> {
    let lookup = |name: &str| match name.split_once('.') {
        Some((subject, signal)) => signal_of(plan, signals, subject, signal),
        None => operation_number(gathered, verdicts, name),
    };
    let mut scored: Vec<(&crate::config::Pattern, f64)> = plan
        .patterns
        .iter()
        .filter(|pattern| pattern.needs.evaluate(&lookup) == Value::Bool(true))
        .filter_map(|pattern| match pattern.score.evaluate(&lookup) {
            Value::Number(score) => Some((pattern, score)),
            _ => None,
        })
        .collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, score) = *scored.first()?;
    let next = scored.get(1);
    let clear = next.is_none_or(|(_, other)| score - other >= best.margin);
    (score >= best.at_least && clear).then(|| PatternNamed {
        id: best.id.clone(),
        label: best.label.clone(),
        score,
        runner_up: next.map(|(pattern, _)| pattern.id.clone()),
    })
}

/// A metric's signal for the operation; a role or a concept is the Kleene OR over its metrics, and
/// `operation` speaks of the data as a whole.
fn signal_of(plan: &Plan, signals: &[Signal], subject: &str, signal: &str) -> Value {
    if subject == "operation" {
        let here = |s: &&Signal| s.name == signal && s.metric.is_none() && s.scope == Scope::Operation;
        return signals.iter().find(here).and_then(|s| s.value).map_or(Value::Null, Value::Bool);
    }
    let mut answer = Value::Bool(false);
    let mut any = false;
    for metric in plan.metrics.iter().filter(|metric| is(metric, subject)) {
        let here = |s: &&Signal| {
            s.name == signal && s.metric.as_deref() == Some(&metric.id) && s.scope == Scope::Operation
        };
        any = true;
        match signals.iter().find(here).and_then(|s| s.value) {
            Some(true) => return Value::Bool(true),
            Some(false) => {}
            None => answer = Value::Null,
        }
    }
    if any { answer } else { Value::Null }
}

/// Shares of the operation's gaps by verdict, each gap in units of its metric's target; and of coaching
/// minutes on what sessions cannot reach.
fn operation_number(gathered: &Gathered, verdicts: &[Verdict], name: &str) -> Value {
    let wanted = match name {
        "share_structural" => VerdictId::Structural,
        "share_behavioural" => VerdictId::Behavioural,
        "share_mixed" => VerdictId::Mixed,
        _ => return misdirected(gathered),
    };
    let mut total = 0.0;
    let mut part = 0.0;
    for verdict in verdicts.iter().filter(|v| v.scope == Scope::Operation) {
        let gap = gathered.facts.iter().find_map(|(metric, scope, fact)| match fact {
            Fact::Gap(gap) if metric.as_deref() == Some(&verdict.metric) && *scope == verdict.scope => {
                Some(gap.adverse?.max(0.0) / gap.target?.abs().max(f64::MIN_POSITIVE))
            }
            _ => None,
        });
        let gap = gap.unwrap_or(0.0);
        total += gap;
        part += if verdict.verdict == wanted { gap } else { 0.0 };
    }
    if total > 0.0 { Value::Number(part / total) } else { Value::Null }
}

fn misdirected(gathered: &Gathered) -> Value {
    let minutes = gathered.facts.iter().find_map(|(_, _, fact)| match fact {
        Fact::Minutes(minutes) => Some(minutes),
        _ => None,
    });
    match minutes {
        Some(m) if m.minutes > m.no_focus => Value::Number(m.on_out_of_reach / (m.minutes - m.no_focus)),
        _ => Value::Null,
    }
}

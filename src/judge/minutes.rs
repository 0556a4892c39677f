//! Where coaching minutes went: on gaps coaching can close, on those it cannot, or on nothing named.

use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::Data;
use crate::kinds::Desk;
use crate::model::{Fact, Ledger, Minutes, Scope, Session, SessionStatus, SourceId, Verdict, VerdictId};

/// Periods the hours are counted over, and as many before.
const SPAN: i32 = 13;

/// Minutes of held sessions by the verdict on what they were meant to move. A session's minutes are shared
/// equally over the metrics its focus names; a metric that is mixed is split as its ledger is.
pub(crate) fn minutes(
    plan: &Plan,
    data: &Data,
    desk: &Desk<'_>,
    facts: &[(Option<String>, Scope, Fact)],
    verdicts: &[Verdict],
    period: Period,
) -> Option<Fact> {
    if data.sessions.is_empty() {
        return None;
    }
    let now = (period.shift(1 - SPAN), period);
    let before = (period.shift(1 - 2 * SPAN), period.shift(-SPAN));
    let mut sum = Minutes { periods: SPAN.unsigned_abs(), ..Minutes::default() };
    for session in within(data, now) {
        match session.status {
            SessionStatus::Held => {
                sum.sessions += 1;
                add(plan, desk, facts, verdicts, session, &mut sum);
            }
            SessionStatus::Cancelled => sum.cancelled += 1,
            SessionStatus::Rescheduled | SessionStatus::NoShow | SessionStatus::Other => {}
        }
    }
    let held = within(data, before).filter(|session| session.status == SessionStatus::Held);
    sum.minutes_before = held.filter_map(|session| session.minutes).sum();
    sum.active_agents = active(data, now);
    sum.active_agents_before = active(data, before);
    Some(Fact::Minutes(sum))
}

fn within(data: &Data, span: (Period, Period)) -> impl Iterator<Item = &Session> {
    data.sessions.iter().filter(move |session| (span.0..=span.1).contains(&session.period))
}

fn add(
    plan: &Plan,
    desk: &Desk<'_>,
    facts: &[(Option<String>, Scope, Fact)],
    verdicts: &[Verdict],
    session: &Session,
    sum: &mut Minutes,
) {
    let Some(minutes) = session.minutes else { return };
    sum.minutes += minutes;
    if session.focus.is_empty() {
        sum.no_focus += minutes;
        return;
    }
    let meant: Vec<&str> =
        plan.metrics.iter().filter(|m| desk.moves(&session.focus, &m.id)).map(|m| m.id.as_str()).collect();
    if meant.is_empty() {
        sum.undetermined += minutes;
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of metrics")]
    let part = minutes / meant.len() as f64;
    for metric in meant {
        let (reachable, out) = split(facts, verdicts, metric);
        sum.on_reachable += part * reachable;
        sum.on_out_of_reach += part * out;
        sum.undetermined += part * (1.0 - reachable - out);
    }
}

/// Shares of a metric's minutes on what coaching can and cannot close.
fn split(facts: &[(Option<String>, Scope, Fact)], verdicts: &[Verdict], metric: &str) -> (f64, f64) {
    let verdict =
        verdicts.iter().find(|v| v.metric == metric && v.scope == Scope::Operation).map(|v| v.verdict);
    match verdict {
        Some(VerdictId::Behavioural) => (1.0, 0.0),
        Some(VerdictId::Structural) => (0.0, 1.0),
        Some(VerdictId::Mixed) => ledger(facts, metric).map_or((0.0, 0.0), |ledger| {
            let placed = ledger.reach + ledger.out_of_reach;
            if placed > 0.0 { (ledger.reach / placed, ledger.out_of_reach / placed) } else { (0.0, 0.0) }
        }),
        _ => (0.0, 0.0),
    }
}

fn ledger<'f>(facts: &'f [(Option<String>, Scope, Fact)], metric: &str) -> Option<&'f Ledger> {
    facts.iter().find_map(|(id, scope, fact)| match fact {
        Fact::Ledger(ledger) if id.as_deref() == Some(metric) && *scope == Scope::Operation => Some(ledger),
        _ => None,
    })
}

/// Agents with contacts in a span.
fn active(data: &Data, span: (Period, Period)) -> u32 {
    let Some(cube) = data.cube(SourceId::Contacts) else { return 0 };
    let mut seen = vec![false; data.agents.len()];
    for &agent in &cube.agent[cube.between(span.0, span.1)] {
        if let Some(flag) = seen.get_mut(agent as usize) {
            *flag = true;
        }
    }
    u32::try_from(seen.iter().filter(|flag| **flag).count()).unwrap_or(u32::MAX)
}

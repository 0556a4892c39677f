//! Where coaching minutes went: on gaps coaching can close, on those it cannot, or on nothing named. The one place
//! in which a session is held against the verdicts.

use std::collections::BTreeMap;

use crate::calendar::Period;
use crate::kinds::Case;
use crate::model::{Fact, Ledger, Metric, Minutes, Scope, Session, SessionStatus, SourceId, VerdictId};

static OPERATION: Scope = Scope::Operation;

/// Shares of a session's minutes on what coaching can and cannot close; the rest is undetermined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Split {
    pub(super) reach: f64,
    pub(super) out: f64,
}

const REACHABLE: Split = Split { reach: 1.0, out: 0.0 };
const OUT: Split = Split { reach: 0.0, out: 1.0 };

/// One metric's verdict, by contact type where types are labelled.
#[derive(Clone, Debug, Default)]
struct Reading {
    whole: Option<Split>,
    types: BTreeMap<String, Split>,
    /// Each agent's shares of its own shortfalls, by contact type.
    agents: BTreeMap<u32, BTreeMap<String, f64>>,
}

/// Every metric's verdicts, for holding sessions against them.
pub(super) struct Compass<'a> {
    case: Case<'a>,
    readings: Vec<Reading>,
}

impl<'a> Compass<'a> {
    pub(super) fn new(case: Case<'a>) -> Self {
        let readings = (0..case.metrics.len()).map(|index| Reading::of(&case, index)).collect();
        Self { case, readings }
    }

    /// The metrics a session's focus is meant to move, by index.
    pub(super) fn meant(&self, session: &Session) -> Vec<usize> {
        let named = |metric: &Metric| self.case.desk.names(&session.focus, &metric.id);
        (0..self.case.metrics.len()).filter(|&index| named(&self.case.metrics[index])).collect()
    }

    /// What a session on one metric was spent on. A session with a contact type takes that type's label; one
    /// without is split as its agent's own shortfalls are.
    pub(super) fn split(&self, session: &Session, index: usize) -> Split {
        let reading = &self.readings[index];
        let of = |name: &str| reading.types.get(name).copied().or(reading.whole).unwrap_or_default();
        if let Some(name) = &session.contact_type {
            return of(name);
        }
        let own = reading.agents.get(&session.agent).filter(|_| !reading.types.is_empty());
        let Some(own) = own else { return reading.whole.unwrap_or_default() };
        own.iter().fold(Split::default(), |sum, (name, share)| {
            let part = of(name);
            Split { reach: sum.reach + share * part.reach, out: sum.out + share * part.out }
        })
    }

    /// An agent's share of its shortfalls on a metric that lies in a contact type.
    pub(super) fn share_in(&self, agent: u32, index: usize, name: &str) -> f64 {
        self.readings[index].agents.get(&agent).and_then(|own| own.get(name)).copied().unwrap_or(0.0)
    }

    /// Whether a contact type's gap is one coaching cannot close.
    pub(super) fn is_out(&self, index: usize, name: &str) -> bool {
        self.readings[index].types.get(name) == Some(&OUT)
    }
}

impl Reading {
    fn of(case: &Case<'_>, index: usize) -> Self {
        let metric = &case.metrics[index];
        let verdict = case.verdicts.iter().find(|v| v.metric == metric.id && v.scope == Scope::Operation);
        let mixed = mixed(case, &metric.id);
        let whole = match verdict.map(|v| v.verdict) {
            Some(VerdictId::Behavioural) => Some(REACHABLE),
            Some(VerdictId::Structural) => Some(OUT),
            Some(VerdictId::Mixed) => mixed,
            _ => None,
        };
        let mut types = BTreeMap::new();
        for (id, scope, fact) in case.facts {
            let Fact::Breakdown(found) = fact else { continue };
            if id.as_deref() != Some(metric.id.as_str()) || *scope != Scope::Operation {
                continue;
            }
            for row in &found.rows {
                let split = match row.label.as_deref() {
                    Some("structural") => Some(OUT),
                    Some("behavioural") => Some(REACHABLE),
                    Some("mixed") => mixed,
                    _ => None,
                };
                types.extend(split.map(|split| (row.contact_type.clone(), split)));
            }
        }
        let agents = if types.is_empty() { BTreeMap::new() } else { shortfalls(case, index) };
        Self { whole, types, agents }
    }
}

/// As the ledger is: what is within reach of coaching, and what is not.
fn mixed(case: &Case<'_>, metric: &str) -> Option<Split> {
    let ledger = ledger(case, metric)?;
    let placed = ledger.reach + ledger.out_of_reach;
    (placed > 0.0).then(|| Split { reach: ledger.reach / placed, out: ledger.out_of_reach / placed })
}

pub(super) fn ledger<'a>(case: &Case<'a>, metric: &str) -> Option<&'a Ledger> {
    case.facts.iter().find_map(|(id, scope, fact)| match fact {
        Fact::Ledger(ledger) if id.as_deref() == Some(metric) && *scope == Scope::Operation => Some(ledger),
        _ => None,
    })
}

/// A case about one metric for the operation as a whole.
pub(super) fn about<'a>(case: &Case<'a>, index: usize) -> Case<'a> {
    Case { metric: Some((index, &case.metrics[index])), scope: &OPERATION, ..*case }
}

/// Each agent's shares of its own shortfalls by contact type, luck included.
fn shortfalls(case: &Case<'_>, index: usize) -> BTreeMap<u32, BTreeMap<String, f64>> {
    let (case, metric) = (about(case, index), &case.metrics[index]);
    let Some(study) = case.desk.study(&case) else { return BTreeMap::new() };
    let targets = study.targets(case.data, metric);
    let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for cell in &study.window.panel.cells {
        let Some(target) = targets.get(cell.stratum as usize).copied().flatten() else { continue };
        let name = study.window.strata[cell.stratum as usize].contact_type;
        let agent = study.window.agents[cell.unit as usize];
        *sums.entry((agent, name)).or_insert(0.0) +=
            cell.weight * metric.better.sign() * (target - cell.mean);
    }
    let mut agents: BTreeMap<u32, BTreeMap<String, f64>> = BTreeMap::new();
    for ((agent, name), short) in sums.into_iter().filter(|(_, short)| *short > 0.0) {
        let name = crate::kinds::desk::type_name(case.data, name).to_owned();
        *agents.entry(agent).or_default().entry(name).or_insert(0.0) += short;
    }
    for own in agents.values_mut() {
        let all: f64 = own.values().sum();
        for share in own.values_mut() {
            *share /= all;
        }
    }
    agents
}

/// One session's minutes by what they were spent on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spent {
    pub(super) minutes: f64,
    pub(super) reach: f64,
    pub(super) out: f64,
    pub(super) undetermined: f64,
    pub(super) no_focus: f64,
}

impl Spent {
    /// A session's minutes, shared equally over the metrics its focus is meant to move.
    pub(super) fn of(compass: &Compass<'_>, session: &Session) -> Self {
        let minutes = session.minutes.unwrap_or(0.0);
        if session.focus.is_empty() {
            return Self { minutes, no_focus: minutes, ..Self::default() };
        }
        let meant = compass.meant(session);
        let splits: Vec<Split> = meant.iter().map(|index| compass.split(session, *index)).collect();
        let part = minutes / crate::stats::float(splits.len().max(1));
        let reach: f64 = splits.iter().map(|split| part * split.reach).sum();
        let out: f64 = splits.iter().map(|split| part * split.out).sum();
        Self { minutes, reach, out, undetermined: minutes - reach - out, no_focus: 0.0 }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.minutes += other.minutes;
        self.reach += other.reach;
        self.out += other.out;
        self.undetermined += other.undetermined;
        self.no_focus += other.no_focus;
    }

    /// Minutes with a focus.
    pub(super) fn focused(&self) -> f64 {
        self.minutes - self.no_focus
    }
}

/// Held sessions of a span.
pub(super) fn held<'a>(case: &Case<'a>, from: Period, to: Period) -> impl Iterator<Item = &'a Session> {
    let inside = move |s: &&Session| (from..=to).contains(&s.period) && s.is_held();
    case.data.sessions.iter().filter(inside)
}

/// The hours of a case's window as the report shows them; none without a log.
pub(crate) fn minutes(case: &Case<'_>) -> Option<Minutes> {
    if case.data.sessions.is_empty() {
        return None;
    }
    let (from, to) = (case.period.shift(1 - case.window), case.period);
    let before = (from.shift(-case.window), from.shift(-1));
    let compass = Compass::new(*case);
    let (mut sum, mut sessions) = (Spent::default(), 0);
    for session in held(case, from, to) {
        sessions += 1;
        sum.add(Spent::of(&compass, session));
    }
    let cancelled = |s: &&Session| s.status == SessionStatus::Cancelled && (from..=to).contains(&s.period);
    let cancelled = case.data.sessions.iter().filter(cancelled).count();
    Some(Minutes {
        minutes: sum.minutes,
        on_reachable: sum.reach,
        on_out_of_reach: sum.out,
        undetermined: sum.undetermined,
        no_focus: sum.no_focus,
        sessions,
        cancelled: u32::try_from(cancelled).unwrap_or(u32::MAX),
        minutes_before: held(case, before.0, before.1).filter_map(|s| s.minutes).sum(),
        active_agents: active(case, (from, to)),
        active_agents_before: active(case, before),
        periods: case.window.unsigned_abs(),
    })
}

/// Agents with contacts in a span.
fn active(case: &Case<'_>, span: (Period, Period)) -> u32 {
    if case.data.cube(SourceId::Contacts).is_none() {
        return 0;
    }
    u32::try_from(case.desk.places().active(span.0, span.1, 1).len()).unwrap_or(u32::MAX)
}

//! How evenly coaching reaches people: coverage, regularity, dose between coaches, continuity, variety.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Missing;
use super::found::{Found, LEVEL, commonest};
use super::view::{Span, View, days_before};
use crate::calendar::Period;
use crate::cube::NONE;
use crate::model::{Reason, Session, Value, phrase};
use crate::stats::moments::Moments;
use crate::stats::rates::{jackknife, median};
use crate::stats::{float, quantile_sorted};

/// Agents with a held session in the last so many days, of those at work in three of four of its periods.
pub(super) fn coverage(view: &View<'_>) -> Vec<Found> {
    let days = u32::try_from(view.ask.days).unwrap_or(28);
    let periods = view.case.calendar.periods_of_days(days).max(1);
    let least = usize::try_from((3 * periods + 3) / 4).unwrap_or(1);
    let reached = |span: &Span| {
        let active = view.active(span.to.shift(1 - periods), span.to, least);
        let since = days_before(span.end, view.ask.days);
        let hits: Vec<u32> =
            active.iter().copied().filter(|agent| view.held_between(*agent, since, span.end)).collect();
        (active, hits)
    };
    let (active, hits) = reached(&view.span);
    let earlier = view.earlier().map(|span| {
        let (active, hits) = reached(&span);
        Found::share(hits.len(), active.len())
    });
    let whole =
        Found { n: view.now().len(), agents: count(active.len()), ..Found::share(hits.len(), active.len()) };
    let mut rows = vec![whole.against(earlier.as_ref(), 1)];
    let mut teams: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for agent in &active {
        let team = view.places.team(*agent, view.span.to);
        let Some(name) = view.case.data.teams.get(team as usize) else { continue };
        let sum = teams.entry(name).or_default();
        *sum = (sum.0 + usize::from(hits.contains(agent)), sum.1 + 1);
    }
    rows.extend(
        teams
            .into_iter()
            .map(|(name, (k, n))| Found { n, agents: count(n), ..Found::share(k, n) }.named(name.to_owned())),
    );
    rows
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Fewest agents with enough sessions for the median of their gaps.
const REGULAR: usize = 5;

/// How irregular an agent's sessions are (coefficient of variation of the gaps, four sessions or more), and the
/// share of agents at work who went longer than so many days without one.
pub(super) fn cadence(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let agents = view.active(view.span.from, view.span.to, 1);
    let variation: Vec<f64> =
        agents.iter().filter_map(|agent| irregular(view, *agent, &Session::is_held)).collect();
    let steady = |agent: &&u32| view.places.seen(**agent).is_some_and(|(first, _)| first <= view.span.from);
    let known: Vec<&u32> = agents.iter().filter(steady).collect();
    let long = known.iter().filter(|agent| longest_gap(view, ***agent) > i64::from(view.ask.days)).count();
    if known.is_empty() && variation.is_empty() {
        return Err((Reason::FewAgents, phrase!("need-agents-throughout")));
    }
    let regular = median(&variation, LEVEL).filter(|_| variation.len() >= REGULAR);
    Ok(vec![Found {
        n: view.now().len(),
        agents: count(known.len()),
        amount: regular.map(|one| one.estimate),
        amount_range: regular.map(|one| (one.low, one.high)),
        ..Found::share(long, known.len())
    }])
}

/// Coefficient of variation of the days between those of an agent's sessions that count.
pub(super) fn irregular(view: &View<'_>, agent: u32, counts: &dyn Fn(&Session) -> bool) -> Option<f64> {
    const SESSIONS: usize = 4;
    let own = view.of(agent).iter().filter(|s| counts(s) && view.span.holds(s.date));
    let days: Vec<NaiveDate> = own.map(|s| s.date).collect::<BTreeSet<_>>().into_iter().collect();
    let gaps: Vec<f64> = days.windows(2).filter_map(|two| gap(two[0], two[1])).collect();
    let moments = Moments::of(&gaps);
    let enough = days.len() >= SESSIONS && moments.mean > 0.0;
    moments.variance().filter(|_| enough).map(|variance| variance.sqrt() / moments.mean)
}

fn gap(from: NaiveDate, to: NaiveDate) -> Option<f64> {
    i32::try_from((to - from).num_days()).ok().map(f64::from)
}

/// The longest stretch without a session, the window's ends counting as sessions.
fn longest_gap(view: &View<'_>, agent: u32) -> i64 {
    let mut days = vec![view.span.start];
    days.extend(view.held_days(agent, &view.span));
    days.push(view.span.end);
    days.windows(2).map(|two| (two[1] - two[0]).num_days()).max().unwrap_or(0)
}

/// How unequal the minutes are that coaches give each agent of theirs (coefficient of variation between coaches of
/// three agents or more).
pub(super) fn dose_spread(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    const AGENTS: usize = 3;
    const COACHES: usize = 5;
    let now: Vec<&Session> = view.now().into_iter().filter(|s| s.is_held() && s.coach.is_some()).collect();
    let mut coaches: BTreeMap<&str, (f64, BTreeSet<u32>)> = BTreeMap::new();
    for session in &now {
        let own = coaches.entry(session.coach.as_deref().unwrap_or_default()).or_default();
        own.0 += session.minutes.unwrap_or(0.0);
        own.1.insert(session.agent);
    }
    let each: Vec<f64> = coaches
        .into_values()
        .filter(|(_, agents)| agents.len() >= AGENTS)
        .map(|(minutes, agents)| minutes / float(agents.len()))
        .collect();
    if each.len() < COACHES {
        let need = phrase!("need-coaches", least = COACHES, agents = AGENTS, has = each.len());
        return Err((Reason::FewAgents, need));
    }
    let variation = |of: &[&f64]| {
        let moments = Moments::of(&of.iter().map(|x| **x).collect::<Vec<_>>());
        moments.variance().filter(|_| moments.mean > 0.0).map(|variance| variance.sqrt() / moments.mean)
    };
    let found = jackknife(&each, variation);
    let all: Vec<&f64> = each.iter().collect();
    Ok(vec![Found {
        amount: variation(&all),
        amount_range: found.map(|one| one.ranged(LEVEL)).map(|range| (range.low.max(0.0), range.high)),
        of: each.len(),
        of_coaches: Some(each.len()),
        ..Found::default().resting_on(&now)
    }])
}

/// Weeks with the same coach (median over agents, to the window's end), and the share of sessions in a pair's first
/// four weeks. Runs that reach back to the log's start are at least so long.
pub(super) fn continuity(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    const NEW: i64 = 28;
    let Some(begins) = view.log.first().map(|s| s.date) else {
        return Err((Reason::NoSessions, phrase!("need-sessions-with-coach")));
    };
    let mut first: BTreeMap<(u32, &str), NaiveDate> = BTreeMap::new();
    let mut runs: BTreeMap<u32, (&str, NaiveDate)> = BTreeMap::new();
    let paired = view.log.iter().filter_map(|s| Some((s, s.coach.as_deref()?))).filter(|(s, _)| s.is_held());
    for (session, coach) in paired.clone() {
        first.entry((session.agent, coach)).or_insert(session.date);
        let run = runs.entry(session.agent).or_insert((coach, session.date));
        if run.0 != coach {
            *run = (coach, session.date);
        }
    }
    let settled = |s: &Session| (s.date - begins).num_days() > 2 * NEW;
    let judged: Vec<(&Session, &str)> =
        paired.filter(|(s, _)| view.span.holds(s.date) && settled(s)).map(|(s, coach)| (*s, coach)).collect();
    let is_new = |(s, coach): &&(&Session, &str)| {
        first.get(&(s.agent, *coach)).is_some_and(|day| (s.date - *day).num_days() < NEW)
    };
    let fresh = judged.iter().filter(is_new).count();
    let mut weeks: Vec<f64> =
        runs.values().filter_map(|(_, since)| gap(*since, view.span.end)).map(|days| days / 7.0).collect();
    weeks.sort_by(f64::total_cmp);
    let sessions: Vec<&Session> = judged.iter().map(|(s, _)| *s).collect();
    if sessions.len() < view.ask.least {
        return Err((Reason::FewPeriods, phrase!("need-sessions-later-in-log")));
    }
    let range = median(&weeks, LEVEL).map(|one| (one.low, one.high));
    Ok(vec![Found {
        amount: quantile_sorted(&weeks, 0.5),
        amount_range: range,
        word: reorganised(view).then(|| phrase!("word-teams-changed").into()),
        ..Found::share(fresh, sessions.len()).resting_on(&sessions)
    }])
}

/// Whether more than a tenth of the agents changed their team within eight weeks.
fn reorganised(view: &View<'_>) -> bool {
    let before = Period(view.span.to.0 - view.case.calendar.periods_of_days(56).max(1));
    let agents = view.active(before, view.span.to, 1);
    let moved = |agent: &&u32| {
        let (then, now) = (view.places.team(**agent, before), view.places.team(**agent, view.span.to));
        then != now && then != NONE && now != NONE
    };
    10 * agents.iter().filter(moved).count() > agents.len()
}

/// One coach's four weeks: sessions as (agent, focus).
type Block = Vec<(u32, String)>;

/// One script for all: how often two agents' sessions under one coach within four weeks share their focus, against
/// two sessions taken at random.
pub(super) fn one_script(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let now: Vec<&Session> =
        view.now().into_iter().filter(|s| s.is_held() && s.coach.is_some() && !s.focus.is_empty()).collect();
    let mut coaches: BTreeMap<&str, BTreeMap<i64, Block>> = BTreeMap::new();
    for session in &now {
        let block = (session.date - view.span.start).num_days().div_euclid(28);
        let own = coaches.entry(session.coach.as_deref().unwrap_or_default()).or_default();
        own.entry(block).or_default().push((session.agent, session.focus.join(" ")));
    }
    let coaches: Vec<Vec<Block>> =
        coaches.into_values().map(|blocks| blocks.into_values().collect()).collect();
    let chance = agreement_by_chance(&now);
    let alike = |of: &[&Vec<Block>]| {
        let (same, pairs) = of.iter().flat_map(|blocks| blocks.iter()).map(pairs).fold((0, 0), add);
        (pairs > 0).then(|| float(same) / float(pairs))
    };
    let above = |of: &[&Vec<Block>]| alike(of).map(|share| share - chance);
    let (same, all) = coaches.iter().flatten().map(pairs).fold((0, 0), add);
    let focuses = now.iter().fold(BTreeMap::new(), |mut counts, s| {
        *counts.entry(s.focus.join(" ")).or_insert(0) += 1;
        counts
    });
    if all < view.ask.least {
        return Err((Reason::NoSessions, phrase!("need-sessions-close-together")));
    }
    let share = Found::share(same, all);
    Ok(vec![Found {
        value: share.value.map(|one| crate::stats::rates::Ranged { low: f64::NAN, high: f64::NAN, ..one }),
        expected: Some(chance),
        excess: jackknife(&coaches, above),
        amount: variety(&now),
        word: commonest(&focuses).map(Value::Text),
        ..share.resting_on(&now)
    }])
}

fn add(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    (a.0 + b.0, a.1 + b.1)
}

/// Pairs of different agents' sessions with the same focus, and all such pairs.
fn pairs(block: &Block) -> (usize, usize) {
    let mut found = (0, 0);
    for (at, (agent, focus)) in block.iter().enumerate() {
        for (_, other) in block[at + 1..].iter().filter(|(other, _)| other != agent) {
            found = add(found, (usize::from(focus == other), 1));
        }
    }
    found
}

fn agreement_by_chance(sessions: &[&Session]) -> f64 {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    for session in sessions {
        *counts.entry(&session.focus).or_insert(0) += 1;
    }
    let n = float(sessions.len().max(1));
    counts.values().map(|k| (float(*k) / n).powi(2)).sum()
}

/// Different focuses an agent with three sessions or more has had: the median.
fn variety(sessions: &[&Session]) -> Option<f64> {
    const SESSIONS: usize = 3;
    let mut agents: BTreeMap<u32, (usize, BTreeSet<&[String]>)> = BTreeMap::new();
    for session in sessions {
        let own = agents.entry(session.agent).or_default();
        own.0 += 1;
        own.1.insert(&session.focus);
    }
    let mut each: Vec<f64> =
        agents.into_values().filter(|(n, _)| *n >= SESSIONS).map(|(_, kinds)| float(kinds.len())).collect();
    each.sort_by(f64::total_cmp);
    quantile_sorted(&each, 0.5)
}

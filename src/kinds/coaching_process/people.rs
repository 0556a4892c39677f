//! What coaching does to people: in aggregate, for the operation as a whole, against matched peers, and only where
//! the client has listed it. Also what agents say when asked, and who scores whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Missing;
use super::found::{Found, LEVEL, ratio};
use super::outcomes::Outcome;
use super::view::{Span, View, days_after};
use crate::calendar::Period;
use crate::kinds::Case;
use crate::model::{Reason, Role, Session, SessionStatus, SourceId, phrase};
use crate::stats::float;
use crate::stats::moments::Moments;
use crate::stats::rates::{Estimate, clustered_mean};

/// Fewest coached agents and fewest peers of any comparison of people.
const LEAST: usize = 20;

/// Sessions from which an agent counts as repeatedly coached.
const REPEATEDLY: usize = 3;

const THIRDS: [&str; 3] = ["strongest third", "middle third", "weakest third"];

/// One agent of a comparison.
struct Person {
    agent: u32,
    coached: bool,
    /// Stratum of the match.
    third: usize,
    /// 0 to 1.
    sign: f64,
}

/// One sign of disengagement in agents coached repeatedly in the window before, against agents coached less, of
/// the same third of adjusted results.
pub(super) fn disengagement(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let Some(before) = view.earlier() else {
        return Err((Reason::FewPeriods, phrase!("need-log-of-two-windows")));
    };
    let thirds = thirds(view, &before);
    let sessions: BTreeMap<u32, usize> =
        view.inside(&before).iter().filter(|s| s.is_held()).fold(BTreeMap::new(), |mut sum, s| {
            *sum.entry(s.agent).or_insert(0) += 1;
            sum
        });
    let at_work = view.active(before.to.shift(-3), before.to, 1);
    let person = |agent: u32| {
        let coached = sessions.get(&agent).is_some_and(|n| *n >= REPEATEDLY);
        Some(Person { agent, coached, third: *thirds.get(&agent)?, sign: sign(view, agent)? })
    };
    let people: Vec<Person> = at_work.into_iter().filter_map(person).collect();
    let whole = compare(view, &people)?;
    let third = |(at, name): (usize, &&str)| {
        let own: Vec<&Person> = people.iter().filter(|person| person.third == at).collect();
        let (coached, peers) = sizes(own.iter().copied());
        if coached < LEAST || peers < LEAST {
            return None;
        }
        Some(contrast(view, own.into_iter()).named((*name).to_owned()))
    };
    Ok(std::iter::once(whole).chain(THIRDS.iter().enumerate().filter_map(third)).collect())
}

/// One agent's sign in the window; none where it cannot be seen.
fn sign(view: &View<'_>, agent: u32) -> Option<f64> {
    const PATIENCE: i32 = 7;
    let own = || view.of(agent).iter().filter(|s| view.span.holds(s.date));
    match view.ask.sign.as_str() {
        "no-show" => {
            let planned = own().filter(|s| s.is_held() || s.status == SessionStatus::NoShow).count();
            let missed = own().filter(|s| s.status == SessionStatus::NoShow).count();
            (planned > 0).then(|| float(missed) / float(planned))
        }
        "absence" => {
            let periods = usize::try_from(view.case.window).ok()?;
            let worked = view.places.worked(agent, view.span.from, view.span.to).count();
            // An agent who has left is not absent.
            let stays = view.places.seen(agent).is_some_and(|(_, last)| last >= view.span.to.shift(-3));
            stays.then(|| 1.0 - float(worked) / float(periods))
        }
        "leaving" => {
            let gone = view.places.seen(agent).is_some_and(|(_, last)| last < view.span.to.shift(-3));
            Some(f64::from(u8::from(gone || has_left(view, agent))))
        }
        _ => {
            let asked: Vec<&&Session> =
                own().filter(|s| s.is_held() && days_after(s.date, PATIENCE) <= view.span.end).collect();
            let in_time = |s: &&&&Session| {
                s.detail.acknowledged
                    && s.detail.acknowledged_on.is_none_or(|day| day <= days_after(s.date, PATIENCE))
            };
            let late = asked.len() - asked.iter().filter(in_time).count();
            (!asked.is_empty()).then(|| float(late) / float(asked.len()))
        }
    }
}

fn has_left(view: &View<'_>, agent: u32) -> bool {
    let said = view.case.data.attribute(agent, "left-on", view.span.end);
    said.and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok()).is_some_and(|day| day <= view.span.end)
}

/// Each agent's third of adjusted results on the first outcome metric in the span before; all alike without one.
fn thirds(view: &View<'_>, before: &Span) -> BTreeMap<u32, usize> {
    const PERIODS: usize = 4;
    let earlier = View::new(Case { period: before.to, ..view.case }, view.ask);
    let metric = view.case.metrics.iter().position(|metric| metric.role == Role::Outcome);
    let levels = metric.and_then(|index| Outcome::new(&earlier, index, 0)).map(|one| one.levels(PERIODS));
    let Some(levels) = levels.filter(|levels| levels.len() >= 3 * LEAST) else {
        let all = view.active(before.from, view.span.to, 1);
        return all.into_iter().map(|agent| (agent, 1)).collect();
    };
    let mut ranked: Vec<(u32, f64)> = levels.into_iter().collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let n = ranked.len();
    ranked.into_iter().enumerate().map(|(rank, (agent, _))| (agent, 3 * rank / n)).collect()
}

fn sizes<'p>(people: impl Iterator<Item = &'p Person>) -> (usize, usize) {
    people.fold((0, 0), |sum, person| if person.coached { (sum.0 + 1, sum.1) } else { (sum.0, sum.1 + 1) })
}

fn compare(view: &View<'_>, people: &[Person]) -> Result<Found, Missing> {
    let (coached, peers) = sizes(people.iter());
    if coached < LEAST || peers < LEAST {
        let need = phrase!("need-peers", least = LEAST, coached, peers);
        return Err((Reason::FewAgents, need));
    }
    Ok(contrast(view, people.iter()))
}

/// Mean of the coached, mean of their peers at the same mix of strata, and the difference (unequal variances).
fn contrast<'p>(view: &View<'_>, people: impl Iterator<Item = &'p Person>) -> Found {
    let mut strata: BTreeMap<usize, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for person in people {
        let (coached, peers) = strata.entry(person.third).or_default();
        let side = if person.coached { coached } else { peers };
        side.push(person.sign);
        all.insert(person.agent);
    }
    // A stratum without both has nobody to compare.
    let both: Vec<(Moments, Moments)> = strata
        .into_values()
        .filter(|(a, b)| a.len() > 1 && b.len() > 1)
        .map(|(a, b)| (Moments::of(&a), Moments::of(&b)))
        .collect();
    let n: f64 = both.iter().map(|(a, _)| a.n).sum();
    let weighted = |of: &dyn Fn(&(Moments, Moments)) -> f64| -> f64 {
        both.iter().map(|one| one.0.n / n * of(one)).sum()
    };
    let (coached, peers) = (weighted(&|(a, _)| a.mean), weighted(&|(_, b)| b.mean));
    let noise = |of: &Moments| of.variance().unwrap_or(0.0) / of.n;
    let variance: f64 = both.iter().map(|(a, b)| (a.n / n).powi(2) * (noise(a) + noise(b))).sum();
    let df = (n - float(both.len())).max(1.0);
    let known = n > 0.0;
    Found {
        value: known.then_some(crate::stats::rates::Ranged {
            estimate: coached,
            low: f64::NAN,
            high: f64::NAN,
        }),
        expected: known.then_some(peers),
        excess: known.then_some(Estimate { estimate: coached - peers, se: variance.sqrt(), df }),
        of: all.len(),
        n: view.now().len(),
        agents: u32::try_from(all.len()).unwrap_or(u32::MAX),
        ..Found::default()
    }
}

/// Agents still at work 26 weeks after a development session, against agents at work then without one.
pub(super) fn growth(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    const LATER: i32 = 26;
    let weeks = view.case.calendar.periods_of_days(7 * LATER.unsigned_abs()).max(1);
    let (from, to) = (view.span.from.shift(-weeks), view.span.to.shift(-weeks));
    let then = |s: &&&Session| s.is_held() && (from..=to).contains(&s.period);
    let developed: BTreeSet<u32> = view
        .log
        .iter()
        .filter(then)
        .filter(|s| s.detail.development == Some(true))
        .map(|s| s.agent)
        .collect();
    let stays = |agent: u32| {
        let recent = Period(view.span.to.0 - 3);
        view.places.worked(agent, recent, view.span.to).next().is_some() && !has_left(view, agent)
    };
    let people: Vec<Person> = view
        .active(from, to, 1)
        .into_iter()
        .map(|agent| Person {
            agent,
            coached: developed.contains(&agent),
            third: 0,
            sign: f64::from(u8::from(stays(agent))),
        })
        .collect();
    Ok(vec![compare(view, &people)?])
}

/// The mean of what agents answered, clustered by agent; the share is of sessions with an answer.
fn asked(view: &View<'_>, read: fn(&Session) -> Option<f64>) -> Result<Vec<Found>, Missing> {
    let answers = |span: &Span| -> Vec<(u64, f64)> {
        view.inside(span).iter().filter_map(|s| Some((u64::from(s.agent), read(s)?))).collect()
    };
    let held: Vec<&Session> = view.now().into_iter().filter(|s| s.is_held()).collect();
    let now = answers(&view.span);
    if now.len() < view.ask.least {
        return Err((Reason::FewContacts, phrase!("need-answers", least = view.ask.least, has = now.len())));
    }
    let mean = clustered_mean(&now);
    let range = mean.map(|one| one.ranged(LEVEL)).map(|range| (range.low, range.high));
    let before = view.earlier().and_then(|span| clustered_mean(&answers(&span)));
    let agents: BTreeSet<u64> = now.iter().map(|(agent, _)| *agent).collect();
    Ok(vec![Found {
        amount: mean.map(|one| one.estimate),
        agents: u32::try_from(agents.len()).unwrap_or(u32::MAX),
        n: held.len(),
        amount_range: range,
        amount_before: before.map(|one| one.estimate),
        ..Found::share(now.len().min(held.len()), held.len())
    }])
}

pub(super) fn pulse(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    asked(view, |s| s.detail.pulse)
}

pub(super) fn trust(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    asked(view, |s| s.detail.trust)
}

pub(super) fn belonging(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    asked(view, |s| s.detail.belonging)
}

pub(super) fn ideas(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    asked(view, |s| s.detail.ideas)
}

/// Evaluations an agent's own coach made, of those of agents with a coach.
pub(super) fn own_evaluations(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let data = view.case.data;
    let Some(cube) = data.cube(SourceId::Evaluations) else {
        return Err((Reason::NoSource, phrase!("need-evaluations")));
    };
    let Some(at) = data.segment("evaluator") else {
        return Err((Reason::NoColumn, phrase!("need-segment-of-evaluations")));
    };
    let plain = |name: &str| name.trim().to_lowercase();
    let mut coaches: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for session in &view.log {
        coaches.entry(session.agent).or_default().extend(session.coach.as_deref().map(plain));
    }
    let names: Vec<String> = data.segments[at].1.iter().map(|name| plain(name)).collect();
    let (mut own, mut all) = (0, 0);
    let mut agents = BTreeSet::new();
    for row in cube.between(view.span.from, view.span.to) {
        let Some(coaches) = coaches.get(&cube.agent[row]).filter(|all| !all.is_empty()) else { continue };
        let Some(evaluator) = names.get(cube.segments[at][row] as usize) else { continue };
        let rows = usize::try_from(cube.rows[row]).unwrap_or(0);
        all += rows;
        own += if coaches.contains(evaluator) { rows } else { 0 };
        agents.insert(cube.agent[row]);
    }
    if all == 0 {
        return Err((Reason::NoColumn, phrase!("need-evaluations-of-coached")));
    }
    let agents = u32::try_from(agents.len()).unwrap_or(u32::MAX);
    Ok(vec![Found { value: ratio(own, all), of: all, n: all, agents, ..Found::default() }])
}

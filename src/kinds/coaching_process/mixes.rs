//! Measures of what sessions are made of: purposes, touchpoints, reasons, themes, prompts; and what they cost.

use std::collections::{BTreeMap, BTreeSet};

use super::Missing;
use super::found::{Found, commonest, effective_number, grouped, ratio};
use super::view::{View, agents, group_of, hours};
use crate::calendar::Period;
use crate::model::{Reason, Session, SessionStatus, SourceId, Value, phrase};
use crate::stats::float;

/// Themes fewer agents than this named are not listed: a theme of one agent is that agent's.
const AGENTS_OF_A_THEME: u32 = 3;

/// Sessions a team needs before its kinds are counted.
const OF_A_TEAM: usize = 5;

/// Which sessions count, and what each is made of.
pub(super) struct Mix {
    pub(super) of: fn(&Session) -> bool,
    pub(super) parts: fn(&Session) -> Vec<String>,
}

fn one(word: Option<&String>) -> Vec<String> {
    word.cloned().into_iter().collect()
}

pub(super) const PURPOSES: Mix = Mix { of: Session::is_held, parts: |s| one(s.detail.purpose.as_ref()) };
pub(super) const TRIGGERS: Mix = Mix { of: Session::is_held, parts: |s| one(s.detail.trigger.as_ref()) };
pub(super) const FOCUSES: Mix = Mix { of: Session::is_held, parts: |s| s.focus.clone() };
pub(super) const REASONS: Mix = Mix { of: is_cancelled, parts: |s| one(s.detail.reason.as_ref()) };
pub(super) const CANCELLED_BY: Mix = Mix { of: is_cancelled, parts: |s| one(s.detail.cancelled_by.as_ref()) };
pub(super) const STUCK: Mix = Mix { of: Session::is_held, parts: |s| s.detail.stuck.clone() };

fn is_cancelled(session: &Session) -> bool {
    session.status == SessionStatus::Cancelled
}

impl Mix {
    /// The whole: the share of sessions that say anything, and how many kinds there are in effect. Items: each
    /// kind's share of those that say something, and its hours.
    pub(super) fn find(&self, view: &View<'_>) -> Vec<Found> {
        let counted: Vec<&Session> = view.now().into_iter().filter(|s| (self.of)(s)).collect();
        let parts = self.parts(&counted);
        let said: Vec<&Session> = counted.iter().copied().filter(|s| !(self.parts)(s).is_empty()).collect();
        let counts = parts.iter().map(|(name, sessions)| (name.clone(), sessions.len())).collect();
        let whole = Found {
            amount: effective_number(&counts),
            word: commonest(&counts).map(Value::Text),
            ..Found::share(said.len(), counted.len()).resting_on(&counted)
        };
        let item = |(name, sessions): (String, Vec<&Session>)| {
            let share = Found::share(sessions.len(), said.len()).resting_on(&sessions);
            Found { amount: Some(hours(sessions.iter().copied())), ..share }.named(name)
        };
        std::iter::once(whole).chain(parts.into_iter().map(item)).collect()
    }

    fn parts<'s>(&self, sessions: &[&'s Session]) -> BTreeMap<String, Vec<&'s Session>> {
        let mut parts: BTreeMap<String, Vec<&Session>> = BTreeMap::new();
        for session in sessions {
            for name in (self.parts)(session) {
                parts.entry(name).or_default().push(session);
            }
        }
        parts
    }
}

/// Where agents are stuck: themes of several agents only, as counts.
pub(super) fn stuck(view: &View<'_>) -> Vec<Found> {
    let mut rows = STUCK.find(view);
    rows.retain(|row| row.item.is_none() || row.agents >= AGENTS_OF_A_THEME);
    let listed: BTreeMap<String, usize> =
        rows.iter().filter_map(|row| Some((row.item.clone()?, row.n))).collect();
    if let Some(whole) = rows.first_mut() {
        whole.word = commonest(&listed).map(Value::Text);
        whole.amount = effective_number(&listed);
    }
    rows
}

/// Touchpoints; the value for the whole is the share of teams with a single kind.
pub(super) fn touchpoints(view: &View<'_>) -> Vec<Found> {
    let mix = Mix { of: Session::is_held, parts: |s| one(s.touchpoint.as_ref()) };
    let mut rows = mix.find(view);
    let mut teams: BTreeMap<u32, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let now = view.now();
    for session in now.iter().filter(|s| s.is_held()) {
        let Some(touchpoint) = session.touchpoint.as_deref() else { continue };
        let team = teams.entry(view.team(session)).or_default();
        team.0 += 1;
        team.1.insert(touchpoint);
    }
    let known: Vec<_> = teams.into_values().filter(|(sessions, _)| *sessions >= OF_A_TEAM).collect();
    let single = known.iter().filter(|(_, kinds)| kinds.len() == 1).count();
    if let Some(whole) = rows.first_mut() {
        (whole.value, whole.of) = (ratio(single, known.len()), known.len());
    }
    rows
}

/// Prompts: of all that were asked, the share answered; one row a prompt.
pub(super) fn prompts(view: &View<'_>) -> Vec<Found> {
    let now: Vec<&Session> =
        view.now().into_iter().filter(|s| s.is_held() && !s.detail.prompts.is_empty()).collect();
    let mut prompts: BTreeMap<&str, Vec<&Session>> = BTreeMap::new();
    for session in &now {
        for prompt in &session.detail.prompts {
            prompts.entry(prompt).or_default().push(session);
        }
    }
    let answered = |prompt: &str, sessions: &[&Session]| {
        sessions.iter().filter(|s| s.detail.answered.iter().any(|one| one == prompt)).count()
    };
    let hits = prompts.iter().map(|(prompt, sessions)| answered(prompt, sessions)).sum();
    let asked = prompts.values().map(Vec::len).sum();
    let items = prompts.iter().map(|(prompt, sessions)| {
        let found = Found::share(answered(prompt, sessions), sessions.len()).resting_on(sessions);
        found.named((*prompt).to_owned())
    });
    std::iter::once(Found::share(hits, asked).resting_on(&now)).chain(items).collect()
}

/// One-to-one hours of all hours; a group's hours count once.
pub(super) fn one_to_one(view: &View<'_>) -> Vec<Found> {
    let now: Vec<&Session> =
        view.now().into_iter().filter(|s| s.is_held() && s.detail.group.is_some()).collect();
    let single: Vec<&Session> = now.iter().copied().filter(|s| s.detail.group == Some(false)).collect();
    let groups: BTreeSet<String> = now.iter().filter_map(|s| group_of(s)).collect();
    let found = Found::share(single.len(), single.len() + groups.len()).resting_on(&now);
    let (alone, all) = (hours(single.iter().copied()), hours(now.iter().copied()));
    let amount = (all > 0.0).then_some(alone / all);
    vec![Found { amount, word: Some(phrase!("word-share-of-hours").into()), ..found }]
}

/// Hours, held against the window before and, by team, against the share of heads.
pub(super) fn investment(view: &View<'_>) -> Vec<Found> {
    let held = |sessions: Vec<&'_ Session>| -> f64 { hours(sessions.into_iter().filter(|s| s.is_held())) };
    let now: Vec<&Session> = view.now().into_iter().filter(|s| s.is_held()).collect();
    let all = hours(now.iter().copied());
    let cost = |hours: f64| (view.ask.cost > 0.0).then_some(hours * view.ask.cost);
    let whole = Found {
        amount: Some(all),
        amount_before: view.earlier().map(|span| held(view.inside(&span))),
        of: now.len(),
        cost: cost(all),
        ..Found::default()
    };
    let heads = heads(view);
    let people = float(heads.values().sum());
    let item = |(name, sessions): (String, Vec<&Session>)| {
        let own = hours(sessions.iter().copied());
        let share = (all > 0.0).then(|| own / all);
        let expected = heads.get(&name).map(|heads| float(*heads) / people);
        Found {
            value: share.map(|x| crate::stats::rates::Ranged { estimate: x, low: f64::NAN, high: f64::NAN }),
            amount: Some(own),
            of: sessions.len(),
            expected: expected.filter(|_| view.ask.by == "team"),
            cost: cost(own),
            ..Found::default()
        }
        .resting_on(&sessions)
        .named(name)
    };
    let items = grouped(view, &now).into_iter().map(item);
    std::iter::once(whole.resting_on(&now)).chain(items).collect()
}

/// Agents at work by team.
fn heads(view: &View<'_>) -> BTreeMap<String, usize> {
    let mut heads = BTreeMap::new();
    for agent in view.active(view.span.from, view.span.to, 1) {
        let team = view.places.team(agent, view.span.to);
        if let Some(name) = view.case.data.teams.get(team as usize) {
            *heads.entry(name.clone()).or_insert(0) += 1;
        }
    }
    heads
}

/// Hours of evaluating: evaluations times the minutes one takes.
pub(super) fn evaluation_hours(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let Some(cube) = view.case.data.cube(SourceId::Evaluations) else {
        return Err((Reason::NoSource, phrase!("need-evaluations")));
    };
    if view.ask.evaluation_minutes <= 0.0 {
        return Err((Reason::NoColumn, phrase!("need-evaluation-minutes")));
    }
    let count = |from: Period, to: Period| -> f64 {
        let rows: u64 = cube.between(from, to).map(|row| cube.rows[row]).sum();
        float(usize::try_from(rows).unwrap_or(usize::MAX))
    };
    let of_hour = view.ask.evaluation_minutes / 60.0;
    let amount = count(view.span.from, view.span.to) * of_hour;
    let before = view.earlier().map(|span| count(span.from, span.to) * of_hour);
    let evaluated: BTreeSet<u32> =
        cube.between(view.span.from, view.span.to).map(|row| cube.agent[row]).collect();
    Ok(vec![Found {
        amount: Some(amount),
        amount_before: before,
        cost: (view.ask.cost > 0.0).then_some(amount * view.ask.cost),
        agents: u32::try_from(evaluated.len()).unwrap_or(u32::MAX),
        n: view.now().len(),
        ..Found::default()
    }])
}

/// Held sessions old enough to be followed up whose focus names a metric, of an agent who was at work in the four
/// periods before and after.
pub(super) fn measurable(view: &View<'_>) -> Vec<Found> {
    const AROUND: i32 = 4;
    let to = view.span.to;
    let worked = |agent: u32, from: Period, to: Period| view.places.worked(agent, from, to).next().is_some();
    let names_one = |s: &Session| view.case.metrics.iter().any(|m| view.case.desk.names(&s.focus, &m.id));
    let old: Vec<&Session> =
        view.now().into_iter().filter(|s| s.is_held() && s.period <= to.shift(-AROUND)).collect();
    let is = |s: &&&Session| {
        names_one(s)
            && worked(s.agent, s.period.shift(-AROUND), s.period.shift(-1))
            && worked(s.agent, s.period.shift(1), s.period.shift(AROUND))
    };
    let hits = old.iter().filter(is).count();
    vec![Found { agents: agents(old.iter().copied()), ..Found::share(hits, old.len()).resting_on(&old) }]
}

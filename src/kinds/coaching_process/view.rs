//! The part of the coaching log a case looks at: sessions in scope, by span and by agent, and who was at work.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::Ask;
use crate::calendar::Period;
use crate::cube::NONE;
use crate::kinds::Case;
use crate::kinds::places::Places;
use crate::model::{Scope, Session};

/// Periods with their days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) from: Period,
    pub(super) to: Period,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
}

impl Span {
    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// Every day of it.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let end = self.end;
        self.start.iter_days().take_while(move |day| *day <= end)
    }
}

/// A case's part of the log.
pub(super) struct View<'a> {
    pub(super) case: Case<'a>,
    pub(super) ask: &'a Ask,
    pub(super) places: Rc<Places>,
    pub(super) span: Span,
    /// In scope, from the first session of the log through the last day of the span.
    pub(super) log: Vec<&'a Session>,
    by_agent: BTreeMap<u32, Vec<&'a Session>>,
}

impl<'a> View<'a> {
    pub(super) fn new(case: Case<'a>, ask: &'a Ask) -> Self {
        let (from, to) = case.span();
        let span = Span { from, to, start: case.calendar.start(from), end: case.calendar.end(to) };
        let mut view =
            Self { case, ask, places: case.desk.places(), span, log: Vec::new(), by_agent: BTreeMap::new() };
        view.log = case.data.sessions.iter().filter(|s| s.period <= to && view.in_scope(s)).collect();
        for session in &view.log {
            view.by_agent.entry(session.agent).or_default().push(session);
        }
        view
    }

    fn in_scope(&self, session: &Session) -> bool {
        let here = match self.case.scope {
            Scope::Operation => true,
            Scope::Team(name) => self.team_name(session) == Some(name.as_str()),
            Scope::ContactType(name) => session.contact_type.as_ref() == Some(name),
            Scope::Segment { .. } => false,
        };
        let allowed = |list: &Option<Vec<u32>>, index: &dyn Fn() -> u32| {
            list.as_ref().is_none_or(|all| all.contains(&index()))
        };
        here && allowed(&self.case.filter.teams, &|| self.team(session))
            && allowed(&self.case.filter.contact_types, &|| self.contact_type(session))
    }

    fn contact_type(&self, session: &Session) -> u32 {
        let place = session
            .contact_type
            .as_ref()
            .and_then(|name| self.case.data.contact_types.binary_search(name).ok());
        place.and_then(|at| u32::try_from(at).ok()).unwrap_or(NONE)
    }

    /// The coached agent's team at the time.
    pub(super) fn team(&self, session: &Session) -> u32 {
        self.places.team(session.agent, session.period)
    }

    pub(super) fn team_name(&self, session: &Session) -> Option<&'a str> {
        self.case.data.teams.get(self.team(session) as usize).map(String::as_str)
    }

    /// Whether the log has a column, by its canonical name with hyphens.
    pub(super) fn has(&self, column: &str) -> bool {
        self.case.data.coaching_columns.contains(&column.replace('-', "_"))
    }

    pub(super) fn now(&self) -> Vec<&'a Session> {
        self.inside(&self.span)
    }

    pub(super) fn inside(&self, span: &Span) -> Vec<&'a Session> {
        let inside = |s: &&&Session| (span.from..=span.to).contains(&s.period);
        self.log.iter().filter(inside).copied().collect()
    }

    /// The equally long span before, where the log begins no later than it.
    pub(super) fn earlier(&self) -> Option<Span> {
        let (from, to) = (self.span.from.shift(-self.case.window), self.span.from.shift(-1));
        let calendar = self.case.calendar;
        let span = Span { from, to, start: calendar.start(from), end: calendar.end(to) };
        let begins = self.case.data.sessions.first()?.period;
        (begins <= from).then_some(span)
    }

    /// An agent's sessions in the order of their days.
    pub(super) fn of(&self, agent: u32) -> &[&'a Session] {
        self.by_agent.get(&agent).map_or(&[], Vec::as_slice)
    }

    /// Days of an agent's held sessions in a span, each once.
    pub(super) fn held_days(&self, agent: u32, span: &Span) -> Vec<NaiveDate> {
        let held = self.of(agent).iter().filter(|s| s.is_held() && span.holds(s.date));
        held.map(|s| s.date).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether an agent had a held session after one day, up to and with another.
    pub(super) fn held_between(&self, agent: u32, after: NaiveDate, through: NaiveDate) -> bool {
        self.of(agent).iter().any(|s| s.is_held() && s.date > after && s.date <= through)
    }

    /// Agents of the scope with contacts in at least `least` periods of a span.
    pub(super) fn active(&self, from: Period, to: Period, least: usize) -> Vec<u32> {
        let mut all = self.places.active(from, to, least);
        all.retain(|&agent| self.agent_in_scope(agent, to));
        all
    }

    fn agent_in_scope(&self, agent: u32, period: Period) -> bool {
        let team = || self.places.team(agent, period);
        let here = match self.case.scope {
            Scope::Team(name) => self.case.data.teams.get(team() as usize) == Some(name),
            _ => true,
        };
        here && self.case.filter.teams.as_ref().is_none_or(|all| all.contains(&team()))
    }

    /// What a session is grouped by for rows with items; several for several focuses.
    pub(super) fn groups(&self, session: &Session) -> Vec<String> {
        let one = |text: &Option<String>| text.iter().cloned().collect();
        match self.ask.by.as_str() {
            "focus" => session.focus.clone(),
            "touchpoint" => one(&session.touchpoint),
            "purpose" => one(&session.detail.purpose),
            "contact-type" => one(&session.contact_type),
            _ => self.team_name(session).map(str::to_owned).into_iter().collect(),
        }
    }
}

/// Different agents.
pub(super) fn agents<'s>(sessions: impl IntoIterator<Item = &'s Session>) -> u32 {
    let all: BTreeSet<u32> = sessions.into_iter().map(|session| session.agent).collect();
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

/// Hours of sessions; those of one group count once.
pub(super) fn hours<'s>(sessions: impl IntoIterator<Item = &'s Session>) -> f64 {
    let mut seen = BTreeSet::new();
    let minutes: f64 = sessions
        .into_iter()
        .filter(|session| group_of(session).is_none_or(|group| seen.insert(group)))
        .filter_map(|session| session.minutes)
        .sum();
    minutes / 60.0
}

/// What the agents of one group session share; none for a session of one.
pub(super) fn group_of(session: &Session) -> Option<String> {
    let detail = &session.detail;
    let shared = || format!("{:?} {:?}", session.coach, detail.at);
    detail.group.filter(|group| *group).map(|_| detail.id.clone().unwrap_or_else(shared))
}

pub(super) fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The day that lies so many working days later; public holidays are not known.
pub(super) fn working_days_after(day: NaiveDate, days: i32) -> NaiveDate {
    let mut at = day;
    let mut left = days;
    while left > 0 {
        at = at.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        left -= i32::from(is_working_day(at));
        if at == NaiveDate::MAX {
            return at;
        }
    }
    at
}

/// A whole number of days later.
pub(super) fn days_after(day: NaiveDate, days: i32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days.max(0).unsigned_abs()))).unwrap_or(NaiveDate::MAX)
}

/// A whole number of days earlier.
pub(super) fn days_before(day: NaiveDate, days: i32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days.max(0).unsigned_abs()))).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_step_over_the_weekend() {
        let friday: NaiveDate = "2026-11-06".parse().unwrap();
        assert_eq!(working_days_after(friday, 1).to_string(), "2026-11-09");
        assert_eq!(working_days_after(friday, 5).to_string(), "2026-11-13");
        assert_eq!(working_days_after(friday, 0), friday);
        assert_eq!(days_before(friday, 6).to_string(), "2026-10-31");
    }
}

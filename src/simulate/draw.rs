//! Draws a centre week by week: coaching is decided on last week's results, then contacts come in, then some
//! are evaluated. What a spell adds holds from the week after its first session.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

use super::coach::{Coaching, Observed};
use super::luck::{Event, Luck};
use super::random::running_total;
use super::scenario::{ContactType, Measured, Scenario};
use super::tables::Tables;

/// Share of a week's contacts on Monday to Sunday.
const DAYS: [f64; 7] = [0.18, 0.17, 0.16, 0.16, 0.15, 0.10, 0.08];
const OPENS_S: usize = 8 * 3600;
const OPEN_S: usize = 12 * 3600;
/// An evaluation is made this long after the contact began, so on the same day.
const EVALUATED_AFTER_S: i64 = 2 * 3600;
const EVALUATORS: usize = 6;

/// All tables of a centre. The same scenario gives the same tables.
pub fn tables(scenario: &Scenario) -> Result<Tables> {
    scenario.check()?;
    let mut coaching = Coaching::new(scenario);
    let mut centre = Centre::new(scenario);
    for week in coaching.first_week()..=scenario.weeks.cast_signed() {
        let (results, log) = (&centre.results, &mut centre.tables.sessions);
        let started = coaching.week(week, |programme| &results[programme.moves as usize], log);
        if week >= 1 {
            let first = centre.tables.contacts.len();
            centre.contacts(week);
            centre.evaluations(first);
        }
        for (programme, agent) in started {
            let programme = &scenario.coaching[programme];
            centre.gain[programme.moves as usize][agent] += programme.effect;
        }
    }
    Ok(centre.tables)
}

struct Centre<'a> {
    scenario: &'a Scenario,
    luck: Luck,
    /// By metric, then agent: how the agent differs from the average one.
    skill: [Vec<f64>; 4],
    /// By metric, then agent: what coaching has added.
    gain: [Vec<f64>; 4],
    /// By metric, then agent: the latest week's results.
    results: [Observed; 4],
    shares: Vec<f64>,
    channels: Vec<f64>,
    days: Vec<f64>,
    tables: Tables,
}

/// One contact before the week is put in order.
struct Contact {
    second: usize,
    agent: usize,
    work: usize,
    channel: usize,
    handle_s: u32,
    hold_s: u32,
    escalated: bool,
    resolved: bool,
}

impl<'a> Centre<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let agents = scenario.agents as usize;
        let mut luck = Luck::new(scenario.seed, scenario.noise);
        let metrics = [Measured::Fcr, Measured::Aht, Measured::ConfirmsNextStep, Measured::Qa];
        let skill = metrics.map(|metric| luck.agents(agents, scenario.truth(metric).spread));
        let tables = people(scenario, &mut luck);
        Self {
            scenario,
            luck,
            skill,
            gain: std::array::from_fn(|_| vec![0.0; agents]),
            results: std::array::from_fn(|_| vec![None; agents]),
            shares: running_total(scenario.types.iter().map(|t| t.share)),
            channels: running_total(scenario.channels.values().copied()),
            days: running_total(DAYS.into_iter()),
            tables,
        }
    }

    /// How an agent stands this week against the average agent.
    fn standing(&mut self, metric: Measured, agent: usize) -> f64 {
        let shock = self.luck.shock(self.scenario.truth(metric).week_spread);
        self.skill[metric as usize][agent] + self.gain[metric as usize][agent] + shock
    }

    fn contacts(&mut self, week: i32) {
        let mut rows = Vec::new();
        for agent in 0..self.scenario.agents as usize {
            let first = rows.len();
            let fcr = self.standing(Measured::Fcr, agent);
            let aht = self.standing(Measured::Aht, agent);
            for _ in 0..self.volume() {
                let contact = self.contact(agent, fcr, aht);
                rows.push(contact);
            }
            let own = &rows[first..];
            self.results[Measured::Fcr as usize][agent] =
                mean(own.iter().map(|c| f64::from(u8::from(c.resolved))));
            self.results[Measured::Aht as usize][agent] = mean(own.iter().map(|c| f64::from(c.handle_s)));
        }
        rows.sort_by_key(|c| (c.second, c.agent));
        self.record(week, &rows);
    }

    /// Contacts of one agent in one week.
    fn volume(&mut self) -> u32 {
        let range = self.scenario.contacts;
        if !self.scenario.noise {
            return u32::midpoint(range.low, range.high);
        }
        let width = (range.high - range.low) as usize + 1;
        let drawn = range.low + u32::try_from(self.luck.random.below(width)).unwrap_or(0);
        if self.luck.random.chance(self.scenario.absent) { 0 } else { drawn }
    }

    fn contact(&mut self, agent: usize, fcr: f64, aht: f64) -> Contact {
        let contact_type = self.luck.takes(agent, &self.shares);
        let work: &ContactType = &self.scenario.types[contact_type];
        let slot = |event| (event, agent, contact_type);
        let resolved = self.scenario.level(Measured::Fcr, Some(work));
        let level = if work.blocked { resolved } else { (resolved + fcr).clamp(0.0, 1.0) };
        let handle = (self.scenario.level(Measured::Aht, Some(work)) + aht).max(1.0);
        let day = self.luck.random.pick(&self.days);
        let second = day * 86_400 + OPENS_S + self.luck.random.below(OPEN_S);
        Contact {
            second,
            agent,
            work: contact_type,
            channel: self.luck.random.pick(&self.channels),
            handle_s: whole(self.luck.duration(slot(Event::Handles), handle, self.scenario.handle_cv)).max(1),
            hold_s: whole(self.luck.wait(work.hold)),
            escalated: self.luck.happens(slot(Event::Escalates), work.escalated),
            resolved: self.luck.happens(slot(Event::Resolves), level),
        }
    }

    fn record(&mut self, week: i32, rows: &[Contact]) {
        let midnight = self.scenario.monday(week).and_time(NaiveTime::MIN);
        let contacts = &mut self.tables.contacts;
        for row in rows {
            contacts.at.push(later(midnight, i64::try_from(row.second).unwrap_or(0)));
            contacts.agent.push(index(row.agent));
            contacts.contact_type.push(index(row.work));
            contacts.channel.push(index(row.channel));
            contacts.handle_s.push(row.handle_s);
            contacts.hold_s.push(row.hold_s.min(row.handle_s));
            contacts.escalated.push(row.escalated);
            contacts.resolved.push(row.resolved);
        }
    }

    /// Evaluates some of the contacts from row `first` on.
    fn evaluations(&mut self, first: usize) {
        let mut drawn = Vec::new();
        for (agent, mut own) in self.by_agent(first) {
            let (mut scores, mut confirmed) = (Vec::new(), Vec::new());
            let step = self.standing(Measured::ConfirmsNextStep, agent);
            let qa = self.standing(Measured::Qa, agent);
            for _ in 0..self.scenario.evaluations.min(index(own.len())) {
                let contact = own.swap_remove(self.luck.random.below(own.len()));
                let level = (self.scenario.level(Measured::ConfirmsNextStep, None) + step).clamp(0.0, 1.0);
                let confirms = self.luck.happens((Event::ConfirmsNextStep, agent, 0), level);
                let score = self.luck.score(
                    (Event::Scores, agent, 0),
                    self.scenario.level(Measured::Qa, None) + qa,
                    self.scenario.score_sd,
                );
                let score = whole(score.clamp(0.0, 100.0));
                drawn.push((contact, agent, self.luck.random.below(EVALUATORS), score, confirms));
                scores.push(f64::from(score));
                confirmed.push(f64::from(u8::from(confirms)));
            }
            self.results[Measured::ConfirmsNextStep as usize][agent] = mean(confirmed.into_iter());
            self.results[Measured::Qa as usize][agent] = mean(scores.into_iter());
        }
        drawn.sort_by_key(|&(contact, ..)| contact);
        for (contact, agent, evaluator, score, confirms) in drawn {
            let at = later(self.tables.contacts.at[contact], EVALUATED_AFTER_S);
            let evaluations = &mut self.tables.evaluations;
            evaluations.contact.push(index(contact));
            evaluations.at.push(at);
            evaluations.agent.push(index(agent));
            evaluations.evaluator.push(index(evaluator));
            evaluations.score.push(score);
            evaluations.confirms_next_step.push(confirms);
        }
    }

    /// Rows of contacts from `first` on, by agent.
    fn by_agent(&self, first: usize) -> BTreeMap<usize, Vec<usize>> {
        let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in first..self.tables.contacts.len() {
            rows.entry(self.tables.contacts.agent[row] as usize).or_default().push(row);
        }
        rows
    }
}

/// Dictionaries and roster.
fn people(scenario: &Scenario, luck: &mut Luck) -> Tables {
    let digits = scenario.agents.to_string().len().max(3);
    let first_day = scenario.monday(1);
    let site = |team: u32| scenario.sites[team as usize % scenario.sites.len()].clone();
    Tables {
        agents: (1..=scenario.agents).map(|n| format!("A{n:0digits$}")).collect(),
        team_of: (0..scenario.agents).map(|agent| agent % scenario.teams).collect(),
        hired_on: (0..scenario.agents)
            .map(|_| first_day - Days::new(120 + luck.random.below(2000) as u64))
            .collect(),
        teams: (1..=scenario.teams).map(|n| format!("Team {n}")).collect(),
        site_of: (0..scenario.teams).map(site).collect(),
        contact_types: scenario.types.iter().map(|t| t.name.clone()).collect(),
        channels: scenario.channels.keys().cloned().collect(),
        ..Tables::default()
    }
}

fn later(at: NaiveDateTime, seconds: i64) -> NaiveDateTime {
    at + TimeDelta::seconds(seconds)
}

fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

/// To the nearest whole number.
fn whole(x: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, which is wanted"
    )]
    let rounded = x.round() as u32;
    rounded
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0.0, 0.0), |(n, sum), x| (n + 1.0, sum + x));
    (n > 0.0).then_some(sum / n)
}

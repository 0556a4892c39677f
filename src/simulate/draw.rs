//! Draws a centre week by week: coaching is decided on last week's results, then contacts come in, then some
//! are evaluated. What a spell adds holds from the week after its first session.
//!
//! What a scenario may leave out has a stream of its own, so that adding it changes nothing else.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::coach::{Coaching, Observed, Past};
use super::luck::{Event, Luck};
use super::people::People;
use super::random::{Random, running_total};
use super::scenario::{ContactType, Measure, Measured, Programme, Scenario};
use super::standing::Standing;
use super::tables::Tables;

/// Share of a week's contacts on Monday to Sunday.
const DAYS: [f64; 7] = [0.18, 0.17, 0.16, 0.16, 0.15, 0.10, 0.08];
const OPENS_S: usize = 8 * 3600;
const OPEN_S: usize = 12 * 3600;
/// An evaluation is made this long after the contact began, so on the same day.
const EVALUATED_AFTER_S: i64 = 2 * 3600;

/// All tables of a centre. The same scenario gives the same tables.
pub fn tables(scenario: &Scenario) -> Result<Tables> {
    scenario.check()?;
    let mut coaching = Coaching::new(scenario);
    let mut centre = Centre::new(scenario);
    for week in coaching.first_week()..=scenario.weeks.cast_signed() {
        let load = centre.load(week);
        let skill = Measured::ALL.map(|metric| centre.standing.skill(metric as usize));
        let past = Past { results: &centre.results, skill, contacts: &centre.latest, load };
        let started = coaching.week(week, &past, &mut centre.tables.sessions);
        if week >= 1 {
            let first = centre.tables.contacts.len();
            centre.turn(week);
            centre.contacts(week);
            centre.evaluations(first);
        }
        for (programme, agent) in started {
            centre.learns(agent, &scenario.coaching[programme], week + 1);
        }
    }
    Ok(centre.tables)
}

struct Centre<'a> {
    scenario: &'a Scenario,
    luck: Luck,
    standing: Standing,
    /// By metric, then agent: the latest week's results.
    results: [Observed; 4],
    /// By agent: rows of the latest week's contacts.
    latest: Vec<Vec<u32>>,
    /// Running totals of the contact types' shares: one for all, or one an agent.
    shares: Vec<Vec<f64>>,
    channels: Vec<f64>,
    days: Vec<f64>,
    /// How much busier than usual this week is, as a logarithm, and its stream.
    busy: f64,
    loads: Random,
    measures: Measures,
    /// Points an evaluator adds, and who evaluates where coaches do.
    severity: Vec<f64>,
    judges: Random,
    /// Which contacts have a customer.
    customers: Random,
    tables: Tables,
}

/// The further columns.
struct Measures {
    luck: Luck,
    of: Vec<Column>,
    hold: Option<usize>,
    escalations: Option<usize>,
}

/// One of them.
struct Column {
    /// Its number among all metrics.
    metric: usize,
    measure: Measure,
    /// By contact type.
    levels: Vec<f64>,
    is_stage: bool,
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
    measures: Vec<Option<f64>>,
}

/// How an agent stands this week, by metric.
type Own = Vec<f64>;

impl<'a> Centre<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        let agents = scenario.agents as usize;
        let mut luck = Luck::new(scenario.seed, scenario.noise);
        let stream = |salt: u64| Random::new(scenario.seed ^ salt);
        let mut skill: Vec<Vec<f64>> =
            Measured::ALL.into_iter().map(|m| luck.agents(agents, scenario.truth(m).spread)).collect();
        let people = People::new(scenario, &mut luck, &mut stream(0x0002_0571));
        let mut measures = Measures::new(scenario);
        let further = measures.of.iter().map(|column| column.measure.spread);
        skill.extend(further.map(|spread| measures.luck.agents(agents, spread)));
        let mut judges = stream(0x0E7A_1AA7);
        let severity = judges.deviations(scenario.evaluators.count as usize, scenario.evaluators.spread);
        Self {
            scenario,
            standing: Standing::new(scenario, skill, &people, stream(0x57A2_D166)),
            luck,
            results: std::array::from_fn(|_| vec![None; agents]),
            latest: vec![Vec::new(); agents],
            shares: Vec::new(),
            channels: running_total(scenario.channels.values().copied()),
            days: running_total(DAYS.into_iter()),
            busy: 0.0,
            loads: stream(0x010A_D000),
            measures,
            severity,
            judges,
            customers: stream(0x0C05_70E5),
            tables: people.tables,
        }
    }

    /// Draws how busy a week is; in standard deviations.
    fn load(&mut self, week: i32) -> f64 {
        let swing = self.scenario.load.swing;
        if week < 1 || swing <= 0.0 {
            return 0.0;
        }
        let z = self.loads.normal();
        self.busy = swing * z;
        z
    }

    /// What a spell adds to an agent from a week on.
    fn learns(&mut self, agent: usize, programme: &Programme, from: i32) {
        let of = |id: &str| self.scenario.metric_ids().position(|known| known == id);
        let also = programme.also.iter().filter_map(|(id, adds)| Some((of(id)?, *adds)));
        for (metric, adds) in std::iter::once((programme.moves as usize, programme.effect)).chain(also) {
            self.standing.gain(metric, agent, from, adds, programme.half_life);
        }
    }

    fn turn(&mut self, week: i32) {
        self.standing.turn(week);
        let plain = self.scenario.routing == 0.0;
        let agents = if plain { 0..1 } else { 0..self.scenario.agents as usize };
        self.shares = agents.map(|agent| self.mix(week, agent)).collect();
    }

    /// Running total of the contact types' shares.
    fn mix(&self, week: i32, agent: usize) -> Vec<f64> {
        let (types, routing) = (&self.scenario.types, self.scenario.routing);
        let last = f64::from(self.scenario.weeks.max(2) - 1);
        let passed = f64::from(week - 1) / last;
        let now = |work: &ContactType| {
            work.share_end.map_or(work.share, |end| work.share + (end - work.share) * passed)
        };
        if routing == 0.0 {
            return running_total(types.iter().map(now));
        }
        let fcr = Measured::Fcr;
        let levels: Vec<f64> = types.iter().map(|work| self.scenario.level(fcr, Some(work))).collect();
        let spread = self.scenario.fcr.spread;
        let skill = self.standing.skill(fcr as usize)[agent];
        let z = if spread > 0.0 { skill / spread } else { 0.0 };
        let hard = hardness(&levels);
        running_total(types.iter().zip(hard).map(|(work, hard)| now(work) * (routing * z * hard).exp()))
    }

    fn contacts(&mut self, week: i32) {
        let mut rows = Vec::new();
        for agent in 0..self.scenario.agents as usize {
            let first = rows.len();
            let own = self.own(agent);
            for _ in 0..self.volume(agent) {
                let contact = self.contact(agent, &own);
                rows.push(contact);
            }
            let own = &rows[first..];
            self.results[Measured::Fcr as usize][agent] =
                mean(own.iter().map(|c: &Contact| f64::from(u8::from(c.resolved))));
            self.results[Measured::Aht as usize][agent] = mean(own.iter().map(|c| f64::from(c.handle_s)));
        }
        rows.sort_by_key(|c| (c.second, c.agent));
        self.record(week, &rows);
    }

    /// How an agent stands this week in what contacts show.
    fn own(&mut self, agent: usize) -> Own {
        let mut own = vec![0.0; Measured::ALL.len()];
        for metric in [Measured::Fcr as usize, Measured::Aht as usize] {
            own[metric] = self.standing.agent(&mut self.luck, metric, agent);
        }
        for column in &self.measures.of {
            own.push(self.standing.agent(&mut self.measures.luck, column.metric, agent));
        }
        own
    }

    /// Contacts of one agent in one week.
    fn volume(&mut self, agent: usize) -> u32 {
        let range = self.scenario.contacts;
        if !self.standing.has_started(agent) {
            return 0;
        }
        if !self.scenario.noise {
            return u32::midpoint(range.low, range.high);
        }
        let width = (range.high - range.low) as usize + 1;
        let drawn = range.low + u32::try_from(self.luck.random.below(width)).unwrap_or(0);
        let drawn = whole(f64::from(drawn) * self.busy.exp());
        if self.luck.random.chance(self.scenario.absent) { 0 } else { drawn }
    }

    fn contact(&mut self, agent: usize, own: &Own) -> Contact {
        let shares = &self.shares[agent.min(self.shares.len() - 1)];
        let contact_type = self.luck.takes(agent, shares);
        let work: &ContactType = &self.scenario.types[contact_type];
        let slot = |event| (event, agent, contact_type);
        let (fcr, aht) = (Measured::Fcr as usize, Measured::Aht as usize);
        let level = self.resolution(agent, contact_type, own[fcr]);
        let usual = self.scenario.level(Measured::Aht, Some(work));
        let handle = self.standing.level(aht, agent, contact_type, usual, own[aht]).max(1.0);
        let hold = self.stage(self.measures.hold, agent, contact_type, work.hold, own).max(0.0);
        let escalated = self.stage(self.measures.escalations, agent, contact_type, work.escalated, own);
        let day = self.luck.random.pick(&self.days);
        let second = day * 86_400 + OPENS_S + self.luck.random.below(OPEN_S);
        Contact {
            second,
            agent,
            work: contact_type,
            channel: self.luck.random.pick(&self.channels),
            handle_s: whole(self.luck.duration(slot(Event::Handles), handle, self.scenario.handle_cv)).max(1),
            hold_s: whole(self.luck.wait(hold)),
            escalated: self.luck.happens(slot(Event::Escalates), escalated.clamp(0.0, 1.0)),
            resolved: self.luck.happens(slot(Event::Resolves), level),
            measures: self.measures.draw(&self.standing, agent, contact_type, own),
        }
    }

    fn resolution(&self, agent: usize, work: usize, own: f64) -> f64 {
        let (metric, kind) = (Measured::Fcr as usize, &self.scenario.types[work]);
        let level = self.scenario.level(Measured::Fcr, Some(kind));
        if kind.blocked && !self.standing.is_open(agent, work) {
            return self.standing.blocked(metric, agent, work, level).clamp(0.0, 1.0);
        }
        self.standing.level(metric, agent, work, level, own).clamp(0.0, 1.0)
    }

    /// Level of a column every centre has, moved where a measure is on it.
    fn stage(&self, metric: Option<usize>, agent: usize, work: usize, level: f64, own: &Own) -> f64 {
        metric.map_or(level, |metric| self.standing.level(metric, agent, work, level, own[metric]))
    }

    fn record(&mut self, week: i32, rows: &[Contact]) {
        let midnight = self.scenario.monday(week).and_time(NaiveTime::MIN);
        let contacts = &mut self.tables.contacts;
        contacts.measures.resize(self.measures.of.len(), Vec::new());
        self.latest.iter_mut().for_each(Vec::clear);
        for row in rows {
            self.latest[row.agent].push(index(contacts.at.len()));
            contacts.at.push(later(midnight, i64::try_from(row.second).unwrap_or(0)));
            contacts.agent.push(index(row.agent));
            contacts.contact_type.push(index(row.work));
            contacts.channel.push(index(row.channel));
            contacts.handle_s.push(row.handle_s);
            contacts.hold_s.push(row.hold_s.min(row.handle_s));
            contacts.escalated.push(row.escalated);
            contacts.resolved.push(row.resolved);
            contacts.traced.push(!self.customers.chance(self.scenario.untraced));
            for ((column, of), value) in
                contacts.measures.iter_mut().zip(&self.measures.of).zip(&row.measures)
            {
                if !of.is_stage {
                    column.push(*value);
                }
            }
        }
    }

    /// Evaluates some of the contacts from row `first` on.
    fn evaluations(&mut self, first: usize) {
        let mut drawn = Vec::new();
        for (agent, mut own) in self.by_agent(first) {
            let (mut scores, mut confirmed) = (Vec::new(), Vec::new());
            let standing = [Measured::ConfirmsNextStep, Measured::Qa]
                .map(|metric| self.standing.agent(&mut self.luck, metric as usize, agent));
            for _ in 0..self.scenario.evaluations.min(index(own.len())) {
                let contact = own.swap_remove(self.luck.random.below(own.len()));
                let (evaluator, score, confirms) = self.evaluation(agent, contact, standing);
                drawn.push((contact, agent, evaluator, score, confirms));
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
            evaluations.evaluator.push(evaluator);
            evaluations.score.push(score);
            evaluations.confirms_next_step.push(confirms);
        }
    }

    /// Evaluator, score and whether the next step is confirmed.
    fn evaluation(&mut self, agent: usize, contact: usize, standing: [f64; 2]) -> (u32, u32, bool) {
        let work = self.tables.contacts.contact_type[contact] as usize;
        let level = |metric: Measured, own: f64| {
            let usual = self.scenario.level(metric, None);
            self.standing.level(metric as usize, agent, work, usual, own)
        };
        let p = level(Measured::ConfirmsNextStep, standing[0]);
        let points = level(Measured::Qa, standing[1]);
        let judge = self.judge(agent);
        let adds = judge.map_or(0.0, |(_, adds)| adds);
        let p = (p + adds / 100.0).clamp(0.0, 1.0);
        let confirms = self.luck.happens((Event::ConfirmsNextStep, agent, 0), p);
        let score = self.luck.score((Event::Scores, agent, 0), points, self.scenario.score_sd);
        let lot = index(self.luck.random.below(self.scenario.evaluators.count as usize));
        (judge.map_or(lot, |(who, _)| who), whole((score + adds).clamp(0.0, 100.0)), confirms)
    }

    /// Who evaluates and what that adds, in points, where it matters who does.
    fn judge(&mut self, agent: usize) -> Option<(u32, f64)> {
        let evaluators = self.scenario.evaluators;
        if evaluators.spread == 0.0 && evaluators.own_coach == 0.0 {
            return None;
        }
        let who = self.judges.below(evaluators.count as usize);
        if self.judges.chance(evaluators.own_coach) {
            return Some((evaluators.count + self.tables.team_of[agent], evaluators.bias));
        }
        Some((index(who), self.severity[who]))
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

impl Measures {
    fn new(scenario: &Scenario) -> Self {
        let first = Measured::ALL.len();
        let of = scenario.measures.iter().enumerate().map(|(place, (id, measure))| {
            let measure = measure.filled(id);
            let usual = measure.level.unwrap_or(0.0);
            let level = |work: &ContactType| measure.levels.get(&work.name).copied().unwrap_or(usual);
            let levels = scenario.types.iter().map(level).collect();
            Column { metric: first + place, levels, is_stage: Measure::is_stage(id), measure }
        });
        let place = |wanted: &str| scenario.measures.keys().position(|id| id == wanted).map(|at| first + at);
        Self {
            luck: Luck::new(scenario.seed ^ 0x00AE_A5E2, scenario.noise),
            of: of.collect(),
            hold: place("hold"),
            escalations: place("escalations"),
        }
    }

    /// Values of one contact.
    fn draw(&mut self, standing: &Standing, agent: usize, work: usize, own: &Own) -> Vec<Option<f64>> {
        let luck = &mut self.luck;
        let value = |(place, column): (usize, &Column)| {
            if column.is_stage {
                return None;
            }
            let (metric, measure) = (column.metric, &column.measure);
            let level = standing.level(metric, agent, work, column.levels[work], own[metric]);
            let answers = measure
                .answered
                .is_none_or(|share| luck.happens((Event::Answers(place), agent, work), share));
            let slot = (Event::Measures(place), agent, work);
            let value = if measure.is_proportion() {
                f64::from(u8::from(luck.happens(slot, level.clamp(0.0, 1.0))))
            } else {
                (luck.duration(slot, level.max(0.01), measure.cv.unwrap_or(0.6)) * 100.0).round() / 100.0
            };
            answers.then_some(value)
        };
        self.of.iter().enumerate().map(value).collect()
    }
}

/// Deviations of levels from their mean in standard deviations, the hardest highest.
fn hardness(levels: &[f64]) -> Vec<f64> {
    let mut hard: Vec<f64> = levels.iter().map(|level| -level).collect();
    super::random::standardise(&mut hard, 1.0);
    hard
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

//! Who is coached, when and on what: decided from last week's results alone, as a team leader does.

use chrono::{Days, NaiveDate};

use super::random::Random;
use super::scenario::{Measured, Policy, Programme, Scenario};
use super::tables::{Detail, Sessions, Touchpoint};

/// An agent is not put into the same programme again for this many weeks.
const REST: i32 = 16;

/// Results of one week, an entry an agent; `None` where the agent has none.
pub(super) type Observed = Vec<Option<f64>>;

/// What is known when a week's sessions are held.
pub(super) struct Past<'a> {
    /// Last week's results, by metric.
    pub(super) results: &'a [Observed; 4],
    /// How agents truly differ, by metric.
    pub(super) skill: [&'a [f64]; 4],
    /// Rows of each agent's latest contacts.
    pub(super) contacts: &'a [Vec<u32>],
    /// How busy this week is, in standard deviations.
    pub(super) load: f64,
}

/// All programmes of one centre, week by week.
#[derive(Debug)]
pub(super) struct Coaching<'a> {
    scenario: &'a Scenario,
    random: Random,
    /// What else the log says.
    details: Random,
    /// A programme's state, in the order they are written.
    spells: Vec<Spells>,
    /// By metric, then agent: weeks with results and their sum.
    sofar: [Vec<(f64, f64)>; 4],
}

#[derive(Clone, Debug, Default)]
struct Spells {
    /// Week of the first held session of an agent's latest spell.
    started: Vec<Option<i32>>,
    /// (week, agent) of follow-ups still to come.
    due: Vec<(i32, usize)>,
}

/// An agent whose spell has begun: programme and agent.
pub(super) type Started = (usize, usize);

/// Whether a session opens a spell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    First,
    FollowUp,
}

impl<'a> Coaching<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let agents = scenario.agents as usize;
        let spells = Spells { started: vec![None; agents], due: Vec::new() };
        Self {
            scenario,
            // Its own stream: another programme does not change the contacts drawn.
            random: Random::new(scenario.seed ^ 0x00C0_AC11),
            details: Random::new(scenario.seed ^ 0x00DE_7A11),
            spells: vec![spells; scenario.coaching.len()],
            sofar: std::array::from_fn(|_| vec![(0.0, 0.0); agents]),
        }
    }

    /// First week in which anything can happen.
    pub(super) fn first_week(&self) -> i32 {
        let starts = self.scenario.coaching.iter().filter(|p| p.policy != Policy::None).map(|p| p.from);
        starts.min().unwrap_or(1).min(1)
    }

    /// Holds one week's sessions.
    pub(super) fn week(&mut self, week: i32, past: &Past<'_>, log: &mut Sessions) -> Vec<Started> {
        let (scenario, first) = (self.scenario, log.len());
        let dips = self.dips(past);
        let mut started = Vec::new();
        for (index, programme) in scenario.coaching.iter().enumerate() {
            for agent in self.due(index, week) {
                self.session(programme, Step::FollowUp, week, agent, past, log);
                if programme.policy == Policy::Weekly && week < programme.to {
                    self.spells[index].due.push((week + 1, agent));
                }
            }
            let pool = pool(programme, past, &dips);
            for agent in self.chosen(index, programme, week, pool) {
                if self.session(programme, Step::First, week, agent, past, log) {
                    self.begin(index, programme, week, agent);
                    started.push((index, agent));
                }
            }
        }
        log.sort_from(first);
        started
    }

    /// Last week's results against the agent's own average before, by metric.
    fn dips(&mut self, past: &Past<'_>) -> [Observed; 4] {
        let mut sofar = self.sofar.iter_mut();
        past.results.each_ref().map(|last| {
            let Some(sofar) = sofar.next() else { return Vec::new() };
            let one = |(last, (n, sum)): (&Option<f64>, &mut (f64, f64))| {
                let last = (*last)?;
                let dip = (*n > 0.0).then(|| last - *sum / *n);
                (*n, *sum) = (*n + 1.0, *sum + last);
                dip
            };
            last.iter().zip(sofar).map(one).collect()
        })
    }

    fn due(&mut self, index: usize, week: i32) -> Vec<usize> {
        let (now, later) = self.spells[index].due.iter().partition(|(when, _)| *when == week);
        self.spells[index].due = later;
        let now: Vec<(i32, usize)> = now;
        now.into_iter().map(|(_, agent)| agent).collect()
    }

    /// The agents whose spell starts this week.
    fn chosen(&mut self, index: usize, programme: &Programme, week: i32, mut pool: Vec<usize>) -> Vec<usize> {
        if !(programme.from..=programme.to).contains(&week) {
            return Vec::new();
        }
        pool.retain(|&agent| self.scenario.is_in(agent, &programme.teams));
        let started = &self.spells[index].started;
        if programme.policy == Policy::Weekly {
            pool.retain(|&agent| started[agent].is_none());
            return pool;
        }
        pool.retain(|&agent| started[agent].is_none_or(|before| week - before >= REST));
        self.random.shuffle(&mut pool);
        pool.truncate(programme.per_week as usize);
        pool
    }

    fn begin(&mut self, index: usize, programme: &Programme, week: i32, agent: usize) {
        let spells = &mut self.spells[index];
        spells.started[agent] = Some(week);
        if programme.policy == Policy::Weekly {
            spells.due.push((week + 1, agent));
            return;
        }
        let mut when = week;
        for _ in 0..programme.follow_ups {
            when = when.saturating_add(i32::try_from(programme.every).unwrap_or(i32::MAX));
            spells.due.push((when, agent));
        }
    }

    /// Logs one session; true = held.
    fn session(
        &mut self,
        programme: &Programme,
        step: Step,
        week: i32,
        agent: usize,
        past: &Past<'_>,
        log: &mut Sessions,
    ) -> bool {
        let busy = (self.scenario.load.cancels * past.load).max(0.0);
        let held = !self.random.chance(self.scenario.cancelled + busy);
        let weekday = Days::new(self.random.below(5) as u64);
        let unnamed = self.random.chance(programme.no_focus.unwrap_or(self.scenario.no_focus))
            && step == Step::FollowUp;
        let date = self.scenario.monday(week) + weekday;
        log.date.push(date);
        log.agent.push(u32::try_from(agent).unwrap_or(u32::MAX));
        log.focus.push(if unnamed { String::new() } else { programme.focus.clone() });
        log.minutes.push(if step == Step::First { programme.minutes } else { programme.minutes * 2 / 3 });
        log.held.push(held);
        log.touchpoint.push(match step {
            Step::First => programme.touchpoint.unwrap_or(Touchpoint::OneToOne),
            Step::FollowUp => Touchpoint::SideBySide,
        });
        let mut detail = self.detail(programme, step, date, &past.contacts[agent]);
        if !held {
            let is_busy = self.details.chance(busy / (self.scenario.cancelled + busy));
            let reason = Some(if is_busy { "volume" } else { "absence" });
            detail = Detail { reason, follow_up_due: None, follow_up_done: None, ack_at: None, ..detail };
        }
        log.details.push(detail);
        held
    }

    /// What the log says of a held session beside who, when and on what.
    fn detail(&mut self, programme: &Programme, step: Step, date: NaiveDate, contacts: &[u32]) -> Detail {
        let random = &mut self.details;
        let days = |n: usize| Days::new(n as u64);
        let linked =
            random.chance(programme.linked).then(|| contacts.get(random.below(contacts.len())).copied());
        let moved = if random.chance(programme.on_plan) { 0 } else { 2 + random.below(5) };
        let due = date + days(14);
        let done = random.chance(programme.followed_up).then(|| date + days(7 + random.below(10)));
        Detail {
            supportive: random.chance(programme.supportive),
            purpose: programme.purpose.clone(),
            trigger: trigger(programme, step),
            planned_at: date - days(moved),
            reason: None,
            linked_contact: linked.flatten(),
            follow_up_due: Some(due),
            follow_up_done: done,
            ack_at: random.chance(programme.acknowledged).then(|| date + days(random.below(4))),
        }
    }
}

/// Follow-ups are planned, whatever set off the first session.
fn trigger(programme: &Programme, step: Step) -> &'static str {
    match (programme.policy, step, programme.watched()) {
        (Policy::BadWeeks | Policy::OwnDip, Step::First, Measured::Fcr | Measured::Aht) => "metric",
        (Policy::BadWeeks | Policy::OwnDip, Step::First, _) => "evaluation",
        _ => "planned",
    }
}

/// The agents a policy looks at.
fn pool(programme: &Programme, past: &Past<'_>, dips: &[Observed; 4]) -> Vec<usize> {
    let watched = programme.watched();
    let metric = watched as usize;
    let worst = |of: &Observed| worst(of, programme.worst, Scenario::lower_is_better(watched));
    match programme.policy {
        Policy::None => Vec::new(),
        Policy::Scheduled | Policy::Weekly => (0..past.results[metric].len()).collect(),
        Policy::BadWeeks => worst(&past.results[metric]),
        Policy::OwnDip => worst(&dips[metric]),
        Policy::Hidden => worst(&past.skill[metric].iter().copied().map(Some).collect()),
    }
}

/// The agents among the worst `share` of those with a result.
fn worst(last: &Observed, share: f64, lower_is_better: bool) -> Vec<usize> {
    let mut ranked: Vec<(usize, f64)> = last
        .iter()
        .enumerate()
        .filter_map(|(agent, x)| x.map(|x| (agent, if lower_is_better { -x } else { x })))
        .collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of few agents"
    )]
    ranked.truncate((ranked.len() as f64 * share).round() as usize);
    ranked.into_iter().map(|(agent, _)| agent).collect()
}

impl Sessions {
    /// Orders the rows from `first` on by (date, agent).
    fn sort_from(&mut self, first: usize) {
        let mut order: Vec<usize> = (first..self.len()).collect();
        order.sort_by_key(|&row| (self.date[row], self.agent[row]));
        take(&mut self.date, &order, first);
        take(&mut self.agent, &order, first);
        take(&mut self.focus, &order, first);
        take(&mut self.minutes, &order, first);
        take(&mut self.held, &order, first);
        take(&mut self.touchpoint, &order, first);
        take(&mut self.details, &order, first);
    }
}

fn take<T: Clone>(column: &mut Vec<T>, order: &[usize], first: usize) {
    let sorted: Vec<T> = order.iter().map(|&row| column[row].clone()).collect();
    column.truncate(first);
    column.extend(sorted);
}

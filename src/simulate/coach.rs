//! Who is coached, when and on what: decided from last week's results alone, as a team leader does.

use super::random::Random;
use super::scenario::{Policy, Programme, Scenario};
use super::tables::{Sessions, Touchpoint};
use chrono::Days;

/// An agent is not put into the same programme again for this many weeks.
const REST: i32 = 16;

/// Results of one week, an entry an agent; `None` where the agent has none.
pub(super) type Observed = Vec<Option<f64>>;

/// All programmes of one centre, week by week.
#[derive(Debug)]
pub(super) struct Coaching<'a> {
    scenario: &'a Scenario,
    random: Random,
    /// A programme's state, in the order they are written.
    spells: Vec<Spells>,
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
        let spells = Spells { started: vec![None; scenario.agents as usize], due: Vec::new() };
        Self {
            scenario,
            // Its own stream: another programme does not change the contacts drawn.
            random: Random::new(scenario.seed ^ 0x00C0_AC11),
            spells: vec![spells; scenario.coaching.len()],
        }
    }

    /// First week in which anything can happen.
    pub(super) fn first_week(&self) -> i32 {
        let starts = self.scenario.coaching.iter().filter(|p| p.policy != Policy::None).map(|p| p.from);
        starts.min().unwrap_or(1).min(1)
    }

    /// Holds one week's sessions. `last` gives last week's results of a programme's metric.
    pub(super) fn week<'o>(
        &mut self,
        week: i32,
        last: impl Fn(&Programme) -> &'o Observed,
        log: &mut Sessions,
    ) -> Vec<Started> {
        let (scenario, first) = (self.scenario, log.len());
        let mut started = Vec::new();
        for (index, programme) in scenario.coaching.iter().enumerate() {
            for agent in self.due(index, week) {
                self.session(programme, Step::FollowUp, week, agent, log);
            }
            for agent in self.chosen(index, programme, week, last(programme)) {
                if self.session(programme, Step::First, week, agent, log) {
                    self.begin(index, programme, week, agent);
                    started.push((index, agent));
                }
            }
        }
        log.sort_from(first);
        started
    }

    fn due(&mut self, index: usize, week: i32) -> Vec<usize> {
        let (now, later) = self.spells[index].due.iter().partition(|(when, _)| *when == week);
        self.spells[index].due = later;
        let now: Vec<(i32, usize)> = now;
        now.into_iter().map(|(_, agent)| agent).collect()
    }

    /// The agents whose spell starts this week.
    fn chosen(&mut self, index: usize, programme: &Programme, week: i32, last: &Observed) -> Vec<usize> {
        if !(programme.from..=programme.to).contains(&week) {
            return Vec::new();
        }
        let mut pool = match programme.policy {
            Policy::None => Vec::new(),
            Policy::Scheduled => (0..last.len()).collect(),
            Policy::BadWeeks => worst(last, programme.worst, Scenario::lower_is_better(programme.moves)),
        };
        let started = &self.spells[index].started;
        pool.retain(|&agent| started[agent].is_none_or(|before| week - before >= REST));
        self.random.shuffle(&mut pool);
        pool.truncate(programme.per_week as usize);
        pool
    }

    fn begin(&mut self, index: usize, programme: &Programme, week: i32, agent: usize) {
        let spells = &mut self.spells[index];
        spells.started[agent] = Some(week);
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
        log: &mut Sessions,
    ) -> bool {
        let held = !self.random.chance(self.scenario.cancelled);
        let weekday = Days::new(self.random.below(5) as u64);
        let unnamed = self.random.chance(self.scenario.no_focus) && step == Step::FollowUp;
        log.date.push(self.scenario.monday(week) + weekday);
        log.agent.push(u32::try_from(agent).unwrap_or(u32::MAX));
        log.focus.push(if unnamed { String::new() } else { programme.focus.clone() });
        log.minutes.push(if step == Step::First { programme.minutes } else { programme.minutes * 2 / 3 });
        log.held.push(held);
        log.touchpoint.push(if step == Step::First { Touchpoint::OneToOne } else { Touchpoint::SideBySide });
        held
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
    }
}

fn take<T: Clone>(column: &mut Vec<T>, order: &[usize], first: usize) {
    let sorted: Vec<T> = order.iter().map(|&row| column[row].clone()).collect();
    column.truncate(first);
    column.extend(sorted);
}

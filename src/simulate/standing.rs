//! How an agent stands in a week: what is true of them, of their team and group, and of the week.

use super::luck::Luck;
use super::people::{People, week_of};
use super::random::Random;
use super::scenario::{Adds, Scenario, Truth};

/// All that moves levels, week by week. Metrics are numbered as [`Scenario::metric_ids`] lists them.
pub(super) struct Standing {
    truths: Vec<Truth>,
    /// By metric, then agent: how the agent differs from the average one.
    skill: Vec<Vec<f64>>,
    /// By metric, then agent: what the agent's team and first weeks add, this week.
    around: Vec<Vec<f64>>,
    teams: Vec<Vec<f64>>,
    /// By metric, then agent, then contact type.
    by_type: Vec<Vec<Vec<f64>>>,
    /// By metric, then agent: what coaching has added, with the week from which it holds.
    gains: Vec<Vec<Vec<Gain>>>,
    /// By metric, then agent: the deviation of the week before.
    shocks: Vec<Vec<Option<f64>>>,
    /// By metric: what is so for everyone this week, trend included.
    common: Vec<f64>,
    tides: Vec<Option<f64>>,
    groups: Vec<Obstacle>,
    changes: Vec<Step>,
    newcomers: Vec<f64>,
    half_life: f64,
    started: Vec<Option<i32>>,
    team_of: Vec<u32>,
    week: i32,
    random: Random,
}

#[derive(Clone, Copy)]
struct Gain {
    from: i32,
    effect: f64,
    half_life: Option<f64>,
}

/// What a group's members differ by.
struct Obstacle {
    members: Vec<bool>,
    /// By metric, then agent: what it does to them.
    adds: Vec<Vec<f64>>,
    /// By contact type.
    types: Vec<bool>,
    from: i32,
    until: i32,
}

/// What a change does: by metric.
struct Step {
    adds: Vec<f64>,
    types: Vec<bool>,
    teams: Vec<bool>,
    from: i32,
    unblocks: bool,
}

impl Standing {
    pub(super) fn new(
        scenario: &Scenario,
        skill: Vec<Vec<f64>>,
        people: &People,
        mut random: Random,
    ) -> Self {
        let truths = scenario.truths();
        let (metrics, agents) = (truths.len(), scenario.agents as usize);
        let adds =
            |adds: &Adds| scenario.metric_ids().map(|id| adds.get(id).copied().unwrap_or(0.0)).collect();
        let mut standing = Self {
            skill,
            around: vec![vec![0.0; agents]; metrics],
            teams: Vec::new(),
            by_type: Vec::new(),
            gains: vec![vec![Vec::new(); agents]; metrics],
            shocks: vec![vec![None; agents]; metrics],
            common: vec![0.0; metrics],
            tides: vec![None; metrics],
            groups: obstacles(scenario, people, &mut random, adds),
            changes: steps(scenario, adds),
            newcomers: adds(&scenario.newcomers.adds),
            half_life: scenario.newcomers.half_life,
            started: people.started.clone(),
            team_of: people.tables.team_of.clone(),
            week: 0,
            random,
            truths,
        };
        standing.deal(scenario);
        standing
    }

    /// What teams and contact types add, drawn once.
    fn deal(&mut self, scenario: &Scenario) {
        let (agents, types) = (scenario.agents as usize, scenario.types.len());
        for truth in self.truths.clone() {
            let mut random = self.random.clone();
            self.teams.push(deviations(
                &mut random,
                scenario.teams as usize,
                truth.team_spread,
                scenario.noise,
            ));
            let own: Vec<Vec<f64>> = (0..types)
                .map(|_| deviations(&mut random, agents, truth.type_spread, scenario.noise))
                .collect();
            self.by_type
                .push((0..agents).map(|agent| own.iter().map(|kind| kind[agent]).collect()).collect());
            self.random = random;
        }
    }

    /// Moves on to a week of the data.
    pub(super) fn turn(&mut self, week: i32) {
        self.week = week;
        for (metric, truth) in self.truths.iter().enumerate() {
            if truth.common_week_spread > 0.0 {
                let drawn = truth.common_week_spread * self.random.normal();
                self.tides[metric] = Some(correlated(self.tides[metric], truth.week_correlation, drawn));
            }
            let trend = truth.trend * f64::from(week - 1);
            self.common[metric] = self.tides[metric].unwrap_or(0.0) + trend;
            for (agent, around) in self.around[metric].iter_mut().enumerate() {
                let team = self.teams[metric][self.team_of[agent] as usize];
                let new = self.started[agent].map_or(0.0, |start| {
                    let tenure = f64::from((week - start).max(0));
                    self.newcomers[metric] * 0.5_f64.powf(tenure / self.half_life)
                });
                *around = team + new;
            }
        }
    }

    /// An agent against the average one, this week; to be asked once a week.
    pub(super) fn agent(&mut self, luck: &mut Luck, metric: usize, agent: usize) -> f64 {
        let truth = &self.truths[metric];
        let drawn = luck.shock(truth.week_spread);
        let shock = correlated(self.shocks[metric][agent], truth.week_correlation, drawn);
        if truth.week_spread > 0.0 {
            self.shocks[metric][agent] = Some(shock);
        }
        let gain: f64 =
            self.gains[metric][agent].iter().map(|gain| gain.at(self.week)).fold(0.0, |x, y| x + y);
        self.skill[metric][agent] + gain + shock + self.around[metric][agent]
    }

    /// Level of a metric for an agent in a contact type: `level` is the type's own, `own` what
    /// [`Self::agent`] said.
    pub(super) fn level(&self, metric: usize, agent: usize, work: usize, level: f64, own: f64) -> f64 {
        let groups = self.groups.iter().filter(|group| group.holds(self.week, agent, work));
        let lost: f64 = groups.map(|group| group.adds[metric][agent]).fold(0.0, |x, y| x + y);
        self.blocked(metric, agent, work, level) + (own + self.by_type[metric][agent][work] + lost)
    }

    /// Level of a metric in a type in which it is the same whoever takes the contact.
    pub(super) fn blocked(&self, metric: usize, agent: usize, work: usize, level: f64) -> f64 {
        let steps = self.changes.iter().filter(|step| step.holds(self.week, self.team_of[agent], work));
        let moved: f64 = steps.map(|step| step.adds[metric]).fold(0.0, |x, y| x + y);
        level + (self.common[metric] + moved)
    }

    /// Whether a change has opened a blocked type.
    pub(super) fn is_open(&self, agent: usize, work: usize) -> bool {
        let mut steps = self.changes.iter();
        steps.any(|step| step.unblocks && step.holds(self.week, self.team_of[agent], work))
    }

    pub(super) fn has_started(&self, agent: usize) -> bool {
        self.started[agent].is_none_or(|start| start <= self.week)
    }

    /// What coaching adds from a week on.
    pub(super) fn gain(
        &mut self,
        metric: usize,
        agent: usize,
        from: i32,
        effect: f64,
        half_life: Option<f64>,
    ) {
        self.gains[metric][agent].push(Gain { from, effect, half_life });
    }

    pub(super) fn skill(&self, metric: usize) -> &[f64] {
        &self.skill[metric]
    }
}

impl Gain {
    fn at(self, week: i32) -> f64 {
        let age = f64::from((week - self.from).max(0));
        self.half_life.map_or(self.effect, |half_life| self.effect * 0.5_f64.powf(age / half_life))
    }
}

impl Obstacle {
    fn holds(&self, week: i32, agent: usize, work: usize) -> bool {
        self.members[agent] && self.types[work] && (self.from..self.until).contains(&week)
    }
}

impl Step {
    fn holds(&self, week: i32, team: u32, work: usize) -> bool {
        week >= self.from && self.types[work] && self.teams[team as usize]
    }
}

fn obstacles(
    scenario: &Scenario,
    people: &People,
    random: &mut Random,
    adds: impl Fn(&Adds) -> Vec<f64>,
) -> Vec<Obstacle> {
    let of = |(group, members): (&super::scenario::Group, &Vec<bool>)| Obstacle {
        members: members.clone(),
        adds: std::iter::zip(adds(&group.adds), adds(&group.spread))
            .map(|(shared, sd)| own(random, members, shared, sd, scenario.noise))
            .collect(),
        types: named(scenario, &group.types),
        from: group.from.map_or(i32::MIN, |day| week_of(scenario, day)),
        until: group.until.map_or(i32::MAX, |day| week_of(scenario, day)),
    };
    scenario.groups.iter().zip(&people.members).map(of).collect()
}

/// By agent: what a group's members share, and each one's own deviation from it.
fn own(random: &mut Random, members: &[bool], shared: f64, sd: f64, noise: bool) -> Vec<f64> {
    let many = members.iter().filter(|member| **member).count();
    let mut drawn = deviations(random, many, sd, noise).into_iter();
    members.iter().map(|member| if *member { shared + drawn.next().unwrap_or(0.0) } else { 0.0 }).collect()
}

fn steps(scenario: &Scenario, adds: impl Fn(&Adds) -> Vec<f64>) -> Vec<Step> {
    let of = |change: &super::scenario::Change| Step {
        adds: adds(&change.adds),
        types: named(scenario, &change.types),
        teams: scenario
            .team_names()
            .map(|team| change.teams.is_empty() || change.teams.contains(&team))
            .collect(),
        from: week_of(scenario, change.on),
        unblocks: change.unblocks,
    };
    scenario.changes.iter().map(of).collect()
}

/// By contact type: whether it is named; all are where none is.
fn named(scenario: &Scenario, names: &[String]) -> Vec<bool> {
    scenario.types.iter().map(|kind| names.is_empty() || names.contains(&kind.name)).collect()
}

/// Deviations with exactly this standard deviation; without noise evenly spaced.
fn deviations(random: &mut Random, n: usize, sd: f64, noise: bool) -> Vec<f64> {
    if sd <= 0.0 {
        return vec![0.0; n];
    }
    if noise {
        return random.deviations(n, sd);
    }
    super::luck::even(n, sd)
}

/// The next value of a series whose neighbours have this correlation, its standard deviation that of `drawn`.
fn correlated(before: Option<f64>, correlation: f64, drawn: f64) -> f64 {
    match before {
        Some(before) if correlation > 0.0 => {
            before * correlation + drawn * (1.0 - correlation * correlation).sqrt()
        }
        _ => drawn,
    }
}

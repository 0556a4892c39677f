//! A made-up centre with known truth, drawn straight into cube cells.

use gapwise::cube::{Cube, Data, Sums};
use gapwise::model::SourceId;

use super::random::Random;
use super::workspace::{LAST, Lab};

/// What one row's value looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Values {
    /// 0 or 1.
    Share,
    /// Log-normal with this coefficient of variation; lower is better.
    Seconds(f64),
    /// Normal with this standard deviation, on evaluations.
    Score(f64),
}

/// Whether an agent is good at everything or at some contact types.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Skill {
    General,
    ByType,
}

/// One contact type: share of the work, distance of the average agent to the target (above 0 is short of it)
/// and standard deviation between agents, in the metric's unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    pub(crate) share: f64,
    pub(crate) gap: f64,
    pub(crate) sd: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Centre {
    pub(crate) values: Values,
    pub(crate) agents: usize,
    pub(crate) weeks: usize,
    /// Rows of an agent in a week over all types.
    pub(crate) per_week: f64,
    pub(crate) work: Vec<Work>,
    pub(crate) skill: Skill,
    pub(crate) target: f64,
    /// Standard deviation of one agent's weeks beyond luck.
    pub(crate) shocks: f64,
    /// Standard deviation of the whole centre's weeks.
    pub(crate) unrest: f64,
    /// Gamma shape of agents' mixes of work: large = all alike.
    pub(crate) alike: f64,
    /// Before the last so many weeks the types' gaps were these.
    pub(crate) past: Option<(usize, Vec<f64>)>,
    /// So many agents are this far below the rest.
    pub(crate) outliers: (usize, f64),
}

impl Centre {
    /// Forty agents, eight equal contact types, twelve weeks, a target of 75 %.
    pub(crate) fn usual(per_week: f64, gap: f64, sd: f64) -> Self {
        Self {
            values: Values::Share,
            agents: 40,
            weeks: 12,
            per_week,
            work: vec![Work { share: 0.125, gap, sd }; 8],
            skill: Skill::General,
            target: 0.75,
            shocks: 0.0,
            unrest: 0.0,
            alike: 20.0,
            past: None,
            outliers: (0, 0.0),
        }
    }

    pub(crate) fn with_gaps(mut self, gaps: &[f64]) -> Self {
        let sd = self.work.first().map_or(0.0, |work| work.sd);
        let share = 1.0 / count(gaps.len());
        self.work = gaps.iter().map(|&gap| Work { share, gap, sd }).collect();
        self
    }

    /// +1 where higher is better.
    pub(crate) fn sign(&self) -> f64 {
        if matches!(self.values, Values::Seconds(_)) { -1.0 } else { 1.0 }
    }

    /// How much more a type was short in a week than it is today.
    fn then(&self, week: usize, c: usize) -> f64 {
        match &self.past {
            Some((weeks, gaps)) if week + weeks < self.weeks => gaps[c] - self.work[c].gap,
            _ => 0.0,
        }
    }

    /// The net gap of the average agent.
    pub(crate) fn gap(&self) -> f64 {
        self.work.iter().map(|work| work.share * work.gap).sum()
    }

    /// The coachable share of the gap over the types that have one: what would close if every agent below the
    /// best quarter's level reached it.
    pub(crate) fn kappa(&self) -> f64 {
        let short = || self.work.iter().filter(|work| work.gap > 0.0);
        let gap: f64 = short().map(|work| work.share * work.gap).sum();
        short().map(|work| work.share * work.gap.min(HEADROOM * work.sd)).sum::<f64>() / gap
    }
}

/// Mean shortfall below the 75th percentile of a standard normal: `z·0.75 + φ(z)` at `z = 0.674`.
pub(crate) const HEADROOM: f64 = 0.823_637;

/// What was drawn: the data, and what only the bench may know.
pub(crate) struct Drawn {
    pub(crate) data: Data,
    /// True gap of these very agents with their own mix of work.
    pub(crate) gap_of_these: f64,
    /// Each type as these very agents do it.
    pub(crate) types: Vec<Work>,
    /// Each agent's raw average.
    pub(crate) averages: Vec<f64>,
}

pub(crate) fn draw(centre: &Centre, lab: &Lab, random: &mut Random) -> Drawn {
    let agents: Vec<Agent> = (0..centre.agents).map(|a| Agent::draw(centre, a, random)).collect();
    let mut cells = Cells::default();
    let (mut gap, mut rows) = (0.0, 0.0);
    let mut averages = vec![(0.0, 0.0); centre.agents];
    let mut taken = vec![vec![0.0; centre.work.len()]; centre.agents];
    for week in 0..centre.weeks {
        let common = if centre.unrest > 0.0 { centre.unrest * random.normal() } else { 0.0 };
        for (a, agent) in agents.iter().enumerate() {
            let shock = common + centre.shocks * random.normal();
            #[expect(clippy::needless_range_loop, reason = "one index into three tables")]
            for c in 0..centre.work.len() {
                let n = random.whole(centre.per_week * agent.mix[c]);
                if n == 0 {
                    continue;
                }
                let (sum, squares) = totals(
                    centre,
                    agent.level[c] + shock - centre.sign() * centre.then(week, c),
                    n,
                    lab.scale(),
                    random,
                );
                cells.push(week_of(week, centre.weeks), a, c, n, sum, squares);
                gap += float(n) * centre.sign() * (centre.target - agent.level[c]);
                rows += float(n);
                taken[a][c] += float(n);
                averages[a].0 += signed(sum) / lab.scale();
                averages[a].1 += float(n);
            }
        }
    }
    let data = cells.data(centre, lab);
    let averages = averages.into_iter().filter(|a| a.1 > 0.0).map(|(sum, n)| sum / n).collect();
    let types = (0..centre.work.len()).map(|c| of_these(centre, &agents, &taken, c, rows)).collect();
    Drawn { data, gap_of_these: gap / rows, types, averages }
}

/// One type as these agents do it: its `sd` is set so that `HEADROOM * sd` is what would be gained if everyone
/// below the best quarter's level reached it.
fn of_these(centre: &Centre, agents: &[Agent], taken: &[Vec<f64>], c: usize, rows: f64) -> Work {
    let here = || agents.iter().zip(taken).filter(|(_, taken)| taken[c] > 0.0);
    let good = |agent: &Agent| centre.sign() * agent.level[c];
    let mut sorted: Vec<f64> = here().map(|(agent, _)| good(agent)).collect();
    sorted.sort_by(f64::total_cmp);
    let best = quantile(&sorted, 0.75);
    let (mut n, mut level, mut gain) = (0.0, 0.0, 0.0);
    for (agent, taken) in here() {
        n += taken[c];
        level += taken[c] * good(agent);
        gain += taken[c] * (best - good(agent)).max(0.0);
    }
    Work { share: n / rows, gap: centre.sign() * centre.target - level / n, sd: gain / n / HEADROOM }
}

/// Interpolated between order statistics.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * count(sorted.len().saturating_sub(1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let below = at as usize;
    let next = (below + 1).min(sorted.len() - 1);
    sorted[below] + at.fract() * (sorted[next] - sorted[below])
}

/// Sum and sum of squares of `n` values in the metric's smallest unit.
fn totals(centre: &Centre, level: f64, n: u64, scale: f64, random: &mut Random) -> (i64, i64) {
    let drawn = |values: &mut dyn FnMut() -> f64| {
        let quantised = (0..n).map(|_| (values() * scale).round());
        #[expect(clippy::cast_possible_truncation, reason = "values of a contact, in tenths and the like")]
        let whole = quantised.map(|value| value as i64);
        whole.fold((0, 0), |(sum, squares), value| (sum + value, squares + value * value))
    };
    match centre.values {
        Values::Share => {
            let hits = i64::try_from(random.binomial(n, level.clamp(0.005, 0.995))).unwrap_or(0);
            (hits, hits)
        }
        Values::Seconds(cv) => drawn(&mut || random.log_normal(level.max(1.0), cv)),
        Values::Score(sd) => drawn(&mut || level + sd * random.normal()),
    }
}

struct Agent {
    /// Share of the agent's work by type.
    mix: Vec<f64>,
    level: Vec<f64>,
}

impl Agent {
    fn draw(centre: &Centre, index: usize, random: &mut Random) -> Self {
        let weights: Vec<f64> =
            centre.work.iter().map(|work| work.share * random.gamma(centre.alike)).collect();
        let total: f64 = weights.iter().sum();
        let general = random.normal();
        let outlying = if index < centre.outliers.0 { centre.outliers.1 } else { 0.0 };
        let level = centre.work.iter().map(|work| {
            let z = if centre.skill == Skill::General { general } else { random.normal() };
            centre.target - centre.sign() * (work.gap + outlying) + work.sd * z
        });
        Self { level: level.collect(), mix: weights.iter().map(|weight| weight / total).collect() }
    }
}

pub(crate) fn week_of(index: usize, weeks: usize) -> i32 {
    LAST + 1 - i32::try_from(weeks - index).unwrap_or(0)
}

/// Cube columns in the making, in the order (week, agent, type).
#[derive(Default)]
pub(crate) struct Cells {
    period: Vec<i32>,
    agent: Vec<u32>,
    contact_type: Vec<u32>,
    n: Vec<u64>,
    sum: Vec<i64>,
    squares: Vec<i64>,
}

impl Cells {
    pub(crate) fn push(&mut self, period: i32, agent: usize, kind: usize, n: u64, sum: i64, squares: i64) {
        self.period.push(period);
        self.agent.push(u32::try_from(agent).unwrap_or(0));
        self.contact_type.push(u32::try_from(kind).unwrap_or(0));
        self.n.push(n);
        self.sum.push(sum);
        self.squares.push(squares);
    }

    pub(crate) fn data(self, centre: &Centre, lab: &Lab) -> Data {
        let source = if matches!(centre.values, Values::Score(_)) {
            SourceId::Evaluations
        } else {
            SourceId::Contacts
        };
        Data {
            agents: names("agent", centre.agents),
            teams: names("team", TEAMS),
            contact_types: names("type", centre.work.len()),
            cubes: vec![self.cube(source, lab)],
            ..Data::default()
        }
    }

    fn cube(self, source: SourceId, lab: &Lab) -> Cube {
        let sums = Sums::Simple { n: self.n.clone(), sum: self.sum, squares: self.squares };
        Cube {
            source,
            period: self.period,
            team: self.agent.iter().map(|agent| agent % u32::try_from(TEAMS).unwrap_or(1)).collect(),
            agent: self.agent,
            contact_type: self.contact_type,
            segments: Vec::new(),
            rows: self.n,
            metrics: vec![(0, lab.plan.metrics[0].decimals, sums)],
        }
    }
}

const TEAMS: usize = 4;

/// `agent 007`: sorted as numbers are.
fn names(word: &str, n: usize) -> Vec<String> {
    (0..n).map(|index| format!("{word} {index:05}")).collect()
}

pub(crate) fn count(n: usize) -> f64 {
    float(n as u64)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a simulation")]
pub(crate) fn float(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "sums of a simulation")]
pub(crate) fn signed(n: i64) -> f64 {
    n as f64
}

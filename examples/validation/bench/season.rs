//! Half a year of coaching decided week by week, as team leaders decide it: on last week's results, on a rota,
//! on what they know, or on evaluations. What coaching truly adds is planted.

use chrono::{Datelike as _, NaiveDate};
use gapwise::calendar::Period;
use gapwise::cube::Data;
use gapwise::model::{Session, SessionDetail, SessionStatus};
use gapwise::stats::effect::{EffectPanel, First};

use super::centre::{Cells, Centre, count, week_of};
use super::random::Random;
use super::workspace::Lab;

pub(crate) const WEEKS: usize = 26;
/// Sessions start no earlier, so that every agent has weeks before.
const FROM: usize = 7;
/// A programme lets in so many agents at a time, every second week.
const AT_ONCE: usize = 4;

/// Who is coached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Policy {
    /// The lowest tenth of last week's results.
    LowestTenth,
    /// Whoever fell far below the own usual level last week.
    OwnDip,
    /// The lowest mean of the last four weeks.
    LowestMonth,
    /// Anybody in turn.
    Rota,
    /// Leaders know who is weak, whatever the week.
    Ability,
    /// The lowest tenth of last week's evaluations, which go with ability.
    Evaluations,
    /// The newest agents first, who are still learning.
    NewHires,
}

#[derive(Clone, Debug)]
pub(crate) struct Season {
    pub(crate) policy: Policy,
    /// What the first session adds from the week after.
    pub(crate) effect: f64,
    pub(crate) agents: usize,
    pub(crate) per_week: u64,
    /// Standard deviation of one agent's weeks, and how much of it lasts into the next week.
    pub(crate) shocks: (f64, f64),
}

const SPREAD: f64 = 0.05;
const LEVEL: f64 = 0.70;

impl Season {
    pub(crate) fn new(policy: Policy, effect: f64) -> Self {
        Self { policy, effect, agents: 40, per_week: 150, shocks: (0.0, 0.0) }
    }
}

/// A season as drawn.
pub(crate) struct Played {
    pub(crate) data: Data,
    pub(crate) panel: EffectPanel,
    /// Week of each agent's first session.
    pub(crate) first: Vec<Option<usize>>,
    /// Results by agent and week.
    pub(crate) y: Vec<Vec<f64>>,
}

pub(crate) fn play(season: &Season, lab: &Lab, random: &mut Random) -> Played {
    let ability: Vec<f64> = (0..season.agents).map(|_| random.normal()).collect();
    let started: Vec<f64> = (0..season.agents).map(|_| random.between(0.0, 52.0)).collect();
    let mut shock = vec![0.0; season.agents];
    let mut first: Vec<Option<usize>> = vec![None; season.agents];
    let mut y: Vec<Vec<f64>> = vec![Vec::new(); season.agents];
    let mut cells = Cells::default();
    let season_centre = Centre { agents: season.agents, weeks: WEEKS, ..one_type() };
    for week in 0..WEEKS {
        if week >= FROM && week % 2 == 1 {
            for agent in chosen(season, week, &ability, &started, &first, &y, random) {
                first[agent] = Some(week);
            }
        }
        for agent in 0..season.agents {
            let (sd, lasting) = season.shocks;
            shock[agent] = lasting * shock[agent] + (1.0 - lasting * lasting).sqrt() * sd * random.normal();
            let gain = if first[agent].is_some_and(|begun| week > begun) { season.effect } else { 0.0 };
            let learning = if season.policy == Policy::NewHires {
                -0.06 * (-(started[agent] + count(week)) / 8.0).exp()
            } else {
                0.0
            };
            let level = LEVEL + SPREAD * ability[agent] + shock[agent] + gain + learning;
            let hits = random.binomial(season.per_week, level.clamp(0.01, 0.99));
            let hits = i64::try_from(hits).unwrap_or(0);
            cells.push(week_of(week, WEEKS), agent, 0, season.per_week, hits, hits);
            y[agent].push(super::centre::signed(hits) / super::centre::float(season.per_week));
        }
    }
    let mut data = cells.data(&season_centre, lab);
    data.sessions = sessions(&first, lab);
    let panel = panel(season, &first, &y);
    Played { data, panel, first, y }
}

fn one_type() -> Centre {
    Centre::usual(150.0, 0.0, 0.0).with_gaps(&[0.0])
}

/// Agents whose spell starts this week.
fn chosen(
    season: &Season,
    week: usize,
    ability: &[f64],
    started: &[f64],
    first: &[Option<usize>],
    y: &[Vec<f64>],
    random: &mut Random,
) -> Vec<usize> {
    const CORRELATION: f64 = 0.6;
    let last = |agent: usize| y[agent][week - 1];
    let noise = (LEVEL * (1.0 - LEVEL) / super::centre::float(season.per_week)).sqrt().hypot(season.shocks.0);
    let mut score = |agent: usize| match season.policy {
        Policy::LowestTenth => last(agent),
        Policy::LowestMonth => y[agent][week - 4..week].iter().sum(),
        Policy::Ability if ability[agent] > 0.25 => f64::INFINITY,
        Policy::Rota | Policy::Ability => random.uniform(),
        Policy::Evaluations => {
            // Three evaluations with a standard deviation of 10, of agents who differ by 5.
            let rest = (1.0 - CORRELATION * CORRELATION).sqrt();
            5.0 * (CORRELATION * ability[agent] + rest * random.normal())
                + 10.0 / 3f64.sqrt() * random.normal()
        }
        Policy::NewHires => started[agent] + 20.0 * random.uniform(),
        Policy::OwnDip => {
            let before = &y[agent][..week - 1];
            let usual = before.iter().sum::<f64>() / count(before.len());
            let dip = (last(agent) - usual) / noise;
            if dip < -1.5 { dip } else { f64::INFINITY }
        }
    };
    let scores: Vec<f64> = (0..season.agents).map(&mut score).collect();
    let mut order: Vec<usize> = (0..season.agents).filter(|&agent| scores[agent].is_finite()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    // The lowest tenth counts all agents; the others are taken from those still waiting.
    let tenth = matches!(season.policy, Policy::LowestTenth | Policy::LowestMonth | Policy::Evaluations);
    if tenth {
        order.truncate(season.agents / 10);
    }
    order.retain(|&agent| first[agent].is_none());
    order.truncate(AT_ONCE.min(season.agents / 10));
    order
}

/// The log: it begins well before the window with a session on something else, so that first sessions are
/// known to be first.
fn sessions(first: &[Option<usize>], lab: &Lab) -> Vec<Session> {
    let session = |agent: usize, period: i32, focus: &str| Session {
        agent: u32::try_from(agent).unwrap_or(0),
        date: start(lab, period),
        period: Period(period),
        status: SessionStatus::Held,
        minutes: Some(30.0),
        focus: vec![focus.into()],
        contact_type: None,
        coach: None,
        touchpoint: None,
        detail: SessionDetail::default(),
    };
    let mut log = vec![session(0, week_of(0, WEEKS) - 14, "something-else")];
    log.extend(
        first
            .iter()
            .enumerate()
            .filter_map(|(agent, week)| Some(session(agent, week_of((*week)?, WEEKS), "m"))),
    );
    log.sort_by_key(|session| (session.date, session.agent));
    log
}

fn start(lab: &Lab, period: i32) -> NaiveDate {
    let day = lab.plan.calendar.start(Period(period));
    debug_assert_eq!(day.weekday(), chrono::Weekday::Mon);
    day
}

fn panel(season: &Season, first: &[Option<usize>], y: &[Vec<f64>]) -> EffectPanel {
    let cells = season.agents * WEEKS;
    let n = super::centre::float(season.per_week);
    EffectPanel {
        units: season.agents,
        times: WEEKS,
        y: y.iter().flatten().copied().collect(),
        variance: vec![LEVEL * (1.0 - LEVEL) / n; cells],
        weight: vec![n; cells],
        first: first.iter().map(|week| week.map_or(First::Never, First::At)).collect(),
        kind: Vec::new(),
    }
}

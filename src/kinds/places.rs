//! Who worked where and when, read off the contacts: the team of an agent in a period, the periods an agent was
//! at work, and how many contacts an agent of a team took.

use std::collections::BTreeMap;

use crate::calendar::Period;
use crate::cube::{Cube, Data, NONE};
use crate::model::SourceId;

/// One agent's work in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Worked {
    period: i32,
    /// The team with most of the contacts.
    team: u32,
    contacts: u64,
}

/// All agents' work over the data read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// By agent, in the order of periods.
    agents: Vec<Vec<Worked>>,
    /// Contacts and agents of a team in a period.
    loads: BTreeMap<(u32, i32), (u64, u32)>,
    /// Teams of the roster, for agents without contacts.
    roster: BTreeMap<u32, u32>,
}

impl Places {
    pub(crate) fn new(data: &Data) -> Self {
        let mut places = Self { agents: vec![Vec::new(); data.agents.len()], ..Self::default() };
        if let Some(cube) = data.cube(SourceId::Contacts) {
            places.read(cube);
        }
        places.roster = data.roster.iter().filter_map(|line| Some((line.agent, line.team?))).collect();
        places
    }

    fn read(&mut self, cube: &Cube) {
        let rows: Vec<usize> = (0..cube.len()).collect();
        for same in rows.chunk_by(|&a, &b| cube.period[a] == cube.period[b] && cube.agent[a] == cube.agent[b])
        {
            let (period, agent) = (cube.period[same[0]], cube.agent[same[0]]);
            let mut teams: BTreeMap<u32, u64> = BTreeMap::new();
            for &row in same {
                *teams.entry(cube.team[row]).or_insert(0) += cube.rows[row];
            }
            let most = teams.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            let team = most.map_or(NONE, |(team, _)| *team);
            let contacts = teams.values().sum();
            let Some(own) = self.agents.get_mut(agent as usize) else { continue };
            own.push(Worked { period, team, contacts });
            let load = self.loads.entry((team, period)).or_default();
            *load = (load.0 + contacts, load.1 + 1);
        }
    }

    fn of(&self, agent: u32) -> &[Worked] {
        self.agents.get(agent as usize).map_or(&[], Vec::as_slice)
    }

    /// The team in a period: the latest known by then, else the first known after; [`NONE`] where no team is.
    pub(crate) fn team(&self, agent: u32, period: Period) -> u32 {
        let own = self.of(agent);
        let after = own.partition_point(|worked| worked.period <= period.0);
        let nearest = after.checked_sub(1).or((!own.is_empty()).then_some(0)).map(|at| own[at].team);
        nearest.filter(|&team| team != NONE).or_else(|| self.roster.get(&agent).copied()).unwrap_or(NONE)
    }

    /// The periods of a span in which an agent took contacts.
    pub(crate) fn worked(&self, agent: u32, from: Period, to: Period) -> impl Iterator<Item = Period> {
        let inside = move |worked: &&Worked| (from.0..=to.0).contains(&worked.period);
        self.of(agent).iter().filter(inside).map(|worked| Period(worked.period))
    }

    /// Agents with contacts in at least `least` periods of a span, in order.
    pub(crate) fn active(&self, from: Period, to: Period, least: usize) -> Vec<u32> {
        let is = |agent: &u32| self.worked(*agent, from, to).count() >= least.max(1);
        (0..u32::try_from(self.agents.len()).unwrap_or(u32::MAX)).filter(is).collect()
    }

    /// First and last period in which an agent took contacts.
    pub(crate) fn seen(&self, agent: u32) -> Option<(Period, Period)> {
        let own = self.of(agent);
        Some((Period(own.first()?.period), Period(own.last()?.period)))
    }

    /// Contacts an agent of a team took in a period, on average.
    pub(crate) fn load(&self, team: u32, period: Period) -> Option<f64> {
        let (contacts, agents) = self.loads.get(&(team, period.0))?;
        #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
        let contacts = *contacts as f64;
        (*agents > 0).then(|| contacts / f64::from(*agents))
    }
}

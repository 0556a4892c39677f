//! Where agents belong: the team and segments most of their work is in, what the roster says of them, and how
//! long they have been there. Groups of agents only; nothing here says who is in one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Case;
use crate::calendar::Period;
use crate::cube::{Cube, Data, NONE};

/// A segment is an agent's own when at least this share of the agent's rows lies in one of its values.
const OWN_SHARE: f64 = 0.8;
/// First day of each band of tenure, and its name.
const TENURE: [(i64, &str); 4] =
    [(0, "up to 3 months"), (91, "3 to 12 months"), (365, "1 to 3 years"), (1096, "over 3 years")];
/// The name under which bands of tenure stand among the attributes.
pub(crate) const TENURE_BAND: &str = "tenure";
/// Roster attributes by which agents' conditions may differ, beside the segments.
pub(crate) const ROSTER: [&str; 4] = ["access-profile", "shift", "site", "authority-level"];

/// Teams and segments by agent, as indices into the dictionaries; [`NONE`] where an agent has none.
pub(crate) struct Homes {
    teams: Vec<u32>,
    segments: Vec<Vec<u32>>,
}

impl Homes {
    pub(crate) fn new(data: &Data, cube: &Cube, from: Period, to: Period) -> Self {
        let rows = cube.between(from, to);
        let most = |column: &[u32], least: f64| {
            let mut counts: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); data.agents.len()];
            for row in rows.clone() {
                if let Some(own) = counts.get_mut(cube.agent[row] as usize) {
                    *own.entry(column[row]).or_default() += cube.rows[row];
                }
            }
            counts.iter().map(|own| commonest(own, least)).collect::<Vec<u32>>()
        };
        let teams = most(&cube.team, 0.0);
        Self { teams, segments: cube.segments.iter().map(|column| most(column, OWN_SHARE)).collect() }
    }

    pub(crate) fn team(&self, agent: u32) -> Option<u32> {
        self.teams.get(agent as usize).copied().filter(|team| *team != NONE)
    }

    fn segment(&self, at: usize, agent: u32) -> Option<u32> {
        self.segments.get(at)?.get(agent as usize).copied().filter(|value| *value != NONE)
    }
}

/// The value with the most rows, where it holds at least a share of them; of equal ones the first.
fn commonest(counts: &BTreeMap<u32, u64>, least: f64) -> u32 {
    let all: u64 = counts.values().sum();
    let (value, rows) = counts.iter().fold(
        (NONE, 0),
        |best, (value, rows)| {
            if *rows > best.1 { (*value, *rows) } else { best }
        },
    );
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    let enough = rows as f64 >= least * all as f64;
    if enough { value } else { NONE }
}

/// Names of the attributes agents may be grouped by, segments first.
pub(crate) fn attributes(data: &Data) -> Vec<String> {
    let hidden = |name: &str| name == crate::model::EVALUATOR;
    let mut all: Vec<String> =
        data.segments.iter().map(|(name, _)| name.clone()).filter(|name| !hidden(name)).collect();
    for name in ROSTER.into_iter().chain([TENURE_BAND]) {
        if !all.iter().any(|known| known == name) {
            all.push(name.to_owned());
        }
    }
    all
}

/// Each agent's value of an attribute at the end of the case's window.
pub(crate) fn values(case: &Case<'_>, homes: &Homes, attribute: &str, agents: &[u32]) -> Vec<Option<String>> {
    let day = case.calendar.end(case.span().1);
    let segment = case.data.segment(attribute);
    let value = |agent: &u32| {
        if attribute == TENURE_BAND {
            return tenure_band(case.data, *agent, day).map(str::to_owned);
        }
        if let Some(at) = segment {
            return case.data.segments[at].1.get(homes.segment(at, *agent)? as usize).cloned();
        }
        case.data.attribute(*agent, attribute, day).map(str::to_owned)
    };
    agents.iter().map(value).collect()
}

/// Days since an agent was hired.
pub(crate) fn tenure_days(data: &Data, agent: u32, day: NaiveDate) -> Option<i64> {
    let hired = data.attribute(agent, "hired-on", day)?;
    let hired: NaiveDate = hired.get(..10).unwrap_or(hired).parse().ok()?;
    Some((day - hired).num_days()).filter(|days| *days >= 0)
}

fn tenure_band(data: &Data, agent: u32, day: NaiveDate) -> Option<&'static str> {
    let days = tenure_days(data, agent, day)?;
    TENURE.iter().rev().find(|(from, _)| days >= *from).map(|(_, name)| *name)
}

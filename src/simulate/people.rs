//! Who works in a centre: dictionaries, the roster, and who belongs to which group.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::luck::Luck;
use super::random::Random;
use super::scenario::{Columns, Group, Scenario};
use super::tables::{Recorded, Tables};

/// The centre's people with what no table says of them.
pub(super) struct People {
    pub(super) tables: Tables,
    /// By group, then agent.
    pub(super) members: Vec<Vec<bool>>,
    /// Week of a newcomer's first day.
    pub(super) started: Vec<Option<i32>>,
}

/// Newcomers start from this week on.
const EARLIEST_START: i32 = -7;
/// And until so many weeks before the end.
const LATEST_START: i32 = 4;

impl People {
    pub(super) fn new(scenario: &Scenario, luck: &mut Luck, random: &mut Random) -> Self {
        let mut tables = dictionaries(scenario, luck);
        let started = newcomers(scenario, random);
        for (hired, week) in tables.hired_on.iter_mut().zip(&started) {
            if let Some(week) = week {
                *hired = scenario.monday(*week);
            }
        }
        let members: Vec<Vec<bool>> =
            scenario.groups.iter().map(|group| members(group, &tables, random)).collect();
        tables.attributes = attributes(scenario, &tables, &members);
        Self { tables, members, started }
    }
}

fn dictionaries(scenario: &Scenario, luck: &mut Luck) -> Tables {
    let digits = scenario.agents.to_string().len().max(3);
    let first_day = scenario.monday(1);
    let site = |team: u32| scenario.sites[team as usize % scenario.sites.len()].clone();
    Tables {
        agents: (1..=scenario.agents).map(|n| format!("A{n:0digits$}")).collect(),
        team_of: (0..scenario.agents).map(|agent| agent % scenario.teams).collect(),
        hired_on: (0..scenario.agents)
            .map(|_| first_day - Days::new(120 + luck.random.below(2000) as u64))
            .collect(),
        teams: scenario.team_names().collect(),
        site_of: (0..scenario.teams).map(site).collect(),
        contact_types: scenario.types.iter().map(|t| t.name.clone()).collect(),
        channels: scenario.channels.keys().cloned().collect(),
        evaluators: scenario.evaluators.count,
        changes: recorded(scenario),
        ..Tables::default()
    }
}

fn recorded(scenario: &Scenario) -> Vec<Recorded> {
    let mut changes: Vec<Recorded> = scenario
        .changes
        .iter()
        .filter(|change| change.recorded)
        .map(|change| Recorded {
            at: change.on,
            what: change.what.clone(),
            contact_types: change.types.clone(),
            teams: change.teams.clone(),
            metrics: change.adds.keys().cloned().collect(),
        })
        .collect();
    changes.sort_by_key(|change| change.at);
    changes
}

fn newcomers(scenario: &Scenario, random: &mut Random) -> Vec<Option<i32>> {
    let chosen = some(scenario.agents as usize, scenario.newcomers.share, random);
    let many = chosen.iter().filter(|chosen| **chosen).count().max(1);
    let weeks = scenario.weeks.cast_signed() - LATEST_START - EARLIEST_START + 1;
    let mut place = 0;
    let start = |is_new: bool| {
        is_new.then(|| {
            let week = EARLIEST_START + place * weeks / i32::try_from(many).unwrap_or(i32::MAX);
            place += 1;
            week
        })
    };
    chosen.into_iter().map(start).collect()
}

/// A share of agents, chosen by lot.
fn some(agents: usize, share: f64, random: &mut Random) -> Vec<bool> {
    let mut order: Vec<usize> = (0..agents).collect();
    random.shuffle(&mut order);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of few agents"
    )]
    let many = (agents as f64 * share).round() as usize;
    let mut chosen = vec![false; agents];
    order.into_iter().take(many).for_each(|agent| chosen[agent] = true);
    chosen
}

fn members(group: &Group, tables: &Tables, random: &mut Random) -> Vec<bool> {
    let all = || (0_u32..).take(tables.agents.len());
    match group.attribute.as_str() {
        "team" => all().map(|agent| tables.team(agent) == group.value).collect(),
        "site" => all().map(|agent| tables.site(agent) == group.value).collect(),
        _ => some(tables.agents.len(), group.share.unwrap_or(0.0), random),
    }
}

/// Columns of the roster beside team, site and first day.
fn attributes(scenario: &Scenario, tables: &Tables, members: &[Vec<bool>]) -> BTreeMap<String, Vec<String>> {
    let agents = tables.agents.len();
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if scenario.columns == Columns::All {
        let shift =
            |agent: usize| if (agent / scenario.teams as usize).is_multiple_of(2) { "Early" } else { "Late" };
        all.insert("shift".into(), (0..agents).map(|agent| shift(agent).to_owned()).collect());
        for name in ["access-profile", "authority-level"] {
            all.insert(name.into(), vec!["Standard".to_owned(); agents]);
        }
    }
    for (group, members) in scenario.groups.iter().zip(members) {
        let name = group.attribute.replace('_', "-");
        if name == "team" || name == "site" {
            continue;
        }
        let is_first =
            !scenario.groups.iter().take_while(|g| *g != group).any(|g| g.attribute == group.attribute);
        let own = all.entry(name).or_default();
        if is_first {
            *own = vec![group.others.clone(); agents];
        }
        for (value, _) in own.iter_mut().zip(members).filter(|(_, is_in)| **is_in) {
            value.clone_from(&group.value);
        }
    }
    all
}

/// The first week that starts on or after a day.
pub(super) fn week_of(scenario: &Scenario, day: NaiveDate) -> i32 {
    let days = (day - scenario.monday(1)).num_days();
    i32::try_from(days.div_euclid(7) + i64::from(days.rem_euclid(7) > 0)).unwrap_or(i32::MAX) + 1
}

//! The compact generator of rule tests: a centre in a few words, with one proportion `m` (share of contacts
//! resolved) and, where asked for, one mean `handle` (seconds).
//!
//! ```toml
//! agents = 40
//! weeks = 12
//! types = { Billing = 0.5, Refund = 0.5 }
//! level = 0.7
//! spread = 0.05
//! structural = { Refund = 0.4 }
//! target = 0.75
//! ```

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draw;
use super::scenario::{Columns, ContactType, Measured, Policy, Programme, Range, Scenario, Truth};
use super::tables::Tables;

/// `[centre]` of a rule test. Every key but `types` has a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Centre {
    /// Agents; 40 when absent.
    #[serde(default = "agents")]
    pub agents: u32,
    /// Teams the agents are dealt to in turn; 4 when absent.
    #[serde(default = "teams")]
    pub teams: u32,
    /// Weeks of data; 12 when absent.
    #[serde(default = "weeks")]
    pub weeks: u32,
    /// Contacts of an agent in a week; 40 when absent.
    #[serde(default = "contacts")]
    pub contacts: u32,
    /// Contact type to its share; the shares add up to 1.
    pub types: BTreeMap<String, f64>,
    /// `m` of the average agent, 0 to 1; 0.75 when absent.
    #[serde(default = "level")]
    pub level: f64,
    /// `m` of single contact types, where agents differ as everywhere.
    #[serde(default)]
    pub levels: BTreeMap<String, f64>,
    /// `m` of contact types in which it is the same whoever takes the contact, and coaching does nothing.
    #[serde(default)]
    pub structural: BTreeMap<String, f64>,
    /// Standard deviation of `m` between agents; 0 when absent.
    #[serde(default)]
    pub spread: f64,
    /// Standard deviation of one agent's weeks beyond luck; 0 when absent, must be with `noise = false`.
    #[serde(default)]
    pub week_spread: f64,
    /// Target of `m`; none when absent.
    #[serde(default)]
    pub target: Option<f64>,
    /// Smallest difference of `m` worth acting on.
    #[serde(default)]
    pub material: Option<f64>,
    /// The second metric; none when absent.
    #[serde(default)]
    pub handle: Option<Handle>,
    /// Coaching on `m`; none when absent.
    #[serde(default)]
    pub coaching: Option<Lesson>,
    /// True when absent; false = no luck: counts are exact and agents lie evenly over the spread.
    #[serde(default = "yes")]
    pub noise: bool,
    /// 1 when absent; with `noise = false` it only says who is coached and the time of day of a contact.
    #[serde(default = "one")]
    pub seed: u64,
    /// Last day, a Sunday; 15 November 2026 when absent.
    #[serde(default = "end", with = "super::scenario::date")]
    #[schemars(schema_with = "super::scenario::date::schema")]
    pub end: NaiveDate,
}

/// `handle = { level = 300, spread = 20 }`: seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Handle {
    /// Mean of the average agent.
    pub level: f64,
    /// Means of single contact types.
    #[serde(default)]
    pub levels: BTreeMap<String, f64>,
    /// Standard deviation between agents.
    #[serde(default)]
    pub spread: f64,
    /// Coefficient of variation of one contact; 0.6 when absent.
    #[serde(default = "cv")]
    pub cv: f64,
    /// Target; none when absent.
    #[serde(default)]
    pub target: Option<f64>,
    /// The smallest difference worth acting on.
    #[serde(default)]
    pub material: Option<f64>,
}

/// `coaching = { policy = "bad-weeks", effect = 0.0 }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lesson {
    /// `scheduled`, `bad-weeks` or `none`.
    pub policy: Policy,
    /// What the first held session adds to `m` from the next week on; 0 when absent.
    #[serde(default)]
    pub effect: f64,
    /// First week in which spells start; 8 when absent.
    #[serde(default = "eighth")]
    pub from: i32,
    /// Last week in which spells start; the last of the data when absent.
    #[serde(default)]
    pub to: Option<i32>,
    /// Agents whose spell starts in one week; 2 when absent.
    #[serde(default = "two")]
    pub per_week: u32,
    /// `bad-weeks`: agents are taken from this worst share; 0.25 when absent.
    #[serde(default = "quarter")]
    pub worst: f64,
    /// Sessions after the first, a fortnight apart; 0 when absent.
    #[serde(default)]
    pub follow_ups: u32,
    /// Minutes of a session; 30 when absent.
    #[serde(default = "thirty")]
    pub minutes: u32,
    /// Share of sessions cancelled; 0 when absent.
    #[serde(default)]
    pub cancelled: f64,
}

impl Centre {
    /// Reads the keys of `[centre]` from TOML.
    pub fn parse(text: &str) -> Result<Self> {
        let centre: Self = toml::from_str(text)?;
        centre.scenario()?;
        Ok(centre)
    }

    /// The same centre written out in full; its metric `fcr` is `m`, `aht` is `handle`.
    pub fn scenario(&self) -> Result<Scenario> {
        for name in self
            .levels
            .keys()
            .chain(self.structural.keys())
            .chain(self.handle.iter().flat_map(|h| h.levels.keys()))
        {
            let known: Vec<&str> = self.types.keys().map(String::as_str).collect();
            ensure!(self.types.contains_key(name), "`{name}` is not one of `types`: {}", known.join(", "));
        }
        let handle = self.handle.clone().unwrap_or(Handle {
            level: 300.0,
            levels: BTreeMap::new(),
            spread: 0.0,
            cv: cv(),
            target: None,
            material: None,
        });
        let scenario = Scenario {
            client: "Rule test".to_owned(),
            timezone: "UTC".to_owned(),
            seed: self.seed,
            end: self.end,
            weeks: self.weeks,
            agents: self.agents,
            teams: self.teams,
            sites: vec!["Site".to_owned()],
            channels: BTreeMap::from([("voice".to_owned(), 1.0)]),
            contacts: Range { low: self.contacts, high: self.contacts },
            noise: self.noise,
            columns: Columns::Few,
            types: self.types.iter().map(|(name, share)| self.work(name, *share, &handle)).collect(),
            fcr: Truth {
                spread: self.spread,
                week_spread: self.week_spread,
                target: self.target,
                material: self.material,
                ..Truth::default()
            },
            aht: Truth { spread: handle.spread, ..Truth::default() },
            handle_cv: handle.cv,
            score_sd: 0.0,
            coaching: self.coaching.iter().map(|lesson| lesson.programme(self.weeks)).collect(),
            cancelled: self.coaching.as_ref().map_or(0.0, |lesson| lesson.cancelled),
            ..Scenario::default()
        };
        scenario.check()?;
        Ok(scenario)
    }

    fn work(&self, name: &str, share: f64, handle: &Handle) -> ContactType {
        let blocked = self.structural.get(name);
        ContactType {
            name: name.to_owned(),
            share,
            fcr: Some(*blocked.or_else(|| self.levels.get(name)).unwrap_or(&self.level)),
            aht: Some(*handle.levels.get(name).unwrap_or(&handle.level)),
            blocked: blocked.is_some(),
            ..ContactType::default()
        }
    }

    /// Draws the centre.
    pub fn tables(&self) -> Result<Tables> {
        draw::tables(&self.scenario()?)
    }
}

impl Lesson {
    fn programme(&self, weeks: u32) -> Programme {
        Programme {
            policy: self.policy,
            from: self.from,
            to: self.to.unwrap_or(weeks.cast_signed()),
            per_week: self.per_week,
            worst: self.worst,
            follow_ups: self.follow_ups,
            minutes: self.minutes,
            effect: self.effect,
            ..Programme::none("m", Measured::Fcr)
        }
    }
}

fn weeks() -> u32 {
    12
}

fn contacts() -> u32 {
    40
}

fn level() -> f64 {
    0.75
}

fn yes() -> bool {
    true
}

fn cv() -> f64 {
    0.6
}

fn quarter() -> f64 {
    0.25
}

fn thirty() -> u32 {
    30
}

fn agents() -> u32 {
    40
}

fn teams() -> u32 {
    4
}

fn one() -> u64 {
    1
}

fn end() -> NaiveDate {
    Scenario::default().end
}

fn eighth() -> i32 {
    8
}

fn two() -> u32 {
    2
}

//! What is planted: the centre, its people, what stands in their way and how they are coached. Written in TOML
//! or built in code; every key has a default, and [`Scenario::check`] names everything that cannot be drawn.

mod check;
pub(super) mod date;
mod parts;

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use parts::{
    Adds, Better, Change, Columns, ContactType, Evaluators, Group, Load, Measure, Measured, Newcomers,
    Policy, Programme, Range, Truth,
};

/// A synthetic centre with planted truth. In a file of its own these keys stand at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Scenario {
    /// The client's name, as the report prints it.
    pub client: String,
    /// Zone of the operation, by its IANA name.
    pub timezone: String,
    /// The same seed gives the same bytes; 1 when absent.
    pub seed: u64,
    /// Last day of the data, a Sunday; 15 November 2026 when absent.
    #[serde(with = "date")]
    #[schemars(schema_with = "date::schema")]
    pub end: NaiveDate,
    /// Weeks of data; 20 when absent.
    pub weeks: u32,
    /// Agents; 40 when absent.
    pub agents: u32,
    /// Teams, to which agents are dealt in turn; 4 when absent.
    pub teams: u32,
    /// Names of the sites, to which teams are dealt in turn.
    pub sites: Vec<String>,
    /// Channel to its share of contacts.
    pub channels: BTreeMap<String, f64>,
    /// Contacts of an agent in a week, uniform between the two; 40 to 60 when absent.
    pub contacts: Range,
    /// Share of agent-weeks without any contact (leave, sickness).
    pub absent: f64,
    /// Share of contacts without a customer number: nobody can tell whether they were resolved.
    pub untraced: f64,
    /// Evaluations of an agent in a week.
    pub evaluations: u32,
    /// False = no luck: counts and levels are exact, agents lie evenly over the spread.
    pub noise: bool,
    /// How much is written of each row.
    pub columns: Columns,
    /// Above 0 hard contact types go to the best agents, below 0 to the weakest: an agent one standard
    /// deviation better takes `e^routing` times as many contacts of a type one standard deviation harder.
    pub routing: f64,
    /// `[[type]]`; three alike when absent.
    #[serde(rename = "type")]
    pub types: Vec<ContactType>,
    /// First-contact resolution, 0 to 1; level 0.75 when absent.
    pub fcr: Truth,
    /// Handle time in seconds; level 300 when absent.
    pub aht: Truth,
    /// Coefficient of variation of one contact's handle time.
    pub handle_cv: f64,
    /// Share of evaluations in which the agent confirms the next step; level 0.8 when absent.
    pub confirms_next_step: Truth,
    /// Evaluation score, 0 to 100; level 85 when absent.
    pub qa: Truth,
    /// Standard deviation of one evaluation's score.
    pub score_sd: f64,
    /// Who scores the evaluations.
    pub evaluators: Evaluators,
    /// `[measure.<id>]`: further columns of contacts, each with a metric on it.
    #[serde(rename = "measure")]
    pub measures: BTreeMap<String, Measure>,
    /// `[[group]]`: agents for whom something is in the way.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// Agents hired shortly before or during the data.
    pub newcomers: Newcomers,
    /// `[[change]]`, to the operation.
    #[serde(rename = "change")]
    pub changes: Vec<Change>,
    /// Busy and quiet weeks.
    pub load: Load,
    /// `[[coaching]]`, one entry a programme.
    pub coaching: Vec<Programme>,
    /// Share of sessions cancelled; a cancelled session does nothing.
    pub cancelled: f64,
    /// Share of follow-up sessions logged without a focus, where a programme has no share of its own.
    pub no_focus: f64,
}

/// The JSON Schema of a scenario's file.
pub fn schema() -> serde_json::Value {
    crate::model::schema::read_as::<Scenario>("gapwise scenario")
}

impl Default for Scenario {
    /// Forty agents in four teams, twenty weeks, three contact types alike, everybody alike, no coaching.
    fn default() -> Self {
        let work = |name: &str, share| ContactType { name: name.to_owned(), share, ..ContactType::default() };
        Self {
            client: "Synthetic centre".to_owned(),
            timezone: "Europe/London".to_owned(),
            seed: 1,
            end: NaiveDate::from_ymd_opt(2026, 11, 15).unwrap_or_default(),
            weeks: 20,
            agents: 40,
            teams: 4,
            sites: vec!["North".to_owned(), "South".to_owned()],
            channels: BTreeMap::from([("voice".to_owned(), 0.7), ("chat".to_owned(), 0.3)]),
            contacts: Range { low: 40, high: 60 },
            absent: 0.0,
            untraced: 0.0,
            evaluations: 0,
            noise: true,
            columns: Columns::All,
            routing: 0.0,
            types: vec![work("Billing", 0.4), work("Delivery", 0.35), work("Refund", 0.25)],
            fcr: Truth::default(),
            aht: Truth::default(),
            handle_cv: 0.6,
            confirms_next_step: Truth::default(),
            qa: Truth::default(),
            score_sd: 8.0,
            evaluators: Evaluators::default(),
            measures: BTreeMap::new(),
            groups: Vec::new(),
            newcomers: Newcomers::default(),
            changes: Vec::new(),
            load: Load::default(),
            coaching: Vec::new(),
            cancelled: 0.0,
            no_focus: 0.0,
        }
    }
}

impl Scenario {
    /// Reads a scenario from TOML.
    pub fn parse(text: &str) -> Result<Self> {
        let scenario: Self = toml::from_str(text)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The first day of a week; week 1 is the first of the data.
    pub fn monday(&self, week: i32) -> NaiveDate {
        let back = 7 * (i64::from(self.weeks) - i64::from(week) + 1) - 1;
        if back >= 0 {
            self.end - Days::new(back.unsigned_abs())
        } else {
            self.end + Days::new(back.unsigned_abs())
        }
    }

    /// What is true of a metric.
    pub fn truth(&self, metric: Measured) -> Truth {
        match metric {
            Measured::Fcr => self.fcr,
            Measured::Aht => self.aht,
            Measured::ConfirmsNextStep => self.confirms_next_step,
            Measured::Qa => self.qa,
        }
    }

    /// Level of a metric for the average agent: the contact type's, else the metric's, else the usual one.
    pub fn level(&self, metric: Measured, work: Option<&ContactType>) -> f64 {
        let (own, usual) = match metric {
            Measured::Fcr => (work.and_then(|work| work.fcr), 0.75),
            Measured::Aht => (work.and_then(|work| work.aht), 300.0),
            Measured::ConfirmsNextStep => (None, 0.8),
            Measured::Qa => (None, 85.0),
        };
        own.or(self.truth(metric).level).unwrap_or(usual)
    }

    /// Ids of all metrics: the four every centre has, then the measures.
    pub(super) fn metric_ids(&self) -> impl Iterator<Item = &str> {
        let own: [&str; 4] = Measured::ALL.map(Measured::id);
        own.into_iter().chain(self.measures.keys().map(String::as_str))
    }

    /// What is true of all metrics, in the order of their ids.
    pub(super) fn truths(&self) -> Vec<Truth> {
        let own = Measured::ALL.into_iter().map(|metric| self.truth(metric));
        own.chain(self.measures.values().map(Measure::truth)).collect()
    }

    /// Which way is bad for a metric.
    pub(super) fn lower_is_better(metric: Measured) -> bool {
        metric == Measured::Aht
    }
}

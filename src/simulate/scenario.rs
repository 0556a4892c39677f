//! What is planted: the centre, its people, what stands in their way and how they are coached. Written in TOML
//! or built in code; [`Scenario::check`] names everything that cannot be drawn.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A synthetic centre with planted truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    #[serde(default = "client")]
    pub client: String,
    #[serde(default = "london")]
    pub timezone: String,
    /// The same seed gives the same bytes; 1 when absent.
    #[serde(default = "one")]
    pub seed: u64,
    /// Last day of the data, a Sunday; 15 November 2026 when absent.
    #[serde(default = "end", with = "date")]
    pub end: NaiveDate,
    /// 20 when absent.
    #[serde(default = "weeks")]
    pub weeks: u32,
    /// 40 when absent.
    #[serde(default = "agents")]
    pub agents: u32,
    /// Agents are dealt to them in turn; 4 when absent.
    #[serde(default = "teams")]
    pub teams: u32,
    #[serde(default = "sites")]
    pub sites: Vec<String>,
    /// Channel to its share of contacts.
    #[serde(default = "channels")]
    pub channels: BTreeMap<String, f64>,
    /// Contacts of an agent in a week, uniform between the two; 40 to 60 when absent.
    #[serde(default = "contacts")]
    pub contacts: Range,
    /// Share of agent-weeks without any contact (leave, sickness).
    #[serde(default)]
    pub absent: f64,
    /// Evaluations of an agent in a week.
    #[serde(default)]
    pub evaluations: u32,
    /// False = no luck: counts and levels are exact, agents lie evenly over the spread.
    #[serde(default = "yes")]
    pub noise: bool,
    /// `[[type]]`; three alike when absent.
    #[serde(rename = "type", default = "types")]
    pub types: Vec<ContactType>,
    /// First-contact resolution, 0 to 1; level 0.75 when absent.
    #[serde(default)]
    pub fcr: Truth,
    /// Handle time in seconds; level 300 when absent.
    #[serde(default)]
    pub aht: Truth,
    /// Coefficient of variation of one contact's handle time.
    #[serde(default = "handle_cv")]
    pub handle_cv: f64,
    /// Share of evaluations in which the agent confirms the next step; level 0.8 when absent.
    #[serde(default)]
    pub confirms_next_step: Truth,
    /// Evaluation score, 0 to 100; level 85 when absent.
    #[serde(default)]
    pub qa: Truth,
    /// Standard deviation of one evaluation's score.
    #[serde(default = "score_sd")]
    pub score_sd: f64,
    /// `[[coaching]]`, one entry a programme.
    #[serde(default)]
    pub coaching: Vec<Programme>,
    /// Share of sessions cancelled; a cancelled session does nothing.
    #[serde(default)]
    pub cancelled: f64,
    /// Share of follow-up sessions logged without a focus.
    #[serde(default)]
    pub no_focus: f64,
}

/// Two whole numbers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    pub low: u32,
    pub high: u32,
}

/// One kind of work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContactType {
    pub name: String,
    /// Share of contacts.
    pub share: f64,
    /// Level of first-contact resolution, 0 to 1; that of `[fcr]` when absent.
    #[serde(default)]
    pub fcr: Option<f64>,
    /// Mean handle time in seconds; that of `[aht]` when absent.
    #[serde(default)]
    pub aht: Option<f64>,
    /// Mean hold in seconds.
    #[serde(default)]
    pub hold: f64,
    /// Share escalated to a higher level.
    #[serde(default)]
    pub escalated: f64,
    /// The operation decides this level, whoever takes the contact: neither an agent's skill nor coaching
    /// moves it.
    #[serde(default)]
    pub blocked: bool,
}

/// What is true of one metric, in its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Truth {
    /// Level of the average agent, where contact types do not set their own.
    #[serde(default)]
    pub level: Option<f64>,
    #[serde(default)]
    pub target: Option<f64>,
    /// The smallest difference worth acting on.
    #[serde(default)]
    pub material: Option<f64>,
    /// Standard deviation between agents.
    #[serde(default)]
    pub spread: f64,
    /// Standard deviation of one agent's weeks, beyond luck.
    #[serde(default)]
    pub week_spread: f64,
}

/// The metrics a centre has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    Fcr,
    Aht,
    ConfirmsNextStep,
    Qa,
}

/// Who is coached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Anybody in turn, whatever the results.
    Scheduled,
    /// Agents whose last week was among the worst.
    BadWeeks,
    None,
}

/// One coaching programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Programme {
    /// As the log calls it.
    pub focus: String,
    /// The metric it is meant to move.
    pub moves: Measured,
    pub policy: Policy,
    /// First and last week in which spells start; week 1 is the first of the data, earlier ones are 0 and less.
    /// 8 and no last one when absent.
    #[serde(default = "eighth")]
    pub from: i32,
    #[serde(default = "no_last")]
    pub to: i32,
    /// Agents whose spell starts in one week; 2 when absent.
    #[serde(default = "two")]
    pub per_week: u32,
    /// `bad-weeks`: agents are taken from this worst share of last week's results.
    #[serde(default = "worst")]
    pub worst: f64,
    /// Sessions after the first one.
    #[serde(default)]
    pub follow_ups: u32,
    /// Weeks between two sessions of a spell.
    #[serde(default = "fortnight")]
    pub every: u32,
    #[serde(default = "half_an_hour")]
    pub minutes: u32,
    /// What the spell adds from the week after the first held session, in the metric's unit.
    #[serde(default)]
    pub effect: f64,
}

impl Programme {
    /// A programme in which nobody is coached.
    pub fn none(focus: &str, moves: Measured) -> Self {
        Self {
            focus: focus.to_owned(),
            moves,
            policy: Policy::None,
            from: 1,
            to: 0,
            per_week: 0,
            worst: worst(),
            follow_ups: 0,
            every: fortnight(),
            minutes: half_an_hour(),
            effect: 0.0,
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

    /// Which way is bad for a metric.
    pub(super) fn lower_is_better(metric: Measured) -> bool {
        metric == Measured::Aht
    }

    /// Refuses what cannot be drawn.
    pub fn check(&self) -> Result<()> {
        ensure!(self.agents >= 1 && self.weeks >= 1, "`agents` and `weeks` must be at least 1");
        ensure!(self.weeks <= 520, "`weeks` is {}, at most 520 can be drawn", self.weeks);
        ensure!((1..=self.agents).contains(&self.teams), "`teams` must be between 1 and `agents`");
        ensure!(self.end.weekday() == Weekday::Sun, "`end` is {}, it must be a Sunday", self.end);
        ensure!(self.contacts.low <= self.contacts.high, "`contacts.low` is above `contacts.high`");
        ensure!(!self.sites.is_empty(), "`sites` needs at least one name");
        ensure!(sums_to_one(self.channels.values()), "the shares of `channels` must add up to 1");
        ensure!(sums_to_one(self.types.iter().map(|t| &t.share)), "the shares of `type` must add up to 1");
        self.types.iter().try_for_each(ContactType::check)?;
        for (key, share) in
            [("absent", self.absent), ("cancelled", self.cancelled), ("no-focus", self.no_focus)]
        {
            ensure!((0.0..=1.0).contains(&share), "`{key}` is {share}, it must lie between 0 and 1");
        }
        ensure!(
            self.handle_cv >= 0.0 && self.score_sd >= 0.0,
            "`handle-cv` and `score-sd` must not be negative"
        );
        for metric in [self.fcr, self.aht, self.confirms_next_step, self.qa] {
            ensure!(metric.spread >= 0.0 && metric.week_spread >= 0.0, "a spread must not be negative");
        }
        self.check_levels()?;
        self.check_noise()?;
        self.coaching.iter().try_for_each(Programme::check)
    }

    fn check_levels(&self) -> Result<()> {
        for (metric, name, highest) in [
            (Measured::Fcr, "fcr", 1.0),
            (Measured::Aht, "aht", f64::MAX),
            (Measured::ConfirmsNextStep, "confirms-next-step", 1.0),
            (Measured::Qa, "qa", 100.0),
        ] {
            let level = self.level(metric, None);
            let range = if highest == f64::MAX {
                "be above 0".into()
            } else {
                format!("lie between 0 and {highest}")
            };
            let fits = (0.0..=highest).contains(&level) && (metric != Measured::Aht || level > 0.0);
            ensure!(fits, "`level` of `{name}` is {level}, it must {range}");
        }
        Ok(())
    }

    fn check_noise(&self) -> Result<()> {
        let shaken =
            [self.fcr, self.aht, self.confirms_next_step, self.qa].iter().any(|m| m.week_spread > 0.0);
        ensure!(self.noise || !shaken, "`week-spread` is luck, leave it out with `noise = false`");
        ensure!(self.noise || self.absent == 0.0, "`absent` is luck, leave it out with `noise = false`");
        Ok(())
    }
}

impl ContactType {
    fn check(&self) -> Result<()> {
        let name = &self.name;
        ensure!(!name.trim().is_empty(), "a `type` has an empty `name`");
        let levels = [("share", Some(self.share)), ("fcr", self.fcr), ("escalated", Some(self.escalated))];
        for (key, share) in levels.into_iter().filter_map(|(key, share)| Some((key, share?))) {
            ensure!(
                (0.0..=1.0).contains(&share),
                "`{key}` of `{name}` is {share}, it must lie between 0 and 1"
            );
        }
        ensure!(
            self.aht.is_none_or(|aht| aht > 0.0 && aht.is_finite()) && self.hold >= 0.0,
            "`aht` of `{name}` must be above 0, `hold` not below"
        );
        Ok(())
    }
}

impl Programme {
    fn check(&self) -> Result<()> {
        let focus = &self.focus;
        ensure!((0.0..=1.0).contains(&self.worst), "`worst` of `{focus}` must lie between 0 and 1");
        ensure!(self.every >= 1, "`every` of `{focus}` must be at least 1 week");
        ensure!(self.follow_ups <= 520, "`follow-ups` of `{focus}` is more than 520 sessions");
        ensure!(self.minutes <= 1440, "`minutes` of `{focus}` is more than a day");
        ensure!(self.effect.is_finite(), "`effect` of `{focus}` must be a number");
        ensure!(self.from >= -520, "`from` of `{focus}` is more than 520 weeks before the data");
        Ok(())
    }
}

fn sums_to_one<'a>(shares: impl Iterator<Item = &'a f64> + Clone) -> bool {
    shares.clone().all(|share| *share >= 0.0) && (shares.sum::<f64>() - 1.0).abs() < 1e-6
}

fn client() -> String {
    "Synthetic centre".to_owned()
}

pub(super) fn one() -> u64 {
    1
}

pub(super) fn end() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 15).unwrap_or_default()
}

fn weeks() -> u32 {
    20
}

pub(super) fn agents() -> u32 {
    40
}

pub(super) fn teams() -> u32 {
    4
}

fn contacts() -> Range {
    Range { low: 40, high: 60 }
}

fn types() -> Vec<ContactType> {
    let work = |name: &str, share| ContactType { name: name.to_owned(), share, ..ContactType::default() };
    vec![work("Billing", 0.4), work("Delivery", 0.35), work("Refund", 0.25)]
}

pub(super) fn eighth() -> i32 {
    8
}

fn no_last() -> i32 {
    i32::MAX
}

pub(super) fn two() -> u32 {
    2
}

fn london() -> String {
    "Europe/London".to_owned()
}

fn sites() -> Vec<String> {
    vec!["North".to_owned(), "South".to_owned()]
}

fn channels() -> BTreeMap<String, f64> {
    BTreeMap::from([("voice".to_owned(), 0.7), ("chat".to_owned(), 0.3)])
}

fn yes() -> bool {
    true
}

fn handle_cv() -> f64 {
    0.6
}

fn score_sd() -> f64 {
    8.0
}

fn worst() -> f64 {
    0.25
}

fn fortnight() -> u32 {
    2
}

fn half_an_hour() -> u32 {
    30
}

/// A TOML date, written without quotes.
pub(super) mod date {
    use chrono::{Datelike, NaiveDate};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's `with` hands a reference")]
    pub(in super::super) fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        let part = |n: u32| u8::try_from(n).map_err(serde::ser::Error::custom);
        let year = u16::try_from(date.year()).map_err(serde::ser::Error::custom)?;
        let date = toml::value::Date { year, month: part(date.month())?, day: part(date.day())? };
        toml::value::Datetime::from(date).serialize(to)
    }

    pub(in super::super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<NaiveDate, D::Error> {
        let written = toml::value::Datetime::deserialize(from)?;
        let date = written.date.filter(|_| written.time.is_none());
        date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
            .ok_or_else(|| D::Error::custom(format!("`{written}` is no date, write it as 2026-11-15")))
    }
}

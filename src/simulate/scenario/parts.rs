//! The parts of a scenario.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date;
use crate::simulate::tables::Touchpoint;

/// Metric id to what is added to its level, in its unit.
pub type Adds = BTreeMap<String, f64>;

/// Two whole numbers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The lowest.
    pub low: u32,
    /// The highest.
    pub high: u32,
}

/// How much is written of each row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Columns {
    /// Every column a good export has.
    #[default]
    All,
    /// What most have.
    Few,
}

/// One kind of work.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContactType {
    /// As the data and the report call it.
    pub name: String,
    /// Share of contacts.
    pub share: f64,
    /// Its share in the last week, towards which the mix drifts evenly; shares are scaled to add up to 1.
    #[serde(default)]
    pub share_end: Option<f64>,
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
    /// The operation decides the resolution here, whoever takes the contact: neither an agent's skill nor
    /// coaching moves it.
    #[serde(default)]
    pub blocked: bool,
}

/// What is true of one metric, in its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Truth {
    /// Level of the average agent, where contact types do not set their own.
    pub level: Option<f64>,
    /// Target; none when absent.
    pub target: Option<f64>,
    /// The smallest difference worth acting on.
    pub material: Option<f64>,
    /// Standard deviation between agents.
    pub spread: f64,
    /// Standard deviation between teams.
    pub team_spread: f64,
    /// Standard deviation between agents within one contact type, another draw for each type.
    pub type_spread: f64,
    /// Standard deviation of one agent's weeks, beyond luck.
    pub week_spread: f64,
    /// Standard deviation of weeks that are good or bad for everyone.
    pub common_week_spread: f64,
    /// Correlation of such a week with the one before.
    pub week_correlation: f64,
    /// What every week adds to the level of the one before.
    pub trend: f64,
}

/// The metrics every centre has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    Fcr,
    Aht,
    ConfirmsNextStep,
    Qa,
}

impl Measured {
    pub(in crate::simulate) const ALL: [Self; 4] = [Self::Fcr, Self::Aht, Self::ConfirmsNextStep, Self::Qa];

    /// As in the workspace.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fcr => "fcr",
            Self::Aht => "aht",
            Self::ConfirmsNextStep => "confirms-next-step",
            Self::Qa => "qa",
        }
    }
}

/// A further column of contacts. What is absent is what is usual for its id: `acw`, `repeats`, `transfers`,
/// `consults`, `approvals`, `complaints`, `csat`; `hold` and `escalations` are on the columns every centre has,
/// and their levels are the contact types'. Any other id is a proportion of which less is better.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Measure {
    /// A word printed behind the number, `s` for seconds; absent = a proportion.
    pub unit: Option<String>,
    /// Which way is good.
    pub better: Option<Better>,
    /// What it is in the field's words; guessed from the id when absent.
    pub concept: Option<String>,
    /// Level of the average agent, in its unit.
    pub level: Option<f64>,
    /// Levels of single contact types.
    pub levels: BTreeMap<String, f64>,
    /// Target; none when absent.
    pub target: Option<f64>,
    /// The smallest difference worth acting on.
    pub material: Option<f64>,
    /// Standard deviation between agents.
    pub spread: f64,
    /// Standard deviation between teams.
    pub team_spread: f64,
    /// Standard deviation of one agent's weeks, beyond luck.
    pub week_spread: f64,
    /// What every week adds to the level of the one before.
    pub trend: f64,
    /// Coefficient of variation of one contact's value, where it is no proportion.
    pub cv: Option<f64>,
    /// Share of contacts that have a value; 1 when absent.
    pub answered: Option<f64>,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
}

/// Label, unit, direction, level and coefficient of variation of usual measures.
#[expect(clippy::type_complexity, reason = "one table, read in one place")]
const USUAL: &[(&str, &str, Option<&str>, Better, f64, f64)] = &[
    ("acw", "After-contact work", Some("s"), Better::Lower, 45.0, 0.6),
    ("approvals", "Approvals asked for", None, Better::Lower, 0.05, 0.0),
    ("complaints", "Complaints", None, Better::Lower, 0.02, 0.0),
    ("consults", "Consults", None, Better::Lower, 0.06, 0.0),
    ("csat", "Satisfaction", Some("points"), Better::Higher, 4.2, 0.2),
    ("escalations", "Escalations", None, Better::Lower, 0.0, 0.0),
    ("hold", "Time on hold", Some("s"), Better::Lower, 0.0, 0.0),
    ("repeats", "Repeat contacts", None, Better::Lower, 0.12, 0.0),
    ("transfers", "Transfers", None, Better::Lower, 0.08, 0.0),
];

impl Measure {
    /// With what is usual for its id.
    #[must_use]
    pub(in crate::simulate) fn filled(&self, id: &str) -> Self {
        let mut full = self.clone();
        if let Some((_, _, unit, better, level, cv)) = USUAL.iter().find(|usual| usual.0 == id) {
            full.unit = full.unit.or(unit.map(str::to_owned));
            full.better = full.better.or(Some(*better));
            full.level = full.level.or(Some(*level));
            full.cv = full.cv.or(Some(*cv));
        }
        full
    }

    /// What readers see: the usual name, else the id as words.
    pub(in crate::simulate) fn label(id: &str) -> String {
        let words = id.replace('-', " ");
        let usual = USUAL.iter().find(|usual| usual.0 == id).map(|usual| usual.1.to_owned());
        usual.unwrap_or_else(|| words[..1].to_uppercase() + &words[1..])
    }

    pub(super) fn truth(&self) -> Truth {
        Truth {
            level: self.level,
            target: self.target,
            material: self.material,
            spread: self.spread,
            team_spread: self.team_spread,
            week_spread: self.week_spread,
            trend: self.trend,
            ..Truth::default()
        }
    }

    pub(in crate::simulate) fn is_proportion(&self) -> bool {
        self.unit.is_none()
    }

    /// The column of contacts it is on.
    pub(in crate::simulate) fn column(&self, id: &str) -> String {
        match (id, self.unit.as_deref()) {
            ("escalations", _) => "escalated".to_owned(),
            (_, Some("s")) => format!("{}_s", id.replace('-', "_")),
            _ => id.replace('-', "_"),
        }
    }

    /// Whether it is on a column every centre has.
    pub(in crate::simulate) fn is_stage(id: &str) -> bool {
        matches!(id, "hold" | "escalations")
    }
}

/// Who scores the evaluations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Evaluators {
    /// Independent ones; 6 when absent.
    pub count: u32,
    /// Standard deviation between them in points of the score; a hundredth of it in shares.
    pub spread: f64,
    /// Share of evaluations made by the agent's own coach.
    pub own_coach: f64,
    /// What the own coach adds to the score, in points; a hundredth of it in shares.
    pub bias: f64,
}

impl Default for Evaluators {
    fn default() -> Self {
        Self { count: 6, spread: 0.0, own_coach: 0.0, bias: 0.0 }
    }
}

/// Agents who share an attribute, and what it does to their results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Group {
    /// A column of the roster: `access-profile`, `authority-level`, `shift`, `team`, `site` or any other.
    pub attribute: String,
    /// What the column says of them.
    pub value: String,
    /// What it says of all others.
    #[serde(default = "standard")]
    pub others: String,
    /// Their share of all agents; of `team` and `site` they are those who are there.
    #[serde(default)]
    pub share: Option<f64>,
    /// What it does to them.
    #[serde(default)]
    pub adds: Adds,
    /// Standard deviation between its members, beyond what makes all agents differ: a site in which everyone does
    /// it their own way.
    #[serde(default)]
    pub spread: Adds,
    /// Only in these contact types; in all when empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// From the first week that starts on or after this day; from the beginning when absent.
    #[serde(default, with = "date::optional", skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date::schema")]
    pub from: Option<NaiveDate>,
    /// Up to the last week that starts before this day, when what is in the way is removed.
    #[serde(default, with = "date::optional", skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date::schema")]
    pub until: Option<NaiveDate>,
}

fn standard() -> String {
    "Standard".to_owned()
}

/// Agents hired shortly before or during the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Newcomers {
    /// Share of agents; they start in weeks spread evenly from the 8th before the data to the 4th before its end.
    pub share: f64,
    /// What they differ by on their first day.
    pub adds: Adds,
    /// Weeks until half of it is gone; 6 when absent.
    pub half_life: f64,
}

impl Default for Newcomers {
    fn default() -> Self {
        Self { share: 0.0, adds: Adds::new(), half_life: 6.0 }
    }
}

/// A change to the operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Change {
    /// It holds from the first week that starts on or after this day.
    #[serde(with = "date")]
    #[schemars(schema_with = "date::schema")]
    pub on: NaiveDate,
    /// In a few words, as the register of changes has it.
    pub what: String,
    /// Only in these contact types; in all when empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// Only in these teams (`Team 1` and so on); in all when empty.
    #[serde(default)]
    pub teams: Vec<String>,
    /// What it does, in blocked types too.
    #[serde(default)]
    pub adds: Adds,
    /// The types are blocked no longer: from then on agents decide.
    #[serde(default)]
    pub unblocks: bool,
    /// Whether the register of changes knows of it.
    #[serde(default = "yes")]
    pub recorded: bool,
}

fn yes() -> bool {
    true
}

/// Busy and quiet weeks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Load {
    /// Standard deviation of the logarithm of a week's contacts.
    pub swing: f64,
    /// What a week one standard deviation busier adds to the share of sessions cancelled.
    pub cancels: f64,
}

/// Who is coached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Anybody in turn, whatever the results.
    Scheduled,
    /// Agents whose last week was among the worst.
    BadWeeks,
    /// Agents whose last week was furthest below their own average so far.
    OwnDip,
    /// Agents who truly are the weakest, which no column says.
    Hidden,
    /// Everybody in every week.
    Weekly,
    /// Nobody.
    None,
}

/// One coaching programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Programme {
    /// As the log calls it.
    pub focus: String,
    /// The metric it is meant to move.
    pub moves: Measured,
    /// Who is coached.
    pub policy: Policy,
    /// The metric whose results choose the agents; the one it is meant to move when absent.
    #[serde(default)]
    pub watches: Option<Measured>,
    /// First week in which spells start; week 1 is the first of the data, earlier ones are 0 and less. 8 when
    /// absent.
    #[serde(default = "eighth")]
    pub from: i32,
    /// Last week in which spells start; no last one when absent.
    #[serde(default = "no_last")]
    pub to: i32,
    /// Agents whose spell starts in one week; 2 when absent.
    #[serde(default = "two")]
    pub per_week: u32,
    /// `bad-weeks`, `own-dip`, `hidden`: agents are taken from this worst share.
    #[serde(default = "quarter")]
    pub worst: f64,
    /// Only agents of these teams (`Team 1` and so on), which have a coach each; of all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<String>,
    /// Form of a spell's first session: `one-to-one` (when absent) or `side-by-side`, as later ones are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touchpoint: Option<Touchpoint>,
    /// Sessions after the first one.
    #[serde(default)]
    pub follow_ups: u32,
    /// Weeks between two sessions of a spell.
    #[serde(default = "two")]
    pub every: u32,
    /// Minutes of a session; 30 when absent.
    #[serde(default = "half_an_hour")]
    pub minutes: u32,
    /// What the spell adds from the week after the first held session, in the metric's unit.
    #[serde(default)]
    pub effect: f64,
    /// Share of its follow-up sessions logged without a focus; that of all programmes when absent.
    #[serde(default)]
    pub no_focus: Option<f64>,
    /// Further metrics the focus is meant to move, with what the spell adds to them.
    #[serde(default)]
    pub also: Adds,
    /// Weeks until half of the effect is gone; it stays when absent.
    #[serde(default)]
    pub half_life: Option<f64>,
    /// What the log says sessions are for: `awareness`, `capability`, `standards` or `accountability`.
    #[serde(default = "capability")]
    pub purpose: String,
    /// Share of sessions that are supportive; the others are corrective.
    #[serde(default = "half")]
    pub supportive: f64,
    /// Share linked to a contact the agent had.
    #[serde(default = "half")]
    pub linked: f64,
    /// Share held on the planned day.
    #[serde(default = "most")]
    pub on_plan: f64,
    /// Share of follow-ups that are done.
    #[serde(default = "most")]
    pub followed_up: f64,
    /// Share the agent acknowledges.
    #[serde(default = "most")]
    pub acknowledged: f64,
}

impl Programme {
    /// A programme in which nobody is coached.
    pub fn none(focus: &str, moves: Measured) -> Self {
        Self {
            focus: focus.to_owned(),
            moves,
            policy: Policy::None,
            watches: None,
            from: 1,
            to: 0,
            per_week: 0,
            worst: quarter(),
            teams: Vec::new(),
            touchpoint: None,
            follow_ups: 0,
            every: two(),
            minutes: half_an_hour(),
            effect: 0.0,
            no_focus: None,
            also: Adds::new(),
            half_life: None,
            purpose: capability(),
            supportive: half(),
            linked: half(),
            on_plan: most(),
            followed_up: most(),
            acknowledged: most(),
        }
    }

    /// Ids of the metrics it is meant to move.
    pub(in crate::simulate) fn moved(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.moves.id()).chain(self.also.keys().map(String::as_str))
    }

    /// The metric whose results choose the agents.
    pub(in crate::simulate) fn watched(&self) -> Measured {
        self.watches.unwrap_or(self.moves)
    }
}

fn eighth() -> i32 {
    8
}

fn no_last() -> i32 {
    i32::MAX
}

fn two() -> u32 {
    2
}

fn quarter() -> f64 {
    0.25
}

fn half() -> f64 {
    0.5
}

fn most() -> f64 {
    0.9
}

fn half_an_hour() -> u32 {
    30
}

fn capability() -> String {
    "capability".to_owned()
}

//! Typed facts: the only way a kind fills a fixed place in the outputs. Two facts of one type for one
//! (metric, scope) are a configuration error; the report never asks which kind made them.
//! All numbers are in the metric's unit unless said otherwise; shares are 0 to 1.

use schemars::JsonSchema;
use serde::Serialize;

use super::Phrase;

/// How far off target, how sure. `adverse` is positive when it is bad, whatever the direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    pub actual: f64,
    pub actual_low: f64,
    pub actual_high: f64,
    pub target: Option<f64>,
    pub adverse: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Of the intervals above.
    pub level: f64,
    pub n: u64,
    pub agents: u32,
    /// Best period of the data read at this target (level), and how many periods were looked at.
    pub best_period: Option<f64>,
    pub periods_seen: u32,
}

/// Where the gap's points are. The four parts sum to the net gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ledger {
    pub reach: f64,
    pub out_of_reach: f64,
    pub unplaced: f64,
    /// Types better than their target; zero or negative.
    pub ahead: f64,
    pub reach_low: f64,
    pub reach_high: f64,
    pub level: f64,
    pub best_half: f64,
    pub best_quarter: f64,
    pub best_tenth: f64,
    /// Which of them the verdict uses, in words: `best quarter`.
    pub reachable_as: String,
}

/// What differs between agents doing the same work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    pub between_agent_sd: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
    /// Standard deviation of agent means that equal agents would show by chance.
    pub from_luck: f64,
    /// Standard deviation of agent means as seen.
    pub seen: f64,
    pub agents: u32,
}

/// One contact type's part in the gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakdownRow {
    pub contact_type: String,
    /// Share of contacts, 0 to 1.
    pub share: f64,
    pub actual: f64,
    pub target: Option<f64>,
    /// Level of the best quarter of agents (shrunken), where it can be estimated.
    pub best_agents: Option<f64>,
    /// Share times adverse gap; the rows sum to the net gap.
    pub carries: f64,
    /// Standard error of `carries`, agents as drawn; none where it is not known.
    pub carries_se: Option<f64>,
    /// Whether its gap is credible on its own.
    pub credible: bool,
    /// `structural`, `behavioural`, `mixed` or `undetermined`, for credible types.
    pub label: Option<String>,
    pub n: u64,
    pub agents: u32,
}

/// The gap by contact type, largest carrier first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breakdown {
    pub rows: Vec<BreakdownRow>,
    /// Names of the types that hold the gap; empty where it is not concentrated.
    pub carriers: Vec<String>,
    pub concentrated: bool,
}

/// A candidate cause: so many of its signs are present.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Cause {
    /// `process`, `authority`, `information` or `system`.
    pub id: String,
    /// Signs that are present.
    pub signs: u32,
    /// All its signs.
    pub of: u32,
    /// The signals that are present.
    pub because: Vec<String>,
    /// Signs that could not be looked at.
    pub not_measured: Vec<String>,
    /// Contact types that show enough of the signs on their own; empty where only the whole does.
    pub contact_types: Vec<String>,
}

/// Which estimator leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Headline {
    Imputation,
    Did,
}

/// What may be said of coaching's effect, exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    Works,
    Small,
    DoesNotMove,
    Harmful,
    Unclear,
    NotIdentified,
    NotYetTested,
}

/// One period of the event study, counted from the first session and negative before it; improvement positive.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EffectStep {
    pub event: i32,
    /// Coached agents behind it.
    pub agents: u32,
    pub effect: f64,
    pub low: f64,
    pub high: f64,
}

/// What followed coaching, and whose doing it was. Improvement positive, whatever the metric's direction;
/// `naive = luck + trend + effect`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    pub headline: Headline,
    pub naive: f64,
    pub luck: f64,
    pub trend: f64,
    pub effect: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
    /// The other estimator's answer.
    pub other: Option<f64>,
    pub other_low: Option<f64>,
    pub other_high: Option<f64>,
    pub smallest_visible: f64,
    pub conclusion: Conclusion,
    pub agents: u32,
    pub controls: u32,
    pub steps: Vec<EffectStep>,
    pub pre_trend: bool,
    /// Held sessions and minutes of a coached agent in its first five periods, on average, and how many agents
    /// had what a spell must have to count as a test.
    pub sessions: f64,
    pub minutes: Option<f64>,
    pub dosed: u32,
}

/// A number with its range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ranged {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
}

/// The links from coaching to its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    Effort,
    Activity,
    Behaviour,
    Outcome,
    /// The outcome moved: no link is broken.
    None,
}

impl Link {
    pub fn name(self) -> &'static str {
        match self {
            Self::Effort => "effort",
            Self::Activity => "activity",
            Self::Behaviour => "behaviour",
            Self::Outcome => "outcome",
            Self::None => "none",
        }
    }
}

/// From effort to outcome, for one outcome metric: the second half of the window against the first, and what the
/// sessions meant to move the outcome did to behaviour and to the outcome itself. Improvement positive; each part
/// in its own metric's unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chain {
    /// Minutes of coaching on the outcome per active agent and half; the change is of agents active in both.
    pub minutes_before: Option<f64>,
    pub minutes_now: Option<f64>,
    pub minutes_change: Option<Ranged>,
    pub effort_up: Option<bool>,
    /// Held sessions, likewise.
    pub sessions_before: Option<f64>,
    pub sessions_now: Option<f64>,
    pub sessions_change: Option<Ranged>,
    pub activity_up: Option<bool>,
    /// Id of the behaviour metric.
    pub behaviour_metric: Option<String>,
    pub behaviour_change: Option<Ranged>,
    /// Coaching's own part.
    pub behaviour_effect: Option<Ranged>,
    pub behaviour_says: Option<Conclusion>,
    /// Share of its evaluations given by a coach of the agent, and coaching's own part in the others.
    pub own_scored: Option<f64>,
    pub behaviour_independent: Option<Ranged>,
    pub behaviour_up: Option<bool>,
    pub outcome_change: Option<Ranged>,
    /// Coaching's own part, with the range of both estimators.
    pub outcome_effect: Option<Ranged>,
    pub outcome_says: Conclusion,
    pub outcome_flat: Option<bool>,
    pub paradox: Option<bool>,
    /// The first link shown not to hold; `None` where that cannot be told.
    pub link: Option<Link>,
    /// Agents whose sessions can be judged on the outcome.
    pub agents: u32,
    pub agents_needed: Option<f64>,
}

/// Coaching minutes by what they were spent on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Minutes {
    pub minutes: f64,
    pub on_reachable: f64,
    pub on_out_of_reach: f64,
    pub undetermined: f64,
    pub no_focus: f64,
    pub sessions: u32,
    pub cancelled: u32,
    /// Minutes in the equally long span before.
    pub minutes_before: f64,
    /// Agents in the roster of contacts in either span.
    pub active_agents: u32,
    pub active_agents_before: u32,
    /// Periods in each span.
    pub periods: u32,
}

/// A data-quality check.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is checked; never a value of the data.
    pub id: String,
    /// Whether the data are fit in this respect.
    pub passed: bool,
    /// `withhold` stops the report, `warn` is said beside it.
    pub level: String,
    /// What was found.
    pub value: Option<f64>,
    /// What was allowed.
    pub limit: Option<f64>,
    /// One sentence a leader can act on.
    pub say: Phrase,
}

/// A fact, tagged by its type.
#[expect(clippy::large_enum_variant, reason = "a few hundred of them in a run")]
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Gap(Gap),
    Ledger(Ledger),
    Spread(Spread),
    Breakdown(Breakdown),
    Cause(Cause),
    Effect(Effect),
    Chain(Chain),
    Minutes(Minutes),
    Check(Check),
}

impl Fact {
    /// The type's name: at most one fact of a type for a metric and scope (causes and checks: one an id).
    pub fn slot(&self) -> String {
        match self {
            Self::Gap(_) => "gap".into(),
            Self::Ledger(_) => "ledger".into(),
            Self::Spread(_) => "spread".into(),
            Self::Breakdown(_) => "breakdown".into(),
            Self::Cause(cause) => format!("cause {}", cause.id),
            Self::Effect(_) => "effect".into(),
            Self::Chain(_) => "chain".into(),
            Self::Minutes(_) => "minutes".into(),
            Self::Check(check) => format!("check {}", check.id),
        }
    }
}

//! What a judgement says: signals, verdicts, findings, decisions, and why something was not judged.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Drawn, Fact, Phrase, Quality, Row, Scope, Value};
use crate::calendar::Period;

/// The five verdicts, by the id predicates and outputs use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictId {
    Structural,
    Behavioural,
    Mixed,
    NoGap,
    NotEnoughEvidence,
}

impl VerdictId {
    pub const ALL: [Self; 5] =
        [Self::Structural, Self::Behavioural, Self::Mixed, Self::NoGap, Self::NotEnoughEvidence];

    pub fn name(self) -> &'static str {
        match self {
            Self::Structural => "structural",
            Self::Behavioural => "behavioural",
            Self::Mixed => "mixed",
            Self::NoGap => "no-gap",
            Self::NotEnoughEvidence => "not-enough-evidence",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// The confidence word; thresholds come from the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Weak,
    Moderate,
    Strong,
}

impl Confidence {
    pub fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A rule's answer for one metric and scope; `None` = cannot tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// The signal's name, in snake case.
    pub name: String,
    pub rule: String,
    pub metric: Option<String>,
    pub scope: Scope,
    pub value: Option<bool>,
    /// Columns or signals whose null made it null.
    pub because: Vec<String>,
}

/// One line of the printed ledger of weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightApplied {
    pub when: String,
    pub log_odds: f64,
}

/// The verdict on one metric in one scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub metric: String,
    pub scope: Scope,
    /// In force after the hold.
    pub verdict: VerdictId,
    pub form: Option<String>,
    pub provisional: bool,
    pub this_period_alone: VerdictId,
    /// Calibrated, from the data alone; never moved by weights.
    pub probability: Option<f64>,
    /// After the weights; moves only the confidence word.
    pub adjusted: Option<f64>,
    pub confidence: Option<Confidence>,
    pub power_of_opposite: Option<f64>,
    pub contact_types: Vec<String>,
    /// Signals at this metric and scope, in the order rules are in force.
    pub signals: Vec<(String, Option<bool>)>,
    /// Rules whose true signals the verdict's predicate used.
    pub why: Vec<String>,
    /// For not-enough-evidence: what is missing.
    pub needs: Vec<Phrase>,
    pub weights: Vec<WeightApplied>,
    /// What limits how sure the verdict may sound.
    pub caveats: Vec<String>,
    /// Verdict with the next highest probability.
    pub runner_up: Option<VerdictId>,
    /// First period of the unbroken run of this verdict in the history read, and whether it may be older.
    pub since: Period,
    pub since_at_least: bool,
}

/// What changed about a finding since the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingState {
    New,
    Worse,
    Ongoing,
    Improving,
    Resolved,
    Waived,
}

impl FindingState {
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Worse => "worse",
            Self::Ongoing => "ongoing",
            Self::Improving => "improving",
            Self::Resolved => "resolved",
            Self::Waived => "waived",
        }
    }
}

/// What a fired rule says, before words are rendered: the row it fired on and the rule's texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `metric/rule/scope-level[/k]`; never contains a value of the data.
    pub id: String,
    pub rule: String,
    pub severity: Severity,
    pub metric: Option<String>,
    pub scope: Scope,
    pub item: Option<String>,
    pub state: FindingState,
    pub since: Period,
    pub since_at_least: bool,
    pub columns: &'static [Column],
    pub row: Row,
    /// Thresholds in force, as (name, number).
    pub thresholds: Vec<(String, f64)>,
    /// For waived findings: until when and why.
    pub waived: Option<(chrono::NaiveDate, String, String)>,
}

/// A decision asked of a named role.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub id: String,
    /// The pack's decision entry behind it.
    pub template: String,
    pub metric: String,
    pub scope: Scope,
    pub finding: Option<String>,
    pub contact_types: Vec<String>,
    pub what: String,
    pub owner_role: String,
    pub due: chrono::NaiveDate,
    /// In the metric's unit; a ceiling, never a forecast.
    pub at_stake: Option<f64>,
    /// Contacts a period left short of target.
    pub waiting_per_period: Option<f64>,
    /// First period of the unbroken run in which it was asked in the history read, and whether it may be older.
    pub since: Period,
    pub since_at_least: bool,
    /// Coaching minutes held on the metric since then.
    pub minutes_since: Option<f64>,
    pub risk: Option<String>,
    pub state: Asked,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    Asked,
    Accepted,
    Done,
    Declined,
}

impl Asked {
    pub fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }
}

/// May coaching be added here?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MayAddAnswer {
    Yes,
    /// Agents differ, but sessions as they are do not move it.
    InAnotherWay,
    InSomeTypes,
    No,
    NoNeed,
    CannotTell,
}

/// The answer for one metric in one scope.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MayAdd {
    /// The metric's id.
    pub metric: String,
    /// Where it is asked.
    pub scope: Scope,
    /// The answer.
    pub answer: MayAddAnswer,
    /// Where it may be added, when only in some.
    pub contact_types: Vec<String>,
}

/// Why a rule gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    FewAgents,
    FewContacts,
    FewPeriods,
    NoColumn,
    NoSource,
    NoTarget,
    NoTypes,
    NoSessions,
    Degenerate,
    WideInterval,
    Error,
}

/// A (rule, metric, scope) without an answer, and what would give one.
#[derive(Clone, Debug, PartialEq)]
pub struct NotJudged {
    pub rule: String,
    pub metric: Option<String>,
    pub scope: Scope,
    pub reason: Reason,
    pub need: Phrase,
}

/// A pattern named for the whole operation.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternNamed {
    pub id: String,
    pub label: String,
    pub score: f64,
    pub runner_up: Option<String>,
}

/// All evidence of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceTable {
    pub rule: String,
    pub kind: &'static str,
    pub columns: &'static [Column],
    /// Columns that are p-values; `Row::q` holds a `q_<name>` for each.
    pub p_values: &'static [&'static str],
    /// (metric, scope, row), in the stated order: metric, scope, item.
    pub rows: Vec<(Option<String>, Scope, Row)>,
}

/// One period judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub period: Period,
    pub evidence: Vec<EvidenceTable>,
    pub facts: Vec<(Option<String>, Scope, Fact)>,
    pub figures: Vec<Drawn>,
    pub signals: Vec<Signal>,
    /// Raw: before any hold.
    pub verdicts: Vec<Verdict>,
    pub findings: Vec<Finding>,
    pub decisions: Vec<Decision>,
    pub pattern: Option<PatternNamed>,
    pub not_judged: Vec<NotJudged>,
}

/// The judged period with what its history adds: verdicts in force, states and ages.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub now: Judgement,
    /// The verdict in force for each settled period, oldest first: (period, metric, scope, verdict).
    pub timeline: Vec<(Period, String, Scope, VerdictId)>,
    /// Findings of the period before that are gone.
    pub resolved: Vec<Finding>,
    /// Level and 95 % half-width of each metric in the judged period and the one before, operation scope:
    /// (metric, now, before, usual weekly range).
    pub moves: Vec<Move>,
    pub may_add: Vec<MayAdd>,
    pub quality: Quality,
    /// Rules in force, and how many could be judged for at least one metric and scope.
    pub rules_in_force: u32,
    pub rules_judged: u32,
}

/// One metric's step from the period before to the judged one, each period alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Move {
    pub metric: String,
    pub now: f64,
    pub before: f64,
    /// Half-width of the usual period-to-period range (95 %).
    pub usual: f64,
}

impl Finding {
    /// A column's value by name.
    pub fn value(&self, column: &str) -> Option<&Value> {
        let at = self.columns.iter().position(|c| c.name == column)?;
        self.row.values.get(at)
    }
}

//! What only the investigation page shows: every verdict and finding with its evidence, what could not be judged, the
//! data and the rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chart::Chart;
use super::{CoachingLine, Points};

/// Whether coaching may be added on a metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MayAddView {
    /// The metric's name.
    pub metric: String,
    /// Empty for the whole operation.
    pub place: String,
    /// The answer in words.
    pub answer: String,
}

/// Everything about one verdict.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VerdictView {
    /// The metric's name.
    pub metric: String,
    /// Empty for the whole operation.
    pub place: String,
    /// `The operation decides this`.
    pub label: String,
    /// As the headline's.
    pub tone: String,
    /// What stands beside the answer, a line each.
    pub lines: Vec<CoachingLine>,
    /// What the answer rests on.
    pub signals: Vec<SignalView>,
    /// Where its gap is.
    pub points: Option<Points>,
    /// Variable or consistent: agents against what luck alone gives.
    pub spread: Option<Chart>,
    /// Contact types: level now, best agents, target.
    pub breakdown: Option<Chart>,
    /// Which contact types carry the gap.
    pub pareto: Option<Chart>,
    /// Contact types by stage of the work.
    pub stages: Option<Chart>,
    /// Contact types that fail alike.
    pub clusters: Option<Chart>,
    /// The metric over time.
    pub control: Option<Chart>,
}

/// A rule's answer for one metric and place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignalView {
    /// The signal's name.
    pub name: String,
    /// `yes`, `no` or `cannot tell`, in words.
    pub answer: String,
    /// Whether the verdict rests on it.
    pub supports: bool,
}

/// What a rule that fired says to a person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingView {
    /// `fcr/gap-concentrated/operation`.
    pub id: String,
    /// The claim.
    pub title: String,
    /// What stands behind it.
    pub say: String,
    /// How much it matters: `high`.
    pub severity: String,
    /// What became of it since the period before: `ongoing`.
    pub state: String,
    /// The period it was first seen in.
    pub since: String,
    /// The metric's name.
    pub metric: String,
    /// Empty for the whole operation.
    pub place: String,
    /// The numbers behind it.
    pub evidence: Vec<EvidenceView>,
    /// What to watch next.
    pub observe: Vec<String>,
    /// What would show that it is wrong.
    pub change_our_mind: Option<String>,
    /// Signals that speak against the verdict this finding supports.
    pub against: Vec<String>,
    /// Why am I seeing this.
    pub why: Vec<String>,
    /// By whom, until when and why it is set aside.
    pub waived: Option<String>,
}

/// One number of a finding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceView {
    /// The column's name.
    pub name: String,
    /// The number in the reader's form.
    pub value: String,
    /// What it means.
    pub doc: String,
}

/// What could not be judged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotJudgedView {
    /// The rules that miss it.
    pub rule: String,
    /// Metric and place.
    pub about: String,
    /// Why not.
    pub reason: String,
    /// What it needs.
    pub need: String,
}

/// What was read, used and refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityView {
    /// A row a source.
    pub sources: Vec<SourceView>,
    /// What was asked of the data.
    pub checks: Vec<CheckView>,
    /// Sources that could not be read, and why.
    pub missing: Vec<CoachingLine>,
}

/// The rows of a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceView {
    /// The source's name.
    pub name: String,
    /// Rows read.
    pub read: String,
    /// Rows used.
    pub used: String,
    /// Rows the client's filter left out.
    pub filtered: String,
    /// Rows of later days.
    pub later: String,
    /// Rows that could not be used.
    pub rejected: String,
    /// First and last day.
    pub days: String,
    /// Why rows could not be used, with their number.
    pub reasons: Vec<String>,
}

/// A check of the data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckView {
    /// Its id.
    pub id: String,
    /// Whether the data passed.
    pub passed: bool,
    /// What it says.
    pub say: String,
}

/// A rule in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleView {
    /// Its id.
    pub id: String,
    /// What it asks.
    pub kind: String,
    /// Over how many periods.
    pub window: String,
    /// Its limits, each with where it was set.
    pub thresholds: Vec<String>,
    /// `file:line`.
    pub origin: String,
    /// Why the client changed it.
    pub changes: Vec<String>,
}

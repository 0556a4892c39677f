//! All a template ever sees (`gapwise/context/1`): sentences and formatted numbers, raw numbers beside those
//! that charts need, arrays and no maps. Keys may be added; none is renamed without a new schema number.

use serde::{Deserialize, Serialize};

/// The schema's name, first key of every context.
pub const SCHEMA: &str = "gapwise/context/1";

/// One report's content, after privacy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    pub schema: String,
    pub page: Head,
    pub headline: Headline,
    /// The first three.
    pub decisions: Vec<DecisionView>,
    /// All of them, for the investigation page.
    pub decisions_all: Vec<DecisionView>,
    /// Said below the decisions shown, when there are more.
    pub decisions_more: Option<String>,
    pub changed: Changed,
    pub metrics: Vec<MetricRow>,
    pub points: Option<Points>,
    pub coaching: Option<Coaching>,
    /// The question asked before coaching is added, a line a metric.
    pub may_add: Vec<MayAddView>,
    pub limits: Vec<String>,
    pub warnings: Vec<String>,
    /// Whether the page speaks of coaching where the operation decides, which needs a word of caution.
    pub caution: bool,
    pub verdicts: Vec<VerdictView>,
    pub findings: Vec<FindingView>,
    pub not_judged: Vec<NotJudgedView>,
    pub quality: QualityView,
    pub rules: Vec<RuleView>,
    pub summary: Vec<String>,
    /// What is only in `findings.json`, because a page has an end.
    pub left_out: Vec<String>,
    pub quiet: Option<Quiet>,
    pub withheld: Option<WithheldView>,
}

/// Which of the pages is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    #[default]
    Full,
    NothingNew,
    OnTarget,
    Withheld,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub client: String,
    pub kind: PageKind,
    /// `en-GB`.
    pub lang: String,
    pub locale: String,
    /// `2026-W46`.
    pub label: String,
    /// `week 46`.
    pub name: String,
    /// `9–15 November 2026`.
    pub days: String,
    /// `week 45`.
    pub before: String,
    pub next: String,
    /// `week`, `day` or `month`.
    pub period: String,
    pub title: String,
    /// Metrics whose figures end earlier, and why.
    pub maturity: Vec<String>,
    /// `contact-centre 1.2.0 + 2 changes by client`.
    pub rules: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    pub metric: Option<String>,
    pub sentences: Vec<String>,
    /// `The operation decides this`.
    pub label: String,
    /// `structural`, `behavioural`, `mixed`, `no-gap` or `not-enough-evidence`.
    pub tone: String,
    /// `evidence strong`, `first reported in week 41`, `3 decisions asked`.
    pub meta: Vec<String>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DecisionView {
    pub number: usize,
    pub what: String,
    pub who: String,
    pub due: String,
    pub at_stake: Option<String>,
    pub waiting: Option<String>,
    pub risk: Option<String>,
    pub state: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MayAddView {
    pub metric: String,
    pub place: String,
    pub answer: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    pub since: String,
    pub new: String,
    pub worse: String,
    pub closed: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricRow {
    pub id: String,
    pub label: String,
    pub full_label: String,
    pub now: String,
    pub range: String,
    pub target: String,
    pub what: String,
    pub tone: String,
    pub judged: bool,
    /// For the investigation page: n, agents, window, who set the target.
    pub beside: String,
}

/// Where a gap's points are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Points {
    pub title: String,
    pub bar: Bar,
    pub rows: Vec<TypeRow>,
    /// `mostly one kind of work` and the like, for the investigation page.
    pub reach_note: String,
}

/// The ledger as one bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The text alternative.
    pub says: String,
    pub parts: Vec<BarPart>,
    /// Types better than target, which cannot be drawn in the same bar.
    pub ahead: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BarPart {
    /// `out`, `reach` or `unplaced`.
    pub id: String,
    /// `6.7`.
    pub value: String,
    /// `(0.4–0.9)`.
    pub range: String,
    pub words: String,
    /// Per cent of the bar's width.
    pub x: f64,
    pub width: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TypeRow {
    pub label: String,
    pub full_label: String,
    pub share: String,
    pub now: String,
    pub best: String,
    pub carries: String,
}

/// Did the coaching work?
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coaching {
    pub title: String,
    pub lines: Vec<CoachingLine>,
    pub sentences: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoachingLine {
    pub label: String,
    pub text: String,
}

/// Everything about one verdict, for the investigation page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VerdictView {
    pub metric: String,
    pub place: String,
    pub label: String,
    pub tone: String,
    pub lines: Vec<CoachingLine>,
    pub signals: Vec<SignalView>,
    pub points: Option<Points>,
    pub spread: Option<SpreadChart>,
    pub breakdown: Option<BreakdownChart>,
    pub waterfall: Option<Waterfall>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalView {
    pub name: String,
    /// `yes`, `no` or `cannot tell`.
    pub answer: String,
    pub supports: bool,
}

/// Agents' levels as a density against what luck alone would show. Places are per cent of the width.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpreadChart {
    pub title: String,
    pub says: String,
    /// SVG path data in a box of 1000 x 100.
    pub seen: String,
    pub luck: String,
    pub target: Option<Mark>,
    pub ticks: Vec<Mark>,
    pub note: String,
}

/// A place on an axis and its label.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    pub at: f64,
    pub label: String,
    /// `start`, `middle` or `end`: so that a label never leaves the chart.
    pub anchor: String,
}

/// Contact types: level now, best agents, target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BreakdownChart {
    pub title: String,
    pub says: String,
    pub height: f64,
    pub rows: Vec<BreakdownMark>,
    pub ticks: Vec<Mark>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BreakdownMark {
    pub label: String,
    pub full_label: String,
    pub detail: String,
    pub y: f64,
    pub now: f64,
    pub best: Option<f64>,
    pub target: Option<f64>,
    /// From the lesser to the greater of now and target.
    pub from: f64,
    pub width: f64,
    pub carrier: bool,
}

/// What followed coaching, split into luck, trend and effect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waterfall {
    pub title: String,
    pub says: String,
    pub height: f64,
    pub zero: f64,
    pub rows: Vec<WaterfallStep>,
    pub note: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WaterfallStep {
    pub label: String,
    pub value: String,
    pub id: String,
    pub y: f64,
    pub x: f64,
    pub width: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingView {
    pub id: String,
    pub title: String,
    pub say: String,
    pub severity: String,
    pub state: String,
    pub since: String,
    pub metric: String,
    pub place: String,
    pub evidence: Vec<EvidenceView>,
    pub observe: Vec<String>,
    pub change_our_mind: Option<String>,
    /// Signals that speak against the verdict this finding supports.
    pub against: Vec<String>,
    /// Why am I seeing this.
    pub why: Vec<String>,
    pub waived: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceView {
    pub name: String,
    pub value: String,
    pub doc: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NotJudgedView {
    pub rule: String,
    pub about: String,
    pub reason: String,
    pub need: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QualityView {
    pub sources: Vec<SourceView>,
    pub checks: Vec<CheckView>,
    pub missing: Vec<CoachingLine>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    pub name: String,
    pub read: String,
    pub used: String,
    pub filtered: String,
    pub later: String,
    pub rejected: String,
    pub days: String,
    pub reasons: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    pub id: String,
    pub passed: bool,
    pub say: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleView {
    pub id: String,
    pub kind: String,
    pub window: String,
    pub thresholds: Vec<String>,
    pub origin: String,
    pub changes: Vec<String>,
}

/// A page with nothing to ask.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quiet {
    pub heading: String,
    pub sentences: Vec<String>,
}

/// Why there is no report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WithheldView {
    pub heading: String,
    pub because: Vec<String>,
    pub note: String,
    pub needed: Vec<String>,
    pub fine: String,
    pub next: String,
}

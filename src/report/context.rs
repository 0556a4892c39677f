//! All a template ever sees (`gapwise/context/1`): sentences and formatted numbers, raw numbers beside those
//! that charts need, arrays and no maps. Keys may be added; none is renamed without a new schema number.

mod team;

use serde::{Deserialize, Serialize};

pub use team::{TeamFinding, TeamType, TeamTypes, TeamView};

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
    /// The answers of the periods before, for the investigation page.
    pub timeline: Option<Chart>,
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
    /// The teams that have a page. A template finds none here: each team is shown to itself.
    pub teams: Vec<TeamView>,
    /// On a team's page, that team.
    pub team: Option<TeamView>,
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

impl PageKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::NothingNew => "nothing-new",
            Self::OnTarget => "on-target",
            Self::Withheld => "withheld",
        }
    }
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
    pub chart: Chart,
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
    /// What the minutes were spent on, for the investigation page.
    pub minutes: Option<Chart>,
    /// The charts of each metric that sessions were meant to move, the headline's first.
    pub effects: Vec<EffectCharts>,
}

/// What followed coaching on one metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EffectCharts {
    pub metric: String,
    /// From effort to outcome.
    pub chain: Option<Chart>,
    /// Split into luck, trend and effect.
    pub waterfall: Option<Chart>,
    /// Period by period, before and after the first session.
    pub event: Option<Chart>,
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

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalView {
    pub name: String,
    /// `yes`, `no` or `cannot tell`.
    pub answer: String,
    pub supports: bool,
}

/// One chart. Places across are per cent of the width and places down are pixels: `components/charts/figure.html`
/// draws the marks as they stand, in their order; the table says the same in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Unique on a page.
    pub id: String,
    /// What is seen, as a sentence.
    pub title: String,
    /// The text alternative: what the marks show, with their numbers.
    pub says: String,
    /// Pixels; 0 where there is nothing to draw and `says` is all there is.
    pub height: f64,
    pub marks: Vec<Mark>,
    /// What holds of its numbers.
    pub note: String,
    /// How its marks are read.
    pub key: String,
    /// Where its rows are: `evidence/out-of-reach.csv`.
    pub numbers: String,
    pub table: Table,
}

/// A chart's numbers for pages that cannot draw.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// One mark of a chart; its class says what it is, the style sheet how that looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Mark {
    Text {
        x: f64,
        y: f64,
        /// Pixels to the right of `x`.
        dx: f64,
        /// `start`, `middle` or `end`: so that a text never leaves the chart.
        anchor: String,
        class: String,
        text: String,
        /// Pixels it may take.
        width: f64,
    },
    /// A text read upwards, centred on `x`, from `y` up.
    Turned {
        x: f64,
        y: f64,
        class: String,
        text: String,
        width: f64,
    },
    Line {
        x1: f64,
        y1: f64,
        x2: f64,
        y2: f64,
        class: String,
    },
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        class: String,
    },
    Dot {
        x: f64,
        y: f64,
        r: f64,
        class: String,
    },
    /// A small shape: path data in pixels around its place.
    Sign {
        x: f64,
        y: f64,
        d: String,
        class: String,
    },
    /// Path data in a box of 1000 x 100 that fills the width and so much of the height.
    Curve {
        y: f64,
        height: f64,
        d: String,
        class: String,
    },
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

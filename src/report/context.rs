//! All a template ever sees (`gapwise/context/1`): sentences and formatted numbers, raw numbers beside those
//! that charts need, arrays and no maps. Keys may be added; none is renamed without a new schema number.

mod chart;
mod investigation;
mod people;
mod read;
mod team;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use chart::{Chart, Mark, Table};
pub use investigation::{
    CheckView, EvidenceView, FindingView, MayAddView, NotJudgedView, QualityView, RuleView, SignalView,
    SourceView, VerdictView,
};
pub use people::{AgentRow, AgentsView, ContactsView, PeopleView};

use crate::config::Brand;

pub use team::{TeamFinding, TeamType, TeamTypes, TeamView};

/// The schema's name, first key of every context.
pub const SCHEMA: &str = "gapwise/context/1";

/// The JSON Schema of a context.
pub fn schema() -> Value {
    crate::model::schema::published_as::<Context>("gapwise context")
}

/// One report's content, after privacy: all that its template sees. Keys may be added, none is renamed or dropped
/// without a new schema number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Context {
    /// Name and number of this schema.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// The report this was made for, by its template's name; empty where it is for any of them.
    pub report: String,
    /// Whose page it is, and of which period.
    pub page: Head,
    /// The client's look.
    pub brand: Brand,
    /// The parts of this report in their order; none where the template decides.
    pub sections: Vec<String>,
    /// Where readers find the whole report, for pages that are not it.
    pub link: Option<String>,
    /// The answer, first on the page.
    pub headline: Headline,
    /// The first three.
    pub decisions: Vec<DecisionView>,
    /// All of them, for the investigation page.
    pub decisions_all: Vec<DecisionView>,
    /// Said below the decisions shown, when there are more.
    pub decisions_more: Option<String>,
    /// What is new, worse and closed since the period before.
    pub changed: Changed,
    /// The answers of the periods before, for the investigation page.
    pub timeline: Option<Chart>,
    /// A row a metric, the worst first.
    pub metrics: Vec<MetricRow>,
    /// Where the headline's gap is.
    pub points: Option<Points>,
    /// Whether the coaching worked.
    pub coaching: Option<Coaching>,
    /// The question asked before coaching is added, a line a metric.
    pub may_add: Vec<MayAddView>,
    /// What to know before relying on the page, a line each.
    pub limits: Vec<String>,
    /// What is said above everything else.
    pub warnings: Vec<String>,
    /// Whether the page speaks of coaching where the operation decides, which needs a word of caution.
    pub caution: bool,
    /// Everything about each verdict, for the investigation page.
    pub verdicts: Vec<VerdictView>,
    /// By severity, the highest first.
    pub findings: Vec<FindingView>,
    /// What could not be judged, and what it needs.
    pub not_judged: Vec<NotJudgedView>,
    /// What was read, used and refused.
    pub quality: QualityView,
    /// The rules in force.
    pub rules: Vec<RuleView>,
    /// The lines of a chat message.
    pub summary: Vec<String>,
    /// What is only in `findings.json`, because a page has an end.
    pub left_out: Vec<String>,
    /// The words of a page with nothing to ask.
    pub quiet: Option<Quiet>,
    /// The words of a page without a report.
    pub withheld: Option<WithheldView>,
    /// What this one page may show of single people and single contacts; empty lists on most.
    pub people: PeopleView,
    /// The teams that have a page, for the report written once a team. A template finds none here: each team is shown
    /// to itself.
    pub teams: Vec<TeamView>,
    /// On a team's page, that team.
    pub team: Option<TeamView>,
}

/// Which of the pages is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Whose page it is, and of which period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// The client's name.
    pub client: String,
    /// Which of the pages is due.
    pub kind: PageKind,
    /// `en-GB`.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The locale whose words and numbers the page has: `en-GB`.
    pub locale: String,
    /// `2026-W46`.
    pub label: String,
    /// `week 46`.
    pub name: String,
    /// `9–15 November 2026`.
    pub days: String,
    /// `week 45`.
    pub before: String,
    /// When the next report is due.
    pub next: String,
    /// `week`, `day` or `month`.
    pub period: String,
    /// The title of the window.
    pub title: String,
    /// Metrics whose figures end earlier, and why.
    pub maturity: Vec<String>,
    /// `contact-centre 1.2.0 + 2 changes by client`.
    pub rules: String,
}

/// The answer, first on the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Headline {
    /// Id of the metric it speaks of.
    pub metric: Option<String>,
    /// The first is the heading.
    pub sentences: Vec<String>,
    /// `The operation decides this`.
    pub label: String,
    /// `structural`, `behavioural`, `mixed`, `no-gap` or `not-enough-evidence`.
    pub tone: String,
    /// `evidence strong`, `first reported in week 41`, `3 decisions asked`.
    pub meta: Vec<String>,
    /// What holds of the answer, in small type.
    pub notes: Vec<String>,
}

/// What is asked of whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionView {
    /// Its number on the page.
    pub number: usize,
    /// What is to be decided.
    pub what: String,
    /// The role it is asked of.
    pub who: String,
    /// By when.
    pub due: String,
    /// The most that could be won.
    pub at_stake: Option<String>,
    /// What each period of waiting costs.
    pub waiting: Option<String>,
    /// What could go wrong.
    pub risk: Option<String>,
    /// Empty while it is asked; else what became of it.
    pub state: String,
}

/// What moved since the period before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// `week 45`.
    pub since: String,
    /// What was not there before.
    pub new: String,
    /// What moved by more than usual.
    pub worse: String,
    /// What is over.
    pub closed: String,
}

/// One metric in the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetricRow {
    /// Its id in the workspace.
    pub id: String,
    /// Its name, shortened.
    pub label: String,
    /// Its name as the client wrote it.
    pub full_label: String,
    /// The level now.
    pub now: String,
    /// The 95 % range of it.
    pub range: String,
    /// The target in force.
    pub target: String,
    /// What the gap is, in words.
    pub what: String,
    /// As the headline's, or `unknown`.
    pub tone: String,
    /// Whether there is a level to show.
    pub judged: bool,
    /// For the investigation page: n, agents, window, who set the target.
    pub beside: String,
}

/// Where a gap's points are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Points {
    /// `8.2 points`.
    pub title: String,
    /// The ledger as one bar.
    pub bar: Bar,
    /// The contact types that carry it.
    pub rows: Vec<TypeRow>,
    /// `mostly one kind of work` and the like, for the investigation page.
    pub reach_note: String,
}

/// The ledger as one bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bar {
    /// The text alternative.
    pub says: String,
    /// The bar as marks.
    pub chart: Chart,
    /// Its parts in words and numbers.
    pub parts: Vec<BarPart>,
    /// Types better than target, which cannot be drawn in the same bar.
    pub ahead: Option<String>,
}

/// A part of the bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BarPart {
    /// `out`, `reach` or `unplaced`.
    pub id: String,
    /// `6.7`.
    pub value: String,
    /// `(0.4–0.9)`.
    pub range: String,
    /// What it is.
    pub words: String,
    /// Per cent of the bar's width from its start.
    pub x: f64,
    /// Per cent of the bar's width.
    pub width: f64,
}

/// A contact type's part of a gap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TypeRow {
    /// Its name, shortened.
    pub label: String,
    /// Its name as the client wrote it.
    pub full_label: String,
    /// Its share of the contacts.
    pub share: String,
    /// The level now.
    pub now: String,
    /// The level of the best agents.
    pub best: String,
    /// The points it carries.
    pub carries: String,
}

/// Did the coaching work?
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coaching {
    /// Which periods are compared.
    pub title: String,
    /// Hours, scores and results, a line each.
    pub lines: Vec<CoachingLine>,
    /// What follows from them.
    pub sentences: Vec<String>,
    /// What the minutes were spent on, for the investigation page.
    pub minutes: Option<Chart>,
    /// The charts of each metric that sessions were meant to move, the headline's first.
    pub effects: Vec<EffectCharts>,
}

/// What followed coaching on one metric.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EffectCharts {
    /// The metric's name.
    pub metric: String,
    /// From effort to outcome.
    pub chain: Option<Chart>,
    /// Split into luck, trend and effect.
    pub waterfall: Option<Chart>,
    /// Period by period, before and after the first session.
    pub event: Option<Chart>,
}

/// A line with its label.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CoachingLine {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// A page with nothing to ask.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quiet {
    /// Its heading.
    pub heading: String,
    /// What it says below.
    pub sentences: Vec<String>,
}

/// Why there is no report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WithheldView {
    /// Its heading.
    pub heading: String,
    /// The one cause.
    pub because: Vec<String>,
    /// What figures would have looked like.
    pub note: String,
    /// The one thing to do, and by which role where the workspace names one.
    pub needed: Vec<String>,
    /// What is all right.
    pub fine: String,
    /// Which report holds until then.
    pub next: String,
    /// When it is tried again, where the workspace says so.
    pub again: String,
    /// What else is wrong, for whoever mends it.
    pub also: Vec<String>,
}

//! The valid plan: what is left once nothing is wrong. Everything downstream reads this and never TOML.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::page_plan::{Brand, Names, Report};
use super::source_plan::SourcePlan;
use super::verdict_plan::{Cap, CauseRule, DecisionRule, Pattern, VerdictRule, Weight};
use crate::calendar::{Calendar, Period};
use crate::diag::Place;
use crate::kinds::{Diagnose, Given, Spec};
use crate::model::{Metric, Preconditions, Scope, Severity, SourceId};
use crate::sql::Expression;
use crate::words::Locale;

/// One workspace, ready to run.
#[derive(Debug)]
pub struct Plan {
    /// The workspace's folder; every relative path starts here.
    pub folder: PathBuf,
    pub client: String,
    pub slug: String,
    pub calendar: Calendar,
    /// Language, wording and names of periods.
    pub locale: Locale,
    /// In the order they are written.
    pub metrics: Vec<Metric>,
    pub sources: Vec<SourcePlan>,
    /// Segments that, with contact type, make work like for like.
    pub conditions: Vec<String>,
    /// The client's register, by contact type.
    pub preconditions: BTreeMap<String, Preconditions>,
    /// Settled periods a report shows.
    pub history: i32,
    pub hold: Hold,
    pub rules: Vec<Rule>,
    pub verdicts: Vec<VerdictRule>,
    pub weights: Vec<Weight>,
    pub caps: Vec<Cap>,
    pub patterns: Vec<Pattern>,
    pub causes: Vec<CauseRule>,
    pub decisions: Vec<DecisionRule>,
    pub names: Names,
    pub waivers: Vec<Waiver>,
    pub events: Vec<Event>,
    pub gate: Gate,
    pub identity: Identity,
    pub privacy: Privacy,
    pub reports: Vec<Report>,
    pub brand: Brand,
    pub deliveries: Vec<Delivery>,
    /// Packs in force, the deepest base first.
    pub packs: Vec<Pack>,
    /// Overrides, disables and waivers the client's own files add.
    pub client_changes: u32,
    /// Rules taken out of force.
    pub disabled: Vec<Disabled>,
    /// The client's own templates by path below `templates/`.
    pub templates: BTreeMap<String, String>,
}

/// A rule taken out of force everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disabled {
    pub rule: String,
    pub why: String,
    pub origin: Origin,
}

/// A rule pack in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    pub name: String,
    pub version: String,
}

/// A verdict changes only after `periods` equal raw ones within the last `memory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    pub periods: usize,
    pub memory: usize,
}

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    pub file: String,
    pub line: usize,
}

/// A scope level a rule may name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Operation,
    Team,
    ContactType,
    Segment(String),
}

/// How rows with items become one signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The row without an item.
    Row,
    Any,
    All,
    /// Each item raises a finding of its own, no signal.
    Each,
}

/// Which past periods need a rule's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Memory {
    /// None: it only says something of the judged period.
    None,
    /// Those in which its findings, or decisions that rest on it, may have stood.
    Findings,
    /// All: verdicts rest on it.
    Ground,
}

/// One rule in force.
pub struct Rule {
    pub id: String,
    /// In snake case.
    pub signal: String,
    pub kind: &'static Spec,
    pub diagnose: Arc<dyn Diagnose>,
    pub parameters: Given,
    /// Indices into `Plan::metrics`; empty where the kind needs none.
    pub metrics: Vec<usize>,
    /// The metrics as written: ids, `role:…`, `concept:…`.
    pub asked_of: Vec<String>,
    pub scopes: Vec<Level>,
    pub filter: Where,
    /// Periods.
    pub window: i32,
    pub thresholds: Vec<Threshold>,
    pub when: Expression,
    pub over: Over,
    pub memory: Memory,
    pub severity: Severity,
    /// A rule without a title only raises its signal.
    pub title: Option<String>,
    pub say: Option<String>,
    pub observe: Vec<String>,
    pub change_our_mind: Option<String>,
    pub overrides: Vec<Override>,
    /// Where the rule is silent, and why.
    pub silent: Vec<(Where, String)>,
    pub origin: Origin,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).field("kind", &self.kind.name).finish_non_exhaustive()
    }
}

/// A threshold as written: resolved per metric, since `1.5x` means times the metric's `material`.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// In snake case.
    pub name: String,
    pub amount: Amount,
    pub origin: Origin,
}

/// A threshold in force at one place.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'r> {
    pub threshold: &'r Threshold,
    /// The override that set it, if one did.
    pub by: Option<&'r Override>,
}

/// An amount with its unit as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Unit-free.
    Bare(f64),
    /// `30%`: 0.30 of a share.
    Percent(f64),
    /// `3pt`: a difference of shares, 0.03.
    Points(f64),
    /// `20s`, `2min`, in seconds.
    Seconds(f64),
    /// `1.5x`: times the metric's `material`.
    Times(f64),
}

/// As written: `3pt`.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Percentages are kept as shares; what a hundred times one adds to its last digits was never written.
        let hundredfold = |x: f64| (x * 1e8).round() / 1e6;
        match *self {
            Self::Bare(x) => write!(f, "{x}"),
            Self::Percent(x) => write!(f, "{}%", hundredfold(x)),
            Self::Points(x) => write!(f, "{}pt", hundredfold(x)),
            Self::Seconds(x) => write!(f, "{x}s"),
            Self::Times(x) => write!(f, "{x}x"),
        }
    }
}

/// As written: `contact-type Billing or Refund, team not Night`; empty where it leaves everything in.
impl std::fmt::Display for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (key, test)) in self.tests.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let not = if matches!(test, Test::NotIn(_)) { "not " } else { "" };
            write!(f, "{comma}{key} {not}{}", test.values().join(" or "))?;
        }
        Ok(())
    }
}

/// `rules/client.toml:12`.
impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Over {
    /// As a rule writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Any => "any",
            Self::All => "all",
            Self::Each => "each",
        }
    }
}

impl Level {
    /// As a rule writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Operation => "operation",
            Self::Team => "team",
            Self::ContactType => "contact-type",
            Self::Segment(name) => name,
        }
    }
}

impl Amount {
    /// The number a predicate compares with, for one metric.
    pub fn resolve(self, metric: Option<&Metric>) -> f64 {
        match self {
            Self::Bare(x) | Self::Percent(x) | Self::Points(x) | Self::Seconds(x) => x,
            Self::Times(x) => x * metric.map_or(1.0, |m| m.material),
        }
    }
}

/// A filter over metrics, teams, contact types and segments.
#[derive(Clone, Debug, Default)]
pub struct Where {
    /// (`metric`, `team`, `contact-type` or a segment's name; its test). All must hold.
    pub tests: Vec<(String, Test)>,
    /// Where it is written, if it is.
    pub place: Option<Place>,
}

/// Equal filters let the same rows through, wherever they are written.
impl PartialEq for Where {
    fn eq(&self, other: &Self) -> bool {
        self.tests == other.tests
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
}

impl Test {
    pub fn values(&self) -> &[String] {
        match self {
            Self::In(values) | Self::NotIn(values) => values,
        }
    }

    pub fn holds(&self, value: &str) -> bool {
        match self {
            Self::In(values) => values.iter().any(|v| v == value),
            Self::NotIn(values) => !values.iter().any(|v| v == value),
        }
    }
}

impl Where {
    /// How narrowly it points: 2 names a place, 1 only a metric, 0 nothing.
    pub fn nearness(&self) -> u8 {
        let place = self.tests.iter().any(|(key, _)| key != "metric");
        if place { 2 } else { u8::from(!self.tests.is_empty()) }
    }

    /// Whether a statement about `metric` in `scope` (and `item`, a contact type) is meant.
    pub fn covers(&self, metric: Option<&str>, scope: &Scope, item: Option<&str>) -> bool {
        self.tests.iter().all(|(key, test)| match key.as_str() {
            "metric" => metric.is_some_and(|metric| test.holds(metric)),
            level if level == scope.level() => scope.name().is_some_and(|name| test.holds(name)),
            "contact-type" => item.is_some_and(|item| test.holds(item)),
            _ => false,
        })
    }
}

/// A client's change to a rule's thresholds, parameters or severity.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    pub filter: Where,
    pub thresholds: Vec<Threshold>,
    pub severity: Option<Severity>,
    pub why: String,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    pub rule: String,
    pub filter: Where,
    pub until: NaiveDate,
    pub why: String,
    pub owner: String,
    pub origin: Origin,
    /// Where its last day is written.
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventEffect {
    LeaveOut,
    Annotate,
    RestartWindow,
}

/// Something that happened to the operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub what: String,
    pub dates: Vec<NaiveDate>,
    pub filter: Where,
    pub effect: EventEffect,
    pub origin: Origin,
}

/// When data are not fit for a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Share of a period's usual days that may be missing.
    pub missing_days: f64,
    /// Share of rows that may be rejected.
    pub rejected: f64,
    /// When the schedule tries again, in readers' words.
    pub next_try: Option<String>,
}

/// One person, several systems.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    pub keys: Vec<String>,
    /// Normalised alias to canonical agent.
    pub aliases: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Individuals {
    #[default]
    Never,
    Codes,
    Names,
}

/// What may be said about people.
#[derive(Clone, Debug, PartialEq)]
pub struct Privacy {
    pub individuals: Individuals,
    pub min_group: u32,
    pub sensitive: Vec<String>,
    pub retain_days: Option<u32>,
    pub allows: Vec<Allowance>,
}

/// A dated allowance for one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    pub report: String,
    pub individuals: Individuals,
    pub basis: String,
    pub agreed_by: String,
    pub owner: String,
    /// Its last day.
    pub until: NaiveDate,
    pub origin: Origin,
}

impl Allowance {
    /// Whether it still holds on a day.
    pub fn holds(&self, today: NaiveDate) -> bool {
        today <= self.until
    }
}

/// A file to send once it is published.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// `folder` (others are refused until they can be carried out).
    pub to: String,
    pub path: Option<String>,
    pub report: String,
    pub on_change_only: bool,
}

impl Plan {
    pub fn source(&self, id: SourceId) -> Option<&SourcePlan> {
        self.sources.iter().find(|source| source.id == id)
    }

    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == id)
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The longest window of a rule in force, in periods.
    pub fn longest_window(&self) -> i32 {
        self.rules.iter().map(|rule| rule.window).max().unwrap_or(1)
    }

    /// First and last period to read: the longest window, 12 periods of run-in for coaching, the history
    /// shown, what the hold remembers, and the longest maturity.
    pub fn span(&self, period: Period) -> (Period, Period) {
        const RUN_IN: i32 = 12;
        let memory = i32::try_from(self.hold.memory).unwrap_or(0);
        let matures = self.metrics.iter().map(|metric| metric.matures_periods).max().unwrap_or(0);
        let back = self.longest_window() + RUN_IN + self.history + memory - 1 + matures;
        (Period(period.0 - back + 1), period)
    }
}

impl Rule {
    /// Thresholds for one metric and place under the client's overrides: the nearest wins, metric and place over
    /// metric over rule.
    pub fn thresholds_for(
        &self,
        metric: Option<&Metric>,
        scope: &Scope,
        item: Option<&str>,
    ) -> Vec<(String, f64)> {
        let limits = self.limits_for(metric, scope, item).into_iter();
        limits.map(|one| (one.threshold.name.clone(), one.threshold.amount.resolve(metric))).collect()
    }

    /// [`Rule::thresholds_for`] as they are written.
    pub fn limits_for(&self, metric: Option<&Metric>, scope: &Scope, item: Option<&str>) -> Vec<Limit<'_>> {
        let id = metric.map(|m| m.id.as_str());
        let covering = || self.overrides.iter().filter(|o| o.filter.covers(id, scope, item));
        let limit = |own| {
            let changed = covering().filter_map(|by| Some((by, by.threshold(own)?)));
            let nearest = changed.max_by_key(|(by, _)| by.filter.nearness());
            let unchanged = Limit { threshold: own, by: None };
            nearest.map_or(unchanged, |(by, threshold)| Limit { threshold, by: Some(by) })
        };
        self.thresholds.iter().map(limit).collect()
    }
}

impl Override {
    /// What it says of a rule's threshold.
    fn threshold(&self, own: &Threshold) -> Option<&Threshold> {
        self.thresholds.iter().find(|one| one.name == own.name)
    }
}

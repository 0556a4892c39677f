//! One rule tried at one period, as its author may see it: the answer, where it was asked, the evidence, the
//! predicate step by step and how near each answer is to turning. What small groups a report hides is hidden here
//! too, by the same code.

mod places;
mod rows;
mod text;

use serde::Serialize;

use super::audience::for_audience;
use super::frame::Frame;
use super::trace::StepView;
use super::view::View;
use crate::config::{Plan, Rule};
use crate::judge::Tried;
use crate::model::{NotJudged, Quality, Scope, Story, Value};
use crate::words::{self, Locale};

pub use text::{history, nearest, text};

/// Which of the places are shown; all of them when empty.
#[derive(Clone, Debug, Default)]
pub struct Only {
    pub metric: Option<String>,
    /// A scope's level, and its name where one part of it is meant.
    pub scope: Option<(String, Option<String>)>,
}

impl Only {
    fn holds(&self, metric: Option<&str>, scope: &Scope) -> bool {
        let level = |(level, name): &(String, Option<String>)| {
            level == scope.level() && name.as_deref().is_none_or(|name| scope.name() == Some(name))
        };
        self.metric.as_deref().is_none_or(|wanted| metric == Some(wanted))
            && self.scope.as_ref().is_none_or(level)
    }
}

/// A rule, what is in force for it, and what it makes of a period.
#[derive(Clone, Debug, Serialize)]
pub struct TriedView {
    pub rule: String,
    /// `2026-W46`.
    pub period: String,
    /// `does not fire: false in 2 places, cannot tell in 1`.
    pub answer: String,
    pub kind: &'static str,
    /// `file:line`.
    pub set_in: String,
    pub window: String,
    pub over: &'static str,
    pub when: String,
    /// Rows it is asked of; empty = all.
    #[serde(rename = "where")]
    pub filter: String,
    pub thresholds: Vec<SetView>,
    pub overrides: Vec<OverrideView>,
    /// Where a disable keeps it silent, and why.
    pub silent: Vec<String>,
    /// What it would need to be asked at all.
    pub needs: Vec<String>,
    /// The nearest to an answer of true first.
    pub places: Vec<PlaceView>,
    /// Places that are not shown since few people stand behind them.
    pub not_shown: usize,
}

/// A threshold as written.
#[derive(Clone, Debug, Serialize)]
pub struct SetView {
    pub name: String,
    pub value: String,
    pub set_in: String,
}

/// A client's change to the rule.
#[derive(Clone, Debug, Serialize)]
pub struct OverrideView {
    #[serde(rename = "where")]
    pub filter: String,
    pub thresholds: Vec<SetView>,
    pub severity: Option<&'static str>,
    pub why: String,
    pub set_in: String,
}

/// One metric and scope the rule was asked about.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    pub metric: Option<String>,
    pub scope: Scope,
    /// `First-contact resolution (fcr), team North`.
    pub about: String,
    /// Null = cannot tell.
    pub answer: Option<bool>,
    /// Why it cannot tell.
    pub needs: Vec<String>,
    pub rows: Vec<RowView>,
    /// Rows the answer is not made of.
    pub other_rows: usize,
}

/// One row of evidence under the predicate.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    pub item: Option<String>,
    pub answer: Option<bool>,
    pub n: u64,
    /// Null where they are none or too few to be told.
    pub agents: Option<u32>,
    pub first_day: String,
    pub last_day: String,
    /// Those the predicate uses first.
    pub evidence: Vec<ValueView>,
    pub thresholds: Vec<LimitView>,
    pub steps: Vec<StepView>,
    /// Columns whose null made the answer null, with what they say.
    pub empty: Vec<String>,
    /// The threshold that turns the answer with the least change.
    pub turn: Option<TurnView>,
    pub title: Option<String>,
    pub say: Option<String>,
    pub waived: Option<String>,
    #[serde(skip)]
    distance: f64,
}

/// One column's value.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    pub name: String,
    pub value: Value,
    pub said: String,
    pub unit: String,
    pub doc: String,
    /// Whether the predicate uses it.
    pub used: bool,
}

/// A threshold in force at a row.
#[derive(Clone, Debug, Serialize)]
pub struct LimitView {
    pub name: String,
    pub value: f64,
    pub said: String,
    pub set_in: String,
    /// Why the client set it otherwise than the rule.
    pub overridden: Option<String>,
}

/// What would turn an answer.
#[derive(Clone, Debug, Serialize)]
pub struct TurnView {
    pub threshold: String,
    /// The answer it would turn to.
    pub to: bool,
    pub at: f64,
    pub said: String,
    pub in_force: String,
    /// `or less`, `or more`.
    pub side: &'static str,
}

/// What a tried rule shows, after privacy.
pub fn view(plan: &Plan, rule: &Rule, tried: &Tried, only: &Only) -> TriedView {
    let frame = Frame::of(plan);
    let story = alone(tried);
    let safe = for_audience(&story, &frame);
    let seen = Seen { plan, rule, tried, view: View { frame: &frame, story: &safe } };
    let (places, not_shown) = (seen.places(only), seen.not_shown(only));
    let all_hidden = places.is_empty() && not_shown > 0;
    let asked_nowhere = places.is_empty() && not_shown == 0;
    let window = rule.window;
    TriedView {
        rule: rule.id.clone(),
        period: plan.calendar.label(tried.period),
        answer: if all_hidden { "is not shown".to_owned() } else { places::answer(rule, &places) },
        kind: rule.kind.name,
        set_in: rule.origin.to_string(),
        window: words::periods(f64::from(window), &frame.locale),
        over: rule.over.name(),
        when: rule.when.text().split_whitespace().collect::<Vec<_>>().join(" "),
        filter: rule.filter.to_string(),
        thresholds: set(&rule.thresholds),
        overrides: rule.overrides.iter().map(override_view).collect(),
        silent: rule.silent.iter().map(silence).collect(),
        needs: if asked_nowhere { tried.not_judged.iter().map(need).collect() } else { Vec::new() },
        not_shown,
        places,
    }
}

/// A tried rule with everything it is seen through.
#[derive(Clone, Copy)]
struct Seen<'a> {
    plan: &'a Plan,
    rule: &'a Rule,
    tried: &'a Tried,
    /// After privacy.
    view: View<'a>,
}

/// The story of one period without a past.
fn alone(tried: &Tried) -> Story {
    Story {
        now: tried.judged.clone(),
        timeline: Vec::new(),
        resolved: Vec::new(),
        moves: Vec::new(),
        may_add: Vec::new(),
        quality: Quality::default(),
        rules_in_force: 1,
        rules_judged: 1,
    }
}

fn set(thresholds: &[crate::config::Threshold]) -> Vec<SetView> {
    let one = |own: &crate::config::Threshold| SetView {
        name: own.name.replace('_', "-"),
        value: own.amount.to_string(),
        set_in: own.origin.to_string(),
    };
    thresholds.iter().map(one).collect()
}

fn override_view(change: &crate::config::Override) -> OverrideView {
    OverrideView {
        filter: change.filter.to_string(),
        thresholds: set(&change.thresholds),
        severity: change.severity.map(crate::model::Severity::name),
        why: change.why.clone(),
        set_in: change.origin.to_string(),
    }
}

fn silence((filter, why): &(crate::config::Where, String)) -> String {
    let place = filter.place.as_ref().map(|place| format!(" ({}:{})", place.file.name, place.line()));
    format!("{filter}{}: {why}", place.unwrap_or_default())
}

/// `needs 8 agents`; a reason that is no need stands for itself.
fn need(one: &NotJudged) -> String {
    let said = words::phrase(&one.need, &Locale::default());
    if one.need.is_need() { format!("needs {said}") } else { said }
}

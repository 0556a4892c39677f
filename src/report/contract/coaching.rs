//! What coaching was spent on, what it did, and where more of it may help.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::view::View;
use super::{known, order};
use crate::model::{Conclusion, Effect, Fact, Headline, MayAdd, Minutes, Scope};

/// Minutes of the operation, by what they were spent on; all null where the minutes are not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Coaching")]
pub struct CoachingOut {
    /// All of them.
    pub minutes: Option<f64>,
    /// On gaps coaching can close.
    pub on_reachable: Option<f64>,
    /// On gaps it cannot close.
    pub on_out_of_reach: Option<f64>,
    /// On gaps of which that is not known.
    pub undetermined: Option<f64>,
    /// In sessions without a focus.
    pub no_focus: Option<f64>,
    /// In the equally long span before.
    pub minutes_before: Option<f64>,
    /// Periods in each span.
    pub periods: Option<u32>,
    /// By the plan's metrics, then scope.
    pub effects: Vec<EffectOut>,
    /// Where coaching may be added.
    pub may_add: Vec<MayAdd>,
}

/// What followed coaching, and whose doing it was: improvement above 0, whatever the metric's direction, and
/// `naive` is `luck`, `trend` and `effect` together.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Effect")]
pub struct EffectOut {
    /// The metric's id.
    pub metric: String,
    /// Where it is told.
    pub scope: Scope,
    /// The estimator that leads.
    pub headline: Headline,
    /// What coached agents moved by.
    pub naive: Option<f64>,
    /// How much of it was coming back from bad luck.
    pub luck: Option<f64>,
    /// How much of it everyone moved by.
    pub trend: Option<f64>,
    /// What is left, which is coaching's own.
    pub effect: Option<f64>,
    /// Lower end of its range.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Coverage of the range, 0 to 1.
    pub level: f64,
    /// The smallest effect these data could have shown.
    pub smallest_visible: Option<f64>,
    /// What may be said of it.
    pub conclusion: Conclusion,
    /// Coached agents; null where the count is not told.
    pub agents: Option<u32>,
    /// Agents they are compared with; null where the count is not told.
    pub controls: Option<u32>,
    /// The groups already moved apart before coaching.
    pub pre_trend: bool,
}

/// Of the operation and of every scope an effect was estimated in.
pub(super) fn of(view: View<'_>) -> CoachingOut {
    CoachingOut {
        effects: effects(view),
        may_add: view.story.may_add.clone(),
        ..view.minutes().map(minutes).unwrap_or_default()
    }
}

fn minutes(fact: &Minutes) -> CoachingOut {
    CoachingOut {
        minutes: known(fact.minutes),
        on_reachable: known(fact.on_reachable),
        on_out_of_reach: known(fact.on_out_of_reach),
        undetermined: known(fact.undetermined),
        no_focus: known(fact.no_focus),
        minutes_before: known(fact.minutes_before),
        periods: Some(fact.periods),
        ..CoachingOut::default()
    }
}

fn effects(view: View<'_>) -> Vec<EffectOut> {
    let facts = view.story.now.facts.iter();
    let mut effects: Vec<(&String, &Scope, &Effect)> = facts
        .filter_map(|(metric, scope, fact)| match (metric, fact) {
            (Some(metric), Fact::Effect(effect)) => Some((metric, scope, effect)),
            _ => None,
        })
        .collect();
    effects.sort_by_key(|(metric, scope, _)| (order(view.frame, metric), *metric, *scope));
    effects.into_iter().map(|(metric, scope, effect)| one(metric, scope, effect)).collect()
}

fn one(metric: &str, scope: &Scope, fact: &Effect) -> EffectOut {
    EffectOut {
        metric: metric.to_owned(),
        scope: scope.clone(),
        headline: fact.headline,
        naive: known(fact.naive),
        luck: known(fact.luck),
        trend: known(fact.trend),
        effect: known(fact.effect),
        low: known(fact.low),
        high: known(fact.high),
        level: fact.level,
        smallest_visible: known(fact.smallest_visible),
        conclusion: fact.conclusion,
        agents: told(fact.agents),
        controls: told(fact.controls),
        pre_trend: fact.pre_trend,
    }
}

/// Counts that are not told are null, not zero.
fn told(count: u32) -> Option<u32> {
    (count > 0).then_some(count)
}

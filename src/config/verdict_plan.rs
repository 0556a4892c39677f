//! What follows from signals: verdicts, how sure they are, patterns, causes and decisions.

use super::plan::Origin;
use crate::model::{Confidence, VerdictId};
use crate::sql::Expression;

/// Tried in order.
#[derive(Clone, Debug)]
pub struct VerdictRule {
    pub verdict: VerdictId,
    pub when: Expression,
    /// `rule.column`.
    pub probability: Option<(String, String)>,
    /// (form id, predicate); the first without or with a true predicate holds.
    pub forms: Vec<(String, Option<Expression>)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub struct Weight {
    pub verdict: VerdictId,
    pub when: Expression,
    pub log_odds: f64,
    pub origin: Origin,
}

/// Where its signals hold, a verdict is said with at most this confidence.
#[derive(Clone, Debug)]
pub struct Cap {
    /// None = every verdict.
    pub verdict: Option<VerdictId>,
    pub when: Expression,
    pub at_most: Confidence,
    /// Printed with the verdict.
    pub because: String,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub struct Pattern {
    pub id: String,
    pub label: String,
    pub needs: Expression,
    pub score: Expression,
    pub at_least: f64,
    pub margin: f64,
    pub origin: Origin,
}

/// `2 of 3 signs present`.
#[derive(Clone, Debug)]
pub struct CauseRule {
    pub id: String,
    pub label: String,
    /// Signals; each true one is a sign.
    pub signs: Vec<String>,
    pub at_least: u32,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub struct DecisionRule {
    pub id: String,
    pub verdict: VerdictId,
    pub form: Option<String>,
    /// A cause that must be listed; `none` = there must be none.
    pub cause: Option<String>,
    pub when: Option<Expression>,
    /// A sentence over the verdict's facts.
    pub what: String,
    pub owner: String,
    pub due_days: u32,
    pub risk: Option<String>,
    /// Whether the gap's points are at stake in it.
    pub stake: bool,
    /// Lowest confidence at which it is asked.
    pub confidence: Confidence,
    pub origin: Origin,
}

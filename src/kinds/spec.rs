//! What a kind is: a name, a documentation page, columns, parameters, and the code behind them.

use std::any::Any;

use crate::calendar::Period;
use crate::cube::Data;
use crate::model::{Column, Fact, Figure, Metric, Reason, Row, Scope};

/// How much of a judgement is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Verdicts only: no figures, no subgroups.
    Verdicts,
    Full,
}

/// One question: a rule's parameters asked of one metric in one scope at one period.
pub struct Case<'a> {
    pub data: &'a Data,
    pub desk: &'a crate::kinds::Desk<'a>,
    pub metric: Option<(usize, &'a Metric)>,
    pub scope: &'a Scope,
    /// The judged period; the metric's own window ends `matures_periods` earlier.
    pub period: Period,
    /// Length of the window in periods.
    pub window: i32,
    pub filter: &'a crate::kinds::Filter,
    pub depth: Depth,
}

/// A kind's answer to one case.
#[derive(Debug, Default)]
pub struct Answer {
    pub rows: Vec<Row>,
    pub facts: Vec<Fact>,
    pub figures: Vec<Figure>,
    /// Set where there is no row to judge: the reason and what would be needed.
    pub not_judged: Option<(Reason, String)>,
}

/// A kind with its parameters.
pub trait Diagnose: Any + Send + Sync {
    /// Evidence for one case. Pure: same case, same answer.
    fn answer(&self, case: &Case<'_>) -> Answer;
}

/// A mistake in a kind's parameters, placed inside the table that was handed over.
#[derive(Debug)]
pub struct ParamError {
    pub at: Option<std::ops::Range<usize>>,
    pub message: String,
}

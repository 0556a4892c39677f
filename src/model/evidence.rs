//! Rows of documented columns: one a (metric, scope[, item]).

use serde::Serialize;

use super::Phrase;
use crate::calendar::Period;

/// What a column's numbers mean; decides how they are checked, printed and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnUnit {
    /// A level of the metric, in its unit.
    Level,
    /// A difference between levels, in the metric's unit (points for shares).
    Difference,
    /// 0 to 1, printed in per cent.
    Share,
    /// 0 to 1; never printed on a leader's page with decimals.
    Probability,
    Count,
    /// A number of people. Where it is below the client's smallest group, what is about them is not shown: the
    /// columns that say so (`about`), else the whole row.
    People,
    Periods,
    Minutes,
    /// A bare number without a unit.
    Plain,
    Flag,
    Text,
}

/// One documented column of a kind's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Column {
    /// In snake case, as predicates spell it.
    pub name: &'static str,
    pub unit: ColumnUnit,
    /// Whether the kind may leave it empty.
    pub nullable: bool,
    /// One sentence: what it says.
    pub doc: &'static str,
    /// The count of people it speaks of, where that is not all of the row's.
    pub about: Option<&'static str>,
}

/// A column in one line, for a kind's table of columns.
pub const fn column(name: &'static str, unit: ColumnUnit, nullable: bool, doc: &'static str) -> Column {
    Column { name, unit, nullable, doc, about: None }
}

impl Column {
    /// The same column, which speaks only of the people counted in another.
    #[must_use]
    pub const fn about(self, people: &'static str) -> Self {
        Self { about: Some(people), ..self }
    }
}

/// One value of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Value {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    /// A sentence that has no language yet; it is said before it is written.
    #[schemars(skip)]
    Phrase(Phrase),
}

impl From<f64> for Value {
    /// Non-finite numbers are null: a number is right or not shown.
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Null }
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Null, Self::from)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl Value {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// One row of evidence; `values` in the order of the kind's columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// A contact type, team, focus or the like; never a person unless a dated allowance says so.
    pub item: Option<String>,
    /// Rows of the source behind it.
    pub n: u64,
    /// Agents behind it.
    pub agents: u32,
    /// First and last period of the window.
    pub window: (Period, Period),
    pub values: Vec<Value>,
    /// Beside the kind's p-value columns, in their order: the value after control of multiplicity over all
    /// metrics and scopes of the run. Empty until then.
    pub q: Vec<Value>,
}

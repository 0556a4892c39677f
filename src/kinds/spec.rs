//! What a kind is: a name, a documentation page, columns, parameters, and the code behind them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Calendar, Period};
use crate::cube::Data;
use crate::kinds::Desk;
use crate::model::{
    Column, EvidenceTable, Fact, Figure, Key, Metric, Phrase, Reason, Row, Scope, Verdict, phrase,
};

/// How much of a judgement is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Verdicts only: no figures, no subgroups.
    Verdicts,
    Full,
}

/// What a kind's rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Each metric the rule names.
    Metric,
    /// The whole of the data, once a scope.
    Data,
}

/// When a kind is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// From the data alone; verdicts may rest on it.
    Data,
    /// Once the verdicts are reached; it sees them and every fact.
    Verdicts,
}

/// A statement about a metric, or about the data as a whole, in one scope.
pub type Placed = (Option<String>, Scope, Fact);

/// One kind, as the registry lists it.
#[derive(Debug)]
pub struct Spec {
    pub name: &'static str,
    /// The page `gapwise explain` shows.
    pub doc: &'static str,
    pub subject: Subject,
    pub stage: Stage,
    pub columns: &'static [Column],
    pub parameters: &'static [Key],
    /// What an item of its rows is, for kinds that have items.
    pub items: Option<&'static str>,
    /// Columns that are p-values; each gets a `q_…` beside it over all metrics and scopes of a run.
    pub p_values: &'static [&'static str],
    /// Fact slots it fills; two rules may not fill one slot for one metric and scope.
    pub facts: &'static [&'static str],
    /// Builds the kind from the parameters a rule gives; the message says which is wrong.
    pub configure: fn(&Given) -> Configured,
}

/// A kind with its parameters, or the parameter that is wrong and why.
pub type Configured = Result<Arc<dyn Diagnose>, (&'static str, String)>;

/// Rows a rule's `where` leaves in, in terms of the data's dictionaries.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filter {
    /// Allowed contact types; none = all.
    pub contact_types: Option<Vec<u32>>,
    pub teams: Option<Vec<u32>>,
    /// (segment, allowed values).
    pub segments: Vec<(usize, Vec<u32>)>,
}

/// One question: a rule's parameters asked of one metric in one scope at one period.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub data: &'a Data,
    /// Shared, remembered intermediate results.
    pub desk: &'a Desk<'a>,
    /// Index in the plan's metrics, and the metric. `None` for kinds about the data.
    pub metric: Option<(usize, &'a Metric)>,
    pub metrics: &'a [Metric],
    pub scope: &'a Scope,
    /// The judged period; a metric's own window ends `matures_periods` earlier.
    pub period: Period,
    /// Length of the window in periods.
    pub window: i32,
    pub filter: &'a Filter,
    pub depth: Depth,
    pub calendar: &'a Calendar,
    /// What was reached so far; empty for kinds of [`Stage::Data`].
    pub verdicts: &'a [Verdict],
    /// Facts of the rules asked before; for kinds of [`Stage::Verdicts`] those of every metric and scope.
    pub facts: &'a [Placed],
    /// Evidence of the rules asked before.
    pub evidence: &'a [EvidenceTable],
}

impl Case<'_> {
    /// First and last period of the metric's window.
    pub fn span(&self) -> (Period, Period) {
        let end = self.period.0 - self.metric.map_or(0, |(_, metric)| metric.matures_periods);
        (Period(end - self.window + 1), Period(end))
    }
}

/// A kind's answer to one case.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub rows: Vec<Row>,
    pub facts: Vec<Fact>,
    pub figures: Vec<Figure>,
    /// Set where there is nothing to judge: the reason, and what would be needed.
    pub not_judged: Option<(Reason, Phrase)>,
}

impl Answer {
    pub fn none(reason: Reason, need: Phrase) -> Self {
        Self { not_judged: Some((reason, need)), ..Self::default() }
    }

    /// There is not a single row to judge a metric by.
    pub(crate) fn no_rows(label: &str) -> Self {
        Self::none(Reason::FewContacts, phrase!("need-rows-of", metric = label))
    }
}

/// A kind with its parameters.
pub trait Diagnose: Send + Sync {
    /// Evidence for one case. Pure: same case, same answer.
    fn answer(&self, case: &Case<'_>) -> Answer;

    /// Rules, their ids in snake case, whose evidence it reads.
    fn reads(&self) -> &[String] {
        &[]
    }

    /// What is said beside every finding of it.
    fn note(&self) -> Option<Phrase> {
        None
    }
}

/// The parameters of one rule, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Given(BTreeMap<&'static str, toml::Value>);

impl Given {
    /// What the rule says, over the kind's defaults.
    pub fn new(keys: &'static [Key], mut said: BTreeMap<String, toml::Value>) -> Self {
        let mut value = |key: &Key| said.remove(key.name).or_else(|| key.default_value());
        Self(keys.iter().filter_map(|key| Some((key.name, value(key)?))).collect())
    }

    /// Every parameter with a value, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &toml::Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// A number; 0 where it is neither said nor has a default.
    pub fn number(&self, name: &str) -> f64 {
        match self.0.get(name) {
            Some(toml::Value::Float(x)) => *x,
            #[expect(clippy::cast_precision_loss, reason = "parameters are small")]
            Some(toml::Value::Integer(n)) => *n as f64,
            _ => 0.0,
        }
    }

    pub fn integer(&self, name: &str) -> i32 {
        match self.0.get(name) {
            Some(toml::Value::Integer(n)) => i32::try_from(*n).unwrap_or(0),
            _ => 0,
        }
    }

    /// A table of whole numbers; empty where it is not said.
    pub fn table(&self, name: &str) -> BTreeMap<String, i64> {
        let entries = self.0.get(name).and_then(toml::Value::as_table).into_iter().flatten();
        entries.filter_map(|(key, value)| Some((key.clone(), value.as_integer()?))).collect()
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(toml::Value::as_str).unwrap_or("")
    }
}

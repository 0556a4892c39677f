//! The texts of rules: Tera strings in which every number arrives formatted.
//!
//! A column `sd` is there as words (`{{ sd }}` is `6.1 points`) and as a number (`{{ raw.sd }}`); so are
//! thresholds, `n`, `agents` and `window`. `metric.label`, `scope.name` and `item` name what is spoken about.
//! A missing value reads "not known" and is null under `raw`.

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Tera};

use super::check::TextError;
use super::{
    Locale, count, difference, format_value, list, not_known, say, shortened, span, spoken, trimmed_level,
    whole,
};
use crate::calendar::Calendar;
use crate::diag::way_out;
use crate::model::{Column, Metric, Row, Scope, Value};

/// A threshold in force: its name, its number and how it is said (`1.5 points`).
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub name: String,
    pub value: f64,
    pub said: String,
}

/// One row of evidence and what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    pub metric: Option<&'a Metric>,
    pub scope: &'a Scope,
    pub columns: &'a [Column],
    pub row: &'a Row,
    pub thresholds: &'a [Given],
    pub calendar: &'a Calendar,
}

/// What a sentence may speak of.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    words: BTreeMap<String, String>,
    raw: BTreeMap<String, Value>,
    metric: BTreeMap<&'static str, String>,
    scope: BTreeMap<&'static str, String>,
}

impl Facts {
    /// About a metric and a scope, with nothing measured yet.
    pub fn about(metric: Option<&Metric>, scope: &Scope, locale: &Locale) -> Self {
        Self { metric: metric_words(metric, locale), scope: scope_words(scope, locale), ..Self::default() }
    }

    /// Everything one row of evidence says.
    pub fn of(measured: &Measured<'_>, locale: &Locale) -> Self {
        let Measured { metric, scope, columns, row, thresholds, calendar } = *measured;
        let mut facts = Self::about(metric, scope, locale);
        for given in thresholds {
            facts.put(&given.name, given.said.clone(), Value::from(given.value));
        }
        facts.put_row(row, calendar, locale);
        for (column, value) in columns.iter().zip(&row.values) {
            let said = format_value(value, column.unit, metric, locale);
            facts.put(column.name, said, spoken(value, locale));
        }
        facts
    }

    /// Adds one thing that can be said, and its number.
    pub fn put(&mut self, name: &str, said: String, raw: Value) {
        self.words.insert(name.to_owned(), said);
        self.raw.insert(name.to_owned(), raw);
    }

    fn put_row(&mut self, row: &Row, calendar: &Calendar, locale: &Locale) {
        let window = span(calendar.start(row.window.0), calendar.end(row.window.1), locale);
        let (n, agents) = (whole(row.n), f64::from(row.agents));
        self.put("window", window.clone(), Value::Text(window));
        self.put("n", count(n, locale), Value::Number(n));
        self.put("agents", count(agents, locale), Value::Number(agents));
        let item = row.item.as_deref().map(shortened);
        self.put(
            "item",
            item.clone().unwrap_or_else(|| not_known(locale)),
            item.map_or(Value::Null, Value::Text),
        );
    }

    /// Names a text may use at the top, and below `raw`, `metric` and `scope`.
    pub(super) fn names(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut names: BTreeMap<&str, Vec<&str>> =
            self.words.keys().map(|name| (name.as_str(), vec![])).collect();
        names.insert("raw", self.raw.keys().map(String::as_str).collect());
        names.insert("metric", self.metric.keys().copied().collect());
        names.insert("scope", self.scope.keys().copied().collect());
        names
    }

    pub(super) fn context(&self) -> Context {
        let mut context = Context::new();
        for (name, words) in &self.words {
            context.insert(name.clone(), words);
        }
        context.insert("raw", &self.raw);
        context.insert("metric", &self.metric);
        context.insert("scope", &self.scope);
        context
    }
}

/// Renders one text. The error says where in `text`.
pub fn sentence(text: &str, facts: &Facts) -> Result<String, TextError> {
    let rendered = Tera::one_off(text, &facts.context(), false).map_err(|error| placed(&error, text))?;
    Ok(rendered.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A Tera error as ours: the place in bytes and the message in our style.
pub fn placed(error: &tera::Error, text: &str) -> TextError {
    let whole = 0..text.len();
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let at = if range.end <= text.len() { range } else { whole };
            TextError::new(at, report.message())
        }
        ErrorKind::Msg(message) => unregistered(message, text),
        _ => TextError::new(whole, &error.to_string()),
    }
}

/// A filter, test or function that is not there, for which Tera gives a report in lines instead of a place.
fn unregistered(message: &str, text: &str) -> TextError {
    let first = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let name = first.split('`').nth(1).filter(|name| !name.is_empty());
    let start = name.and_then(|name| text.find(name));
    let at = start.zip(name).map_or(0..text.len(), |(start, name)| start..start + name.len());
    TextError { help: name.map(|name| way_out(name, FILTERS)), ..TextError::new(at, first) }
}

/// The filters of Tera that make sense in a sentence.
const FILTERS: [&str; 16] = [
    "abs",
    "capitalize",
    "default",
    "first",
    "float",
    "int",
    "join",
    "last",
    "length",
    "lower",
    "pluralize",
    "replace",
    "round",
    "title",
    "trim",
    "upper",
];

fn metric_words(metric: Option<&Metric>, locale: &Locale) -> BTreeMap<&'static str, String> {
    let target = metric.and_then(|m| m.target.map(|target| trimmed_level(target, m, locale)));
    let known = |text: Option<String>| text.unwrap_or_else(|| not_known(locale));
    BTreeMap::from([
        ("id", known(metric.map(|m| m.id.clone()))),
        ("label", known(metric.map(|m| shortened(&m.label)))),
        ("target", known(target)),
        ("material", known(metric.map(|m| difference(m.material, m, locale)))),
    ])
}

fn scope_words(scope: &Scope, locale: &Locale) -> BTreeMap<&'static str, String> {
    let name = scope.name().map_or_else(|| say!(locale, "scope-operation"), shortened);
    let place = match scope {
        Scope::Operation => say!(locale, "scope-across"),
        Scope::Team(_) => say!(locale, "scope-in-team", name = name.as_str()),
        Scope::ContactType(_) => say!(locale, "scope-in-type", name = name.as_str()),
        Scope::Segment { dimension, .. } => {
            say!(locale, "scope-where", dimension = shortened(dimension), name = name.as_str())
        }
    };
    BTreeMap::from([("level", scope.level().to_owned()), ("name", name), ("place", place)])
}

impl Facts {
    /// What a decision's text may speak of: the metric, the scope, the contact types and amounts put with
    /// [`Facts::put`].
    pub fn put_types(&mut self, contact_types: &[String], locale: &Locale) {
        const NAMED: usize = 4;
        let mut names: Vec<String> = contact_types.iter().take(NAMED).map(|name| shortened(name)).collect();
        if contact_types.len() > NAMED {
            names.push(say!(locale, "more-types", n = contact_types.len() - NAMED));
        }
        let said = list(&names, locale);
        self.put("contact_types", said.clone(), Value::Text(said));
    }
}

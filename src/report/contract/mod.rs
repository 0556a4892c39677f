//! `findings.json`, which clients' own tools read (`gapwise/findings/1`). Keys may be added; none is renamed or
//! dropped without a new schema number. What is not known is null.
//!
//! Order of the arrays: `verdicts` and `effects` by the plan's metrics, then scope (the operation first);
//! `findings` by severity, the highest first, then id, closed ones after the others; `decisions` as they are
//! asked; `sources` as the documentation lists them; `checks` by id; `not_judged` by rule, metric, scope.

mod coaching;
mod finding;
mod quality;
mod verdict;

use anyhow::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use coaching::{CoachingOut, EffectOut};
pub use finding::{DecisionOut, FindingOut, NotJudgedOut};
pub use quality::{DataQualityOut, SourceOut};
pub use verdict::{GapOut, LedgerOut, SpreadOut, VerdictOut};

use super::frame::Frame;
use super::view::View;
use crate::calendar::Period;
use crate::model::{Check, Quality};

/// The schema's name.
pub const SCHEMA: &str = "gapwise/findings/1";

/// The JSON Schema of the document.
pub fn schema() -> Value {
    crate::model::schema::published_as::<Contract>("gapwise findings.json")
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Published,
    PublishedWithWarnings,
    Withheld,
}

/// What a run said about one period: keys may be added, none is renamed or dropped without a new schema number.
/// Numbers are in their metric's unit (a proportion's 0 to 1) unless said otherwise; what is not known is null.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Contract {
    /// Name and number of this schema.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: &'static str,
    /// The client's name.
    pub client: String,
    /// The judged period.
    pub period: PeriodOut,
    /// What became of the run; a withheld one has no verdicts and no findings.
    pub status: Status,
    /// The failure loop named for the whole operation; null where none is.
    pub pattern: Option<PatternOut>,
    /// By the plan's metrics, then scope, the operation first.
    pub verdicts: Vec<VerdictOut>,
    /// By severity, the highest first, then id; closed ones after the others.
    pub findings: Vec<FindingOut>,
    /// As they are asked.
    pub decisions: Vec<DecisionOut>,
    /// What coaching was spent on and what it did.
    pub coaching: CoachingOut,
    /// What was read, used and refused.
    pub data_quality: DataQualityOut,
    /// By rule, metric, scope.
    pub not_judged: Vec<NotJudgedOut>,
}

/// A period of the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Period")]
pub struct PeriodOut {
    /// `2026-W46`, `2026-11` or `2026-11-15`.
    pub label: String,
    /// First day.
    #[schemars(extend("format" = "date"))]
    pub start: String,
    /// Last day.
    #[schemars(extend("format" = "date"))]
    pub end: String,
}

/// A failure loop of the operation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Pattern")]
pub struct PatternOut {
    /// Its id in the packs.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// The next likely one; null where none scored.
    pub runner_up: Option<String>,
}

impl Contract {
    /// The file's bytes. Numbers that are not finite are null, and zero has no sign.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let mut document = serde_json::to_value(self)?;
        unsigned_zero(&mut document);
        let mut bytes = serde_json::to_vec_pretty(&document)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// The document of a judged period.
pub(super) fn of(view: View<'_>, status: Status) -> Contract {
    let (frame, story) = (view.frame, view.story);
    Contract {
        pattern: story.now.pattern.as_ref().map(|pattern| PatternOut {
            id: pattern.id.clone(),
            label: pattern.label.clone(),
            runner_up: pattern.runner_up.clone(),
        }),
        verdicts: verdict::of(view),
        findings: finding::of(view),
        decisions: finding::decisions(view),
        coaching: coaching::of(view),
        data_quality: quality::of(&story.quality, &view.checks(), view.locale()),
        not_judged: finding::not_judged(view),
        ..empty(frame, story.now.period, status)
    }
}

/// The document of a period without a report: only why.
pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Contract {
    let checks: Vec<&Check> = why.iter().collect();
    Contract {
        data_quality: quality::of(quality, &checks, &frame.locale),
        ..empty(frame, period, Status::Withheld)
    }
}

fn empty(frame: &Frame, period: Period, status: Status) -> Contract {
    let calendar = &frame.calendar;
    Contract {
        schema: SCHEMA,
        client: frame.client.clone(),
        period: PeriodOut {
            label: calendar.label(period),
            start: calendar.start(period).to_string(),
            end: calendar.end(period).to_string(),
        },
        status,
        pattern: None,
        verdicts: Vec::new(),
        findings: Vec::new(),
        decisions: Vec::new(),
        coaching: CoachingOut::default(),
        data_quality: DataQualityOut::default(),
        not_judged: Vec::new(),
    }
}

/// A metric's place in the plan.
fn order(frame: &Frame, metric: &str) -> usize {
    frame.metrics.iter().position(|m| m.id == metric).unwrap_or(usize::MAX)
}

/// An estimate, where there is one.
fn known(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn unsigned_zero(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.is_f64() => *value = Value::from(0.0),
        Value::Array(items) => items.iter_mut().for_each(unsigned_zero),
        Value::Object(entries) => entries.values_mut().for_each(unsigned_zero),
        _ => {}
    }
}

//! From a judgement to pages: what is said, to whom, in which words and files. Everything is made in memory;
//! privacy is applied before a template or a file sees anything.

mod audience;
mod bundle;
mod chart;
pub mod context;
pub mod contract;
mod escape;
mod frame;
pub mod index;
pub mod lines;
mod mail;
mod mistakes;
mod page;
mod pages;
pub mod past;
mod people;
mod render;
mod series;
mod tables;
pub mod trace;
pub mod tried;
mod view;

use std::collections::BTreeMap;

use anyhow::Result;

pub use bundle::Bundle;
pub use contract::Status;
pub use frame::{DecisionText, Frame, Named, RuleText, ThresholdText};
pub use people::{Codes, Open, People, Shown};
pub use render::{Theme, embedded, is_page, page as render_page, report as render_report};

use crate::calendar::Period;
use crate::config::{Plan, Report};
use crate::diag::Diagnostics;
use crate::model::{Check, Quality, Story};

/// What is said about a judged period.
pub fn assemble(plan: &Plan, story: &Story) -> Bundle {
    assemble_in(&Frame::of(plan), story)
}

/// The story as the client's readers may see it: what [`assemble`] speaks of, and nothing about groups too small.
pub fn shown(plan: &Plan, story: &Story) -> Story {
    audience::for_audience(story, &Frame::of(plan))
}

/// What is said where the data are not fit for a report: why, and what is needed. No metric's value.
pub fn withheld(plan: &Plan, period: Period, why: &[Check], quality: &Quality) -> Bundle {
    withheld_in(&Frame::of(plan), period, why, quality)
}

/// Mistakes in the client's own templates, tried on sample reports.
pub fn check(plan: &Plan) -> Diagnostics {
    check_in(Theme { locale: &plan.locale, templates: &plan.templates }, &plan.reports)
}

/// [`check`] for templates read without a plan.
pub fn check_in(theme: Theme<'_>, reports: &[Report]) -> Diagnostics {
    mistakes::of(theme, reports)
}

/// Every file of a publication by path: the reports asked for, `findings.json`, `findings.csv`,
/// `evidence/<rule>.csv`, `rejected.csv`, `manifest.json`.
pub fn render(plan: &Plan, bundle: &Bundle) -> Result<BTreeMap<String, Vec<u8>>> {
    render_in(&Frame::of(plan), bundle)
}

/// All that the template of one of the plan's reports sees: what privacy lets that page show, and no more.
pub fn context_of(plan: &Plan, report: &Report, bundle: &Bundle) -> context::Context {
    bundle.context_of(&Frame::of(plan), report)
}

/// [`assemble`] for a frame made by hand.
pub fn assemble_in(frame: &Frame, story: &Story) -> Bundle {
    Bundle::of(frame, story)
}

/// [`withheld`] for a frame made by hand.
pub fn withheld_in(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> Bundle {
    Bundle::withheld(frame, period, why, quality)
}

/// [`render`] for a frame made by hand.
pub fn render_in(frame: &Frame, bundle: &Bundle) -> Result<BTreeMap<String, Vec<u8>>> {
    bundle.files(frame)
}

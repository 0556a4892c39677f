//! From a judgement to pages: what is said, to whom, in which words and files. Everything is made in memory;
//! privacy is applied before a template or a file sees anything.

mod chart;
pub mod context;
mod escape;
mod frame;
mod page;
mod render;
mod view;

pub use frame::{DecisionText, Frame, Named, RuleText, ThresholdText};
pub use render::embedded;

/// Test entry.
pub fn draft(frame: &Frame, story: &crate::model::Story) -> context::Context {
    page::context(view::View { frame, story }, &[])
}
pub fn draft_page(name: &str, frame: &Frame, story: &crate::model::Story) -> anyhow::Result<Vec<u8>> {
    render::page(name, &draft(frame, story), &frame.templates)
}

//! One file a kind: Rust code that turns data into evidence. A kind knows nothing of thresholds,
//! predicates or pages; it answers with documented columns, typed facts and plain figures.

mod coaching_effect;
mod coaching_fit;
mod coaching_process;
mod concentration;
mod data_quality;
mod desk;
mod gap;
mod panel;
mod places;
mod reach;
mod spec;
mod sql;
mod variability;

pub(crate) use coaching_fit::minutes;
pub use desk::{Desk, Restart};
pub use spec::{Answer, Case, Configured, Depth, Diagnose, Filter, Given, Placed, Spec, Stage, Subject};

/// Every kind, in the order the documentation lists them.
pub static KINDS: &[&Spec] = &[
    &gap::SPEC,
    &variability::SPEC,
    &reach::SPEC,
    &concentration::SPEC,
    &coaching_effect::SPEC,
    &coaching_process::SPEC,
    &coaching_process::applied::SPEC,
    &coaching_fit::SPEC,
    &coaching_fit::targets::SPEC,
    &data_quality::SPEC,
    &sql::SPEC,
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Spec> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

//! One file a kind: Rust code that turns data into evidence. A kind knows nothing of thresholds,
//! predicates or pages; it answers with documented columns, typed facts and plain figures.

mod change_effect;
mod coaching_effect;
mod coaching_rounds;
mod concentration;
mod data_quality;
mod desk;
mod gap;
mod mix_shift;
mod panel;
mod reach;
mod series;
mod spec;
mod sql;
mod trend;
mod variability;

pub use desk::{Desk, Restart};
pub use spec::{Answer, Case, Configured, Depth, Diagnose, Filter, Given, Placed, Spec, Stage, Subject};

/// Every kind, in the order the documentation lists them.
pub static KINDS: &[&Spec] = &[
    &gap::SPEC,
    &variability::SPEC,
    &reach::SPEC,
    &concentration::SPEC,
    &coaching_effect::SPEC,
    &trend::SPEC,
    &mix_shift::SPEC,
    &change_effect::SPEC,
    &coaching_rounds::SPEC,
    &data_quality::SPEC,
    &sql::SPEC,
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Spec> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

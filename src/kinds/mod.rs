//! One file a kind: Rust code that turns data into evidence. A kind knows nothing of thresholds,
//! predicates or pages; it answers with documented columns, typed facts and plain figures.

mod by_type;
mod ceiling;
mod change_effect;
mod coaching_chain;
mod coaching_effect;
mod coaching_effect_by;
mod coaching_fit;
mod coaching_process;
mod coaching_rounds;
mod concentration;
mod contact_type_clusters;
mod data_quality;
mod desk;
mod evaluators;
mod gap;
mod group_differences;
mod homes;
mod mix_shift;
mod page;
mod panel;
mod places;
mod preconditions;
mod reach;
mod series;
mod spec;
mod spells;
mod sql;
mod stage_signals;
mod trend;
mod variability;
mod visibility;

pub(crate) use coaching_fit::minutes;
pub use desk::{Desk, Restart};
pub use page::{column_line, index_page, page, question};
pub use spec::{Answer, Case, Configured, Depth, Diagnose, Filter, Given, Placed, Spec, Stage, Subject};

/// Every kind, in the order the documentation lists them.
pub static KINDS: &[&Spec] = &[
    &gap::SPEC,
    &variability::SPEC,
    &group_differences::SPEC,
    &evaluators::SPEC,
    &ceiling::SPEC,
    &reach::SPEC,
    &concentration::SPEC,
    &contact_type_clusters::SPEC,
    &stage_signals::SPEC,
    &preconditions::SPEC,
    &coaching_effect::SPEC,
    &coaching_effect_by::SPEC,
    &coaching_chain::SPEC,
    &coaching_process::SPEC,
    &coaching_process::applied::SPEC,
    &coaching_fit::SPEC,
    &coaching_fit::targets::SPEC,
    &trend::SPEC,
    &mix_shift::SPEC,
    &change_effect::SPEC,
    &coaching_rounds::SPEC,
    &visibility::SPEC,
    &data_quality::SPEC,
    &sql::SPEC,
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Spec> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

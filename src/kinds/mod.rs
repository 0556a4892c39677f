//! One file a kind: Rust code that turns data into evidence. A kind knows nothing of thresholds,
//! predicates or pages; it answers with documented columns, typed facts and plain figures.

mod spec;

pub use spec::{Answer, Case, Depth, Diagnose, ParamError, Spec, find, kinds};

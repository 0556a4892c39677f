//! One file a kind: Rust code that turns data into evidence.

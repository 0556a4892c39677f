//! The command line of gapwise.
fn main() {}

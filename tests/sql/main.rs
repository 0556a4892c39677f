//! The expression language, from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

mod agreement;
mod dialects;
mod errors;
mod never_panics;

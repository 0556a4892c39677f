//! Synthetic centres: what was planted is there to be found.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]
#![expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]

mod data;
mod scenarios;
mod truth;
mod verdicts;
mod workspaces;

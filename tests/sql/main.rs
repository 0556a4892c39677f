//! The expression language, from outside.

mod agreement;
mod dialects;
mod errors;
mod never_panics;

//! The bench itself: centres with known truth, judged by the shipped rules, and what they say held against it.

pub(crate) mod anything;
pub(crate) mod centre;
pub(crate) mod charts;
pub(crate) mod coaching;
pub(crate) mod corrections;
pub(crate) mod counts;
pub(crate) mod coverage;
pub(crate) mod equal;
pub(crate) mod naive;
pub(crate) mod page;
pub(crate) mod power;
pub(crate) mod random;
pub(crate) mod said;
pub(crate) mod season;
pub(crate) mod size;
pub(crate) mod stability;
pub(crate) mod workspace;

//! gapwise tells contact-centre leaders whether a performance gap is behavioural (coach) or structural
//! (fix the process, authority, information or system), and whether the coaching they pay for works.
//!
//! Data flows one way: `source` reads the client's tables into a `cube`, `judge` turns it into evidence,
//! signals and verdicts, `report` into pages, `publish` puts them in place. A module uses only the ones
//! above it in this list (`tests/layers.rs` proves it).

pub mod calendar;
pub mod diag;
pub mod stats;
pub mod world;

pub mod model;
pub mod sql;

pub mod words;

pub mod cube;

pub mod kinds;

pub mod config;

pub mod judge;
pub mod source;

pub mod probe;
pub mod report;

pub mod publish;
pub mod simulate;

pub mod backtest;
pub mod job;
pub mod trial;

pub mod intake;

pub mod cli;

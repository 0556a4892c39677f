//! The whole job, from a folder of data to a folder of pages: what every run promises, whatever the data.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

mod backtest;
mod bad_data;
mod bench;
mod context;
mod exits;
mod harbour;
mod index;
mod laws;
mod named;
mod people;
mod real_data;
mod retention;
mod same_bytes;

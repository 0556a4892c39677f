//! Reading what clients have, from files to cubes.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "small numbers made for the test"
)]
#![expect(clippy::format_push_string, reason = "a table written line by line")]

mod bad_input;
mod parquet;
mod published_data;
mod same;
mod sql;
mod support;
mod tables;

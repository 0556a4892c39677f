//! Reading what clients have, from files to cubes.

mod bad_input;
mod parquet;
mod published_data;
mod same;
mod sql;
mod support;
mod tables;

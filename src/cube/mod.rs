//! The cube of exact sums and the data a judgement reads. Cells are integers, so they are equal for every
//! row order, thread count, file format and engine; only here do they become moments.

mod data;
mod table;

pub use data::Data;
pub use table::{Cube, NONE, Sums};

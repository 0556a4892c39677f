//! The cube of exact sums and the data a judgement reads. Cells are integers, so they are equal for every
//! row order, thread count, file format and engine; only here do they become moments.

mod data;
mod reduction;
mod reduction_polars;
mod reduction_sql;
mod sampling;
mod table;

pub use data::Data;
pub use reduction::{LARGEST, Measured, Merge, Named, Reduction, Status, Values, matches};
pub use sampling::{DRAWN, Sample, Sampling};
pub use table::{Cube, NONE, Sums};

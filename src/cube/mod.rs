//! The reduction as a plain value, the cube of exact sums it yields, and the data a judgement reads.

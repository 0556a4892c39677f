//! One-way and two-way analysis of variance on centred sums.

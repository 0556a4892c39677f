//! Effects of a treatment that starts at different times.

//! The expression language: parse, type-check, evaluate with a trace, emit per dialect, lower to polars.

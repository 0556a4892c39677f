//! From data to judgement: evidence, signals, verdicts, history. Pure: no I/O, no clock.

//! From TOML as written to a valid plan, or every mistake at once.

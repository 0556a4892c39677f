//! Places in files and the diagnostics that point at them: every configuration mistake is one, with a stable code.

//! Synthetic centres with planted truth, as ordinary workspaces.

//! Zones, periods and labels: which week a moment falls in, and which period is complete.

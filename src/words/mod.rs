//! Numbers and sentences in the client's locale and the metric's unit.

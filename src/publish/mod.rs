//! Lock, exchange, latest: a publication happens whole or not at all.

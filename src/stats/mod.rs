//! Moments and estimators. No word of contact centres lives here.

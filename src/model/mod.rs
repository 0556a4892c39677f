//! The words of the diagnosis as types: metric, scope, signal, verdict, evidence, fact, figure.

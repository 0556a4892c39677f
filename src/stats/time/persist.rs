//! For how long a level has been short of what it should be, and whether that is a state or a passing week.

use super::Point;
use super::noise::sigma_z;
use super::pooled;
use crate::stats::dist::normal_cdf;

/// Times in a row from which a shortfall is a state.
const PERSISTENT: usize = 4;
/// And from which it is a chronic one.
const CHRONIC: usize = 12;
/// Confidence asked of the last four taken together.
const SURE: f64 = 0.95;

/// How a shortfall stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// The last time is not short.
    None,
    /// Short for fewer than four times.
    New,
    /// Short for four times or more, but by so little that it may be luck.
    Unsure,
    Persistent,
    Chronic,
}

/// Times in a row, up to the last, that are short, and what that amounts to. The level of a point is its
/// shortfall: above 0 is short.
pub fn persistence(shortfalls: &[Point]) -> (usize, Persistence) {
    let run = shortfalls.iter().rev().take_while(|p| p.level > 0.0).count();
    let state = match run {
        0 => Persistence::None,
        n if n < PERSISTENT => Persistence::New,
        _ if !sure(shortfalls) => Persistence::Unsure,
        n if n < CHRONIC => Persistence::Persistent,
        _ => Persistence::Chronic,
    };
    (run, state)
}

fn sure(shortfalls: &[Point]) -> bool {
    let last = &shortfalls[shortfalls.len().saturating_sub(PERSISTENT)..];
    pooled(last).is_some_and(|(level, v)| normal_cdf(level / (v.sqrt() * sigma_z(shortfalls))) >= SURE)
}

//! Do things fall into groups, or are they one cloud? Agglomerative clustering (Ward's criterion; in one
//! dimension the optimal k-means) always finds groups, so a partition is believed only when it is compact
//! (silhouette), more compact than one normal cloud with the same covariance would be by chance, and found again
//! in the other half of the data.
//!
//! Sources: Ward 1963 with Lance–Williams updates on Euclidean distances (Murtagh and Legendre 2014, `Ward.D2`);
//! Wang and Song 2011 (k-means in one dimension); Rousseeuw 1987 (silhouette); Hubert and Arabie 1985 (adjusted
//! Rand index); Monte-Carlo test after Besag and Diggle 1977.

mod compare;
mod line;
mod nulls;
mod partition;

#[cfg(test)]
mod tests;

pub use compare::agreement;
pub use partition::{Partition, best, with};

/// Least mean silhouette of a partition that is believed: Kaufman and Rousseeuw call less than a half weak.
const COMPACT: f64 = 0.45;
/// Largest chance of so compact a partition in one cloud.
const BY_CHANCE: f64 = 0.05;
/// Clouds drawn for it.
const NULLS: usize = 99;
/// Least adjusted Rand index between the two halves of the data.
const FOUND_AGAIN: f64 = 0.60;
/// Things needed before groups are looked for.
pub const LEAST_THINGS: usize = 8;
/// More groups than this are never looked for.
const MOST_GROUPS: usize = 6;

/// Things (rows) by their features (columns), every row of one length, every number finite.
pub type Points = Vec<Vec<f64>>;

/// A partition and what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The most compact partition, believed or not; `None` below [`LEAST_THINGS`] or without a difference.
    pub partition: Option<Partition>,
    /// Chance of so compact a partition in one cloud; `None` where it was not needed to decide.
    pub chance: Option<f64>,
    /// Adjusted Rand index between the halves; `None` where it was not needed or there are no halves.
    pub agreement: Option<f64>,
    /// All tests passed.
    pub believed: bool,
}

impl Judged {
    fn not(partition: Option<Partition>) -> Self {
        Self { partition, chance: None, agreement: None, believed: false }
    }
}

/// Judges the most compact partition of `points`. `halves` are the same things measured on the two halves of the
/// data. Cost: O(things² · 100).
pub fn judge(points: &Points, halves: Option<(&Points, &Points)>, seed: u64) -> Judged {
    let Some(found) = best(points).filter(|_| points.len() >= LEAST_THINGS) else {
        return Judged::not(None);
    };
    if found.silhouette < COMPACT {
        return Judged::not(Some(found));
    }
    let chance = nulls::chance(points, found.silhouette, NULLS, seed);
    let agreement = halves.and_then(|(a, b)| {
        let (a, b) = (with(a, found.groups)?, with(b, found.groups)?);
        agreement(&a.labels, &b.labels)
    });
    let again = agreement.is_some_and(|index| index >= FOUND_AGAIN);
    Judged { believed: chance <= BY_CHANCE && again, partition: Some(found), chance: Some(chance), agreement }
}

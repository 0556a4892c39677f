//! How alike two partitions of the same things are.

use std::collections::BTreeMap;

use crate::stats::float;

/// Adjusted Rand index (Hubert and Arabie 1985): 1 = the same groups, 0 = what chance gives. `None` where it is
/// not defined: fewer than two things, or of other length.
pub fn agreement(a: &[usize], b: &[usize]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let pairs = |n: usize| float(n) * (float(n) - 1.0) / 2.0;
    let count = |keys: Vec<(usize, usize)>| {
        let mut sizes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for key in keys {
            *sizes.entry(key).or_insert(0) += 1;
        }
        sizes.into_values().map(pairs).sum::<f64>()
    };
    let both = count(a.iter().copied().zip(b.iter().copied()).collect());
    let (in_a, in_b) = (
        count(a.iter().map(|&label| (label, 0)).collect()),
        count(b.iter().map(|&label| (label, 0)).collect()),
    );
    let expected = in_a * in_b / pairs(a.len());
    let most = f64::midpoint(in_a, in_b);
    Some(if most > expected { (both - expected) / (most - expected) } else { 1.0 })
}

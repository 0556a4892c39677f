//! The ladder of variance: how much of what units' means in their strata differ by lies between groups of units
//! (teams), between units of a group, and in single unit x stratum cells, sampling taken out. Strata have fixed
//! levels; the rest is nested and random, so the covariance is block-diagonal by group and its inverse takes two
//! rank-one updates. Restricted maximum likelihood with known sampling variances (Patterson and Thompson 1971;
//! on balanced data it is the analysis of variance wherever no component would be negative).
//!
//! The share that is special to single strata is also measured without likelihood, in [`interaction`], cheaply
//! enough for every period of a history.

mod interaction;
mod likelihood;
mod simplex;

#[cfg(test)]
mod tests;

pub use interaction::{Interaction, interaction};

use crate::stats::dist::chi2_sf;
use crate::stats::moments::Moments;
use likelihood::Blocks;
use simplex::minimum;

/// A component below this share of the variance of the means counts as 0 while it is searched for.
const FLOOR: f64 = 1e-12;
/// A component below this share of them all may as well be 0; both are tried.
const SMALL: f64 = 0.05;

/// One unit's mean in one stratum with its sampling variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    pub group: u32,
    pub unit: u32,
    pub stratum: u32,
    pub mean: f64,
    pub v: f64,
}

/// Variances of the layers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ladder {
    /// Between groups; 0 where there is one group only.
    pub group: f64,
    /// Between units of a group.
    pub unit: f64,
    /// Between a unit's strata beyond the strata's own levels; 0 where no unit has two strata.
    pub cell: f64,
    pub groups: usize,
    pub units: usize,
    /// p-value of "groups are all equal" (likelihood ratio, half a chi-squared with one degree of freedom since
    /// the null lies on the boundary: Self and Liang 1987). `None` with one group.
    pub p_group: Option<f64>,
}

impl Ladder {
    /// Share of the variance between units that lies between groups.
    pub fn group_share(&self) -> Option<f64> {
        let all = self.group + self.unit;
        (all > 0.0 && self.p_group.is_some()).then(|| self.group / all)
    }
}

/// Estimates the layers; a layer the data cannot show is 0. `None` with fewer than two units, without anything
/// to compare or where all means are equal.
pub fn ladder(rungs: &[Rung]) -> Option<Ladder> {
    let blocks = Blocks::new(rungs)?;
    let scale = variance(rungs).filter(|scale| *scale > 0.0)?;
    let layers = [blocks.groups > 1, true, blocks.crossed];
    let fit = best(&blocks, scale, layers)?;
    let null = if layers[0] { best(&blocks, scale, [false, layers[1], layers[2]]) } else { None };
    let p_group = null.map(|null| {
        let ratio = 2.0 * (fit.log_likelihood - null.log_likelihood);
        if ratio > 0.0 { 0.5 * chi2_sf(ratio, 1.0) } else { 1.0 }
    });
    let [group, unit, cell] = fit.components;
    Some(Ladder { group, unit, cell, groups: blocks.groups, units: blocks.units, p_group })
}

/// Components and their restricted log-likelihood.
#[derive(Clone, Copy)]
struct Fit {
    components: [f64; 3],
    log_likelihood: f64,
}

/// The best fit, and that with any small component at 0: the maximum may lie on a boundary, which the search on
/// the logarithmic scale only approaches.
fn best(blocks: &Blocks, scale: f64, free: [bool; 3]) -> Option<Fit> {
    let whole = fit(blocks, scale, free)?;
    let small = SMALL * whole.components.iter().sum::<f64>().max(FLOOR * scale);
    let without = |k: usize| {
        let mut fewer = free;
        fewer[k] = false;
        fewer
    };
    let close = (0..3).filter(|&k| free[k] && whole.components[k] < small);
    let reduced = close.filter_map(|k| best(blocks, scale, without(k)));
    // Of equal fits the simpler one.
    Some(reduced.fold(
        whole,
        |best, next| {
            if next.log_likelihood >= best.log_likelihood - 1e-9 { next } else { best }
        },
    ))
}

fn fit(blocks: &Blocks, scale: f64, free: [bool; 3]) -> Option<Fit> {
    const START: [f64; 3] = [0.5, 0.25, 0.25];
    let places: Vec<usize> = (0..3).filter(|&k| free[k]).collect();
    let components = |at: &[f64]| {
        let mut all = [0.0; 3];
        for (&place, log) in places.iter().zip(at) {
            all[place] = (scale * (log.exp() - FLOOR)).max(0.0);
        }
        all
    };
    let loss = |at: &[f64]| -blocks.log_likelihood(components(at)).unwrap_or(f64::NEG_INFINITY);
    let start: Vec<f64> = places.iter().map(|&k| START[k].ln()).collect();
    let at = minimum(&loss, &start);
    let log_likelihood = blocks.log_likelihood(components(&at))?;
    Some(Fit { components: components(&at), log_likelihood })
}

fn variance(rungs: &[Rung]) -> Option<f64> {
    Moments::of(&rungs.iter().map(|rung| rung.mean).collect::<Vec<f64>>()).variance()
}

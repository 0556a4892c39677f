//! What a verdict is worth: the chance that these units and volumes would have shown each verdict, had it been
//! true. No random numbers: under a hypothesis on the spread, ΣQ is a scaled chi-squared, and the probability
//! of a verdict is monotone in it, so the chance is one tail beyond one root.
//!
//! Approximations: at a hypothetical spread each Q keeps its expected value times a common chi-squared factor;
//! for the behavioural hypothesis units are taken to differ alike in every stratum (a general ability), which
//! makes the strata dependent and the answer conservative; the gap varies by its own error; the test of equal
//! units, which hardly ever binds then, is left out. Against simulation (8 strata, 150 observations a unit and
//! time) it says .52 for .40 to .53 at 12 units, .65 for .69 to .82 at 20, .83 for .83 to .98 at 40, and too much,
//! .44 for .06 to .31, at 8.

use crate::stats::dist::{chi2_cdf, chi2_sf, f_cdf, f_sf};
use crate::stats::float;
use crate::stats::kappa::{Line, gap_points, normal_headroom, typical_shape};
use crate::stats::layers::Spread;
use crate::stats::reach::ReachOptions;

/// Gauss–Hermite points and weights for a standard normal, five each (Abramowitz and Stegun 25.10).
const NORMAL_POINTS: [(f64, f64); 5] = [
    (-2.856_970_013_872_806, 0.011_257_411_327_720_7),
    (-1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (0.0, 0.533_333_333_333_333_3),
    (1.355_626_179_974_266, 0.222_075_922_005_612_6),
    (2.856_970_013_872_806, 0.011_257_411_327_720_7),
];
const STEPS: usize = 60;
const ROOT_STOP: f64 = 1e-5;
/// Roots are sought for a chi-squared factor up to this many times its mean.
const LARGEST_FACTOR: f64 = 1e3;

/// Chance of finding each verdict, had it been true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    /// Units as different as it takes for the level to reach to close the gap exactly.
    pub behavioural: f64,
    /// Units all equal.
    pub structural: f64,
}

/// Power over the strata with a credible gap; `None` without one.
pub(crate) fn power(lines: &[Line], spreads: &[&Spread], options: &ReachOptions) -> Option<Power> {
    let share: f64 = lines.iter().map(|line| line.share).sum();
    if lines.is_empty() || share <= 0.0 {
        return None;
    }
    let gap: f64 = lines.iter().map(|line| line.share * line.gap).sum::<f64>() / share;
    let differ = Hypothesis::new(lines, spreads, (gap / normal_headroom(options.quantile)).powi(2), options);
    let equal = Hypothesis::new(lines, spreads, 0.0, options);
    Some(Power { behavioural: differ.behavioural(options), structural: equal.structural(options) })
}

struct Hypothesis<'a> {
    lines: Vec<Line<'a>>,
    spreads: &'a [&'a Spread],
    tau2: f64,
    dependence: f64,
    df: f64,
    df_within: f64,
}

impl<'a> Hypothesis<'a> {
    fn new(lines: &[Line<'a>], spreads: &'a [&'a Spread], tau2: f64, options: &ReachOptions) -> Self {
        let strata = float(spreads.len());
        let between: f64 = spreads.iter().map(|spread| float(spread.units()) - 1.0).sum();
        let real = |spread: &&Spread| tau2 / (tau2 + spread.sample.mean_variance());
        let correlation = spreads.iter().map(|spread| real(spread).powi(2)).sum::<f64>() / strata;
        let dependence = 1.0 + (strata - 1.0) * correlation;
        let expected = |(line, spread): (&Line<'a>, &&Spread)| expected_line(*line, spread, tau2, options);
        Self {
            lines: lines.iter().zip(spreads).map(expected).collect(),
            spreads,
            tau2,
            dependence,
            df: between / dependence,
            df_within: spreads.iter().map(|spread| spread.df_within).sum(),
        }
    }

    /// Expected ΣQ at `x` under the hypothesis.
    fn expected_q(&self, x: f64) -> f64 {
        let one = |spread: &&Spread| {
            let k = float(spread.units());
            let ratios = spread.sample.variances().iter().map(|v| (v + self.tau2) / (v + x));
            ratios.sum::<f64>() * (k - 1.0) / k
        };
        self.spreads.iter().map(one).sum()
    }

    fn behavioural(&self, options: &ReachOptions) -> f64 {
        let p = |ratio| f_cdf(ratio, self.df, self.df_within);
        self.over_gaps(options.behavioural_above, |ratios, factor| {
            mean(ratios, factor, p) - options.confidence
        })
        .map(|(weight, factor)| weight * chi2_sf(factor * self.df, self.df))
        .sum()
    }

    fn structural(&self, options: &ReachOptions) -> f64 {
        let p = |ratio| f_sf(ratio, self.df, self.df_within);
        self.over_gaps(options.structural_below, |ratios, factor| {
            options.confidence - mean(ratios, factor, p)
        })
        .map(|(weight, factor)| weight * chi2_cdf(factor * self.df, self.df))
        .sum()
    }

    /// For each gap these units might have shown: its weight, and the chi-squared factor at which `excess`,
    /// given the F ratios at which κ passes `threshold`, turns positive.
    fn over_gaps(
        &self,
        threshold: f64,
        excess: impl Fn(&[f64], f64) -> f64,
    ) -> impl Iterator<Item = (f64, f64)> {
        NORMAL_POINTS.iter().map(move |(outer, weight)| {
            let ratios: Vec<f64> = gap_points()
                .map(|inner| {
                    let gaps: Vec<f64> = self.lines.iter().map(|line| line.gap_at(outer + inner)).collect();
                    let x = tau2_at(&self.lines, &gaps, threshold);
                    self.expected_q(x) / (self.dependence * self.df)
                })
                .collect();
            (*weight, rising_root(|factor| excess(&ratios, factor)))
        })
    }
}

/// A stratum as it would be seen if its units differed with variance `tau2`: its gap is known less well, and a
/// spread that is mostly real shows the shape of as many normal units.
fn expected_line<'a>(line: Line<'a>, spread: &Spread, tau2: f64, options: &ReachOptions) -> Line<'a> {
    let (k, v) = (spread.units(), spread.sample.mean_variance());
    let shape = typical_shape(k, tau2 / (tau2 + v), options.quantile);
    Line { se: ((tau2 + v) / float(k)).sqrt(), shape, ..line }
}

fn mean(ratios: &[f64], factor: f64, p: impl Fn(f64) -> f64) -> f64 {
    ratios.iter().map(|ratio| p(factor * ratio)).sum::<f64>() / float(ratios.len())
}

/// The common between-unit variance at which κ equals `threshold`.
fn tau2_at(lines: &[Line], gaps: &[f64], threshold: f64) -> f64 {
    let gap: f64 = lines.iter().zip(gaps).map(|(line, gap)| line.share * gap).sum();
    let closed = |tau: f64| -> f64 {
        lines.iter().zip(gaps).map(|(line, gap)| line.share * gap.min(line.shape * tau)).sum()
    };
    let widest = lines.iter().zip(gaps).map(|(line, gap)| gap / line.shape).fold(0.0, f64::max);
    let (mut low, mut high) = (0.0, widest);
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        if closed(middle) < threshold * gap {
            low = middle;
        } else {
            high = middle;
        }
    }
    high * high
}

/// False position with halved ends (Illinois) on the logarithm, for a function that rises through 0.
fn rising_root(excess: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-LARGEST_FACTOR.ln(), LARGEST_FACTOR.ln());
    let (mut below, mut above) = (excess(low.exp()), excess(high.exp()));
    for _ in 0..STEPS {
        if below >= 0.0 || above <= 0.0 || high - low < ROOT_STOP {
            break;
        }
        let middle = (low * above - high * below) / (above - below);
        let value = excess(middle.exp());
        if value < 0.0 {
            (low, below, above) = (middle, value, above * 0.5);
        } else {
            (high, above, below) = (middle, value, below * 0.5);
        }
        if value.abs() < ROOT_STOP {
            return middle.exp();
        }
    }
    if below >= 0.0 { low.exp() } else { high.exp() }
}

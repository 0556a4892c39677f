//! The distributions the estimators need: normal, chi-squared, Student's t and Fisher's F, with upper tails
//! computed directly (never as one minus the lower tail) and quantiles solved on those tails. Also Wilson's
//! interval for a share. Arguments out of range give NaN, never a panic.

use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};
use std::f64::consts::{PI, SQRT_2};

/// Above this many denominator degrees of freedom F is its chi-squared limit.
const F_LIMIT: f64 = 1e6;
const MAX_STEPS: usize = 200;
const RELATIVE_STOP: f64 = 1e-14;

pub fn normal_pdf(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * PI).sqrt()
}

pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / SQRT_2)
}

/// Upper tail of the standard normal.
pub fn normal_sf(x: f64) -> f64 {
    0.5 * erfc(x / SQRT_2)
}

pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    -SQRT_2 * erfc_inv(2.0 * p)
}

pub fn chi2_cdf(x: f64, df: f64) -> f64 {
    if !valid_df(df) || x.is_nan() {
        return f64::NAN;
    }
    match x {
        _ if x <= 0.0 => 0.0,
        f64::INFINITY => 1.0,
        _ => checked_gamma_lr(0.5 * df, 0.5 * x).unwrap_or(f64::NAN),
    }
}

/// Upper tail of chi-squared.
pub fn chi2_sf(x: f64, df: f64) -> f64 {
    if !valid_df(df) || x.is_nan() {
        return f64::NAN;
    }
    match x {
        _ if x <= 0.0 => 1.0,
        f64::INFINITY => 0.0,
        _ => checked_gamma_ur(0.5 * df, 0.5 * x).unwrap_or(f64::NAN),
    }
}

pub fn chi2_quantile(p: f64, df: f64) -> f64 {
    if !valid_df(df) {
        return f64::NAN;
    }
    let log_norm = -0.5 * df * std::f64::consts::LN_2 - ln_gamma(0.5 * df);
    let density = |x: f64| (log_norm + (0.5 * df - 1.0) * x.ln() - 0.5 * x).exp();
    positive_quantile(p, wilson_hilferty(p, df), |x| chi2_cdf(x, df), |x| chi2_sf(x, df), density)
}

pub fn t_cdf(x: f64, df: f64) -> f64 {
    if !valid_df(df) || x.is_nan() {
        return f64::NAN;
    }
    if df > F_LIMIT {
        return normal_cdf(x);
    }
    let tail = 0.5 * beta_reg(0.5 * df, 0.5, df / (df + x * x));
    if x > 0.0 { 1.0 - tail } else { tail }
}

/// Upper tail of Student's t.
pub fn t_sf(x: f64, df: f64) -> f64 {
    t_cdf(-x, df)
}

pub fn t_quantile(p: f64, df: f64) -> f64 {
    if !valid_df(df) || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if df > F_LIMIT {
        return normal_quantile(p);
    }
    if p > 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    // The square of t is F with 1 and df degrees of freedom: P(T < -x) = P(F > x²) / 2.
    -f_quantile_upper(2.0 * p, 1.0, df).sqrt()
}

pub fn f_cdf(x: f64, df1: f64, df2: f64) -> f64 {
    if !valid_df(df1) || df2.is_nan() || df2 <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    match x {
        _ if x <= 0.0 => 0.0,
        f64::INFINITY => 1.0,
        _ if df2 > F_LIMIT => chi2_cdf(x * df1, df1),
        _ => beta_reg(0.5 * df1, 0.5 * df2, df1 * x / (df1 * x + df2)),
    }
}

/// Upper tail of Fisher's F.
pub fn f_sf(x: f64, df1: f64, df2: f64) -> f64 {
    if !valid_df(df1) || df2.is_nan() || df2 <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    match x {
        _ if x <= 0.0 => 1.0,
        f64::INFINITY => 0.0,
        _ if df2 > F_LIMIT => chi2_sf(x * df1, df1),
        _ => beta_reg(0.5 * df2, 0.5 * df1, df2 / (df1 * x + df2)),
    }
}

pub fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    f_quantile_tails(p, 1.0 - p, df1, df2)
}

/// The value exceeded with probability `upper`.
pub fn f_quantile_upper(upper: f64, df1: f64, df2: f64) -> f64 {
    f_quantile_tails(1.0 - upper, upper, df1, df2)
}

/// Wilson's score interval for `k` of `n` at `level` (two-sided). `(0, 1)` when `n` is 0.
pub fn wilson(k: f64, n: f64, level: f64) -> (f64, f64) {
    if n.is_nan() || n <= 0.0 || k.is_nan() {
        return (0.0, 1.0);
    }
    let z = normal_quantile(0.5 + 0.5 * level);
    let share = (k / n).clamp(0.0, 1.0);
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

fn valid_df(df: f64) -> bool {
    df > 0.0 && df.is_finite()
}

fn beta_reg(a: f64, b: f64, x: f64) -> f64 {
    checked_beta_reg(a, b, x.clamp(0.0, 1.0)).unwrap_or(f64::NAN)
}

fn f_quantile_tails(lower: f64, upper: f64, df1: f64, df2: f64) -> f64 {
    if !valid_df(df1) || df2.is_nan() || df2 <= 0.0 {
        return f64::NAN;
    }
    if df2 > F_LIMIT {
        return chi2_quantile(lower, df1) / df1;
    }
    let (a, b) = (0.5 * df1, 0.5 * df2);
    let log_norm = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * (df1 / df2).ln();
    let density = |x: f64| (log_norm + (a - 1.0) * x.ln() - (a + b) * (df1 * x / df2).ln_1p()).exp();
    solve_positive(
        (lower, upper),
        paulson(lower, df1, df2),
        |x| f_cdf(x, df1, df2),
        |x| f_sf(x, df1, df2),
        density,
    )
}

/// Wilson and Hilferty's cube-root approximation, the start of the chi-squared search.
fn wilson_hilferty(p: f64, df: f64) -> f64 {
    let spread = 2.0 / (9.0 * df);
    let root = 1.0 - spread + normal_quantile(p) * spread.sqrt();
    df * root.powi(3)
}

/// Paulson's cube-root approximation, the start of the F search.
fn paulson(p: f64, df1: f64, df2: f64) -> f64 {
    let (v1, v2, z) = (2.0 / (9.0 * df1), 2.0 / (9.0 * df2), normal_quantile(p));
    let (a, b) = ((1.0 - v2).powi(2) - z * z * v2, (1.0 - v1) * (1.0 - v2));
    let root = b * b - a * ((1.0 - v1).powi(2) - z * z * v1);
    if a <= 0.0 || root < 0.0 {
        return 1.0;
    }
    ((b + z.signum() * root.sqrt()) / a).powi(3)
}

fn positive_quantile(
    p: f64,
    start: f64,
    cdf: impl Fn(f64) -> f64,
    sf: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
) -> f64 {
    solve_positive((p, 1.0 - p), start, cdf, sf, density)
}

/// Newton's method inside a shrinking bracket, on whichever tail is smaller so that no digits are lost.
fn solve_positive(
    (lower, upper): (f64, f64),
    start: f64,
    cdf: impl Fn(f64) -> f64,
    sf: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
) -> f64 {
    if !(0.0..=1.0).contains(&lower) || !(0.0..=1.0).contains(&upper) {
        return f64::NAN;
    }
    if lower == 0.0 {
        return 0.0;
    }
    if upper == 0.0 {
        return f64::INFINITY;
    }
    // Positive when x lies above the quantile.
    let excess = |x: f64| if lower <= upper { cdf(x) - lower } else { upper - sf(x) };
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    let mut x = if start.is_finite() && start > 1e-8 { start } else { 1e-3 };
    for _ in 0..MAX_STEPS {
        let miss = excess(x);
        if miss == 0.0 || miss.is_nan() {
            break;
        }
        if miss > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - miss / density(x);
        let inside = newton.is_finite() && newton > low && newton < high;
        let next = match () {
            () if inside => newton,
            () if high.is_infinite() => x * 4.0,
            () if low == 0.0 => x * 0.25,
            () => 0.5 * (low + high),
        };
        let moved = (next - x).abs();
        x = next;
        if moved <= RELATIVE_STOP * x {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(got: f64, expected: f64) {
        let miss = (got - expected).abs() / expected.abs().max(1e-3);
        assert!(miss < 1e-9, "{got} is not {expected} (relative {miss:e})");
    }

    // Expected values: scipy 1.17.1 (`scipy.stats.chi2`, `t`, `f`, `norm`).
    #[test]
    fn chi_squared_agrees_with_scipy() {
        for (x, df, cdf, sf) in [
            (0.5, 1.0, 0.520_499_877_813_046_6, 0.479_500_122_186_953_37),
            (12.0, 7.0, 0.899_441_131_491_641_2, 0.100_558_868_508_358_78),
            (61.2, 39.0, 0.986_912_381_116_493_2, 0.013_087_618_883_506_88),
            (350.0, 399.0, 0.036_944_532_387_736_456, 0.963_055_467_612_263_5),
            (2100.0, 1999.0, 0.943_142_517_956_879, 0.056_857_482_043_121),
        ] {
            assert_close(chi2_cdf(x, df), cdf);
            assert_close(chi2_sf(x, df), sf);
        }
        for (p, df, x) in [
            (0.01, 1.0, 0.000_157_087_857_909_701_84),
            (0.975, 5.0, 12.832_501_994_030_027),
            (0.1, 39.0, 28.195_785_182_400_428),
            (0.9999, 199.0, 281.874_349_601_974),
            (0.025, 1999.0, 1_876.977_033_091_850_7),
        ] {
            assert_close(chi2_quantile(p, df), x);
        }
    }

    #[test]
    fn students_t_agrees_with_scipy() {
        assert_close(t_cdf(-2.5, 3.0), 0.043_853_323_504_032_78);
        assert_close(t_cdf(1.2, 14.0), 0.874_973_619_585_837_4);
        assert_close(t_cdf(0.01, 200.0), 0.503_984_372_423_359_5);
        assert_close(t_quantile(0.975, 1.0), 12.706_204_736_174_694);
        assert_close(t_quantile(0.8, 7.0), 0.896_029_644_313_765_3);
        assert_close(t_quantile(0.975, 27.0), 2.051_830_516_480_284_6);
        assert_close(t_quantile(0.001, 500.0), -3.106_611_624_321_629);
    }

    #[test]
    fn fishers_f_agrees_with_scipy() {
        for (x, df1, df2, cdf, sf) in [
            (1.18, 4.0, 20.0, 0.650_363_708_790_568_6, 0.349_636_291_209_431_4),
            (1.5, 39.0, 4000.0, 0.976_118_229_004_752_5, 0.023_881_770_995_247_49),
            (0.69, 7.0, 4046.0, 0.319_312_198_082_839_3, 0.680_687_801_917_160_7),
            (1.02, 1999.0, 198_000.0, 0.737_386_448_928_469_4, 0.262_613_551_071_530_67),
            (1.9, 39.0, 950_000.0, 0.999_410_544_064_051_6, 0.000_589_455_935_948_345_1),
            (0.85, 299.0, 60_000.0, 0.028_521_794_362_265_582, 0.971_478_205_637_734_5),
        ] {
            assert_close(f_cdf(x, df1, df2), cdf);
            assert_close(f_sf(x, df1, df2), sf);
        }
        for (p, df1, df2, x) in [
            (0.975, 5.0, 24.0, 3.154_816_342_533_112_4),
            (0.025, 5.0, 24.0, 0.159_285_378_462_895_6),
            (0.9999, 39.0, 4000.0, 2.079_148_055_228_076_8),
            (0.1, 1999.0, 198_000.0, 0.959_493_957_022_070_1),
            (0.5, 39.0, 950_000.0, 0.982_959_598_031_454_7),
            (0.0025, 9.0, 30.0, 0.147_952_442_089_928_1),
        ] {
            assert_close(f_quantile(p, df1, df2), x);
        }
    }

    #[test]
    fn the_normal_agrees_with_scipy() {
        assert_close(normal_cdf(-3.3), 0.000_483_424_142_383_777_44);
        assert_close(normal_cdf(0.7), 0.758_036_347_776_927);
        assert_close(normal_quantile(0.001), -3.090_232_306_167_813);
        assert_close(normal_quantile(0.25), -0.674_489_750_196_081_7);
        assert_close(normal_quantile(0.975), 1.959_963_984_540_054);
    }

    #[test]
    fn f_becomes_chi_squared_when_the_variance_is_as_good_as_known() {
        assert_close(f_sf(1.3, 20.0, 2e6), chi2_sf(26.0, 20.0));
        assert_close(f_quantile(0.4, 20.0, f64::INFINITY), chi2_quantile(0.4, 20.0) / 20.0);
    }

    #[test]
    fn wilson_agrees_with_scipy() {
        let (low, high) = wilson(7.0, 20.0, 0.95);
        assert_close(low, 0.181_191_824_101_082_1);
        assert_close(high, 0.567_145_723_314_763_7);
        assert_close(wilson(0.0, 15.0, 0.95).1, 0.203_883_301_053_848_6);
        assert_eq!(wilson(0.0, 0.0, 0.95), (0.0, 1.0));
    }

    #[test]
    fn arguments_out_of_range_are_not_a_number_instead_of_a_panic() {
        for value in [
            chi2_cdf(1.0, 0.0),
            chi2_quantile(0.5, f64::NAN),
            t_quantile(1.5, 3.0),
            f_sf(f64::NAN, 1.0, 1.0),
            f_quantile(0.5, -1.0, 3.0),
            f_quantile(f64::NAN, 2.0, 3.0),
            normal_quantile(2.0),
        ] {
            assert!(value.is_nan());
        }
        assert_eq!((f_quantile(0.0, 2.0, 3.0), f_quantile(1.0, 2.0, 3.0)), (0.0, f64::INFINITY));
    }
}

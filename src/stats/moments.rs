//! Count, mean and centred sum of squares of a set of values, and how two sets merge. Sums of squares are
//! never subtracted from each other in floating point: the centred form keeps its digits at any level.

/// Count, mean and sum of squared deviations from the mean (`ss`, never below 0).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    pub n: f64,
    pub mean: f64,
    pub ss: f64,
}

impl Moments {
    /// Moments of raw values, by Welford's update with a second pass that corrects the mean's rounding
    /// (Chan, Golub and `LeVeque` 1983). Values that are not finite are left out.
    pub fn of(values: &[f64]) -> Self {
        let mut first = Self::default();
        for &value in values.iter().filter(|value| value.is_finite()) {
            first.n += 1.0;
            first.mean += (value - first.mean) / first.n;
        }
        if first.n == 0.0 {
            return first;
        }
        let (mut drift, mut ss) = (0.0, 0.0);
        for &value in values.iter().filter(|value| value.is_finite()) {
            let deviation = value - first.mean;
            drift += deviation;
            ss += deviation * deviation;
        }
        Self { n: first.n, mean: first.mean + drift / first.n, ss: (ss - drift * drift / first.n).max(0.0) }
    }

    /// Moments from exact integer sums of `value * scale` and of its square: `ss = (n·s2 − s1²) / n`.
    ///
    /// The large terms cancel in integers, around the rounded mean, so that nothing is lost before the one
    /// division at the end. Inconsistent or overflowing sums fall back to floating point.
    pub fn from_sums(n: u64, s1: i128, s2: i128, scale: f64) -> Self {
        if n == 0 || scale == 0.0 {
            return Self::default();
        }
        let count = i128::from(n);
        let (pivot, rest) = nearest_division(s1, count);
        Self {
            n: wide(count),
            mean: (wide(pivot) + wide(rest) / wide(count)) / scale,
            ss: (centred(count, s1, s2, pivot, rest) / (scale * scale)).max(0.0),
        }
    }

    /// As [`Self::from_sums`] with the mean counted from `origin` (in scaled units), so that means of several sets
    /// near one level keep the digits in which they differ.
    pub fn from_sums_about(origin: i128, n: u64, s1: i128, s2: i128, scale: f64) -> Self {
        let count = i128::from(n);
        let shifted = count.checked_mul(origin).and_then(|level| {
            let around = s1.checked_sub(level)?;
            // Σ(x − o)² = s2 − o·(2·s1 − n·o) = s2 − o·(s1 + around).
            let squares = s2.checked_sub(origin.checked_mul(s1.checked_add(around)?)?)?;
            Some(Self::from_sums(n, around, squares, scale))
        });
        shifted.unwrap_or_else(|| {
            let plain = Self::from_sums(n, s1, s2, scale);
            Self { mean: plain.mean - wide(origin) / scale, ..plain }
        })
    }

    /// Moments of the union of two disjoint sets (Chan, Golub and `LeVeque` 1979).
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.n == 0.0 {
            return other;
        }
        if other.n == 0.0 {
            return self;
        }
        let n = self.n + other.n;
        let apart = other.mean - self.mean;
        Self {
            n,
            mean: self.mean + apart * other.n / n,
            ss: self.ss + other.ss + apart * apart * self.n * other.n / n,
        }
    }

    /// Unbiased variance; `None` below two values.
    pub fn variance(self) -> Option<f64> {
        (self.n > 1.0).then(|| self.ss / (self.n - 1.0))
    }
}

/// Quotient rounded to nearest, and what is left.
fn nearest_division(value: i128, by: i128) -> (i128, i128) {
    let (mut quotient, mut rest) = (value.div_euclid(by), value.rem_euclid(by));
    if rest > by / 2 {
        quotient += 1;
        rest -= by;
    }
    (quotient, rest)
}

/// `s2 − s1²/n`, written as `(n·(s2 − pivot·(s1 + rest)) − rest²) / n` in integers.
fn centred(n: i128, s1: i128, s2: i128, pivot: i128, rest: i128) -> f64 {
    let around_pivot = s1
        .checked_add(rest)
        .and_then(|sum| sum.checked_mul(pivot))
        .and_then(|product| s2.checked_sub(product));
    let Some(around_pivot) = around_pivot else {
        return wide(s2) - wide(s1) * (wide(s1) / wide(n));
    };
    let exact = n
        .checked_mul(around_pivot)
        .and_then(|total| rest.checked_mul(rest).and_then(|sq| total.checked_sub(sq)));
    match exact {
        Some(numerator) => wide(numerator) / wide(n),
        None => wide(around_pivot) - wide(rest) * (wide(rest) / wide(n)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "the one rounding, after the exact arithmetic")]
fn wide(value: i128) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, rel: f64) -> bool {
        (a - b).abs() <= rel * a.abs().max(b.abs()).max(1e-300)
    }

    #[test]
    fn merging_two_halves_equals_one_pass() {
        let values: Vec<f64> = (0..101).map(|i| 1e6 + f64::from(i * i % 37) * 0.25).collect();
        let whole = Moments::of(&values);
        let merged = Moments::of(&values[..40]).merge(Moments::of(&values[40..]));
        assert!(close(whole.mean, merged.mean, 1e-14) && close(whole.ss, merged.ss, 1e-9));
    }

    #[test]
    fn integer_sums_keep_every_digit_at_a_level_of_ten_to_the_twelfth() {
        let tenths: Vec<i128> = [4, 3, 5, 3, 5, 3, 5].iter().map(|d| 10_000_000_000_000 + d).collect();
        let (s1, s2) = tenths.iter().fold((0, 0), |(a, b), v| (a + v, b + v * v));
        let moments = Moments::from_sums(7, s1, s2, 10.0);
        assert!(close(moments.ss, 0.06, 1e-14), "{}", moments.ss);
        assert!(close(moments.mean, 1e12 + 0.4, 1e-15));
    }

    #[test]
    fn a_share_of_successes_has_the_binomial_sum_of_squares() {
        let moments = Moments::from_sums(1_000_000_007, 999_999_999, 999_999_999, 1.0);
        let expected = 999_999_999.0 * 8.0 / 1_000_000_007.0;
        assert!(close(moments.ss, expected, 1e-14));
    }

    #[test]
    fn overflowing_sums_fall_back_and_stay_finite() {
        let moments = Moments::from_sums(3, i128::MAX / 2, i128::MAX, 1.0);
        assert!(moments.mean.is_finite() && moments.ss.is_finite() && moments.ss >= 0.0);
    }

    #[test]
    fn nothing_and_not_a_number_are_harmless() {
        assert_eq!(Moments::of(&[]), Moments::default());
        assert_eq!(Moments::of(&[f64::NAN, 2.0]), Moments { n: 1.0, mean: 2.0, ss: 0.0 });
        assert_eq!(Moments::from_sums(0, 5, 5, 1.0), Moments::default());
        assert_eq!(Moments::of(&[3.0]).variance(), None);
        assert_eq!(Moments::default().merge(Moments::of(&[3.0])), Moments::of(&[3.0]));
    }
}

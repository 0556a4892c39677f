//! Shares and means of things that come in clusters, their differences, and slopes inside groups: what a log of
//! events says, with ranges that do not take a cluster's members for independent.

use super::dist::{normal_quantile, t_quantile, t_sf, wilson};
use super::{float, quantile_sorted};

/// An estimate with its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
}

/// Share `k1/n1` less `k2/n2` of independent samples (Newcombe 1998, method 10: from two Wilson intervals).
/// `None` where one is empty.
pub fn share_difference(k1: f64, n1: f64, k2: f64, n2: f64, level: f64) -> Option<Ranged> {
    if !(n1 > 0.0 && n2 > 0.0) {
        return None;
    }
    let (p1, p2) = (k1 / n1, k2 / n2);
    let ((l1, u1), (l2, u2)) = (wilson(k1, n1, level), wilson(k2, n2, level));
    let difference = p1 - p2;
    Some(Ranged {
        estimate: difference,
        low: difference - ((p1 - l1).powi(2) + (u2 - p2).powi(2)).sqrt(),
        high: difference + ((u1 - p1).powi(2) + (p2 - l2).powi(2)).sqrt(),
    })
}

/// An estimate with a standard error and t degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub estimate: f64,
    pub se: f64,
    pub df: f64,
}

impl Estimate {
    /// Two-sided interval.
    pub fn ranged(&self, level: f64) -> Ranged {
        let half = self.se * t_quantile(0.5 + 0.5 * level, self.df);
        Ranged { estimate: self.estimate, low: self.estimate - half, high: self.estimate + half }
    }

    /// One-sided p-value of "not above 0"; `None` where nothing varies.
    pub fn p_above(&self) -> Option<f64> {
        (self.se > 0.0).then(|| t_sf(self.estimate / self.se, self.df))
    }
}

/// Mean over (cluster, value) with the standard error of whole clusters (linearised ratio estimator, t with
/// clusters − 1 degrees of freedom). Equal clusters need not stand together. `None` under two clusters.
pub fn clustered_mean(values: &[(u64, f64)]) -> Option<Estimate> {
    let n = float(values.len());
    let mean = values.iter().map(|(_, x)| x).sum::<f64>() / n;
    let sums = cluster_sums(values.iter().map(|&(cluster, x)| (cluster, x - mean)));
    let clusters = float(sums.len());
    if clusters < 2.0 {
        return None;
    }
    let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
    let se = (squares * clusters / (clusters - 1.0)).sqrt() / n;
    Some(Estimate { estimate: mean, se, df: clusters - 1.0 })
}

fn cluster_sums(values: impl Iterator<Item = (u64, f64)>) -> Vec<f64> {
    let mut sums = std::collections::BTreeMap::<u64, f64>::new();
    for (cluster, x) in values {
        *sums.entry(cluster).or_insert(0.0) += x;
    }
    sums.into_values().collect()
}

/// One observation for a slope inside groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Has its own level.
    pub group: u64,
    /// Shares shocks with its like.
    pub cluster: u64,
    pub x: f64,
    pub y: f64,
    pub weight: f64,
}

/// A slope inside groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    pub slope: Estimate,
    /// Weighted means over all.
    pub x: f64,
    pub y: f64,
}

/// Weighted least squares of y on x with a level for each group, standard error by clusters (CR1: the sandwich
/// times `C/(C−1)·(N−1)/(N−K)`; Liang & Zeger 1986, Cameron & Miller 2015), t with C − 1 degrees of freedom.
/// `None` where x does not vary inside groups, or with fewer than 5 clusters.
pub fn slope_within(points: &[Point]) -> Option<Slope> {
    let total: f64 = points.iter().map(|p| p.weight).sum();
    let centres = group_means(points);
    let of = |p: &Point| centres.get(&p.group).copied().unwrap_or_default();
    let squares: f64 = points.iter().map(|p| p.weight * (p.x - of(p).0).powi(2)).sum();
    if total <= 0.0 || squares <= 1e-12 * total {
        return None;
    }
    let slope = points.iter().map(|p| p.weight * (p.x - of(p).0) * (p.y - of(p).1)).sum::<f64>() / squares;
    let score = |p: &Point| {
        let (x, y) = of(p);
        (p.cluster, p.weight * (p.x - x) * (p.y - y - slope * (p.x - x)))
    };
    let scores = cluster_sums(points.iter().map(score));
    let (clusters, n, k) = (float(scores.len()), float(points.len()), float(centres.len()) + 1.0);
    if clusters < 5.0 || n <= k {
        return None;
    }
    let meat: f64 = scores.iter().map(|sum| sum * sum).sum();
    let se = (meat * clusters / (clusters - 1.0) * (n - 1.0) / (n - k)).sqrt() / squares;
    let mean = |of: fn(&Point) -> f64| points.iter().map(|p| p.weight * of(p)).sum::<f64>() / total;
    Some(Slope {
        slope: Estimate { estimate: slope, se, df: clusters - 1.0 },
        x: mean(|p| p.x),
        y: mean(|p| p.y),
    })
}

/// Weighted means of x and y by group.
pub fn group_means(points: &[Point]) -> std::collections::BTreeMap<u64, (f64, f64)> {
    let mut sums = std::collections::BTreeMap::<u64, [f64; 3]>::new();
    for p in points {
        let sum = sums.entry(p.group).or_default();
        *sum = [sum[0] + p.weight, sum[1] + p.weight * p.x, sum[2] + p.weight * p.y];
    }
    let mean = |[w, x, y]: [f64; 3]| if w > 0.0 { (x / w, y / w) } else { (0.0, 0.0) };
    sums.into_iter().map(|(group, sum)| (group, mean(sum))).collect()
}

/// The median with the distribution-free interval of order statistics (normal approximation to the binomial
/// ranks; Conover 1999). `None` when empty.
pub fn median(values: &[f64], level: f64) -> Option<Ranged> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let estimate = quantile_sorted(&sorted, 0.5)?;
    let n = float(sorted.len());
    let half = normal_quantile(0.5 + 0.5 * level) * 0.5 * n.sqrt();
    let last = sorted.len() - 1;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the ranks")]
    let at = |rank: f64| (rank.clamp(1.0, n) as usize - 1).min(last);
    let (low, high) = (at((0.5 * n - half).floor()), at((0.5 * n + half + 1.0).ceil()));
    Some(Ranged { estimate, low: sorted[low], high: sorted[high] })
}

/// A statistic of clusters with its leave-one-cluster-out range (t with clusters − 1 degrees of freedom).
/// `None` under five clusters, or where the statistic is not defined on all.
pub fn jackknife<T>(clusters: &[T], statistic: impl Fn(&[&T]) -> Option<f64>) -> Option<Estimate> {
    let all: Vec<&T> = clusters.iter().collect();
    let estimate = statistic(&all)?;
    let without = |left_out: usize| {
        let rest: Vec<&T> =
            all.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, x)| *x).collect();
        statistic(&rest)
    };
    let each: Vec<f64> = (0..all.len()).filter_map(without).collect();
    let n = float(each.len());
    if n < 5.0 {
        return None;
    }
    let mean = each.iter().sum::<f64>() / n;
    let squares: f64 = each.iter().map(|x| (x - mean).powi(2)).sum();
    Some(Estimate { estimate, se: (squares * (n - 1.0) / n).sqrt(), df: n - 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::testing::Pcg;

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 5e-5, "{found} is not {wanted}");
    }

    #[test]
    fn the_difference_of_shares_is_newcombes_published_example() {
        // Newcombe 1998, table II: 56/70 against 48/80, method 10: 0.0524 to 0.3339.
        let found = share_difference(56.0, 70.0, 48.0, 80.0, 0.95).unwrap();
        close(found.estimate, 0.2);
        close(found.low, 0.0524);
        close(found.high, 0.3339);
        assert_eq!(share_difference(0.0, 0.0, 1.0, 2.0, 0.95), None);
    }

    #[test]
    fn the_mean_of_clusters_of_one_is_the_ordinary_mean() {
        let values = [(1, 2.0), (2, 4.0), (3, 9.0), (4, 1.0)];
        let found = clustered_mean(&values).unwrap();
        close(found.estimate, 4.0);
        // sd 3.5590 over the square root of 4
        close(found.se, 1.779_513);
        assert_eq!(clustered_mean(&[(1, 2.0), (1, 3.0)]), None);
        assert_eq!(clustered_mean(&[]), None);
    }

    #[test]
    fn the_slope_is_taken_inside_groups() {
        // Between the groups y falls with x, inside it rises by 2.
        let mut points = Vec::new();
        for week in 0..6u64 {
            for (group, level) in [(0u64, 10.0), (1, 0.0)] {
                let x = f64::from(u32::try_from(week).unwrap()) + if group == 1 { 20.0 } else { 0.0 };
                let y = level + 2.0 * x - if group == 1 { 40.0 } else { 0.0 };
                points.push(Point { group, cluster: week, x, y, weight: 1.0 });
            }
        }
        let found = slope_within(&points).unwrap();
        close(found.slope.estimate, 2.0);
        assert!(found.slope.se < 1e-9);
        assert_eq!(slope_within(&points[..2]), None);
    }

    #[test]
    fn a_slope_of_nothing_is_found_about_as_often_as_it_should() {
        // 6 teams, 13 weeks, one planned session each of 5; 15 % cancelled whatever the load. A week has a shock.
        let mut random = Pcg::new(3);
        let (mut found, runs) = (0, 600);
        for _ in 0..runs {
            let mut points = Vec::new();
            for week in 0..13u64 {
                let shock = 0.10 * random.uniform();
                for group in 0..6u64 {
                    let x = 3.0 + 0.2 * random.normal();
                    for _ in 0..5 {
                        let y = f64::from(random.uniform() < 0.1 + shock);
                        points.push(Point { group, cluster: week, x, y, weight: 1.0 });
                    }
                }
            }
            let slope = slope_within(&points).unwrap().slope;
            found += i32::from(slope.p_above().unwrap() < 0.05);
        }
        let rate = f64::from(found) / f64::from(runs);
        assert!((0.025..0.085).contains(&rate), "{rate}");
    }

    #[test]
    fn the_median_has_a_range_from_its_order_statistics() {
        let values: Vec<f64> = (1..=25).map(f64::from).collect();
        let found = median(&values, 0.95).unwrap();
        assert_eq!((found.estimate, found.low, found.high), (13.0, 7.0, 19.0));
        assert_eq!(median(&[], 0.95), None);
        assert_eq!(median(&[4.0], 0.95).unwrap(), Ranged { estimate: 4.0, low: 4.0, high: 4.0 });
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let values = [2.0, 4.0, 9.0, 1.0, 4.0];
        let mean = |all: &[&f64]| Some(all.iter().copied().sum::<f64>() / float(all.len()));
        let found = jackknife(&values, mean).unwrap();
        close(found.estimate, 4.0);
        // sd 3.0822 over the square root of 5
        close(found.se, 1.378_405);
        assert_eq!(jackknife(&values[..4], mean), None);
    }
}

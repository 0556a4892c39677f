//! Analysis of variance on centred sums: one way by groups of any size, and two ways with one value a cell.
//! The plain methods the random-effects estimates must agree with on balanced data.

use crate::stats::dist::f_sf;
use crate::stats::float;
use crate::stats::moments::Moments;
use crate::stats::sample::Sample;

/// One-way analysis of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneWay {
    pub ss_between: f64,
    pub ss_within: f64,
    pub df_between: f64,
    pub df_within: f64,
    pub f: f64,
    pub p: f64,
}

/// Mean squares of a two-way layout with one value a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoWay {
    pub ms_rows: f64,
    pub ms_columns: f64,
    pub ms_residual: f64,
}

/// One-way analysis of groups given by their moments. `None` below two groups or without spare observations.
pub fn one_way(groups: &[Moments]) -> Option<OneWay> {
    let groups: Vec<&Moments> = groups.iter().filter(|group| group.n > 0.0).collect();
    let n: f64 = groups.iter().map(|group| group.n).sum();
    let df_between = float(groups.len().checked_sub(1)?);
    let df_within = n - float(groups.len());
    if df_between < 1.0 || df_within < 1.0 {
        return None;
    }
    let first = groups[0].mean;
    let shift = groups.iter().map(|group| group.n * (group.mean - first)).sum::<f64>() / n;
    let apart = |group: &&Moments| group.n * (group.mean - first - shift) * (group.mean - first - shift);
    let ss_between = groups.iter().map(apart).sum::<f64>();
    let ss_within = groups.iter().map(|group| group.ss).sum::<f64>();
    let f = (ss_between / df_between) / (ss_within / df_within);
    Some(OneWay { ss_between, ss_within, df_between, df_within, f, p: f_sf(f, df_between, df_within) })
}

/// Two-way additive analysis of `rows`, each with one value per column. `None` when ragged or too small.
pub fn two_way(rows: &[Vec<f64>]) -> Option<TwoWay> {
    let columns = rows.first()?.len();
    if rows.len() < 2 || columns < 2 || rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let (a, b) = (float(rows.len()), float(columns));
    let row_means: Vec<f64> = rows.iter().map(|row| Moments::of(row).mean).collect();
    let column_mean = |j: usize| Moments::of(&rows.iter().map(|row| row[j]).collect::<Vec<f64>>()).mean;
    let column_means: Vec<f64> = (0..columns).map(column_mean).collect();
    let grand = Moments::of(&row_means).mean;
    let mut residual = 0.0;
    for (row, row_mean) in rows.iter().zip(&row_means) {
        for (value, column_mean) in row.iter().zip(&column_means) {
            residual += (value - row_mean - column_mean + grand).powi(2);
        }
    }
    Some(TwoWay {
        ms_rows: b * Moments::of(&row_means).ss / (a - 1.0),
        ms_columns: a * Moments::of(&column_means).ss / (b - 1.0),
        ms_residual: residual / ((a - 1.0) * (b - 1.0)),
    })
}

/// Moment estimate of the variance between units (`DerSimonian` and Laird 1986), for comparison only.
pub fn dersimonian_laird(sample: &Sample) -> f64 {
    let weights: Vec<f64> = sample.variances().iter().map(|v| 1.0 / v).collect();
    let total: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    let spare = sample.q(0.0) - (float(sample.len()) - 1.0);
    (spare / (total - squares / total)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_cannot_be_compared_give_nothing() {
        assert_eq!(one_way(&[]), None);
        assert_eq!(one_way(&[Moments::of(&[1.0, 2.0])]), None);
        assert_eq!(one_way(&[Moments::of(&[1.0]), Moments::of(&[2.0])]), None);
        assert_eq!(two_way(&[vec![1.0, 2.0], vec![1.0]]), None);
    }

    #[test]
    fn on_balanced_data_the_random_effects_estimate_is_the_analysis_of_variance() {
        let groups = [[3.0, 5.0, 4.0], [9.0, 8.0, 10.0], [6.0, 6.0, 3.0]];
        let moments: Vec<Moments> = groups.iter().map(|group| Moments::of(group)).collect();
        let table = one_way(&moments).unwrap();
        let within = table.ss_within / table.df_within;
        let expected = (table.ss_between / table.df_between - within) / 3.0;
        let sample = Sample::new(moments.iter().map(|group| (group.mean, within / 3.0)));
        assert!((sample.paule_mandel() - expected).abs() < 1e-10);
        assert!((dersimonian_laird(&sample) - expected).abs() < 1e-10);
    }
}

//! k-means on a line, solved exactly by dynamic programming (Wang and Song 2011): the groups of sorted values are
//! intervals, so the best split into k follows from the best splits into k − 1.

use crate::stats::float;

/// The group of each value, in their order, with the least sum of squares inside groups. At least `groups` values.
pub(super) fn groups(values: &[f64], groups: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let sorted: Vec<f64> = order.iter().map(|&index| values[index]).collect();
    let starts = starts(&sorted, groups);
    let mut labels = vec![0; values.len()];
    for (rank, &index) in order.iter().enumerate() {
        labels[index] = starts.iter().filter(|&&start| start <= rank).count() - 1;
    }
    labels
}

/// Where each group of the sorted values starts.
fn starts(sorted: &[f64], groups: usize) -> Vec<usize> {
    let n = sorted.len();
    let sums = Sums::of(sorted);
    // cost[k][end]: the least cost of the first `end` values in k + 1 groups; from[k][end]: its last group's start.
    let mut cost = vec![vec![f64::INFINITY; n + 1]; groups];
    let mut from = vec![vec![0; n + 1]; groups];
    for (end, cost) in cost[0].iter_mut().enumerate().skip(1) {
        *cost = sums.around_mean(0, end);
    }
    for k in 1..groups {
        for end in k + 1..=n {
            for start in k..end {
                let total = cost[k - 1][start] + sums.around_mean(start, end);
                if total < cost[k][end] {
                    (cost[k][end], from[k][end]) = (total, start);
                }
            }
        }
    }
    let mut starts = vec![0; groups];
    let mut end = n;
    for k in (1..groups).rev() {
        starts[k] = from[k][end];
        end = starts[k];
    }
    starts
}

/// Running sums of values counted from their middle, which keeps their digits.
struct Sums {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Sums {
    fn of(sorted: &[f64]) -> Self {
        let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let (mut first, mut second) = (vec![0.0], vec![0.0]);
        for (index, value) in sorted.iter().enumerate() {
            let x = value - middle;
            first.push(first[index] + x);
            second.push(second[index] + x * x);
        }
        Self { first, second }
    }

    /// Sum of squares of the values `start..end` around their mean.
    fn around_mean(&self, start: usize, end: usize) -> f64 {
        let sum = self.first[end] - self.first[start];
        (self.second[end] - self.second[start] - sum * sum / float(end - start)).max(0.0)
    }
}

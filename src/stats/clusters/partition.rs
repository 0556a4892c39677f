//! The most compact partition of points, and the partition into a given number of groups.

use kodama::{Method, linkage};

use super::{MOST_GROUPS, Points, line};
use crate::stats::float;

/// Which group each thing belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// Groups are numbered by their first thing.
    pub labels: Vec<usize>,
    pub groups: usize,
    /// Mean silhouette, −1 to 1.
    pub silhouette: f64,
}

/// The partition with the highest mean silhouette among those into 2 to 6 groups (at most half as many as things)
/// without a group of one. `None` where there is none, or all points are one.
pub fn best(points: &Points) -> Option<Partition> {
    let tree = Tree::of(points)?;
    let most = MOST_GROUPS.min(points.len() / 2);
    let all = (2..=most).filter_map(|groups| tree.cut(groups)).filter(|one| least_size(one) >= 2);
    all.fold(None, |best: Option<Partition>, one| match best {
        Some(best) if best.silhouette >= one.silhouette => Some(best),
        _ => Some(one),
    })
}

/// The partition into so many groups.
pub fn with(points: &Points, groups: usize) -> Option<Partition> {
    Tree::of(points)?.cut(groups)
}

fn least_size(partition: &Partition) -> usize {
    sizes(&partition.labels, partition.groups).into_iter().min().unwrap_or(0)
}

fn sizes(labels: &[usize], groups: usize) -> Vec<usize> {
    let mut sizes = vec![0; groups];
    for &label in labels {
        sizes[label] += 1;
    }
    sizes
}

/// What is needed to cut points into any number of groups.
struct Tree<'a> {
    points: &'a Points,
    /// Distances between pairs, condensed: (0, 1), (0, 2), …, (1, 2), ….
    distances: Vec<f64>,
    /// The pair merged at each step, nearest first; empty in one dimension.
    merges: Vec<(usize, usize)>,
}

impl<'a> Tree<'a> {
    fn of(points: &'a Points) -> Option<Self> {
        let distances = distances(points);
        if distances.iter().all(|one| *one <= 0.0) {
            return None;
        }
        let merges = if points[0].len() == 1 { Vec::new() } else { merges(&distances, points.len()) };
        Some(Self { points, distances, merges })
    }

    fn cut(&self, groups: usize) -> Option<Partition> {
        let things = self.points.len();
        if groups < 2 || groups > things {
            return None;
        }
        let raw = if self.points[0].len() == 1 {
            line::groups(&self.points.iter().map(|point| point[0]).collect::<Vec<_>>(), groups)
        } else {
            self.merged(things - groups)
        };
        let (labels, groups) = numbered(&raw);
        let silhouette = silhouette(&self.distances, &labels, groups);
        Some(Partition { labels, groups, silhouette })
    }

    /// The cluster of each thing after so many merges.
    fn merged(&self, steps: usize) -> Vec<usize> {
        let things = self.points.len();
        let mut cluster: Vec<usize> = (0..things).collect();
        for (step, (a, b)) in self.merges.iter().take(steps).enumerate() {
            for one in cluster.iter_mut().filter(|one| *one == a || *one == b) {
                *one = things + step;
            }
        }
        cluster
    }
}

/// Euclidean distances between all pairs.
fn distances(points: &Points) -> Vec<f64> {
    let mut all = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (i, a) in points.iter().enumerate() {
        for b in &points[i + 1..] {
            all.push(a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt());
        }
    }
    all
}

fn merges(distances: &[f64], things: usize) -> Vec<(usize, usize)> {
    let mut consumed = distances.to_vec();
    let tree = linkage(&mut consumed, things, Method::Ward);
    tree.steps().iter().map(|step| (step.cluster1, step.cluster2)).collect()
}

/// Labels in the order of each group's first thing, and how many there are.
fn numbered(raw: &[usize]) -> (Vec<usize>, usize) {
    let mut seen: Vec<usize> = Vec::new();
    let mut label = |one: &usize| {
        seen.iter().position(|known| known == one).unwrap_or_else(|| {
            seen.push(*one);
            seen.len() - 1
        })
    };
    let labels = raw.iter().map(&mut label).collect();
    (labels, seen.len())
}

/// Mean over things of (b − a) / max(a, b): a the mean distance to its own group, b to the nearest other one. A
/// thing alone in its group counts 0 (Rousseeuw 1987).
fn silhouette(distances: &[f64], labels: &[usize], groups: usize) -> f64 {
    let things = labels.len();
    let mut sums = vec![0.0; things * groups];
    let mut pairs = distances.iter();
    for i in 0..things {
        for j in i + 1..things {
            let distance = pairs.next().copied().unwrap_or(0.0);
            sums[i * groups + labels[j]] += distance;
            sums[j * groups + labels[i]] += distance;
        }
    }
    let sizes = sizes(labels, groups);
    let width = |i: usize| {
        let own = labels[i];
        if sizes[own] < 2 {
            return 0.0;
        }
        let inside = sums[i * groups + own] / float(sizes[own] - 1);
        let others = (0..groups).filter(|g| *g != own && sizes[*g] > 0);
        let outside = others.map(|g| sums[i * groups + g] / float(sizes[g])).fold(f64::INFINITY, f64::min);
        let larger = inside.max(outside);
        if larger > 0.0 { (outside - inside) / larger } else { 0.0 }
    };
    (0..things).map(width).sum::<f64>() / float(things)
}

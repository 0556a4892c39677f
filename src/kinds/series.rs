//! A metric by period, as the estimators over time read it, and the changes on record that touch a case.

use super::panel::Window;
use super::{Case, desk};
use crate::calendar::Period;
use crate::model::{Change, Metric, Scope};
use crate::stats::panel::Cell;
use crate::stats::time::{Point, usable};

/// A window's periods, oldest first.
pub(crate) struct Weekly {
    /// The metric's level; the variance is that of single rows over the whole window, scaled by the row count.
    pub(crate) levels: Vec<Point>,
    /// Distance to the target, above 0 is short of it; empty without a target.
    pub(crate) shortfalls: Vec<Point>,
    /// The target at the mix of the last period, where there is one.
    pub(crate) target: Option<f64>,
}

/// One period's sums.
#[derive(Clone, Copy, Default)]
struct Sum {
    n: f64,
    weight: f64,
    total: f64,
    /// Weight and weighted target of the rows that have one.
    aimed: (f64, f64),
    /// Weighted distance of those rows to it.
    short: f64,
}

/// The periods of a window that have at least so many rows.
pub(crate) fn weekly(case: &Case<'_>, metric: &Metric, window: &Window, least: f64) -> Weekly {
    let mut sums = vec![Sum::default(); window.panel.times];
    let targets: Vec<Option<f64>> = window
        .strata
        .iter()
        .map(|stratum| metric.target_of(desk::type_name(case.data, stratum.contact_type)))
        .collect();
    for cell in &window.panel.cells {
        sums[cell.time as usize].add(cell, targets[cell.stratum as usize], metric.better.sign());
    }
    let row = row_variance(&window.panel.cells, &sums);
    let point = |(time, sum): (usize, &Sum), level: f64| Point {
        at: window.from.0 + i32::try_from(time).unwrap_or(0),
        level,
        variance: row * sum.n / (sum.weight * sum.weight),
    };
    let kept = || sums.iter().enumerate().filter(|(_, sum)| sum.n >= least && sum.weight > 0.0);
    let aimed = || kept().filter(|(_, sum)| sum.aimed.0 > 0.0);
    Weekly {
        levels: usable(kept().map(|at| point(at, at.1.total / at.1.weight))),
        shortfalls: usable(aimed().map(|at| point(at, at.1.short / at.1.aimed.0))),
        target: aimed().next_back().map(|(_, sum)| sum.aimed.1 / sum.aimed.0),
    }
}

impl Sum {
    fn add(&mut self, cell: &Cell, target: Option<f64>, sign: f64) {
        self.n += cell.n;
        self.weight += cell.weight;
        self.total += cell.weight * cell.mean;
        if let Some(target) = target {
            self.aimed = (self.aimed.0 + cell.weight, self.aimed.1 + cell.weight * target);
            self.short += cell.weight * sign * (target - cell.mean);
        }
    }
}

/// Variance of one row around its period's level, pooled over periods: what p′ and X̄S′ charts use.
fn row_variance(cells: &[Cell], sums: &[Sum]) -> f64 {
    let mut square = 0.0;
    for cell in cells {
        let sum = &sums[cell.time as usize];
        let apart = cell.weight * (cell.mean - sum.total / sum.weight);
        square += cell.ss + apart * apart / cell.n;
    }
    let spare: f64 = sums.iter().map(|sum| (sum.n - 1.0).max(0.0)).sum();
    if spare > 0.0 { square / spare } else { 0.0 }
}

/// Changes that were made and touch a metric in the case's scope, in the order of their days.
pub(crate) fn changes<'a>(case: &Case<'a>, metric: &'a Metric) -> impl Iterator<Item = &'a Change> {
    let scope = case.scope;
    case.data.changes.iter().filter(move |change| {
        let all_or = |names: &[String], name: &String| names.is_empty() || names.contains(name);
        let here = match scope {
            Scope::Team(name) => all_or(&change.teams, name),
            Scope::ContactType(name) => all_or(&change.contact_types, name),
            Scope::Operation | Scope::Segment { .. } => true,
        };
        change.was_made() && here && all_or(&change.metrics, &metric.id)
    })
}

/// The change nearest to a period, within so many periods of it.
pub(crate) fn nearest<'a>(
    case: &Case<'a>,
    metric: &'a Metric,
    to: Period,
    within: i32,
) -> Option<&'a Change> {
    let distance = |change: &Change| (change.period.0 - to.0).abs();
    changes(case, metric).filter(|change| distance(change) <= within).min_by_key(|change| distance(change))
}

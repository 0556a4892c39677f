//! Contact types as points: how far each is off in every metric, and how much agents differ in it.

use std::rc::Rc;

use crate::kinds::Case;
use crate::kinds::by_type::{TypeLevel, by_type, of_half};
use crate::kinds::desk::{Study, type_name};
use crate::model::{ComparedBy, Metric};
use crate::stats::clusters::Points;
use crate::stats::dist::chi2_sf;
use crate::stats::sample::Sample;

/// A metric speaks where at least this share of the types has it.
const COVERED: f64 = 0.8;
/// Of the largest types no more than these are compared, so that the time taken stays small.
const MOST_TYPES: usize = 60;

/// Contact types and their coordinates.
pub(super) struct Features {
    /// The judged metric in each type, in the order of the points.
    pub(super) types: Vec<TypeLevel>,
    /// What the columns are.
    pub(super) names: Vec<ComparedBy>,
    pub(super) points: Points,
    /// The same types measured in the even and in the odd periods alone.
    pub(super) halves: (Points, Points),
}

/// A column: one value a type with its variance, `None` where it could not be measured.
type Column = Vec<Option<(f64, f64)>>;

/// `None` where the judged metric has no rows.
pub(super) fn features(case: &Case<'_>, study: &Study) -> Option<Features> {
    let (own, metric) = case.metric?;
    let types = largest(by_type(study));
    let mut names = Vec::new();
    let mut columns: Vec<[Column; 3]> = Vec::new();
    for (index, other) in case.metrics.iter().enumerate() {
        let Some(study) = case.desk.study(&Case { metric: Some((index, other)), ..*case }) else { continue };
        let three = three(&study, other);
        let off = three.each_ref().map(|levels| column(&types, levels, |level| off(case, other, level)));
        if covered(&off[0]) {
            names.push(ComparedBy::Level(other.label.clone()));
            columns.push(off);
        }
        if index == own {
            let differ = three.each_ref().map(|levels| spreads(&types, levels));
            if covered(&differ[0]) {
                names.push(ComparedBy::Spread(metric.label.clone()));
                columns.push(differ);
            }
        }
    }
    let (mut kept, mut scaled): (Vec<ComparedBy>, Vec<[Vec<f64>; 3]>) = (Vec::new(), Vec::new());
    for (name, three) in names.into_iter().zip(&columns) {
        if let Some(whole) = scaled_column(&three[0]).filter(|_| types_differ(&three[0])) {
            let half = |at: usize| scaled_column(&three[at]).unwrap_or_else(|| vec![0.0; types.len()]);
            scaled.push([whole, half(1), half(2)]);
            kept.push(name);
        }
    }
    let points = |which: usize| -> Points {
        (0..types.len()).map(|at| scaled.iter().map(|three| three[which][at]).collect()).collect()
    };
    Some(Features { points: points(0), halves: (points(1), points(2)), names: kept, types })
}

fn largest(mut types: Vec<TypeLevel>) -> Vec<TypeLevel> {
    types.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.contact_type.cmp(&b.contact_type)));
    types.truncate(MOST_TYPES);
    types.sort_by_key(|one| one.contact_type);
    types
}

/// All periods, the even ones, the odd ones.
fn three(study: &Rc<Study>, metric: &Metric) -> [Vec<TypeLevel>; 3] {
    [by_type(study), of_half(study, metric, 0), of_half(study, metric, 1)]
}

fn column(
    types: &[TypeLevel],
    levels: &[TypeLevel],
    read: impl Fn(&TypeLevel) -> Option<(f64, f64)>,
) -> Column {
    let of = |one: &TypeLevel| levels.iter().find(|level| level.contact_type == one.contact_type);
    types.iter().map(|one| of(one).and_then(&read)).collect()
}

/// How far short of its target, in the metric's unit; of nothing where it has none, which differs from that by
/// the same amount for every type.
fn off(case: &Case<'_>, metric: &Metric, level: &TypeLevel) -> Option<(f64, f64)> {
    let target = metric.target_of(type_name(case.data, level.contact_type)).unwrap_or(0.0);
    (level.v > 0.0).then_some((metric.better.sign() * (target - level.mean), level.v))
}

/// The variance between agents, with the sampling variance of that: 2 (τ² + luck)² / (K − 1), τ² that of all types
/// together, since a type's own estimate of 0 would claim to be sure. Not its logarithm, which would make a cliff of
/// the luck around 0.
fn spreads(types: &[TypeLevel], levels: &[TypeLevel]) -> Column {
    let known = || levels.iter().filter_map(|level| Some((level.weight, level.tau?.powi(2))));
    let weight: f64 = known().map(|(weight, _)| weight).sum();
    let common = known().map(|(weight, tau2)| weight * tau2).sum::<f64>() / weight.max(f64::MIN_POSITIVE);
    column(types, levels, |level| {
        let df = f64::from(level.agents) - 1.0;
        (df > 0.0).then_some((level.tau?.powi(2), 2.0 * (common + level.luck?).powi(2) / df))
    })
}

fn covered(column: &Column) -> bool {
    let known = column.iter().flatten().count();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen contact types")]
    let share = known as f64 / column.len().max(1) as f64;
    known >= 2 && share >= COVERED
}

/// Whether the types differ in it by more than luck. Without this test a coordinate of nothing but luck would stay
/// in two runs of five, and split what belongs together.
fn types_differ(column: &Column) -> bool {
    const BY_CHANCE: f64 = 0.05;
    let sample = Sample::new(column.iter().flatten().copied());
    #[expect(clippy::cast_precision_loss, reason = "a few dozen contact types")]
    let df = sample.len().saturating_sub(1) as f64;
    df >= 1.0 && chi2_sf(sample.q(0.0), df) <= BY_CHANCE
}

/// Values pulled toward their mean by how much of their differences is luck, in standard deviations of their true
/// differences; unknown ones stand at the mean. A coordinate that is mostly luck so weighs little, where scaling
/// what is left of it would have blown it up again. `None` where nothing is left.
fn scaled_column(column: &Column) -> Option<Vec<f64>> {
    let sample = Sample::new(column.iter().flatten().copied());
    let tau2 = sample.paule_mandel();
    if sample.len() < 2 || tau2 <= 0.0 {
        return None;
    }
    let (centre, _) = sample.pooled_mean(tau2);
    let pulled =
        |one: &Option<(f64, f64)>| one.map_or(0.0, |(value, v)| tau2.sqrt() / (tau2 + v) * (value - centre));
    Some(column.iter().map(pulled).collect())
}

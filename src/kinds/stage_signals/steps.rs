//! Did it step on the date of a change?

use chrono::NaiveDate;

use super::place::Place;
use crate::kinds::by_type::TypeLevel;
use crate::kinds::desk::type_name;
use crate::model::Change;
use crate::stats::dist::t_quantile;
use crate::stats::float;

/// Periods compared on either side of a change, and how many of them must be there.
const EITHER_SIDE: i32 = 8;
const LEAST_BEFORE: usize = 4;
const LEAST_AFTER: usize = 3;

/// A step to the worse.
#[derive(Clone, Copy, Debug)]
pub(in crate::kinds) struct Step {
    pub(super) on: NaiveDate,
    /// How much worse it is after than before.
    pub(super) worse: f64,
    /// Lower end of its 95 % range over all changes looked at.
    pub(super) low: f64,
}

/// The clearest step of a type on the date of a row of the changes source; `None` without one that can be judged.
pub(super) fn step(place: &Place<'_>, level: &TypeLevel) -> Option<Step> {
    let name = type_name(place.case.data, level.contact_type);
    let touching = |change: &&Change| {
        let of = |some: &[String], own: &str| some.is_empty() || some.iter().any(|one| one == own);
        of(&change.contact_types, name) && of(&change.metrics, &place.metric.id)
    };
    let series = Series::of(place, level)?;
    let changes = place.case.data.changes.iter().filter(touching);
    let found: Vec<(Sides, NaiveDate)> =
        changes.filter_map(|change| Some((series.around(place, change)?, change.date))).collect();
    let looked_at = float(found.len());
    let steps = found.iter().map(|(sides, on)| {
        let t = t_quantile(1.0 - 0.025 / looked_at, sides.df);
        Step { on: *on, worse: sides.step, low: sides.step - t * sides.se }
    });
    steps.fold(None, |best: Option<Step>, one| match best {
        Some(best) if best.low >= one.low => Some(best),
        _ => Some(one),
    })
}

struct Sides {
    step: f64,
    se: f64,
    df: f64,
}

/// The type's level by period, and that of each other type, over all the data read.
struct Series {
    from: i32,
    own: Vec<(f64, f64)>,
    /// (contact type, its sums).
    others: Vec<(u32, Vec<(f64, f64)>)>,
}

impl Series {
    fn of(place: &Place<'_>, level: &TypeLevel) -> Option<Self> {
        let history = place.case.desk.history(&place.case, &[])?;
        let (from, levels) = (history.0, &history.1);
        let last = usize::try_from(place.study.window.to.0 - from.0 + 1).ok()?.min(levels.times);
        let mut series = Self { from: from.0, own: Vec::new(), others: Vec::new() };
        for (at, stratum) in levels.strata.iter().enumerate() {
            let sums = levels.sums[at * levels.times..at * levels.times + last].to_vec();
            if stratum.contact_type == level.contact_type {
                series.own = sums;
            } else {
                series.others.push((stratum.contact_type, sums));
            }
        }
        (!series.own.is_empty()).then_some(series)
    }

    /// Before against after, the change's own period left out. Where the change names contact types, each period's
    /// level is taken against that of the types it does not name, so that what befell all of them cancels.
    fn around(&self, place: &Place<'_>, change: &Change) -> Option<Sides> {
        let untouched: Vec<&Vec<(f64, f64)>> = self
            .others
            .iter()
            .filter(|(name, _)| {
                !change.contact_types.is_empty()
                    && !change.contact_types.iter().any(|one| one == type_name(place.case.data, *name))
            })
            .map(|(_, sums)| sums)
            .collect();
        let at = |period: i32| -> Option<f64> {
            let t = usize::try_from(period - self.from).ok()?;
            let (weight, sum) = *self.own.get(t)?;
            let rest = untouched.iter().fold((0.0, 0.0), |all, one| (all.0 + one[t].0, all.1 + one[t].1));
            let reference = if rest.0 > 0.0 { rest.1 / rest.0 } else { 0.0 };
            let comparable = untouched.is_empty() || rest.0 > 0.0;
            (weight > 0.0 && comparable).then(|| place.adverse(sum / weight, reference))
        };
        let when = change.period.0;
        let before: Vec<f64> = (when - EITHER_SIDE..when).filter_map(at).collect();
        let after: Vec<f64> = (when + 1..=when + EITHER_SIDE).filter_map(at).collect();
        sides(&before, &after)
    }
}

/// Two-sample comparison with one variance; periods are the replicates.
fn sides(before: &[f64], after: &[f64]) -> Option<Sides> {
    if before.len() < LEAST_BEFORE || after.len() < LEAST_AFTER {
        return None;
    }
    let (a, b) = (crate::stats::moments::Moments::of(before), crate::stats::moments::Moments::of(after));
    let df = a.n + b.n - 2.0;
    let se = ((a.ss + b.ss) / df * (1.0 / a.n + 1.0 / b.n)).sqrt();
    Some(Sides { step: b.mean - a.mean, se, df })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_the_two_sample_comparison_with_one_variance() {
        // Student's t for 1, 2, 3, 4 against 3, 4, 5: difference 1.5, pooled variance 7 / 5.
        let found = sides(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0]).unwrap();
        assert!((found.step - 1.5).abs() < 1e-12 && (found.df - 5.0).abs() < 1e-12);
        assert!((found.se - (1.4_f64 * (0.25 + 1.0 / 3.0)).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn too_few_periods_on_a_side_are_no_comparison() {
        assert!(sides(&[1.0, 2.0, 3.0], &[3.0, 4.0, 5.0]).is_none());
        assert!(sides(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0]).is_none());
    }
}

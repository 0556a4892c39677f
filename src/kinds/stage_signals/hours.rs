//! Does it happen at the same hours, week after week?

use super::place::Place;
use crate::cube::NONE;
use crate::kinds::by_type::TypeLevel;
use crate::stats::dist::t_quantile;
use crate::stats::float;

/// Periods that must have both the hour and others.
const LEAST_PERIODS: usize = 6;
/// Rows an hour needs over the window.
const LEAST_ROWS: f64 = 30.0;

/// Hours at which a type is worse than at its others.
#[derive(Clone, Debug)]
pub(in crate::kinds) struct Hours {
    /// The hours whose whole range lies on the bad side, in order.
    pub(super) bad: Vec<String>,
    /// The share of the type's rows in them.
    pub(super) share: f64,
    /// How much worse the clearest hour is, and the lower end of its 95 % range over all hours looked at.
    pub(super) excess: f64,
    pub(super) low: f64,
}

/// One hour against the rest of the day, period by period: (weight of the comparison, how much worse).
struct Compared {
    name: String,
    rows: f64,
    pairs: Vec<(f64, f64)>,
}

/// `None` without the segment, or where no hour can be compared.
pub(super) fn hours(place: &Place<'_>, level: &TypeLevel, segment: &str) -> Option<Hours> {
    let at = place.case.data.segment(segment)?;
    let history = place.case.desk.history(&place.case, &[at])?;
    let (from, levels) = (history.0, &history.1);
    let first = usize::try_from(place.study.window.from.0 - from.0).unwrap_or(0);
    let times = usize::try_from(place.study.window.to.0 - from.0 + 1).ok()?.min(levels.times);
    let names = &place.case.data.segments[at].1;
    let own = levels.strata.iter().enumerate().filter(|(_, stratum)| {
        stratum.contact_type == level.contact_type && stratum.conditions.first() != Some(&NONE)
    });
    let of_hour = |(row, stratum): (usize, &crate::kinds::panel::Stratum)| {
        let name = names.get(*stratum.conditions.first()? as usize)?.clone();
        Some((name, &levels.sums[row * levels.times + first..row * levels.times + times]))
    };
    let by_hour: Vec<(String, &[(f64, f64)])> = own.filter_map(of_hour).collect();
    let all: Vec<(f64, f64)> = (0..times.saturating_sub(first))
        .map(|t| by_hour.iter().fold((0.0, 0.0), |sum, (_, one)| (sum.0 + one[t].0, sum.1 + one[t].1)))
        .collect();
    let compared: Vec<Compared> = by_hour
        .iter()
        .map(|(name, one)| compared(place, name, one, &all))
        .filter(|one| one.rows >= LEAST_ROWS && one.pairs.len() >= LEAST_PERIODS)
        .collect();
    conclude(&compared, all.iter().map(|(weight, _)| weight).sum())
}

fn compared(place: &Place<'_>, name: &str, hour: &[(f64, f64)], all: &[(f64, f64)]) -> Compared {
    let pair = |((weight, sum), (whole, total)): (&(f64, f64), &(f64, f64))| {
        let rest = whole - weight;
        (*weight > 0.0 && rest > 0.0)
            .then(|| (weight * rest / whole, place.adverse(sum / weight, (total - sum) / rest)))
    };
    Compared {
        name: name.to_owned(),
        rows: hour.iter().map(|(weight, _)| weight).sum(),
        pairs: hour.iter().zip(all).filter_map(pair).collect(),
    }
}

/// Periods are the replicates, so that only what comes back every week counts; each hour's range allows for how
/// many hours were looked at (Bonferroni).
fn conclude(compared: &[Compared], rows: f64) -> Option<Hours> {
    let ranged: Vec<(&Compared, f64, f64)> = compared
        .iter()
        .map(|one| {
            let (mean, se) = weighted(&one.pairs);
            let t = t_quantile(1.0 - 0.025 / float(compared.len()), float(one.pairs.len()) - 1.0);
            (one, mean, mean - t * se)
        })
        .collect();
    let clearest = ranged.iter().fold(None, |best: Option<&(&Compared, f64, f64)>, one| match best {
        Some(best) if best.2 >= one.2 => Some(best),
        _ => Some(one),
    })?;
    let bad = || ranged.iter().filter(|(_, _, low)| *low > 0.0);
    Some(Hours {
        bad: bad().map(|(one, _, _)| one.name.clone()).collect(),
        share: bad().map(|(one, _, _)| one.rows).sum::<f64>() / rows,
        excess: clearest.1,
        low: clearest.2,
    })
}

/// Weighted mean and its standard error from the scatter of the pairs.
fn weighted(pairs: &[(f64, f64)]) -> (f64, f64) {
    let weight: f64 = pairs.iter().map(|(w, _)| w).sum();
    let mean = pairs.iter().map(|(w, d)| w * d).sum::<f64>() / weight;
    let scatter: f64 = pairs.iter().map(|(w, d)| (w / weight * (d - mean)).powi(2)).sum();
    let n = float(pairs.len());
    (mean, (scatter * n / (n - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::Pcg;

    fn drawn(random: &mut Pcg, off: f64) -> Vec<Compared> {
        let pairs = |at: usize, random: &mut Pcg| {
            let shift = if at == 3 { off } else { 0.0 };
            (0..12).map(|_| (20.0, shift + random.normal())).collect()
        };
        (0..10)
            .map(|at| Compared { name: format!("{at:02}"), rows: 100.0, pairs: pairs(at, random) })
            .collect()
    }

    #[test]
    fn equal_weights_give_the_usual_standard_error() {
        let (mean, se) = weighted(&[(5.0, 1.0), (5.0, 2.0), (5.0, 3.0)]);
        assert!((mean - 2.0).abs() < 1e-12 && (se - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn hours_that_are_alike_are_seldom_called_bad() {
        // One-sided 2.5 % over all hours together.
        let mut random = Pcg::new(17);
        let called =
            (0..400).filter(|_| conclude(&drawn(&mut random, 0.0), 1000.0).unwrap().low > 0.0).count();
        assert!(called <= 20, "{called} of 400");
    }

    #[test]
    fn an_hour_that_is_worse_every_week_is_named() {
        let found = conclude(&drawn(&mut Pcg::new(5), 4.0), 1000.0).unwrap();
        assert_eq!((found.bad, found.share), (vec!["03".to_owned()], 0.1));
        assert!(found.low > 0.0 && found.low < found.excess);
        assert!(conclude(&[], 0.0).is_none());
    }
}

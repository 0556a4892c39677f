//! Metrics that are never, always or hardly ever there, and targets far from everything seen.

use super::written::expressions;
use super::{MetricFacts, Seen, count, counted, percent, placed, share, shown, some};
use crate::calendar::Period;
use crate::config::MeasurePlan;
use crate::cube::{Cube, Sums};
use crate::diag::{Diagnostic, Place};
use crate::model::{Measure, Metric};
use crate::words;

/// Above this share of rows without a value a metric may not mean what it seems to.
const EMPTY: f64 = 0.5;

/// Rows from which `never` and `always` mean something.
const ENOUGH: u64 = 100;

/// A target so many times above or below everything seen is in another unit.
const TIMES: f64 = 3.0;

/// A share's target this far from every period is no target of this metric.
const FAR: f64 = 0.3;

/// One metric's sums over all periods read.
struct Summed<'a> {
    metric: &'a Metric,
    measure: &'a MeasurePlan,
    rows: u64,
    n: u64,
    /// Of a proportion.
    successes: u64,
    /// Rows and values in the last period, as its maturity shifts it.
    latest: (u64, u64),
    /// Each period's value, oldest first.
    levels: Vec<f64>,
}

pub(super) fn doubts(seen: &Seen<'_>) -> Vec<Diagnostic> {
    summed(seen).iter().filter_map(|one| values(seen, one).or_else(|| target(seen, one))).collect()
}

pub(super) fn facts(seen: &Seen<'_>) -> Vec<MetricFacts> {
    let fact = |one: &Summed<'_>| MetricFacts {
        id: one.metric.id.clone(),
        rows: one.rows,
        with_value: one.n,
        periods: one.levels.len(),
    };
    summed(seen).iter().map(fact).collect()
}

fn summed<'a>(seen: &Seen<'a>) -> Vec<Summed<'a>> {
    let mut all = Vec::new();
    for source in &seen.plan.sources {
        let Some(cube) = seen.data.cube(source.id) else { continue };
        for measure in &source.measures {
            let metric = &seen.plan.metrics[measure.metric];
            all.extend(
                cube.sums(measure.metric)
                    .map(|(decimals, sums)| one(cube, (decimals, sums), metric, measure, seen.period)),
            );
        }
    }
    all
}

fn one<'a>(
    cube: &Cube,
    (decimals, sums): (u32, &Sums),
    metric: &'a Metric,
    measure: &'a MeasurePlan,
    period: Period,
) -> Summed<'a> {
    let scale = 10f64.powi(decimals.cast_signed());
    let within = |rows: std::ops::Range<usize>| rows.map(|row| sums.n(row)).sum::<u64>();
    let judged = period.shift(-metric.matures_periods);
    let mut levels = Vec::new();
    if let Some((first, last)) = cube.span() {
        for at in first.0..=last.0 {
            levels.extend(level(sums, cube.between(Period(at), Period(at)), scale));
        }
    }
    let successes = match sums {
        Sums::Simple { sum, .. } => sum.iter().map(|x| x.unsigned_abs()).sum(),
        Sums::Ratio { .. } => 0,
    };
    Summed {
        metric,
        measure,
        rows: cube.rows.iter().sum(),
        n: within(0..cube.len()),
        successes,
        latest: (
            cube.between(judged, judged).map(|row| cube.rows[row]).sum(),
            within(cube.between(judged, judged)),
        ),
        levels,
    }
}

/// The value of some rows together, in the metric's unit; none without values.
fn level(sums: &Sums, rows: std::ops::Range<usize>, scale: f64) -> Option<f64> {
    let total = |column: &[i64]| rows.clone().map(|row| i128::from(column[row])).sum::<i128>();
    #[expect(clippy::cast_precision_loss, reason = "a level to compare a target with, to a few digits")]
    let (above, below) = match sums {
        Sums::Simple { sum, .. } => {
            (total(sum) as f64 / scale, words::whole(rows.clone().map(|row| sums.n(row)).sum()))
        }
        Sums::Ratio { num, den, .. } => (total(num) as f64, total(den) as f64),
    };
    (below != 0.0).then(|| above / below)
}

fn values(seen: &Seen<'_>, one: &Summed<'_>) -> Option<Diagnostic> {
    let id = &one.metric.id;
    let held = held(seen, one);
    let (title, is_error) = if one.n == 0 {
        (format!("metric `{id}` has no value in any of {}", counted(one.rows, "row")), true)
    } else if matches!(one.latest, (1.., 0)) {
        let label = seen.plan.calendar.label(seen.period.shift(-one.metric.matures_periods));
        (format!("metric `{id}` has no value in {label}, which would be judged"), false)
    } else if one.metric.measure == Measure::Proportion && one.n >= ENOUGH && one.successes == 0 {
        (format!("metric `{id}` is false in all of {}", counted(one.n, "row")), false)
    } else if one.metric.measure == Measure::Proportion && one.n >= ENOUGH && one.successes == one.n {
        (format!("metric `{id}` is true in all of {}", counted(one.n, "row")), false)
    } else if share(one.rows - one.n, one.rows) > EMPTY {
        let empty = one.rows - one.n;
        let of = counted(one.rows, "row");
        (
            format!("metric `{id}` has no value in {} of {of} ({})", count(empty), percent(empty, one.rows)),
            false,
        )
    } else {
        return None;
    };
    let diagnostic =
        if is_error { Diagnostic::error("GW330", title) } else { Diagnostic::warning("GW330", title) };
    let help = held.unwrap_or_else(|| "look at what its expression says of a few rows".to_owned());
    Some(placed(diagnostic.help(help), place(seen, one)))
}

fn place(seen: &Seen<'_>, one: &Summed<'_>) -> Option<Place> {
    let all = expressions(seen.plan, one.measure);
    all.first().and_then(|(key, _)| seen.settings.place(key)).cloned()
}

/// What the columns of its expressions hold, where these are a few codes.
fn held(seen: &Seen<'_>, one: &Summed<'_>) -> Option<String> {
    let surveyed = seen.surveyed.iter().find(|own| own.source == one.metric.source)?;
    let mut parts = Vec::new();
    for (_, expression) in expressions(seen.plan, one.measure) {
        for name in expression.names() {
            let codes = surveyed.files.iter().find_map(|file| {
                let header = file.behind.get(&name.name)?;
                Some(&file.sample.columns.get(header)?.codes).filter(|codes| !codes.is_empty())
            });
            parts.extend(codes.map(|codes| format!("`{}` holds {}", shown(&name.name), some(codes, 12))));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The target in another unit, or of another metric.
fn target(seen: &Seen<'_>, one: &Summed<'_>) -> Option<Diagnostic> {
    let target = one.metric.target?;
    let low = one.levels.iter().copied().reduce(f64::min)?;
    let high = one.levels.iter().copied().reduce(f64::max)?;
    let far = match one.metric.measure {
        Measure::Proportion => target < low - FAR || target > high + FAR,
        _ => low > 0.0 && (target > high * TIMES || target < low / TIMES),
    };
    if !far {
        return None;
    }
    let locale = words::Locale::default().with_grain(seen.plan.calendar.grain);
    let say = |value: f64| words::level(value, one.metric, &locale);
    let title = format!(
        "the target of `{}` is {}, where the {} read ran from {} to {}",
        one.metric.id,
        say(target),
        words::periods(words::whole(one.levels.len() as u64), &locale),
        say(low),
        say(high)
    );
    let help = "is it in the unit of the values, and meant for this metric?";
    let place = seen.settings.place(&format!("metrics.{}.target", one.metric.id)).cloned();
    Some(placed(Diagnostic::warning("GW331", title).help(help), place))
}

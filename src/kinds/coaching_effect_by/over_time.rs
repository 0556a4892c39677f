//! Spells by the quarter they began in: did coaching stop working, and since when?

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Comparison, Part, Told, conclusion, of_units};
use crate::calendar::Period;
use crate::kinds::Case;
use crate::kinds::spells::Effects;
use crate::model::Value;
use crate::stats::effect::Estimate;
use crate::stats::float;

/// Periods around a quarter's first spell in which a change counts as beside it.
const BESIDE: i32 = 4;

/// The quarter from which spells did something else.
pub(super) struct Change {
    from: String,
    earlier: Estimate,
    later: Estimate,
    by: Estimate,
    beside: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every comparison has")]
pub(super) fn told(case: &Case<'_>, effects: &Effects, least: usize) -> Comparison {
    let Some((_, metric)) = case.metric else { return Ok(Told::default()) };
    let mut quarters: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
    for unit in 0..effects.spells.len() {
        if let Some(session) = effects.session(case.data, unit) {
            quarters.entry(quarter(session.date)).or_default().push(unit);
        }
    }
    let mut told = Told { change: change(case, effects, &quarters, least), ..Told::default() };
    for (at, units) in &quarters {
        let both = of_units(effects, |unit| units.binary_search(&unit).is_ok());
        let Some(both) = both.filter(|(own, _)| own.treated >= least) else { continue };
        let Some(estimate) = both.0.with_error(effects.options.level) else { continue };
        let Some(conclusion) = conclusion(effects, metric.material, &both) else { continue };
        told.parts.push(Part { name: name(*at), estimate, conclusion, n: effects.study.window.n });
    }
    told.groups.compared = told.parts.len();
    Ok(told)
}

fn quarter(date: NaiveDate) -> (i32, u32) {
    (date.year(), date.month0() / 3 + 1)
}

fn name((year, quarter): (i32, u32)) -> String {
    format!("{year}-Q{quarter}")
}

/// The boundary with the clearest difference; its range accounts for the number tried (Bonferroni).
fn change(
    case: &Case<'_>,
    effects: &Effects,
    quarters: &BTreeMap<(i32, u32), Vec<usize>>,
    least: usize,
) -> Option<Change> {
    let level = effects.options.level;
    let of = |from: Option<(i32, u32)>, to: Option<(i32, u32)>| {
        let inside = |at: (i32, u32)| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to);
        let units: Vec<usize> = quarters
            .iter()
            .filter(|(at, _)| inside(**at))
            .flat_map(|(_, units)| units.iter().copied())
            .collect();
        let (own, _) = of_units(effects, |unit| units.contains(&unit))?;
        (own.treated >= least).then_some(own)
    };
    let split = |at: (i32, u32)| {
        let (earlier, later) = (of(None, Some(at))?, of(Some(at), None)?);
        let by = later.minus(&earlier)?;
        Some((at, by.with_error(level)?, by, earlier.with_error(level)?, later.with_error(level)?))
    };
    let tried: Vec<_> = quarters.keys().skip(1).filter_map(|at| split(*at)).collect();
    let each = 1.0 - (1.0 - level) / float(tried.len().max(1));
    let clearest = tried.into_iter().max_by(|a, b| a.1.t().abs().total_cmp(&b.1.t().abs()))?;
    let (at, _, by, earlier, later) = clearest;
    let began = quarters[&at]
        .iter()
        .filter_map(|unit| effects.spells[*unit].first)
        .map(|(period, _)| period)
        .min()?;
    Some(Change { from: name(at), by: by.with_error(each)?, earlier, later, beside: beside(case, began) })
}

/// What the record of changes says around a period.
fn beside(case: &Case<'_>, began: Period) -> Option<String> {
    let (_, metric) = case.metric?;
    let near = case.data.changes.iter().filter(|change| {
        (change.period.0 - began.0).abs() <= BESIDE
            && (change.metrics.is_empty() || change.metrics.contains(&metric.id))
    });
    let named: Vec<&str> = near.map(|change| change.what.as_str()).filter(|what| !what.is_empty()).collect();
    (!named.is_empty()).then(|| named.join("; "))
}

pub(super) fn values(change: Option<&Change>) -> Vec<Value> {
    let of = |read: fn(&Change) -> f64| Value::from(change.map(read));
    let text = |read: fn(&Change) -> Option<&str>| change.and_then(read).map_or(Value::Null, Value::from);
    vec![
        text(|change| Some(change.from.as_str())),
        of(|change| change.earlier.estimate),
        of(|change| change.earlier.low),
        of(|change| change.later.estimate),
        of(|change| change.later.high),
        of(|change| change.by.estimate),
        of(|change| change.by.low),
        of(|change| change.by.high),
        text(|change| change.beside.as_deref()),
    ]
}

//! Units of thresholds against what they are compared with.

use super::plan::Amount;
use super::section::{At, snake};
use crate::diag::{Diagnostic, Diagnostics};
use crate::kinds::Spec;
use crate::model::{Column, ColumnUnit, Metric, UnitKind, column};
use crate::sql;

/// Each threshold's unit against the metrics judged and the columns it is compared with.
pub(crate) fn check(
    thresholds: &[(At<String>, At<Amount>)],
    kind: &Spec,
    when: Option<&sql::Expression>,
    metrics: &[&Metric],
    found: &mut Diagnostics,
) {
    let pairs = when.map(sql::Expression::compared).unwrap_or_default();
    for (name, amount) in thresholds {
        let own = snake(&name.value);
        let beside = pairs.iter().filter_map(|(a, b)| {
            let other = if *a == own {
                b
            } else if *b == own {
                a
            } else {
                return None;
            };
            COUNTED.iter().chain(kind.columns).find(|column| column.name == other)
        });
        let column = beside.clone().find_map(|column| column_mistake(name, amount, column, metrics));
        if let Some(mistake) = column.or_else(|| unit_mistakes(name, amount, metrics)) {
            found.push(mistake);
        }
    }
}

/// Every kind's rows say how many rows and agents stand behind them.
const COUNTED: [Column; 2] =
    [column("n", ColumnUnit::Count, false, ""), column("agents", ColumnUnit::Count, false, "")];

/// A threshold's unit against the column it is compared with.
fn column_mistake(
    name: &At<String>,
    amount: &At<Amount>,
    column: &Column,
    metrics: &[&Metric],
) -> Option<Diagnostic> {
    let fail = |why: String, help: &str| {
        Some(Diagnostic::error("GW130", why).at(amount.place.clone()).help(help.to_owned()))
    };
    let (threshold, shown) = (&name.value, column.name);
    match (column.unit, amount.value) {
        (ColumnUnit::Level | ColumnUnit::Difference, Amount::Bare(x)) if x != 0.0 => {
            let metric = metrics.iter().find(|metric| !matches!(metric.unit.kind, UnitKind::Plain))?;
            let why = format!("`{threshold}` has no unit, but `{shown}` is in the unit of `{}`", metric.id);
            fail(
                why,
                "write `3pt` for points of a share, `20s` for seconds, or `1.5x` for times the metric's `material`",
            )
        }
        (ColumnUnit::Level | ColumnUnit::Difference, Amount::Percent(_)) => {
            let metric = metrics.iter().find(|metric| !matches!(metric.unit.kind, UnitKind::Share))?;
            let why =
                format!("`{threshold}` is in per cent, but `{shown}` of `{}` is not a share", metric.id);
            fail(why, "write the metric's own unit, or `1.5x` for times its `material`")
        }
        (
            ColumnUnit::Share | ColumnUnit::Probability,
            Amount::Points(_) | Amount::Seconds(_) | Amount::Times(_),
        ) => fail(
            format!("`{threshold}` is compared with `{shown}`, a share between 0 and 1"),
            "write `30%` or 0.3",
        ),
        (
            ColumnUnit::Count
            | ColumnUnit::People
            | ColumnUnit::Periods
            | ColumnUnit::Minutes
            | ColumnUnit::Plain,
            Amount::Percent(_) | Amount::Points(_) | Amount::Seconds(_) | Amount::Times(_),
        ) => fail(format!("`{threshold}` is compared with `{shown}`, a bare number"), "leave the unit out"),
        _ => None,
    }
}

/// Seconds only for metrics in seconds, points only for shares.
fn unit_mistakes(name: &At<String>, amount: &At<Amount>, metrics: &[&Metric]) -> Option<Diagnostic> {
    let (fits, unit): (fn(&Metric) -> bool, &str) = match amount.value {
        Amount::Seconds(_) => (|m| matches!(m.unit.kind, UnitKind::Seconds), "seconds"),
        Amount::Points(_) => (|m| matches!(m.unit.kind, UnitKind::Share), "points"),
        _ => return None,
    };
    let wrong = metrics.iter().find(|metric| !fits(metric))?;
    let shown = match wrong.unit.suffix.as_str() {
        "" => "a plain number".to_owned(),
        suffix => format!("in `{suffix}`"),
    };
    let title = format!("`{}` is in {unit}, but metric `{}` is {shown}", name.value, wrong.id);
    let help =
        "give the rule metrics of one unit, or write the threshold as `1.5x`: times the metric's `material`";
    Some(Diagnostic::error("GW130", title).at(amount.place.clone()).help(help))
}

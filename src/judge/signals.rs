//! Step three: predicates over evidence become signals; null means "cannot tell".

use super::evidence::{Asking, Fired, Gathered};
use crate::config::{Over, Plan, Rule};
use crate::model::{NotJudged, Reason, Row, Scope, Signal, Value, phrase};
use crate::sql;
use crate::words::{self, Locale};

/// Evaluates every rule at every place it was asked; fired rows are added to `gathered`.
pub(crate) fn raise(plan: &Plan, gathered: &mut Gathered) -> Vec<Signal> {
    let Gathered { askings, tables, fired, not_judged, .. } = gathered;
    let mut signals = Vec::new();
    for asking in askings.iter() {
        let rule = &plan.rules[asking.rule];
        let judged: Vec<Judged<'_>> = relevant(rule, &tables[asking.table].rows[asking.rows.clone()])
            .map(|row| {
                let (value, because) = evaluate(plan, rule, asking, row);
                (row, value, because)
            })
            .collect();
        for (row, _, _) in judged.iter().filter(|(_, value, _)| fires(rule, &judged, *value)) {
            fired.push(Fired {
                rule: asking.rule,
                metric: asking.metric,
                scope: asking.scope.clone(),
                row: (*row).clone(),
                thresholds: thresholds(plan, rule, asking, row),
            });
        }
        if rule.over != Over::Each {
            signals.push(signal(plan, rule, asking, &judged));
        }
        not_judged.extend(unsaid(plan, rule, asking, &judged));
    }
    signals
}

/// Rows the predicate is asked of: those with items for `any`, `all` and `each`, else the one without.
fn relevant<'a>(rule: &'a Rule, rows: &'a [(Option<String>, Scope, Row)]) -> impl Iterator<Item = &'a Row> {
    let rows = rows.iter().map(|(_, _, row)| row);
    rows.filter(|row| row.item.is_some() == (rule.over != Over::Row))
}

type Judged<'a> = (&'a Row, Option<bool>, Vec<String>);

/// `all` speaks only where every item agrees; then each of its rows is evidence, as with the others.
fn fires(rule: &Rule, judged: &[Judged<'_>], value: Option<bool>) -> bool {
    let whole = rule.over != Over::All || judged.iter().all(|(_, value, _)| *value == Some(true));
    value == Some(true) && whole
}

fn thresholds(plan: &Plan, rule: &Rule, asking: &Asking, row: &Row) -> Vec<(String, f64)> {
    let metric = asking.metric.map(|index| &plan.metrics[index]);
    rule.thresholds_for(metric, &asking.scope, row.item.as_deref())
}

fn evaluate(plan: &Plan, rule: &Rule, asking: &Asking, row: &Row) -> (Option<bool>, Vec<String>) {
    let limits = thresholds(plan, rule, asking, row);
    let lookup = |name: &str| column(rule, row, &limits, name);
    match rule.when.evaluate(&lookup) {
        sql::Value::Bool(value) => (Some(value), Vec::new()),
        _ => (None, rule.when.nulls_behind(&lookup)),
    }
}

/// A name's value in a row: a column, `n`, `agents`, a `q_…`, or a threshold.
pub(crate) fn column(rule: &Rule, row: &Row, limits: &[(String, f64)], name: &str) -> sql::Value {
    if let Some(at) = rule.kind.columns.iter().position(|column| column.name == name) {
        return plain(row.values.get(at));
    }
    if let Some(at) =
        name.strip_prefix("q_").and_then(|p| rule.kind.p_values.iter().position(|known| *known == p))
    {
        return plain(row.q.get(at));
    }
    match name {
        #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
        "n" => sql::Value::Number(row.n as f64),
        "agents" => sql::Value::Number(f64::from(row.agents)),
        _ => limits
            .iter()
            .find(|(limit, _)| limit == name)
            .map_or(sql::Value::Null, |(_, x)| sql::Value::Number(*x)),
    }
}

fn plain(value: Option<&Value>) -> sql::Value {
    match value {
        None | Some(Value::Null) => sql::Value::Null,
        Some(Value::Flag(flag)) => sql::Value::Bool(*flag),
        Some(Value::Number(number)) => sql::Value::Number(*number),
        Some(Value::Text(text)) => sql::Value::Text(text.clone()),
        Some(Value::Phrase(said)) => sql::Value::Text(words::phrase(said, &Locale::default())),
    }
}

fn signal(plan: &Plan, rule: &Rule, asking: &Asking, judged: &[Judged<'_>]) -> Signal {
    let values = || judged.iter().map(|(_, value, _)| *value);
    let value = match rule.over {
        Over::All => kleene(values(), false),
        _ => kleene(values(), true),
    };
    let because = if value.is_none() {
        judged.iter().flat_map(|(_, _, because)| because.iter().cloned()).take(3).collect()
    } else {
        Vec::new()
    };
    Signal {
        name: rule.signal.clone(),
        rule: rule.id.clone(),
        metric: asking.metric.map(|index| plan.metrics[index].id.clone()),
        scope: asking.scope.clone(),
        value,
        because,
    }
}

/// Kleene OR (`decisive` = true) or AND (`decisive` = false); no values = cannot tell.
fn kleene(values: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let (mut any, mut unknown) = (false, false);
    for value in values {
        any = true;
        match value {
            Some(v) if v == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if !any || unknown { None } else { Some(!decisive) }
}

/// A null signal without a reason of the kind's own still says why.
fn unsaid(plan: &Plan, rule: &Rule, asking: &Asking, judged: &[Judged<'_>]) -> Option<NotJudged> {
    if asking.not_judged || judged.iter().any(|(_, value, _)| value.is_some()) {
        return None;
    }
    let mut names: Vec<&str> =
        judged.iter().flat_map(|(_, _, because)| because.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let need = if names.is_empty() {
        phrase!("need-row")
    } else {
        phrase!("need-value", columns = format!("`{}`", names.join("`, `")))
    };
    Some(NotJudged {
        rule: rule.id.clone(),
        metric: asking.metric.map(|index| plan.metrics[index].id.clone()),
        scope: asking.scope.clone(),
        reason: Reason::WideInterval,
        need,
    })
}

#[cfg(test)]
mod tests {
    use super::kleene;

    #[test]
    fn one_true_decides_an_or_and_one_unknown_keeps_it_open() {
        assert_eq!(kleene([None, Some(true)].into_iter(), true), Some(true));
        assert_eq!(kleene([None, Some(false)].into_iter(), true), None);
        assert_eq!(kleene([Some(false)].into_iter(), true), Some(false));
        assert_eq!(kleene([].into_iter(), true), None);
    }

    #[test]
    fn one_false_decides_an_and() {
        assert_eq!(kleene([None, Some(false)].into_iter(), false), Some(false));
        assert_eq!(kleene([Some(true), None].into_iter(), false), None);
        assert_eq!(kleene([Some(true), Some(true)].into_iter(), false), Some(true));
    }
}

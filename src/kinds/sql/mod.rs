//! `sql`: the consultant's own question, asked of the cube and of other rules' evidence. It sees no raw rows,
//! and its numbers have no interval: the report says so beside them.

mod contract;
mod tables;

use std::sync::Arc;

use polars::prelude::{DataFrame, DataType, IntoLazy as _};
use polars::sql::SQLContext;

use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, EvidenceTable, Key, Metric, Part, Phrase, Reason, Row, Ty, Value, column,
    key, phrase,
};

pub(crate) static SPEC: Spec = Spec {
    name: "sql",
    doc: include_str!("../sql.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("whatever the query calls `item`"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("level", Unit::Level, true, "A level of the metric."),
    column("other_level", Unit::Level, true, "Another one, to compare with."),
    column("difference", Unit::Difference, true, "A difference between levels."),
    column("share", Unit::Share, true, "A share, 0 to 1."),
    column("other_share", Unit::Share, true, "Another one."),
    column("count", Unit::Count, true, "A count."),
    column("other_count", Unit::Count, true, "Another one."),
    column("number", Unit::Plain, true, "A number without a unit."),
    column("other_number", Unit::Plain, true, "Another one."),
    column("flag", Unit::Flag, true, "True or false."),
    column("text", Unit::Text, true, "A word or two."),
];

const PARAMETERS: &[Key] = &[
    key(
        "query",
        Ty::Text,
        "!",
        "One SELECT over `cube` and `evidence_<rule>`; it yields `n`, `agents` and columns named below.",
    ),
    key(
        "require",
        Ty::Map(&Ty::Integer),
        "{ n = 30, agents = 8 }",
        "Rows and agents a result needs behind it; results with fewer are left out.",
    ),
];

struct Kind {
    query: String,
    least_rows: u64,
    least_agents: u32,
    /// Rules whose evidence the query reads, in snake case.
    rules: Vec<String>,
}

fn configure(given: &Given) -> Configured {
    let query = given.text("query");
    let rules = contract::rules_read(query).map_err(|why| ("query", why))?;
    let require = given.table("require");
    let least = |name: &str, default: i64| require.get(name).copied().unwrap_or(default);
    if let Some(other) = require.keys().find(|name| !matches!(name.as_str(), "n" | "agents")) {
        return Err(("require", format!("`require` knows `n` and `agents`, not `{other}`")));
    }
    let (n, agents) = (least("n", 30), least("agents", 8));
    if n < 1 || agents < 1 {
        return Err(("require", "`require` needs at least 1 row and 1 agent".into()));
    }
    Ok(Arc::new(Kind {
        query: query.to_owned(),
        least_rows: n.unsigned_abs(),
        least_agents: u32::try_from(agents).unwrap_or(u32::MAX),
        rules,
    }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((index, metric)) = case.metric else { return Answer::default() };
        match self.run(case, index, metric) {
            Ok(found) => self.told(case, &found),
            Err(error) => Answer::none(Reason::Error, phrase!("failed-query", error = format!("{error:#}"))),
        }
    }

    fn reads(&self) -> &[String] {
        &self.rules
    }

    fn note(&self) -> Option<Phrase> {
        Some(phrase!("custom-query"))
    }
}

impl Kind {
    fn run(&self, case: &Case<'_>, index: usize, metric: &Metric) -> anyhow::Result<DataFrame> {
        let mut context = SQLContext::new();
        context.register("cube", tables::cube(case, index, metric)?.lazy());
        for rule in &self.rules {
            let named = |table: &&EvidenceTable| table.rule.replace('-', "_") == *rule;
            let Some(table) = case.evidence.iter().find(named) else {
                anyhow::bail!("no rule before this one is called `{}`", rule.replace('_', "-"))
            };
            context.register(&format!("evidence_{rule}"), tables::evidence(table)?.lazy());
        }
        Ok(context.execute(&self.query)?.collect()?)
    }

    fn told(&self, case: &Case<'_>, found: &DataFrame) -> Answer {
        let missing: Vec<&str> =
            ["n", "agents"].into_iter().filter(|name| found.column(name).is_err()).collect();
        if !missing.is_empty() {
            let need = phrase!("need-query-columns", columns = Part::All(Part::keys(missing)));
            return Answer::none(Reason::Error, need);
        }
        let all: Vec<Row> = (0..found.height()).filter_map(|at| row(case, found, at)).collect();
        let enough = |row: &Row| row.n >= self.least_rows && row.agents >= self.least_agents;
        let (mut rows, thin): (Vec<Row>, Vec<Row>) = all.into_iter().partition(enough);
        // The order of a query's rows is the engine's affair; ours is by item.
        rows.sort_by(|a, b| a.item.cmp(&b.item));
        if rows.is_empty() {
            let most = thin.iter().map(|row| (row.agents, row.n)).max().unwrap_or((0, 0));
            let need = phrase!(
                "need-query-rows",
                agents = self.least_agents,
                rows = self.least_rows,
                most_agents = most.0,
                most_rows = most.1,
            );
            return Answer::none(Reason::FewAgents, need);
        }
        Answer { rows, ..Answer::default() }
    }
}

/// One result; a row without `n` or `agents` rests on nothing known and is left out.
fn row(case: &Case<'_>, found: &DataFrame, at: usize) -> Option<Row> {
    let number = |name: &str| value(found, name, at).number();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be counts")]
    let count = |name: &str| number(name).filter(|x| (0.0..1e15).contains(x)).map(|x| x as u64);
    let item = match value(found, "item", at) {
        Value::Null | Value::Phrase(_) => None,
        Value::Text(text) => Some(text),
        Value::Number(x) => Some(x.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
    };
    Some(Row {
        item,
        n: count("n")?,
        agents: u32::try_from(count("agents")?).ok()?,
        window: case.span(),
        values: COLUMNS.iter().map(|column| fitting(column, value(found, column.name, at))).collect(),
        q: Vec::new(),
    })
}

/// Numbers keep 12 digits: sums of doubles depend on the engine's order in the last ones.
fn value(found: &DataFrame, name: &str, at: usize) -> Value {
    let Ok(column) = found.column(name) else { return Value::Null };
    let Ok(cell) = column.get(at) else { return Value::Null };
    match cell.dtype() {
        DataType::Null => Value::Null,
        DataType::Boolean => cell.extract_bool().map_or(Value::Null, Value::Flag),
        DataType::String | DataType::Categorical(..) | DataType::Enum(..) => {
            cell.extract_str().map_or(Value::Null, Value::from)
        }
        _ => cell.extract::<f64>().map_or(Value::Null, |x| Value::from(twelve_digits(x))),
    }
}

fn twelve_digits(x: f64) -> f64 {
    format!("{x:.11e}").parse().unwrap_or(x)
}

/// A value of another type than its column's says nothing.
fn fitting(column: &Column, value: Value) -> Value {
    let fits = match column.unit {
        Unit::Flag => matches!(value, Value::Flag(_)),
        Unit::Text => matches!(value, Value::Text(_)),
        _ => matches!(value, Value::Number(_)),
    };
    if fits { value } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_beyond_the_twelfth_are_no_evidence() {
        assert_eq!(twelve_digits(0.1 + 0.2).to_string(), "0.3");
        assert_eq!(twelve_digits(123_456.789).to_string(), "123456.789");
        assert_eq!(fitting(&COLUMNS[9], Value::Number(1.0)), Value::Null);
        assert_eq!(fitting(&COLUMNS[0], Value::Number(1.0)), Value::Number(1.0));
    }
}

//! What a query may say: one SELECT, over the cube and other rules' evidence, giving `n`, `agents` and the
//! columns of the kind.

use std::ops::ControlFlow;

use sqlparser::ast::{Query, SelectItem, SetExpr, Statement, visit_relations};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use super::COLUMNS;

/// The rules (in snake case) whose evidence a query reads, or what is wrong with it.
pub(super) fn rules_read(text: &str) -> Result<Vec<String>, String> {
    let query = single(text)?;
    let own: Vec<String> = query
        .with
        .iter()
        .flat_map(|with| &with.cte_tables)
        .map(|table| table.alias.name.value.clone())
        .collect();
    let mut rules = Vec::new();
    let mut refused = None;
    let _ = visit_relations(&query, |name| {
        let name = name.to_string();
        match name.strip_prefix("evidence_") {
            Some(rule) if !rules.iter().any(|known| known == rule) => rules.push(rule.to_owned()),
            Some(_) => {}
            None if name == "cube" || own.contains(&name) => {}
            None => {
                refused = Some(name);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    if let Some(name) = refused {
        return Err(format!("a query reads `cube` and `evidence_<rule>`, never `{name}`"));
    }
    named(&query)?;
    Ok(rules)
}

fn single(text: &str) -> Result<Query, String> {
    let mut statements = Parser::parse_sql(&GenericDialect {}, text).map_err(|error| {
        let message = error.to_string();
        format!("no SQL: {}", message.trim_start_matches("sql parser error: "))
    })?;
    match (statements.pop(), statements.is_empty()) {
        (Some(Statement::Query(query)), true) => Ok(*query),
        _ => Err("a query is one SELECT".into()),
    }
}

/// Every result has a name the kind knows, and says how many rows and agents stand behind it.
fn named(query: &Query) -> Result<(), String> {
    let SetExpr::Select(select) = query.body.as_ref() else { return Ok(()) };
    let mut names = Vec::new();
    for item in &select.projection {
        match item {
            SelectItem::ExprWithAlias { alias, .. } => names.push(alias.value.clone()),
            SelectItem::UnnamedExpr(expression) => {
                let text = expression.to_string();
                names.push(text.rsplit('.').next().unwrap_or_default().trim_matches('"').to_owned());
            }
            _ => return Err("name each result: `*` would let any column through".into()),
        }
    }
    let mut known: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    known.sort_unstable();
    let all: Vec<&str> = ["item", "n", "agents"].into_iter().chain(known).collect();
    if let Some(other) = names.iter().find(|name| !all.contains(&name.as_str())) {
        return Err(format!("`{other}` is no column of a result; write `… AS` one of {}", all.join(", ")));
    }
    match ["n", "agents"].into_iter().find(|needed| !names.iter().any(|name| name == needed)) {
        Some(missing) => {
            Err(format!("a result says what stands behind it: `{missing}` is missing, as in {EXAMPLE}"))
        }
        None => Ok(()),
    }
}

const EXAMPLE: &str = "`SELECT SUM(n) AS n, COUNT(DISTINCT agent) AS agents`";

#[cfg(test)]
mod tests {
    use super::rules_read;

    #[test]
    fn a_query_reads_the_cube_and_evidence_and_nothing_else() {
        let fine = "WITH a AS (SELECT team, SUM(n) AS n FROM cube GROUP BY team) \
                    SELECT a.team AS item, a.n, e.agents FROM a JOIN evidence_gap_is_real e ON e.item = a.team";
        assert_eq!(rules_read(fine).unwrap(), ["gap_is_real"]);
        for (text, why) in [
            ("SELECT 1 AS n, 1 AS agents FROM read_csv('x.csv')", "never `read_csv`"),
            ("SELECT 1 AS n, 1 AS agents FROM contacts", "never `contacts`"),
            ("DELETE FROM cube", "one SELECT"),
            ("SELECT * FROM cube", "name each result"),
            ("SELECT SUM(n) AS n FROM cube", "`agents` is missing"),
            ("SELECT 1 AS n, 1 AS agents, 2 AS share_late FROM cube", "`share_late` is no column"),
            ("SELEC 1", "no SQL"),
        ] {
            let said = rules_read(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}

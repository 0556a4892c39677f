//! No text makes the expression language panic, and every place it names lies inside the text.

use gapwise::sql::{self, ColumnSql, Dialect, Expression, SqlError, Type, Value};
use proptest::prelude::*;

/// Words and signs that parse far more often than arbitrary characters do.
const WORDS: &[&str] = &[
    "n",
    "b",
    "t",
    "r",
    "\"a b\"",
    "x.y",
    "1",
    "2.5",
    ".5",
    "1e3",
    "'it''s'",
    "''",
    "TRUE",
    "NULL",
    "+",
    "-",
    "*",
    "/",
    "=",
    "<>",
    "<",
    ">=",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    "(",
    ")",
    ",",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "COALESCE(",
    "NULLIF(",
    "ABS(",
    "LN(",
    "LEAST(",
    "GREATEST(",
    "BETWEEN",
    "IN (",
    "LIKE '%'",
    "IS NULL",
    "IS NOT NULL",
    "||",
    "CAST(",
    "AS DOUBLE)",
    "min-sd",
    "é",
    "SELECT",
    "OVER",
    "--",
    "/*",
    ";",
    "$1",
    "::",
    "%",
    "`",
    "\"",
    "'",
    "\n",
    "\\",
];

fn within(text: &str, error: &SqlError) {
    assert!(text.get(error.at.clone()).is_some(), "{error:?} lies outside {text:?}");
    assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{error:?}");
}

fn exercise(text: &str) {
    for parsed in [sql::parse(text), sql::parse_dotted(text)] {
        match parsed {
            Ok(expression) => exercise_parsed(text, &expression),
            Err(error) => within(text, &error),
        }
    }
}

fn exercise_parsed(text: &str, expression: &Expression) {
    for name in expression.names() {
        assert!(text.get(name.at).is_some());
    }
    let lookup = |name: &str, _: bool| match name {
        "n" => Some(Type::Number),
        "b" => Some(Type::Bool),
        "t" => Some(Type::Text),
        "r" | "a b" | "min_sd" => Some(Type::Any),
        _ => None,
    };
    for want in [Type::Number, Type::Bool, Type::Text, Type::Any] {
        if let Err(errors) = expression.check(want, &lookup, &["n", "b", "t", "r", "a b"]) {
            assert!(!errors.is_empty());
            for error in &errors {
                within(text, error);
            }
        }
    }
    let rows: [&dyn Fn(&str) -> Value; 3] = [&|_| Value::Null, &|_| Value::Number(f64::NAN), &|name| {
        if name == "n" { Value::Number(-1.0) } else { Value::Text("é1".into()) }
    }];
    for row in rows {
        let value = expression.evaluate(row);
        assert_eq!(expression.trace(row).value, value);
        assert!(value == Value::Null || expression.nulls_behind(row).is_empty());
    }
    let postgres = Dialect::named("postgres").unwrap();
    let column =
        |name: &str, quoted: bool| ColumnSql { sql: postgres.identifier(name, quoted), ty: Type::Any };
    assert!(!expression.emit(&postgres, Type::Any, &column).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        exercise(&text);
    }

    #[test]
    fn arbitrary_words_never_panic(words in prop::collection::vec(prop::sample::select(WORDS), 0..14)) {
        exercise(&words.join(" "));
    }

    #[test]
    fn arbitrary_words_without_spaces_never_panic(words in prop::collection::vec(prop::sample::select(WORDS), 0..8)) {
        exercise(&words.concat());
    }
}

#[test]
fn deep_and_long_texts_are_refused_or_read_but_never_overflow() {
    for n in [7, 40, 2_000, 20_000] {
        exercise(&format!("{}n{}", "(".repeat(n), ")".repeat(n)));
        exercise(&format!("n{}", " + n".repeat(n)));
        exercise(&format!("{} b", "NOT ".repeat(n)));
        exercise(&format!("{} n", "-".repeat(n)));
        exercise(&format!("{}n{}", "ABS(".repeat(n), ")".repeat(n)));
        exercise(&format!("{}n{}", "NULLIF(1, ".repeat(n), ")".repeat(n)));
        exercise(&format!("{}1{}", "CASE WHEN b THEN 1 ELSE ".repeat(n), " END".repeat(n)));
        exercise(&format!("n IN (1{})", ", 2".repeat(n)));
        exercise(&"CASE ".repeat(n));
        exercise(&"n".repeat(n));
    }
}

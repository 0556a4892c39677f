//! Mistakes in an expression: the place, the words and the way out; and what the evaluator says of nulls.

use gapwise::sql::{self, Type, Value};

fn lookup(name: &str, _: bool) -> Option<Type> {
    match name {
        "sd_low" | "min_sd" | "n" | "activity.rising_by" => Some(Type::Number),
        "gap" | "out_of_reach" | "activity.rising" => Some(Type::Bool),
        "team" => Some(Type::Text),
        "raw" | "other_raw" => Some(Type::Any),
        _ => None,
    }
}

const KNOWN: &[&str] = &["sd_low", "min_sd", "n", "gap", "out_of_reach", "team", "raw", "other_raw"];

/// Each mistake of a text as `place: message; help`.
fn mistakes(text: &str, want: Type) -> Vec<String> {
    let shown = |error: &sql::SqlError| {
        format!("{}: {}; {}", &text[error.at.clone()], error.message, error.help.clone().unwrap_or_default())
    };
    match sql::parse(text) {
        Err(error) => vec![shown(&error)],
        Ok(expression) => {
            expression.check(want, &lookup, KNOWN).err().unwrap_or_default().iter().map(shown).collect()
        }
    }
}

#[test]
fn what_is_outside_the_subset_is_refused_at_its_place() {
    for (text, place) in [
        ("n IN (SELECT 1)", "SELECT"),
        ("SUM(n) OVER ()", "SUM"),
        ("n; DROP TABLE x", ";"),
        ("n > 1 -- why", "-- why"),
        ("n = $1", "$1"),
        ("t.n > 1", "."),
        ("coalesc(n, 1)", "coalesc"),
        ("n % 2", "%"),
        ("n::double", "::"),
        ("CAST(n AS INTEGER)", "CAST(n AS INTEGER)"),
        ("n AS x", "AS"),
        ("gap IS TRUE", "gap IS TRUE"),
        ("CASE WHEN gap THEN", "CASE"),
        ("'Ä' = 'ö' AND n % 2", "%"),
    ] {
        let found = mistakes(text, Type::Any);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with(&format!("{place}: ")), "{text}: {found:?}");
    }
}

#[test]
fn a_hyphenated_name_is_told_from_a_subtraction() {
    assert_eq!(
        mistakes("sd_low > min-sd", Type::Bool),
        ["min-sd: `min-sd` reads as `min` minus `sd`; write `min_sd`"]
    );
    assert!(mistakes("sd_low-n > min_sd", Type::Bool).is_empty());
}

#[test]
fn every_mistake_is_reported_at_once() {
    let found = mistakes("team > 5 AND gpa AND n", Type::Bool);
    assert_eq!(
        found,
        [
            "team: `team` is text, where a number is needed; write CAST(team AS DOUBLE) if it holds a number",
            "gpa: unknown column `gpa`; did you mean `gap`?",
            "n: `n` is a number, where true or false is needed; compare it, as in `n > 0`",
        ]
    );
}

#[test]
fn two_raw_columns_need_to_be_told_how_to_compare() {
    assert_eq!(mistakes("raw < other_raw", Type::Bool).len(), 1);
    assert!(mistakes("raw = other_raw", Type::Bool).is_empty());
    assert!(mistakes("CAST(raw AS DOUBLE) < other_raw", Type::Bool).is_empty());
}

#[test]
fn dotted_names_are_names_only_where_they_are_allowed() {
    let names = sql::parse_dotted("activity.rising AND gap AND activity.rising").unwrap().names();
    assert_eq!(names.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["activity.rising", "gap"]);
    assert_eq!(names[0].at, 0..15);
    assert!(sql::parse("activity.rising").is_err());
    assert!(sql::parse_dotted("a.b.c").is_err());
}

fn row(name: &str) -> Value {
    match name {
        "yes" => Value::Bool(true),
        "no" => Value::Bool(false),
        "two" => Value::Number(2.0),
        "zero" => Value::Number(0.0),
        "nan" => Value::Number(f64::NAN),
        _ => Value::Null,
    }
}

#[test]
fn three_valued_logic_has_its_nine_cases() {
    let value = |text: &str| sql::parse(text).unwrap().evaluate(&row);
    let table = [("yes", "no", false, true), ("yes", "yes", true, true), ("no", "no", false, false)];
    for (a, b, and, or) in table {
        assert_eq!(value(&format!("{a} AND {b}")), Value::Bool(and));
        assert_eq!(value(&format!("{b} OR {a}")), Value::Bool(or));
    }
    assert_eq!(value("unknown AND no"), Value::Bool(false));
    assert_eq!(value("unknown OR yes"), Value::Bool(true));
    for text in [
        "unknown AND yes",
        "no OR unknown",
        "NOT unknown",
        "unknown AND unknown",
        "nan > 1",
        "unknown = NULL",
    ] {
        assert_eq!(value(text), Value::Null, "{text}");
    }
}

#[test]
fn the_names_behind_a_null_are_named_and_no_others() {
    let behind = |text: &str| sql::parse(text).unwrap().nulls_behind(&row);
    assert_eq!(behind("yes AND missing AND two > absent"), ["missing", "absent"]);
    assert!(behind("missing AND no").is_empty());
    assert_eq!(behind("two / zero > 1"), ["zero"]);
    assert_eq!(behind("COALESCE(missing, nan)"), ["missing", "nan"]);
    assert_eq!(behind("CASE WHEN yes THEN missing ELSE absent END"), ["missing"]);
}

#[test]
fn a_trace_shows_each_part_with_its_value() {
    let trace = sql::parse("two > 1 AND NOT no").unwrap().trace(&row);
    let steps: Vec<_> = trace.steps.iter().map(|s| (s.depth, s.text.as_str(), s.value.to_string())).collect();
    assert_eq!(trace.value, Value::Bool(true));
    assert_eq!(
        steps,
        [
            (2, "two", "2".to_owned()),
            (1, "two > 1", "true".to_owned()),
            (2, "no", "false".to_owned()),
            (1, "NOT no", "true".to_owned()),
            (0, "two > 1 AND NOT no", "true".to_owned()),
        ]
    );
}

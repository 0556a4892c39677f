//! The evaluator and polars give the same answer for every expression on every row of a grid.

use gapwise::sql::{self, Expression, Type, Value};
use polars::prelude::{AnyValue, Column, DataFrame, Expr, IntoLazy, NamedFrom, Series, col};
use proptest::prelude::*;

/// Columns of the grid: `n` and `m` numbers, `b` a condition, `t` text, `r` and `"Raw (Y/N)"` raw text.
fn type_of(name: &str) -> Option<Type> {
    match name {
        "n" | "m" => Some(Type::Number),
        "b" => Some(Type::Bool),
        "t" => Some(Type::Text),
        "r" | "Raw (Y/N)" => Some(Type::Any),
        _ => None,
    }
}

type Row = [Value; 5];

fn grid() -> Vec<Row> {
    let number = |x: f64| Value::Number(x);
    let text = |x: &str| Value::Text(x.to_owned());
    let ns = [Value::Null, number(0.0), number(1.0), number(2.5), number(-3.0), number(f64::NAN)];
    let ms = [Value::Null, number(0.0), number(2.0)];
    let bs = [Value::Null, Value::Bool(true), Value::Bool(false)];
    let ts = [Value::Null, text(""), text("Refund"), text("re.f_100%\nx")];
    let rs = [
        Value::Null,
        text(" 2 "),
        text("YES"),
        text("abc"),
        text("-1.5e1"),
        text("inf"),
        text("0"),
        text(" f"),
    ];
    let mut rows = vec![];
    for n in &ns {
        for m in &ms {
            for b in &bs {
                for t in &ts {
                    rows.extend(rs.iter().map(|r| [n.clone(), m.clone(), b.clone(), t.clone(), r.clone()]));
                }
            }
        }
    }
    rows
}

fn frame(rows: &[Row]) -> DataFrame {
    let number = |i: usize| -> Vec<Option<f64>> {
        rows.iter().map(|row| if let Value::Number(x) = row[i] { Some(x) } else { None }).collect()
    };
    let text = |i: usize| -> Vec<Option<String>> {
        rows.iter().map(|row| if let Value::Text(x) = &row[i] { Some(x.clone()) } else { None }).collect()
    };
    let truth: Vec<Option<bool>> =
        rows.iter().map(|row| if let Value::Bool(x) = row[2] { Some(x) } else { None }).collect();
    let columns: Vec<Column> = vec![
        Series::new("n".into(), number(0)).into(),
        Series::new("m".into(), number(1)).into(),
        Series::new("b".into(), truth).into(),
        Series::new("t".into(), text(3)).into(),
        Series::new("r".into(), text(4)).into(),
        Series::new("Raw (Y/N)".into(), text(4)).into(),
    ];
    DataFrame::new(rows.len(), columns).unwrap()
}

fn value(row: &Row, name: &str) -> Value {
    let place = ["n", "m", "b", "t", "r"].iter().position(|known| *known == name).unwrap_or(4);
    row[place].clone()
}

fn by_polars(expression: &Expression, want: Type, rows: &[Row]) -> Vec<Value> {
    let column = |name: &str, _: bool| -> (Expr, Type) { (col(name), type_of(name).unwrap()) };
    let lazy = expression.to_polars(want, &column).alias("out");
    let out = frame(rows).lazy().with_column(lazy).collect().unwrap();
    let series = out.column("out").unwrap();
    (0..rows.len())
        .map(|i| match series.get(i).unwrap() {
            AnyValue::Null => Value::Null,
            AnyValue::Boolean(x) => Value::Bool(x),
            AnyValue::Float64(x) => Value::Number(x),
            AnyValue::String(x) => Value::Text(x.to_owned()),
            AnyValue::StringOwned(x) => Value::Text(x.to_string()),
            other => panic!("{other:?} is no type of an expression"),
        })
        .collect()
}

fn assert_agreement(text: &str, want: Type) {
    let expression = sql::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let bound = expression
        .bind(want, &|name, _| type_of(name), &[])
        .unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let rows = grid();
    for (row, polars) in rows.iter().zip(by_polars(&expression, want, &rows)) {
        let ours = bound.evaluate(&|name| value(row, name));
        assert_eq!(ours, polars, "{text} as {want:?} over {row:?}");
    }
}

const NUMBERS: &[&str] = &[
    "n",
    "r",
    "1.50",
    "-n",
    "n + m",
    "n - m * 2",
    "n / m",
    "(n + 1) / (m - 2)",
    "n / (m - m)",
    "LN(n)",
    "LN(m / n)",
    "ABS(n - 3)",
    "ABS(r)",
    "LEAST(n, m)",
    "GREATEST(n, m, r)",
    "LEAST(NULL, n)",
    "GREATEST(n)",
    "COALESCE(n, m, -1)",
    "COALESCE(r, 7)",
    "NULLIF(n, 0)",
    "NULLIF(n, m)",
    "NULLIF(r, n)",
    "CAST(t AS DOUBLE)",
    "CAST(b AS DOUBLE)",
    "CAST(r AS DOUBLE) * 2",
    "CAST(n > 1 AS DOUBLE)",
    "CASE WHEN b THEN 0 ELSE 1 END",
    "CASE WHEN b THEN n WHEN n > 1 THEN m END",
    "CASE WHEN n > m THEN NULL ELSE 1e3 END",
    "CASE t WHEN 'Refund' THEN 1 WHEN '' THEN n ELSE m END",
    "CASE n WHEN m THEN 1 WHEN NULL THEN 2 ELSE 3 END",
    "CASE r WHEN 2 THEN 1 ELSE 0 END",
    "CASE b WHEN TRUE THEN 1 WHEN FALSE THEN 0 END",
    "CASE WHEN r THEN r ELSE n END",
    "n > 1",
    "b",
    "n * r - COALESCE(m, 0) / GREATEST(n, 1)",
];

const CONDITIONS: &[&str] = &[
    "b",
    "r",
    "n",
    "\"Raw (Y/N)\" = 'YES'",
    "\"Raw (Y/N)\"",
    "TRUE",
    "NULL",
    "n > m",
    "n >= 0",
    "n < 1 OR m <= 0",
    "n = m AND b",
    "n <> m OR b",
    "NOT b",
    "NOT (b AND n > 0)",
    "b = (n > 0)",
    "b OR r",
    "b AND r AND n > 0",
    "n = NULL",
    "NULL = NULL",
    "n IS NULL",
    "r IS NULL",
    "t IS NOT NULL AND n IS NOT NULL",
    "(n / m) IS NULL",
    "n BETWEEN m AND 2.5",
    "n NOT BETWEEN 0 AND m",
    "t BETWEEN 'R' AND 'S'",
    "r BETWEEN 0 AND 5",
    "n IN (0, 1, m)",
    "n NOT IN (1, NULL)",
    "t IN ('Refund', '')",
    "r IN (2, -15)",
    "r IN ('abc', 'YES')",
    "t = 'Refund'",
    "t < 'a'",
    "t || 'x' = 'Refundx'",
    "t LIKE 'Ref%'",
    "t LIKE '%'",
    "t LIKE '_e_und'",
    "t NOT LIKE 're.f_100%'",
    "t LIKE '%x'",
    "r LIKE '% '",
    "COALESCE(b, r)",
    "NULLIF(b, TRUE)",
    "CASE WHEN b THEN 1 ELSE 0 END",
    "CASE WHEN b THEN n ELSE 0 END",
    "CASE WHEN b THEN r END",
    "CASE WHEN n > 1 THEN TRUE WHEN m = 0 THEN b ELSE NULL END",
];

const TEXTS: &[&str] = &[
    "t",
    "r",
    "'it''s'",
    "t || r",
    "t || '-' || NULL",
    "COALESCE(t, r, 'none')",
    "NULLIF(t, '')",
    "CASE WHEN b THEN t ELSE 'other' END",
];

#[test]
fn numbers_agree() {
    for text in NUMBERS {
        assert_agreement(text, Type::Number);
    }
}

#[test]
fn conditions_agree() {
    for text in CONDITIONS {
        assert_agreement(text, Type::Bool);
    }
}

#[test]
fn texts_agree() {
    for text in TEXTS {
        assert_agreement(text, Type::Text);
    }
}

/// A number expression, built from numbers and conditions.
fn any_number(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![Just("n"), Just("m"), Just("r"), Just("2"), Just("0"), Just("0.5")]
        .prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    let (x, y) = (any_number(depth - 1), any_number(depth - 1));
    prop_oneof![
        leaf,
        (x.clone(), prop_oneof![Just("+"), Just("-"), Just("*"), Just("/")], y.clone())
            .prop_map(|(x, sign, y)| format!("({x} {sign} {y})")),
        (
            prop_oneof![Just("LEAST"), Just("GREATEST"), Just("COALESCE"), Just("NULLIF")],
            x.clone(),
            y.clone()
        )
            .prop_map(|(name, x, y)| format!("{name}({x}, CAST({y} AS DOUBLE))")),
        (prop_oneof![Just("ABS"), Just("LN")], x.clone()).prop_map(|(name, x)| format!("{name}({x})")),
        (any_condition(depth - 1), x, y)
            .prop_map(|(c, x, y)| format!("CASE WHEN {c} THEN {x} ELSE 0 + {y} END")),
    ]
    .boxed()
}

fn any_condition(depth: u32) -> BoxedStrategy<String> {
    let leaf =
        prop_oneof![Just("b"), Just("r"), Just("TRUE"), Just("NULL"), Just("t LIKE 'R%'"), Just("n > m")]
            .prop_map(str::to_owned);
    if depth == 0 {
        return leaf.boxed();
    }
    let (a, b) = (any_condition(depth - 1), any_condition(depth - 1));
    let (x, y) = (any_number(depth - 1), any_number(depth - 1));
    let sign = prop_oneof![Just("="), Just("<>"), Just("<"), Just("<="), Just(">"), Just(">=")];
    prop_oneof![
        leaf,
        (a.clone(), prop_oneof![Just("AND"), Just("OR")], b)
            .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
        a.clone().prop_map(|a| format!("(NOT {a})")),
        a.prop_map(|a| format!("({a} IS NULL)")),
        (x.clone(), sign, y.clone()).prop_map(|(x, sign, y)| format!("({x} {sign} CAST({y} AS DOUBLE))")),
        (x.clone(), y.clone()).prop_map(|(x, y)| format!("({x} NOT IN (0, {y}))")),
        (x, y).prop_map(|(x, y)| format!("({x} BETWEEN 0 AND {y})")),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_number_agrees(text in any_number(3)) {
        assert_agreement(&text, Type::Number);
    }

    #[test]
    fn any_condition_agrees(text in any_condition(3)) {
        assert_agreement(&text, Type::Bool);
    }
}

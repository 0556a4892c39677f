//! SQL text for each engine, word for word.

use gapwise::sql::{self, ColumnSql, Dialect, Type};

fn emitted(dialect: &str, text: &str, want: Type) -> String {
    let dialect = Dialect::named(dialect).unwrap();
    let column = |name: &str, quoted: bool| ColumnSql {
        sql: dialect.identifier(name, quoted),
        ty: match name {
            "n" | "m" => Type::Number,
            "b" => Type::Bool,
            "t" => Type::Text,
            _ => Type::Any,
        },
    };
    sql::parse(text).unwrap().emit(&dialect, want, &column)
}

#[test]
fn a_division_is_of_doubles_and_null_for_zero() {
    assert_eq!(
        emitted("duckdb", "n / 2", Type::Number),
        r#"(NULLIF(CAST("n" AS DOUBLE), 'NaN'::DOUBLE) / NULLIF(CAST(2 AS DOUBLE), 0))"#
    );
    assert_eq!(
        emitted("postgres", "n / 2", Type::Number),
        r#"(NULLIF(CAST("n" AS double precision), 'NaN') / NULLIF(CAST(2 AS double precision), 0))"#
    );
    assert_eq!(
        emitted("spark", "n / 2", Type::Number),
        "(NULLIF(CAST(`n` AS double), CAST('NaN' AS double)) / NULLIF(CAST(2 AS double), 0))"
    );
}

#[test]
fn one_and_zero_of_a_case_are_a_number_or_a_condition_as_asked() {
    let text = "CASE WHEN b THEN 0 ELSE 1 END";
    assert_eq!(
        emitted("postgres", text, Type::Number),
        r#"CAST(CASE WHEN "b" THEN 0 ELSE 1 END AS double precision)"#
    );
    assert_eq!(
        emitted("postgres", text, Type::Bool),
        r#"CASE CASE WHEN "b" THEN 0 ELSE 1 END WHEN 1 THEN TRUE WHEN 0 THEN FALSE END"#
    );
}

#[test]
fn raw_text_takes_the_type_of_its_use() {
    assert_eq!(emitted("postgres", "r = 'Y'", Type::Bool), r#"(CAST("r" AS text) = 'Y')"#);
    assert_eq!(
        emitted("duckdb", "r > 1", Type::Bool),
        r#"(CASE WHEN isfinite(TRY_CAST("r" AS DOUBLE)) THEN TRY_CAST("r" AS DOUBLE) END > 1)"#
    );
    assert_eq!(
        emitted("postgres", "r", Type::Bool),
        r#"CASE WHEN LOWER(TRIM(CAST("r" AS text))) IN ('true', 't', 'yes', 'y', '1') THEN TRUE WHEN LOWER(TRIM(CAST("r" AS text))) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END"#
    );
}

#[test]
fn a_logarithm_of_what_is_not_positive_is_null() {
    assert_eq!(
        emitted("duckdb", "LN(n)", Type::Number),
        r#"LN(NULLIF(GREATEST(NULLIF(CAST("n" AS DOUBLE), 'NaN'::DOUBLE), 0), 0))"#
    );
}

#[test]
fn nulls_have_a_type_and_long_numbers_keep_every_digit() {
    assert_eq!(
        emitted("spark", "CASE WHEN NULL THEN t END", Type::Text),
        "CASE WHEN CAST(NULL AS boolean) THEN `t` END"
    );
    assert_eq!(
        emitted("duckdb", "0.10000000000000001e-3", Type::Number),
        "CAST(0.10000000000000001e-3 AS DOUBLE)"
    );
}

#[test]
fn hostile_text_and_names_stay_inside_their_quotes() {
    assert_eq!(emitted("postgres", r"t = 'a''; DROP TABLE x'", Type::Bool), r#"("t" = 'a''; DROP TABLE x')"#);
    assert_eq!(emitted("spark", r"t = 'it''s \'", Type::Bool), r"(`t` = 'it\'s \\')");
    assert_eq!(Dialect::named("postgres").unwrap().identifier("a\"b", true), r#""a""b""#);
    assert_eq!(Dialect::named("bigquery").unwrap().identifier("a`b\\", true), r"`a\`b\\`");
}

#[test]
fn snowflake_quotes_only_what_the_user_quoted() {
    assert_eq!(emitted("snowflake", "t = 'x'", Type::Bool), "(t = 'x')");
    assert_eq!(emitted("snowflake", "\"t\" = 'x'", Type::Bool), "(\"t\" = 'x')");
}

#[test]
fn where_one_null_would_win_least_falls_back_on_the_others() {
    let sql = emitted("trino", "LEAST(1, 2)", Type::Number);
    assert_eq!(
        sql,
        "LEAST(COALESCE(CAST(1 AS double), CAST(2 AS double)), COALESCE(CAST(2 AS double), CAST(1 AS double)))"
    );
}

#[test]
fn every_shipped_dialect_reads_and_knows_both_weeks() {
    let names = Dialect::names();
    for engine in [
        "postgres",
        "redshift",
        "duckdb",
        "spark",
        "databricks",
        "sail",
        "snowflake",
        "bigquery",
        "clickhouse",
        "trino",
    ] {
        assert!(names.iter().any(|name| name == engine), "{engine} is missing");
        let period = Dialect::named(engine).unwrap().period;
        let forms = [
            period.day("at"),
            period.month("at"),
            period.week_from_monday("at"),
            period.week_from_sunday("at"),
        ];
        for (i, form) in forms.iter().enumerate() {
            assert!(!form.contains('{') && !forms[..i].contains(form), "{engine}: {form}");
        }
    }
    assert_eq!(Dialect::named("oracle"), None);
}

#[test]
fn a_dialect_with_a_missing_hole_or_an_unknown_key_is_refused() {
    let shipped = include_str!("../../rules/dialects/duckdb.toml");
    assert!(Dialect::parse(shipped).is_ok());
    let error = Dialect::parse(&shipped.replace("{ts}", "ts")).unwrap_err();
    assert_eq!(error.message, "`period.day` needs `{ts}` in it");
    let error = Dialect::parse(&format!("colour = \"red\"\n{shipped}")).unwrap_err();
    assert_eq!(error.at, Some(0..6));
}

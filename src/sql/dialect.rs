//! What differs between SQL engines, as data: one TOML file an engine, embedded in the binary and open to
//! a client's own. Templates name their hole: `{x}` is a value, `{ts}` a timestamp or a date.

use std::ops::Range;

use serde::Deserialize;

use super::Type;

const SHIPPED: [&str; 7] = [
    include_str!("../../rules/dialects/bigquery.toml"),
    include_str!("../../rules/dialects/clickhouse.toml"),
    include_str!("../../rules/dialects/duckdb.toml"),
    include_str!("../../rules/dialects/postgres.toml"),
    include_str!("../../rules/dialects/snowflake.toml"),
    include_str!("../../rules/dialects/spark.toml"),
    include_str!("../../rules/dialects/trino.toml"),
];

/// How one engine writes what the reduction needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dialect {
    pub name: String,
    /// Engines that speak the same SQL, such as `redshift` beside `postgres`.
    #[serde(default)]
    pub also: Vec<String>,
    /// The sign around a quoted identifier.
    pub quote: char,
    /// Which identifiers are quoted.
    pub quoting: Quoting,
    /// How the quoting sign is written inside an identifier.
    pub name_escape: Escape,
    /// How a quote is written inside text.
    pub text_escape: Escape,
    /// The type names that casts use; all of them hold nulls.
    pub double: String,
    pub bigint: String,
    pub text: String,
    pub boolean: String,
    pub date: String,
    /// `{x}`, a number of any type, as a double; NaN becomes null.
    pub number: String,
    /// `{x}`, raw text, as a double; null where it is no number, never an error.
    pub number_from_text: String,
    /// `{x}`, a double, rounded down to a bigint.
    pub floor: String,
    /// What LEAST and GREATEST do with a null.
    pub least: NullInLeast,
    /// The first day of the period that holds `{ts}`, as a date.
    pub period: Periods,
    /// Statements to run once on every connection.
    #[serde(default)]
    pub session_sql: Vec<String>,
}

/// The first day of the period that holds `{ts}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Periods {
    pub day: String,
    pub month: String,
    /// Weeks that start on Monday.
    pub week_monday: String,
    /// Weeks that start on Sunday.
    pub week_sunday: String,
}

/// Which identifiers are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quoting {
    Always,
    /// Only what the user quoted: the engine folds bare names to upper case, as its tables have them.
    AsWritten,
}

/// How a quoting sign is written between two of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escape {
    Doubled,
    /// With a backslash before it; a backslash is doubled.
    Backslash,
}

/// What LEAST and GREATEST do with a null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NullInLeast {
    Ignored,
    MakesNull,
}

/// A column as an engine's SQL, with the type it has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSql {
    pub sql: String,
    pub ty: Type,
}

/// A mistake in a dialect's TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialectError {
    /// Byte range in the TOML, where known.
    pub at: Option<Range<usize>>,
    pub message: String,
}

impl Dialect {
    /// The shipped dialect of that name, or of an engine that speaks it.
    pub fn named(name: &str) -> Option<Dialect> {
        let is_it = |dialect: &Dialect| dialect.name == name || dialect.also.iter().any(|also| also == name);
        shipped().find(is_it)
    }

    /// Every name `named` knows, sorted.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> =
            shipped().flat_map(|dialect| std::iter::once(dialect.name).chain(dialect.also)).collect();
        names.sort();
        names
    }

    /// Reads a dialect and checks that every template has its hole.
    pub fn parse(toml: &str) -> Result<Dialect, DialectError> {
        let dialect: Dialect = toml::from_str(toml)
            .map_err(|error| DialectError { at: error.span(), message: error.message().to_owned() })?;
        let templates = [
            ("number", &dialect.number, "{x}"),
            ("number-from-text", &dialect.number_from_text, "{x}"),
            ("floor", &dialect.floor, "{x}"),
            ("period.day", &dialect.period.day, "{ts}"),
            ("period.month", &dialect.period.month, "{ts}"),
            ("period.week-monday", &dialect.period.week_monday, "{ts}"),
            ("period.week-sunday", &dialect.period.week_sunday, "{ts}"),
        ];
        if let Some((key, _, hole)) = templates.iter().find(|(_, template, hole)| !template.contains(hole)) {
            return Err(DialectError { at: None, message: format!("`{key}` needs `{hole}` in it") });
        }
        Ok(dialect)
    }

    /// A column name as an identifier. `quoted`: the user wrote it in double quotes.
    pub fn identifier(&self, name: &str, quoted: bool) -> String {
        if self.quoting == Quoting::AsWritten && !quoted {
            return name.to_owned();
        }
        self.name_escape.around(name, self.quote)
    }

    /// Text as a literal.
    pub fn literal(&self, text: &str) -> String {
        let escaped = self.text_escape.around(text, '\'');
        match self.text_escape {
            Escape::Doubled => escaped,
            Escape::Backslash => escaped.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"),
        }
    }

    /// `x` cast to a type name of this dialect.
    pub fn cast(&self, x: &str, to: &str) -> String {
        format!("CAST({x} AS {to})")
    }

    /// A double rounded down to a bigint.
    pub fn floor(&self, x: &str) -> String {
        fill(&self.floor, x)
    }

    /// The type name for a settled type; raw text is text.
    pub fn type_name(&self, ty: Type) -> &str {
        match ty {
            Type::Number => &self.double,
            Type::Bool => &self.boolean,
            Type::Text | Type::Any => &self.text,
        }
    }
}

impl Periods {
    pub fn day(&self, ts: &str) -> String {
        self.day.replace("{ts}", ts)
    }

    pub fn month(&self, ts: &str) -> String {
        self.month.replace("{ts}", ts)
    }

    pub fn week_from_monday(&self, ts: &str) -> String {
        self.week_monday.replace("{ts}", ts)
    }

    pub fn week_from_sunday(&self, ts: &str) -> String {
        self.week_sunday.replace("{ts}", ts)
    }
}

impl Escape {
    fn around(self, text: &str, quote: char) -> String {
        let escaped = match self {
            Escape::Doubled => text.replace(quote, &format!("{quote}{quote}")),
            Escape::Backslash => text.replace('\\', "\\\\").replace(quote, &format!("\\{quote}")),
        };
        format!("{quote}{escaped}{quote}")
    }
}

/// Fills `{x}` in a template.
pub(crate) fn fill(template: &str, x: &str) -> String {
    template.replace("{x}", x)
}

/// The embedded dialects; a test reads every file, so none is lost here.
fn shipped() -> impl Iterator<Item = Dialect> {
    SHIPPED.iter().filter_map(|toml| Dialect::parse(toml).ok())
}

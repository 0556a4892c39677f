//! The reduction as one SELECT for a warehouse or cluster. It yields the columns of the polars plan in the
//! same order, to be read by position; `period` is the first day of a period, a date.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{NaiveDate, Weekday};

use super::reduction::{LARGEST, Measured, Reduction, Status, Values};
use crate::calendar::Grain;
use crate::model::Measure;
use crate::sql::{ColumnSql, Dialect, Expression, Type};

impl Reduction {
    /// One SELECT over `table`, which stands as it is in the FROM clause. Weeks that start on another day
    /// than Monday or Sunday come day by day: a day determines its period.
    pub fn to_sql(&self, dialect: &Dialect, table: &str) -> String {
        Writer { reduction: self, dialect }.select(table)
    }
}

struct Writer<'a> {
    reduction: &'a Reduction,
    dialect: &'a Dialect,
}

impl Writer<'_> {
    fn select(&self, table: &str) -> String {
        let labels = self.reduction.labels();
        let keys: Vec<&str> = ["row_status", "period_start", "apart"]
            .into_iter()
            .chain(labels.iter().map(|(label, _)| label.as_str()))
            .collect();
        let places: Vec<String> = (1..=keys.len()).map(|place| place.to_string()).collect();
        let mut sql = format!("SELECT {}", keys.join(", "));
        for sum in self.sums() {
            let _ = write!(sql, ",\n  {sum}");
        }
        let _ = write!(sql, "\nFROM (\n{}\n) AS used\nGROUP BY {}", self.used(table), places.join(", "));
        sql
    }

    fn sums(&self) -> Vec<String> {
        let bigint =
            |x: &str, name: &str| format!("{} AS {name}", self.dialect.cast(x, &self.dialect.bigint));
        let mut sums = vec![
            bigint("COUNT(*)", "row_count"),
            "MIN(local_day) AS first_day".to_owned(),
            "MAX(local_day) AS last_day".to_owned(),
        ];
        for (k, measured) in self.reduction.measured.iter().enumerate() {
            let (q, d) = (format!("q_{k}"), format!("d_{k}"));
            sums.push(bigint(&format!("COUNT({q})"), &format!("n_{k}")));
            let mut sum = |x: String, name: &str| sums.push(bigint(&x, &format!("{name}_{k}")));
            match measured.measure {
                Measure::Proportion => sum(format!("COALESCE(SUM({q}), 0)"), "sum"),
                Measure::Mean => {
                    sum(format!("COALESCE(SUM({q}), 0)"), "sum");
                    sum(format!("COALESCE(SUM({q} * {q}), 0)"), "squares");
                    sum(format!("COALESCE(MAX(ABS({q})), 0)"), "max");
                }
                Measure::Ratio => {
                    sum(format!("COALESCE(SUM({q}), 0)"), "num");
                    sum(format!("COALESCE(SUM({d}), 0)"), "den");
                    sum(format!("COALESCE(SUM({q} * {q}), 0)"), "num2");
                    sum(format!("COALESCE(SUM({d} * {d}), 0)"), "den2");
                    sum(format!("COALESCE(SUM({q} * {d}), 0)"), "numden");
                    sum(
                        format!(
                            "COALESCE(MAX(CASE WHEN ABS({q}) > ABS({d}) THEN ABS({q}) ELSE ABS({d}) END), 0)"
                        ),
                        "max",
                    );
                }
            }
        }
        sums
    }

    /// Keys and days of rows that are not used are null.
    fn used(&self, table: &str) -> String {
        let used = |x: &str, name: &str| format!("CASE WHEN row_status = 0 THEN {x} END AS {name}");
        let mut columns = vec!["row_status".to_owned(), used(&self.period(), "period_start")];
        columns.push(if self.reduction.days_apart.is_empty() {
            format!("{} AS apart", self.dialect.cast("NULL", &self.dialect.date))
        } else {
            format!(
                "CASE WHEN row_status = 0 AND {} THEN local_day END AS apart",
                self.among(&self.reduction.days_apart)
            )
        });
        columns.extend(self.reduction.labels().iter().map(|(label, _)| used(label, label)));
        columns.push(used("local_day", "local_day"));
        columns.extend(self.quantised().into_iter().map(|(name, _)| name));
        format!("SELECT {}\nFROM (\n{}\n) AS told", columns.join(",\n  "), self.told(table))
    }

    fn told(&self, table: &str) -> String {
        let mut columns = vec![format!("{} AS row_status", self.status()), "local_day".to_owned()];
        columns.extend(self.reduction.labels().into_iter().map(|(label, _)| label));
        columns.extend(self.quantised().into_iter().map(|(name, _)| name));
        format!("SELECT {}\nFROM (\n{}\n) AS raw", columns.join(",\n  "), self.raw(table))
    }

    fn raw(&self, table: &str) -> String {
        let at = self.dialect.identifier(&self.reduction.at, false);
        let mut columns = vec![format!("{} AS local_day", self.dialect.period.day(&at))];
        columns.push(match &self.reduction.filter {
            Some(filter) => format!("COALESCE({}, FALSE) AS keep", self.lower(filter, Type::Bool)),
            None => "TRUE AS keep".to_owned(),
        });
        let text = &self.dialect.text;
        columns.extend(self.reduction.labels().into_iter().map(|(label, column)| {
            let sql = column.map_or("NULL".to_owned(), |column| self.dialect.identifier(column, false));
            format!("{} AS {label}", self.dialect.cast(&sql, text))
        }));
        columns.extend(self.quantised().into_iter().map(|(name, sql)| format!("{sql} AS {name}")));
        format!("SELECT {}\nFROM {table}", columns.join(",\n  "))
    }

    fn status(&self) -> String {
        let (first, last) = self.reduction.days;
        let mut out = format!("local_day < {}", self.date(first));
        if !self.reduction.days_out.is_empty() {
            let _ = write!(out, " OR {}", self.among(&self.reduction.days_out));
        }
        format!(
            "CASE WHEN NOT keep THEN {} WHEN local_day IS NULL THEN {} WHEN local_day > {} THEN {} \
             WHEN {out} THEN {} WHEN agent IS NULL THEN {} ELSE {} END",
            Status::Filtered as i32,
            Status::NoTime as i32,
            self.date(last),
            Status::Later as i32,
            Status::Filtered as i32,
            Status::NoAgent as i32,
            Status::Used as i32,
        )
    }

    fn period(&self) -> String {
        let period = &self.dialect.period;
        match self.reduction.calendar.grain {
            Grain::Month => period.month("local_day"),
            Grain::Week { start: Weekday::Mon } => period.week_from_monday("local_day"),
            Grain::Week { start: Weekday::Sun } => period.week_from_sunday("local_day"),
            Grain::Day | Grain::Week { .. } => "local_day".to_owned(),
        }
    }

    fn date(&self, date: NaiveDate) -> String {
        self.dialect.cast(&self.dialect.literal(&date.to_string()), &self.dialect.date)
    }

    fn among(&self, days: &BTreeSet<NaiveDate>) -> String {
        let days: Vec<String> = days.iter().map(|day| self.date(*day)).collect();
        format!("local_day IN ({})", days.join(", "))
    }

    /// (name, SQL) of each quantised value.
    fn quantised(&self) -> Vec<(String, String)> {
        let mut columns = Vec::new();
        for (k, measured) in self.reduction.measured.iter().enumerate() {
            let value = self.quantise(measured, &measured.value);
            let Some(denominator) = &measured.denominator else {
                columns.push((format!("q_{k}"), value));
                continue;
            };
            let denominator = self.quantise(measured, denominator);
            columns.push((format!("q_{k}"), format!("CASE WHEN {denominator} IS NOT NULL THEN {value} END")));
            columns.push((format!("d_{k}"), format!("CASE WHEN {value} IS NOT NULL THEN {denominator} END")));
        }
        columns
    }

    fn quantise(&self, measured: &Measured, value: &Expression) -> String {
        if measured.measure == Measure::Proportion {
            return self.proportion(value);
        }
        let x = self.lower(value, Type::Number);
        let scaled = match measured.decimals {
            0 => x,
            _ => {
                format!("({x} * {})", self.dialect.cast(&measured.scale().to_string(), &self.dialect.double))
            }
        };
        let low = measured.floor.unwrap_or(-LARGEST);
        let masked = format!("CASE WHEN {scaled} BETWEEN {low} AND {LARGEST} THEN {scaled} END");
        self.dialect.floor(&format!("{masked} + 0.5"))
    }

    fn proportion(&self, value: &Expression) -> String {
        let lookup = |name: &str, quoted: bool| Some(self.column(name, quoted).ty);
        let (sql, yes, no) = match value.check(Type::Any, &lookup, &[]) {
            Ok(Type::Number) => (self.lower(value, Type::Number), "1", "0"),
            _ => (self.lower(value, Type::Bool), "TRUE", "FALSE"),
        };
        self.dialect.cast(&format!("CASE {sql} WHEN {yes} THEN 1 WHEN {no} THEN 0 END"), &self.dialect.bigint)
    }

    fn lower(&self, expression: &Expression, want: Type) -> String {
        expression.emit(self.dialect, want, &|name, quoted| self.column(name, quoted))
    }

    fn column(&self, name: &str, quoted: bool) -> ColumnSql {
        let named = self.reduction.named(name, quoted);
        let sql = self.dialect.identifier(&named.column, quoted || named.column != name);
        match &named.values {
            Some(values) => ColumnSql { sql: self.mapped(&sql, values), ty: Type::Any },
            None => ColumnSql { sql, ty: named.ty },
        }
    }

    /// A column seen through its value map.
    fn mapped(&self, sql: &str, values: &Values) -> String {
        let raw = self.dialect.cast(sql, &self.dialect.text);
        let mut case = format!("CASE WHEN {raw} IS NULL THEN NULL");
        for (pattern, value) in &values.patterns {
            let test = if pattern.contains('*') {
                format!("LIKE {}", self.dialect.literal(&pattern.replace('*', "%")))
            } else {
                format!("= {}", self.dialect.literal(pattern))
            };
            let _ = write!(case, " WHEN LOWER(TRIM({raw})) {test} THEN {}", self.dialect.literal(value));
        }
        let otherwise = values.otherwise.as_ref().map_or(raw, |value| self.dialect.literal(value));
        let _ = write!(case, " ELSE {otherwise} END");
        case
    }
}

//! The reduction as a lazy polars plan. Rows that are not used lose their keys, so that all of them fall
//! into a handful of groups: one pass gives the cells and the account of every row.

use chrono::NaiveDate;
use polars::prelude::*;

use super::reduction::{LARGEST, Measured, Named, Reduction, Status, Values};
use crate::calendar::Grain;
use crate::model::Measure;
use crate::sql::{Expression, Type};

impl Reduction {
    /// The whole reduction over a table with `schema`: one row per status, period, day apart and labels.
    pub fn to_lazy(&self, table: LazyFrame, schema: &Schema) -> LazyFrame {
        self.sums(self.rows(table, schema, &[]))
    }

    /// Row by row: `status`, keys (null unless used), `day` and quantised values; and `carried` columns.
    pub fn rows(&self, table: LazyFrame, schema: &Schema, carried: &[&str]) -> LazyFrame {
        let mut first: Vec<Expr> = carried.iter().map(|name| col(*name)).collect();
        first.push(self.day(schema).alias("day"));
        first.push(self.keep(schema).alias("keep"));
        if self.unique.is_some() {
            first.push(label_text(self.unique.as_deref(), schema).alias("unique"));
            first.push(col(self.at.as_str()).cast(DataType::Int64).alias("moment"));
        }
        for (label, column) in self.labels() {
            first.push(label_text(column, schema).alias(&*label));
        }
        if let Some(sampling) = &self.sampling {
            first.push(label_text(Some(&sampling.id), schema).alias("contact"));
        }
        for (k, measured) in self.measured.iter().enumerate() {
            first.extend(self.quantised(k, measured, schema));
        }
        table.select(first).with_column(self.status().alias("status")).with_columns(self.used_keys())
    }

    /// `rows` of all files with one used row per unique value: the latest, then the last in the order of all
    /// else it says. The others are duplicates.
    pub fn without_duplicates(&self, rows: LazyFrame, columns: &[&str]) -> LazyFrame {
        let leading = [("unique", false), ("status", false), ("moment", true)];
        let rest = columns.iter().filter(|name| leading.iter().all(|(lead, _)| lead != *name));
        let by: Vec<Expr> =
            leading.iter().map(|(name, _)| *name).chain(rest.clone().copied()).map(col).collect();
        let descending = leading.iter().map(|(_, descending)| *descending).chain(rest.map(|_| true));
        let order = SortMultipleOptions::default()
            .with_order_descending_multi(descending)
            .with_nulls_last_multi(vec![true; by.len()]);
        let same = |name: &str| col(name).eq(col(name).shift(lit(1))).fill_null(lit(false));
        let used = col("status").eq(lit(Status::Used as i32));
        let duplicate = used.and(same("unique")).and(same("status"));
        let mut lost: Vec<String> = ["period", "apart", "day"].map(str::to_owned).to_vec();
        lost.extend(self.labels().into_iter().map(|(label, _)| label));
        let marked = rows.sort_by_exprs(by, order).with_column(duplicate.alias("is_duplicate"));
        let told = when(col("is_duplicate")).then(lit(Status::Duplicate as i32)).otherwise(col("status"));
        let kept =
            |name: &String| when(col("is_duplicate").not()).then(col(name.as_str())).otherwise(lit(NULL));
        let mut changed: Vec<Expr> = lost.iter().map(|name| kept(name).alias(name.as_str())).collect();
        changed.push(told.alias("status"));
        marked.with_columns(changed)
    }

    /// `rows` with each label as a category, for whoever adds them up. Which text gets which number is
    /// nobody's business outside one run.
    pub fn categorised(&self, rows: LazyFrame) -> LazyFrame {
        let category = |label: &str| {
            let own = Categories::random("labels".into(), CategoricalPhysical::U32);
            col(label).cast(DataType::from_categories(own))
        };
        rows.with_columns(self.labels().iter().map(|(label, _)| category(label)).collect::<Vec<Expr>>())
    }

    /// The rows the source's own filter lets through.
    pub fn kept(&self, table: LazyFrame, schema: &Schema) -> LazyFrame {
        table.filter(self.keep(schema))
    }

    /// The sums of `rows`.
    pub fn sums(&self, rows: LazyFrame) -> LazyFrame {
        let labels = self.labels();
        let fixed = ["status", "period", "apart"].into_iter().map(col);
        let keys: Vec<Expr> = fixed.chain(labels.iter().map(|(label, _)| col(label.as_str()))).collect();
        let mut sums = vec![
            len().cast(DataType::Int64).alias("row_count"),
            col("day").min().cast(DataType::Int64).alias("first_day"),
            col("day").max().cast(DataType::Int64).alias("last_day"),
        ];
        sums.extend(self.measured.iter().enumerate().flat_map(|(k, measured)| measure_sums(k, measured)));
        rows.group_by(keys).agg(sums)
    }

    /// Days since 1 January 1970 on the wall clock; null where the time is.
    fn day(&self, schema: &Schema) -> Expr {
        let at = col(self.at.as_str());
        match schema.get(self.at.as_str()) {
            Some(DataType::Date) => at.cast(DataType::Int32),
            Some(DataType::Datetime(_, _)) => at.cast(DataType::Date).cast(DataType::Int32),
            _ => lit(NULL).cast(DataType::Int32),
        }
    }

    fn keep(&self, schema: &Schema) -> Expr {
        match &self.filter {
            Some(filter) => self.lower(filter, Type::Bool, schema).fill_null(lit(false)),
            None => lit(true),
        }
    }

    /// What became of the row; the first reason in this order.
    fn status(&self) -> Expr {
        let code = |status: Status| lit(status as i32);
        let day = || col("day");
        let (first, last) = (day_number(self.days.0), day_number(self.days.1));
        let mut out = day().lt(lit(first));
        if !self.days_out.is_empty() {
            out = out.or(among(&day(), &self.days_out));
        }
        when(col("keep").not())
            .then(code(Status::Filtered))
            .when(day().is_null())
            .then(code(Status::NoTime))
            .when(day().gt(lit(last)))
            .then(code(Status::Later))
            .when(out)
            .then(code(Status::Filtered))
            .when(col("agent").is_null())
            .then(code(Status::NoAgent))
            .otherwise(code(Status::Used))
    }

    fn used_keys(&self) -> Vec<Expr> {
        let used =
            |key: Expr| when(col("status").eq(lit(Status::Used as i32))).then(key).otherwise(lit(NULL));
        let apart = if self.days_apart.is_empty() {
            lit(NULL).cast(DataType::Int32)
        } else {
            used(when(among(&col("day"), &self.days_apart)).then(col("day")).otherwise(lit(NULL)))
        };
        let mut keys =
            vec![used(self.period()).alias("period"), apart.alias("apart"), used(col("day")).alias("day")];
        keys.extend(self.labels().iter().map(|(label, _)| used(col(label.as_str())).alias(label.as_str())));
        keys
    }

    fn period(&self) -> Expr {
        match (self.calendar.grain, self.calendar.epoch_days()) {
            (Grain::Day, _) => col("day"),
            (_, Some((offset, length))) => (col("day") - lit(offset)).floor_div(lit(length)),
            _ => {
                let date = || col("day").cast(DataType::Date).dt();
                let years = date().year().cast(DataType::Int32) - lit(1970);
                years * lit(12) + date().month().cast(DataType::Int32) - lit(1)
            }
        }
    }

    fn quantised(&self, k: usize, measured: &Measured, schema: &Schema) -> Vec<Expr> {
        let value = match measured.measure {
            Measure::Proportion => return vec![self.proportion(measured, schema).alias(format!("q_{k}"))],
            Measure::Mean | Measure::Ratio => {
                quantise(self.lower(&measured.value, Type::Number, schema), measured)
            }
        };
        let Some(denominator) = &measured.denominator else { return vec![value.alias(format!("q_{k}"))] };
        let denominator = quantise(self.lower(denominator, Type::Number, schema), measured);
        let both = |x: Expr, other: Expr| when(other.is_not_null()).then(x).otherwise(lit(NULL));
        vec![
            both(value.clone(), denominator.clone()).alias(format!("q_{k}")),
            both(denominator, value).alias(format!("d_{k}")),
        ]
    }

    /// 0 or 1; anything else is unusable.
    fn proportion(&self, measured: &Measured, schema: &Schema) -> Expr {
        let lookup = |name: &str, quoted: bool| Some(self.type_of(name, quoted, schema));
        match measured.value.check(Type::Any, &lookup, &[]) {
            Ok(Type::Number) => {
                let x = self.lower(&measured.value, Type::Number, schema);
                let counts = x.clone().eq(lit(0.0)).or(x.clone().eq(lit(1.0)));
                when(counts).then(x).otherwise(lit(NULL)).cast(DataType::Int64)
            }
            _ => self.lower(&measured.value, Type::Bool, schema).cast(DataType::Int64),
        }
    }

    fn lower(&self, expression: &Expression, want: Type, schema: &Schema) -> Expr {
        expression.to_polars(want, &|name, quoted| self.column(name, quoted, schema))
    }

    fn type_of(&self, name: &str, quoted: bool, schema: &Schema) -> Type {
        self.column(name, quoted, schema).1
    }

    /// A name of an expression as a column with its type.
    fn column(&self, name: &str, quoted: bool, schema: &Schema) -> (Expr, Type) {
        let Named { column, values, .. } = self.named(name, quoted);
        let (raw, ty) = match schema.get(column.as_str()) {
            Some(DataType::Boolean) => (col(column.as_str()), Type::Bool),
            Some(dtype) if dtype.is_primitive_numeric() || dtype.is_decimal() => {
                (col(column.as_str()).cast(DataType::Float64), Type::Number)
            }
            Some(DataType::String) => (col(column.as_str()), Type::Any),
            Some(_) => (col(column.as_str()).cast(DataType::String), Type::Any),
            None => (lit(NULL).cast(DataType::String), Type::Any),
        };
        match values {
            Some(values) => (mapped(raw.cast(DataType::String), values), Type::Any),
            None => (raw, ty),
        }
    }
}

/// Masks first, so that the cast never sees what it cannot hold: `floor(x * 10^d + 0.5)` as a bigint.
fn quantise(x: Expr, measured: &Measured) -> Expr {
    let scaled = x * lit(measured.scale());
    let mut inside = scaled.clone().gt_eq(lit(-LARGEST)).and(scaled.clone().lt_eq(lit(LARGEST)));
    if let Some(floor) = measured.floor {
        inside = inside.and(scaled.clone().gt_eq(lit(floor)));
    }
    (when(inside).then(scaled).otherwise(lit(NULL)) + lit(0.5)).floor().cast(DataType::Int64)
}

fn measure_sums(k: usize, measured: &Measured) -> Vec<Expr> {
    let q = || col(format!("q_{k}"));
    let d = || col(format!("d_{k}"));
    let n = q().count().cast(DataType::Int64).alias(format!("n_{k}"));
    let largest = |x: Expr| x.abs().max().fill_null(lit(0i64));
    match measured.measure {
        Measure::Proportion => vec![n, q().sum().alias(format!("sum_{k}"))],
        Measure::Mean => vec![
            n,
            q().sum().alias(format!("sum_{k}")),
            wide_sum(q() * q()).alias(format!("squares_{k}")),
            largest(q()).alias(format!("max_{k}")),
        ],
        Measure::Ratio => vec![
            n,
            q().sum().alias(format!("num_{k}")),
            d().sum().alias(format!("den_{k}")),
            wide_sum(q() * q()).alias(format!("num2_{k}")),
            wide_sum(d() * d()).alias(format!("den2_{k}")),
            wide_sum(q() * d()).alias(format!("numden_{k}")),
            largest(when(q().abs().gt(d().abs())).then(q()).otherwise(d())).alias(format!("max_{k}")),
        ],
    }
}

/// Products go up to 2^62, so that two of them overflow a bigint. A sum that does not fit is null; the
/// largest magnitude beside it tells.
fn wide_sum(product: Expr) -> Expr {
    product.cast(DataType::Int128).sum().cast(DataType::Int64)
}

fn label_text(column: Option<&str>, schema: &Schema) -> Expr {
    let Some(column) = column else { return lit(NULL).cast(DataType::String) };
    match schema.get(column) {
        Some(DataType::String) => col(column),
        Some(_) => col(column).cast(DataType::String),
        None => lit(NULL).cast(DataType::String),
    }
}

/// A column seen through its value map.
fn mapped(raw: Expr, values: Values) -> Expr {
    let through = move |column: Column| {
        let text = column.str()?;
        let canonical: StringChunked = text.apply_values(|raw| values.of(raw.trim()).to_owned().into());
        Ok(canonical.into_column())
    };
    raw.map(through, |_, field| Ok(field.clone()))
}

fn among(day: &Expr, days: &std::collections::BTreeSet<NaiveDate>) -> Expr {
    days.iter().fold(lit(false), |found, date| found.or(day.clone().eq(lit(day_number(*date)))))
}

pub(super) fn day_number(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

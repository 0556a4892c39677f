//! The expression language: a small, portable subset of SQL for metric values, source filters and rule
//! predicates. An expression is parsed once, type-checked against the columns at hand, and then evaluated
//! over plain rows with SQL's three-valued logic, printed for an engine, or lowered to polars. All three
//! renderings start from the same typed tree, so they agree on nulls and on how raw text is read. It is
//! not a query language: sub-queries, windows, aggregates and clocks are refused with the place in the text.

mod bind;
mod dialect;
mod emit;
mod evaluate;
mod lazy;
mod node;
mod syntax;
mod token;

use std::fmt;
use std::ops::Range;

pub use dialect::{ColumnSql, Dialect, DialectError, Escape, NullInLeast, Periods, Quoting};
pub(crate) use evaluate::and;
pub use evaluate::{Step, Trace};

use node::{Node, Term};

/// What an expression or a column yields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// A double.
    Number,
    /// True, false or unknown.
    Bool,
    /// Text, compared byte by byte.
    Text,
    /// A raw text column whose use decides: as a number, a condition or text.
    Any,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Number => "a number",
            Type::Bool => "true or false",
            Type::Text => "text",
            Type::Any => "raw text",
        })
    }
}

/// A plain value of a row or a result.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Number(value) => write!(f, "{value}"),
            Value::Text(value) => write!(f, "'{value}'"),
        }
    }
}

/// A mistake inside an expression's text.
#[derive(Clone, Debug, PartialEq)]
pub struct SqlError {
    /// Byte range in the text; empty only at its end.
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl SqlError {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A reference to a column: `aht`, `"Answered (Y/N)"`, or `activity.rising` where names may be dotted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub name: String,
    /// Written in double quotes: the raw column exactly as spelt.
    pub quoted: bool,
    /// Byte range of its first use.
    pub at: Range<usize>,
}

/// One parsed expression and the text it came from.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    root: Node,
}

/// Parses one expression over plain column names.
pub fn parse(text: &str) -> Result<Expression, SqlError> {
    syntax::parse(text, syntax::Names::Plain).map(|root| Expression { text: text.to_owned(), root })
}

/// Parses one expression whose names may have two parts, as in `activity.rising AND outcome.flat`.
pub fn parse_dotted(text: &str) -> Result<Expression, SqlError> {
    syntax::parse(text, syntax::Names::Dotted).map(|root| Expression { text: text.to_owned(), root })
}

/// An expression whose columns have settled types.
#[derive(Clone, Debug)]
pub struct Bound {
    text: String,
    term: Term,
}

impl Bound {
    /// What it yields: never [`Type::Any`].
    pub fn ty(&self) -> Type {
        self.term.ty
    }

    /// The value over one row.
    pub fn evaluate(&self, row: &dyn Fn(&str) -> Value) -> Value {
        evaluate::evaluate(&self.term, row)
    }

    /// As [`Expression::trace`].
    pub fn trace(&self, row: &dyn Fn(&str) -> Value) -> Trace {
        evaluate::trace(&self.text, &self.term, row)
    }

    /// As [`Expression::nulls_behind`].
    pub fn nulls_behind(&self, row: &dyn Fn(&str) -> Value) -> Vec<String> {
        evaluate::nulls_behind(&self.term, row)
    }
}

impl Expression {
    /// Names that are held against one another, so that their units must agree.
    pub fn compared(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        self.root.compared(&mut pairs);
        pairs
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every column reference once, in the order of first use.
    pub fn names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        self.root.each_column(&mut |name, quoted, at| {
            if !names.iter().any(|seen| seen.name == name && seen.quoted == quoted) {
                names.push(Name { name: name.to_owned(), quoted, at: at.clone() });
            }
        });
        names
    }

    /// Checks the expression against the columns at hand; `known` are the names a misspelling is compared
    /// with. Answers what the expression yields before it is turned into `want`, or every mistake at once.
    pub fn check(
        &self,
        want: Type,
        lookup: &dyn Fn(&str, bool) -> Option<Type>,
        known: &[&str],
    ) -> Result<Type, Vec<SqlError>> {
        bind::check(&self.text, &self.root, want, lookup, known)
    }

    /// Checks as `check` does and keeps the types, for many rows.
    pub fn bind(
        &self,
        want: Type,
        lookup: &dyn Fn(&str, bool) -> Option<Type>,
        known: &[&str],
    ) -> Result<Bound, Vec<SqlError>> {
        self.check(want, lookup, known)?;
        Ok(Bound { text: self.text.clone(), term: bind::bind(&self.text, &self.root, want, lookup) })
    }

    /// The value over one row whose columns have the types of the values in it, text being raw text; a
    /// mistake that `check` would have named yields null. Over many rows, `bind` first.
    pub fn evaluate(&self, row: &dyn Fn(&str) -> Value) -> Value {
        evaluate::evaluate(&self.bound_to(row), row)
    }

    /// The value with every step on the way, innermost first.
    pub fn trace(&self, row: &dyn Fn(&str) -> Value) -> Trace {
        evaluate::trace(&self.text, &self.bound_to(row), row)
    }

    /// When the result is null: the names whose null made it so, or, where a division by zero, a logarithm
    /// or an unreadable text did, the names it was computed from. Empty when the result is not null.
    pub fn nulls_behind(&self, row: &dyn Fn(&str) -> Value) -> Vec<String> {
        evaluate::nulls_behind(&self.bound_to(row), row)
    }

    /// The expression as SQL text for an engine. `column` gives each column's SQL and type there.
    pub fn emit(&self, dialect: &Dialect, want: Type, column: &dyn Fn(&str, bool) -> ColumnSql) -> String {
        let lookup = |name: &str, quoted: bool| Some(column(name, quoted).ty);
        emit::emit(&bind::bind(&self.text, &self.root, want, &lookup), dialect, column)
    }

    /// The expression as a lazy polars expression. `column` gives each column's expression and type.
    ///
    /// A number is a `Float64`, a condition a `Boolean`, text a `String`; an expression without columns has
    /// one row.
    pub fn to_polars(
        &self,
        want: Type,
        column: &dyn Fn(&str, bool) -> (polars::prelude::Expr, Type),
    ) -> polars::prelude::Expr {
        let lookup = |name: &str, quoted: bool| Some(column(name, quoted).1);
        lazy::lower(&bind::bind(&self.text, &self.root, want, &lookup), column)
    }

    fn bound_to(&self, row: &dyn Fn(&str) -> Value) -> Term {
        let lookup = |name: &str, _: bool| {
            Some(match row(name) {
                Value::Null | Value::Text(_) => Type::Any,
                Value::Bool(_) => Type::Bool,
                Value::Number(_) => Type::Number,
            })
        };
        bind::bind(&self.text, &self.root, Type::Any, &lookup)
    }
}

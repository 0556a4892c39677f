//! A typed tree as SQL text for one engine. Numbers are doubles before they are added, multiplied or
//! divided, a division by zero is null, every null has a type, and brackets leave nothing to precedence.

use super::Type;
use super::dialect::{ColumnSql, Dialect, NullInLeast, fill};
use super::evaluate::{FALSE_WORDS, TRUE_WORDS};
use super::node::{Arithmetic, Comparison, Function, Op, Term};

type Column<'a> = &'a dyn Fn(&str, bool) -> ColumnSql;

pub(crate) fn emit(term: &Term, dialect: &Dialect, column: Column<'_>) -> String {
    let writer = Writer { dialect, column };
    let written = writer.term(term);
    if term.ty == Type::Number { writer.double(written) } else { written.sql }
}

struct Writer<'a> {
    dialect: &'a Dialect,
    column: Column<'a>,
}

/// SQL text, and whether the engine has it as a double already.
struct Written {
    sql: String,
    is_double: bool,
}

impl Written {
    fn double(sql: String) -> Self {
        Self { sql, is_double: true }
    }

    fn other(sql: String) -> Self {
        Self { sql, is_double: false }
    }
}

impl Writer<'_> {
    fn term(&self, term: &Term) -> Written {
        match &term.op {
            Op::Null => self.null(term.ty),
            Op::Bool(value) => Written::other(if *value { "TRUE" } else { "FALSE" }.to_owned()),
            Op::Number(text, _) => Written::other(text.clone()),
            Op::Text(text) => Written::other(self.dialect.literal(text)),
            Op::Read { name, quoted, from } => self.read(&(self.column)(name, *quoted).sql, *from, term.ty),
            Op::BoolOfNumber(x) => {
                let x = self.term(x).sql;
                Written::other(format!("CASE {x} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END"))
            }
            Op::NumberOfBool(x) => {
                let x = self.term(x).sql;
                Written::other(format!("CASE {x} WHEN TRUE THEN 1 WHEN FALSE THEN 0 END"))
            }
            Op::NumberOfText(x) => Written::double(fill(&self.dialect.number_from_text, &self.term(x).sql)),
            Op::Negate(x) => Written::double(format!("(-{})", self.as_double(x))),
            Op::Arithmetic(sign, pair) => Written::double(self.arithmetic(*sign, pair)),
            Op::Compare(sign, pair) => Written::other(self.compare(*sign, pair)),
            Op::And(pair) => Written::other(self.joined(pair, "AND")),
            Op::Or(pair) => Written::other(self.joined(pair, "OR")),
            Op::Concat(pair) => Written::other(self.joined(pair, "||")),
            Op::Not(x) => Written::other(format!("(NOT {})", self.term(x).sql)),
            Op::IsNull(x) => Written::other(format!("({} IS NULL)", self.term(x).sql)),
            Op::Between(three) => {
                let [x, low, high] = three.each_ref().map(|part| self.term(part).sql);
                Written::other(format!("({x} BETWEEN {low} AND {high})"))
            }
            Op::In(x, list) => {
                let items: Vec<Written> = list.iter().map(|item| self.term(item)).collect();
                let x = self.comparable(x, items.iter().all(|item| !item.is_double));
                let items: Vec<String> = items.into_iter().map(|item| item.sql).collect();
                Written::other(format!("({x} IN ({}))", items.join(", ")))
            }
            Op::Like(x, pattern) => {
                Written::other(format!("({} LIKE {})", self.term(x).sql, self.dialect.literal(pattern)))
            }
            Op::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref())
            }
            Op::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn null(&self, ty: Type) -> Written {
        let sql = self.dialect.cast("NULL", self.dialect.type_name(ty));
        Written { sql, is_double: ty == Type::Number }
    }

    fn read(&self, column: &str, from: Type, want: Type) -> Written {
        match (from, want) {
            (Type::Any, Type::Number) => Written::double(fill(&self.dialect.number_from_text, column)),
            (_, Type::Number) => Written::double(fill(&self.dialect.number, column)),
            (Type::Any, Type::Bool) => Written::other(self.bool_of_text(column)),
            (Type::Any, Type::Text) => Written::other(self.dialect.cast(column, &self.dialect.text)),
            _ => Written::other(column.to_owned()),
        }
    }

    fn bool_of_text(&self, column: &str) -> String {
        let word = format!("LOWER(TRIM({}))", self.dialect.cast(column, &self.dialect.text));
        let one_of =
            |words: &[&str]| words.iter().map(|w| self.dialect.literal(w)).collect::<Vec<_>>().join(", ");
        format!(
            "CASE WHEN {word} IN ({}) THEN TRUE WHEN {word} IN ({}) THEN FALSE END",
            one_of(&TRUE_WORDS),
            one_of(&FALSE_WORDS)
        )
    }

    fn double(&self, written: Written) -> String {
        if written.is_double { written.sql } else { self.dialect.cast(&written.sql, &self.dialect.double) }
    }

    fn as_double(&self, term: &Term) -> String {
        self.double(self.term(term))
    }

    fn arithmetic(&self, sign: Arithmetic, pair: &[Term; 2]) -> String {
        let [left, right] = pair.each_ref().map(|part| self.as_double(part));
        match sign {
            Arithmetic::Add => format!("({left} + {right})"),
            Arithmetic::Subtract => format!("({left} - {right})"),
            Arithmetic::Multiply => format!("({left} * {right})"),
            Arithmetic::Divide => format!("({left} / NULLIF({right}, 0))"),
        }
    }

    fn compare(&self, sign: Comparison, pair: &[Term; 2]) -> String {
        let right = self.term(&pair[1]);
        let left = self.comparable(&pair[0], !right.is_double);
        let sign = match sign {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
        };
        format!("({left} {sign} {})", right.sql)
    }

    /// One side of a comparison: a number is made a double here when nothing it meets is one.
    fn comparable(&self, term: &Term, alone: bool) -> String {
        if term.ty == Type::Number && alone { self.as_double(term) } else { self.term(term).sql }
    }

    fn joined(&self, pair: &[Term; 2], sign: &str) -> String {
        format!("({} {sign} {})", self.term(&pair[0]).sql, self.term(&pair[1]).sql)
    }

    fn case(&self, operand: Option<&Term>, branches: &[(Term, Term)], otherwise: Option<&Term>) -> Written {
        let results = branches.iter().map(|(_, result)| result).chain(otherwise);
        let results: Vec<Written> = results.map(|result| self.term(result)).collect();
        let is_double = results.iter().any(|result| result.is_double);
        let as_one = |written| if is_double { self.double(written) } else { written.sql };
        let mut results = results.into_iter().map(as_one);
        let mut sql = "CASE".to_owned();
        if let Some(x) = operand {
            sql.extend([" ", &self.comparable(x, true)]);
        }
        for (condition, result) in branches.iter().zip(results.by_ref()) {
            sql.extend([" WHEN ", &self.term(&condition.0).sql, " THEN ", &result]);
        }
        for result in results {
            sql.extend([" ELSE ", &result]);
        }
        Written { sql: sql + " END", is_double }
    }

    fn call(&self, function: Function, arguments: &[Term]) -> Written {
        let number = arguments.iter().any(|argument| argument.ty == Type::Number);
        let written: Vec<String> = arguments
            .iter()
            .map(|argument| if number { self.as_double(argument) } else { self.term(argument).sql })
            .collect();
        let sql = match function {
            // The logarithm's own guard: what is not positive becomes 0 and then null.
            Function::Ln => format!("LN(NULLIF(GREATEST({}, 0), 0))", written.join(", ")),
            Function::Least | Function::Greatest => {
                format!("{}({})", function.name(), self.without_nulls(&written))
            }
            _ => format!("{}({})", function.name(), written.join(", ")),
        };
        Written { sql, is_double: number }
    }

    /// Where one null would win, each argument falls back on the others.
    fn without_nulls(&self, arguments: &[String]) -> String {
        if self.dialect.least == NullInLeast::Ignored || arguments.len() == 1 {
            return arguments.join(", ");
        }
        let turned = (0..arguments.len()).map(|start| {
            let (before, from) = arguments.split_at(start);
            format!("COALESCE({})", [from, before].concat().join(", "))
        });
        turned.collect::<Vec<_>>().join(", ")
    }
}

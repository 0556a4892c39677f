//! A typed tree as a lazy polars expression with the same answers as the evaluator: doubles throughout,
//! NaN read as null, a division by zero null, three-valued logic (which polars' `and` and `or` follow).

use polars::lazy::dsl::{max_horizontal, min_horizontal};
use polars::prelude::{DataType, Expr as Lazy, NULL, coalesce, concat_str, lit, when};

use super::Type;
use super::evaluate::{FALSE_WORDS, TRUE_WORDS};
use super::node::{Arithmetic, Comparison, Function, Op, Term};

type Column<'a> = &'a dyn Fn(&str, bool) -> (Lazy, Type);

pub(crate) fn lower(term: &Term, column: Column<'_>) -> Lazy {
    let lowered = term_of(term, column);
    let computed = !matches!(term.op, Op::Null | Op::Number(..) | Op::Read { .. });
    if term.ty == Type::Number && computed { without_nan(lowered) } else { lowered }
}

fn term_of(term: &Term, column: Column<'_>) -> Lazy {
    let of = |part: &Term| term_of(part, column);
    match &term.op {
        Op::Null => null(term.ty),
        Op::Bool(value) => lit(*value),
        Op::Number(_, value) => lit(*value),
        Op::Text(text) => lit(text.as_str()),
        Op::Read { name, quoted, from } => read(column(name, *quoted).0, *from, term.ty),
        Op::BoolOfNumber(x) => bool_of_number(of(x)),
        Op::NumberOfBool(x) => of(x).cast(DataType::Float64),
        Op::NumberOfText(x) => number_of_text(of(x)),
        Op::Negate(x) => lit(-1.0) * of(x),
        Op::Arithmetic(sign, pair) => arithmetic(*sign, of(&pair[0]), of(&pair[1])),
        Op::Compare(sign, pair) => compare(*sign, of(&pair[0]), of(&pair[1])),
        Op::And(pair) => of(&pair[0]).and(of(&pair[1])),
        Op::Or(pair) => of(&pair[0]).or(of(&pair[1])),
        Op::Not(x) => of(x).not(),
        Op::Concat(pair) => concat_str([of(&pair[0]), of(&pair[1])], "", false),
        Op::IsNull(x) => of(x).is_null(),
        Op::Between(three) => {
            let [x, low, high] = three.each_ref().map(of);
            x.clone().gt_eq(low).and(x.lt_eq(high))
        }
        Op::In(x, list) => any_equal(&of(x), list, column),
        Op::Like(x, pattern) => of(x).str().contains(lit(like_as_regex(pattern)), true),
        Op::Case { operand, branches, otherwise } => {
            let rest = otherwise.as_deref().map_or_else(|| null(term.ty), of);
            let operand = operand.as_deref().map(of);
            branches.iter().rev().fold(rest, |rest, (condition, result)| {
                let holds = match &operand {
                    Some(x) => x.clone().eq(of(condition)),
                    None => of(condition),
                };
                when(holds).then(of(result)).otherwise(rest)
            })
        }
        Op::Call(function, arguments) => call(*function, arguments.iter().map(of).collect(), term.ty),
    }
}

fn null(ty: Type) -> Lazy {
    let to = match ty {
        Type::Number => DataType::Float64,
        Type::Bool => DataType::Boolean,
        Type::Text | Type::Any => DataType::String,
    };
    lit(NULL).cast(to)
}

/// A column of type `from` read as `want`.
fn read(column: Lazy, from: Type, want: Type) -> Lazy {
    match (from, want) {
        (Type::Any, Type::Number) => number_of_text(column.cast(DataType::String)),
        (_, Type::Number) => without_nan(column.cast(DataType::Float64)),
        (Type::Any, Type::Bool) => bool_of_text(column.cast(DataType::String)),
        (_, Type::Bool) => column.cast(DataType::Boolean),
        (_, Type::Text | Type::Any) => column.cast(DataType::String),
    }
}

fn number_of_text(text: Lazy) -> Lazy {
    let number = text.str().strip_chars(lit(NULL)).cast(DataType::Float64);
    when(number.clone().is_finite()).then(number).otherwise(null(Type::Number))
}

fn bool_of_text(text: Lazy) -> Lazy {
    let word = text.str().strip_chars(lit(NULL)).str().to_lowercase();
    let is_one_of = |words: &[&str]| {
        words.iter().map(|w| word.clone().eq(lit(*w))).reduce(Lazy::or).unwrap_or_else(|| lit(false))
    };
    let no = when(is_one_of(&FALSE_WORDS)).then(lit(false)).otherwise(null(Type::Bool));
    when(is_one_of(&TRUE_WORDS)).then(lit(true)).otherwise(no)
}

fn bool_of_number(number: Lazy) -> Lazy {
    let no = when(number.clone().eq(lit(0.0))).then(lit(false)).otherwise(null(Type::Bool));
    when(number.eq(lit(1.0))).then(lit(true)).otherwise(no)
}

fn without_nan(number: Lazy) -> Lazy {
    when(number.clone().is_not_nan()).then(number).otherwise(null(Type::Number))
}

fn arithmetic(sign: Arithmetic, left: Lazy, right: Lazy) -> Lazy {
    match sign {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left / null_if(right, lit(0.0), Type::Number),
    }
}

fn compare(sign: Comparison, left: Lazy, right: Lazy) -> Lazy {
    match sign {
        Comparison::Equal => left.eq(right),
        Comparison::NotEqual => left.neq(right),
        Comparison::Less => left.lt(right),
        Comparison::LessOrEqual => left.lt_eq(right),
        Comparison::Greater => left.gt(right),
        Comparison::GreaterOrEqual => left.gt_eq(right),
    }
}

/// Whether a value is in a list; the tree of comparisons is balanced, so a long list is not a deep one.
fn any_equal(x: &Lazy, list: &[Term], column: Column<'_>) -> Lazy {
    match list {
        [] => lit(false),
        [item] => x.clone().eq(term_of(item, column)),
        _ => {
            let (left, right) = list.split_at(list.len() / 2);
            any_equal(x, left, column).or(any_equal(x, right, column))
        }
    }
}

fn null_if(x: Lazy, y: Lazy, ty: Type) -> Lazy {
    when(x.clone().eq(y)).then(null(ty)).otherwise(x)
}

fn call(function: Function, arguments: Vec<Lazy>, ty: Type) -> Lazy {
    let of_all = match function {
        Function::Coalesce => return coalesce(&arguments),
        Function::Least => return min_horizontal(arguments).unwrap_or_else(|_| null(ty)),
        Function::Greatest => return max_horizontal(arguments).unwrap_or_else(|_| null(ty)),
        Function::NullIf | Function::Abs | Function::Ln => arguments,
    };
    let mut each = of_all.into_iter();
    let (Some(x), second) = (each.next(), each.next()) else { return null(ty) };
    match (function, second) {
        (Function::NullIf, Some(y)) => null_if(x, y, ty),
        (Function::Ln, _) => {
            when(x.clone().gt(lit(0.0))).then(x.log(lit(std::f64::consts::E))).otherwise(null(ty))
        }
        _ => x.abs(),
    }
}

/// A LIKE pattern as an anchored regular expression in which only `%` and `_` mean anything.
fn like_as_regex(pattern: &str) -> String {
    let mut regex = String::from(r"(?s)\A");
    for character in pattern.chars() {
        match character {
            '%' => regex.push_str(".*"),
            '_' => regex.push('.'),
            c if c.is_ascii_punctuation() => regex.extend(['\\', c]),
            c => regex.push(c),
        }
    }
    regex.push_str(r"\z");
    regex
}

//! Evaluation over one plain row with SQL's three-valued logic (Kleene), its trace, and which nulls were
//! behind a null. NaN is null, and so are a division by zero and the logarithm of what is not positive.

use std::cmp::Ordering;
use std::ops::Range;

use super::node::{Arithmetic, Comparison, Function, Op, Term};
use super::{Type, Value};

type Row<'a> = &'a dyn Fn(&str) -> Value;

/// How a value came about: one step for each part of the expression, innermost first.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    pub value: Value,
    pub steps: Vec<Step>,
}

/// The value of one part of an expression. Literals are not steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The part as written.
    pub text: String,
    /// Its byte range in the whole text.
    pub at: Range<usize>,
    /// 0 for the whole expression, 1 for its parts, and so on.
    pub depth: usize,
    pub value: Value,
}

pub(crate) fn evaluate(term: &Term, row: Row<'_>) -> Value {
    match &term.op {
        Op::Null => Value::Null,
        Op::Bool(value) => Value::Bool(*value),
        Op::Number(_, value) => number(*value),
        Op::Text(text) => Value::Text(text.clone()),
        Op::Read { name, .. } => read(row(name), term.ty),
        Op::BoolOfNumber(x) => map_number(x, row, |x| truth(bool_of_number(x))),
        Op::NumberOfBool(x) => {
            evaluate_bool(x, row).map_or(Value::Null, |x| Value::Number(f64::from(u8::from(x))))
        }
        Op::NumberOfText(x) => match evaluate(x, row) {
            Value::Text(text) => number_of_text(&text).map_or(Value::Null, Value::Number),
            _ => Value::Null,
        },
        Op::Negate(x) => map_number(x, row, |x| number(-x)),
        Op::Arithmetic(sign, pair) => arithmetic(*sign, pair, row),
        Op::Compare(sign, pair) => truth(compare(*sign, &evaluate(&pair[0], row), &evaluate(&pair[1], row))),
        Op::And(pair) => truth(and(evaluate_bool(&pair[0], row), evaluate_bool(&pair[1], row))),
        Op::Or(pair) => truth(or(evaluate_bool(&pair[0], row), evaluate_bool(&pair[1], row))),
        Op::Not(x) => truth(evaluate_bool(x, row).map(|x| !x)),
        Op::Concat(pair) => match (evaluate(&pair[0], row), evaluate(&pair[1], row)) {
            (Value::Text(left), Value::Text(right)) => Value::Text(left + &right),
            _ => Value::Null,
        },
        Op::IsNull(x) => Value::Bool(evaluate(x, row) == Value::Null),
        Op::Between(three) => {
            let [x, low, high] = three.each_ref().map(|part| evaluate(part, row));
            truth(and(
                compare(Comparison::GreaterOrEqual, &x, &low),
                compare(Comparison::LessOrEqual, &x, &high),
            ))
        }
        Op::In(x, list) => {
            let x = evaluate(x, row);
            let equal = list.iter().map(|item| compare(Comparison::Equal, &x, &evaluate(item, row)));
            truth(equal.fold(Some(false), or))
        }
        Op::Like(x, pattern) => match evaluate(x, row) {
            Value::Text(text) => Value::Bool(like(&text, pattern)),
            _ => Value::Null,
        },
        Op::Case { .. } => chosen(term, row).map_or(Value::Null, |branch| evaluate(branch, row)),
        Op::Call(function, arguments) => call(*function, arguments, row),
    }
}

pub(crate) fn trace(text: &str, term: &Term, row: Row<'_>) -> Trace {
    let mut steps = vec![];
    collect(text, term, row, 0, &mut steps);
    Trace { value: evaluate(term, row), steps }
}

fn collect(text: &str, term: &Term, row: Row<'_>, depth: usize, steps: &mut Vec<Step>) {
    for part in parts(term) {
        // A conversion has the place of what it converts and is no step of its own.
        collect(text, part, row, depth + usize::from(part.at != term.at), steps);
    }
    let literal = matches!(term.op, Op::Null | Op::Bool(_) | Op::Number(..) | Op::Text(_));
    if literal {
        return;
    }
    let written = text.get(term.at.clone()).unwrap_or_default().to_owned();
    let step = Step { text: written, at: term.at.clone(), depth, value: evaluate(term, row) };
    match steps.last_mut().filter(|last| last.at == step.at) {
        Some(last) => *last = step,
        None => steps.push(step),
    }
}

pub(crate) fn nulls_behind(term: &Term, row: Row<'_>) -> Vec<String> {
    let mut names = vec![];
    blame(term, row, &mut names);
    names
}

/// Adds the names behind a null; adds nothing when the term has a value.
fn blame(term: &Term, row: Row<'_>, names: &mut Vec<String>) {
    if evaluate(term, row) != Value::Null {
        return;
    }
    if let Op::Read { name, .. } = &term.op {
        if !names.contains(name) {
            names.push(name.clone());
        }
        return;
    }
    let before = names.len();
    match &term.op {
        Op::Case { operand, branches, .. } => blame_case(term, operand.as_deref(), branches, row, names),
        _ => parts(term).into_iter().for_each(|part| blame(part, row, names)),
    }
    let null_part = parts(term).into_iter().any(|part| evaluate(part, row) == Value::Null);
    if names.len() == before && !null_part {
        match &term.op {
            Op::Arithmetic(Arithmetic::Divide, pair) => add_all(&pair[1], names),
            _ => add_all(term, names),
        }
    }
}

fn blame_case(
    term: &Term,
    operand: Option<&Term>,
    branches: &[(Term, Term)],
    row: Row<'_>,
    names: &mut Vec<String>,
) {
    if let Some(operand) = operand {
        blame(operand, row, names);
    }
    let result = chosen(term, row);
    for (condition, value) in branches {
        if result.is_some_and(|result| std::ptr::eq(result, value)) {
            break;
        }
        blame(condition, row, names);
    }
    if let Some(result) = result {
        blame(result, row, names);
    }
}

fn add_all(term: &Term, names: &mut Vec<String>) {
    if let Op::Read { name, .. } = &term.op
        && !names.contains(name)
    {
        names.push(name.clone());
    }
    for part in parts(term) {
        add_all(part, names);
    }
}

fn parts(term: &Term) -> Vec<&Term> {
    match &term.op {
        Op::Null | Op::Bool(_) | Op::Number(..) | Op::Text(_) | Op::Read { .. } => vec![],
        Op::BoolOfNumber(x)
        | Op::NumberOfBool(x)
        | Op::NumberOfText(x)
        | Op::Negate(x)
        | Op::Not(x)
        | Op::IsNull(x)
        | Op::Like(x, _) => vec![x],
        Op::Arithmetic(_, pair) | Op::Compare(_, pair) | Op::And(pair) | Op::Or(pair) | Op::Concat(pair) => {
            pair.iter().collect()
        }
        Op::Between(three) => three.iter().collect(),
        Op::In(x, list) => std::iter::once(x.as_ref()).chain(list).collect(),
        Op::Call(_, arguments) => arguments.iter().collect(),
        Op::Case { operand, branches, otherwise } => operand
            .iter()
            .map(AsRef::as_ref)
            .chain(branches.iter().flat_map(|(condition, result)| [condition, result]))
            .chain(otherwise.iter().map(AsRef::as_ref))
            .collect(),
    }
}

/// The branch a CASE takes.
fn chosen<'t>(term: &'t Term, row: Row<'_>) -> Option<&'t Term> {
    let Op::Case { operand, branches, otherwise } = &term.op else { return None };
    let operand = operand.as_ref().map(|x| evaluate(x, row));
    let holds = |condition: &Term| match &operand {
        Some(x) => compare(Comparison::Equal, x, &evaluate(condition, row)) == Some(true),
        None => evaluate_bool(condition, row) == Some(true),
    };
    branches.iter().find(|(condition, _)| holds(condition)).map(|(_, result)| result).or(otherwise.as_deref())
}

fn call(function: Function, arguments: &[Term], row: Row<'_>) -> Value {
    let values: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, row)).collect();
    let numbers =
        || values.iter().filter_map(|value| if let Value::Number(x) = value { Some(*x) } else { None });
    match (function, values.as_slice()) {
        (Function::Coalesce, _) => {
            values.into_iter().find(|value| *value != Value::Null).unwrap_or(Value::Null)
        }
        (Function::NullIf, [x, y]) if compare(Comparison::Equal, x, y) == Some(true) => Value::Null,
        (Function::NullIf, [x, ..]) => x.clone(),
        (Function::Abs, [Value::Number(x)]) => number(x.abs()),
        (Function::Ln, [Value::Number(x)]) if *x > 0.0 => number(x.ln()),
        (Function::Least, _) => numbers().reduce(f64::min).map_or(Value::Null, number),
        (Function::Greatest, _) => numbers().reduce(f64::max).map_or(Value::Null, number),
        _ => Value::Null,
    }
}

fn arithmetic(sign: Arithmetic, pair: &[Term; 2], row: Row<'_>) -> Value {
    let (Value::Number(a), Value::Number(b)) = (evaluate(&pair[0], row), evaluate(&pair[1], row)) else {
        return Value::Null;
    };
    match sign {
        Arithmetic::Add => number(a + b),
        Arithmetic::Subtract => number(a - b),
        Arithmetic::Multiply => number(a * b),
        Arithmetic::Divide if b == 0.0 => Value::Null,
        Arithmetic::Divide => number(a / b),
    }
}

fn compare(sign: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b)?,
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        _ => return None,
    };
    Some(match sign {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    })
}

/// Three-valued AND: false decides, else what is unknown stays so.
pub(crate) fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

fn truth(value: Option<bool>) -> Value {
    value.map_or(Value::Null, Value::Bool)
}

fn number(value: f64) -> Value {
    if value.is_nan() { Value::Null } else { Value::Number(value) }
}

fn map_number(term: &Term, row: Row<'_>, apply: impl Fn(f64) -> Value) -> Value {
    match evaluate(term, row) {
        Value::Number(value) => apply(value),
        _ => Value::Null,
    }
}

fn evaluate_bool(term: &Term, row: Row<'_>) -> Option<bool> {
    match evaluate(term, row) {
        Value::Bool(value) => Some(value),
        _ => None,
    }
}

/// A row's value read as the type its use demands.
fn read(value: Value, want: Type) -> Value {
    match (value, want) {
        (Value::Number(value), Type::Number) => number(value),
        (Value::Text(text), Type::Number) => number_of_text(&text).map_or(Value::Null, Value::Number),
        (Value::Number(value), Type::Bool) => truth(bool_of_number(value)),
        (Value::Text(text), Type::Bool) => truth(bool_of_text(&text)),
        (Value::Bool(value), Type::Bool) => Value::Bool(value),
        (Value::Text(text), Type::Text) => Value::Text(text),
        _ => Value::Null,
    }
}

/// 1 is true and 0 is false, as flags are exported.
#[expect(clippy::float_cmp, reason = "only the exact flags 1 and 0 are conditions")]
fn bool_of_number(value: f64) -> Option<bool> {
    if value == 1.0 {
        return Some(true);
    }
    (value == 0.0).then_some(false)
}

/// The words exports use for true and false.
pub(crate) const TRUE_WORDS: [&str; 5] = ["true", "t", "yes", "y", "1"];
pub(crate) const FALSE_WORDS: [&str; 5] = ["false", "f", "no", "n", "0"];

fn bool_of_text(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    if TRUE_WORDS.contains(&word.as_str()) {
        return Some(true);
    }
    FALSE_WORDS.contains(&word.as_str()).then_some(false)
}

/// A number as text: digits with a point or an exponent, white space around it. `inf` and `nan` are not.
fn number_of_text(text: &str) -> Option<f64> {
    let text = text.trim();
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// SQL's LIKE: `%` is any text, `_` any one character.
fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut t, mut p) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('%') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(c) if *c == '_' || *c == text[t] => {
                t += 1;
                p += 1;
            }
            _ => {
                let Some((after, from)) = retry else { return false };
                retry = Some((after, from + 1));
                (p, t) = (after, from + 1);
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '%')
}

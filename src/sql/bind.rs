//! From `Node` to `Term`: every column gets its type, raw text takes the type its use demands, and what
//! cannot fit is reported. Binding never stops at a mistake: the part in question becomes null, so that
//! all mistakes are found at once and an unchecked expression still has a value.

use std::ops::Range;

use super::node::{Comparison, Function, Node, NodeKind, Op, Term};
use super::{SqlError, Type};

type Lookup<'a> = &'a dyn Fn(&str, bool) -> Option<Type>;

/// What `node` yields, or every mistake.
pub(crate) fn check(
    text: &str,
    node: &Node,
    want: Type,
    lookup: Lookup<'_>,
    known: &[&str],
) -> Result<Type, Vec<SqlError>> {
    let mut binder = Binder { text, lookup, known, errors: vec![] };
    binder.top(node, want);
    if binder.errors.is_empty() {
        return Ok(binder.infer(node));
    }
    let mut errors = binder.errors;
    errors.sort_by_key(|error| (error.at.start, error.at.end));
    errors.dedup();
    Err(errors)
}

/// The typed tree, with null where something does not fit.
pub(crate) fn bind(text: &str, node: &Node, want: Type, lookup: Lookup<'_>) -> Term {
    Binder { text, lookup, known: &[], errors: vec![] }.top(node, want)
}

struct Binder<'a> {
    text: &'a str,
    lookup: Lookup<'a>,
    known: &'a [&'a str],
    errors: Vec<SqlError>,
}

impl Binder<'_> {
    /// The whole expression: only here does a number serve as a condition, or a condition as 1 and 0.
    fn top(&mut self, node: &Node, want: Type) -> Term {
        let found = self.infer(node);
        let term = |op, ty| Term { op, ty, at: node.at.clone() };
        match (want, found) {
            (Type::Any, Type::Any) => self.term(node, Type::Text),
            (Type::Any, found) => self.term(node, found),
            (Type::Bool, Type::Number) => {
                let number = Box::new(self.term(node, Type::Number));
                term(Op::BoolOfNumber(number), Type::Bool)
            }
            (Type::Number, Type::Bool) => {
                let condition = Box::new(self.term(node, Type::Bool));
                term(Op::NumberOfBool(condition), Type::Number)
            }
            (want, _) => self.term(node, want),
        }
    }

    /// What a part yields by itself; `Any` where its use decides.
    fn infer(&self, node: &Node) -> Type {
        match &node.kind {
            NodeKind::Null => Type::Any,
            NodeKind::Column { name, quoted } => (self.lookup)(name, *quoted).unwrap_or(Type::Any),
            NodeKind::Number(..) | NodeKind::Negate(_) | NodeKind::Arithmetic(..) | NodeKind::Double(_) => {
                Type::Number
            }
            NodeKind::Text(_) | NodeKind::Concat(_) => Type::Text,
            NodeKind::Bool(_)
            | NodeKind::Compare(..)
            | NodeKind::And(_)
            | NodeKind::Or(_)
            | NodeKind::Not(_)
            | NodeKind::IsNull(_)
            | NodeKind::Between(_)
            | NodeKind::In(..)
            | NodeKind::Like(..) => Type::Bool,
            NodeKind::Case { branches, otherwise, .. } => {
                let results =
                    branches.iter().map(|(_, result)| result).chain(otherwise.iter().map(AsRef::as_ref));
                self.common(results)
            }
            NodeKind::Call(Function::Coalesce | Function::NullIf, arguments) => self.common(arguments.iter()),
            NodeKind::Call(..) => Type::Number,
        }
    }

    /// The one type several parts are brought to. Where they disagree, the part that is not a number is
    /// the one reported.
    fn common<'n>(&self, nodes: impl Iterator<Item = &'n Node>) -> Type {
        let found: Vec<Type> = nodes.map(|node| self.infer(node)).collect();
        let settled = [Type::Number, Type::Bool, Type::Text];
        settled.into_iter().find(|ty| found.contains(ty)).unwrap_or(Type::Any)
    }

    /// The part as a term of type `want`, which is settled.
    fn term(&mut self, node: &Node, want: Type) -> Term {
        let mut op = match &node.kind {
            NodeKind::Column { name, quoted } => return self.column(node, name, *quoted, want),
            NodeKind::Null => Op::Null,
            NodeKind::Bool(value) => Op::Bool(*value),
            NodeKind::Number(text, value) => Op::Number(text.clone(), *value),
            NodeKind::Text(text) => Op::Text(text.clone()),
            NodeKind::Negate(x) => Op::Negate(self.boxed(x, Type::Number)),
            NodeKind::Arithmetic(sign, pair) => {
                Op::Arithmetic(*sign, Box::new(self.pair(pair, Type::Number)))
            }
            NodeKind::Concat(pair) => Op::Concat(Box::new(self.pair(pair, Type::Text))),
            NodeKind::And(pair) => Op::And(Box::new(self.pair(pair, Type::Bool))),
            NodeKind::Or(pair) => Op::Or(Box::new(self.pair(pair, Type::Bool))),
            NodeKind::Not(x) => Op::Not(self.boxed(x, Type::Bool)),
            NodeKind::IsNull(x) => {
                let ty = self.settled(x);
                Op::IsNull(self.boxed(x, ty))
            }
            NodeKind::Like(x, pattern) => Op::Like(self.boxed(x, Type::Text), pattern.clone()),
            NodeKind::Double(x) => return self.double(node, x, want),
            NodeKind::Compare(sign, pair) => self.compare(*sign, pair, &node.at),
            NodeKind::Between(three) => self.between(three, &node.at),
            NodeKind::In(x, list) => self.in_list(x, list),
            NodeKind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref(), want)
            }
            NodeKind::Call(function, arguments) => self.call(*function, arguments, want),
        };
        let found = self.infer(node);
        let adapts = matches!(node.kind, NodeKind::Null | NodeKind::Case { .. })
            || matches!(node.kind, NodeKind::Call(Function::Coalesce | Function::NullIf, _));
        if found != want && !adapts {
            self.misfit(&node.at, found, want);
            op = Op::Null;
        }
        Term { op, ty: want, at: node.at.clone() }
    }

    fn boxed(&mut self, node: &Node, want: Type) -> Box<Term> {
        Box::new(self.term(node, want))
    }

    fn pair(&mut self, pair: &[Node; 2], want: Type) -> [Term; 2] {
        [self.term(&pair[0], want), self.term(&pair[1], want)]
    }

    fn settled(&self, node: &Node) -> Type {
        or_text(self.infer(node))
    }

    fn column(&mut self, node: &Node, name: &str, quoted: bool, want: Type) -> Term {
        let term = |op| Term { op, ty: want, at: node.at.clone() };
        let Some(from) = (self.lookup)(name, quoted) else {
            let error = self.unknown(name, quoted, &node.at);
            self.errors.push(error);
            return term(Op::Null);
        };
        if from != Type::Any && from != want {
            self.misfit(&node.at, from, want);
            return term(Op::Null);
        }
        term(Op::Read { name: name.to_owned(), quoted, from })
    }

    /// CAST AS DOUBLE takes anything: a condition becomes 1 or 0, text is read as a number.
    fn double(&mut self, node: &Node, x: &Node, want: Type) -> Term {
        let inner = match self.infer(x) {
            Type::Number | Type::Any => return Term { at: node.at.clone(), ..self.as_number(node, x, want) },
            Type::Bool => Op::NumberOfBool(self.boxed(x, Type::Bool)),
            Type::Text => Op::NumberOfText(self.boxed(x, Type::Text)),
        };
        if want != Type::Number {
            self.misfit(&node.at, Type::Number, want);
            return Term { op: Op::Null, ty: want, at: node.at.clone() };
        }
        Term { op: inner, ty: want, at: node.at.clone() }
    }

    fn as_number(&mut self, node: &Node, x: &Node, want: Type) -> Term {
        let term = self.term(x, Type::Number);
        if want == Type::Number {
            return term;
        }
        self.misfit(&node.at, Type::Number, want);
        Term { op: Op::Null, ty: want, at: node.at.clone() }
    }

    fn compare(&mut self, sign: Comparison, pair: &[Node; 2], at: &Range<usize>) -> Op {
        let ty = self.common(pair.iter());
        if sign.orders() {
            self.must_have_order(ty, pair.iter(), at);
        }
        Op::Compare(sign, Box::new(self.pair(pair, or_text(ty))))
    }

    fn between(&mut self, three: &[Node; 3], at: &Range<usize>) -> Op {
        let ty = self.common(three.iter());
        self.must_have_order(ty, three.iter(), at);
        Op::Between(Box::new(three.each_ref().map(|node| self.term(node, or_text(ty)))))
    }

    fn in_list(&mut self, x: &Node, list: &[Node]) -> Op {
        let ty = or_text(self.common(std::iter::once(x).chain(list)));
        let list = list.iter().map(|item| self.term(item, ty)).collect();
        Op::In(self.boxed(x, ty), list)
    }

    fn case(
        &mut self,
        operand: Option<&Node>,
        branches: &[(Node, Node)],
        otherwise: Option<&Node>,
        want: Type,
    ) -> Op {
        let compared = match operand {
            Some(x) => {
                or_text(self.common(std::iter::once(x).chain(branches.iter().map(|(value, _)| value))))
            }
            None => Type::Bool,
        };
        let operand = operand.map(|x| self.boxed(x, compared));
        let branches = branches
            .iter()
            .map(|(condition, result)| (self.term(condition, compared), self.term(result, want)));
        let branches = branches.collect();
        Op::Case { operand, branches, otherwise: otherwise.map(|x| self.boxed(x, want)) }
    }

    fn call(&mut self, function: Function, arguments: &[Node], want: Type) -> Op {
        let ty = match function {
            Function::Coalesce | Function::NullIf => want,
            Function::Abs | Function::Ln | Function::Least | Function::Greatest => Type::Number,
        };
        Op::Call(function, arguments.iter().map(|argument| self.term(argument, ty)).collect())
    }

    fn must_have_order<'n>(&mut self, ty: Type, nodes: impl Iterator<Item = &'n Node>, at: &Range<usize>) {
        if ty == Type::Bool {
            let error = SqlError::new(at.clone(), "true and false have no order")
                .with_help("compare them with `=`, or write the condition itself");
            self.errors.push(error);
        }
        let columns = nodes.filter(|node| matches!(node.kind, NodeKind::Column { .. })).count();
        if ty == Type::Any && columns > 1 {
            let error = SqlError::new(at.clone(), "both sides are raw text, so the order could be of letters or of numbers")
                .with_help("write CAST(… AS DOUBLE) around one side to compare numbers, or `|| ''` after one to compare text");
            self.errors.push(error);
        }
    }

    fn misfit(&mut self, at: &Range<usize>, found: Type, want: Type) {
        let part = self.text.get(at.clone()).unwrap_or_default();
        let help = match (found, want) {
            (Type::Number, Type::Bool) => format!("compare it, as in `{part} > 0`"),
            (Type::Bool, Type::Number) => {
                format!("compare it with TRUE or FALSE, or write CASE WHEN {part} THEN 1 ELSE 0 END")
            }
            (Type::Text, Type::Number) if part.starts_with('\'') => {
                "a number is written without quotes".to_owned()
            }
            (Type::Text, Type::Number) => format!("write CAST({part} AS DOUBLE) if it holds a number"),
            (Type::Text, Type::Bool) => format!("compare it, as in {part} = 'Y'"),
            (Type::Number, _) => {
                "text is written in single quotes; a number cannot be turned into text".to_owned()
            }
            _ => "compare it with TRUE or FALSE, or use CASE".to_owned(),
        };
        let error =
            SqlError::new(at.clone(), format!("`{part}` is {found}, where {want} is needed")).with_help(help);
        self.errors.push(error);
    }

    fn unknown(&self, name: &str, quoted: bool, at: &Range<usize>) -> SqlError {
        if let Some(error) = self.hyphenated(at).filter(|_| !quoted) {
            return error;
        }
        let error = SqlError::new(at.clone(), format!("unknown column `{name}`"));
        match nearest(name, self.known) {
            Some(near) => error.with_help(format!("did you mean `{near}`?")),
            None if self.known.is_empty() => error,
            None => error.with_help(format!("the names here are {}", listed(self.known))),
        }
    }

    /// `min-sd` is `min` minus `sd`: when `min_sd` is a name, that is what was meant.
    fn hyphenated(&self, at: &Range<usize>) -> Option<SqlError> {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let before = self.text.get(..at.start)?;
        let start =
            before.len() - before.chars().rev().take_while(|c| joins(*c)).map(char::len_utf8).sum::<usize>();
        let rest = self.text.get(start..)?;
        let word = rest.get(..rest.find(|c| !joins(c)).unwrap_or(rest.len()))?;
        let name = word.replace('-', "_");
        if !word.contains('-') || (self.lookup)(&name, false).is_none() {
            return None;
        }
        let parts: Vec<String> = word.split('-').map(|part| format!("`{part}`")).collect();
        let message = format!("`{word}` reads as {}", parts.join(" minus "));
        Some(SqlError::new(start..start + word.len(), message).with_help(format!("write `{name}`")))
    }
}

fn or_text(ty: Type) -> Type {
    if ty == Type::Any { Type::Text } else { ty }
}

/// The known name a misspelling was probably meant to be.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_lowercase();
    let near = known.iter().map(|k| (strsim::damerau_levenshtein(&lower, &k.to_lowercase()), *k)).min()?;
    (near.0 <= lower.chars().count().max(near.1.chars().count()).div_ceil(3)).then_some(near.1)
}

fn listed(known: &[&str]) -> String {
    let mut names: Vec<String> = known.iter().take(12).map(|name| format!("`{name}`")).collect();
    if known.len() > names.len() {
        names.push(format!("and {} more", known.len() - names.len()));
    }
    names.join(", ")
}

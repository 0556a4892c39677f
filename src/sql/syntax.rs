//! From text to `Node`: `sqlparser` reads the grammar with `PostgreSQL`'s precedence, and a whitelist turns
//! its tree into ours. Whatever is not named here is refused, so a new version of the parser cannot widen
//! the language.

use std::ops::Range;

use sqlparser::ast::{
    BinaryOperator, CaseWhen, CastKind, DataType, Expr, Function as Call, FunctionArg, FunctionArgExpr,
    FunctionArguments, Ident, Spanned, UnaryOperator, Value,
};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token};

use super::SqlError;
use super::node::{Arithmetic, Comparison, Function, Node, NodeKind};
use super::token::{ALLOWED, Tokens, unknown_function};

/// Whether names may have two parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Names {
    Plain,
    Dotted,
}

/// Deeper nesting than anyone can read; also what keeps recursion within the stack.
const DEEPEST: usize = 64;
/// The most terms one rendering may write, since some operators repeat an operand.
const LARGEST: usize = 20_000;

const KEYWORDS: [&str; 18] = [
    "AND", "AS", "BETWEEN", "CASE", "CAST", "DISTINCT", "ELSE", "END", "FROM", "GROUP", "INTERVAL", "IS",
    "LIKE", "NOT", "OR", "THEN", "WHEN", "WHERE",
];

pub(crate) fn parse(text: &str, names: Names) -> Result<Node, SqlError> {
    let tokens = Tokens::of(text, names)?;
    let mut parser = Parser::new(&PostgreSqlDialect {}).with_tokens_with_locations(tokens.with_spans.clone());
    let tree = parser.parse_expr().map_err(|error| grammar_error(text, &tokens, &error))?;
    let rest = parser.peek_token();
    if rest.token != Token::EOF {
        return Err(left_over(&tokens, &rest.token, tokens.bytes(rest.span)));
    }
    let root = Lowering { text, tokens: &tokens }.node(&tree, DEEPEST)?;
    if root.size() > LARGEST {
        let message = "the expression is too large once written out for an engine";
        return Err(
            SqlError::new(0..text.len(), message).with_help("compute part of it in a column of the source")
        );
    }
    Ok(root)
}

fn left_over(tokens: &Tokens, token: &Token, at: Range<usize>) -> SqlError {
    if is_word(token, "AS") {
        return SqlError::new(at, "an expression takes no alias")
            .with_help("remove `AS` and the name after it");
    }
    let before = tokens.before(at.start).and_then(|place| tokens.list.get(place));
    if let Some((_, case)) = before.filter(|(token, _)| is_word(token, "CASE")) {
        return SqlError::new(case.clone(), "this CASE cannot be read").with_help(CASE_FORM);
    }
    let help = match token {
        Token::Word(_) | Token::Number(..) | Token::SingleQuotedString(_) => {
            "an operator is missing before it"
        }
        Token::RParen => "there is no `(` for it",
        Token::Comma => "one expression only",
        _ => "remove it",
    };
    SqlError::new(at, format!("unexpected {} after the end of the expression", shown(token))).with_help(help)
}

const CASE_FORM: &str = "it is written CASE WHEN condition THEN value ELSE value END";

/// Whether a token is that word, unquoted.
fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(w) if w.quote_style.is_none() && w.value.eq_ignore_ascii_case(word))
}

fn shown(token: &Token) -> String {
    format!("`{token}`")
}

/// The parser's own message, with its place taken off the end and turned into a byte range.
fn grammar_error(text: &str, tokens: &Tokens, error: &ParserError) -> SqlError {
    let (ParserError::ParserError(message) | ParserError::TokenizerError(message)) = error else {
        return too_deep(0..text.len());
    };
    let (message, at) = match split_place(message) {
        Some((message, place)) => (message, tokens.byte(place)),
        None => (message.as_str(), text.len()),
    };
    let token = tokens.list.iter().find(|(_, range)| range.start == at);
    let at = token.map_or(text.len()..text.len(), |(_, range)| range.clone());
    let found = token.map_or_else(|| "the end".to_owned(), |(token, _)| shown(token));
    let error = match message.strip_prefix("Expected: ").and_then(|rest| rest.split_once(", found: ")) {
        Some((expected, _)) => SqlError::new(at, format!("expected {}, found {found}", in_ticks(expected))),
        None => SqlError::new(at, format!("this is not an expression: {}", message.to_lowercase())),
    };
    match hyphenated(text) {
        Some(word) => {
            let help =
                format!("a name with hyphens is written with underscores: `{}`", word.replace('-', "_"));
            error.with_help(help)
        }
        None => error,
    }
}

/// Signs and keywords in backticks, descriptions as they are.
fn in_ticks(expected: &str) -> String {
    let is_description = expected.contains(|c: char| c.is_lowercase());
    if is_description { expected.to_owned() } else { format!("`{expected}`") }
}

fn split_place(message: &str) -> Option<(&str, Location)> {
    let (message, place) = message.rsplit_once(" at Line: ")?;
    let (line, column) = place.split_once(", Column: ")?;
    Some((message, Location { line: line.parse().ok()?, column: column.parse().ok()? }))
}

/// The first word joined by hyphens, without spaces and outside quotes, as in `share-in-band`.
fn hyphenated(text: &str) -> Option<&str> {
    let unquoted = text.split(['\'', '"']).step_by(2);
    let mut words =
        unquoted.flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')));
    words.find(|word| {
        word.starts_with(char::is_alphabetic) && word.ends_with(char::is_alphanumeric) && word.contains('-')
    })
}

fn too_deep(at: Range<usize>) -> SqlError {
    SqlError::new(at, "the expression is nested too deeply")
        .with_help("compute part of it in a column of the source, or use IN for a list of values")
}

/// Carries what is needed to give each part its place: the parser's own spans leave out brackets,
/// keywords and signs, so they are widened by the tokens around them.
struct Lowering<'a> {
    text: &'a str,
    tokens: &'a Tokens,
}

impl Lowering<'_> {
    fn node(&self, expr: &Expr, depth: usize) -> Result<Node, SqlError> {
        let Some(depth) = depth.checked_sub(1) else { return Err(too_deep(self.place(expr))) };
        let one = |part: &Expr| self.node(part, depth).map(Box::new);
        match expr {
            Expr::Identifier(ident) => self.plain(ident),
            Expr::CompoundIdentifier(parts) => self.compound(parts),
            Expr::Value(value) => literal(&value.value, self.tokens.bytes(value.span)),
            Expr::Nested(inner) => self.node(inner, depth).map(|node| self.bracketed(node)),
            Expr::UnaryOp { op, expr: inner } => self.unary(*op, inner, depth),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right, depth),
            Expr::IsNull(x) => Ok(self.is_null(one(x)?)),
            Expr::IsNotNull(x) => Ok(not(self.is_null(one(x)?))),
            Expr::Between { expr: x, negated, low, high } => {
                let parts = [*one(x)?, *one(low)?, *one(high)?];
                let at = parts[0].at.start..parts[2].at.end;
                Ok(negated_if(*negated, Node { kind: NodeKind::Between(Box::new(parts)), at }))
            }
            Expr::InList { expr: x, list, negated } => {
                let list = list.iter().map(|item| self.node(item, depth)).collect::<Result<Vec<_>, _>>()?;
                self.in_list(one(x)?, list).map(|node| negated_if(*negated, node))
            }
            Expr::Like { negated, any: false, expr: x, pattern, escape_char: None } => {
                self.like(one(x)?, pattern).map(|node| negated_if(*negated, node))
            }
            Expr::Case { case_token, end_token, operand, conditions, else_result } => {
                let at = self.tokens.bytes(case_token.0.span).start..self.tokens.bytes(end_token.0.span).end;
                self.case(operand.as_deref(), conditions, else_result.as_deref(), at, depth)
            }
            Expr::Function(call) => self.call(call, depth),
            Expr::Cast { kind: CastKind::Cast, expr: x, data_type, array: false, format: None } => {
                self.cast(one(x)?, data_type)
            }
            other => Err(self.refuse(other)),
        }
    }

    fn column(&self, parts: &[Ident]) -> Node {
        let name = parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
        let quoted = parts.iter().any(|part| part.quote_style.is_some());
        let start = parts.first().map_or(0, |part| self.tokens.bytes(part.span).start);
        let end = parts.last().map_or(start, |part| self.tokens.bytes(part.span).end);
        Node { kind: NodeKind::Column { name, quoted }, at: start..end }
    }

    /// A one-part name. The parser takes a lone keyword for a column when nothing else fits.
    fn plain(&self, ident: &Ident) -> Result<Node, SqlError> {
        let node = self.column(std::slice::from_ref(ident));
        if ident.quote_style.is_some() || !KEYWORDS.iter().any(|k| ident.value.eq_ignore_ascii_case(k)) {
            return Ok(node);
        }
        let help = match ident.value.to_uppercase().as_str() {
            "CASE" | "WHEN" | "THEN" | "ELSE" | "END" => CASE_FORM,
            _ => "a column of that name goes in double quotes",
        };
        Err(SqlError::new(node.at, format!("`{}` is a keyword and cannot stand alone here", ident.value))
            .with_help(help))
    }

    fn compound(&self, parts: &[Ident]) -> Result<Node, SqlError> {
        let node = self.column(parts);
        if parts.len() == 2 {
            return Ok(node);
        }
        Err(SqlError::new(node.at, "a dotted name has two parts")
            .with_help("write it as `metric.signal` or `rule.column`"))
    }

    /// Widens a part by the brackets around it.
    fn bracketed(&self, node: Node) -> Node {
        let start = self.tokens.before(node.at.start).map_or(node.at.start, |t| self.tokens.list[t].1.start);
        let end = self.tokens.list.get(self.tokens.after(node.at.end)).map_or(node.at.end, |(_, at)| at.end);
        Node { kind: node.kind, at: start..end }
    }

    fn unary(&self, op: UnaryOperator, inner: &Expr, depth: usize) -> Result<Node, SqlError> {
        let node = self.node(inner, depth)?;
        let start = self.tokens.before(node.at.start).map_or(node.at.start, |t| self.tokens.list[t].1.start);
        let at = start..node.at.end;
        match op {
            UnaryOperator::Not => Ok(Node { kind: NodeKind::Not(Box::new(node)), at }),
            UnaryOperator::Minus => Ok(Node { kind: NodeKind::Negate(Box::new(node)), at }),
            UnaryOperator::Plus => {
                Err(SqlError::new(at, "a leading `+` does nothing").with_help("remove it"))
            }
            other => Err(outside(at, &other.to_string())),
        }
    }

    fn binary(&self, left: &Expr, op: &BinaryOperator, right: &Expr, depth: usize) -> Result<Node, SqlError> {
        use BinaryOperator as B;
        let pair = Box::new([self.node(left, depth)?, self.node(right, depth)?]);
        let at = pair[0].at.start..pair[1].at.end;
        let kind = match op {
            B::Plus => NodeKind::Arithmetic(Arithmetic::Add, pair),
            B::Minus => NodeKind::Arithmetic(Arithmetic::Subtract, pair),
            B::Multiply => NodeKind::Arithmetic(Arithmetic::Multiply, pair),
            B::Divide => NodeKind::Arithmetic(Arithmetic::Divide, pair),
            B::Eq => NodeKind::Compare(Comparison::Equal, pair),
            B::NotEq => NodeKind::Compare(Comparison::NotEqual, pair),
            B::Lt => NodeKind::Compare(Comparison::Less, pair),
            B::LtEq => NodeKind::Compare(Comparison::LessOrEqual, pair),
            B::Gt => NodeKind::Compare(Comparison::Greater, pair),
            B::GtEq => NodeKind::Compare(Comparison::GreaterOrEqual, pair),
            B::And => NodeKind::And(pair),
            B::Or => NodeKind::Or(pair),
            B::StringConcat => NodeKind::Concat(pair),
            other => return Err(outside(at, &other.to_string())),
        };
        Ok(Node { kind, at })
    }

    /// `x IS NULL`; also the end of `x IS NOT NULL`.
    fn is_null(&self, x: Box<Node>) -> Node {
        let ends = |token: &Token| ["NULL", "ISNULL", "NOTNULL"].iter().any(|word| is_word(token, word));
        let rest = self.tokens.list.get(self.tokens.after(x.at.end)..).unwrap_or_default();
        let end = rest.iter().find(|(token, _)| ends(token)).map_or(x.at.end, |(_, at)| at.end);
        let at = x.at.start..end;
        Node { kind: NodeKind::IsNull(x), at }
    }

    fn in_list(&self, x: Box<Node>, list: Vec<Node>) -> Result<Node, SqlError> {
        let Some(end) = list.last().map(|item| item.at.end) else {
            return Err(
                SqlError::new(x.at, "the list after IN is empty").with_help("name at least one value")
            );
        };
        let end = self.tokens.list.get(self.tokens.after(end)).map_or(end, |(_, at)| at.end);
        let at = x.at.start..end;
        Ok(Node { kind: NodeKind::In(x, list), at })
    }

    fn like(&self, x: Box<Node>, pattern: &Expr) -> Result<Node, SqlError> {
        let place = self.place(pattern);
        let text = match pattern {
            Expr::Value(value) => match &value.value {
                Value::SingleQuotedString(text) => text.clone(),
                _ => return Err(not_a_pattern(place)),
            },
            _ => return Err(not_a_pattern(place)),
        };
        if text.contains('\\') {
            return Err(SqlError::new(
                place,
                "a backslash in a LIKE pattern means different things to different engines",
            )
            .with_help("use `_` for the one character"));
        }
        let at = x.at.start..place.end;
        Ok(Node { kind: NodeKind::Like(x, text), at })
    }

    fn case(
        &self,
        operand: Option<&Expr>,
        conditions: &[CaseWhen],
        otherwise: Option<&Expr>,
        at: Range<usize>,
        depth: usize,
    ) -> Result<Node, SqlError> {
        let one = |part: &Expr| self.node(part, depth);
        let operand = operand.map(one).transpose()?.map(Box::new);
        let branches = conditions
            .iter()
            .map(|when| Ok((one(&when.condition)?, one(&when.result)?)))
            .collect::<Result<Vec<_>, SqlError>>()?;
        let otherwise = otherwise.map(one).transpose()?.map(Box::new);
        Ok(Node { kind: NodeKind::Case { operand, branches, otherwise }, at })
    }

    fn call(&self, call: &Call, depth: usize) -> Result<Node, SqlError> {
        let name = call.name.to_string();
        let place = self.tokens.bytes(call.name.span());
        let Some(function) = Function::named(&name) else { return Err(unknown_function(&name, &place)) };
        let open = self.tokens.after(place.end);
        let at = place.start..self.tokens.closing(open).unwrap_or(place.end);
        let plain = call.filter.is_none()
            && call.over.is_none()
            && call.null_treatment.is_none()
            && call.within_group.is_empty()
            && !call.uses_odbc_syntax
            && matches!(call.parameters, FunctionArguments::None);
        let FunctionArguments::List(list) = &call.args else { return Err(outside(at, &call.to_string())) };
        if !plain || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
            return Err(outside(at, &call.to_string()));
        }
        let arguments = list.args.iter().map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => self.node(expr, depth),
            other => Err(outside(at.clone(), &other.to_string())),
        });
        let arguments = arguments.collect::<Result<Vec<_>, _>>()?;
        if !function.arity().contains(&arguments.len()) {
            return Err(wrong_arity(function, arguments.len(), at));
        }
        Ok(Node { kind: NodeKind::Call(function, arguments), at })
    }

    fn cast(&self, x: Box<Node>, to: &DataType) -> Result<Node, SqlError> {
        let open = self.tokens.before(x.at.start);
        let start = open.and_then(|t| t.checked_sub(1)).map_or(x.at.start, |t| self.tokens.list[t].1.start);
        let end = open.and_then(|t| self.tokens.closing(t)).unwrap_or(x.at.end);
        if matches!(to, DataType::Double(_) | DataType::DoublePrecision) {
            return Ok(Node { kind: NodeKind::Double(x), at: start..end });
        }
        Err(SqlError::new(start..end, format!("CAST to `{to}` is not portable"))
            .with_help("write CAST(x AS DOUBLE)"))
    }

    fn refuse(&self, expr: &Expr) -> SqlError {
        let place = self.place(expr);
        let after = |words: usize| {
            let last = (self.tokens.after(place.end) + words).saturating_sub(1);
            place.start..self.tokens.list.get(last).map_or(place.end, |(_, at)| at.end)
        };
        let (at, help) = match expr {
            Expr::IsTrue(_) => (after(2), "write the condition itself, or COALESCE(x, FALSE)"),
            Expr::IsFalse(_) => (after(2), "write NOT x, or NOT COALESCE(x, TRUE)"),
            Expr::IsNotTrue(_) => (after(3), "write NOT COALESCE(x, FALSE)"),
            Expr::IsNotFalse(_) => (after(3), "write COALESCE(x, TRUE)"),
            Expr::IsUnknown(_) => (after(2), "write x IS NULL"),
            Expr::IsNotUnknown(_) => (after(3), "write x IS NOT NULL"),
            Expr::ILike { .. } => (place, "write the patterns out: x LIKE 'a%' OR x LIKE 'A%'"),
            Expr::Like { escape_char: Some(_), .. } => {
                (after(2), "leave ESCAPE out; `%` is any text and `_` any one character")
            }
            Expr::Like { .. } => (place, "leave ANY out; `%` is any text and `_` any one character"),
            Expr::Cast { .. } => (place, "write CAST(x AS DOUBLE)"),
            Expr::Tuple(_) => (place, "write one value between the brackets"),
            Expr::TypedString(_) | Expr::Interval(_) => {
                let start =
                    self.tokens.before(place.start).map_or(place.start, |t| self.tokens.list[t].1.start);
                (start..place.end, "compare dates as text, as in day >= '2026-01-31'")
            }
            _ => (place, ALLOWED),
        };
        outside(at.clone(), self.text.get(at).unwrap_or_default()).with_help(help)
    }

    /// The parser's span as bytes, or the whole text where it has none.
    fn place(&self, expr: &Expr) -> Range<usize> {
        let span = expr.span();
        if span.start.line == 0 {
            return 0..self.text.len();
        }
        self.tokens.bytes(span)
    }
}

fn literal(value: &Value, at: Range<usize>) -> Result<Node, SqlError> {
    let kind = match value {
        Value::Null => NodeKind::Null,
        Value::Boolean(value) => NodeKind::Bool(*value),
        Value::SingleQuotedString(text) => NodeKind::Text(text.clone()),
        Value::Number(digits, _) => NodeKind::Number(digits.clone(), digits.parse().unwrap_or(f64::INFINITY)),
        other => return Err(outside(at, &other.to_string())),
    };
    Ok(Node { kind, at })
}

fn outside(at: Range<usize>, what: &str) -> SqlError {
    SqlError::new(at, format!("`{what}` is outside the SQL an expression may use"))
}

fn not_a_pattern(at: Range<usize>) -> SqlError {
    SqlError::new(at, "LIKE needs its pattern as text in single quotes").with_help("write x LIKE 'Refund%'")
}

fn wrong_arity(function: Function, given: usize, at: Range<usize>) -> SqlError {
    let arity = function.arity();
    let takes = match (arity.start, arity.end) {
        (1, 2) => "takes one value",
        (2, 3) => "takes two values",
        _ => "takes at least one value",
    };
    SqlError::new(at, format!("{} {takes}, not {given}", function.name()))
}

fn not(node: Node) -> Node {
    let at = node.at.clone();
    Node { kind: NodeKind::Not(Box::new(node)), at }
}

fn negated_if(negated: bool, node: Node) -> Node {
    if negated { not(node) } else { node }
}

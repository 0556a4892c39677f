//! Tokens with byte ranges, and the first sieve: what can never stand in an expression is refused here,
//! where its exact place is known.

use std::ops::Range;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, Whitespace};

use super::SqlError;
use super::node::Function;
use super::syntax::Names;

/// More tokens than any hand-written expression has.
const MOST_TOKENS: usize = 4_000;

const DEEPEST_CALLS: usize = 7;
const DEEPEST_BRACKETS: usize = 32;

/// What the subset holds, for the help of a refusal.
pub(crate) const ALLOWED: &str = "allowed are + - * /, comparisons, AND, OR, NOT, ||, BETWEEN, IN, LIKE, IS NULL, CASE and a few functions";

const AGGREGATES: [&str; 16] = [
    "SUM",
    "AVG",
    "COUNT",
    "MIN",
    "MAX",
    "STDDEV",
    "STDDEV_POP",
    "STDDEV_SAMP",
    "VARIANCE",
    "VAR_POP",
    "VAR_SAMP",
    "MEDIAN",
    "ANY_VALUE",
    "ARRAY_AGG",
    "STRING_AGG",
    "BOOL_OR",
];

/// The tokens of a text without white space, each with its byte range.
pub(crate) struct Tokens {
    pub(crate) with_spans: Vec<TokenWithSpan>,
    pub(crate) list: Vec<(Token, Range<usize>)>,
    offsets: Offsets,
}

impl Tokens {
    pub(crate) fn of(text: &str, names: Names) -> Result<Self, SqlError> {
        let offsets = Offsets::of(text);
        let with_spans =
            Tokenizer::new(&PostgreSqlDialect {}, text).tokenize_with_location().map_err(|error| {
                let start = offsets.byte(error.location).min(text.len());
                SqlError::new(start..text.len(), lower_first(error.message.trim_end_matches('.')))
            })?;
        let list: Vec<_> = with_spans
            .iter()
            .map(|t| (t.token.clone(), offsets.byte(t.span.start)..offsets.byte(t.span.end)))
            .collect();
        for (token, at) in &list {
            admit(token, at, names)?;
        }
        let list: Vec<_> =
            list.into_iter().filter(|(token, _)| !matches!(token, Token::Whitespace(_))).collect();
        if list.is_empty() {
            return Err(SqlError::new(0..text.len(), "the expression is empty")
                .with_help("write what must hold, as in `handle_s >= 10`"));
        }
        if list.len() > MOST_TOKENS {
            let message = format!("the expression is longer than {MOST_TOKENS} words and signs");
            return Err(SqlError::new(0..text.len(), message)
                .with_help("compute part of it in a column of the source"));
        }
        let tokens = Self { with_spans, list, offsets };
        tokens.admit_calls()?;
        tokens.admit_nesting(text)?;
        Ok(tokens)
    }

    pub(crate) fn bytes(&self, span: sqlparser::tokenizer::Span) -> Range<usize> {
        self.offsets.byte(span.start)..self.offsets.byte(span.end)
    }

    pub(crate) fn byte(&self, location: Location) -> usize {
        self.offsets.byte(location)
    }

    /// The place of the token that ends last before `byte`.
    pub(crate) fn before(&self, byte: usize) -> Option<usize> {
        self.list.partition_point(|(_, at)| at.end <= byte).checked_sub(1)
    }

    /// The place of the first token that starts at or after `byte`.
    pub(crate) fn after(&self, byte: usize) -> usize {
        self.list.partition_point(|(_, at)| at.start < byte)
    }

    /// Where the bracket opened by token `open` is closed: the end of that token.
    pub(crate) fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (token, at) in self.list.get(open..)? {
            match token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(at.end);
            }
        }
        None
    }

    /// Refuses calls within calls within calls: the parser reads each call's arguments several times over,
    /// so its time grows threefold with every level.
    fn admit_nesting(&self, text: &str) -> Result<(), SqlError> {
        let mut open: Vec<bool> = vec![];
        let mut before: Option<&Token> = None;
        for (token, at) in &self.list {
            match token {
                Token::LParen => open.push(matches!(before, Some(Token::Word(_)))),
                Token::RParen => {
                    open.pop();
                }
                _ => {}
            }
            before = Some(token);
            let calls = open.iter().filter(|is_call| **is_call).count();
            if calls > DEEPEST_CALLS || open.len() > DEEPEST_BRACKETS {
                return Err(SqlError::new(at.start..text.len(), "the expression is nested too deeply")
                    .with_help("compute part of it in a column of the source"));
            }
        }
        Ok(())
    }

    /// Refuses a word before an opening bracket that is no function of the subset, and words that open
    /// queries and windows.
    fn admit_calls(&self) -> Result<(), SqlError> {
        for (place, (token, at)) in self.list.iter().enumerate() {
            let Token::Word(word) = token else { continue };
            if word.quote_style.is_none() {
                admit_keyword(word.keyword, at)?;
            }
            let calls = matches!(self.list.get(place + 1), Some((Token::LParen, _)));
            if calls && !may_precede_bracket(word.keyword) && Function::named(&word.value).is_none() {
                return Err(unknown_function(&word.value, at));
            }
        }
        Ok(())
    }
}

/// The error for a function outside the subset, with the nearest one inside it.
pub(crate) fn unknown_function(name: &str, at: &Range<usize>) -> SqlError {
    let upper = name.to_uppercase();
    if AGGREGATES.contains(&upper.as_str()) {
        let help = match upper.as_str() {
            "MIN" => "for the smaller of several values write LEAST(a, b)",
            "MAX" => "for the larger of several values write GREATEST(a, b)",
            _ => "write the value of one row; gapwise does the summing",
        };
        let message = format!("`{name}` is an aggregate, and an expression sees one row at a time");
        return SqlError::new(at.clone(), message).with_help(help);
    }
    if upper.starts_with("CURRENT_") || matches!(upper.as_str(), "NOW" | "LOCALTIME" | "LOCALTIMESTAMP") {
        let message = format!("`{name}` depends on the clock, and a result must not");
        return SqlError::new(at.clone(), message)
            .with_help("compare with a date in the source, or use --as-of");
    }
    let nearest = Function::ALL
        .iter()
        .map(|(known, _)| (strsim::damerau_levenshtein(known, &upper), *known))
        .min()
        .filter(|(distance, known)| *distance <= known.len().div_ceil(3));
    let names: Vec<&str> = Function::ALL.iter().map(|(known, _)| *known).collect();
    let help = match nearest {
        Some((_, known)) => format!("did you mean `{known}`?"),
        None => format!("the functions are {} and CAST(… AS DOUBLE)", names.join(", ")),
    };
    SqlError::new(at.clone(), format!("unknown function `{name}`")).with_help(help)
}

fn may_precede_bracket(keyword: Keyword) -> bool {
    use Keyword as K;
    matches!(
        keyword,
        K::IN
            | K::AND
            | K::OR
            | K::NOT
            | K::CASE
            | K::WHEN
            | K::THEN
            | K::ELSE
            | K::BETWEEN
            | K::LIKE
            | K::CAST
            // Refused later, with their own words.
            | K::AS
            | K::ILIKE
            | K::DOUBLE
            | K::PRECISION
            | K::NUMERIC
            | K::DECIMAL
            | K::VARCHAR
            | K::CHAR
            | K::FLOAT
            | K::TIMESTAMP
    )
}

fn admit_keyword(keyword: Keyword, at: &Range<usize>) -> Result<(), SqlError> {
    let (message, help) = match keyword {
        Keyword::SELECT | Keyword::WITH | Keyword::EXISTS => (
            "a sub-query cannot stand in an expression",
            "use columns of the source, or a view that holds the query",
        ),
        Keyword::OVER => {
            ("a window function cannot stand in an expression", "an expression sees one row at a time")
        }
        _ => return Ok(()),
    };
    Err(SqlError::new(at.clone(), message).with_help(help))
}

fn admit(token: &Token, at: &Range<usize>, names: Names) -> Result<(), SqlError> {
    let refuse = |message: String, help: &str| Err(SqlError::new(at.clone(), message).with_help(help));
    match token {
        Token::Word(word) => admit_word(&word.value, word.quote_style, at),
        Token::Number(digits, long) => admit_number(digits, *long, at),
        Token::SingleQuotedString(_)
        | Token::Comma
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::Gt
        | Token::LtEq
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::StringConcat
        | Token::LParen
        | Token::RParen
        | Token::Whitespace(Whitespace::Space | Whitespace::Newline | Whitespace::Tab) => Ok(()),
        Token::Period if names == Names::Dotted => Ok(()),
        Token::Period => {
            refuse("a name has one part here".into(), "write the column alone, without a table before it")
        }
        Token::Whitespace(_) => refuse(
            "a comment cannot stand in an expression".into(),
            "put it on its own line of the TOML after `#`",
        ),
        Token::SemiColon => {
            refuse("`;` cannot stand here: one expression only".into(), "remove it and what follows")
        }
        Token::DoubleColon => refuse("`::` is not portable".into(), "write CAST(x AS DOUBLE)"),
        Token::Mod => refuse(
            "`%` differs between engines".into(),
            "use a column of the source that holds the remainder",
        ),
        Token::Overlap => refuse("`&&` is not SQL".into(), "write AND"),
        Token::ExclamationMark => refuse("`!` is not SQL".into(), "write NOT"),
        Token::DoubleEq => refuse("`==` is not SQL".into(), "write `=`"),
        Token::Placeholder(_) | Token::Question | Token::Colon | Token::AtSign | Token::Sharp => {
            refuse(format!("`{token}`: placeholders are not filled in"), "write the value itself")
        }
        other if other.to_string().contains('`') => {
            refuse("a backtick is not portable".into(), "a raw column goes in double quotes: \"its name\"")
        }
        other => refuse(format!("`{other}` is outside the SQL an expression may use"), ALLOWED),
    }
}

fn admit_word(value: &str, quote: Option<char>, at: &Range<usize>) -> Result<(), SqlError> {
    if quote.is_some() && value.is_empty() {
        return Err(SqlError::new(at.clone(), "a column name is missing between the quotes"));
    }
    if quote.is_some() {
        return Ok(());
    }
    let Some(odd) = value.chars().find(|c| !c.is_alphanumeric() && *c != '_') else { return Ok(()) };
    let help = match odd {
        '\u{2018}' | '\u{2019}' => "write text in straight quotes: 'text'",
        '\u{201c}' | '\u{201d}' => {
            "write text in straight single quotes: 'text', a raw column in straight double ones"
        }
        _ => "a column spelt with other signs goes in double quotes",
    };
    Err(SqlError::new(at.clone(), format!("`{odd}` cannot stand in a bare name")).with_help(help))
}

fn admit_number(digits: &str, long: bool, at: &Range<usize>) -> Result<(), SqlError> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if plain && !long && digits.parse::<f64>().is_ok_and(f64::is_finite) {
        return Ok(());
    }
    Err(SqlError::new(at.clone(), format!("`{digits}` is not a number that fits a double"))
        .with_help("write digits with a decimal point, or an exponent as in 1.5e6"))
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Byte offsets of every character, by line.
struct Offsets {
    lines: Vec<Vec<usize>>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let mut lines = vec![vec![]];
        for (byte, character) in text.char_indices() {
            if let Some(line) = lines.last_mut() {
                line.push(byte);
            }
            if character == '\n' {
                lines.push(vec![]);
            }
        }
        Self { lines, end: text.len() }
    }

    fn byte(&self, location: Location) -> usize {
        let index = |n: u64| usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
        let (line, column) = (index(location.line), index(location.column));
        let next = || self.lines.get(line + 1).and_then(|next| next.first());
        self.lines.get(line).and_then(|l| l.get(column)).or_else(next).copied().unwrap_or(self.end)
    }
}

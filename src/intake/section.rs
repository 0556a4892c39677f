//! A table of the workspace to be, key by key, each with what it is and what was seen.

use std::fmt::Write as _;

use crate::words::shortened_to;

/// Longest value of a client's data within a comment.
const LONGEST: usize = 40;

/// Whether a key stands in force or behind a `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    Yes,
    Offered,
}

/// One key.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// As TOML.
    pub(super) value: String,
    pub(super) note: String,
    pub(super) force: Force,
}

/// A table with its keys.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Between the brackets; empty for the top of the file.
    pub(super) name: String,
    pub(super) note: String,
    pub(super) entries: Vec<Entry>,
    pub(super) force: Force,
}

impl Section {
    pub(super) fn new(name: impl Into<String>, note: impl Into<String>) -> Self {
        Self { name: name.into(), note: note.into(), entries: Vec::new(), force: Force::Yes }
    }

    pub(super) fn set(&mut self, key: impl Into<String>, value: impl Into<String>, note: impl Into<String>) {
        self.push(Force::Yes, key.into(), value.into(), note.into());
    }

    /// Written behind a `#`.
    pub(super) fn offer(
        &mut self,
        key: impl Into<String>,
        value: impl Into<String>,
        note: impl Into<String>,
    ) {
        self.push(Force::Offered, key.into(), value.into(), note.into());
    }

    /// A line of its own that only says something.
    pub(super) fn say(&mut self, note: impl Into<String>) {
        self.push(Force::Yes, String::new(), String::new(), note.into());
    }

    fn push(&mut self, force: Force, key: String, value: String, note: String) {
        self.entries.push(Entry { key, value, note, force });
    }
}

/// A TOML string on one line.
pub(super) fn quoted(text: &str) -> String {
    let is_literal =
        text.contains(['"', '\\']) && !text.contains('\'') && !text.chars().any(char::is_control);
    if is_literal { format!("'{text}'") } else { basic(text) }
}

/// A TOML list of strings.
pub(super) fn listed<S: AsRef<str>>(texts: &[S]) -> String {
    let all: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", all.join(", "))
}

/// A TOML key, in quotes where it must be.
pub(super) fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare { name.to_owned() } else { basic(name) }
}

/// In double quotes, with what TOML wants escaped.
fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value of the client's data within a comment: one line, not too long.
pub(super) fn shown(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("`{}`", shortened_to(&plain.replace('`', "'"), LONGEST))
}

/// A raw column in an expression.
pub(super) fn column(header: &str, taken: &dyn Fn(&str) -> bool) -> String {
    const WORDS: &[&str] = &[
        "and",
        "or",
        "not",
        "case",
        "when",
        "then",
        "else",
        "end",
        "in",
        "like",
        "is",
        "null",
        "between",
        "cast",
        "as",
        "true",
        "false",
        "date",
        "time",
        "timestamp",
        "order",
        "group",
        "from",
        "to",
        "select",
        "where",
        "interval",
        "user",
        "limit",
        "all",
        "any",
        "exists",
        "distinct",
        "by",
        "having",
        "on",
        "with",
        "values",
        "position",
        "array",
    ];
    let lower = header.to_lowercase();
    let is_bare = header.starts_with(|c: char| c.is_ascii_alphabetic())
        && header.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !WORDS.contains(&lower.as_str())
        && !taken(&lower);
    if is_bare { header.to_owned() } else { format!("\"{}\"", header.replace('"', "\"\"")) }
}

/// A text in an expression.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `column = 'a'` or `column IN ('a', 'b')`.
pub(super) fn is_one_of(column: &str, values: &[String]) -> String {
    match values {
        [one] => format!("{column} = {}", literal(one)),
        many => {
            let all: Vec<String> = many.iter().map(|value| literal(value)).collect();
            format!("{column} IN ({})", all.join(", "))
        }
    }
}

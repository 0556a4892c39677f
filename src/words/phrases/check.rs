//! Mistakes in a phrase file, found before a page needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::parser;

use super::{languages, texts};
use crate::diag::way_out;
use crate::words::TextError;

/// The names each message may speak of, over all shipped languages.
static KNOWN: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, text) in languages().flat_map(texts) {
        for (id, pattern) in messages(&read(text).0) {
            let spoken = spoken(pattern).into_iter().filter_map(Spoken::variable);
            known.entry(id).or_insert_with(|| BTreeSet::from(["grain"])).extend(spoken);
        }
    }
    known
});

/// A client's phrase file, read.
pub struct PhraseFile<'a> {
    text: &'a str,
    resource: Resource<&'a str>,
    broken: Vec<parser::ParserError>,
}

impl<'a> PhraseFile<'a> {
    pub fn of(text: &'a str) -> Self {
        let (resource, broken) = read(text);
        Self { text, resource, broken }
    }

    /// Every mistake, in the order of the file's places.
    pub fn mistakes(&self) -> Vec<TextError> {
        let mut found: Vec<TextError> = self.broken.iter().map(|error| self.unreadable(error)).collect();
        found.extend(self.without_value());
        for (id, pattern) in messages(&self.resource) {
            found.extend(self.message(id, pattern));
        }
        found.sort_by_key(|error| error.at.start);
        found
    }

    /// How many of the messages that pages need are not in these files.
    pub fn missing(files: &[Self]) -> usize {
        let said: BTreeSet<&str> =
            files.iter().flat_map(|f| messages(&f.resource)).map(|(id, _)| id).collect();
        KNOWN.keys().filter(|id| !is_fixed(id) && !is_column(id) && !said.contains(*id)).count()
    }

    fn message(&self, id: &'a str, pattern: &Pattern<&'a str>) -> Vec<TextError> {
        if is_fixed(id) {
            let help = "what protects people is the same for every client; write what you have to add in other messages";
            return vec![self.mistake(id, &format!("message `{id}` cannot be changed"), help)];
        }
        let Some(names) = KNOWN.get(id) else {
            let open = KNOWN.keys().copied().filter(|known| !is_fixed(known));
            return vec![self.mistake(id, &format!("unknown message `{id}`"), &way_out(id, open))];
        };
        spoken(pattern).into_iter().filter_map(|spoken| self.spoken(spoken, names)).collect()
    }

    fn spoken(&self, spoken: Spoken<'a>, names: &BTreeSet<&'static str>) -> Option<TextError> {
        match spoken {
            Spoken::Variable(name) if !names.contains(name) => Some(self.mistake(
                name,
                &format!("unknown variable `${name}`"),
                &way_out(name, names.iter().copied()),
            )),
            Spoken::Message(id) if !KNOWN.contains_key(id) => Some(self.mistake(
                id,
                &format!("unknown message `{id}`"),
                &way_out(id, KNOWN.keys().copied()),
            )),
            Spoken::Term(id) if !self.terms().any(|term| term == id) => {
                let help = way_out(id, self.terms());
                Some(self.mistake(id, &format!("unknown term `-{id}`"), &help))
            }
            Spoken::Function(name) => {
                let help = "numbers arrive in the reader's form; print them as they are";
                Some(self.mistake(name, &format!("unknown function `{name}`"), help))
            }
            _ => None,
        }
    }

    fn terms(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.resource.body.iter().filter_map(|entry| match entry {
            Entry::Term(term) => Some(term.id.name),
            _ => None,
        })
    }

    fn without_value(&self) -> impl Iterator<Item = TextError> {
        self.resource.body.iter().filter_map(|entry| match entry {
            Entry::Message(message) if message.value.is_none() => {
                let id = message.id.name;
                Some(self.mistake(
                    id,
                    &format!("message `{id}` says nothing"),
                    "write its words after the `=`",
                ))
            }
            _ => None,
        })
    }

    fn unreadable(&self, error: &parser::ParserError) -> TextError {
        let end = error.pos.end.min(self.text.len());
        let help = "a message is `id = words`, further lines are indented, and `{` ends with `}`";
        let start = error.pos.start.min(end);
        TextError { help: Some(help.to_owned()), ..TextError::new(start..end, &error.kind.to_string()) }
    }

    /// `part` is a piece of the text itself.
    fn mistake(&self, part: &str, message: &str, help: &str) -> TextError {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let at: Range<usize> =
            if start + part.len() <= self.text.len() { start..start + part.len() } else { 0..0 };
        TextError { help: Some(help.to_owned()), ..TextError::new(at, message) }
    }
}

/// Whether a message protects people: no client's file may say it otherwise.
pub fn is_fixed(id: &str) -> bool {
    id.starts_with("fixed-")
}

/// Whether a message says what a column of evidence holds: the code says it in English where a language does not.
pub fn is_column(id: &str) -> bool {
    id.starts_with("column-")
}

/// Whether the pages have a message of this id.
pub fn is_known(id: &str) -> bool {
    KNOWN.contains_key(id)
}

/// The names each message of the pages may speak of, in the order of their ids.
pub fn known() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    KNOWN.iter().map(|(id, names)| (*id, names.iter().copied().collect()))
}

/// Ids of the messages that a shipped language says itself.
pub fn said_in(language: &str) -> BTreeSet<&'static str> {
    let texts = texts(language).into_iter();
    texts.flat_map(|(_, text)| messages(&read(text).0).map(|(id, _)| id).collect::<Vec<_>>()).collect()
}

fn read(text: &str) -> (Resource<&str>, Vec<parser::ParserError>) {
    match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    }
}

fn messages<'r, 'a>(
    resource: &'r Resource<&'a str>,
) -> impl Iterator<Item = (&'a str, &'r Pattern<&'a str>)> {
    resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value.as_ref()?)),
        _ => None,
    })
}

/// What a message refers to.
#[derive(Clone, Copy)]
enum Spoken<'a> {
    Variable(&'a str),
    Message(&'a str),
    Term(&'a str),
    Function(&'a str),
}

impl<'a> Spoken<'a> {
    fn variable(self) -> Option<&'a str> {
        if let Self::Variable(name) = self { Some(name) } else { None }
    }
}

fn spoken<'a>(pattern: &Pattern<&'a str>) -> Vec<Spoken<'a>> {
    let expressions = pattern.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    });
    expressions.flat_map(in_expression).collect()
}

fn in_expression<'a>(expression: &Expression<&'a str>) -> Vec<Spoken<'a>> {
    match expression {
        Expression::Inline(inline) => in_line(inline),
        Expression::Select { selector, variants } => {
            let chosen = variants.iter().flat_map(|variant| spoken(&variant.value));
            in_line(selector).into_iter().chain(chosen).collect()
        }
    }
}

fn in_line<'a>(inline: &InlineExpression<&'a str>) -> Vec<Spoken<'a>> {
    match inline {
        InlineExpression::VariableReference { id } => vec![Spoken::Variable(id.name)],
        InlineExpression::MessageReference { id, .. } => vec![Spoken::Message(id.name)],
        InlineExpression::TermReference { id, .. } => vec![Spoken::Term(id.name)],
        InlineExpression::FunctionReference { id, .. } => vec![Spoken::Function(id.name)],
        InlineExpression::Placeable { expression } => in_expression(expression),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Vec::new(),
    }
}

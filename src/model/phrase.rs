//! Something said by code that knows no language: which message it is, and what the message speaks of. The words
//! are in the catalogues; `words::phrase` says them.

use chrono::NaiveDate;
use serde::Serialize;

/// A message and its values; `phrase!` writes one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phrase {
    id: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// One value of a message, not yet in anybody's language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Part {
    /// A name, a key, an error: the same in every language.
    Text(String),
    Number(f64),
    /// 0 to 1.
    Share(f64),
    Day(NaiveDate),
    Phrase(Phrase),
    /// `a, b and c`.
    All(Vec<Self>),
    /// `a or b`.
    Any(Vec<Self>),
}

impl Phrase {
    pub fn new(id: &'static str, parts: Vec<(&'static str, Part)>) -> Self {
        Self { id, parts }
    }

    /// Words from outside, such as an error's: no catalogue has them.
    pub fn as_is(words: impl Into<String>) -> Self {
        Self { id: "", parts: vec![("", Part::Text(words.into()))] }
    }

    /// The message's id; empty for words from outside.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Whether it names what would give an answer, and may stand after "needs".
    pub fn is_need(&self) -> bool {
        self.id.starts_with("need-")
    }

    pub fn parts(&self) -> &[(&'static str, Part)] {
        &self.parts
    }

    /// The same phrase with every text in it read anew.
    #[must_use]
    pub fn with_texts(self, read: &dyn Fn(&str) -> String) -> Self {
        let parts = self.parts.into_iter().map(|(name, part)| (name, part.with_texts(read)));
        Self { id: self.id, parts: parts.collect() }
    }
}

impl Part {
    fn with_texts(self, read: &dyn Fn(&str) -> String) -> Self {
        let all = |parts: Vec<Self>| parts.into_iter().map(|part| part.with_texts(read)).collect();
        match self {
            Self::Text(text) => Self::Text(read(&text)),
            Self::Phrase(phrase) => Self::Phrase(phrase.with_texts(read)),
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Number(_) | Self::Share(_) | Self::Day(_) => self,
        }
    }

    /// Keys and columns as a sentence names them: in backticks.
    pub fn keys<'k>(names: impl IntoIterator<Item = &'k str>) -> Vec<Self> {
        names.into_iter().map(|name| Self::Text(format!("`{name}`"))).collect()
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Part {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Part {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<f64> for Part {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Part {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Part {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a handful of days")]
impl From<i64> for Part {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

#[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
impl From<u64> for Part {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

#[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
impl From<usize> for Part {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl From<Phrase> for Part {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

/// One message with its values: `phrase!("need-agents", least, has = study.agents())`.
macro_rules! phrase {
    ($id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::model::Phrase::new(
            $id,
            vec![$((stringify!($name), $crate::model::Part::from($crate::model::phrase!(@ $name $(, $value)?)))),*],
        )
    };
    (@ $name:ident) => { $name };
    (@ $name:ident, $value:expr) => { $value };
}

pub(crate) use phrase;

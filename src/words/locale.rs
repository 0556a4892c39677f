//! Where a report is read: which words it uses, and how numbers and days are written.

use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::FluentValue as Said;

use super::icu;
use super::phrases::{self, BASE, Phrases};
use crate::calendar::Grain;

/// A language and a place, the client's own wording, and what a period is called. Cheap to clone.
#[derive(Clone)]
pub struct Locale {
    words: Arc<Words>,
    /// Names one period: `week`, `day` or `month`.
    grain: Grain,
}

struct Words {
    /// As written in the workspace: `en-GB`.
    name: String,
    phrases: Phrases,
}

static BRITISH: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::of(BASE, &[])));

impl Words {
    fn of(name: &str, clients: &[&str]) -> Self {
        Self { name: name.to_owned(), phrases: Phrases::of(name, clients) }
    }
}

impl Locale {
    /// A locale whose language is shipped: `en-GB`, `de`, `de-AT`.
    pub fn named(name: &str) -> Option<Self> {
        let shipped = Self::is_tag(name) && phrases::is_spoken(name);
        shipped.then(|| if name == BASE { Self::default() } else { Self::with_phrases(name, &[]) })
    }

    /// A locale with a client's messages in front of the shipped ones. What neither says is said in British English.
    pub fn with_phrases(name: &str, clients: &[&str]) -> Self {
        Self { words: Arc::new(Words::of(name, clients)), ..Self::default() }
    }

    /// Whether a name is a language tag that a phrase file can add: `fr`, `pt-BR`.
    pub fn is_tag(name: &str) -> bool {
        icu::is_tag(name)
    }

    /// The same locale counting in the calendar's periods; weeks unless said.
    #[must_use]
    pub fn with_grain(self, grain: Grain) -> Self {
        Self { grain, ..self }
    }

    /// As written in the workspace, which is what a page calls its language: `en-GB`.
    pub fn name(&self) -> &str {
        &self.words.name
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if icu::is_right_to_left(self.name()) { "rtl" } else { "ltr" }
    }

    /// `week`, `day` or `month`: what messages choose by, not what a reader sees.
    pub fn grain(&self) -> &'static str {
        match self.grain {
            Grain::Week { .. } => "week",
            Grain::Day => "day",
            Grain::Month => "month",
        }
    }

    /// One message in words; `say!` writes the call. Every message may speak of `$grain`.
    pub fn say(&self, id: &str, given: Vec<(&str, Said<'_>)>) -> String {
        let grain = ("grain", Said::from(self.grain()));
        self.words.phrases.say(id, &given.into_iter().chain([grain]).collect())
    }

    /// A message without values, if this language has it itself.
    pub(super) fn own(&self, id: &str) -> Option<String> {
        self.words.phrases.own(id)
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self { words: Arc::clone(&BRITISH), grain: Grain::Week { start: chrono::Weekday::Mon } }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by {}", self.name(), self.grain())
    }
}

/// Says one message: `say!(locale, "level-under", label, size = words::difference(…))`. Values are text, or counts
/// that decide a plural.
macro_rules! say {
    ($locale:expr, $id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let given = vec![$((stringify!($name), $crate::words::Said::from($crate::words::say!(@ $name $(, $value)?)))),*];
        $locale.say($id, given)
    }};
    (@ $name:ident) => { $name };
    (@ $name:ident, $value:expr) => { $value };
}

pub(crate) use say;

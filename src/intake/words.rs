//! What headers and values usually mean: the shipped `rules/intake.toml`, and how a phrase meets a header.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;

use crate::config::builtin_file;

/// The words to guess by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) sources: BTreeMap<String, TableWords>,
    pub(super) columns: BTreeMap<String, ColumnWords>,
    pub(super) lengths: LengthWords,
    pub(super) metric: Vec<Template>,
    /// Coaching status to the words that mean it.
    pub(super) status: BTreeMap<String, Vec<String>>,
    /// Concept to the words of a focus that is meant to move it.
    pub(super) focus: BTreeMap<String, Vec<String>>,
    #[serde(rename = "words")]
    pub(super) values: ValueWords,
    pub(super) vendors: BTreeMap<String, Vendor>,
}

/// What tells a source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableWords {
    pub(super) files: Vec<String>,
    pub(super) signs: Vec<String>,
}

/// What tells one of gapwise's columns.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ColumnWords {
    /// Whole headers, the likeliest first.
    pub(super) headers: Vec<String>,
    /// Phrases within a header, the likeliest first.
    pub(super) words: Vec<String>,
    /// Phrases that speak against, unless the whole header is one of the above.
    pub(super) never: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LengthWords {
    pub(super) handle: Vec<String>,
    pub(super) talk: Vec<String>,
    pub(super) hold: Vec<String>,
    pub(super) acw: Vec<String>,
    pub(super) whole: Vec<String>,
    pub(super) never: Vec<String>,
    pub(super) milliseconds: Vec<String>,
    pub(super) minutes: Vec<String>,
}

/// What a metric's column must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Is {
    Flag,
    Score,
    Nps,
}

/// Whether a value that may still change is written as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Matures {
    InForce,
    /// Commented out.
    Offered,
}

/// A metric that exports often have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) is: Is,
    pub(super) phrases: Vec<String>,
    /// Values of a category that mean yes.
    #[serde(default)]
    pub(super) values: Vec<String>,
    #[serde(default)]
    pub(super) never: Vec<String>,
    pub(super) concept: Option<String>,
    pub(super) better: String,
    pub(super) role: String,
    /// Whether a target is proposed in force.
    #[serde(default)]
    pub(super) targeted: bool,
    pub(super) matures: Option<Matures>,
    /// The highest score there may be.
    pub(super) most: Option<f64>,
    /// Why it stands commented out.
    pub(super) unsure: Option<String>,
    /// Only in these sources.
    #[serde(default)]
    pub(super) sources: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueWords {
    pub(super) nobody: Vec<String>,
    pub(super) handled: Vec<String>,
    pub(super) uncoded: Vec<String>,
    pub(super) other: Vec<String>,
    pub(super) conditions: Vec<String>,
    pub(super) drafts: Vec<String>,
}

/// A vendor's export.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vendor {
    /// Headers that only theirs have.
    pub(super) signs: Vec<String>,
    /// How many of them must be met.
    pub(super) least: usize,
    /// What to know of it.
    pub(super) notes: Vec<String>,
}

impl Words {
    pub(super) fn shipped() -> anyhow::Result<Self> {
        let text = builtin_file("intake.toml").context("no words to guess by are built in")?;
        toml::from_str(text).context("the built-in words to guess by are not as expected")
    }
}

/// The words of a header or value, in lower case.
#[derive(Clone, Debug)]
pub(super) struct Said(Vec<String>);

impl Said {
    /// Words end at blanks, punctuation and where `camelCase` or `ACWSeconds` begin a new one.
    pub(super) fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut words = vec![String::new()];
        for (at, c) in characters.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| characters[before]);
            let after = characters.get(at + 1);
            let rises = before.is_some_and(char::is_lowercase) && c.is_uppercase();
            let ends_capitals = before.is_some_and(char::is_uppercase)
                && c.is_uppercase()
                && after.is_some_and(|a| a.is_lowercase());
            if rises || ends_capitals || !c.is_alphanumeric() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
                word.extend(c.to_lowercase());
            }
        }
        words.retain(|word| !word.is_empty());
        Self(words)
    }

    /// Whether the words are just those of the phrase, blanks between them or not.
    pub(super) fn is(&self, phrase: &str) -> bool {
        let joined: String =
            phrase.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        !joined.is_empty() && self.0.concat() == joined
    }

    /// Whether the words of the phrase stand in it side by side; `resol*` meets all that begin so.
    pub(super) fn says(&self, phrase: &str) -> bool {
        let parts: Vec<&str> = phrase.split_whitespace().collect();
        let meets = |word: &str, part: &str| match part.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == part,
        };
        !parts.is_empty()
            && self
                .0
                .windows(parts.len())
                .any(|own| own.iter().zip(&parts).all(|(word, part)| meets(word, part)))
    }

    pub(super) fn says_any(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| self.says(phrase))
    }

    /// Place of the first phrase that is met.
    pub(super) fn first(&self, phrases: &[String]) -> Option<usize> {
        phrases.iter().position(|phrase| self.says(phrase) || self.is(phrase))
    }

    /// In lower case with hyphens between: an id.
    pub(super) fn id(&self) -> String {
        let plain = |word: &String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let words: Vec<String> = self.0.iter().map(plain).filter(|word| !word.is_empty()).collect();
        words.join("-")
    }

    /// As a label: the first letter large.
    pub(super) fn label(&self) -> String {
        let text = self.0.join(" ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

impl ColumnWords {
    /// How well a header fits; none where it does not.
    pub(super) fn fit(&self, said: &Said) -> Option<i32> {
        let rank = |place: usize| i32::try_from(place).unwrap_or(i32::MAX);
        if let Some(place) = self.headers.iter().position(|header| said.is(header)) {
            return Some(200 - rank(place));
        }
        if said.says_any(&self.never) {
            return None;
        }
        self.words.iter().position(|word| said.says(word)).map(|place| 100 - rank(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_blanks_punctuation_and_changes_of_case() {
        for (header, expected) in [
            ("Answered (Y/N)", "answered y n"),
            ("ACWSeconds", "acw seconds"),
            ("AvgTalkDuration", "avg talk duration"),
            ("AFTER CALL WORK TIME", "after call work time"),
            ("Agent.HierarchyGroups.Level1", "agent hierarchy groups level1"),
            ("handle_s", "handle s"),
        ] {
            assert_eq!(Said::of(header).0.join(" "), expected);
        }
    }

    #[test]
    fn a_phrase_is_met_whole_and_a_star_stands_for_any_ending() {
        let said = Said::of("Wrap-up Code");
        assert!(said.says("wrap up") && said.says("cod*") && !said.says("wrap code") && !said.says("wra"));
        assert!(said.is("wrapup code") && !said.is("wrap up"));
    }

    #[test]
    fn the_shipped_words_are_as_the_code_expects_them() {
        let words = Words::shipped().unwrap();
        for concept in words.focus.keys().chain(words.metric.iter().filter_map(|one| one.concept.as_ref())) {
            assert!(crate::model::CONCEPTS.contains(&concept.as_str()), "{concept}");
        }
        for source in words.sources.keys() {
            assert!(crate::model::SourceId::parse(source).is_some(), "{source}");
        }
        for vendor in words.vendors.keys() {
            assert!(crate::config::Profile::named(vendor).is_some(), "{vendor}");
        }
    }
}

//! What code below the pages said without a language, in the reader's.

use super::{Locale, Said, count, days, list, percent, say, shortened, shortened_to};
use crate::model::{Column, Part, Phrase, Value};

/// A phrase in words.
pub fn phrase(phrase: &Phrase, locale: &Locale) -> String {
    if let ("", [(_, Part::Text(as_is))]) = (phrase.id(), phrase.parts()) {
        return as_is.clone();
    }
    let value = |part: &Part| match part {
        Part::Number(number) => Said::from(*number),
        other => Said::from(said(other, locale)),
    };
    locale.say(phrase.id(), phrase.parts().iter().map(|(name, part)| (*name, value(part))).collect())
}

/// A phrase for a cell of a page: whole, with the names in it as short as everywhere.
pub fn in_short(one: &Phrase, locale: &Locale) -> String {
    const LONGEST: usize = 200;
    shortened_to(&phrase(&one.clone().with_texts(&shortened), locale), LONGEST)
}

/// A value of evidence with a sentence in words, as text.
pub fn spoken(value: &Value, locale: &Locale) -> Value {
    match value {
        Value::Phrase(one) => Value::Text(phrase(one, locale)),
        other => other.clone(),
    }
}

/// What a kind's column holds: in the reader's language, where it says so.
pub fn column_doc(kind: &str, column: &Column, locale: &Locale) -> String {
    let id = format!("column-{kind}-{}", column.name.replace('_', "-"));
    locale.own(&id).unwrap_or_else(|| column.doc.to_owned())
}

fn said(part: &Part, locale: &Locale) -> String {
    let all = |parts: &[Part]| parts.iter().map(|part| said(part, locale)).collect::<Vec<String>>();
    match part {
        Part::Text(text) => text.clone(),
        Part::Number(number) => count(*number, locale),
        Part::Share(share) => percent(*share, 1, locale),
        Part::Day(day) => days(*day, *day, locale),
        Part::Phrase(inner) => phrase(inner, locale),
        Part::All(parts) => list(&all(parts), locale),
        Part::Any(parts) => either(all(parts), locale),
    }
}

/// `a`, `a or b`, `a or b or c`.
fn either(parts: Vec<String>, locale: &Locale) -> String {
    let join = |one: String, other: String| say!(locale, "either", one, other);
    parts.into_iter().reduce(join).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phrase as made;

    #[test]
    fn a_phrase_is_said_in_each_language() {
        let said = |name: &str, one: &Phrase| phrase(one, &Locale::named(name).unwrap());
        let agents = made!("need-agents", least = 8.0, has = 1_200_usize);
        assert_eq!(said("en-GB", &agents), "8 agents, has 1,200");
        assert_eq!(said("de", &agents), "8 Mitarbeitende, vorhanden: 1.200");
        let columns = made!("need-columns-of-log", columns = Part::Any(Part::keys(["start", "minutes"])));
        assert_eq!(said("en-GB", &columns), "a column `start` or `minutes` in the coaching log");
        assert_eq!(said("de", &Phrase::as_is("disk full")), "disk full");
    }

    #[test]
    fn a_long_name_does_not_take_the_sentence_with_it() {
        let need = made!("need-periods-around-change", least = 4, metric = "x".repeat(500));
        let said = in_short(&need, &Locale::default());
        assert!(
            said.starts_with("4 periods before and after a change, with rows of xx") && said.ends_with("x…")
        );
        assert!(said.chars().count() < 140);
    }
}

//! The German of the shipped packs: whole, with the same numbers as the English, and in cases that hold for every
//! number.

use std::collections::{BTreeMap, BTreeSet};

use gapwise::config::{Amount, Plan, Rule, builtin_names};
use gapwise::model::ColumnUnit;

use super::{plan, texts};

fn of(locale: &str) -> Plan {
    let packs: Vec<String> = builtin_names().iter().map(|pack| format!("\"builtin:{pack}\"")).collect();
    plan(locale, &packs.join(", "), &[])
}

/// The names between `{{` and `}}`, and those below `raw`.
fn names(text: &str) -> BTreeSet<String> {
    let tags = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let words = tags.flat_map(|tag| tag.split(|c: char| !c.is_alphanumeric() && !"_.".contains(c)));
    let words = words.filter(|word| word.contains('_') || word.contains('.') || word.len() > 1);
    let own =
        ["if", "else", "endif", "elif", "not", "and", "is", "defined", "replace", "from", "to", "system"];
    words.filter(|word| !own.contains(word)).map(|word| word.trim_start_matches("raw.").to_owned()).collect()
}

#[test]
fn every_text_of_the_shipped_packs_has_german_words() {
    let english: BTreeSet<String> = texts(&of("en-GB")).into_iter().map(|(_, text)| text).collect();
    let german = texts(&of("de"));
    assert!(german.len() > 300, "{}", german.len());
    let left: Vec<_> = german.iter().filter(|(_, text)| english.contains(text)).collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_signal_and_form_has_a_german_name_and_no_two_signals_the_same() {
    let plan = of("de");
    let mut seen = BTreeMap::new();
    for rule in &plan.rules {
        let name = plan.names.signals.get(&rule.signal).unwrap_or_else(|| panic!("{}", rule.signal));
        let first = seen.insert(name, &rule.signal);
        assert!(
            first.is_none_or(|first| *first == rule.signal),
            "`{name}` names {first:?} and {}",
            rule.signal
        );
    }
    for (form, _) in plan.verdicts.iter().flat_map(|verdict| &verdict.forms) {
        assert!(plan.names.forms.contains_key(form), "{form}");
    }
    for weight in &plan.weights {
        let when = weight.when.text();
        assert!(plan.names.signals.contains_key(when) || plan.names.weights.contains_key(when), "{when}");
    }
}

/// What a translation need not say, with the reason.
const LEFT_OUT: &[(&str, &str, &str)] =
    &[("misdirected-coaching", "caution", "an English sentence, said in the translation's own words")];

#[test]
fn german_says_the_same_numbers_as_english() {
    let (english, german) = (of("en-GB"), of("de"));
    let said = |rule: &Rule| {
        let own = rule.title.iter().chain(&rule.say).chain(&rule.observe).chain(&rule.change_our_mind);
        own.flat_map(|text| names(text)).collect::<BTreeSet<String>>()
    };
    for (english, german) in english.rules.iter().zip(&german.rules) {
        let mut wanted = said(english);
        wanted.retain(|name| !LEFT_OUT.iter().any(|(rule, own, _)| *rule == english.id && own == name));
        let found: BTreeSet<String> = said(german);
        let missing: Vec<_> = wanted.difference(&found).collect();
        assert!(missing.is_empty(), "{} leaves out {missing:?}", german.id);
    }
    for (english, german) in english.decisions.iter().zip(&german.decisions) {
        assert_eq!(names(&english.what), names(&german.what), "{}", german.id);
        assert_eq!(english.risk.is_some(), german.risk.is_some(), "{}", german.id);
    }
}

/// `8,2 Punkte` has no dative: an amount stands where any number of points is right.
#[test]
fn no_amount_stands_behind_a_preposition_that_wants_the_dative() {
    const DATIVE: [&str; 10] = ["ab", "aus", "bei", "mit", "nach", "seit", "von", "zu", "zwischen", "vor"];
    let mut checked = 0;
    for rule in &of("de").rules {
        let is_amount = |name: &str| {
            let column = rule.kind.columns.iter().find(|column| column.name == name);
            let threshold = rule.thresholds.iter().find(|one| one.name == name).map(|one| one.amount);
            column.is_some_and(|column| matches!(column.unit, ColumnUnit::Difference | ColumnUnit::Periods))
                || matches!(threshold, Some(Amount::Times(_) | Amount::Points(_)))
        };
        let own = rule.title.iter().chain(&rule.say).chain(&rule.observe).chain(&rule.change_our_mind);
        for text in own {
            for (at, _) in text.match_indices("{{ ") {
                let name = text[at + 3..].split([' ', '}']).next().unwrap();
                let before =
                    text[..at].trim_end().rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
                checked += usize::from(is_amount(name));
                assert!(
                    !(is_amount(name) && DATIVE.contains(&before.as_str())),
                    "{}: {before} {name}: {text}",
                    rule.id
                );
            }
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn german_texts_hold_no_english_and_address_nobody() {
    const ENGLISH: [&str; 14] = [
        "the", "of", "and", "is", "are", "to", "for", "with", "by", "from", "agents", "metric", "gap", "you",
    ];
    const ADDRESS: [&str; 7] = ["du", "dein", "Sie", "Ihr", "Ihre", "Ihren", "euch"];
    let plan = of("de");
    let names =
        plan.names.signals.values().chain(plan.names.forms.values()).chain(plan.names.weights.values());
    let all = texts(&plan).into_iter().chain(names.map(|name| (name.clone(), name.clone())));
    for (id, text) in all {
        let plain: String = text.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect();
        for word in plain.split(|c: char| !c.is_alphabetic()) {
            assert!(!ENGLISH.contains(&word), "{id}: `{word}` in {text}");
        }
        // At the start of a sentence `Sie` may be a plural.
        let inside = plain.split(['.', ':', '?', '!']).filter_map(|part| part.trim().split_once(' '));
        for word in inside.flat_map(|(_, rest)| rest.split(|c: char| !c.is_alphabetic())) {
            assert!(!ADDRESS.contains(&word), "{id}: `{word}` in {text}");
        }
    }
}

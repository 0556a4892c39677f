//! The catalogues of messages and the code that speaks them, held against each other.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "report_words/english.rs"]
mod english;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gapwise::kinds::KINDS;
use gapwise::words::phrases::{PhraseFile, is_column, is_fixed, known, languages, said_in, texts};
use gapwise::words::{Locale, Said};

type Calls = BTreeMap<String, BTreeSet<String>>;

/// What stands between the parenthesis at the start of a text and the one that closes it, at its commas.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut before) = (0, false, ' ');
    let mut parts = vec![String::new()];
    for c in text.chars() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if c == ',' && depth == 1 && !quoted {
            parts.push(String::new());
        } else if depth > 1 || c != '(' {
            parts.last_mut().unwrap().push(c);
        }
        before = c;
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn names(arguments: &[String]) -> impl Iterator<Item = String> {
    arguments.iter().map(|argument| argument.split('=').next().unwrap().trim().to_owned())
}

fn quoted(text: &str) -> &str {
    text.split('"').nth(1).unwrap_or_else(|| panic!("`{text}` is no id in quotes"))
}

fn read(pattern: &str) -> impl Iterator<Item = String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(pattern);
    let files = glob::glob(root.to_str().unwrap()).unwrap().map(Result::unwrap).filter(|path| path.is_file());
    files.map(|path| std::fs::read_to_string(path).unwrap())
}

/// Code without whole lines of comment.
fn code() -> impl Iterator<Item = String> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    read("src/**/*.rs").map(move |text| text.lines().filter(is_code).collect::<Vec<_>>().join("\n"))
}

/// Every call of a macro in the code whose message stands behind so many arguments, with the names it gives.
fn macros(call: &str, before: usize) -> Calls {
    let mut calls = Calls::new();
    for code in code() {
        for (at, found) in code.match_indices(call) {
            let arguments = arguments(&code[at + found.len() - 1..]);
            let Some(id) = arguments.get(before).filter(|id| id.starts_with('"')) else { continue };
            calls.entry(quoted(id).to_owned()).or_default().extend(names(&arguments[before + 1..]));
        }
    }
    calls
}

/// What lower layers say without a language.
fn phrases() -> Calls {
    macros("phrase!(", 0)
}

/// Every call, by message, with the names it gives.
fn calls() -> Calls {
    let mut calls = macros("say!(", 1);
    for (id, names) in phrases() {
        calls.entry(id).or_default().extend(names);
    }
    for text in read("templates/**/*") {
        for (at, found) in text.match_indices("say(id=") {
            let arguments = arguments(&text[at + found.len() - "(id=".len()..]);
            calls.entry(quoted(&arguments[0]).to_owned()).or_default().extend(names(&arguments[1..]));
        }
    }
    calls
}

#[test]
fn every_message_is_said_somewhere_and_everything_said_is_a_message() {
    let (said, known): (BTreeSet<String>, BTreeSet<String>) =
        (calls().into_keys().collect(), said_in("en-GB").into_iter().map(str::to_owned).collect());
    let unknown: Vec<_> = said.difference(&known).collect();
    assert!(unknown.is_empty(), "said and not in templates/phrases/en-GB: {unknown:?}");
    let unused: Vec<_> = known.difference(&said).collect();
    assert!(unused.is_empty(), "in templates/phrases/en-GB and never said: {unused:?}");
}

#[test]
fn messages_speak_of_what_their_calls_give_and_of_nothing_else() {
    let calls = calls();
    for (id, names) in known().filter(|(id, _)| !is_column(id)) {
        let given = &calls[id];
        for name in names.iter().filter(|name| **name != "grain") {
            assert!(
                given.contains(*name),
                "`{id}` speaks of `${name}`, which its call does not give: {given:?}"
            );
        }
        for name in given {
            assert!(names.contains(&name.as_str()), "`{id}` is given `${name}` and no language uses it");
        }
    }
}

#[test]
fn german_says_everything_and_american_only_what_british_says() {
    let british = said_in("en-GB");
    let missing: Vec<_> = british.difference(&said_in("de")).copied().collect();
    assert!(missing.is_empty(), "not in templates/phrases/de: {missing:?}");
    for language in languages() {
        let said = said_in(language);
        let unknown: Vec<_> = said.difference(&british).filter(|id| !is_column(id)).copied().collect();
        assert!(unknown.is_empty(), "`{language}` says what British English does not: {unknown:?}");
    }
}

#[test]
fn shipped_catalogues_read_without_mistakes_but_for_what_is_fixed() {
    for (path, text) in languages().flat_map(texts) {
        let mistakes = PhraseFile::of(text).mistakes();
        let open = mistakes.into_iter().filter(|mistake| !mistake.message.contains("cannot be changed"));
        assert_eq!(
            open.map(|mistake| mistake.to_string()).collect::<Vec<_>>(),
            Vec::<String>::new(),
            "{path}"
        );
    }
}

/// One id stands in one file, so that nobody changes the copy that is not read.
#[test]
fn no_message_stands_twice_in_a_language() {
    for language in languages() {
        let mut seen = BTreeSet::new();
        for (path, text) in texts(language) {
            let ids = text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
            for id in ids.filter(|id| !id.starts_with([' ', '#', '-'])) {
                assert!(seen.insert(id.to_owned()), "`{id}` stands twice, again in {path}");
            }
        }
    }
}

#[test]
fn what_protects_people_is_said_in_every_language_shipped_whole() {
    for language in ["en-GB", "de"] {
        let fixed = said_in(language).into_iter().filter(|id| is_fixed(id)).count();
        assert_eq!(fixed, 3, "{language}");
    }
}

#[test]
fn needs_checks_and_notes_are_said_in_every_language() {
    let phrases = phrases();
    assert!(phrases.len() > 80, "only {} phrases were found: the test no longer sees them", phrases.len());
    for locale in languages().map(|name| Locale::named(name).unwrap()) {
        for (id, names) in &phrases {
            for sample in [Said::from(1), Said::from(8), Said::from("contacts")] {
                let given = names.iter().map(|name| (name.as_str(), sample.clone())).collect();
                let said = locale.say(id, given);
                assert!(!said.trim().is_empty() && !said.contains(['{', '}']), "{locale:?} `{id}`: {said}");
            }
        }
    }
}

#[test]
fn german_says_every_column_and_no_column_that_is_not_there() {
    let of_kind = |kind: &&gapwise::kinds::Spec| {
        let id = |name: &str| format!("column-{}-{}", kind.name, name.replace('_', "-"));
        kind.columns.iter().map(|column| id(column.name)).collect::<Vec<_>>()
    };
    let columns: BTreeSet<String> = KINDS.iter().flat_map(of_kind).collect();
    let said: BTreeSet<String> = known().map(|(id, _)| id.to_owned()).filter(|id| is_column(id)).collect();
    assert_eq!(said.difference(&columns).collect::<Vec<_>>(), Vec::<&String>::new(), "no such column");
    let german: BTreeSet<String> = said_in("de").into_iter().map(str::to_owned).collect();
    assert_eq!(columns.difference(&german).collect::<Vec<_>>(), Vec::<&String>::new(), "not in German");
}

/// A catalogue's words: without comments, ids, variants' names, what a call gives and keys in backticks.
fn words_of(catalogue: &str) -> String {
    let lines = catalogue.lines().filter(|line| !line.starts_with('#'));
    let mut said = String::new();
    for line in lines {
        let value = match line.split_once(" = ") {
            Some((_, value)) if !line.starts_with([' ', '}']) => value,
            _ => line.trim_start_matches(['*', ' ']),
        };
        let value =
            if value.starts_with('[') { value.split_once(']').map_or("", |(_, rest)| rest) } else { value };
        let outside = value.split('{').filter_map(|part| match part.split_once('}') {
            Some((_, outside)) => Some(outside),
            None if part.trim_end().ends_with("->") => None,
            None => Some(part),
        });
        let outside: String = outside.flat_map(|part| [part, " "]).collect();
        said.extend(outside.split('`').step_by(2));
        said.push('\n');
    }
    said
}

#[test]
fn german_says_nothing_in_english() {
    for (path, text) in texts("de") {
        for line in words_of(text).lines() {
            assert_eq!(english::word_of(line), None, "{path}: {line}");
        }
    }
    let british: String = texts("en-GB").into_iter().map(|(_, text)| words_of(text)).collect();
    assert!(english::words(&british).filter(|word| english::word_of(word).is_some()).count() > 100);
}

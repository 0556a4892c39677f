//! Mistakes of shape are refused by the schema too; what a schema cannot see is listed with its reason.

use std::path::Path;

use super::{Held, files, json, read};

/// Codes of mistakes that are about the shape of a file alone.
const SHAPE: [&str; 5] = ["[GW101]", "[GW102]", "[GW103]", "[GW104]", "[GW180]"];

/// Cases with such a code that a schema accepts, and what it cannot see.
const UNSEEN: &[(&str, &str)] = &[
    ("client-without-letters", "what an id is made of"),
    ("column-misspelt", "which names of columns are meant"),
    ("decimals-out-of-range", "the range of a number"),
    ("delivery-without-path", "keys that depend on another key"),
    ("encoding-unknown", "which encodings there are"),
    ("gate-beyond-all", "the range of a number"),
    ("history-out-of-range", "the range of a number"),
    ("hold-longer-than-its-memory", "keys that depend on another key"),
    ("locale-no-tag", "what a language tag is"),
    ("locale-not-shipped", "which languages are shipped"),
    ("material-of-nothing", "the range of a number"),
    ("metric-id-with-a-blank", "what an id is made of"),
    ("no-agent-column", "keys among the client's own names"),
    ("no-contacts-source", "that one source of seven is needed"),
    ("no-value", "keys that depend on another key"),
    ("over-without-items", "keys that depend on another key"),
    ("override-of-a-window-by-place", "keys that depend on another key"),
    ("pack-version-of-two-numbers", "what a version is made of"),
    ("ratio-with-a-value", "keys that depend on another key"),
    ("ratio-without-a-denominator", "keys that depend on another key"),
    ("report-climbs-out", "paths"),
    ("report-link-without-https", "what an address is made of"),
    ("report-named-as-the-findings", "names of files that are taken"),
    ("section-that-stays-left-out", "what a list must hold"),
    ("sensitive-unknown", "which names a list may hold"),
    ("separator-of-two-characters", "the length of a text"),
    ("slug-climbs-out", "paths"),
    ("target-in-percent", "the range of a number"),
    ("three-headers-for-a-column", "the length of a list"),
    ("timezone-abbreviated", "which zones there are"),
    ("timezone-unknown", "which zones there are"),
    ("values-in-a-string", "keys among the client's own names"),
    ("window-out-of-range", "the range of a number"),
];

/// Cases of unknown names that a schema sees, since it lists them.
const SEEN: &[&str] = &["kind-unknown"];

struct Schemas {
    workspace: Held,
    rules: Held,
    words: Held,
}

impl Schemas {
    fn new() -> Self {
        Self { workspace: Held::workspace(), rules: Held::rules(), words: Held::words() }
    }

    /// The first mistake of a case's files.
    fn mistake(&self, case: &Path) -> Option<String> {
        let files =
            |pattern: &str| glob::glob(case.join(pattern).to_str().unwrap()).unwrap().map(Result::unwrap);
        let by = [
            (&self.workspace, "gapwise.toml"),
            (&self.rules, "rules/*.toml"),
            (&self.words, "rules/words/*.toml"),
        ];
        by.into_iter()
            .find_map(|(held, pattern)| files(pattern).find_map(|file| held.mistake(&json(&read(&file)))))
    }
}

fn told(case: &Path) -> String {
    read(&case.join("stderr.txt"))
}

fn name(case: &Path) -> &str {
    case.file_name().unwrap().to_str().unwrap()
}

#[test]
fn a_mistake_of_shape_is_refused_by_the_schema_too() {
    let (schemas, mut refused, mut slipped) = (Schemas::new(), 0, Vec::new());
    for case in files("tests/cases/*") {
        let text = told(&case);
        let unreadable = text.contains("[GW100]");
        if unreadable || !SHAPE.iter().any(|code| text.contains(code)) {
            continue;
        }
        match schemas.mistake(&case) {
            Some(_) => refused += 1,
            None => slipped.push(name(&case).to_owned()),
        }
    }
    let listed: Vec<&str> = UNSEEN.iter().map(|(case, _)| *case).collect();
    assert_eq!(slipped, listed, "what the schema accepts and the list of what it cannot see differ");
    assert!(refused >= 12, "only {refused} cases were refused");
}

#[test]
fn what_is_right_in_shape_is_not_refused() {
    let schemas = Schemas::new();
    for case in files("tests/cases/*") {
        let text = told(&case);
        let of_shape = SHAPE.iter().any(|code| text.contains(code)) || SEEN.contains(&name(&case));
        if text.contains("[GW100]") || of_shape {
            continue;
        }
        assert_eq!(schemas.mistake(&case), None, "{}: {text}", name(&case));
    }
}

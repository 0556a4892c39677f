//! What is shipped and what the documentation shows is accepted.

use std::path::Path;

use gapwise::kinds::KINDS;

use super::{Held, files, read, root};

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().display().to_string()
}

/// Holds every file against a schema and says how many there are.
fn all_accepted(by: &Held, pattern: &str, skipped: &[&str]) -> usize {
    let wanted = files(pattern).into_iter().filter(|file| !skipped.iter().any(|one| file.ends_with(one)));
    wanted.map(|file| by.accepts(&shown(&file), &read(&file))).count()
}

#[test]
fn every_shipped_pack_is_accepted() {
    let packs = gapwise::config::builtin_names();
    let by = Held::rules();
    let count: usize = packs.iter().map(|pack| all_accepted(&by, &format!("rules/{pack}/*.toml"), &[])).sum();
    assert!(count > packs.len(), "{count} files");
}

#[test]
fn the_words_of_every_shipped_pack_are_accepted() {
    assert!(
        all_accepted(&Held::words(), "rules/*/words/*.toml", &[]) >= gapwise::config::builtin_names().len()
    );
}

#[test]
fn every_shipped_rule_test_is_accepted() {
    let by = Held::tests();
    assert!(all_accepted(&by, "rules/*/tests/*.toml", &[]) > 15);
    assert_eq!(all_accepted(&by, "examples/scenarios/expected.toml", &[]), 1);
}

#[test]
fn every_example_is_accepted() {
    assert!(all_accepted(&Held::workspace(), "examples/*/gapwise.toml", &[]) >= 2);
    assert!(all_accepted(&Held::rules(), "examples/*/rules/*.toml", &[]) >= 1);
    assert!(all_accepted(&Held::scenario(), "examples/scenarios/*.toml", &["expected.toml"]) > 15);
    assert_eq!(all_accepted(&Held::scenario(), "examples/scenario.toml", &[]), 1);
}

#[test]
fn every_snippet_of_the_documentation_is_accepted() {
    let (workspace, rules, tests, words) = (Held::workspace(), Held::rules(), Held::tests(), Held::words());
    let mut count = 0;
    for page in files("docs/*.md").into_iter().chain([root().join("README.md")]) {
        // Single keys to set in a file that is there are no file of their own; the guides' test sets them.
        for block in blocks(&read(&page)).into_iter().filter(|block| !block.starts_with("# set in ")) {
            let by = match block {
                block if block.contains("[[test]]") => &tests,
                block if block.contains("client = ") => &workspace,
                // A part of a workspace is no workspace.
                block if block.lines().next().is_some_and(|line| line.ends_with("/gapwise.toml")) => continue,
                block if block.contains("[[report]]") => continue,
                block if block.lines().next().is_some_and(|name| name.contains("/words/")) => &words,
                _ => &rules,
            };
            by.accepts(&format!("a snippet of {}", shown(&page)), block);
            count += 1;
        }
    }
    assert!(count > 5, "{count} snippets");
}

#[test]
fn the_example_on_every_page_of_a_kind_is_accepted() {
    let by = Held::rules();
    for kind in KINDS {
        let examples = blocks(kind.doc);
        assert!(!examples.is_empty(), "{}", kind.name);
        for example in examples {
            by.accepts(kind.name, example);
        }
    }
}

/// The blocks fenced as TOML.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn a_written_centre_names_the_schemas_beside_it_and_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    gapwise::simulate::write(&gapwise::simulate::demo(), folder.path()).unwrap();
    for (file, by) in [("gapwise.toml", Held::workspace()), ("rules/client.toml", Held::rules())] {
        let file = folder.path().join(file);
        let text = read(&file);
        by.accepts("a written centre", &text);
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap();
        let schema = read(&file.parent().unwrap().join(named));
        assert_eq!(Held::by(serde_json::from_str(&schema).unwrap()).mistake(&super::json(&text)), None);
    }
}

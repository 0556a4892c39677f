//! The documentation that is made from the code says what the code says.

use std::path::Path;

#[test]
fn the_page_of_keys_is_the_parsers_own() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let made = gapwise::config::keys_page();
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::write(&page, &made).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert_eq!(
        written, made,
        "docs/keys.md is out of date; GAPWISE_BLESS=1 cargo test --test docs writes it"
    );
}

#[test]
fn the_page_of_capabilities_is_made_from_the_packs() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/capabilities.md");
    let made = gapwise::config::capabilities_page().unwrap();
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::write(&page, &made).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert_eq!(
        written, made,
        "docs/capabilities.md is out of date; GAPWISE_BLESS=1 cargo test --test docs writes it"
    );
}

#[test]
fn every_question_of_the_diagnosis_is_answered_by_a_shipped_entry() {
    let open: Vec<String> = gapwise::config::capabilities()
        .unwrap()
        .into_iter()
        .filter(|one| one.answered_by.is_empty())
        .map(|one| one.id)
        .collect();
    assert!(open.is_empty(), "nothing covers {}", open.join(", "));
}

#[test]
fn every_command_the_readme_names_is_there() {
    let readme = include_str!("../README.md");
    let help = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gapwise")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for line in readme.lines().filter(|line| line.starts_with("| `gapwise ")) {
        let command = line.trim_start_matches("| `gapwise ").split([' ', '`']).next().unwrap();
        assert!(help.contains(&format!("\n  {command} ")), "the README names `{command}`");
    }
}

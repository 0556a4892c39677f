//! The documentation that is made from the code says what the code says.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::path::{Path, PathBuf};

use gapwise::kinds::{self, KINDS};

fn docs(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file)
}

/// Compares a page with what is made; `GAPWISE_BLESS=1` writes it.
fn is_made(file: &str, made: &str) {
    let page = docs(file);
    if std::env::var_os("GAPWISE_BLESS").is_some() {
        std::fs::create_dir_all(page.parent().unwrap()).unwrap();
        std::fs::write(&page, made).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert_eq!(written, made, "docs/{file} is out of date; GAPWISE_BLESS=1 cargo test --test docs writes it");
}

#[test]
fn the_page_of_keys_is_the_parsers_own() {
    is_made("keys.md", &(gapwise::config::keys_page() + &gapwise::trial::keys_page()));
}

#[test]
fn the_page_of_capabilities_is_made_from_the_packs() {
    is_made("capabilities.md", &gapwise::config::capabilities_page().unwrap());
}

#[test]
fn the_page_of_commands_is_the_command_lines_own() {
    is_made("commands.md", &gapwise::cli::commands_page());
}

#[test]
fn every_page_that_another_one_links_to_is_there() {
    let pages = glob::glob(docs("**/*.md").to_str().unwrap()).unwrap().map(Result::unwrap);
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let mut links = 0;
    for page in pages.chain([readme]) {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            if !file.is_empty() && !file.contains("://") {
                assert!(page.parent().unwrap().join(file).exists(), "{} links to {link}", page.display());
                links += 1;
            }
        }
    }
    assert!(links > 20, "only {links} links were found");
}

#[test]
fn the_page_of_diagnostics_has_every_code() {
    is_made("diagnostics.md", &gapwise::diag::codes_page());
}

#[test]
fn every_kind_has_the_page_that_explain_prints() {
    is_made("kinds.md", &kinds::index_page());
    for kind in KINDS {
        is_made(&format!("kinds/{}.md", kind.name), &(kinds::page(kind) + "\n"));
    }
    for page in std::fs::read_dir(docs("kinds")).unwrap() {
        let page = page.unwrap().path();
        let name = page.file_stem().unwrap().to_str().unwrap();
        assert!(kinds::find(name).is_some(), "{} is no kind's page", page.display());
    }
}

#[test]
fn explain_alone_lists_every_kind_and_code() {
    let explain = |args: &[&str]| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_gapwise"))
            .arg("explain")
            .args(args)
            .output()
            .unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let all = explain(&[]);
    for kind in KINDS {
        let line = all.lines().find(|line| line.trim_start().starts_with(&format!("{} ", kind.name)));
        assert!(line.is_some_and(|line| line.ends_with(&kinds::question(kind))), "{}", kind.name);
        assert_eq!(explain(&[kind.name]), kinds::page(kind) + "\n");
    }
    for code in gapwise::diag::CODES {
        assert!(all.lines().any(|line| line.contains(code.id) && line.ends_with(code.name)), "{}", code.id);
    }
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

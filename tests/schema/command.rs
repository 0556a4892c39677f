//! `gapwise schema` on the command line.

use assert_cmd::Command;
use gapwise::words::phrases::PhraseFile;

fn gapwise(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gapwise")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_schema_is_printed_and_is_draft_07() {
    for name in ["workspace", "rules", "words", "tests", "scenario", "findings", "context"] {
        let (code, stdout, stderr) = gapwise(&["schema", name]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{name}");
        let schema: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{name}");
        super::Held::by(schema);
    }
}

#[test]
fn a_bare_schema_is_the_workspaces() {
    assert_eq!(gapwise(&["schema"]), gapwise(&["schema", "workspace"]));
    assert_eq!(gapwise(&["schema"]).1, gapwise::config::schema::workspace_text());
}

#[test]
fn the_messages_a_client_may_change_are_printed_as_a_phrase_file_without_mistakes() {
    let (code, stdout, stderr) = gapwise(&["schema", "phrases"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let file = PhraseFile::of(&stdout);
    assert_eq!(file.mistakes(), []);
    assert_eq!(PhraseFile::missing(&[file]), 0);
}

#[test]
fn an_unknown_schema_names_the_nearest_one_and_could_not_run() {
    let (code, stdout, stderr) = gapwise(&["schema", "workspce"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert_eq!(stderr, "error: there is no schema of `workspce`; did you mean `workspace`?\n");
}

#[test]
fn a_schema_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rules.json");
    let (code, stdout, stderr) = gapwise(&["schema", "rules", "--out", file.to_str().unwrap()]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    assert_eq!(super::read(&file), gapwise::config::schema::rules_text());
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nowhere/rules.json");
    let (code, stdout, stderr) = gapwise(&["schema", "--out", file.to_str().unwrap()]);
    assert_eq!((code, stdout.as_str()), (6, ""));
    assert!(stderr.contains("nowhere/rules.json"), "{stderr}");
}

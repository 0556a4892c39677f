//! Every `findings.json` is what its schema says, and a changed one is not.

use assert_cmd::Command;
use gapwise::model::{Check, Fact, Story};
use gapwise::report::{Bundle, assemble_in, render_in, withheld_in};
use serde_json::{Value, json};

use super::case_of_teams::with_teams;
use super::report_case::{frame, period, story};
use super::{Held, paths, read, root};

fn accepted(what: &str, text: &str) -> Value {
    let document: Value = serde_json::from_str(text).unwrap();
    assert_eq!(Held::findings().mistake(&document), None, "{what}");
    document
}

#[test]
fn the_reviewed_document_is_accepted() {
    accepted("golden", &read(&root().join("tests/golden/findings.json")));
}

#[test]
fn the_demos_document_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_gapwise")).arg("demo").arg(folder.path()).assert().success();
    let found = folder.path().join("out/northwind-energy/latest/findings.json");
    let document = accepted("demo", &read(&found));
    for list in ["verdicts", "findings", "decisions", "not_judged"] {
        assert_ne!(document[list].as_array().unwrap().len(), 0, "the demo has no {list}");
    }
    assert_ne!(document["coaching"]["effects"].as_array().unwrap().len(), 0);
}

fn document(bundle: &Bundle) -> String {
    let files = render_in(&frame(), bundle).unwrap();
    String::from_utf8(files["findings.json"].clone()).unwrap()
}

#[test]
fn a_withheld_document_is_accepted() {
    let why = [Check {
        id: "days-contacts".into(),
        passed: false,
        level: "withhold".into(),
        value: Some(3.0),
        limit: Some(1.0),
        say: "The contact file ends on Wednesday.".into(),
    }];
    let withheld = document(&withheld_in(&frame(), period(), &why, &story().quality));
    assert_eq!(accepted("withheld", &withheld)["status"], "withheld");
}

#[test]
fn estimates_that_could_not_be_made_are_null_and_accepted() {
    let mut story: Story = with_teams(story());
    let mut spoiled = 0;
    for (_, _, fact) in &mut story.now.facts {
        if let Fact::Effect(effect) = fact {
            (effect.naive, effect.low, effect.smallest_visible) =
                (f64::NAN, f64::NEG_INFINITY, f64::INFINITY);
            spoiled += 1;
        }
    }
    assert!(spoiled > 0, "the story has no effect");
    let found = accepted("without estimates", &document(&assemble_in(&frame(), &story)));
    assert_eq!(found["coaching"]["effects"][0]["naive"], Value::Null);
}

/// Keys of these are names of the client or of rules.
const OPEN: [&str; 7] = ["evidence", "adjusted", "thresholds", "signals", "reasons", "unusable", "missing"];

#[test]
fn a_key_renamed_or_a_type_changed_is_refused() {
    let golden: Value = serde_json::from_str(&read(&root().join("tests/golden/findings.json"))).unwrap();
    let (by, all) = (Held::findings(), paths(&golden));
    assert!(all.len() > 200, "{} keys", all.len());
    for (above, key) in all {
        let change = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut changed = golden.clone();
            change(changed.pointer_mut(&above).unwrap().as_object_mut().unwrap());
            by.mistake(&changed)
        };
        // Whatever is meant, it is no list of lists.
        let other_type = change(&|table| _ = table.insert(key.clone(), json!([[]])));
        assert!(other_type.is_some(), "{above}/{key} of another type");
        let parent = above.rsplit('/').next().unwrap_or_default();
        let free = OPEN.contains(&parent) || (parent == "scope" && key == "name");
        let renamed =
            change(&|table| _ = table.remove(&key).map(|value| table.insert(format!("{key}_x"), value)));
        assert!(free || renamed.is_some(), "{above}/{key} renamed");
    }
}

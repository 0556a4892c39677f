//! Tests and scenarios, changed in one place after the other: serde and the schema refuse the same changes.

use gapwise::simulate::Scenario;
use gapwise::trial::TestFile;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Held, files, json as as_json, paths, read};

/// Whether the type that parses takes a document whose dates are their text.
fn parses<T: DeserializeOwned>(document: &Value) -> bool {
    toml::from_str::<T>(&toml::to_string(&dated(document)).unwrap()).is_ok()
}

/// Texts that are dates, as TOML's own dates again.
fn dated(value: &Value) -> toml::Value {
    match value {
        Value::String(text) => match text.parse() {
            Ok(date) => toml::Value::Datetime(date),
            Err(_) => text.clone().into(),
        },
        Value::Array(items) => items.iter().map(dated).collect::<Vec<_>>().into(),
        Value::Object(table) => {
            toml::Value::Table(table.iter().map(|(key, one)| (key.clone(), dated(one))).collect())
        }
        other => toml::Value::try_from(other).unwrap(),
    }
}

/// Counts the changes that both refuse.
fn agree<T: DeserializeOwned>(by: &Held, document: &Value) -> usize {
    assert!(parses::<T>(document) && by.mistake(document).is_none(), "{document}");
    let mut refused = 0;
    for (above, key) in paths(document) {
        let mut check = |what: &str, change: &dyn Fn(&mut Map<String, Value>)| {
            let mut changed = document.clone();
            change(changed.pointer_mut(&above).unwrap().as_object_mut().unwrap());
            let (parser, schema) = (parses::<T>(&changed), by.mistake(&changed).is_none());
            assert_eq!(parser, schema, "{above}/{key} {what}: parser and schema differ");
            refused += usize::from(!schema);
        };
        check("misspelt", &|table| {
            _ = table.remove(&key).map(|value| table.insert(format!("{key}-x"), value));
        });
        check("left out", &|table| _ = table.remove(&key));
        check("of another type", &|table| _ = table.insert(key.clone(), json!([[]])));
    }
    refused
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_a_scenario() {
    let by = Held::scenario();
    let scenarios =
        files("examples/scenarios/*.toml").into_iter().filter(|file| !file.ends_with("expected.toml"));
    let all = scenarios.chain(files("examples/scenario.toml"));
    let refused: usize = all.map(|file| agree::<Scenario>(&by, &as_json(&read(&file)))).sum();
    assert!(refused > 500, "{refused} changes");
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_a_rule_test() {
    let by = Held::tests();
    let all = files("rules/core/tests/*.toml").into_iter().chain(files("rules/loops/tests/*.toml"));
    let refused: usize = all.map(|file| agree::<TestFile>(&by, &as_json(&read(&file)))).sum();
    assert!(refused > 500, "{refused} changes");
}

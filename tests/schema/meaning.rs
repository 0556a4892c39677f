//! What a schema tells whoever types into a file or reads one.

use gapwise::kinds::{self, KINDS};
use serde_json::Value;

fn all() -> [(&'static str, Value); 7] {
    [
        ("workspace", gapwise::config::schema::workspace()),
        ("rules", gapwise::config::schema::rules()),
        ("words", gapwise::config::schema::words()),
        ("tests", gapwise::trial::schema()),
        ("scenario", gapwise::simulate::schema()),
        ("findings", gapwise::report::contract::schema()),
        ("context", gapwise::report::context::schema()),
    ]
}

/// Tables of a schema by name: its own and its definitions.
fn tables(schema: &Value) -> Vec<(&str, &Value)> {
    let definitions = schema["definitions"].as_object().into_iter().flatten();
    let named = definitions.map(|(name, table)| (name.as_str(), table));
    named.chain([("the file", schema)]).filter(|(_, table)| table.get("properties").is_some()).collect()
}

#[test]
fn every_key_of_every_schema_says_what_it_means() {
    let mut mute = Vec::new();
    for (file, schema) in all() {
        for (name, table) in tables(&schema) {
            let keys = table["properties"].as_object().unwrap().iter();
            // A rule's common keys are described once, for all kinds.
            let own = keys.filter(|(_, value)| **value != Value::Bool(true));
            let silent =
                own.filter(|(_, value)| value["description"].as_str().is_none_or(|text| text.len() < 4));
            mute.extend(silent.map(|(key, _)| format!("{file}: {name}: {key}")));
        }
    }
    assert!(mute.is_empty(), "{}", mute.join("\n"));
}

#[test]
fn tables_that_are_read_are_closed_and_tables_that_are_published_are_open() {
    for (file, schema) in all() {
        for (name, table) in tables(&schema).into_iter().filter(|(name, _)| *name != "rule") {
            let closed = table["additionalProperties"] == Value::Bool(false);
            assert_eq!(closed, !["findings", "context"].contains(&file), "{file}: {name}");
        }
    }
}

#[test]
fn a_rule_shows_the_parameters_and_columns_of_its_kind() {
    let schema = gapwise::config::schema::rules();
    let rule = &schema["definitions"]["rule"];
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(rule["properties"]["kind"]["enum"], serde_json::json!(names));
    for kind in KINDS {
        let own = &schema["definitions"][format!("rule-{}", kind.name)];
        assert_eq!(own["description"], kinds::question(kind));
        for key in kind.parameters {
            assert_eq!(own["properties"][key.name]["description"], key.doc, "{}: {}", kind.name, key.name);
        }
        let columns = own["properties"]["when"]["description"].as_str().unwrap();
        for column in kind.columns {
            assert!(columns.contains(&kinds::column_line(column)), "{}: {}", kind.name, column.name);
        }
    }
}

#[test]
fn every_key_the_parser_knows_is_in_the_schema_and_no_other() {
    let (workspace, rules) = (gapwise::config::schema::workspace(), gapwise::config::schema::rules());
    let words = gapwise::config::schema::words();
    for (place, shape) in gapwise::config::all_shapes() {
        let name = shape.name.replace([' ', '.'], "-");
        let table = match place {
            "gapwise.toml" => &workspace,
            "words file" => &words,
            place if place.starts_with("words file") => &words["definitions"][&name],
            place if place.starts_with("rule file") => &rules["definitions"][&name],
            _ => &workspace["definitions"][&name],
        };
        let mut known: Vec<&str> = shape.keys.iter().map(|key| key.name).collect();
        if shape.name == "override" {
            // An override may set the parameters of whatever kind its rule has.
            for key in KINDS.iter().flat_map(|kind| kind.parameters) {
                if !known.contains(&key.name) {
                    known.push(key.name);
                }
            }
        }
        let shown: Vec<&String> =
            table["properties"].as_object().into_iter().flat_map(|all| all.keys()).collect();
        assert_eq!(shown, known, "{place}");
    }
}

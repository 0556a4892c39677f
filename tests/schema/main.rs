//! The schemas that editors and clients' tools hold files against agree with what parses and what is published.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

#[path = "../report_case/teams.rs"]
mod case_of_teams;
#[path = "../report_case/mod.rs"]
mod report_case;

mod agreement;
mod command;
mod meaning;
mod parsed;
mod published;
mod refused;
mod shipped;

use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// A compiled schema.
struct Held {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Held {
    fn by(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("gapwise.json", schema).unwrap();
        let index = compiler.compile("gapwise.json", &mut schemas).unwrap_or_else(|why| panic!("{why:#}"));
        Self { schemas, index }
    }

    fn workspace() -> Self {
        Self::by(gapwise::config::schema::workspace())
    }

    fn rules() -> Self {
        Self::by(gapwise::config::schema::rules())
    }

    fn tests() -> Self {
        Self::by(gapwise::trial::schema())
    }

    fn scenario() -> Self {
        Self::by(gapwise::simulate::schema())
    }

    fn findings() -> Self {
        Self::by(gapwise::report::contract::schema())
    }

    /// What is wrong with a document; nothing where it is right.
    fn mistake(&self, document: &Value) -> Option<String> {
        self.schemas.validate(document, self.index).err().map(|why| format!("{why:#}"))
    }

    fn accepts(&self, what: &str, text: &str) {
        if let Some(mistake) = self.mistake(&json(text)) {
            panic!("{what} is refused: {mistake}");
        }
    }
}

/// TOML as an editor's validator sees it: dates are their text.
fn json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|why| panic!("{why}\n{text}"));
    value(&toml::Value::Table(table))
}

fn value(toml: &toml::Value) -> Value {
    match toml {
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => items.iter().map(value).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, one)| (key.clone(), value(one))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder of the project, sorted.
fn files(pattern: &str) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        glob::glob(root().join(pattern).to_str().unwrap()).unwrap().map(Result::unwrap).collect();
    all.sort();
    all
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|why| panic!("{}: {why}", file.display()))
}

/// Every key of a document, with the pointer to the table it is in.
fn paths(document: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    walk(document, "", &mut all);
    all
}

fn walk(value: &Value, above: &str, all: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            for (key, below) in entries {
                all.push((above.to_owned(), key.clone()));
                walk(below, &format!("{above}/{key}"), all);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| walk(item, &format!("{above}/{at}"), all));
        }
        _ => {}
    }
}

//! JSON Schemas of our own types. Draft-07, which is what editors of TOML understand, and the same text for the
//! same types: an editor and a client's tool hold on to what they were given.

mod page;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

pub use page::keys_page;

/// The draft every schema of ours names.
pub const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of a type that is read from TOML, which has no null.
pub fn read_as<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft07().for_deserialize();
    made::<T>(
        title,
        settings.with_transform(RecursiveTransform(plain)).with_transform(RecursiveTransform(written)),
    )
}

/// The schema of a type that is published as JSON. Every key is there; what is not known is null.
pub fn published_as<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft07().for_serialize();
    made::<T>(title, settings.with_transform(RecursiveTransform(plain)))
}

/// A schema as a file holds it.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

fn made<T: JsonSchema>(title: &str, settings: SchemaSettings) -> Value {
    let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    // A reader looks for these two first.
    let mut all = Map::from_iter(["$schema", "title"].map(|key| (key.to_owned(), Value::Null)));
    all.extend(schema.ensure_object().clone());
    Value::Object(all)
}

/// Takes out what says nothing to a reader: the width of a number in memory and the breaks of a doc comment.
fn plain(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format != "date") {
        schema.remove("format");
    }
    if let Some(Value::String(words)) = schema.get_mut("description") {
        *words = words.replace('\n', " ");
    }
}

/// What TOML cannot say: a key is absent, never null, and a default that is a table is shown by its own keys.
fn written(schema: &mut Schema) {
    plain_default(schema);
    without_null(schema);
}

/// Where the toml crate keeps a date that is written as another format's value.
const TOML_DATE: &str = "$__toml_private_datetime";

fn plain_default(schema: &mut Schema) {
    let shown = match schema.remove("default") {
        Some(Value::Object(mut of)) => of.remove(TOML_DATE),
        default => default.filter(says_something),
    };
    if let Some(shown) = shown {
        schema.insert("default".into(), shown);
    }
}

/// The highest number there is means no limit, and a list of tables is shown by its own keys.
fn says_something(default: &Value) -> bool {
    match default {
        Value::Null => false,
        Value::Number(number) => number.as_i64() != Some(i32::MAX.into()),
        Value::Array(items) => !items.iter().any(Value::is_object),
        _ => true,
    }
}

fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            schema.insert("type".into(), one);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|one| !one.is_null());
    }
    let Some(Value::Array(either)) = schema.get_mut("anyOf") else { return };
    either.retain(|one| one.get("type").is_none_or(|ty| ty != "null"));
    if let [_] = either.as_slice()
        && let Some(one) = schema.remove("anyOf")
    {
        schema.insert("allOf".into(), one);
    }
}

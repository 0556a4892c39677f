//! A schema as tables of keys, for the documentation.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use serde_json::Value;

use super::super::Ty;

/// Every table of a kind of file: where it may stand, what it is, and its keys with type, default and meaning.
pub fn keys_page(file: &str, schema: &Value) -> String {
    let places = Places::of(schema);
    let mut page = String::new();
    for name in &places.order {
        let table = &schema["definitions"][name];
        let (first, others) =
            places.by_name[name].split_first().map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
        let _ = write!(page, "\n## {file}: {first}\n\n{}", text(table, "description"));
        if !others.is_empty() {
            let _ = write!(page, " Also {}.", list(others));
        }
        page.push_str("\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
        for (key, value) in table["properties"].as_object().into_iter().flatten() {
            let words = words(schema, value).replace('|', "\\|");
            let default = default(table, key, value);
            let _ = writeln!(page, "| `{key}` | {words} | {default} | {} |", text(value, "description"));
        }
    }
    page
}

/// Where the tables of a schema may stand in a file, the outer ones first.
#[derive(Default)]
struct Places {
    order: Vec<String>,
    by_name: BTreeMap<String, Vec<String>>,
}

impl Places {
    fn of(schema: &Value) -> Self {
        let mut places = Self::default();
        let mut open = VecDeque::from([(String::new(), schema)]);
        while let Some((above, table)) = open.pop_front() {
            let inside = table["properties"].as_object().into_iter().flatten();
            open.extend(inside.filter_map(|(key, value)| places.note(schema, &above, key, value)));
        }
        places
    }

    /// The table a key holds, with its path, the first time it is met.
    fn note<'a>(
        &mut self,
        schema: &'a Value,
        above: &str,
        key: &str,
        value: &Value,
    ) -> Option<(String, &'a Value)> {
        let (name, wrap) = referred(value)?;
        let table = &schema["definitions"][&name];
        table.get("properties")?;
        let dot = if above.is_empty() { "" } else { "." };
        let path = format!("{above}{dot}{key}{}", if wrap == Wrap::Map { ".<id>" } else { "" });
        let shown = if wrap == Wrap::List { format!("[[{path}]]") } else { format!("[{path}]") };
        let known = self.by_name.entry(name.clone()).or_default();
        known.push(shown);
        if known.len() > 1 {
            return None;
        }
        self.order.push(name);
        Some((path, table))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrap {
    None,
    List,
    Map,
}

/// The definition a value's schema refers to, and how the value holds it.
fn referred(value: &Value) -> Option<(String, Wrap)> {
    let name = |at: &Value| Some(at["$ref"].as_str()?.rsplit('/').next()?.to_owned());
    let own = name(value).or_else(|| name(&value["allOf"][0])).map(|name| (name, Wrap::None));
    let listed = || name(&value["items"]).map(|name| (name, Wrap::List));
    own.or_else(listed).or_else(|| name(&value["additionalProperties"]).map(|name| (name, Wrap::Map)))
}

/// A value's type in the words of the other tables.
fn words(schema: &Value, value: &Value) -> String {
    if let Some((name, wrap)) = referred(value) {
        let choices = choices(&schema["definitions"][&name]);
        return match wrap {
            _ if !choices.is_empty() => format!("one of {}", list(&choices)),
            Wrap::None => "a table".into(),
            Wrap::List => "a list of tables".into(),
            Wrap::Map => "a table whose values are each a table".into(),
        };
    }
    match text(value, "type") {
        "string" if text(value, "format") == "date" => Ty::Date.words(),
        "string" => Ty::Text.words(),
        "number" => Ty::Number.words(),
        "integer" => Ty::Integer.words(),
        "boolean" => Ty::Flag.words(),
        "array" => Ty::Texts.words(),
        _ => format!("a table whose values are each {}", words(schema, &value["additionalProperties"])),
    }
}

/// The words a value may be, in their order.
fn choices(definition: &Value) -> Vec<String> {
    let all = |at: &Value| at.as_array().cloned().unwrap_or_default();
    let described = all(&definition["oneOf"]);
    let apart =
        described.iter().flat_map(|one| all(&one["enum"]).into_iter().chain(one.get("const").cloned()));
    let together = all(&definition["enum"]);
    together.into_iter().chain(apart).filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

fn default(table: &Value, key: &str, value: &Value) -> String {
    if table["required"].as_array().is_some_and(|all| all.iter().any(|one| one == key)) {
        return "required".into();
    }
    match &value["default"] {
        Value::Null => String::new(),
        default => format!("`{default}`"),
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

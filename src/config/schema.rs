//! What an editor knows of `gapwise.toml` and of rule files: the shapes the parser reads, as JSON Schema. A
//! schema sees keys and the types of values; names that must exist, units and expressions are `gapwise check`'s.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::shapes::{OVERRIDE, RULE, RULE_FILE, WORDS_FILE, WORKSPACE};
use crate::kinds::{self, KINDS, Spec};
use crate::model::{Key, Shape, Ty, schema};

/// Stands beside `gapwise.toml`, which begins with [`WORKSPACE_LINE`].
pub const WORKSPACE_FILE: &str = "gapwise.schema.json";

/// Tells an editor where the schema is.
pub const WORKSPACE_LINE: &str = "#:schema gapwise.schema.json\n";

/// Stands beside `gapwise.toml`; a file in `rules/` begins with [`RULES_LINE`].
pub const RULES_FILE: &str = "gapwise-rules.schema.json";

/// The same for a rule file.
pub const RULES_LINE: &str = "#:schema ../gapwise-rules.schema.json\n";

/// The schema of `gapwise.toml`.
pub fn workspace() -> Value {
    document("gapwise.toml", &WORKSPACE, Made::default())
}

/// The schema of a rule file, with every kind's parameters.
pub fn rules() -> Value {
    let mut made = Made::default();
    made.rule();
    made.change();
    document("gapwise rules", &RULE_FILE, made)
}

/// The schema of a words file: what rules say in another language.
pub fn words() -> Value {
    document("gapwise words", &WORDS_FILE, Made::default())
}

/// [`workspace`] as its file holds it.
pub fn workspace_text() -> String {
    schema::text(&workspace())
}

/// [`rules`] as its file holds it.
pub fn rules_text() -> String {
    schema::text(&rules())
}

fn document(title: &str, shape: &Shape, mut made: Made) -> Value {
    let top = made.table(shape);
    let mut all = Map::from_iter([("$schema".into(), schema::DRAFT.into()), ("title".into(), title.into())]);
    all.extend(top);
    all.insert("definitions".into(), json!(made.0));
    Value::Object(all)
}

/// The definitions so far, by name.
#[derive(Default)]
struct Made(BTreeMap<String, Value>);

impl Made {
    /// A shape's own table: its keys and no others.
    fn table(&mut self, shape: &Shape) -> Map<String, Value> {
        let mut table = self.open_table(shape.doc, shape.keys);
        table.insert("additionalProperties".into(), false.into());
        table
    }

    fn open_table(&mut self, doc: &str, keys: &[Key]) -> Map<String, Value> {
        let properties: Map<String, Value> =
            keys.iter().map(|key| (key.name.to_owned(), self.key(key))).collect();
        let required: Vec<&str> = keys.iter().filter(|key| key.required()).map(|key| key.name).collect();
        Map::from_iter([
            ("description".into(), doc.into()),
            ("type".into(), "object".into()),
            ("properties".into(), properties.into()),
            ("required".into(), json!(required)),
        ])
    }

    fn key(&mut self, key: &Key) -> Value {
        let mut own = Map::from_iter([("description".into(), key.doc.into())]);
        own.extend(self.value(&key.ty));
        if let Some(default) = key.default_value() {
            own.insert("default".into(), json!(default));
        }
        Value::Object(own)
    }

    /// Keywords of a type; a table's are a reference, wrapped since draft-07 reads nothing beside one.
    fn value(&mut self, ty: &Ty) -> Map<String, Value> {
        let keywords = match ty {
            Ty::Text => json!({ "type": "string" }),
            Ty::Number => json!({ "type": "number" }),
            Ty::Integer => json!({ "type": "integer" }),
            Ty::Flag => json!({ "type": "boolean" }),
            Ty::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Ty::TextOrTexts => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
            Ty::Choice(all) => json!({ "type": "string", "enum": all }),
            Ty::Date => date(),
            Ty::Dates => json!({ "type": "array", "items": date() }),
            Ty::Days => json!({ "type": "string", "pattern": DAYS }),
            Ty::Amount => json!({ "type": ["number", "string"], "pattern": AMOUNT }),
            Ty::Table(shape) => json!({ "allOf": [self.refer(shape)] }),
            Ty::Tables(shape) => json!({ "type": "array", "items": self.refer(shape) }),
            Ty::Map(of) => json!({ "type": "object", "additionalProperties": self.value(of) }),
            Ty::Where => json!({ "type": "object", "additionalProperties": filter() }),
            Ty::Secret => secret(),
            Ty::Open => json!({}),
        };
        keywords.as_object().cloned().unwrap_or_default()
    }

    fn refer(&mut self, shape: &Shape) -> Value {
        let name = shape.name.replace([' ', '.'], "-");
        if !self.0.contains_key(&name) {
            let table = self.table(shape);
            self.0.insert(name.clone(), table.into());
        }
        reference(&name)
    }

    /// A rule's keys, and those of its kind once that is said.
    fn rule(&mut self) {
        let mut rule = self.open_table(RULE.doc, RULE.keys);
        if let Some(kind) = rule.get_mut("properties").and_then(|all| all.get_mut("kind")) {
            *kind = kind_names(kind);
        }
        let by_kind: Vec<Value> = KINDS.iter().map(|kind| self.rule_of(kind)).collect();
        rule.insert("allOf".into(), by_kind.into());
        self.0.insert(RULE.name.to_owned(), rule.into());
    }

    /// An override's keys, and any kind's parameters: the file does not say of which kind the rule is.
    fn change(&mut self) {
        let mut own = self.table(&OVERRIDE);
        if let Some(Value::Object(properties)) = own.get_mut("properties") {
            for key in KINDS.iter().flat_map(|kind| kind.parameters) {
                properties.entry(key.name).or_insert_with(|| json!({ "description": key.doc }));
            }
        }
        self.0.insert(OVERRIDE.name.to_owned(), own.into());
    }

    /// If a rule is of this kind, then it has these keys and no others.
    fn rule_of(&mut self, kind: &Spec) -> Value {
        let mut own = self.open_table(&kinds::question(kind), kind.parameters);
        if let Some(Value::Object(properties)) = own.get_mut("properties") {
            properties.extend(RULE.keys.iter().map(|key| (key.name.to_owned(), true.into())));
            properties.insert("when".into(), json!({ "description": columns(kind) }));
        }
        own.insert("additionalProperties".into(), false.into());
        let name = format!("rule-{}", kind.name);
        self.0.insert(name.clone(), own.into());
        json!({
            "if": { "properties": { "kind": { "const": kind.name } }, "required": ["kind"] },
            "then": reference(&name),
        })
    }
}

/// As `calendar::parse_days` reads it.
const DAYS: &str = r"^\s*[0-9]+\s*[dw]\s*$";

/// A number, then a unit or none.
const AMOUNT: &str = r"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)\s*(%|pt|pp|points|s|min|x)?\s*$";

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// TOML's own dates reach a validator as their text.
fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn secret() -> Value {
    json!({
        "type": "object",
        "properties": { "env": { "type": "string" }, "file": { "type": "string" } },
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1,
    })
}

/// Names that are meant, or `{ not = […] }`.
fn filter() -> Value {
    let names = json!({ "type": ["string", "array"], "items": { "type": "string" } });
    json!({
        "type": ["string", "array", "object"],
        "items": { "type": "string" },
        "properties": { "not": names },
        "required": ["not"],
        "additionalProperties": false,
    })
}

/// The kinds with their questions, as Taplo and VS Code show them beside each.
fn kind_names(key: &Value) -> Value {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let questions: Vec<String> = KINDS.iter().map(|kind| kinds::question(kind)).collect();
    let description = key.get("description").cloned().unwrap_or_default();
    json!({
        "description": description,
        "type": "string",
        "enum": names,
        "enumDescriptions": questions,
        "x-taplo": { "docs": { "enumValues": questions } },
    })
}

fn columns(kind: &Spec) -> String {
    let lines: Vec<String> = kind.columns.iter().map(kinds::column_line).collect();
    format!("The predicate, over thresholds and the evidence of `{}`:\n\n{}", kind.name, lines.join("\n"))
}

//! A document with every key there is, changed in one place after the other: the parser and the schema refuse the
//! same changes.

use std::collections::BTreeSet;
use std::path::Path;

use gapwise::config::{all_shapes, load};
use gapwise::kinds::KINDS;
use gapwise::model::{Key, Shape, Ty};
use gapwise::world::World;
use toml::{Table, Value};

use super::{Held, value};

/// Codes of mistakes that are about the shape of a file alone.
const SHAPE: [&str; 5] = ["GW101", "GW102", "GW103", "GW104", "GW180"];

const WORKSPACE: &str = r#"
client = "Client"
rules = ["rules.toml"]
[sources.contacts]
path = "contacts.csv"
[metrics.fcr]
type = "proportion"
better = "higher"
"#;

/// A value a key may have.
fn sample(ty: &Ty) -> Value {
    match ty {
        Ty::Text | Ty::Open => "x".into(),
        Ty::Number => 0.5.into(),
        Ty::Integer => 3.into(),
        Ty::Flag => true.into(),
        Ty::Texts | Ty::TextOrTexts => vec!["x"].into(),
        Ty::Choice(all) => all[0].into(),
        Ty::Date => day(),
        Ty::Dates => vec![day()].into(),
        Ty::Days => "7d".into(),
        Ty::Amount => "20s".into(),
        Ty::Table(shape) => full(shape.keys).into(),
        Ty::Tables(shape) => vec![full(shape.keys)].into(),
        Ty::Map(of) => one("x", sample(of)),
        Ty::Where => one("team", one("not", vec!["x"].into())),
        Ty::Secret => one("env", "X".into()),
    }
}

/// A value it may not have; none where anything goes.
fn wrong(ty: &Ty) -> Option<Value> {
    Some(match ty {
        Ty::Open => return None,
        Ty::Integer => 0.5.into(),
        Ty::Number | Ty::Flag | Ty::Choice(_) | Ty::Date | Ty::Days | Ty::Amount | Ty::Secret => {
            "nonsense".into()
        }
        Ty::Dates => vec!["nonsense"].into(),
        Ty::Map(of) => one("x", wrong(of)?),
        Ty::Where => one("team", one("nto", vec!["x"].into())),
        Ty::Text | Ty::Texts | Ty::TextOrTexts | Ty::Table(_) | Ty::Tables(_) => 1.into(),
    })
}

fn day() -> Value {
    Value::Datetime("2026-11-15".parse().unwrap())
}

fn one(key: &str, value: Value) -> Value {
    Table::from_iter([(key.to_owned(), value)]).into()
}

/// Every key at its default, else at a sample.
fn full(keys: &[Key]) -> Table {
    let value = |key: &Key| key.default_value().unwrap_or_else(|| sample(&key.ty));
    keys.iter().map(|key| (key.name.to_owned(), value(key))).collect()
}

/// A table changed in one place, and what was changed.
type Changed = (String, Table);

/// Every key misspelt, of another type, and left out where it is required.
fn changes(keys: &[Key], table: &Table) -> Vec<Changed> {
    let mut all = Vec::new();
    for key in keys {
        let mut change = |what: &str, put: Option<(String, Value)>| {
            let mut changed = table.clone();
            changed.remove(key.name);
            changed.extend(put);
            all.push((format!("`{}` {what}", key.name), changed));
        };
        change("misspelt", Some((format!("{}-x", key.name), table[key.name].clone())));
        if let Some(wrong) = wrong(&key.ty) {
            change("of another type", Some((key.name.to_owned(), wrong)));
        }
        if key.required() {
            change("left out", None);
        }
        all.extend(inside(key, table));
    }
    all
}

/// The changes of the table a key holds.
fn inside(key: &Key, table: &Table) -> Vec<Changed> {
    let (shape, wrap): (&Shape, fn(Table) -> Value) = match key.ty {
        Ty::Table(shape) => (shape, Value::from),
        Ty::Tables(shape) => (shape, |own| vec![own].into()),
        Ty::Map(&Ty::Table(shape)) => (shape, |own| one("x", own.into())),
        _ => return Vec::new(),
    };
    let inner = changes(shape.keys, &full(shape.keys)).into_iter();
    inner
        .map(|(what, own)| {
            let mut changed = table.clone();
            changed.insert(key.name.to_owned(), wrap(own));
            (format!("{}: {what}", key.name), changed)
        })
        .collect()
}

/// Mistakes of shape that loading a workspace tells.
fn mistakes(folder: &Path, workspace: &str, rules: &str) -> BTreeSet<String> {
    std::fs::write(folder.join("gapwise.toml"), workspace).unwrap();
    std::fs::write(folder.join("rules.toml"), rules).unwrap();
    let world = World { now: chrono::DateTime::UNIX_EPOCH, env: std::collections::BTreeMap::new() };
    let found = load(folder, &world).map_or_else(|found| found, |loaded| loaded.warnings);
    let own = found.sorted().into_iter().filter(|one| SHAPE.contains(&one.code));
    own.map(|one| format!("{} {}", one.code, one.title)).collect()
}

/// Counts the changes that the parser refuses, each of which the schema must refuse as well.
fn agree(by: &Held, table: &Table, changes: &[Changed], told: impl Fn(&Table) -> BTreeSet<String>) -> usize {
    let json = |table: &Table| value(&Value::Table(table.clone()));
    assert_eq!(by.mistake(&json(table)), None, "{table}");
    let before = told(table);
    let mut slipped = Vec::new();
    for (what, changed) in changes {
        let parser = told(changed).difference(&before).next().is_some();
        let schema = by.mistake(&json(changed)).is_some();
        if !(parser && schema) {
            slipped.push(format!("{what}: parser {parser}, schema {schema}"));
        }
    }
    assert!(slipped.is_empty(), "refused by one of the two only:\n{}", slipped.join("\n"));
    changes.len()
}

fn keys_at(place: &str) -> &'static [Key] {
    all_shapes()
        .into_iter()
        .find(|(at, _)| *at == place)
        .unwrap_or_else(|| panic!("no shape at {place}"))
        .1
        .keys
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let keys = keys_at("gapwise.toml");
    let workspace = full(keys);
    let told = |table: &Table| mistakes(folder.path(), &table.to_string(), "");
    assert!(agree(&Held::workspace(), &workspace, &changes(keys, &workspace), told) > 200);
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_a_rule_file() {
    let folder = tempfile::tempdir().unwrap();
    let (by, mut count) = (Held::rules(), 0);
    for (place, shape) in all_shapes() {
        let Some(entry) = place.strip_prefix("rule file: [[").and_then(|rest| rest.strip_suffix("]]")) else {
            continue;
        };
        let mut own = full(shape.keys);
        if entry == "rule" {
            own.insert("kind".into(), "gap".into());
        }
        let wrap = |own: Table| Table::from_iter([(entry.to_owned(), vec![own].into())]);
        let changed: Vec<Changed> = changes(shape.keys, &own)
            .into_iter()
            .map(|(what, own)| (format!("{entry}: {what}"), wrap(own)))
            .collect();
        count +=
            agree(&by, &wrap(own), &changed, |table| mistakes(folder.path(), WORKSPACE, &table.to_string()));
    }
    assert!(count > 100, "{count} changes");
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_a_words_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("rules/words")).unwrap();
    let told = |table: &Table| {
        std::fs::write(folder.path().join("rules/words/en-GB.toml"), table.to_string()).unwrap();
        mistakes(folder.path(), WORKSPACE, "")
    };
    let keys = keys_at("words file");
    let words = full(keys);
    assert!(agree(&Held::words(), &words, &changes(keys, &words), told) > 20);
}

#[test]
fn the_parser_and_the_schema_refuse_the_same_changes_of_every_kinds_parameters() {
    let folder = tempfile::tempdir().unwrap();
    let by = Held::rules();
    let common = [("id", "x"), ("when", "n > 0")].map(|(key, text)| (key.to_owned(), Value::from(text)));
    for kind in KINDS {
        let mut own = full(kind.parameters);
        own.extend(common.clone());
        own.insert("kind".into(), kind.name.into());
        let wrap = |own: Table| Table::from_iter([("rule".to_owned(), vec![own].into())]);
        let changed: Vec<Changed> = changes(kind.parameters, &own)
            .into_iter()
            .map(|(what, own)| (format!("{}: {what}", kind.name), wrap(own)))
            .collect();
        agree(&by, &wrap(own), &changed, |table| mistakes(folder.path(), WORKSPACE, &table.to_string()));
    }
}

#[test]
fn every_default_is_a_value_of_toml() {
    let of_kinds = KINDS.iter().map(|kind| (kind.name, kind.parameters));
    for (place, keys) in all_shapes().into_iter().map(|(place, shape)| (place, shape.keys)).chain(of_kinds) {
        for key in keys.iter().filter(|key| !key.required() && !key.default.is_empty()) {
            assert!(key.default_value().is_some(), "{place}: the default of `{}` is no TOML", key.name);
        }
    }
}

//! Every value as it is written, with its place, and what an override has taken the place of.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::in_force::{Entry, InForce};
use super::section::{Book, entries_of};
use super::shapes;
use crate::diag::Place;

/// One value as written.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Dotted, from the entry it stands in.
    pub(crate) key: String,
    pub(crate) place: Place,
    /// Where the values stand that an override has taken the place of, the first one first.
    pub(crate) was: Vec<Place>,
    /// The override's reason.
    pub(crate) why: Option<String>,
}

impl Field {
    /// The first part of its key.
    pub(crate) fn top(&self) -> &str {
        self.key.split('.').next().unwrap_or_default()
    }
}

/// One value of the configuration.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Dotted, as in `sources.contacts.columns.agent`; entries of a list of tables are numbered from 0, as in
    /// `report.0.template`. Parts that are no bare TOML key are quoted.
    pub key: String,
    /// As it is written.
    pub value: String,
    pub place: Place,
}

/// The values of `gapwise.toml`, in the order they are written, and those of the rule files once merged.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    written: Vec<Setting>,
    entries: Vec<Entry>,
}

impl Settings {
    /// The values written in `gapwise.toml`.
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.written.iter()
    }

    /// Where a value of `gapwise.toml` is written; for a table, its first value.
    pub fn place(&self, key: &str) -> Option<&Place> {
        let inside = |one: &&Setting| one.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
        let exact = self.written.iter().find(|one| one.key == key);
        exact.or_else(|| self.written.iter().find(inside)).map(|one| &one.place)
    }

    /// Every value in force, defaults included: those of `gapwise.toml`, then packs, rules, what is judged from
    /// them, and what is taken out of force. The order is that of the documented keys.
    pub fn in_force(&self) -> Vec<InForce> {
        self.entries.iter().flat_map(Entry::values).collect()
    }

    pub(crate) fn of(book: &Book, table: &DeTable<'_>, rules: Vec<Entry>) -> Self {
        let fields = fields(book, table);
        let setting = |field: &Field| Setting {
            key: field.key.clone(),
            value: field.place.text().to_owned(),
            place: field.place.clone(),
        };
        let written = fields.iter().map(setting).collect();
        let own = Entry::new(String::new(), &[shapes::WORKSPACE.keys], fields)
            .implying("sources.contacts.required", "true".to_owned());
        Self { written, entries: std::iter::once(own).chain(rules).collect() }
    }
}

/// Every value of a table and of the tables below.
pub(crate) fn fields(book: &Book, table: &DeTable<'_>) -> Vec<Field> {
    let mut all = Vec::new();
    walk(book, "", table, &mut all);
    all
}

fn walk(book: &Book, above: &str, table: &DeTable<'_>, all: &mut Vec<Field>) {
    for (key, value) in entries_of(book, table) {
        let key = quoted(&key.value);
        let key = if above.is_empty() { key } else { format!("{above}.{key}") };
        below(book, key, value, all);
    }
}

fn below(book: &Book, key: String, value: &Spanned<DeValue<'_>>, all: &mut Vec<Field>) {
    match value.get_ref() {
        DeValue::Table(table) => walk(book, &key, table, all),
        DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table()) => {
            for (number, item) in items.iter().enumerate() {
                below(book, format!("{key}.{number}"), item, all);
            }
        }
        _ => {
            all.push(Field { key, place: book.place(value.span()), was: Vec::new(), why: None });
        }
    }
}

/// A part of a key as TOML takes it.
pub(crate) fn quoted(part: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !part.is_empty() && part.chars().all(bare) {
        return part.to_owned();
    }
    serde_json::Value::from(part).to_string()
}

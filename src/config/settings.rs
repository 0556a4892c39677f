//! Every value as it is written, with its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::section::{Book, entries_of};
use crate::diag::Place;

/// One value of the configuration.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Dotted, as in `sources.contacts.columns.agent`; entries of a list of tables are numbered from 0, as in
    /// `report.0.template`.
    pub key: String,
    /// As it is written.
    pub value: String,
    pub place: Place,
}

/// The values of `gapwise.toml`, in the order they are written.
#[derive(Clone, Debug, Default)]
pub struct Settings(Vec<Setting>);

impl Settings {
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.0.iter()
    }

    /// Where a value is written; for a table, its first value.
    pub fn place(&self, key: &str) -> Option<&Place> {
        let inside = |one: &&Setting| one.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
        let exact = self.0.iter().find(|one| one.key == key);
        exact.or_else(|| self.0.iter().find(inside)).map(|one| &one.place)
    }

    pub(crate) fn of(book: &Book, table: &DeTable<'_>) -> Self {
        let mut all = Vec::new();
        walk(book, "", table, &mut all);
        Self(all)
    }
}

fn walk(book: &Book, above: &str, table: &DeTable<'_>, all: &mut Vec<Setting>) {
    for (key, value) in entries_of(book, table) {
        let key = if above.is_empty() { key.value } else { format!("{above}.{}", key.value) };
        below(book, key, value, all);
    }
}

fn below(book: &Book, key: String, value: &Spanned<DeValue<'_>>, all: &mut Vec<Setting>) {
    match value.get_ref() {
        DeValue::Table(table) => walk(book, &key, table, all),
        DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table()) => {
            for (number, item) in items.iter().enumerate() {
                below(book, format!("{key}.{number}"), item, all);
            }
        }
        _ => {
            let place = book.place(value.span());
            all.push(Setting { key, value: place.text().to_owned(), place });
        }
    }
}

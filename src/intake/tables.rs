//! Which of the sources each table is, and whose export.

use std::collections::BTreeMap;

use super::words::{Said, Vendor, Words};
use crate::model::SourceId;
use crate::source::sample::Table;

/// Signs a table must show to be called anything else than contacts.
const LEAST_SIGNS: usize = 3;

/// What was made of the tables.
pub(super) struct Told<'a> {
    /// One table a source.
    pub(super) known: BTreeMap<SourceId, &'a Table>,
    /// Tables of a source that another table is already, or of none.
    pub(super) left: Vec<(&'a Table, Option<SourceId>)>,
}

/// Every table its source; of two of one source the larger.
pub(super) fn tell<'a>(tables: &'a [Table], words: &Words) -> Told<'a> {
    let mut told = Told { known: BTreeMap::new(), left: Vec::new() };
    for table in tables {
        let Some(source) = source_of(table, words) else {
            told.left.push((table, None));
            continue;
        };
        match told.known.get(&source) {
            Some(other) if other.rows >= table.rows => told.left.push((table, Some(source))),
            _ => {
                let smaller = told.known.insert(source, table);
                told.left.extend(smaller.map(|other| (other, Some(source))));
            }
        }
    }
    told
}

/// The source whose signs most headers show. A lone sign is none: `contact_id` stands in every table.
fn source_of(table: &Table, words: &Words) -> Option<SourceId> {
    let name = table.files.first().and_then(|file| file.file_stem()).unwrap_or_default();
    let name = Said::of(&name.to_string_lossy());
    let headers: Vec<Said> = table.headers().map(Said::of).collect();
    let signs = |source: SourceId| {
        let Some(own) = words.sources.get(source.name()) else { return 0 };
        let of_name = if name.says_any(&own.files) { 2 } else { 0 };
        of_name + headers.iter().filter(|header| header.says_any(&own.signs)).count()
    };
    let scored = SourceId::ALL.into_iter().map(|source| (signs(source), source));
    let (most, source) = scored.rev().max_by_key(|(signs, _)| *signs)?;
    (most >= LEAST_SIGNS || (most > 0 && source == SourceId::Contacts)).then_some(source)
}

/// The vendor whose headers most of these are.
pub(super) fn vendor<'w>(table: &Table, words: &'w Words) -> Option<(&'w str, &'w Vendor)> {
    let headers: Vec<Said> = table.headers().map(Said::of).collect();
    let met = |vendor: &Vendor| {
        vendor.signs.iter().filter(|sign| headers.iter().any(|header| header.is(sign))).count()
    };
    let fitting = words.vendors.iter().map(|(name, vendor)| (met(vendor), name.as_str(), vendor));
    let fitting = fitting.filter(|(met, _, vendor)| *met >= vendor.least);
    fitting.max_by_key(|(met, _, _)| *met).map(|(_, name, vendor)| (name, vendor))
}

//! Values that no map names, what is swept into one pot, and values that differ only in how they are spelt.

use std::collections::BTreeMap;

use super::{Seen, count, counted, percent, placed, share, shown, some};
use crate::diag::{Diagnostic, Place};
use crate::model::{Meant, RawColumn, RawValue, SourceId};

/// Raw values told with their volumes.
pub(super) const TOLD: usize = 10;

/// A share of unmapped rows that is no longer an accident.
const UNMAPPED: f64 = 0.01;

/// Above this share of rows in one pot, contact types explain little.
const POT: f64 = 0.2;

/// What exports write where nobody said what the contact was about.
const POTS: [&str; 14] = [
    "other",
    "others",
    "misc",
    "miscellaneous",
    "unknown",
    "undefined",
    "none",
    "n/a",
    "na",
    "default",
    "general",
    "sonstiges",
    "andere",
    "inin-wrap-up-timeout",
];

pub(super) fn doubts(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let columns = &seen.data.quality.columns;
    // Words of the coaching log have meanings of their own: another module tells.
    let is_plain = |column: &&RawColumn| {
        column.source != SourceId::Coaching || !["status", "focus"].contains(&column.column.as_str())
    };
    let mut all: Vec<Diagnostic> =
        columns.iter().filter(is_plain).filter_map(|column| unmapped(seen, column)).collect();
    all.extend(columns.iter().filter_map(|column| pot(seen, column)));
    all.extend(columns.iter().filter_map(|column| alike(seen, column)));
    all
}

/// Where a column's value map is written, else the column.
pub(super) fn place(seen: &Seen<'_>, column: &RawColumn) -> Option<Place> {
    let below = |key: &str| seen.settings.place(&format!("sources.{}.{key}", column.source.name())).cloned();
    let snake = column.column.replace('-', "_");
    let keys = [&column.column, &snake].map(|name| [format!("values.{name}"), format!("columns.{name}")]);
    let [map, columns] = [0, 1].map(|at| keys.iter().find_map(|pair| below(&pair[at])));
    let segments = || below("segments").map(|place| super::files::within(&place, &column.column));
    map.or(columns).or_else(segments).or_else(|| below("path"))
}

pub(super) fn rows<'a>(values: impl IntoIterator<Item = &'a RawValue>) -> u64 {
    values.into_iter().map(|value| value.rows).sum()
}

/// Values that stand for themselves though a map is there, without those it maps others to.
pub(super) fn unnamed(column: &RawColumn) -> Vec<&RawValue> {
    let canonical = |text: &str| {
        column.values.iter().any(|value| matches!(&value.meant, Meant::Mapped(name) if name == text))
    };
    let is_unnamed = |value: &&RawValue| value.meant == Meant::Itself && !canonical(&value.text);
    column.values.iter().filter(|_| column.is_mapped).filter(is_unnamed).collect()
}

/// `BILL-07` 804 rows, …; the commonest first, none of too few agents.
pub(super) fn volumes(values: &[&RawValue], least: u32, word: &str) -> String {
    let (told, few): (Vec<&RawValue>, Vec<&RawValue>) =
        values.iter().copied().partition(|value| value.agents >= least);
    let mut told = told;
    told.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.text.cmp(&b.text)));
    let mut parts: Vec<String> = told
        .iter()
        .take(TOLD)
        .map(|value| format!("`{}` {}", shown(&value.text), counted(value.rows, word)))
        .collect();
    if told.len() > TOLD {
        parts.push(format!("{} more", told.len() - TOLD));
    }
    if !few.is_empty() {
        parts.push(format!("{} of fewer than {least} agents each", few.len()));
    }
    parts.join(", ")
}

fn unmapped(seen: &Seen<'_>, column: &RawColumn) -> Option<Diagnostic> {
    let values = unnamed(column);
    let (part, all) = (rows(values.iter().copied()), rows(&column.values));
    if share(part, all) < UNMAPPED {
        return None;
    }
    let title = format!(
        "`values.{}` names no raw value of {} of {} of {} ({})",
        column.column,
        count(part),
        counted(all, "row"),
        column.source.name(),
        percent(part, all)
    );
    let help = format!("map them, or add `else = \"…\"`: {}", volumes(&values, seen.least(), "row"));
    Some(placed(Diagnostic::warning("GW310", title).help(help), place(seen, column)))
}

/// Too many contacts of no particular type.
fn pot(seen: &Seen<'_>, column: &RawColumn) -> Option<Diagnostic> {
    if column.column != "contact-type" || !column.source.is_cube() {
        return None;
    }
    let is_pot = |value: &&RawValue| match &value.meant {
        Meant::Otherwise(_) => true,
        Meant::Mapped(name) => POTS.contains(&name.to_lowercase().as_str()),
        Meant::Itself => POTS.contains(&value.text.to_lowercase().as_str()),
    };
    let values: Vec<&RawValue> = column.values.iter().filter(is_pot).collect();
    let used = seen.data.quality.source(column.source).map_or(0, |count| count.used);
    let empty = used.saturating_sub(rows(&column.values));
    let part = rows(values.iter().copied()) + empty;
    if share(part, used) <= POT {
        return None;
    }
    let title = format!(
        "{} of {} of {} ({}) have no contact type of their own: what is said by contact type is weak",
        count(part),
        counted(used, "row"),
        column.source.name(),
        percent(part, used)
    );
    let mut parts = vec![volumes(&values, seen.least(), "row")];
    if empty > 0 {
        parts.push(format!("{} without a value", counted(empty, "row")));
    }
    parts.retain(|part| !part.is_empty());
    let help = format!("map the commonest, or take the reason from queue, IVR or CRM: {}", parts.join(", "));
    Some(placed(Diagnostic::warning("GW312", title).help(help), place(seen, column)))
}

/// Canonical values that differ only in case, blanks and punctuation.
fn alike(seen: &Seen<'_>, column: &RawColumn) -> Option<Diagnostic> {
    let groups = spellings(column);
    let mut told = Vec::new();
    let mut hidden = 0;
    for group in &groups {
        let mut names: Vec<&String> =
            group.iter().filter(|(_, agents)| **agents >= seen.least()).map(|(name, _)| name).collect();
        names.sort();
        match names.len() {
            0 | 1 => hidden += 1,
            _ => told.push(some(&names, TOLD)),
        }
    }
    if groups.is_empty() {
        return None;
    }
    if hidden > 0 {
        told.push(format!(
            "{} with a spelling of fewer than {} agents",
            counted(hidden, "value"),
            seen.least()
        ));
    }
    let title = format!(
        "{} of `{}` in {} {} only in case, blanks or punctuation",
        counted(groups.len() as u64, "value"),
        column.column,
        column.source.name(),
        if groups.len() == 1 { "has spellings that differ" } else { "have spellings that differ" }
    );
    let help = format!("give each one name under `values.{}`: {}", column.column, told.join("; "));
    Some(placed(Diagnostic::warning("GW313", title).help(help), place(seen, column)))
}

/// Canonical values with their agents, by what they are without case, blanks and punctuation; only those with
/// several spellings.
fn spellings(column: &RawColumn) -> Vec<BTreeMap<String, u32>> {
    let mut groups: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for value in &column.values {
        let name = match &value.meant {
            Meant::Mapped(name) | Meant::Otherwise(name) => name,
            Meant::Itself => &value.text,
        };
        let plain: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if plain.is_empty() {
            continue;
        }
        let agents = groups.entry(plain).or_default().entry(name.clone()).or_insert(0);
        *agents = (*agents).max(value.agents);
    }
    groups.into_values().filter(|names| names.len() > 1).collect()
}

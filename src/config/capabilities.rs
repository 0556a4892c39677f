//! Which shipped entry answers which question of the diagnosis: a page made from `covers` in the packs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::packs::{builtin_file, builtin_names, builtin_pack};

/// Kinds of entries that may say what they cover.
const ENTRIES: [&str; 7] = ["rule", "verdict", "weight", "cap", "pattern", "cause", "decision"];

/// One question, and what answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capability {
    pub id: String,
    pub asks: String,
    /// What the program itself adds.
    pub also: Option<String>,
    /// (pack, entry), as in `(core, rule gap-is-real)`.
    pub answered_by: Vec<(String, String)>,
}

/// Every question in its order, with the entries of the built-in packs that answer it.
///
/// # Errors
/// A shipped file that is no TOML, or an entry that covers a question nobody asks.
pub fn capabilities() -> anyhow::Result<Vec<Capability>> {
    let mut all = asked()?;
    for pack in builtin_names() {
        for (file, text) in builtin_pack(pack) {
            let table: toml::Table = toml::from_str(text)?;
            for (id, entry) in covered(&table) {
                let Some(one) = all.iter_mut().find(|one| one.id == id) else {
                    anyhow::bail!("{file}: {entry} covers `{id}`, which is no question of the diagnosis")
                };
                one.answered_by.push((pack.to_owned(), entry));
            }
        }
    }
    Ok(all)
}

fn asked() -> anyhow::Result<Vec<Capability>> {
    let text = builtin_file("capabilities.toml").unwrap_or_default();
    let table: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text)?;
    let mut all: Vec<Capability> = table
        .into_iter()
        .map(|(id, mut said)| Capability {
            id,
            asks: said.remove("asks").unwrap_or_default(),
            also: said.remove("also"),
            answered_by: Vec::new(),
        })
        .collect();
    all.sort_by_key(|one| (one.id[..1].to_owned(), one.id[1..].parse::<u32>().unwrap_or(0)));
    Ok(all)
}

/// (question, entry) of one file.
fn covered(table: &toml::Table) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for kind in ENTRIES {
        let entries = table.get(kind).and_then(toml::Value::as_array).into_iter().flatten();
        for entry in entries {
            let text = |key: &str| entry.get(key).and_then(toml::Value::as_str);
            let name = format!("{kind} {}", text("id").or(text("when")).unwrap_or_default());
            let ids = entry.get("covers").and_then(toml::Value::as_array).into_iter().flatten();
            all.extend(ids.filter_map(toml::Value::as_str).map(|id| (id.to_owned(), name.clone())));
        }
    }
    all
}

/// `docs/capabilities.md`.
///
/// # Errors
/// Those of [`capabilities`].
pub fn capabilities_page() -> anyhow::Result<String> {
    let mut page = String::from(
        "# What is diagnosed, and by which rule\n\nMade from the `covers` keys of the shipped packs; `cargo test` compares the two. Where a client's data lack what a\nrule needs, the report names it under what could not be judged, with the column or source that is missing.\n\nThe ideas of the behavioural and the structural gap, of the coaching paradox and its sibling loops are Graeme Colville's;\nthose of reactive, ad hoc and activity-driven coaching are Justin Robbins'. The wording is our own.\n",
    );
    let mut part = String::new();
    for one in capabilities()? {
        let heading = match &one.id[..1] {
            "A" => "Behavioural or structural?",
            "B" => "Is the coaching programme healthy?",
            "C" => "Which loop is it caught in?",
            _ => "Where a simple rule errs",
        };
        if part != heading {
            heading.clone_into(&mut part);
            let _ = write!(page, "\n## {heading}\n\n| id | question | answered by |\n|---|---|---|\n");
        }
        let _ = writeln!(page, "| {} | {} | {} |", one.id, one.asks, answers(&one));
    }
    Ok(page)
}

/// The entries by pack, and what the program adds.
fn answers(one: &Capability) -> String {
    let mut by_pack: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (pack, entry) in &one.answered_by {
        let (kind, name) = entry.split_once(' ').unwrap_or(("rule", entry));
        let shown = if kind == "rule" { format!("`{name}`") } else { format!("{kind} `{name}`") };
        let all = by_pack.entry(pack).or_default();
        if !all.contains(&shown) {
            all.push(shown);
        }
    }
    let mut parts: Vec<String> =
        by_pack.into_iter().map(|(pack, entries)| format!("{pack}: {}", entries.join(", "))).collect();
    parts.extend(one.also.clone());
    parts.join("<br>")
}

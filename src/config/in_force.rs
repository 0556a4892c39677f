//! Every value in force in one order, that of the documented keys: written ones with their places and what they
//! took the place of, the others with their defaults.

use super::packs::RawRules;
use super::plan::Disabled;
use super::raw::{RawChange, RawRule};
use super::section::snake;
use super::settings::{Field, quoted};
use super::shapes;
use crate::diag::Place;
use crate::kinds;
use crate::model::{Key, Shape, Ty};

/// A value in force.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce {
    /// Dotted TOML, as in `rule.agents-vary.thresholds.min-sd`. Entries without an id are numbered from 0.
    pub key: String,
    /// TOML in one line.
    pub value: String,
    /// Where it is written; none = the default.
    pub place: Option<Place>,
    /// What overrides took the place of, the first one first.
    pub was: Vec<Former>,
    /// The reason of the override that set it.
    pub why: Option<String>,
}

/// A value that is no longer in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Former {
    /// TOML in one line.
    pub value: String,
    pub place: Place,
}

/// A table with its keys, written or not.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where its keys stand among all; empty for `gapwise.toml`.
    prefix: String,
    keys: Vec<&'static [Key]>,
    fields: Vec<Field>,
    /// Values that follow from others: (key, TOML).
    implied: Vec<(&'static str, String)>,
}

impl Entry {
    pub(crate) fn new(prefix: String, keys: &[&'static [Key]], fields: Vec<Field>) -> Self {
        Self { prefix, keys: keys.to_vec(), fields, implied: Vec::new() }
    }

    /// With a value that follows where it is not written.
    pub(crate) fn implying(mut self, key: &'static str, value: String) -> Self {
        self.implied.push((key, value));
        self
    }

    pub(crate) fn values(&self) -> Vec<InForce> {
        let mut all = Vec::new();
        for key in self.keys.iter().flat_map(|keys| keys.iter()) {
            self.lay(key.name, key, &mut all);
        }
        all
    }

    /// One key and what is below it. A table that is not written stands with its defaults where none of its keys
    /// is required.
    fn lay(&self, path: &str, key: &Key, all: &mut Vec<InForce>) {
        let own: Vec<&Field> = self.fields.iter().filter(|field| below(&field.key, path).is_some()).collect();
        match key.ty {
            Ty::Table(shape) => {
                let whole = shape.keys.iter().all(|key| !key.required());
                if whole || !own.is_empty() {
                    self.table(path, shape, all);
                }
            }
            Ty::Map(&Ty::Table(shape)) | Ty::Tables(shape) => {
                for part in parts(&own, path) {
                    self.table(&format!("{path}.{part}"), shape, all);
                }
            }
            _ if own.is_empty() => all.extend(self.default(path, key)),
            _ => all.extend(own.into_iter().map(|field| self.written(field))),
        }
    }

    fn table(&self, path: &str, shape: &Shape, all: &mut Vec<InForce>) {
        for key in shape.keys {
            self.lay(&format!("{path}.{}", key.name), key, all);
        }
    }

    fn default(&self, path: &str, key: &Key) -> Option<InForce> {
        let implied = self.implied.iter().find(|(own, _)| *own == path).map(|(_, value)| value.as_str());
        let known = (!key.default.is_empty() && !key.required()).then_some(key.default);
        let value = implied.or(known)?.to_owned();
        Some(InForce { key: self.full(path), value, place: None, was: Vec::new(), why: None })
    }

    fn written(&self, field: &Field) -> InForce {
        let former = |place: &Place| Former { value: in_one_line(place.text()), place: place.clone() };
        InForce {
            key: self.full(&field.key),
            value: in_one_line(&discreet(&field.key, field.place.text())),
            place: Some(field.place.clone()),
            was: field.was.iter().map(former).collect(),
            why: field.why.clone(),
        }
    }

    fn full(&self, path: &str) -> String {
        if self.prefix.is_empty() { path.to_owned() } else { format!("{}.{path}", self.prefix) }
    }
}

/// What follows a path in a key: nothing, or a dot and more.
fn below<'a>(key: &'a str, path: &str) -> Option<&'a str> {
    key.strip_prefix(path).filter(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The distinct parts below a path, in their order.
fn parts<'a>(fields: &[&'a Field], path: &str) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for rest in fields.iter().filter_map(|field| below(&field.key, path)?.strip_prefix('.')) {
        let part = &rest[..part_end(rest)];
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all
}

/// Where the first part of a dotted key ends; a dot within quotes is none.
fn part_end(key: &str) -> usize {
    let (mut open, mut escaped) = (false, false);
    for (at, c) in key.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => open = !open,
            '.' if !open => return at,
            _ => {}
        }
    }
    key.len()
}

/// An address may carry a key to whatever it leads to: only its host is shown.
fn discreet(key: &str, text: &str) -> String {
    if key.rsplit('.').next() != Some("url") {
        return text.to_owned();
    }
    let Some((scheme, rest)) = text.trim_matches(['"', '\'']).split_once("://") else {
        return "\"…\"".to_owned();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("\"{scheme}://{}/…\"", host.rsplit('@').next().unwrap_or_default())
}

/// TOML text of a value without its line breaks and comments.
fn in_one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let parsed = format!("value = {text}").parse::<toml::Table>().ok();
    parsed.and_then(|table| table.get("value").map(inline)).unwrap_or_else(|| text.to_owned())
}

fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        toml::Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        toml::Value::Table(table) => {
            let pairs = table.iter().map(|(key, value)| format!("{} = {}", quoted(key), inline(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The entries of the rule files once merged. Of a rule out of force only its `[[disable]]` is left.
pub(crate) fn entries(raw: &RawRules, disabled: &[Disabled]) -> Vec<Entry> {
    let mut all = Vec::new();
    for pack in &raw.packs {
        all.push(named("pack", &pack.name.value, shapes::PACK.keys, &pack.written));
    }
    let off = |id: &str| disabled.iter().any(|one| one.rule == id);
    for rule in raw.rules.iter().filter(|rule| !off(&rule.id.value)) {
        all.extend(of_rule(raw, rule));
    }
    for one in raw.disables.iter().filter(|one| !one.has_where) {
        all.push(named("disable", &one.rule.value, shapes::DISABLE.keys, &one.written));
    }
    all.extend(listed("verdict", shapes::VERDICT.keys, raw.verdicts.iter().map(|one| &one.written)));
    all.extend(listed("weight", shapes::WEIGHT.keys, raw.weights.iter().map(|one| &one.written)));
    all.extend(listed("cap", shapes::CAP.keys, raw.caps.iter().map(|one| &one.written)));
    all.extend(raw.patterns.iter().map(|p| named("pattern", &p.id.value, shapes::PATTERN.keys, &p.written)));
    all.extend(raw.causes.iter().map(|c| named("cause", &c.id.value, shapes::CAUSE.keys, &c.written)));
    all.extend(
        raw.decisions.iter().map(|d| named("decision", &d.id.value, shapes::DECISION.keys, &d.written)),
    );
    all.push(Entry::new("words".to_owned(), &[shapes::WORDS_FILE.keys], raw.names.written.clone()));
    all
}

/// A rule, with what changes, silences or waives it in places.
fn of_rule(raw: &RawRules, rule: &RawRule) -> Vec<Entry> {
    let own = kinds::find(&rule.kind.value).map_or(&[][..], |kind| kind.parameters);
    let mut entry = named("rule", &rule.id.value, shapes::rule_keys(), &rule.written);
    entry.keys.push(own);
    entry.implied.push(("signal", format!("\"{}\"", snake(&rule.id.value))));
    let place = entry.prefix.clone();
    let mut entries = vec![entry];
    let lists = [
        ("override", shapes::OVERRIDE.keys, about(&raw.overrides, rule)),
        ("disable", shapes::DISABLE.keys, about(&raw.disables, rule)),
        ("waiver", shapes::WAIVER.keys, about(&raw.waivers, rule)),
    ];
    for (list, keys, changes) in lists {
        // What holds everywhere is in the rule's own values already.
        let kept = changes.into_iter().filter(|one| one.has_where || list == "waiver");
        entries.extend(listed(&format!("{place}.{list}"), keys, kept.map(|one| &one.written)));
    }
    entries
}

fn about<'a>(changes: &'a [RawChange], rule: &RawRule) -> Vec<&'a RawChange> {
    changes.iter().filter(|one| one.rule.value == rule.id.value).collect()
}

fn named(kind: &str, id: &str, keys: &'static [Key], written: &[Field]) -> Entry {
    Entry::new(format!("{kind}.{}", quoted(id)), &[keys], written.to_vec())
}

fn listed<'a>(
    prefix: &str,
    keys: &'static [Key],
    entries: impl Iterator<Item = &'a Vec<Field>>,
) -> Vec<Entry> {
    let one = |(number, written): (usize, &Vec<Field>)| {
        Entry::new(format!("{prefix}.{number}"), &[keys], written.clone())
    };
    entries.enumerate().map(one).collect()
}

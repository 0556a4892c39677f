//! `gapwise config`: every value in force, and with `--origin` the line that set it.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::{complain, load, say};
use crate::config::{self, InForce};
use crate::diag::{Place, way_out};
use crate::world::World;

#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The folder with the `gapwise.toml`, then the keys to print: those that begin with this (`rule.agents-vary`).
    /// A single argument that is no folder is the keys.
    #[arg(value_name = "WORKSPACE] [PREFIX", num_args = 0..=2)]
    asked: Vec<String>,
    /// Say which line of which file set each value, and what an override changed.
    #[arg(long)]
    origin: bool,
    /// Lines of TOML, or JSON with all origins.
    #[arg(long, value_enum, default_value_t = Format::Toml)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Toml,
    Json,
}

pub(super) fn run(args: &Args, world: &World) -> u8 {
    let (workspace, prefix) = asked(&args.asked);
    let loaded = match load(&workspace, world) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let all = loaded.settings.in_force();
    let meant: Vec<&InForce> = all.iter().filter(|one| begins(&one.key, prefix)).collect();
    if meant.is_empty() {
        complain(&format!("error: no key in force begins with `{prefix}`; {}", instead(prefix, &all)));
        return 2;
    }
    match args.format {
        Format::Json => {
            let values: Vec<Value> = meant.into_iter().map(as_json).collect();
            say(&format!("{:#}", json!({ "schema": "gapwise/config/1", "values": values })));
        }
        Format::Toml => {
            let lines: Vec<String> = meant.into_iter().map(|one| line(one, args.origin)).collect();
            say(&lines.join("\n"));
        }
    }
    0
}

fn asked(words: &[String]) -> (PathBuf, &str) {
    match words {
        [] => (PathBuf::from("."), ""),
        [one] if !Path::new(one).is_dir() && !one.contains(['/', '\\']) => (PathBuf::from("."), one),
        [workspace] => (PathBuf::from(workspace), ""),
        [workspace, prefix, ..] => (PathBuf::from(workspace), prefix),
    }
}

/// Whole parts only: `rule.gap` does not mean `rule.gap-is-real`.
fn begins(key: &str, prefix: &str) -> bool {
    let prefix = prefix.trim_end_matches('.');
    prefix.is_empty() || key.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The key meant instead: one that ends as the prefix does, else the nearest.
fn instead(prefix: &str, all: &[InForce]) -> String {
    let mut known: Vec<&str> = Vec::new();
    for key in all.iter().map(|one| one.key.as_str()) {
        let cuts = key.match_indices('.').map(|(at, _)| &key[..at]);
        known.extend(cuts.chain([key]));
    }
    known.sort_unstable();
    known.dedup();
    let tail = format!(".{prefix}");
    match known.iter().find(|key| key.ends_with(&tail)) {
        Some(whole) => format!("did you mean `{whole}`?"),
        None => way_out(prefix, known),
    }
}

/// `key = value`, and behind it where it comes from.
fn line(one: &InForce, origin: bool) -> String {
    let value = format!("{} = {}", one.key, one.value);
    if !origin {
        return value;
    }
    let place = one.place.as_ref().map_or_else(|| "default".to_owned(), shown);
    let former = |former: &config::Former| format!("; was {} ({})", former.value, shown(&former.place));
    let was: String = one.was.iter().rev().map(former).collect();
    let why = one.why.as_ref().map(|why| why.split_whitespace().collect::<Vec<_>>().join(" "));
    let why = why.map(|why| format!("; why: {why}")).unwrap_or_default();
    format!("{value}  # {place}{was}{why}")
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file.name, place.line())
}

fn as_json(one: &InForce) -> Value {
    let former = |former: &config::Former| json!({ "value": plain(&former.value), "file": former.place.file.name, "line": former.place.line() });
    json!({
        "key": one.key,
        "value": plain(&one.value),
        "file": one.place.as_ref().map(|place| &place.file.name),
        "line": one.place.as_ref().map(Place::line),
        "default": one.place.is_none(),
        "was": one.was.iter().map(former).collect::<Vec<_>>(),
        "why": one.why,
    })
}

/// TOML text as JSON; dates are strings.
fn plain(text: &str) -> Value {
    let parsed = format!("value = {text}").parse::<toml::Table>();
    let value = parsed.ok().and_then(|table| table.get("value").cloned());
    value.map_or_else(|| Value::from(text), json_of)
}

fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(stamp) => Value::from(stamp.to_string()),
        toml::Value::Array(items) => items.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json_of(value))).collect(),
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::from(flag),
    }
}

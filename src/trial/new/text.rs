//! The file as it is written: one key a line, with what it is for.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::scene::Scene;
use crate::config::{Plan, Rule};

/// What the keys of a test are for.
const COMMENTS: &[(&str, &str)] = &[
    ("fires", "must fire"),
    ("silent", "must not"),
    ("metric", "the judged metric takes this id"),
    ("takes", "it is the centre's handle time in seconds"),
    ("agents", "in the centre"),
    ("teams", "agents are dealt to them in turn"),
    ("weeks", "of data"),
    ("contacts", "of an agent in a week"),
    ("types", "contact type to its share"),
    ("level", "of the average agent"),
    ("levels", "of single contact types"),
    ("structural", "the same whoever takes the contact"),
    ("spread", "standard deviation between agents"),
    ("week-spread", "of one agent's weeks beyond luck"),
    ("target", "what is aimed at"),
    ("material", "the smallest difference worth acting on"),
    ("handle", "handle time, in seconds"),
    ("coaching", "on the judged metric"),
    ("noise", "false: no luck, every count as planted"),
    ("seed", "another number draws another centre"),
];

/// The two tests; only the first where no silent centre was found.
pub(super) fn tests(rule: &Rule, firing: &Scene, quiet: Option<&Scene>, title: Option<&str>) -> String {
    let id = &rule.id;
    let mut text = head(id);
    let said = title.map(|title| (id.as_str(), title));
    test(&mut text, &format!("{id} fires"), ("fires", id), said, firing);
    match quiet {
        Some(quiet) => {
            let points = quiet.differences(firing);
            _ = write!(text, "\n# The same but for {}.\n", listed(&points));
            test(&mut text, &format!("{id} is silent"), ("silent", id), None, quiet);
        }
        None => text.push_str(
            "\n# No centre near this one is silent: copy the test, change one point, and write `silent` for `fires`.\n",
        ),
    }
    text
}

/// Two tests to fill in.
pub(super) fn skeleton(plan: &Plan, rule: &Rule) -> String {
    let id = &rule.id;
    let metric = rule.metrics.first().map(|&at| plan.metrics[at].id.clone());
    let centre = Table::from_iter([
        ("agents".to_owned(), Value::Integer(40)),
        (
            "types".to_owned(),
            Value::Table(Table::from_iter([
                ("Billing".to_owned(), Value::Float(0.5)),
                ("Refund".to_owned(), Value::Float(0.5)),
            ])),
        ),
        ("level".to_owned(), Value::Float(0.65)),
        ("target".to_owned(), Value::Float(0.75)),
        ("spread".to_owned(), Value::Float(0.05)),
        ("noise".to_owned(), Value::Boolean(false)),
    ]);
    let mut scene = Table::from_iter([("centre".to_owned(), Value::Table(centre))]);
    scene.extend(metric.map(|id| ("metric".to_owned(), Value::String(id))));
    let scene = Scene(scene);
    let mut text = head(id)
        + "#\n# No centre was found in which it fires: turn the numbers below until `gapwise test` passes.\n";
    test(&mut text, &format!("{id} fires"), ("fires", id), None, &scene);
    test(&mut text, &format!("{id} is silent"), ("silent", id), None, &scene);
    text
}

fn head(id: &str) -> String {
    format!("# Tests of `{id}`: a centre in which it fires, and one like it in which it stays silent.\n")
}

fn test(
    text: &mut String,
    name: &str,
    (key, id): (&str, &String),
    title: Option<(&str, &str)>,
    scene: &Scene,
) {
    text.push_str("\n[[test]]\n");
    line(text, "name", &name.into());
    line(text, key, &Value::Array(vec![id.clone().into()]));
    if let Some((rule, title)) = title {
        _ = writeln!(text, "title.{rule} = {}", Value::String(title.to_owned()));
    }
    for key in ["metric", "takes", "workspace"] {
        scene.0.get(key).into_iter().for_each(|value| line(text, key, value));
    }
    for section in ["centre", "scenario", "tables"] {
        if let Some(table) = scene.0.get(section).and_then(Value::as_table) {
            sections(text, &format!("test.{section}"), table);
        }
    }
}

/// A table under its header: plain keys first, lists of tables under headers of their own.
fn sections(text: &mut String, header: &str, table: &Table) {
    _ = writeln!(text, "[{header}]");
    let is_list = |value: &Value| value.as_array().is_some_and(|items| items.iter().any(Value::is_table));
    for (key, value) in table.iter().filter(|(_, value)| !is_list(value)) {
        line(text, key, value);
    }
    for (key, value) in table.iter().filter(|(_, value)| is_list(value)) {
        for item in value.as_array().into_iter().flatten().filter_map(Value::as_table) {
            _ = writeln!(text, "[[{header}.{key}]]");
            item.iter().for_each(|(key, value)| line(text, key, value));
        }
    }
}

/// One key with what it is for.
fn line(text: &mut String, key: &str, value: &Value) {
    let said = match value {
        Value::String(lines) if lines.contains('\n') => format!("'''\n{}'''", lines.trim_start_matches('\n')),
        other => other.to_string(),
    };
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let key = if plain { key.to_owned() } else { Value::String(key.to_owned()).to_string() };
    let written = format!("{key} = {said}");
    match COMMENTS.iter().find(|(own, _)| *own == key) {
        Some((_, comment)) => _ = writeln!(text, "{written:<38} # {comment}"),
        None => _ = writeln!(text, "{written}"),
    }
}

/// The first few of the points in which two scenes differ.
fn listed(points: &[String]) -> String {
    const NAMED: usize = 4;
    let named: Vec<String> = points.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    match points.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

//! JSON lines, row by row. Nested objects are reached by dotted names: `Agent.Username`.

use std::io::BufRead;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::files::Input;
use super::rows::{Batch, Rows};
use super::text;
use crate::config::TextFormat;

/// Objects looked at to learn which names there are.
const LOOK_AHEAD: usize = 1000;

pub(super) struct Ndjson {
    reader: Box<dyn BufRead>,
    shown: String,
    headers: Vec<String>,
    line: u64,
    /// Lines read ahead, first first.
    ahead: std::collections::VecDeque<Vec<u8>>,
}

pub(super) fn open(input: &Input, format: &TextFormat) -> anyhow::Result<Ndjson> {
    let text = text::open(input, format.encoding.as_deref())?;
    if text.is_empty {
        bail!("`{}` is empty", input.shown);
    }
    let ahead = std::collections::VecDeque::new();
    let mut file =
        Ndjson { reader: text.reader, shown: input.shown.clone(), headers: Vec::new(), line: 0, ahead };
    let mut names = Vec::new();
    for _ in 0..LOOK_AHEAD {
        let Some(line) = file.next_line()? else { break };
        if let Ok(Value::Object(object)) = serde_json::from_slice(&line) {
            names_of("", &object, &mut names);
        }
        file.ahead.push_back(line);
    }
    if names.is_empty() {
        bail!(
            "`{}` has no JSON object in its first {LOOK_AHEAD} lines; one object a line is read",
            input.shown
        );
    }
    file.headers = names;
    Ok(file)
}

fn names_of(prefix: &str, object: &serde_json::Map<String, Value>, names: &mut Vec<String>) {
    for (name, value) in object {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(inner) => names_of(&name, inner, names),
            _ if !names.contains(&name) => names.push(name),
            _ => {}
        }
    }
}

impl Ndjson {
    fn next_line(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.reader.read_until(b'\n', &mut line);
        let n = read.with_context(|| format!("cannot read `{}` after line {}", self.shown, self.line))?;
        Ok((n > 0).then_some(line))
    }
}

impl Rows for Ndjson {
    fn headers(&self) -> &[String] {
        &self.headers
    }

    fn fill(&mut self, wanted: &[usize], batch: &mut Batch, limit: usize) -> anyhow::Result<bool> {
        for _ in 0..limit {
            let next = match self.ahead.pop_front() {
                Some(line) => Some(line),
                None => self.next_line()?,
            };
            let Some(line) = next else { return Ok(false) };
            self.line += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Value>(&line) {
                Ok(row @ Value::Object(_)) => {
                    batch.push(self.line, wanted.iter().map(|place| cell(&row, &self.headers[*place])));
                }
                _ => batch.refuse(self.line, "not-json"),
            }
        }
        Ok(true)
    }
}

/// The value at a dotted name as text. A name with a dot of its own wins.
fn cell(row: &Value, name: &str) -> Option<String> {
    let direct = row.get(name);
    let nested = || match name.split_once('.') {
        Some((head, rest)) => row.get(head).and_then(|inner| cell(inner, rest)),
        None => None,
    };
    match direct {
        None => nested(),
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_are_reached_by_dotted_names() {
        let row: Value =
            serde_json::from_str(r#"{"Agent":{"Username":"ann"},"a.b":1,"ok":true,"x":null}"#).unwrap();
        assert_eq!(cell(&row, "Agent.Username").as_deref(), Some("ann"));
        assert_eq!(cell(&row, "a.b").as_deref(), Some("1"));
        assert_eq!(cell(&row, "ok").as_deref(), Some("true"));
        assert_eq!((cell(&row, "x"), cell(&row, "y.z")), (None, None));
    }
}

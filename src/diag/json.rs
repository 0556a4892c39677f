//! Diagnostics as JSON, for editors and pipelines. No snippet: a line may hold a secret.

use serde_json::{Value, json};

use super::{Diagnostics, Level, Place};

/// An array in the order of places: code, level, title, where it is (lines and columns from 1, columns in
/// characters, the end behind the last one; null where it is about no place), label, help and a second place.
pub fn json(found: &Diagnostics) -> Value {
    let one = |diagnostic: &super::Diagnostic| {
        let mut value = json!({
            "code": diagnostic.code,
            "level": if diagnostic.level == Level::Error { "error" } else { "warning" },
            "title": diagnostic.title,
        });
        place_into(&mut value, diagnostic.place.as_ref());
        value["label"] = text(&diagnostic.label);
        value["help"] = json!(diagnostic.help);
        value["also"] = diagnostic.also.as_ref().map_or(Value::Null, |(place, label)| {
            let mut also = json!({});
            place_into(&mut also, Some(place));
            also["label"] = text(label);
            also
        });
        value
    };
    found.sorted().into_iter().map(one).collect()
}

/// Null for nothing.
fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

fn place_into(value: &mut Value, place: Option<&Place>) {
    let (start, end) = (place.map(Place::line_and_column), place.map(Place::end_line_and_column));
    value["file"] = json!(place.map(|place| &place.file.name));
    value["line"] = json!(start.map(|(line, _)| line));
    value["column"] = json!(start.map(|(_, column)| column));
    value["end_line"] = json!(end.map(|(line, _)| line));
    value["end_column"] = json!(end.map(|(_, column)| column));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, SourceFile};

    #[test]
    fn a_place_is_given_in_lines_and_characters_from_one() {
        let file = SourceFile::new("gapwise.toml", "a = 1\nü = \"é\"\n");
        let mut found = Diagnostics::default();
        let at = |text: &str| {
            let start = file.text.find(text).unwrap_or(0);
            Place::new(&file, start..start + text.len())
        };
        found.push(Diagnostic::error("GW101", "second").at(at("\"é\"")).also(at("a"), "first").help("do"));
        found.push(Diagnostic::warning("GW160", "nowhere"));
        let said = json(&found);
        assert_eq!(
            said[0],
            json!({ "code": "GW101", "level": "error", "title": "second", "file": "gapwise.toml",
                "line": 2, "column": 5, "end_line": 2, "end_column": 8, "label": null, "help": "do",
                "also": { "file": "gapwise.toml", "line": 1, "column": 1, "end_line": 1, "end_column": 2,
                    "label": "first" } })
        );
        assert_eq!(said[1]["line"], Value::Null);
    }
}

//! A kind's page as `gapwise explain KIND` prints it and the documentation holds it: its text, with the
//! parameters and columns the code has.

use std::fmt::Write as _;

use super::{KINDS, Spec};
use crate::model::{Column, Key};

/// The whole page, in Markdown.
pub fn page(kind: &Spec) -> String {
    let parameters: Vec<String> = kind.parameters.iter().map(parameter_line).collect();
    let columns: Vec<String> = kind.columns.iter().map(column_line).collect();
    let text = kind.doc.trim().replace("{{ parameters }}", &parameters.join("\n"));
    text.replace("{{ columns }}", &columns.join("\n"))
}

/// `docs/kinds.md`: every kind with its question, and where its page is.
pub fn index_page() -> String {
    let mut page = String::from(
        "# Every kind\n\nA rule asks one of these. The pages are made from the kinds themselves, as `gapwise explain KIND` prints them;\n`cargo test` compares the two.\n\n| kind | the question it answers |\n|---|---|\n",
    );
    for kind in KINDS {
        let _ =
            writeln!(page, "| [`{0}`](kinds/{0}.md) | {1} |", kind.name, question(kind).replace('|', "\\|"));
    }
    page
}

/// The question the kind answers: the paragraph under the page's heading, on one line.
pub fn question(kind: &Spec) -> String {
    let paragraph = kind.doc.trim().split("\n\n").nth(1).unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An evidence column as a line of a list.
pub fn column_line(column: &Column) -> String {
    let null = if column.nullable { ", may be empty" } else { "" };
    format!("- `{}` ({:?}{null}): {}", column.name, column.unit, column.doc)
}

fn parameter_line(key: &Key) -> String {
    let default = match key.default {
        "!" => ", required".to_owned(),
        "" => String::new(),
        default => format!(", default `{default}`"),
    };
    format!("- `{}` ({}{default}): {}", key.name, key.ty.words(), key.doc)
}

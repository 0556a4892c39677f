//! The table of keys as a page, made from the shapes that parse.

use std::fmt::Write as _;

use super::shapes::all_shapes;

/// `docs/keys.md`.
pub fn keys_page() -> String {
    let mut page = String::from(
        "# Every key\n\nMade from the shapes the parser reads; `cargo test` compares the two. A kind's parameters stand beside\na rule's keys: `gapwise explain KIND`.\n",
    );
    for (place, shape) in all_shapes() {
        let _ = write!(
            page,
            "\n## {place}\n\n{}\n\n| key | value | default | meaning |\n|---|---|---|---|\n",
            shape.doc
        );
        for key in shape.keys {
            let default = match key.default {
                "!" => "required".to_owned(),
                "" => String::new(),
                default => format!("`{default}`"),
            };
            let words = key.ty.words().replace('|', "\\|");
            let _ = writeln!(page, "| `{}` | {words} | {default} | {} |", key.name, key.doc);
        }
    }
    page
}

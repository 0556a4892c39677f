//! The stable codes of configuration diagnostics, with what `gapwise explain CODE` says.

use std::fmt::Write as _;

/// One code: its id, a short name, and the explanation.
#[derive(Debug)]
pub struct Code {
    pub id: &'static str,
    pub name: &'static str,
    pub explain: &'static str,
}

/// The code with this id, in any case.
pub fn code(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id))
}

/// `docs/diagnostics.md`: every code with its explanation.
pub fn codes_page() -> String {
    let mut page = String::from(
        "# Every diagnostic\n\nWhat `gapwise check` can find, by its stable code; `gapwise explain CODE` prints the same. Made from the list the\nprogram uses; `cargo test` compares the two.\n",
    );
    for code in CODES {
        let _ = write!(page, "\n## {} {}\n\n{}\n", code.id, code.name, code.explain);
    }
    page
}

pub const CODES: &[Code] = &[
    Code {
        id: "GW100",
        name: "toml-syntax",
        explain: "The file is not valid TOML. The caret stands where reading stopped; the cause is often a quote or bracket left open on the line before.",
    },
    Code {
        id: "GW101",
        name: "unknown-key",
        explain: "A key that means nothing here. Keys are kebab-case. A misspelt key would otherwise be silently ignored, so it is an error.",
    },
    Code {
        id: "GW102",
        name: "wrong-type",
        explain: "The key is right but its value is of another type than expected: a number in quotes, one string where a list is meant, a list where a table is meant.",
    },
    Code {
        id: "GW103",
        name: "missing-key",
        explain: "A key without which the entry means nothing is not there. The help line says what to add.",
    },
    Code {
        id: "GW104",
        name: "invalid-value",
        explain: "The value is of the right type but not one that can be used: an unknown word, a number out of range, a date that does not exist.",
    },
    Code {
        id: "GW105",
        name: "duplicate-id",
        explain: "Two entries share one id, so overrides, disables and waivers could not tell them apart. Rename one of them.",
    },
    Code {
        id: "GW106",
        name: "missing-file",
        explain: "A file or folder that the configuration names is not there or cannot be read. Paths are relative to the workspace's folder.",
    },
    Code {
        id: "GW110",
        name: "unknown-name",
        explain: "A name that nothing in force carries: a kind, metric, rule, signal, pack, profile, segment, role or focus. The nearest known name is offered.",
    },
    Code {
        id: "GW120",
        name: "sql-syntax",
        explain: "An expression is outside the SQL subset that runs the same on every engine: columns, literals, + - * /, comparison, AND OR NOT, CASE, COALESCE, NULLIF, ABS, LN, LEAST, GREATEST, BETWEEN, IN, LIKE, IS NULL, ||, CAST AS DOUBLE.",
    },
    Code {
        id: "GW121",
        name: "sql-unknown-name",
        explain: "An expression uses a name that is neither a column of the kind's evidence (see `gapwise explain KIND`), nor a threshold of the rule, nor a signal in force.",
    },
    Code {
        id: "GW122",
        name: "sql-type",
        explain: "An expression compares or combines values of different types, or yields another type than is needed: a predicate must be true or false.",
    },
    Code {
        id: "GW130",
        name: "unit-mismatch",
        explain: "A threshold's unit does not fit the column or metric it is compared with: seconds against a share, points against seconds. Write `20s`, `3pt`, `30%`, `1.5x` (times the metric's `material`), or a bare number for a unit-free column.",
    },
    Code {
        id: "GW131",
        name: "unused-threshold",
        explain: "A threshold that no predicate of its rule uses: changing it would change nothing, which would surprise whoever changes it.",
    },
    Code {
        id: "GW140",
        name: "template",
        explain: "A sentence or page template cannot be rendered: a syntax mistake, or a variable that is neither a column of the kind, nor a threshold, nor one of the words every sentence may use.",
    },
    Code {
        id: "GW150",
        name: "no-rules",
        explain: "No rule is in force. A report that judged nothing would look like good news, so it is refused.",
    },
    Code {
        id: "GW151",
        name: "cyclic-extends",
        explain: "Packs extend one another in a circle. A pack may build on others, but never on itself.",
    },
    Code {
        id: "GW160",
        name: "matches-nothing",
        explain: "An override, disable, waiver, filter or event that matches nothing in force. It is probably a leftover or a misspelling.",
    },
    Code {
        id: "GW161",
        name: "expired-waiver",
        explain: "A waiver whose date has passed. The rule speaks again; remove the waiver or agree a new date.",
    },
    Code {
        id: "GW170",
        name: "people-safeguard",
        explain: "A setting that would show figures of single people without a dated allowance (basis, agreed-by, owner, until), or a group size too small to protect anyone.",
    },
    Code {
        id: "GW180",
        name: "secret-in-clear",
        explain: "A secret is written into the file. Write `{ env = \"NAME\" }` or `{ file = \"path\" }`, so that it is never stored, printed or logged.",
    },
    Code {
        id: "GW190",
        name: "two-facts",
        explain: "Two rules would fill the same place of the report for the same metric and scope. Disable one of them or give it other metrics or scopes.",
    },
    Code {
        id: "GW200",
        name: "not-yet",
        explain: "The setting is understood but this version cannot carry it out, and says so rather than leave it undone in silence.",
    },
];

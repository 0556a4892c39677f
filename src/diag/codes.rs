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
        id: "GW141",
        name: "phrase",
        explain: "A message in a phrase file cannot be said: a syntax mistake, an id that no page uses, a variable that the page does not give, or one of the messages that protect people, which stay as they are.",
    },
    Code {
        id: "GW142",
        name: "phrase-file",
        explain: "A phrase file or words file that does nothing, because the workspace speaks another language, or a language that does not say everything: what is left out is said in English.",
    },
    Code {
        id: "GW143",
        name: "words",
        explain: "A words file speaks of a rule, decision, pattern, cause, cap, signal, form or weight that is not in force, or of a text that the entry does not have. Words change how something is said, never whether it is.",
    },
    Code {
        id: "GW144",
        name: "brand",
        explain: "The client's look cannot be used: a logo that is no picture, too large, or one that could run or load something; a colour that is none or cannot be read on its ground (contrast under 4.5, WCAG 2.2); a line that is too long.",
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
    Code {
        id: "GW300",
        name: "no-data",
        explain: "A source's files are not there, cannot be opened, or hold a header and no rows. Told by `check --data`; paths start at the workspace's folder, and globs such as `data/*.csv` take every file that matches.",
    },
    Code {
        id: "GW301",
        name: "missing-column",
        explain: "A file has no header that `columns`, `segments`, a `filter` or a metric names. Headers are found as written, else by the only one that differs in case, blanks and punctuation alone. Every file of a source is looked at, so that a second file with other headers is named.",
    },
    Code {
        id: "GW302",
        name: "refused-rows",
        explain: "Rows of a source are refused (`no-time`, `no-agent`, `ragged`, `not-utf8`, `duplicate`), or none of them counts. An error from the share at which a report is withheld (`[gate] rejected`); a footer line or two is no matter.",
    },
    Code {
        id: "GW303",
        name: "format",
        explain: "Cells are written in a way that is not read: decimal commas, lengths of time such as 0:03:20, times that are not ISO 8601. Seen in the first rows of the file; the help says the key that reads them.",
    },
    Code {
        id: "GW304",
        name: "not-fit",
        explain: "The report of the last complete period would be withheld, because the data end too early, days are missing inside it or too many rows are refused. `--as-of` says through which day the data are complete.",
    },
    Code {
        id: "GW310",
        name: "unmapped-values",
        explain: "A value map names only some of the raw values: the others stand for themselves, beside the names they should have. The commonest are listed with their rows; values of few agents are counted, not listed.",
    },
    Code {
        id: "GW311",
        name: "idle-pattern",
        explain: "A pattern of a value map that no raw value matches, or only values that an earlier pattern takes. It is probably misspelt or left over from an older list of codes.",
    },
    Code {
        id: "GW312",
        name: "no-contact-type",
        explain: "More than a fifth of the rows are of no particular contact type: `else`, an agent's default code, or no value at all. What is said by contact type then says little, since the commonest reason is unknown.",
    },
    Code {
        id: "GW313",
        name: "near-duplicates",
        explain: "Values that differ only in case, blanks or punctuation are counted apart, as if they were different work. A value map gives them one name.",
    },
    Code {
        id: "GW314",
        name: "column-of-people",
        explain: "Contact types or teams are read from the column of agents, or contact types from another column of people: each part then holds one person, and nothing can be compared within it.",
    },
    Code {
        id: "GW320",
        name: "not-in-the-data",
        explain: "A contact type, team, segment's value or focus that the configuration names and no row has, so that the filter, target, waiver or entry it stands in changes nothing. Names are compared after value maps, to the letter.",
    },
    Code {
        id: "GW321",
        name: "event-outside-data",
        explain: "None of an event's days lies within the data that are read: its dates are wrong, or no window reaches back to it any more.",
    },
    Code {
        id: "GW330",
        name: "metric-values",
        explain: "A metric without a value (an error where no row has one), one that is true or false in every row, or one whose values cannot be what it measures. Rows without a usable value do not count in it.",
    },
    Code {
        id: "GW331",
        name: "target-out-of-sight",
        explain: "A target far from the value of every period that was read: it may be in another unit (minutes against seconds), or meant for another metric.",
    },
    Code {
        id: "GW340",
        name: "unknown-coaching-word",
        explain: "Sessions whose status is none of `held`, `cancelled`, `rescheduled` and `no-show`, or whose focus is neither a metric's id nor named under `moves`: they count as neither held nor cancelled, or as moving no metric.",
    },
    Code {
        id: "GW341",
        name: "agents-without-contacts",
        explain: "Many agents of a source have no contact: sources name people differently. Spellings that differ in case, accents and blanks are one person; anything else needs a file of aliases. Agents are counted, never named.",
    },
    Code {
        id: "GW342",
        name: "agents-without-team",
        explain: "More than a fifth of the agents have no team in the judged period, so that teams are judged on a part of their people.",
    },
    Code {
        id: "GW343",
        name: "repeated-ids",
        explain: "Rows repeat an id: a file was delivered twice, or each row is a part of a contact. Both count contacts more than once, and make every range narrower than it is.",
    },
];

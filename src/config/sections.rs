//! The parts of the shipped pages, which a report may put in another order or leave out.

use std::collections::BTreeSet;

use super::section::{At, Section};
use crate::diag::{Diagnostic, way_out};

/// In the order a reader gets them unless a report says otherwise.
const LEADERSHIP: &[&str] = &["answer", "decisions", "changed", "metrics", "points", "coaching", "limits"];
const INVESTIGATION: &[&str] = &[
    "answer",
    "decisions",
    "changed",
    "metrics",
    "verdicts",
    "contacts",
    "agents",
    "coaching",
    "may-add",
    "findings",
    "not-judged",
    "data",
    "limits",
    "rules",
];

/// Parts that every page has, and why.
const KEPT: [(&str, &str); 2] = [
    ("answer", "a page without its answer asks for trust in figures nobody explained"),
    ("limits", "what a figure cannot say belongs beside it"),
];

/// The parts of a shipped page in their order; none where a template has no such list.
pub fn sections_of(template: &str) -> &'static [&'static str] {
    match template {
        "leadership.html" => LEADERSHIP,
        "investigation.html" | "investigation.md" => INVESTIGATION,
        _ => &[],
    }
}

/// The parts a report shows: those written, else all of its template.
pub(super) fn read(report: &Section<'_>, template: &str) -> Vec<String> {
    let known = sections_of(template);
    if report.get("sections").is_none() {
        return known.iter().map(|name| (*name).to_owned()).collect();
    }
    if known.is_empty() {
        let title = format!("template `{template}` lists no sections to choose from");
        let help = "leave `sections` out; which parts that page has stands in the template itself";
        report.note(Diagnostic::error("GW110", title).at(report.place_of("sections")).help(help));
        return Vec::new();
    }
    let written = report.texts("sections");
    one_by_one(report, template, &written);
    left_out(report, &written);
    written.into_iter().map(|at| at.value).collect()
}

fn one_by_one(report: &Section<'_>, template: &str, written: &[At<String>]) {
    let known = sections_of(template);
    let mut seen = BTreeSet::new();
    for At { value, place } in written {
        if !known.contains(&value.as_str()) {
            let title = format!("`{template}` has no section `{value}`");
            let help = way_out(value, known.iter().copied());
            report.note(Diagnostic::error("GW110", title).at(place.clone()).help(help));
        } else if !seen.insert(value) {
            let title = format!("section `{value}` stands twice");
            report.note(Diagnostic::error("GW105", title).at(place.clone()).help("take one of the two out"));
        }
    }
}

fn left_out(report: &Section<'_>, written: &[At<String>]) {
    for (name, why) in KEPT {
        if written.iter().any(|at| at.value == name) {
            continue;
        }
        let title = format!("section `{name}` cannot be left out: {why}");
        let help = format!("add `\"{name}\"` to `sections`, at any place");
        report.note(Diagnostic::error("GW104", title).at(report.place_of("sections")).help(help));
    }
}

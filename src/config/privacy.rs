//! `[privacy]`: what may be said about people, and the settings this version understands but cannot carry out.

use super::plan::{Allowance, Individuals, Privacy};
use super::section::Section;
use super::shapes;
use super::workspace::whole;
use crate::diag::Diagnostic;

pub(crate) fn read(top: &Section<'_>) -> Privacy {
    let Some(section) = top.section("privacy", &shapes::PRIVACY) else {
        return Privacy {
            individuals: Individuals::Never,
            min_group: 8,
            sensitive: Vec::new(),
            retain_days: None,
            allows: Vec::new(),
        };
    };
    let allows = allows(&section);
    let individuals = individuals(&section.text_or("individuals", "never"));
    if individuals != Individuals::Never && allows.is_empty() {
        let title = "`individuals` may leave `never` only through a dated `[[privacy.allow]]`";
        let help = "add `[[privacy.allow]]` with report, individuals, basis, agreed-by, owner and until";
        section.note(Diagnostic::error("GW170", title).at(section.place_of("individuals")).help(help));
    }
    not_yet(&section, "retain", "deletes nothing yet: delete old outputs yourself");
    if !allows.is_empty() {
        not_yet(&section, "allow", "shows nobody yet, whatever is allowed: agents stay a curve");
    }
    let min_group = whole(&section, "min-group", 8, 1..=1000);
    if min_group < 5 {
        let title = format!("`min-group = {min_group}` protects nobody: one member can work out the others");
        section
            .note(Diagnostic::error("GW170", title).at(section.place_of("min-group")).help("use 5 or more"));
    }
    Privacy {
        individuals,
        min_group: u32::try_from(min_group).unwrap_or(8),
        sensitive: section.texts("sensitive").into_iter().map(|at| at.value).collect(),
        retain_days: section.days("retain"),
        allows,
    }
}

/// A setting this version understands and cannot carry out.
pub(crate) fn not_yet(section: &Section<'_>, key: &str, what: &str) {
    if section.get(key).is_some() {
        let title = format!("`{key}`: this version {what}");
        let help = "take it out, or leave it for a version that can";
        section.note(Diagnostic::warning("GW200", title).at(section.place_of(key)).help(help));
    }
}

fn individuals(word: &str) -> Individuals {
    match word {
        "codes" => Individuals::Codes,
        "names" => Individuals::Names,
        _ => Individuals::Never,
    }
}

fn allows(section: &Section<'_>) -> Vec<Allowance> {
    let read = |one: Section<'_>| {
        Some(Allowance {
            report: one.text("report")?.value,
            individuals: individuals(&one.text("individuals")?.value),
            basis: one.text("basis")?.value,
            agreed_by: one.text("agreed-by")?.value,
            owner: one.text("owner")?.value,
            until: one.date("until")?,
        })
    };
    section.sections("allow", &shapes::ALLOW).into_iter().filter_map(read).collect()
}

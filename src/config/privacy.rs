//! `[privacy]`: what may be said about people, to whom and until when.

use super::page_plan::Report;
use super::plan::{Allowance, Individuals, Privacy};
use super::section::{At, Section, origin};
use super::shapes;
use super::workspace::whole;
use crate::diag::{Diagnostic, way_out};

/// Pages that never show a person, whatever is allowed.
const OF_THE_OPERATION: [&str; 10] = [
    "email.html",
    "email.txt",
    "index.html",
    "leadership.html",
    "nothing-new.html",
    "on-target.html",
    "summary.md",
    "team.html",
    "withheld.html",
    "withheld.md",
];

/// What may be listed under `sensitive`.
const SENSITIVE: [&str; 4] = ["absence", "disengagement", "leaving", "pulse"];

/// `reports` are the pages that are written.
pub(crate) fn read(top: &Section<'_>, reports: &[Report]) -> Privacy {
    let Some(section) = top.section("privacy", &shapes::PRIVACY) else {
        return Privacy {
            individuals: Individuals::Never,
            min_group: 8,
            sensitive: Vec::new(),
            retain_days: None,
            allows: Vec::new(),
        };
    };
    let allows = allows(&section, reports);
    let individuals = individuals(&section.text_or("individuals", "never"));
    if individuals != Individuals::Never && allows.is_empty() {
        let title = "`individuals` may leave `never` only through a dated `[[privacy.allow]]`";
        let help = "add `[[privacy.allow]]` with report, individuals, basis, agreed-by, owner and until";
        section.note(Diagnostic::error("GW170", title).at(section.place_of("individuals")).help(help));
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
        sensitive: sensitive(&section),
        retain_days: retain(&section),
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

fn sensitive(section: &Section<'_>) -> Vec<String> {
    let listed = section.texts("sensitive");
    for At { value, place } in &listed {
        if !SENSITIVE.contains(&value.as_str()) {
            let title = format!("`{value}` is nothing that is off until listed");
            section.note(Diagnostic::error("GW104", title).at(place.clone()).help(way_out(value, SENSITIVE)));
        }
    }
    listed.into_iter().map(|at| at.value).collect()
}

fn retain(section: &Section<'_>) -> Option<u32> {
    let days = section.days("retain");
    if days == Some(0) {
        let title = "`retain` of no days would delete what was just published";
        section
            .note(Diagnostic::error("GW104", title).at(section.place_of("retain")).help("write `26w` or so"));
    }
    days
}

fn allows(section: &Section<'_>, reports: &[Report]) -> Vec<Allowance> {
    let mut all: Vec<Allowance> = Vec::new();
    for one in section.sections("allow", &shapes::ALLOW) {
        let Some(allowance) = allowance(&one) else { continue };
        let report = allowance.report.as_str();
        let at = one.place_of("report");
        if OF_THE_OPERATION.contains(&report) {
            let title = format!("`{report}` never shows a person, whatever is allowed");
            one.note(Diagnostic::error("GW170", title).at(at).help("allow it for `investigation.html`"));
        } else if !reports.iter().any(|one| one.template == report) {
            let title = format!("no `[[report]]` writes `{report}`");
            let help = way_out(report, reports.iter().map(|one| one.template.as_str()));
            one.note(Diagnostic::error("GW110", title).at(at).help(help));
        } else if all.iter().any(|other| other.report == report) {
            let title =
                format!("`{report}` has two allowances, so that nobody could tell which of them holds");
            one.note(Diagnostic::error("GW105", title).at(at).help("keep the one that was agreed last"));
        }
        all.push(allowance);
    }
    all
}

fn allowance(one: &Section<'_>) -> Option<Allowance> {
    Some(Allowance {
        report: one.text("report")?.value,
        individuals: individuals(&one.text("individuals")?.value),
        basis: one.text("basis")?.value,
        agreed_by: one.text("agreed-by")?.value,
        owner: one.text("owner")?.value,
        until: one.date("until")?,
        origin: origin(&one.place),
    })
}

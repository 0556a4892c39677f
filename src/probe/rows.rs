//! Rows that were refused, ids that repeat, and whether a report would be withheld.

use super::{Seen, count, counted, percent, placed, share};
use crate::diag::Diagnostic;
use crate::judge::{Gate, gate};
use crate::model::{SourceCount, SourceId};
use crate::words::{self, Locale};

/// A share of refused rows that is no longer an accident.
const REFUSED: f64 = 0.02;

/// A share of repeated ids from which rows are delivered twice.
const REPEATED: f64 = 0.001;

pub(super) fn doubts(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let counts = &seen.data.quality.sources;
    let mut all: Vec<Diagnostic> = counts.iter().filter_map(|count| refused(seen, count)).collect();
    all.extend(counts.iter().filter_map(|count| unused(seen, count)));
    all.extend(seen.surveyed.iter().filter_map(|one| repeated(seen, one)));
    all.extend(unread(seen));
    all.extend(withheld(seen));
    all
}

fn refused(seen: &Seen<'_>, one: &SourceCount) -> Option<Diagnostic> {
    let (reason, _) = one.reasons.iter().max_by_key(|(reason, rows)| (**rows, std::cmp::Reverse(*reason)))?;
    let part = share(one.rejected, one.in_time());
    if part < REFUSED {
        return None;
    }
    let (key, help) = match reason.as_str() {
        "no-time" => (
            time_key(seen, one.source),
            "say how times are written with `formats.at`, or leave such rows out with `filter`",
        ),
        "no-agent" => ("columns.agent", "rows nobody handled are left out with `filter`"),
        "ragged" => (
            "path",
            "rows have more or fewer cells than the header: a footer, or a separator inside a text that is not quoted",
        ),
        "not-utf8" => ("path", "say how the file is written, as in `encoding = \"windows-1252\"`"),
        _ => ("path", "a run lists them in `rejected.csv`"),
    };
    let reasons: Vec<String> =
        one.reasons.iter().map(|(reason, rows)| format!("{} {reason}", count(*rows))).collect();
    let title = format!(
        "{} of {} of {} are refused ({}): {}",
        count(one.rejected),
        counted(one.in_time(), "row"),
        one.source.name(),
        percent(one.rejected, one.in_time()),
        reasons.join(", ")
    );
    let diagnostic = if part > seen.plan.gate.rejected {
        Diagnostic::error("GW302", title)
    } else {
        Diagnostic::warning("GW302", title)
    };
    Some(placed(diagnostic.help(help), seen.place_in(one.source, key)))
}

/// Where the way times are read is written.
fn time_key(seen: &Seen<'_>, source: SourceId) -> &'static str {
    let set = seen.settings.place(&format!("sources.{}.formats.at", source.name())).is_some();
    if set { "formats.at" } else { "columns.at" }
}

/// Rows are there, and none counts.
fn unused(seen: &Seen<'_>, one: &SourceCount) -> Option<Diagnostic> {
    if one.used > 0 || one.rejected == one.read {
        return None;
    }
    let why = match (one.filtered, one.later) {
        (filtered, 0) => format!("{} left out by a filter or older than any window", count(filtered)),
        (0, later) => format!("{} later than the data are said to be complete", count(later)),
        (filtered, later) => {
            format!("{} left out by a filter or too old, {} too late", count(filtered), count(later))
        }
    };
    let title = format!("no row of {} counts: {why}", one.source.name());
    let filter = seen.settings.place(&format!("sources.{}.filter", one.source.name())).is_some();
    let key = if filter { "filter" } else { "path" };
    let help = if filter {
        "look at `filter`, and at `--as-of`"
    } else {
        "say with `--as-of` through which day the data are complete"
    };
    let needed = one.source == SourceId::Contacts;
    let diagnostic =
        if needed { Diagnostic::error("GW302", title) } else { Diagnostic::warning("GW302", title) };
    Some(placed(diagnostic.help(help), seen.place_in(one.source, key)))
}

fn repeated(seen: &Seen<'_>, one: &crate::source::Surveyed) -> Option<Diagnostic> {
    let ids = one.ids.as_ref().filter(|ids| share(ids.repeated, ids.rows) >= REPEATED)?;
    let title = format!(
        "{} of {}{} of {} repeat an id",
        count(ids.repeated),
        if ids.is_cut { "the first " } else { "" },
        counted(ids.rows, "row"),
        one.source.name()
    );
    let help = if one.source.is_cube() {
        "`dedupe = \"id\"` counts each once; where rows are parts of a contact, leave out with `filter` what does not count"
    } else {
        "each row counts as it stands; deliver each once"
    };
    Some(placed(Diagnostic::warning("GW343", title).help(help), seen.place_in(one.source, "columns.id")))
}

/// Sources that failed for a reason their headers do not show.
fn unread(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let told = |id: SourceId| {
        seen.surveyed.iter().any(|one| {
            one.source == id
                && (one.trouble.is_some()
                    || one.files.iter().any(|file| {
                        file.trouble.is_some() || !file.missing.is_empty() || file.sample.rows == 0
                    }))
        })
    };
    let of = |key: &str| SourceId::ALL.into_iter().find(|id| key.split(' ').next() == Some(id.name()));
    let missing = seen.data.quality.missing.iter().filter_map(|(key, why)| Some((of(key)?, why)));
    missing
        .filter(|(id, _)| !told(*id))
        .map(|(id, why)| {
            let title = format!("no {} data: {}", id.name(), super::shown(why));
            let help = "a run goes on without it and says so in the report";
            placed(Diagnostic::error("GW300", title).help(help), seen.place_in(id, "path"))
        })
        .collect()
}

/// Why there would be no report, unless files that cannot be read are the reason.
fn withheld(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let is_whole = |one: &crate::source::Surveyed| {
        one.files.iter().all(|file| file.trouble.is_none() && file.missing.is_empty())
    };
    let contacts = seen.surveyed.iter().find(|one| one.source == SourceId::Contacts);
    if !seen.has_contacts() || !contacts.is_some_and(is_whole) {
        return Vec::new();
    }
    let Gate::Withhold(checks) = gate(seen.plan, seen.data, seen.period) else { return Vec::new() };
    let label = seen.plan.calendar.label(seen.period);
    let told = |check: &crate::model::Check| {
        let said = words::phrase(&check.say, &Locale::default());
        let title = format!("the report of {label} would be withheld: {}", said.trim_end_matches('.'));
        let diagnostic = Diagnostic::error("GW304", title)
            .help("say with `--as-of` through which day the data are complete");
        placed(diagnostic, seen.place_in(SourceId::Contacts, "path"))
    };
    // Refused rows are told with their reasons already.
    checks.iter().filter(|check| !check.passed && check.id != "rows-readable").map(told).collect()
}

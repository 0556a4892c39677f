//! What was found in the data, on one screen.

use std::collections::BTreeMap;

use crate::probe::{
    ColumnFacts, Facts, FileFacts, Judged, MetricFacts, Need, PeopleFacts, RefusedAt, SourceFacts,
};
use crate::words::{Locale, count, list, periods, share, shortened_to, whole};

/// Files, headers, rules and needs named before the rest is counted.
const FILES: usize = 3;
const HEADERS: usize = 12;
const RULES: usize = 4;
const NEEDS: usize = 8;
const QUESTIONS: usize = 8;

/// Width of the first column.
const MARGIN: usize = 13;

pub(super) fn summary(facts: &Facts) -> String {
    let mut lines: Vec<String> = facts.sources.iter().flat_map(source).collect();
    if let Some(one) = &facts.judged {
        lines.extend(block("values", facts.coverage.iter().map(column)));
        lines.extend(block("metrics", facts.metrics.iter().map(metric)));
        lines.extend(block("agents", people(&one.people)));
        lines.extend(block("judged", [judged(one)]));
        lines.extend(block("needs", needs(&one.capabilities)));
    }
    lines.join("\n")
}

/// The name before the first line, the others below it.
fn block(name: &str, lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let heads = std::iter::once(name).chain(std::iter::repeat(""));
    lines.into_iter().zip(heads).map(|(line, head)| format!("{head:<MARGIN$}{line}")).collect()
}

fn number(n: u64) -> String {
    count(whole(n), &Locale::default())
}

fn of(part: u64, all: u64) -> String {
    share(if all == 0 { 0.0 } else { whole(part) / whole(all) }, &Locale::default())
}

fn source(one: &SourceFacts) -> Vec<String> {
    let mut lines = vec![files(&one.files)];
    if let Some(rows) = &one.rows {
        let parts = [
            (rows.used, "used"),
            (rows.filtered, "filtered"),
            (rows.later, "later"),
            (rows.rejected, "refused"),
        ];
        let told = parts.iter().filter(|(n, what)| *n > 0 || *what == "used");
        let told: Vec<String> = told.map(|(n, what)| format!("{} {what}", number(*n))).collect();
        let days = one.days().map(|(first, last)| format!("; {first} to {last}")).unwrap_or_default();
        lines.push(format!("{} rows: {}{days}", number(rows.read), told.join(", ")));
        lines.extend(rows.reasons.iter().map(|(reason, n)| refused(reason, *n, &one.refused)));
    }
    lines.extend(unused(&one.files));
    block(one.source, lines)
}

fn files(files: &[FileFacts]) -> String {
    let mut written: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        written.entry(file.written.as_str()).or_default().push(&file.file);
    }
    let told = written.into_iter().map(|(written, names)| {
        let shown: Vec<&str> = names.iter().take(FILES).copied().collect();
        let more = match names.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}{more} ({written})", shown.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn refused(reason: &str, n: u64, places: &BTreeMap<String, Vec<RefusedAt>>) -> String {
    let mut by_file: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for place in places.get(reason).into_iter().flatten() {
        by_file.entry(&place.file).or_default().push(place.line.to_string());
    }
    let first = by_file.iter().map(|(file, lines)| format!("{file} line {}", lines.join(", ")));
    let first: Vec<String> = first.collect();
    let first = if first.is_empty() { String::new() } else { format!(", first at {}", first.join("; ")) };
    format!("refused {reason}: {}{first}", number(n))
}

/// Headers of all files that nothing uses, each once.
fn unused(files: &[FileFacts]) -> Option<String> {
    let all: BTreeMap<&String, Option<&str>> =
        files.iter().flat_map(|file| file.unused.iter().map(|(header, offer)| (header, *offer))).collect();
    let more = all.len().saturating_sub(HEADERS);
    let told = |(header, offer): (&String, Option<&str>)| match offer {
        Some(offer) => format!("{header} (`columns.{offer}`?)"),
        None => header.clone(),
    };
    let mut names: Vec<String> = all.into_iter().take(HEADERS).map(told).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    (!names.is_empty()).then(|| format!("not used: {}", names.join(", ")))
}

fn column(one: &ColumnFacts) -> String {
    let what = format!("{} {}", one.source, one.column);
    let values = format!("{} value{}", number(one.distinct as u64), if one.distinct == 1 { "" } else { "s" });
    if !one.has_map {
        return format!("{what}: {values} in {} rows", number(one.rows));
    }
    let mut parts = vec![format!("{} of {} rows mapped", of(one.mapped, one.rows), number(one.rows))];
    if one.otherwise > 0 {
        parts.push(format!("{} under `else`", of(one.otherwise, one.rows)));
    }
    let mut line = format!("{what}: {values}; {}", parts.join(", "));
    if !one.unmapped_values.is_empty() {
        let told = one.unmapped_values.iter().map(|one| format!("`{}` {}", one.value, number(one.rows)));
        let more =
            if one.unmapped_more > 0 { format!(" and {} more", one.unmapped_more) } else { String::new() };
        line = format!("{line}; not named: {}{more}", told.collect::<Vec<_>>().join(", "));
    }
    line
}

fn metric(one: &MetricFacts) -> String {
    let periods = periods(whole(one.periods as u64), &Locale::default());
    format!(
        "{}: a value in {} of {} rows, over {periods}",
        one.id,
        of(one.with_value, one.rows),
        number(one.rows)
    )
}

fn people(people: &PeopleFacts) -> Vec<String> {
    let mut parts = vec![format!("{} with contacts", people.with_contacts)];
    let strangers = people.unknown_to_contacts.iter().filter(|(_, number)| *number != "no agent");
    parts.extend(strangers.map(|(source, number)| format!("{number} of {source} without")));
    parts.extend(
        people
            .without_team
            .iter()
            .filter(|number| *number != "no agent")
            .map(|n| format!("{n} without a team")),
    );
    vec![parts.join("; ")]
}

fn judged(one: &Judged) -> String {
    format!("{}: {} of {} rules have an answer", one.period, one.rules_judged, one.rules)
}

fn needs(all: &[Need]) -> Vec<String> {
    let mut lines: Vec<String> = all.iter().take(NEEDS).map(need).collect();
    if all.len() > NEEDS {
        lines.push(format!("and {} more, told by `--format json`", all.len() - NEEDS));
    }
    lines
}

fn need(one: &Need) -> String {
    let names: Vec<&str> = one.rules.iter().map(String::as_str).take(RULES).collect();
    let more = match one.rules.len() - names.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let open = match one.questions.as_slice() {
        [] => String::new(),
        [(only, _)] => format!("; question {only} stays open"),
        many => format!("; questions {} stay open", ids(many)),
    };
    shortened_to(&format!("{}: for {}{more}{open}", one.need, names.join(", ")), 400)
}

fn ids(questions: &[(String, String)]) -> String {
    let mut ids: Vec<String> = questions.iter().take(QUESTIONS).map(|(id, _)| id.clone()).collect();
    if questions.len() > QUESTIONS {
        ids.push(format!("{} more", questions.len() - QUESTIONS));
    }
    list(&ids, &Locale::default())
}

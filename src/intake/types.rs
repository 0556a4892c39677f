//! The contact types of an export: few stay as they are, many go to a file where a person can merge them.

use std::collections::BTreeMap;

use super::section::{Section, key, listed, shown};
use super::words::{Said, Words};
use crate::source::sample::Column;
use crate::words::whole;

/// More raw codes than this go to a file of their own.
const MOST_AS_THEY_ARE: usize = 8;
/// Share of one name that makes the analysis by contact type weak.
const MUCH: f64 = 0.2;

/// The name of the file, relative to the workspace.
pub(super) const FILE: &str = "mapping/contact-type.csv";

/// Writes `values.contact-type` and yields the file it names, where there is one.
pub(super) fn map(
    column: &Column,
    words: &Words,
    section: &mut Section,
    eye: &mut Vec<String>,
) -> Option<String> {
    let codes = column.commonest();
    let rows: u64 = codes.iter().map(|(_, count)| count).sum();
    weak(column, &codes, rows, words, eye);
    let uncoded: Vec<&str> = codes
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| words.values.uncoded.iter().any(|word| Said::of(code).is(word)))
        .collect();
    if codes.len() <= MOST_AS_THEY_ARE {
        if !uncoded.is_empty() {
            section.set("values.contact-type.Other", listed(&uncoded), "no code was chosen");
        }
        for (name, others) in spelt_alike(&codes) {
            section.set(
                format!("values.contact-type.{}", key(name)),
                listed(&others),
                "spelt in several ways",
            );
        }
        return None;
    }
    let value = format!("{{ file = {}, else = \"Other\" }}", super::section::quoted(FILE));
    section.set(
        "values.contact-type",
        value,
        format!("{} raw codes: merge those that are one thing", codes.len()),
    );
    Some(file(&codes, &uncoded))
}

/// Codes that differ in case and blanks alone, by the commonest of them.
fn spelt_alike<'a>(codes: &[(&'a str, u64)]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for (code, _) in codes {
        match all.iter_mut().find(|(name, _)| plain(name) == plain(code)) {
            Some((_, others)) => others.push(code),
            None => all.push((code, Vec::new())),
        }
    }
    all.retain(|(_, others)| !others.is_empty());
    all
}

fn plain(code: &str) -> String {
    code.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Codes that differ in case and blanks alone are one.
fn file(codes: &[(&str, u64)], uncoded: &[&str]) -> String {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |fields: [&str; 3]| drop(writer.write_record(fields));
    write(["raw", "canonical", "contacts"]);
    for (code, count) in codes {
        let name = if uncoded.contains(code) { "Other" } else { *names.entry(plain(code)).or_insert(code) };
        write([*code, name, &count.to_string()]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// What makes contact types say little.
fn weak(column: &Column, codes: &[(&str, u64)], rows: u64, words: &Words, eye: &mut Vec<String>) {
    let means_nothing = |code: &str| {
        let said = Said::of(code);
        words.values.other.iter().chain(&words.values.uncoded).any(|word| said.is(word))
    };
    let other: u64 = codes.iter().filter(|(code, _)| means_nothing(code)).map(|(_, count)| count).sum();
    let share =
        (whole(other) + whole(column.rows() as u64) - whole(rows)) / whole(column.rows().max(1) as u64);
    if share > MUCH {
        let percent = (100.0 * share).round();
        eye.push(format!(
            "`{}`: {percent} % of the rows have no code or one that says nothing",
            column.header
        ));
    }
    let joined = codes.iter().filter(|(code, _)| code.contains(';')).count();
    if joined > 0 {
        eye.push(format!(
            "`{}` has several codes in some cells: map those to the one that counts",
            column.header
        ));
    }
}

/// The commonest names with their shares, for a comment.
pub(super) fn seen(column: &Column, most: usize) -> String {
    let all = column.commonest();
    let rows: u64 = all.iter().map(|(_, count)| count).sum();
    let share = |count: u64| (100.0 * whole(count) / whole(rows.max(1))).round();
    let some: Vec<String> =
        all.iter().take(most).map(|(value, count)| format!("{} {} %", shown(value), share(*count))).collect();
    let more = if all.len() > most { format!(" and {} more", all.len() - most) } else { String::new() };
    format!("{}{more}", some.join(", "))
}

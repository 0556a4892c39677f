//! One table on its way into the workspace: what is known of it, and the keys that say how it is written and what its
//! columns are.

use std::collections::BTreeSet;

use super::columns::{self, Mapped};
use super::handled::Handled;
use super::section::{Section, column, is_one_of, key, listed, quoted};
use super::types;
use super::words::{Said, Vendor, Words};
use crate::config::{Profile, TextFormat};
use crate::model::SourceId;
use crate::source::sample::{Column, Moment, Shape, Table};

/// A table with what is known of it so far.
pub(super) struct One<'t> {
    pub(super) words: &'t Words,
    pub(super) id: SourceId,
    pub(super) table: &'t Table,
    pub(super) mapped: Mapped,
    pub(super) vendor: Option<(&'t str, &'t Vendor)>,
    pub(super) profile: Option<Profile>,
    pub(super) handled: Option<Handled>,
    pub(super) section: Section,
}

impl<'t> One<'t> {
    /// The column behind one of gapwise's own; the first of two.
    pub(super) fn column(&self, name: &str) -> Option<&'t Column> {
        self.table.column(self.mapped.get(name)?.first()?)
    }

    /// How the file is written, as far as it does not go without saying.
    pub(super) fn written(&mut self) {
        let TextFormat { separator, encoding, decimal_comma, skip_lines, .. } = &self.table.format;
        if let Some((name, _)) = self.vendor {
            self.section.set(
                "profile",
                quoted(name),
                "whose export it is: further names and formats of columns",
            );
        }
        if let Some(byte) = separator {
            let text = if *byte == b'\t' { "\\t".to_owned() } else { char::from(*byte).to_string() };
            self.section.set("separator", quoted(&text), "between the fields");
        }
        if let Some(encoding) = encoding {
            self.section.set("encoding", quoted(encoding), "not UTF-8");
        }
        if *decimal_comma {
            self.section.set("decimal", quoted(","), "1,5 is one and a half");
        }
        if *skip_lines > 0 {
            self.section.set("skip-lines", skip_lines.to_string(), "lines before the header");
        }
        if self.table.ragged > 0 {
            let note =
                format!("{} lines with another number of fields are refused and counted", self.table.ragged);
            self.section.say(note);
        }
        if self.table.has_totals {
            self.section.say("the last line is a total: without a time of its own it is refused and counted");
        }
        self.nulls();
    }

    fn nulls(&mut self) {
        let mut tokens: BTreeSet<&str> = BTreeSet::new();
        for column in &self.table.columns {
            tokens.extend(column.nulls.iter().map(String::as_str));
        }
        let of_vendor = self.profile.as_ref().map(|profile| profile.null.as_slice()).unwrap_or_default();
        if tokens.iter().all(|token| of_vendor.iter().any(|known| known == token)) {
            return;
        }
        tokens.extend(of_vendor.iter().map(String::as_str));
        let tokens: Vec<&str> = tokens.into_iter().collect();
        self.section.set("null", listed(&tokens), "read as empty");
    }

    /// Drafts, calibrations and deleted evaluations say nothing about how a contact went.
    pub(super) fn drafts(&mut self) {
        let is_draft = |value: &str| self.words.values.drafts.iter().any(|word| Said::of(value).is(word));
        let columns = self.table.columns.iter().filter(|column| column.shape == Shape::Category);
        let found = columns.filter_map(|column| {
            let drafts: Vec<String> = column
                .real()
                .map(|(value, _)| value)
                .filter(|value| is_draft(value))
                .map(str::to_owned)
                .collect();
            (!drafts.is_empty()).then_some((column, drafts))
        });
        let Some((column, drafts)) = found.min_by_key(|(column, _)| column.distinct()) else { return };
        let name = column_name(&self.mapped, &column.header);
        let text = format!("NOT COALESCE({}, FALSE)", is_one_of(&name, &drafts));
        let rows: u64 = column.real().filter(|(value, _)| is_draft(value)).map(|(_, rows)| rows).sum();
        self.section.set(
            "filter",
            quoted(&text),
            format!("{rows} rows looked at are no finished evaluations"),
        );
    }

    /// Numbers with a sign behind them cannot be read.
    pub(super) fn signed(&self) -> Vec<String> {
        let is_signed = |value: &str| {
            let bare = value.trim_end_matches(['%', '€', '$', '£', 's']).trim_end();
            bare.len() < value.len() && bare.replace(',', ".").parse::<f64>().is_ok()
        };
        let columns =
            self.table.columns.iter().filter(|one| matches!(one.shape, Shape::Category | Shape::Text));
        let signed =
            columns.filter(|one| one.distinct() > 2 && one.real().all(|(value, _)| is_signed(value)));
        signed
            .map(|one| {
                format!("`{}`: numbers with a sign behind them are not read; export them bare", one.header)
            })
            .collect()
    }

    /// Offers to keep one row an id; yields what a person should look at.
    pub(super) fn duplicates(&mut self) -> Option<String> {
        let id = self.column("id")?;
        let more = id.filled().saturating_sub(id.distinct() as u64);
        if more == 0 {
            return None;
        }
        let rows = self.table.seen;
        if more * 4 > rows as u64 {
            let note = format!(
                "{more} of {rows} rows repeat an id: it is no id of a single contact, so leave this out"
            );
            self.section.offer("dedupe", quoted("id"), note);
            return None;
        }
        let note = format!("{more} of {rows} rows repeat an id: duplicates, or legs of one contact?");
        self.section.offer("dedupe", quoted("id"), note.clone());
        Some(format!("contacts: {note}"))
    }

    pub(super) fn format(&mut self, header: &str, format: &str) {
        let usual = self.profile.as_ref().is_some_and(|profile| {
            profile.formats.iter().any(|(name, own)| Said::of(header).is(name) && own == format)
        });
        if !usual {
            self.section.set(format!("formats.{}", key(header)), quoted(format), "becomes seconds");
        }
    }

    pub(super) fn minutes(&mut self) {
        let column = self.column("minutes");
        match column.map(|column| &column.shape) {
            Some(Shape::Colons { parts, .. }) => {
                let format = if *parts == 2 { "MM:SS" } else { "HH:MM:SS" };
                self.section.set("formats.minutes", quoted(format), "a length of time");
            }
            Some(Shape::Number(n)) if n.median > 300.0 => {
                self.section.say(format!(
                    "half of the sessions last more than {} minutes: are these seconds?",
                    n.median
                ));
            }
            _ => {}
        }
    }
}

/// A raw column in an expression, in quotes where a bare word could mean a canonical one.
pub(super) fn column_name(mapped: &Mapped, header: &str) -> String {
    let canonical = |name: &str| mapped.keys().any(|key| key.replace('-', "_") == name);
    column(header, &|name| canonical(name) || super::CANONICAL.contains(&name))
}

pub(super) fn joined_format(moment: &Moment, clock: Option<&Column>) -> Option<String> {
    let Some(clock) = clock else { return moment.format.clone() };
    let parts = if matches!(clock.shape, Shape::Colons { parts: 2, .. }) { "%H:%M" } else { "%H:%M:%S" };
    moment.format.as_ref().map(|date| format!("{date} {parts}"))
}

pub(super) fn filter_note(handled: &Handled) -> String {
    let percent = (1000.0 * handled.nobody).round() / 10.0;
    let empty: Vec<String> = handled.empty.iter().take(3).map(|header| format!("`{header}`")).collect();
    format!("{percent} % of the rows were handled by nobody: {} empty", empty.join(", "))
}

/// What a mapped column is, and what was seen in it. Of people and customers only how many.
pub(super) fn note_of(
    name: &str,
    headers: &[String],
    column: &Column,
    one: &One<'_>,
    known: Option<f64>,
) -> String {
    let distinct = column.distinct();
    let empty = match (100.0 * column.empty_share()).round() {
        share if share >= 1.0 => format!(", {share} % empty"),
        _ => String::new(),
    };
    let others = others(name, headers, one);
    match (name, &column.shape) {
        (_, Shape::Moment(moment)) => {
            let joined = if headers.len() == 2 { "date and time, joined by a blank; " } else { "" };
            format!("{joined}{} to {}{empty}{others}", moment.first.date(), moment.last.date())
        }
        ("agent", _) => {
            let known = known
                .map(|share| format!(", {:.0} % of them in the contacts", share * 100.0))
                .unwrap_or_default();
            format!("{}{known}{empty}{others}", people(distinct))
        }
        ("coach" | "evaluator", _) => format!("{}{empty}", people(distinct)),
        ("contact-type" | "channel" | "status" | "touchpoint", _) => {
            format!("{}{empty}{others}", types::seen(column, 4))
        }
        ("id", _) if distinct as u64 == column.filled() => format!("each its own{empty}"),
        (_, Shape::Number(n)) if matches!(name, "minutes" | "score") => {
            format!("{} to {}{empty}", n.min, n.max)
        }
        _ => format!("{distinct} different{empty}{others}"),
    }
}

fn people(number: usize) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

/// Other columns that could have been meant.
fn others(name: &str, headers: &[String], one: &One<'_>) -> String {
    if !matches!(name, "at" | "agent" | "contact-type" | "team") {
        return String::new();
    }
    let own = one.words.columns.get(name);
    let is_mapped = |header: &str| one.mapped.values().any(|all| all.iter().any(|own| own == header));
    let may = |column: &&Column| {
        !headers.contains(&column.header)
            && !is_mapped(&column.header)
            && columns::may_be(name, column)
            && own.is_some_and(|own| own.fit(&Said::of(&column.header)).is_some())
    };
    let found: Vec<String> =
        one.table.columns.iter().filter(may).take(3).map(|column| format!("`{}`", column.header)).collect();
    if found.is_empty() { String::new() } else { format!("; could also be {}", found.join(", ")) }
}

pub(super) fn summary(one: &One<'_>) -> String {
    let count = |name: &str| one.column(name).map(Column::distinct);
    let mut parts = vec![format!("{} rows", one.table.rows)];
    parts.extend(count("agent").map(|n| format!("{n} agents")));
    parts.extend(count("contact-type").map(|n| format!("{n} contact types")));
    parts.extend(count("focus").map(|n| format!("{n} focuses")));
    parts.extend(one.vendor.map(|(name, _)| name.to_owned()));
    parts.join(", ")
}

//! From tables to a workspace: everything but targets, which need the levels of the metrics.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::columns::{self, Mapped};
use super::handled;
use super::metrics::{Found, Metric, Seen};
use super::one::{One, column_name, filter_note, joined_format, note_of, summary};
use super::section::{Force, Section, is_one_of, listed, quoted};
use super::words::{Said, Words};
use super::{coaching, tables, types};
use crate::config::Profile;
use crate::model::SourceId;
use crate::source::sample::{Column, Decimal, Moment, Shape, Table};
use crate::words::counted;

/// Values a segment may have.
const MOST_IN_SEGMENT: usize = 12;

/// What was made of the data.
pub(super) struct Draft {
    /// In the order they are written; `path` is filled in by who knows where the workspace lies.
    pub(super) sources: Vec<Source>,
    pub(super) metrics: Vec<Metric>,
    pub(super) conditions: Vec<String>,
    pub(super) locale: &'static str,
    /// What the times say of their zone.
    pub(super) zone_note: String,
    /// First and last day of the contacts, as far as they were looked at.
    pub(super) days: (chrono::NaiveDate, chrono::NaiveDate),
    /// Further files by their path.
    pub(super) files: BTreeMap<String, String>,
    /// What a person should look at.
    pub(super) eye: Vec<String>,
}

/// One source of the workspace to be.
pub(super) struct Source {
    pub(super) id: SourceId,
    pub(super) files: Vec<PathBuf>,
    pub(super) section: Section,
    /// One line: what it was recognised as.
    pub(super) seen: String,
}

/// Makes a draft, or says what is missing and what to do.
pub(super) fn draft(all: &[Table], words: &Words) -> Result<Draft, String> {
    let told = tables::tell(all, words);
    let Some(contacts) = told.known.get(&SourceId::Contacts).copied() else { return Err(no_contacts(all)) };
    let mut maker = Maker { words, draft: empty(), agents: None, metrics: Vec::new(), ids: BTreeSet::new() };
    maker.source(SourceId::Contacts, contacts)?;
    let order =
        [SourceId::Evaluations, SourceId::Surveys, SourceId::Roster, SourceId::Changes, SourceId::Coaching];
    for id in order {
        let Some(table) = told.known.get(&id) else { continue };
        // A table that lacks what its source needs is said to be left out.
        if let Err(why) = maker.source(id, table) {
            maker.draft.eye.push(why);
        }
    }
    for (table, source) in &told.left {
        maker.left_out(table, *source);
    }
    maker.draft.metrics = maker.metrics;
    maker.draft.sources.sort_by_key(|source| source.id);
    if maker.draft.metrics.iter().all(|metric| metric.force == Force::Offered) {
        return Err(no_metrics(contacts));
    }
    Ok(maker.draft)
}

fn empty() -> Draft {
    Draft {
        sources: Vec::new(),
        metrics: Vec::new(),
        conditions: Vec::new(),
        locale: "en-GB",
        zone_note: String::new(),
        days: (chrono::NaiveDate::MIN, chrono::NaiveDate::MIN),
        files: BTreeMap::new(),
        eye: Vec::new(),
    }
}

fn no_contacts(all: &[Table]) -> String {
    let found: Vec<String> =
        all.iter().map(|table| format!("{} ({})", named(table), headers(table))).collect();
    format!(
        "no table of contacts among what was found: {}; one row a contact is needed, with when it was and who took it",
        found.join("; ")
    )
}

fn no_metrics(table: &Table) -> String {
    format!(
        "{}: nothing to measure was recognised among {}; write `gapwise.toml` by hand with `[metrics.<id>]`, \
         type, value and better",
        named(table),
        headers(table)
    )
}

/// The first file's name.
fn named(table: &Table) -> String {
    let first = table.files.first().map(|file| file.display().to_string()).unwrap_or_default();
    match table.files.len() {
        0 | 1 => format!("`{first}`"),
        n => format!("`{first}` and {} more", n - 1),
    }
}

fn headers(table: &Table) -> String {
    const MOST: usize = 30;
    let some: Vec<String> = table.headers().take(MOST).map(super::section::shown).collect();
    some.join(", ")
}

struct Maker<'a> {
    words: &'a Words,
    draft: Draft,
    /// The people of the contacts.
    agents: Option<Column>,
    metrics: Vec<Metric>,
    ids: BTreeSet<String>,
}

impl<'a> Maker<'a> {
    fn source(&mut self, id: SourceId, table: &'a Table) -> Result<(), String> {
        let mut table = table.clone();
        let vendor = tables::vendor(&table, self.words);
        let profile = vendor.and_then(|(name, _)| Profile::named(name));
        let mut mapped = columns::find(id, &table, profile.as_ref(), self.words);
        let known =
            self.agents.as_ref().and_then(|agents| columns::match_agents(&table, &mut mapped, agents));
        self.nobody(&mut table, &mapped);
        needed(id, &table, &mapped)?;
        let (rows, files) = (counted(table.rows, "row"), counted(table.files.len() as u64, "file"));
        let note = format!("{rows} in {files}");
        let section = Section::new(format!("sources.{}", id.name()), note);
        let mut one =
            One { words: self.words, id, table: &table, mapped, vendor, profile, handled: None, section };
        self.describe(&mut one, known);
        let seen = summary(&one);
        let section = one.section;
        self.draft.sources.push(Source { id, files: table.files.clone(), section, seen });
        Ok(())
    }

    /// Words for "nobody" among the agents are read as empty.
    fn nobody(&self, table: &mut Table, mapped: &Mapped) {
        let Some(header) = mapped.get("agent").and_then(|headers| headers.first()) else { return };
        let decimal = if table.format.decimal_comma { Decimal::Comma } else { Decimal::Point };
        let Some(column) = table.columns.iter_mut().find(|column| column.header == *header) else { return };
        let words = &self.words.values.nobody;
        let is_nobody =
            |value: &&String| words.contains(&value.to_lowercase()) && value.parse::<f64>().is_err();
        let tokens: Vec<String> = column.values.iter().filter(is_nobody).cloned().collect();
        column.without(&tokens, decimal);
    }

    fn describe(&mut self, one: &mut One<'_>, known: Option<f64>) {
        one.section.set("path", "", "where the data lie; a glob reads several");
        one.written();
        self.columns(one, known);
        if one.id == SourceId::Contacts {
            self.contacts(one);
        }
        if one.id == SourceId::Evaluations {
            one.drafts();
        }
        self.draft.eye.extend(one.signed());
        let found = self.measured(one);
        for (header, format) in &found.formats {
            one.format(header, format);
        }
        self.draft.eye.extend(found.eye);
        let offered =
            found.metrics.iter().filter(|metric| matches!(metric.matures, Some((_, Force::Offered))));
        self.draft.eye.extend(offered.map(|metric| {
            format!(
                "metrics.{}: may a repeat within days take it back? then `matures-after` must say so",
                metric.id
            )
        }));
        self.ids.extend(found.metrics.iter().map(|metric| metric.id.clone()));
        self.metrics.extend(found.metrics);
        if one.id == SourceId::Changes {
            coaching::metric_names(one.table, &one.mapped, self.words, &self.metrics, &mut one.section);
        }
        if one.id == SourceId::Coaching {
            coaching::statuses(one.table, &one.mapped, self.words, &mut one.section, &mut self.draft.eye);
            coaching::focuses(
                one.table,
                &one.mapped,
                self.words,
                &self.metrics,
                &mut one.section,
                &mut self.draft.eye,
            );
            one.minutes();
        }
        for note in one.vendor.map(|(_, vendor)| vendor.notes.as_slice()).unwrap_or_default() {
            one.section.say(note.clone());
        }
    }

    fn columns(&mut self, one: &mut One<'_>, known: Option<f64>) {
        for name in crate::config::canonical(one.id).iter().copied() {
            let Some(headers) = one.mapped.get(name) else { continue };
            let value = if headers.len() == 1 { quoted(&headers[0]) } else { listed(headers) };
            let Some(column) = one.table.column(&headers[0]) else { continue };
            let note = note_of(name, headers, column, one, known);
            one.section.set(format!("columns.{name}"), value, note);
        }
        let moments: Vec<(&'static str, Vec<String>)> =
            one.mapped.iter().map(|(name, headers)| (*name, headers.clone())).collect();
        for (name, headers) in moments {
            self.moment(one, name, &headers);
        }
    }

    /// Writes the format of a column of dates, where it is not ISO 8601 or the vendor's usual one.
    fn moment(&mut self, one: &mut One<'_>, name: &str, headers: &[String]) {
        let Some(column) = one.table.column(&headers[0]) else { return };
        let Shape::Moment(moment) = &column.shape else { return };
        if name == "at" && one.id == SourceId::Contacts {
            self.draft.days = (moment.first.date(), last_day(column, moment));
            self.draft.zone_note = zone_note(moment);
            self.draft.locale = locale(moment, one.table);
        }
        let format = joined_format(moment, headers.get(1).and_then(|header| one.table.column(header)));
        let usual = one.profile.as_ref().and_then(|profile| profile.formats.get(name)).cloned();
        if format == usual {
            return;
        }
        let note = match (&format, &moment.other) {
            (_, Some(other)) if name != "at" => format!("`{other}` reads them too, over a longer span"),
            (_, Some(other)) => {
                self.draft.eye.push(format!(
                    "{}: are the dates `{}` or `{other}`? both can be read",
                    one.id.name(),
                    moment.format.as_deref().unwrap_or_default()
                ));
                format!("`{other}` reads them too, over a longer span")
            }
            _ => "how it is written".into(),
        };
        let text = format.unwrap_or_else(|| "%Y-%m-%d %H:%M:%S".into());
        one.section.set(format!("formats.{name}"), quoted(&text), note);
    }

    /// Segments, the filter, contact types, duplicates: what only contacts have.
    fn contacts(&mut self, one: &mut One<'_>) {
        let agent = one.column("agent").cloned();
        self.segments(one);
        if let Some(agent) = &agent {
            self.filter(one, agent);
        }
        if let Some(column) = one.column("contact-type") {
            let file = types::map(column, self.words, &mut one.section, &mut self.draft.eye);
            self.draft.files.extend(file.map(|text| (types::FILE.to_owned(), text)));
        } else {
            one.section.offer(
                "columns.contact-type",
                quoted("<header>"),
                "none was recognised: why people call",
            );
            self.draft.eye.push(
                "contacts: no column says why people call; without it only the whole can be judged".into(),
            );
        }
        self.draft.eye.extend(one.duplicates());
        self.agents = agent;
    }

    fn segments(&mut self, one: &mut One<'_>) {
        let fits = |column: &Column| (2..=MOST_IN_SEGMENT).contains(&column.distinct());
        let mut names: Vec<String> = Vec::new();
        for name in ["channel", "site"] {
            let column = one.column(name);
            if column.is_some_and(fits) {
                names.push(name.to_owned());
            }
        }
        self.draft.conditions = names.iter().filter(|name| *name == "channel").cloned().collect();
        let is_mapped = |column: &Column| one.mapped.values().any(|headers| headers.contains(&column.header));
        for column in one.table.columns.iter().filter(|column| fits(column) && !is_mapped(column)) {
            let is_condition = Said::of(&column.header).says_any(&self.words.values.conditions);
            if is_condition && matches!(column.shape, Shape::Category | Shape::Number(_) | Shape::Flag(_)) {
                names.push(column.header.clone());
            }
        }
        if names.is_empty() {
            return;
        }
        let first = one.mapped.get(names[0].as_str()).map_or(&names[0], |headers| &headers[0]);
        let seen = one.table.column(first).map(|column| types::seen(column, 4)).unwrap_or_default();
        one.section.set("segments", listed(&names), format!("further dimensions kept; {}: {seen}", names[0]));
    }

    /// Only contacts that somebody handled say anything about agents.
    fn filter(&mut self, one: &mut One<'_>, agent: &Column) {
        let Some(handled) = handled::find(one.table, &one.mapped, agent, self.words) else { return };
        let name = |header: &str| column_name(&one.mapped, header);
        let text = match &handled.says {
            Some((header, values)) => is_one_of(&name(header), values),
            None => format!("{} IS NOT NULL", name(&agent.header)),
        };
        one.section.set("filter", quoted(&text), filter_note(&handled));
        one.handled = Some(handled);
    }

    fn measured(&self, one: &One<'_>) -> Found {
        if !one.id.is_cube() {
            return Found::default();
        }
        let says = one.handled.as_ref().and_then(|handled| handled.says.as_ref());
        let asked = says.and_then(|(header, values)| Some((one.table.column(header)?, values)));
        let is_kept = |row: usize| match asked {
            Some((column, values)) => {
                column.value(row).is_some_and(|value| values.iter().any(|own| own == value))
            }
            None => true,
        };
        let agent = one.column("agent");
        let has_agent = |row: usize| agent.is_none_or(|agent| agent.value(row).is_some());
        let kept: Vec<bool> = (0..one.table.seen).map(|row| is_kept(row) && has_agent(row)).collect();
        let seen = Seen {
            source: one.id,
            table: one.table,
            mapped: &one.mapped,
            words: self.words,
            kept: &kept,
            filtered_by: says.map(|(header, _)| header.as_str()),
        };
        let mut found = seen.metrics(&self.ids);
        if one.id == SourceId::Contacts {
            found.metrics.extend(seen.short_contacts());
        }
        found
    }

    fn left_out(&mut self, table: &Table, source: Option<SourceId>) {
        let why = match source {
            Some(source) => format!(
                "left out: {} looks like {} too, and one table is read of each",
                named(table),
                source.name()
            ),
            None => format!("left out: {} was not recognised", named(table)),
        };
        self.draft.eye.push(why);
    }
}

/// Every row needs a time, and all but changes an agent.
fn needed(id: SourceId, table: &Table, mapped: &Mapped) -> Result<(), String> {
    let needs: &[&str] = match id {
        SourceId::Roster => &["agent"],
        SourceId::Changes => &["at"],
        _ => &["at", "agent"],
    };
    let missing: Vec<&str> = needs.iter().copied().filter(|name| !mapped.contains_key(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let what = |name: &&str| if *name == "at" { "when it was" } else { "which agent" };
    let said: Vec<String> = missing.iter().map(what).map(str::to_owned).collect();
    let keys: Vec<String> = missing.iter().map(|name| format!("`columns.{name} = \"<header>\"`")).collect();
    Err(format!(
        "{} looks like {}, but no column says {}; its columns are {}; write `[sources.{}]` by hand with {}",
        named(table),
        id.name(),
        said.join(" or "),
        headers(table),
        id.name(),
        keys.join(" and ")
    ))
}

/// The last day that is no lone outlier: a mistyped year must not decide which week is judged.
fn last_day(column: &Column, moment: &Moment) -> chrono::NaiveDate {
    let days = column.days(moment.format.as_deref());
    let mut counts: Vec<u64> = days.values().copied().collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let last = days.iter().rev().find(|(_, rows)| **rows * 20 >= usual).map(|(day, _)| *day);
    last.unwrap_or_else(|| moment.last.date())
}

fn zone_note(moment: &Moment) -> String {
    if moment.has_offset {
        "times with an offset are converted to it".into()
    } else {
        "the times have no offset: they are in this zone as they stand".into()
    }
}

/// German by its words, American by its dates.
fn locale(moment: &Moment, table: &Table) -> &'static str {
    const GERMAN: &[&str] = &[
        "datum",
        "uhrzeit",
        "dauer",
        "mitarbeiter",
        "bearbeiter",
        "grund",
        "anliegen",
        "kunde",
        "gelöst",
        "thema",
    ];
    let format = moment.format.as_deref().unwrap_or_default();
    let german = table
        .headers()
        .filter(|header| GERMAN.iter().any(|word| header.to_lowercase().contains(word)))
        .count();
    match () {
        () if german >= 2 => "de",
        () if format.starts_with("%m/") => "en-US",
        () => "en-GB",
    }
}

/// Where a file lies, as a workspace in `folder` names it: relative where both lie in one tree.
pub(super) fn relative(folder: &Path, file: &Path) -> String {
    let (Some(folder), Some(file)) = (plain(folder), plain(file)) else { return file.display().to_string() };
    let same = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    if same <= 1 {
        return file.display().to_string();
    }
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = file.components().skip(same).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Absolute, without steps upwards.
pub(super) fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            std::path::Component::ParentDir => _ = plain.pop(),
            other => plain.push(other),
        }
    }
    Some(plain)
}

//! What only the data can show of a configuration: files and columns that are not there, values no map names, names
//! that occur nowhere, metrics without values, questions the data cannot answer. It judges names and settings,
//! never the operation, and tells nothing of a person or of a group too small to be shown.

mod capabilities;
mod facts;
mod files;
mod logs;
mod mapping;
mod metrics;
mod names;
mod people;
mod rows;
mod written;

pub use capabilities::Need;
pub use facts::{
    ColumnFacts, Facts, FileFacts, Judged, MetricFacts, PeopleFacts, RefusedAt, SourceFacts, Volume,
};
pub use files::files;
pub use names::unmatched;

use crate::calendar::Period;
use crate::config::{Plan, Settings};
use crate::cube::Data;
use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::model::SourceId;
use crate::source::Surveyed;
use crate::words;

/// Characters of a value of the data.
const LONGEST: usize = 40;

/// A workspace beside its data.
pub struct Seen<'a> {
    pub plan: &'a Plan,
    pub settings: &'a Settings,
    pub surveyed: &'a [Surveyed],
    pub data: &'a Data,
    /// The last complete period.
    pub period: Period,
}

impl Seen<'_> {
    /// Mistakes and doubts, all of them, beside those that the files showed already.
    pub fn diagnostics(&self, files: &Diagnostics) -> Diagnostics {
        let mut found = Diagnostics::default();
        let all = rows::doubts(self).into_iter().chain(self.beyond_rows());
        for one in all.filter(|one| !is_explained(one, files)) {
            found.push(one);
        }
        found
    }

    /// Whether any contact counts: without one nothing can be said of names, values and rules.
    pub fn has_contacts(&self) -> bool {
        self.data.quality.source(SourceId::Contacts).is_some_and(|count| count.used > 0)
    }

    fn beyond_rows(&self) -> Vec<Diagnostic> {
        if !self.has_contacts() {
            return Vec::new();
        }
        let mut all: Vec<Diagnostic> =
            unmatched(self.plan, self.settings, self.data).sorted().into_iter().cloned().collect();
        all.extend(mapping::doubts(self));
        all.extend(logs::doubts(self));
        all.extend(people::doubts(self));
        all.extend(metrics::doubts(self));
        all
    }

    /// What was found, as plain data.
    pub fn facts(&self) -> Facts {
        Facts::of(self)
    }

    /// Where a key of a source is written, else where the source's path is.
    fn place_in(&self, source: SourceId, key: &str) -> Option<Place> {
        place_in(self.settings, source, key)
    }

    fn least(&self) -> u32 {
        self.plan.privacy.min_group
    }
}

/// Whether how the cells are written tells why already: a mistake of the same place or inside it.
fn is_explained(one: &Diagnostic, files: &Diagnostics) -> bool {
    let written = files.sorted().into_iter().filter(|other| ["GW303", "GW330"].contains(&other.code));
    let within = |inner: &Place, outer: &Place| {
        inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
    };
    written
        .filter_map(|other| other.place.as_ref().zip(one.place.as_ref()))
        .any(|(inner, outer)| within(inner, outer))
}

fn place_in(settings: &Settings, source: SourceId, key: &str) -> Option<Place> {
    let below = |key: &str| settings.place(&format!("sources.{}.{key}", source.name()));
    let written = below(key).or_else(|| below(&key.replace('_', "-")));
    written.or_else(|| below("path")).cloned()
}

/// Where an entry of a table is written, whose name may be no bare key.
fn place_of_entry(settings: &Settings, table: &str, name: &str) -> Option<Place> {
    let quoted = || settings.place(&format!("{table}.{}", serde_json::Value::from(name)));
    settings.place(&format!("{table}.{name}")).or_else(quoted).cloned()
}

fn placed(diagnostic: Diagnostic, place: Option<Place>) -> Diagnostic {
    Diagnostic { place, ..diagnostic }
}

/// A value of the data on one short line, without control characters.
fn shown(text: &str) -> String {
    words::shortened_to(text, LONGEST)
}

/// A file by its path, or by its name alone where the path is long.
fn file_shown(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    if path.chars().count() <= LONGEST { shown(path) } else { shown(name) }
}

/// What a rule needs, which may name a contact type.
fn shown_need(text: &str) -> String {
    const LONGEST: usize = 160;
    words::shortened_to(text, LONGEST)
}

/// `a`, `b` and `c`; of many the first few and how many more there are.
fn some<S: AsRef<str>>(all: &[S], most: usize) -> String {
    let mut told: Vec<String> =
        all.iter().take(most).map(|one| format!("`{}`", shown(one.as_ref()))).collect();
    if all.len() > most {
        told.push(format!("{} more", all.len() - most));
    }
    words::list(&told, &words::Locale::default())
}

/// A count with thousands separators.
fn count(number: u64) -> String {
    words::count(words::whole(number), &words::Locale::default())
}

/// `1 row`, `12 rows`.
fn counted(number: u64, word: &str) -> String {
    format!("{} {word}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A number of agents, which is not told where it is of a small group.
fn agents(number: usize, least: u32) -> String {
    match u32::try_from(number).unwrap_or(u32::MAX) {
        0 => "no agent".to_owned(),
        few if few < least => format!("fewer than {least} agents"),
        _ => counted(number as u64, "agent"),
    }
}

/// `part` of `all`, 0 to 1; 0 of nothing.
fn share(part: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { words::whole(part) / words::whole(all) }
}

fn percent(part: u64, all: u64) -> String {
    words::share(share(part, all), &words::Locale::default())
}

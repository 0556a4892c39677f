//! Where the columns of one file are: canonical names, segments and the names in expressions, resolved
//! against its headers. Everything that is missing is said at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::config::{ColumnPlan, SourcePlan};
use crate::cube::{Named, Values};
use crate::diag::nearest;
use crate::model::SourceId;
use crate::sql::{Expression, Name, Type};

/// The columns of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Canonical name to the column of the prepared table.
    pub(super) canonical: BTreeMap<String, String>,
    /// Columns made by joining two raw ones with a blank.
    pub(super) joined: BTreeMap<String, Vec<String>>,
    /// One per segment of the source.
    pub(super) segments: Vec<String>,
    pub(super) names: BTreeMap<(String, bool), Named>,
    /// Formats by column of the prepared table.
    pub(super) formats: BTreeMap<String, String>,
}

impl Layout {
    /// Columns of the file itself that must be read for these columns of the prepared table.
    pub(super) fn raw<'a>(&'a self, columns: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut raw = BTreeSet::new();
        for column in columns {
            match self.joined.get(column) {
                Some(parts) => raw.extend(parts.iter().map(String::as_str)),
                None => _ = raw.insert(column),
            }
        }
        raw.into_iter().collect()
    }
}

/// A column that is asked for and not among the headers; `near` is the header that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// `raw` is the header the workspace or its profile names for the canonical column; `others` is how many
    /// more a profile would take.
    Column {
        canonical: String,
        raw: String,
        others: usize,
        near: Option<String>,
    },
    Segment {
        name: String,
        near: Option<String>,
    },
    /// A name of a metric or filter.
    Name {
        name: String,
        near: Option<String>,
    },
    /// A name that is a raw column and the canonical name of another one.
    Both {
        name: String,
        canonical: String,
    },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { canonical, raw, others: 0, .. } => {
                write!(f, "no column `{raw}` for `{canonical}`")?;
            }
            Self::Column { canonical, raw, others, .. } => {
                write!(f, "no column `{raw}` or one of {others} other names for `{canonical}`")?;
            }
            Self::Segment { name, .. } => write!(f, "no column `{name}` for the segment")?,
            Self::Name { name, .. } => write!(f, "no column `{name}`, which an expression names")?,
            Self::Both { name, canonical } => write!(
                f,
                "`{name}` is both a raw column and the canonical one, which is `{canonical}` here; \
                 write \"{name}\" or \"{canonical}\" in double quotes"
            )?,
        }
        match self.near() {
            Some(near) => write!(f, ", did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

impl Missing {
    pub fn near(&self) -> Option<&str> {
        match self {
            Self::Column { near, .. } | Self::Segment { near, .. } | Self::Name { near, .. } => {
                near.as_deref()
            }
            Self::Both { .. } => None,
        }
    }
}

/// Finds every column, or says which are missing.
pub(super) fn resolve(source: &SourcePlan, headers: &[String]) -> Result<Layout, Vec<String>> {
    match look(source, headers) {
        (layout, missing) if missing.is_empty() => Ok(layout),
        (_, missing) => Err(missing.iter().map(ToString::to_string).collect()),
    }
}

/// What is there, and what is not.
pub(super) fn look(source: &SourcePlan, headers: &[String]) -> (Layout, Vec<Missing>) {
    let mut finder = Finder { headers, layout: Layout::default(), missing: Vec::new() };
    let needed = needed(source);
    for (canonical, column) in &source.columns {
        finder.canonical(canonical, column, needed.contains(canonical.as_ref() as &str));
    }
    for segment in &source.segments {
        let column = finder.segment(segment);
        finder.layout.segments.extend(column);
    }
    for expression in expressions(source) {
        for name in expression.names() {
            finder.name(source, &name);
        }
    }
    for (name, format) in &source.text.formats {
        finder.format(name, format);
    }
    (finder.layout, finder.missing)
}

/// The columns a configuration names, as if a file had just these.
pub(super) fn named(source: &SourcePlan) -> Vec<String> {
    let mapped = source.columns.values().flat_map(|column| column.raw.iter().cloned());
    let canonical = |name: &str| source.columns.contains_key(&name.replace('-', "_"));
    let segments = source.segments.iter().filter(|name| !canonical(name)).cloned();
    let names = expressions(source).flat_map(Expression::names);
    let written = names.filter(|name| name.quoted || !canonical(&name.name)).map(|name| name.name);
    let all: BTreeSet<String> = mapped.chain(segments).chain(written).collect();
    all.into_iter().collect()
}

pub(super) fn expressions(source: &SourcePlan) -> impl Iterator<Item = &Expression> {
    let measures =
        source.measures.iter().flat_map(|m| std::iter::once(&m.value).chain(m.denominator.as_ref()));
    source.filter.iter().chain(measures)
}

/// Canonical columns the source is worthless without.
fn needed(source: &SourcePlan) -> BTreeSet<&str> {
    let fixed: &[&str] = match source.id {
        SourceId::Roster => &["agent"],
        SourceId::Changes | SourceId::Volume => &["at"],
        _ => &["at", "agent"],
    };
    fixed.iter().copied().chain(source.dedupe.as_deref()).collect()
}

struct Finder<'a> {
    headers: &'a [String],
    layout: Layout,
    missing: Vec<Missing>,
}

impl Finder<'_> {
    fn canonical(&mut self, canonical: &str, plan: &ColumnPlan, needed: bool) {
        let found: Option<Vec<String>> = plan.raw.iter().map(|raw| find(self.headers, raw)).collect();
        let found = found.filter(|found| !found.is_empty());
        let alias = || plan.aliases.iter().find_map(|alias| find(self.headers, alias)).map(|one| vec![one]);
        match found.or_else(alias) {
            Some(parts) => self.place(canonical, parts),
            // What a profile lists may be absent from an export; what the workspace names may not.
            None if !needed && !plan.aliases.is_empty() => {}
            None => self.miss(canonical, plan),
        }
    }

    fn place(&mut self, canonical: &str, mut parts: Vec<String>) {
        let column = if parts.len() == 1 {
            parts.remove(0)
        } else {
            let mut name = parts.join(" ");
            while self.headers.contains(&name) {
                name.push(' ');
            }
            self.layout.joined.insert(name.clone(), parts);
            name
        };
        self.layout.canonical.insert(canonical.to_owned(), column);
    }

    fn miss(&mut self, canonical: &str, plan: &ColumnPlan) {
        for raw in plan.raw.iter().filter(|raw| find(self.headers, raw).is_none()) {
            let (canonical, raw, others) = (canonical.to_owned(), raw.clone(), plan.aliases.len());
            let near = self.near(&raw);
            self.missing.push(Missing::Column { canonical, raw, others, near });
        }
    }

    fn near(&self, name: &str) -> Option<String> {
        nearest(name, self.headers.iter().map(String::as_str)).map(str::to_owned)
    }

    fn segment(&mut self, segment: &str) -> Option<String> {
        let canonical = self.layout.canonical.get(&segment.replace('-', "_"));
        let found = canonical.cloned().or_else(|| find(self.headers, segment));
        if found.is_none() {
            let near = self.near(segment);
            self.missing.push(Missing::Segment { name: segment.to_owned(), near });
        }
        found
    }

    /// A bare name is the canonical column if mapped, else a raw one; quotes mean the raw column as spelt.
    fn name(&mut self, source: &SourcePlan, name: &Name) {
        let key = (name.name.clone(), name.quoted);
        if self.layout.names.contains_key(&key) {
            return;
        }
        let exact = self.headers.iter().find(|header| **header == name.name).cloned();
        let canonical = self.layout.canonical.get(&name.name).cloned();
        let column = match (name.quoted, canonical, exact) {
            (true, _, exact) => exact,
            (false, Some(canonical), Some(raw)) if canonical != raw => {
                return self.missing.push(Missing::Both { name: name.name.clone(), canonical });
            }
            (false, Some(canonical), _) => Some(canonical),
            (false, None, exact) => {
                exact.or_else(|| unique(self.headers, |h| h.eq_ignore_ascii_case(&name.name)))
            }
        };
        let Some(column) = column else {
            let near = self.near(&name.name);
            self.missing.push(Missing::Name { name: name.name.clone(), near });
            return;
        };
        let map = source.values.get(&name.name).filter(|_| !name.quoted);
        let values =
            map.map(|map| Values { patterns: map.patterns.clone(), otherwise: map.otherwise.clone() });
        self.layout.names.insert(key, Named { column, values, ty: Type::Any });
    }

    fn format(&mut self, name: &str, format: &str) {
        let canonical = self.layout.canonical.get(name).cloned();
        if let Some(column) = canonical.or_else(|| find(self.headers, name)) {
            self.layout.formats.insert(column, format.to_owned());
        }
    }
}

/// A header as written, else the only one that differs in case, spaces and punctuation alone.
pub(super) fn find(headers: &[String], name: &str) -> Option<String> {
    let exact = headers.iter().find(|header| *header == name);
    exact
        .cloned()
        .or_else(|| unique(headers, |header| !loose(name).is_empty() && loose(header) == loose(name)))
}

fn unique(headers: &[String], is: impl Fn(&str) -> bool) -> Option<String> {
    let mut found = headers.iter().filter(|header| is(header));
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}

fn loose(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Headers trimmed, and each of its own: a second `Name` becomes `Name (2)`.
pub(super) fn tidy(headers: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut tidied: Vec<String> = Vec::new();
    for header in headers {
        let header = header.trim().trim_start_matches('\u{feff}').to_owned();
        let count = seen.entry(header.clone()).or_insert(0);
        *count += 1;
        let mut name = if *count == 1 { header } else { format!("{header} ({count})") };
        while tidied.contains(&name) {
            name.push('\'');
        }
        tidied.push(name);
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn headers_match_exactly_first_and_then_without_case_spaces_and_punctuation() {
        let all = headers(&["Agent ID", "agent_id", "TALK TIME", "Résultat"]);
        assert_eq!(find(&all, "agent_id").as_deref(), Some("agent_id"));
        assert_eq!(find(&all, "talk-time").as_deref(), Some("TALK TIME"));
        assert_eq!(find(&all, "AgentID"), None, "two headers could be meant");
        assert_eq!(find(&all, "résultat").as_deref(), Some("Résultat"));
        assert_eq!(find(&all, "??"), None);
    }

    #[test]
    fn headers_are_each_of_their_own() {
        let all = tidy(headers(&["\u{feff}Name ", "Name", "Name (2)", "", ""]));
        assert_eq!(all, ["Name", "Name (2)", "Name (2)'", "", " (2)"]);
    }
}

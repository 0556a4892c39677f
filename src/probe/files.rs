//! Files that are not there or cannot be read, and columns the headers do not hold.

use std::collections::BTreeMap;

use super::written::expressions;
use super::{file_shown, place_in, placed, shown, some};
use crate::config::{Plan, Settings, SourcePlan};
use crate::diag::{Diagnostic, Diagnostics, Place, nearest, way_out};
use crate::model::SourceId;
use crate::source::{Missing, Surveyed, SurveyedFile};

/// Headers offered where none is near.
const OFFERED: usize = 12;

const EXPORT_AGAIN: &str = "export it again, or take it out of `path`";

/// What the files themselves show, of all sources and files at once.
pub fn files(plan: &Plan, settings: &Settings, surveyed: &[Surveyed]) -> Diagnostics {
    let mut found = Diagnostics::default();
    for one in surveyed {
        let Some(source) = plan.source(one.source) else { continue };
        let look = Look { plan, settings, source };
        let all = look.unreadable(one).into_iter();
        let all = all.chain(one.files.iter().filter_map(|file| look.without_header(file)));
        let all = all.chain(look.missing(one));
        let all = all.chain(one.files.iter().filter_map(|file| look.times(file)));
        all.chain(look.of_people(one)).chain(look.numbers(one)).for_each(|diagnostic| found.push(diagnostic));
    }
    found
}

/// One source under its configuration.
pub(super) struct Look<'a> {
    pub(super) plan: &'a Plan,
    pub(super) settings: &'a Settings,
    pub(super) source: &'a SourcePlan,
}

impl Look<'_> {
    pub(super) fn place(&self, key: &str) -> Option<Place> {
        place_in(self.settings, self.source.id, key)
    }

    pub(super) fn name(&self) -> &'static str {
        self.source.id.name()
    }

    fn unreadable(&self, one: &Surveyed) -> Vec<Diagnostic> {
        let at_path = |diagnostic: Diagnostic| placed(diagnostic, self.place("path"));
        let mut all = Vec::new();
        if let Some(why) = &one.trouble {
            let diagnostic = Diagnostic::error("GW300", format!("no {} data: {why}", self.name()));
            let help = match one.nearby.as_slice() {
                [] => "paths start at the workspace's folder".to_owned(),
                files => way_out(&self.source.path, files.iter().map(String::as_str)),
            };
            all.push(at_path(diagnostic.help(help)));
        }
        all.extend(one.files.iter().filter_map(|file| file.trouble.as_ref()).map(|why| {
            // What cannot be opened says the way out behind a semicolon, where there is one.
            let (what, help) = why.split_once("; ").unwrap_or((why, EXPORT_AGAIN));
            let title = format!("no {} data: {}", self.name(), shown_long(what));
            at_path(Diagnostic::error("GW300", title).help(shown_long(help)))
        }));
        let is_bare = |file: &SurveyedFile| {
            file.trouble.is_none() && file.sample.rows == 0 && file.written != "Parquet"
        };
        if !one.files.is_empty() && one.files.iter().all(is_bare) {
            let title = format!("no {} data: `{}` has a header and no rows", self.name(), self.source.path);
            all.push(at_path(Diagnostic::error("GW300", title).help(EXPORT_AGAIN)));
        }
        all
    }

    /// Files whose first line is no header, or one that is not taken apart.
    fn without_header(&self, file: &SurveyedFile) -> Option<Diagnostic> {
        if file.missing.is_empty() {
            return None;
        }
        if file.is_headless() {
            let title = format!(
                "the first line of `{}` reads like a row, not like a header",
                file_shown(&file.shown)
            );
            let diagnostic = Diagnostic::error("GW301", title).help("write the columns' names above it");
            return Some(placed(diagnostic, self.place("path")));
        }
        let separator = joined_by(file)?;
        let title = format!("the header of `{}` is one column", file_shown(&file.shown));
        let help = format!("write `separator = \"{}\"`", separator.escape_default());
        Some(placed(Diagnostic::error("GW301", title).help(help), self.place("separator")))
    }

    /// Each missing column once, with the files that lack it.
    fn missing(&self, one: &Surveyed) -> Vec<Diagnostic> {
        let mut lacking: BTreeMap<String, (&Missing, Vec<&SurveyedFile>)> = BTreeMap::new();
        for file in one.files.iter().filter(|file| self.without_header(file).is_none()) {
            for missing in &file.missing {
                lacking.entry(wanted(missing)).or_insert((missing, Vec::new())).1.push(file);
            }
        }
        lacking
            .into_values()
            .map(|(missing, without)| self.lacks(missing, &without, one.files.len()))
            .collect()
    }

    fn lacks(&self, missing: &Missing, without: &[&SurveyedFile], of: usize) -> Diagnostic {
        let place = match missing {
            Missing::Column { canonical, .. } => self.column_place(canonical),
            Missing::Segment { name, .. } => self.place("segments").map(|place| within(&place, name)),
            Missing::Name { name, .. } | Missing::Both { name, .. } => self.name_place(name),
        };
        let names: Vec<String> = without.iter().map(|file| file_shown(&file.shown)).collect();
        let where_ = match of {
            1 => format!("in {}", some(&names, 1)),
            of if of == names.len() => format!("in any of the {of} files"),
            of => format!("in {} ({} of {of} files)", some(&names, 3), names.len()),
        };
        let diagnostic = Diagnostic::error("GW301", format!("{} {where_}", said(missing)));
        let help = without.first().map(|file| way_out_of(missing, file));
        let help = match help {
            Some(help) if without.len() < of => {
                Some(format!("files of one source share their headers: rename this file's; {help}"))
            }
            help => help,
        };
        placed(diagnostic, place).maybe_help(help)
    }

    /// The workspace's own line, else the profile that maps the column.
    pub(super) fn column_place(&self, canonical: &str) -> Option<Place> {
        let kebab = canonical.replace('_', "-");
        let below = |key: &str| self.settings.place(&format!("sources.{}.{key}", self.name())).cloned();
        below(&format!("columns.{kebab}"))
            .or_else(|| below(&format!("columns.{canonical}")))
            .or_else(|| below("profile"))
            .or_else(|| below("path"))
    }

    /// The name inside the first expression that uses it.
    fn name_place(&self, name: &str) -> Option<Place> {
        let filter =
            self.source.filter.iter().map(|filter| (format!("sources.{}.filter", self.name()), filter));
        let measured = self.source.measures.iter().flat_map(|measure| expressions(self.plan, measure));
        let (key, used, expression) = filter.chain(measured).find_map(|(key, expression)| {
            let used = expression.names().into_iter().find(|used| used.name == name)?;
            Some((key, used, expression))
        })?;
        let place = self.settings.place(&key)?;
        Some(place.inside(expression.text(), &used.at))
    }
}

fn way_out_of(missing: &Missing, file: &SurveyedFile) -> String {
    let (name, near) = match missing {
        Missing::Both { name, canonical } => {
            let canonical = shown(canonical);
            return format!(
                "write `\\\"{name}\\\"` or `\\\"{canonical}\\\"`: double quotes mean the raw column"
            );
        }
        Missing::Column { raw, near, .. } => (raw, near),
        Missing::Segment { name, near } | Missing::Name { name, near } => (name, near),
    };
    let own = match missing {
        Missing::Column { canonical, .. } => nearest(canonical, file.unused.iter().map(String::as_str)),
        _ => None,
    };
    if let Some(near) = near.as_deref().or(own) {
        return format!("did you mean `{}`?", shown(near));
    }
    let spare: Vec<String> = file.unused.iter().map(|header| shown(header)).collect();
    match spare.as_slice() {
        [] => format!("`{}` has no other header", file_shown(&file.shown)),
        few if few.len() <= OFFERED => format!("headers still free: {}", some(few, OFFERED)),
        many => way_out(name, many.iter().map(String::as_str)),
    }
}

/// The separator that a header of one column holds.
fn joined_by(file: &SurveyedFile) -> Option<char> {
    let [only] = file.headers.as_slice() else { return None };
    [';', ',', '\t', '|'].into_iter().find(|separator| only.contains(*separator))
}

/// What is asked for, whatever lacks it.
fn wanted(missing: &Missing) -> String {
    match missing {
        Missing::Column { canonical, raw, .. } => format!("1 {canonical} {raw}"),
        Missing::Segment { name, .. } => format!("2 {name}"),
        Missing::Name { name, .. } | Missing::Both { name, .. } => format!("3 {name}"),
    }
}

fn said(missing: &Missing) -> String {
    match missing {
        Missing::Column { canonical, raw, others: 0, .. } => {
            format!("no column `{raw}` for `{}`", canonical.replace('_', "-"))
        }
        Missing::Column { canonical, raw, others, .. } => {
            format!(
                "no column `{raw}`, or one of {others} others of the profile, for `{}`",
                canonical.replace('_', "-")
            )
        }
        Missing::Segment { name, .. } => format!("no column `{name}` for the segment"),
        Missing::Name { name, .. } => format!("no column `{name}`"),
        Missing::Both { name, canonical } => {
            format!("`{name}` is a column and the canonical name of another, `{}`,", shown(canonical))
        }
    }
}

/// The place of a word inside a value.
pub(super) fn within(place: &Place, word: &str) -> Place {
    let whole = place.text();
    match whole.find(&format!("\"{word}\"")) {
        Some(at) => {
            Place { start: place.start + at, end: place.start + at + word.len() + 2, ..place.clone() }
        }
        None => place.clone(),
    }
}

fn shown_long(text: &str) -> String {
    const LONGEST: usize = 300;
    crate::words::shortened_to(text, LONGEST)
}

/// Headers of a source's files that nothing uses, with the canonical column each might be.
pub(super) fn unused(
    source: SourceId,
    plan: &Plan,
    file: &SurveyedFile,
) -> Vec<(String, Option<&'static str>)> {
    if file.is_headless() {
        return Vec::new();
    }
    let taken =
        |name: &str| plan.source(source).is_some_and(|own| own.columns.contains_key(&name.replace('-', "_")));
    let free: Vec<&'static str> =
        crate::config::canonical(source).iter().copied().filter(|name| !taken(name)).collect();
    let offer = |header: &String| nearest(&header.replace(' ', "-"), free.iter().copied());
    file.unused.iter().map(|header| (shown(header), offer(header))).collect()
}

//! Places in files and the diagnostics that point at them. A configuration mistake never stops the reading
//! of the rest: they are collected and shown together, each with its place, the way out and a stable code.

mod codes;
mod json;
mod mask;
mod render;

pub use codes::{CODES, Code, code, codes_page};
pub use json::json;

use std::ops::Range;
use std::sync::Arc;

/// A file of the workspace or of a built-in pack, as read.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Relative to the workspace, or `builtin:<pack>/<file>`.
    pub name: String,
    pub text: String,
    /// Where its lines end, in bytes: places are asked for by the thousand.
    ends: Vec<usize>,
}

impl SourceFile {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Arc::new(Self { name: name.into(), text, ends })
    }

    /// 1-based line of a byte offset.
    pub fn line(&self, at: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < at)
    }

    /// 1-based line of a byte offset, and column in characters.
    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = line.checked_sub(2).map_or(0, |before| self.ends[before] + 1);
        (line, 1 + self.text[start..at].chars().count())
    }
}

/// A range of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: Arc<SourceFile>,
    pub start: usize,
    pub end: usize,
}

impl Place {
    pub fn new(file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        let end = span.end.min(file.text.len());
        Self { file: Arc::clone(file), start: span.start.min(end), end }
    }

    pub fn line(&self) -> usize {
        self.file.line(self.start)
    }

    /// Line and column of the start, from 1; columns in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        self.file.line_and_column(self.start)
    }

    /// As [`Place::line_and_column`], behind the last character.
    pub fn end_line_and_column(&self) -> (usize, usize) {
        self.file.line_and_column(self.end)
    }

    /// What is written there.
    pub fn text(&self) -> &str {
        &self.file.text[self.start..self.end]
    }

    /// The place of a byte range inside a TOML string that starts at this place.
    ///
    /// Exact for strings without escapes; else the whole string.
    #[must_use]
    pub fn inside(&self, content: &str, range: &Range<usize>) -> Self {
        let raw = &self.file.text[self.start..self.end];
        let Some(offset) = raw.find(content) else { return self.clone() };
        let start = self.start + offset + range.start.min(content.len());
        let end = self.start + offset + range.end.min(content.len());
        Self { file: Arc::clone(&self.file), start, end: end.max(start) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
}

/// One mistake or doubt, with its place and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// One of [`CODES`].
    pub code: &'static str,
    pub level: Level,
    pub title: String,
    pub place: Option<Place>,
    /// What stands under the caret.
    pub label: String,
    /// Another place that belongs to it, and what it says.
    pub also: Option<(Place, String)>,
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn error(code: &'static str, title: impl Into<String>) -> Self {
        Self {
            code,
            level: Level::Error,
            title: title.into(),
            place: None,
            label: String::new(),
            also: None,
            help: None,
        }
    }

    pub fn warning(code: &'static str, title: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(code, title) }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also = Some((place, label.into()));
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// A listing of diagnostics, shown in the order of their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.0.contains(&diagnostic) {
            self.0.push(diagnostic);
        }
    }

    pub fn extend(&mut self, others: Self) {
        for other in others.0 {
            self.push(other);
        }
    }

    /// Pushes each.
    pub fn extend_with(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        others.into_iter().for_each(|other| self.push(other));
    }

    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|d| d.level == level).count()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of file and place; those without a place last.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.0.iter().collect();
        all.sort_by_key(|d| {
            (d.place.is_none(), d.place.as_ref().map(|p| (p.file.name.clone(), p.start)), d.level)
        });
        all
    }
}

/// The known name nearest to a misspelt one, if any is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase().replace('_', "-");
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase().replace('_', "-"));
        let near = distance <= 1 + word.chars().count() / 4 && distance < candidate.chars().count();
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The way out of an unknown name: the nearest one, else the valid ones.
pub fn way_out<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let mut all: Vec<&str> = known.into_iter().collect();
    if all.is_empty() {
        return "none is known here".into();
    }
    let (of, shown) =
        (all.len(), |all: &[&str]| all.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
    if of <= LISTED {
        return format!("known: {}", shown(&all));
    }
    // A page of names is no way out: the likeliest few of them are.
    all.sort_by(|a, b| {
        strsim::jaro_winkler(word, b).total_cmp(&strsim::jaro_winkler(word, a)).then(a.cmp(b))
    });
    format!("the nearest of {of} known: {}", shown(&all[..NEAREST]))
}

/// So many names are listed whole; of more, so many.
const LISTED: usize = 24;
const NEAREST: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("variabilty", ["variability", "gap"]), Some("variability"));
        assert_eq!(nearest("min_sd", ["min-sd"]), Some("min-sd"));
        assert_eq!(nearest("elephant", ["variability", "gap"]), None);
    }

    #[test]
    fn every_code_is_listed_once_and_explained() {
        for (i, one) in CODES.iter().enumerate() {
            assert!(one.explain.len() > 40, "{} has no explanation", one.id);
            assert!(CODES[..i].iter().all(|other| other.id != one.id));
        }
    }

    #[test]
    fn a_listing_shows_place_caret_code_and_way_out() {
        let file = SourceFile::new("gapwise.toml", "client = \"A\"\nzone = 1\n");
        let mut all = Diagnostics::default();
        let place = Place::new(&file, 13..17);
        all.push(Diagnostic::error("GW101", "unknown key `zone`").at(place).help("did you mean `timezone`?"));
        let text = all.render();
        assert!(text.contains("gapwise.toml:2:1") && text.contains("^^^^"), "{text}");
        assert!(text.contains("GW101") && text.contains("did you mean `timezone`?"), "{text}");
    }
}

//! The language of the pages and the client's own wording: `templates/phrases/<locale>.ftl`.

use std::collections::BTreeMap;
use std::path::Path;

use super::section::{At, Book, Section};
use super::workspace;
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile, way_out};
use crate::words::Locale;
use crate::words::phrases::{self, PhraseFile};
use crate::world::World;

/// Where phrase files lie below `templates/`.
const FOLDER: &str = "phrases/";

/// How a client's pages differ from the shipped ones.
#[derive(Clone, Debug, Default)]
pub struct OwnTheme {
    pub locale: Locale,
    /// The client's own templates by path below `templates/`.
    pub templates: BTreeMap<String, String>,
}

/// A workspace's templates and its wording of one locale. Nothing else of it is read, so that a mistake in a rule is
/// none here.
pub fn theme(folder: &Path, locale: &str, world: &World) -> Result<OwnTheme, Diagnostics> {
    let book = Book::new(SourceFile::new("gapwise.toml", ""));
    if !folder.join("gapwise.toml").is_file() {
        let title = format!("there is no `gapwise.toml` in `{}`", folder.display());
        book.note(Diagnostic::error("GW106", title).help("a workspace is a folder with one"));
    }
    let mut templates = workspace::templates(folder, world, &book);
    let files = phrase_files(&mut templates);
    for (name, text) in files.iter().filter(|(file, _)| tags(locale).any(|tag| tag == language(file))) {
        read(name, text, &book);
    }
    let own: Vec<&str> = tags(locale).flat_map(|tag| spoken(&files, tag)).collect();
    if own.is_empty() && !phrases::is_spoken(locale) {
        let title = format!("locale `{locale}` is neither shipped nor added by a phrase file");
        book.note(Diagnostic::error("GW104", title).help(format!("add `templates/{FOLDER}{locale}.ftl`")));
    }
    let found = book.diags.into_inner();
    if found.has_errors() {
        return Err(found);
    }
    Ok(OwnTheme { locale: Locale::with_phrases(locale, &own), templates })
}

/// The workspace's locale; British English where what is written is no language that can be spoken. Its phrase files
/// are taken out of the templates and read.
pub(super) fn locale(top: &Section<'_>, templates: &mut BTreeMap<String, String>, book: &Book) -> Locale {
    let files = phrase_files(templates);
    for (name, text) in &files {
        read(name, text, book);
    }
    let written = top.text("locale");
    let name = written.as_ref().map_or("en-GB", |at| at.value.as_str());
    unused(&files, name, book);
    let own: Vec<&str> = tags(name).flat_map(|tag| spoken(&files, tag)).collect();
    match &written {
        Some(at) if !is_said(at, &own, top) => Locale::default(),
        _ => Locale::with_phrases(name, &own),
    }
}

/// The files a locale is spoken by, the later over the earlier: `de`, then `de-AT`.
pub(super) fn tags(locale: &str) -> impl Iterator<Item = &str> {
    locale.match_indices('-').map(|(at, _)| &locale[..at]).chain([locale])
}

/// Whether a locale can be spoken; what is in the way is noted.
fn is_said(at: &At<String>, own: &[&str], top: &Section<'_>) -> bool {
    let name = at.value.as_str();
    let shipped = || way_out(name, phrases::languages().collect::<Vec<_>>());
    if !Locale::is_tag(name) {
        let title = format!("locale `{name}` is not a language tag");
        let help = format!("write one such as `fr` or `pt-BR`; {}", shipped());
        top.note(Diagnostic::error("GW104", title).at(at.place.clone()).help(help));
        return false;
    }
    if phrases::is_spoken(name) {
        return true;
    }
    if own.is_empty() {
        let title = format!("locale `{name}` is neither shipped nor added by a phrase file");
        let help = format!("add `templates/{FOLDER}{name}.ftl`; {}", shipped());
        top.note(Diagnostic::error("GW104", title).at(at.place.clone()).help(help));
        return false;
    }
    incomplete(name, own, at.place.clone(), top);
    true
}

fn phrase_files(templates: &mut BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (phrases, others) =
        std::mem::take(templates).into_iter().partition(|(name, _)| name.starts_with(FOLDER));
    *templates = others;
    phrases
}

fn spoken<'f>(files: &'f BTreeMap<String, String>, tag: &str) -> impl Iterator<Item = &'f str> {
    files.iter().filter(move |(file, _)| language(file) == tag).map(|(_, text)| text.as_str())
}

/// `phrases/fr.ftl` and `phrases/fr/findings.ftl` speak French.
fn language(file: &str) -> &str {
    let name = file.trim_start_matches(FOLDER);
    name.split_once('/').map_or(name.trim_end_matches(".ftl"), |(folder, _)| folder)
}

fn read(name: &str, text: &str, book: &Book) {
    let file = SourceFile::new(format!("templates/{name}"), text);
    for mistake in PhraseFile::of(text).mistakes() {
        let place = Place::new(&file, mistake.at);
        book.note(Diagnostic::error("GW141", mistake.message).at(place).maybe_help(mistake.help));
    }
}

/// A new language may be added message by message; what is missing is said once.
fn incomplete(name: &str, own: &[&str], place: Place, top: &Section<'_>) {
    let files: Vec<PhraseFile<'_>> = own.iter().map(|text| PhraseFile::of(text)).collect();
    let missing = PhraseFile::missing(&files);
    if missing > 0 {
        let title =
            format!("{missing} messages are not in the phrase files of `{name}` and are said in English");
        let help = "`gapwise schema phrases` prints all of them in English";
        top.note(Diagnostic::warning("GW142", title).at(place).help(help));
    }
}

/// A phrase file for a language that the workspace does not speak.
fn unused(files: &BTreeMap<String, String>, name: &str, book: &Book) {
    for (file, text) in files.iter().filter(|(file, _)| tags(name).all(|tag| tag != language(file))) {
        let place = Place::new(&SourceFile::new(format!("templates/{file}"), text.as_str()), 0..0);
        let title = format!("phrase file for `{}` is not used", language(file));
        let help =
            format!("the workspace's `locale` is `{name}`; call it `{FOLDER}{name}.ftl` or leave it out");
        book.note(Diagnostic::warning("GW142", title).at(place).help(help));
    }
}

//! What rules say in the reader's language: `words/<language>.toml` beside rule files, the workspace's `rules/words/`
//! last. Words take the place of texts that are there, and never make a rule speak that does not. A text is said as
//! the last file says it, so a client's override of a title keeps its own words over a pack's translation.

mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::packs::{RawRules, builtin_file};
use super::raw::RawRule;
use super::section::{At, Book, Section};
use super::shapes::WORDS_FILE;
use super::wording::tags;
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile};
use crate::words::Locale;
use crate::world::World;
pub(crate) use words::RawNames;
use words::Words;

/// Where a workspace's own rules and words lie.
const OWN: &str = "rules";

/// Puts the words of the workspace's language in the place of the texts they translate.
pub(super) fn translate(
    raw: &mut RawRules,
    top: &Section<'_>,
    (folder, world): (&Path, &World),
    found: &mut Diagnostics,
) {
    let locale = top.text_or("locale", "en-GB");
    if !Locale::is_tag(&locale) {
        return;
    }
    let files = files(raw, &locale, (folder, world), found);
    let order: BTreeMap<String, usize> =
        raw.files.iter().enumerate().map(|(at, file)| (file.clone(), at)).collect();
    for (at, file) in files {
        let book = Book::new(file);
        let parsed = book.parse();
        let words = Words { at, order: &order, strict: is_strict(&book.file.name, raw) };
        words.read(&Section::open(&book, parsed.get_ref(), 0..1, &WORDS_FILE), raw);
        found.extend(book.diags.into_inner());
    }
    unused(&locale, (folder, world), found);
}

/// A shipped pack's words are held against it by the tests: here a client may have put entries of its own in the
/// place of the pack's.
fn is_strict(file: &str, raw: &RawRules) -> bool {
    !file.starts_with("builtin:") && !raw.broken
}

/// `de` of `de-AT`.
fn language(locale: &str) -> &str {
    locale.split('-').next().unwrap_or_default()
}

/// The words files of a locale, each with the place among the rule files it has its say at.
fn files(
    raw: &RawRules,
    locale: &str,
    (folder, world): (&Path, &World),
    found: &mut Diagnostics,
) -> Vec<(usize, Arc<SourceFile>)> {
    let mut read = |name: String| match name.strip_prefix("builtin:") {
        Some(shipped) => Some(SourceFile::new(name.as_str(), builtin_file(shipped)?)),
        None if !folder.join(&name).is_file() => None,
        None => match world.read(&folder.join(&name)) {
            Ok(text) => Some(SourceFile::new(name, text)),
            Err(error) => {
                found.push(Diagnostic::error("GW106", format!("{error:#}")));
                None
            }
        },
    };
    let mut all = Vec::new();
    for (at, home) in homes(&raw.files) {
        let named = tags(locale)
            .map(|tag| if home.is_empty() { named(tag) } else { format!("{home}/{}", named(tag)) });
        all.extend(named.filter_map(&mut read).map(|file| (at, file)));
    }
    all
}

fn named(tag: &str) -> String {
    format!("words/{tag}.toml")
}

/// The folders that hold rule files, each at its last one; the workspace's own behind all.
fn homes(files: &[String]) -> Vec<(usize, &str)> {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        all.insert(file.rsplit_once('/').map_or("", |(folder, _)| folder), at);
    }
    all.insert(OWN, usize::MAX);
    let mut all: Vec<(usize, &str)> = all.into_iter().map(|(folder, at)| (at, folder)).collect();
    all.sort_unstable();
    all
}

/// Words of the workspace's own in a language it does not speak.
fn unused(locale: &str, (folder, world): (&Path, &World), found: &mut Diagnostics) {
    for path in world.glob(folder, &format!("{OWN}/words/*")).unwrap_or_default() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if tags(locale).any(|tag| name == format!("{tag}.toml")) {
            continue;
        }
        let shown = format!("{OWN}/words/{name}");
        let place = Place::new(&SourceFile::new(shown.as_str(), world.read(&path).unwrap_or_default()), 0..0);
        let title = format!("words file `{shown}` is not used");
        let help = format!(
            "the workspace's `locale` is `{locale}`; call it `{OWN}/words/{}.toml` or leave it out",
            language(locale)
        );
        found.push(Diagnostic::warning("GW142", title).at(place).help(help));
    }
}

/// Texts of shipped packs that no words file of the language says. What a client writes is in the client's language.
pub(super) fn untranslated(raw: &RawRules, locale: &str, top: &Section<'_>) -> Option<Diagnostic> {
    if language(locale) == "en" || raw.broken {
        return None;
    }
    let is_left = |text: &&At<String>| raw.files.contains(&text.place.file.name) && is_shipped(text);
    let off =
        |rule: &&RawRule| !raw.disables.iter().any(|one| !one.has_where && one.rule.value == rule.id.value);
    let rules = raw.rules.iter().filter(off);
    let said = rules.clone().flat_map(|rule| {
        let own = [&rule.title, &rule.say, &rule.change_our_mind].into_iter().flatten();
        own.chain(&rule.observe)
    });
    let asked = raw.decisions.iter().flat_map(|d| [&d.what, &d.owner].into_iter().chain(&d.risk));
    let labels = raw.patterns.iter().map(|one| &one.label).chain(raw.causes.iter().map(|one| &one.label));
    let reasons = raw.caps.iter().map(|cap| &cap.because);
    let texts = said.chain(asked).chain(labels).chain(reasons).filter(is_left).count();
    let unnamed = rules.filter(|rule| is_shipped(&rule.id) && !raw.names.has_signal(rule.signal_name()));
    let left = texts + unnamed.count();
    (left > 0).then(|| {
        let title =
            format!("{left} texts of shipped rules have no words in `{locale}` and are said in English");
        let help = format!(
            "write them in `{OWN}/words/{}.toml`; `gapwise config` prints them with their places",
            language(locale)
        );
        Diagnostic::warning("GW142", title).at(top.place_of("locale")).help(help)
    })
}

fn is_shipped(text: &At<String>) -> bool {
    text.place.file.name.starts_with("builtin:")
}

//! What rules say in the reader's language: `words/<language>.toml` beside rule files, the workspace's `rules/words/`
//! last. Words take the place of texts that are there, and never make a rule speak that does not. A text is said as
//! the last file says it, so a client's override of a title keeps its own words over a pack's translation.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::packs::{RawRules, builtin_file};
use super::plan::Names;
use super::raw::{RawDecision, RawRule};
use super::section::{At, Book, Section, snake};
use super::settings::{Field, quoted};
use super::shapes::{CAP_WORDS, DECISION_WORDS, LABEL_WORDS, RULE_WORDS, WORDS_FILE};
use super::wording::tags;
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile, way_out};
use crate::model::Shape;
use crate::world::World;

/// Where a workspace's own rules and words lie.
const OWN: &str = "rules";

/// What signals, forms and weights are called: by list, then by id.
#[derive(Default)]
pub(crate) struct RawNames {
    all: BTreeMap<(&'static str, String), String>,
    pub(crate) written: Vec<Field>,
}

impl RawNames {
    /// The later name stands.
    fn put(&mut self, list: &'static str, id: String, label: At<String>) {
        take(&mut self.written, &format!("{list}.{}", quoted(&id)), label.place);
        self.all.insert((list, id), label.value);
    }

    fn has_signal(&self, signal: String) -> bool {
        self.all.contains_key(&("signal", signal))
    }

    pub(crate) fn plain(&self) -> Names {
        let of = |list: &str| {
            let own = self.all.iter().filter(|((of, _), _)| *of == list);
            own.map(|((_, id), label)| (id.clone(), label.clone())).collect()
        };
        Names { signals: of("signal"), forms: of("form"), weights: of("weight") }
    }
}

/// Puts the words of the workspace's language in the place of the texts they translate.
pub(super) fn translate(
    raw: &mut RawRules,
    top: &Section<'_>,
    (folder, world): (&Path, &World),
    found: &mut Diagnostics,
) {
    let locale = top.text_or("locale", "en-GB");
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

/// A words file being read.
struct Words<'w> {
    at: usize,
    order: &'w BTreeMap<String, usize>,
    /// Whether what nothing in force carries is a mistake.
    strict: bool,
}

impl Words<'_> {
    fn read(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (id, section) in tables(top, "rule", &RULE_WORDS) {
            match raw.rules.iter_mut().find(|rule| rule.id.value == id.value) {
                Some(rule) => self.rule(&section, rule),
                None => self.unknown("rule", &id, raw.rules.iter().map(|rule| &rule.id.value), top),
            }
        }
        for (id, section) in tables(top, "decision", &DECISION_WORDS) {
            match raw.decisions.iter_mut().find(|one| one.id.value == id.value) {
                Some(decision) => self.decision(&section, decision),
                None => self.unknown("decision", &id, raw.decisions.iter().map(|one| &one.id.value), top),
            }
        }
        self.labels(top, raw);
        self.caps(top, raw);
        self.names(top, raw);
    }

    fn rule(&self, section: &Section<'_>, rule: &mut RawRule) {
        let written = &mut rule.written;
        self.put_if_said(section, "title", &mut rule.title, written);
        self.put_if_said(section, "say", &mut rule.say, written);
        self.put_if_said(section, "change-our-mind", &mut rule.change_our_mind, written);
        let Some(first) = rule.observe.first() else { return self.nothing_to_say(section, "observe") };
        if section.get("observe").is_some() && self.is_newer(first) {
            rule.observe = section.texts("observe");
            take(written, "observe", section.place_of("observe"));
        }
    }

    fn decision(&self, section: &Section<'_>, decision: &mut RawDecision) {
        self.put(section, "what", &mut decision.what, &mut decision.written);
        self.put(section, "owner", &mut decision.owner, &mut decision.written);
        self.put_if_said(section, "risk", &mut decision.risk, &mut decision.written);
    }

    fn labels(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (id, section) in tables(top, "pattern", &LABEL_WORDS) {
            match raw.patterns.iter_mut().find(|one| one.id.value == id.value) {
                Some(one) => self.put(&section, "label", &mut one.label, &mut one.written),
                None => self.unknown("pattern", &id, raw.patterns.iter().map(|one| &one.id.value), top),
            }
        }
        for (id, section) in tables(top, "cause", &LABEL_WORDS) {
            match raw.causes.iter_mut().find(|one| one.id.value == id.value) {
                Some(one) => self.put(&section, "label", &mut one.label, &mut one.written),
                None => self.unknown("cause", &id, raw.causes.iter().map(|one| &one.id.value), top),
            }
        }
    }

    /// Caps have no id: what they rest on names them.
    fn caps(&self, top: &Section<'_>, raw: &mut RawRules) {
        for (when, section) in tables(top, "cap", &CAP_WORDS) {
            let mut any = false;
            for cap in raw.caps.iter_mut().filter(|cap| cap.when.value == when.value) {
                self.put(&section, "because", &mut cap.because, &mut cap.written);
                any = true;
            }
            if !any {
                self.unknown("cap", &when, raw.caps.iter().map(|cap| &cap.when.value), top);
            }
        }
    }

    fn names(&self, top: &Section<'_>, raw: &mut RawRules) {
        let signals: Vec<String> = raw.rules.iter().map(RawRule::signal_name).collect();
        for (name, label) in texts(top, "signal") {
            let signal = At { value: snake(&name.value), place: name.place };
            if signals.contains(&signal.value) {
                raw.names.put("signal", signal.value, label);
            } else {
                self.unknown("signal", &signal, signals.iter(), top);
            }
        }
        let forms = || raw.verdicts.iter().flat_map(|one| &one.forms).map(|(id, _)| &id.value);
        for (name, label) in texts(top, "form") {
            // Verdicts are written anew whole, so the words of a pack may speak of forms that are gone.
            if self.at < usize::MAX || forms().any(|form| *form == name.value) {
                raw.names.put("form", name.value, label);
            } else {
                self.unknown("form", &name, forms(), top);
            }
        }
        let weights = || raw.weights.iter().map(|one| &one.when.value);
        for (name, label) in texts(top, "weight") {
            if weights().any(|when| *when == name.value) {
                raw.names.put("weight", name.value, label);
            } else {
                self.unknown("weight", &name, weights(), top);
            }
        }
    }

    /// Whether these words stand behind a text that is in force.
    fn is_newer(&self, text: &At<String>) -> bool {
        // Words that were put in the place of a text are not among the rule files, and were read before these.
        self.order.get(&text.place.file.name).is_none_or(|at| *at <= self.at)
    }

    fn put(&self, section: &Section<'_>, key: &str, text: &mut At<String>, written: &mut Vec<Field>) {
        let Some(new) = section.text(key).filter(|_| self.is_newer(text)) else { return };
        take(written, key, new.place.clone());
        *text = new;
    }

    fn put_if_said(
        &self,
        section: &Section<'_>,
        key: &str,
        text: &mut Option<At<String>>,
        written: &mut Vec<Field>,
    ) {
        match text {
            Some(text) => self.put(section, key, text, written),
            None => self.nothing_to_say(section, key),
        }
    }

    fn nothing_to_say(&self, section: &Section<'_>, key: &str) {
        if self.strict && section.get(key).is_some() {
            let title = format!("there is no `{key}` to say in other words");
            let help =
                "words change how something is said, never whether it is: write it in the rule file first";
            section.note(Diagnostic::error("GW143", title).at(section.key_place(key)).help(help));
        }
    }

    fn unknown<'k>(
        &self,
        what: &str,
        id: &At<String>,
        known: impl Iterator<Item = &'k String>,
        top: &Section<'_>,
    ) {
        if self.strict {
            let mut known: Vec<&str> = known.map(String::as_str).collect();
            known.sort_unstable();
            known.dedup();
            let title = format!("words for {what} `{}`, which is not in force", id.value);
            let help = way_out(&id.value, known);
            top.note(Diagnostic::error("GW143", title).at(id.place.clone()).help(help));
        }
    }
}

/// The tables of one list of entries, by id.
fn tables<'a>(top: &Section<'a>, key: &str, shape: &Shape) -> Vec<(At<String>, Section<'a>)> {
    let open = |(id, value): (At<String>, &'a Spanned<DeValue<'a>>)| {
        let table = value.get_ref().as_table()?;
        Some((id, Section::open(top.book, table, value.span(), shape)))
    };
    top.entries(key).into_iter().filter_map(open).collect()
}

/// The entries of a table of texts.
fn texts(top: &Section<'_>, key: &str) -> Vec<(At<String>, At<String>)> {
    let text = |(name, value): (At<String>, &Spanned<DeValue<'_>>)| {
        let text = value.get_ref().as_str()?.to_owned();
        Some((name, At { value: text, place: top.book.place(value.span()) }))
    };
    top.entries(key).into_iter().filter_map(text).collect()
}

/// Notes that a value is in force now, and what it has taken the place of.
fn take(written: &mut Vec<Field>, key: &str, place: Place) {
    let mut field = Field { key: key.to_owned(), place, was: Vec::new(), why: None };
    match written.iter_mut().find(|own| own.key == key) {
        Some(own) => {
            field.was = [&own.was[..], std::slice::from_ref(&own.place)].concat();
            *own = field;
        }
        None => written.push(field),
    }
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
    let is_left = |text: &At<String>| raw.files.contains(&text.place.file.name) && is_shipped(text);
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
    let texts = said.chain(asked).chain(labels).chain(reasons).filter(|text| is_left(text)).count();
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

//! The sentences of the pages, by id, in Fluent: one catalogue a language under `templates/phrases/`, a file a part
//! of the page. Code chooses the message and gives it names and numbers that are already in the reader's form; what
//! stands where in the sentence, and which form a count takes, is the catalogue's. A client's file changes single
//! messages of a shipped language or adds a language; what that does not say is said in British English.

mod check;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

pub use check::{PhraseFile, is_column, is_fixed, is_known, known, said_in};

use super::icu;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/phrases");

/// The language whose catalogue is complete.
pub(super) const BASE: &str = "en-GB";

type Bundle = FluentBundle<Arc<FluentResource>>;
type Parsed = BTreeMap<&'static str, Vec<Arc<FluentResource>>>;

/// The shipped catalogues, parsed once.
static PARSED: LazyLock<Parsed> = LazyLock::new(|| {
    let folders = SHIPPED.dirs().filter_map(|folder| Some((folder.path().to_str()?, folder)));
    let texts = |folder: &'static Dir<'static>| folder.files().filter_map(|file| file.contents_utf8());
    folders.map(|(name, folder)| (name, texts(folder).map(parsed).collect())).collect()
});

/// What is said where another language says nothing.
static FALLBACK: LazyLock<Bundle> = LazyLock::new(|| bundle(BASE, &shipped(BASE), &[]));

/// The messages of one locale, a client's own in front.
pub(super) struct Phrases {
    own: Bundle,
}

impl Phrases {
    /// A shipped language, or one that only the client's files speak.
    pub(super) fn of(locale: &str, clients: &[&str]) -> Self {
        let clients: Vec<Arc<FluentResource>> = clients.iter().map(|text| parsed(text)).collect();
        Self { own: bundle(locale, &shipped(locale), &clients) }
    }

    /// The message in words. An id that no catalogue has is a mistake of ours and is printed as it stands.
    pub(super) fn say(&self, id: &str, args: &FluentArgs<'_>) -> String {
        for bundle in [&self.own, &*FALLBACK] {
            let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else { continue };
            let mut errors: Vec<FluentError> = Vec::new();
            let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
            debug_assert!(errors.is_empty(), "message `{id}`: {errors:?}");
            return text;
        }
        debug_assert!(false, "no catalogue has a message `{id}`");
        id.to_owned()
    }

    /// A message without values, if the language itself has it.
    pub(super) fn own(&self, id: &str) -> Option<String> {
        let pattern = self.own.get_message(id)?.value()?;
        Some(self.own.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }
}

/// The languages shipped, in the order of their names.
pub fn languages() -> impl Iterator<Item = &'static str> {
    PARSED.keys().copied()
}

/// The shipped files of a language by path, for checks.
pub fn texts(locale: &str) -> Vec<(&'static str, &'static str)> {
    let folder = SHIPPED.get_dir(locale);
    let files = folder.into_iter().flat_map(Dir::files);
    files.filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))).collect()
}

/// Whether a locale's language is shipped: `de-AT` speaks as `de` does, `en-AU` as `en-GB`.
pub fn is_spoken(locale: &str) -> bool {
    [locale, language(locale)].into_iter().any(|name| PARSED.contains_key(name))
}

/// Every message in British English that a client's file may say otherwise, as one file to copy from.
pub fn open() -> String {
    let mut texts = texts(BASE);
    texts.sort_unstable();
    let open = texts.into_iter().filter(|(path, _)| !path.ends_with("/fixed.ftl"));
    open.map(|(_, text)| text.trim_end()).collect::<Vec<_>>().join("\n\n") + "\n"
}

/// The catalogue beneath those of a language's places; all English ones stand on the British.
fn language(locale: &str) -> &str {
    match locale.split('-').next().unwrap_or_default() {
        "en" => BASE,
        language => language,
    }
}

/// A place's catalogue says only what it says otherwise than its language's.
fn shipped(locale: &str) -> Vec<Arc<FluentResource>> {
    let of = |name: &str| PARSED.get(name).cloned().unwrap_or_default();
    let language = language(locale);
    if locale == language { of(locale) } else { [of(language), of(locale)].concat() }
}

fn bundle(locale: &str, shipped: &[Arc<FluentResource>], clients: &[Arc<FluentResource>]) -> Bundle {
    let language: LanguageIdentifier = locale.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // Isolation marks would stand in mails, Markdown and CSV, where nothing hides them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number_in_words));
    for resource in shipped.iter().chain(clients) {
        bundle.add_resource_overriding(Arc::clone(resource));
    }
    bundle
}

/// What can be read of a file; its mistakes are found by [`check`].
fn parsed(text: &str) -> Arc<FluentResource> {
    Arc::new(FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource))
}

/// A number that a message prints itself: with the language's own separators.
fn number_in_words(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else { return None };
    memoizer.with_try_get::<Language, _, _>((), |language| icu::decimal(&language.0, &value.to_string())).ok()
}

/// The name of a bundle's language.
struct Language(String);

impl Memoizable for Language {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        Ok(Self(language.to_string()))
    }
}

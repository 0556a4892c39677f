//! Templates to bytes. The embedded templates are there always; a client's file of the same path replaces one
//! page or one component. What protects people is put in afterwards, by code, where no template can drop it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, TeraResult};

use super::context::{Context, PageKind};
use super::{escape, mail, pages};
use crate::diag::way_out;
use crate::words::phrases;
use crate::words::{Locale, Said, say};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// How a client's pages differ from the shipped ones.
#[derive(Clone, Copy, Debug)]
pub struct Theme<'a> {
    pub locale: &'a Locale,
    /// The client's own templates by path.
    pub templates: &'a BTreeMap<String, String>,
}

/// Renders one report by its template's name.
pub fn page(name: &str, context: &Context, theme: Theme<'_>) -> Result<Vec<u8>> {
    filled(&engine(Format::of(name), theme)?, name, context, theme.locale)
}

/// Every file of one report by name: one, or one for each team.
pub fn report(name: &str, context: &Context, theme: Theme<'_>) -> Result<Vec<(String, Vec<u8>)>> {
    let tera = engine(Format::of(name), theme)?;
    let file =
        |(file, seen): (String, Cow<'_, Context>)| Ok((file, filled(&tera, name, &seen, theme.locale)?));
    pages::of(name, context).into_iter().map(file).collect()
}

fn filled(tera: &Tera, name: &str, context: &Context, locale: &Locale) -> Result<Vec<u8>> {
    let template = template_for(name, context);
    let values = tera::Context::from_serialize(context).map_err(|error| anyhow!("{error}"))?;
    let body = tera.render(template, &values).map_err(|error| anyhow!("{error}"));
    let body = body.with_context(|| format!("cannot render `{template}`"))?;
    let page = guarded(&body, Format::of(name), context, locale);
    let page = match Format::of(name) {
        _ if !pages::is_mail(name) => page,
        Format::Html => mail::inlined(&page)?,
        Format::Markdown | Format::Plain => mail::folded(&page),
    };
    Ok(page.into_bytes())
}

/// The embedded templates by path, for `init` and for tests.
pub fn embedded() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    collect(&TEMPLATES, &mut found);
    found
}

/// Fails where there is no such page, with the nearest that there is.
pub fn is_page(name: &str, theme: Theme<'_>) -> Result<()> {
    let shipped = embedded();
    let all = shipped.keys().chain(theme.templates.keys()).map(String::as_str);
    let pages: BTreeSet<&str> = all.filter(|path| !path.contains('/') && !FRAMES.contains(path)).collect();
    let help = way_out(name, pages.iter().copied());
    ensure!(pages.contains(name), "template `{name}` is neither shipped nor under `templates/`; {help}");
    Ok(())
}

/// Templates that no report asks for by name.
const FRAMES: [&str; 6] =
    ["index.html", "layout.html", "no-team.html", "no-team.md", "withheld.html", "withheld.md"];

/// What a name's ending says about escaping.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    Markdown,
    /// Read as it stands: nothing in it means anything but itself.
    Plain,
}

impl Format {
    pub(super) fn of(name: &str) -> Self {
        let ending = Path::new(name).extension().unwrap_or_default();
        match ending.to_ascii_lowercase().to_str() {
            Some("html" | "htm") => Self::Html,
            Some("txt") => Self::Plain,
            _ => Self::Markdown,
        }
    }
}

/// A withheld report is the same page whatever was asked for, but for a mail, which has its own look. Where no team
/// has a page, one page says so.
pub(super) fn template_for<'n>(name: &'n str, context: &Context) -> &'n str {
    let format = Format::of(name);
    match context.page.kind {
        _ if pages::is_mail(name) => name,
        PageKind::Withheld if format == Format::Html => "withheld.html",
        PageKind::Withheld => "withheld.md",
        _ if context.team.is_some() || !pages::is_of_teams(name) => name,
        _ if format == Format::Html => "no-team.html",
        _ => "no-team.md",
    }
}

pub(super) fn engine(format: Format, theme: Theme<'_>) -> Result<Tera> {
    let mut tera = Tera::default();
    match format {
        Format::Html => tera.set_escape_fn(escape::html),
        Format::Markdown => {
            tera.set_escape_fn(escape::markdown);
            tera.autoescape_on([".md", ".markdown"]);
        }
        Format::Plain => {
            tera.set_escape_fn(escape::plain);
            tera.autoescape_on([".md", ".txt", ".markdown"]);
        }
    }
    prepare(&mut tera, theme.locale).map_err(|error| anyhow!("{error}"))?;
    let base = embedded().into_iter().map(|(path, text)| (format!("base/{path}"), text.to_owned()));
    let client = theme.templates.iter().map(|(path, text)| (format!("client/{path}"), text.clone()));
    tera.add_raw_templates(base.chain(client)).map_err(|error| anyhow!("{error}"))?;
    Ok(tera)
}

/// What every template may use: the client's file in the place of ours, and messages.
pub(super) fn prepare(tera: &mut Tera, locale: &Locale) -> TeraResult<()> {
    let locale = locale.clone();
    tera.register_function("say", move |given: Kwargs, _: &State| said(&locale, &given));
    tera.register_filter("css_text", |text: &str, _: Kwargs, _: &State| escape::css(text));
    tera.set_fallback_prefixes(["client/", "base/"])
}

/// A message of the locale's catalogue: `{{ say(id="decisions-asked", n=3) }}`.
fn said(locale: &Locale, given: &Kwargs) -> TeraResult<String> {
    let id: &str = given.must_get("id")?;
    if !phrases::is_known(id) {
        return Err(tera::Error::message(format!("unknown message `{id}`")));
    }
    let named = given.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
    let said = |value: &tera::Value| value.as_f64().map_or_else(|| Said::from(value.to_string()), Said::from);
    let given = named.filter(|(name, _)| *name != "id").map(|(name, value)| (name, said(value))).collect();
    Ok(locale.say(id, given))
}

fn collect(folder: &'static Dir<'static>, found: &mut BTreeMap<String, &'static str>) {
    for file in folder.files() {
        let phrases = file.path().extension().is_some_and(|ending| ending == "ftl");
        if let Some(text) = file.contents_utf8().filter(|_| !phrases) {
            found.insert(file.path().to_string_lossy().replace('\\', "/"), text);
        }
    }
    for below in folder.dirs() {
        collect(below, found);
    }
}

/// A page about no single report, with the footer that every page has.
pub(super) fn with_purpose(body: &str, locale: &Locale) -> String {
    guarded(body, Format::Html, &Context::default(), locale)
}

/// The page with its fixed footer, and the caution wherever coaching is spoken of.
fn guarded(body: &str, format: Format, context: &Context, locale: &Locale) -> String {
    let caution = context.caution.then(|| ("gw-caution", say!(locale, "fixed-caution")));
    let individual =
        (!context.people.agents.is_empty()).then(|| ("gw-caution", say!(locale, "fixed-individual")));
    let purpose = say!(locale, "fixed-purpose");
    let notes = caution.into_iter().chain(individual);
    match format {
        Format::Html => {
            let notes: String = notes.map(|(class, text)| paragraph(class, &text)).collect();
            let fixed =
                format!("<footer class=\"gw-fixed\">{notes}{}</footer>\n", paragraph("gw-purpose", &purpose));
            let at = body.rfind("</body>").unwrap_or(body.len());
            format!("{}{fixed}{}", &body[..at], &body[at..])
        }
        Format::Markdown => {
            let notes: String =
                notes.flat_map(|(_, text)| ["> ".to_owned(), text, "\n>\n".to_owned()]).collect();
            format!("{}\n\n---\n{notes}> {purpose}\n", body.trim_end())
        }
        Format::Plain => {
            let notes: String = notes.flat_map(|(_, text)| [text, "\n\n".to_owned()]).collect();
            format!("{}\n\n----\n\n{notes}{purpose}\n", body.trim_end())
        }
    }
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{text}</p>")
}

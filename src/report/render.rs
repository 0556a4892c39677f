//! Templates to bytes. The embedded templates are there always; a client's file of the same path replaces one
//! page or one component. What protects people is put in afterwards, by code, where no template can drop it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use include_dir::{Dir, include_dir};
use tera::Tera;

use super::context::{Context, PageKind};
use super::escape;
use super::people::PeopleView;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const PURPOSE: &str = "This report looks for obstacles in how work is organised. It is not made for assessing \
    individuals and is too uncertain for it: do not use it in appraisal, pay, discipline or dismissal.";

const CAUTION: &str = "Coaching sessions on contact types that the operation decides were given where nobody \
    could have moved the result. They are not evidence about any agent or any coach.";

const INDIVIDUAL: &str = "Individual view: each figure includes luck and the mix of contacts. No decision about a \
    person may rest on it.";

/// Renders one report by its template's name. It shows no person and no single contact.
pub fn page(name: &str, context: &Context, own: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    page_for(name, context, &PeopleView::default(), own)
}

/// [`page`] with what it may show of people and contacts.
pub(super) fn page_for(
    name: &str,
    context: &Context,
    people: &PeopleView,
    own: &BTreeMap<String, String>,
) -> Result<Vec<u8>> {
    let template = template_for(name, context.page.kind);
    let tera = engine(Format::of(name), own)?;
    let mut values = tera::Context::from_serialize(context).map_err(|error| anyhow!("{error}"))?;
    values.insert("people", people);
    let body = tera.render(&template, &values).map_err(|error| anyhow!("{error}"));
    let body = body.with_context(|| format!("cannot render `{template}`"))?;
    Ok(guarded(&body, Format::of(name), context, people).into_bytes())
}

/// The embedded templates by path, for `init` and for tests.
pub fn embedded() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    collect(&TEMPLATES, &mut found);
    found
}

/// What a name's ending says about escaping.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Html,
    Text,
}

impl Format {
    pub(super) fn of(name: &str) -> Self {
        let ending = std::path::Path::new(name).extension();
        if ending.is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm")) {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// A withheld report is the same page whatever was asked for.
fn template_for(name: &str, kind: PageKind) -> String {
    match (kind, Format::of(name)) {
        (PageKind::Withheld, Format::Html) => "withheld.html".to_owned(),
        (PageKind::Withheld, Format::Text) => "withheld.md".to_owned(),
        _ => name.to_owned(),
    }
}

pub(super) fn engine(format: Format, own: &BTreeMap<String, String>) -> Result<Tera> {
    let mut tera = Tera::default();
    match format {
        Format::Html => tera.set_escape_fn(escape::html),
        Format::Text => {
            tera.set_escape_fn(escape::markdown);
            tera.autoescape_on([".md", ".txt", ".markdown"]);
        }
    }
    tera.set_fallback_prefixes(["client/", "base/"]).map_err(|error| anyhow!("{error}"))?;
    let base = embedded().into_iter().map(|(path, text)| (format!("base/{path}"), text.to_owned()));
    let client = own.iter().map(|(path, text)| (format!("client/{path}"), text.clone()));
    tera.add_raw_templates(base.chain(client)).map_err(|error| anyhow!("{error}"))?;
    Ok(tera)
}

fn collect(folder: &'static Dir<'static>, found: &mut BTreeMap<String, &'static str>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            found.insert(file.path().to_string_lossy().replace('\\', "/"), text);
        }
    }
    for below in folder.dirs() {
        collect(below, found);
    }
}

/// The page with its fixed footer, and the caution wherever coaching is spoken of.
fn guarded(body: &str, format: Format, context: &Context, people: &PeopleView) -> String {
    let caution = context.caution.then_some(("gw-caution", CAUTION));
    let individual = (!people.agents.is_empty()).then_some(("gw-caution", INDIVIDUAL));
    let notes = caution.into_iter().chain(individual);
    match format {
        Format::Html => {
            let notes: String = notes.map(|(class, text)| paragraph(class, text)).collect();
            let fixed =
                format!("<footer class=\"gw-fixed\">{notes}{}</footer>\n", paragraph("gw-purpose", PURPOSE));
            let at = body.rfind("</body>").unwrap_or(body.len());
            format!("{}{fixed}{}", &body[..at], &body[at..])
        }
        Format::Text => {
            let notes: String = notes.flat_map(|(_, text)| ["> ", text, "\n>\n"]).collect();
            format!("{}\n\n---\n{notes}> {PURPOSE}\n", body.trim_end())
        }
    }
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{text}</p>")
}

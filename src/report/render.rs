//! Templates to bytes. The embedded templates are there always; a client's file of the same path replaces one
//! page or one component. What protects people is put in afterwards, by code, where no template can drop it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use include_dir::{Dir, include_dir};
use tera::Tera;

use super::context::{Context, PageKind};
use super::escape;
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile};
use crate::words;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const PURPOSE: &str = "This report looks for obstacles in how work is organised. It is not made for assessing \
    individuals and is too uncertain for it: do not use it in appraisal, pay, discipline or dismissal.";

const CAUTION: &str = "Coaching sessions on contact types that the operation decides were given where nobody \
    could have moved the result. They are not evidence about any agent or any coach.";

/// Renders one report by its template's name.
pub fn page(name: &str, context: &Context, own: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let template = template_for(name, context.page.kind);
    let tera = engine(Format::of(name), own)?;
    let values = tera::Context::from_serialize(context).map_err(|error| anyhow!("{error}"))?;
    let body = tera.render(&template, &values).map_err(|error| anyhow!("{error}"));
    let body = body.with_context(|| format!("cannot render `{template}`"))?;
    Ok(guarded(&body, Format::of(name), context).into_bytes())
}

/// The embedded templates by path, for `init` and for tests.
pub fn embedded() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    collect(&TEMPLATES, &mut found);
    found
}

/// What a name's ending says about escaping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Text,
}

impl Format {
    fn of(name: &str) -> Self {
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

/// Each of the client's own templates together with the shipped ones.
pub(super) fn mistakes(own: &BTreeMap<String, String>) -> Diagnostics {
    let mut found = Diagnostics::default();
    for (name, text) in own {
        let mut tera = Tera::default();
        let prefixed = tera.set_fallback_prefixes(["client/", "base/"]);
        let base = embedded().into_iter().map(|(path, text)| (format!("base/{path}"), text.to_owned()));
        let all = base.chain(
            own.iter().filter(|(other, _)| *other == name).map(|(n, t)| (format!("client/{n}"), t.clone())),
        );
        let Err(error) = prefixed.and_then(|()| tera.add_raw_templates(all)) else { continue };
        let error = words::placed(&error, text);
        let place = Place::new(&SourceFile::new(format!("templates/{name}"), text.as_str()), error.at);
        found.push(
            Diagnostic::error("GW140", error.message).at(place).help(words::TAGS).maybe_help(error.help),
        );
    }
    found
}

fn engine(format: Format, own: &BTreeMap<String, String>) -> Result<Tera> {
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
fn guarded(body: &str, format: Format, context: &Context) -> String {
    let caution = context.caution.then_some(CAUTION);
    match format {
        Format::Html => {
            let note = caution.map(|text| paragraph("gw-caution", text)).unwrap_or_default();
            let fixed =
                format!("<footer class=\"gw-fixed\">{note}{}</footer>\n", paragraph("gw-purpose", PURPOSE));
            let at = body.rfind("</body>").unwrap_or(body.len());
            format!("{}{fixed}{}", &body[..at], &body[at..])
        }
        Format::Text => {
            let note = caution.map(|text| format!("> {text}\n>\n")).unwrap_or_default();
            format!("{}\n\n---\n{note}> {PURPOSE}\n", body.trim_end())
        }
    }
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{text}</p>")
}

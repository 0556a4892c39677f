//! Mistakes in a client's own templates, found without any data: templates are read together with the shipped ones,
//! then every page the workspace asks for is rendered from sample reports, a full one, a quiet one and one withheld,
//! since a misspelt name shows only where it is reached.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tera::{ErrorKind, Tera};

use super::context::Context;
use super::pages;
use super::render::{self, Format, Theme};
use crate::config::Report;
use crate::diag::{Diagnostic, Diagnostics, Place, SourceFile, nearest, way_out};
use crate::words::{self, Locale, TextError};

/// Contexts of a hand-made week; a test writes them anew from what templates see.
const SAMPLES: [&str; 3] = [
    include_str!("samples/full.json"),
    include_str!("samples/quiet.json"),
    include_str!("samples/withheld.json"),
];

/// Mistakes of `own`, by path below `templates/`, and of the pages they make of `reports`.
pub(super) fn of(theme: Theme<'_>, reports: &[Report]) -> Diagnostics {
    let own = theme.templates;
    let mut found = Diagnostics::default();
    for mistake in own.iter().flat_map(|(name, text)| unread(own, name, text)) {
        found.push(mistake);
    }
    if !own.is_empty() && !found.has_errors() {
        for mistake in reports.iter().flat_map(|report| unrendered(theme, report)) {
            found.push(mistake);
        }
    }
    found
}

/// One template with the shipped ones: syntax, and names of what it calls.
fn unread(own: &BTreeMap<String, String>, name: &str, text: &str) -> Vec<Diagnostic> {
    let mut tera = Tera::default();
    let prefixed = render::prepare(&mut tera, &Locale::default());
    let base = render::embedded().into_iter().map(|(path, text)| (format!("base/{path}"), text.to_owned()));
    let components = own.iter().filter(|(other, _)| *other != name && other.starts_with("components/"));
    let all = base
        .chain(components.map(|(path, text)| (format!("client/{path}"), text.clone())))
        .chain([(format!("client/{name}"), text.to_owned())]);
    let Err(error) = prefixed.and_then(|()| tera.add_raw_templates(all)) else { return Vec::new() };
    if let ErrorKind::Msg(reports) = error.kind() {
        let calls = calls(reports, &format!("client/{name}"), text);
        if !calls.is_empty() {
            return calls.into_iter().map(|error| at(name, text, error)).collect();
        }
    }
    let mistake = words::placed(&error, text);
    let help = mistake.help.or(Some(words::TAGS.to_owned()));
    vec![at(name, text, TextError { help, ..mistake })]
}

/// Unknown names of things called. Tera hands them over as one printed text: `error: …` and ` --> file:line:column`.
fn calls(reports: &str, file: &str, text: &str) -> Vec<TextError> {
    let shipped = shipped_components();
    let of_one = |report: &str| {
        let (message, rest) = report.split_once('\n')?;
        let place = rest.trim_start().strip_prefix("--> ")?.lines().next()?;
        let mut parts = place.strip_prefix(file)?.strip_prefix(':')?.split(':');
        let (line, column) = (parts.next()?.parse().ok()?, parts.next()?.parse::<usize>().ok()?);
        let name = message.split('`').nth(1).unwrap_or_default();
        let start = start_of(text, line) + column - 1;
        let start = text.get(start..)?.find(name).map_or(start, |ahead| start + ahead);
        let known = if message.contains("component") { shipped.as_slice() } else { &[] };
        let help =
            nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        Some(TextError { help, ..TextError::new(start..start + name.len(), message) })
    };
    reports.split("error: ").filter_map(of_one).collect()
}

fn shipped_components() -> Vec<String> {
    let Ok(tera) =
        render::engine(Format::Html, Theme { locale: &Locale::default(), templates: &BTreeMap::new() })
    else {
        return Vec::new();
    };
    let mut names: Vec<String> = tera.get_component_names().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

/// Byte at which a line, counted from 1, begins.
fn start_of(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// A page from every sample; each mistake once.
fn unrendered(theme: Theme<'_>, report: &Report) -> Vec<Diagnostic> {
    let page = report.template.as_str();
    let format = Format::of(page);
    let Ok(tera) = render::engine(format, theme) else { return Vec::new() };
    let mut all = Vec::new();
    for sample in SAMPLES {
        let Ok(sample) = serde_json::from_str::<Context>(sample) else { continue };
        let sample = Context { sections: report.sections.clone(), ..sample };
        let Some((_, seen)) = pages::of(page, &sample).into_iter().next() else { continue };
        let (template, values) = (render::template_for(page, &seen), json!(seen));
        let Ok(context) = tera::Context::from_serialize(&values) else { continue };
        let Err(error) = tera.render(template, &context) else { continue };
        let mistake = reached(theme.templates, page, &error, &values);
        if !all.contains(&mistake) {
            all.push(mistake);
        }
    }
    all
}

/// A mistake that showed while rendering, in the file in which it is.
fn reached(own: &BTreeMap<String, String>, page: &str, error: &tera::Error, values: &Value) -> Diagnostic {
    let file = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.filename(),
        _ => page,
    };
    let name = file.strip_prefix("client/").unwrap_or(page);
    let Some(text) = own.get(name) else {
        return Diagnostic::error("GW140", format!("`{page}` cannot be rendered: {error}"));
    };
    at(name, text, with_way_out(words::placed(error, text), text, values))
}

/// The nearest of the names that are there, where a name is not.
fn with_way_out(mistake: TextError, text: &str, values: &Value) -> TextError {
    let written = text.get(mistake.at.clone()).unwrap_or_default().to_owned();
    if mistake.message.ends_with("`undefined`") && !written.contains('.') {
        let known: Vec<&str> =
            values.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let (message, help) = (format!("unknown name `{written}`"), Some(way_out(&written, known)));
        return TextError { message, help, ..mistake };
    }
    let listed = [". Available variables: ", ". Available fields: "];
    let Some((said, names)) = listed.iter().find_map(|mark| mistake.message.split_once(mark)) else {
        return mistake;
    };
    let unknown = said.split('`').nth(1).unwrap_or_default();
    let help = way_out(unknown, names.split(", ").collect::<Vec<_>>());
    TextError { message: said.to_owned(), help: Some(help), at: mistake.at.clone() }
}

fn at(name: &str, text: &str, error: TextError) -> Diagnostic {
    let place = Place::new(&SourceFile::new(format!("templates/{name}"), text), error.at);
    Diagnostic::error("GW140", error.message).at(place).maybe_help(error.help)
}

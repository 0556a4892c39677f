//! `[sources.*]` into source plans: columns, value maps, filters, and the metrics measured on them.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::DeValue;

use super::profile::Profile;
use super::section::{At, Section, entries_of, texts_of};
use super::shapes;
use super::source_plan::{ColumnPlan, MeasurePlan, SourcePlan, TextFormat, ValueMap};
use crate::diag::{Diagnostic, Place, nearest, way_out};
use crate::model::{EVALUATOR, Measure, Metric, SourceId};
use crate::sql::{self, Expression, Type};
use crate::world::World;

/// Each metric's expressions by source: (source, measure).
pub(crate) fn measures(top: &Section<'_>, metrics: &[Metric]) -> Vec<(SourceId, MeasurePlan)> {
    let mut all = Vec::new();
    for (id, value) in top.entries("metrics") {
        let Some(index) = metrics.iter().position(|metric| metric.id == id.value) else { continue };
        let Some(table) = value.get_ref().as_table() else { continue };
        let section = Section { book: top.book, table, place: top.book.place(value.span()) };
        if let Some(measure) = measure(&section, index, &metrics[index]) {
            all.push((metrics[index].source, measure));
        }
    }
    all
}

fn measure(section: &Section<'_>, index: usize, metric: &Metric) -> Option<MeasurePlan> {
    let ratio = metric.measure == Measure::Ratio;
    let (first, wrong) = if ratio { ("numerator", "value") } else { ("value", "numerator") };
    if let Some(at) = section.text(wrong) {
        let title = format!("a {} has no `{wrong}`", if ratio { "ratio" } else { "proportion or mean" });
        let help = if ratio { "write `numerator` and `denominator`" } else { "write `value`" };
        section.note(Diagnostic::error("GW101", title).at(at.place).help(help));
    }
    let want = if metric.measure == Measure::Proportion { Type::Bool } else { Type::Number };
    let value = expression_of(section, first, want, true);
    let denominator =
        if ratio { Some(expression_of(section, "denominator", Type::Number, true)?) } else { None };
    Some(MeasurePlan { metric: index, value: value?, denominator })
}

/// An expression over the client's rows; its names are checked against the data when there are some.
fn expression_of(section: &Section<'_>, key: &str, want: Type, required: bool) -> Option<Expression> {
    let Some(at) = section.text(key) else {
        if required {
            let title = format!("metric has no `{key}`");
            let help = format!("add `{key} = \"…\"`: an expression over the columns of a row");
            section.note(Diagnostic::error("GW103", title).at(section.place.clone()).help(help));
        }
        return None;
    };
    match sql::parse(&at.value) {
        Ok(expression) => {
            let lookup = |_: &str, _: bool| Some(Type::Any);
            let loose = if want == Type::Bool { Type::Any } else { want };
            if let Err(errors) = expression.check(loose, &lookup, &[]) {
                for error in &errors {
                    section.note(sql_mistake(&at.place, &at.value, error, "GW122"));
                }
            }
            Some(expression)
        }
        Err(error) => {
            section.note(sql_mistake(&at.place, &at.value, &error, "GW120"));
            None
        }
    }
}

/// A mistake inside an expression, with the caret inside the TOML string.
pub(crate) fn sql_mistake(
    place: &Place,
    text: &str,
    error: &sql::SqlError,
    code: &'static str,
) -> Diagnostic {
    Diagnostic::error(code, error.message.clone())
        .at(place.inside(text, &error.at))
        .help(format!("`gapwise explain {code}` says what an expression may hold"))
        .maybe_help(error.help.clone())
}

/// The sources in their fixed order.
pub(crate) fn read(
    top: &Section<'_>,
    folder: &Path,
    world: &World,
    metrics: &[Metric],
    measures: &[(SourceId, MeasurePlan)],
) -> Vec<SourcePlan> {
    let Some(outer) = top.section("sources", &shapes::SOURCES) else { return Vec::new() };
    if outer.get("contacts").is_none() {
        let help = "add `[sources.contacts]` with path, columns.at and columns.agent";
        outer.note(Diagnostic::error("GW103", "no `[sources.contacts]`").at(outer.place.clone()).help(help));
    }
    let mut plans = Vec::new();
    for id in SourceId::ALL {
        let Some(section) = outer.section(id.name(), &shapes::SOURCE) else { continue };
        let own = measures.iter().filter(|(source, _)| *source == id).map(|(_, m)| m.clone()).collect();
        plans.extend(source(&section, id, folder, world, metrics, own));
    }
    for (source, measure) in measures {
        // Contacts that are missing were noted above, once for all metrics.
        if *source != SourceId::Contacts && outer.get(source.name()).is_none() {
            let id = &metrics[measure.metric].id;
            let title =
                format!("metric `{id}` is computed from `{}`, which is not a source here", source.name());
            let help = format!("add `[sources.{}]`", source.name());
            top.note(Diagnostic::error("GW110", title).at(metric_place(top, id)).help(help));
        }
    }
    plans
}

fn metric_place(top: &Section<'_>, id: &str) -> Place {
    let found = top.entries("metrics").into_iter().find(|(name, _)| name.value == id);
    found.map_or_else(|| top.place.clone(), |(name, _)| name.place)
}

fn source(
    section: &Section<'_>,
    id: SourceId,
    folder: &Path,
    world: &World,
    metrics: &[Metric],
    measures: Vec<MeasurePlan>,
) -> Option<SourcePlan> {
    if id == SourceId::Volume {
        super::privacy::not_yet(
            section,
            "path",
            "does not read the volume source; load is counted from the contacts",
        );
    }
    let profile = profile(section);
    let mut columns = columns(section, id);
    let mut text = text_format(section);
    if let Some(profile) = &profile {
        profile.complete(&mut columns, &mut text);
    }
    require(section, id, &columns);
    let mut segments: Vec<String> = section.texts("segments").into_iter().map(|at| at.value).collect();
    if keeps_evaluator(section, id, &segments) {
        segments.push(EVALUATOR.to_owned());
    }
    Some(SourcePlan {
        id,
        path: section.text("path")?.value,
        required: id == SourceId::Contacts || section.flag("required").unwrap_or(false),
        owner: section.text("owner").map(|at| at.value),
        text,
        columns,
        segments,
        filter: expression_of(section, "filter", Type::Bool, false),
        values: values(section, folder, world),
        measures,
        moves: moves(section, metrics),
        dedupe: section.text("dedupe").map(|at| at.value.replace('-', "_")),
    })
}

/// Whether evaluations are kept apart by who made them: a hidden segment that no rule can name, so that
/// evaluators are compared and never shown. Only where the workspace itself maps the column.
fn keeps_evaluator(section: &Section<'_>, id: SourceId, segments: &[String]) -> bool {
    let mapped = section.entries("columns").iter().any(|(name, _)| name.value == EVALUATOR);
    id == SourceId::Evaluations && mapped && !segments.iter().any(|name| name == EVALUATOR)
}

fn profile(section: &Section<'_>) -> Option<Profile> {
    let at = section.text("profile")?;
    let found = Profile::named(&at.value);
    if found.is_none() {
        let title = format!("unknown profile `{}`", at.value);
        let names = Profile::names();
        let help = way_out(&at.value, names.iter().copied());
        section.note(Diagnostic::error("GW110", title).at(at.place).help(help));
    }
    found
}

fn columns(section: &Section<'_>, id: SourceId) -> BTreeMap<String, ColumnPlan> {
    let known = shapes::canonical(id);
    let mut columns = BTreeMap::new();
    for (name, value) in section.entries("columns") {
        let exact = known.contains(&name.value.as_str());
        if let Some(near) = nearest(&name.value, known.iter().copied()).filter(|_| !exact) {
            let title = format!("unknown column `{}` of {}", name.value, id.name());
            let help = format!("did you mean `{near}`?");
            section.note(Diagnostic::error("GW101", title).at(name.place.clone()).help(help));
        }
        let raw: Vec<String> = texts_of(section.book, value).into_iter().map(|at| at.value).collect();
        if raw.len() > 2 {
            let title = format!("`{}` names {} headers; at most two are joined", name.value, raw.len());
            let help = "map one header, or those of a date and a time: `[\"Date\", \"Time\"]`";
            section.note(Diagnostic::error("GW104", title).at(name.place.clone()).help(help));
        }
        columns.insert(name.value.replace('-', "_"), ColumnPlan { raw, aliases: Vec::new() });
    }
    columns
}

/// Every row needs a time, and all but changes and volume an agent.
fn require(section: &Section<'_>, id: SourceId, columns: &BTreeMap<String, ColumnPlan>) {
    let needed: &[&str] = match id {
        SourceId::Roster => &["agent"],
        SourceId::Changes | SourceId::Volume => &["at"],
        _ => &["at", "agent"],
    };
    for column in needed.iter().filter(|column| !columns.contains_key(**column)) {
        let title = format!("{} has no `columns.{column}`", id.name());
        let help = format!("add `columns.{column} = \"<the header in the file>\"`");
        section.note(Diagnostic::error("GW103", title).at(section.place.clone()).help(help));
    }
}

fn text_format(section: &Section<'_>) -> TextFormat {
    let separator = section.text("separator").and_then(|at| match at.value.as_bytes() {
        [byte] => Some(*byte),
        b"\\t" => Some(b'\t'),
        _ => {
            let help = "write the character itself, such as `;`, or `\\t` for a tab";
            section.note(Diagnostic::error("GW104", "`separator` is one character").at(at.place).help(help));
            None
        }
    });
    let formats = section.entries("formats").into_iter();
    let encoding = section.text("encoding").map(|at| {
        if encoding_rs::Encoding::for_label(at.value.as_bytes()).is_none() {
            let title = format!("unknown encoding `{}`", at.value);
            let help = "usual ones are `utf-8`, `windows-1252`, `utf-16le`, `iso-8859-1`";
            section.note(Diagnostic::error("GW104", title).at(at.place).help(help));
        }
        at.value
    });
    TextFormat {
        separator,
        encoding,
        decimal_comma: section.text_or("decimal", ".") == ",",
        nulls: section.texts("null").into_iter().map(|at| at.value).collect(),
        skip_lines: section.integer("skip-lines").and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        formats: formats
            .filter_map(|(name, value)| {
                Some((name.value.replace('-', "_"), value.get_ref().as_str()?.to_owned()))
            })
            .collect(),
    }
}

/// `values.<column>`: canonical value to patterns, or a file of pairs.
fn values(section: &Section<'_>, folder: &Path, world: &World) -> BTreeMap<String, ValueMap> {
    let mut all = BTreeMap::new();
    for (column, value) in section.entries("values") {
        let Some(table) = value.get_ref().as_table() else {
            let title = format!("`values.{}` is a table of lists, or `{{ file = \"…\" }}`", column.value);
            let help = format!(
                "write `values.{} = {{ file = \"mapping.csv\" }}`, or `values.{}.<name> = [\"raw value\"]`",
                column.value, column.value
            );
            section.note(Diagnostic::error("GW102", title).at(column.place.clone()).help(help));
            continue;
        };
        let mut map = ValueMap::default();
        for (name, entry) in entries_of(section.book, table) {
            fill(&mut map, section, &name, entry, folder, world);
        }
        all.insert(column.value.replace('-', "_"), map);
    }
    all
}

fn fill(
    map: &mut ValueMap,
    section: &Section<'_>,
    name: &At<String>,
    entry: &toml::Spanned<DeValue<'_>>,
    folder: &Path,
    world: &World,
) {
    let texts = texts_of(section.book, entry);
    match (name.value.as_str(), texts.first()) {
        (_, None) => {
            let title = format!("`{}` is a list of raw values", name.value);
            let help = format!("write `{} = [\"raw value\", \"another*\"]`", name.value);
            section.note(Diagnostic::error("GW102", title).at(name.place.clone()).help(help));
        }
        ("else", Some(at)) => map.otherwise = Some(at.value.clone()),
        ("file", Some(at)) => {
            let pairs = pairs(section, at, folder, world);
            map.patterns.extend(pairs.into_iter().map(|(raw, canonical)| (raw.to_lowercase(), canonical)));
        }
        (canonical, Some(_)) => {
            map.patterns.extend(texts.iter().map(|at| (at.value.to_lowercase(), canonical.to_owned())));
        }
    }
}

/// The first two columns of a CSV file with a header.
pub(crate) fn pairs(
    section: &Section<'_>,
    at: &At<String>,
    folder: &Path,
    world: &World,
) -> Vec<(String, String)> {
    let fail = |why: String| {
        let help = "the file has a header and two columns, and its path starts at the workspace's folder";
        section.note(Diagnostic::error("GW106", why).at(at.place.clone()).help(help));
        Vec::new()
    };
    let text = match world.read(&folder.join(&at.value)) {
        Ok(text) => text,
        Err(error) => return fail(format!("{error:#}")),
    };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut all = Vec::new();
    for (row, record) in reader.records().enumerate() {
        match record.as_ref().map(|record| (record.get(0), record.get(1))) {
            Ok((Some(raw), Some(canonical))) => all.push((raw.to_owned(), canonical.to_owned())),
            _ => return fail(format!("`{}` line {} has no two columns", at.value, row + 2)),
        }
    }
    all
}

fn moves(section: &Section<'_>, metrics: &[Metric]) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (focus, value) in section.entries("moves") {
        let named = texts_of(section.book, value);
        for at in &named {
            if !metrics.iter().any(|metric| metric.id == at.value) {
                let title =
                    format!("focus `{}` is meant to move `{}`, which is no metric", focus.value, at.value);
                let help = way_out(&at.value, metrics.iter().map(|metric| metric.id.as_str()));
                section.note(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
            }
        }
        known_focus(section, &focus);
        all.insert(focus.value, named.into_iter().map(|at| at.value).collect());
    }
    all
}

/// Where raw values are mapped to focuses, `moves` speaks of those.
fn known_focus(section: &Section<'_>, focus: &At<String>) {
    let table = section.get("values").and_then(|values| values.get_ref().as_table()?.get("focus"));
    let Some(mapped) = table.and_then(|focus| focus.get_ref().as_table()) else { return };
    let names: Vec<&str> = mapped.keys().map(|name| name.get_ref().as_ref()).collect();
    if names.contains(&"file") || names.contains(&focus.value.as_str()) {
        return;
    }
    let title = format!("`values.focus` maps nothing to the focus `{}`", focus.value);
    let diagnostic = Diagnostic::warning("GW160", title).at(focus.place.clone());
    section
        .note(diagnostic.help(way_out(&focus.value, names.iter().copied().filter(|name| *name != "else"))));
}

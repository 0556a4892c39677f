//! The files of every source as they are found: how each is written, which headers it has, which of them nothing
//! asks for and which columns are asked for in vain. Nothing is refused here; whoever checks a workspace wants
//! to hear of all files of all sources at once.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Layout, Missing, look};
use super::files::{self, Input, Kind, Packing};
use super::head::{Ids, Sample, sample};
use super::reduce::scan_parquet;
use super::rows::Rows;
use super::{delimited, ndjson, sheet};
use crate::config::{Plan, SourcePlan};
use crate::model::SourceId;

/// One source's files.
#[derive(Clone, Debug)]
pub struct Surveyed {
    pub source: SourceId,
    pub files: Vec<SurveyedFile>,
    /// Why there are none.
    pub trouble: Option<String>,
    /// Files that are where these should be, as a path would name them.
    pub nearby: Vec<String>,
    /// Ids that stand more than once, where rows are named by one and none is dropped for it.
    pub ids: Option<Ids>,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub struct SurveyedFile {
    /// Relative to the workspace.
    pub shown: String,
    /// As in `commas, UTF-8`.
    pub written: String,
    pub headers: Vec<String>,
    /// Headers nothing asks for.
    pub unused: Vec<String>,
    pub missing: Vec<Missing>,
    /// Why it cannot be read at all.
    pub trouble: Option<String>,
    /// Canonical name, in snake case, to the headers it is read from.
    pub canonical: BTreeMap<String, Vec<String>>,
    /// Name in an expression to the header behind it.
    pub behind: BTreeMap<String, String>,
    /// The first rows; empty for Parquet, whose columns have types.
    pub sample: Sample,
}

impl SurveyedFile {
    /// Whether the first line reads like a row: whoever shows its headers would show somebody's data.
    pub fn is_headless(&self) -> bool {
        self.headers.iter().any(|header| {
            header.parse::<f64>().is_ok() || header.get(..10).is_some_and(super::cell::is_iso_date)
        })
    }
}

/// Looks at every file of every source that is read.
pub fn survey(plan: &Plan) -> Vec<Surveyed> {
    plan.sources
        .iter()
        .filter(|source| source.id != SourceId::Volume)
        .map(|source| survey_of(plan, source))
        .collect()
}

fn survey_of(plan: &Plan, source: &SourcePlan) -> Surveyed {
    let counts_ids = source.columns.contains_key("id") && source.dedupe.is_none() && source.filter.is_none();
    let mut ids = counts_ids.then(Ids::default);
    let (files, trouble) = match files::inputs(&plan.folder, &source.path) {
        Ok(inputs) => (inputs.iter().map(|input| file(plan, source, input, ids.as_mut())).collect(), None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let nearby = if trouble.is_some() { files::beside(&plan.folder, &source.path) } else { Vec::new() };
    Surveyed { source: source.id, files, trouble, nearby, ids }
}

fn file(plan: &Plan, source: &SourcePlan, input: &Input, ids: Option<&mut Ids>) -> SurveyedFile {
    let shown = input.shown.clone();
    match opened(source, input) {
        Ok((mut rows, written)) => {
            let mut file = laid_out(source, rows.headers().to_vec());
            let sampled = sample(plan, source, &file, rows.as_mut(), ids);
            file.trouble = sampled.as_ref().err().map(|error| format!("{error:#}"));
            SurveyedFile { shown, written, sample: sampled.unwrap_or_default(), ..file }
        }
        Err(Some(error)) => {
            SurveyedFile { shown, trouble: Some(format!("{error:#}")), ..SurveyedFile::default() }
        }
        Err(None) => match scan_parquet(input) {
            Ok((_, schema)) => {
                let file = laid_out(source, schema.iter_names().map(ToString::to_string).collect());
                SurveyedFile { shown, written: "Parquet".to_owned(), ..file }
            }
            Err(error) => {
                SurveyedFile { shown, trouble: Some(format!("{error:#}")), ..SurveyedFile::default() }
            }
        },
    }
}

type Found = (Box<dyn Rows>, String);

/// A file that is read row by row, behind its header, and how it is written; no error for Parquet.
fn opened(source: &SourcePlan, input: &Input) -> Result<Found, Option<anyhow::Error>> {
    let text = &source.text;
    let packed = match input.packing {
        Packing::None => "",
        Packing::Gzip => ", gzip",
        Packing::Zstd => ", zstd",
    };
    match input.kind {
        Kind::Parquet => Err(None),
        Kind::Ndjson => Ok((Box::new(ndjson::open(input, text)?), format!("JSON lines{packed}"))),
        Kind::Sheet => Ok((Box::new(sheet::open(input, text)?), "workbook".to_owned())),
        Kind::Delimited => {
            let file = delimited::open(input, text)?;
            let decimal = if text.decimal_comma { ", decimal commas" } else { "" };
            let written = format!("{}, {}{decimal}{packed}", separators(file.separator), file.encoding);
            Ok((Box::new(file), written))
        }
    }
}

fn separators(byte: u8) -> &'static str {
    match byte {
        b',' => "commas",
        b';' => "semicolons",
        b'\t' => "tabs",
        b'|' => "bars",
        _ => "a separator of its own",
    }
}

fn laid_out(source: &SourcePlan, headers: Vec<String>) -> SurveyedFile {
    let (layout, missing) = look(source, &headers);
    let canonical: BTreeMap<String, Vec<String>> =
        layout.canonical.iter().map(|(name, column)| (name.clone(), parts(&layout, column))).collect();
    let behind: BTreeMap<String, String> =
        layout.names.iter().map(|((name, _), named)| (name.clone(), named.column.clone())).collect();
    let used: BTreeSet<&String> =
        canonical.values().flatten().chain(&layout.segments).chain(behind.values()).collect();
    let unused = headers.iter().filter(|header| !header.is_empty() && !used.contains(header));
    SurveyedFile {
        unused: unused.cloned().collect(),
        headers,
        missing,
        canonical,
        behind,
        ..SurveyedFile::default()
    }
}

fn parts(layout: &Layout, column: &str) -> Vec<String> {
    layout.joined.get(column).cloned().unwrap_or_else(|| vec![column.to_owned()])
}

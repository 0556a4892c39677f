//! The first rows of a text file, for guesses at how it is written: lengths of time, decimal commas, times that no
//! format reads. Only shapes are kept, and the few values of a column that many agents have; never a value of a
//! column of people.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use polars::prelude::{DataFrame, PolarsResult};

use super::cell::{Cleaner, Length, TimeReader, with_point};
use super::labels::names_people;
use super::rows::{Batch, Rows};
use super::sample::TIME_FORMATS;
use super::survey::SurveyedFile;
use crate::config::{Plan, SourcePlan, TextFormat};

/// Rows looked at.
const ROWS: usize = 2_000;

/// Ids compared with one another; memory is bounded by them.
const IDS: usize = 2_000_000;

/// Rows whose ids are read at a time.
const AT_A_TIME: usize = 100_000;

/// More different values are no codes.
const CODES: usize = 12;

/// What the first rows show.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub rows: u64,
    /// By header.
    pub columns: BTreeMap<String, Sampled>,
    /// The column `at`, where any cell of it is filled.
    pub times: Option<Times>,
}

/// The filled cells of one column.
#[derive(Clone, Debug, Default)]
pub struct Sampled {
    pub filled: u64,
    /// Cells that are numbers as they stand.
    pub numbers: u64,
    /// Cells that are numbers with a decimal comma, as in `3,5`.
    pub commas: u64,
    /// Cells such as `0:03:20`.
    pub clocks: u64,
    /// Numbers that are neither 0 nor 1.
    pub beyond: u64,
    /// Numbers below 0.
    pub negative: u64,
    /// The values, sorted, where they are few and each is of enough agents to be told.
    pub codes: Vec<String>,
}

/// Cells of the column of times.
#[derive(Clone, Debug, Default)]
pub struct Times {
    pub filled: u64,
    /// Cells that the format in force reads.
    pub read: u64,
    /// Patterns that read every filled cell; two where day and month cannot be told apart.
    pub patterns: Vec<&'static str>,
}

/// Rows with an id, and how many of them repeat one.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    pub rows: u64,
    pub repeated: u64,
    /// There were more ids than are compared.
    pub is_cut: bool,
    seen: HashSet<u64>,
}

impl Ids {
    fn see(&mut self, id: &str) {
        if self.seen.len() >= IDS {
            self.is_cut = true;
            return;
        }
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        self.rows += 1;
        self.repeated += u64::from(!self.seen.insert(hasher.finish()));
    }
}

/// Reads the first rows; the ids of all.
pub(super) fn sample(
    plan: &Plan,
    source: &SourcePlan,
    file: &SurveyedFile,
    rows: &mut dyn Rows,
    ids: Option<&mut Ids>,
) -> anyhow::Result<Sample> {
    let names: Vec<&str> = file.headers.iter().map(String::as_str).collect();
    let places: Vec<usize> = (0..names.len()).collect();
    let mut batch = Batch::new(&names, ROWS);
    let more = rows.fill(&places, &mut batch, ROWS)?;
    let table = batch.table()?;
    if let Some(ids) = ids {
        see_all_ids(source, file, (&table, more), rows, ids)?;
    }
    let agents = file.canonical.get("agent").and_then(|parts| parts.first());
    let agents = agents.map(|agent| cells(&table, agent)).transpose()?.unwrap_or_default();
    let least = usize::try_from(plan.privacy.min_group).unwrap_or(usize::MAX);
    let mut sample = Sample {
        rows: table.height() as u64,
        times: times(plan, source, file, &table)?,
        ..Sample::default()
    };
    for header in &file.headers {
        let mut sampled = sampled(&source.text, &cells(&table, header)?);
        if is_open(file, header) {
            sampled.codes = codes(&source.text, &cells(&table, header)?, &agents, least);
        }
        sample.columns.insert(header.clone(), sampled);
    }
    Ok(sample)
}

/// The ids of the sample and of all rows behind it.
fn see_all_ids(
    source: &SourcePlan,
    file: &SurveyedFile,
    (first, mut more): (&DataFrame, bool),
    rows: &mut dyn Rows,
    ids: &mut Ids,
) -> anyhow::Result<()> {
    let Some([id]) = file.canonical.get("id").map(Vec::as_slice) else { return Ok(()) };
    let Some(place) = file.headers.iter().position(|header| header == id) else { return Ok(()) };
    see_ids(first, id, &source.text, ids)?;
    while more && !ids.is_cut {
        let mut batch = Batch::new(&[id], 1024);
        more = rows.fill(&[place], &mut batch, AT_A_TIME)?;
        see_ids(&batch.table()?, id, &source.text, ids)?;
    }
    Ok(())
}

fn see_ids(table: &DataFrame, id: &str, format: &TextFormat, ids: &mut Ids) -> PolarsResult<()> {
    let cleaner = Cleaner::new(format);
    cells(table, id)?.into_iter().flatten().filter_map(|cell| cleaner.text(cell)).for_each(|id| ids.see(id));
    Ok(())
}

fn cells<'a>(table: &'a DataFrame, header: &str) -> PolarsResult<Vec<Option<&'a str>>> {
    Ok(table.column(header)?.str()?.iter().collect())
}

/// Whether a column's values may be told: it is of nobody.
fn is_open(file: &SurveyedFile, header: &str) -> bool {
    let of_people = |(name, parts): (&String, &Vec<String>)| {
        names_people(name) && parts.iter().any(|part| part == header)
    };
    !names_people(header) && !file.canonical.iter().any(of_people)
}

fn sampled(format: &TextFormat, cells: &[Option<&str>]) -> Sampled {
    let cleaner = Cleaner::new(format);
    let mut sampled = Sampled::default();
    for cell in cells.iter().flatten() {
        let Some(text) = cleaner.text(cell) else { continue };
        sampled.filled += 1;
        sampled.commas += u64::from(with_point(text).is_some());
        sampled.clocks += u64::from(is_clock(text));
        if let Ok(number) = text.parse::<f64>() {
            sampled.numbers += 1;
            sampled.beyond += u64::from(![0.0, 1.0].contains(&number));
            sampled.negative += u64::from(number < 0.0);
        }
    }
    sampled
}

/// `3:20`, `0:03:20`.
fn is_clock(text: &str) -> bool {
    text.contains(':') && Length::HoursMinutesSeconds.seconds(text).is_some()
}

fn codes(format: &TextFormat, cells: &[Option<&str>], agents: &[Option<&str>], least: usize) -> Vec<String> {
    let cleaner = Cleaner::new(format);
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (cell, agent) in cells.iter().zip(agents) {
        let (Some(cell), Some(agent)) = (cell.and_then(|cell| cleaner.text(cell)), agent) else { continue };
        of.entry(cell).or_default().insert(*agent);
        if of.len() > CODES {
            return Vec::new();
        }
    }
    of.into_iter().filter(|(_, agents)| agents.len() >= least).map(|(code, _)| code.to_owned()).collect()
}

fn times(
    plan: &Plan,
    source: &SourcePlan,
    file: &SurveyedFile,
    table: &DataFrame,
) -> PolarsResult<Option<Times>> {
    let Some(parts) = file.canonical.get("at") else { return Ok(None) };
    let cleaner = Cleaner::new(&source.text);
    let mut texts = vec![String::new(); table.height()];
    for part in parts {
        for (text, cell) in texts.iter_mut().zip(cells(table, part)?) {
            let cell = cell.and_then(|cell| cleaner.text(cell)).unwrap_or_default();
            text.push_str(if text.is_empty() || cell.is_empty() { "" } else { " " });
            text.push_str(cell);
        }
    }
    texts.retain(|text| !text.is_empty());
    let formats = &source.text.formats;
    let format = formats.get("at").or_else(|| parts.iter().find_map(|part| formats.get(part)));
    let read = |pattern: Option<&str>| {
        let Ok(reader) = TimeReader::new(plan.calendar.zone, pattern) else { return 0 };
        texts.iter().filter(|text| reader.read(text).is_some()).count()
    };
    let whole = |pattern: &&'static str| read(Some(pattern)) == texts.len();
    let in_force = read(format.map(String::as_str));
    let patterns = if in_force * 2 < texts.len() {
        TIME_FORMATS.iter().copied().filter(whole).take(2).collect()
    } else {
        Vec::new()
    };
    let times = Times { filled: texts.len() as u64, read: in_force as u64, patterns };
    Ok((times.filled > 0).then_some(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_commas_and_lengths_of_time_are_told_apart() {
        let cells = [Some("3,5"), Some("1.204,25"), Some("0:03:20"), Some("7"), Some("-2"), Some(" "), None];
        let seen = sampled(&TextFormat::default(), &cells);
        assert_eq!((seen.filled, seen.commas, seen.clocks), (5, 2, 1));
        assert_eq!((seen.numbers, seen.beyond, seen.negative), (2, 2, 1));
    }

    #[test]
    fn codes_of_few_agents_or_of_a_column_with_many_are_not_kept() {
        let cells = [Some("Y"), Some("Y"), Some("N"), Some("Y")];
        let agents = [Some("a"), Some("b"), Some("a"), Some("a")];
        assert_eq!(codes(&TextFormat::default(), &cells, &agents, 2), ["Y"]);
        let many: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let many: Vec<Option<&str>> = many.iter().map(|text| Some(text.as_str())).collect();
        assert!(codes(&TextFormat::default(), &many, &many, 1).is_empty());
    }
}

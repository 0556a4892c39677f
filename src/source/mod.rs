//! Reading what the client has. Files become cells of exact integers under raw labels; when all are read,
//! people, teams and types get their canonical names and the cells become cubes. Every row is accounted for:
//! used, filtered, later than asked, or refused with a reason and, where the file has lines, its line.

mod cell;
mod cells;
mod columns;
mod cubes;
mod delimited;
mod drawn;
mod files;
mod head;
mod kept;
mod labels;
mod memory;
mod ndjson;
mod people;
mod prepare;
mod records;
mod reduce;
mod roster;
mod rows;
pub mod sample;
mod sessions;
mod sheet;
mod small;
mod survey;
mod text;
mod unnamed;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::config::{Plan, SourcePlan};
use crate::cube::Data;
use crate::model::{Quality, Rejected, SourceCount, SourceId};

use cells::Cells;
pub use columns::Missing;
use cubes::{Dictionaries, Reduced, Used};
pub use head::{Ids, Sample, Sampled, Times};
use kept::Kept;
pub use labels::names_people;
pub use memory::{Rows, with_tables};
use people::People;
use reduce::{Job, Part};
use roster::Roster;
use small::Small;
pub use survey::{Surveyed, SurveyedFile, survey};

/// Refused rows that are named one by one.
const NAMED_REJECTS: usize = 10_000;

/// A required source that cannot be read, or not as the report needs it.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the {} data: {why}", .source_id.name())]
pub struct Unreadable {
    pub source_id: SourceId,
    pub why: String,
}

/// A source's reduction as a plain value, from the configuration alone: every name is taken to be a column.
pub fn reduction(
    plan: &Plan,
    source: &SourcePlan,
    span: (Period, Period),
    as_of: NaiveDate,
) -> anyhow::Result<crate::cube::Reduction> {
    let days = (plan.calendar.start(span.0), plan.calendar.end(span.1).min(as_of));
    let layout = columns::resolve(source, &columns::named(source))
        .map_err(|problems| anyhow::anyhow!("{}", problems.join("; ")))?;
    Ok(Job { plan, source, days, kept: None }.reduction(&layout))
}

/// Reads every source for the periods `span`, as far as the data are complete: through the end of `as_of`.
/// Later rows are counted, not used. `kept` is a folder for partial results, which change no byte of what
/// is read. A required source that fails is an [`Unreadable`] error; an optional one is named in
/// [`Quality::missing`], and so is one bad file among good ones.
pub fn read(
    plan: &Plan,
    span: (Period, Period),
    as_of: NaiveDate,
    kept: Option<&Path>,
) -> anyhow::Result<Data> {
    let days = (plan.calendar.start(span.0), plan.calendar.end(span.1).min(as_of));
    let mut quality = Quality::default();
    let mut reduced = Vec::new();
    let mut small = Vec::new();
    for source in plan.sources.iter().filter(|source| source.id != SourceId::Volume) {
        let mut reader =
            Reader { job: Job { plan, source, days, kept: kept.map(Kept) }, quality: &mut quality };
        let failed = if source.id.is_cube() {
            reader.cells().map(|one| reduced.push(one))
        } else {
            reader.small().map(|one| small.push(one))
        };
        if let Err(why) = failed {
            if source.required || source.id == SourceId::Contacts {
                return Err(Unreadable { source_id: source.id, why }.into());
            }
            quality.missing.insert(source.id.name().to_owned(), why);
        }
    }
    assemble(plan, reduced, &small, quality)
}

struct Reader<'a, 'q> {
    job: Job<'a>,
    quality: &'q mut Quality,
}

impl<'a> Reader<'a, '_> {
    /// Every file of a source with metrics, reduced and merged.
    fn cells(&mut self) -> Result<Reduced<'a>, String> {
        let mut whole: Option<(Cells, crate::cube::Reduction)> = None;
        let mut count = empty_count(self.job.source.id);
        let mut troubles = Vec::new();
        let mut waiting = Vec::new();
        for input in files::inputs(&self.job.plan.folder, &self.job.source.path)? {
            let read = self.job.file(&input).and_then(|mut part| {
                self.note(&input.shown, &part, &mut count);
                waiting.append(&mut part.waiting);
                merge(&mut whole, part)
            });
            match read {
                Ok(()) => count.files += 1,
                Err(error) => troubles.push((input.shown.clone(), format!("{error:#}"))),
            }
        }
        let Some((mut cells, reduction)) = whole else { return Err(told(&troubles)) };
        if !waiting.is_empty() {
            cells = reduce::unique_cells(&reduction, waiting)
                .map_err(|error| format!("cannot find duplicates: {error}"))?;
        }
        let rows: u64 = crate::cube::Status::ALL.into_iter().map(|status| cells.rows(status)).sum();
        if rows + count.read == 0 {
            troubles.push((
                self.job.source.path.clone(),
                format!("`{}` has a header and no rows", self.job.source.path),
            ));
            return Err(told(&troubles));
        }
        self.name_troubles(troubles);
        Ok(Reduced { source: self.job.source, reduction, cells, count })
    }

    fn note(&mut self, shown: &str, part: &Part, count: &mut SourceCount) {
        for (reason, rows) in &part.broken {
            count.read += rows;
            *count.reasons.entry(reason.clone()).or_insert(0) += rows;
        }
        let room = NAMED_REJECTS.saturating_sub(self.quality.rejected.len());
        let rejected = part.refused.iter().take(room).map(|(line, reason)| Rejected {
            source: self.job.source.id,
            file: shown.to_owned(),
            line: *line,
            reason: reason.clone(),
        });
        self.quality.rejected.extend(rejected);
    }

    /// One bad file among good ones is named, and its rows are missed.
    fn name_troubles(&mut self, troubles: Vec<(String, String)>) {
        for (file, why) in troubles {
            tracing::warn!(file, why, "a file was left out");
            self.quality.missing.insert(format!("{} ({file})", self.job.source.id.name()), why);
        }
    }
}

fn merge(whole: &mut Option<(Cells, crate::cube::Reduction)>, part: Part) -> anyhow::Result<()> {
    match whole {
        Some((cells, _)) => {
            cells.absorb(&part.cells.table()?)?;
            cells.absorb_drawn(&part.cells.drawn());
        }
        None => *whole = Some((part.cells, part.reduction)),
    }
    Ok(())
}

/// Several troubles in one sentence.
fn told(troubles: &[(String, String)]) -> String {
    let mut told: Vec<&str> = troubles.iter().take(5).map(|(_, why)| why.as_str()).collect();
    let more = format!("and {} more files", troubles.len().saturating_sub(told.len()));
    if troubles.len() > told.len() {
        told.push(&more);
    }
    told.join("; ")
}

fn empty_count(source: SourceId) -> SourceCount {
    SourceCount {
        source,
        read: 0,
        used: 0,
        filtered: 0,
        later: 0,
        rejected: 0,
        reasons: BTreeMap::new(),
        unusable: BTreeMap::new(),
        first_day: None,
        last_day: None,
        files: 0,
    }
}

/// Gives everything its canonical name and place.
fn assemble<'a>(
    plan: &'a Plan,
    mut reduced: Vec<Reduced<'a>>,
    small: &[Small<'a>],
    mut quality: Quality,
) -> anyhow::Result<Data> {
    let mut people = People::new(&plan.identity);
    for table in small {
        people.add_keys(&table.keys(plan));
    }
    for one in &reduced {
        one.see(&mut people);
    }
    for table in small {
        table.see(&mut people);
    }
    let roster = small.iter().find_map(|table| table.roster(&people)).unwrap_or_default();
    let used: Vec<Used> = reduced.iter_mut().map(|one| one.mean(plan, &people, &roster)).collect();
    let all = dictionaries(&reduced, &used, &people, &roster);
    let mut data = Data::default();
    for (one, used) in reduced.iter().zip(&used) {
        let cube = one.cube(used, &all).map_err(|why| Unreadable { source_id: one.source.id, why })?;
        data.cubes.push(cube);
        if one.source.id == SourceId::Contacts {
            data.samples = one.samples(&people, &all);
        }
    }
    for table in small {
        table.fill(&mut data, &people, &roster, &all);
    }
    let counts = plan.sources.iter().filter_map(|source| count_of(source, &reduced, small));
    quality.sources = counts.collect();
    quality.columns = reduced.iter().flat_map(|one| labels::of_cells(plan, one)).collect();
    quality.columns.extend(small.iter().flat_map(|table| labels::of_records(plan, table)));
    quality.days = small.iter().flat_map(Small::days).collect();
    let Dictionaries { agents, teams, contact_types, segments, .. } = all;
    let mut data = Data { agents, teams, contact_types, segments, quality, ..data };
    unnamed::forget_names(&mut data, &people);
    Ok(data)
}

fn count_of(source: &SourcePlan, reduced: &[Reduced<'_>], small: &[Small<'_>]) -> Option<SourceCount> {
    let cube = reduced.iter().find(|one| one.source.id == source.id).map(|one| one.count.clone());
    cube.or_else(|| {
        small.iter().find(|table| table.job.source.id == source.id).map(|table| table.count.clone())
    })
}

fn dictionaries(reduced: &[Reduced<'_>], used: &[Used], people: &People, roster: &Roster) -> Dictionaries {
    let mut teams = cubes::teams_of(used.iter());
    teams.extend(roster.lines.iter().filter_map(|line| line.team.clone()));
    let (agents, places) = people.finish();
    Dictionaries {
        agents,
        people: places,
        teams: teams.into_iter().collect(),
        contact_types: cubes::contact_types_of(used.iter()).into_iter().collect(),
        segments: cubes::segments_of(&reduced.iter().map(|one| one.source).zip(used)),
    }
}

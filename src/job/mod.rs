//! The job: one workspace, from plan to publication.

pub mod index;
mod notice;
mod opened;
mod people;
mod retention;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;

use crate::calendar::{Period, parse_as_of};
use crate::config::{self, Delivery, Loaded, Plan};
use crate::cube::Data;
use crate::diag::Diagnostics;
use crate::judge::{self, Gate};
use crate::model::{Check, Fact, Phrase, Quality, Scope, Severity, SourceId, Story};
use crate::probe;
use crate::publish::{self, ClaimError, Place, TooOld};
use crate::report::{self, Bundle, Open, People, Status};
use crate::source::{self, Unreadable};
use crate::world::World;

pub use notice::Notice;
pub use opened::{Look, Opened, open, open_loaded};

/// What is asked of a run.
#[derive(Clone, Debug)]
pub struct Asked {
    /// A date or a period label; yesterday when absent.
    pub as_of: Option<String>,
    pub out: PathBuf,
    pub fail_on: Option<Severity>,
    pub network: Network,
    pub writing: Writing,
    pub kept: Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Allowed,
    Offline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    Publish,
    /// Everything is done but nothing is written.
    DryRun,
}

/// Whether partial results of earlier runs may be used; the bytes are the same either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Use,
    Rebuild,
}

/// Why there is no outcome.
#[derive(Debug)]
pub enum Failure {
    /// Mistakes in the configuration; nothing was written.
    Config(Diagnostics),
    /// The command line asks for something that cannot be.
    Usage(String),
    /// A required source cannot be read. A run publishes a page that says so instead.
    Unreadable(String),
    /// Another run holds the lock.
    Locked(PathBuf),
    Unwritable(anyhow::Error),
    Internal(anyhow::Error),
}

impl Failure {
    pub fn exit(&self) -> u8 {
        match self {
            Self::Config(_) | Self::Usage(_) => 2,
            Self::Unreadable(_) => 3,
            Self::Locked(_) => 5,
            Self::Unwritable(_) => 6,
            Self::Internal(_) => 70,
        }
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    pub client: String,
    pub label: String,
    pub status: Status,
    /// Where the pages are; none on a dry run.
    pub folder: Option<PathBuf>,
    /// The subject a mail would have.
    pub subject: String,
    pub warnings: Vec<String>,
    pub config_warnings: Diagnostics,
    pub failed_deliveries: Vec<String>,
    /// What was older than `privacy.retain` and is deleted, or would be by a run that writes.
    pub forgotten: TooOld,
    pub changed: Vec<String>,
    pub exit: u8,
}

/// Runs one workspace.
pub fn run(workspace: &Path, asked: &Asked, world: &World) -> Result<Outcome, Failure> {
    let loaded = config::load(workspace, world).map_err(Failure::Config)?;
    let plan = &loaded.plan;
    let mistakes = report::check(plan);
    if mistakes.has_errors() {
        return Err(Failure::Config(mistakes));
    }
    let as_of = as_of(plan, asked, world)?;
    let period = plan.calendar.last_complete(as_of);
    let open = people::open(plan, period, world)?;
    let place = claim(plan, asked, period)?;
    let read = read(plan, period, as_of, asked, place.as_ref())?;
    let doubts = doubts(&loaded, &read);
    let told = tell(plan, &read, period, &open);
    let bundle = told.bundle.with_inputs(inputs(plan, &read, as_of));
    let files = report::render(plan, &bundle).map_err(|error| unrendered(plan, error))?;
    let (published, forgotten) = put(plan, place, &files, world)?;
    let mut failed = deliver(plan, &bundle, published.as_ref().map(|p| p.folder.as_path()), asked);
    let forgotten = match asked.writing {
        Writing::Publish => forgotten,
        Writing::DryRun => retention::would_forget(plan, &asked.out, period, world),
    };
    let forgotten = forgotten.unwrap_or_else(|error| {
        failed.push(format!("{error:#}"));
        TooOld::default()
    });
    let ended = people::ended(plan, world);
    Ok(Outcome {
        client: plan.client.clone(),
        label: plan.calendar.label(period),
        status: bundle.status,
        exit: exit(&bundle, told.erred, &failed, asked),
        folder: published.as_ref().map(|p| p.folder.clone()),
        changed: published.map(|p| p.changed).unwrap_or_default(),
        subject: bundle.subject.clone(),
        warnings: bundle.warnings.iter().cloned().chain(expired(plan, period)).chain(ended).collect(),
        config_warnings: doubts,
        failed_deliveries: failed,
        forgotten,
    })
}

/// What a run would publish of an open workspace.
pub fn tell_opened(opened: &Opened, world: &World) -> Result<Bundle, Failure> {
    let (plan, period) = (opened.plan(), opened.period);
    let open = people::open(plan, period, world)?;
    Ok(tell_of(plan, &opened.data, period, &open).bundle)
}

/// The day through which data are complete.
fn as_of(plan: &Plan, asked: &Asked, world: &World) -> Result<NaiveDate, Failure> {
    match &asked.as_of {
        None => Ok(world.yesterday(plan.calendar.zone)),
        Some(text) => parse_as_of(text, &plan.calendar).map_err(Failure::Usage),
    }
}

fn claim(plan: &Plan, asked: &Asked, period: Period) -> Result<Option<Place>, Failure> {
    if asked.writing == Writing::DryRun {
        return Ok(None);
    }
    publish::claim(&asked.out, &plan.slug, &plan.calendar.label(period)).map(Some).map_err(
        |error| match error {
            ClaimError::Held => Failure::Locked(asked.out.join(&plan.slug)),
            ClaimError::Io(error) => Failure::Unwritable(error),
            ClaimError::Refused(why) => Failure::Usage(why),
        },
    )
}

/// The data, or why a required source could not be read.
enum Read {
    Data(Box<Data>),
    Unreadable(String),
}

fn read(
    plan: &Plan,
    period: Period,
    as_of: NaiveDate,
    asked: &Asked,
    place: Option<&Place>,
) -> Result<Read, Failure> {
    let kept = place.map(Place::kept);
    if let (Some(kept), Kept::Rebuild) = (&kept, asked.kept) {
        empty(kept).map_err(Failure::Unwritable)?;
    }
    match source::read(plan, plan.span(period), as_of, kept.as_deref()) {
        Ok(data) => Ok(Read::Data(Box::new(data))),
        Err(error) => match error.downcast::<Unreadable>() {
            Ok(unreadable) => Ok(Read::Unreadable(unreadable.to_string())),
            Err(error) => Err(Failure::Internal(error)),
        },
    }
}

/// What is doubtful about the configuration, by itself and beside the data.
fn doubts(loaded: &Loaded, read: &Read) -> Diagnostics {
    let mut found = loaded.warnings.clone();
    if let Read::Data(data) = read {
        found.extend(probe::unmatched(&loaded.plan, &loaded.settings, data));
    }
    found
}

/// Forgets partial results of earlier runs.
fn empty(kept: &Path) -> anyhow::Result<()> {
    let failed = || format!("cannot empty `{}`", kept.display());
    if kept.exists() {
        std::fs::remove_dir_all(kept).with_context(failed)?;
    }
    std::fs::create_dir_all(kept).with_context(failed)
}

struct Told {
    bundle: Bundle,
    /// A rule could not be judged for an error, or an optional source was missing.
    erred: bool,
}

/// From data to what is said: a report, or why there is none.
fn tell(plan: &Plan, read: &Read, period: Period, open: &[Open<'_>]) -> Told {
    let data = match read {
        Read::Data(data) => data,
        Read::Unreadable(why) => {
            let check = Check {
                id: "contacts-readable".into(),
                passed: false,
                level: "withhold".into(),
                value: None,
                limit: None,
                say: Phrase::as_is(why),
            };
            return Told {
                bundle: report::withheld(plan, period, &[check], &Quality::default()),
                erred: false,
            };
        }
    };
    tell_of(plan, data, period, open)
}

fn tell_of(plan: &Plan, data: &Data, period: Period, open: &[Open<'_>]) -> Told {
    match judge::gate(plan, data, period) {
        Gate::Withhold(why) => {
            Told { bundle: report::withheld(plan, period, &why, &data.quality), erred: false }
        }
        Gate::Publish(checks) => {
            let mut story = judge::history(plan, data, period);
            add_checks(&mut story, checks);
            let erred = story.now.not_judged.iter().any(|one| one.reason == crate::model::Reason::Error)
                || !data.quality.missing.is_empty();
            let people = People::of(plan, data, &story, open);
            Told { bundle: report::assemble(plan, &story).with_people(people), erred }
        }
    }
}

fn add_checks(story: &mut Story, checks: Vec<Check>) {
    let facts = checks.into_iter().map(|check| (None, Scope::Operation, Fact::Check(check)));
    story.now.facts.extend(facts);
}

/// Waivers whose last day lies before the judged period's: their findings speak again.
fn expired(plan: &Plan, period: Period) -> impl Iterator<Item = String> {
    let today = plan.calendar.end(period);
    let over = plan.waivers.iter().filter(move |waiver| waiver.until < today);
    over.map(|waiver| {
        let place = format!("{}:{}", waiver.origin.file, waiver.origin.line);
        format!(
            "the waiver of `{}` ended on {} ({place}); remove it or agree a new date",
            waiver.rule, waiver.until
        )
    })
}

/// What the manifest says about this run and may differ from one run to the next.
fn inputs(plan: &Plan, read: &Read, as_of: NaiveDate) -> serde_json::Value {
    let rows = |id: SourceId| match read {
        Read::Data(data) => data.quality.source(id).map(|count| (count.read, count.files)),
        Read::Unreadable(_) => None,
    };
    let sources: Vec<serde_json::Value> = plan
        .sources
        .iter()
        .map(|source| {
            let (read, files) = rows(source.id).unwrap_or((0, 0));
            serde_json::json!({ "source": source.id.name(), "path": source.path, "files": files, "rows": read })
        })
        .collect();
    serde_json::json!({ "as_of": as_of.to_string(), "sources": sources })
}

/// Only a template of the client's own can fail on the content; a shipped one would be our mistake.
fn unrendered(plan: &Plan, error: anyhow::Error) -> Failure {
    if plan.templates.is_empty() { Failure::Internal(error) } else { Failure::Usage(format!("{error:#}")) }
}

fn put(
    plan: &Plan,
    place: Option<Place>,
    files: &BTreeMap<String, Vec<u8>>,
    world: &World,
) -> Result<(Option<publish::Published>, anyhow::Result<TooOld>), Failure> {
    let Some(place) = place else { return Ok((None, Ok(TooOld::default()))) };
    let at = world.now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let put = match retention::before(plan, world) {
        Some(day) => place.publish_and_forget(files, &at, day),
        None => place.publish(files, &at).map(|published| (published, Ok(TooOld::default()))),
    };
    put.map(|(published, forgotten)| (Some(published), forgotten)).map_err(Failure::Unwritable)
}

/// Sends what is to be sent; yields what failed, in words.
fn deliver(plan: &Plan, bundle: &Bundle, folder: Option<&Path>, asked: &Asked) -> Vec<String> {
    let Some(folder) = folder else { return Vec::new() };
    let due = plan.deliveries.iter().filter(|one| bundle.changed || !one.on_change_only);
    let online = |one: &&Delivery| one.to == "folder" || asked.network == Network::Allowed;
    due.filter(online)
        .filter_map(|one| send(plan, one, bundle, folder).err().map(|error| format!("{error:#}")))
        .collect()
}

fn send(plan: &Plan, delivery: &Delivery, bundle: &Bundle, folder: &Path) -> anyhow::Result<()> {
    match (delivery.to.as_str(), &delivery.path) {
        ("folder", Some(path)) => {
            let copy =
                |file| publish::deliver::to_folder(&folder.join(file), &plan.folder.join(path)).map(drop);
            bundle.files_of(&delivery.report).iter().try_for_each(copy)
        }
        (other, _) => anyhow::bail!("this version cannot deliver `{}` by `{other}`", delivery.report),
    }
}

/// The first that applies of 3, 4, 1, 0.
fn exit(bundle: &Bundle, erred: bool, failed: &[String], asked: &Asked) -> u8 {
    if bundle.status == Status::Withheld {
        return 3;
    }
    if erred || !failed.is_empty() {
        return 4;
    }
    let reached = asked.fail_on.is_some_and(|least| bundle.worst.is_some_and(|worst| worst >= least));
    u8::from(reached)
}

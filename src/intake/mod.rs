//! From a client's raw export to a workspace to start from. The words and values of the data are looked at, what they
//! usually mean is taken from `rules/intake.toml`, and what is not sure is written behind a `#` with what was seen. It
//! asks nothing and changes nothing: the data stay where they are.

mod coaching;
mod columns;
mod draft;
mod handled;
mod lengths;
mod metrics;
mod one;
mod rates;
mod section;
mod tables;
mod types;
mod words;
mod write;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;

use crate::calendar::{Calendar, Grain, parse_zone};
use crate::config::schema;
use crate::job::{self, Failure, Look};
use crate::judge::{self, Gate};
use crate::source::sample;
use crate::world::World;

use draft::Draft;
use rates::Rates;
use words::Words;
use write::Given;

/// Canonical names that a bare word in an expression could mean.
const CANONICAL: &[&str] = &[
    "id",
    "at",
    "agent",
    "team",
    "contact_type",
    "customer",
    "channel",
    "site",
    "queue",
    "contact",
    "score",
    "form",
    "evaluator",
];

/// Below this many days of data a week is too long to judge by.
const DAYS_FOR_WEEKS: i64 = 14;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Files, folders and globs.
    pub data: Vec<String>,
    /// The workspace to be.
    pub folder: PathBuf,
    /// The client's name; made of the folder's when absent.
    pub client: Option<String>,
    pub timezone: Option<String>,
    /// A pack such as `builtin:contact-centre`.
    pub rules: String,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Source and what was recognised in it.
    pub recognised: Vec<(String, String)>,
    /// Metrics in force, by label.
    pub metrics: Vec<String>,
    /// What a person should look at.
    pub eye: Vec<String>,
    /// Last day of the data.
    pub as_of: NaiveDate,
}

/// Writes a workspace for these data. On a failure nothing is written.
pub fn init(asked: &Asked, world: &World) -> Result<Written, Failure> {
    refuse_existing(&asked.folder)?;
    if let Some(zone) = &asked.timezone {
        parse_zone(zone).map_err(Failure::Usage)?;
    }
    let files = sample::files(&asked.data).map_err(Failure::Usage)?;
    let looked = sample::look(&files);
    if looked.tables.is_empty() {
        return Err(Failure::Usage(looked.troubles.join("; ")));
    }
    let words = Words::shipped().map_err(Failure::Internal)?;
    let mut draft = draft::draft(&looked.tables, &words).map_err(Failure::Usage)?;
    draft.eye.extend(looked.troubles.iter().map(|why| format!("left out: {why}")));
    alone(&draft)?;
    let given = given(asked, &draft);
    let rates = tried(&mut draft, &given, world)?;
    let texts = Texts::of(&draft, &given, &rates, &asked.folder);
    texts.put(&asked.folder).map_err(Failure::Unwritable)?;
    Ok(written(draft))
}

fn refuse_existing(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    if folder.join("gapwise.toml").exists() {
        return Err(Failure::Usage(format!(
            "`{shown}` is a workspace already; choose another folder, or edit the one there"
        )));
    }
    match ["rules", "mapping"].into_iter().find(|name| folder.join(name).exists()) {
        Some(name) => Err(Failure::Usage(format!(
            "`{shown}` has a `{name}` already, which would be written over; choose another folder"
        ))),
        None => Ok(()),
    }
}

fn given(asked: &Asked, draft: &Draft) -> Given {
    let days = (draft.days.1 - draft.days.0).num_days() + 1;
    let grain = if days < DAYS_FOR_WEEKS { Grain::Day } else { Grain::Week { start: chrono::Weekday::Mon } };
    let calendar = Calendar { grain, zone: chrono_tz::UTC };
    let (first, last) = (calendar.of(draft.days.0), calendar.last_complete(draft.days.1));
    let begun = i32::from(calendar.start(first) < draft.days.0);
    Given {
        client: asked.client.clone().unwrap_or_else(|| client(&asked.folder)),
        timezone: asked.timezone.clone().unwrap_or_else(|| "UTC".to_owned()),
        is_zone_said: asked.timezone.is_some(),
        rules: asked.rules.clone(),
        grain,
        periods: (last.0 - first.0 + 1 - begun).max(0),
    }
}

/// The folder's name as a client's.
fn client(folder: &Path) -> String {
    let name = draft::plain(folder).and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let label = words::Said::of(name.as_deref().unwrap_or_default()).label();
    if label.is_empty() { "Client".to_owned() } else { label }
}

/// The draft as a workspace aside, loaded and its data read: what does not load is not handed over.
fn tried(draft: &mut Draft, given: &Given, world: &World) -> Result<Rates, Failure> {
    let aside = tempfile::tempdir()
        .context("cannot make a folder to try the workspace in")
        .map_err(Failure::Unwritable)?;
    let texts = Texts::aside(draft, given);
    texts.put(aside.path()).map_err(Failure::Unwritable)?;
    let look =
        Look { as_of: Some(draft.days.1.to_string()), out: aside.path().join("out"), back: rates::MOST };
    let mut opened = job::open(aside.path(), &look, world)?;
    for (source, why) in &opened.data.quality.missing {
        draft.eye.push(format!("{source}: {why}"));
    }
    if let Gate::Withhold(checks) = judge::gate(opened.plan(), &opened.data, opened.period) {
        let why = checks
            .into_iter()
            .filter(|check| !check.passed)
            .map(|check| crate::words::phrase(&check.say, &crate::words::Locale::default()));
        draft.eye.extend(why.map(|why| format!("a run would publish no figures: {why}")));
    }
    Ok(rates::propose(&mut opened, &draft.metrics))
}

/// The files of a workspace, by path.
struct Texts(Vec<(String, String)>);

impl Texts {
    /// With the data named by their whole paths.
    fn aside(draft: &Draft, given: &Given) -> Self {
        let paths: Vec<String> =
            draft.sources.iter().map(|source| glob_of(&source.files)).map(|path| whole(&path)).collect();
        Self::with(draft, write::workspace(draft, given, &paths, None), String::new())
    }

    fn of(draft: &Draft, given: &Given, rates: &Rates, folder: &Path) -> Self {
        let paths: Vec<String> = draft
            .sources
            .iter()
            .map(|source| draft::relative(folder, Path::new(&glob_of(&source.files))))
            .collect();
        Self::with(draft, write::workspace(draft, given, &paths, Some(rates)), write::client_rules(rates))
    }

    fn with(draft: &Draft, workspace: String, rules: String) -> Self {
        let mut all = vec![("gapwise.toml".to_owned(), workspace), ("rules/client.toml".to_owned(), rules)];
        all.push((schema::WORKSPACE_FILE.to_owned(), schema::workspace_text()));
        all.push((schema::RULES_FILE.to_owned(), schema::rules_text()));
        all.extend(draft.files.clone());
        Self(all)
    }

    /// Writes them, `gapwise.toml` last: without it there is no workspace.
    fn put(&self, folder: &Path) -> anyhow::Result<()> {
        for (name, text) in self.0.iter().rev() {
            let path = folder.join(name);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make `{}`", parent.display()))?;
            std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        }
        Ok(())
    }
}

fn whole(path: &str) -> String {
    draft::plain(Path::new(path)).map_or_else(|| path.to_owned(), |plain| plain.display().to_string())
}

/// One path for all the files of a table: a glob of what their names share.
fn glob_of(files: &[PathBuf]) -> String {
    let names: Vec<Vec<char>> =
        files.iter().map(|file| file.display().to_string().chars().collect()).collect();
    let Some((first, rest)) = names.split_first() else { return String::new() };
    if rest.is_empty() {
        return first.iter().collect();
    }
    let start = rest.iter().map(|name| common(first.iter(), name.iter())).min().unwrap_or(0);
    let shortest = names.iter().map(Vec::len).min().unwrap_or(0);
    let end = rest.iter().map(|name| common(first.iter().rev(), name.iter().rev())).min().unwrap_or(0);
    let end = end.min(shortest - start);
    let part = |letters: &[char]| glob::Pattern::escape(&letters.iter().collect::<String>());
    format!("{}*{}", part(&first[..start]), part(&first[first.len() - end..]))
}

fn common<'a>(one: impl Iterator<Item = &'a char>, other: impl Iterator<Item = &'a char>) -> usize {
    one.zip(other).take_while(|(x, y)| x == y).count()
}

/// A glob that would take in other files too cannot stand for a table.
fn alone(draft: &Draft) -> Result<(), Failure> {
    for source in draft.sources.iter().filter(|source| source.files.len() > 1) {
        let pattern = glob_of(&source.files);
        let others = glob::glob(&pattern).into_iter().flatten().filter_map(Result::ok);
        if let Some(other) = others.filter(|path| path.is_file()).find(|path| !source.files.contains(path)) {
            return Err(Failure::Usage(format!(
                "the files of {} share `{pattern}`, which `{}` matches too; put them in a folder of their own",
                source.id.name(),
                other.display()
            )));
        }
    }
    Ok(())
}

fn written(draft: Draft) -> Written {
    let recognised = draft.sources.iter().map(|source| (source.id.name().to_owned(), source.seen.clone()));
    let in_force = draft.metrics.iter().filter(|metric| metric.force == section::Force::Yes);
    Written {
        recognised: recognised.collect(),
        metrics: in_force.map(|metric| metric.label.clone()).collect(),
        eye: draft.eye,
        as_of: draft.days.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_table_share_one_path() {
        let glob = |names: &[&str]| glob_of(&names.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(glob(&["in/a.csv"]), "in/a.csv");
        assert_eq!(glob(&["in/calls-06.csv", "in/calls-07.csv"]), "in/calls-0*.csv");
        assert_eq!(glob(&["in/[x] 1.csv", "in/[x] 2.csv"]), "in/[[]x[]] *.csv");
        assert_eq!(glob(&["in/aa.csv", "in/aaa.csv"]), "in/aa*.csv");
    }

    #[test]
    fn data_are_named_from_the_workspace() {
        let from = |folder: &str, file: &str| draft::relative(Path::new(folder), Path::new(file));
        assert_eq!(from("/a/b/client", "/a/b/data/x.csv"), "../data/x.csv");
        assert_eq!(from("/a/b/client", "/a/b/client/x.csv"), "x.csv");
        assert_eq!(from("/a/b/../client", "/a/c/../data/x.csv"), "../data/x.csv");
        assert_eq!(from("/a/client", "/z/x.csv"), "/z/x.csv", "nothing in common but the root");
    }
}

//! Lock, exchange, latest: a publication happens whole or not at all.
//!
//! A workspace publishes into `<out>/<slug>/<period>/`. Every file is in memory before the first is written; all
//! are written to a staging folder beside the period's and forced to disk, and one rename puts them in place, or
//! one exchange where the period was published before. Whoever reads the folder meanwhile reads the former
//! publication or the new one. A crash at any point is put right by the next [`claim`]. The module has no clock
//! and nothing it writes inside a period's folder depends on what was published before.

mod compare;
pub mod deliver;
mod disk;
pub mod index;
mod latest;
mod layout;
mod names;
pub mod privacy_key;
mod retain;
mod swap;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde_json::json;

use chrono::NaiveDate;
use compare::Comparison;
use layout::Layout;
pub use retain::TooOld;

/// The claimed right to publish one period of one workspace: no other run can claim the same workspace until
/// this is dropped or used up.
#[derive(Debug)]
pub struct Place {
    layout: Layout,
    label: String,
    _lock: Lock,
}

/// Why a place could not be claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("another run holds the lock of this workspace's output, wait until it has ended")]
    Held,
    /// The environment's fault: permissions, a full disk, a path that is no folder.
    #[error(transparent)]
    Io(#[from] anyhow::Error),
    /// What was asked for, or what stands in its place, is not safe to write to.
    #[error("{0}")]
    Refused(String),
}

/// Where a publication stands, and what it did to an earlier one of the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub folder: PathBuf,
    /// The link to the newest period published, which need not be this one.
    pub latest: PathBuf,
    /// An earlier publication differed in some byte and made way.
    pub replaced: bool,
    /// Names of the files whose result differs from the earlier publication's, added and removed ones too, in
    /// order; empty for a first publication. A manifest that differs in its `inputs` alone is not among them.
    pub changed: Vec<String>,
}

/// Takes the lock of `<out>/<slug>/` and puts right what a crashed run left there. `label` is the period's.
///
/// The lock is the kernel's, so the lock file of a dead process is no obstacle.
pub fn claim(out: &Path, slug: &str, label: &str) -> Result<Place, ClaimError> {
    names::check_slug(slug).and_then(|()| names::check_label(label)).map_err(ClaimError::Refused)?;
    let layout = Layout::create(out, slug)?;
    layout.check(label).map_err(ClaimError::Refused)?;
    let lock = lock(&layout.lock())?;
    swap::recover(&layout)?;
    Ok(Place { layout, label: label.to_owned(), _lock: lock })
}

/// The folder for what runs of a workspace keep, for whoever only looks: no lock is needed, since every kept file
/// is written aside and moved into place.
pub fn kept(out: &Path, slug: &str) -> Result<PathBuf, String> {
    names::check_slug(slug)?;
    Layout::at(out, slug).kept_if_safe()
}

/// What a run would delete that ends before a day, for whoever only looks.
pub fn too_old(out: &Path, slug: &str, current: &str, before: NaiveDate) -> anyhow::Result<TooOld> {
    names::check_slug(slug).map_err(|why| anyhow!(why))?;
    TooOld::of(&Layout::at(out, slug), current, before)
}

/// A file of a publication: of the period with this label, or of the newest one.
pub fn published(out: &Path, slug: &str, label: Option<&str>, file: &str) -> Result<String, String> {
    names::check_slug(slug).and_then(|()| label.map_or(Ok(()), names::check_label))?;
    let layout = Layout::at(out, slug);
    let folder = label.map_or_else(|| layout.latest(), |label| layout.period(label));
    let path = folder.join(file);
    fs::read_to_string(&path).map_err(|error| {
        let way_out = "`gapwise run` publishes one, `--out` says where and `--period` which";
        format!("no report to read: `{}`: {error}; {way_out}", path.display())
    })
}

impl Place {
    /// [`publish`](Self::publish), then deletes what ends before a day. That something could not be deleted is no
    /// reason to call the publication failed.
    pub fn publish_and_forget(
        self,
        files: &BTreeMap<String, Vec<u8>>,
        at: &str,
        before: NaiveDate,
    ) -> anyhow::Result<(Published, anyhow::Result<TooOld>)> {
        let published = self.put(files, at)?;
        let found = TooOld::of(&self.layout, &self.label, before);
        let deleted = found.and_then(|old| old.delete(&self.layout).map(|()| old));
        Ok((published, deleted))
    }

    /// Publishes the files, by name relative to the period's folder; sub-folders are written `evidence/gap.csv`.
    /// `at` is the moment of publication, as text, for the record of revisions.
    ///
    /// Identical bytes leave the earlier publication untouched. An error before the new folder is in place leaves
    /// the earlier one whole; an error after that (recording the revision, moving `latest`) leaves the new one,
    /// and the next run completes the rest.
    pub fn publish(self, files: &BTreeMap<String, Vec<u8>>, at: &str) -> anyhow::Result<Published> {
        self.put(files, at)
    }

    fn put(&self, files: &BTreeMap<String, Vec<u8>>, at: &str) -> anyhow::Result<Published> {
        names::check_files(files).map_err(|why| anyhow!(why))?;
        let folder = self.layout.period(&self.label);
        let earlier = Comparison::with_published(&folder, files)?;
        match &earlier {
            None => self.stage_and(files, swap::put_first)?,
            Some(earlier) if earlier.identical => {}
            Some(earlier) => {
                let revision = self.revision(&earlier.changed, at);
                self.stage_and(files, |layout, label| swap::replace(layout, label, revision.as_deref()))?;
            }
        }
        let latest = latest::point_at_newest(&self.layout, &self.label)?;
        let (replaced, changed) = earlier.map_or((false, Vec::new()), |it| (!it.identical, it.changed));
        Ok(Published { folder, latest, replaced, changed })
    }

    /// A folder for what later runs of this workspace may reuse, created when first asked for. If it cannot be
    /// created, the first write into it says so.
    pub fn kept(&self) -> PathBuf {
        let folder = self.layout.kept();
        fs::create_dir(&folder).ok();
        folder
    }

    /// Writes the staging folder and puts it in place. A failure leaves nothing half done, as far as the disk lets
    /// us; what cannot be cleaned now is cleaned at the next claim.
    fn stage_and(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        put: impl FnOnce(&Layout, &str) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let staged = disk::write_folder(&self.layout.staging(), files);
        staged.and_then(|()| put(&self.layout, &self.label)).inspect_err(|_| {
            swap::recover(&self.layout).ok();
        })
    }

    /// The line of `revisions.jsonl` for a re-publication, none when no result changed.
    fn revision(&self, changed: &[String], at: &str) -> Option<String> {
        let line = || json!({ "at": at, "period": self.label, "changed": changed }).to_string();
        (!changed.is_empty()).then(line)
    }
}

/// A held lock. It is given back by name, not only by closing the file: a process being started at that moment
/// has the file open too, until it runs its own program.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!("cannot give the lock back before the file is closed: {error}");
        }
    }
}

fn lock(path: &Path) -> Result<Lock, ClaimError> {
    let opened = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    let file = opened.with_context(|| format!("cannot open the lock `{}`", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(ClaimError::Held),
        Err(TryLockError::Error(error)) => {
            let error = anyhow!(error).context(format!("cannot lock `{}`", path.display()));
            Err(ClaimError::Io(error))
        }
    }
}

//! The moment of publication, and what the next run does when it was interrupted.
//!
//! A replacement writes a journal first: the period, the new folder's inode and the line that records what
//! changed. The inode tells afterwards whether the new folder got its name, with an exchange and with two renames
//! alike; a file system whose inodes change costs the record's line, never a publication.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use anyhow::Context;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use serde_json::{Value, json};

use super::layout::Layout;
use super::{disk, names};

/// Gives the staging folder the period's name, which nothing bears yet.
pub(super) fn put_first(layout: &Layout, label: &str) -> anyhow::Result<()> {
    disk::rename(&layout.staging(), &layout.period(label))?;
    disk::sync(layout.root())
}

/// Puts the staging folder in the place of an earlier publication, records the revision and removes the earlier.
pub(super) fn replace(layout: &Layout, label: &str, revision: Option<&str>) -> anyhow::Result<()> {
    let journal = Journal::of_staging(layout, label, revision)?;
    journal.write(layout)?;
    if !exchange(&layout.staging(), &layout.period(label))? {
        two_renames(layout, label)?;
    }
    disk::sync(layout.root())?;
    journal.finish(layout)?;
    // The new publication stands; an old one that cannot be removed is tried again at the next claim.
    clear(layout).ok();
    Ok(())
}

/// Completes or undoes what an interrupted run left, so that each period is wholly the old or the new one.
pub(super) fn recover(layout: &Layout) -> anyhow::Result<()> {
    if let Some(journal) = Journal::read(layout)? {
        journal.settle(layout)?;
    }
    disk::remove_file(&layout.journal())?;
    clear(layout)
}

/// Exchanges two folders in one step; false where the file system cannot.
fn exchange(a: &Path, b: &Path) -> anyhow::Result<bool> {
    const CANNOT: [Errno; 4] = [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP];
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(errno) if CANNOT.contains(&errno) => Ok(false),
        Err(errno) => Err(errno).with_context(|| format!("cannot replace `{}`", b.display())),
    }
}

/// The way round: for the moment between the renames the period has no folder, and the journal says why.
fn two_renames(layout: &Layout, label: &str) -> anyhow::Result<()> {
    disk::rename(&layout.period(label), &layout.replaced())?;
    disk::rename(&layout.staging(), &layout.period(label))
}

/// Removes what is left over once the journal is settled.
fn clear(layout: &Layout) -> anyhow::Result<()> {
    disk::remove_folder(&layout.staging())?;
    disk::remove_folder(&layout.replaced())?;
    disk::remove_file(&layout.scratch())
}

/// A replacement under way.
#[derive(Debug)]
struct Journal {
    period: String,
    inode: u64,
    revision: Option<String>,
}

impl Journal {
    fn of_staging(layout: &Layout, label: &str, revision: Option<&str>) -> anyhow::Result<Journal> {
        let staging = layout.staging();
        let inode = inode(&staging)?.with_context(|| format!("`{}` is gone", staging.display()))?;
        Ok(Journal { period: label.to_owned(), inode, revision: revision.map(str::to_owned) })
    }

    fn write(&self, layout: &Layout) -> anyhow::Result<()> {
        let text =
            json!({ "period": self.period, "inode": self.inode, "revision": self.revision }).to_string();
        disk::write_atomically(&layout.journal(), &layout.scratch(), text.as_bytes())
    }

    /// The journal left behind, if any. What is not a journal was not written by us and promises nothing.
    fn read(layout: &Layout) -> anyhow::Result<Option<Journal>> {
        let path = layout.journal();
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.with_context(|| format!("cannot read `{}`", path.display()))?,
        };
        Ok(serde_json::from_slice(&bytes).ok().as_ref().and_then(Journal::parse))
    }

    fn parse(value: &Value) -> Option<Journal> {
        let period = value.get("period")?.as_str()?.to_owned();
        names::check_label(&period).ok()?;
        let revision = value.get("revision")?.as_str().map(str::to_owned);
        Some(Journal { period, inode: value.get("inode")?.as_u64()?, revision })
    }

    fn settle(&self, layout: &Layout) -> anyhow::Result<()> {
        let period = layout.period(&self.period);
        match inode(&period)? {
            Some(inode) if inode == self.inode => return self.finish(layout),
            Some(_) => return Ok(()),
            None => {}
        }
        if inode(&layout.staging())? == Some(self.inode) {
            disk::rename(&layout.staging(), &period)?;
            disk::sync(layout.root())?;
            return self.finish(layout);
        }
        if inode(&layout.replaced())?.is_some() {
            disk::rename(&layout.replaced(), &period)?;
        }
        disk::sync(layout.root())
    }

    /// The new folder has its name: the revision is recorded, once, and the journal has done its work.
    fn finish(&self, layout: &Layout) -> anyhow::Result<()> {
        if let Some(line) = &self.revision {
            record(layout, line)?;
        }
        disk::remove_file(&layout.journal())
    }
}

/// Appends a line to the record of revisions unless it is the last one already.
fn record(layout: &Layout, line: &str) -> anyhow::Result<()> {
    let path = layout.revisions();
    let mut text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("cannot read `{}`", path.display()))?,
    };
    if text.lines().last() == Some(line) {
        return Ok(());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
    disk::write_atomically(&path, &layout.scratch(), text.as_bytes())
}

/// The inode of a folder, `None` when there is none.
fn inode(path: &Path) -> anyhow::Result<Option<u64>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(metadata.is_dir().then(|| metadata.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use tempfile::TempDir;

    const LABEL: &str = "2026-W46";
    const LINE: &str = r#"{"at":"now","period":"2026-W46","changed":["a"]}"#;

    /// An old publication in place and a new one staged, with its journal, as they stand before the swap.
    struct Interrupted {
        _out: TempDir,
        layout: Layout,
    }

    impl Interrupted {
        fn before_the_swap() -> Interrupted {
            let out = TempDir::new().unwrap();
            let layout = Layout::create(out.path(), "northwind").unwrap();
            let files = |text: &str| BTreeMap::from([("a".to_owned(), text.as_bytes().to_vec())]);
            disk::write_folder(&layout.period(LABEL), &files("old")).unwrap();
            disk::write_folder(&layout.staging(), &files("new")).unwrap();
            Journal::of_staging(&layout, LABEL, Some(LINE)).unwrap().write(&layout).unwrap();
            Interrupted { _out: out, layout }
        }

        /// Recovers and returns what is published and recorded, having checked that nothing is left over.
        fn recover(&self) -> (String, String) {
            recover(&self.layout).unwrap();
            let layout = &self.layout;
            for leftover in [layout.staging(), layout.replaced(), layout.journal(), layout.scratch()] {
                assert!(fs::symlink_metadata(&leftover).is_err(), "{}", leftover.display());
            }
            let published = fs::read_to_string(layout.period(LABEL).join("a")).unwrap();
            (published, fs::read_to_string(layout.revisions()).unwrap_or_default())
        }
    }

    fn old() -> (String, String) {
        ("old".to_owned(), String::new())
    }

    fn new() -> (String, String) {
        ("new".to_owned(), format!("{LINE}\n"))
    }

    #[test]
    fn a_crash_before_the_swap_leaves_the_old() {
        let run = Interrupted::before_the_swap();
        assert_eq!(run.recover(), old());
    }

    #[test]
    fn a_crash_while_staging_leaves_the_old() {
        let run = Interrupted::before_the_swap();
        fs::remove_file(run.layout.journal()).unwrap();
        assert_eq!(run.recover(), old());
    }

    #[test]
    fn a_crash_after_the_exchange_completes_the_new() {
        let run = Interrupted::before_the_swap();
        assert!(exchange(&run.layout.staging(), &run.layout.period(LABEL)).unwrap());
        assert_eq!(run.recover(), new());
    }

    #[test]
    fn a_crash_between_the_two_renames_completes_the_new() {
        let run = Interrupted::before_the_swap();
        fs::rename(run.layout.period(LABEL), run.layout.replaced()).unwrap();
        assert_eq!(run.recover(), new());
    }

    #[test]
    fn a_crash_after_the_two_renames_completes_the_new() {
        let run = Interrupted::before_the_swap();
        two_renames(&run.layout, LABEL).unwrap();
        assert_eq!(run.recover(), new());
    }

    #[test]
    fn the_old_comes_back_when_the_new_is_lost_between_the_renames() {
        let run = Interrupted::before_the_swap();
        fs::rename(run.layout.period(LABEL), run.layout.replaced()).unwrap();
        fs::remove_dir_all(run.layout.staging()).unwrap();
        assert_eq!(run.recover(), old());
    }

    #[test]
    fn a_revision_recorded_before_the_crash_is_not_recorded_twice() {
        let run = Interrupted::before_the_swap();
        assert!(exchange(&run.layout.staging(), &run.layout.period(LABEL)).unwrap());
        record(&run.layout, LINE).unwrap();
        assert_eq!(run.recover(), new());
    }

    #[test]
    fn a_journal_that_is_none_promises_nothing() {
        for text in ["", "{", r#"{"period": "../..", "inode": 1, "revision": null}"#] {
            let run = Interrupted::before_the_swap();
            fs::write(run.layout.journal(), text).unwrap();
            assert_eq!(run.recover(), old(), "{text}");
        }
    }

    #[test]
    fn a_file_system_without_exchange_is_told_from_a_failure() {
        let out = TempDir::new().unwrap();
        let (folder, inside) = (out.path().join("a"), out.path().join("a/b"));
        fs::create_dir_all(&inside).unwrap();
        assert!(
            !exchange(&folder, &inside).unwrap(),
            "an invalid exchange is answered as an unsupported one"
        );
        let error = exchange(&folder, &out.path().join("missing")).unwrap_err();
        assert!(error.to_string().contains("missing"));
    }
}

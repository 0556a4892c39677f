//! The names below `<out>/<slug>/`, and the check that nothing else stands in their place.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::disk;

/// A workspace's folder below the output folder.
#[derive(Debug)]
pub(super) struct Layout {
    root: PathBuf,
}

/// What may stand at one of our paths, if anything does.
enum Expected {
    Folder,
    File,
    Link,
}

impl Layout {
    /// The layout of a workspace, its folder created when missing.
    pub(super) fn create(out: &Path, slug: &str) -> anyhow::Result<Layout> {
        let root = out.join(slug);
        let exists = fs::symlink_metadata(&root).is_ok();
        if !exists {
            fs::create_dir_all(&root).with_context(|| format!("cannot create `{}`", root.display()))?;
            disk::sync(out)?;
        }
        Ok(Layout { root })
    }

    /// The layout of a workspace that may not have published yet.
    pub(super) fn at(out: &Path, slug: &str) -> Layout {
        Layout { root: out.join(slug) }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn period(&self, label: &str) -> PathBuf {
        self.root.join(label)
    }

    pub(super) fn latest(&self) -> PathBuf {
        self.root.join("latest")
    }

    pub(super) fn kept(&self) -> PathBuf {
        self.root.join("kept")
    }

    /// The folder of kept results, unless something else stands there.
    pub(super) fn kept_if_safe(&self) -> Result<PathBuf, String> {
        [&self.root, &self.kept()].into_iter().try_for_each(|path| Expected::Folder.check(path))?;
        Ok(self.kept())
    }

    /// One JSON object a line: what each re-publication changed.
    pub(super) fn revisions(&self) -> PathBuf {
        self.root.join("revisions.jsonl")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.root.join(".lock")
    }

    /// The publication being written; after an exchange, the one that made way.
    pub(super) fn staging(&self) -> PathBuf {
        self.root.join(".staging")
    }

    /// The publication that makes way where the file system cannot exchange.
    pub(super) fn replaced(&self) -> PathBuf {
        self.root.join(".replaced")
    }

    /// What a replacement under way means to do, for whoever finds it unfinished.
    pub(super) fn journal(&self) -> PathBuf {
        self.root.join(".journal")
    }

    /// A single file on its way to its name.
    pub(super) fn scratch(&self) -> PathBuf {
        self.root.join(".scratch")
    }

    /// Refuses links, and anything else of the wrong type, where a claim of this period would write: a link in
    /// the output folder could lead the publication anywhere.
    pub(super) fn check(&self, label: &str) -> Result<(), String> {
        let folders = [self.root.clone(), self.period(label), self.kept(), self.staging(), self.replaced()];
        let files = [self.lock(), self.journal(), self.revisions()];
        folders.iter().try_for_each(|path| Expected::Folder.check(path))?;
        files.iter().try_for_each(|path| Expected::File.check(path))?;
        Expected::Link.check(&self.latest())
    }
}

impl Expected {
    fn check(&self, path: &Path) -> Result<(), String> {
        let Ok(found) = fs::symlink_metadata(path).map(|metadata| metadata.file_type()) else {
            return Ok(());
        };
        let (fits, name) = match self {
            Expected::Folder => (found.is_dir(), "a folder"),
            Expected::File => (found.is_file(), "a file"),
            Expected::Link => (found.is_symlink(), "a symbolic link"),
        };
        let found = if found.is_symlink() { "a symbolic link" } else { "something else" };
        let way_out = "move it away or choose another `--out`";
        let refusal = || format!("`{}` is {found} where {name} belongs, {way_out}", path.display());
        if fits { Ok(()) } else { Err(refusal()) }
    }
}

//! The link to the newest period.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::disk;
use super::layout::Layout;
use super::names;

/// Points `latest` at the newest period published in the grain of `label`, and returns the link. Publishing an
/// older period again does not move it back; a missing or dangling link is put right.
pub(super) fn point_at_newest(layout: &Layout, label: &str) -> anyhow::Result<PathBuf> {
    let (link, newest) = (layout.latest(), newest(layout, label)?);
    if fs::read_link(&link).is_ok_and(|target| target == Path::new(&newest)) {
        return Ok(link);
    }
    let passing = layout.scratch();
    disk::remove_file(&passing)?;
    symlink(&newest, &passing).with_context(|| format!("cannot create the link `{}`", passing.display()))?;
    disk::rename(&passing, &link)?;
    disk::sync(layout.root())?;
    Ok(link)
}

/// Labels of another grain do not compete: a workspace that changed from weeks to months follows its months.
fn newest(layout: &Layout, label: &str) -> anyhow::Result<String> {
    let failed = || format!("cannot read `{}`", layout.root().display());
    let mut newest = label.to_owned();
    for entry in fs::read_dir(layout.root()).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_period = names::shape(&name) == names::shape(label);
        if is_period && name > newest && entry.file_type().with_context(failed)?.is_dir() {
            newest = name;
        }
    }
    Ok(newest)
}

//! Writes that are on disk when they return, and errors that name the path.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;

/// Creates a folder with these files and forces all of it to disk.
pub(super) fn write_folder(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    create_folder(folder)?;
    let mut folders = BTreeSet::from([folder.to_path_buf()]);
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            create_folder(parent)?;
            folders.extend(parent.ancestors().take_while(|it| *it != folder).map(Path::to_path_buf));
        }
        write(&path, bytes)?;
    }
    // A folder sorts before what is inside it: the deepest are forced first, as their names are in the others.
    folders.iter().rev().try_for_each(|folder| sync(folder))
}

/// Writes a file under a passing name and renames it, so that its name never stands for half of it.
pub(super) fn write_atomically(path: &Path, passing: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    remove_file(passing)?;
    write(passing, bytes)?;
    rename(passing, path)?;
    path.parent().map_or(Ok(()), sync)
}

pub(super) fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot rename `{}` to `{}`", from.display(), to.display()))
}

/// Forces a folder's names, or a file's bytes, to disk.
pub(super) fn sync(path: &Path) -> anyhow::Result<()> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.with_context(|| format!("cannot force `{}` to disk", path.display()))
}

/// Removes a file or a link, if there is one.
pub(super) fn remove_file(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a folder and what is in it, if there is one. Links inside are removed, not followed.
pub(super) fn remove_folder(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

fn create_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot create `{}`", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

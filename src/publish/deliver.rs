//! Takes a published report to where its readers look. A delivery never touches the publication itself.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::disk;

/// Copies a published file into an existing folder under its own name and returns the copy's path. Whoever opens
/// that name finds the former file or the whole new one.
pub fn to_folder(report: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let Some(name) = report.file_name() else { bail!("`{}` names no report to deliver", report.display()) };
    let bytes = fs::read(report).with_context(|| format!("cannot read `{}`", report.display()))?;
    let target = folder.join(name);
    let failed = || format!("cannot deliver to `{}`", target.display());
    // The mode is narrowed by the process's umask, as for any other file.
    let mut passing = tempfile::Builder::new()
        .prefix(".gapwise-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)
        .with_context(failed)?;
    passing.write_all(&bytes).and_then(|()| passing.as_file().sync_all()).with_context(failed)?;
    passing.persist(&target).with_context(failed)?;
    disk::sync(folder)?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_report_is_copied_and_replaced_without_leftovers() {
        let (published, shared) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let report = published.path().join("leadership.html");
        for text in ["first", "second"] {
            fs::write(&report, text).unwrap();
            let copy = to_folder(&report, shared.path()).unwrap();
            assert_eq!(copy, shared.path().join("leadership.html"));
            assert_eq!(fs::read_to_string(copy).unwrap(), text);
        }
        assert_eq!(fs::read_dir(shared.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_copy_has_the_rights_of_any_other_new_file() {
        let folder = TempDir::new().unwrap();
        let (plain, shared) = (folder.path().join("plain"), folder.path().join("shared"));
        fs::write(&plain, "x").unwrap();
        fs::create_dir(&shared).unwrap();
        let copy = to_folder(&plain, &shared).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&copy), mode(&plain));
    }

    #[test]
    fn a_missing_folder_or_report_is_named() {
        let folder = TempDir::new().unwrap();
        let (report, missing) = (folder.path().join("leadership.html"), folder.path().join("missing"));
        assert!(to_folder(&report, folder.path()).unwrap_err().to_string().contains("leadership.html"));
        fs::write(&report, "x").unwrap();
        let error = to_folder(&report, &missing).unwrap_err();
        assert!(error.to_string().contains("missing/leadership.html"), "{error}");
    }
}

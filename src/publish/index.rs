//! The page over all clients of a run, beside their folders, and what it reads of them.

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use serde_json::Value;

use super::layout::Layout;
use super::{disk, names};

const NAME: &str = "index.html";

/// Writes `<out>/index.html`: whoever opens it finds the former page or the whole new one. A link in its place could
/// lead it anywhere and is refused.
pub fn write(out: &Path, page: &[u8]) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(out).with_context(|| format!("cannot create `{}`", out.display()))?;
    let target = out.join(NAME);
    let failed = || format!("cannot write `{}`", target.display());
    match fs::symlink_metadata(&target) {
        Ok(found) if !found.is_file() => {
            let found = if found.is_symlink() { "a symbolic link" } else { "something else" };
            bail!(
                "`{}` is {found} where a file belongs, move it away or choose another `--out`",
                target.display()
            );
        }
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(failed),
        _ => {}
    }
    let mut passing = tempfile::Builder::new()
        .prefix(".gapwise-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(out)
        .with_context(failed)?;
    passing.write_all(page).and_then(|()| passing.as_file().sync_all()).with_context(failed)?;
    passing.persist(&target).with_context(failed)?;
    disk::sync(out)?;
    Ok(target)
}

/// What the manifests of a client's periods say, the newest first: those of the grain that `latest` points at.
pub fn manifests(out: &Path, slug: &str) -> anyhow::Result<Vec<Value>> {
    names::check_slug(slug).map_err(|why| anyhow!(why))?;
    let layout = Layout::at(out, slug);
    let Ok(latest) = fs::read_link(layout.latest()) else { return Ok(Vec::new()) };
    let shape = latest.to_str().and_then(names::shape);
    let failed = || format!("cannot read `{}`", layout.root().display());
    let entries = fs::read_dir(layout.root()).with_context(failed)?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut periods: Vec<String> =
        names.filter(|name| shape.is_some() && names::shape(name) == shape).collect();
    periods.sort_unstable();
    let read = |period: &String| {
        let bytes = fs::read(layout.period(period).join("manifest.json")).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    Ok(periods.iter().rev().filter_map(read).collect())
}

/// Whether a client's newest publication has a page of this name.
pub fn has_page(out: &Path, slug: &str, page: &str) -> bool {
    names::check_slug(slug).is_ok() && Layout::at(out, slug).latest().join(page).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
    use tempfile::TempDir;

    #[test]
    fn a_page_is_written_and_replaced_without_leftovers() {
        let home = TempDir::new().unwrap();
        let out = home.path().join("out");
        for text in ["first", "second"] {
            let path = write(&out, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }

    #[test]
    fn a_link_or_a_folder_in_its_place_is_refused() {
        let home = TempDir::new().unwrap();
        let elsewhere = home.path().join("elsewhere");
        fs::write(&elsewhere, "mine").unwrap();
        let target = home.path().join(NAME);
        symlink(&elsewhere, &target).unwrap();
        let error = write(home.path(), b"x").unwrap_err().to_string();
        assert!(error.contains("is a symbolic link where a file belongs"), "{error}");
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
        fs::remove_file(&target).unwrap();
        fs::create_dir(&target).unwrap();
        assert!(write(home.path(), b"x").is_err());
    }

    #[test]
    fn manifests_are_read_newest_first_and_never_outside() {
        let out = TempDir::new().unwrap();
        for (period, text) in [("2026-W45", "1"), ("2026-W46", "2"), ("2026-11", "3"), ("kept", "4")] {
            let folder = out.path().join("acme").join(period);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("manifest.json"), text).unwrap();
        }
        assert_eq!(manifests(out.path(), "acme").unwrap(), Vec::<Value>::new(), "nothing was ever published");
        symlink("2026-W46", out.path().join("acme/latest")).unwrap();
        assert_eq!(manifests(out.path(), "acme").unwrap(), [2, 1].map(Value::from));
        assert!(manifests(out.path(), "../acme").is_err());
        assert!(has_page(out.path(), "acme", "manifest.json") && !has_page(out.path(), "acme", "team.html"));
    }
}

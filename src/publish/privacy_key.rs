//! The key behind codes of people: a file in the workspace that nobody but its owner reads, and that never leaves it.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// 32 bytes of chance.
pub type Key = [u8; 32];

/// Where a workspace keeps its key.
pub fn place(workspace: &Path) -> PathBuf {
    workspace.join("state").join("privacy.key")
}

/// Makes a new key that only the owner may read (mode 0600) and returns its place. A key that is there stays as it is.
pub fn create(workspace: &Path) -> anyhow::Result<PathBuf> {
    let place = place(workspace);
    let failed = || format!("cannot write `{}`", place.display());
    if let Some(folder) = place.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(failed)?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(place),
        opened => opened.with_context(failed)?,
    };
    let written = file.write_all(format!("{}\n", hex(&chance()?)).as_bytes()).and_then(|()| file.sync_all());
    written.with_context(failed)?;
    Ok(place)
}

/// The key of a workspace; the error names the file and the way out, never what is in it.
pub fn read(workspace: &Path) -> anyhow::Result<Key> {
    let place = place(workspace);
    let shown = place.display();
    let about = match fs::metadata(&place) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("codes need a key and `{shown}` is not there, write one with `gapwise privacy --new-key`")
        }
        found => found.with_context(|| format!("cannot read `{shown}`"))?,
    };
    if about.permissions().mode() & 0o077 != 0 {
        bail!("others may read `{shown}`, and so could tell who a code is; `chmod 600` it");
    }
    let text = fs::read_to_string(&place).with_context(|| format!("cannot read `{shown}`"))?;
    unhex(text.trim()).with_context(|| format!("`{shown}` is no key, move it away and make a new one"))
}

/// Bytes of the kernel's generator.
fn chance() -> anyhow::Result<Key> {
    let mut key = [0; 32];
    let source = fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut key));
    source.context("cannot read `/dev/urandom`")?;
    Ok(key)
}

fn hex(key: &Key) -> String {
    key.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Key> {
    let mut key = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use tempfile::TempDir;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let workspace = TempDir::new().unwrap();
        let place = create(workspace.path()).unwrap();
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
        let key = read(workspace.path()).unwrap();
        create(workspace.path()).unwrap();
        assert_eq!(read(workspace.path()).unwrap(), key);
        let other = TempDir::new().unwrap();
        create(other.path()).unwrap();
        assert_ne!(read(other.path()).unwrap(), key);
    }

    #[test]
    fn a_key_that_is_not_there_is_open_or_is_none_is_refused_without_being_shown() {
        let workspace = TempDir::new().unwrap();
        let told = || format!("{:#}", read(workspace.path()).unwrap_err());
        assert!(told().contains("--new-key"), "{}", told());
        let place = create(workspace.path()).unwrap();
        fs::set_permissions(&place, Permissions::from_mode(0o644)).unwrap();
        assert!(told().contains("chmod 600"), "{}", told());
        fs::set_permissions(&place, Permissions::from_mode(0o600)).unwrap();
        fs::write(&place, "geheim").unwrap();
        assert!(told().contains("no key") && !told().contains("geheim"), "{}", told());
    }
}

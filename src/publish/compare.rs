//! What a publication would change in the earlier one of the same period.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

/// A new publication held against the one in place.
#[derive(Debug)]
pub(super) struct Comparison {
    /// Same names, same bytes.
    pub(super) identical: bool,
    /// Names whose result differs, is new or is gone, in order.
    pub(super) changed: Vec<String>,
}

impl Comparison {
    /// The comparison with the publication in `folder`, `None` when there is none.
    pub(super) fn with_published(
        folder: &Path,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> anyhow::Result<Option<Comparison>> {
        if !folder.try_exists().with_context(|| format!("cannot read `{}`", folder.display()))? {
            return Ok(None);
        }
        let mut names = BTreeSet::new();
        collect_names(folder, "", &mut names)?;
        let mut comparison = Comparison { identical: true, changed: Vec::new() };
        for name in names.iter().chain(files.keys()).collect::<BTreeSet<_>>() {
            let earlier = if names.contains(name) { read_regular(&folder.join(name))? } else { None };
            comparison.add(name, earlier.as_deref(), files.get(name).map(Vec::as_slice));
        }
        Ok(Some(comparison))
    }

    fn add(&mut self, name: &str, earlier: Option<&[u8]>, new: Option<&[u8]>) {
        let same_bytes = earlier.is_some() && earlier == new;
        let same_result = match (name, earlier, new) {
            ("manifest.json", Some(earlier), Some(new)) => same_bytes || manifests_agree(earlier, new),
            _ => same_bytes,
        };
        self.identical &= same_bytes;
        if !same_result {
            self.changed.push(name.to_owned());
        }
    }
}

/// Whether two manifests say the same but for their `inputs`: where data were read, and when, is no result.
fn manifests_agree(a: &[u8], b: &[u8]) -> bool {
    let result = |bytes| match serde_json::from_slice(bytes) {
        Ok(Value::Object(mut manifest)) => {
            manifest.shift_remove("inputs");
            Some(manifest)
        }
        _ => None,
    };
    result(a).is_some_and(|a| result(b) == Some(a))
}

/// The names of everything below a folder that is not itself a folder; links are not followed.
fn collect_names(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let failed = || format!("cannot read `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().with_context(failed)?.is_dir() {
            collect_names(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}

/// A regular file's bytes; anything else in its place, a link say, has none to compare.
fn read_regular(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            fs::read(path).map(Some).with_context(|| format!("cannot read `{}`", path.display()))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_agree_when_only_inputs_differ() {
        let manifest = br#"{"result": {"a": 1}, "inputs": {"mtime": 1}}"#;
        assert!(manifests_agree(manifest, br#"{"inputs": null, "result": {"a": 1}}"#));
        assert!(!manifests_agree(manifest, br#"{"result": {"a": 2}, "inputs": {"mtime": 1}}"#));
        assert!(!manifests_agree(manifest, b"not json"));
        assert!(!manifests_agree(b"not json", b"not json either"));
    }
}

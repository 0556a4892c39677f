//! Which files a source's path names, and how each is packed and written.

use std::path::{Path, PathBuf};

/// How a file holds its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Separated text.
    Delimited,
    /// One JSON object a line.
    Ndjson,
    Parquet,
    /// An Excel workbook; its first sheet counts.
    Sheet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) path: PathBuf,
    /// As messages and `rejected.csv` name it: relative to the workspace.
    pub(super) shown: String,
    pub(super) kind: Kind,
    pub(super) packing: Packing,
}

/// The files a path or glob names, in the order of their names.
pub(super) fn inputs(folder: &Path, pattern: &str) -> Result<Vec<Input>, String> {
    if is_remote(pattern) {
        return remote(pattern).map(|input| vec![input]);
    }
    let whole = folder.join(pattern);
    if whole.is_dir() {
        return Err(format!(
            "`{pattern}` is a folder; name its files, as in `{}/*.csv`",
            pattern.trim_end_matches('/')
        ));
    }
    let mut paths = if whole.is_file() { vec![whole] } else { globbed(folder, pattern)? };
    paths.sort();
    match paths.is_empty() {
        true if pattern.contains(['*', '?', '[']) => Err(format!("no file matches `{pattern}`")),
        true => Err(format!("`{pattern}` does not exist")),
        false => paths.into_iter().map(|path| input(folder, path)).collect(),
    }
}

/// A file by its own path.
pub(super) fn one(path: &Path) -> Result<Input, String> {
    input(Path::new(""), path.to_path_buf())
}

/// Whether a file's name says that it holds a table.
pub(super) fn has_table_name(path: &Path) -> bool {
    kind_of(path).0.is_some()
}

/// Files in the folder a pattern points into, by paths as a workspace writes them.
pub(super) fn beside(folder: &Path, pattern: &str) -> Vec<String> {
    let Some(parent) = Path::new(pattern).parent().filter(|_| !is_remote(pattern)) else { return Vec::new() };
    let entries = std::fs::read_dir(folder.join(parent)).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file() && kind_of(&entry.path()).0.is_some());
    let mut names: Vec<String> =
        files.map(|entry| parent.join(entry.file_name()).to_string_lossy().replace('\\', "/")).collect();
    names.sort();
    names
}

pub(super) fn is_remote(path: &str) -> bool {
    path.contains("://")
}

fn remote(pattern: &str) -> Result<Input, String> {
    let (kind, packing) = kind_of(Path::new(pattern));
    if kind != Some(Kind::Parquet) || packing != Packing::None {
        return Err(format!("`{pattern}`: only Parquet is read from an object store"));
    }
    Ok(Input { path: pattern.into(), shown: pattern.to_owned(), kind: Kind::Parquet, packing })
}

fn globbed(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, String> {
    let whole = if Path::new(pattern).is_absolute() {
        pattern.to_owned()
    } else {
        format!("{}/{pattern}", glob::Pattern::escape(&folder.to_string_lossy()))
    };
    let found = glob::glob(&whole).map_err(|error| format!("`{pattern}` is not a glob: {}", error.msg))?;
    let mut files = Vec::new();
    for path in found {
        let path = path.map_err(|error| format!("cannot look for `{pattern}`: {}", error.error()))?;
        if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

fn input(folder: &Path, path: PathBuf) -> Result<Input, String> {
    let shown = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    let (kind, packing) = kind_of(&path);
    let kind = match kind {
        Some(kind) => kind,
        None if starts_with(&path, *b"PAR1") => Kind::Parquet,
        None => Kind::Delimited,
    };
    if packing != Packing::None && matches!(kind, Kind::Parquet | Kind::Sheet) {
        return Err(format!("`{shown}`: only text files are read packed; unpack it"));
    }
    Ok(Input { path, shown, kind, packing })
}

fn starts_with(path: &Path, magic: [u8; 4]) -> bool {
    use std::io::Read as _;
    let mut head = [0u8; 4];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == magic
}

fn kind_of(path: &Path) -> (Option<Kind>, Packing) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let (name, packing) = match name.rsplit_once('.') {
        Some((rest, "gz")) => (rest.to_owned(), Packing::Gzip),
        Some((rest, "zst")) => (rest.to_owned(), Packing::Zstd),
        _ => (name, Packing::None),
    };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv" | "tsv" | "tab" | "txt") => Some(Kind::Delimited),
        Some("ndjson" | "jsonl" | "json") => Some(Kind::Ndjson),
        Some("parquet" | "pq") => Some(Kind::Parquet),
        Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods") => Some(Kind::Sheet),
        _ => None,
    };
    (kind, packing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_their_names_and_relative_to_the_workspace() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        for name in ["b.csv.gz", "a.csv", "c.parquet", "note.md"] {
            std::fs::write(folder.path().join("data").join(name), "x").unwrap();
        }
        let found = inputs(folder.path(), "data/*.c*").unwrap();
        let shown: Vec<_> = found.iter().map(|input| (input.shown.as_str(), input.packing)).collect();
        assert_eq!(shown, [("data/a.csv", Packing::None), ("data/b.csv.gz", Packing::Gzip)]);
        assert_eq!(inputs(folder.path(), "data/c.parquet").unwrap()[0].kind, Kind::Parquet);
    }

    #[test]
    fn what_is_not_there_is_named_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(inputs(folder.path(), "data/*.csv").unwrap_err(), "no file matches `data/*.csv`");
        assert_eq!(inputs(folder.path(), "data.csv").unwrap_err(), "`data.csv` does not exist");
        assert!(inputs(folder.path(), ".").unwrap_err().contains("is a folder"));
    }
}

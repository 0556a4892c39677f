//! Clock, environment and files, made once in `main` and handed down, so that nothing below looks around
//! by itself.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// What a run may know of the world outside its workspace.
#[derive(Clone, Debug)]
pub struct World {
    pub now: DateTime<Utc>,
    pub env: BTreeMap<String, String>,
}

impl World {
    /// The day in a zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now.with_timezone(&zone).date_naive()
    }

    /// The day before today in a zone.
    pub fn yesterday(&self, zone: Tz) -> NaiveDate {
        let today = self.today(zone);
        today.pred_opt().unwrap_or(today)
    }

    /// A text file, a byte-order mark taken off.
    pub fn read(&self, path: &Path) -> anyhow::Result<String> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
    }

    /// A file's first bytes, at most so many.
    pub fn bytes(&self, path: &Path, most: usize) -> anyhow::Result<Vec<u8>> {
        let read = || {
            let mut bytes = Vec::new();
            std::fs::File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        };
        read().with_context(|| format!("cannot read `{}`", path.display()))
    }

    /// Files below a folder that match a glob, sorted. The folder is taken as it is: brackets and stars in its
    /// own name mean nothing.
    pub fn glob(&self, folder: &Path, pattern: &str) -> anyhow::Result<Vec<PathBuf>> {
        let whole = if Path::new(pattern).is_absolute() {
            pattern.to_owned()
        } else {
            format!("{}/{pattern}", glob::Pattern::escape(&folder.to_string_lossy()))
        };
        let found = glob::glob(&whole).with_context(|| format!("`{pattern}` is not a glob"))?;
        let mut files: Vec<PathBuf> = found.filter_map(Result::ok).filter(|path| path.is_file()).collect();
        files.sort();
        Ok(files)
    }
}

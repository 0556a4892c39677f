//! Deletes what is older than the workspace wants it kept: published periods, and partial results with agents' keys.
//! Only folders named as periods and files of the kept folder are ever touched, never through a link, and never the
//! period that `latest` points at.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};

use super::layout::Layout;
use super::{disk, names};

/// What is too old, or was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TooOld {
    /// Labels of periods, in order.
    pub periods: Vec<String>,
    /// Names of kept files, in order.
    pub kept: Vec<String>,
}

impl TooOld {
    /// What a workspace has that ends before a day. `current` is a label to be spared, as is the newest period.
    pub(super) fn of(layout: &Layout, current: &str, before: NaiveDate) -> anyhow::Result<Self> {
        let root = layout.root();
        let newest = fs::read_link(layout.latest()).ok();
        let is_spared = |name: &str| name == current || newest.as_deref() == Some(Path::new(name));
        let is_old = |name: &String| last_day(name).is_some_and(|day| day < before) && !is_spared(name);
        let periods = entries(root, fs::FileType::is_dir)?.into_iter().filter(is_old).collect();
        let kept = layout.kept();
        let is_stale = |name: &String| made_on(&kept.join(name)).is_some_and(|day| day < before);
        let files = entries(&kept, fs::FileType::is_file)?.into_iter().filter(is_stale).collect();
        Ok(Self { periods, kept: files })
    }

    pub fn is_empty(&self) -> bool {
        self.periods.is_empty() && self.kept.is_empty()
    }

    /// Deletes it; the first error ends it, and the next run goes on from there.
    pub(super) fn delete(&self, layout: &Layout) -> anyhow::Result<()> {
        for label in &self.periods {
            disk::remove_folder(&layout.period(label))?;
        }
        for name in &self.kept {
            disk::remove_file(&layout.kept().join(name))?;
        }
        disk::sync(layout.root())
    }
}

/// Names in a folder of the type asked for; links are neither. A folder that is not there has none.
fn entries(folder: &Path, is_meant: fn(&fs::FileType) -> bool) -> anyhow::Result<BTreeSet<String>> {
    let failed = || format!("cannot read `{}`", folder.display());
    if fs::symlink_metadata(folder).map_or(true, |about| !about.is_dir()) {
        return Ok(BTreeSet::new());
    }
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        if is_meant(&entry.file_type().with_context(failed)?) {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    Ok(names)
}

/// The last day a label may stand for; weeks may begin on any day.
fn last_day(label: &str) -> Option<NaiveDate> {
    let number = |part: &str| part.parse::<u32>().ok();
    let year: i32 = label.get(..4)?.parse().ok()?;
    match names::shape(label)? {
        "0000-W00" => {
            let monday = NaiveDate::from_isoywd_opt(year, number(&label[6..])?, Weekday::Mon)?;
            monday.checked_add_days(Days::new(12))
        }
        "0000-00-00" => NaiveDate::from_ymd_opt(year, number(&label[5..7])?, number(&label[8..])?),
        _ => {
            let first = NaiveDate::from_ymd_opt(year, number(&label[5..])?, 1)?;
            first.checked_add_months(chrono::Months::new(1))?.pred_opt()
        }
    }
}

fn made_on(file: &Path) -> Option<NaiveDate> {
    let made = fs::symlink_metadata(file).and_then(|about| about.modified()).ok()?;
    Some(DateTime::<Utc>::from(made).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_for_no_later_day_than_this() {
        let day = |label| last_day(label).map(|day| day.to_string());
        assert_eq!(day("2026-11").as_deref(), Some("2026-11-30"));
        assert_eq!(day("2026-12").as_deref(), Some("2026-12-31"));
        assert_eq!(day("2026-11-09").as_deref(), Some("2026-11-09"));
        assert_eq!(day("2026-W46").as_deref(), Some("2026-11-21"), "a week that begins on Sunday");
        for name in ["latest", "kept", "2026-13", "2026-W60", "2026"] {
            assert_eq!(day(name), None, "{name}");
        }
    }
}

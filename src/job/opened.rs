//! A workspace with its data, for commands that look and publish nothing.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::Failure;
use crate::calendar::{Period, parse_as_of};
use crate::config::{self, Loaded, Plan};
use crate::cube::Data;
use crate::model::SourceId;
use crate::publish;
use crate::source;
use crate::world::World;

/// What to open.
#[derive(Clone, Debug)]
pub struct Look {
    /// A date or a period label. When absent yesterday, or the last day of data that end before.
    pub as_of: Option<String>,
    /// Where runs publish: what they kept of the files is used, and kept for them.
    pub out: PathBuf,
    /// Periods before the judged one that will be judged too, beside what a run reads.
    pub back: i32,
}

/// An open workspace.
#[derive(Debug)]
pub struct Opened {
    pub loaded: Loaded,
    pub as_of: NaiveDate,
    /// The last complete period.
    pub period: Period,
    pub data: Data,
}

impl Opened {
    pub fn plan(&self) -> &Plan {
        &self.loaded.plan
    }
}

/// Loads a workspace and reads its data.
pub fn open(workspace: &Path, look: &Look, world: &World) -> Result<Opened, Failure> {
    let loaded = config::load(workspace, world).map_err(Failure::Config)?;
    open_loaded(loaded, look, world)
}

/// [`open`] for a workspace that is loaded already.
pub fn open_loaded(loaded: Loaded, look: &Look, world: &World) -> Result<Opened, Failure> {
    let plan = &loaded.plan;
    let as_of = match &look.as_of {
        Some(text) => parse_as_of(text, &plan.calendar).map_err(Failure::Usage)?,
        None => last_day(plan, look, world)?,
    };
    let period = plan.calendar.last_complete(as_of);
    let data = read(plan, look, (plan.span(period).0.shift(-look.back), period), as_of)?;
    Ok(Opened { loaded, as_of, period, data })
}

fn read(plan: &Plan, look: &Look, span: (Period, Period), as_of: NaiveDate) -> Result<Data, Failure> {
    let kept = publish::kept(&look.out, &plan.slug).map_err(Failure::Usage)?;
    source::read(plan, span, as_of, Some(&kept)).map_err(|error| {
        match error.downcast::<source::Unreadable>() {
            Ok(unreadable) => Failure::Unreadable(unreadable.to_string()),
            Err(error) => Failure::Internal(error),
        }
    })
}

/// Yesterday where the contacts reach its period, else their last day.
fn last_day(plan: &Plan, look: &Look, world: &World) -> Result<NaiveDate, Failure> {
    let yesterday = world.yesterday(plan.calendar.zone);
    let period = plan.calendar.last_complete(yesterday);
    let usual = plan.span(period).0.shift(-look.back);
    let ever = plan.calendar.of(chrono::DateTime::UNIX_EPOCH.date_naive());
    for first in [usual, ever] {
        let data = read(plan, look, (first, period), yesterday)?;
        if let Some(last) = data.quality.source(SourceId::Contacts).and_then(|count| count.last_day) {
            return Ok(if plan.calendar.last_complete(last) < period { last } else { yesterday });
        }
    }
    Ok(yesterday)
}

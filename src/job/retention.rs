//! How long what was published is kept: `privacy.retain`, counted back from today.

use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::calendar::Period;
use crate::config::Plan;
use crate::publish::{self, TooOld};
use crate::world::World;

/// The day before which everything goes; none where the workspace keeps everything.
pub(super) fn before(plan: &Plan, world: &World) -> Option<NaiveDate> {
    let days = u64::from(plan.privacy.retain_days?);
    world.today(plan.calendar.zone).checked_sub_days(Days::new(days))
}

/// What a run that writes would delete.
pub(super) fn would_forget(plan: &Plan, out: &Path, period: Period, world: &World) -> anyhow::Result<TooOld> {
    match before(plan, world) {
        Some(day) => publish::too_old(out, &plan.slug, &plan.calendar.label(period), day),
        None => Ok(TooOld::default()),
    }
}

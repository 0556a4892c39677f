//! Whether the data are fit for a report at all.

use crate::calendar::Period;
use crate::config::Plan;
use crate::model::{Check, Quality, SourceId};

/// Figures are published, or only what is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// The failed checks that stop the report.
    Withhold(Vec<Check>),
    /// Everything that was checked.
    Publish(Vec<Check>),
}

/// Checks the judged period's contacts: some at all, no large hole in its days, few rows lost.
pub fn gate(plan: &Plan, quality: &Quality, period: Period) -> Gate {
    let checks =
        vec![present(plan, quality, period), complete(plan, quality, period), readable(plan, quality)];
    let stop: Vec<Check> = checks.iter().filter(|c| !c.passed && c.level == "withhold").cloned().collect();
    if stop.is_empty() { Gate::Publish(checks) } else { Gate::Withhold(stop) }
}

fn check(id: &str, passed: bool, value: Option<f64>, limit: Option<f64>, say: String) -> Check {
    Check { id: id.into(), passed, level: "withhold".into(), value, limit, say }
}

fn present(plan: &Plan, quality: &Quality, period: Period) -> Check {
    let used = quality.source(SourceId::Contacts).map_or(0, |count| count.used);
    let label = plan.calendar.label(period);
    let say = if used > 0 {
        "There are contacts to judge.".to_owned()
    } else {
        format!("no contact up to the end of {label} could be used")
    };
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    check("contacts-present", used > 0, Some(used as f64), Some(1.0), say)
}

/// Days without contacts at the end of the period, against the days that usually have some.
fn complete(plan: &Plan, quality: &Quality, period: Period) -> Check {
    let (start, end) = (plan.calendar.start(period), plan.calendar.end(period));
    let limit = Some(plan.gate.missing_days);
    let Some(last) = quality.source(SourceId::Contacts).and_then(|count| count.last_day) else {
        return check("period-complete", true, None, limit, "No day to check.".into());
    };
    let days = (end - start).num_days() + 1;
    let missing = (end - last).num_days().clamp(0, days);
    #[expect(clippy::cast_precision_loss, reason = "a handful of days")]
    let share = missing as f64 / days as f64;
    let passed = share <= plan.gate.missing_days;
    let say = if passed {
        "The period's days are there.".to_owned()
    } else {
        format!("the contact data end on {}: {missing} of {days} days are missing", last.format("%-d %B %Y"))
    };
    check("period-complete", passed, Some(share), limit, say)
}

fn readable(plan: &Plan, quality: &Quality) -> Check {
    let limit = Some(plan.gate.rejected);
    let Some(count) = quality.source(SourceId::Contacts).filter(|count| count.in_time() > 0) else {
        return check("rows-readable", true, None, limit, "No row to check.".into());
    };
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    let share = count.rejected as f64 / count.in_time() as f64;
    let passed = share <= plan.gate.rejected;
    let say = if passed {
        "Nearly all contact rows could be read.".to_owned()
    } else {
        format!(
            "{} of {} contact rows could not be used; `rejected.csv` lists them",
            count.rejected,
            count.in_time()
        )
    };
    check("rows-readable", passed, Some(share), limit, say)
}

//! Whether the data are fit for a report at all.

use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::{Cube, Data};
use crate::model::{Check, Phrase, Quality, SourceId, phrase};

/// Figures are published, or only what is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// The failed checks that stop the report.
    Withhold(Vec<Check>),
    /// Everything that was checked.
    Publish(Vec<Check>),
}

/// Checks the judged period's contacts: some at all, no large hole in its days, few rows lost.
pub fn gate(plan: &Plan, data: &Data, period: Period) -> Gate {
    let quality = &data.quality;
    let checks = vec![present(plan, data, period), complete(plan, data, period), readable(plan, quality)];
    let stop: Vec<Check> = checks.iter().filter(|c| !c.passed && c.level == "withhold").cloned().collect();
    if stop.is_empty() { Gate::Publish(checks) } else { Gate::Withhold(stop) }
}

fn check(id: &str, passed: bool, value: Option<f64>, limit: Option<f64>, say: Phrase) -> Check {
    Check { id: id.into(), passed, level: "withhold".into(), value, limit, say }
}

/// Whether there is a contact; data cut to earlier periods still count all that were read.
fn present(plan: &Plan, data: &Data, period: Period) -> Check {
    let none = data.cube(SourceId::Contacts).is_some_and(Cube::is_empty);
    let used = data.quality.source(SourceId::Contacts).filter(|_| !none).map_or(0, |count| count.used);
    let label = plan.calendar.label(period);
    let say = if used > 0 { phrase!("check-contacts") } else { phrase!("check-no-contacts", label) };
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    check("contacts-present", used > 0, Some(used as f64), Some(1.0), say)
}

/// Whether the whole period is in: the data reach its end, and hold about as many rows as periods usually do. A
/// centre that is closed at the end of its weeks has its usual rows; a hole inside a week has not.
fn complete(plan: &Plan, data: &Data, period: Period) -> Check {
    let limit = Some(plan.gate.missing_days);
    let (start, end) = (plan.calendar.start(period), plan.calendar.end(period));
    let Some(last) = data.quality.source(SourceId::Contacts).and_then(|count| count.last_day) else {
        return check("period-complete", true, None, limit, phrase!("check-no-day"));
    };
    let days = (end - start).num_days() + 1;
    let missing = (end - last).num_days().clamp(0, days);
    #[expect(clippy::cast_precision_loss, reason = "a handful of days")]
    let share = missing as f64 / days as f64;
    let against_usual = against_usual(data, period);
    let short = share > plan.gate.missing_days && against_usual.is_none_or(|part| part < WHOLE);
    let hollow = days > 1 && against_usual.is_some_and(|part| part < HALF);
    let say = if short {
        phrase!("check-days-missing", last, missing, days)
    } else if hollow {
        phrase!("check-days-hollow")
    } else {
        phrase!("check-days")
    };
    check("period-complete", !short && !hollow, Some(share), limit, say)
}

/// Rows from which a period counts as whole although its last days have none, and below which it cannot be.
const WHOLE: f64 = 0.85;
const HALF: f64 = 0.5;

/// The period's contacts as a part of the median of up to eight periods before; `None` with fewer than three.
fn against_usual(data: &Data, period: Period) -> Option<f64> {
    let cube = data.cube(SourceId::Contacts)?;
    let rows = |at: Period| cube.between(at, at).map(|row| cube.rows[row]).sum::<u64>();
    let mut before: Vec<u64> =
        (1..=8).map(|back| rows(period.shift(-back))).filter(|rows| *rows > 0).collect();
    before.sort_unstable();
    let median = *before.get(before.len() / 2).filter(|_| before.len() >= 3)?;
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    Some(rows(period) as f64 / median as f64)
}

fn readable(plan: &Plan, quality: &Quality) -> Check {
    let limit = Some(plan.gate.rejected);
    let Some(count) = quality.source(SourceId::Contacts).filter(|count| count.in_time() > 0) else {
        return check("rows-readable", true, None, limit, phrase!("check-no-row"));
    };
    #[expect(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    let share = count.rejected as f64 / count.in_time() as f64;
    let passed = share <= plan.gate.rejected;
    let say = if passed {
        phrase!("check-rows")
    } else {
        phrase!("check-rows-rejected", rejected = count.rejected, of = count.in_time())
    };
    check("rows-readable", passed, Some(share), limit, say)
}

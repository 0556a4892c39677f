//! Several periods in a row, each told as the run for it tells it. A period's raw answers are found once and told
//! as often as a later story looks back at them; each is judged on what its own run reads, so that nothing that
//! came after can show.

use super::history::tell;
use super::{Gate, Raw, asking, desk, gate, judge_at};
use crate::calendar::Period;
use crate::config::Plan;
use crate::cube::Data;
use crate::kinds::{Depth, Desk};
use crate::model::{Check, Story};

/// What became of one period.
#[derive(Clone, Debug)]
pub enum Told {
    /// The failed checks for which a run publishes no report.
    Withheld(Vec<Check>),
    Story(Box<Story>),
}

/// Tells the periods `from..=to`, oldest first: for each what [`super::gate`] and [`super::history`] say with the
/// data a run for it reads. `data` reaches back to what the first of them asks for.
pub fn replay(plan: &Plan, data: &Data, (from, to): (Period, Period)) -> Vec<(Period, Told)> {
    let back = plan.history + i32::try_from(plan.hold.memory).unwrap_or(6) - 1;
    let reach = usize::try_from(back).unwrap_or(0);
    let (mut fresh, mut past) = (Vec::new(), Vec::new());
    for at in (from.0 - 1..=to.0).map(Period) {
        let own = data.within(plan.span(at));
        let desk = desk(plan, &own);
        if at >= from {
            fresh.push(first_look(plan, &own, &desk, at));
        }
        if at < to {
            past.push(look_back(plan, &own, &desk, at, &asking::remembered(plan)));
        }
    }
    let mut raws = older(plan, data, (from.shift(-back), from.shift(-2)), &fresh, &past);
    raws.extend(past);
    let whole = desk(plan, data);
    let told = fresh.into_iter().enumerate().map(|(nth, first)| match first {
        Ok(raw) => {
            let story = tell(plan, data, &whole, &raws[nth..raws.len().min(nth + reach)], raw);
            Told::Story(Box::new(story))
        }
        Err(checks) => Told::Withheld(checks),
    });
    (from.0..=to.0).map(Period).zip(told).collect()
}

/// A period in full, or the checks it failed.
fn first_look(plan: &Plan, data: &Data, desk: &Desk<'_>, at: Period) -> Result<Raw, Vec<Check>> {
    match gate(plan, data, at) {
        Gate::Withhold(checks) => Err(checks),
        Gate::Publish(_) => Ok(judge_at(plan, data, desk, at, (Depth::Full, &asking::all(plan)))),
    }
}

/// A period as later ones see it: what it found, without the rows that nobody asks for again.
fn look_back(plan: &Plan, data: &Data, desk: &Desk<'_>, at: Period, asked: &[bool]) -> Raw {
    let mut raw = judge_at(plan, data, desk, at, (Depth::Verdicts, asked));
    raw.judgement.evidence.clear();
    raw
}

/// Periods that no story is about, which are asked only what stands in one.
fn older(
    plan: &Plan,
    data: &Data,
    (from, to): (Period, Period),
    fresh: &[Result<Raw, Vec<Check>>],
    past: &[Raw],
) -> Vec<Raw> {
    let latest: Vec<&Raw> = fresh.iter().flatten().chain(past).collect();
    let standing = asking::standing(plan, &latest);
    let judged = |at: Period| {
        let own = data.within(plan.span(at));
        look_back(plan, &own, &desk(plan, &own), at, &standing)
    };
    (from.0..=to.0).map(Period).map(judged).collect()
}

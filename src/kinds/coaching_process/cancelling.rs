//! Sessions that were planned and did not take place: how often, under what load, and what came after.

use super::Missing;
use super::found::{Found, LEVEL, shares};
use super::view::{Span, View, days_after, working_days_after};
use crate::cube::NONE;
use crate::model::{Reason, Session, SessionStatus, phrase};
use crate::stats::quantile_sorted;
use crate::stats::rates::{Estimate, Point, Ranged, group_means, slope_within};

/// Days in which a moved session must be held, not to count as lost.
const MOVED: i32 = 7;

/// Predicted shares are kept this far from 0 and 1 before odds are taken.
const EDGE: f64 = 0.005;

/// Cancelled, or moved and not held within a week.
fn is_lost(view: &View<'_>, session: &Session) -> bool {
    match session.status {
        SessionStatus::Cancelled => true,
        SessionStatus::Rescheduled => {
            !view.held_between(session.agent, session.date, days_after(session.date, MOVED))
        }
        _ => false,
    }
}

/// Whether it was to take place and either did or was lost; a moved session counts where it was held.
fn is_settled(view: &View<'_>, session: &Session) -> bool {
    session.is_held() || session.status == SessionStatus::NoShow || is_lost(view, session)
}

pub(super) fn cancelled(view: &View<'_>) -> Vec<Found> {
    shares(view, &|s, _| is_settled(view, s), &|s, _| is_lost(view, s))
}

/// Of cancelled and moved sessions, those made up for within so many working days.
pub(super) fn rescheduled(view: &View<'_>) -> Vec<Found> {
    let by = |s: &Session| working_days_after(s.date, view.ask.working_days);
    let of = |s: &Session, span: &Span| {
        matches!(s.status, SessionStatus::Cancelled | SessionStatus::Rescheduled) && by(s) <= span.end
    };
    shares(view, &of, &|s, _| view.held_between(s.agent, s.date, by(s)))
}

/// Whether the next planned session after a cancelled one was held, against the share of all that are; the
/// amount is the number of agents with two cancelled in a row.
pub(super) fn held_after_cancellation(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let now: Vec<&Session> = view.now().into_iter().filter(|s| is_settled(view, s)).collect();
    let mut values = Vec::new();
    let (mut next, mut hits, mut twice) = (Vec::new(), 0, std::collections::BTreeSet::new());
    let held = now.iter().filter(|s| s.is_held()).count();
    let usual = crate::stats::float(held) / crate::stats::float(now.len().max(1));
    for session in now.iter().filter(|s| s.status == SessionStatus::Cancelled) {
        let own = view.of(session.agent).iter();
        let mut later = own.filter(|s| s.date > session.date && is_settled(view, s));
        let Some(after) = later.next() else { continue };
        next.push(*after);
        hits += usize::from(after.is_held());
        values.push((u64::from(after.agent), f64::from(u8::from(after.is_held())) - usual));
        if after.status == SessionStatus::Cancelled {
            twice.insert(after.agent);
        }
    }
    if next.len() < view.ask.least {
        let need = phrase!("need-sessions-after-cancelled", least = view.ask.least, has = next.len());
        return Err((Reason::NoSessions, need));
    }
    Ok(vec![Found {
        expected: Some(usual),
        excess: crate::stats::rates::clustered_mean(&values),
        amount: Some(crate::stats::float(twice.len())),
        word: Some(phrase!("word-cancelled-twice").into()),
        ..Found::share(hits, next.len()).resting_on(&next)
    }])
}

/// Are more sessions lost where an agent has more contacts? A linear probability model inside teams, clustered by
/// period; value and expected are what it gives at the 90th and 10th percentile of load, the amount their odds
/// ratio.
pub(super) fn under_load(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let settled: Vec<&Session> = view.now().into_iter().filter(|s| is_settled(view, s)).collect();
    let point = |s: &&Session| {
        let team = view.team(s);
        let load = view.places.load(team, s.period).filter(|load| *load > 0.0 && team != NONE)?;
        let y = f64::from(u8::from(is_lost(view, s)));
        let cluster = u64::from(s.period.0.cast_unsigned());
        Some(Point { group: u64::from(team), cluster, x: load.ln(), y, weight: 1.0 })
    };
    let points: Vec<Point> = settled.iter().filter_map(point).collect();
    if points.len() < view.ask.least {
        return Err((Reason::FewContacts, phrase!("need-sessions-of-teams")));
    }
    let lost = points.iter().filter(|p| p.y > 0.5).count();
    if lost == 0 || lost == points.len() {
        return Err((Reason::Degenerate, phrase!("need-held-and-cancelled")));
    }
    let Some(fit) = slope_within(&points) else {
        return Err((Reason::FewPeriods, phrase!("need-periods-of-teams")));
    };
    let means = group_means(&points);
    let inside = |p: &Point| p.x - means.get(&p.group).map_or(fit.x, |mean| mean.0);
    let mut loads: Vec<f64> = points.iter().map(inside).collect();
    loads.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (quantile_sorted(&loads, 0.1), quantile_sorted(&loads, 0.9)) else {
        return Err((Reason::Degenerate, phrase!("need-periods-of-different-load")));
    };
    let at = |load: f64, slope: f64| (fit.y + slope * load).clamp(0.0, 1.0);
    let odds = |slope: f64| {
        let of = |p: f64| p.clamp(EDGE, 1.0 - EDGE) / (1.0 - p.clamp(EDGE, 1.0 - EDGE));
        of(at(high, slope)) / of(at(low, slope))
    };
    let slope = fit.slope;
    let ranged = slope.ranged(LEVEL);
    let busy = at(high, slope.estimate);
    let step = high - low;
    Ok(vec![Found {
        value: Some(Ranged { estimate: busy, low: f64::NAN, high: f64::NAN }),
        expected: Some(at(low, slope.estimate)),
        excess: Some(Estimate { estimate: slope.estimate * step, se: slope.se * step, df: slope.df }),
        amount: Some(odds(slope.estimate)),
        amount_range: Some((odds(ranged.low), odds(ranged.high))),
        of: points.len(),
        word: Some(phrase!("word-load").into()),
        ..Found::default().resting_on(&settled)
    }])
}

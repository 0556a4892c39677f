//! When sessions happen: after bad weeks or by plan, before or after the breach, evenly or at the month's end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::Missing;
use super::found::{Found, grouped, numbered, shares};
use super::outcomes::Outcome;
use super::view::{View, is_working_day};
use crate::calendar::Period;
use crate::kinds::Case;
use crate::model::{Phrase, Reason, Role, Session, phrase};
use crate::stats::float;
use crate::stats::rates::clustered_mean;

/// Words of a log for sessions nobody had to set off.
const PLANNED: [&str; 6] = ["planned", "scheduled", "series", "cadence", "regular", "agent"];

/// A session whose moment can be judged: whether it followed what is looked for, and how often chance would.
struct Timed<'a> {
    session: &'a Session,
    hit: bool,
    expected: f64,
}

fn is_planned(session: &Session) -> bool {
    session.detail.trigger.as_deref().is_some_and(|trigger| PLANNED.contains(&trigger))
}

/// Sessions set off by something bad: as the log says, else inferred from the agent's own worst weeks.
pub(super) fn reactive(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    if view.has("trigger") {
        let of = |s: &Session, _: &super::view::Span| s.is_held() && s.detail.trigger.is_some();
        return Ok(worded(shares(view, &of, &|s, _| !is_planned(s)), "given"));
    }
    let timed = after_bad_weeks(view)?;
    let mut rows = found(view, &timed);
    if let Some(whole) = rows.first_mut() {
        *whole = whole.clone().against(earlier(view).as_ref(), view.ask.least);
    }
    Ok(worded(rows, "inferred"))
}

/// The other side of reactive; the amount is planned sessions to one reactive.
pub(super) fn planned(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let word = if view.has("trigger") { "given" } else { "inferred" };
    let turned = |row: Found| {
        let (hits, of) = (whole_hits(&row), row.of);
        let before = row.trend.map(|trend| crate::stats::rates::Ranged {
            estimate: -trend.estimate,
            low: -trend.high,
            high: -trend.low,
        });
        let share = Found::share(of - hits, of);
        let amount = (hits > 0).then(|| float(of - hits) / float(hits));
        let enough = row.value.is_some();
        Found {
            item: row.item,
            n: row.n,
            agents: row.agents,
            value: share.value.filter(|_| enough),
            of,
            amount: amount.filter(|_| enough),
            trend: before,
            coaches: row.coaches,
            coaches_seen: row.coaches_seen,
            ..Found::default()
        }
    };
    Ok(worded(reactive(view)?.into_iter().map(turned).collect(), word))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of sessions")]
fn whole_hits(row: &Found) -> usize {
    (row.hits().max(0.0) as usize).min(row.of)
}

fn worded(rows: Vec<Found>, word: &str) -> Vec<Found> {
    rows.into_iter().map(|row| Found { word: Some(word.into()), ..row }).collect()
}

/// The same measure in the window before.
fn earlier(view: &View<'_>) -> Option<Found> {
    let span = view.earlier()?;
    let before = View::new(Case { period: span.to, ..view.case }, view.ask);
    found(&before, &after_bad_weeks(&before).ok()?).into_iter().next()
}

/// Held sessions, whether this or the week before was among the agent's own worst tenth on a metric the session is
/// meant to move, and for how many of the window's weeks that is so.
fn after_bad_weeks<'a>(view: &View<'a>) -> Result<Vec<Timed<'a>>, Missing> {
    let outcomes = Outcome::all(view, 0, |metric| metric.role != Role::Activity);
    let mut bad: BTreeMap<(usize, u32), Option<BTreeMap<Period, bool>>> = BTreeMap::new();
    let mut timed = Vec::new();
    for session in view.now().into_iter().filter(|s| s.is_held()) {
        let agent = session.agent;
        let meant: Vec<usize> = (0..outcomes.len())
            .filter(|&at| view.case.desk.moves(&session.focus, &outcomes[at].metric))
            .collect();
        for &at in &meant {
            bad.entry((at, agent)).or_insert_with(|| Some(outcomes[at].worst(agent)?.into_iter().collect()));
        }
        let weeks: Vec<&BTreeMap<Period, bool>> =
            meant.iter().filter_map(|at| bad.get(&(*at, agent))?.as_ref()).collect();
        let after = |period: Period| {
            let near = |period: Period| weeks.iter().filter_map(move |own| own.get(&period));
            let mut known = near(period).chain(near(period.shift(-1))).peekable();
            known.peek()?;
            Some(known.any(|bad| *bad))
        };
        let all: Vec<bool> = (view.span.from.0..=view.span.to.0).filter_map(|p| after(Period(p))).collect();
        let Some(hit) = after(session.period).filter(|_| !all.is_empty()) else { continue };
        let expected = float(all.iter().filter(|bad| **bad).count()) / float(all.len());
        timed.push(Timed { session, hit, expected });
    }
    enough(view, timed, phrase!("sessions-of-agents-with-results"))
}

fn enough<'a>(view: &View<'_>, timed: Vec<Timed<'a>>, what: Phrase) -> Result<Vec<Timed<'a>>, Missing> {
    if timed.len() < view.ask.least {
        return Err((
            Reason::NoSessions,
            phrase!("need-number-of", least = view.ask.least, what, has = timed.len()),
        ));
    }
    Ok(timed)
}

/// Shares of hits with what chance gives, for the whole and each group; clusters are agents.
fn found(view: &View<'_>, timed: &[Timed<'_>]) -> Vec<Found> {
    let sessions: Vec<&Session> = timed.iter().map(|one| one.session).collect();
    let groups = grouped(view, &sessions);
    let of_group = |name: &String| -> Vec<&Timed<'_>> {
        timed.iter().filter(|one| view.groups(one.session).contains(name)).collect()
    };
    let items = groups.keys().filter_map(|name| {
        let own = of_group(name);
        (own.len() >= view.ask.least).then(|| one(&own).named(name.clone()))
    });
    std::iter::once(one(&timed.iter().collect::<Vec<_>>())).chain(items).collect()
}

fn one(timed: &[&Timed<'_>]) -> Found {
    let sessions: Vec<&Session> = timed.iter().map(|one| one.session).collect();
    let hits = timed.iter().filter(|one| one.hit).count();
    let value =
        |one: &&Timed<'_>| (u64::from(one.session.agent), f64::from(u8::from(one.hit)) - one.expected);
    let values: Vec<(u64, f64)> = timed.iter().map(value).collect();
    let expected: f64 = timed.iter().map(|one| one.expected).sum();
    Found {
        expected: (!timed.is_empty()).then(|| expected / float(timed.len())),
        excess: clustered_mean(&values),
        ..Found::share(hits, timed.len()).resting_on(&sessions)
    }
}

/// Sessions held while the agent was on target over the four weeks before, against how often the agent was.
pub(super) fn leading(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    const LOOK_BACK: i32 = 4;
    let outcomes =
        Outcome::all(view, LOOK_BACK, |metric| metric.role == Role::Outcome && metric.has_target());
    if outcomes.is_empty() {
        return Err((Reason::NoTarget, phrase!("need-outcome-with-target")));
    }
    let mut timed = Vec::new();
    for session in view.now().into_iter().filter(|s| s.is_held()) {
        let named = |outcome: &&Outcome| view.case.desk.names(&session.focus, &outcome.metric);
        let Some(outcome) = outcomes.iter().find(named) else { continue };
        let on_target = |period: Period| {
            outcome.short(session.agent, period.shift(-LOOK_BACK), period.shift(-1)).map(|short| short <= 0.0)
        };
        let all: Vec<bool> =
            (view.span.from.0..=view.span.to.0).filter_map(|p| on_target(Period(p))).collect();
        let Some(hit) = on_target(session.period) else { continue };
        let expected = float(all.iter().filter(|on| **on).count()) / float(all.len());
        timed.push(Timed { session, hit, expected });
    }
    Ok(found(view, &enough(view, timed, phrase!("sessions-on-targets"))?))
}

/// Sessions on the last three working days of a month, against those days' share of all working days.
pub(super) fn month_end(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    let days: Vec<NaiveDate> = view.span.days().filter(|day| is_working_day(*day)).collect();
    let expected = float(days.iter().filter(|day| is_month_end(**day)).count()) / float(days.len().max(1));
    let session = |session| Timed { session, hit: is_month_end(session.date), expected };
    let held = view.now().into_iter().filter(|s| s.is_held() && is_working_day(s.date));
    let timed = enough(view, held.map(session).collect(), phrase!("sessions-on-working-days"))?;
    if !(expected > 0.0 && expected < 1.0) {
        return Err((Reason::FewPeriods, phrase!("need-end-of-month")));
    }
    let rows = found(view, &timed);
    let coaches = numbered(timed.iter().filter_map(|one| one.session.coach.as_deref()));
    let value = |one: &Timed<'_>| {
        let coach = coaches.get(one.session.coach.as_deref()?)?;
        Some((*coach, f64::from(u8::from(one.hit)) - one.expected))
    };
    let by_coach: Vec<(u64, f64)> = timed.iter().filter_map(value).collect();
    let whole = |(at, row): (usize, Found)| match clustered_mean(&by_coach) {
        Some(excess) if at == 0 && by_coach.len() == timed.len() => Found { excess: Some(excess), ..row },
        _ => row,
    };
    Ok(rows.into_iter().enumerate().map(whole).collect())
}

/// One of the last three working days of its month; public holidays are not known.
fn is_month_end(day: NaiveDate) -> bool {
    let later = day.iter_days().skip(1).take_while(|next| next.month() == day.month());
    is_working_day(day) && later.filter(|next| is_working_day(*next)).count() < 3
}

/// Months of a coach with exactly the commonest number of sessions, against what coaches with the same means would
/// show if sessions came at random (Poisson).
pub(super) fn on_quota(view: &View<'_>) -> Result<Vec<Found>, Missing> {
    const LEAST: usize = 10;
    let months = whole_months(view);
    let now: Vec<&Session> =
        view.now().into_iter().filter(|s| s.is_held() && months.contains(&month_of(s.date))).collect();
    let mut counts: BTreeMap<&str, BTreeMap<(i32, u32), usize>> = BTreeMap::new();
    for session in &now {
        let Some(coach) = session.coach.as_deref() else { continue };
        let own = counts.entry(coach).or_insert_with(|| months.iter().map(|month| (*month, 0)).collect());
        *own.entry(month_of(session.date)).or_insert(0) += 1;
    }
    let all: Vec<usize> = counts.values().flat_map(|own| own.values().copied()).collect();
    if all.len() < LEAST {
        return Err((Reason::FewPeriods, phrase!("need-months-of-coaches", least = LEAST, has = all.len())));
    }
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for count in &all {
        *seen.entry(*count).or_insert(0) += 1;
    }
    let quota = seen.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map_or(0, |(count, _)| *count);
    let mut values = Vec::new();
    let mut expected = 0.0;
    for (own, cluster) in counts.values().zip(0u64..) {
        let mean = float(own.values().sum()) / float(own.len());
        for count in own.values() {
            let chance = poisson(quota, mean);
            expected += chance;
            values.push((cluster, f64::from(u8::from(*count == quota)) - chance));
        }
    }
    let hits = all.iter().filter(|count| **count == quota).count();
    Ok(vec![Found {
        expected: Some(expected / float(all.len())),
        excess: clustered_mean(&values),
        amount: Some(float(quota)),
        of_coaches: Some(counts.len()),
        word: Some(phrase!("word-commonest-number").into()),
        ..Found::share(hits, all.len()).resting_on(&now)
    }])
}

fn month_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

/// Months that lie wholly in the window.
fn whole_months(view: &View<'_>) -> BTreeSet<(i32, u32)> {
    let starts = view.span.days().filter(|day| day.day() == 1);
    let ends: BTreeSet<(i32, u32)> = view
        .span
        .days()
        .filter(|day| day.succ_opt().is_some_and(|next| next.day() == 1))
        .map(month_of)
        .collect();
    starts.map(month_of).filter(|month| ends.contains(month)).collect()
}

/// Chance of exactly `count` where `mean` are usual.
fn poisson(count: usize, mean: f64) -> f64 {
    if mean <= 0.0 {
        return f64::from(u8::from(count == 0));
    }
    let log_factorial: f64 = (1..=count).map(|k| float(k).ln()).sum();
    (float(count) * mean.ln() - mean - log_factorial).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_three_working_days_of_a_month_step_over_a_weekend() {
        // The 31st of October 2026 is a Saturday.
        let ends: Vec<u32> =
            (20..=31).filter(|day| is_month_end(NaiveDate::from_ymd_opt(2026, 10, *day).unwrap())).collect();
        assert_eq!(ends, [28, 29, 30]);
    }

    #[test]
    fn poisson_chances_sum_to_one() {
        let sum: f64 = (0..60).map(|count| poisson(count, 7.5)).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        assert!((poisson(2, 2.0) - 0.270_670_566).abs() < 1e-8);
    }
}

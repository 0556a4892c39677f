//! `coaching-fit`: is coaching spent on gaps coaching can close, and is it done well where it is? Asked after the
//! verdicts. [`targets`] asks the same of one metric.

mod spent;
pub(super) mod targets;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject, coaching_process};
use crate::model::{
    Column, ColumnUnit as Unit, Key, Reason, Row, Scope, Session, Ty, Value, column, key, phrase,
};
use crate::stats::dist::t_quantile;
use crate::stats::float;

pub(crate) use spent::minutes;
use spent::{Compass, Spent, held};

pub(super) static SPEC: Spec = Spec {
    name: "coaching-fit",
    doc: include_str!("../coaching_fit.md"),
    subject: Subject::Data,
    stage: Stage::Verdicts,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("metric"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("minutes", Unit::Minutes, false, "Minutes of held sessions."),
    column("on_reachable", Unit::Minutes, false, "On gaps coaching can close."),
    column("on_out_of_reach", Unit::Minutes, false, "On gaps coaching cannot close."),
    column("undetermined", Unit::Minutes, false, "On gaps without a verdict, or on no metric measured."),
    column("no_focus", Unit::Minutes, false, "On nothing named."),
    column(
        "misdirected",
        Unit::Share,
        true,
        "Minutes on gaps coaching cannot close, of all minutes with a focus.",
    ),
    column("misdirected_low", Unit::Share, true, "Lower end of its 95 % range (clusters are agents)."),
    column("misdirected_high", Unit::Share, true, "Upper end of its 95 % range."),
    column("sessions_out", Unit::Count, false, "Sessions spent mostly on gaps coaching cannot close."),
    column("done", Unit::Share, true, "How well coaching is done: the mean of the shares in `done_of`."),
    column("done_of", Unit::Text, true, "Which of coverage, linked, trained and protected the log has."),
    column("caution", Unit::Text, true, "What may not be concluded from these sessions."),
];

const PARAMETERS: &[Key] =
    &[key("least-sessions", Ty::Integer, "20", "Sessions below which nothing is said.")];

struct Kind {
    least: usize,
}

fn configure(given: &Given) -> Configured {
    let least = usize::try_from(given.integer("least-sessions")).unwrap_or(0);
    if least == 0 {
        return Err(("least-sessions", "`least-sessions` is 1 or more".into()));
    }
    Ok(Arc::new(Kind { least }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        if let Some((reason, need)) = coaching_process::unlogged(case, &[&["minutes"], &["focus"]]) {
            return Answer::none(reason, need);
        }
        if *case.scope != Scope::Operation {
            return Answer::none(Reason::NoTarget, phrase!("need-operation-of-verdicts"));
        }
        let (from, to) = case.span();
        let sessions: Vec<&Session> = held(case, from, to).collect();
        if sessions.len() < self.least {
            let need = phrase!("need-sessions-in-window", least = self.least, has = sessions.len());
            return Answer::none(Reason::NoSessions, need);
        }
        let compass = Compass::new(*case);
        let spent: Vec<(u32, Spent)> =
            sessions.iter().map(|session| (session.agent, Spent::of(&compass, session))).collect();
        let health = coaching_process::health(case);
        let mut rows = vec![row(case, None, &spent, &health)];
        for (index, metric) in case.metrics.iter().enumerate() {
            let own: Vec<(u32, Spent)> =
                sessions.iter().filter_map(|session| on_metric(&compass, session, index)).collect();
            if !own.is_empty() {
                rows.push(row(case, Some(metric.label.clone()), &own, &[]));
            }
        }
        Answer { rows, ..Answer::default() }
    }
}

/// One metric's part of a session.
fn on_metric(compass: &Compass<'_>, session: &Session, index: usize) -> Option<(u32, Spent)> {
    let meant = compass.meant(session);
    if !meant.contains(&index) {
        return None;
    }
    let minutes = session.minutes? / float(meant.len());
    let split = compass.split(session, index);
    let (reach, out) = (minutes * split.reach, minutes * split.out);
    Some((session.agent, Spent { minutes, reach, out, undetermined: minutes - reach - out, no_focus: 0.0 }))
}

fn row(case: &Case<'_>, item: Option<String>, spent: &[(u32, Spent)], health: &[(&str, f64)]) -> Row {
    let mut sum = Spent::default();
    let mut agents: BTreeMap<u32, Spent> = BTreeMap::new();
    for (agent, one) in spent {
        sum.add(*one);
        agents.entry(*agent).or_default().add(*one);
    }
    let out = spent.iter().filter(|(_, one)| one.out > 0.5 * one.minutes && one.out > 0.0).count();
    let share = misdirected(&sum, &agents);
    let done = (health.len() >= 2).then(|| health.iter().map(|(_, x)| x).sum::<f64>() / float(health.len()));
    let names: Vec<&str> = health.iter().map(|(name, _)| *name).collect();
    let values = vec![
        sum.minutes.into(),
        sum.reach.into(),
        sum.out.into(),
        sum.undetermined.into(),
        sum.no_focus.into(),
        share.map(|one| one.0).into(),
        share.map(|one| one.1).into(),
        share.map(|one| one.2).into(),
        float(out).into(),
        done.into(),
        if names.is_empty() { Value::Null } else { Value::Text(names.join(", ")) },
        caution(out),
    ];
    let agents = u32::try_from(agents.len()).unwrap_or(u32::MAX);
    Row { item, n: spent.len() as u64, agents, window: case.span(), values, q: Vec::new() }
}

/// Sessions against gaps agents cannot close are no record about them.
fn caution(sessions: usize) -> Value {
    if sessions == 0 {
        return Value::Null;
    }
    Value::Phrase(phrase!("sessions-no-evidence", sessions))
}

/// The share with its range: a ratio of sums over agents (linearised, t).
fn misdirected(sum: &Spent, agents: &BTreeMap<u32, Spent>) -> Option<(f64, f64, f64)> {
    let focused = sum.focused();
    if focused <= 0.0 || agents.len() < 2 {
        return None;
    }
    let (share, n) = (sum.out / focused, float(agents.len()));
    let squares: f64 = agents.values().map(|one| (one.out - share * one.focused()).powi(2)).sum();
    let half = t_quantile(0.975, n - 1.0) * (squares * n / (n - 1.0)).sqrt() / focused;
    Some((share, (share - half).max(0.0), (share + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_misdirected_share_is_of_minutes_with_a_focus() {
        let one = |minutes: f64, out: f64, no_focus: f64| Spent {
            minutes,
            out,
            no_focus,
            undetermined: minutes - out - no_focus,
            reach: 0.0,
        };
        let agents =
            BTreeMap::from([(1, one(60.0, 30.0, 0.0)), (2, one(60.0, 30.0, 0.0)), (3, one(30.0, 0.0, 30.0))]);
        let mut sum = Spent::default();
        for spent in agents.values() {
            sum.add(*spent);
        }
        let (share, low, high) = misdirected(&sum, &agents).unwrap();
        assert_eq!((share, low, high), (0.5, 0.5, 0.5), "every focused agent alike");
        assert_eq!(misdirected(&Spent::default(), &agents), None);
    }
}

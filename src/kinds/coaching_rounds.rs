//! `coaching-rounds`: does coaching on a metric come in rounds, after what, and did the metric move between them?

use std::sync::Arc;

use super::panel::Window;
use super::series::weekly;
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{
    Change, Column, ColumnUnit as Unit, Key, Metric, Reason, Row, Session, Ty, Value, column, key, phrase,
};
use crate::stats::dist::t_quantile;
use crate::stats::float;
use crate::stats::time::noise::Noise;
use crate::stats::time::{Point, pooled};

pub(crate) static SPEC: Spec = Spec {
    name: "coaching-rounds",
    doc: include_str!("coaching_rounds.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "minutes_before",
        Unit::Minutes,
        false,
        "Minutes an agent and period in the earlier half of the window.",
    ),
    column("minutes_now", Unit::Minutes, false, "The same in the later half."),
    column(
        "coverage",
        Unit::Share,
        false,
        "Share of agents with a session on the metric in the last 4 periods.",
    ),
    column("rounds", Unit::Count, true, "How often the minutes surged; empty while the log is too young."),
    column("round_ago", Unit::Periods, true, "Periods since the last surge began."),
    column("in_round", Unit::Flag, true, "Whether one is going on."),
    column(
        "moved",
        Unit::Difference,
        true,
        "How far the metric moved from before the first surge to after the last began; above 0 is better.",
    ),
    column("moved_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("moved_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "drop",
        Unit::Difference,
        true,
        "How much worse the metric was in the 4 periods before the last surge; above 0 is worse.",
    ),
    column("drop_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("on_record", Unit::Flag, true, "Whether a change or a diagnosis on record lies around that time."),
];

const PARAMETERS: &[Key] = &[
    key("surge", Ty::Number, "1.5", "Times the usual minutes an agent from which it is a surge."),
    key("usual", Ty::Integer, "13", "Periods that make the usual minutes."),
    key("least", Ty::Integer, "4", "Periods a surge lasts at least."),
    key("least-rows", Ty::Integer, "10", "Rows a period needs to be looked at."),
];

struct Kind {
    surge: f64,
    usual: usize,
    least: usize,
    least_rows: f64,
}

fn configure(given: &Given) -> Configured {
    let surge = given.number("surge");
    if surge <= 1.0 {
        return Err(("surge", "`surge` is a multiple above 1".into()));
    }
    let whole = |name: &'static str| match usize::try_from(given.integer(name)) {
        Ok(n) if (1..=52).contains(&n) => Ok(n),
        _ => Err((name, format!("`{name}` lies between 1 and 52 periods"))),
    };
    Ok(Arc::new(Kind {
        surge,
        usual: whole("usual")?,
        least: whole("least")?,
        least_rows: given.number("least-rows"),
    }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if case.data.sessions.is_empty() {
            return Answer::none(Reason::NoSessions, phrase!("need-sessions"));
        }
        if case.data.sessions.iter().all(|session| session.minutes.is_none()) {
            return Answer::none(Reason::NoColumn, phrase!("need-column-of-log", column = "minutes"));
        }
        let (from, to) = case.span();
        let start = from.shift(-i32::try_from(self.usual).unwrap_or(0));
        let Some(window) = case.desk.across(case, start, to) else {
            return Answer::no_rows(&metric.label);
        };
        let log = Log::of(case, metric, &window);
        let rounds = self.rounds(&log, from);
        let points = weekly(case, metric, &window, self.least_rows).levels;
        let mut values = log.effort(from);
        values.extend(told(&log, rounds.as_deref()));
        values.extend(between(metric, &points, rounds.as_deref().unwrap_or_default()));
        values.extend(before(case, metric, &points, rounds.as_deref().unwrap_or_default()));
        let row = Row {
            item: None,
            n: window.n,
            agents: window.heads(),
            window: (from, to),
            values,
            q: Vec::new(),
        };
        Answer { rows: vec![row], ..Answer::default() }
    }
}

/// Minutes of held sessions on the metric an agent at work, by period.
struct Log {
    from: Period,
    /// Minutes an agent; periods before the log began have none.
    minutes: Vec<Option<f64>>,
    coverage: f64,
}

impl Log {
    fn of(case: &Case<'_>, metric: &Metric, window: &Window) -> Self {
        let times = window.panel.times;
        let mut at_work = vec![vec![false; window.agents.len()]; times];
        for cell in &window.panel.cells {
            at_work[cell.time as usize][cell.unit as usize] = true;
        }
        let mut minutes = vec![0.0; times];
        let recent = Period(window.to.0 - 3);
        let mut reached = vec![false; window.agents.len()];
        for (unit, session) in held(case, metric, window) {
            let time = usize::try_from(session.period.0 - window.from.0).unwrap_or(times);
            if time < times {
                minutes[time] += session.minutes.unwrap_or(0.0);
                reached[unit] |= session.period >= recent;
            }
        }
        let log_start = case.data.log_start().unwrap_or(window.to);
        let heads: Vec<usize> = at_work.iter().map(|all| all.iter().filter(|is| **is).count()).collect();
        let rate = |(time, sum): (usize, f64)| {
            let at = window.from.0 + i32::try_from(time).unwrap_or(0);
            (at >= log_start.0 && heads[time] > 0).then(|| sum / float(heads[time]))
        };
        let active = |unit: usize| at_work[times.saturating_sub(4)..].iter().any(|all| all[unit]);
        let active: Vec<usize> = (0..window.agents.len()).filter(|unit| active(*unit)).collect();
        let covered = active.iter().filter(|unit| reached[**unit]).count();
        Self {
            from: window.from,
            minutes: minutes.into_iter().enumerate().map(rate).collect(),
            coverage: float(covered) / float(active.len().max(1)),
        }
    }

    /// Mean minutes in the halves of the window, and coverage.
    fn effort(&self, from: Period) -> Vec<Value> {
        let start = self.place(from);
        let half = (self.minutes.len() - start) / 2;
        let of = |part: &[Option<f64>]| {
            part.iter().map(|minutes| minutes.unwrap_or(0.0)).sum::<f64>() / float(half)
        };
        vec![
            of(&self.minutes[start..start + half]).into(),
            of(&self.minutes[self.minutes.len() - half..]).into(),
            self.coverage.into(),
        ]
    }

    fn place(&self, period: Period) -> usize {
        usize::try_from(period.0 - self.from.0).unwrap_or(0).min(self.minutes.len())
    }
}

/// Held sessions on the metric of agents in the window, with the agent's place in it.
fn held<'a>(
    case: &Case<'a>,
    metric: &'a Metric,
    window: &'a Window,
) -> impl Iterator<Item = (usize, &'a Session)> {
    case.desk
        .held_on(&metric.id)
        .filter_map(move |session| Some((window.agents.binary_search(&session.agent).ok()?, session)))
}

/// First and last period of a surge.
type Round = (Period, Period);

impl Kind {
    /// Surges that began within the window; `None` while the log is too young to have a usual.
    fn rounds(&self, log: &Log, from: Period) -> Option<Vec<Round>> {
        const LEAST_USUAL: usize = 8;
        let (mut found, mut known) = (Vec::new(), false);
        let mut at = log.place(from);
        while at + self.least <= log.minutes.len() {
            let past: Vec<f64> = log.minutes[at.saturating_sub(self.usual)..at]
                .iter()
                .filter_map(|minutes| *minutes)
                .collect();
            let usual = past.iter().sum::<f64>() / float(past.len().max(1));
            if past.len() < LEAST_USUAL || usual <= 0.0 {
                at += 1;
                continue;
            }
            known = true;
            let high = |minutes: &&Option<f64>| minutes.is_some_and(|x| x >= self.surge * usual);
            let length = log.minutes[at..].iter().take_while(high).count();
            if length >= self.least {
                let period = |place: usize| Period(log.from.0 + i32::try_from(place).unwrap_or(0));
                found.push((period(at), period(at + length - 1)));
            }
            at += length.max(1);
        }
        known.then_some(found)
    }
}

fn told(log: &Log, rounds: Option<&[Round]>) -> Vec<Value> {
    let end = log.from.0 + i32::try_from(log.minutes.len()).unwrap_or(0) - 1;
    let last = rounds.and_then(<[Round]>::last);
    vec![
        rounds.map(|rounds| float(rounds.len())).into(),
        last.map(|(first, _)| f64::from(end - first.0)).into(),
        rounds.map_or(Value::Null, |_| Value::Flag(last.is_some_and(|(_, to)| to.0 == end))),
    ]
}

/// Later points less earlier ones with 95 % bounds; at least four points on either side.
fn step(earlier: &[Point], later: &[Point]) -> Option<(f64, f64, f64)> {
    const LEAST: usize = 4;
    if earlier.len() < LEAST || later.len() < LEAST {
        return None;
    }
    let ((a, va), (b, vb)) = (pooled(earlier)?, pooled(later)?);
    let all: Vec<Point> = earlier.iter().chain(later).copied().collect();
    let noise = Noise::of(&all, &[earlier.len()]);
    let reach = t_quantile(0.975, noise.df) * ((va + vb) * noise.of_means()).sqrt();
    Some((b - a, b - a - reach, b - a + reach))
}

fn within(points: &[Point], from: i32, to: i32) -> Vec<Point> {
    points.iter().filter(|point| (from..=to).contains(&point.at)).copied().collect()
}

/// From the eight periods before the first surge to the eight that follow the beginning of the last.
fn between(metric: &Metric, points: &[Point], rounds: &[Round]) -> Vec<Value> {
    const SIDE: i32 = 8;
    let moved = rounds.first().zip(rounds.last()).and_then(|((first, _), (last, _))| {
        let earlier = within(points, first.0 - SIDE, first.0 - 1);
        step(&earlier, &within(points, last.0 + 1, last.0 + SIDE))
    });
    signed(moved, metric.better.sign())
}

fn signed(moved: Option<(f64, f64, f64)>, sign: f64) -> Vec<Value> {
    let turned = moved.map(|(x, low, high)| if sign > 0.0 { (x, low, high) } else { (-x, -high, -low) });
    vec![
        turned.map(|(x, _, _)| x).into(),
        turned.map(|(_, low, _)| low).into(),
        turned.map(|(_, _, high)| high).into(),
    ]
}

/// The fall just before the last surge, against the twelve periods before it, and what is on record.
fn before(case: &Case<'_>, metric: &Metric, points: &[Point], rounds: &[Round]) -> Vec<Value> {
    const RECENT: i32 = 4;
    const USUAL: i32 = 12;
    const AROUND: i32 = 4;
    let Some((start, _)) = rounds.last() else { return vec![Value::Null; 3] };
    let earlier = within(points, start.0 - RECENT - USUAL, start.0 - RECENT - 1);
    let fell = signed(step(&earlier, &within(points, start.0 - RECENT, start.0 - 1)), -metric.better.sign());
    let (_, to) = case.span();
    let last = to.0.min(start.0 + AROUND);
    let near = |period: Period| (start.0 - RECENT - AROUND..=last).contains(&period.0);
    let touches = |change: &&Change| change.metrics.is_empty() || change.metrics.contains(&metric.id);
    let on_record = case.data.changes.iter().filter(touches).any(|change| near(change.period));
    vec![fell[0].clone(), fell[1].clone(), on_record.into()]
}

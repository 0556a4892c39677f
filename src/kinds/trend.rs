//! `trend`: is the last period unusual, where did the level change, has it moved, how long has it been short?

use std::sync::Arc;

use super::panel::Window;
use super::series::{Weekly, nearest, weekly};
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{
    Column, ColumnUnit as Unit, ControlChart, Figure, Key, Metric, Reason, Row, Ty, Value, column, key,
    phrase,
};
use crate::stats::float;
use crate::stats::time::Point;
use crate::stats::time::change::change_points;
use crate::stats::time::chart::{Chart, Side};
use crate::stats::time::drift::Drift;
use crate::stats::time::noise::Noise;
use crate::stats::time::persist::{Persistence, persistence};

pub(crate) static SPEC: Spec = Spec {
    name: "trend",
    doc: include_str!("trend.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_change"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("level_now", Unit::Level, false, "The metric in the last period."),
    column("baseline", Unit::Level, true, "Its usual level: the mean of the baseline periods."),
    column("limit_low", Unit::Level, true, "Below this the last period would be unusual."),
    column("limit_high", Unit::Level, true, "Above this the last period would be unusual."),
    column("outside", Unit::Flag, true, "Whether the last period lies outside these limits."),
    column("run", Unit::Periods, true, "Periods in a row, up to the last, on one side of the baseline."),
    column("special_cause", Unit::Flag, true, "Whether it is outside, or the eighth or later of such a run."),
    column("multiplier", Unit::Plain, true, "How many sigma the limits lie from the baseline."),
    column("unrest", Unit::Plain, false, "How much more periods vary than luck alone (1 = as luck)."),
    column(
        "change",
        Unit::Difference,
        false,
        "The later half of the window against the earlier one; above 0 is worse.",
    ),
    column("change_low", Unit::Difference, false, "Lower end of its 95 % range."),
    column("change_high", Unit::Difference, false, "Upper end of its 95 % range."),
    column("p_change", Unit::Probability, false, "Chance of a change this large if there were none."),
    column("rise", Unit::Difference, false, "The same change as the metric itself moved; above 0 is up."),
    column("rise_low", Unit::Difference, false, "Lower end of its 95 % range."),
    column("rise_high", Unit::Difference, false, "Upper end of its 95 % range."),
    column(
        "changes",
        Unit::Count,
        false,
        "How many times the level changed within the window, at most three.",
    ),
    column("changed_ago", Unit::Periods, true, "Periods since the last of these changes."),
    column("step", Unit::Difference, true, "How far the level moved at it; above 0 is worse."),
    column("signal", Unit::Flag, true, "Whether that change also shows on the chart, in the same direction."),
    column(
        "aligned_with_change",
        Unit::Flag,
        true,
        "Whether a change on record lies within two periods of it.",
    ),
    column("aligned_with", Unit::Text, true, "What that change was."),
    column("weeks_off_target", Unit::Periods, true, "Periods in a row, up to the last, short of the target."),
    column(
        "persistence",
        Unit::Text,
        true,
        "What that amounts to: none, new, unsure (may be luck), persistent (4 and more), chronic (12 and more).",
    ),
];

const PARAMETERS: &[Key] = &[
    key("least-rows", Ty::Integer, "10", "Rows a period needs to be looked at."),
    key("aligned-within", Ty::Integer, "2", "Periods by which a change on record may lie off."),
];

struct Kind {
    least_rows: f64,
    aligned_within: i32,
}

fn configure(given: &Given) -> Configured {
    let aligned_within = given.integer("aligned-within");
    if !(0..=8).contains(&aligned_within) {
        return Err(("aligned-within", "`aligned-within` lies between 0 and 8 periods".into()));
    }
    Ok(Arc::new(Kind { least_rows: given.number("least-rows"), aligned_within }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let (from, to) = case.span();
        let Some(window) = case.desk.across(case, from, to) else {
            return Answer::no_rows(&metric.label);
        };
        let weekly = weekly(case, metric, &window, self.least_rows);
        if weekly.levels.is_empty() {
            let need = phrase!("need-periods-that-differ", least = self.least_rows);
            return Answer::none(Reason::Degenerate, need);
        }
        let Some(course) = Course::of(weekly, metric.better.sign()) else {
            return Answer::none(Reason::FewPeriods, phrase!("need-periods", least = 8));
        };
        let row = self.row(case, metric, &window, &course);
        let figure = (case.depth == Depth::Full).then(|| Figure::Control(course.figure()));
        Answer { rows: vec![row], figures: figure.into_iter().collect(), ..Answer::default() }
    }
}

/// A series and everything read off it.
struct Course {
    weekly: Weekly,
    /// +1 where higher is better.
    sign: f64,
    changes: Vec<usize>,
    chart: Option<Chart>,
    drift: Drift,
}

impl Course {
    fn of(weekly: Weekly, sign: f64) -> Option<Self> {
        let changes = change_points(&weekly.levels);
        let drift = Drift::of(&weekly.levels, &changes)?;
        let chart = Chart::of(&weekly.levels, &changes);
        Some(Self { weekly, sign, changes, chart, drift })
    }

    fn last(&self) -> usize {
        self.weekly.levels.len() - 1
    }

    /// How far the level moved at the last change, in the metric's own direction.
    fn step(&self) -> Option<f64> {
        let at = *self.changes.last()?;
        let before = self.changes.iter().rev().nth(1).copied().unwrap_or(0);
        let mean = |points: &[Point]| crate::stats::time::pooled(points).map(|(level, _)| level);
        Some(mean(&self.weekly.levels[at..])? - mean(&self.weekly.levels[before..at])?)
    }

    /// Whether chart and change point agree on the last change.
    fn signal(&self) -> Option<bool> {
        let chart = self.chart.as_ref()?;
        let (Some(&at), Some(step)) = (self.changes.last(), self.step()) else { return Some(false) };
        let side = if step > 0.0 { Side::Above } else { Side::Below };
        Some((at..=self.last()).any(|index| chart.unusual(index) == Some(side)))
    }

    fn figure(&self) -> ControlChart {
        let period = |point: &Point| Period(point.at);
        let levels = &self.weekly.levels;
        ControlChart {
            periods: levels.iter().map(period).collect(),
            values: levels.iter().map(|point| point.level).collect(),
            limits: self.chart.as_ref().map(|chart| chart.limits.clone()).unwrap_or_default(),
            centre: self.chart.as_ref().map(|chart| chart.centre),
            target: self.weekly.target,
            changes: self.changes.iter().map(|&at| period(&levels[at])).collect(),
        }
    }
}

fn flag(answer: Option<bool>) -> Value {
    answer.map_or(Value::Null, Value::Flag)
}

fn word(state: Persistence) -> &'static str {
    match state {
        Persistence::None => "none",
        Persistence::New => "new",
        Persistence::Unsure => "unsure",
        Persistence::Persistent => "persistent",
        Persistence::Chronic => "chronic",
    }
}

impl Kind {
    fn row(&self, case: &Case<'_>, metric: &Metric, window: &Window, course: &Course) -> Row {
        let mut values = charted(course);
        values.extend(moved(course));
        values.extend(self.stepped(case, metric, course));
        values.extend(short(course));
        Row { item: None, n: window.n, agents: window.heads(), window: window.span(), values, q: Vec::new() }
    }

    fn stepped(&self, case: &Case<'_>, metric: &Metric, course: &Course) -> Vec<Value> {
        let levels = &course.weekly.levels;
        let at = course.changes.last().map(|&at| Period(levels[at].at));
        let aligned = at.and_then(|at| nearest(case, metric, at, self.aligned_within));
        let ago = at.map(|at| f64::from(levels[course.last()].at - at.0 + 1));
        vec![
            float(course.changes.len()).into(),
            ago.into(),
            course.step().map(|step| -course.sign * step).into(),
            flag(course.signal()),
            flag(at.map(|_| aligned.is_some())),
            aligned.map_or(Value::Null, |change| Value::from(change.what.as_str())),
        ]
    }
}

fn charted(course: &Course) -> Vec<Value> {
    let last = course.last();
    let chart = course.chart.as_ref();
    let limit = |read: fn(&(f64, f64)) -> f64| chart.and_then(|chart| chart.limits.get(last)).map(read);
    vec![
        course.weekly.levels[last].level.into(),
        chart.map(|chart| chart.centre).into(),
        limit(|limits| limits.0).into(),
        limit(|limits| limits.1).into(),
        flag(chart.map(|chart| chart.outside(last).is_some())),
        chart.map(|chart| float(chart.run(last).0)).into(),
        flag(chart.map(|chart| chart.unusual(last).is_some())),
        chart.map(|chart| chart.multiplier).into(),
        Noise::of(&course.weekly.levels, &course.changes).factor.sqrt().into(),
    ]
}

fn moved(course: &Course) -> Vec<Value> {
    const LEVEL: f64 = 0.95;
    let drift = &course.drift;
    let (low, high) = drift.interval(LEVEL);
    let worse = if course.sign > 0.0 { (-high, -low) } else { (low, high) };
    vec![
        (-course.sign * drift.moved).into(),
        worse.0.into(),
        worse.1.into(),
        drift.p().into(),
        drift.moved.into(),
        low.into(),
        high.into(),
    ]
}

fn short(course: &Course) -> Vec<Value> {
    if course.weekly.shortfalls.is_empty() {
        return vec![Value::Null, Value::Null];
    }
    let (run, state) = persistence(&course.weekly.shortfalls);
    vec![float(run).into(), Value::from(word(state))]
}

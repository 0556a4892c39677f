//! `visibility`: is the problem getting harder to see, because more of it lies where nothing can be said?

use std::sync::Arc;

use super::desk::type_name;
use super::panel::Window;
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{Column, ColumnUnit as Unit, Key, Metric, Reason, Row, Ty, Value, column, key, phrase};
use crate::stats::reach::ReachOptions;
use crate::stats::time::change::change_points;
use crate::stats::time::drift::Drift;
use crate::stats::time::{Point, usable};

pub(crate) static SPEC: Spec = Spec {
    name: "visibility",
    doc: include_str!("visibility.md"),
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
    column("other_now", Unit::Share, true, "Share of rows without a usable contact type, in the later half."),
    column("other_before", Unit::Share, true, "The same in the earlier half."),
    column("other_rise", Unit::Share, true, "How far that share has risen."),
    column("other_rise_low", Unit::Share, true, "Lower end of its 95 % range."),
    column("other_rise_high", Unit::Share, true, "Upper end of its 95 % range."),
    column(
        "unplaced_now",
        Unit::Difference,
        true,
        "Points of the gap that lie where nothing can be said, later half.",
    ),
    column("unplaced_before", Unit::Difference, true, "The same in the earlier half."),
    column(
        "unplaced_share_now",
        Unit::Share,
        true,
        "Share of all that is missing which lies there, later half.",
    ),
    column("unplaced_share_before", Unit::Share, true, "The same in the earlier half."),
];

const PARAMETERS: &[Key] = &[key(
    "other",
    Ty::Text,
    "\"Other\"",
    "The contact type that says nothing; rows without one count with it.",
)];

struct Kind {
    other: String,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every kind has")]
fn configure(given: &Given) -> Configured {
    Ok(Arc::new(Kind { other: given.text("other").to_owned() }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        const LEAST: i32 = 8;
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let (from, to) = case.span();
        let Some(window) = case.desk.across(case, from, to) else {
            return Answer::no_rows(&metric.label);
        };
        if window.seen.is_none_or(|(first, last)| last.0 - first.0 + 1 < LEAST) {
            return Answer::none(Reason::FewPeriods, phrase!("need-periods", least = LEAST));
        }
        let half = case.window / 2;
        let now = unplaced(&Case { window: half, ..*case }, metric);
        let before = unplaced(&Case { window: half, period: case.period.shift(-half), ..*case }, metric);
        let mut values = self.others(case, &window);
        values.extend([
            now.map(|part| part.points).into(),
            before.map(|part| part.points).into(),
            now.map(|part| part.share).into(),
            before.map(|part| part.share).into(),
        ]);
        let row = Row {
            item: None,
            n: window.n,
            agents: window.heads(),
            window: window.span(),
            values,
            q: Vec::new(),
        };
        Answer { rows: vec![row], ..Answer::default() }
    }
}

/// What of a gap is spread too thin to place.
#[derive(Clone, Copy)]
struct Unplaced {
    points: f64,
    /// Of all shortfalls.
    share: f64,
}

fn unplaced(case: &Case<'_>, metric: &Metric) -> Option<Unplaced> {
    let found = case.desk.reach(case, &ReachOptions::default())?;
    let ledger = &found.ledger;
    let short = ledger.reach + ledger.out_of_reach + ledger.unplaced;
    (short >= metric.material).then(|| Unplaced { points: ledger.unplaced, share: ledger.unplaced / short })
}

impl Kind {
    /// The share of rows without a usable contact type, and how it moved.
    fn others(&self, case: &Case<'_>, window: &Window) -> Vec<Value> {
        let points = self.shares(case, window);
        let Some(drift) = Drift::of(&points, &change_points(&points)) else { return vec![Value::Null; 5] };
        let half = points.len() / 2;
        let mean = |part: &[Point]| crate::stats::time::pooled(part).map(|(level, _)| level);
        let (low, high) = drift.interval(0.95);
        vec![
            mean(&points[points.len() - half..]).into(),
            mean(&points[..half]).into(),
            drift.moved.into(),
            low.into(),
            high.into(),
        ]
    }

    fn shares(&self, case: &Case<'_>, window: &Window) -> Vec<Point> {
        let blank = |contact_type: u32| {
            let name = type_name(case.data, contact_type);
            name == "(none)" || name.eq_ignore_ascii_case(&self.other)
        };
        let says_nothing: Vec<bool> = window.strata.iter().map(|one| blank(one.contact_type)).collect();
        let mut sums = vec![(0.0, 0.0); window.panel.times];
        for cell in &window.panel.cells {
            let sum: &mut (f64, f64) = &mut sums[cell.time as usize];
            sum.0 += cell.n;
            sum.1 += if says_nothing[cell.stratum as usize] { cell.n } else { 0.0 };
        }
        let (all, none) = sums.iter().fold((0.0, 0.0), |(n, k), sum| (n + sum.0, k + sum.1));
        // Half a row each way keeps a share of nothing from having no variance.
        let usual = (none + 0.5) / (all + 1.0);
        let point = |(time, (n, k)): (usize, &(f64, f64))| Point {
            at: window.from.0 + i32::try_from(time).unwrap_or(0),
            level: k / n,
            variance: usual * (1.0 - usual) / n,
        };
        usable(sums.iter().enumerate().filter(|(_, (n, _))| *n > 0.0).map(point))
    }
}

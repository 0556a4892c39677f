//! `gap`: off target by a material amount, how sure, and was the target ever met?

use std::sync::Arc;

use super::desk::Study;
use super::panel::Window;
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Fact, Gap, Key, Metric, Reason, Row, Ty, column, key, phrase,
};
use crate::stats::dist::normal_quantile;
use crate::stats::reach::{Reach, ReachOptions};

pub(crate) static SPEC: Spec = Spec {
    name: "gap",
    doc: include_str!("gap.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_gap"],
    facts: &["gap"],
    configure,
};

const COLUMNS: &[Column] = &[
    column("actual", Unit::Level, false, "The metric over the window."),
    column("actual_low", Unit::Level, false, "Lower end of its 95 % range, sampling error only."),
    column("actual_high", Unit::Level, false, "Upper end of its 95 % range."),
    column("target", Unit::Level, true, "Target, weighted by the mix of contact types that have one."),
    column(
        "adverse",
        Unit::Difference,
        true,
        "Distance to the target; above 0 is short of it, whatever the direction.",
    ),
    column("low", Unit::Difference, true, "Lower end of the distance's 95 % range."),
    column("high", Unit::Difference, true, "Upper end of the distance's 95 % range."),
    column(
        "p_gap",
        Unit::Probability,
        true,
        "Chance of a distance this large if there were none (one-sided).",
    ),
    column(
        "credible",
        Unit::Flag,
        true,
        "Whether at least one contact type is credibly short of its target.",
    ),
    column("best_period", Unit::Level, false, "Best period of the data read."),
    column("periods_seen", Unit::Periods, false, "Periods with data."),
    column("target_ever_met", Unit::Flag, true, "Whether any period of the data read met the target."),
    column(
        "periods_short",
        Unit::Periods,
        true,
        "Periods in a row, up to the last one, that were short of the target.",
    ),
    column(
        "since_restart",
        Unit::Periods,
        true,
        "Periods since the latest change that made earlier rows history.",
    ),
    column("restarted_share", Unit::Share, false, "Share of the window's rows that such a change touches."),
];

const PARAMETERS: &[Key] = &[
    key("least-agents", Ty::Integer, "5", "Agents needed before anything is said."),
    key("least-rows", Ty::Integer, "30", "Rows needed before anything is said."),
    key(
        "least-periods",
        Ty::Integer,
        "4",
        "Periods of data needed, unless a change has just made the earlier ones history.",
    ),
];

/// The least of each before anything is said.
struct Kind {
    agents: f64,
    rows: f64,
    periods: f64,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every kind has")]
fn configure(given: &Given) -> Configured {
    Ok(Arc::new(Kind {
        agents: given.number("least-agents"),
        rows: given.number("least-rows"),
        periods: given.number("least-periods"),
    }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let Some(study) = case.desk.study(case) else {
            return Answer::no_rows(&metric.label);
        };
        if f64::from(study.agents()) < self.agents {
            let need = phrase!("need-agents", least = self.agents, has = study.agents());
            return Answer::none(Reason::FewAgents, need);
        }
        if study.layers.overall.n < self.rows {
            let need = phrase!("need-rows", least = self.rows, has = study.layers.overall.n);
            return Answer::none(Reason::FewContacts, need);
        }
        let reach = case.desk.reach(case, &ReachOptions::default());
        self.young(answer(case, metric, &study, reach.as_deref()))
    }
}

impl Kind {
    /// A few periods say how things stand, not whether there is a gap: the fact stays, the row does not.
    fn young(&self, answer: Answer) -> Answer {
        let number = |name: &str| {
            let at = COLUMNS.iter().position(|column| column.name == name)?;
            answer.rows.first()?.values.get(at)?.number()
        };
        let periods = number("periods_seen").unwrap_or(0.0);
        if periods >= self.periods || number("since_restart").is_some() {
            return answer;
        }
        let need = phrase!("need-periods-has", least = self.periods, has = periods);
        Answer { rows: Vec::new(), not_judged: Some((Reason::FewPeriods, need)), ..answer }
    }
}

/// The level with its sampling range, and the distance to the target where there is one.
fn answer(case: &Case<'_>, metric: &Metric, study: &Study, reach: Option<&Reach>) -> Answer {
    const LEVEL: f64 = 0.95;
    let overall = &study.layers.overall;
    let se = reach.map_or_else(|| overall.mean_v.sqrt(), |reach| reach.se);
    let half = se * normal_quantile(0.5 + 0.5 * LEVEL);
    let past = past(case);
    let (since, share) = restarted(case, &study.window);
    let sign = metric.better.sign();
    let target = reach.map(target_of);
    let best = past.iter().copied().map(|level| sign * level).fold(f64::NEG_INFINITY, f64::max) * sign;
    let met = target.map(|target| past.iter().any(|level| sign * (level - target) >= 0.0));
    let short =
        target.map(|target| past.iter().rev().take_while(|level| sign * (**level - target) < 0.0).count());
    let credible = reach.map(|reach| reach.not_localised || reach.strata.iter().any(|s| s.credible));
    let whole = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let values = vec![
        overall.mean.into(),
        (overall.mean - half).into(),
        (overall.mean + half).into(),
        target.into(),
        reach.map(|reach| reach.net_gap).into(),
        reach.map(|reach| reach.low).into(),
        reach.map(|reach| reach.high).into(),
        reach.map(|reach| reach.p_gap).into(),
        credible.map_or(crate::model::Value::Null, Into::into),
        best.into(),
        whole(past.len()).into(),
        met.map_or(crate::model::Value::Null, Into::into),
        short.map(whole).into(),
        since.into(),
        share.into(),
    ];
    let gap = Gap {
        actual: overall.mean,
        actual_low: overall.mean - half,
        actual_high: overall.mean + half,
        target,
        adverse: reach.map(|reach| reach.net_gap),
        low: reach.map(|reach| reach.low),
        high: reach.map(|reach| reach.high),
        level: LEVEL,
        n: study.window.n,
        agents: study.agents(),
        best_period: best.is_finite().then_some(best),
        periods_seen: u32::try_from(past.len()).unwrap_or(u32::MAX),
    };
    let row = Row {
        item: None,
        n: study.window.n,
        agents: study.agents(),
        window: study.window.span(),
        values,
        q: Vec::new(),
    };
    let no_target =
        reach.is_none().then(|| (Reason::NoTarget, phrase!("need-target", metric = &metric.label)));
    Answer { rows: vec![row], facts: vec![Fact::Gap(gap)], not_judged: no_target, ..Answer::default() }
}

/// The strata's targets by their share of the work; one target for all is itself, whatever the last digit of
/// the shares.
fn target_of(reach: &Reach) -> f64 {
    let first = reach.strata.first().map_or(f64::NAN, |one| one.target);
    if reach.strata.iter().all(|one| one.target.total_cmp(&first).is_eq()) {
        return first;
    }
    reach.strata.iter().map(|one| one.share * one.target).sum()
}

/// The metric's level in each period of the data read, oldest first, to the end of the window.
fn past(case: &Case<'_>) -> Vec<f64> {
    const LOOKED_BACK: i32 = 52;
    let (_, to) = case.span();
    let Some(levels) = case.desk.levels(case, to.shift(1 - LOOKED_BACK), to) else { return Vec::new() };
    let mut sums = vec![(0.0, 0.0); levels.times];
    for stratum in levels.sums.chunks(levels.times.max(1)) {
        for (total, (weight, sum)) in sums.iter_mut().zip(stratum) {
            *total = (total.0 + weight, total.1 + sum);
        }
    }
    sums.into_iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, sum)| sum / weight).collect()
}

/// Periods since the latest restart that touches the case, and the share of rows it touches.
fn restarted(case: &Case<'_>, window: &Window) -> (Option<f64>, f64) {
    let restarts = case.desk.restarts(case);
    let Some(latest) = restarts.iter().map(|one| one.from).max() else { return (None, 0.0) };
    let touched = |stratum: u32| {
        let of = window.strata[stratum as usize].contact_type;
        restarts.iter().any(|one| {
            one.from == latest && (one.contact_types.is_empty() || one.contact_types.contains(&of))
        })
    };
    let (mut all, mut some) = (0.0, 0.0);
    for cell in &window.panel.cells {
        all += cell.n;
        some += if touched(cell.stratum) { cell.n } else { 0.0 };
    }
    let periods = f64::from(window.to.0 - latest.0 + 1);
    (Some(periods), if all > 0.0 { some / all } else { 0.0 })
}

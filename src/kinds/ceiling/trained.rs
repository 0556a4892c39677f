//! Was anyone trained for it, and did the gap begin with a change? Everyone short alike may be an obstacle, or
//! something nobody was ever shown.

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::kinds::Case;
use crate::kinds::desk::{Study, type_name};
use crate::model::{Metric, Session};
use crate::stats::dist::t_quantile;
use crate::stats::float;

/// Trained agents (and others) needed to compare them.
const LEAST: usize = 5;
/// Periods before a change that are looked at; the period of the change itself is left out.
const BEFORE: i32 = 8;

/// The trained against everyone's level, and against those not trained.
pub(super) struct Trained {
    pub(super) agents: usize,
    pub(super) share: f64,
    pub(super) mean: f64,
    /// Half the 95 % range of `mean`.
    pub(super) half: f64,
    /// Lead over the others with half its range.
    pub(super) ahead: Option<(f64, f64)>,
}

/// `None` where no one is known to be trained, or fewer than five.
pub(super) fn trained(
    case: &Case<'_>,
    study: &Study,
    trainings: &Trainings<'_>,
    kind: Option<u32>,
) -> Option<Trained> {
    let since: Vec<Option<Period>> =
        study.window.agents.iter().map(|&agent| trainings.first(case, agent, kind)).collect();
    if since.iter().flatten().count() < LEAST {
        return None;
    }
    let mut sides: [Vec<(f64, f64)>; 2] = std::array::from_fn(|_| vec![(0.0, 0.0); study.window.panel.units]);
    for cell in &study.window.panel.cells {
        let stratum = cell.stratum as usize;
        if kind.is_some_and(|kind| study.window.strata[stratum].contact_type != kind) {
            continue;
        }
        let at = study.window.from.shift(cell.time.cast_signed());
        let side = match since[cell.unit as usize] {
            None => 0,
            Some(since) if at > since => 1,
            Some(_) => continue,
        };
        let sum = &mut sides[side][cell.unit as usize];
        let deviation = cell.mean - study.layers.strata[stratum].mean;
        *sum = (sum.0 + cell.weight, sum.1 + cell.weight * deviation);
    }
    let [others, own] = sides.map(|side| Mean::of(&side));
    let (mean, others) = (own.filter(|own| own.agents >= LEAST)?, others);
    let ahead = others.as_ref().filter(|others| others.agents >= LEAST).map(|others| {
        let half = (mean.half * mean.half + others.half * others.half).sqrt();
        (mean.mean - others.mean, half)
    });
    let all = mean.agents + others.map_or(0, |others| others.agents);
    Some(Trained {
        agents: mean.agents,
        share: float(mean.agents) / float(all),
        mean: mean.mean,
        half: mean.half,
        ahead,
    })
}

#[expect(clippy::struct_field_names, reason = "the words of the field")]
struct Mean {
    agents: usize,
    mean: f64,
    half: f64,
}

impl Mean {
    /// Weighted mean over agents with a t range from how they scatter.
    fn of(sums: &[(f64, f64)]) -> Option<Self> {
        let agents: Vec<(f64, f64)> = sums.iter().copied().filter(|(weight, _)| *weight > 0.0).collect();
        let k = float(agents.len());
        if agents.len() < 2 {
            return None;
        }
        let weight: f64 = agents.iter().map(|(weight, _)| weight).sum();
        let mean = agents.iter().map(|(_, sum)| sum).sum::<f64>() / weight;
        let square: f64 = agents.iter().map(|(weight, sum)| (sum - weight * mean).powi(2)).sum();
        let se = (square * k / (k - 1.0)).sqrt() / weight;
        Some(Self { agents: agents.len(), mean, half: t_quantile(0.975, k - 1.0) * se })
    }
}

/// Held sessions that were training on a case's metric, up to the end of its window.
pub(super) struct Trainings<'a>(Vec<&'a Session>);

impl<'a> Trainings<'a> {
    /// `training`: the touchpoint, in lower case.
    pub(super) fn new(case: &Case<'a>, training: &str) -> Self {
        let end = case.span().1;
        let id = case.metric.map_or("", |(_, metric)| metric.id.as_str());
        let meant = |session: &&Session| session.period <= end && is_training(session, training);
        Self(case.desk.held_on(id).filter(meant).collect())
    }

    /// The period of an agent's first training, by the log or the roster.
    fn first(&self, case: &Case<'_>, agent: u32, kind: Option<u32>) -> Option<Period> {
        let end = case.span().1;
        let of_type = |session: &&&Session| match (kind, session.contact_type.as_deref()) {
            (Some(kind), Some(own)) => own == type_name(case.data, kind),
            _ => true,
        };
        let own = self.0.iter().filter(|session| session.agent == agent).filter(of_type);
        let logged = own.map(|session| session.period).min();
        let on_roster = case
            .data
            .attribute(agent, "trained-on", case.calendar.end(end))
            .and_then(|day| day.parse::<NaiveDate>().ok())
            .map(|day| case.calendar.of(day));
        logged.into_iter().chain(on_roster).min().filter(|period| *period <= end)
    }
}

/// Said by its purpose or by its touchpoint.
fn is_training(session: &Session, training: &str) -> bool {
    let said = [&session.detail.purpose, &session.touchpoint];
    !training.is_empty() && said.into_iter().flatten().any(|said| said.trim().to_lowercase() == training)
}

/// Everyone's distance to target before the last change in the window, in one contact type or all.
pub(super) fn gap_before(case: &Case<'_>, metric: &Metric, kind: Option<u32>) -> Option<f64> {
    let change = case.desk.restarts(case).into_iter().map(|restart| restart.from).max()?;
    let levels = case.desk.levels(case, change.shift(-1 - BEFORE), change.shift(-2))?;
    let (mut weight, mut gap) = (0.0, 0.0);
    for (stratum, sums) in levels.strata.iter().zip(levels.sums.chunks(levels.times.max(1))) {
        if kind.is_some_and(|kind| stratum.contact_type != kind) {
            continue;
        }
        let Some(target) = metric.target_of(type_name(case.data, stratum.contact_type)) else { continue };
        for (own, sum) in sums {
            weight += own;
            gap += metric.better.sign() * (own * target - sum);
        }
    }
    (weight > 0.0).then(|| gap / weight)
}

//! Spells of coaching and what followed them: when each agent was first coached on a metric after a quiet time,
//! what its sessions amounted to, and the outcomes around it, ready for the estimators. All of it follows from
//! the past alone: choosing agents by what happened to them later would keep those whose bad weeks came back.

use std::rc::Rc;

use super::Case;
use super::desk::Study;
use crate::calendar::Period;
use crate::cube::Data;
use crate::model::{Metric, Session, SourceId};
use crate::stats::effect::{Assessment, EffectOptions, EffectPanel, First, assess};

/// What counts as a spell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    /// Periods without a session before one counts as a first.
    pub(crate) quiet: i32,
    /// Periods after the first session that are looked at.
    pub(crate) after: usize,
    /// Contacts an agent needs in a period; evaluations and surveys need one.
    pub(crate) least_rows: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { quiet: 12, after: 8, least_rows: 5.0 }
    }
}

/// One agent's way through the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spell {
    pub(crate) agent: u32,
    /// From when the agent may be looked at.
    pub(crate) entry: Period,
    /// Period of the session that begins the spell, and its place in [`Data::sessions`].
    pub(crate) first: Option<(Period, usize)>,
    /// Whether the log has a session on the metric before the entry.
    pub(crate) before: bool,
}

impl Spell {
    /// When the spell began, as a place in the window; an agent whose quiet time outlasts the window is left out.
    fn first(&self, from: Period, to: Period) -> First {
        match self.first {
            Some((period, _)) => First::At(usize::try_from(period.0 - from.0).unwrap_or(0)),
            None if self.entry > to => First::Unknown,
            None => First::Never,
        }
    }
}

/// What followed coaching on one metric: the panel, and what it amounts to.
pub(crate) struct Effects {
    pub(crate) study: Rc<Study>,
    /// One a unit of the panel.
    pub(crate) spells: Vec<Spell>,
    pub(crate) panel: EffectPanel,
    pub(crate) options: EffectOptions,
    pub(crate) assessment: Assessment,
    /// The metric whose sessions make the spells.
    pub(crate) on: String,
}

/// Held sessions of one spell from its first session on, that session included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dose {
    pub(crate) sessions: f64,
    /// `None` where the log has no minutes for any of them.
    pub(crate) minutes: Option<f64>,
}

/// Periods after the first session that a dose is counted over.
const DOSE_PERIODS: i32 = 4;

impl Effects {
    /// The effect on a case's metric of the sessions meant to move `on`.
    pub(crate) fn of(case: &Case<'_>, terms: &Terms, on: &str) -> Option<Self> {
        let (_, metric) = case.metric?;
        let study = case.desk.study(case)?;
        let spells = spells(case, terms, on, &study.window.agents);
        let panel = panel(metric, &study, &spells, terms, |_| true);
        let options =
            EffectOptions { sign: metric.better.sign(), events: 1..=terms.after, ..EffectOptions::default() };
        let assessment = assess(&panel, metric.material, &options);
        Some(Self { study, spells, panel, options, assessment, on: on.to_owned() })
    }

    /// Agents whose spell begins in the window.
    pub(crate) fn treated(&self) -> usize {
        self.panel.first.iter().filter(|first| matches!(first, First::At(_))).count()
    }

    /// Agents observed while not yet treated, once somebody else had been.
    pub(crate) fn controls(&self) -> usize {
        let begins = self
            .panel
            .first
            .iter()
            .filter_map(|first| if let First::At(at) = first { Some(*at) } else { None });
        let Some(earliest) = begins.min() else { return 0 };
        let waits = |first: &&First| match first {
            First::Never => true,
            First::At(at) => *at > earliest + 1,
            First::Unknown => false,
        };
        self.panel.first.iter().filter(waits).count()
    }

    /// The session that began a unit's spell.
    pub(crate) fn session<'d>(&self, data: &'d Data, unit: usize) -> Option<&'d Session> {
        data.sessions.get(self.spells[unit].first?.1)
    }

    /// What a unit's spell amounted to; `None` where it has none.
    pub(crate) fn dose(&self, case: &Case<'_>, unit: usize) -> Option<Dose> {
        let (from, place) = self.spells[unit].first?;
        let to = from.shift(DOSE_PERIODS);
        let later = case.data.sessions[place..].iter().take_while(|session| session.period <= to);
        let own = later.filter(|session| {
            session.agent == self.spells[unit].agent
                && session.is_held()
                && case.desk.moves(&session.focus, &self.on)
        });
        let mut dose = Dose::default();
        for session in own {
            dose.sessions += 1.0;
            dose.minutes = match (dose.minutes, session.minutes) {
                (sum, None) => sum,
                (sum, Some(minutes)) => Some(sum.unwrap_or(0.0) + minutes),
            };
        }
        Some(dose)
    }
}

/// The spells of these agents, in their order.
fn spells(case: &Case<'_>, terms: &Terms, on: &str, agents: &[u32]) -> Vec<Spell> {
    let (from, to) = case.span();
    let log_start = case.data.log_start().unwrap_or(from);
    let mut sessions: Vec<Vec<usize>> = vec![Vec::new(); case.data.agents.len()];
    for (at, session) in case.data.sessions.iter().enumerate() {
        let counts = session.period <= to && session.is_held() && case.desk.moves(&session.focus, on);
        if let Some(own) = sessions.get_mut(session.agent as usize).filter(|_| counts) {
            own.push(at);
        }
    }
    let none = Vec::new();
    let of = |agent: u32| sessions.get(agent as usize).unwrap_or(&none);
    agents.iter().map(|&agent| spell(case.data, terms, agent, of(agent), log_start, from)).collect()
}

/// An agent enters once the quiet time after its last held session on the metric is over; what lies before the
/// log is unknown, so the log's own start counts as such a session. The first session after entry begins the
/// spell.
fn spell(
    data: &Data,
    terms: &Terms,
    agent: u32,
    sessions: &[usize],
    log_start: Period,
    from: Period,
) -> Spell {
    let mut spell =
        Spell { agent, entry: log_start.shift(terms.quiet).max(from), first: None, before: false };
    for &at in sessions {
        let period = data.sessions[at].period;
        if period >= spell.entry {
            spell.first = Some((period, at));
            break;
        }
        spell.before = true;
        spell.entry = spell.entry.max(period.shift(terms.quiet));
    }
    spell
}

/// Outcomes by agent and period at equal mix of work, from the strata that are kept, and when each agent's
/// spell began.
pub(crate) fn panel(
    metric: &Metric,
    study: &Study,
    spells: &[Spell],
    terms: &Terms,
    keep: impl Fn(u32) -> bool,
) -> EffectPanel {
    let window = &study.window;
    let (units, times) = (window.panel.units, window.panel.times);
    let mut levels = vec![0.0; window.panel.strata];
    for layer in &study.layers.strata {
        levels[layer.stratum as usize] = layer.mean;
    }
    let mut sums = vec![[0.0f64; 4]; units * times];
    for cell in window.panel.cells.iter().filter(|cell| keep(cell.stratum)) {
        let sum = &mut sums[cell.unit as usize * times + cell.time as usize];
        sum[0] += cell.weight;
        sum[1] += cell.weight * (cell.mean - levels[cell.stratum as usize]);
        sum[2] += cell.n * study.layers.sigma2[cell.stratum as usize];
        sum[3] += cell.n;
    }
    let least = if metric.source == SourceId::Contacts { terms.least_rows } else { 1.0 };
    let entry = |unit: usize| usize::try_from(spells[unit].entry.0 - window.from.0).unwrap_or(0);
    let usable = |(place, sum): (usize, &[f64; 4])| {
        sum[3] >= least && sum[0] > 0.0 && place % times >= entry(place / times)
    };
    let mean = study.layers.overall.mean;
    let each = |read: &dyn Fn(&[f64; 4]) -> f64, without: f64| -> Vec<f64> {
        sums.iter().enumerate().map(|at| if usable(at) { read(at.1) } else { without }).collect()
    };
    EffectPanel {
        units,
        times,
        y: each(&|sum| mean + sum[1] / sum[0], f64::NAN),
        variance: each(&|sum| sum[2] / (sum[0] * sum[0]), f64::NAN),
        weight: each(&|sum| sum[3], 0.0),
        first: spells.iter().map(|spell| spell.first(window.from, window.to)).collect(),
        // Those coached earlier were chosen earlier: their level is not that of the others.
        kind: spells.iter().map(|spell| usize::from(spell.before)).collect(),
    }
}

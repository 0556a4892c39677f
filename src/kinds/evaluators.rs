//! `evaluators`: do scores depend on who gives them? Never says which evaluator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::panel::{Merged, Slice, Window};
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::cube::NONE;
use crate::model::{
    Column, ColumnUnit as Unit, EVALUATOR, Key, Metric, Reason, Row, SourceId, Value, column, phrase,
};
use crate::stats::dist::t_quantile;
use crate::stats::float;
use crate::stats::layers::{LayerOptions, layers};
use crate::stats::panel::{Cell, Panel};
use crate::stats::raters::{Raters, Scored, raters};

pub(crate) static SPEC: Spec = Spec {
    name: "evaluators",
    doc: include_str!("evaluators.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_evaluators"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("evaluators", Unit::People, false, "Evaluators behind the scores."),
    column(
        "evaluator_sd",
        Unit::Difference,
        true,
        "Standard deviation between evaluators who score the same agents at the same time.",
    )
    .about("evaluators"),
    column("evaluator_low", Unit::Difference, true, "Lower end of its 95 % range.").about("evaluators"),
    column("evaluator_high", Unit::Difference, true, "Upper end of its 95 % range.").about("evaluators"),
    column(
        "p_evaluators",
        Unit::Probability,
        true,
        "Chance of scores this unlike if all evaluators scored alike.",
    )
    .about("evaluators"),
    column(
        "agents_sd",
        Unit::Difference,
        true,
        "Standard deviation between agents as scored, luck taken out.",
    ),
    column("agents_sd_left", Unit::Difference, true, "The same once every evaluator is put on one level.")
        .about("evaluators"),
    column(
        "evaluator_share",
        Unit::Share,
        true,
        "Evaluators' part in the variance of evaluators and agents together.",
    )
    .about("evaluators"),
    column("own_coach", Unit::Share, true, "Share of the evaluations made by a coach of the agent."),
    column(
        "own_change",
        Unit::Difference,
        true,
        "Change of own coaches' scores from the first to the second half of the window; above 0 is better.",
    ),
    column("independent_change", Unit::Difference, true, "The same in everyone else's scores."),
    column("independent_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("independent_high", Unit::Difference, true, "Upper end of its 95 % range."),
];

const PARAMETERS: &[Key] = &[];

struct Kind;

#[expect(clippy::unnecessary_wraps, reason = "the signature every kind has")]
fn configure(_: &Given) -> Configured {
    Ok(Arc::new(Kind))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if metric.source != SourceId::Evaluations {
            return Answer::none(
                Reason::NoColumn,
                phrase!("need-metric-of-evaluations", metric = &metric.label),
            );
        }
        let Some(scores) = Scores::of(case) else {
            return Answer::none(Reason::NoColumn, phrase!("need-evaluators"));
        };
        if scores.cells.is_empty() {
            return Answer::none(Reason::FewContacts, phrase!("need-evaluations-of", metric = &metric.label));
        }
        let row = scores.row(case, metric);
        let unknown = row.values[1] == Value::Null;
        Answer {
            rows: vec![row],
            not_judged: unknown.then(|| (Reason::WideInterval, phrase!("need-evaluators-in-common"))),
            ..Answer::default()
        }
    }
}

/// One cell of scores by one evaluator, at equal mix of contact types.
pub(super) struct Score {
    /// The panel's cell, counted from its contact type's level.
    pub(super) cell: Cell,
    evaluator: u32,
    /// Whether the evaluator coaches the agent.
    pub(super) own: bool,
}

/// Evaluations by who gave them.
pub(super) struct Scores {
    pub(super) window: Window,
    pub(super) cells: Vec<Score>,
    pub(super) knows_coaches: bool,
}

impl Scores {
    /// `None` where evaluators are not kept apart.
    pub(super) fn of(case: &Case<'_>) -> Option<Self> {
        let (index, metric) = case.metric?;
        let at = case.data.segment(EVALUATOR)?;
        let slice = Slice { scope: case.scope, filter: case.filter, conditions: &[at], outlived: &[] };
        let merged = Merged::new(case.data, case.data.cube(metric.source)?, index, &slice)?;
        let (from, to) = case.span();
        let window = merged.window(from, to);
        let levels = type_levels(&window);
        let coaches = Coaches::new(case);
        let score = |cell: &Cell| {
            let stratum = &window.strata[cell.stratum as usize];
            let evaluator = stratum.conditions.first().copied().filter(|one| *one != NONE)?;
            let level = levels.get(&stratum.contact_type).copied().unwrap_or(0.0);
            let own = coaches.coach(window.agents[cell.unit as usize], evaluator);
            Some(Score { cell: Cell { mean: cell.mean - level, ..*cell }, evaluator, own })
        };
        let cells = window.panel.cells.iter().filter_map(score).collect();
        Some(Self { cells, knows_coaches: !coaches.own.is_empty(), window })
    }

    fn row(&self, case: &Case<'_>, metric: &Metric) -> Row {
        let evaluators: BTreeSet<u32> = self.cells.iter().map(|score| score.evaluator).collect();
        let found = raters(&self.scored());
        let spread = self.agents_variance(None);
        let left = found.as_ref().and_then(|found| self.agents_variance(Some(found)));
        let share = found.as_ref().zip(left).map(|(found, left)| found.tau2 / (found.tau2 + left));
        let sign = metric.better.sign();
        let own = self.knows_coaches.then(|| self.own_share());
        let change = |own| self.knows_coaches.then(|| self.change(case, own)).flatten();
        let (own_change, independent) = (change(true), change(false));
        let bounds = independent.map(|(mean, half)| (sign * mean - half, sign * mean + half));
        let agents: BTreeSet<u32> = self.cells.iter().map(|score| score.cell.unit).collect();
        Row {
            item: None,
            n: self.window.n,
            agents: u32::try_from(agents.len()).unwrap_or(u32::MAX),
            window: self.window.span(),
            values: vec![
                float(evaluators.len()).into(),
                found.as_ref().map(|found| found.tau2.sqrt()).into(),
                found.as_ref().map(|found| found.low.sqrt()).into(),
                found.as_ref().map(|found| found.high.sqrt()).into(),
                found.as_ref().map(|found| found.p).into(),
                spread.map(f64::sqrt).into(),
                left.map(f64::sqrt).into(),
                share.into(),
                own.into(),
                own_change.map(|(mean, _)| sign * mean).into(),
                independent.map(|(mean, _)| sign * mean).into(),
                bounds.map(|(low, _)| low).into(),
                bounds.map(|(_, high)| high).into(),
            ],
            q: Vec::new(),
        }
    }

    /// Scores by agent, period and evaluator, contact types taken together.
    fn scored(&self) -> Vec<Scored> {
        let mut sums: BTreeMap<(u32, u32, u32), (f64, f64)> = BTreeMap::new();
        for Score { cell, evaluator, .. } in &self.cells {
            let sum = sums.entry((cell.unit, cell.time, *evaluator)).or_default();
            *sum = (sum.0 + cell.n, sum.1 + cell.n * cell.mean);
        }
        let scored = |((unit, time, rater), (n, sum)): ((u32, u32, u32), (f64, f64))| Scored {
            unit,
            time,
            rater,
            n,
            mean: sum / n,
        };
        sums.into_iter().map(scored).collect()
    }

    /// Variance between agents, as scored or with evaluators put on one level.
    fn agents_variance(&self, found: Option<&Raters>) -> Option<f64> {
        let level = |score: &Score| {
            found.and_then(|found| found.effects.get(&score.evaluator)).copied().unwrap_or(0.0)
        };
        let cell = |score: &Score| Cell { stratum: 0, mean: score.cell.mean - level(score), ..score.cell };
        let panel = Panel::new(self.cells.iter().map(cell).collect());
        let spread = layers(&panel, &LayerOptions::default()).overall.spread.ok()?;
        Some(spread.tau2)
    }

    fn own_share(&self) -> f64 {
        let n = |only_own: bool| {
            self.cells.iter().filter(|score| score.own || !only_own).map(|score| score.cell.n).sum::<f64>()
        };
        n(true) / n(false)
    }

    /// Mean change of agents scored in both halves of the window, and half its 95 % range; by own coaches, or by
    /// everyone else.
    fn change(&self, case: &Case<'_>, own: bool) -> Option<(f64, f64)> {
        const LEAST_AGENTS: usize = 5;
        let half = u32::try_from(case.window / 2).ok()?;
        let mut agents: BTreeMap<u32, [(f64, f64); 2]> = BTreeMap::new();
        for score in self.cells.iter().filter(|score| score.own == own) {
            let side = &mut agents.entry(score.cell.unit).or_default()[usize::from(score.cell.time >= half)];
            *side = (side.0 + score.cell.n, side.1 + score.cell.n * score.cell.mean);
        }
        let both = agents.values().filter(|sides| sides.iter().all(|(n, _)| *n > 0.0));
        let changes: Vec<(f64, f64)> = both
            .map(|[early, late]| (1.0 / (1.0 / early.0 + 1.0 / late.0), late.1 / late.0 - early.1 / early.0))
            .collect();
        if changes.len() < LEAST_AGENTS {
            return None;
        }
        let weight: f64 = changes.iter().map(|(w, _)| w).sum();
        let mean = changes.iter().map(|(w, change)| w * change).sum::<f64>() / weight;
        let square: f64 = changes.iter().map(|(w, change)| (w * (change - mean)).powi(2)).sum();
        let k = float(changes.len());
        let se = (square * k / (k - 1.0)).sqrt() / weight;
        Some((mean, t_quantile(0.975, k - 1.0) * se))
    }
}

/// Each contact type's level over all evaluators.
fn type_levels(window: &Window) -> BTreeMap<u32, f64> {
    let mut sums: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for cell in &window.panel.cells {
        let sum = sums.entry(window.strata[cell.stratum as usize].contact_type).or_default();
        *sum = (sum.0 + cell.weight, sum.1 + cell.weight * cell.mean);
    }
    sums.into_iter().map(|(kind, (weight, sum))| (kind, sum / weight)).collect()
}

/// Who coaches whom, by evaluator.
struct Coaches {
    /// (agent, evaluator) pairs in which the evaluator coaches the agent.
    pairs: BTreeSet<(u32, u32)>,
    /// Names of coaches, plain.
    own: BTreeSet<String>,
}

impl Coaches {
    fn new(case: &Case<'_>) -> Self {
        let names = case.data.segment(EVALUATOR).map(|at| &case.data.segments[at].1);
        let mut places: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (place, name) in (0u32..).zip(names.into_iter().flatten()) {
            places.entry(plain(name)).or_default().push(place);
        }
        let (mut pairs, mut own) = (BTreeSet::new(), BTreeSet::new());
        for session in case.data.sessions.iter().filter(|one| one.is_held()) {
            let Some(coach) = session.coach.as_deref().map(plain) else { continue };
            for evaluator in places.get(&coach).into_iter().flatten() {
                pairs.insert((session.agent, *evaluator));
            }
            own.insert(coach);
        }
        Self { pairs, own }
    }

    fn coach(&self, agent: u32, evaluator: u32) -> bool {
        self.pairs.contains(&(agent, evaluator))
    }
}

/// A name without case and blanks at its ends.
fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

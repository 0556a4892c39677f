//! The rows around one change: what was changed, what was not, before and after.

use std::collections::BTreeMap;

use super::Span;
use crate::calendar::Period;
use crate::cube::{Cube, NONE};
use crate::kinds::Case;
use crate::kinds::desk::type_name;
use crate::kinds::panel::Window;
use crate::model::{Change, Metric, Session};
use crate::stats::dist::t_quantile;
use crate::stats::layers::{LayerOptions, Layers, Spread, layers};
use crate::stats::panel::Panel;
use crate::stats::time::intervention::{
    Cell, Design, Fit, Moved, Pairing, interrupted, level, moved, reaching_share, spread_ratio,
};
use crate::stats::time::{Point, usable};

/// No figure is given of fewer agents.
const LEAST_SHOWN: usize = 8;

/// Agents, changed and unchanged work, before and after.
pub(super) struct Study {
    window: Window,
    cells: Vec<Cell>,
    design: Design,
    /// By stratum and unit: is this cell's work changed?
    treated_strata: Vec<bool>,
    treated_units: Vec<bool>,
    span: Span,
}

/// What followed.
pub(super) struct Found {
    pub(super) level: Option<Level>,
    pub(super) spread: Option<Spreads>,
    pub(super) credit: Option<Credit>,
}

/// How far the level moved; above 0 is better.
pub(super) struct Level {
    pub(super) estimate: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) p: f64,
    /// Set where unchanged work stands beside it.
    pub(super) control: Option<Fit>,
}

/// Agents' standard deviations, and the share that reaches the target: before, after, lower end of the growth.
pub(super) struct Spreads {
    pub(super) before: f64,
    pub(super) after: f64,
    pub(super) ratio_high: f64,
    pub(super) band: Option<(f64, f64, f64)>,
}

impl Spreads {
    pub(super) fn closer(&self) -> bool {
        self.ratio_high < 1.0
    }
}

/// Coached and uncoached agents in the changed work; above 0 is better.
pub(super) struct Credit {
    pub(super) word: Option<&'static str>,
    pub(super) coached_moved: Option<f64>,
    pub(super) uncoached_moved: Option<f64>,
    pub(super) coached: usize,
    pub(super) uncoached: usize,
}

/// Where each group of work or of people stands.
struct Groups {
    /// By stratum and unit; one of the two is constant.
    of_stratum: Vec<u32>,
    of_unit: Option<Vec<u32>>,
    treated: Vec<bool>,
}

impl Study {
    /// `None` where the change touches no row, or there are no rows on one side of it.
    pub(super) fn of(
        case: &Case<'_>,
        metric: &Metric,
        change: &Change,
        span: Span,
        least: f64,
    ) -> Option<Self> {
        if span.to <= span.at {
            return None;
        }
        let window = case.desk.across(case, span.from, span.to)?;
        let groups = Groups::of(case, metric, change, &window)?;
        let before = (span.at.0 - span.from.0).unsigned_abs();
        let design = Design {
            treated: groups.treated.clone(),
            before: window.seen.map_or(0, |(first, _)| (first.0 - span.from.0).unsigned_abs()).min(before)
                ..before,
            after: before + 1..u32::try_from(window.panel.times).ok()?,
            pairing: if groups.of_unit.is_some() { Pairing::Between } else { Pairing::Within },
            least,
        };
        let options = LayerOptions { min_units: usize::MAX, ..LayerOptions::default() };
        let layers = layers(&window.panel, &options);
        let named = |names: &[String], name: Option<&String>| {
            names.is_empty() || name.is_some_and(|n| names.contains(n))
        };
        let teams = teams(case, metric, &window);
        let treated_units =
            teams.iter().map(|team| named(&change.teams, case.data.teams.get(*team as usize))).collect();
        let of_type = |at: u32| named(&change.contact_types, case.data.contact_types.get(at as usize));
        let treated_strata = window.strata.iter().map(|stratum| of_type(stratum.contact_type)).collect();
        let mut study = Self { window, cells: Vec::new(), design, treated_strata, treated_units, span };
        study.cells = study.cells(&groups, &layers, change);
        Some(study)
    }

    /// Cells as distances from their stratum's level. Where types are changed in some teams only, the other
    /// teams stay out of it.
    fn cells(&self, groups: &Groups, layers: &Layers, change: &Change) -> Vec<Cell> {
        let apart = !change.contact_types.is_empty() && !change.teams.is_empty();
        let taken = |unit: u32| !apart || self.treated_units[unit as usize];
        let cell = |cell: &crate::stats::panel::Cell| {
            let stratum = cell.stratum as usize;
            let group =
                groups.of_unit.as_ref().map_or(groups.of_stratum[stratum], |of| of[cell.unit as usize]);
            Cell {
                unit: cell.unit,
                group,
                time: cell.time,
                n: cell.n,
                weight: cell.weight,
                excess: cell.mean - layers.strata[stratum].mean,
                variance: layers.sigma2[stratum] * cell.n / (cell.weight * cell.weight),
            }
        };
        self.window.panel.cells.iter().filter(|cell| taken(cell.unit)).map(cell).collect()
    }

    /// Periods before and after.
    pub(super) fn sides(&self) -> [i32; 2] {
        [&self.design.before, &self.design.after]
            .map(|span| (span.end.saturating_sub(span.start)).cast_signed())
    }

    pub(super) fn rows(&self) -> u64 {
        self.window.n
    }

    pub(super) fn agents(&self) -> u32 {
        self.window.heads()
    }

    pub(super) fn found(&self, case: &Case<'_>, metric: &Metric) -> Found {
        let level = self.level(metric);
        let credit = level.as_ref().and_then(|level| self.credit(case, metric, level));
        Found { spread: self.spread(case, metric), credit, level }
    }

    fn level(&self, metric: &Metric) -> Option<Level> {
        const LEVEL: f64 = 0.95;
        let sign = metric.better.sign();
        let told = |estimate: f64, (low, high): (f64, f64), p: f64, control: Option<Fit>| {
            let (low, high) = if sign > 0.0 { (low, high) } else { (-high, -low) };
            Level { estimate: sign * estimate, low, high, p, control }
        };
        if let Some(fit) = level(&self.cells, &self.design) {
            return Some(told(fit.estimate, fit.interval(LEVEL), fit.p(), Some(fit)));
        }
        let (before, after) = self.series();
        let step = interrupted(&before, &after)?;
        Some(told(step.step, step.interval(LEVEL), step.p(), None))
    }

    /// The changed work by period, before and after.
    fn series(&self) -> (Vec<Point>, Vec<Point>) {
        let mut sums: BTreeMap<u32, [f64; 3]> = BTreeMap::new();
        for cell in self.cells.iter().filter(|cell| self.design.treated[cell.group as usize]) {
            let sum = sums.entry(cell.time).or_default();
            sum[0] += cell.weight;
            sum[1] += cell.weight * cell.excess;
            sum[2] += cell.weight * cell.weight * cell.variance;
        }
        let point = |(time, [weight, total, variance]): (&u32, &[f64; 3])| Point {
            at: time.cast_signed(),
            level: total / weight,
            variance: variance / (weight * weight),
        };
        let of = |span: &std::ops::Range<u32>| {
            usable(sums.iter().filter(|(time, _)| span.contains(time)).map(point))
        };
        (of(&self.design.before), of(&self.design.after))
    }

    fn spread(&self, case: &Case<'_>, metric: &Metric) -> Option<Spreads> {
        let [(before, aim_before), (after, aim_after)] =
            [self.arm(case, metric, &self.design.before)?, self.arm(case, metric, &self.design.after)?];
        let ratio = spread_ratio(&before, &after);
        let aims = aim_before.zip(aim_after);
        let band = aims.map(|(a, b)| reaching_share(&before, &after, [a, b], metric.better.sign()));
        Some(Spreads {
            before: before.tau(),
            after: after.tau(),
            ratio_high: ratio.high,
            band: band.map(|(old, new, low, _)| (old, new, low)),
        })
    }

    /// Agents' spread in the changed work over one side, and the target as a distance from its level.
    fn arm(
        &self,
        case: &Case<'_>,
        metric: &Metric,
        span: &std::ops::Range<u32>,
    ) -> Option<(Spread, Option<f64>)> {
        let inside = |cell: &&crate::stats::panel::Cell| {
            span.contains(&cell.time)
                && self.treated_strata[cell.stratum as usize]
                && self.treated_units[cell.unit as usize]
        };
        let shift = |cell: &crate::stats::panel::Cell| crate::stats::panel::Cell {
            time: cell.time - span.start,
            ..*cell
        };
        let cells = self.window.panel.cells.iter().filter(inside).map(shift).collect();
        let times = (span.end - span.start) as usize;
        let panel = Panel { cells, times, units: self.window.panel.units, strata: self.window.panel.strata };
        let layers = layers(&panel, &LayerOptions::default());
        let (mut weight, mut aim) = (0.0, Some(0.0));
        for layer in layers.strata.iter().filter(|layer| layer.weight > 0.0) {
            let name = type_name(case.data, self.window.strata[layer.stratum as usize].contact_type);
            weight += layer.weight;
            aim = aim.zip(metric.target_of(name)).map(|(sum, target)| sum + layer.weight * target);
        }
        let mean = layers.overall.mean;
        let aim = aim.filter(|_| weight > 0.0).map(|sum| sum / weight - mean);
        Some((layers.overall.spread.ok()?, aim))
    }

    /// Coached and uncoached agents in the changed work. That they moved alike is shown by the upper end of the
    /// difference, not by a test that failed to find one.
    fn credit(&self, case: &Case<'_>, metric: &Metric, level: &Level) -> Option<Credit> {
        if case.data.sessions.is_empty() {
            return None;
        }
        let coached = self.coached(case, metric);
        let with: Vec<bool> = coached.iter().zip(&self.treated_units).map(|(c, here)| *c && *here).collect();
        let without: Vec<bool> =
            coached.iter().zip(&self.treated_units).map(|(c, here)| !*c && *here).collect();
        let heads = |units: &[bool]| units.iter().filter(|is| **is).count();
        let of = |units: &[bool]| moved(&self.cells, &self.design, |unit| units.get(unit) == Some(&true));
        let sign = metric.better.sign();
        let shown = |one: &Moved| one.units >= LEAST_SHOWN;
        let word = || word(of(&with), of(&without), heads(&with), sign, metric.material);
        Some(Credit {
            word: (level.low > 0.0).then(word),
            coached_moved: of(&with).filter(shown).map(|one| sign * one.estimate),
            uncoached_moved: of(&without).filter(shown).map(|one| sign * one.estimate),
            coached: heads(&with),
            uncoached: heads(&without),
        })
    }

    /// By unit: was the agent coached on the metric within the compared periods?
    fn coached(&self, case: &Case<'_>, metric: &Metric) -> Vec<bool> {
        let mut coached = vec![false; self.window.agents.len()];
        let inside = |session: &&Session| (self.span.from..=self.span.to).contains(&session.period);
        for session in case.desk.held_on(&metric.id).filter(inside) {
            if let Ok(unit) = self.window.agents.binary_search(&session.agent) {
                coached[unit] = true;
            }
        }
        coached
    }
}

/// Whose doing an improvement is.
fn word(
    with: Option<Moved>,
    without: Option<Moved>,
    coached: usize,
    sign: f64,
    material: f64,
) -> &'static str {
    if coached == 0 {
        return "system";
    }
    let (Some(with), Some(without)) = (with, without) else { return "unclear" };
    let bounds = |estimate: f64, variance: f64, units: usize| {
        let df = f64::from(u32::try_from(units.max(2) - 1).unwrap_or(u32::MAX));
        let reach = t_quantile(0.975, df) * variance.sqrt();
        (sign * estimate - reach, sign * estimate + reach)
    };
    let (others, _) = bounds(without.estimate, without.variance, without.units);
    let (least, most) = bounds(
        with.estimate - without.estimate,
        with.variance + without.variance,
        with.units.min(without.units),
    );
    let alike = material.max(0.5 * sign * without.estimate);
    match (others > 0.0, least > 0.0) {
        (true, _) if most < alike => "system",
        (true, true) => "both",
        (false, true) => "coaching",
        _ => "unclear",
    }
}

impl Groups {
    /// Contact types where types were changed, else teams; `None` where the change names nothing that is here.
    fn of(case: &Case<'_>, metric: &Metric, change: &Change, window: &Window) -> Option<Self> {
        let groups = if change.contact_types.is_empty() && !change.teams.is_empty() {
            Self::by_team(case, metric, change, window)
        } else {
            Self::by_type(case, change, window)
        };
        groups.treated.contains(&true).then_some(groups)
    }

    fn by_type(case: &Case<'_>, change: &Change, window: &Window) -> Self {
        let types: Vec<u32> = window.strata.iter().map(|stratum| stratum.contact_type).collect();
        let (of_stratum, distinct) = ranks(&types);
        let hit = |at: &u32| {
            let name = case.data.contact_types.get(*at as usize);
            change.contact_types.is_empty() || name.is_some_and(|name| change.contact_types.contains(name))
        };
        Self { of_stratum, of_unit: None, treated: distinct.iter().map(hit).collect() }
    }

    fn by_team(case: &Case<'_>, metric: &Metric, change: &Change, window: &Window) -> Self {
        let (of_unit, distinct) = ranks(&teams(case, metric, window));
        let hit =
            |at: &u32| case.data.teams.get(*at as usize).is_some_and(|name| change.teams.contains(name));
        let of_stratum = vec![0; window.strata.len()];
        Self { of_stratum, of_unit: Some(of_unit), treated: distinct.iter().map(hit).collect() }
    }
}

/// Each value's place among the distinct ones, and these.
fn ranks(values: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut distinct = values.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let rank = |value: &u32| u32::try_from(distinct.partition_point(|one| one < value)).unwrap_or(u32::MAX);
    (values.iter().map(rank).collect(), distinct)
}

/// Each unit's team: the one with most of its rows in the window.
fn teams(case: &Case<'_>, metric: &Metric, window: &Window) -> Vec<u32> {
    let Some(cube) = case.data.cube(metric.source) else { return vec![NONE; window.agents.len()] };
    let rows = rows_by_team(cube, window.from, window.to);
    let most = |agent: &u32| {
        let own = rows.range((*agent, 0)..=(*agent, NONE));
        own.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map_or(NONE, |((_, team), _)| *team)
    };
    window.agents.iter().map(most).collect()
}

fn rows_by_team(cube: &Cube, from: Period, to: Period) -> BTreeMap<(u32, u32), u64> {
    let mut rows = BTreeMap::new();
    for at in cube.between(from, to) {
        *rows.entry((cube.agent[at], cube.team[at])).or_insert(0) += cube.rows[at];
    }
    rows
}

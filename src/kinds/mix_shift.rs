//! `mix-shift`: how much of a change is other work, how much the same work done otherwise, and by everyone or some?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::type_name;
use super::panel::Window;
use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{Column, ColumnUnit as Unit, Key, Metric, Reason, Row, Ty, Value, column, key, phrase};
use crate::stats::dist::{t_quantile, t_sf};
use crate::stats::kappa::{Kappa, Line, kappa, normal_headroom};
use crate::stats::layers::{LayerOptions, Layers, layers};
use crate::stats::panel::{Cell, Panel};
use crate::stats::reach::ReachOptions;
use crate::stats::sample::Sample;
use crate::stats::spread::Spread;
use crate::stats::time::mix::{Group, Part, Split, split};
use crate::stats::time::noise::Noise;
use crate::stats::time::{Point, usable};

pub(crate) static SPEC: Spec = Spec {
    name: "mix-shift",
    doc: include_str!("mix_shift.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &["p_rate"],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("before", Unit::Level, true, "The level in the earlier half of the window."),
    column("after", Unit::Level, true, "The level in the later half."),
    column(
        "change",
        Unit::Difference,
        false,
        "How far it moved, or the item's part in that; above 0 is worse.",
    ),
    column("mix", Unit::Difference, false, "The part that comes from other work; above 0 is worse."),
    column("rate", Unit::Difference, false, "The part that comes from the same work going otherwise."),
    column("rate_low", Unit::Difference, false, "Lower end of its 95 % range."),
    column("rate_high", Unit::Difference, false, "Upper end of its 95 % range."),
    column("p_rate", Unit::Probability, true, "Chance of such a part if the same work went as before."),
    column("share_before", Unit::Share, false, "Share of the work in the earlier half."),
    column("share_after", Unit::Share, false, "Share of the work in the later half."),
    column("new_or_gone", Unit::Flag, false, "Whether work stands in one half only."),
    column(
        "agents_moved",
        Unit::Difference,
        true,
        "Mean movement of agents at equal work; above 0 is worse.",
    ),
    column("agents_sd", Unit::Difference, true, "Standard deviation of their movements, luck taken out."),
    column("p_everyone", Unit::Probability, true, "Confidence that agents moved alike."),
    column("p_some", Unit::Probability, true, "Confidence that it was some agents who moved."),
];

const PARAMETERS: &[Key] = &[
    key("least-rows", Ty::Integer, "30", "Rows needed in each half."),
    key("least-agent-rows", Ty::Integer, "20", "Rows an agent needs in each half."),
];

struct Kind {
    rows: f64,
    agent_rows: f64,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature every kind has")]
fn configure(given: &Given) -> Configured {
    Ok(Arc::new(Kind { rows: given.number("least-rows"), agent_rows: given.number("least-agent-rows") }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        const LEAST_HALF: u32 = 4;
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let (from, to) = case.span();
        let Some(window) = case.desk.across(case, from, to) else {
            return Answer::no_rows(&metric.label);
        };
        let halves = Halves::of(&window);
        if halves.periods < LEAST_HALF {
            return Answer::none(Reason::FewPeriods, phrase!("need-periods", least = 2 * LEAST_HALF));
        }
        let rows = halves.panels.iter().map(|panel| panel.cells.iter().map(|cell| cell.n).sum::<f64>());
        if rows.fold(f64::INFINITY, f64::min) < self.rows {
            return Answer::none(Reason::FewContacts, phrase!("need-rows-in-halves", least = self.rows));
        }
        let study = Study::of(&window, halves);
        let Some(found) = split(&study.groups) else {
            return Answer::none(Reason::FewContacts, phrase!("need-rows-in-halves", least = self.rows));
        };
        let agents = self.agents(&study, metric);
        let mut rows = vec![study.whole(&window, &found, metric, agents)];
        rows.extend(study.items(case, &window, &found, metric));
        Answer { rows, ..Answer::default() }
    }
}

/// The cells of the earlier and the later half of the periods that have any.
struct Halves {
    panels: [Panel; 2],
    /// Periods in each half.
    periods: u32,
    /// First time of the later half.
    later: u32,
}

impl Halves {
    fn of(window: &Window) -> Self {
        let seen =
            window.seen.map_or((0, 0), |(first, last)| (first.0 - window.from.0, last.0 - window.from.0));
        let (first, last) = (seen.0.unsigned_abs(), seen.1.unsigned_abs());
        let periods = (last + 1 - first) / 2;
        let later = last + 1 - periods;
        let half = |from: u32| Panel {
            cells: window
                .panel
                .cells
                .iter()
                .filter(|cell| (from..from + periods).contains(&cell.time))
                .copied()
                .collect(),
            ..Panel {
                units: window.panel.units,
                strata: window.panel.strata,
                times: window.panel.times,
                cells: Vec::new(),
            }
        };
        Self { panels: [half(first), half(later)], periods, later }
    }
}

/// Both halves measured.
struct Study {
    halves: Halves,
    layers: [Layers; 2],
    /// By stratum.
    groups: Vec<Group>,
    /// Level of each stratum over both halves.
    centre: Vec<f64>,
    noise: Noise,
}

impl Study {
    fn of(window: &Window, halves: Halves) -> Self {
        // Only levels and variances are wanted here, no spread between agents.
        let options = LayerOptions { min_units: usize::MAX, ..LayerOptions::default() };
        let measure = |panel: &Panel| layers(panel, &options);
        let layers = [measure(&halves.panels[0]), measure(&halves.panels[1])];
        let groups: Vec<Group> = (0..window.strata.len()).map(|stratum| group(&layers, stratum)).collect();
        let centre = groups.iter().map(centre).collect();
        let mut study =
            Self { halves, layers, groups, centre, noise: Noise { factor: 1.0, alike: 0.0, df: 3.0 } };
        let weekly = study.weekly();
        let later = study.halves.later.cast_signed();
        let cut = weekly.iter().position(|point| point.at >= later);
        study.noise = Noise::of(&weekly, &cut.into_iter().filter(|at| *at > 0).collect::<Vec<_>>());
        study
    }

    fn cells(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.halves
            .panels
            .iter()
            .enumerate()
            .flat_map(|(half, panel)| panel.cells.iter().map(move |c| (half, c)))
    }

    /// What all agents together did in each period, at equal work.
    fn weekly(&self) -> Vec<Point> {
        let mut sums: BTreeMap<u32, [f64; 3]> = BTreeMap::new();
        for (half, cell) in self.cells() {
            let c = cell.stratum as usize;
            let sum = sums.entry(cell.time).or_default();
            sum[0] += cell.weight;
            sum[1] += cell.weight * (cell.mean - self.centre[c]);
            sum[2] += cell.n * self.layers[half].sigma2[c];
        }
        let point = |(time, [weight, total, variance]): (u32, [f64; 3])| Point {
            at: time.cast_signed(),
            level: total / weight,
            variance: variance / (weight * weight),
        };
        usable(sums.into_iter().map(point))
    }

    /// Movement of every agent with enough rows in both halves, at equal work, and its sampling variance.
    fn movements(&self, least: f64) -> Vec<(f64, f64)> {
        let mut sums: BTreeMap<u32, [[f64; 4]; 2]> = BTreeMap::new();
        for (half, cell) in self.cells() {
            let c = cell.stratum as usize;
            let sum = &mut sums.entry(cell.unit).or_default()[half];
            sum[0] += cell.n;
            sum[1] += cell.weight;
            sum[2] += cell.weight * (cell.mean - self.centre[c]);
            sum[3] += cell.n * self.layers[half].sigma2[c]
                + self.layers[half].tau_time2 * cell.weight * cell.weight;
        }
        let enough = |unit: &&[[f64; 4]; 2]| unit.iter().all(|half| half[0] >= least && half[1] > 0.0);
        let moved = |unit: &[[f64; 4]; 2]| {
            let [a, b] = unit;
            (b[2] / b[1] - a[2] / a[1], a[3] / (a[1] * a[1]) + b[3] / (b[1] * b[1]))
        };
        sums.values().filter(enough).map(moved).collect()
    }

    fn range(&self, part: f64, variance: f64) -> (f64, f64, f64) {
        const LEVEL: f64 = 0.95;
        let se = (variance * self.noise.of_means()).sqrt();
        let reach = t_quantile(0.5 + 0.5 * LEVEL, self.noise.df) * se;
        (part - reach, part + reach, (2.0 * t_sf((part / se).abs(), self.noise.df)).min(1.0))
    }

    fn whole(&self, window: &Window, found: &Split, metric: &Metric, agents: Option<Agents>) -> Row {
        let gone = self.groups.iter().any(|group| group.weight.iter().any(|weight| *weight <= 0.0));
        let part = Part { mix: found.mix, rate: found.rate, rate_v: found.rate_v, share: [1.0, 1.0] };
        let mut values = self.values(metric, &part, [Some(found.level[0]), Some(found.level[1])], gone);
        values.extend([
            agents.as_ref().map(|agents| agents.moved).into(),
            agents.as_ref().map(|agents| agents.sd).into(),
            agents.as_ref().map(|agents| agents.kappa.p_structural).into(),
            agents.as_ref().map(|agents| agents.kappa.p_behavioural).into(),
        ]);
        let units = agents.map_or(window.agents.len(), |agents| agents.units);
        Row {
            item: None,
            n: window.n,
            agents: u32::try_from(units).unwrap_or(u32::MAX),
            window: window.span(),
            values,
            q: Vec::new(),
        }
    }

    /// One row a contact type; its strata are taken together.
    fn items(&self, case: &Case<'_>, window: &Window, found: &Split, metric: &Metric) -> Vec<Row> {
        let mut by_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, stratum) in window.strata.iter().enumerate() {
            by_type.entry(type_name(case.data, stratum.contact_type)).or_default().push(at);
        }
        if by_type.len() < 2 {
            return Vec::new();
        }
        let mut sizes = sizes(&window.panel, by_type.values(), window.strata.len()).into_iter();
        let row = |(name, strata): (&str, Vec<usize>)| {
            let sum =
                |read: &dyn Fn(&Part) -> f64| strata.iter().map(|at| read(&found.parts[*at])).sum::<f64>();
            let part = Part {
                mix: sum(&|part| part.mix),
                rate: sum(&|part| part.rate),
                rate_v: sum(&|part| part.rate_v),
                share: [sum(&|part| part.share[0]), sum(&|part| part.share[1])],
            };
            let level = [0, 1].map(|half| self.level(&strata, half));
            let gone = part.share.iter().any(|share| *share <= 0.0);
            let mut values = self.values(metric, &part, level, gone);
            values.extend([Value::Null, Value::Null, Value::Null, Value::Null]);
            let (n, agents) = sizes.next().unwrap_or_default();
            let seen: (Period, Period) = window.span();
            Row { item: Some(name.to_owned()), n, agents, window: seen, values, q: Vec::new() }
        };
        by_type.into_iter().map(row).collect()
    }

    fn level(&self, strata: &[usize], half: usize) -> Option<f64> {
        let weight: f64 = strata.iter().map(|at| self.groups[*at].weight[half]).sum();
        let present = strata.iter().filter(|at| self.groups[**at].weight[half] > 0.0);
        let sum: f64 = present.map(|at| self.groups[*at].weight[half] * self.groups[*at].level[half]).sum();
        (weight > 0.0).then(|| sum / weight)
    }

    /// The columns up to those about agents.
    fn values(&self, metric: &Metric, part: &Part, level: [Option<f64>; 2], gone: bool) -> Vec<Value> {
        let worse = -metric.better.sign();
        let (low, high, p) = self.range(worse * part.rate, part.rate_v);
        vec![
            level[0].into(),
            level[1].into(),
            (worse * (part.mix + part.rate)).into(),
            (worse * part.mix).into(),
            (worse * part.rate).into(),
            low.into(),
            high.into(),
            p.into(),
            part.share[0].into(),
            part.share[1].into(),
            gone.into(),
        ]
    }
}

fn group(layers: &[Layers; 2], stratum: usize) -> Group {
    let of = |half: usize| layers[half].strata.get(stratum).filter(|layer| layer.weight > 0.0);
    let read =
        |pick: fn(&crate::stats::layers::StratumLayer) -> f64| [0, 1].map(|half| of(half).map_or(0.0, pick));
    Group {
        weight: read(|layer| layer.weight),
        level: read(|layer| layer.mean),
        variance: read(|layer| layer.mean_v),
    }
}

fn centre(group: &Group) -> f64 {
    let weight: f64 = group.weight.iter().sum();
    let sum: f64 = group.weight.iter().zip(&group.level).map(|(weight, level)| weight * level).sum();
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// Rows and agents of groups of strata, in one walk over the cells.
fn sizes<'g>(panel: &Panel, groups: impl Iterator<Item = &'g Vec<usize>>, strata: usize) -> Vec<(u64, u32)> {
    let mut group_of = vec![None; strata];
    let mut found: Vec<(f64, u32, Option<u32>)> = Vec::new();
    for group in groups {
        for stratum in group {
            group_of[*stratum] = Some(found.len());
        }
        found.push((0.0, 0, None));
    }
    for cell in &panel.cells {
        let Some(group) = group_of[cell.stratum as usize] else { continue };
        let (n, agents, last) = &mut found[group];
        *n += cell.n;
        if *last != Some(cell.unit) {
            *agents += 1;
            *last = Some(cell.unit);
        }
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row count")]
    found.into_iter().map(|(n, agents, _)| (n as u64, agents)).collect()
}

/// How agents moved.
struct Agents {
    moved: f64,
    sd: f64,
    units: usize,
    kappa: Kappa,
}

impl Kind {
    /// Everyone or some: the rule by which a gap is called structural or behavioural, asked of the movement. If
    /// all agents moved as little as the least affected quarter, would most of the movement be gone?
    fn agents(&self, study: &Study, metric: &Metric) -> Option<Agents> {
        const LEAST: usize = 5;
        const QUARTER: f64 = 0.75;
        let movements = study.movements(self.agent_rows);
        if movements.len() < LEAST {
            return None;
        }
        let df = study.layers.iter().flat_map(|layers| &layers.strata);
        let df: f64 = df.filter(|layer| !layer.borrowed_sigma2).map(|layer| layer.df).sum();
        let spread = Spread::of(Sample::new(movements), df.max(1.0))?;
        let line = Line {
            share: 1.0,
            gap: spread.centre.abs(),
            se: (spread.centre_v * study.noise.of_means()).sqrt(),
            tau2: spread.tau2,
            tau2_grid: &spread.confidence.quantiles,
            shape: normal_headroom(QUARTER),
        };
        Some(Agents {
            moved: -metric.better.sign() * spread.centre,
            sd: spread.tau(),
            units: spread.units(),
            kappa: kappa(&[line], &ReachOptions::default())?,
        })
    }
}

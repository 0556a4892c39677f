//! `variability`: do agents differ inside the same work, or is it luck and mix? And where the difference sits.

mod agents;
mod columns;
mod ladder;

use std::sync::Arc;

use self::agents::{good_weeks, mix, newer};
use self::columns::COLUMNS;
use self::ladder::Steps;
use super::desk::{Study, type_name};
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    AgentSpread, Fact, Figure, Key, Lane, Metric, Reason, Row, Spread as SpreadFact, Ty, Value, key, phrase,
};
use crate::stats::dist::chi2_sf;
use crate::stats::float;
use crate::stats::kappa::{normal_headroom, shape};
use crate::stats::ladder::Ladder;
use crate::stats::layers::{Spread, Unestimable, spread_confidence};
use crate::stats::reach::ReachOptions;

pub(crate) static SPEC: Spec = Spec {
    name: "variability",
    doc: include_str!("../variability.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &["p_equal", "p_types_equal", "p_routing", "p_team", "p_topic"],
    facts: &["spread"],
    configure,
};

const PARAMETERS: &[Key] = &[
    key("least-agents", Ty::Integer, "5", "Agents needed before a spread is estimated."),
    key(
        "matters",
        Ty::Number,
        "1.25",
        "Where no target is missed: the spread that matters, times the metric's `material`.",
    ),
    key("new-within-days", Ty::Integer, "90", "Days since hiring within which an agent counts as new."),
];

/// Columns that rows about single contact types have, too.
const OWN_COLUMNS: usize = 16;

struct Kind {
    least_agents: f64,
    matters: f64,
    new_within_days: i64,
}

fn configure(given: &Given) -> Configured {
    let kind = Kind {
        least_agents: given.number("least-agents"),
        matters: given.number("matters"),
        new_within_days: given.integer("new-within-days").into(),
    };
    if kind.matters <= 0.0 {
        return Err(("matters", "`matters` must be above 0".into()));
    }
    Ok(Arc::new(kind))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        let Some(study) = case.desk.study(case) else {
            return Answer::no_rows(&metric.label);
        };
        let overall = &study.layers.overall;
        let spread = match &overall.spread {
            Ok(spread) if float(spread.units()) >= self.least_agents => spread,
            Ok(spread) => return few(self.least_agents, spread.units()),
            Err(why) => return unestimable(*why, self.least_agents, overall.compared.len()),
        };
        let net_gap = net_gap(case, metric);
        let matters = self.matters_from(metric, net_gap);
        let sigma2 = pooled_sigma2(&study);
        let whole =
            Part { item: None, mean: overall.mean, spread, sigma2, n: study.window.n, types: types(&study) };
        let mut rows = vec![row(&study, whole, matters)];
        rows[0].values.truncate(OWN_COLUMNS);
        rows[0].values.extend(self.beyond(case, metric, &study, net_gap));
        rows.extend(self.by_type(case, &study, matters));
        let figures = if case.depth == Depth::Full {
            vec![Figure::AgentSpread(figure(case, metric, &study))]
        } else {
            Vec::new()
        };
        Answer { rows, facts: vec![Fact::Spread(fact(spread))], figures, not_judged: None }
    }
}

fn few(least: f64, has: usize) -> Answer {
    Answer::none(Reason::FewAgents, phrase!("need-agents-with-contacts", least, has))
}

fn unestimable(why: Unestimable, least: f64, has: usize) -> Answer {
    match why {
        Unestimable::FewUnits => few(least, has),
        Unestimable::Degenerate => Answer::none(Reason::Degenerate, phrase!("need-values-that-differ")),
        Unestimable::Empty => Answer::none(Reason::FewContacts, phrase!("need-values")),
    }
}

impl Kind {
    /// Where a target is missed: a third of the gap over the best quarter's headroom, at which fewer than one
    /// agent in a hundred could meet it. Else the metric's material difference, times the parameter.
    fn matters_from(&self, metric: &Metric, net_gap: Option<f64>) -> f64 {
        const SIDE: f64 = 1.0 / 3.0;
        net_gap.map_or(self.matters * metric.material, |gap| SIDE * gap / normal_headroom(0.75))
    }

    /// The columns about the whole alone: mix, teams, topics, weeks, new hires, the ladder.
    fn beyond(&self, case: &Case<'_>, metric: &Metric, study: &Study, net_gap: Option<f64>) -> Vec<Value> {
        let homes = case.desk.homes(case);
        let steps = Steps::new(case, study, homes.as_deref());
        let (mix, teams) = (mix(study), steps.teams());
        let routing = mix.as_ref().and_then(|mix| mix.routing);
        let newer = newer(case, study, self.new_within_days, net_gap);
        let weeks =
            study.layers.phi.map(|_| (study.layers.tau_time2.sqrt(), study.layers.tau_time2_low.sqrt()));
        let spread = study.layers.overall.spread.as_ref().ok();
        let full = steps.full.as_ref();
        vec![
            mix.as_ref().map(|mix| mix.plain_seen).into(),
            mix.as_ref().map(|mix| mix.mix_sd).into(),
            routing.map(|(r, _)| r).into(),
            routing.map(|(_, p)| p).into(),
            teams.map(|found| float(found.groups)).into(),
            teams.and_then(Ladder::group_share).into(),
            teams.and_then(|found| found.p_group).into(),
            steps.topic_share.into(),
            steps.p_topic.into(),
            net_gap.into(),
            spread.map(|spread| shape(spread, metric.better.sign(), 0.75)).into(),
            weeks.map(|(_, low)| low).into(),
            weeks.and_then(|(sd, _)| good_weeks(sd, net_gap)).into(),
            weeks.and_then(|(_, low)| good_weeks(low, net_gap)).into(),
            newer.as_ref().map(|newer| float(newer.agents)).into(),
            newer.as_ref().map(|newer| newer.gap).into(),
            newer.as_ref().map(|newer| newer.low).into(),
            newer.as_ref().and_then(|newer| newer.share).into(),
            full.filter(|(found, _)| found.p_group.is_some()).map(|(found, _)| found.group.sqrt()).into(),
            full.map(|(found, _)| found.unit.sqrt()).into(),
            full.map(|(found, _)| found.cell.sqrt()).into(),
            full.map(|(_, sampling)| sampling.sqrt()).into(),
        ]
    }

    fn by_type(&self, case: &Case<'_>, study: &Study, matters: f64) -> Vec<Row> {
        if study.window.strata.len() < 2 || study.window.strata.iter().any(|s| !s.conditions.is_empty()) {
            return Vec::new();
        }
        let mut rows = Vec::new();
        for layer in &study.layers.strata {
            let Ok(spread) = &layer.spread else { continue };
            if float(spread.units()) < self.least_agents {
                continue;
            }
            let name =
                type_name(case.data, study.window.strata[layer.stratum as usize].contact_type).to_owned();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row count")]
            let n = layer.n as u64;
            let part =
                Part { item: Some(name), mean: layer.mean, spread, sigma2: layer.sigma2, n, types: None };
            rows.push(row(study, part, matters));
        }
        rows
    }
}

/// The whole scope's distance to its target where that is worth acting on; above 0 is short of it.
fn net_gap(case: &Case<'_>, metric: &Metric) -> Option<f64> {
    let reach = case.desk.reach(case, &ReachOptions::default());
    reach.map(|reach| reach.net_gap).filter(|gap| *gap >= metric.material && *gap > 0.0)
}

/// Variance of one row inside an agent, over all strata.
fn pooled_sigma2(study: &Study) -> f64 {
    let (mut sum, mut df) = (0.0, 0.0);
    for layer in study.layers.strata.iter().filter(|layer| !layer.borrowed_sigma2) {
        sum += layer.sigma2 * layer.df;
        df += layer.df;
    }
    if df > 0.0 { sum / df } else { 0.0 }
}

/// Where a row's numbers come from: the whole, or one contact type.
struct Part<'a> {
    item: Option<String>,
    mean: f64,
    spread: &'a Spread,
    sigma2: f64,
    n: u64,
    types: Option<Types>,
}

/// How unlike contact types are.
#[derive(Clone, Copy)]
struct Types {
    sd: f64,
    p_equal: f64,
}

/// Spread of contact types' levels around their weighted mean, less their own error (a finite population:
/// these are all the types there are), and the test that they have one level. Agents count as drawn, so a type
/// that few agents take proves little.
fn types(study: &Study) -> Option<Types> {
    let mut parts: Vec<(f64, f64, f64)> = Vec::new();
    for layer in &study.layers.strata {
        let tau2 = layer.spread.as_ref().map_or(0.0, |spread| spread.tau2);
        let weight: f64 = layer.units.iter().map(|unit| unit.weight).sum();
        let drawn: f64 = layer.units.iter().map(|unit| (unit.weight / weight).powi(2)).sum();
        let variance = layer.mean_v + if weight > 0.0 { tau2 * drawn } else { 0.0 };
        if variance > 0.0 && layer.share > 0.0 {
            parts.push((layer.share, layer.mean, variance));
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let all: f64 = parts.iter().map(|(share, _, _)| share).sum();
    let mean = parts.iter().map(|(share, mean, _)| share * mean).sum::<f64>() / all;
    let seen = parts.iter().map(|(share, level, _)| share / all * (level - mean).powi(2)).sum::<f64>();
    let luck = parts.iter().map(|(share, _, v)| share / all * (1.0 - share / all) * v).sum::<f64>();
    let precision: f64 = parts.iter().map(|(_, _, v)| 1.0 / v).sum();
    let centre = parts.iter().map(|(_, level, v)| level / v).sum::<f64>() / precision;
    let q: f64 = parts.iter().map(|(_, level, v)| (level - centre).powi(2) / v).sum();
    Some(Types { sd: (seen - luck).max(0.0).sqrt(), p_equal: chi2_sf(q, float(parts.len() - 1)) })
}

fn row(study: &Study, part: Part<'_>, matters: f64) -> Row {
    let Part { item, mean, spread, sigma2, n, types } = part;
    let (low, high) = spread.tau_interval();
    let consistent = spread_confidence(spread, matters);
    let detectable = spread.detectable(sigma2, matters);
    let open = consistent < 0.9 && consistent > 0.1;
    let needed = (open && detectable.n_per_unit.is_finite())
        .then(|| phrase!("need-contacts-to-tell-agents-apart", contacts = detectable.n_per_unit.ceil()));
    let mut values: Vec<Value> = vec![
        mean.into(),
        spread.tau().into(),
        low.into(),
        high.into(),
        spread.raw_sd().into(),
        spread.sd_from_luck().into(),
        spread.p_equal.into(),
        spread.reliability.into(),
        matters.into(),
        consistent.into(),
        (1.0 - consistent).into(),
        types.map(|types| types.sd).into(),
        types.map(|types| types.p_equal).into(),
        study.layers.tau_time2.sqrt().into(),
        study.layers.phi.into(),
        needed.map_or(Value::Null, Value::Phrase),
    ];
    values.resize(COLUMNS.len(), Value::Null);
    Row {
        item,
        n,
        agents: u32::try_from(spread.units()).unwrap_or(u32::MAX),
        window: study.window.span(),
        values,
        q: Vec::new(),
    }
}

fn fact(spread: &Spread) -> SpreadFact {
    let (low, high) = spread.tau_interval();
    SpreadFact {
        between_agent_sd: spread.tau(),
        low,
        high,
        level: 0.95,
        from_luck: spread.sd_from_luck(),
        seen: spread.raw_sd(),
        agents: u32::try_from(spread.units()).unwrap_or(u32::MAX),
    }
}

/// Agents at equal mix of work, sorted by level so that their order says nothing about who they are.
fn figure(case: &Case<'_>, metric: &Metric, study: &Study) -> AgentSpread {
    let overall = &study.layers.overall;
    let compared = overall.units.iter().filter(|unit| overall.compared.contains(&unit.unit));
    let mut agents: Vec<Lane> =
        compared.map(|unit| Lane { level: overall.mean + unit.mean, sd: unit.v.max(0.0).sqrt() }).collect();
    agents.sort_by(|a, b| a.level.total_cmp(&b.level));
    let reach = case.desk.reach(case, &ReachOptions::default());
    let target = reach.map(|reach| overall.mean + metric.better.sign() * reach.net_gap);
    AgentSpread { mean: overall.mean, target, agents }
}

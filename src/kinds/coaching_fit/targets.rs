//! `coaching-targets`: is coaching on a metric given to those it can help, and is it repeated where it cannot? Rows
//! about contact types are the register of futile coaching: counts, never agents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::spent::{Compass, about, held, ledger};
use crate::calendar::Period;
use crate::kinds::desk::{Study, type_name};
use crate::kinds::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject, coaching_process};
use crate::model::{
    Column, ColumnUnit as Unit, Conclusion, Fact, Key, Metric, Reason, Row, Scope, Session, Ty, Value,
    column, key, phrase,
};
use crate::stats::adjust::discoveries;
use crate::stats::dist::normal_quantile;
use crate::stats::float;

pub(in crate::kinds) static SPEC: Spec = Spec {
    name: "coaching-targets",
    doc: include_str!("../coaching_targets.md"),
    subject: Subject::Metric,
    stage: Stage::Verdicts,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: Some("contact type"),
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column("minutes", Unit::Minutes, false, "Minutes of held sessions that name the metric."),
    column("on_out_of_reach", Unit::Minutes, false, "Of these on gaps coaching cannot close."),
    column("on_reachable", Unit::Minutes, false, "Of these on gaps coaching can close."),
    column("below_minutes", Unit::Share, true, "Share of the minutes on agents credibly below target."),
    column("below_heads", Unit::Share, true, "Share of the agents at work who are."),
    column("targeting", Unit::Plain, true, "The first over the second: 1 is as if by lot."),
    column(
        "bottom_quarter",
        Unit::Share,
        true,
        "Coached agent-weeks of agents in the bottom quarter of plain averages.",
    ),
    column(
        "credible_weeks",
        Unit::Share,
        true,
        "Coached agent-weeks of agents credibly below their peers on the same work.",
    ),
    column("hours_to_move", Unit::Plain, false, "Hours on gaps coaching cannot close."),
    column("gain", Unit::Difference, true, "What coaching could close at best: a ceiling, no forecast."),
    column("repeated", Unit::People, false, "Agents with three sessions or more on it in the window."),
    column("sessions", Unit::Count, false, "Their sessions; for the whole all sessions on the metric."),
    column("structural", Unit::Flag, true, "Whether the contact type's gap is one coaching cannot close."),
    column("moved", Unit::Difference, true, "Their change there since the first of these sessions.")
        .about("repeated"),
    column("moved_high", Unit::Difference, true, "Upper end of its 95 % range.").about("repeated"),
    column("works", Unit::Flag, true, "Whether coaching is shown to move the metric for the operation."),
];

const PARAMETERS: &[Key] = &[key("repeats", Ty::Integer, "3", "Sessions from which coaching is repeated.")];

/// Periods read before the window, for where agents stood before their first session.
const RUN_UP: i32 = 6;
/// False discovery rate and least probability of "credibly below" (Bayesian).
const RATE: f64 = 0.10;
const AT_LEAST: f64 = 0.80;

struct Kind {
    repeats: usize,
}

fn configure(given: &Given) -> Configured {
    let repeats = given.integer("repeats");
    if !(2..=50).contains(&repeats) {
        return Err(("repeats", "`repeats` lies between 2 and 50".into()));
    }
    Ok(Arc::new(Kind { repeats: usize::try_from(repeats).unwrap_or(3) }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((index, metric)) = case.metric else { return Answer::default() };
        if let Some((reason, need)) = coaching_process::unlogged(case, &[&["minutes"], &["focus"]]) {
            return Answer::none(reason, need);
        }
        if *case.scope != Scope::Operation {
            return Answer::none(Reason::NoTarget, phrase!("need-operation"));
        }
        let (from, to) = (case.period.shift(1 - case.window), case.period);
        let named = |s: &&Session| case.desk.names(&s.focus, &metric.id);
        let sessions: Vec<&Session> = held(case, from, to).filter(named).collect();
        if sessions.is_empty() {
            let need = phrase!("need-sessions-on", metric = &metric.label);
            return Answer::none(Reason::NoSessions, need);
        }
        let compass = Compass::new(*case);
        let asked = Asked { case, index, metric, compass: &compass, sessions: &sessions };
        let mut rows = vec![asked.whole()];
        rows.extend(asked.register(self.repeats));
        Answer { rows, ..Answer::default() }
    }
}

/// One metric's sessions against the verdicts.
struct Asked<'q, 'a> {
    case: &'q Case<'a>,
    index: usize,
    metric: &'a Metric,
    compass: &'q Compass<'a>,
    sessions: &'q [&'a Session],
}

/// The columns of one row, in their order.
#[derive(Default)]
struct Columns {
    minutes: f64,
    out: f64,
    reach: f64,
    below: Option<(f64, f64)>,
    bottom_quarter: Option<f64>,
    credible_weeks: Option<f64>,
    gain: Option<f64>,
    repeated: usize,
    sessions: usize,
    structural: Option<bool>,
    moved: Option<(f64, f64)>,
    works: Option<bool>,
}

impl Columns {
    fn values(&self) -> Vec<Value> {
        let flag = |flag: Option<bool>| flag.map_or(Value::Null, Value::Flag);
        let targeting = self.below.filter(|(_, heads)| *heads > 0.0).map(|(minutes, heads)| minutes / heads);
        vec![
            self.minutes.into(),
            self.out.into(),
            self.reach.into(),
            self.below.map(|one| one.0).into(),
            self.below.map(|one| one.1).into(),
            targeting.into(),
            self.bottom_quarter.into(),
            self.credible_weeks.into(),
            (self.out / 60.0).into(),
            self.gain.into(),
            float(self.repeated).into(),
            float(self.sessions).into(),
            flag(self.structural),
            self.moved.map(|one| one.0).into(),
            self.moved.map(|one| one.1).into(),
            flag(self.works),
        ]
    }
}

impl Asked<'_, '_> {
    fn minutes(&self, sessions: &[&Session]) -> Columns {
        let mut columns = Columns { sessions: sessions.len(), works: self.works(), ..Columns::default() };
        for session in sessions {
            let minutes = session.minutes.unwrap_or(0.0);
            let part = minutes / float(self.compass.meant(session).len().max(1));
            let split = self.compass.split(session, self.index);
            columns.minutes += part;
            columns.out += part * split.out;
            columns.reach += part * split.reach;
        }
        columns
    }

    fn row(&self, item: Option<String>, columns: &Columns, agents: &BTreeSet<u32>) -> Row {
        Row {
            item,
            n: columns.sessions as u64,
            agents: u32::try_from(agents.len()).unwrap_or(u32::MAX),
            window: (self.case.period.shift(1 - self.case.window), self.case.period),
            values: columns.values(),
            q: Vec::new(),
        }
    }

    fn works(&self) -> Option<bool> {
        self.case.facts.iter().find_map(|(id, scope, fact)| match fact {
            Fact::Effect(effect) if id.as_deref() == Some(&self.metric.id) && *scope == Scope::Operation => {
                Some(effect.conclusion == Conclusion::Works)
            }
            _ => None,
        })
    }

    fn whole(&self) -> Row {
        let mut columns = self.minutes(self.sessions);
        columns.gain = ledger(self.case, &self.metric.id).map(|ledger| ledger.reach);
        let case = about(self.case, self.index);
        if let Some(standing) = case.desk.study(&case).and_then(|study| self.standing(&study)) {
            columns.below = self.below(&standing);
            let weeks: BTreeSet<(u32, Period)> = self
                .sessions
                .iter()
                .map(|s| (s.agent, s.period))
                .filter(|(a, _)| standing.all.contains(a))
                .collect();
            let share = |of: &BTreeSet<u32>| {
                let hits = weeks.iter().filter(|(agent, _)| of.contains(agent)).count();
                (!weeks.is_empty()).then(|| float(hits) / float(weeks.len()))
            };
            columns.bottom_quarter = share(&standing.bottom_quarter);
            columns.credible_weeks = share(&standing.below_peers);
        }
        let agents = self.sessions.iter().map(|s| s.agent).collect();
        self.row(None, &columns, &agents)
    }

    /// Shares of minutes and of heads of the agents credibly below target.
    fn below(&self, standing: &Standing) -> Option<(f64, f64)> {
        let minutes = |keep: &BTreeSet<u32>| -> f64 {
            let own = self.sessions.iter().filter(|s| keep.contains(&s.agent));
            own.filter_map(|s| s.minutes).sum()
        };
        let all = minutes(&standing.all);
        let known = all > 0.0 && standing.has_target;
        known.then(|| {
            (
                minutes(&standing.below_target) / all,
                float(standing.below_target.len()) / float(standing.all.len()),
            )
        })
    }

    /// Where the compared agents stand, from adjusted and shrunken results.
    fn standing(&self, study: &Study) -> Option<Standing> {
        let overall = &study.layers.overall;
        let spread = overall.spread.as_ref().ok()?;
        let agent = |unit: u32| study.window.agents[unit as usize];
        let compared: Vec<u32> = overall.compared.iter().map(|unit| agent(*unit)).collect();
        let sign = self.metric.better.sign();
        let targets = study.targets(self.case.data, self.metric);
        let of_layer = |layer: &crate::stats::layers::StratumLayer| {
            Some((
                layer.weight,
                layer.weight * (targets.get(layer.stratum as usize).copied().flatten()? - layer.mean),
            ))
        };
        let known: Vec<(f64, f64)> = study.layers.strata.iter().filter_map(of_layer).collect();
        let weight: f64 = known.iter().map(|(weight, _)| weight).sum();
        // The distance from average to target, at the operation's mix.
        let distance = known.iter().map(|(_, gap)| gap).sum::<f64>() / weight;
        let shrunken = spread.shrunken();
        let credibly = |value: f64| -> BTreeSet<u32> {
            let p: Vec<f64> = shrunken
                .iter()
                .map(|one| if sign > 0.0 { one.p_below(value) } else { 1.0 - one.p_below(value) })
                .collect();
            discoveries(&p, RATE, AT_LEAST).into_iter().map(|at| compared[at]).collect()
        };
        let mut plain: Vec<(f64, u32)> = overall
            .units
            .iter()
            .zip(&overall.observed)
            .map(|(unit, seen)| (sign * seen, agent(unit.unit)))
            .collect();
        plain.retain(|(_, agent)| compared.contains(agent));
        plain.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let quarter = plain.len().div_ceil(4);
        Some(Standing {
            bottom_quarter: plain.into_iter().take(quarter).map(|(_, agent)| agent).collect(),
            below_peers: if spread.p_equal < 0.05 { credibly(spread.centre) } else { BTreeSet::new() },
            below_target: if distance.is_finite() { credibly(distance) } else { BTreeSet::new() },
            has_target: distance.is_finite(),
            all: compared.into_iter().collect(),
        })
    }

    /// Repeated coaching by contact type: agents with so many sessions on it. A session without a contact type counts
    /// where most of its agent's shortfalls lie.
    fn register(&self, repeats: usize) -> Vec<Row> {
        let mut cells: BTreeMap<&str, BTreeMap<u32, Vec<&Session>>> = BTreeMap::new();
        let names: Vec<&str> = self.case.data.contact_types.iter().map(String::as_str).collect();
        for session in self.sessions {
            let place = session.contact_type.as_deref().or_else(|| {
                let most = |name: &&&str| self.compass.share_in(session.agent, self.index, name) >= 0.5;
                names.iter().find(most).copied()
            });
            let Some(name) = place else { continue };
            cells.entry(name).or_default().entry(session.agent).or_default().push(session);
        }
        cells.into_iter().filter_map(|(name, agents)| self.cell(name, agents, repeats)).collect()
    }

    fn cell(&self, name: &str, agents: BTreeMap<u32, Vec<&Session>>, repeats: usize) -> Option<Row> {
        let often: BTreeMap<u32, Vec<&Session>> =
            agents.into_iter().filter(|(_, sessions)| sessions.len() >= repeats).collect();
        if often.is_empty() {
            return None;
        }
        let sessions: Vec<&Session> = often.values().flatten().copied().collect();
        let since: BTreeMap<u32, Period> = often
            .iter()
            .filter_map(|(agent, own)| Some((*agent, own.iter().map(|s| s.period).min()?)))
            .collect();
        let mut columns = self.minutes(&sessions);
        columns.repeated = often.len();
        columns.structural = Some(self.compass.is_out(self.index, name));
        columns.moved = self.moved(name, &since);
        Some(self.row(Some(name.to_owned()), &columns, &often.into_keys().collect()))
    }

    /// Mean change of these agents in a contact type from before to after their first session, and its upper end;
    /// improvement positive. What luck adds to it (sessions follow bad weeks) is in their favour.
    fn moved(&self, name: &str, since: &BTreeMap<u32, Period>) -> Option<(f64, f64)> {
        let case = about(self.case, self.index);
        let case = Case { window: case.window + RUN_UP, ..case };
        let study = case.desk.study(&case)?;
        let sign = self.metric.better.sign();
        let mut sides: BTreeMap<u32, [(f64, f64, f64); 2]> = BTreeMap::new();
        for cell in &study.window.panel.cells {
            let agent = study.window.agents[cell.unit as usize];
            let Some(first) = since.get(&agent) else { continue };
            if type_name(case.data, study.window.strata[cell.stratum as usize].contact_type) != name {
                continue;
            }
            let at = study.window.from.0 + i32::try_from(cell.time).unwrap_or(0);
            let side = &mut sides.entry(agent).or_default()[usize::from(at > first.0)];
            if at != first.0 {
                let noise = cell.n * study.layers.sigma2[cell.stratum as usize];
                *side = (side.0 + cell.weight, side.1 + cell.weight * cell.mean, side.2 + noise);
            }
        }
        let change = |[before, after]: &[(f64, f64, f64); 2]| {
            let known = before.0 > 0.0 && after.0 > 0.0;
            let noise = |side: &(f64, f64, f64)| side.2 / (side.0 * side.0);
            known.then(|| (sign * (after.1 / after.0 - before.1 / before.0), noise(before) + noise(after)))
        };
        let changes: Vec<(f64, f64)> = sides.values().filter_map(change).filter(|(_, v)| *v > 0.0).collect();
        let weight: f64 = changes.iter().map(|(_, v)| 1.0 / v).sum();
        let mean = changes.iter().map(|(x, v)| x / v).sum::<f64>() / weight;
        (weight > 0.0).then(|| (mean, mean + normal_quantile(0.975) / weight.sqrt()))
    }
}

/// Agents who can be compared, and where they stand.
struct Standing {
    all: BTreeSet<u32>,
    bottom_quarter: BTreeSet<u32>,
    below_peers: BTreeSet<u32>,
    below_target: BTreeSet<u32>,
    has_target: bool,
}

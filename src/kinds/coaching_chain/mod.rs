//! `coaching-chain`: more effort, more sessions, better behaviour, a better outcome: which link does not hold?

mod halves;

use std::rc::Rc;
use std::sync::Arc;

use super::coaching_effect::{AFTER, LEAST_ROWS, QUIET, both, conclusion_word, judged, stated, terms};
use super::evaluators::Scores;
use super::spells::{Effects, Terms};
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Chain, Column, ColumnUnit as Unit, Conclusion, Fact, Key, Link, Metric, Ranged, Role, Row, SourceId, Ty,
    UnitKind, Value, column, key,
};
use crate::sql::and;
use crate::stats::effect::{EffectPanel, assess};
use halves::{Spent, change, ranged};

pub(crate) static SPEC: Spec = Spec {
    name: "coaching-chain",
    doc: include_str!("../coaching_chain.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &[],
    facts: &["chain"],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "effort_before",
        Unit::Minutes,
        true,
        "Minutes of coaching on the outcome per active agent, first half of the window.",
    ),
    column("effort_now", Unit::Minutes, true, "The same, second half."),
    column("effort_change", Unit::Minutes, true, "Change of the agents active in both halves."),
    column("effort_low", Unit::Minutes, true, "Lower end of its 95 % range."),
    column("effort_high", Unit::Minutes, true, "Upper end of its 95 % range."),
    column("effort_rise", Unit::Share, true, "Minutes per active agent, second half over first, less one."),
    column("effort_up", Unit::Flag, true, "Whether the effort rose by `rise` or more, beyond chance."),
    column("sessions_before", Unit::Plain, true, "Held sessions per active agent, first half of the window."),
    column("sessions_now", Unit::Plain, true, "The same, second half."),
    column("sessions_change", Unit::Plain, true, "Change of the agents active in both halves."),
    column("sessions_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("sessions_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column("activity_up", Unit::Flag, true, "Whether the sessions rose by `rise` or more, beyond chance."),
    column("behaviour", Unit::Text, true, "The behaviour metric looked at, as it is called."),
    column("behaviour_metric", Unit::Text, true, "The id of the behaviour metric that is followed."),
    column(
        "behaviour_change",
        Unit::Plain,
        true,
        "Its change between the halves, agents present in both, in its own unit (points for shares).",
    ),
    column("behaviour_change_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("behaviour_change_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column(
        "behaviour_effect",
        Unit::Plain,
        true,
        "Coaching's own part in it, in its own unit (points for shares): the same sessions, their effect on behaviour.",
    ),
    column("behaviour_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("behaviour_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column("behaviour_says", Unit::Text, true, "What may be said of it: works, does-not-move and so on."),
    column(
        "own_scored",
        Unit::Share,
        true,
        "Share of its evaluations given by a coach of the agent; empty where that is not known.",
    ),
    column(
        "independent_effect",
        Unit::Plain,
        true,
        "Coaching's own part in the evaluations not given by the agent's own coach.",
    ),
    column("independent_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("independent_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column(
        "behaviour_up",
        Unit::Flag,
        true,
        "Whether coaching moved the behaviour by what matters, and also in others' evaluations where those are known.",
    ),
    column(
        "outcome_change",
        Unit::Difference,
        true,
        "Change of the outcome between the halves, agents in both.",
    ),
    column("outcome_change_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("outcome_change_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("outcome_effect", Unit::Difference, true, "Coaching's own part in it."),
    column("outcome_low", Unit::Difference, true, "Lower end of both estimators' 95 % ranges."),
    column("outcome_high", Unit::Difference, true, "Upper end of both estimators' 95 % ranges."),
    column("outcome_says", Unit::Text, true, "What may be said of it."),
    column(
        "outcome_flat",
        Unit::Flag,
        true,
        "Whether an effect that matters is ruled out by both estimators, and none is proven.",
    ),
    column(
        "paradox",
        Unit::Flag,
        true,
        "Whether the same sessions moved the behaviour and an effect on the outcome is ruled out.",
    ),
    column(
        "link",
        Unit::Text,
        true,
        "The first link shown not to hold: effort, activity, behaviour, outcome; none where the outcome moved.",
    ),
    column("treated", Unit::People, true, "Agents whose first sessions can be judged on the outcome."),
    column(
        "agents_needed",
        Unit::Count,
        true,
        "Coached agents at which an effect on the outcome that matters would have been visible; where it is unclear.",
    ),
];

const PARAMETERS: &[Key] = &[
    QUIET,
    AFTER,
    LEAST_ROWS,
    key(
        "behaviour",
        Ty::Text,
        "\"\"",
        "Id of the behaviour metric; empty = the one of role `behaviour` most sessions on the outcome are meant to move.",
    ),
    key("rise", Ty::Number, "0.1", "Share by which minutes or sessions must rise to count as more."),
];

struct Kind {
    terms: Terms,
    behaviour: String,
    rise: f64,
}

fn configure(given: &Given) -> Configured {
    let rise = given.number("rise");
    if !(0.0..10.0).contains(&rise) {
        return Err(("rise", "`rise` is a share such as 0.1".into()));
    }
    Ok(Arc::new(Kind { terms: terms(given)?, behaviour: given.text("behaviour").to_owned(), rise }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let (metric, outcome) = match judged(case, &self.terms) {
            Ok(judged) => judged,
            Err(answer) => return answer,
        };
        let behaviour = self.behaviour(case, &metric.id);
        let chain = self.chain(case, metric, &outcome, behaviour.as_ref());
        let row = Row {
            item: None,
            n: outcome.study.window.n,
            agents: outcome.study.agents(),
            window: outcome.study.window.span(),
            values: values(case, &chain),
            q: Vec::new(),
        };
        Answer { rows: vec![row], facts: vec![Fact::Chain(chain)], ..Answer::default() }
    }
}

/// A behaviour metric and what the outcome's sessions did to it.
type Behaviour<'a> = (&'a Metric, Rc<Effects>);

impl Kind {
    /// The metric asked for; else the behaviour metric most sessions on the outcome are meant to move too, and of
    /// several the one with the most rows: chosen without looking at whether it moved.
    fn behaviour<'a>(&self, case: &Case<'a>, on: &str) -> Option<Behaviour<'a>> {
        let meant = |metric: &Metric| {
            if self.behaviour.is_empty() {
                metric.role == Role::Behaviour
            } else {
                metric.id == self.behaviour
            }
        };
        let both = |metric: &Metric| {
            let moves = |focus: &[String], id: &str| case.desk.moves(focus, id);
            let sessions = case.data.sessions.iter();
            sessions.filter(|one| moves(&one.focus, on) && moves(&one.focus, &metric.id)).count()
        };
        let named = case.metrics.iter().enumerate().filter(|(_, m)| m.id != on && meant(m));
        let asked = named.filter_map(|(index, metric)| {
            let case = Case { metric: Some((index, metric)), ..*case };
            let rows = case.desk.study(&case)?.window.n;
            Some(((both(metric), rows, std::cmp::Reverse(index)), index, metric))
        });
        let (_, index, metric) = asked.max_by_key(|(rank, ..)| *rank)?;
        let case = Case { metric: Some((index, metric)), ..*case };
        Some((metric, case.desk.effects(&case, &self.terms, on)?))
    }

    fn chain(
        &self,
        case: &Case<'_>,
        metric: &Metric,
        outcome: &Effects,
        behaviour: Option<&Behaviour<'_>>,
    ) -> Chain {
        let spent = Spent::of(case, outcome, &metric.id);
        let independent = behaviour.and_then(|behaviour| independent(case, behaviour));
        let says = stated(outcome);
        let moved = behaviour.map(|(_, effects)| stated(effects));
        let effect =
            |effects: &Effects| effects.assessment.effect.map(|e| ranged(e.estimate, (e.low, e.high)));
        let outcome_effect = outcome.assessment.effect.zip(both(&outcome.assessment));
        let mut chain = Chain {
            minutes_before: spent.minutes.map(|m| m.before),
            minutes_now: spent.minutes.map(|m| m.now),
            minutes_change: spent.minutes.and_then(|m| m.change),
            effort_up: spent.minutes.and_then(|m| m.up(self.rise)),
            sessions_before: spent.sessions.map(|s| s.before),
            sessions_now: spent.sessions.map(|s| s.now),
            sessions_change: spent.sessions.and_then(|s| s.change),
            activity_up: spent.sessions.and_then(|s| s.up(self.rise)),
            behaviour_metric: behaviour.map(|(metric, _)| metric.id.clone()),
            behaviour_change: behaviour.and_then(|(metric, effects)| change(metric, effects)),
            behaviour_effect: behaviour.and_then(|(_, effects)| effect(effects)),
            behaviour_says: moved,
            own_scored: independent.as_ref().map(|one| one.own),
            behaviour_independent: independent.as_ref().and_then(|one| one.effect),
            behaviour_up: moved.and_then(settled).and_then(|up| match &independent {
                Some(one) if up => one.up(),
                _ => Some(up),
            }),
            outcome_change: change(metric, outcome),
            outcome_effect: outcome_effect.map(|(effect, both)| ranged(effect.estimate, both)),
            outcome_says: says,
            outcome_flat: match says {
                Conclusion::DoesNotMove => Some(true),
                Conclusion::Works | Conclusion::Small | Conclusion::Harmful => Some(false),
                _ => None,
            },
            paradox: None,
            link: None,
            agents: outcome.assessment.effect.map_or(0, |e| u32::try_from(e.treated).unwrap_or(u32::MAX)),
            agents_needed: outcome
                .assessment
                .effect
                .filter(|_| says == Conclusion::Unclear)
                .map(|effect| effect.units_needed(metric.material).ceil()),
        };
        chain.paradox = and(chain.behaviour_up, chain.outcome_flat);
        chain.link = link(&chain);
        chain
    }
}

/// Whether coaching moved a behaviour by what matters; cannot tell where it is unclear.
fn settled(says: Conclusion) -> Option<bool> {
    match says {
        Conclusion::Works => Some(true),
        Conclusion::DoesNotMove | Conclusion::Small | Conclusion::Harmful => Some(false),
        _ => None,
    }
}

/// Evaluations by who gave them.
struct Independent {
    /// Share given by a coach of the agent.
    own: f64,
    /// Coaching's own part in the others.
    effect: Option<Ranged>,
    material: f64,
}

impl Independent {
    /// Whether it moved in others' evaluations too; cannot tell where those are too few.
    fn up(&self) -> Option<bool> {
        let effect = self.effect?;
        if effect.low > 0.0 { Some(true) } else { (effect.high < self.material).then_some(false) }
    }
}

/// The same spells, looked at through the evaluations not given by the agent's own coach. `None` where it is not
/// known who gave them or who coaches whom.
fn independent(case: &Case<'_>, (metric, effects): &Behaviour<'_>) -> Option<Independent> {
    // It can only take back a behaviour that is up; past periods need it for nothing else.
    if metric.source != SourceId::Evaluations
        || (case.depth < Depth::Full && stated(effects) != Conclusion::Works)
    {
        return None;
    }
    let index = case.metrics.iter().position(|one| one.id == metric.id)?;
    let scores = Scores::of(&Case { metric: Some((index, metric)), ..*case })?;
    let total: f64 = scores.cells.iter().map(|score| score.cell.weight).sum();
    if !scores.knows_coaches || total <= 0.0 {
        return None;
    }
    let own = scores.cells.iter().filter(|score| score.own).fold(0.0, |sum, score| sum + score.cell.weight);
    let panel = others_panel(&scores, effects);
    let found = assess(&panel, metric.material, &effects.options);
    let effect = found.effect.map(|effect| ranged(effect.estimate, (effect.low, effect.high)));
    Some(Independent { own: own / total, effect, material: metric.material })
}

/// The panel of the effects with the outcomes as others scored them.
fn others_panel(scores: &Scores, effects: &Effects) -> EffectPanel {
    let (layers, times) = (&effects.study.layers, effects.panel.times);
    let weight: f64 = layers.strata.iter().map(|layer| layer.weight).sum();
    let sigma2: f64 =
        layers.strata.iter().map(|l| l.weight * layers.sigma2[l.stratum as usize]).sum::<f64>() / weight;
    let mut sums = vec![(0.0, 0.0); effects.panel.y.len()];
    for score in scores.cells.iter().filter(|score| !score.own) {
        let agent = scores.window.agents[score.cell.unit as usize];
        let Ok(unit) = effects.study.window.agents.binary_search(&agent) else { continue };
        let at = unit * times + score.cell.time as usize;
        // Only where the agent may be looked at.
        if effects.panel.weight[at] > 0.0 {
            sums[at] = (sums[at].0 + score.cell.weight, sums[at].1 + score.cell.weight * score.cell.mean);
        }
    }
    let mut panel = effects.panel.clone();
    for (at, (weight, sum)) in sums.into_iter().enumerate() {
        let seen = weight > 0.0;
        panel.y[at] = if seen { layers.overall.mean + sum / weight } else { f64::NAN };
        panel.variance[at] = if seen { sigma2 / weight } else { f64::NAN };
        panel.weight[at] = weight;
    }
    panel
}

/// Read from the end: what is shown further on needs no proof further back. Effort and activity are named only
/// where there is too little coaching to judge what it did.
fn link(chain: &Chain) -> Option<Link> {
    if matches!(chain.outcome_says, Conclusion::Works | Conclusion::Small) {
        return Some(Link::None);
    }
    match chain.behaviour_up {
        Some(true) => chain.outcome_flat.filter(|flat| *flat).map(|_| Link::Outcome),
        Some(false) => Some(Link::Behaviour),
        None if chain.outcome_says != Conclusion::NotIdentified => None,
        None if chain.effort_up == Some(false) => Some(Link::Effort),
        None if chain.activity_up == Some(false) => Some(Link::Activity),
        None => None,
    }
}

fn values(case: &Case<'_>, chain: &Chain) -> Vec<Value> {
    let behaviour = chain.behaviour_metric.as_ref().and_then(|id| case.metrics.iter().find(|m| m.id == *id));
    let scale = behaviour.map_or(1.0, |m| if m.unit.kind == UnitKind::Share { 100.0 } else { 1.0 });
    let flag = |flag: Option<bool>| flag.map_or(Value::Null, Value::Flag);
    let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    let ends = |ranged: Option<Ranged>, scale: f64| {
        let of = |read: fn(&Ranged) -> f64| Value::from(ranged.as_ref().map(|r| scale * read(r)));
        [of(|r| r.value), of(|r| r.low), of(|r| r.high)]
    };
    let rise = chain.minutes_before.zip(chain.minutes_now).filter(|(before, _)| *before > 0.0);
    let mut values = vec![chain.minutes_before.into(), chain.minutes_now.into()];
    values.extend(ends(chain.minutes_change, 1.0));
    values.extend([rise.map(|(before, now)| now / before - 1.0).into(), flag(chain.effort_up)]);
    values.extend([chain.sessions_before.into(), chain.sessions_now.into()]);
    values.extend(ends(chain.sessions_change, 1.0));
    values.extend([
        flag(chain.activity_up),
        text(behaviour.map(|metric| metric.label.as_str())),
        text(chain.behaviour_metric.as_deref()),
    ]);
    values.extend(ends(chain.behaviour_change, scale));
    values.extend(ends(chain.behaviour_effect, scale));
    values.extend([text(chain.behaviour_says.map(conclusion_word)), chain.own_scored.into()]);
    values.extend(ends(chain.behaviour_independent, scale));
    values.push(flag(chain.behaviour_up));
    values.extend(ends(chain.outcome_change, 1.0));
    values.extend(ends(chain.outcome_effect, 1.0));
    values.extend([
        Value::from(conclusion_word(chain.outcome_says)),
        flag(chain.outcome_flat),
        flag(chain.paradox),
        text(chain.link.map(Link::name)),
        (chain.agents > 0).then(|| f64::from(chain.agents)).into(),
        chain.agents_needed.into(),
    ]);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_further_on_is_never_called_broken() {
        assert_eq!(and(None, Some(false)), Some(false));
        assert_eq!(and(None, Some(true)), None);
        assert_eq!(settled(Conclusion::Unclear), None);
        assert_eq!(settled(Conclusion::Small), Some(false));
    }
}

//! `coaching-effect`: what followed coaching, and how much of it was luck, trend and coaching.

use std::rc::Rc;
use std::sync::Arc;

use super::spells::{Dose, Effects, Terms};
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{
    Column, ColumnUnit as Unit, Conclusion, Effect, EffectStep, Fact, Headline, Key, Metric, Phrase, Reason,
    Row, Ty, Value, column, key, phrase,
};
use crate::stats::effect::{self, Assessment, Estimate, Identity, NotIdentified, between_units};
use crate::stats::float;
use crate::stats::spread::Spread;

pub(crate) static SPEC: Spec = Spec {
    name: "coaching-effect",
    doc: include_str!("coaching_effect.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_effect", "p_agents_equal"],
    facts: &["effect"],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "naive",
        Unit::Difference,
        true,
        "What a before/after comparison shows: after the sessions minus the period before; above 0 is better.",
    ),
    column(
        "luck",
        Unit::Difference,
        true,
        "The part of it that would have come anyway: sessions follow unusually bad periods.",
    ),
    column("trend", Unit::Difference, true, "The part of it that everyone moved."),
    column("effect", Unit::Difference, true, "The part left for coaching."),
    column("low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "p_effect",
        Unit::Probability,
        true,
        "Chance of an effect this far from 0 if there were none (two-sided).",
    ),
    column("other", Unit::Difference, true, "The other estimator's answer."),
    column("other_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("other_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column("both_low", Unit::Difference, true, "Lower end of both ranges taken together."),
    column("both_high", Unit::Difference, true, "Upper end of both ranges taken together."),
    column(
        "headline",
        Unit::Text,
        true,
        "Which estimator leads: `imputation` where bad results triggered the sessions, else `did`.",
    ),
    column(
        "smallest_visible",
        Unit::Difference,
        true,
        "Smallest effect these data would have shown (80 % power at 5 %).",
    ),
    column("treated", Unit::People, false, "Agents whose first sessions can be judged."),
    column("controls", Unit::People, false, "Agents compared with, while not yet coached on this.")
        .about("controls"),
    column("indicative", Unit::Flag, true, "Fewer than 8 such agents: an indication only."),
    column("pre_trend", Unit::Flag, true, "Whether the coached were already on their way before."),
    column("early", Unit::Difference, true, "Effect in the first four periods."),
    column("late", Unit::Difference, true, "Effect in the fifth to eighth."),
    column("late_low", Unit::Difference, true, "Lower end of the late effect's 95 % range."),
    column("late_high", Unit::Difference, true, "Upper end of it."),
    column(
        "fading",
        Unit::Difference,
        true,
        "Late less early effect of the agents seen in both; below 0 the effect wears off.",
    ),
    column("fading_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("fading_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "half_life",
        Unit::Periods,
        true,
        "Periods in which the effect halves; only where it is sure to wear off.",
    ),
    column(
        "dip",
        Unit::Difference,
        true,
        "How far coached agents stood off their own base in the period before; below 0 is worse.",
    ),
    column(
        "agent_sd",
        Unit::Difference,
        true,
        "How far the effect on single agents varies once luck is out.",
    ),
    column("agent_sd_low", Unit::Difference, true, "Lower end of its 95 % range."),
    column("agent_sd_high", Unit::Difference, true, "Upper end of its 95 % range."),
    column(
        "p_agents_equal",
        Unit::Probability,
        true,
        "Chance of effects this unlike if coaching did the same for every agent.",
    ),
    column(
        "sessions",
        Unit::Plain,
        true,
        "Held sessions of a coached agent in its first five periods, on average.",
    ),
    column("minutes", Unit::Minutes, true, "Minutes of them, on average; empty where the log has none."),
    column(
        "dosed",
        Unit::Share,
        true,
        "Share of coached agents whose sessions reached `least-sessions` and `least-minutes`.",
    ),
    column(
        "agents_needed",
        Unit::Count,
        true,
        "Coached agents at which an effect that matters would have been visible; where nothing can be concluded.",
    ),
    column(
        "conclusion",
        Unit::Text,
        false,
        "What may be said: harmful, does-not-move, small, works, unclear, not-identified, not-yet-tested.",
    ),
];

/// What the kinds that judge coaching have in common.
pub(super) const QUIET: Key =
    key("quiet", Ty::Integer, "12", "Periods without a session before one counts as a first.");
pub(super) const AFTER: Key =
    key("after", Ty::Integer, "8", "Periods after the first session that are looked at.");
pub(super) const LEAST_ROWS: Key = key(
    "least-rows",
    Ty::Integer,
    "5",
    "Contacts an agent needs in a period; evaluations and surveys need one.",
);
pub(super) const LEAST_SESSIONS: Key = key(
    "least-sessions",
    Ty::Number,
    "1",
    "Held sessions in its first five periods below which a spell is no test of coaching.",
);
pub(super) const LEAST_MINUTES: Key =
    key("least-minutes", Ty::Number, "0", "Minutes of them below which it is none either.");
pub(super) const LEAST_DOSED: Key = key(
    "least-dosed",
    Ty::Number,
    "0.5",
    "Share of coached agents that must reach both before `does-not-move` is said.",
);

const PARAMETERS: &[Key] = &[QUIET, AFTER, LEAST_ROWS, LEAST_SESSIONS, LEAST_MINUTES, LEAST_DOSED];

/// The dose below which a spell is no test.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prescribed {
    pub(super) sessions: f64,
    pub(super) minutes: f64,
    pub(super) share: f64,
}

struct Kind {
    terms: Terms,
    prescribed: Prescribed,
}

fn configure(given: &Given) -> Configured {
    Ok(Arc::new(Kind { terms: terms(given)?, prescribed: prescribed(given)? }))
}

/// The terms of a spell, as the parameters say them.
pub(super) fn terms(given: &Given) -> Result<Terms, (&'static str, String)> {
    let after = given.integer("after");
    if !(1..=26).contains(&after) {
        return Err(("after", "`after` lies between 1 and 26 periods".into()));
    }
    Ok(Terms {
        quiet: given.integer("quiet").max(0),
        after: usize::try_from(after).unwrap_or(8),
        least_rows: given.number("least-rows"),
    })
}

pub(super) fn prescribed(given: &Given) -> Result<Prescribed, (&'static str, String)> {
    let share = given.number("least-dosed");
    if !(0.0..=1.0).contains(&share) {
        return Err(("least-dosed", "`least-dosed` is a share between 0 and 1".into()));
    }
    Ok(Prescribed { sessions: given.number("least-sessions"), minutes: given.number("least-minutes"), share })
}

/// What followed the sessions meant to move a case's metric, or the answer where there is nothing to look at.
pub(super) fn judged<'a>(case: &Case<'a>, terms: &Terms) -> Result<(&'a Metric, Rc<Effects>), Answer> {
    let Some((_, metric)) = case.metric else { return Err(Answer::default()) };
    if case.data.sessions.is_empty() {
        return Err(Answer::none(Reason::NoSessions, phrase!("need-sessions")));
    }
    let effects = case.desk.effects(case, terms, &metric.id);
    effects.map(|effects| (metric, effects)).ok_or_else(|| Answer::no_rows(&metric.label))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let (metric, effects) = match judged(case, &self.terms) {
            Ok(judged) => judged,
            Err(answer) => return answer,
        };
        let doses = Doses::of(case, &effects, self.prescribed);
        let row = row(&effects, &doses, metric.material);
        if let Some(why) = effects.assessment.not_identified {
            let (reason, need) = unidentified(why, &effects);
            return Answer { rows: vec![row], not_judged: Some((reason, need)), ..Answer::default() };
        }
        let facts = fact(&effects, &doses, case.depth).map(Fact::Effect);
        Answer { rows: vec![row], facts: facts.into_iter().collect(), ..Answer::default() }
    }
}

pub(super) fn unidentified(why: NotIdentified, effects: &Effects) -> (Reason, Phrase) {
    let options = &effects.options;
    match why {
        NotIdentified::FewTimes => (
            Reason::FewPeriods,
            phrase!("need-periods-has", least = options.min_times, has = effects.panel.times),
        ),
        NotIdentified::FewTreated => {
            let need = phrase!(
                "need-agents-to-compare",
                least = options.min_treated,
                coached = effects.treated(),
                compared = compared(&effects.assessment),
            );
            (Reason::FewAgents, need)
        }
        NotIdentified::NothingToCompare => (Reason::FewAgents, phrase!("need-agents-not-coached")),
    }
}

/// Coached agents with weeks of their own before and waiting agents beside them, by the estimator that leads.
fn compared(assessment: &Assessment) -> usize {
    let by_imputation = assessment.imputation.as_ref().map(|fit| fit.att.treated);
    let by_staggered = assessment.staggered.as_ref().map(|fit| fit.att.treated);
    let leading = match assessment.headline {
        Some(effect::Headline::Staggered) => by_staggered,
        _ => by_imputation,
    };
    leading.unwrap_or(0)
}

/// What the coached agents' spells amounted to.
pub(super) struct Doses {
    agents: usize,
    pub(super) sessions: f64,
    pub(super) minutes: Option<f64>,
    pub(super) dosed: usize,
    prescribed: Prescribed,
}

impl Doses {
    pub(super) fn of(case: &Case<'_>, effects: &Effects, prescribed: Prescribed) -> Self {
        let all: Vec<Dose> = (0..effects.spells.len()).filter_map(|unit| effects.dose(case, unit)).collect();
        let timed: Vec<f64> = all.iter().filter_map(|dose| dose.minutes).collect();
        let enough = |dose: &&Dose| {
            // Minutes the log does not have are not held against a spell.
            dose.sessions >= prescribed.sessions && dose.minutes.is_none_or(|m| m >= prescribed.minutes)
        };
        Self {
            agents: all.len(),
            sessions: all.iter().map(|dose| dose.sessions).sum::<f64>() / float(all.len()),
            minutes: (!timed.is_empty()).then(|| timed.iter().sum::<f64>() / float(timed.len())),
            dosed: all.iter().filter(enough).count(),
            prescribed,
        }
    }

    /// Coached, but by too few with the prescribed dose to be a test of coaching.
    fn untested(&self, least: usize) -> bool {
        let share = float(self.dosed) / float(self.agents);
        self.agents > 0 && (self.dosed < least || share < self.prescribed.share)
    }
}

/// The estimate that does not lead.
fn other(assessment: &Assessment) -> Option<Estimate> {
    match assessment.headline? {
        effect::Headline::Imputation => assessment.staggered.as_ref().map(|fit| fit.att),
        effect::Headline::Staggered => assessment.imputation.as_ref().map(|fit| fit.att),
    }
}

/// Lower and upper end of both ranges taken together; the headline's own where there is no other.
pub(super) fn both(assessment: &Assessment) -> Option<(f64, f64)> {
    let effect = assessment.effect?;
    let other = other(assessment).unwrap_or(effect);
    Some((effect.low.min(other.low), effect.high.max(other.high)))
}

fn row(effects: &Effects, doses: &Doses, material: f64) -> Row {
    let assessment = &effects.assessment;
    let effect = assessment.effect.as_ref();
    let other = other(assessment).filter(|_| effect.is_some());
    let identity = assessment.identity.as_ref().filter(|_| effect.is_some());
    let of = |read: fn(&Identity) -> f64| Value::from(identity.map(read));
    let own = |read: fn(&Estimate) -> f64| Value::from(effect.map(read));
    let its = |read: fn(&Estimate) -> f64| Value::from(other.as_ref().map(read));
    let both = both(assessment);
    let headline = assessment.headline.filter(|_| effect.is_some());
    let said = conclusion(effects, doses);
    let mut values = vec![
        of(|i| i.naive),
        of(|i| i.luck),
        of(|i| i.trend),
        own(|e| e.estimate),
        own(|e| e.low),
        own(|e| e.high),
        own(Estimate::p),
        its(|e| e.estimate),
        its(|e| e.low),
        its(|e| e.high),
        both.map(|both| both.0).into(),
        both.map(|both| both.1).into(),
        headline.map_or(Value::Null, |headline| Value::from(headline_word(headline))),
        own(Estimate::smallest_visible),
        float(effects.treated()).into(),
        float(effects.controls()).into(),
        effect.map_or(Value::Null, |_| assessment.indicative.into()),
        effect.map_or(Value::Null, |_| assessment.trend_before.into()),
    ];
    values.extend(lasting(effects));
    values.extend(between_agents(effects));
    let coached = doses.agents > 0;
    let unclear = said == Conclusion::Unclear;
    values.extend([
        coached.then_some(doses.sessions).into(),
        doses.minutes.into(),
        coached.then(|| float(doses.dosed) / float(doses.agents)).into(),
        effect.filter(|_| unclear).map(|effect| effect.units_needed(material).ceil()).into(),
        Value::from(conclusion_word(said)),
    ]);
    Row {
        item: None,
        n: effects.study.window.n,
        agents: effects.study.agents(),
        window: effects.study.window.span(),
        values,
        q: Vec::new(),
    }
}

/// Early and late effect, the difference of the two, its half-life, and the dip before.
fn lasting(effects: &Effects) -> Vec<Value> {
    let assessment = &effects.assessment;
    let fit = assessment.imputation.as_ref().filter(|_| assessment.effect.is_some());
    let early = fit.and_then(|fit| fit.short);
    let late = fit.and_then(|fit| fit.late);
    let fading = fit.and_then(|fit| fit.fading);
    let of =
        |estimate: Option<Estimate>, read: fn(&Estimate) -> f64| Value::from(estimate.as_ref().map(read));
    let dip = assessment.staggered.as_ref().and_then(|fit| fit.dip);
    vec![
        of(early, |e| e.estimate),
        of(late, |e| e.estimate),
        of(late, |e| e.low),
        of(late, |e| e.high),
        of(fading, |e| e.estimate),
        of(fading, |e| e.low),
        of(fading, |e| e.high),
        half_life(effects).into(),
        of(dip.filter(|_| assessment.effect.is_some()), |e| e.estimate),
    ]
}

/// Periods in which the effect halves, from its logarithm's fall between the two stretches; only where the early
/// effect is proven and the fall is (95 %, leave-one-agent-out).
fn half_life(effects: &Effects) -> Option<f64> {
    let options = &effects.options;
    let fit = effects.assessment.imputation.as_ref()?;
    if fit.short?.low <= 0.0 || fit.fading?.high >= 0.0 {
        return None;
    }
    let (early, late) = fit.short_and_late(options)?;
    let fall = early.with(&late, |early, late| (early / late).ln())?.with_error(options.level)?;
    let middle =
        |range: &std::ops::RangeInclusive<usize>| 0.5 * (float(*range.start()) + float(*range.end()));
    let apart = middle(&options.late) - middle(&options.short);
    (fall.low > 0.0).then(|| apart * std::f64::consts::LN_2 / fall.estimate)
}

/// How far the effect differs between agents.
fn between_agents(effects: &Effects) -> Vec<Value> {
    let fit = effects.assessment.imputation.as_ref().filter(|_| effects.assessment.effect.is_some());
    let spread = fit.and_then(|fit| between_units(&fit.unit_effects));
    let of = |read: fn(&Spread) -> f64| Value::from(spread.as_ref().map(read));
    vec![
        of(Spread::tau),
        of(|spread| spread.tau_interval().0),
        of(|spread| spread.tau_interval().1),
        of(|spread| spread.p_equal),
    ]
}

fn headline_word(headline: effect::Headline) -> &'static str {
    match headline {
        effect::Headline::Imputation => "imputation",
        effect::Headline::Staggered => "did",
    }
}

/// What may be said of the effect as estimated.
pub(super) fn stated(effects: &Effects) -> Conclusion {
    match effects.assessment.conclusion {
        effect::Conclusion::Harmful => Conclusion::Harmful,
        effect::Conclusion::DoesNotMove => Conclusion::DoesNotMove,
        effect::Conclusion::Small => Conclusion::Small,
        effect::Conclusion::Works => Conclusion::Works,
        effect::Conclusion::Unclear => Conclusion::Unclear,
        effect::Conclusion::NotIdentified => Conclusion::NotIdentified,
    }
}

/// Where too few had the prescribed dose, finding nothing is no finding about coaching.
fn conclusion(effects: &Effects, doses: &Doses) -> Conclusion {
    let said = stated(effects);
    let nothing = matches!(said, Conclusion::DoesNotMove | Conclusion::Unclear)
        || matches!(effects.assessment.not_identified, Some(NotIdentified::FewTreated));
    if nothing && doses.untested(effects.options.min_treated) { Conclusion::NotYetTested } else { said }
}

pub(super) fn conclusion_word(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Harmful => "harmful",
        Conclusion::DoesNotMove => "does-not-move",
        Conclusion::Small => "small",
        Conclusion::Works => "works",
        Conclusion::Unclear => "unclear",
        Conclusion::NotIdentified => "not-identified",
        Conclusion::NotYetTested => "not-yet-tested",
    }
}

fn fact(effects: &Effects, doses: &Doses, depth: Depth) -> Option<Effect> {
    let assessment = &effects.assessment;
    let effect = assessment.effect?;
    let identity = assessment.identity?;
    let other = other(assessment);
    let headline = match assessment.headline? {
        effect::Headline::Imputation => Headline::Imputation,
        effect::Headline::Staggered => Headline::Did,
    };
    let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(Effect {
        headline,
        naive: identity.naive,
        luck: identity.luck,
        trend: identity.trend,
        effect: effect.estimate,
        low: effect.low,
        high: effect.high,
        level: 0.95,
        other: other.map(|e| e.estimate),
        other_low: other.map(|e| e.low),
        other_high: other.map(|e| e.high),
        smallest_visible: effect.smallest_visible(),
        conclusion: conclusion(effects, doses),
        agents: whole(effect.treated),
        controls: whole(effects.controls()),
        steps: if depth == Depth::Full { steps(effects) } else { Vec::new() },
        pre_trend: assessment.trend_before,
        sessions: doses.sessions,
        minutes: doses.minutes,
        dosed: whole(doses.dosed),
    })
}

/// Periods before the first session that the event study shows.
const SHOWN_BEFORE: u8 = 6;

/// The headline's event study, with the periods before the first session.
fn steps(effects: &Effects) -> Vec<EffectStep> {
    let (assessment, options) = (&effects.assessment, &effects.options);
    let events = match assessment.headline {
        Some(effect::Headline::Staggered) => assessment.staggered.as_ref().map(|fit| {
            let mut events = effect::before(&effects.panel, options, SHOWN_BEFORE.into());
            events.extend(fit.events(options).into_iter().filter(|event| event.event > 0));
            events
        }),
        _ => assessment.imputation.as_ref().map(|fit| {
            let mut events = fit.before(options, SHOWN_BEFORE.into());
            events.extend(fit.events(options));
            events
        }),
    };
    let step = |event: effect::Event| EffectStep {
        event: event.event,
        agents: u32::try_from(event.effect.treated).unwrap_or(u32::MAX),
        effect: event.effect.estimate,
        low: event.effect.low,
        high: event.effect.high,
    };
    events.into_iter().flatten().map(step).collect()
}

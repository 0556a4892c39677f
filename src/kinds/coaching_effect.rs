//! `coaching-effect`: what followed coaching, and how much of it was luck, trend and coaching.

use std::sync::Arc;

use super::desk::Study;
use super::{Answer, Case, Configured, Depth, Diagnose, Given, Spec, Stage, Subject};
use crate::calendar::Period;
use crate::model::{
    Column, ColumnUnit as Unit, Conclusion, Effect, EffectStep, Fact, Headline, Key, Metric, Reason, Row,
    SessionStatus, SourceId, Ty, Value, column, key,
};
use crate::stats::effect::{
    self, Assessment, EffectOptions, EffectPanel, Estimate, First, Identity, NotIdentified, assess,
};

pub(crate) static SPEC: Spec = Spec {
    name: "coaching-effect",
    doc: include_str!("coaching_effect.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &["p_effect"],
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
    column("treated", Unit::Count, false, "Agents whose first sessions can be judged."),
    column("controls", Unit::Count, false, "Agents compared with, while not yet coached on this."),
    column("indicative", Unit::Flag, true, "Fewer than 8 such agents: an indication only."),
    column("pre_trend", Unit::Flag, true, "Whether the coached were already on their way before."),
    column("early", Unit::Difference, true, "Effect in the first four periods."),
    column("late", Unit::Difference, true, "Effect in the fifth to eighth."),
    column(
        "conclusion",
        Unit::Text,
        false,
        "What may be said: harmful, does-not-move, small, works, unclear, not-identified.",
    ),
];

const PARAMETERS: &[Key] = &[
    key("quiet", Ty::Integer, "12", "Periods without a session before one counts as a first."),
    key("after", Ty::Integer, "8", "Periods after the first session that are looked at."),
    key(
        "least-rows",
        Ty::Integer,
        "5",
        "Contacts an agent needs in a period; evaluations and surveys need one.",
    ),
];

struct Kind {
    quiet: i32,
    after: usize,
    least_rows: f64,
}

fn configure(given: &Given) -> Configured {
    let after = given.integer("after");
    if !(1..=26).contains(&after) {
        return Err(("after", "`after` lies between 1 and 26 periods".into()));
    }
    Ok(Arc::new(Kind {
        quiet: given.integer("quiet").max(0),
        after: usize::try_from(after).unwrap_or(8),
        least_rows: given.number("least-rows"),
    }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if case.data.sessions.is_empty() {
            return Answer::none(Reason::NoSessions, "a log of coaching sessions");
        }
        let Some(study) = case.desk.study(case) else {
            return Answer::none(Reason::FewContacts, format!("rows with a value of {}", metric.label));
        };
        let panel = self.panel(case, metric, &study);
        let options = self.options(metric);
        let assessment = assess(&panel, metric.material, &options);
        let row = row(&study, &panel, &assessment);
        if let Some(why) = assessment.not_identified {
            let (reason, need) = unidentified(why, &panel, &options);
            return Answer { rows: vec![row], not_judged: Some((reason, need)), ..Answer::default() };
        }
        let facts = fact(&panel, &assessment, case.depth).map(Fact::Effect);
        Answer { rows: vec![row], facts: facts.into_iter().collect(), ..Answer::default() }
    }
}

fn unidentified(why: NotIdentified, panel: &EffectPanel, options: &EffectOptions) -> (Reason, String) {
    match why {
        NotIdentified::FewTimes => {
            (Reason::FewPeriods, format!("{} periods of data, has {}", options.min_times, panel.times))
        }
        NotIdentified::FewTreated => {
            let has = treated(panel);
            let need = format!(
                "{} agents whose first session on this can be compared with others' waiting, of {has} with one",
                options.min_treated
            );
            (Reason::FewAgents, need)
        }
        NotIdentified::NothingToCompare => (
            Reason::FewAgents,
            "agents not yet coached on this to compare with, and periods before the sessions".into(),
        ),
    }
}

impl Kind {
    fn options(&self, metric: &Metric) -> EffectOptions {
        EffectOptions { sign: metric.better.sign(), events: 1..=self.after, ..EffectOptions::default() }
    }

    /// Outcomes by agent and period at equal mix of work, and when each agent was first coached on the metric.
    fn panel(&self, case: &Case<'_>, metric: &Metric, study: &Study) -> EffectPanel {
        let window = &study.window;
        let (units, times) = (window.panel.units, window.panel.times);
        let mut sums = vec![[0.0f64; 4]; units * times];
        for cell in &window.panel.cells {
            let sum = &mut sums[cell.unit as usize * times + cell.time as usize];
            let layer = &study.layers.strata.iter().find(|layer| layer.stratum == cell.stratum);
            let level = layer.map_or(0.0, |layer| layer.mean);
            sum[0] += cell.weight;
            sum[1] += cell.weight * (cell.mean - level);
            sum[2] += cell.n * study.layers.sigma2[cell.stratum as usize];
            sum[3] += cell.n;
        }
        let least = if metric.source == SourceId::Contacts { self.least_rows } else { 1.0 };
        let log_start = case.data.sessions.iter().map(|session| session.period).min().unwrap_or(window.from);
        let spells: Vec<(Period, Option<Period>)> =
            window.agents.iter().map(|&agent| self.spell(case, metric, agent, log_start)).collect();
        let entry = |place: usize| usize::try_from(spells[place / times].0.0 - window.from.0).unwrap_or(0);
        let usable = |(place, sum): (usize, &[f64; 4])| {
            sum[3] >= least && sum[0] > 0.0 && place % times >= entry(place)
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
            first: spells
                .iter()
                .map(|(entry, first)| first_of(*entry, *first, window.from, window.to))
                .collect(),
        }
    }

    /// When an agent may be looked at, and when its spell began. Both follow from the past alone: choosing
    /// agents by what happened to them later would keep those whose bad weeks came back.
    ///
    /// An agent enters once the quiet time after its last held session on the metric is over; what lies before
    /// the log is unknown, so the log's own start counts as such a session. The first session after entry begins
    /// the spell.
    fn spell(
        &self,
        case: &Case<'_>,
        metric: &Metric,
        agent: u32,
        log_start: Period,
    ) -> (Period, Option<Period>) {
        let (from, to) = case.span();
        let mut entry = log_start.shift(self.quiet);
        for session in case.data.sessions.iter().filter(|session| {
            session.agent == agent
                && session.period <= to
                && session.status == SessionStatus::Held
                && case.desk.moves(&session.focus, &metric.id)
        }) {
            if session.period >= entry.max(from) {
                return (entry.max(from), Some(session.period));
            }
            entry = entry.max(session.period.shift(self.quiet));
        }
        (entry.max(from), None)
    }
}

/// When the spell began, as a place in the window; an agent whose quiet time outlasts the window is left out.
fn first_of(entry: Period, first: Option<Period>, from: Period, to: Period) -> First {
    match first {
        Some(period) => First::At(usize::try_from(period.0 - from.0).unwrap_or(0)),
        None if entry > to => First::Unknown,
        None => First::Never,
    }
}

fn treated(panel: &EffectPanel) -> usize {
    panel.first.iter().filter(|first| matches!(first, First::At(_))).count()
}

/// Agents observed while not yet treated, once somebody else had been.
fn controls(panel: &EffectPanel) -> usize {
    let begins =
        panel.first.iter().filter_map(|first| if let First::At(at) = first { Some(*at) } else { None });
    let Some(earliest) = begins.min() else { return 0 };
    let waits = |first: &&First| match first {
        First::Never => true,
        First::At(at) => *at > earliest + 1,
        First::Unknown => false,
    };
    panel.first.iter().filter(waits).count()
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The estimate that does not lead.
fn other(assessment: &Assessment) -> Option<Estimate> {
    match assessment.headline? {
        effect::Headline::Imputation => assessment.staggered.as_ref().map(|fit| fit.att),
        effect::Headline::Staggered => assessment.imputation.as_ref().map(|fit| fit.att),
    }
}

fn row(study: &Study, panel: &EffectPanel, assessment: &Assessment) -> Row {
    let effect = assessment.effect.as_ref();
    let other = other(assessment).filter(|_| effect.is_some());
    let identity = assessment.identity.as_ref().filter(|_| effect.is_some());
    let of = |read: fn(&Identity) -> f64| Value::from(identity.map(read));
    let own = |read: fn(&Estimate) -> f64| Value::from(effect.map(read));
    let its = |read: fn(&Estimate) -> f64| Value::from(other.as_ref().map(read));
    let both = |read: fn(&Estimate) -> f64, pick: fn(f64, f64) -> f64| {
        Value::from(
            effect.map(|effect| other.as_ref().map_or(read(effect), |other| pick(read(effect), read(other)))),
        )
    };
    let fit = assessment.imputation.as_ref().filter(|_| effect.is_some());
    let values = vec![
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
        both(|e| e.low, f64::min),
        both(|e| e.high, f64::max),
        assessment
            .headline
            .filter(|_| effect.is_some())
            .map_or(Value::Null, |h| Value::from(headline_word(h))),
        own(Estimate::smallest_visible),
        count(treated(panel)).into(),
        count(controls(panel)).into(),
        effect.map_or(Value::Null, |_| assessment.indicative.into()),
        effect.map_or(Value::Null, |_| assessment.trend_before.into()),
        fit.and_then(|fit| fit.short).map(|e| e.estimate).into(),
        fit.and_then(|fit| fit.late).map(|e| e.estimate).into(),
        Value::from(conclusion_word(conclusion(assessment))),
    ];
    Row {
        item: None,
        n: study.window.n,
        agents: study.agents(),
        window: study.window.seen.unwrap_or((study.window.from, study.window.to)),
        values,
        q: Vec::new(),
    }
}

fn headline_word(headline: effect::Headline) -> &'static str {
    match headline {
        effect::Headline::Imputation => "imputation",
        effect::Headline::Staggered => "did",
    }
}

fn conclusion(assessment: &Assessment) -> Conclusion {
    match assessment.conclusion {
        effect::Conclusion::Harmful => Conclusion::Harmful,
        effect::Conclusion::DoesNotMove => Conclusion::DoesNotMove,
        effect::Conclusion::Small => Conclusion::Small,
        effect::Conclusion::Works => Conclusion::Works,
        effect::Conclusion::Unclear => Conclusion::Unclear,
        effect::Conclusion::NotIdentified => Conclusion::NotIdentified,
    }
}

fn conclusion_word(conclusion: Conclusion) -> &'static str {
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

fn fact(panel: &EffectPanel, assessment: &Assessment, depth: Depth) -> Option<Effect> {
    let effect = assessment.effect?;
    let identity = assessment.identity?;
    let other = other(assessment);
    let headline = match assessment.headline? {
        effect::Headline::Imputation => Headline::Imputation,
        effect::Headline::Staggered => Headline::Did,
    };
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
        conclusion: conclusion(assessment),
        agents: u32::try_from(effect.treated).unwrap_or(u32::MAX),
        controls: u32::try_from(controls(panel)).unwrap_or(u32::MAX),
        steps: if depth == Depth::Full { steps(assessment) } else { Vec::new() },
        pre_trend: assessment.trend_before,
    })
}

/// The headline's event study.
fn steps(assessment: &Assessment) -> Vec<EffectStep> {
    let events = match assessment.headline {
        Some(effect::Headline::Staggered) => assessment.staggered.as_ref().map(|fit| &fit.events),
        _ => assessment.imputation.as_ref().map(|fit| &fit.events),
    };
    let step = |event: &effect::Event| EffectStep {
        event: event.event,
        effect: event.effect.estimate,
        low: event.effect.low,
        high: event.effect.high,
    };
    events.into_iter().flatten().map(step).collect()
}

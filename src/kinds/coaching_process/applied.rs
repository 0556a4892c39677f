//! `coaching-applied`: was coaching on a metric given regularly, to enough agents, on the metric itself? Without
//! that, nothing can be said of what it does.

use std::sync::Arc;

use super::cadence::irregular;
use super::found::{LEVEL, ratio};
use super::view::{View, days_before};
use super::{Ask, unlogged};
use crate::kinds::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{Column, ColumnUnit as Unit, Key, Reason, Row, Session, Ty, Value, column, key, phrase};
use crate::stats::rates::{Ranged, median};

pub(in crate::kinds) static SPEC: Spec = Spec {
    name: "coaching-applied",
    doc: include_str!("../coaching_applied.md"),
    subject: Subject::Metric,
    stage: Stage::Data,
    columns: COLUMNS,
    parameters: PARAMETERS,
    items: None,
    p_values: &[],
    facts: &[],
    configure,
};

const COLUMNS: &[Column] = &[
    column(
        "dosed",
        Unit::Share,
        false,
        "Agents who got their minutes in each of the last blocks of four weeks.",
    ),
    column("dosed_low", Unit::Share, false, "Lower end of its 95 % range."),
    column("dosed_high", Unit::Share, false, "Upper end of its 95 % range."),
    column(
        "gap_cv",
        Unit::Plain,
        true,
        "How uneven the gaps between an agent's sessions are (median over agents).",
    ),
    column("gap_cv_low", Unit::Plain, true, "Lower end of its 95 % range."),
    column("gap_cv_high", Unit::Plain, true, "Upper end of its 95 % range."),
    column("linked", Unit::Share, true, "Sessions that name the metric, of those meant for it."),
    column("linked_low", Unit::Share, true, "Lower end of its 95 % range."),
    column("linked_high", Unit::Share, true, "Upper end of its 95 % range."),
    column("sessions", Unit::Count, false, "Held sessions meant for the metric."),
];

const PARAMETERS: &[Key] = &[
    key("minutes", Ty::Number, "30", "Minutes an agent must get in each block of four weeks."),
    key("weeks", Ty::Integer, "8", "Weeks over which that must hold, in blocks of four."),
];

/// Days of a block.
const BLOCK: i32 = 28;
/// Fewest agents at work, and fewest with enough sessions for the gaps.
const AGENTS: usize = 8;
const WITH_GAPS: usize = 5;

struct Kind {
    minutes: f64,
    blocks: i32,
    ask: Ask,
}

fn configure(given: &Given) -> Configured {
    let weeks = given.integer("weeks");
    if !(4..=52).contains(&weeks) {
        return Err(("weeks", "`weeks` lies between 4 and 52".into()));
    }
    Ok(Arc::new(Kind { minutes: given.number("minutes"), blocks: weeks / 4, ask: Ask::default() }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        let Some((_, metric)) = case.metric else { return Answer::default() };
        if let Some((reason, need)) = unlogged(case, &[&["minutes"]]) {
            return Answer::none(reason, need);
        }
        let view = View::new(*case, &self.ask);
        if days_before(view.span.end, self.blocks * BLOCK - 1) < view.span.start {
            return Answer::none(
                Reason::FewPeriods,
                phrase!("need-window-of-weeks", weeks = 4 * self.blocks),
            );
        }
        let least = usize::try_from((3 * case.window + 3) / 4).unwrap_or(1);
        let agents = view.active(view.span.from, view.span.to, least);
        if agents.len() < AGENTS {
            let need = phrase!("need-agents-at-work", least = AGENTS, has = agents.len());
            return Answer::none(Reason::FewAgents, need);
        }
        let meant = |s: &Session| s.is_held() && case.desk.moves(&s.focus, &metric.id);
        let dosed = agents.iter().filter(|agent| self.is_dosed(&view, **agent, &meant)).count();
        let gaps: Vec<f64> = agents.iter().filter_map(|agent| irregular(&view, *agent, &meant)).collect();
        let gaps = median(&gaps, LEVEL).filter(|_| gaps.len() >= WITH_GAPS);
        let sessions: Vec<&Session> = view.now().into_iter().filter(|s| meant(s)).collect();
        let linked = sessions.iter().filter(|s| case.desk.names(&s.focus, &metric.id)).count();
        let shown = [ratio(dosed, agents.len()), gaps, ratio(linked, sessions.len())];
        let mut values: Vec<Value> = shown.into_iter().flat_map(three).collect();
        values.push(crate::stats::float(sessions.len()).into());
        Answer {
            rows: vec![Row {
                item: None,
                n: sessions.len() as u64,
                agents: u32::try_from(agents.len()).unwrap_or(u32::MAX),
                window: (view.span.from, view.span.to),
                values,
                q: Vec::new(),
            }],
            ..Answer::default()
        }
    }
}

fn three(one: Option<Ranged>) -> [Value; 3] {
    [one.map(|r| r.estimate), one.map(|r| r.low), one.map(|r| r.high)].map(Value::from)
}

impl Kind {
    /// Whether every one of the last blocks has the minutes.
    fn is_dosed(&self, view: &View<'_>, agent: u32, meant: &dyn Fn(&Session) -> bool) -> bool {
        (0..self.blocks).all(|block| {
            let through = days_before(view.span.end, block * BLOCK);
            let after = days_before(through, BLOCK);
            let own = view.of(agent).iter().filter(|s| meant(s) && s.date > after && s.date <= through);
            own.filter_map(|s| s.minutes).sum::<f64>() >= self.minutes
        })
    }
}

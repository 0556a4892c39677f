//! `coaching-process`: is the coaching programme healthy? One kind, many measures; each is a small function of the
//! coaching log, and where the log lacks a column the measure says so instead of guessing.

pub(super) mod applied;
mod cadence;
mod cancelling;
mod found;
mod mixes;
mod outcomes;
mod people;
mod shares;
mod timing;
mod view;

use std::sync::Arc;

use super::{Answer, Case, Configured, Diagnose, Given, Spec, Stage, Subject};
use crate::model::{Key, Part, Phrase, Reason, Scope, SourceId, Ty, key, phrase};

use found::Found;
use mixes::Mix;
use shares::Share;
use view::View;

pub(super) static SPEC: Spec = Spec {
    name: "coaching-process",
    doc: include_str!("../coaching_process.md"),
    subject: Subject::Data,
    stage: Stage::Data,
    columns: found::COLUMNS,
    parameters: PARAMETERS,
    items: Some("team, focus, touchpoint, purpose or the measure's own parts"),
    // The measures ask different questions; their chances are no one family.
    p_values: &[],
    facts: &[],
    configure,
};

const NAMES: &[&str] = &names();

const PARAMETERS: &[Key] = &[
    key("measure", Ty::Choice(NAMES), "!", "What is measured; the table below lists them."),
    key(
        "by",
        Ty::Choice(&["team", "focus", "touchpoint", "purpose", "contact-type"]),
        "\"team\"",
        "What the rows with items are about, unless the measure has parts of its own.",
    ),
    key("least-sessions", Ty::Integer, "20", "Sessions below which nothing is said."),
    key("days", Ty::Integer, "28", "`coverage` and `cadence`: days without a session that are too many."),
    key(
        "working-days",
        Ty::Integer,
        "5",
        "`rescheduled` and `support-kept`: working days in which it must be done.",
    ),
    key(
        "sign",
        Ty::Choice(&["acknowledgement", "no-show", "absence", "leaving"]),
        "\"acknowledgement\"",
        "`disengagement`: the sign that is compared.",
    ),
    key("cost-of-hour", Ty::Number, "0", "`investment`, `evaluation-hours`: cost of an hour; 0 = not said."),
    key("evaluation-minutes", Ty::Number, "0", "`evaluation-hours`: minutes one evaluation takes."),
];

/// A measure's place in the table.
struct Measure {
    name: &'static str,
    /// Columns without which it was never measured; of a group one is enough.
    needs: &'static [&'static [&'static str]],
    /// Off until the client lists it under `privacy.sensitive`.
    reserved: Option<&'static str>,
    how: How,
}

type Missing = (Reason, Phrase);

enum How {
    Share(Share),
    Mix(Mix),
    Rows(fn(&View<'_>) -> Vec<Found>),
    Try(fn(&View<'_>) -> Result<Vec<Found>, Missing>),
}

const fn measure(name: &'static str, needs: &'static [&'static [&'static str]], how: How) -> Measure {
    Measure { name, needs, reserved: None, how }
}

const fn reserved(
    name: &'static str,
    needs: &'static [&'static [&'static str]],
    sensitive: &'static str,
    how: How,
) -> Measure {
    Measure { name, needs, reserved: Some(sensitive), how }
}

const MEASURES: &[Measure] = &[
    measure("evidence-linked", &[&["linked-contact", "focus"]], How::Share(shares::LINKED)),
    measure("activity-only", &[&["focus", "follow-up-due"]], How::Share(shares::ACTIVITY_ONLY)),
    measure("measurable", &[&["focus"]], How::Rows(mixes::measurable)),
    measure("purpose-mix", &[&["purpose"]], How::Mix(mixes::PURPOSES)),
    measure("trigger-mix", &[&["trigger"]], How::Mix(mixes::TRIGGERS)),
    measure("focus-mix", &[&["focus"]], How::Mix(mixes::FOCUSES)),
    measure("follow-up-set", &[&["follow-up-due"]], How::Share(shares::FOLLOW_UP_SET)),
    measure("follow-up-done", &[&["follow-up-due"], &["follow-up-done"]], How::Share(shares::FOLLOW_UP_DONE)),
    measure(
        "follow-up-on-time",
        &[&["follow-up-due"], &["follow-up-done"]],
        How::Share(shares::FOLLOW_UP_ON_TIME),
    ),
    measure("investment", &[&["minutes"]], How::Rows(mixes::investment)),
    measure("evaluation-hours", &[], How::Try(mixes::evaluation_hours)),
    measure("reactive", &[], How::Try(timing::reactive)),
    measure("planned", &[], How::Try(timing::planned)),
    measure("leading", &[&["focus"]], How::Try(timing::leading)),
    measure("month-end", &[], How::Try(timing::month_end)),
    measure("on-quota", &[&["coach"]], How::Try(timing::on_quota)),
    measure("trained", &[&["coach-trained"]], How::Share(shares::TRAINED)),
    measure("coverage", &[], How::Rows(cadence::coverage)),
    measure("cadence", &[], How::Try(cadence::cadence)),
    measure("dose-spread", &[&["coach"], &["minutes"]], How::Try(cadence::dose_spread)),
    measure("continuity", &[&["coach"]], How::Try(cadence::continuity)),
    measure("one-script", &[&["coach"], &["focus"]], How::Try(cadence::one_script)),
    measure("supportive", &[&["kind"]], How::Share(shares::SUPPORTIVE)),
    measure("acknowledged", &[&["ack-at"]], How::Rows(shares::acknowledged)),
    measure("cancelled", &[&["status"]], How::Rows(cancelling::cancelled)),
    measure("rescheduled", &[&["status"]], How::Rows(cancelling::rescheduled)),
    measure("held-after-cancellation", &[&["status"]], How::Try(cancelling::held_after_cancellation)),
    measure("cancelled-under-load", &[&["status"]], How::Try(cancelling::under_load)),
    measure("cancel-reasons", &[&["status"], &["reason"]], How::Mix(mixes::REASONS)),
    measure("cancelled-by", &[&["status"], &["cancelled-by"]], How::Mix(mixes::CANCELLED_BY)),
    measure("protected", &[&["status"], &["planned-at"]], How::Share(shares::PROTECTED)),
    measure("touchpoint-mix", &[&["touchpoint"]], How::Rows(mixes::touchpoints)),
    measure("one-to-one", &[&["group"]], How::Rows(mixes::one_to_one)),
    measure("prompts-answered", &[&["prompt"], &["answer"]], How::Rows(mixes::prompts)),
    measure("stuck-themes", &[&["stuck"]], How::Rows(mixes::stuck)),
    measure("commitment-set", &[&["commitment"]], How::Share(shares::COMMITMENT_SET)),
    measure("commitment-met", &[&["commitment-met"]], How::Share(shares::COMMITMENT_MET)),
    measure("support-kept", &[&["support-asked"], &["support-done"]], How::Rows(shares::support_kept)),
    measure("asked-by-agent", &[&["asked-by"]], How::Share(shares::ASKED_BY_AGENT)),
    measure("agenda-by-agent", &[&["agenda-by"]], How::Share(shares::AGENDA_BY_AGENT)),
    measure("development", &[&["development"]], How::Share(shares::DEVELOPMENT)),
    measure("own-evaluations", &[&["coach"]], How::Try(people::own_evaluations)),
    measure("ideas", &[&["idea"]], How::Try(people::ideas)),
    reserved("pulse", &[&["pulse"]], "pulse", How::Try(people::pulse)),
    reserved("trust", &[&["trust"]], "pulse", How::Try(people::trust)),
    reserved("belonging", &[&["belonging"]], "pulse", How::Try(people::belonging)),
    reserved("disengagement", &[], "disengagement", How::Try(people::disengagement)),
    reserved("growth", &[&["development"]], "leaving", How::Try(people::growth)),
];

/// The table's names, for the parameter's choice.
const fn names() -> [&'static str; MEASURES.len()] {
    let mut all = [""; MEASURES.len()];
    let mut at = 0;
    while at < MEASURES.len() {
        all[at] = MEASURES[at].name;
        at += 1;
    }
    all
}

/// What a rule asks.
#[derive(Default)]
struct Ask {
    by: String,
    least: usize,
    days: i32,
    working_days: i32,
    sign: String,
    cost: f64,
    evaluation_minutes: f64,
}

struct Kind {
    measure: &'static Measure,
    ask: Ask,
}

fn configure(given: &Given) -> Configured {
    let name = given.text("measure");
    let Some(measure) = MEASURES.iter().find(|measure| measure.name == name) else {
        return Err(("measure", format!("no measure is called `{name}`")));
    };
    for name in ["days", "working-days", "least-sessions"] {
        if !(1..=1000).contains(&given.integer(name)) {
            return Err((name, format!("`{name}` lies between 1 and 1000")));
        }
    }
    let ask = Ask {
        by: given.text("by").to_owned(),
        least: usize::try_from(given.integer("least-sessions")).unwrap_or(20),
        days: given.integer("days"),
        working_days: given.integer("working-days"),
        sign: given.text("sign").to_owned(),
        cost: given.number("cost-of-hour"),
        evaluation_minutes: given.number("evaluation-minutes"),
    };
    Ok(Arc::new(Kind { measure, ask }))
}

impl Diagnose for Kind {
    fn answer(&self, case: &Case<'_>) -> Answer {
        if let Some((reason, need)) = self.unasked(case) {
            return Answer::none(reason, need);
        }
        let view = View::new(*case, &self.ask);
        let sessions = view.now().len();
        if sessions < self.ask.least {
            let need = phrase!("need-sessions-in-window", least = self.ask.least, has = sessions);
            return Answer::none(Reason::NoSessions, need);
        }
        let found = match &self.measure.how {
            How::Share(share) => share.find(&view),
            How::Mix(mix) => mix.find(&view),
            How::Rows(find) => find(&view),
            How::Try(find) => match find(&view) {
                Ok(found) => found,
                Err((reason, need)) => return Answer::none(reason, need),
            },
        };
        self.judged(&view, found)
    }
}

impl Kind {
    /// What keeps the measure from being asked at all.
    fn unasked(&self, case: &Case<'_>) -> Option<Missing> {
        if let Some(missing) = unlogged(case, self.measure.needs) {
            return Some(missing);
        }
        if let Some(list) = self.listed().filter(|list| !case.desk.lists(list)) {
            let need = phrase!("need-sensitive", list);
            return Some((Reason::NoSource, need));
        }
        if self.measure.reserved.is_some() && *case.scope != Scope::Operation {
            return Some((Reason::FewAgents, phrase!("need-whole-operation")));
        }
        None
    }

    /// The word that must be listed; absence and leaving are listed by their own.
    fn listed(&self) -> Option<&str> {
        let own = self.measure.reserved?;
        let sign = self.ask.sign.as_str();
        Some(if own == "disengagement" && matches!(sign, "absence" | "leaving") { sign } else { own })
    }

    /// Rows, or that there is too little of what the measure is a share of.
    fn judged(&self, view: &View<'_>, found: Vec<Found>) -> Answer {
        let of_people = matches!(self.measure.name, "coverage" | "cadence" | "touchpoint-mix");
        let empty = found.first().is_none_or(|whole| whole.value.is_none() && whole.amount.is_none());
        let few = found.first().is_some_and(|whole| {
            whole.value.is_some() && whole.amount.is_none() && whole.of < self.ask.least && !of_people
        });
        if empty || few {
            let has = found.first().map_or(0, |whole| whole.of);
            let need = phrase!("need-sessions-that-count", least = self.ask.least, has);
            return Answer::none(Reason::NoSessions, need);
        }
        Answer { rows: found.into_iter().map(|one| one.row(&view.span)).collect(), ..Answer::default() }
    }
}

/// What the log lacks: it as a whole, a part of it that is asked about, or a column.
pub(super) fn unlogged(case: &Case<'_>, needs: &[&[&str]]) -> Option<Missing> {
    if case.data.sessions.is_empty() {
        let known = case.data.quality.sources.iter().any(|source| source.source == SourceId::Coaching);
        let reason = if known { Reason::NoSessions } else { Reason::NoSource };
        return Some((reason, phrase!("need-sessions")));
    }
    if let Scope::Segment { dimension, .. } = case.scope {
        return Some((Reason::NoColumn, phrase!("need-column-of-log", column = dimension)));
    }
    if !case.filter.segments.is_empty() {
        return Some((Reason::NoColumn, phrase!("need-segment-of-log")));
    }
    let columns = &case.data.coaching_columns;
    let has = |column: &&&str| columns.contains(&column.replace('-', "_"));
    let missing = needs.iter().find(|group| !group.iter().any(|column| has(&column)))?;
    let columns = Part::Any(Part::keys(missing.iter().copied()));
    Some((Reason::NoColumn, phrase!("need-columns-of-log", columns)))
}

/// How well coaching is done over a case's window: each share the log has, by name.
pub(super) fn health(case: &Case<'_>) -> Vec<(&'static str, f64)> {
    let ask = Ask { days: 28, least: 20, ..Ask::default() };
    let view = View::new(*case, &ask);
    let has = |column: &str| view.has(column);
    let mut all = Vec::new();
    let mut add = |name: &'static str, found: Vec<Found>| {
        let whole = found.into_iter().next().and_then(|whole| whole.value);
        all.extend(whole.map(|value| (name, value.estimate)));
    };
    add("coverage", cadence::coverage(&view));
    if has("linked-contact") || has("focus") {
        add("linked", shares::LINKED.find(&view));
    }
    if has("coach-trained") {
        add("trained", shares::TRAINED.find(&view));
    }
    if has("planned-at") && has("status") {
        add("protected", shares::PROTECTED.find(&view));
    }
    all
}

#[cfg(test)]
mod tests;

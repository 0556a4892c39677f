//! Words of the log that are somebody's name. Where a log says who cancelled a session or what an agent is stuck
//! on, some write a person instead of a role; no report may pass that on.

use std::collections::BTreeSet;

use super::people::{People, normal};
use crate::cube::Data;
use crate::model::{EVALUATOR, Session};

/// What stands where a person was named; [`SessionDetail`](crate::model::SessionDetail) spells words so.
const SOMEBODY: &str = "a-person";

/// Puts [`SOMEBODY`] in the place of every word that is the name of an agent, a coach or an evaluator.
pub(super) fn forget_names(data: &mut Data, people: &People) {
    let coaches = data.sessions.iter().filter_map(|session| session.coach.as_deref());
    let evaluators = data.segments.iter().filter(|(name, _)| name == EVALUATOR).flat_map(|(_, all)| all);
    let others = coaches.chain(evaluators.map(String::as_str));
    let names: BTreeSet<String> =
        others.map(key).chain(people.names().map(key)).filter(|name| !name.is_empty()).collect();
    let forget = |word: &mut String| {
        if names.contains(&key(word)) {
            SOMEBODY.clone_into(word);
        }
    };
    for session in &mut data.sessions {
        words(session).for_each(forget);
    }
    for change in &mut data.changes {
        change.owner.iter_mut().chain([&mut change.what]).for_each(forget);
    }
}

/// The words of a session that a report may count.
fn words(session: &mut Session) -> impl Iterator<Item = &mut String> {
    let detail = &mut session.detail;
    let single = [
        &mut detail.kind,
        &mut detail.purpose,
        &mut detail.reason,
        &mut detail.cancelled_by,
        &mut detail.trigger,
        &mut detail.asked_by,
        &mut detail.agenda_by,
        &mut session.touchpoint,
    ];
    let lists = [&mut session.focus, &mut detail.stuck, &mut detail.prompts, &mut detail.answered];
    single.into_iter().flatten().chain(lists.into_iter().flatten())
}

/// A name as words are compared: without case, accents and what stands between its parts.
fn key(name: &str) -> String {
    normal(&name.replace(['-', '_'], " "))
}

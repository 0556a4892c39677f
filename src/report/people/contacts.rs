//! Contacts to follow from end to end, where the operation decides a result: at most two an agent, of enough agents,
//! and in the order of a hash, so that a list says nothing about who took them.

use std::collections::{BTreeMap, BTreeSet};

use crate::cube::{DRAWN, Data, Sample};
use crate::model::{Better, Scope, Verdict, VerdictId};
use crate::report::context::ContactsView;
use crate::report::view::View;
use crate::words;

/// Contacts of one agent in a list.
const OF_AN_AGENT: u32 = 2;
const LONGEST_ID: usize = 80;

/// A list for each contact type that carries a structural gap of the operation, or one for all where none does.
pub(super) fn views(view: View<'_>, data: &Data, samples: &[Sample]) -> Vec<ContactsView> {
    let decided =
        |verdict: &&Verdict| verdict.verdict == VerdictId::Structural && verdict.scope == Scope::Operation;
    view.story
        .now
        .verdicts
        .iter()
        .filter(decided)
        .flat_map(|one| of_verdict(view, data, samples, one))
        .collect()
}

fn of_verdict(view: View<'_>, data: &Data, samples: &[Sample], verdict: &Verdict) -> Vec<ContactsView> {
    let found = view.frame.metrics.iter().enumerate().find(|(_, metric)| metric.id == verdict.metric);
    let Some((index, metric)) = found else { return Vec::new() };
    let period = view.story.now.period.shift(-metric.matures_periods);
    let missed = |one: &&Sample| {
        let of_it = one.period == period.0 && one.metric == index;
        of_it && one.counted.is_none_or(|counted| counted == (metric.better == Better::Lower))
    };
    let missed: Vec<&Sample> = samples.iter().filter(missed).collect();
    let calendar = &view.frame.calendar;
    let list = |name: &str| {
        let named =
            |one: &Sample| data.contact_types.get(one.contact_type as usize).is_some_and(|t| t == name);
        let own = missed.iter().copied().filter(|one| name.is_empty() || named(one));
        Some(ContactsView {
            metric: view.frame.label(&metric.id),
            contact_type: words::shortened(name),
            days: words::days(calendar.start(period), calendar.end(period), view.locale()),
            ids: ids(own, view.frame.min_group)?,
        })
    };
    match verdict.contact_types.as_slice() {
        [] => list("").into_iter().collect(),
        types => types.iter().filter_map(|name| list(name)).collect(),
    }
}

/// The ids of a list; none where too few agents took such contacts.
fn ids<'s>(samples: impl Iterator<Item = &'s Sample>, min_group: u32) -> Option<Vec<String>> {
    let mut samples: Vec<&Sample> = samples.collect();
    samples.sort_by(|a, b| (a.hash, &a.id, a.agent).cmp(&(b.hash, &b.id, b.agent)));
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut ids = Vec::new();
    for sample in samples.into_iter().filter(|sample| is_id(&sample.id)) {
        let own = taken.get(&sample.agent).copied().unwrap_or(0);
        if ids.len() == DRAWN || own == OF_AN_AGENT || !seen.insert(&sample.id) {
            continue;
        }
        taken.insert(sample.agent, own + 1);
        ids.push(words::shortened_to(&sample.id, LONGEST_ID));
    }
    (taken.len() >= usize::try_from(min_group).unwrap_or(usize::MAX)).then_some(ids)
}

/// An address of somebody is no number of a contact.
fn is_id(text: &str) -> bool {
    !text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(hash: u64, id: &str, agent: u32) -> Sample {
        Sample { period: 0, contact_type: 0, metric: 0, counted: None, hash, id: id.into(), agent }
    }

    #[test]
    fn a_list_has_two_contacts_an_agent_at_most_and_enough_agents() {
        let many: Vec<Sample> =
            (0..40).map(|k| sample(k, &format!("c{k}"), u32::try_from(k / 4).unwrap())).collect();
        let ids = |min_group| ids(many.iter(), min_group);
        let expected: Vec<String> =
            (0..10).flat_map(|agent| [4 * agent, 4 * agent + 1]).map(|k| format!("c{k}")).collect();
        assert_eq!(ids(8), Some(expected));
        assert_eq!(ids(11), None);
    }

    #[test]
    fn a_contact_of_two_agents_is_listed_once_and_an_address_never() {
        let of_two = [sample(1, "x", 0), sample(1, "x", 1), sample(2, "y", 1), sample(3, "a@b.c", 2)];
        assert_eq!(ids(of_two.iter(), 2), Some(vec!["x".to_owned(), "y".to_owned()]));
    }
}

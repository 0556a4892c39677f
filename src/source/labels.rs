//! The raw values of the columns that rows are grouped or mapped by, with their volumes and what the value map made
//! of each. Columns of people are never among them.

use std::collections::BTreeMap;

use super::cell::Cleaner;
use super::cells::FIXED;
use super::cubes::Reduced;
use super::small::Small;
use crate::config::{Plan, SourcePlan, ValueMap};
use crate::cube::{Status, matches};
use crate::model::{Meant, RawColumn, RawValue, SourceId};

/// What a column of people is called, without its ending.
const PEOPLE: [&str; 19] = [
    "agent",
    "advisor",
    "caller",
    "coach",
    "customer",
    "email",
    "employee",
    "evaluator",
    "leader",
    "login",
    "manager",
    "mitarbeiter",
    "name",
    "owner",
    "reviewer",
    "supervisor",
    "teamleader",
    "teamlead",
    "user",
];

/// Endings beside which a column is still of people.
const ENDINGS: [&str; 7] = ["name", "id", "email", "login", "code", "key", "number"];

/// Small tables' columns whose values mean something even without a map.
const READ_WORDS: [&str; 6] = ["status", "focus", "contact_type", "team", "metric", "state"];

/// Whether a column is called what columns of people are called, as in `Coach Name`: its values are never told.
pub fn names_people(column: &str) -> bool {
    let plain: String = column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let is_word = |text: &str| PEOPLE.contains(&text);
    is_word(&plain) || ENDINGS.iter().any(|ending| plain.strip_suffix(ending).is_some_and(is_word))
}

/// Gathers values of one column.
struct Gathering<'a> {
    map: Option<&'a ValueMap>,
    /// Agents are told apart up to so many.
    enough: usize,
    /// By cleaned text: rows and agents.
    values: BTreeMap<String, (u64, Vec<i64>)>,
}

impl<'a> Gathering<'a> {
    fn new(plan: &Plan, source: &'a SourcePlan, column: &str) -> Self {
        let enough = usize::try_from(plan.privacy.min_group).unwrap_or(usize::MAX);
        Self { map: source.values.get(column), enough, values: BTreeMap::new() }
    }

    fn see(&mut self, text: &str, rows: u64, agents: &[i64]) {
        if !self.values.contains_key(text) {
            self.values.insert(text.to_owned(), (0, Vec::new()));
        }
        let Some((all, known)) = self.values.get_mut(text) else { return };
        *all += rows;
        for agent in agents {
            if known.len() < self.enough && !known.contains(agent) {
                known.push(*agent);
            }
        }
    }

    fn column(self, source: SourceId, column: &str) -> RawColumn {
        let patterns = self.map.map_or(&[][..], |map| &map.patterns);
        let otherwise = self.map.and_then(|map| map.otherwise.as_ref());
        let mut idle = vec![true; patterns.len()];
        let mut values = Vec::new();
        for (text, (rows, agents)) in self.values {
            let lower = text.to_lowercase();
            let first = patterns.iter().position(|(pattern, _)| matches(pattern, &lower));
            let meant = match (first, otherwise) {
                (Some(at), _) => {
                    idle[at] = false;
                    Meant::Mapped(patterns[at].1.clone())
                }
                (None, Some(other)) => Meant::Otherwise(other.clone()),
                (None, None) => Meant::Itself,
            };
            let agents = u32::try_from(agents.len()).unwrap_or(u32::MAX);
            values.push(RawValue { text, meant, rows, agents });
        }
        let idle = (0..patterns.len()).filter(|at| idle[*at]).collect();
        RawColumn { source, column: column.to_owned(), is_mapped: self.map.is_some(), values, idle }
    }
}

/// Team, contact type and segments of a source with metrics.
pub(super) fn of_cells(plan: &Plan, one: &Reduced<'_>) -> Vec<RawColumn> {
    let segments = one.source.segments.iter().map(String::as_str);
    let names = ["agent", "team", "contact-type"].into_iter().chain(segments);
    let labels = one.reduction.labels();
    let is_open = |header: Option<&str>| header.is_some_and(|header| !names_people(header));
    let told = names.enumerate().filter(|(at, name)| is_open(labels[*at].1) && !names_people(name));
    told.map(|(at, name)| of_label(plan, one, at, name)).collect()
}

fn of_label(plan: &Plan, one: &Reduced<'_>, at: usize, name: &str) -> RawColumn {
    let column = name.replace('-', "_");
    let texts = &one.cells.labels[at].texts;
    let mut rows = vec![(0u64, Vec::<i64>::new()); texts.len()];
    let enough = usize::try_from(plan.privacy.min_group).unwrap_or(usize::MAX);
    for cell in (0..one.cells.len()).filter(|cell| one.cells.key(*cell)[0] == Status::Used as i32) {
        let key = one.cells.key(cell);
        let Ok(place) = usize::try_from(key[FIXED + at]) else { continue };
        let (all, agents) = &mut rows[place];
        *all += one.cells.sum(0, cell).unsigned_abs();
        let agent = i64::from(key[FIXED]);
        if agents.len() < enough && !agents.contains(&agent) {
            agents.push(agent);
        }
    }
    let cleaner = Cleaner::new(&one.source.text);
    let mut gathering = Gathering::new(plan, one.source, &column);
    for (text, (rows, agents)) in texts.iter().zip(&rows).filter(|(_, (rows, _))| *rows > 0) {
        if let Some(text) = cleaner.text(text) {
            gathering.see(text, *rows, agents);
        }
    }
    gathering.column(one.source.id, name)
}

/// Mapped columns of a small table, and those whose words are read.
pub(super) fn of_records(plan: &Plan, table: &Small<'_>) -> Vec<RawColumn> {
    let source = table.job.source;
    let told = |name: &&String| {
        let is_read = source.values.contains_key(*name) || READ_WORDS.contains(&name.as_str());
        let headers = source.columns.get(*name).into_iter().flat_map(|column| &column.raw);
        is_read && !names_people(name) && !headers.into_iter().any(|header| names_people(header))
    };
    table.has.iter().filter(told).map(|name| of_field(plan, table, name)).collect()
}

fn of_field(plan: &Plan, table: &Small<'_>, name: &str) -> RawColumn {
    let source = table.job.source;
    let mut gathering = Gathering::new(plan, source, name);
    let is_list = match source.id {
        SourceId::Coaching => ["focus", "prompt", "stuck", "answer"].contains(&name),
        SourceId::Changes => ["contact_type", "team", "metric"].contains(&name),
        _ => false,
    };
    let mut people: BTreeMap<&str, i64> = BTreeMap::new();
    for record in &table.records {
        let next = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let agent = record.field("agent").map(|agent| *people.entry(agent).or_insert(next));
        let texts = if is_list { record.list(name) } else { record.field(name).into_iter().collect() };
        for text in texts {
            gathering.see(text, 1, agent.as_slice());
        }
    }
    gathering.column(source.id, &name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::names_people;

    #[test]
    fn columns_of_people_are_known_by_what_they_are_called() {
        for column in
            ["agent", "Agent ID", "coach_name", "Coach Email", "supervisor", "Name", "evaluator", "user-id"]
        {
            assert!(names_people(column), "{column}");
        }
        for column in
            ["AGENT GROUP", "Coaching focus", "Queue Name", "team", "coach-trained", "site", "Contact ID"]
        {
            assert!(!names_people(column), "{column}");
        }
    }
}

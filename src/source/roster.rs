//! The roster: who was in which team when.

use chrono::NaiveDate;

use super::people::People;
use super::records::{Record, date};
use super::reduce::Job;

/// Lines of the roster with people normalised.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// Normalised person.
    pub(super) person: String,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
    pub(super) team: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
}

impl Roster {
    /// `fields` are all the columns but who, when and the team.
    pub(super) fn new(job: &Job<'_>, records: &[Record], people: &People) -> Self {
        let line = |record: &Record| {
            let is_own = |name: &str| !matches!(name, "agent" | "from" | "to" | "team");
            let attributes = record.fields.iter().filter(|(name, _)| is_own(name));
            Some(Line {
                person: people.person(record.field("agent")?),
                from: date(job, record, "from"),
                to: date(job, record, "to"),
                team: record.field("team").map(|team| job.canonical("team", team)),
                attributes: attributes
                    .map(|(name, value)| (name.clone(), attribute(job, record, name, value)))
                    .collect(),
            })
        };
        let mut lines: Vec<Line> = records.iter().filter_map(line).collect();
        lines.sort();
        lines.dedup();
        Self { lines }
    }

    /// The team on a day; of several lines the one that began last.
    pub(super) fn team(&self, person: &str, day: NaiveDate) -> Option<String> {
        let start = self.lines.partition_point(|line| line.person.as_str() < person);
        let own = self.lines[start..].iter().take_while(|line| line.person == person);
        let valid =
            own.filter(|line| line.from.is_none_or(|from| from <= day) && line.to.is_none_or(|to| day <= to));
        valid
            .filter(|line| line.team.is_some())
            .max_by_key(|line| line.from)
            .and_then(|line| line.team.clone())
    }
}

/// Dates are written `2026-11-30` whatever the file's format; the rest is as the value map has it.
fn attribute(job: &Job<'_>, record: &Record, name: &str, value: &str) -> String {
    let day = if name.ends_with("_on") { date(job, record, name) } else { None };
    day.map_or_else(|| job.canonical(name, value), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(person: &str, from: Option<&str>, to: Option<&str>, team: &str) -> Line {
        let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        Line {
            person: person.into(),
            from: day(from),
            to: day(to),
            team: Some(team.into()),
            attributes: vec![],
        }
    }

    #[test]
    fn the_team_is_the_one_in_force_on_the_day() {
        let mut lines = vec![
            line("ann", None, Some("2026-03-31"), "A"),
            line("ann", Some("2026-04-01"), None, "B"),
            line("ann", Some("2026-05-01"), None, "C"),
            line("bob", None, None, "A"),
        ];
        lines.sort();
        let roster = Roster { lines };
        let team = |person, day: &str| roster.team(person, day.parse().unwrap());
        assert_eq!(team("ann", "2026-03-31").as_deref(), Some("A"));
        assert_eq!(team("ann", "2026-04-01").as_deref(), Some("B"));
        assert_eq!(team("ann", "2026-06-01").as_deref(), Some("C"), "of two the later one");
        assert_eq!(team("cid", "2026-06-01"), None);
    }
}

//! Contacts that nobody handled: rows without an agent, or with several columns empty at once, and the column that
//! says so, if there is one.

use std::collections::BTreeMap;

use super::columns::Mapped;
use super::words::{Said, Words};
use crate::source::sample::{Column, Shape, Table};
use crate::words::whole;

/// Share of rows a column must agree on to be the one that says so.
const AGREE: f64 = 0.97;
/// Rows without an agent that are worth a filter; fewer are refused one by one and counted.
const LEAST: f64 = 0.005;
/// Values of a column that may say so.
const MOST_VALUES: usize = 12;

/// Rows that somebody handled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Handled {
    /// The header that says so, and its values of handled contacts; none: rows without an agent.
    pub(super) says: Option<(String, Vec<String>)>,
    /// Share of rows that nobody handled, 0 to 1.
    pub(super) nobody: f64,
    /// What is empty in them.
    pub(super) empty: Vec<String>,
}

/// What tells handled contacts from others; none where all were handled, as far as can be seen.
pub(super) fn find(table: &Table, mapped: &Mapped, agent: &Column, words: &Words) -> Option<Handled> {
    let by_agent = agent.empty_share() >= LEAST;
    let (pattern, empty) = if by_agent {
        let pattern = (0..table.seen).map(|row| agent.value(row).is_some()).collect();
        (pattern, vec![agent.header.clone()])
    } else {
        empty_together(table)?
    };
    let nobody = share(&pattern, false);
    let candidates = table.columns.iter().filter(|column| may_say(column, mapped));
    let agreeing = candidates.filter_map(|column| {
        let (values, agreement) = agreement(column, &pattern)?;
        (agreement >= AGREE).then_some((agreement, column, values))
    });
    let best = agreeing.max_by(|x, y| x.0.total_cmp(&y.0).then(std::cmp::Ordering::Greater));
    let says = best.map(|(_, column, values)| (column.header.clone(), values));
    let is_sure = by_agent || says.as_ref().is_some_and(|says| is_about_handling(says, &empty, words));
    is_sure.then_some(Handled { says, nobody, empty })
}

/// Columns may be empty together for another reason: nobody answered the survey. It must be a length of time that is
/// missing, or the words must say so.
fn is_about_handling((header, values): &(String, Vec<String>), empty: &[String], words: &Words) -> bool {
    let says = |text: &String| Said::of(text).says_any(&words.values.handled);
    let lengths = &words.lengths;
    let is_length = |header: &String| {
        let said = Said::of(header);
        [&lengths.handle, &lengths.talk, &lengths.acw, &lengths.whole]
            .into_iter()
            .any(|phrases| said.says_any(phrases))
    };
    says(header) || values.iter().any(says) || empty.iter().any(is_length)
}

/// At least two columns that are empty in the same rows, a fair part of all.
fn empty_together(table: &Table) -> Option<(Vec<bool>, Vec<String>)> {
    let mut patterns: BTreeMap<Vec<bool>, Vec<String>> = BTreeMap::new();
    for column in &table.columns {
        if (0.01..0.9).contains(&column.empty_share()) {
            let pattern = (0..table.seen).map(|row| column.value(row).is_some()).collect();
            patterns.entry(pattern).or_default().push(column.header.clone());
        }
    }
    patterns.into_iter().filter(|(_, headers)| headers.len() >= 2).max_by_key(|(_, headers)| headers.len())
}

fn share(pattern: &[bool], which: bool) -> f64 {
    let rows = pattern.iter().filter(|handled| **handled == which).count();
    whole(rows as u64) / whole(pattern.len().max(1) as u64)
}

fn may_say(column: &Column, mapped: &Mapped) -> bool {
    let is_other = mapped.iter().any(|(name, headers)| *name != "status" && headers.contains(&column.header));
    let is_short =
        matches!(column.shape, Shape::Flag(_) | Shape::Category) && column.distinct() <= MOST_VALUES;
    is_short && !is_other && column.distinct() >= 2 && column.empty_share() < 0.01
}

/// The values whose rows are mostly handled, and the share of all rows this gets right.
fn agreement(column: &Column, pattern: &[bool]) -> Option<(Vec<String>, f64)> {
    let mut rows: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (row, handled) in pattern.iter().enumerate() {
        let count = rows.entry(column.value(row).unwrap_or_default()).or_default();
        if *handled { count.0 += 1 } else { count.1 += 1 }
    }
    let right: u64 = rows.values().map(|(yes, no)| yes.max(no)).sum();
    let values: Vec<String> =
        rows.iter().filter(|(_, (yes, no))| yes > no).map(|(value, _)| (*value).to_owned()).collect();
    let tells = !values.is_empty() && values.len() < rows.len() && !values.iter().any(String::is_empty);
    tells.then(|| (values, whole(right) / whole(pattern.len().max(1) as u64)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::sample;

    fn found(text: &str) -> Option<Handled> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.csv");
        std::fs::write(&path, text).unwrap();
        let tables = sample::look(&[path]).tables;
        let words = Words::shipped().unwrap();
        let agent = tables[0].column("agent").unwrap();
        let mapped = Mapped::from([("agent", vec!["agent".to_owned()])]);
        find(&tables[0], &mapped, agent, &words)
    }

    fn table(header: &str, handled: &str, other: &str) -> String {
        let mut text = format!("{header}\n");
        for row in 0..60 {
            text.push_str(if row % 3 == 0 { other } else { handled });
            text.push('\n');
        }
        text
    }

    #[test]
    fn rows_without_an_agent_are_told_by_the_column_that_says_so() {
        let one = found(&table("agent,outcome,talk", "ann,AGENT,5", ",HANG,0")).unwrap();
        assert_eq!(one.says, Some(("outcome".to_owned(), vec!["AGENT".to_owned()])));
        let none = found(&table("agent,topic,talk", "ann,x,5", ",x,0")).unwrap();
        assert_eq!((none.says, none.empty), (None, vec!["agent".to_owned()]));
    }

    #[test]
    fn lengths_that_are_missing_together_are_calls_that_nobody_took() {
        let one = found(&table("agent,Answered,talk time,hold time", "ann,Y,5,1", "ann,N,,")).unwrap();
        assert_eq!(one.says, Some(("Answered".to_owned(), vec!["Y".to_owned()])));
        assert!((one.nobody - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_survey_nobody_answered_is_no_contact_that_nobody_took() {
        assert_eq!(found(&table("agent,survey,csat,comment", "ann,Y,5,fine", "ann,N,,")), None);
    }

    #[test]
    fn where_everybody_has_an_agent_nothing_is_filtered() {
        assert_eq!(found(&table("agent,topic", "ann,x", "bob,y")), None);
    }
}

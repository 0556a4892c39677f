use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::calendar::{Calendar, Grain};
use crate::cube::Data;
use crate::kinds::{Depth, Desk, Filter};
use crate::model::{Session, SessionDetail, SessionStatus};

#[test]
fn every_measure_is_named_once_and_explained_in_the_table_of_the_page() {
    let names: BTreeSet<&str> = NAMES.iter().copied().collect();
    assert_eq!(names.len(), MEASURES.len());
    for name in names {
        assert!(SPEC.doc.contains(&format!("`{name}`")), "{name}");
    }
}

fn needed() -> impl Iterator<Item = &'static str> {
    MEASURES.iter().flat_map(|measure| measure.needs.iter().copied().flatten().copied())
}

#[test]
fn every_column_a_measure_needs_stands_in_the_table_of_the_page() {
    for column in needed() {
        assert!(SPEC.doc.contains(&format!("`{column}`")), "{column}");
    }
}

/// What a measure answers for these data, over the two weeks from 2 to 15 November 2026.
fn asked(data: &Data, measure: &str) -> Answer {
    let given = Given::new(PARAMETERS, BTreeMap::from([("measure".to_owned(), measure.into())]));
    let kind = configure(&given).unwrap_or_else(|(_, why)| panic!("{why}"));
    let calendar =
        Calendar { grain: Grain::Week { start: chrono::Weekday::Mon }, zone: chrono_tz::Tz::Europe__London };
    let period = calendar.of(day(15));
    let desk = Desk::new(data, vec![], vec![], BTreeMap::new());
    kind.answer(&Case {
        data,
        desk: &desk,
        metric: None,
        metrics: &[],
        scope: &Scope::Operation,
        period,
        window: 2,
        filter: &Filter::default(),
        depth: Depth::Full,
        calendar: &calendar,
        verdicts: &[],
        facts: &[],
        evidence: &[],
    })
}

fn day(of_november: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, of_november).unwrap_or_default()
}

/// Twenty sessions of five agents; the first `linked` have a contact beside them.
fn log(linked: u32) -> Data {
    let calendar =
        Calendar { grain: Grain::Week { start: chrono::Weekday::Mon }, zone: chrono_tz::Tz::Europe__London };
    let session = |at: u32| Session {
        agent: at % 5,
        date: day(2 + at / 2),
        period: calendar.of(day(2 + at / 2)),
        status: SessionStatus::Held,
        minutes: Some(30.0),
        focus: Vec::new(),
        contact_type: None,
        coach: None,
        touchpoint: None,
        detail: SessionDetail { linked_contact: at < linked, ..SessionDetail::default() },
    };
    Data {
        agents: (0..5).map(|agent| format!("A{agent}")).collect(),
        sessions: (0..20).map(session).collect(),
        coaching_columns: BTreeSet::from(["linked_contact".to_owned(), "minutes".to_owned()]),
        ..Data::default()
    }
}

#[test]
fn a_share_is_counted_with_its_range() {
    let answer = asked(&log(15), "evidence-linked");
    let row = &answer.rows[0];
    let number = |name: &str| {
        let at = SPEC.columns.iter().position(|column| column.name == name)?;
        row.values[at].number()
    };
    assert_eq!((number("value"), number("of"), row.n, row.agents), (Some(0.75), Some(20.0), 20, 5));
    // Wilson's range of 15 in 20.
    assert!((number("low").unwrap_or(0.0) - 0.5313).abs() < 1e-4, "{:?}", number("low"));
    assert!((number("high").unwrap_or(0.0) - 0.8881).abs() < 1e-4, "{:?}", number("high"));
    assert_eq!(number("trend"), None, "the log does not reach back two windows");
}

#[test]
fn what_was_never_measured_is_named() {
    let reason = |data: &Data, measure: &str| asked(data, measure).not_judged.map(|(reason, _)| reason);
    assert_eq!(reason(&Data::default(), "cancelled"), Some(Reason::NoSource));
    assert_eq!(reason(&log(0), "cancelled"), Some(Reason::NoColumn));
    assert_eq!(reason(&log(0), "disengagement"), Some(Reason::NoSource), "off until listed");
    let need = asked(&log(0), "support-kept").not_judged.map(|(_, need)| need);
    let columns = Part::Any(Part::keys(["support-asked"]));
    assert_eq!(need, Some(phrase!("need-columns-of-log", columns)));
    let mut few = log(0);
    few.sessions.truncate(19);
    assert_eq!(reason(&few, "evidence-linked"), Some(Reason::NoSessions));
}

#[test]
fn no_measure_panics_on_a_log_of_one_agent_one_day_or_nothing_but_blanks() {
    let mut one = log(20);
    one.coaching_columns = needed().map(|name| name.replace('-', "_")).collect();
    let mut same = one.clone();
    for session in &mut same.sessions {
        (session.agent, session.date, session.minutes) = (0, day(9), None);
        session.status = SessionStatus::Cancelled;
    }
    for measure in MEASURES {
        asked(&one, measure.name);
        asked(&same, measure.name);
        asked(&Data { sessions: Vec::new(), ..one.clone() }, measure.name);
    }
}

#[test]
fn a_parameter_out_of_range_is_refused_by_name() {
    let said = BTreeMap::from([("measure".to_owned(), "coverage".into()), ("days".to_owned(), 0.into())]);
    let refused = configure(&Given::new(PARAMETERS, said)).err();
    assert_eq!(refused.map(|(name, _)| name), Some("days"));
}

//! The reduction as each engine is asked for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::*;
use gapwise::calendar::{Calendar, Grain};
use gapwise::cube::{Measured, Named, Reduction, Values};
use gapwise::model::{Measure, SourceId, UnitKind};
use gapwise::sql::{self, Dialect, Type};

fn reduction() -> Reduction {
    let expression = |text: &str| sql::parse(text).unwrap();
    let measured = |k: usize, metric: gapwise::model::Metric, value: &str, denominator: Option<&str>| {
        Measured::new(k, &metric, expression(value), denominator.map(expression))
    };
    let known = |name: &str, ty: Type| ((name.to_owned(), false), Named { ty, ..Named::raw(name) });
    let mapped =
        Values { patterns: vec![("refund*".into(), "Refund".into())], otherwise: Some("Other".into()) };
    let reason = Named { values: Some(mapped), ..Named::raw("Reason code") };
    Reduction {
        source: SourceId::Contacts,
        calendar: Calendar {
            grain: Grain::Week { start: chrono::Weekday::Mon },
            zone: chrono_tz::Tz::Europe__London,
        },
        days: (day("2026-09-28"), day("2026-11-15")),
        at: "started_at".into(),
        agent: "agent_id".into(),
        team: None,
        contact_type: Some("Reason code".into()),
        segments: vec!["channel".into()],
        filter: Some(expression("handle_s >= 10 AND contact_type <> 'Other'")),
        days_out: BTreeSet::from([day("2026-10-06")]),
        days_apart: BTreeSet::from([day("2026-10-07")]),
        measured: vec![
            measured(0, metric("fcr", Measure::Proportion, UnitKind::Share, 0), "resolved", None),
            measured(1, metric("aht", Measure::Mean, UnitKind::Seconds, 0), "handle_s", None),
            measured(2, metric("score", Measure::Mean, UnitKind::Plain, 2), "score", None),
            measured(
                3,
                metric("ratio", Measure::Ratio, UnitKind::Plain, 0),
                "handle_s",
                Some("CASE WHEN resolved THEN 2 ELSE 1 END"),
            ),
        ],
        unique: None,
        sampling: None,
        names: BTreeMap::from([
            known("handle_s", Type::Number),
            known("resolved", Type::Bool),
            known("score", Type::Number),
            (("contact_type".to_owned(), false), reason),
        ]),
    }
}

#[test]
fn each_engine_gets_one_select_in_its_own_words() {
    for name in ["postgres", "duckdb", "spark"] {
        let sql = reduction().to_sql(&Dialect::named(name).unwrap(), "contacts");
        insta::assert_snapshot!(format!("reduction_{name}"), sql);
    }
}

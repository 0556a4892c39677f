//! Two teams in the same week: one that was judged for itself and one that was only measured.

use gapwise::calendar::Period;
use gapwise::model::{
    Asked, EvidenceTable, Fact, Finding, FindingState, Scope, Story, Value, Verdict, VerdictId,
};

use crate::report_case::{GAP, breakdown, decision, finding, gap, period, row, verdict};

pub(crate) const NORTH: &str = "North";
pub(crate) const SOUTH: &str = "South";

fn team(name: &str) -> Scope {
    Scope::Team(name.to_owned())
}

/// The week with two teams in it.
pub(crate) fn with_teams(mut story: Story) -> Story {
    let fcr = || Some("fcr".to_owned());
    let north = gap(0.6413, 0.0121, 0.75, 0.1087, 27_431, 31);
    let south = gap(0.6927, 0.0133, 0.75, 0.0573, 23_519, 29);
    let handled = gap(311.0, 6.0, 300.0, 11.0, 23_519, 29);
    story.now.facts.extend([
        (fcr(), team(NORTH), Fact::Gap(north)),
        (fcr(), team(NORTH), Fact::Breakdown(breakdown())),
        (fcr(), team(SOUTH), Fact::Gap(south)),
        (Some("aht".to_owned()), team(SOUTH), Fact::Gap(handled)),
    ]);
    story.now.evidence.push(by_part());
    story.now.verdicts.push(north_is_structural());
    story.now.findings.push(north_is_short());
    let mut watch = decision("find-the-cause", &["Complaint"], "Team leader of the desk", "2026-12-04");
    (watch.scope, watch.state) = (team(NORTH), Asked::Asked);
    watch.id.push_str("/team");
    story.now.decisions.push(watch);
    story
}

fn by_part() -> EvidenceTable {
    let one = |name: &str, n: u64, agents: u32, actual: f64| {
        let mut row = row(None, vec![actual.into(), 0.75.into(), (0.75 - actual).into(), Value::Null]);
        (row.n, row.agents) = (n, agents);
        (Some("fcr".to_owned()), team(name), row)
    };
    EvidenceTable {
        rule: "gap-by-part".into(),
        kind: "gap",
        columns: GAP,
        p_values: &[],
        rows: vec![one(NORTH, 27_431, 31, 0.6413), one(SOUTH, 23_519, 29, 0.6927)],
    }
}

fn north_is_structural() -> Verdict {
    Verdict {
        scope: team(NORTH),
        since: Period(period().0 - 2),
        why: vec!["gap-is-real".into()],
        ..verdict("fcr", VerdictId::Structural, "consistent")
    }
}

fn north_is_short() -> Finding {
    let mut row = row(None, vec![0.6413.into(), 0.75.into(), 0.1087.into(), 0.0966.into()]);
    (row.n, row.agents) = (27_431, 31);
    Finding {
        scope: team(NORTH),
        id: "fcr/gap-is-real/team".into(),
        ..finding("gap-is-real", GAP, row, FindingState::New)
    }
}

//! Sessions, changes and the roster, and people known by several names.

use std::collections::BTreeMap;

use crate::support::*;
use gapwise::config::{Identity, Plan, SourcePlan};
use gapwise::cube::{Data, NONE};
use gapwise::model::{SessionStatus, SourceId};

const CONTACTS: &str = "at,agent,type,resolved,handle\n\
    2026-10-01,7,Billing,Y,100\n2026-11-10,7,Billing,N,200\n2026-11-11,8,Billing,Y,300\n";

const COACHING: &str = "Date,Agent,Status,Topic,Minutes,Coach\n\
    2026-11-10 14:00,Ann Lee,Completed,call ctrl; Empathy,30,Cy\n\
    2026-11-09,ann@x,No show,,15,Cy\n\
    2026-11-02,Zoe,Postponed,Better Call Control please,-1,\n\
    2026-11-30,Ann Lee,Completed,,20,Cy\n\
    ,Ann Lee,Completed,,20,Cy\n";

const ROSTER: &str = "id,from,to,team,email,name,site\n\
    7,2026-01-01,2026-10-31,A,ann@x,Ann Lee,Leeds\n7,2026-11-01,,B,ann@x,Ann Lee,Leeds\n8,,,B,bob@x,Bob,York\n";

const CHANGES: &str =
    "Date,What,Teams,State\n2026-11-03,New script,A; B,decided\n2026-10-05,Approval removed,,done\n";

fn coaching() -> SourcePlan {
    let columns = [
        ("at", "Date"),
        ("agent", "Agent"),
        ("status", "Status"),
        ("focus", "Topic"),
        ("minutes", "Minutes"),
        ("coach", "Coach"),
    ];
    let mut coaching = source(SourceId::Coaching, "coaching.csv", &columns);
    let status = [("completed", "held"), ("no show", "cancelled")];
    coaching.values.insert("status".into(), values(&status, None));
    coaching.values.insert(
        "focus".into(),
        values(&[("call ctrl", "call-control"), ("*call control*", "call-control")], None),
    );
    coaching
}

fn all(change: impl FnOnce(&mut Plan)) -> Data {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("c.csv", CONTACTS), ("coaching.csv", COACHING), ("roster.csv", ROSTER), ("changes.csv", CHANGES)]
    {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut contacts = contacts("c.csv");
    contacts.columns.remove("team");
    let roster = [
        ("agent", "id"),
        ("from", "from"),
        ("to", "to"),
        ("team", "team"),
        ("email", "email"),
        ("name", "name"),
        ("site", "site"),
    ];
    let roster = source(SourceId::Roster, "roster.csv", &roster);
    let changes = [("at", "Date"), ("what", "What"), ("team", "Teams"), ("state", "State")];
    let changes = source(SourceId::Changes, "changes.csv", &changes);
    let mut plan = plan(folder.path(), vec![contacts, coaching(), changes, roster]);
    plan.identity.keys = vec!["email".into(), "name".into()];
    change(&mut plan);
    read(&plan).unwrap()
}

#[test]
fn the_roster_gives_teams_on_the_last_day_of_the_period_and_joins_the_keys_of_a_person() {
    let data = all(|_| {});
    assert_eq!(data.agents, ["7", "8", "Zoe"]);
    let cube = &data.cubes[0];
    let team = |k: usize| data.teams[cube.team[k] as usize].as_str();
    assert_eq!((0..cube.len()).map(team).collect::<Vec<_>>(), ["A", "B", "B"]);
    assert_eq!(data.roster.len(), 3);
    assert_eq!(data.roster[0].from, Some(day("2026-01-01")));
    assert!(data.roster[0].attributes.contains(&("site".into(), "Leeds".into())));
}

#[test]
fn sessions_are_mapped_and_accounted_for() {
    let data = all(|_| {});
    let told: Vec<_> = data
        .sessions
        .iter()
        .map(|s| (s.date.to_string(), data.agents[s.agent as usize].as_str(), s.status))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-11-02".to_owned(), "Zoe", SessionStatus::Other),
            ("2026-11-09".to_owned(), "7", SessionStatus::Cancelled),
            ("2026-11-10".to_owned(), "7", SessionStatus::Held),
        ]
    );
    assert_eq!(data.sessions[2].focus, ["Empathy", "call-control"]);
    assert_eq!((data.sessions[2].minutes, data.sessions[0].minutes), (Some(30.0), None));
    assert_eq!(data.sessions[0].focus, ["call-control"]);
    let count = data.quality.source(SourceId::Coaching).unwrap();
    assert_eq!((count.read, count.used, count.later, count.rejected), (5, 3, 1, 1));
    let refused = data.quality.rejected.iter().find(|row| row.source == SourceId::Coaching).unwrap();
    assert_eq!((refused.line, refused.reason.as_str()), (Some(6), "no-time"));
}

#[test]
fn without_a_status_column_every_session_was_held_and_filters_hold() {
    let data = all(|plan| {
        plan.sources[1].columns.remove("status");
        plan.sources[1].filter = Some(gapwise::sql::parse("Minutes >= 20").unwrap());
    });
    assert_eq!(data.sessions.len(), 1);
    assert_eq!(data.sessions[0].status, SessionStatus::Held);
    let count = data.quality.source(SourceId::Coaching).unwrap();
    assert_eq!((count.read, count.filtered), (5, 2));
}

const DETAIL: &str = "Date,Agent,Kind,Trigger,Planned,Contact,Due,Done,Ack,Group,Prompts,Answers,Met,Trained,Trust\n\
    2026-11-09 10:00,7,Strength,Customer Complaint,2026-11-10,C1,2026-11-12,,2026-11-09,Group,win; stuck,win,Y,no,4.5\n\
    2026-11-10,8,Opportunity,,,,,,true,1:1,win,anything,,,\n";

#[test]
fn everything_else_a_log_says_of_a_session_is_read_and_what_it_has_no_column_for_is_known() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("c.csv"), CONTACTS).unwrap();
    std::fs::write(folder.path().join("log.csv"), DETAIL).unwrap();
    let columns = [
        ("at", "Date"),
        ("agent", "Agent"),
        ("kind", "Kind"),
        ("trigger", "Trigger"),
        ("planned_at", "Planned"),
        ("linked_contact", "Contact"),
        ("follow_up_due", "Due"),
        ("follow_up_done", "Done"),
        ("ack_at", "Ack"),
        ("group", "Group"),
        ("prompt", "Prompts"),
        ("answer", "Answers"),
        ("commitment_met", "Met"),
        ("coach_trained", "Trained"),
        ("trust", "Trust"),
    ];
    let mut contacts = contacts("c.csv");
    contacts.columns.remove("team");
    let plan = plan(folder.path(), vec![contacts, source(SourceId::Coaching, "log.csv", &columns)]);
    let data = read(&plan).unwrap();
    let (first, second) = (&data.sessions[0].detail, &data.sessions[1].detail);
    assert_eq!(first.kind.as_deref(), Some("supportive"), "a vendor's word for it");
    assert_eq!(second.kind.as_deref(), Some("corrective"));
    assert_eq!(first.trigger.as_deref(), Some("customer-complaint"));
    assert_eq!((first.planned, first.follow_up_due), (Some(day("2026-11-10")), Some(day("2026-11-12"))));
    assert_eq!((first.linked_contact, second.linked_contact), (true, false));
    assert_eq!((first.acknowledged, first.acknowledged_on), (true, Some(day("2026-11-09"))));
    assert_eq!((second.acknowledged, second.acknowledged_on), (true, None), "yes, without its day");
    assert_eq!((first.group, second.group), (Some(true), Some(false)));
    assert_eq!((first.prompts.len(), first.answered.as_slice()), (2, &["win".to_owned()][..]));
    assert_eq!(second.answered, ["win"], "any answer to the only prompt");
    assert_eq!(
        (first.commitment_met, first.coach_trained, first.trust),
        (Some(true), Some(false), Some(4.5))
    );
    assert!(data.coaching_columns.contains("follow_up_done"), "mapped, and empty in every row");
    assert!(!data.coaching_columns.contains("minutes"));
}

#[test]
fn changes_are_ordered_and_numbered() {
    let data = all(|_| {});
    let told: Vec<_> = data.changes.iter().map(|c| (c.id.as_str(), c.what.as_str())).collect();
    assert_eq!(told, [("change-1", "Approval removed"), ("change-2", "New script")]);
    assert_eq!(data.changes[1].teams, ["A", "B"]);
    assert_eq!(data.changes[1].state.as_deref(), Some("decided"));
}

#[test]
fn aliases_join_people_and_name_them() {
    let data = all(|plan| {
        let aliases =
            BTreeMap::from([("zoe".to_owned(), "Ann".to_owned()), ("7".to_owned(), "Ann".to_owned())]);
        plan.identity = Identity { keys: vec![], aliases };
    });
    assert_eq!(data.agents, ["8", "Ann", "Ann Lee", "ann@x"]);
    assert_eq!(data.sessions[0].agent, 1);
    assert!(data.cubes[0].contact_type.iter().all(|place| *place != NONE));
}

#[test]
fn surveys_without_contact_types_become_a_cube_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("c.csv"), CONTACTS).unwrap();
    std::fs::write(folder.path().join("s.csv"), "on,who,score\n2026-11-10,7,4.25\n2026-11-10,8,x\n").unwrap();
    let mut contacts = contacts("c.csv");
    contacts.columns.remove("team");
    let mut surveys = source(SourceId::Surveys, "s.csv", &[("at", "on"), ("agent", "who")]);
    surveys.measures = vec![measure(2, "score")];
    let data = read(&plan(folder.path(), vec![contacts, surveys])).unwrap();
    let cube = data.cube(SourceId::Surveys).unwrap();
    assert_eq!((cube.len(), cube.contact_type.as_slice()), (2, [NONE, NONE].as_slice()));
    let Some((2, gapwise::cube::Sums::Simple { n, sum, .. })) = cube.sums(2) else { panic!("no score") };
    assert_eq!((n.as_slice(), sum.as_slice()), ([1, 0].as_slice(), [425, 0].as_slice()));
    assert_eq!(data.quality.source(SourceId::Surveys).unwrap().unusable["score"], 1);
}

#[test]
fn of_rows_that_share_an_id_the_latest_counts_whatever_the_order_and_file() {
    let rows = [
        "1,2026-11-09 09:00,7,N,100",
        "1,2026-11-09 10:00,7,Y,200",
        "2,2026-11-09 09:00,8,Y,50",
        ",2026-11-10,8,Y,1",
        ",2026-11-10,8,Y,1",
    ];
    let read_as = |files: &[&[usize]]| {
        let folder = tempfile::tempdir().unwrap();
        for (k, places) in files.iter().enumerate() {
            let lines: Vec<&str> = places.iter().map(|place| rows[*place]).collect();
            let text = format!("id,at,agent,resolved,handle\n{}\n", lines.join("\n"));
            std::fs::write(folder.path().join(format!("c{k}.csv")), text).unwrap();
        }
        let mut contacts = contacts("c*.csv");
        contacts.columns =
            source(SourceId::Contacts, "", &[("id", "id"), ("at", "at"), ("agent", "agent")]).columns;
        contacts.dedupe = Some("id".into());
        let mut data = read(&plan(folder.path(), vec![contacts])).unwrap();
        data.quality.sources[0].files = 0;
        data
    };
    let data = read_as(&[&[0, 1, 2, 3, 4]]);
    let count = account(&data);
    assert_eq!((count.read, count.used, count.reasons["duplicate"]), (5, 4, 1));
    assert_eq!(totals(&data, 1), (4, 252, 42_502));
    assert_eq!(totals(&data, 0).1, 4, "the later of the two was resolved");
    assert_eq!(data, read_as(&[&[4, 2, 1], &[3, 0]]));
}

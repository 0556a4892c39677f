//! Data built in memory are the data a written workspace gives.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{TimeZone, Utc};
use gapwise::config::{self, Plan};
use gapwise::simulate::{self, Scenario};
use gapwise::source;
use gapwise::world::World;

fn plan_of(scenario: &Scenario, folder: &Path) -> Plan {
    simulate::write(scenario, folder).unwrap();
    let world = World { now: Utc.with_ymd_and_hms(2026, 11, 16, 6, 0, 0).unwrap(), env: BTreeMap::new() };
    let loaded = config::load(folder, &world).unwrap_or_else(|mistakes| panic!("\n{}", mistakes.render()));
    assert!(loaded.warnings.is_empty(), "\n{}", loaded.warnings.render());
    loaded.plan
}

const EVERYTHING: &str = r#"
agents = 12
teams = 3
weeks = 8
contacts = { low = 10, high = 20 }
evaluations = 2
absent = 0.1
untraced = 0.1
cancelled = 0.2
no-focus = 0.3
routing = 0.5
type = [
  { name = "Billing", share = 0.6, share-end = 0.4 },
  { name = "Refund", share = 0.4, share-end = 0.6, fcr = 0.4, hold = 60, escalated = 0.3, blocked = true },
]
fcr = { spread = 0.05, team-spread = 0.05, type-spread = 0.05, week-spread = 0.02, week-correlation = 0.5 }
aht = { spread = 20, common-week-spread = 10, trend = -1 }
evaluators = { spread = 4, own-coach = 0.4, bias = 5 }
newcomers = { share = 0.2, adds = { fcr = -0.1, aht = 60 } }
load = { swing = 0.3, cancels = 0.2 }

[measure]
acw = { levels = { Refund = 90 }, spread = 5 }
csat = { answered = 0.3 }
complaints = { answered = 0.9 }
hold = {}
escalations = { trend = 0.001 }

[[group]]
attribute = "access-profile"
value = "Read only"
share = 0.3
adds = { fcr = -0.2 }

[[change]]
on = 2026-10-19
what = "Approvals up to 200"
types = ["Refund"]
adds = { fcr = 0.2 }
unblocks = true

[[coaching]]
focus = "Resolution"
moves = "fcr"
policy = "own-dip"
from = 2
per-week = 3
follow-ups = 2
effect = 0.05
half-life = 4
"#;

#[test]
fn data_in_memory_are_those_of_the_written_workspace() {
    let scenario = Scenario::parse(EVERYTHING).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_of(&scenario, &folder.path().join("centre"));
    let period = plan.calendar.last_complete(scenario.end);
    let mut read = source::read(&plan, plan.span(period), scenario.end, None).unwrap();
    let mut built = simulate::data(&scenario, &plan).unwrap();
    // How values are spelt in files is no matter where there are none.
    assert!(!read.quality.columns.is_empty() && !read.quality.days.is_empty());
    for data in [&mut read, &mut built] {
        data.quality.columns.clear();
        data.quality.days.clear();
    }
    assert!(!read.sessions.is_empty() && !read.changes.is_empty() && read.roster.len() == 12);
    // Nobody follows contacts that are in no file.
    assert!(read.samples.take().is_some_and(|drawn| !drawn.is_empty()) && built.samples.is_none());
    assert_eq!(built.quality.sources, read.quality.sources);
    assert_eq!((&built.segments, &built.sessions), (&read.segments, &read.sessions));
    assert_eq!(built, read);
}

#[test]
fn another_seed_is_another_draw_under_the_same_plan() {
    let scenario = Scenario::parse("agents = 6\nteams = 2\nweeks = 3").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let plan = plan_of(&scenario, &folder.path().join("centre"));
    let drawn = |seed| simulate::data(&Scenario { seed, ..scenario.clone() }, &plan).unwrap();
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1).cubes, drawn(2).cubes);
}

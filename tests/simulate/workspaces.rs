//! Written centres and the example workspaces hold against the configuration and the shipped packs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{TimeZone, Utc};
use gapwise::config::{self, Plan};
use gapwise::simulate::{self, Centre};
use gapwise::world::World;

/// The plan of a workspace; panics with the listing of mistakes.
fn planned(folder: &Path) -> Plan {
    let world = World { now: Utc.with_ymd_and_hms(2026, 11, 16, 6, 0, 0).unwrap(), env: BTreeMap::new() };
    let loaded = config::load(folder, &world).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    loaded.plan
}

/// A copy of an example workspace.
fn example(name: &str) -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let folder = tempfile::tempdir().unwrap();
    fs::copy(from.join("gapwise.toml"), folder.path().join("gapwise.toml")).unwrap();
    if from.join("rules").exists() {
        fs::create_dir(folder.path().join("rules")).unwrap();
        fs::copy(from.join("rules/client.toml"), folder.path().join("rules/client.toml")).unwrap();
    }
    folder
}

fn metrics(plan: &Plan) -> Vec<&str> {
    plan.metrics.iter().map(|metric| metric.id.as_str()).collect()
}

#[test]
fn the_demo_workspace_reads_without_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    simulate::write(&simulate::demo(), folder.path()).unwrap();
    let plan = planned(folder.path());
    assert_eq!(metrics(&plan), ["fcr", "confirms-next-step", "qa", "aht"]);
    assert_eq!(plan.metric("fcr").unwrap().matures_periods, 1);
    let coaching = plan.source(gapwise::model::SourceId::Coaching).unwrap();
    assert_eq!(coaching.moves["resolution"], ["fcr"]);
}

#[test]
fn a_compact_centre_reads_without_a_mistake() {
    let centre = Centre::parse(
        "types = { Billing = 0.5, Refund = 0.5 }\ntarget = 0.75\nhandle = { level = 300, target = 320 }\n\
         coaching = { policy = \"bad-weeks\" }",
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    simulate::write_centre(&centre, folder.path()).unwrap();
    assert_eq!(metrics(&planned(folder.path())), ["m", "handle"]);
}

#[test]
fn the_example_workspaces_read_without_a_mistake() {
    let plan = planned(example("pwc-call-centre").path());
    assert_eq!(metrics(&plan), ["resolved", "talk-time", "csat"]);
    let plan = planned(example("harbour-energy").path());
    assert_eq!(metrics(&plan)[..4], ["fcr", "quality", "confirms-next-step", "csat"]);
    let plan = planned(example("anonymous-bank").path());
    assert_eq!(metrics(&plan), ["log-service-time", "short-calls"]);
}

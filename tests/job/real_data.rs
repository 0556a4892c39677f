//! The example workspaces on the public data they are about, where these stand beside the project.

use std::collections::BTreeMap;
use std::path::Path;

use gapwise::job::{self, Asked, Kept, Network, Writing};
use serde_json::Value;

use crate::bench::world;

/// `findings.json` of an example, or none where its data are not at hand.
fn judged(example: &str, file: &str, as_of: &str) -> Option<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("../shared/data/contacts").join(file).is_file() {
        return None;
    }
    let out = tempfile::tempdir().unwrap();
    let asked = Asked {
        as_of: Some(as_of.into()),
        out: out.path().to_path_buf(),
        fail_on: None,
        network: Network::Offline,
        writing: Writing::Publish,
        kept: Kept::Use,
    };
    let outcome =
        job::run(&root.join("examples").join(example), &asked, &world("2026-11-22T00:00:00Z")).unwrap();
    let text = std::fs::read_to_string(outcome.folder.unwrap().join("findings.json")).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn verdicts(findings: &Value) -> BTreeMap<&str, &str> {
    let all = findings["verdicts"].as_array().unwrap();
    all.iter().map(|v| (v["metric"].as_str().unwrap(), v["verdict"].as_str().unwrap())).collect()
}

fn fired(findings: &Value, rule: &str, metric: &str) -> bool {
    let all = findings["findings"].as_array().unwrap();
    all.iter().any(|f| f["rule"] == rule && f["metric"] == metric)
}

#[test]
fn pure_noise_calls_nobody_and_nothing_weak() {
    let Some(findings) = judged("pwc-call-centre", "pwc_call_centre.csv", "2021-03-31") else { return };
    for (metric, verdict) in verdicts(&findings) {
        assert!(["no-gap", "not-enough-evidence"].contains(&verdict), "{metric} is {verdict}");
    }
    for rule in ["agents-vary", "types-differ", "gap-concentrated", "type-uniformly-short", "gap-is-real"] {
        for metric in ["resolved", "talk-time", "csat"] {
            assert!(!fired(&findings, rule, metric), "{rule} fired on {metric}");
        }
    }
}

#[test]
fn the_bank_has_unlike_agents_unlike_types_and_calls_cut_short() {
    let Some(findings) = judged("anonymous-bank", "anonbank_feb1999.csv", "1999-02-28") else { return };
    assert!(fired(&findings, "agents-vary", "log-service-time"));
    assert!(fired(&findings, "types-differ", "log-service-time"));
    assert_eq!(verdicts(&findings)["short-calls"], "behavioural");
}

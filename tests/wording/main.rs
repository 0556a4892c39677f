//! What a client may say otherwise, and in which language: messages of the pages, and what rules say.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

#[path = "../report_case/mod.rs"]
mod report_case;

mod german;
mod phrases;
mod rules;

use std::collections::BTreeMap;
use std::fs;

use gapwise::config::{self, Loaded, Plan};
use gapwise::world::World;

const WORKSPACE: &str = r#"
client = "Client"
locale = "LOCALE"
rules = [RULES]

[sources.contacts]
path = "data/contacts.csv"
columns.at = "started"
columns.agent = "agent"
columns.contact-type = "reason"

[sources.coaching]
path = "data/coaching.csv"
columns.at = "date"
columns.agent = "agent"

[metrics.fcr]
label = "First-contact resolution"
type = "proportion"
value = "resolved = 'Y'"
better = "higher"
target = 0.75

[metrics.aht]
label = "Handle time"
type = "mean"
value = "handle_s"
unit = "s"
better = "lower"
target = 400
"#;

/// A workspace with other files beside its `gapwise.toml`: (name, text).
fn load(locale: &str, rules: &str, files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let text = WORKSPACE.replace("LOCALE", locale).replace("RULES", rules);
    for (name, text) in files.iter().copied().chain([("gapwise.toml", text.as_str())]) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let world = World { now: chrono::DateTime::UNIX_EPOCH, env: BTreeMap::new() };
    config::load(folder.path(), &world).unwrap_or_else(|mistakes| panic!("\n{}", mistakes.render()))
}

/// A plan about which there is nothing to say.
fn plan(locale: &str, rules: &str, files: &[(&str, &str)]) -> Plan {
    let loaded = load(locale, rules, files);
    assert!(loaded.warnings.is_empty(), "\n{}", loaded.warnings.render());
    loaded.plan
}

fn title(plan: &Plan, rule: &str) -> String {
    plan.rule(rule).and_then(|rule| rule.title.clone()).unwrap()
}

/// Every text of a plan that a reader may see, with where it stands.
fn texts(plan: &Plan) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for rule in &plan.rules {
        let own = rule.title.iter().chain(&rule.say).chain(&rule.observe).chain(&rule.change_our_mind);
        all.extend(own.map(|text| (rule.id.clone(), text.clone())));
    }
    for decision in &plan.decisions {
        let own = [&decision.what, &decision.owner].into_iter().chain(&decision.risk);
        all.extend(own.map(|text| (decision.id.clone(), text.clone())));
    }
    all.extend(plan.patterns.iter().map(|one| (one.id.clone(), one.label.clone())));
    all.extend(plan.causes.iter().map(|one| (one.id.clone(), one.label.clone())));
    all.extend(plan.caps.iter().map(|one| (one.when.text().to_owned(), one.because.clone())));
    all
}

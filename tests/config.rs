//! Where every value in force comes from: the origin that `gapwise config` prints is the line that holds the value,
//! and no threshold is used that no file sets.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use gapwise::config::{self, InForce, Loaded};
use gapwise::world::World;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn world() -> World {
    World { now: "2026-11-26T06:00:00Z".parse().unwrap(), env: BTreeMap::new() }
}

fn loaded(workspace: &Path) -> Loaded {
    config::load(workspace, &world()).unwrap_or_else(|mistakes| panic!("\n{}", mistakes.render()))
}

/// Workspaces shipped as examples, and one whose client overrides every kind of field.
fn workspaces() -> Vec<PathBuf> {
    let examples = fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = examples.filter(|folder| folder.join("gapwise.toml").is_file()).collect();
    all.push(root().join("tests/cases/overrides-in-order"));
    all.sort();
    all
}

/// A line of a file as `config` names it: below the workspace, or below `rules/` for a built-in pack.
fn line(workspace: &Path, file: &str, number: usize) -> String {
    let path = match file.strip_prefix("builtin:") {
        Some(shipped) => root().join("rules").join(shipped),
        None => workspace.join(file),
    };
    fs::read_to_string(path).unwrap().lines().nth(number - 1).unwrap_or_default().to_owned()
}

fn value<'a>(all: &'a [InForce], key: &str) -> &'a InForce {
    all.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("`{key}` is not in force"))
}

#[test]
fn every_origin_is_a_line_that_holds_the_value() {
    let mut seen = 0;
    for workspace in workspaces() {
        for one in loaded(&workspace).settings.in_force() {
            let Some(place) = &one.place else { continue };
            let written = place.text().lines().next().unwrap();
            let text = line(&workspace, &place.file.name, place.line());
            assert!(text.contains(written), "{}: `{text}` does not hold `{written}`", one.key);
            let last = one.key.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap();
            assert!(text.contains(last.trim_matches('"')), "{}: `{text}` does not name it", one.key);
            seen += 1;
        }
    }
    assert!(seen > 5_000, "only {seen} values have an origin");
}

#[test]
fn every_threshold_in_force_is_in_a_file_and_used_by_its_rule() {
    let packs: Vec<String> =
        config::builtin_names().iter().map(|pack| format!("\"builtin:{pack}\"")).collect();
    let all_packs = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("tests/cases/in-order/gapwise.toml")).unwrap();
    let text = text.replace("\"builtin:contact-centre\", \"rules/*.toml\"", &packs.join(", "));
    fs::write(all_packs.path().join("gapwise.toml"), text).unwrap();
    let mut seen = 0;
    for workspace in workspaces().into_iter().chain([all_packs.path().to_owned()]) {
        let loaded = loaded(&workspace);
        for rule in &loaded.plan.rules {
            let used: BTreeSet<String> = rule.when.names().into_iter().map(|name| name.name).collect();
            let overridden = rule.overrides.iter().flat_map(|change| &change.thresholds);
            for threshold in rule.thresholds.iter().chain(overridden) {
                let text = line(&workspace, &threshold.origin.file, threshold.origin.line);
                let name = threshold.name.replace('_', "-");
                assert!(text.contains(&name), "{}: `{text}` does not set `{name}`", rule.id);
                assert!(used.contains(&threshold.name), "{} does not use `{name}`", rule.id);
                seen += 1;
            }
        }
    }
    assert!(seen > 500, "only {seen} thresholds");
}

#[test]
fn an_override_takes_the_place_of_a_field_and_says_what_was_there() {
    let workspace = root().join("tests/cases/overrides-in-order");
    let loaded = loaded(&workspace);
    let rule = loaded.plan.rule("falling").unwrap();
    assert_eq!(rule.window, 8);
    assert_eq!(rule.severity.name(), "low");
    assert_eq!(rule.observe, ["Ask who reads the trend."]);
    assert_eq!(rule.scopes.len(), 2);
    assert_eq!(rule.parameters.integer("least-rows"), 20);
    let all = loaded.settings.in_force();
    let moved = value(&all, "rule.falling.thresholds.min-move");
    assert_eq!((moved.value.as_str(), moved.was[0].value.as_str()), ("\"1.5x\"", "\"1x\""));
    assert_eq!(moved.was[0].place.file.name, "builtin:core/time.toml");
    assert_eq!(moved.why.as_deref(), Some("agreed with the board:\nthey read it monthly"));
    // The other threshold of the table is untouched, and what the rule says without words is its own.
    let chance = value(&all, "rule.falling.thresholds.max-chance");
    assert_eq!((chance.value.as_str(), chance.was.len(), &chance.why), ("0.05", 0, &None));
    assert_eq!(value(&all, "rule.falling.over").place, None);
    // A parameter the kind requires stays where the rule gives it.
    let rule = loaded.plan.rule("coverage-thin").unwrap();
    assert_eq!((rule.parameters.integer("days"), rule.parameters.text("measure")), (56, "coverage"));
}

#[test]
fn an_override_by_place_is_listed_with_its_rule_and_a_disabled_rule_is_gone() {
    let all = loaded(&root().join("tests/cases/overrides-in-order")).settings.in_force();
    assert_eq!(value(&all, "rule.agents-vary.override.0.thresholds.min-sd").value, "\"20s\"");
    assert_eq!(value(&all, "rule.agents-vary.waiver.0.until").value, "2099-01-31");
    assert_eq!(value(&all, "disable.hard-work-to-the-strong.why").value, "\"routing is by skill here\"");
    assert!(all.iter().all(|one| !one.key.starts_with("rule.hard-work-to-the-strong.")));
}

#[test]
fn the_values_are_printed_in_one_order_as_lines_of_toml() {
    let keys = |workspace: &Path| {
        let all = loaded(workspace).settings.in_force();
        all.into_iter().map(|one| one.key).collect::<Vec<_>>()
    };
    for workspace in workspaces() {
        let all = keys(&workspace);
        assert_eq!(all, keys(&workspace));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a key is printed twice");
    }
    let printed = gapwise(&["config", "examples/pwc-call-centre"], 0);
    for line in printed.lines() {
        assert!(line.parse::<toml::Table>().is_ok(), "`{line}` is no TOML");
    }
}

fn gapwise(args: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gapwise"));
    let output = command.args(args).current_dir(root()).env_remove("GAPWISE_LOG").output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn origins_are_printed_behind_the_values() {
    let args = ["config", "tests/cases/overrides-in-order", "rule.falling.thresholds", "--origin"];
    let printed = gapwise(&args, 0);
    let most = printed.lines().next().unwrap();
    assert!(most.starts_with("rule.falling.thresholds.min-move = \"1.5x\"  # rules/client.toml:"), "{most}");
    assert!(most.contains("; was \"1x\" (builtin:core/time.toml:"), "{most}");
    assert!(most.ends_with("; why: agreed with the board: they read it monthly"), "{most}");
}

#[test]
fn values_are_json_with_their_types() {
    let args = ["config", "tests/cases/overrides-in-order", "rule.falling", "--format", "json"];
    let said: Value = serde_json::from_str(&gapwise(&args, 0)).unwrap();
    assert_eq!(said["schema"], "gapwise/config/1");
    let all = said["values"].as_array().unwrap();
    let of = |key: &str| all.iter().find(|one| one["key"] == format!("rule.falling.{key}")).unwrap();
    assert_eq!(of("window")["value"], 8);
    assert_eq!(of("window")["was"][0]["value"], 26);
    assert_eq!(of("scopes")["value"], serde_json::json!(["operation", "team"]));
    assert_eq!((&of("over")["default"], &of("over")["line"]), (&Value::from(true), &Value::Null));
}

#[test]
fn no_secret_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("tests/cases/in-order/gapwise.toml")).unwrap();
    let more = r#"
[[deliver]]
to = "webhook"
report = "leadership.html"
url = "https://key@hooks.client.example/T0/hunter2?token=hunter2"
[[deliver]]
to = "email"
report = "leadership.html"
smtp = { host = "mail.client.example", password = { env = "SMTP_PASSWORD" } }
"#;
    fs::write(folder.path().join("gapwise.toml"), text + more).unwrap();
    let folder = folder.path().to_str().unwrap();
    for format in ["toml", "json"] {
        let printed = gapwise(&["config", folder, "deliver", "--format", format], 0);
        assert!(printed.contains("hooks.client.example") && printed.contains("SMTP_PASSWORD"), "{printed}");
        assert!(!printed.contains("hunter2") && !printed.contains("key@"), "{printed}");
    }
}

#[test]
fn a_check_as_json_says_what_the_text_says() {
    for (case, code, errors, warnings) in
        [("several-mistakes-in-several-files", 1, 7, 0), ("waiver-expired", 0, 0, 1), ("in-order", 0, 0, 0)]
    {
        let folder = format!("tests/cases/{case}");
        let said: Value =
            serde_json::from_str(&gapwise(&["check", &folder, "--format", "json"], code)).unwrap();
        assert_eq!(
            (&said["schema"], &said["workspace"]),
            (&"gapwise/check/1".into(), &folder.as_str().into())
        );
        assert_eq!((&said["errors"], &said["warnings"]), (&errors.into(), &warnings.into()));
        let told = fs::read_to_string(root().join(&folder).join("stderr.txt")).unwrap();
        let all = said["diagnostics"].as_array().unwrap();
        assert_eq!(all.len(), errors + warnings);
        for one in all {
            let heading = format!("[{}]: {}", one["code"].as_str().unwrap(), one["title"].as_str().unwrap());
            let (file, line, column) = (one["file"].as_str().unwrap(), &one["line"], &one["column"]);
            assert!(told.contains(&heading), "{heading}");
            assert!(told.contains(&format!("--> {file}:{line}:{column}")), "{file}:{line}:{column}");
        }
    }
    gapwise(&["check", "tests/cases/waiver-expired", "--format", "json", "--deny", "gw161"], 1);
    gapwise(&["check", "nowhere", "--format", "json"], 2);
}

/// `tests/cases/in-order` with further lines, its logo beside it.
fn with_lines(lines: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("tests/cases/in-order/gapwise.toml")).unwrap();
    let text = text.replace(", \"rules/*.toml\"", "");
    fs::write(folder.path().join("gapwise.toml"), format!("{text}\n{lines}")).unwrap();
    fs::write(folder.path().join("logo"), b"\x89PNG\r\n\x1a\nrest").unwrap();
    loaded(folder.path())
}

#[test]
fn a_brand_becomes_data_of_the_page() {
    let brand =
        with_lines("[brand]\nlogo = \"logo\"\naccent = \"#05A\"\nfooter = \" At the foot \"").plan.brand;
    assert_eq!(brand.logo.as_deref(), Some("data:image/png;base64,iVBORw0KGgpyZXN0"));
    assert_eq!(brand.accent.as_deref(), Some("#0055aa"));
    assert_ne!(brand.accent_dark, brand.accent, "a lighter shade for the dark page");
    assert_eq!((brand.footer.as_deref(), brand.confidentiality), (Some("At the foot"), None));
    assert_eq!(with_lines("").plan.brand, config::Brand::default());
}

#[test]
fn a_report_has_the_sections_it_asks_for_else_all_of_its_page() {
    let all = with_lines("").plan.reports;
    assert_eq!(all[0].template, "leadership.html");
    assert_eq!(all[0].sections, config::sections_of("leadership.html"));
    let asked = "[[report]]\ntemplate = \"leadership.html\"\nsections = [\"limits\", \"answer\"]\n\
                 [[report]]\ntemplate = \"summary.md\"\nlink = \"https://reports.example/a?b=1\"";
    let asked = with_lines(asked).plan.reports;
    assert_eq!(asked[0].sections, ["limits", "answer"]);
    assert_eq!(asked[1].link.as_deref(), Some("https://reports.example/a?b=1"));
    assert!(asked[1].sections.is_empty());
}

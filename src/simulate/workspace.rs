//! The TOML of a written centre. A user reads and edits it, so every key stands on its own line and says what
//! it does.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::centre::Centre;
use super::scenario::{Better, Columns, Measure, Measured, Scenario, Truth};
use super::sheets::DETAILS;
use super::tables::Tables;

/// `gapwise.toml` of a scenario.
pub(super) fn gapwise(scenario: &Scenario, tables: &Tables) -> String {
    let mut text =
        head(&scenario.client, &scenario.timezone, "[\"builtin:contact-centre\", \"rules/*.toml\"]");
    let all = scenario.columns == Columns::All;
    text.push_str(CONTACTS);
    if !tables.evaluations.is_empty() {
        text.push_str(EVALUATIONS.trim_end());
        text.push('\n');
        text.push_str(if all {
            "columns.contact-type = \"reason\"\ncolumns.form = \"form\"\n\n"
        } else {
            "\n"
        });
    }
    if !tables.sessions.is_empty() {
        text.push_str(COACHING);
        if all {
            DETAILS.split(',').for_each(|name| text.push_str(&mapped(name)));
        }
        text.push_str(&focuses(scenario));
    }
    if !tables.changes.is_empty() {
        text.push_str(CHANGES);
    }
    text.push_str(&roster(scenario, tables));
    text.push_str(&metrics(scenario, !tables.evaluations.is_empty()));
    for (id, measure) in &scenario.measures {
        measured(&mut text, id, &measure.filled(id));
    }
    text.push_str(TAIL);
    text
}

fn head(client: &str, timezone: &str, rules: &str) -> String {
    let mut text =
        "# A made-up centre: every number in `data/` was drawn by `gapwise simulate`.\n\n".to_owned();
    text.push_str(&line("client", &quoted(client), "as the report prints it"));
    text.push_str(&line("timezone", &quoted(timezone), "times without an offset are in it"));
    text.push_str(&line("period", "\"week\"", "ISO weeks"));
    text.push_str(&line("rules", rules, "the whole default pack, then this client's own"));
    text.push_str(&line("history", "8", "settled weeks a report shows"));
    text + "\n"
}

/// One key with what it is for.
fn line(key: &str, value: &str, comment: &str) -> String {
    format!("{:<38} # {comment}\n", format!("{key} = {value}"))
}

const CONTACTS: &str = r#"[sources.contacts]                     # one row a contact
path = "data/contacts.csv"             # a glob such as "data/contacts/*.parquet" works too
columns.id = "contact_id"
columns.at = "started_at"
columns.agent = "agent_id"
columns.team = "team"
columns.contact-type = "reason"
segments = ["channel", "site"]         # further dimensions kept in the figures

"#;

const EVALUATIONS: &str = r#"[sources.evaluations]                  # one row a quality evaluation
path = "data/evaluations.csv"
columns.id = "evaluation_id"
columns.at = "evaluated_at"
columns.agent = "agent_id"
columns.team = "team"
columns.evaluator = "evaluator"
columns.contact = "contact_id"
columns.score = "score"

"#;

const COACHING: &str = r#"[sources.coaching]                     # one row a session
path = "data/coaching.csv"
columns.id = "session_id"
columns.at = "date"
columns.agent = "agent_id"
columns.coach = "coach"
columns.minutes = "minutes"
columns.status = "status"
columns.focus = "focus"
columns.touchpoint = "touchpoint"
values.status.held = ["Held"]
values.status.cancelled = ["Cancelled"]
"#;

const ROSTER: &str = r#"[sources.roster]                       # one row an agent
path = "data/roster.csv"
columns.agent = "agent_id"
columns.team = "team"
columns.site = "site"
columns.hired-on = "hired_on"
"#;

const CHANGES: &str = r#"[sources.changes]                      # one row a change to the operation
path = "data/changes.csv"
columns.id = "change_id"
columns.at = "date"
columns.what = "what"
columns.contact-type = "contact_type"
columns.team = "team"
columns.metric = "metric"
columns.state = "state"
columns.owner = "owner"

"#;

fn roster(scenario: &Scenario, tables: &Tables) -> String {
    let mut text = ROSTER.to_owned();
    if scenario.columns == Columns::All {
        text.push_str(&mapped("coach"));
    }
    tables.attributes.keys().for_each(|name| text.push_str(&mapped(name)));
    text
}

/// A column under its own name.
fn mapped(name: &str) -> String {
    format!("columns.{} = {}\n", name.replace('_', "-"), quoted(&name.replace('-', "_")))
}

const TAIL: &str = r#"
[privacy]
individuals = "never"                  # no page names a person
min-group = 8                          # no figure about fewer people

[[report]]
template = "leadership.html"           # one page, thirty seconds

[[report]]
template = "investigation.html"        # the evidence behind it
"#;

/// What the log calls a focus, and the metric it is meant to move.
fn focuses(scenario: &Scenario) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    for programme in &scenario.coaching {
        let id = slug(&programme.focus);
        if seen.insert(id.clone()) {
            _ = writeln!(text, "values.focus.{id} = [{}]", quoted(&programme.focus));
            let moves: Vec<String> = programme.moved().map(quoted).collect();
            _ = writeln!(text, "moves.{id} = [{}]", moves.join(", "));
        }
    }
    text + "\n"
}

fn metrics(scenario: &Scenario, evaluated: bool) -> String {
    let mut text = String::new();
    metric(
        &mut text,
        Measured::Fcr,
        &scenario.fcr,
        r#"label = "First-contact resolution"
source = "contacts"
type = "proportion"
value = "resolved = 'Y'"
better = "higher"
role = "outcome"
matures-after = "7d"                   # a repeat within 7 days takes the resolution back
"#,
    );
    if evaluated {
        metric(
            &mut text,
            Measured::ConfirmsNextStep,
            &scenario.confirms_next_step,
            r#"label = "Confirms the next step"
source = "evaluations"
type = "proportion"
value = "confirms_next_step = 'Y'"
better = "higher"
role = "behaviour"
"#,
        );
        metric(
            &mut text,
            Measured::Qa,
            &scenario.qa,
            r#"label = "Evaluation score"
source = "evaluations"
type = "mean"
value = "score"
unit = "points"
better = "higher"
role = "behaviour"
"#,
        );
    }
    metric(
        &mut text,
        Measured::Aht,
        &scenario.aht,
        r#"label = "Handle time"
source = "contacts"
type = "mean"
value = "handle_s"
unit = "s"
better = "lower"
role = "outcome"
"#,
    );
    text
}

/// A measure of the scenario.
fn measured(text: &mut String, id: &str, measure: &Measure) {
    let column = measure.column(id);
    _ = writeln!(text, "\n[metrics.{id}]\nlabel = {}", quoted(&Measure::label(id)));
    text.push_str("source = \"contacts\"\n");
    match &measure.unit {
        None => _ = writeln!(text, "type = \"proportion\"\nvalue = \"{column} = 'Y'\""),
        Some(unit) => _ = writeln!(text, "type = \"mean\"\nvalue = \"{column}\"\nunit = {}", quoted(unit)),
    }
    let is_higher = measure.better == Some(Better::Higher);
    _ = writeln!(text, "better = \"{}\"\nrole = \"outcome\"", if is_higher { "higher" } else { "lower" });
    if let Some(concept) = &measure.concept {
        _ = writeln!(text, "concept = {}", quoted(concept));
    }
    text.push_str(&amounts(measure.target, measure.material));
}

fn metric(text: &mut String, metric: Measured, truth: &Truth, keys: &str) {
    _ = write!(text, "\n[metrics.{}]\n{keys}", metric.id());
    if let Some(target) = truth.target {
        _ = writeln!(text, "target = {target:?}");
    }
    if let Some(material) = truth.material {
        let value = format!("{material:?}");
        text.push_str(&line("material", &value, "the smallest difference worth acting on"));
    }
}

/// `rules/client.toml`: nothing in force, an example to start from.
pub(super) const CLIENT_RULES: &str = r#"# This client's own rules and changes to the shipped ones. Nothing here is in force yet: take the `#` away
# from the lines below to change a threshold. `gapwise config --origin` shows what is in force and from where.

# [[override]]
# rule = "agents-vary"                 # a rule of the pack
# where = { metric = ["aht"] }         # only here
# thresholds.min-sd = "20s"            # in the metric's unit, or "1.5x" times its `material`
# why = "agreed on 14 November: 20 s is what the rota feels"   # printed with the finding
"#;

/// `gapwise.toml` of a compact centre: the metric `m` and, where the centre has one, `handle`.
pub(super) fn compact(centre: &Centre, tables: &Tables) -> String {
    let mut text = head("Rule test", "UTC", "[\"builtin:contact-centre\"]");
    text.push_str(CONTACTS);
    if !tables.sessions.is_empty() {
        text.push_str(COACHING);
        text.push_str("values.focus.m = [\"m\"]\n\n");
    }
    text.push_str(ROSTER);
    text.push_str("\n[metrics.m]\ntype = \"proportion\"\nvalue = \"resolved = 'Y'\"\nbetter = \"higher\"\n");
    _ = write!(text, "{}", amounts(centre.target, centre.material));
    if let Some(handle) = &centre.handle {
        text.push_str(
            "\n[metrics.handle]\ntype = \"mean\"\nvalue = \"handle_s\"\nunit = \"s\"\nbetter = \"lower\"\n",
        );
        _ = write!(text, "{}", amounts(handle.target, handle.material));
    }
    text
}

fn amounts(target: Option<f64>, material: Option<f64>) -> String {
    let line = |key: &str, value: Option<f64>| value.map(|v| format!("{key} = {v:?}\n")).unwrap_or_default();
    line("target", target) + &line("material", material)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Lower-case ASCII letters and digits with hyphens between them.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

//! What a workspace does with data about people, from its configuration alone: what is read, what leaves and who sees
//! it, what is kept and how long, which safeguards are in force. Nothing in it names a person.

use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use crate::config::{Allowance, Delivery, Individuals, Plan, SourcePlan};
use crate::model::SourceId;
use crate::source;

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub client: String,
    pub reads: Vec<Reads>,
    pub leaves: Vec<Said>,
    pub deliveries: Vec<Said>,
    pub keeps: Vec<Kept>,
    pub safeguards: Vec<String>,
    pub allowances: Vec<Allowed>,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reads {
    pub source: &'static str,
    pub path: String,
    /// Role to columns, as `what it is called here (what it is called in the file)`.
    pub columns: Vec<Role>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    pub role: &'static str,
    pub columns: Vec<String>,
}

/// A file or a delivery, and what is in it or who gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    pub what: String,
    pub says: String,
}

/// A place where something stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub place: String,
    pub what: &'static str,
    pub how_long: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allowed {
    pub report: String,
    pub shows: &'static str,
    pub basis: String,
    pub agreed_by: String,
    pub owner: String,
    pub until: NaiveDate,
    pub in_force: bool,
}

impl Notice {
    /// What holds on a day for what is published below `out`.
    pub fn of(plan: &Plan, out: &Path, today: NaiveDate) -> Self {
        Self {
            client: plan.client.clone(),
            reads: plan.sources.iter().map(|one| reads(plan, one, today)).collect(),
            leaves: leaves(plan, today),
            deliveries: plan.deliveries.iter().map(delivery).collect(),
            keeps: keeps(plan, out),
            safeguards: safeguards(plan),
            allowances: plan.privacy.allows.iter().map(|one| allowed(one, today)).collect(),
        }
    }
}

const PERSON: &str = "names a person";
const CONTACT: &str = "names a contact, a session or a change";
const TIME: &str = "says when";
const REST: &str = "is about the work";
const UNREAD: &str = "mapped and not read";

fn role(canonical: &str) -> &'static str {
    match canonical {
        "agent" | "coach" | "evaluator" | "customer" | "email" | "name" | "agent_id" | "login" => PERSON,
        "id" | "contact" | "linked_contact" => CONTACT,
        "at" | "from" | "to" | "end" => TIME,
        time if time.ends_with("_at") || time.ends_with("_on") => TIME,
        _ => REST,
    }
}

fn reads(plan: &Plan, source: &SourcePlan, today: NaiveDate) -> Reads {
    // Of a table that is summed only the columns of the reduction are read.
    let summed = source.id.is_cube().then(|| {
        let span = plan.span(plan.calendar.last_complete(today));
        source::reduction(plan, source, span, today).ok()
    });
    let read: Option<Vec<String>> =
        summed.flatten().map(|one| one.columns().into_iter().map(str::to_owned).collect());
    let mut roles = [PERSON, CONTACT, TIME, REST, UNREAD].map(|role| Role { role, columns: Vec::new() });
    for (canonical, column) in &source.columns {
        let raw = column.raw.join(" and ");
        let is_read = read.as_ref().is_none_or(|read| read.contains(&column.raw.join(" ")));
        let role = if is_read || column.raw.is_empty() { role(canonical) } else { UNREAD };
        let called = canonical.replace('_', "-");
        let said = if raw.is_empty() { called } else { format!("{called} ({raw})") };
        roles.iter_mut().filter(|one| one.role == role).for_each(|one| one.columns.push(said.clone()));
    }
    // What metrics and the filter name as it stands in the file.
    let mapped: Vec<&String> = source.columns.values().flat_map(|column| &column.raw).collect();
    let is_free = |name: &&String| !mapped.contains(name) && !source.segments.contains(name);
    roles[3].columns.extend(read.iter().flatten().filter(is_free).cloned());
    let segments =
        source.segments.iter().filter(|name| !source.columns.contains_key(&name.replace('-', "_")));
    roles[3].columns.extend(segments.cloned());
    Reads {
        source: source.id.name(),
        path: source.path.clone(),
        columns: roles.into_iter().filter(|role| !role.columns.is_empty()).collect(),
    }
}

fn leaves(plan: &Plan, today: NaiveDate) -> Vec<Said> {
    let groups =
        format!("figures of groups of {} people or more, nobody's name or code", plan.privacy.min_group);
    let said = |what: &str, says: &str| Said { what: what.to_owned(), says: says.to_owned() };
    let mut all: Vec<Said> = plan
        .reports
        .iter()
        .map(|report| said(&report.template, &page(plan, &report.template, today, &groups)))
        .collect();
    all.extend([
        said("findings.json, findings.csv, evidence/*.csv", &groups),
        said("rejected.csv", "file, line and reason of rows that could not be used, no value of them"),
        said("manifest.json", "names, sizes and hashes of the files; counts of rows"),
    ]);
    all
}

fn page(plan: &Plan, report: &str, today: NaiveDate, groups: &str) -> String {
    let allowance = plan.privacy.allows.iter().find(|one| one.report == report && one.holds(today));
    let mut says = match allowance {
        Some(one) => format!("{groups} but agents by {} until {}", shows(one.individuals), one.until),
        None => groups.to_owned(),
    };
    let contacts = plan.source(SourceId::Contacts).is_some_and(|one| one.columns.contains_key("id"));
    if contacts && report.starts_with("investigation.") {
        says.push_str("; numbers of contacts to follow, at most two an agent and without their agents");
    }
    if report.starts_with("team.") {
        says.push_str("; a file a team, `team-<name>`, with nothing of another team");
    }
    says
}

fn shows(individuals: Individuals) -> &'static str {
    match individuals {
        Individuals::Never => "nothing",
        Individuals::Codes => "code",
        Individuals::Names => "name",
    }
}

fn delivery(one: &Delivery) -> Said {
    let when = if one.on_change_only { "when something changed" } else { "after every run" };
    let to = one.path.as_deref().unwrap_or("an address in the configuration");
    Said { what: one.report.clone(), says: format!("to the {} `{to}`, {when}", one.to) }
}

fn keeps(plan: &Plan, out: &Path) -> Vec<Kept> {
    let long = plan.privacy.retain_days.map_or_else(
        || "until somebody deletes it: `privacy.retain` is not set".to_owned(),
        |days| format!("{days} days"),
    );
    let folder = out.join(&plan.slug);
    let place = |name: &str| folder.join(name).display().to_string();
    let kept = |place: String, what: &'static str, how_long: &str| Kept {
        place,
        what,
        how_long: how_long.to_owned(),
    };
    let mut all = vec![
        kept(place("<period>/"), "what was published", &long),
        kept(
            place("kept/"),
            "partial results with agents' keys and some numbers of contacts; read by later runs, sent nowhere",
            &long,
        ),
        kept(place("revisions.jsonl"), "which files a new publication changed, by name", "always"),
    ];
    if plan.privacy.allows.iter().any(|one| one.individuals == Individuals::Codes) {
        let place = crate::publish::privacy_key::place(&plan.folder).display().to_string();
        all.push(kept(
            place,
            "the key behind codes; it never leaves the workspace",
            "until somebody deletes it",
        ));
    }
    all
}

fn safeguards(plan: &Plan) -> Vec<String> {
    let least = plan.privacy.min_group;
    let listed = match plan.privacy.sensitive.as_slice() {
        [] => "absence, disengagement, leaving and answers of agents are not looked at".to_owned(),
        some => format!(
            "of the sensitive subjects only these are looked at, for the operation alone: {}",
            some.join(", ")
        ),
    };
    vec![
        format!(
            "no figure about fewer than {least} agents, coaches or evaluators, nor one that would give such a figure away"
        ),
        "coaches and evaluators: whether they differ and by how much, never which".to_owned(),
        listed,
        "a fixed footer on every page: not made for assessing individuals".to_owned(),
        "nothing is sent anywhere but by the deliveries above".to_owned(),
    ]
}

fn allowed(one: &Allowance, today: NaiveDate) -> Allowed {
    Allowed {
        report: one.report.clone(),
        shows: shows(one.individuals),
        basis: one.basis.clone(),
        agreed_by: one.agreed_by.clone(),
        owner: one.owner.clone(),
        until: one.until,
        in_force: one.holds(today),
    }
}

//! Puts a centre into a folder as a workspace anyone could have written by hand.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use super::centre::Centre;
use super::draw::tables;
use super::scenario::Scenario;
use super::tables::Tables;
use super::workspace;

const TIME: &str = "%Y-%m-%d %H:%M:%S";

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub folder: PathBuf,
    /// Relative to the folder, in the order written.
    pub files: Vec<PathBuf>,
    pub contacts: usize,
    pub evaluations: usize,
    pub sessions: usize,
}

/// Writes the scenario as a workspace: `data/*.csv`, `gapwise.toml`, `rules/client.toml`.
/// A folder that holds a `gapwise.toml` is left alone.
pub fn write(scenario: &Scenario, folder: &Path) -> Result<Written> {
    let tables = tables(scenario)?;
    let own = workspace::gapwise(scenario, &tables);
    put(&tables, &[("gapwise.toml", own.as_str()), ("rules/client.toml", workspace::CLIENT_RULES)], folder)
}

/// Writes a compact centre as a workspace with the metrics `m` and, where it has one, `handle`.
pub fn write_centre(centre: &Centre, folder: &Path) -> Result<Written> {
    let tables = centre.tables()?;
    put(&tables, &[("gapwise.toml", &workspace::compact(centre, &tables))], folder)
}

fn put(tables: &Tables, texts: &[(&str, &str)], folder: &Path) -> Result<Written> {
    let taken = folder.join("gapwise.toml");
    ensure!(!taken.exists(), "`{}` exists already, choose another folder", taken.display());
    let mut files = data(tables, folder)?;
    for (name, text) in texts {
        let path = place(folder, name)?;
        std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        files.push(PathBuf::from(name));
    }
    Ok(Written {
        folder: folder.to_owned(),
        files,
        contacts: tables.contacts.len(),
        evaluations: tables.evaluations.len(),
        sessions: tables.sessions.len(),
    })
}

/// The tables that have rows, as CSV.
fn data(tables: &Tables, folder: &Path) -> Result<Vec<PathBuf>> {
    csv(folder, "data/contacts.csv", contacts(tables))?;
    csv(folder, "data/roster.csv", roster(tables))?;
    let mut files = vec![PathBuf::from("data/contacts.csv"), PathBuf::from("data/roster.csv")];
    if !tables.evaluations.is_empty() {
        csv(folder, "data/evaluations.csv", evaluations(tables))?;
        files.push(PathBuf::from("data/evaluations.csv"));
    }
    if !tables.sessions.is_empty() {
        csv(folder, "data/coaching.csv", sessions(tables))?;
        files.push(PathBuf::from("data/coaching.csv"));
    }
    Ok(files)
}

fn place(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).with_context(|| format!("cannot create `{}`", parent.display()))?;
    Ok(path)
}

fn csv(folder: &Path, name: &str, rows: impl Iterator<Item = impl Serialize>) -> Result<()> {
    let path = place(folder, name)?;
    let failed = || format!("cannot write `{}`", path.display());
    let mut writer = csv::Writer::from_path(&path).with_context(failed)?;
    for row in rows {
        writer.serialize(row).with_context(failed)?;
    }
    writer.flush().with_context(failed)
}

#[derive(Serialize)]
struct ContactRow<'a> {
    contact_id: String,
    started_at: String,
    agent_id: &'a str,
    team: &'a str,
    site: &'a str,
    channel: &'a str,
    reason: &'a str,
    handle_s: u32,
    hold_s: u32,
    escalated: char,
    resolved: char,
}

fn contacts(tables: &Tables) -> impl Iterator<Item = ContactRow<'_>> {
    let contacts = &tables.contacts;
    (0..contacts.len()).map(move |row| {
        let agent = contacts.agent[row];
        ContactRow {
            contact_id: contact_id(row),
            started_at: contacts.at[row].format(TIME).to_string(),
            agent_id: &tables.agents[agent as usize],
            team: tables.team(agent),
            site: tables.site(agent),
            channel: &tables.channels[contacts.channel[row] as usize],
            reason: &tables.contact_types[contacts.contact_type[row] as usize],
            handle_s: contacts.handle_s[row],
            hold_s: contacts.hold_s[row],
            escalated: yes_no(contacts.escalated[row]),
            resolved: yes_no(contacts.resolved[row]),
        }
    })
}

#[derive(Serialize)]
struct EvaluationRow<'a> {
    evaluation_id: String,
    contact_id: String,
    evaluated_at: String,
    agent_id: &'a str,
    team: &'a str,
    evaluator: String,
    score: u32,
    confirms_next_step: char,
}

fn evaluations(tables: &Tables) -> impl Iterator<Item = EvaluationRow<'_>> {
    let evaluations = &tables.evaluations;
    (0..evaluations.len()).map(move |row| {
        let agent = evaluations.agent[row];
        EvaluationRow {
            evaluation_id: format!("E{:06}", row + 1),
            contact_id: contact_id(evaluations.contact[row] as usize),
            evaluated_at: evaluations.at[row].format(TIME).to_string(),
            agent_id: &tables.agents[agent as usize],
            team: tables.team(agent),
            evaluator: format!("Q{:02}", evaluations.evaluator[row] + 1),
            score: evaluations.score[row],
            confirms_next_step: yes_no(evaluations.confirms_next_step[row]),
        }
    })
}

#[derive(Serialize)]
struct SessionRow<'a> {
    session_id: String,
    date: String,
    agent_id: &'a str,
    coach: String,
    focus: &'a str,
    minutes: u32,
    status: &'a str,
    touchpoint: &'a str,
}

fn sessions(tables: &Tables) -> impl Iterator<Item = SessionRow<'_>> {
    let sessions = &tables.sessions;
    (0..sessions.len()).map(move |row| {
        let agent = sessions.agent[row] as usize;
        SessionRow {
            session_id: format!("S{:05}", row + 1),
            date: sessions.date[row].to_string(),
            agent_id: &tables.agents[agent],
            coach: format!("L{:02}", tables.team_of[agent] + 1),
            focus: &sessions.focus[row],
            minutes: sessions.minutes[row],
            status: if sessions.held[row] { "Held" } else { "Cancelled" },
            touchpoint: sessions.touchpoint[row].name(),
        }
    })
}

#[derive(Serialize)]
struct RosterRow<'a> {
    agent_id: &'a str,
    team: &'a str,
    site: &'a str,
    hired_on: String,
}

fn roster(tables: &Tables) -> impl Iterator<Item = RosterRow<'_>> {
    tables.agents.iter().zip(0_u32..).map(|(agent_id, agent)| RosterRow {
        agent_id,
        team: tables.team(agent),
        site: tables.site(agent),
        hired_on: tables.hired_on[agent as usize].to_string(),
    })
}

fn contact_id(row: usize) -> String {
    format!("C{:07}", row + 1)
}

fn yes_no(value: bool) -> char {
    if value { 'Y' } else { 'N' }
}

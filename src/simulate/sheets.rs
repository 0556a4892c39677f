//! Tables as text: what each file of a written centre holds, under the headers its workspace maps.

use super::scenario::{Columns, Measure, Scenario};
use super::tables::{Detail, Tables};

const TIME: &str = "%Y-%m-%d %H:%M:%S";

/// One file: a header and its rows.
pub(super) struct Sheet<'a> {
    /// The source it is read as.
    pub(super) source: &'static str,
    pub(super) header: Vec<String>,
    pub(super) rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

/// Every table that has rows.
pub(super) fn sheets<'a>(scenario: &'a Scenario, tables: &'a Tables) -> Vec<Sheet<'a>> {
    let all = [contacts(scenario, tables), evaluations(scenario, tables)];
    all.into_iter().chain(small(scenario, tables)).filter(|sheet| has_rows(sheet.source, tables)).collect()
}

/// Those without metrics: the roster, sessions and changes.
pub(super) fn small<'a>(scenario: &'a Scenario, tables: &'a Tables) -> Vec<Sheet<'a>> {
    let all = [roster(scenario, tables), sessions(scenario, tables), changes(tables)];
    all.into_iter().filter(|sheet| has_rows(sheet.source, tables)).collect()
}

fn has_rows(source: &str, tables: &Tables) -> bool {
    match source {
        "evaluations" => !tables.evaluations.is_empty(),
        "coaching" => !tables.sessions.is_empty(),
        "changes" => !tables.changes.is_empty(),
        _ => true,
    }
}

/// Further columns of contacts: place among the measures, id and measure.
pub(super) fn further(scenario: &Scenario) -> impl Iterator<Item = (usize, &str, Measure)> {
    let all = scenario.measures.iter().enumerate();
    all.filter(|(_, (id, _))| !Measure::is_stage(id))
        .map(|(place, (id, measure))| (place, id.as_str(), measure.filled(id)))
}

fn contacts<'a>(scenario: &'a Scenario, tables: &'a Tables) -> Sheet<'a> {
    let contacts = &tables.contacts;
    let further: Vec<(usize, &str, Measure)> = further(scenario).collect();
    let mut header =
        header("contact_id,started_at,agent_id,team,site,channel,reason,handle_s,hold_s,escalated,resolved");
    header.extend(further.iter().map(|(_, id, measure)| measure.column(id)));
    let row = move |row: usize| {
        let agent = contacts.agent[row];
        let mut cells = vec![
            contact_id(row),
            contacts.at[row].format(TIME).to_string(),
            tables.agents[agent as usize].clone(),
            tables.team(agent).to_owned(),
            tables.site(agent).to_owned(),
            tables.channels[contacts.channel[row] as usize].clone(),
            tables.contact_types[contacts.contact_type[row] as usize].clone(),
            contacts.handle_s[row].to_string(),
            contacts.hold_s[row].to_string(),
            yes_no(contacts.escalated[row]),
            if contacts.traced[row] { yes_no(contacts.resolved[row]) } else { String::new() },
        ];
        cells.extend(further.iter().map(|(place, _, measure)| {
            let value = contacts.measures[*place][row];
            value.map_or_else(String::new, |x| {
                if measure.is_proportion() { yes_no(x > 0.5) } else { x.to_string() }
            })
        }));
        cells
    };
    Sheet { source: "contacts", header, rows: Box::new((0..contacts.len()).map(row)) }
}

fn evaluations<'a>(scenario: &Scenario, tables: &'a Tables) -> Sheet<'a> {
    let evaluations = &tables.evaluations;
    let all = scenario.columns == Columns::All;
    let mut header =
        header("evaluation_id,contact_id,evaluated_at,agent_id,team,evaluator,score,confirms_next_step");
    if all {
        header.extend(["reason", "form"].map(str::to_owned));
    }
    let row = move |row: usize| {
        let (agent, contact) = (evaluations.agent[row], evaluations.contact[row] as usize);
        let mut cells = vec![
            format!("E{:06}", row + 1),
            contact_id(contact),
            evaluations.at[row].format(TIME).to_string(),
            tables.agents[agent as usize].clone(),
            tables.team(agent).to_owned(),
            tables.evaluator(evaluations.evaluator[row]),
            evaluations.score[row].to_string(),
            yes_no(evaluations.confirms_next_step[row]),
        ];
        if all {
            cells.push(tables.contact_types[tables.contacts.contact_type[contact] as usize].clone());
            cells.push(FORM.to_owned());
        }
        cells
    };
    Sheet { source: "evaluations", header, rows: Box::new((0..evaluations.len()).map(row)) }
}

/// The only form of evaluations.
pub(super) const FORM: &str = "Standard";

/// Headers of the log's further columns.
pub(super) const DETAILS: &str =
    "team,kind,purpose,trigger,planned_at,reason,linked_contact,follow_up_due,follow_up_done,ack_at";

fn sessions<'a>(scenario: &Scenario, tables: &'a Tables) -> Sheet<'a> {
    let sessions = &tables.sessions;
    let all = scenario.columns == Columns::All;
    let mut header = header("session_id,date,agent_id,coach,focus,minutes,status,touchpoint");
    if all {
        header.extend(DETAILS.split(',').map(str::to_owned));
    }
    let row = move |row: usize| {
        let agent = sessions.agent[row];
        let mut cells = vec![
            format!("S{:05}", row + 1),
            sessions.date[row].to_string(),
            tables.agents[agent as usize].clone(),
            tables.coach(agent),
            sessions.focus[row].clone(),
            sessions.minutes[row].to_string(),
            if sessions.held[row] { "Held" } else { "Cancelled" }.to_owned(),
            sessions.touchpoint[row].name().to_owned(),
        ];
        if all {
            cells.push(tables.team(agent).to_owned());
            cells.extend(detail(&sessions.details[row]));
        }
        cells
    };
    Sheet { source: "coaching", header, rows: Box::new((0..sessions.len()).map(row)) }
}

fn detail(detail: &Detail) -> [String; 9] {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        if detail.supportive { "supportive" } else { "corrective" }.to_owned(),
        detail.purpose.clone(),
        detail.trigger.to_owned(),
        detail.planned_at.to_string(),
        detail.reason.unwrap_or_default().to_owned(),
        detail.linked_contact.map(|row| contact_id(row as usize)).unwrap_or_default(),
        day(detail.follow_up_due),
        day(detail.follow_up_done),
        day(detail.ack_at),
    ]
}

fn roster<'a>(scenario: &Scenario, tables: &'a Tables) -> Sheet<'a> {
    let all = scenario.columns == Columns::All;
    let mut header = header("agent_id,team,site,hired_on");
    header.extend(all.then(|| "coach".to_owned()));
    header.extend(tables.attributes.keys().map(|name| name.replace('-', "_")));
    let row = move |(agent_id, agent): (&String, u32)| {
        let mut cells = vec![
            agent_id.clone(),
            tables.team(agent).to_owned(),
            tables.site(agent).to_owned(),
            tables.hired_on[agent as usize].to_string(),
        ];
        cells.extend(all.then(|| tables.coach(agent)));
        cells.extend(tables.attributes.values().map(|values| values[agent as usize].clone()));
        cells
    };
    Sheet { source: "roster", header, rows: Box::new(tables.agents.iter().zip(0_u32..).map(row)) }
}

fn changes(tables: &Tables) -> Sheet<'_> {
    let row = |(number, change): (usize, &super::tables::Recorded)| {
        vec![
            format!("CH{number:03}"),
            change.at.to_string(),
            change.what.clone(),
            change.contact_types.join(";"),
            change.teams.join(";"),
            change.metrics.join(";"),
            "done".to_owned(),
            "Head of Operations".to_owned(),
        ]
    };
    let header = header("change_id,date,what,contact_type,team,metric,state,owner");
    Sheet { source: "changes", header, rows: Box::new((1..).zip(&tables.changes).map(row)) }
}

fn header(names: &str) -> Vec<String> {
    names.split(',').map(str::to_owned).collect()
}

fn contact_id(row: usize) -> String {
    format!("C{:07}", row + 1)
}

fn yes_no(value: bool) -> String {
    if value { "Y" } else { "N" }.to_owned()
}

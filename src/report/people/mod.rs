//! What one page may show of single people and single contacts, beside the story that every page is made of: agents
//! where a dated allowance opens the page, contacts to follow on the investigation page. Nothing of it is in the
//! contract, the evidence, another page or another page's context.

mod agents;
mod codes;
mod contacts;

pub use codes::Codes;

use super::audience::for_audience;
use super::context::{AgentsView, ContactsView, Context, PeopleView};
use super::frame::Frame;
use super::page::NOBODY;
use super::view::View;
use crate::config::{Allowance, Plan};
use crate::cube::Data;
use crate::judge;
use crate::model::Story;

/// Pages that may list contacts to follow.
const FOR_INVESTIGATORS: [&str; 2] = ["investigation.html", "investigation.md"];

/// A page that an allowance in force opens.
#[derive(Clone, Debug)]
pub struct Open<'a> {
    pub allowance: &'a Allowance,
    pub shown: Shown,
}

/// What stands for a person.
#[derive(Clone, Debug)]
pub enum Shown {
    Codes(Codes),
    Names,
}

/// What single pages may show.
#[derive(Clone, Debug, Default)]
pub struct People {
    contacts: Vec<ContactsView>,
    /// By report.
    agents: Vec<(String, String, Vec<AgentsView>)>,
}

impl People {
    pub fn of(plan: &Plan, data: &Data, story: &Story, open: &[Open<'_>]) -> Self {
        let frame = Frame::of(plan);
        let safe = for_audience(story, &frame);
        let view = View { frame: &frame, story: &safe };
        let results =
            if open.is_empty() { Vec::new() } else { judge::individuals(plan, data, story.now.period) };
        let page = |one: &Open<'_>| {
            let name = |agent: u32| {
                let label = data.agents.get(agent as usize).map_or("", String::as_str);
                match &one.shown {
                    Shown::Codes(codes) => codes.of(label),
                    Shown::Names => crate::words::shortened(label),
                }
            };
            let agents = results.iter().filter_map(|result| agents::view(view, result, &name)).collect();
            (one.allowance.report.clone(), allowed(one.allowance), agents)
        };
        let contacts = data.samples.as_deref().map(|samples| contacts::views(view, data, samples));
        Self { contacts: contacts.unwrap_or_default(), agents: open.iter().map(page).collect() }
    }

    /// A report's context with what that page may show; nothing for most. It must not say that nobody is named
    /// where somebody is.
    pub(super) fn seen_on(&self, report: &str, context: &Context) -> Context {
        let people = self.on(report);
        let said = |line: &String| match people.agents.as_slice() {
            [] => line.clone(),
            _ => line.replace(NOBODY, "Agents are shown one by one under a dated allowance"),
        };
        let limits = context.limits.iter().map(said).collect();
        Context { report: report.to_owned(), limits, people, ..context.clone() }
    }

    fn on(&self, report: &str) -> PeopleView {
        let own = self.agents.iter().find(|(name, _, agents)| name == report && !agents.is_empty());
        let (allowed, agents) = own.map(|(_, allowed, agents)| (allowed.clone(), agents.clone())).unzip();
        let contacts = if FOR_INVESTIGATORS.contains(&report) { self.contacts.clone() } else { Vec::new() };
        PeopleView { contacts, agents: agents.unwrap_or_default(), allowed: allowed.unwrap_or_default() }
    }
}

fn allowed(allowance: &Allowance) -> String {
    let said = |text: &str| crate::words::shortened(text);
    format!(
        "Agents are shown until {} on the basis of: {}. Agreed by {}; {} answers for it.",
        allowance.until,
        said(&allowance.basis),
        said(&allowance.agreed_by),
        said(&allowance.owner)
    )
}

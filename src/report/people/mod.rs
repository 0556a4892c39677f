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
use super::page::{agents_shown, nobody_named};
use super::view::View;
use crate::config::{Allowance, Plan, Report};
use crate::cube::Data;
use crate::judge;
use crate::model::Story;
use crate::words::{self, Locale, say};

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
                    Shown::Names => words::shortened(label),
                }
            };
            let agents = results.iter().filter_map(|result| agents::view(view, result, &name)).collect();
            (one.allowance.report.clone(), allowed(one.allowance, view.locale()), agents)
        };
        let contacts = data.samples.as_deref().map(|samples| contacts::views(view, data, samples));
        Self { contacts: contacts.unwrap_or_default(), agents: open.iter().map(page).collect() }
    }

    /// A report's context with what that page may show; nothing for most. It must not say that nobody is named
    /// where somebody is.
    pub(super) fn seen_on(&self, report: &Report, context: &Context, frame: &Frame) -> Context {
        let people = self.on(&report.template);
        let (nobody, shown) = (nobody_named(frame), !people.agents.is_empty());
        let said = |line: &String| if shown && *line == nobody { agents_shown(frame) } else { line.clone() };
        Context {
            report: report.template.clone(),
            sections: report.sections.clone(),
            link: report.link.clone(),
            limits: context.limits.iter().map(said).collect(),
            people,
            ..context.clone()
        }
    }

    fn on(&self, report: &str) -> PeopleView {
        let own = self.agents.iter().find(|(name, _, agents)| name == report && !agents.is_empty());
        let (allowed, agents) = own.map(|(_, allowed, agents)| (allowed.clone(), agents.clone())).unzip();
        let contacts = if FOR_INVESTIGATORS.contains(&report) { self.contacts.clone() } else { Vec::new() };
        PeopleView { contacts, agents: agents.unwrap_or_default(), allowed: allowed.unwrap_or_default() }
    }
}

fn allowed(allowance: &Allowance, locale: &Locale) -> String {
    say!(
        locale,
        "people-allowed",
        until = words::days(allowance.until, allowance.until, locale),
        basis = words::shortened(&allowance.basis),
        agreed_by = words::shortened(&allowance.agreed_by),
        owner = words::shortened(&allowance.owner),
    )
}

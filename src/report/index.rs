//! The page over all clients of a run: who needs a look, the worst first. Of each report it says no more than the
//! first line of its summary.

use anyhow::{Context as _, Result, anyhow};
use serde::{Deserialize, Serialize};

use super::render::{self, Format, Theme};
use crate::words::{self, Locale, say};

/// What became of a client's run, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Internal,
    Configuration,
    Unwritable,
    Withheld,
    Locked,
    /// Published, and something could not be judged, read or delivered.
    Incomplete,
    /// Published, with a finding at or above the severity that was asked for.
    Finding,
    Published,
    OnTarget,
}

/// A report's line in the index, as `manifest.json` has it under `summary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// `week 46`.
    pub period: String,
    /// `9–15 November 2026`.
    pub days: String,
    /// `full`, `nothing-new`, `on-target` or `withheld`.
    pub page: String,
    /// The first sentence of the page; none on one that is withheld.
    pub headline: Option<String>,
    pub decisions_asked: usize,
    /// First period of the answer that leads the page: `week 41`.
    pub since: Option<String>,
}

/// One client.
#[derive(Clone, Debug)]
pub struct Client {
    pub name: String,
    pub standing: Standing,
    /// The newest report that was not withheld.
    pub last: Option<Summary>,
    /// Relative to the index; none where no page can be opened.
    pub link: Option<String>,
}

/// The page, in a shipped language.
pub fn index(mut clients: Vec<Client>, locale: &Locale) -> Result<Vec<u8>> {
    clients.sort_by(|a, b| (a.standing, &a.name).cmp(&(b.standing, &b.name)));
    let no_templates = std::collections::BTreeMap::new();
    let theme = Theme { locale, templates: &no_templates };
    let failed = clients.iter().filter(|client| !client.standing.is_published()).count();
    let mut values = tera::Context::new();
    values.insert("lang", locale.name());
    let (n, spelt) = (clients.len(), words::spelt(clients.len(), locale));
    values.insert("lead", &say!(locale, "index-lead", failed, n, spelt));
    values.insert("clients", &clients.iter().map(|client| Row::of(client, locale)).collect::<Vec<_>>());
    let page = render::engine(Format::Html, theme)?.render("index.html", &values);
    let page = page.map_err(|error| anyhow!("{error}")).context("cannot render `index.html`")?;
    Ok(render::with_purpose(&page, locale).into_bytes())
}

impl Standing {
    fn is_published(self) -> bool {
        self >= Self::Incomplete
    }

    fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Configuration => "configuration",
            Self::Unwritable => "unwritable",
            Self::Withheld => "withheld",
            Self::Locked => "locked",
            Self::Incomplete => "incomplete",
            Self::Finding => "finding",
            Self::Published => "published",
            Self::OnTarget => "on-target",
        }
    }
}

/// One client as the template sees it.
#[derive(Serialize)]
struct Row {
    name: String,
    full_name: String,
    standing: &'static str,
    status: String,
    /// `week 46 (9–15 November 2026)`, or which report is the last good one.
    period: String,
    headline: String,
    decisions: String,
    since: String,
    link: String,
}

impl Row {
    fn of(client: &Client, locale: &Locale) -> Self {
        let standing = client.standing.name();
        let now = client.last.as_ref().filter(|_| client.standing.is_published());
        let since = now.and_then(|last| last.since.as_ref());
        Self {
            name: words::shortened(&client.name),
            full_name: words::shortened_to(&client.name, 300),
            standing,
            status: say!(locale, "index-status", standing),
            period: period(client, locale),
            headline: now.and_then(|last| last.headline.clone()).unwrap_or_default(),
            decisions: now.map_or_else(String::new, |last| {
                say!(locale, "index-decisions", asked = last.decisions_asked)
            }),
            since: since
                .map_or_else(String::new, |since| say!(locale, "index-since", since = since.as_str())),
            link: client.link.clone().unwrap_or_default(),
        }
    }
}

fn period(client: &Client, locale: &Locale) -> String {
    match &client.last {
        None => say!(locale, "index-no-report"),
        Some(Summary { period, days, .. }) if client.standing.is_published() => {
            say!(locale, "index-period", period = period.as_str(), days = days.as_str())
        }
        Some(Summary { period, days, .. }) => {
            say!(locale, "index-last-good", period = period.as_str(), days = days.as_str())
        }
    }
}

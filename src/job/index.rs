//! From the exit codes of several runs to the page over all their clients.

use std::path::{Path, PathBuf};

use crate::config::Client;
use crate::publish;
use crate::report::index::{self, Standing, Summary};
use crate::words::Locale;

/// The report that a client's line leads to.
const PAGE: &str = "leadership.html";

/// Writes `<out>/index.html` for these clients and the exit codes of their runs: in the language they share, else in
/// British English.
pub fn write(ran: &[(Client, u8)], out: &Path) -> anyhow::Result<PathBuf> {
    let lines = ran.iter().map(|(client, code)| line(client, *code, out)).collect();
    publish::index::write(out, &index::index(lines, &shared(ran))?)
}

fn line(client: &Client, code: u8, out: &Path) -> index::Client {
    // What cannot be read of a former publication was not written by us.
    let all: Vec<Summary> = publish::index::manifests(out, &client.slug)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|mut manifest| serde_json::from_value(manifest["result"]["summary"].take()).ok())
        .collect();
    let last = all.into_iter().find(|summary| summary.page != "withheld");
    let link = publish::index::has_page(out, &client.slug, PAGE);
    index::Client {
        name: client.name.clone(),
        standing: standing(code, last.as_ref()),
        last,
        link: link.then(|| format!("{}/latest/{PAGE}", client.slug)),
    }
}

fn standing(code: u8, last: Option<&Summary>) -> Standing {
    match code {
        0 if last.is_some_and(|summary| summary.page == "on-target") => Standing::OnTarget,
        0 => Standing::Published,
        1 => Standing::Finding,
        2 => Standing::Configuration,
        3 => Standing::Withheld,
        4 => Standing::Incomplete,
        5 => Standing::Locked,
        6 => Standing::Unwritable,
        _ => Standing::Internal,
    }
}

fn shared(ran: &[(Client, u8)]) -> Locale {
    let mut names = ran.iter().map(|(client, _)| client.locale.as_str());
    let first = names.next().filter(|first| names.all(|name| name == *first));
    first.and_then(Locale::named).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(locale: &str) -> (Client, u8) {
        let client =
            Client { name: "A".to_owned(), slug: "a".to_owned(), locale: locale.to_owned(), valid: true };
        (client, 0)
    }

    #[test]
    fn the_page_is_in_the_language_that_all_clients_share() {
        assert_eq!(shared(&[client("de"), client("de")]).name(), "de");
        assert_eq!(shared(&[client("de"), client("en-US")]).name(), "en-GB");
        assert_eq!(shared(&[client("xx")]).name(), "en-GB", "no such language is shipped");
        assert_eq!(shared(&[]).name(), "en-GB");
    }
}

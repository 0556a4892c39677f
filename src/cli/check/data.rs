//! `gapwise check --data`: the configuration held against the files it names.

use super::Args;
use crate::config::{Loaded, Plan};
use crate::diag::{Diagnostic, Diagnostics};
use crate::job::{self, Failure, Look, Opened};
use crate::probe::{self, Facts, Seen};
use crate::publish;
use crate::source::{Surveyed, survey};
use crate::world::World;

/// What came of looking at the data.
pub(super) struct Probed {
    pub(super) found: Diagnostics,
    /// Nothing where the contacts cannot be read.
    pub(super) facts: Option<Facts>,
}

/// Looks at files first: where the contacts lack a column there is nothing more to see.
pub(super) fn probe(args: &Args, loaded: Loaded, world: &World) -> Result<Probed, Failure> {
    let surveyed = survey(&loaded.plan);
    let mut found = probe::files(&loaded.plan, &loaded.settings, &surveyed);
    if surveyed.iter().any(|one| is_missed(&loaded.plan, one)) {
        return Ok(Probed { found, facts: None });
    }
    let path = loaded.settings.place("sources.contacts.path").cloned();
    match open(args, loaded, world) {
        Ok(opened) => {
            let seen = Seen {
                plan: opened.plan(),
                settings: &opened.loaded.settings,
                surveyed: &surveyed,
                data: &opened.data,
                period: opened.period,
            };
            let beside = seen.diagnostics(&found);
            found.extend(beside);
            Ok(Probed { found, facts: Some(seen.facts()) })
        }
        Err(Failure::Unreadable(why)) => {
            if !found.has_errors() {
                found.push(Diagnostic { place: path, ..Diagnostic::error("GW300", why) });
            }
            Ok(Probed { found, facts: None })
        }
        Err(failure) => Err(failure),
    }
}

/// Whether a source without which there is no report can be read from none of its files.
fn is_missed(plan: &Plan, one: &Surveyed) -> bool {
    let is_required = plan.source(one.source).is_some_and(|source| source.required);
    is_required && one.files.iter().all(|file| file.trouble.is_some() || !file.missing.is_empty())
}

/// A check leaves nothing behind: where no run published, what is kept of the files goes to a folder of its own.
fn open(args: &Args, loaded: Loaded, world: &World) -> Result<Opened, Failure> {
    let scratch = tempfile::tempdir().map_err(|error| Failure::Unwritable(error.into()))?;
    let has_kept = publish::kept(&args.out, &loaded.plan.slug).is_ok_and(|kept| kept.is_dir());
    let out = if has_kept { args.out.clone() } else { scratch.path().to_owned() };
    let look = Look { as_of: args.as_of.clone(), out, back: 0 };
    // Files that are left out are told as diagnostics, each once and with its place.
    let silence = tracing::subscriber::NoSubscriber::new();
    tracing::subscriber::with_default(silence, || job::open_loaded(loaded, &look, world))
}

//! `gapwise check --data`: the configuration held against the files it names.

use super::Args;
use crate::config::Loaded;
use crate::diag::{Diagnostic, Diagnostics};
use crate::job::{self, Failure, Look};
use crate::model::SourceId;
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
    let is_out = |one: &Surveyed| {
        let required = one.source == SourceId::Contacts
            || loaded.plan.source(one.source).is_some_and(|source| source.required);
        required
            && (one.files.is_empty()
                || one.files.iter().all(|file| file.trouble.is_some() || !file.missing.is_empty()))
    };
    if surveyed.iter().any(is_out) {
        return Ok(Probed { found, facts: None });
    }
    let scratch = tempfile::tempdir().map_err(|error| Failure::Unwritable(error.into()))?;
    let kept = publish::kept(&args.out, &loaded.plan.slug).is_ok_and(|kept| kept.is_dir());
    // A check leaves nothing behind: without an earlier run what is kept goes to a folder of its own.
    let out = if kept { args.out.clone() } else { scratch.path().to_owned() };
    let look = Look { as_of: args.as_of.clone(), out, back: 0 };
    // Files that are left out are told below, each once and with its place.
    let silence = tracing::subscriber::NoSubscriber::new();
    let opened = tracing::subscriber::with_default(silence, || job::open_loaded(loaded, &look, world));
    match opened {
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
                found.push(Diagnostic::error("GW300", why));
            }
            Ok(Probed { found, facts: None })
        }
        Err(failure) => Err(failure),
    }
}

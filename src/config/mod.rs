//! From TOML as written to a valid plan, or every mistake at once. Reading is in two steps: a table is held
//! against its shape (`shapes`), which finds unknown keys, missing keys and wrong types with their places;
//! then values are resolved against one another, which finds unknown names, units and expressions.

mod brand;
mod capabilities;
mod changes;
mod client;
mod docs;
mod in_force;
mod metrics;
mod overrides;
mod packs;
mod page_plan;
mod plan;
mod privacy;
mod profile;
mod raw;
mod resolve;
mod rules;
pub mod schema;
mod section;
mod sections;
mod settings;
mod shapes;
mod source_plan;
mod sources;
mod translation;
mod units;
mod verdict_plan;
mod verdicts;
mod wording;
mod workspace;

use std::path::Path;

pub use capabilities::{Capability, capabilities, capabilities_page};
pub use changes::expired;
pub use client::Client;
pub use docs::keys_page;
pub use in_force::{Former, InForce};
pub(crate) use packs::{builtin_file, builtin_pack};
pub use packs::{builtin_names, builtin_tests};
pub use page_plan::{Brand, Names, Report};
pub use plan::*;
pub use profile::Profile;
use section::At;
pub use sections::sections_of;
pub use settings::{Setting, Settings};
pub use shapes::all_shapes;
pub(crate) use shapes::canonical;
pub use source_plan::*;
pub use verdict_plan::*;
pub use verdicts::OPERATION_NUMBERS;
pub use wording::{OwnTheme, theme};

use crate::diag::{Diagnostics, Place, SourceFile};
use crate::world::World;

/// A plan that may run, with what was doubtful about it.
#[derive(Debug)]
pub struct Loaded {
    pub plan: Plan,
    pub warnings: Diagnostics,
    pub settings: Settings,
}

/// Reads a workspace's configuration. Every mistake is in the listing; nothing was written.
pub fn load(workspace: &Path, world: &World) -> Result<Loaded, Diagnostics> {
    load_listed(workspace, world, None)
}

/// [`load`] with other rules: packs, files and globs as in `rules = […]`, which take the place of the workspace's
/// list. `name` is where they are listed, for mistakes in them.
pub fn load_with(
    workspace: &Path,
    world: &World,
    name: &str,
    rules: &[String],
) -> Result<Loaded, Diagnostics> {
    let file = SourceFile::new(name, rules.join(","));
    let mut start = 0;
    let entries = rules.iter().map(|entry| {
        let place = Place::new(&file, start..start + entry.len());
        start += entry.len() + 1;
        At { value: entry.trim().to_owned(), place }
    });
    load_listed(workspace, world, Some(&entries.collect::<Vec<_>>()))
}

fn load_listed(workspace: &Path, world: &World, list: Option<&[At<String>]>) -> Result<Loaded, Diagnostics> {
    let mut found = Diagnostics::default();
    match workspace::read(workspace, world, list, &mut found) {
        Some((plan, settings)) if !found.has_errors() => Ok(Loaded { plan, warnings: found, settings }),
        _ => Err(found),
    }
}

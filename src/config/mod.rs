//! From TOML as written to a valid plan, or every mistake at once. Reading is in two steps: a table is held
//! against its shape (`shapes`), which finds unknown keys, missing keys and wrong types with their places;
//! then values are resolved against one another, which finds unknown names, units and expressions.

mod capabilities;
mod docs;
mod packs;
mod plan;
mod privacy;
mod profile;
mod resolve;
mod rules;
mod section;
mod settings;
mod shapes;
mod source_plan;
mod sources;
mod units;
mod verdicts;
mod workspace;

use std::path::Path;

pub use capabilities::{Capability, capabilities, capabilities_page};
pub use docs::keys_page;
pub(crate) use packs::builtin_file;
pub use packs::{builtin_names, builtin_tests};
pub use plan::*;
pub use profile::Profile;
pub use settings::{Setting, Settings};
pub use shapes::all_shapes;
pub(crate) use shapes::canonical;
pub use source_plan::*;
pub use verdicts::OPERATION_NUMBERS;

use crate::diag::Diagnostics;
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
    let mut found = Diagnostics::default();
    let read = workspace::read(workspace, world, &mut found);
    match read {
        Some((plan, settings)) if !found.has_errors() => Ok(Loaded { plan, warnings: found, settings }),
        _ => Err(found),
    }
}

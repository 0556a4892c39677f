//! `gapwise test --new`: the two tests every rule starts from.

use std::fs;
use std::path::Path;

use super::{complain, load, say, shown};
use crate::config::Loaded;
use crate::diag::way_out;
use crate::trial::{self, Draft, Found};
use crate::world::World;

/// 0 = both tests are written and pass, 1 = one is left to be written, 2 = nothing was written.
pub(super) fn run(rule: &str, workspace: &Path, world: &World) -> u8 {
    let loaded = match load(workspace, world) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    match write(rule, workspace, &loaded, world) {
        Ok((file, draft)) => told(rule, &file, &draft),
        Err(error) => {
            complain(&format!("error: {error:#}"));
            2
        }
    }
}

fn write(id: &str, workspace: &Path, loaded: &Loaded, world: &World) -> anyhow::Result<(String, Draft)> {
    let plan = &loaded.plan;
    let Some(rule) = plan.rule(id) else {
        let known = way_out(id, plan.rules.iter().map(|rule| rule.id.as_str()));
        anyhow::bail!("`{id}` is no rule in force; {known}");
    };
    let folder = workspace.join("tests");
    let file = folder.join(format!("{id}.toml"));
    if file.exists() {
        anyhow::bail!("`{}` exists already; move it away or write the tests into it by hand", shown(&file));
    }
    let setting = trial::setting_of(workspace, world)?;
    let draft = trial::draft(plan, rule, &setting, world)?;
    fs::create_dir_all(&folder)?;
    fs::write(&file, &draft.text)?;
    Ok((shown(&file), draft))
}

fn told(rule: &str, file: &str, draft: &Draft) -> u8 {
    match draft.found {
        Found::Both => {
            say(&format!("{file}: a centre in which `{rule}` fires, and one like it in which it is silent"));
            return 0;
        }
        Found::Firing => {
            complain(&format!(
                "error: `{file}` has a centre in which `{rule}` fires; none near it is silent"
            ));
            complain("change one point of it by hand: what the rule should not mind");
        }
        Found::Nothing => {
            complain(&format!(
                "error: no centre was found in which `{rule}` fires; `{file}` is a start by hand"
            ));
            draft.advice.iter().for_each(|said| complain(&format!("the likeliest centre says: {said}")));
        }
    }
    1
}

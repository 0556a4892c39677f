//! Two tests for a rule that has none: a centre in which it fires, and one as like it as can be found in which it
//! stays silent. Centres come from the shipped packs' own tests, those of the rule's kind first; each is tried with
//! the client's rules, so that what is written passes as it stands.

mod library;
mod nearby;
mod scene;
mod text;

use anyhow::{Result, bail};
use toml::Table;

use super::{Answer, Setting, faults};
use crate::config::{self, Plan, Rule};
use crate::judge;
use crate::report::tried::{self, Only};
use crate::source;
use crate::world::World;
use scene::Scene;

/// Centres that are tried before the search ends.
const TRIED: usize = 40;

/// A file of tests for a rule.
#[derive(Clone, Debug)]
pub struct Draft {
    pub text: String,
    pub found: Found,
    /// Where a centre is missing: what the nearest one said, and what would turn it.
    pub advice: Option<String>,
}

/// What the search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Both,
    /// No centre near the firing one is silent.
    Firing,
    Nothing,
}

/// Writes the two tests of a rule of a workspace.
pub fn draft(plan: &Plan, rule: &Rule, setting: &Setting, world: &World) -> Result<Draft> {
    let trying = Trying { rule, setting, world };
    let mut silent: Vec<Scene> = Vec::new();
    let mut nearest: Option<String> = None;
    let mut firing = None;
    for scene in library::scenes(plan, rule).into_iter().take(TRIED) {
        match trying.answer(&scene) {
            Ok(told) if told.fires => {
                firing = Some(scene);
                break;
            }
            Ok(told) => {
                nearest = nearest.or(Some(told.said));
                if told.silent {
                    silent.push(scene);
                }
            }
            Err(why) => nearest = nearest.or(Some(format!("{why:#}"))),
        }
    }
    let Some(firing) = firing else {
        let text = text::skeleton(plan, rule);
        return Ok(Draft { text, found: Found::Nothing, advice: nearest });
    };
    let quiet = nearby::scenes(&firing).into_iter().chain(nearest_first(silent, &firing));
    let quiet = quiet.take(TRIED).find(|scene| trying.answer(scene).is_ok_and(|told| told.silent));
    let title = trying.title(&firing)?;
    let found = if quiet.is_some() { Found::Both } else { Found::Firing };
    Ok(Draft { text: text::tests(rule, &firing, quiet.as_ref(), title.as_deref()), found, advice: None })
}

/// The scenes with the fewest keys that differ first.
fn nearest_first(mut scenes: Vec<Scene>, from: &Scene) -> Vec<Scene> {
    scenes.sort_by_key(|scene| scene.differences(from).len());
    scenes
}

/// A rule and the workspace it stands in.
struct Trying<'a> {
    rule: &'a Rule,
    setting: &'a Setting,
    world: &'a World,
}

/// What a rule says of a scene.
struct Told {
    fires: bool,
    /// False, not merely unable to tell.
    silent: bool,
    /// The answer in a line, and what would turn it.
    said: String,
}

impl Trying<'_> {
    fn answer(&self, scene: &Scene) -> Result<Told> {
        let test = scene.test()?;
        let plan = super::plan_of(&test, self.setting, self.world)?;
        let Some(index) = plan.plan.rules.iter().position(|rule| rule.id == self.rule.id) else {
            bail!("the rule is not in force")
        };
        let rule = &plan.plan.rules[index];
        let period = plan.plan.calendar.last_complete(plan.end);
        let data = source::read(&plan.plan, plan.plan.span(period), plan.end, None)?;
        let tried = judge::try_rule(&plan.plan, &data, period, index);
        let fires = faults::fired(&test, &tried.findings, &tried.signals, &rule.id);
        let answer = faults::signal(&test, &tried.signals, &rule.id);
        let rows = tried.rows.iter().filter(|row| row.counts && test.judges(row.metric.as_deref()));
        let by_item = answer == Answer::None && rows.into_iter().any(|row| row.value() == Some(false));
        let view = tried::view(&plan.plan, rule, &tried, &Only::default());
        Ok(Told {
            fires,
            silent: !fires && (answer == Answer::Is(false) || by_item),
            said: tried::nearest(&view),
        })
    }

    /// The title of the finding, for the firing scene.
    fn title(&self, scene: &Scene) -> Result<Option<String>> {
        if self.rule.title.is_none() {
            return Ok(None);
        }
        let test = scene.test()?;
        let planned = super::plan_of(&test, self.setting, self.world)?;
        let story = super::judged(&planned.plan, &test)?;
        Ok(faults::titles(&planned.plan, &test, &story, &self.rule.id).into_iter().next())
    }
}

/// The shipped packs' rules as written.
fn shipped() -> Vec<Table> {
    let packs = config::builtin_names().into_iter().flat_map(config::builtin_pack);
    let tables = packs.filter_map(|(_, text)| text.parse::<Table>().ok());
    let rules = tables.filter_map(|table| table.get("rule")?.as_array().cloned()).flatten();
    rules.filter_map(|rule| rule.as_table().cloned()).collect()
}

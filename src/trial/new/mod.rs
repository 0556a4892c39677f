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

/// Centres of the library that are tried before the search for a firing one ends.
const TRIED: usize = 40;

/// Centres near a firing one, and then centres of the library, that are tried for a silent one.
const NEAR: usize = 24;

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
    let library = library::scenes(plan, rule);
    let (firing, advice) = trying.firing(&library);
    let Some(firing) = firing else {
        return Ok(Draft { text: text::skeleton(plan, rule), found: Found::Nothing, advice });
    };
    let quiet = trying.silent(&firing, &library);
    let title = trying.title(&firing)?;
    let found = if quiet.is_some() { Found::Both } else { Found::Firing };
    Ok(Draft { text: text::tests(rule, &firing, quiet.as_ref(), title.as_deref()), found, advice: None })
}

/// A rule and the workspace it stands in.
struct Trying<'a> {
    rule: &'a Rule,
    setting: &'a Setting,
    world: &'a World,
}

/// What a rule says of a scene.
struct Told {
    /// Null = it cannot tell, or has nothing to speak of.
    answer: Option<bool>,
    /// How far the nearest miss is from firing, and what would turn it.
    nearest: (f64, String),
}

impl Told {
    const FIRES: Option<bool> = Some(true);
    const SILENT: Option<bool> = Some(false);
}

impl Trying<'_> {
    fn answer(&self, scene: &Scene) -> Result<Told> {
        let test = scene.test()?;
        let super::Planned { plan, end, _folder } = super::plan_of(&test, self.setting, self.world)?;
        let Some(index) = plan.rules.iter().position(|rule| rule.id == self.rule.id) else {
            bail!("the rule is not in force")
        };
        let rule = &plan.rules[index];
        let period = plan.calendar.last_complete(end);
        let data = source::read(&plan, plan.span(period), end, None)?;
        let tried = judge::try_rule(&plan, &data, period, index);
        let mut own = tried.rows.iter().filter(|row| row.counts && test.judges(row.metric.as_deref()));
        let answer = match faults::signal(&test, &tried.signals, &rule.id) {
            _ if faults::fired(&test, &tried.findings, &tried.signals, &rule.id) => Told::FIRES,
            Answer::Is(false) => Told::SILENT,
            Answer::None if own.any(|row| row.value() == Told::SILENT) => Told::SILENT,
            _ => None,
        };
        let nearest = tried::nearest(&tried::view(&plan, rule, &tried, &Only::default()));
        Ok(Told { answer, nearest })
    }

    /// A scene in which the rule fires: one of the library, or the likeliest of them with more planted in it; else what
    /// the likeliest one says.
    fn firing(&self, library: &[Scene]) -> (Option<Scene>, Option<String>) {
        let mut nearest: Option<(f64, String, &Scene)> = None;
        for scene in library.iter().take(TRIED) {
            match self.answer(scene) {
                Ok(told) if told.answer == Told::FIRES => return (Some(scene.clone()), None),
                Ok(Told { nearest: (distance, said), .. }) => {
                    if nearest.as_ref().is_none_or(|(least, ..)| distance < *least) {
                        nearest = Some((distance, said, scene));
                    }
                }
                Err(why) => _ = nearest.get_or_insert((f64::INFINITY, format!("{why:#}"), scene)),
            }
        }
        let stronger = nearest.iter().flat_map(|(_, _, scene)| nearby::stronger(scene)).take(NEAR);
        let fires = |scene: &Scene| self.answer(scene).is_ok_and(|told| told.answer == Told::FIRES);
        let firing = stronger.into_iter().find(fires);
        (firing, nearest.map(|(_, said, _)| said))
    }

    /// The scene most like the firing one in which the rule says no; else one in which it has nothing to say.
    fn silent(&self, firing: &Scene, library: &[Scene]) -> Option<Scene> {
        let mut others: Vec<&Scene> = library.iter().filter(|scene| *scene != firing).collect();
        others.sort_by_key(|scene| scene.differences(firing).len());
        let near = nearby::scenes(firing).into_iter().take(NEAR);
        let mut mute = None;
        for scene in near.chain(others.into_iter().take(NEAR).cloned()) {
            match self.answer(&scene).map(|told| told.answer) {
                Ok(Told::SILENT) => return Some(scene),
                Ok(None) => mute = mute.or(Some(scene)),
                _ => {}
            }
        }
        mute
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

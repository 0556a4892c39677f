//! The plans the bench judges with: ordinary workspaces with the shipped rules, written once to a temporary
//! folder and loaded as a run would load them.

use anyhow::{Context as _, anyhow};
use gapwise::calendar::Period;
use gapwise::config::{self, Plan};
use gapwise::world::World;

use super::centre::Values;

/// The week that ended on Sunday 15 November 2026.
pub(crate) const LAST: i32 = 2967;

/// A plan with one metric, `m`.
pub(crate) struct Lab {
    pub(crate) plan: Plan,
}

/// What a plan differs in.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) values: Values,
    pub(crate) target: f64,
    pub(crate) material: f64,
    /// The shipped pack: `builtin:contact-centre` is all of them.
    pub(crate) pack: &'static str,
    /// Lines at the top: `history = 52`.
    pub(crate) top: String,
    /// Further metrics.
    pub(crate) metrics: String,
    /// The client's own rules file; empty = none.
    pub(crate) rules: String,
}

impl Setting {
    pub(crate) fn new(values: Values, target: f64, material: f64) -> Self {
        Self {
            values,
            target,
            material,
            pack: "builtin:contact-centre",
            top: String::new(),
            metrics: String::new(),
            rules: String::new(),
        }
    }
}

impl Lab {
    /// A share with a target of 75 % and one point as the smallest difference that matters.
    pub(crate) fn usual() -> anyhow::Result<Self> {
        Self::new(&Setting::new(Values::Share, 0.75, 0.01))
    }

    pub(crate) fn new(setting: &Setting) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a folder for a workspace")?;
        std::fs::create_dir_all(folder.path().join("rules"))?;
        std::fs::write(folder.path().join("gapwise.toml"), text(setting))?;
        std::fs::write(folder.path().join("rules/client.toml"), &setting.rules)?;
        let world = World { now: chrono::DateTime::UNIX_EPOCH, env: std::collections::BTreeMap::new() };
        let loaded =
            config::load(folder.path(), &world).map_err(|mistakes| anyhow!("\n{}", mistakes.render()))?;
        Ok(Self { plan: loaded.plan })
    }

    /// Smallest units in one.
    pub(crate) fn scale(&self) -> f64 {
        10f64.powi(self.plan.metrics[0].decimals.cast_signed())
    }

    #[expect(clippy::unused_self, reason = "every lab judges the same period")]
    pub(crate) fn period(&self) -> Period {
        Period(LAST)
    }
}

fn text(setting: &Setting) -> String {
    let (source, metric) = match setting.values {
        Values::Share => {
            ("contacts", "type = \"proportion\"\nvalue = \"resolved = 'Y'\"\nbetter = \"higher\"")
        }
        Values::Seconds(_) => {
            ("contacts", "type = \"mean\"\nvalue = \"handle_s\"\nunit = \"s\"\nbetter = \"lower\"")
        }
        Values::Score(_) => {
            ("evaluations", "type = \"mean\"\nvalue = \"score\"\nunit = \"points\"\nbetter = \"higher\"")
        }
    };
    let evaluations = if source == "evaluations" { EVALUATIONS } else { "" };
    format!(
        "client = \"Validation\"\ntimezone = \"UTC\"\nperiod = \"week\"\n\
         rules = [\"{}\", \"rules/*.toml\"]\n{}\n{CONTACTS}{evaluations}\
         [metrics.m]\nsource = \"{source}\"\n{metric}\ntarget = {:?}\nmaterial = {:?}\n{}",
        setting.pack, setting.top, setting.target, setting.material, setting.metrics,
    )
}

const CONTACTS: &str = r#"
[sources.contacts]
path = "data/contacts.csv"
columns.id = "contact_id"
columns.at = "started_at"
columns.agent = "agent_id"
columns.team = "team"
columns.contact-type = "reason"

[sources.coaching]
path = "data/coaching.csv"
columns.id = "session_id"
columns.at = "date"
columns.agent = "agent_id"
columns.status = "status"
columns.focus = "focus"
values.status.held = ["Held"]
values.focus.m = ["m"]

"#;

const EVALUATIONS: &str = r#"
[sources.evaluations]
path = "data/evaluations.csv"
columns.id = "evaluation_id"
columns.at = "evaluated_at"
columns.agent = "agent_id"
columns.score = "score"

"#;

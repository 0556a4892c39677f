//! A context read back, to be rendered without data.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::{Context, Head, PeopleView, SCHEMA};
use crate::calendar::Grain;
use crate::config::{Brand, Report};

impl Context {
    /// What `gapwise context` printed. Keys that are not known are passed over.
    pub fn read(text: &str) -> Result<Self> {
        let document: Value = serde_json::from_str(text).context("it is not JSON")?;
        match document.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(other) => bail!("its schema is `{other}`; `gapwise context` prints `{SCHEMA}`"),
            None => bail!("it names no schema; `gapwise context` prints one that begins with `{SCHEMA}`"),
        }
        let help = "what a template sees is whole or not at all; print it again with `gapwise context`";
        let read: Self = serde_json::from_str(text).map_err(|error| anyhow::anyhow!("{error}; {help}"))?;
        held(&read.brand)?;
        Ok(read)
    }

    /// The same for another report, which may not show people because this one may.
    pub fn seen_on(self, report: &str) -> Result<Self> {
        ensure!(
            !report.is_empty(),
            "the context is of no single report; name a template with `--report NAME`"
        );
        if report == self.report {
            return Ok(self);
        }
        ensure!(
            self.people.agents.is_empty(),
            "`{}` may show single agents and `{report}` may not; print its own context with `gapwise context --report {report}`",
            self.report
        );
        let sections = Report::of(report).sections;
        Ok(Self { report: report.to_owned(), sections, people: PeopleView::default(), ..self })
    }
}

/// A look is what a workspace's is once it is checked: a picture inside the page, and colours that are no more than
/// that. A page asks no host for anything, whoever wrote its context.
fn held(brand: &Brand) -> Result<()> {
    let is_colour = |text: &String| {
        text.strip_prefix('#')
            .is_some_and(|rest| rest.len() == 6 && rest.chars().all(|c| c.is_ascii_hexdigit()))
    };
    ensure!(
        brand.logo.iter().all(|logo| logo.starts_with("data:image/")),
        "`brand.logo` is no picture within the page; `logo` under `[brand]` makes one of a file"
    );
    ensure!(
        brand.accent.iter().chain(&brand.accent_dark).all(is_colour),
        "`brand.accent` or `brand.accent_dark` is no colour such as `#0b5cad`"
    );
    Ok(())
}

impl Head {
    /// What a period is; a week's first day is in no sentence.
    pub fn grain(&self) -> Grain {
        match self.period.as_str() {
            "day" => Grain::Day,
            "month" => Grain::Month,
            _ => Grain::Week { start: chrono::Weekday::Mon },
        }
    }
}

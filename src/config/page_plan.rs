//! What a workspace says of its pages: which there are, how they look, and what readers see in the place of ids.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What readers see of ids, where words files say it. An id that is not here is said as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// By signal, in snake case.
    pub signals: BTreeMap<String, String>,
    /// By a verdict's form.
    pub forms: BTreeMap<String, String>,
    /// By a weight's `when`.
    pub weights: BTreeMap<String, String>,
}

/// A page to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The output has the same name.
    pub template: String,
    /// Its parts in their order; none where the template decides.
    pub sections: Vec<String>,
    /// Where readers find the whole report.
    pub link: Option<String>,
}

impl Report {
    /// A page with all its parts in their usual order.
    pub fn of(template: &str) -> Self {
        let sections = super::sections_of(template).iter().map(|name| (*name).to_owned()).collect();
        Self { template: template.to_owned(), sections, link: None }
    }
}

/// A client's look, and two lines of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brand {
    /// A picture as a data address.
    pub logo: Option<String>,
    /// `#0b5cad`: headings and the rule at the top.
    pub accent: Option<String>,
    /// The same on a dark page; there wherever `accent` is.
    pub accent_dark: Option<String>,
    /// Printed at the foot of every page, above what protects people.
    pub footer: Option<String>,
    /// Printed at the top of every page, in print of every sheet.
    pub confidentiality: Option<String>,
}

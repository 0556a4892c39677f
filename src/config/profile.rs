//! Column aliases and value formats of vendors' exports, shipped as TOML under `rules/profiles`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::packs::{builtin_file, builtin_files};
use super::source_plan::{ColumnPlan, TextFormat};

/// One vendor's export.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// What it is, and where its facts come from.
    #[serde(default)]
    pub about: String,
    /// Canonical column to the headers it may have, the likeliest first.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
    /// Formats by canonical column.
    #[serde(default)]
    pub formats: BTreeMap<String, String>,
    #[serde(default)]
    pub null: Vec<String>,
    #[serde(default)]
    pub encoding: Option<String>,
    #[serde(default)]
    pub separator: Option<char>,
    #[serde(default)]
    pub decimal_comma: bool,
    #[serde(default)]
    pub skip_lines: usize,
}

impl Profile {
    /// The shipped profile of this name.
    pub fn named(name: &str) -> Option<Self> {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let text = builtin_file(&format!("profiles/{name}.toml")).filter(|_| plain)?;
        toml::from_str(text).ok()
    }

    pub fn names() -> Vec<&'static str> {
        builtin_files("profiles")
    }

    /// Adds what the workspace does not say itself.
    pub(crate) fn complete(&self, columns: &mut BTreeMap<String, ColumnPlan>, text: &mut TextFormat) {
        for (name, headers) in &self.columns {
            let Some((first, rest)) = headers.split_first() else { continue };
            columns
                .entry(name.replace('-', "_"))
                .or_insert_with(|| ColumnPlan { raw: vec![first.clone()], aliases: rest.to_vec() });
        }
        for (name, format) in &self.formats {
            text.formats.entry(name.replace('-', "_")).or_insert_with(|| format.clone());
        }
        if text.nulls.is_empty() {
            text.nulls.clone_from(&self.null);
        }
        text.encoding = text.encoding.take().or_else(|| self.encoding.clone());
        text.separator = text.separator.or_else(|| self.separator.and_then(|c| u8::try_from(c).ok()));
        text.decimal_comma |= self.decimal_comma;
        text.skip_lines = text.skip_lines.max(self.skip_lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_parses_and_maps_time_and_agent() {
        for name in Profile::names() {
            let profile = Profile::named(name).unwrap_or_else(|| panic!("profile `{name}` does not parse"));
            for column in ["at", "agent"] {
                assert!(profile.columns.contains_key(column), "profile `{name}` maps no `{column}`");
            }
        }
    }
}

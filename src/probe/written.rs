//! How the cells of the files are written, as far as their first rows show it: times, decimal commas, lengths of
//! time, and columns of people where something else is meant.

use super::files::Look;
use super::{counted, file_shown, placed, shown};
use crate::config::{MeasurePlan, Plan};
use crate::diag::Diagnostic;
use crate::model::{Measure, Metric, UnitKind};
use crate::source::{Sampled, Surveyed, SurveyedFile, names_people};
use crate::sql::Expression;

impl Look<'_> {
    /// Contact types that are people, and teams of one each. A team may well be called by its leader.
    pub(super) fn of_people(&self, one: &Surveyed) -> Option<Diagnostic> {
        let told = |file: &SurveyedFile| {
            let agent = file.canonical.get("agent");
            let is = |column: &str| {
                let header = file.canonical.get(column).filter(|parts| parts.len() == 1)?.first()?;
                let is_agent = agent.is_some_and(|parts| parts.contains(header));
                let is_person = column == "contact_type" && names_people(header);
                (is_agent || is_person).then(|| (column.replace('_', "-"), header.clone()))
            };
            ["contact_type", "team"].into_iter().find_map(is)
        };
        let (column, header) = one.files.iter().find_map(told)?;
        let title = format!("`{column}` is read from `{}`, a column of people", shown(&header));
        let help = format!(
            "name the column with the {}; nobody is compared with themselves",
            column.replace('-', " ")
        );
        Some(placed(
            Diagnostic::warning("GW314", title).help(help),
            self.column_place(&column.replace('-', "_")),
        ))
    }

    /// Times that the format in force does not read.
    pub(super) fn times(&self, file: &SurveyedFile) -> Option<Diagnostic> {
        let times = file.sample.times.as_ref().filter(|times| times.read * 2 < times.filled)?;
        let set = self.source.text.formats.contains_key("at");
        let title = match times.read {
            0 => format!("no time in `{}` can be read", file_shown(&file.shown)),
            _ => format!(
                "{} of the first {} times in `{}` cannot be read",
                times.filled - times.read,
                times.filled,
                file_shown(&file.shown)
            ),
        };
        let help = match times.patterns.as_slice() {
            [] => "say how they are written, as in `formats.at = \"%d/%m/%Y %H:%M\"`".to_owned(),
            [only] => format!("write `formats.at = \"{only}\"`"),
            [first, other, ..] => {
                format!("write `formats.at = \"{first}\"`, or `\"{other}\"` if that is what the days are")
            }
        };
        let place = if set { self.place("formats.at") } else { self.column_place("at") };
        Some(placed(Diagnostic::error("GW303", title).help(help), place))
    }

    /// Columns of metrics whose cells are no numbers yet.
    pub(super) fn numbers(&self, one: &Surveyed) -> Vec<Diagnostic> {
        let measures = self.source.measures.iter();
        let asked = measures.flat_map(|measure| {
            expressions(self.plan, measure)
                .into_iter()
                .map(move |(key, expression)| (measure, key, expression))
        });
        let mut all = Vec::new();
        for (measure, key, expression) in asked {
            for name in expression.names() {
                let Some((header, sampled)) = sampled_of(one, &name.name) else { continue };
                let place = self.settings.place(&key).map(|place| place.inside(expression.text(), &name.at));
                let doubt = self.written(header, &name.name, sampled);
                let doubt = doubt.or_else(|| self.out_of_range(measure, expression, sampled));
                all.extend(doubt.map(|diagnostic| placed(diagnostic, place)));
            }
        }
        all
    }

    fn written(&self, header: &str, name: &str, sampled: &Sampled) -> Option<Diagnostic> {
        let text = &self.source.text;
        let has_format = [header, name].into_iter().any(|key| text.formats.contains_key(key));
        if sampled.commas * 2 > sampled.filled && !text.decimal_comma {
            let title =
                format!("`{}` is written with decimal commas, which are no numbers here", shown(header));
            let help = format!("write `decimal = \",\"` in `[sources.{}]`", self.name());
            return Some(Diagnostic::error("GW303", title).help(help));
        }
        if sampled.clocks * 2 > sampled.filled && !has_format {
            let title = format!(
                "`{}` holds lengths of time such as 0:03:20, which are no numbers here",
                shown(header)
            );
            let help = format!(
                "write `formats.{} = \"HH:MM:SS\"` in `[sources.{}]`; they become seconds",
                key(name),
                self.name()
            );
            return Some(Diagnostic::error("GW303", title).help(help));
        }
        None
    }

    /// For a metric that is a column as it stands.
    fn out_of_range(
        &self,
        measure: &MeasurePlan,
        expression: &Expression,
        sampled: &Sampled,
    ) -> Option<Diagnostic> {
        let metric = &self.plan.metrics[measure.metric];
        let names = expression.names();
        let bare = names.first().is_some_and(|name| expression.text().trim().trim_matches('"') == name.name);
        if !bare {
            return None;
        }
        let is_share = metric.measure == Measure::Proportion;
        let (part, what) = match sampled {
            _ if is_share && sampled.beyond > 0 => (sampled.beyond, "neither 0 nor 1"),
            _ if !is_share && is_time(metric) && sampled.negative > 0 => (sampled.negative, "below 0"),
            _ => return None,
        };
        let title = format!(
            "metric `{}`: {} of the first {} are {what} and do not count",
            metric.id,
            part,
            counted(sampled.filled, "value")
        );
        let help = if is_share {
            "a proportion asks each row a question, as in `score >= 80`; the average of a column is a `mean`"
        } else {
            "leave such rows out with the source's `filter`, or find out what they are"
        };
        let diagnostic = if part == sampled.filled {
            Diagnostic::error("GW330", title)
        } else {
            Diagnostic::warning("GW330", title)
        };
        Some(diagnostic.help(help))
    }
}

/// The header behind a name, and its cells in the first file that fills any.
fn sampled_of<'a>(one: &'a Surveyed, name: &str) -> Option<(&'a String, &'a Sampled)> {
    let seen = one.files.iter().filter_map(|file| {
        let header = file.behind.get(name)?;
        Some((header, file.sample.columns.get(header)?))
    });
    seen.into_iter().find(|(_, sampled)| sampled.filled > 0)
}

fn is_time(metric: &Metric) -> bool {
    matches!(metric.unit.kind, UnitKind::Seconds | UnitKind::Minutes)
}

/// A key as TOML has it.
fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.chars().all(is_bare) { name.to_owned() } else { format!("\"{name}\"") }
}

/// A measure's expressions by the keys they are written under.
pub(super) fn expressions<'a>(plan: &Plan, measure: &'a MeasurePlan) -> Vec<(String, &'a Expression)> {
    let id = &plan.metrics[measure.metric].id;
    match &measure.denominator {
        None => vec![(format!("metrics.{id}.value"), &measure.value)],
        Some(below) => {
            vec![
                (format!("metrics.{id}.numerator"), &measure.value),
                (format!("metrics.{id}.denominator"), below),
            ]
        }
    }
}

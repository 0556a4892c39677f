//! `[metrics]` of a workspace.

use std::collections::BTreeMap;

use super::section::{At, Section, number_of};
use super::shapes;
use super::workspace::whole;
use crate::calendar::Calendar;
use crate::diag::Diagnostic;
use crate::model::{Better, Measure, Metric, Role, SourceId, Unit, UnitKind, concept_of};

/// Metrics in the order they are written.
pub(super) fn read(top: &Section<'_>, calendar: Option<&Calendar>) -> Vec<Metric> {
    let entries = top.entries("metrics").into_iter();
    let sections = entries.filter_map(|(id, value)| {
        let table = value.get_ref().as_table()?;
        Some((id, Section::open(top.book, table, value.span(), &shapes::METRIC)))
    });
    sections.map(|(id, section)| metric(&id, &section, calendar)).collect()
}

fn metric(id: &At<String>, section: &Section<'_>, calendar: Option<&Calendar>) -> Metric {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.value.is_empty() || !id.value.chars().all(fits) {
        let title =
            format!("metric id `{}` has other characters than letters, digits, `-` and `_`", id.value);
        section.note(
            Diagnostic::error("GW104", title).at(id.place.clone()).help("put readers' words in `label`"),
        );
    }
    let measure = measure(section);
    let better = if section.text_or("better", "") == "lower" { Better::Lower } else { Better::Higher };
    let unit = unit(section, measure);
    let target = section.number("target");
    let target_for = targets(section);
    if section.text("type").is_some_and(|at| at.value == "proportion") {
        check_targets(section, target, &target_for);
    }
    let material = section.number("material").unwrap_or_else(|| default_material(measure, target));
    if material <= 0.0 {
        let title = "`material` must be above 0: it is the smallest difference worth acting on";
        let help = "write it in the metric's unit, such as 0.02 for two points of a share";
        section.note(Diagnostic::error("GW104", title).at(section.place_of("material")).help(help));
    }
    let days = section.days("matures-after").unwrap_or(0);
    Metric {
        id: id.value.clone(),
        label: section.text_or("label", &id.value),
        source: section
            .text("source")
            .and_then(|at| SourceId::parse(&at.value))
            .unwrap_or(SourceId::Contacts),
        measure,
        better,
        decimals: decimals(section, measure, &unit),
        unit,
        target,
        target_by: section.text("target-by").map(|at| at.value),
        means: section.text("means").map(|at| at.value),
        target_for,
        material,
        role: match section.text_or("role", "outcome").as_str() {
            "behaviour" => Role::Behaviour,
            "activity" => Role::Activity,
            _ => Role::Outcome,
        },
        concept: section
            .text("concept")
            .map(|at| at.value)
            .or_else(|| concept_of(&id.value).map(str::to_owned)),
        matures_periods: calendar.map_or(0, |calendar| calendar.periods_of_days(days)),
        matures_days: days,
    }
}

/// A type that is missing or unknown is noted elsewhere; here the likeliest stands in, so that the metric stays
/// known and one mistake is told once.
fn measure(section: &Section<'_>) -> Measure {
    match section.text_or("type", "").as_str() {
        "proportion" => Measure::Proportion,
        "mean" => Measure::Mean,
        "ratio" => Measure::Ratio,
        _ if section.get("numerator").is_some() => Measure::Ratio,
        _ if section.get("unit").is_some() => Measure::Mean,
        _ => Measure::Proportion,
    }
}

fn decimals(section: &Section<'_>, measure: Measure, unit: &Unit) -> u32 {
    let default = match (measure, unit.kind) {
        (Measure::Proportion, _) | (_, UnitKind::Seconds) => 0,
        _ => 2,
    };
    u32::try_from(whole(section, "decimals", default, 0..=6)).unwrap_or(0)
}

fn unit(section: &Section<'_>, measure: Measure) -> Unit {
    let word = section.text("unit").map(|at| at.value);
    let (kind, suffix) = match (word.as_deref(), measure) {
        (Some("%") | None, Measure::Proportion) => (UnitKind::Share, "%"),
        (Some(_), Measure::Proportion) => {
            let title = "a proportion's unit is `%`";
            let help = "leave `unit` out, or make the metric a `mean`";
            section.note(Diagnostic::error("GW130", title).at(section.place_of("unit")).help(help));
            (UnitKind::Share, "%")
        }
        (Some("s"), _) => (UnitKind::Seconds, "s"),
        (Some("min"), _) => (UnitKind::Minutes, "min"),
        (Some(word), _) => (UnitKind::Plain, word),
        (None, _) => (UnitKind::Plain, ""),
    };
    Unit { kind, suffix: suffix.to_owned() }
}

fn targets(section: &Section<'_>) -> BTreeMap<String, f64> {
    let entries = section.entries("target-for").into_iter();
    entries.filter_map(|(name, value)| Some((name.value, number_of(value.get_ref())?))).collect()
}

fn check_targets(section: &Section<'_>, target: Option<f64>, by_type: &BTreeMap<String, f64>) {
    let outside = |value: &f64| !(0.0..=1.0).contains(value);
    if let Some(value) = target.filter(outside) {
        let title = format!("a proportion's target lies between 0 and 1, not at {value}");
        let help = (1.0..=100.0).contains(&value).then(|| format!("write {} for {value} %", value / 100.0));
        section.note(Diagnostic::error("GW104", title).at(section.place_of("target")).maybe_help(help));
    }
    if by_type.values().any(outside) {
        let title = "a proportion's targets lie between 0 and 1";
        let help = "write 0.6 for 60 %";
        section.note(Diagnostic::error("GW104", title).at(section.place_of("target-for")).help(help));
    }
}

/// One point for proportions, 2 % of the target for the rest (1 where there is none).
fn default_material(measure: Measure, target: Option<f64>) -> f64 {
    match (measure, target) {
        (Measure::Proportion, _) => 0.01,
        (_, Some(target)) if target != 0.0 => 0.02 * target.abs(),
        _ => 1.0,
    }
}

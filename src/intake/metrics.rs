//! What can be measured: yes and no, lengths of time and scores, by the words of their headers and by what stands in
//! them.

use std::collections::BTreeSet;

use super::columns::Mapped;
use super::section::{Force, is_one_of, shown};
use super::words::{Is, Matures, Said, Template, Words};
use crate::model::SourceId;
use crate::source::sample::{Column, Flag, Numbers, Shape, Table};
use crate::words::whole;

/// Yes-or-no columns of evaluations that become metrics of their own.
const MOST_ITEMS: usize = 12;
/// A metric to be. Target and material come later, from its level.
#[derive(Clone, Debug)]
pub(super) struct Metric {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) source: SourceId,
    /// `proportion` or `mean`.
    pub(super) measure: &'static str,
    pub(super) value: String,
    pub(super) unit: Option<&'static str>,
    pub(super) better: String,
    pub(super) role: String,
    pub(super) concept: Option<String>,
    /// Days until a row's value is final.
    pub(super) matures: Option<(u32, Force)>,
    /// Why it is what it is; what was seen.
    pub(super) notes: Vec<String>,
    pub(super) targeted: bool,
    pub(super) force: Force,
    /// What the scale is: material differences depend on it.
    pub(super) scale: Scale,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    Share,
    Seconds,
    /// Up to this many points.
    Points(f64),
}

/// What was found in one table.
#[derive(Default)]
pub(super) struct Found {
    pub(super) metrics: Vec<Metric>,
    /// Formats by header.
    pub(super) formats: Vec<(String, &'static str)>,
    /// What a person should look at.
    pub(super) eye: Vec<String>,
}

/// One table of contacts, evaluations or surveys.
pub(super) struct Seen<'a> {
    pub(super) source: SourceId,
    pub(super) table: &'a Table,
    pub(super) mapped: &'a Mapped,
    pub(super) words: &'a Words,
    /// Rows that the filter lets through.
    pub(super) kept: &'a [bool],
    /// The header the filter asks, which says nothing more of the rest.
    pub(super) filtered_by: Option<&'a str>,
}

impl Seen<'_> {
    /// Everything measurable. `taken` are ids of metrics of other sources.
    pub(super) fn metrics(&self, taken: &BTreeSet<String>) -> Found {
        let mut found = Found::default();
        let mut used: BTreeSet<String> = BTreeSet::new();
        for template in &self.words.metric {
            found.metrics.extend(self.by_template(template, &mut used));
        }
        if self.source == SourceId::Contacts {
            self.lengths(&mut found);
        }
        self.other_flags(&used, &mut found);
        for metric in &mut found.metrics {
            if taken.contains(&metric.id) {
                metric.id = format!("{}-{}", metric.id, self.source.name());
            }
        }
        found
    }

    pub(super) fn name(&self, header: &str) -> String {
        super::one::column_name(self.mapped, header)
    }

    /// How many of the rows kept say something: of a survey this is the share of those who answered.
    fn answered(&self, one: &Column) -> String {
        let kept = || (0..self.table.seen).filter(|row| self.kept[*row]);
        let filled = kept().filter(|row| one.value(*row).is_some()).count();
        let percent = (100.0 * whole(filled as u64) / whole(kept().count().max(1) as u64)).round();
        if percent >= 99.0 {
            "in every row".into()
        } else {
            format!("in {percent} % of the rows: do those who answer differ from the others?")
        }
    }

    pub(super) fn is_mapped(&self, column: &Column) -> bool {
        self.mapped.iter().any(|(name, headers)| *name != "score" && headers.contains(&column.header))
    }

    fn by_template(&self, template: &Template, used: &mut BTreeSet<String>) -> Option<Metric> {
        let elsewhere =
            !template.sources.is_empty() && !template.sources.iter().any(|one| one == self.source.name());
        if elsewhere {
            return None;
        }
        let mut fits: Vec<(usize, &Column, Value)> = Vec::new();
        for one in self.table.columns.iter().filter(|one| !used.contains(&one.header) && !self.is_mapped(one))
        {
            let said = Said::of(&one.header);
            if said.says_any(&template.never) && !template.phrases.iter().any(|phrase| said.is(phrase)) {
                continue;
            }
            let Some(rank) = said.first(&template.phrases) else { continue };
            fits.extend(self.value(template, one).map(|value| (rank, one, value)));
        }
        fits.sort_by_key(|(rank, _, _)| *rank);
        let others: Vec<String> =
            fits.iter().skip(1).map(|(_, one, _)| format!("`{}`", one.header)).collect();
        let (_, one, value) = fits.into_iter().next()?;
        used.insert(one.header.clone());
        let mut notes = value.notes;
        if !others.is_empty() {
            notes.push(format!("could also be {}", others.join(", ")));
        }
        notes.extend(template.unsure.clone());
        let days = days_named(&one.header).unwrap_or(7);
        Some(Metric {
            id: template.id.clone(),
            label: template.label.clone(),
            source: self.source,
            measure: value.measure,
            value: value.text,
            unit: value.unit,
            better: template.better.clone(),
            role: template.role.clone(),
            concept: template.concept.clone(),
            matures: template
                .matures
                .map(|matures| (days, if matures == Matures::InForce { Force::Yes } else { Force::Offered })),
            notes,
            targeted: template.targeted,
            force: if template.unsure.is_some() { Force::Offered } else { Force::Yes },
            scale: value.scale,
        })
    }

    fn value(&self, template: &Template, one: &Column) -> Option<Value> {
        let name = self.name(&one.header);
        match (template.is, &one.shape) {
            (Is::Flag, Shape::Flag(flag)) => Some(yes(&name, flag, one)),
            (Is::Flag, Shape::Number(n)) if n.is_whole && n.min >= 0.0 && n.max < 100.0 => {
                let note = format!("a count from {} to {}: at least one", n.min, n.max);
                Some(Value::share(format!("{name} > 0"), note))
            }
            (Is::Flag, Shape::Category) => named_values(&name, template, one),
            (Is::Score, Shape::Number(n)) if n.min >= 0.0 && n.max <= template.most.unwrap_or(f64::MAX) => {
                Some(Value::score(name, &self.answered(one), n))
            }
            (Is::Nps, Shape::Number(n)) if n.min >= 0.0 && n.max <= 10.0 => Some(Value {
                text: format!(
                    "CASE WHEN {name} >= 9 THEN 100.0 WHEN {name} <= 6 THEN -100.0 WHEN {name} > 6 THEN 0.0 END"
                ),
                measure: "mean",
                unit: Some("points"),
                scale: Scale::Points(200.0),
                notes: vec![format!("promoters (9, 10) less detractors (0 to 6); {}", self.answered(one))],
            }),
            _ => None,
        }
    }

    /// Further yes-or-no columns: of evaluations each an item of the form; of contacts nobody can know which way is good.
    fn other_flags(&self, used: &BTreeSet<String>, found: &mut Found) {
        let is_item = self.source == SourceId::Evaluations;
        let flags =
            self.table.columns.iter().filter(|one| !used.contains(&one.header) && !self.is_mapped(one));
        let flags = flags.filter_map(|one| match &one.shape {
            Shape::Flag(flag) if !flag.no.is_empty() && self.filtered_by != Some(one.header.as_str()) => {
                Some((one, flag))
            }
            _ => None,
        });
        for (one, flag) in flags.take(MOST_ITEMS) {
            let said = Said::of(&one.header);
            if said.id().is_empty() {
                continue;
            }
            let value = yes(&self.name(&one.header), flag, one);
            let mut notes = value.notes;
            notes.push(if is_item {
                "an item of the form".into()
            } else {
                "say which way is good, then take the `#` away".into()
            });
            found.metrics.push(Metric {
                id: said.id(),
                label: said.label(),
                source: self.source,
                measure: "proportion",
                value: value.text,
                unit: None,
                better: "higher".into(),
                role: if is_item { "behaviour" } else { "outcome" }.into(),
                concept: None,
                matures: None,
                notes,
                targeted: is_item,
                force: if is_item { Force::Yes } else { Force::Offered },
                scale: Scale::Share,
            });
        }
    }
}

/// What a metric's value is.
struct Value {
    text: String,
    measure: &'static str,
    unit: Option<&'static str>,
    scale: Scale,
    notes: Vec<String>,
}

impl Value {
    fn share(text: String, note: String) -> Self {
        Self { text, measure: "proportion", unit: None, scale: Scale::Share, notes: vec![note] }
    }

    fn score(text: String, answered: &str, numbers: &Numbers) -> Self {
        let note = format!("{} to {}; {answered}", numbers.min, numbers.max);
        Self {
            text,
            measure: "mean",
            unit: Some("points"),
            scale: Scale::Points(numbers.max),
            notes: vec![note],
        }
    }
}

/// Where only `x` stands for yes, empty is no.
fn yes(name: &str, flag: &Flag, one: &Column) -> Value {
    if flag.no.is_empty() {
        let filled = one.empty_share();
        let note = format!(
            "{} or empty, which is read as no ({:.0} % of the rows)",
            said_values(&flag.yes),
            filled * 100.0
        );
        return Value::share(format!("{name} IS NOT NULL"), note);
    }
    let note = format!("{} or {}", said_values(&flag.yes), said_values(&flag.no));
    Value::share(is_one_of(name, &flag.yes), note)
}

fn said_values(values: &[String]) -> String {
    values.iter().map(|value| shown(value)).collect::<Vec<_>>().join(", ")
}

/// A category with values that mean yes.
fn named_values(name: &str, template: &Template, one: &Column) -> Option<Value> {
    let means_yes = |value: &str| template.values.iter().any(|word| Said::of(value).is(word));
    let (yes, no): (Vec<&str>, Vec<&str>) =
        one.real().map(|(value, _)| value).partition(|value| means_yes(value));
    if yes.is_empty() || no.is_empty() || one.distinct() > 20 {
        return None;
    }
    let yes: Vec<String> = yes.into_iter().map(str::to_owned).collect();
    let others: Vec<String> = no.iter().take(6).map(|value| shown(value)).collect();
    Some(Value::share(is_one_of(name, &yes), format!("the others are {}", others.join(", "))))
}

/// `repeat_within_7d`: the days a header names.
fn days_named(header: &str) -> Option<u32> {
    let lower = header.to_lowercase();
    let digits = lower.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| {
        let number = word.trim_end_matches(|c: char| c.is_alphabetic());
        let is_days = matches!(&word[number.len()..], "d" | "day" | "days")
            || (word == number && lower.contains("day"));
        number.parse::<u32>().ok().filter(|_| is_days)
    });
    digits.filter(|days| (1..=60).contains(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_a_header_names_are_read() {
        assert_eq!(days_named("repeat_within_7d"), Some(7));
        assert_eq!(days_named("Repeat within 14 days"), Some(14));
        assert_eq!(days_named("resolved"), None);
        assert_eq!(days_named("resolved_2"), None);
        assert_eq!(days_named("repeat 90d"), None, "no contact waits a quarter to be repeated");
    }
}

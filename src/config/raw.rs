//! Entries of rule files as written, each owned and knowing its places, so that later steps can point at them.

use super::plan::{Amount, Where};
use super::section::{At, Section, amount_of, entries_of, fits, snake};
use super::settings::Field;
use super::shapes;
use crate::diag::{Diagnostic, Place};
use crate::kinds;
use crate::model::{Key, Shape};

/// A pack's name and version; its file is that of their places.
pub(crate) struct RawPack {
    pub(crate) name: At<String>,
    pub(crate) version: At<String>,
    pub(crate) written: Vec<Field>,
}

/// A rule as written, the client's overrides of it applied.
pub(crate) struct RawRule {
    pub(crate) id: At<String>,
    pub(crate) kind: At<String>,
    pub(crate) signal: Option<At<String>>,
    pub(crate) metrics: Vec<At<String>>,
    pub(crate) scopes: Vec<At<String>>,
    pub(crate) filter: RawWhere,
    pub(crate) window: Option<At<i64>>,
    pub(crate) thresholds: Vec<(At<String>, At<Amount>)>,
    pub(crate) when: At<String>,
    pub(crate) over: Option<At<String>>,
    pub(crate) severity: String,
    pub(crate) title: Option<At<String>>,
    pub(crate) say: Option<At<String>>,
    pub(crate) observe: Vec<At<String>>,
    pub(crate) change_our_mind: Option<At<String>>,
    /// Keys beside the common ones: the kind's parameters.
    pub(crate) parameters: Vec<(At<String>, toml::Value, Place)>,
    /// Every value with its key, and what an override has taken the place of.
    pub(crate) written: Vec<Field>,
}

impl RawRule {
    /// The signal it raises, in snake case.
    pub(crate) fn signal_name(&self) -> String {
        snake(self.signal.as_ref().map_or(&self.id.value, |at| &at.value))
    }
}

/// A filter as written.
pub(crate) struct RawWhere {
    pub(crate) filter: Where,
    pub(crate) place: Place,
}

pub(crate) struct RawVerdict {
    pub(crate) id: At<String>,
    pub(crate) when: At<String>,
    pub(crate) probability: Option<At<String>>,
    pub(crate) forms: Vec<(At<String>, Option<At<String>>)>,
    pub(crate) written: Vec<Field>,
}

pub(crate) struct RawWeight {
    pub(crate) verdict: At<String>,
    pub(crate) when: At<String>,
    pub(crate) log_odds: f64,
    pub(crate) written: Vec<Field>,
}

pub(crate) struct RawCap {
    pub(crate) verdict: Option<At<String>>,
    pub(crate) when: At<String>,
    pub(crate) at_most: String,
    pub(crate) because: At<String>,
    pub(crate) written: Vec<Field>,
}

pub(crate) struct RawPattern {
    pub(crate) id: At<String>,
    pub(crate) label: At<String>,
    pub(crate) needs: At<String>,
    pub(crate) score: At<String>,
    pub(crate) at_least: f64,
    pub(crate) margin: f64,
    pub(crate) written: Vec<Field>,
}

pub(crate) struct RawCause {
    pub(crate) id: At<String>,
    pub(crate) label: At<String>,
    pub(crate) signs: Vec<At<String>>,
    pub(crate) at_least: i64,
    pub(crate) written: Vec<Field>,
}

pub(crate) struct RawDecision {
    pub(crate) id: At<String>,
    pub(crate) verdict: At<String>,
    pub(crate) form: Option<At<String>>,
    pub(crate) cause: Option<At<String>>,
    pub(crate) when: Option<At<String>>,
    pub(crate) what: At<String>,
    pub(crate) owner: At<String>,
    pub(crate) due_days: u32,
    pub(crate) risk: Option<At<String>>,
    pub(crate) stake: bool,
    pub(crate) confidence: String,
    pub(crate) written: Vec<Field>,
}

/// An override, disable or waiver.
pub(crate) struct RawChange {
    pub(crate) rule: At<String>,
    /// The whole entry.
    pub(crate) place: Place,
    pub(crate) filter: RawWhere,
    pub(crate) has_where: bool,
    pub(crate) thresholds: Vec<(At<String>, At<Amount>)>,
    pub(crate) severity: Option<String>,
    pub(crate) until: Option<At<chrono::NaiveDate>>,
    pub(crate) why: String,
    pub(crate) owner: String,
    pub(crate) written: Vec<Field>,
}

impl RawChange {
    /// What an override changes: all it says but what it is about.
    pub(crate) fn changed(&self) -> impl Iterator<Item = &Field> {
        self.written.iter().filter(|field| !matches!(field.top(), "rule" | "where" | "why"))
    }
}

/// Entries of one list of a rule file.
pub(crate) fn each<T>(
    top: &Section<'_>,
    key: &str,
    shape: &Shape,
    read: impl Fn(&Section<'_>) -> Option<T>,
) -> Vec<T> {
    top.sections(key, shape).iter().filter_map(read).collect()
}

/// The tables of a list whose keys are not checked yet.
pub(crate) fn unchecked<'a>(top: &Section<'a>, key: &str) -> Vec<Section<'a>> {
    let items = top.get(key).and_then(|value| value.get_ref().as_array());
    let tables = items.into_iter().flat_map(|all| all.iter()).filter_map(|item| {
        let table = item.get_ref().as_table()?;
        Some(Section { book: top.book, table, place: top.book.place(item.span()) })
    });
    tables.collect()
}

/// Rules are opened without the unknown-key check: a kind's parameters stand beside the common keys and
/// are checked once the kind is known.
pub(crate) fn rules(top: &Section<'_>) -> Vec<RawRule> {
    unchecked(top, "rule").iter().filter_map(rule).collect()
}

fn rule(section: &Section<'_>) -> Option<RawRule> {
    let kind = section.text("kind").map(|at| kinds::find(&at.value));
    let own = kind.flatten().map_or(&[][..], |kind| kind.parameters);
    if kind.is_none_or(|known| known.is_some()) {
        section.check("rule", &[shapes::rule_keys(), own]);
    }
    let mut rule = RawRule {
        id: section.text("id")?,
        kind: section.text("kind")?,
        signal: section.text("signal"),
        metrics: Vec::new(),
        scopes: Vec::new(),
        filter: filter(section),
        window: None,
        thresholds: Vec::new(),
        when: section.text("when")?,
        over: None,
        severity: "medium".to_owned(),
        title: None,
        say: None,
        observe: Vec::new(),
        change_our_mind: None,
        parameters: Vec::new(),
        written: section.fields(),
    };
    fill(&mut rule, section, own);
    Some(rule)
}

/// Takes over what a section says: lists whole, thresholds and parameters one by one.
pub(crate) fn fill(rule: &mut RawRule, section: &Section<'_>, own: &[Key]) {
    let said = |key: &str| section.get(key).is_some();
    if said("metrics") {
        rule.metrics = section.texts("metrics");
    }
    if said("scopes") {
        rule.scopes = section.texts("scopes");
    }
    if said("observe") {
        rule.observe = section.texts("observe");
    }
    let window = section.integer("window").map(|value| At { value, place: section.place_of("window") });
    rule.window = window.or(rule.window.take());
    rule.over = section.text("over").or(rule.over.take());
    rule.title = section.text("title").or(rule.title.take());
    rule.say = section.text("say").or(rule.say.take());
    rule.change_our_mind = section.text("change-our-mind").or(rule.change_our_mind.take());
    if let Some(when) = section.text("when") {
        rule.when = when;
    }
    if let Some(severity) = section.text("severity") {
        rule.severity = severity.value;
    }
    for one in thresholds(section) {
        put(&mut rule.thresholds, one, |(name, _)| &name.value);
    }
    for one in parameters(section, own) {
        put(&mut rule.parameters, one, |(name, _, _)| &name.value);
    }
}

/// In the place of the one of the same name, else at the end.
fn put<T>(all: &mut Vec<T>, one: T, name: impl Fn(&T) -> &String) {
    match all.iter().position(|old| name(old) == name(&one)) {
        Some(at) => all[at] = one,
        None => all.push(one),
    }
}

fn parameters(section: &Section<'_>, own: &[Key]) -> Vec<(At<String>, toml::Value, Place)> {
    let entries = entries_of(section.book, section.table).into_iter();
    entries
        // A wrong one is noted where the keys are checked; the default stands in.
        .filter(|(key, value)| {
            own.iter().any(|known| known.name == key.value && fits(section.book, known, value))
        })
        .filter_map(|(key, value)| {
            let place = section.book.place(value.span());
            Some((key, owned(value)?, place))
        })
        .collect()
}

pub(crate) fn pack(section: &Section<'_>) -> Option<RawPack> {
    let (name, version) = (section.text("name")?, section.text("version")?);
    let parts: Vec<&str> = version.value.split('.').collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if parts.len() != 3 || !parts.iter().all(digits) {
        let title = format!("`{}` is no version", version.value);
        let help = "write three whole numbers, as in `1.4.0`: breaking, added, corrected";
        section.note(Diagnostic::error("GW104", title).at(version.place.clone()).help(help));
    }
    Some(RawPack { name, version, written: section.fields() })
}

fn owned(value: &toml::Spanned<toml::de::DeValue<'_>>) -> Option<toml::Value> {
    use serde::Deserialize as _;
    let reader = toml::de::ValueDeserializer::from(value.clone());
    toml::Value::deserialize(reader).ok()
}

fn filter(section: &Section<'_>) -> RawWhere {
    RawWhere { filter: section.filter("where"), place: section.place_of("where") }
}

fn thresholds(section: &Section<'_>) -> Vec<(At<String>, At<Amount>)> {
    let entries = section.entries("thresholds").into_iter();
    entries
        .map(|(name, value)| {
            let place = section.book.place(value.span());
            // A wrong amount is noted where the rule's keys are checked; its name stays known.
            let amount = amount_of(value.get_ref()).unwrap_or(Amount::Bare(0.0));
            (name, At { value: amount, place })
        })
        .collect()
}

pub(crate) fn verdict(section: &Section<'_>) -> Option<RawVerdict> {
    let forms = section.sections("form", &shapes::FORM);
    Some(RawVerdict {
        id: section.text("id")?,
        when: section.text("when")?,
        probability: section.text("probability"),
        forms: forms.iter().filter_map(|form| Some((form.text("id")?, form.text("when")))).collect(),
        written: section.fields(),
    })
}

pub(crate) fn weight(section: &Section<'_>) -> Option<RawWeight> {
    Some(RawWeight {
        verdict: section.text("verdict")?,
        when: section.text("when")?,
        log_odds: section.number("log-odds")?,
        written: section.fields(),
    })
}

pub(crate) fn cap(section: &Section<'_>) -> Option<RawCap> {
    Some(RawCap {
        verdict: section.text("verdict"),
        when: section.text("when")?,
        at_most: section.text_or("at-most", "moderate"),
        because: section.text("because")?,
        written: section.fields(),
    })
}

pub(crate) fn pattern(section: &Section<'_>) -> Option<RawPattern> {
    let id = section.text("id")?;
    Some(RawPattern {
        label: label(section, &id, id.value.replace('-', " ")),
        needs: section.text("needs")?,
        score: section.text("score")?,
        at_least: section.number("at-least").unwrap_or(0.4),
        margin: section.number("margin").unwrap_or(0.1),
        written: section.fields(),
        id,
    })
}

pub(crate) fn cause(section: &Section<'_>) -> Option<RawCause> {
    let id = section.text("id")?;
    Some(RawCause {
        label: label(section, &id, id.value.clone()),
        signs: section.texts("signs"),
        at_least: section.integer("at-least").unwrap_or(2),
        written: section.fields(),
        id,
    })
}

/// What readers see; made of the id where it is not written.
fn label(section: &Section<'_>, id: &At<String>, made: String) -> At<String> {
    section.text("label").unwrap_or_else(|| At { value: made, place: id.place.clone() })
}

pub(crate) fn decision(section: &Section<'_>) -> Option<RawDecision> {
    Some(RawDecision {
        id: section.text("id")?,
        verdict: section.text("verdict")?,
        form: section.text("form"),
        cause: section.text("cause"),
        when: section.text("when"),
        what: section.text("what")?,
        owner: section.text("owner")?,
        due_days: super::workspace::days_or(section, "due", "14d"),
        risk: section.text("risk"),
        stake: section.flag("stake").unwrap_or(true),
        confidence: section.text_or("confidence", "moderate"),
        written: section.fields(),
    })
}

pub(crate) fn change(section: &Section<'_>) -> Option<RawChange> {
    let until = section.date("until").map(|value| At { value, place: section.place_of("until") });
    Some(RawChange {
        rule: section.text("rule")?,
        place: section.place.clone(),
        has_where: section.get("where").is_some(),
        filter: filter(section),
        thresholds: thresholds(section),
        severity: section.text("severity").map(|at| at.value),
        until,
        why: section.text_or("why", ""),
        owner: section.text_or("owner", ""),
        written: section.fields(),
    })
}

//! What the pages need of a plan: names, texts and limits, without the code behind the rules. A frame can be
//! made by hand, so pages are tested and re-rendered without a workspace.

use std::collections::BTreeMap;

use super::render::Theme;
use crate::calendar::Calendar;
use crate::config::{Amount, Brand, Individuals, Names, Pack, Plan, Report, Rule};
use crate::model::{Metric, Phrase, Scope, SourceId};
use crate::words::{self, Given, Locale, say};

/// The parts of a plan that pages speak of.
#[derive(Clone, Debug)]
pub struct Frame {
    pub client: String,
    pub slug: String,
    pub calendar: Calendar,
    pub locale: Locale,
    /// In the order they are shown.
    pub metrics: Vec<Metric>,
    pub rules: Vec<RuleText>,
    pub causes: Vec<Named>,
    pub decisions: Vec<DecisionText>,
    /// What ids are called.
    pub names: Names,
    pub packs: Vec<Pack>,
    pub client_changes: u32,
    /// Smallest group of people a number may be about.
    pub min_group: u32,
    pub individuals: Individuals,
    /// Periods a verdict must hold before it changes.
    pub hold_for: usize,
    pub reports: Vec<Report>,
    pub brand: Brand,
    /// The roles that deliver the sources, where the workspace names them.
    pub owners: Vec<(SourceId, String)>,
    /// When a withheld report is tried again, in readers' words.
    pub next_try: Option<String>,
    /// The client's own templates by path.
    pub templates: BTreeMap<String, String>,
}

/// One rule in force: its texts and where its limits were set.
#[derive(Clone, Debug, Default)]
pub struct RuleText {
    pub id: String,
    /// In snake case.
    pub signal: String,
    pub kind: String,
    pub window: i32,
    pub title: Option<String>,
    pub say: Option<String>,
    pub observe: Vec<String>,
    pub change_our_mind: Option<String>,
    /// What is said beside all its findings.
    pub note: Option<Phrase>,
    pub thresholds: Vec<ThresholdText>,
    /// The condition as written.
    pub when: String,
    /// The kind's columns that have a `q_…` beside them.
    pub p_values: &'static [&'static str],
    /// `file:line` of the rule.
    pub origin: String,
    /// Why the client changed it, with `file:line`.
    pub changes: Vec<String>,
}

/// A threshold as a rule names it.
#[derive(Clone, Debug)]
pub struct ThresholdText {
    pub name: String,
    pub amount: Amount,
    pub origin: String,
}

/// An id and what people call it.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: String,
    pub label: String,
}

/// A decision's texts.
#[derive(Clone, Debug)]
pub struct DecisionText {
    pub id: String,
    pub what: String,
    pub risk: Option<String>,
    /// What the cause it answers is called.
    pub cause: Option<String>,
}

impl Frame {
    pub fn of(plan: &Plan) -> Self {
        Self {
            client: plan.client.clone(),
            slug: plan.slug.clone(),
            calendar: plan.calendar.clone(),
            locale: plan.locale.clone(),
            metrics: plan.metrics.clone(),
            rules: plan.rules.iter().map(RuleText::of).collect(),
            causes: plan.causes.iter().map(|c| Named { id: c.id.clone(), label: c.label.clone() }).collect(),
            decisions: plan
                .decisions
                .iter()
                .map(|d| DecisionText {
                    id: d.id.clone(),
                    what: d.what.clone(),
                    risk: d.risk.clone(),
                    cause: d.cause.as_ref().map(|id| label_of(plan, id)),
                })
                .collect(),
            names: plan.names.clone(),
            packs: plan.packs.clone(),
            client_changes: plan.client_changes,
            min_group: plan.privacy.min_group,
            // All reports share the charts; an allowance opens one of them, with a part of its own.
            individuals: Individuals::Never,
            hold_for: plan.hold.periods,
            reports: plan.reports.clone(),
            brand: plan.brand.clone(),
            owners: plan.sources.iter().filter_map(|s| Some((s.id, s.owner.clone()?))).collect(),
            next_try: plan.gate.next_try.clone(),
            templates: plan.templates.clone(),
        }
    }

    pub(super) fn theme(&self) -> Theme<'_> {
        Theme { locale: &self.locale, templates: &self.templates }
    }

    pub(super) fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == id)
    }

    pub(super) fn rule(&self, id: &str) -> Option<&RuleText> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// What a person calls a metric.
    pub(super) fn label(&self, id: &str) -> String {
        words::shortened(self.metric(id).map_or(id, |metric| &metric.label))
    }
}

/// What ids are called on a page: as words files say, else as they stand, in words.
impl Frame {
    pub(super) fn signal(&self, name: &str) -> String {
        called(&self.names.signals, name)
    }

    /// By the signal it raises.
    pub(super) fn rule_name(&self, id: &str) -> String {
        let rule = self.rule(id).filter(|rule| self.names.signals.contains_key(&rule.signal));
        rule.map_or_else(|| spoken_id(id), |rule| self.signal(&rule.signal))
    }

    pub(super) fn form(&self, id: &str) -> String {
        called(&self.names.forms, id)
    }

    /// By its `when`, which is mostly a single signal.
    pub(super) fn weight(&self, when: &str) -> String {
        self.names.weights.get(when).cloned().unwrap_or_else(|| self.signal(when))
    }
}

fn called(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).map_or_else(|| spoken_id(id), |name| words::shortened(name))
}

/// An id as words: `out_of_reach` is `out of reach`.
pub(super) fn spoken_id(id: &str) -> String {
    id.replace(['_', '-'], " ")
}

impl RuleText {
    fn of(rule: &Rule) -> Self {
        let place = |origin: &crate::config::Origin| format!("{}:{}", origin.file, origin.line);
        let changed = rule.overrides.iter().flat_map(|o| o.thresholds.iter());
        let texts = rule.thresholds.iter().chain(changed);
        Self {
            id: rule.id.clone(),
            signal: rule.signal.clone(),
            kind: rule.kind.name.to_string(),
            window: rule.window,
            title: rule.title.clone(),
            say: rule.say.clone(),
            observe: rule.observe.clone(),
            change_our_mind: rule.change_our_mind.clone(),
            note: rule.diagnose.note(),
            when: rule.when.text().to_owned(),
            p_values: rule.kind.p_values,
            thresholds: texts
                .map(|t| ThresholdText { name: t.name.clone(), amount: t.amount, origin: place(&t.origin) })
                .collect(),
            origin: place(&rule.origin),
            changes: rule.overrides.iter().map(|o| format!("{} ({})", o.why, place(&o.origin))).collect(),
        }
    }

    /// The threshold entry that gave this number for this metric, the client's own last.
    pub(super) fn threshold(
        &self,
        name: &str,
        value: f64,
        metric: Option<&Metric>,
    ) -> Option<&ThresholdText> {
        let named = || self.thresholds.iter().rev().filter(|t| t.name == name);
        #[expect(clippy::float_cmp, reason = "the number is the entry's own, resolved the same way")]
        let exact = named().find(|t| t.amount.resolve(metric) == value);
        exact.or_else(|| named().next())
    }

    /// Thresholds of a finding as sentences print them.
    pub(super) fn given(
        &self,
        in_force: &[(String, f64)],
        metric: Option<&Metric>,
        locale: &Locale,
    ) -> Vec<Given> {
        let said = |name: &str, value: f64| {
            let amount = self.threshold(name, value, metric).map_or(Amount::Bare(value), |t| t.amount);
            say_amount(amount, value, metric, locale)
        };
        in_force
            .iter()
            .map(|(name, value)| Given { name: name.clone(), value: *value, said: said(name, *value) })
            .collect()
    }
}

/// What people call a cause.
fn label_of(plan: &Plan, cause: &str) -> String {
    plan.causes.iter().find(|c| c.id == cause).map_or_else(|| cause.to_owned(), |c| c.label.clone())
}

/// A threshold in its own unit: `3 points`, `20 s`, `30 %`.
pub(super) fn say_amount(amount: Amount, value: f64, metric: Option<&Metric>, locale: &Locale) -> String {
    match (amount, metric) {
        (Amount::Bare(_), _) | (Amount::Times(_), None) => words::trimmed(value, 3, locale),
        (Amount::Percent(_), _) => words::share(value, locale),
        (Amount::Points(_), _) => words::points(value, locale),
        (Amount::Seconds(_), _) => say!(locale, "seconds", number = words::trimmed(value, 1, locale)),
        (Amount::Times(_), Some(metric)) => words::difference(value, metric, locale),
    }
}

/// How a statement's place is named in a sentence; empty for the whole operation.
pub(super) fn place(scope: &Scope, locale: &Locale) -> String {
    match scope {
        Scope::Operation => String::new(),
        Scope::Team(name) => say!(locale, "place-team", name = words::shortened(name)),
        Scope::ContactType(name) => words::shortened(name),
        Scope::Segment { dimension, name } => {
            format!("{} {}", words::shortened(dimension), words::shortened(name))
        }
    }
}

/// What a reader calls a source: `contacts`.
pub(super) fn source_name(source: SourceId, locale: &Locale) -> String {
    say!(locale, "source-name", source = source.name())
}

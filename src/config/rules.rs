//! Rules as written into rules in force: kind, metrics, scopes, thresholds, predicate and words, each checked
//! against the others.

use std::collections::BTreeMap;

use super::packs::RawRules;
use super::plan::{Amount, Memory, Over, Rule, Threshold};
use super::raw::RawRule;
use super::resolve::Known;
use super::section::{At, origin, snake};
use super::sources::sql_mistake;
use super::units;
use crate::diag::{Diagnostic, Diagnostics, way_out};
use crate::kinds::{Given, KINDS, Spec, Subject};
use crate::model::{CONCEPTS, Column, ColumnUnit, Metric, Role, Severity};
use crate::sql::{self, Type};
use crate::words;

/// Every rule that can be made valid; mistakes are noted.
pub(crate) fn resolve(
    raw: &RawRules,
    metrics: &[Metric],
    known: &Known<'_>,
    found: &mut Diagnostics,
) -> Vec<Rule> {
    let mut seen: BTreeMap<&str, &At<String>> = BTreeMap::new();
    let mut rules = Vec::new();
    for one in &raw.rules {
        if let Some(first) = seen.insert(&one.id.value, &one.id) {
            found.push(
                Diagnostic::error("GW105", format!("two rules are called `{}`", one.id.value))
                    .at(one.id.place.clone())
                    .also(first.place.clone(), "the first one")
                    .help("rename one; to change a rule of a pack, write an `[[override]]`"),
            );
        }
        rules.extend(rule(one, metrics, known, found));
    }
    if raw.rules.is_empty() && !raw.broken {
        let mut diagnostic = Diagnostic::error("GW150", "no rule is in force")
            .help("list a pack, such as `rules = [\"builtin:contact-centre\"]`");
        diagnostic.place.clone_from(&raw.place);
        found.push(diagnostic);
    }
    rules
}

fn rule(raw: &RawRule, metrics: &[Metric], known: &Known<'_>, found: &mut Diagnostics) -> Option<Rule> {
    let Some(kind) = crate::kinds::find(&raw.kind.value) else {
        let title = format!("unknown kind `{}`", raw.kind.value);
        let help = way_out(&raw.kind.value, KINDS.iter().map(|kind| kind.name));
        found.push(Diagnostic::error("GW110", title).at(raw.kind.place.clone()).help(help));
        return None;
    };
    known.where_mistakes(&raw.filter.filter, &raw.filter.place).into_iter().for_each(|d| found.push(d));
    let indices = metrics_of(raw, kind, metrics, found);
    let scopes = raw_scopes(raw, known, found);
    let thresholds = thresholds(&raw.thresholds);
    shadows(raw, kind, found);
    let over = over(raw, kind, found);
    let when = predicate(raw, kind, &thresholds, found);
    let judged: Vec<&Metric> = indices.iter().map(|&i| &metrics[i]).collect();
    units::check(&raw.thresholds, kind, when.as_ref(), &judged, found);
    check_words(raw, kind, &thresholds, found);
    let (parameters, diagnose) = configure(raw, kind, found)?;
    Some(Rule {
        id: raw.id.value.clone(),
        signal: raw.signal_name(),
        kind,
        diagnose,
        parameters,
        metrics: indices,
        asked_of: raw.metrics.iter().map(|at| at.value.clone()).collect(),
        scopes,
        filter: raw.filter.filter.clone(),
        window: window(raw, found),
        thresholds,
        when: when?,
        over,
        memory: if raw.title.is_some() { Memory::Findings } else { Memory::None },
        severity: severity(&raw.severity),
        title: raw.title.as_ref().map(|at| at.value.clone()),
        say: raw.say.as_ref().map(|at| at.value.clone()),
        observe: raw.observe.iter().map(|at| at.value.clone()).collect(),
        change_our_mind: raw.change_our_mind.as_ref().map(|at| at.value.clone()),
        overrides: Vec::new(),
        silent: Vec::new(),
        origin: origin(&raw.id.place),
    })
}

pub(crate) fn severity(word: &str) -> Severity {
    Severity::ALL.into_iter().find(|severity| severity.name() == word).unwrap_or(Severity::Medium)
}

fn window(raw: &RawRule, found: &mut Diagnostics) -> i32 {
    const LONGEST: i64 = 156;
    let Some(at) = &raw.window else { return 12 };
    if !(1..=LONGEST).contains(&at.value) {
        let title = format!("`window` is {}, outside 1 to {LONGEST} periods", at.value);
        let help = format!("write a whole number from 1 to {LONGEST}");
        found.push(Diagnostic::error("GW104", title).at(at.place.clone()).help(help));
        return 12;
    }
    i32::try_from(at.value).unwrap_or(12)
}

fn metrics_of(raw: &RawRule, kind: &Spec, metrics: &[Metric], found: &mut Diagnostics) -> Vec<usize> {
    if kind.subject == Subject::Data {
        return Vec::new();
    }
    let mut picked = vec![false; metrics.len()];
    if raw.metrics.is_empty() {
        picked.fill(true);
    }
    for at in &raw.metrics {
        let role = at.value.strip_prefix("role:");
        let concept = at.value.strip_prefix("concept:");
        let matches = |metric: &Metric| match (role, concept) {
            (Some(role), _) => metric.role.name() == role,
            (_, Some(concept)) => metric.concept.as_deref() == Some(concept),
            _ => at.value == "*" || metric.id == at.value,
        };
        let mut any = at.value == "*";
        for (flag, metric) in picked.iter_mut().zip(metrics) {
            *flag |= matches(metric);
            any |= matches(metric);
        }
        let known_role = role.is_some_and(|role| {
            [Role::Outcome, Role::Behaviour, Role::Activity].iter().any(|r| r.name() == role)
        });
        let known_concept = concept.is_some_and(|concept| CONCEPTS.contains(&concept));
        if !any && !known_role && !known_concept {
            let ids = metrics.iter().map(|metric| metric.id.as_str());
            let roles = ["*", "role:outcome", "role:behaviour", "role:activity"];
            let concepts: Vec<String> = CONCEPTS.iter().map(|one| format!("concept:{one}")).collect();
            let help = way_out(&at.value, ids.chain(roles).chain(concepts.iter().map(String::as_str)));
            let title = format!("unknown metric `{}`", at.value);
            found.push(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
        }
    }
    (0..metrics.len()).filter(|&i| picked[i]).collect()
}

fn raw_scopes(raw: &RawRule, known: &Known<'_>, found: &mut Diagnostics) -> Vec<super::plan::Level> {
    if raw.scopes.is_empty() {
        return vec![super::plan::Level::Operation];
    }
    let mut scopes = Vec::new();
    for at in &raw.scopes {
        match known.level(&at.value) {
            Some(level) if !scopes.contains(&level) => scopes.push(level),
            Some(_) => {}
            None => {
                let help = way_out(&at.value, known.level_names());
                let title = format!("unknown scope `{}`", at.value);
                found.push(Diagnostic::error("GW110", title).at(at.place.clone()).help(help));
            }
        }
    }
    scopes
}

pub(crate) fn thresholds(raw: &[(At<String>, At<Amount>)]) -> Vec<Threshold> {
    let one = |(name, amount): &(At<String>, At<Amount>)| Threshold {
        name: snake(&name.value),
        amount: amount.value,
        origin: amount.origin(),
    };
    raw.iter().map(one).collect()
}

/// A threshold named as a column could never be compared with it.
fn shadows(raw: &RawRule, kind: &Spec, found: &mut Diagnostics) {
    for (name, _) in &raw.thresholds {
        if column_type(kind, &snake(&name.value)).is_some() {
            let title = format!("threshold `{}` has the name of a column of `{}`", name.value, kind.name);
            let help = format!("rename it, as in `min-{}`, there and in `when`", name.value);
            found.push(Diagnostic::error("GW105", title).at(name.place.clone()).help(help));
        }
    }
}

fn over(raw: &RawRule, kind: &Spec, found: &mut Diagnostics) -> Over {
    let over = match raw.over.as_ref().map_or("row", |at| at.value.as_str()) {
        "any" => Over::Any,
        "all" => Over::All,
        "each" => Over::Each,
        _ => Over::Row,
    };
    if let Some(at) = raw.over.as_ref().filter(|_| over != Over::Row && kind.items.is_none()) {
        let title =
            format!("`over = \"{}\"` needs rows with items, and kind `{}` has none", at.value, kind.name);
        found.push(Diagnostic::error("GW104", title).at(at.place.clone()).help("leave `over` out"));
    }
    over
}

/// The columns a predicate may use: the kind's own, `n`, `agents`, and `q_…` beside each p-value.
pub(crate) fn column_type(kind: &Spec, name: &str) -> Option<Type> {
    if name == "n" || name == "agents" {
        return Some(Type::Number);
    }
    let plain = name.strip_prefix("q_").filter(|p| kind.p_values.contains(p)).unwrap_or(name);
    kind.columns.iter().find(|column| column.name == plain).map(type_of)
}

fn type_of(column: &Column) -> Type {
    match column.unit {
        ColumnUnit::Flag => Type::Bool,
        ColumnUnit::Text => Type::Text,
        _ => Type::Number,
    }
}

fn predicate(
    raw: &RawRule,
    kind: &Spec,
    thresholds: &[Threshold],
    found: &mut Diagnostics,
) -> Option<sql::Expression> {
    let text = &raw.when.value;
    let expression = match sql::parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            found.push(sql_mistake(&raw.when.place, text, &error, "GW120"));
            return None;
        }
    };
    let lookup = |name: &str, _quoted: bool| {
        let threshold = thresholds.iter().any(|t| t.name == name).then_some(Type::Number);
        column_type(kind, name).or(threshold)
    };
    let names = || thresholds.iter().map(|t| t.name.as_str());
    let known: Vec<&str> =
        kind.columns.iter().map(|c| c.name).chain(names()).chain(["n", "agents"]).collect();
    match expression.check(Type::Bool, &lookup, &known) {
        Ok(Type::Number) => {
            let title = format!("`{text}` is a number, where true or false is needed");
            let help = format!("compare it, as in `{text} > 0`");
            found.push(Diagnostic::error("GW122", title).at(raw.when.place.clone()).help(help));
        }
        Ok(_) => note_unused(raw, &expression, found),
        Err(errors) => {
            for error in &errors {
                let unknown = error.message.contains("unknown") || error.message.contains("reads as");
                let code = if unknown { "GW121" } else { "GW122" };
                found.push(sql_mistake(&raw.when.place, text, error, code));
            }
        }
    }
    Some(expression)
}

/// Thresholds the predicate does not use.
fn note_unused(raw: &RawRule, expression: &sql::Expression, found: &mut Diagnostics) {
    let used = expression.names();
    for (name, amount) in &raw.thresholds {
        if !used.iter().any(|n| n.name == snake(&name.value)) {
            let title = format!("threshold `{}` is not used by `when`", name.value);
            let help = format!("compare with `{}` in `when`, or take it out", snake(&name.value));
            found.push(Diagnostic::warning("GW131", title).at(amount.place.clone()).help(help));
        }
    }
}

fn check_words(raw: &RawRule, kind: &Spec, thresholds: &[Threshold], found: &mut Diagnostics) {
    let names: Vec<&str> = thresholds.iter().map(|t| t.name.as_str()).collect();
    let texts = [&raw.title, &raw.say, &raw.change_our_mind].into_iter().flatten().chain(&raw.observe);
    // Most texts are plain, and rows to try the others on cost more than the rest of a rule.
    let mut samples = None;
    for at in texts.filter(|at| at.value.contains('{')) {
        let samples = samples.get_or_insert_with(|| words::Samples::of_rule(kind.columns, &names));
        for error in samples.check(&at.value) {
            let diagnostic =
                Diagnostic::error("GW140", error.message).at(at.place.inside(&at.value, &error.at));
            found.push(diagnostic.maybe_help(error.help));
        }
    }
}

type Configured = (Given, std::sync::Arc<dyn crate::kinds::Diagnose>);

fn configure(raw: &RawRule, kind: &'static Spec, found: &mut Diagnostics) -> Option<Configured> {
    let said = raw.parameters.iter().map(|(key, value, _)| (key.value.clone(), value.clone())).collect();
    let given = Given::new(kind.parameters, said);
    match (kind.configure)(&given) {
        Ok(diagnose) => Some((given, diagnose)),
        Err((name, why)) => {
            let own = raw.parameters.iter().find(|(key, _, _)| key.value == name);
            let place = own.map_or_else(|| raw.id.place.clone(), |(_, _, place)| place.clone());
            let help = format!("`gapwise explain {}` has the parameters and what they may be", kind.name);
            found.push(Diagnostic::error("GW104", why).at(place).help(help));
            None
        }
    }
}

//! The scenes to try: those of the shipped tests that name a rule of the same kind, those whose rule has the same
//! parameters first, told in the client's metrics and contact types.

use toml::{Table, Value};

use super::scene::Scene;
use super::shipped;
use crate::config::{self, Plan, Rule, Test};
use crate::kinds::Subject;
use crate::model::{Measure, Metric};

/// Scenes in the order they are tried.
pub(super) fn scenes(plan: &Plan, rule: &Rule) -> Vec<Scene> {
    let mut ranked: Vec<(usize, Table)> = Vec::new();
    let alike = alike(rule);
    for pack in config::builtin_names() {
        for (_, text) in config::builtin_tests(pack) {
            let Ok(table) = text.parse::<Table>() else { continue };
            let tests = table.get("test").and_then(Value::as_array).into_iter().flatten();
            ranked.extend(
                tests
                    .filter_map(Value::as_table)
                    .filter_map(|test| Some((rank(test, &alike)?, test.clone()))),
            );
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let scenes = ranked.into_iter().map(|(_, test)| Scene::of(test)).collect::<Vec<_>>();
    let told = scenes.into_iter().flat_map(|scene| told_as(plan, rule, &scene));
    let mut all: Vec<Scene> = Vec::new();
    for scene in told {
        if !all.contains(&scene) {
            all.push(scene);
        }
    }
    all
}

/// Shipped rules of the rule's kind, those with its parameters first.
fn alike(rule: &Rule) -> Vec<String> {
    let differing = |table: &Table| {
        let own = |key: &str| rule.parameters.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
        let keys = rule.kind.parameters.iter().map(|key| key.name);
        keys.filter(|key| table.get(*key).is_some_and(|said| own(key) != Some(said))).count()
    };
    let same_over =
        |table: &Table| table.get("over").and_then(Value::as_str).unwrap_or("row") == rule.over.name();
    let mut all: Vec<(usize, String)> = shipped()
        .iter()
        .filter(|table| table.get("kind").and_then(Value::as_str) == Some(rule.kind.name))
        .filter_map(|table| {
            let id = table.get("id").and_then(Value::as_str)?;
            let exact = usize::from(id != rule.id);
            Some((4 * differing(table) + 2 * usize::from(!same_over(table)) + exact, id.to_owned()))
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, id)| id).collect()
}

/// A test in which a rule like it fires comes before those in which it is silent.
fn rank(test: &Table, alike: &[String]) -> Option<usize> {
    let names = |key: &str| {
        let listed = test.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        listed.filter_map(|id| alike.iter().position(|own| own == id)).min()
    };
    match (names("fires"), names("silent")) {
        (Some(at), _) => Some(2 * at),
        (None, Some(at)) => Some(2 * (at + alike.len()) + 1),
        (None, None) => None,
    }
}

/// The scene in the words of the client: its own metric, the contact type the rule is about.
fn told_as(plan: &Plan, rule: &Rule, scene: &Scene) -> Vec<Scene> {
    let metrics = metric_names(plan, rule, scene);
    let wanted = wanted(rule, "contact-type");
    let types = if wanted.is_some() { scene.types() } else { vec![String::new()] };
    let mut all = Vec::new();
    for metric in metrics {
        let named = metric.as_ref().map_or_else(|| Some(scene.clone()), |metric| scene.judging(metric));
        for from in &types {
            let told = named.clone().map(|named| match &wanted {
                Some(to) => named.with_type(from, to),
                None => named,
            });
            all.extend(told.map(|told| told.with_parts(rule)));
        }
    }
    all
}

/// What the judged metric may be called: nothing to change, or metrics of the client.
fn metric_names<'p>(plan: &'p Plan, rule: &Rule, scene: &Scene) -> Vec<Option<&'p Metric>> {
    if rule.kind.subject == Subject::Data {
        return vec![None];
    }
    let own = rule.metrics.iter().map(|&at| &plan.metrics[at]);
    let fits = |metric: &&Metric| (metric.measure == Measure::Proportion) == scene.is_proportion();
    let first = own.clone().find(fits).or_else(|| own.clone().next());
    let any =
        rule.asked_of.is_empty() || rule.asked_of.iter().any(|name| name == "*" || name.starts_with("role:"));
    let same = any.then_some(None);
    first.map(Some).into_iter().chain(same).collect()
}

/// The first value a rule's filter lets in.
pub(super) fn wanted(rule: &Rule, key: &str) -> Option<String> {
    let test = rule.filter.tests.iter().find(|(own, _)| own == key).map(|(_, test)| test)?;
    match test {
        Test::In(values) => values.first().cloned(),
        Test::NotIn(_) => None,
    }
}

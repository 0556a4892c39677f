//! Disables, overrides and waivers against the rules they are about; whatever matches nothing is told.

use super::overrides::no_threshold;
use super::packs::RawRules;
use super::plan::{Disabled, Level, Override, Plan, Rule, Test, Waiver};
use super::raw::RawChange;
use super::resolve::Known;
use super::rules::{severity, thresholds};
use super::section::snake;
use super::units;
use crate::diag::{Diagnostic, Diagnostics, way_out};
use crate::world::World;

/// Applies disables and what overrides change in places; yields the rules taken out of force and why.
pub(crate) fn change(
    raw: &RawRules,
    rules: &mut Vec<Rule>,
    known: &Known<'_>,
    found: &mut Diagnostics,
) -> Vec<Disabled> {
    let mut disabled: Vec<Disabled> = Vec::new();
    disables_once(&raw.disables, found);
    for one in &raw.disables {
        let Some(rule) = target(one, "disable", raw, rules, known, found) else { continue };
        if one.has_where {
            rule.silent.push((one.filter.filter.clone(), one.why.clone()));
        } else {
            let (rule, why) = (one.rule.value.clone(), one.why.clone());
            disabled.push(Disabled { rule, why, origin: one.rule.origin() });
        }
    }
    for one in &raw.overrides {
        let Some(rule) = target(one, "override", raw, rules, known, found) else { continue };
        if one.has_where {
            check_by_place(one, rule, known, found);
        }
        rule.overrides.push(Override {
            filter: one.filter.filter.clone(),
            thresholds: thresholds(&one.thresholds),
            severity: one.severity.as_deref().map(severity),
            why: one.why.clone(),
            origin: one.rule.origin(),
        });
    }
    let off = |id: &str| disabled.iter().any(|one| one.rule == id);
    for one in raw.overrides.iter().filter(|one| off(&one.rule.value)) {
        let title = format!("this override changes nothing: `{}` is disabled", one.rule.value);
        let first = raw.disables.iter().find(|first| first.rule.value == one.rule.value && !first.has_where);
        let mut diagnostic = Diagnostic::warning("GW160", title).at(one.rule.place.clone());
        diagnostic.also = first.map(|first| (first.rule.place.clone(), "disabled here".to_owned()));
        found.push(diagnostic.help("take the override or the `[[disable]]` out"));
    }
    rules.retain(|rule| !off(&rule.id));
    if rules.is_empty() && !raw.rules.is_empty() && !found.has_errors() {
        let mut diagnostic = Diagnostic::error("GW150", "every rule is disabled")
            .help("take one `[[disable]]` out, or list a pack with further rules");
        diagnostic.place.clone_from(&raw.place);
        found.push(diagnostic);
    }
    disabled
}

/// A second `[[disable]]` of a rule that is out of force everywhere adds nothing.
fn disables_once(all: &[RawChange], found: &mut Diagnostics) {
    for (index, later) in all.iter().enumerate() {
        let same = |first: &&RawChange| {
            first.rule.value == later.rule.value
                && (!first.has_where || first.filter.filter == later.filter.filter)
        };
        let Some(first) = all[..index].iter().find(same) else { continue };
        let title = format!("rule `{}` is disabled already", later.rule.value);
        let diagnostic = Diagnostic::warning("GW160", title).at(later.rule.place.clone());
        found
            .push(diagnostic.also(first.rule.place.clone(), "disabled here").help("take one of the two out"));
    }
}

/// Thresholds that vary by place, against the rule and the metrics judged there.
fn check_by_place(one: &RawChange, rule: &Rule, known: &Known<'_>, found: &mut Diagnostics) {
    let names: Vec<String> = rule.thresholds.iter().map(|own| own.name.replace('_', "-")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (name, _) in &one.thresholds {
        if !rule.thresholds.iter().any(|own| own.name == snake(&name.value)) {
            found.push(no_threshold(&rule.id, &name.value, &name.place, &names));
        }
    }
    let meant = rule.metrics.iter().map(|&i| &known.metrics[i]).filter(|metric| {
        let mut tests = one.filter.filter.tests.iter().filter(|(key, _)| key == "metric");
        tests.all(|(_, test)| test.holds(&metric.id))
    });
    units::check(&one.thresholds, rule.kind, Some(&rule.when), &meant.collect::<Vec<_>>(), found);
}

/// The rule a change is about, with the change's own mistakes noted.
fn target<'r>(
    one: &RawChange,
    what: &str,
    raw: &RawRules,
    rules: &'r mut [Rule],
    known: &Known<'_>,
    found: &mut Diagnostics,
) -> Option<&'r mut Rule> {
    let told = known.where_mistakes(&one.filter.filter, &one.filter.place);
    let Some(index) = rules.iter().position(|rule| rule.id == one.rule.value) else {
        // A rule that is there and could not be read has told its own mistake.
        if !raw.rules.iter().any(|rule| rule.id.value == one.rule.value) {
            let title = format!("{what} of `{}`, which is no rule in force", one.rule.value);
            let ids: Vec<&str> = raw.rules.iter().map(|rule| rule.id.value.as_str()).collect();
            let help = way_out(&one.rule.value, ids);
            found.push(Diagnostic::error("GW110", title).at(one.rule.place.clone()).help(help));
        }
        found.extend_with(told);
        return None;
    };
    let rule = &mut rules[index];
    if told.is_empty() {
        found.extend_with(matches_nothing(one, what, rule, known));
    }
    found.extend_with(told);
    Some(rule)
}

/// Why a filter can never hold for what the rule is asked, as far as that is known without data.
fn matches_nothing(one: &RawChange, what: &str, rule: &Rule, known: &Known<'_>) -> Option<Diagnostic> {
    let judged = || rule.metrics.iter().map(|&i| known.metrics[i].id.as_str());
    let (why, help) = one.filter.filter.tests.iter().find_map(|(key, test)| match (key.as_str(), test) {
        (_, Test::In(names)) if names.is_empty() => {
            Some((format!("`{key}` names nothing"), format!("name what is meant, or take `{key}` out")))
        }
        ("metric", _) if !judged().any(|id| test.holds(id)) => {
            let help = match judged().map(|id| format!("`{id}`")).collect::<Vec<_>>() {
                ids if ids.is_empty() => {
                    "take `metric` out: the rule judges the data, not a metric".to_owned()
                }
                ids => format!("it judges {}", ids.join(", ")),
            };
            Some((format!("`{}` judges none of its metrics", rule.id), help))
        }
        ("metric", _) => None,
        (place, _) if known.level(place).is_some_and(|level| !asked(rule, &level)) => Some((
            format!("`{}` is not asked by `{place}`", rule.id),
            format!("add `{place}` to the rule's `scopes`, or take it out of `where`"),
        )),
        _ => None,
    })?;
    let title = format!("this {what} matches nothing: {why}");
    Some(Diagnostic::warning("GW160", title).at(one.filter.place.clone()).help(help))
}

/// Whether the rule speaks of single places of this level, as a scope or as an item.
fn asked(rule: &Rule, level: &Level) -> bool {
    rule.scopes.contains(level) || (*level == Level::ContactType && rule.kind.items.is_some())
}

pub(crate) fn waivers(
    raw: &RawRules,
    rules: &mut [Rule],
    known: &Known<'_>,
    found: &mut Diagnostics,
) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for one in &raw.waivers {
        let rule = target(one, "waiver", raw, rules, known, found);
        if rule.is_some_and(|rule| rule.title.is_none()) {
            let title = format!("this waiver matches nothing: `{}` only raises its signal", one.rule.value);
            let help = "waive a rule with a `title`, or `[[disable]]` this one where it should be silent";
            found.push(Diagnostic::warning("GW160", title).at(one.rule.place.clone()).help(help));
        }
        let Some(until) = &one.until else { continue };
        waivers.push(Waiver {
            rule: one.rule.value.clone(),
            filter: one.filter.filter.clone(),
            until: until.value,
            why: one.why.clone(),
            owner: one.owner.clone(),
            origin: one.rule.origin(),
            place: until.place.clone(),
        });
    }
    waivers
}

/// Waivers whose last day has passed in the workspace's zone. A run measures them against the period it judges.
pub fn expired(plan: &Plan, world: &World) -> Diagnostics {
    let today = world.now.with_timezone(&plan.calendar.zone).date_naive();
    let mut found = Diagnostics::default();
    for one in plan.waivers.iter().filter(|one| one.until < today) {
        let title = format!("the waiver of `{}` ended on {}", one.rule, one.until);
        let help = "its findings speak again: take the waiver out, or agree a new date with its owner";
        found.push(Diagnostic::warning("GW161", title).at(one.place.clone()).help(help));
    }
    found
}

//! Why a gap is there: the signs of each cause beside a verdict, and the contact types that show enough of them.

use super::evidence::Gathered;
use crate::config::{CauseRule, DecisionRule, Plan};
use crate::model::{Cause, Fact, Scope, Signal, Verdict, VerdictId};

/// What a decision names where it is asked of contact types without a cause, while others have none in doubt.
const ELSEWHERE: &str = "elsewhere";
/// What it names where no cause is listed at all.
const NONE: &str = "none";

/// Signs of each cause beside every structural or mixed verdict.
pub(crate) fn causes(
    plan: &Plan,
    gathered: &Gathered,
    signals: &[Signal],
    verdicts: &[Verdict],
) -> Vec<(Option<String>, Scope, Fact)> {
    let mut all = Vec::new();
    for verdict in verdicts.iter().filter(|v| matches!(v.verdict, VerdictId::Structural | VerdictId::Mixed)) {
        for cause in &plan.causes {
            let says = |wanted: Option<bool>| {
                let own = cause.signs.iter().filter(|name| sign(signals, verdict, name) == wanted);
                own.cloned().collect::<Vec<String>>()
            };
            let (because, not_measured) = (says(Some(true)), says(None));
            let signs = u32::try_from(because.len()).unwrap_or(0);
            if signs >= cause.at_least {
                let of = u32::try_from(cause.signs.len()).unwrap_or(0);
                let contact_types = shown_in(plan, gathered, cause, verdict);
                let id = cause.id.clone();
                let fact = Fact::Cause(Cause { id, signs, of, because, not_measured, contact_types });
                all.push((Some(verdict.metric.clone()), verdict.scope.clone(), fact));
            }
        }
    }
    all
}

/// What a sign says at a verdict's place: of its own metric or of the data as a whole; where it speaks of neither,
/// of any metric there.
fn sign(signals: &[Signal], verdict: &Verdict, name: &str) -> Option<bool> {
    let named = || signals.iter().filter(|s| s.name == name);
    let of_all = |s: &&Signal| s.metric.is_none() && s.scope == Scope::Operation;
    let here = || named().filter(|s| s.scope == verdict.scope);
    let own = here().find(|s| s.metric.as_deref() == Some(&verdict.metric)).or_else(|| named().find(of_all));
    if let Some(own) = own {
        return own.value;
    }
    let mut values = here().map(|s| s.value);
    let first = values.next()?;
    values.fold(first, |known, value| match (known, value) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (None, _) | (_, None) => None,
        _ => Some(false),
    })
}

/// The contact types of a verdict in which as many signs of a cause are present as it takes.
fn shown_in(plan: &Plan, gathered: &Gathered, cause: &CauseRule, verdict: &Verdict) -> Vec<String> {
    let at_place = |metric: Option<usize>, scope: &Scope| {
        metric.is_some_and(|index| plan.metrics[index].id == verdict.metric) && *scope == verdict.scope
    };
    let has = |sign: &String, name: &String| {
        gathered.fired.iter().any(|fired| {
            plan.rules[fired.rule].signal == *sign
                && fired.row.item.as_ref() == Some(name)
                && at_place(fired.metric, &fired.scope)
        })
    };
    let signs = |name: &String| cause.signs.iter().filter(|sign| has(sign, name)).count();
    let shows = |name: &&String| u32::try_from(signs(name)).is_ok_and(|signs| signs >= cause.at_least);
    verdict.contact_types.iter().filter(shows).cloned().collect()
}

/// Whether the causes beside a verdict are those a decision is asked with.
pub(crate) fn fits(gathered: &Gathered, rule: &DecisionRule, verdict: &Verdict) -> bool {
    match rule.cause.as_deref() {
        None => true,
        Some(NONE) => named(gathered, verdict).next().is_none(),
        Some(ELSEWHERE) => {
            let others = types(gathered, rule, verdict).len();
            (1..verdict.contact_types.len()).contains(&others)
        }
        Some(id) => named(gathered, verdict).any(|cause| cause.id == id),
    }
}

/// The contact types a decision is about: those that show its cause, or those that show none; all of the verdict's
/// where a cause is seen in the whole alone.
pub(crate) fn types(gathered: &Gathered, rule: &DecisionRule, verdict: &Verdict) -> Vec<String> {
    let all = || verdict.contact_types.iter();
    let shown = |name: &&String, wanted: Option<&str>| {
        let causes = named(gathered, verdict).filter(|cause| wanted.is_none_or(|id| cause.id == id));
        causes.flat_map(|cause| &cause.contact_types).any(|known| known == *name)
    };
    let own: Vec<String> = match rule.cause.as_deref() {
        None | Some(NONE) => Vec::new(),
        Some(ELSEWHERE) => all().filter(|name| !shown(name, None)).cloned().collect(),
        Some(id) => all().filter(|name| shown(name, Some(id))).cloned().collect(),
    };
    if own.is_empty() { verdict.contact_types.clone() } else { own }
}

fn named<'g>(gathered: &'g Gathered, verdict: &Verdict) -> impl Iterator<Item = &'g Cause> {
    facts(gathered, verdict).filter_map(|fact| match fact {
        Fact::Cause(cause) => Some(cause),
        _ => None,
    })
}

/// The facts at a verdict's place.
pub(crate) fn facts<'g>(gathered: &'g Gathered, verdict: &Verdict) -> impl Iterator<Item = &'g Fact> {
    let (own, place) = (verdict.metric.clone(), verdict.scope.clone());
    let here = move |metric: &Option<String>, scope: &Scope| metric.as_ref() == Some(&own) && *scope == place;
    gathered.facts.iter().filter(move |(metric, scope, _)| here(metric, scope)).map(|(_, _, fact)| fact)
}

//! Before you rely on this: what is behind the figures, what could have been missed, what would change our mind.

use super::findings;
use crate::model::{Gap, Metric, Scope, Verdict, VerdictId};
use crate::report::view::View;
use crate::words::{self, Locale};

/// What holds of every page but one that an allowance opens.
pub(in crate::report) const NOBODY: &str = "Nobody is named";

pub(super) fn limits(view: View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((metric, verdict)) = view.ranked().into_iter().next() {
        lines.extend(behind(view, metric));
        lines.extend(one_target(view, metric).filter(|_| verdict.verdict != VerdictId::NoGap));
        lines.extend(power(verdict, view.locale()));
        lines.extend(change_our_mind(view, verdict));
    }
    let min = view.frame.min_group;
    lines.push(format!(
        "About the operation, not for judging people. {NOBODY}; groups under {min} are not shown."
    ));
    lines
}

/// `60 agents, 64,800 contacts, 17 August–8 November. 3 % without a usable value left out.`
fn behind(view: View<'_>, metric: &Metric) -> Option<String> {
    let gap = view.gap(&metric.id, &Scope::Operation)?;
    let locale = view.locale();
    let mut parts = Vec::new();
    if gap.agents > 0 {
        parts.push(format!("{} agents", words::count(f64::from(gap.agents), locale)));
    }
    parts.push(format!("{} {}", words::count(words::whole(gap.n), locale), metric.source.name()));
    if let Some((first, last)) = view.days(&metric.id) {
        parts.push(words::span(first, last, locale));
    }
    Some(format!("{}.{}", parts.join(", "), left_out(view, metric)))
}

fn left_out(view: View<'_>, metric: &Metric) -> String {
    let share = view.story.quality.source(metric.source).and_then(|source| {
        let unusable = words::whole(*source.unusable.get(&metric.id)?);
        (source.used > 0 && unusable > 0.0).then(|| unusable / words::whole(source.used))
    });
    share.map_or_else(String::new, |share| {
        format!(" {} without a usable value left out.", words::share(share, view.locale()))
    })
}

/// One target asked of every type, and the types that never met it.
fn one_target(view: View<'_>, metric: &Metric) -> Option<String> {
    let target = metric.target.filter(|_| metric.target_for.is_empty())?;
    let said = words::trimmed_level(target, metric, view.locale());
    let never: Vec<(String, &Gap)> = view
        .breakdown(&metric.id, &Scope::Operation)?
        .carriers
        .iter()
        .filter_map(|name| never_met(view, metric, name).map(|gap| (words::shortened(name), gap)))
        .collect();
    let Some((name, gap)) = never.first() else {
        return Some(format!("{said} is asked of every contact type.{}", never_met_at_all(view, metric)));
    };
    let locale = view.locale();
    let best = gap.best_period.map(|best| super::points::coarse(best, metric, locale)).unwrap_or_default();
    Some(format!(
        "{said} is asked of every contact type; {name} never reached it in {} (best {} {best}). \
         If {said} is not meant for it, set its own target.",
        words::periods(f64::from(gap.periods_seen), locale),
        locale.grain(),
    ))
}

/// Where no period read met the target, the target is in question too.
fn never_met_at_all(view: View<'_>, metric: &Metric) -> String {
    let gap = view.gap(&metric.id, &Scope::Operation);
    let short = gap.and_then(|gap| Some(metric.better.sign() * (gap.target? - gap.best_period?)));
    let (Some(gap), Some(best)) = (gap, gap.and_then(|gap| gap.best_period)) else { return String::new() };
    if short.is_none_or(|short| short <= 0.0) || gap.periods_seen < 2 {
        return String::new();
    }
    let (locale, best) = (view.locale(), super::points::coarse(best, metric, view.locale()));
    let seen = words::periods(f64::from(gap.periods_seen), locale);
    format!(" None of the {seen} read met it (best {} {best}).", locale.grain())
}

fn never_met<'a>(view: View<'a>, metric: &Metric, contact_type: &str) -> Option<&'a Gap> {
    let gap = view.gap(&metric.id, &Scope::ContactType(contact_type.to_owned()))?;
    let short = metric.better.sign() * (gap.target? - gap.best_period?);
    (short > 0.0 && gap.periods_seen > 1).then_some(gap)
}

/// `Had this been a coaching gap, data of this size would have shown it in about 9 of 10 cases.`
fn power(verdict: &Verdict, locale: &Locale) -> Option<String> {
    let power = verdict.power_of_opposite?;
    let opposite = match verdict.verdict {
        VerdictId::Structural => "a coaching gap",
        VerdictId::Behavioural => "for the operation to decide",
        _ => return None,
    };
    let care = if power < 0.5 { " Read it with care." } else { "" };
    let cases = words::of_ten(power, locale);
    Some(format!(
        "Had this been {opposite}, data of this size would have shown it in about {cases} cases.{care}"
    ))
}

/// The falsifier of the first finding that supports the verdict and has one.
fn change_our_mind(view: View<'_>, verdict: &Verdict) -> Option<String> {
    let mut own = view.story.now.findings.iter().filter(|f| {
        f.metric.as_deref() == Some(verdict.metric.as_str())
            && f.scope == verdict.scope
            && verdict.why.contains(&f.rule)
    });
    let said = own.find_map(|finding| findings::said(view, finding).change_our_mind)?;
    Some(if said.starts_with("We would") { said } else { format!("What would change our mind: {said}") })
}

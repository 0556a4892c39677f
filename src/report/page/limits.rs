//! Before you rely on this: what is behind the figures, what could have been missed, what would change our mind.

use super::findings;
use crate::model::{Gap, Metric, Scope, Verdict, VerdictId};
use crate::report::frame::{Frame, source_name};
use crate::report::view::View;
use crate::words::{self, Locale, say};

pub(super) fn limits(view: View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((metric, verdict)) = view.ranked().into_iter().next() {
        lines.extend(behind(view, metric));
        lines.extend(one_target(view, metric).filter(|_| verdict.verdict != VerdictId::NoGap));
        lines.extend(power(verdict, view.locale()));
        lines.extend(change_our_mind(view, verdict));
    }
    lines.push(nobody_named(view.frame));
    lines
}

/// What holds of every page but one that an allowance opens.
pub(in crate::report) fn nobody_named(frame: &Frame) -> String {
    say!(&frame.locale, "limits-nobody-named", min = frame.min_group)
}

/// What is said instead on a page that an allowance opens.
pub(in crate::report) fn agents_shown(frame: &Frame) -> String {
    say!(&frame.locale, "limits-agents-shown", min = frame.min_group)
}

/// `60 agents, 64,800 contacts, 17 August–8 November. 3 % without a usable value left out.`
fn behind(view: View<'_>, metric: &Metric) -> Option<String> {
    let gap = view.gap(&metric.id, &Scope::Operation)?;
    let locale = view.locale();
    let (source, name) = (metric.source.name(), source_name(metric.source, locale));
    let agents = (gap.agents > 0).then(|| say!(locale, "metrics-agents", n = gap.agents));
    let rows = say!(locale, "limits-rows", n = gap.n, source, name);
    let days = view.days(&metric.id).map(|(first, last)| words::span(first, last, locale));
    let facts: Vec<String> = agents.into_iter().chain([rows]).chain(days).collect();
    let behind = say!(locale, "limits-behind", facts = facts.join(", "));
    let means = metric.means.as_deref().map(|means| words::shortened_to(means.trim_end_matches('.'), 200));
    let means = means.map(|means| say!(locale, "limits-means", label = view.frame.label(&metric.id), means));
    Some(sentences([Some(behind), means, left_out(view, metric)]))
}

fn sentences<const N: usize>(said: [Option<String>; N]) -> String {
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn left_out(view: View<'_>, metric: &Metric) -> Option<String> {
    let source = view.story.quality.source(metric.source)?;
    let unusable = words::whole(*source.unusable.get(&metric.id)?);
    let used = (source.used > 0 && unusable > 0.0).then(|| words::whole(source.used))?;
    Some(say!(view.locale(), "limits-left-out", share = words::share(unusable / used, view.locale())))
}

/// One target asked of every type, and the types that never met it.
fn one_target(view: View<'_>, metric: &Metric) -> Option<String> {
    let target = metric.target.filter(|_| metric.target_for.is_empty())?;
    let locale = view.locale();
    let target = words::trimmed_level(target, metric, locale);
    let never: Vec<(String, &Gap)> = view
        .breakdown(&metric.id, &Scope::Operation)?
        .carriers
        .iter()
        .filter_map(|name| never_met(view, metric, name).map(|gap| (words::shortened(name), gap)))
        .collect();
    let Some((name, gap)) = never.first() else {
        let asked = say!(locale, "limits-target", target);
        return Some(sentences([Some(asked), never_met_at_all(view, metric)]));
    };
    let best = gap.best_period.map(|best| super::points::coarse(best, metric, locale)).unwrap_or_default();
    let (n, periods) = (gap.periods_seen, words::periods(f64::from(gap.periods_seen), locale));
    Some(say!(locale, "limits-target-type-missed", target, contact_type = name, n, periods, best))
}

/// Where no period read met the target, the target is in question too.
fn never_met_at_all(view: View<'_>, metric: &Metric) -> Option<String> {
    let gap = view.gap(&metric.id, &Scope::Operation)?;
    let best = gap.best_period?;
    let short = metric.better.sign() * (gap.target? - best);
    if short <= 0.0 || gap.periods_seen < 2 {
        return None;
    }
    let (locale, n) = (view.locale(), gap.periods_seen);
    let (periods, best) = (words::periods(f64::from(n), locale), super::points::coarse(best, metric, locale));
    Some(say!(locale, "limits-target-never-met", n, periods, best))
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
        VerdictId::Structural => "coaching",
        VerdictId::Behavioural => "operation",
        _ => return None,
    };
    let said = say!(locale, "limits-power", opposite, cases = words::of_ten(power, locale));
    let care = (power < 0.5).then(|| say!(locale, "limits-power-low"));
    Some(sentences([Some(said), care]))
}

/// The falsifier of the first finding that supports the verdict and has one.
fn change_our_mind(view: View<'_>, verdict: &Verdict) -> Option<String> {
    let mut own = view.story.now.findings.iter().filter(|f| {
        f.metric.as_deref() == Some(verdict.metric.as_str())
            && f.scope == verdict.scope
            && verdict.why.contains(&f.rule)
    });
    let said = own.find_map(|finding| findings::said(view, finding).change_our_mind)?;
    let opening = say!(view.locale(), "limits-mind-opening");
    Some(if said.starts_with(&opening) { said } else { say!(view.locale(), "limits-mind", text = said) })
}

//! What is asked of whom, by when, and what is at stake. A ceiling is never a forecast.

use crate::model::{Asked, Conclusion, Decision, Metric, Scope, SourceId, Value, VerdictId};
use crate::report::context::DecisionView;
use crate::report::view::View;
use crate::words::{self, Facts, Locale, say};

/// More than this is not asked of one reader in one week.
const MOST: usize = 3;

/// What is asked, the headline's metric first, and of one metric what has points at stake first. The same points
/// are at stake once.
pub(super) fn decisions(view: View<'_>) -> Vec<DecisionView> {
    let mut asked: Vec<&Decision> =
        view.story.now.decisions.iter().filter(|d| d.state != Asked::Declined).collect();
    let ranked = view.ranked();
    asked.sort_by_key(|decision| {
        let rank = ranked.iter().position(|(m, _)| m.id == decision.metric).unwrap_or(usize::MAX);
        (rank, decision.at_stake.is_none())
    });
    let mut staked: Vec<(&str, &Scope)> = Vec::new();
    let mut shown = Vec::new();
    for (index, asked) in asked.into_iter().enumerate() {
        let mut said = decision(view, asked, index + 1);
        let about = (asked.metric.as_str(), &asked.scope);
        if staked.contains(&about) {
            (said.at_stake, said.waiting) = (None, None);
        }
        if asked.at_stake.is_some() {
            staked.push(about);
        }
        shown.push(said);
    }
    shown
}

/// The decisions one reader is asked for in one period, and a word about the others.
pub(super) fn first(all: &[DecisionView], locale: &Locale) -> (Vec<DecisionView>, Option<String>) {
    let more = all.len().saturating_sub(MOST);
    let note = |n: usize| say!(locale, "decisions-more", n, count = words::capital(&words::spelt(n, locale)));
    (all.iter().take(MOST).cloned().collect(), (more > 0).then(|| note(more)))
}

/// A decision's sentence: what is asked, and its risk.
pub(in crate::report) fn text(view: View<'_>, decision: &Decision) -> (String, Option<String>) {
    let facts = facts(view, decision);
    let entry = view.frame.decisions.iter().find(|entry| entry.id == decision.template);
    let say = |template: &str, fallback: &str| {
        words::sentence(template, &facts).unwrap_or_else(|_| words::shortened(fallback))
    };
    let what = entry.map_or_else(|| decision.what.clone(), |entry| say(&entry.what, &entry.id));
    let risk = match entry {
        Some(entry) => entry.risk.as_deref().map(|risk| say(risk, &entry.id)),
        None => decision.risk.clone(),
    };
    (what, risk)
}

fn decision(view: View<'_>, decision: &Decision, number: usize) -> DecisionView {
    let (what, risk) = text(view, decision);
    let metric = view.frame.metric(&decision.metric);
    DecisionView {
        number,
        what,
        who: words::shortened(&decision.owner_role),
        due: words::day(decision.due, view.locale()),
        at_stake: metric.and_then(|metric| at_stake(view, metric, decision)),
        waiting: waiting(view, decision),
        risk,
        state: state(decision.state, view.locale()),
    }
}

/// What became of a decision; empty while it is only asked.
fn state(state: Asked, locale: &Locale) -> String {
    match state {
        Asked::Accepted | Asked::Done => say!(locale, "decisions-state", state = state.name()),
        Asked::Asked | Asked::Declined => String::new(),
    }
}

fn at_stake(view: View<'_>, metric: &Metric, decision: &Decision) -> Option<String> {
    let at_stake = decision.at_stake.filter(|amount| *amount > 0.0)?;
    let amount = words::difference(at_stake, metric, view.locale());
    Some(say!(view.locale(), "decisions-at-stake", amount))
}

/// Only where the metric counts contacts: evaluations and surveys are samples of them.
fn waiting(view: View<'_>, decision: &Decision) -> Option<String> {
    let contacts = words::rounded(decision.waiting_per_period?);
    let counted =
        view.frame.metric(&decision.metric).is_some_and(|metric| metric.source == SourceId::Contacts);
    if contacts < 1.0 || !counted {
        return None;
    }
    let said = [Some(so_far(view, decision, contacts)), coached_since(view, decision)];
    Some(said.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// What waits each period, and since the decision was first asked where that was not this period.
fn so_far(view: View<'_>, decision: &Decision, contacts: f64) -> String {
    let locale = view.locale();
    let (n, each) = (contacts, words::count(contacts, locale));
    let periods = f64::from(view.story.now.period.0 - decision.since.0 + 1);
    if periods <= 1.0 {
        return say!(locale, "decisions-waiting", n, each);
    }
    let all = words::count(words::rounded(contacts * periods), locale);
    let since = words::period_name(decision.since, &view.frame.calendar, locale);
    let earlier = if decision.since_at_least { "yes" } else { "no" };
    say!(locale, "decisions-waiting-since", n, each, all, since, earlier)
}

/// Coaching spent since a decision was first asked, where it cannot have helped.
fn coached_since(view: View<'_>, decision: &Decision) -> Option<String> {
    let verdict = view.verdict(&decision.metric, &decision.scope)?;
    let hours = decision.minutes_since? / 60.0;
    let waited = decision.since < view.story.now.period;
    let n = words::rounded(hours);
    (waited && hours >= 1.0 && verdict.verdict == VerdictId::Structural)
        .then(|| say!(view.locale(), "decisions-coached", n, hours = words::count(n, view.locale())))
}

/// What a decision's text may speak of, beside the metric and the scope.
fn facts(view: View<'_>, decision: &Decision) -> Facts {
    let (metric, locale) = (view.frame.metric(&decision.metric), view.locale());
    let mut facts = Facts::about(metric, &decision.scope, locale);
    facts.put_types(&decision.contact_types, locale);
    let entry = view.frame.decisions.iter().find(|entry| entry.id == decision.template);
    let cause = entry.and_then(|entry| entry.cause.clone());
    let said = cause.clone().unwrap_or_else(|| words::not_known(locale));
    facts.put("cause", said, cause.map_or(Value::Null, Value::Text));
    let mut put = |name: &str, value: Option<f64>, said: &dyn Fn(f64) -> String| {
        let words = value.map_or_else(|| words::not_known(locale), said);
        facts.put(name, words, Value::from(value));
    };
    let level = |x: f64| metric.map_or_else(|| words::trimmed(x, 2, locale), |m| words::level(x, m, locale));
    let difference =
        |x: f64| metric.map_or_else(|| words::trimmed(x, 2, locale), |m| words::difference(x, m, locale));
    let gap = view.gap(&decision.metric, &decision.scope);
    let ledger = view.ledger(&decision.metric, &decision.scope);
    let effect = view.effect(&decision.metric, &decision.scope);
    put("at_stake", decision.at_stake, &difference);
    put("waiting", decision.waiting_per_period, &|x| words::count(words::rounded(x), locale));
    put("actual", gap.map(|g| g.actual), &level);
    put("target", gap.and_then(|g| g.target), &level);
    put("gap", gap.and_then(|g| g.adverse), &difference);
    put("reach", ledger.map(|l| l.reach), &difference);
    put("out_of_reach", ledger.map(|l| l.out_of_reach), &difference);
    put("effect", effect.map(|e| e.effect), &difference);
    put("smallest_visible", effect.map(|e| e.smallest_visible), &difference);
    put("hours_out_of_reach", hours(view), &|x| words::count(x, locale));
    let ruled_out = effect.map(|e| e.conclusion == Conclusion::DoesNotMove);
    let said = if ruled_out == Some(true) { say!(locale, "yes") } else { say!(locale, "no") };
    facts.put("effect_ruled_out", said, ruled_out.map_or(Value::Null, Value::Flag));
    facts
}

/// Coaching hours a period on gaps the operation decides.
fn hours(view: View<'_>) -> Option<f64> {
    let minutes = view.minutes()?;
    (minutes.periods > 0).then(|| minutes.on_out_of_reach / 60.0 / f64::from(minutes.periods))
}

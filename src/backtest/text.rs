//! A back-test for a terminal: what matters first, a line a fact, nothing that a report would not show. Every rate
//! says over how many periods.

use std::fmt::Write as _;

use super::{Backtest, Budget, PeriodTold, lists};
use crate::model::Scope;
use crate::words;

/// Characters of a line, and of a name in a table.
pub(super) const WIDTH: usize = 100;
pub(super) const NAME: usize = 40;
/// Lines of a list; the JSON has all.
pub(super) const LISTED: usize = 20;

/// How much is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What fits on a screen or two.
    Short,
    /// Every rule by its name.
    All,
}

/// The whole page.
pub fn text(backtest: &Backtest, budget: Option<&Budget>, detail: Detail) -> String {
    let parts = [
        head(backtest),
        budget.map(|budget| budget_lines(backtest, budget)).unwrap_or_default(),
        periods(backtest),
        changes(backtest),
        held_back(backtest),
        lists::fired(backtest),
        if detail == Detail::All { lists::signals(backtest) } else { String::new() },
        lists::quiet(backtest, detail),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Where a statement is made, in words.
pub(super) fn place(scope: &Scope) -> String {
    match scope.name() {
        None => scope.level().to_owned(),
        Some(name) => format!("{} {}", scope.level(), words::shortened_to(name, NAME)),
    }
}

fn counted_or_no(number: usize, word: &str) -> String {
    if number == 0 { format!("no {word}") } else { words::counted(number, word) }
}

/// The periods looked at, as `8 weeks, 2026-W39 to 2026-W46`.
pub(super) fn span(backtest: &Backtest) -> String {
    let label = |period: Option<&PeriodTold>| period.map_or("", |one| one.label.as_str()).to_owned();
    let (first, last) = (label(backtest.periods.first()), label(backtest.periods.last()));
    let (all, judged) = (backtest.periods.len(), backtest.judged().count());
    let without = if judged < all { format!(" ({judged} with a report)") } else { String::new() };
    format!("{}, {first} to {last}{without}", words::counted(all, backtest.grain))
}

fn head(backtest: &Backtest) -> String {
    let (client, rules) = (words::shortened(&backtest.client), words::counted(backtest.rules.len(), "rule"));
    let lines = [
        format!("{client}: {rules} over {}", span(backtest)),
        format!("  {}", loudness(backtest)),
        format!("  {}", steadiness(backtest)),
        format!("  past {}s are judged with today's rules and data", backtest.grain),
    ];
    lines.join("\n") + "\n"
}

fn loudness(backtest: &Backtest) -> String {
    let raised: usize = backtest.judged().map(PeriodTold::raised).sum();
    let loudest = backtest.periods.iter().rev().max_by_key(|one| one.raised());
    let most = loudest.filter(|one| one.raised() > 0);
    let most = most.map(|one| format!(", at most {} in one ({})", one.raised(), one.label));
    format!(
        "{} raised in {}{}; raised = new or worse, neither waived nor info",
        counted_or_no(raised, "finding"),
        judged(backtest),
        most.unwrap_or_default()
    )
}

fn steadiness(backtest: &Backtest) -> String {
    let stand = backtest.judged().last().map_or(0, |period| period.verdicts.len());
    let held = match backtest.held_back.len() {
        0 => "none was held back".to_owned(),
        more => format!("{more} that a {} alone would have made held back", backtest.grain),
    };
    let changes = counted_or_no(backtest.changes.len(), "change");
    format!(
        "{changes} of verdict in {} ({} at the end); {held}",
        judged(backtest),
        words::counted(stand, "verdict")
    )
}

/// The periods that rates are over, as `8 weeks`.
pub(super) fn judged(backtest: &Backtest) -> String {
    words::counted(backtest.judged().count(), backtest.grain)
}

/// Whether the budget is kept, and who broke it.
pub(super) fn budget_lines(backtest: &Backtest, budget: &Budget) -> String {
    let (over, all) = (budget.periods_over.len(), judged(backtest));
    let mut out =
        format!("budget of {} a {}: ", words::counted(budget.max_per_period, "finding"), backtest.grain);
    if budget.is_kept() {
        let _ = writeln!(out, "kept in all of {all}");
        return out;
    }
    let _ = writeln!(out, "broken in {over} of {all}, by {}", tally(&budget.loudest()));
    for period in &budget.periods_over {
        let line = format!("  {}  {}: {}", period.label, period.raised, tally(&period.rules));
        let _ = writeln!(out, "{}", words::shortened_to(&line, WIDTH));
    }
    out
}

fn tally(counts: &[(String, usize)]) -> String {
    let (shown, rest) = counts.split_at(counts.len().min(5));
    let mut parts: Vec<String> = shown.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    if !rest.is_empty() {
        parts.push(format!("{} more", words::counted(rest.len(), "rule")));
    }
    parts.join(", ")
}

fn periods(backtest: &Backtest) -> String {
    let mut out = format!(
        "{:12} {:>6} {:>9} {:>4} {:>6} {:>9} {:>7} {:>10}\n",
        backtest.grain, "raised", "in force", "new", "worse", "resolved", "waived", "decisions"
    );
    for period in &backtest.periods {
        let mark = if period.short_history { "*" } else { "" };
        let label = format!("{}{mark}", period.label);
        if let Some(why) = &period.withheld {
            let line = format!("{label:12} no report: {why}");
            let _ = writeln!(out, "{}", words::shortened_to(&line, WIDTH));
            continue;
        }
        let _ = writeln!(
            out,
            "{label:12} {:>6} {:>9} {:>4} {:>6} {:>9} {:>7} {:>10}",
            period.raised(),
            period.findings.len(),
            period.in_state("new"),
            period.in_state("worse"),
            period.resolved.len(),
            period.in_state("waived"),
            period.decisions.len()
        );
    }
    if backtest.judged().any(|period| period.short_history) {
        out.push_str("* looks back to before the data begin: what is new here may only be new in the data\n");
    }
    out
}

fn changes(backtest: &Backtest) -> String {
    if backtest.changes.is_empty() {
        return String::new();
    }
    let lines = backtest.changes.iter().map(|change| {
        let (metric, place) = (&change.metric, place(&change.scope));
        format!("{}  {metric}, {place}: {} → {}", change.period, change.from.name(), change.to.name())
    });
    listed("changes of verdict", &lines.collect::<Vec<_>>())
}

/// Each place once, with how often.
fn held_back(backtest: &Backtest) -> String {
    let mut seen: Vec<(String, usize)> = Vec::new();
    for held in &backtest.held_back {
        let line = format!(
            "{}, {}: {} in force, {} alone",
            held.metric,
            place(&held.scope),
            held.in_force.name(),
            held.this_period_alone.name()
        );
        match seen.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => seen.push((line, 1)),
        }
    }
    if seen.is_empty() {
        return String::new();
    }
    let all = judged(backtest);
    let lines = seen.into_iter().map(|(line, count)| format!("{line} ({count} of {all})"));
    listed(
        &format!("held: in force against what the {} alone said", backtest.grain),
        &lines.collect::<Vec<_>>(),
    )
}

/// A heading and its lines, as many as a screen bears.
pub(super) fn listed(heading: &str, lines: &[String]) -> String {
    let mut out = format!("{heading}\n");
    let more = lines.len().saturating_sub(LISTED);
    for line in lines.iter().take(LISTED) {
        let _ = writeln!(out, "  {}", words::shortened_to(line, WIDTH));
    }
    if more > 0 {
        let _ = writeln!(out, "  … and {more} more; `--format json` has all");
    }
    out
}

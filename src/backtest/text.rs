//! A back-test for a terminal: what matters first, a line a fact, nothing that a report would not show. Every rate
//! says over how many periods.

use std::fmt::Write as _;

use super::{Backtest, Budget, PeriodTold, RuleRow, rules};
use crate::model::Scope;
use crate::words;

/// Characters of a line, and of a name in a table.
pub(super) const WIDTH: usize = 100;
const NAME: usize = 40;
/// Characters of what is lacking, on the short page.
const NEED: usize = 160;
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
        fired(backtest),
        if detail == Detail::All { signals(backtest) } else { String::new() },
        quiet(backtest, detail),
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

/// `3 weeks`.
pub(super) fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn counted_or_no(number: usize, word: &str) -> String {
    if number == 0 { format!("no {word}") } else { counted(number, word) }
}

/// The periods looked at, as `8 weeks, 2026-W39 to 2026-W46`.
pub(super) fn span(backtest: &Backtest) -> String {
    let label = |period: Option<&PeriodTold>| period.map_or("", |one| one.label.as_str()).to_owned();
    let (first, last) = (label(backtest.periods.first()), label(backtest.periods.last()));
    format!("{}, {first} to {last}", counted(backtest.periods.len(), backtest.grain))
}

fn head(backtest: &Backtest) -> String {
    let judged = backtest.judged().count();
    let over = counted(judged, backtest.grain);
    let raised: usize = backtest.judged().map(PeriodTold::raised).sum();
    let loudest = backtest.periods.iter().rev().max_by_key(|one| one.raised());
    let most = loudest.filter(|one| one.raised() > 0);
    let most = most.map(|one| format!(", at most {} in one ({})", one.raised(), one.label));
    let verdicts = backtest.judged().last().map_or(0, |period| period.verdicts.len());
    let mut out = format!(
        "{}: {} over {}\n",
        words::shortened(&backtest.client),
        counted(backtest.rules.len(), "rule"),
        span(backtest)
    );
    let _ = writeln!(
        out,
        "  {} raised in {over}{} (raised: new or worse, neither waived nor info)",
        counted_or_no(raised, "finding"),
        most.unwrap_or_default()
    );
    let _ = writeln!(
        out,
        "  {} among {} in {over}; {} more held back that a {} alone would have made",
        counted_or_no(backtest.changes.len(), "change"),
        counted(verdicts, "verdict"),
        if backtest.held_back.is_empty() { "no".to_owned() } else { backtest.held_back.len().to_string() },
        backtest.grain
    );
    let _ = writeln!(out, "  past {}s are judged with today's rules and data", backtest.grain);
    out
}

/// Whether the budget is kept, and who broke it.
pub(super) fn budget_lines(backtest: &Backtest, budget: &Budget) -> String {
    let (over, of) = (budget.periods_over.len(), backtest.judged().count());
    let mut out = format!("budget of {} a {}: ", counted(budget.max_per_period, "finding"), backtest.grain);
    if budget.is_kept() {
        let _ = writeln!(out, "kept in {of} of {}", counted(of, backtest.grain));
        return out;
    }
    let _ =
        writeln!(out, "broken in {over} of {}, by {}", counted(of, backtest.grain), tally(&budget.loudest()));
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
        parts.push(format!("{} more", counted(rest.len(), "rule")));
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
    listed("changes of verdict", lines.collect())
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
    let of = backtest.judged().count();
    let lines =
        seen.into_iter().map(|(line, count)| format!("{line} ({count} of {})", counted(of, backtest.grain)));
    listed(&format!("held: in force against what the {} alone said", backtest.grain), lines.collect())
}

/// A heading and its lines, as many as a screen bears.
pub(super) fn listed(heading: &str, lines: Vec<String>) -> String {
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

/// Rules with findings, the loudest first.
fn fired(backtest: &Backtest) -> String {
    let mut rows: Vec<&RuleRow> = backtest.rules.iter().filter(|row| row.speaks && row.fired > 0).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse((row.raised, row.fired)), &row.id));
    table(backtest, "rules that fired", &rows)
}

/// Rules that only give their signal: they are no noise, but verdicts rest on them.
fn signals(backtest: &Backtest) -> String {
    let rows: Vec<&RuleRow> = backtest.rules.iter().filter(|row| !row.speaks && row.fired > 0).collect();
    table(backtest, "signals that were true, without a finding of their own", &rows)
}

fn table(backtest: &Backtest, heading: &str, rows: &[&RuleRow]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let width = |of: fn(&RuleRow) -> usize| rows.iter().map(|row| of(row)).max().unwrap_or(0).min(NAME);
    let (ids, kinds) = (width(|row| row.id.chars().count()), width(|row| row.kind.len()));
    let mut out = format!("{heading} (# fired, . silent, ? cannot tell, - no report)\n");
    for row in rows {
        let raised =
            if row.speaks { format!(", {} raised, {}", row.raised, row.severity) } else { String::new() };
        let _ = writeln!(
            out,
            "  {:ids$}  {:kinds$}  {}  {} of {}{raised}",
            words::shortened_to(&row.id, NAME),
            row.kind,
            row.strip(),
            row.fired,
            counted(row.of, backtest.grain)
        );
    }
    out
}

/// What always fired, never did and never could.
fn quiet(backtest: &Backtest, detail: Detail) -> String {
    let over = counted(backtest.judged().count(), backtest.grain);
    let all = detail == Detail::All;
    let ids = |of: fn(&RuleRow) -> bool| -> Vec<&str> {
        let rows = backtest.rules.iter().filter(|row| of(row) && (all || row.speaks));
        rows.map(|row| row.id.as_str()).collect()
    };
    let mut out = String::new();
    for (heading, ids) in [
        (format!("fired in every one of {over}"), ids(RuleRow::always_fired)),
        (format!("never fired in {over}"), ids(RuleRow::never_fired)),
    ] {
        if !ids.is_empty() {
            let _ = writeln!(out, "{heading}: {}", counted(ids.len(), "rule"));
            out.push_str(&wrapped(&ids.join(", "), 2));
        }
    }
    let lacks = rules::lacks(&backtest.rules);
    let lacking: usize = lacks.iter().map(|lack| lack.rules.len()).sum();
    if lacking > 0 {
        let _ = writeln!(out, "could not be judged in any of {over}: {}", counted(lacking, "rule"));
        lacks.iter().for_each(|lack| out.push_str(&lack_line(lack, all)));
    }
    if !all {
        out.push_str(&signals_counted(backtest));
    }
    out
}

fn lack_line(lack: &rules::Lack<'_>, all: bool) -> String {
    let (before, after) = lack.around;
    let names = lack.names.join(", ");
    let need = words::shortened_to(&format!("{before}{names}{after}"), if all { 1000 } else { NEED });
    let rules = if all { lack.rules.join(", ") } else { counted(lack.rules.len(), "rule") };
    wrapped(&format!("needs {need}: {rules}"), 2)
}

fn signals_counted(backtest: &Backtest) -> String {
    let silent = || backtest.rules.iter().filter(|row| !row.speaks);
    let (of, fired) = (silent().count(), silent().filter(|row| row.fired > 0).count());
    if of == 0 {
        return String::new();
    }
    let over = counted(backtest.judged().count(), backtest.grain);
    format!(
        "{of} rules only give a signal, {fired} of them true in one of {over} or more; `--all` lists all\n"
    )
}

/// Words in lines of at most [`WIDTH`], the first indented by `indent`, the others by two more.
fn wrapped(text: &str, indent: usize) -> String {
    let (mut out, mut line) = (String::new(), " ".repeat(indent));
    let mut empty = true;
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(out, "{line}");
            line = " ".repeat(indent + 2);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(out, "{line}");
    out
}

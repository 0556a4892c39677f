//! The rules of a back-test for a terminal: which fired, which never did, and which never could.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::text::{NAME, WIDTH, judged};
use super::{Backtest, Detail, RuleRow, rules};
use crate::words;

/// Characters of what is lacking, on the short page.
const NEED: usize = 160;

/// Rules with findings, the loudest first.
pub(super) fn fired(backtest: &Backtest) -> String {
    let mut rows: Vec<&RuleRow> = backtest.rules.iter().filter(|row| row.speaks && row.fired > 0).collect();
    rows.sort_by_key(|row| (Reverse((row.raised, row.fired)), &row.id));
    table(backtest, "rules that fired", &rows)
}

/// Rules that only give their signal: they are no noise, but verdicts rest on them.
pub(super) fn signals(backtest: &Backtest) -> String {
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
            words::counted(row.of, backtest.grain)
        );
    }
    out
}

/// What always fired, never did and never could.
pub(super) fn quiet(backtest: &Backtest, detail: Detail) -> String {
    let over = judged(backtest);
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
            let _ = writeln!(out, "{heading}: {}", words::counted(ids.len(), "rule"));
            out.push_str(&wrapped(&ids.join(", "), 2));
        }
    }
    let lacks = rules::lacks(&backtest.rules);
    let lacking: usize = lacks.iter().map(|lack| lack.rules.len()).sum();
    if lacking > 0 {
        let _ = writeln!(out, "could not be judged in any of {over}: {}", words::counted(lacking, "rule"));
        lacks.iter().map(|lack| lack_line(lack, all)).for_each(|line| out.push_str(&line));
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
    let rules = if all { lack.rules.join(", ") } else { words::counted(lack.rules.len(), "rule") };
    wrapped(&format!("needs {need}: {rules}"), 2)
}

fn signals_counted(backtest: &Backtest) -> String {
    let silent = || backtest.rules.iter().filter(|row| !row.speaks);
    let (of, fired) = (silent().count(), silent().filter(|row| row.fired > 0).count());
    if of == 0 {
        return String::new();
    }
    let over = judged(backtest);
    format!("{of} rules only give a signal, {fired} of them true somewhere in {over}; `--all` lists all\n")
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

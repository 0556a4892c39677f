//! A comparison for a terminal: the summary first, then each statement once with the periods it differs in.

use std::fmt::Write as _;

use super::text::{WIDTH, budget_lines, listed, place, span};
use super::{Backtest, Budget, Changed, Comparison, Difference, How};
use crate::words;

/// What is said in words.
const TEXTS: [&str; 3] = ["title", "say", "what"];

/// The other rule set of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Other<'a> {
    /// As it was named.
    pub name: &'a str,
    pub backtest: &'a Backtest,
    pub budget: Option<&'a Budget>,
    /// Whether the data were read once for both.
    pub read_once: bool,
}

/// What two rule sets would have said differently, `here` against the other.
pub fn comparison(here: (&Backtest, Option<&Budget>), other: &Other<'_>, comparison: &Comparison) -> String {
    let (backtest, budget) = here;
    let name = words::shortened(other.name);
    let mut out = format!(
        "{}: these rules ({}) against `{name}` ({})\n",
        words::shortened(&backtest.client),
        backtest.rules.len(),
        other.backtest.rules.len()
    );
    let _ = writeln!(
        out,
        "  in {}:
  {}",
        span(backtest),
        summary(comparison)
    );
    let data =
        if other.read_once { "once for both" } else { "for each: their metrics, sources or folder differ" };
    let _ =
        writeln!(out, "  data read {data}; past {}s are judged with today's rules and data", backtest.grain);
    for (title, budget, told) in
        [("these rules", budget, backtest), ("the other rules", other.budget, other.backtest)]
    {
        if let Some(budget) = budget {
            let _ = write!(out, "\n{title}: {}", budget_lines(told, budget));
        }
    }
    let _ = write!(out, "\n{}", periods(backtest, other));
    for (what, differences) in [
        ("verdict", &comparison.verdicts),
        ("decision", &comparison.decisions),
        ("finding", &comparison.findings),
    ] {
        for how in [How::OnlyThere, How::OnlyHere, How::Differs] {
            out.push_str(&block(backtest, what, how, differences));
        }
    }
    out
}

/// How much differs: `12 findings only under …`.
pub(super) fn summary(comparison: &Comparison) -> String {
    let findings = &comparison.findings;
    let count = |differences: &[Difference], how: How| grouped(differences, how).len();
    let differ = |differences: &[Difference], word: &str| {
        let all: usize = [How::OnlyThere, How::OnlyHere, How::Differs]
            .into_iter()
            .map(|how| count(differences, how))
            .sum();
        match all {
            0 => format!("no {word} differs"),
            1 => format!("1 {word} differs"),
            more => format!("{more} {word}s differ"),
        }
    };
    format!(
        "{} only under the other rules, {} only here, {} said otherwise; {}; {}",
        words::counted(count(findings, How::OnlyThere), "finding"),
        count(findings, How::OnlyHere),
        count(findings, How::Differs),
        differ(&comparison.verdicts, "verdict"),
        differ(&comparison.decisions, "decision")
    )
}

fn periods(here: &Backtest, other: &Other<'_>) -> String {
    let mut out =
        format!("{:12} {:>16} {:>16}   in force (raised)\n", here.grain, "these rules", "the other rules");
    for (a, b) in here.periods.iter().zip(&other.backtest.periods) {
        let of = |one: &super::PeriodTold| match one.withheld {
            Some(_) => "no report".to_owned(),
            None => format!("{} ({})", one.findings.len(), one.raised()),
        };
        let _ = writeln!(out, "{:12} {:>16} {:>16}", a.label, of(a), of(b));
    }
    out
}

/// Differences of one sort by what they are about, in the order they first show.
fn grouped(differences: &[Difference], how: How) -> Vec<Vec<&Difference>> {
    let mut all: Vec<Vec<&Difference>> = Vec::new();
    for difference in differences.iter().filter(|one| one.how == how) {
        match all.iter_mut().find(|group| group[0].id == difference.id) {
            Some(group) => group.push(difference),
            None => all.push(vec![difference]),
        }
    }
    all
}

fn block(here: &Backtest, what: &str, how: How, differences: &[Difference]) -> String {
    let groups = grouped(differences, how);
    if groups.is_empty() {
        return String::new();
    }
    let heading = match how {
        How::OnlyThere => format!("only under the other rules: {}", words::counted(groups.len(), what)),
        How::OnlyHere => format!("only here: {}", words::counted(groups.len(), what)),
        How::Differs => format!("said otherwise: {}", words::counted(groups.len(), what)),
    };
    let lines = groups.iter().flat_map(|group| lines(here, group));
    format!("\n{}", listed(&format!("{heading} (# marks the {}s)", here.grain), &lines.collect::<Vec<_>>()))
}

/// Where and in which periods, then what each side says.
fn lines(here: &Backtest, group: &[&Difference]) -> Vec<String> {
    let Some(last) = group.last() else { return Vec::new() };
    let marks: String = here
        .periods
        .iter()
        .map(|period| if group.iter().any(|one| one.period == period.label) { '#' } else { '.' })
        .collect();
    let about = [last.rule.clone(), last.metric.clone(), last.scope.as_ref().map(place)];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let about = if about.is_empty() { last.id.clone() } else { about.join(", ") };
    if last.how != How::Differs {
        return vec![format!("{marks}  {about}: {}", last.text)];
    }
    let mut lines = vec![format!("{marks}  {about}")];
    for (changed, count) in changes(group) {
        let (here, there) = apart(&changed.here, &changed.there);
        let often = if count < group.len() { format!(" ({count} of them)") } else { String::new() };
        lines.push(format!("    {}: {here} → {there}{often}", changed.what));
    }
    lines
}

/// Each change once, with the periods it was seen in; of texts, whose numbers move, the latest.
fn changes<'d>(group: &[&'d Difference]) -> Vec<(&'d Changed, usize)> {
    let mut all: Vec<(&Changed, usize)> = Vec::new();
    for changed in group.iter().rev().flat_map(|one| &one.changed) {
        let same = |known: &&mut (&Changed, usize)| {
            known.0 == changed || (known.0.what == changed.what && TEXTS.contains(&changed.what))
        };
        match all.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => all.push((changed, 1)),
        }
    }
    all
}

/// Two texts from the word in which they first differ, as far as a line bears.
fn apart(here: &str, there: &str) -> (String, String) {
    let same = here.char_indices().zip(there.chars()).take_while(|((_, a), b)| a == b);
    let same = same.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    let from = here[..same].rfind(' ').map_or(0, |blank| blank + 1);
    let side = |text: &str| {
        let rest = words::shortened_to(&text[from..], WIDTH / 2 - 14);
        if from > 0 { format!("…{rest}") } else { rest }
    };
    (side(here), side(there))
}

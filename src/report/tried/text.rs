//! A tried rule as text: the answer in one line, what is in force, then each place, the nearest miss first.

use super::{OverrideView, PlaceView, RowView, SetView, TriedView, ValueView};
use crate::report::lines::columns;
use crate::report::trace::short;
use crate::words;

/// Rows that are told step by step; of the others why the answer is what it is.
const IN_STEPS: usize = 6;

/// How much of a row's evidence is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    All,
    /// Those the predicate uses.
    Used,
}

/// The whole page, without a line break at its end.
pub fn text(view: &TriedView) -> String {
    let mut lines = vec![format!("{} {} {}", view.rule, view.period, view.answer), String::new()];
    lines.extend(in_force(view));
    lines.extend(view.needs.iter().map(|need| format!("\nit {need}")));
    let mut told = 0;
    for place in &view.places {
        lines.push(String::new());
        lines.extend(place_lines(place, view.places.len(), &mut told));
    }
    if view.not_shown > 0 {
        let places = words::counted(view.not_shown, "place");
        lines.push(format!("\nnot shown: {places} of few agents, or that would give such a group away"));
    }
    lines.join("\n")
}

/// What would turn the nearest miss, for whoever looks for a centre in which it fires, and how large a change that is
/// in proportion; infinite where no threshold on its own would.
pub fn nearest(view: &TriedView) -> (f64, String) {
    let rows = || view.places.iter().flat_map(|place| place.rows.iter().map(move |row| (place, row)));
    let mut lines = vec![view.answer.clone()];
    let Some((place, row)) = rows().min_by(|a, b| a.1.distance.total_cmp(&b.1.distance)) else {
        let needs = view.places.iter().flat_map(|place| &place.needs).chain(&view.needs);
        lines.extend(needs.take(1).map(|need| format!("it {need}")));
        return (f64::INFINITY, lines.join("; "));
    };
    lines.extend(why(row).iter().map(|line| format!("{}: {}", place.about, line.trim())));
    (row.distance, lines.join("; "))
}

/// A line for each period: `2026-W45  does not fire: false in 2 places`.
pub fn history(views: &[TriedView]) -> String {
    let line = |view: &TriedView| {
        let firing = view.places.iter().filter(|place| place.answer == Some(true));
        let at: Vec<&str> = firing.map(|place| place.about.as_str()).collect();
        let at = if at.is_empty() { String::new() } else { format!("  [{}]", at.join("; ")) };
        format!("{}  {}{at}", view.period, view.answer)
    };
    views.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The rule as it is in force.
fn in_force(view: &TriedView) -> Vec<String> {
    let over = if view.over == "row" { String::new() } else { format!(", over {}", view.over) };
    let mut lines = vec![
        format!("kind {}, window {}{over}, set in {}", view.kind, view.window, view.set_in),
        format!("when {}", view.when),
    ];
    if !view.filter.is_empty() {
        lines.push(format!("where {}", view.filter));
    }
    lines.extend(view.thresholds.iter().map(|one| format!("  {}", set(one))));
    lines.extend(view.overrides.iter().flat_map(overridden));
    lines.extend(view.silent.iter().map(|one| format!("  silent where {one}")));
    lines
}

fn set(one: &SetView) -> String {
    format!("{} = {} ({})", one.name, one.value, one.set_in)
}

fn overridden(change: &OverrideView) -> Vec<String> {
    let place =
        if change.filter.is_empty() { "everywhere".to_owned() } else { format!("where {}", change.filter) };
    let limits =
        change.thresholds.iter().map(|one| format!("  overridden {place}: {}: {}", set(one), change.why));
    let severity = change
        .severity
        .map(|s| format!("  overridden {place}: severity = {s} ({}): {}", change.set_in, change.why));
    limits.chain(severity).collect()
}

/// The first row, and those of a place that is looked at alone, have all their evidence.
fn place_lines(place: &PlaceView, of: usize, told: &mut usize) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", place.about, answer(place.answer))];
    lines.extend(place.needs.iter().map(|need| format!("  {need}")));
    for row in &place.rows {
        if row.item.is_some() {
            lines.push(format!("  {}: {}", row.item.as_deref().unwrap_or_default(), answer(row.answer)));
        }
        lines.extend(why(row));
        if *told < IN_STEPS {
            let columns = if *told == 0 || of == 1 { Columns::All } else { Columns::Used };
            lines.extend(steps(row, columns));
        }
        *told += 1;
    }
    if place.other_rows > 0 {
        lines.push(format!(
            "  left out: {} the answer is not made of",
            words::counted(place.other_rows, "row")
        ));
    }
    lines
}

fn answer(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "true",
        Some(false) => "false",
        None => "cannot tell",
    }
}

/// Why the answer is what it is, in a line or two.
fn why(row: &RowView) -> Vec<String> {
    let mut lines: Vec<String> = row.waived.iter().map(|waived| format!("  waived {waived}")).collect();
    lines.extend(row.empty.iter().map(|column| format!("  empty is {column}")));
    match &row.turn {
        Some(turn) => lines.push(format!(
            "  turns {} with {} at {} {}; {} is in force",
            turn.to, turn.threshold, turn.said, turn.side, turn.in_force
        )),
        None if row.answer == Some(false) && !row.thresholds.is_empty() => {
            lines.push("  no threshold on its own turns it".to_owned());
        }
        None => {}
    }
    lines
}

/// The predicate, the evidence and the words.
fn steps(row: &RowView, which: Columns) -> Vec<String> {
    let mut lines = vec!["  the predicate, step by step".to_owned()];
    let steps =
        row.steps.iter().map(|step| [step.text.clone(), step.with.clone(), step.value.clone()].to_vec());
    lines.extend(columns(&steps.collect::<Vec<_>>()));
    let limits = row.thresholds.iter().map(|limit| {
        let why = limit.overridden.as_ref().map(|why| format!(", overridden: {why}")).unwrap_or_default();
        [limit.name.clone(), limit.said.clone(), short(limit.value), format!("{}{why}", limit.set_in)]
            .to_vec()
    });
    if !row.thresholds.is_empty() {
        lines.push("  thresholds here".to_owned());
        lines.extend(columns(&limits.collect::<Vec<_>>()));
    }
    let agents = row.agents.map(|agents| format!(", {agents} agents")).unwrap_or_default();
    lines.push(format!("  evidence: {} rows{agents}, {} to {}", row.n, row.first_day, row.last_day));
    let shown = |one: &&ValueView| which == Columns::All || one.used;
    let values = row.evidence.iter().filter(shown).map(|one| {
        let raw = if one.raw() == one.said { String::new() } else { one.raw() };
        [one.name.clone(), one.said.clone(), raw, one.doc.clone()].to_vec()
    });
    lines.extend(columns(&values.collect::<Vec<_>>()));
    let further = row.evidence.iter().filter(|one| !shown(one)).count();
    if further > 0 {
        lines.push(format!("    and {further} further columns: narrow with `--metric` and `--scope`"));
    }
    lines.extend(words(row));
    lines
}

/// What the row says, or would say.
fn words(row: &RowView) -> Vec<String> {
    if row.answer.is_none() {
        return Vec::new();
    }
    let verb = if row.answer == Some(true) { "says" } else { "would say" };
    let title = row.title.iter().map(|title| format!("  {verb}: {title}"));
    title.chain(row.say.iter().map(|say| format!("    {say}"))).collect()
}

//! A bar of parts, each named in words below it: a line leads down from the part to its text. Which texts go to the
//! right of their lines and which to the left is chosen so that no line runs through a text.

use super::font::{Face, width, wrap};
use super::scale::tenth;
use super::sheet::{Anchor, LINE, NARROW, Sheet};

/// Lines a text may take.
const MOST_LINES: usize = 6;
/// Pixels between a line and its text.
const BESIDE: f64 = 5.0;

/// One part of a bar.
pub(super) struct Part {
    pub(super) class: &'static str,
    /// Zero or more, in any unit.
    pub(super) size: f64,
    /// What it is and how much.
    pub(super) text: String,
}

/// Draws the parts side by side over the whole width; those of no size are not drawn. Returns where each begins and
/// ends, in per cent.
pub(super) fn bar(sheet: &mut Sheet, parts: &[Part], height: f64) -> Vec<(f64, f64)> {
    let whole: f64 = parts.iter().map(|part| part.size.max(0.0)).sum();
    // The outline of the outer parts needs room.
    let at = |done: f64| tenth(0.2 + done / whole * 99.6);
    let mut done = 0.0;
    let mut places = Vec::new();
    for part in parts {
        let from = at(done);
        done += part.size.max(0.0);
        places.push((from, at(done)));
    }
    let top = sheet.y;
    for (part, (from, to)) in parts.iter().zip(&places).filter(|(part, _)| part.size > 0.0) {
        sheet.rect(part.class, (*from, top), (to - from, height));
    }
    sheet.y += height;
    places
}

/// Names the parts of a bar drawn above.
pub(super) fn name(sheet: &mut Sheet, parts: &[Part], places: &[(f64, f64)]) {
    let drawn = parts.iter().zip(places).filter(|(part, _)| part.size > 0.0);
    let named: Vec<(f64, String)> =
        drawn.map(|(part, (from, to))| (f64::midpoint(*from, *to), part.text.clone())).collect();
    sheet.y += 6.0;
    let from = sheet.y - 6.0;
    name_below(sheet, from, &named);
}

/// Names marks in lines below everything so far, with lines up to `from`.
pub(super) fn name_below(sheet: &mut Sheet, from: f64, named: &[(f64, String)]) {
    let texts: Vec<(f64, &str)> = named.iter().map(|(at, text)| (*at, text.as_str())).collect();
    for label in best(&texts) {
        let (anchor, dx) = label.side();
        let lines = super::count(label.lines.len());
        sheet.line("c-leader", (label.at, from), (label.at, sheet.y + lines * LINE - 2.0));
        for line in &label.lines {
            sheet.text_beside((label.at, sheet.y + 13.0), dx, anchor, Face::Plain, "", line);
            sheet.y += LINE;
        }
        sheet.y += 3.0;
    }
}

/// Names places of a plot in lines above it: each with the pixels down from the plot's top to which its line leads.
/// Returns where the plot begins.
pub(super) fn name_above(sheet: &mut Sheet, named: &[(f64, String, f64)]) -> f64 {
    let texts: Vec<(f64, &str)> = named.iter().map(|(at, text, _)| (*at, text.as_str())).collect();
    let labels = best(&texts);
    let lines: usize = labels.iter().map(|label| label.lines.len()).sum();
    let plot = sheet.y + super::count(lines) * LINE + 8.0;
    let mut foot = plot - 8.0;
    // The first of the arrangement stands next to the plot.
    for label in &labels {
        let deep = named[label.index].2;
        let head = foot - super::count(label.lines.len()) * LINE;
        sheet.line("c-leader", (label.at, head + 2.0), (label.at, plot + deep));
        for (line, text) in label.lines.iter().enumerate() {
            let (anchor, dx) = label.side();
            sheet.text_beside(
                (label.at, head + super::count(line) * LINE + 13.0),
                dx,
                anchor,
                Face::Plain,
                "",
                text,
            );
        }
        foot = head;
    }
    sheet.y = plot;
    plot
}

struct Label {
    at: f64,
    right: bool,
    /// Place among those named.
    index: usize,
    lines: Vec<String>,
}

impl Label {
    fn side(&self) -> (Anchor, f64) {
        if self.right { (Anchor::Start, BESIDE) } else { (Anchor::End, -BESIDE) }
    }
}

/// The arrangement that takes the fewest lines, from the top down. Texts on one side of their lines stand above the
/// others; lines on their way to what stands lower bound the room of those above.
fn best(named: &[(f64, &str)]) -> Vec<Label> {
    let sides = 1u32 << named.len().min(8);
    let all =
        (0..sides).flat_map(|sides| [true, false].map(|right_first| arranged(named, sides, right_first)));
    all.min_by_key(|(cost, _)| *cost).map(|(_, labels)| labels).unwrap_or_default()
}

/// Its cost in lines; a text that had to be cut costs more than any arrangement that cuts none.
fn arranged(named: &[(f64, &str)], sides: u32, right_first: bool) -> (usize, Vec<Label>) {
    let is_right = |index: usize| sides & (1 << index.min(31)) != 0;
    let mut order: Vec<usize> = (0..named.len()).filter(|index| is_right(*index) == right_first).collect();
    let mut later: Vec<usize> = (0..named.len()).filter(|index| is_right(*index) != right_first).collect();
    // Texts to the right of their lines: the last line first, so that the others end left of it.
    for group in [&mut order, &mut later] {
        if group.first().is_some_and(|index| is_right(*index)) {
            group.reverse();
        }
    }
    order.extend(later);
    let mut cost = 0;
    let mut labels = Vec::new();
    for (rank, index) in order.iter().enumerate() {
        let (at, text) = named[*index];
        let right = is_right(*index);
        let below = order[rank + 1..].iter().map(|other| named[*other].0);
        let end = if right {
            below.filter(|other| *other > at).fold(100.0, f64::min)
        } else {
            below.filter(|other| *other < at).fold(0.0, f64::max)
        };
        let room = (end - at).abs() / 100.0 * NARROW - 2.0 * BESIDE;
        let lines = wrap(text, Face::Plain, room, MOST_LINES);
        let whole = lines.join(" ") == text && lines.iter().all(|line| width(line, Face::Plain) <= room);
        cost += lines.len() + if whole { 0 } else { 100 };
        labels.push(Label { at, right, index: *index, lines });
    }
    (cost, labels)
}

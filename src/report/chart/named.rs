//! A bar of parts, each named in words below it: a line leads down from the part to its text. Which texts go to the
//! right of their lines and which to the left is chosen so that no line runs through a text.

use super::count;
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
    let labels = best(&texts);
    let top = sheet.y;
    for (label, row) in &labels {
        let first = top + count(*row) * LINE;
        sheet.line("c-leader", (label.at, from), (label.at, first + count(label.lines.len()) * LINE - 2.0));
        label.write(sheet, first);
    }
    sheet.y = top + count(rows(&labels)) * LINE + 3.0;
}

/// Names places of a plot in lines above it: each with the pixels down from the plot's top to which its line leads.
/// Returns where the plot begins.
pub(super) fn name_above(sheet: &mut Sheet, named: &[(f64, String, f64)]) -> f64 {
    let texts: Vec<(f64, &str)> = named.iter().map(|(at, text, _)| (*at, text.as_str())).collect();
    let labels = best(&texts);
    let foot = sheet.y + count(rows(&labels)) * LINE;
    let plot = foot + 8.0;
    for (label, row) in &labels {
        // The first row stands next to the plot.
        let first = foot - count(row + label.lines.len()) * LINE;
        sheet.line("c-leader", (label.at, first + 2.0), (label.at, plot + named[label.index].2));
        label.write(sheet, first);
    }
    sheet.y = plot;
    plot
}

fn rows(labels: &[(Label, usize)]) -> usize {
    labels.iter().map(|(label, row)| row + label.lines.len()).max().unwrap_or(0)
}

/// A text beside the line that leads to what it names.
#[derive(Clone, Debug)]
struct Label {
    /// Place among those named.
    index: usize,
    at: f64,
    right: bool,
    lines: Vec<String>,
    /// Whether nothing of the text was cut.
    whole: bool,
}

impl Label {
    fn of(index: usize, (at, text): (f64, &str), right: bool, room: f64) -> Self {
        let lines = wrap(text, Face::Plain, room, MOST_LINES);
        let whole = lines.join(" ") == text && lines.iter().all(|line| width(line, Face::Plain) <= room);
        Self { index, at, right, lines, whole }
    }

    fn write(&self, sheet: &mut Sheet, first: f64) {
        let (anchor, dx) = if self.right { (Anchor::Start, BESIDE) } else { (Anchor::End, -BESIDE) };
        for (line, text) in self.lines.iter().enumerate() {
            let at = (self.at, first + count(line) * LINE + 13.0);
            sheet.text_beside(at, dx, anchor, Face::Plain, "", text);
        }
    }

    /// The room it takes on the narrowest page, with air on both sides.
    fn block(&self) -> Block {
        let wide = self.lines.iter().map(|line| width(line, Face::Plain)).fold(0.0, f64::max) + 2.0 * BESIDE;
        let at = self.at / 100.0 * NARROW;
        let across = if self.right { (at, at + wide) } else { (at - wide, at) };
        Block { at, across, row: 0, lines: self.lines.len(), whole: self.whole }
    }
}

/// A label's rows, counted from what it names, and the pixels from and to which it stands.
#[derive(Clone, Copy, Debug)]
struct Block {
    at: f64,
    across: (f64, f64),
    row: usize,
    lines: usize,
    whole: bool,
}

impl Block {
    fn end(&self) -> usize {
        self.row + self.lines
    }

    /// Whether its text meets the other's text, or one's line runs through the other's text.
    fn meets(&self, other: &Self) -> bool {
        let beside = self.across.0 < other.across.1 && other.across.0 < self.across.1;
        let texts = beside && self.row < other.end() && other.row < self.end();
        texts || self.crosses(other) || other.crosses(self)
    }

    /// Whether its line runs through the other's text.
    fn crosses(&self, other: &Self) -> bool {
        self.end() > other.row && other.across.0 < self.at && self.at < other.across.1
    }
}

/// The arrangement that takes the fewest rows: each label with its first row. What holds on the narrowest page holds
/// on every wider one, since places move apart and texts keep their size.
fn best(named: &[(f64, &str)]) -> Vec<(Label, usize)> {
    let variants: Vec<Vec<Label>> = (0..named.len()).map(|index| variants(index, named)).collect();
    let blocks: Vec<Vec<Block>> = variants.iter().map(|own| own.iter().map(Label::block).collect()).collect();
    let mut found: Option<(usize, Vec<usize>, Vec<Block>)> = None;
    let choices = choices(&variants);
    for order in orders(named.len()) {
        for chosen in &choices {
            let (cost, placed) = arranged(&order, chosen, &blocks);
            if found.as_ref().is_none_or(|(least, ..)| cost < *least) {
                let of = |index: usize| order.iter().position(|one| *one == index).unwrap_or(0);
                found =
                    Some((cost, chosen.clone(), (0..named.len()).map(|index| placed[of(index)]).collect()));
            }
        }
    }
    let (_, chosen, placed) = found.unwrap_or_default();
    variants.iter().zip(chosen).zip(placed).map(|((own, at), block)| (own[at].clone(), block.row)).collect()
}

/// A text on either side of its line, as wide as the page allows or as the next line does; those that are cut only
/// where all are.
fn variants(index: usize, named: &[(f64, &str)]) -> Vec<Label> {
    let at = named[index].0;
    let others = || named.iter().map(|(other, _)| *other);
    let after = others().filter(|other| *other > at).fold(100.0, f64::min);
    let before = others().filter(|other| *other < at).fold(0.0, f64::max);
    let mut variants: Vec<Label> = Vec::new();
    for (right, room) in [(true, 100.0 - at), (false, at), (true, after - at), (false, at - before)] {
        let label = Label::of(index, named[index], right, room / 100.0 * NARROW - 2.0 * BESIDE);
        if !variants.iter().any(|known| known.right == right && known.lines == label.lines) {
            variants.push(label);
        }
    }
    if variants.iter().any(|label| label.whole) {
        variants.retain(|label| label.whole);
    }
    variants
}

/// Every order of a few things; of many only the given one and its reverse.
fn orders(of: usize) -> Vec<Vec<usize>> {
    let given: Vec<usize> = (0..of).collect();
    if of > 4 {
        return vec![given.clone(), given.into_iter().rev().collect()];
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..of {
        let longer = |order: &Vec<usize>| {
            let left: Vec<usize> = given.iter().copied().filter(|one| !order.contains(one)).collect();
            left.into_iter().map(|one| [order.clone(), vec![one]].concat()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

/// Every choice of one variant each; of many things only the first variants.
fn choices(variants: &[Vec<Label>]) -> Vec<Vec<usize>> {
    let most = if variants.len() > 4 { 1 } else { usize::MAX };
    variants.iter().fold(vec![Vec::new()], |chosen, own| {
        let longer =
            |one: &Vec<usize>| (0..own.len().min(most)).map(|at| [one.clone(), vec![at]].concat()).collect();
        chosen.iter().flat_map::<Vec<Vec<usize>>, _>(longer).collect()
    })
}

/// Each text in the first rows in which it meets none before it, and what that costs: rows first, then lines; a text
/// that was cut or meets another costs more than any arrangement without.
fn arranged(order: &[usize], chosen: &[usize], blocks: &[Vec<Block>]) -> (usize, Vec<Block>) {
    const BAD: usize = 10_000;
    let mut placed: Vec<Block> = Vec::with_capacity(order.len());
    let (mut cost, mut rows) = (0, 0);
    for index in order {
        let mut block = blocks[*index][chosen[*index]];
        while block.row < rows && placed.iter().any(|other| block.meets(other)) {
            block.row += 1;
        }
        let bad = !block.whole || placed.iter().any(|other| block.meets(other));
        cost += block.lines + if bad { BAD } else { 0 };
        rows = rows.max(block.end());
        placed.push(block);
    }
    (cost + 100 * rows, placed)
}

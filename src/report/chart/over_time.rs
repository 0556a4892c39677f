//! The frame of charts over time: heights labelled on the left, room on the right for the names of level lines, which
//! are pushed apart where they would meet.

use super::font::{Face, fit, width};
use super::scale::{GAP, Scale, Tick};
use super::sheet::{Anchor, LINE, NARROW, Sheet};

/// Where the first and the last point stand, in per cent.
pub(super) const FROM: f64 = 15.0;
pub(super) const TO: f64 = 78.0;
/// Where names of level lines begin.
const NAMES: f64 = 81.0;
pub(super) const PLOT: f64 = 150.0;
/// Height of a name and its value on two lines.
const NAME: f64 = 31.0;

/// Labels of heights, which stand on their lines.
pub(super) fn heights(sheet: &mut Sheet, ticks: &[Tick]) {
    let room = FROM / 100.0 * NARROW - 2.0;
    for tick in ticks {
        sheet.line("c-grid", (0.0, tick.at), (TO + 1.0, tick.at));
        if width(&tick.label, Face::Quiet) <= room {
            sheet.text((0.0, tick.at - 3.0), Anchor::Start, Face::Quiet, "", &tick.label);
        }
    }
}

/// A name and a value beside each level line, in the order of their heights.
pub(super) fn names(sheet: &mut Sheet, plot: f64, levels: &[(f64, String, String)]) {
    let mut order: Vec<&(f64, String, String)> = levels.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut tops: Vec<f64> = order.iter().map(|level| level.0 - NAME / 2.0).collect();
    let lowest = plot + PLOT - NAME;
    for at in 0..tops.len() {
        let above = if at == 0 { plot - 8.0 } else { tops[at - 1] + NAME };
        tops[at] = tops[at].max(above);
    }
    for at in (0..tops.len()).rev() {
        let below = if at + 1 == tops.len() { lowest + 8.0 } else { tops[at + 1] - NAME };
        tops[at] = tops[at].min(below);
    }
    let room = (100.0 - NAMES) / 100.0 * NARROW;
    for ((level, name, value), top) in order.into_iter().zip(tops) {
        sheet.line("c-leader", (TO + 0.5, *level), (NAMES - 1.0, top + NAME / 2.0));
        sheet.text((NAMES, top + 12.0), Anchor::Start, Face::Quiet, "", &fit(name, Face::Quiet, room));
        if width(value, Face::Strong) <= room {
            sheet.text((NAMES, top + 27.0), Anchor::Start, Face::Strong, "t-value", value);
        }
    }
}

/// What stands at both ends of the time axis, on two lines where they would meet.
pub(super) fn ends(sheet: &mut Sheet, first: &str, last: &str) {
    let room = TO / 100.0 * NARROW;
    let [first, last] = [first, last].map(|text| fit(text, Face::Quiet, room));
    sheet.text((0.0, sheet.y + 16.0), Anchor::Start, Face::Quiet, "", &first);
    if width(&first, Face::Quiet) + GAP + width(&last, Face::Quiet) > room {
        sheet.y += LINE;
    }
    sheet.text((TO, sheet.y + 16.0), Anchor::End, Face::Quiet, "", &last);
    sheet.y += 22.0;
}

/// Places of the first and last of so many points, and between.
pub(super) fn place(index: usize, of: usize) -> f64 {
    if of < 2 {
        return f64::midpoint(FROM, TO);
    }
    FROM + (TO - FROM) * super::count(index) / super::count(of - 1)
}

/// The scale of heights of a plot that begins at `plot`.
pub(super) fn down(scale: Scale, plot: f64) -> Scale {
    scale.between(plot + PLOT, plot)
}

//! A sheet on which a chart is drawn: marks with their places. Places across are per cent of the width and places
//! down are pixels, so that text keeps its size on a phone; texts are laid out for the narrowest page and so hold on
//! every wider one. How marks look is the templates' business.

use std::fmt::Write as _;

use super::font::{Face, fit, width, wrap};
use super::scale::{GAP, Scale, Tick, tenth};
use crate::report::context::{Chart, Mark, Table};

/// Pixels across on the narrowest page a chart is laid out for.
pub(super) const NARROW: f64 = 288.0;
/// Height of a line of text.
pub(super) const LINE: f64 = 17.0;

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }

    /// How a text of this width stands at a place and stays inside the narrowest page: centred where it can be.
    pub(super) fn around(at: f64, width: f64) -> Self {
        let (before, after) = (at / 100.0 * NARROW, (100.0 - at) / 100.0 * NARROW);
        match width / 2.0 {
            half if half > before => Self::Start,
            half if half > after => Self::End,
            _ => Self::Middle,
        }
    }

    /// Pixels from and to which a text of this width stands.
    pub(super) fn span(self, at: f64, width: f64) -> (f64, f64) {
        match self {
            Self::Start => (at, at + width),
            Self::Middle => (at - width / 2.0, at + width / 2.0),
            Self::End => (at - width, at),
        }
    }
}

/// What a chart says beside its marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) title: String,
    /// The text alternative.
    pub(super) says: String,
    pub(super) note: String,
    /// How the marks are read.
    pub(super) key: String,
    pub(super) table: Table,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    marks: Vec<Mark>,
    /// Where the next row begins.
    pub(super) y: f64,
}

impl Sheet {
    /// An empty sheet whose first row begins here.
    pub(super) fn from(y: f64) -> Self {
        Self { y, ..Self::default() }
    }

    pub(super) fn chart(self, words: Words) -> Chart {
        Chart {
            title: words.title,
            says: words.says,
            note: words.note,
            key: words.key,
            table: words.table,
            height: self.y.ceil(),
            marks: self.marks,
            ..Chart::default()
        }
    }

    /// A text whose line stands on `y`.
    pub(super) fn text(&mut self, place: (f64, f64), anchor: Anchor, face: Face, class: &str, text: &str) {
        self.text_beside(place, 0.0, anchor, face, class, text);
    }

    /// A text so many pixels to the right of a place, or to the left where that is negative.
    pub(super) fn text_beside(
        &mut self,
        (x, y): (f64, f64),
        dx: f64,
        anchor: Anchor,
        face: Face,
        class: &str,
        text: &str,
    ) {
        let class = match face {
            Face::Plain => class.to_owned(),
            Face::Strong => format!("t-strong {class}"),
            Face::Quiet => format!("t-quiet {class}"),
        };
        self.marks.push(Mark::Text {
            x: tenth(x),
            y: tenth(y),
            dx,
            anchor: anchor.name().to_owned(),
            class: class.trim_end().to_owned(),
            width: width(text, face).ceil(),
            text: text.to_owned(),
        });
    }

    /// A text that is read upwards from a place.
    pub(super) fn turned(&mut self, (x, y): (f64, f64), face: Face, text: &str) {
        let class = if face == Face::Quiet { "t-quiet" } else { "" };
        let (text, width) = (text.to_owned(), width(text, face).ceil());
        self.marks.push(Mark::Turned { x: tenth(x), y: tenth(y), class: class.to_owned(), text, width });
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(tenth);
        self.marks.push(Mark::Line { x1, y1, x2, y2, class: class.to_owned() });
    }

    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let [x, y, width, height] = [x, y, width, height].map(tenth);
        self.marks.push(Mark::Rect { x, y, width, height, class: class.to_owned() });
    }

    /// A bar between two places across, in either order, never too thin to see.
    pub(super) fn bar(&mut self, class: &str, (a, b): (f64, f64), (y, height): (f64, f64)) {
        const THIN: f64 = 0.4;
        self.rect(class, (a.min(b).min(100.0 - THIN), y), ((a - b).abs().max(THIN), height));
    }

    pub(super) fn dot(&mut self, class: &str, (x, y): (f64, f64), r: f64) {
        self.marks.push(Mark::Dot { x: tenth(x), y: tenth(y), r, class: class.to_owned() });
    }

    /// A small shape around a place, in pixels.
    pub(super) fn sign(&mut self, class: &str, (x, y): (f64, f64), d: &str) {
        self.marks.push(Mark::Sign { x: tenth(x), y: tenth(y), d: d.to_owned(), class: class.to_owned() });
    }

    /// A line through places given in per cent across and pixels down, inside a strip.
    pub(super) fn curve(&mut self, class: &str, (y, height): (f64, f64), points: &[(f64, f64)]) {
        self.path(class, (y, height), points, "");
    }

    /// A closed shape; its outline goes along the upper places and back along the lower ones.
    pub(super) fn band(
        &mut self,
        class: &str,
        strip: (f64, f64),
        upper: &[(f64, f64)],
        lower: &[(f64, f64)],
    ) {
        let outline: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
        self.path(class, strip, &outline, "Z");
    }

    fn path(&mut self, class: &str, (y, height): (f64, f64), points: &[(f64, f64)], end: &str) {
        let mut d = String::new();
        for (at, (x, down)) in points.iter().enumerate() {
            let (x, down) = (tenth(x * 10.0), tenth((down - y) / height * 100.0));
            let _ = write!(d, "{}{x} {down}", if at == 0 { "M" } else { "L" });
        }
        d.push_str(end);
        self.marks.push(Mark::Curve { y: tenth(y), height: tenth(height), d, class: class.to_owned() });
    }

    /// Text over a row's marks: what it is on the left, on two lines where it is long, its number on the right, or
    /// below where that leaves no room.
    pub(super) fn head(&mut self, face: Face, label: &str, value: &str) {
        const LEAST: f64 = 72.0;
        let room = NARROW - width(value, Face::Strong) - GAP;
        let beside = room >= LEAST;
        if beside && !value.is_empty() {
            self.text((100.0, self.y + 13.0), Anchor::End, Face::Strong, "t-value", value);
        }
        for line in wrap(label, face, if beside { room } else { NARROW }, 2) {
            self.text((0.0, self.y + 13.0), Anchor::Start, face, "", &line);
            self.y += LINE;
        }
        if !beside {
            let value = fit(value, Face::Strong, NARROW);
            self.text((100.0, self.y + 13.0), Anchor::End, Face::Strong, "t-value", &value);
            self.y += LINE;
        }
    }

    /// Vertical lines at the ticks between two heights.
    pub(super) fn grid(&mut self, ticks: &[Tick], from: f64, to: f64) {
        for tick in ticks {
            self.line("c-grid", (tick.at, from), (tick.at, to));
        }
    }

    /// The labels of a scale across, below everything so far.
    pub(super) fn axis(&mut self, ticks: &[Tick]) {
        for tick in ticks {
            self.text((tick.at, self.y + 14.0), tick.anchor, Face::Quiet, "", &tick.label);
        }
        self.y += 20.0;
    }

    /// A line from end to end of a range, with a stroke across at both ends.
    pub(super) fn whisker(&mut self, class: &str, scale: Scale, (low, high): (f64, f64), y: f64) {
        let (from, to) = (scale.at(low), scale.at(high));
        self.line(class, (from, y), (to, y));
        self.line(class, (from, y - 4.0), (from, y + 4.0));
        self.line(class, (to, y - 4.0), (to, y + 4.0));
    }
}

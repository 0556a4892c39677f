//! Charts as templates see them: marks with their places, and the same in words and numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One chart. Places across are per cent of the width and places down are pixels: `components/charts/figure.html`
/// draws the marks as they stand, in their order; the table says the same in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chart {
    /// Unique on a page.
    pub id: String,
    /// What is seen, as a sentence.
    pub title: String,
    /// The text alternative: what the marks show, with their numbers.
    pub says: String,
    /// Pixels; 0 where there is nothing to draw and `says` is all there is.
    pub height: f64,
    /// What is drawn, in this order.
    pub marks: Vec<Mark>,
    /// What holds of its numbers.
    pub note: String,
    /// How its marks are read.
    pub key: String,
    /// Where its rows are: `evidence/out-of-reach.csv`.
    pub numbers: String,
    /// The same in numbers.
    pub table: Table,
}

/// A chart's numbers for pages that cannot draw.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<String>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// One mark of a chart; its class says what it is, the style sheet how that looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Mark {
    Text {
        x: f64,
        y: f64,
        /// Pixels to the right of `x`.
        dx: f64,
        /// `start`, `middle` or `end`: so that a text never leaves the chart.
        anchor: String,
        class: String,
        text: String,
        /// Pixels it may take.
        width: f64,
    },
    /// A text read upwards, centred on `x`, from `y` up.
    Turned {
        x: f64,
        y: f64,
        class: String,
        text: String,
        width: f64,
    },
    Line {
        x1: f64,
        y1: f64,
        x2: f64,
        y2: f64,
        class: String,
    },
    Rect {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        class: String,
    },
    Dot {
        x: f64,
        y: f64,
        r: f64,
        class: String,
    },
    /// A small shape: path data in pixels around its place.
    Sign {
        x: f64,
        y: f64,
        d: String,
        class: String,
    },
    /// Path data in a box of 1000 x 100 that fills the width and so much of the height.
    Curve {
        y: f64,
        height: f64,
        d: String,
        class: String,
    },
}

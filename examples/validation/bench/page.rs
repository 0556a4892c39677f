//! Numbers with their Monte-Carlo error, tables, and gates.

use std::fmt::Write as _;

use super::centre::{count, float};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rate {
    pub(crate) hits: u64,
    pub(crate) of: u64,
}

impl Rate {
    pub(crate) fn add(&mut self, hit: bool) {
        self.of += 1;
        self.hits += u64::from(hit);
    }

    pub(crate) fn share(self) -> f64 {
        if self.of == 0 { f64::NAN } else { float(self.hits) / float(self.of) }
    }

    /// Standard error of the share.
    pub(crate) fn error(self) -> f64 {
        let p = self.share();
        (p * (1.0 - p) / float(self.of)).sqrt()
    }

    /// `12.5 ± 1.2`, in per cent; for none or all, the 95 % bound: `0 (< 0.8)`.
    pub(crate) fn text(self) -> String {
        let bound = 300.0 / float(self.of.max(1));
        if self.of == 0 {
            "–".into()
        } else if self.hits == 0 {
            format!("0 (< {bound:.1})")
        } else if self.hits == self.of {
            format!("100 (> {:.1})", 100.0 - bound)
        } else {
            format!("{:.1} ± {:.1}", 100.0 * self.share(), 100.0 * self.error())
        }
    }
}

/// Mean of draws with its error.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mean {
    values: Vec<f64>,
}

impl Mean {
    pub(crate) fn add(&mut self, value: f64) {
        self.values.push(value);
    }

    pub(crate) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / count(self.values.len())
    }

    /// Standard deviation of the draws.
    pub(crate) fn sd(&self) -> f64 {
        super::naive::spread(&self.values)
    }

    pub(crate) fn error(&self) -> f64 {
        self.sd() / count(self.values.len()).sqrt()
    }

    /// `+4.73 ± 0.03`, times `scale`.
    pub(crate) fn text(&self, scale: f64) -> String {
        if self.values.len() < 2 {
            return "–".into();
        }
        // A bias that rounds to nothing has no sign.
        let mean = (self.mean() * scale * 100.0).round() / 100.0 + 0.0;
        format!("{mean:+.2} ± {:.2}", self.error() * scale)
    }
}

/// A Markdown table.
pub(crate) struct Table {
    text: String,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        let rule: Vec<&str> = head.iter().map(|_| "---").collect();
        Self { text: format!("| {} |\n| {} |\n", head.join(" | "), rule.join(" | ")) }
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    pub(crate) fn text(self) -> String {
        self.text + "\n"
    }
}

/// A number held against what was asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) name: String,
    pub(crate) asked: String,
    pub(crate) found: String,
    pub(crate) kept: Kept,
}

/// Whether a number keeps its gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Yes,
    /// The estimate lies on the wrong side, by less than twice its Monte-Carlo error.
    Unclear,
    No,
}

impl Kept {
    /// `beyond`: how far the estimate lies on the wrong side.
    pub(crate) fn of(beyond: f64, error: f64) -> Self {
        if beyond <= 0.0 || beyond.is_nan() {
            Self::Yes
        } else if beyond <= 2.0 * error {
            Self::Unclear
        } else {
            Self::No
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Yes => "kept",
            Self::Unclear => "missed, within Monte-Carlo error",
            Self::No => "**missed**",
        }
    }
}

impl Gate {
    /// A share that may not be above a limit.
    pub(crate) fn at_most(name: impl Into<String>, limit: f64, found: Rate) -> Self {
        Self {
            name: name.into(),
            asked: format!("at most {:.1} %", 100.0 * limit),
            found: found.text() + " %",
            kept: Kept::of(found.share() - limit, found.error()),
        }
    }

    /// A share that may not be below a limit.
    pub(crate) fn at_least(name: impl Into<String>, limit: f64, found: Rate) -> Self {
        Self {
            name: name.into(),
            asked: format!("at least {:.1} %", 100.0 * limit),
            found: found.text() + " %",
            kept: Kept::of(limit - found.share(), found.error()),
        }
    }

    /// A mean whose distance from 0 may not be above a limit, in points.
    pub(crate) fn near_zero(name: impl Into<String>, limit: f64, found: &Mean) -> Self {
        Self {
            name: name.into(),
            asked: format!("within {limit:.2} points of 0"),
            found: found.text(100.0) + " points",
            kept: Kept::of((100.0 * found.mean()).abs() - limit, 100.0 * found.error()),
        }
    }
}

/// One chapter of the page.
#[derive(Default)]
pub(crate) struct Chapter {
    pub(crate) text: String,
    pub(crate) gates: Vec<Gate>,
}

impl Chapter {
    pub(crate) fn say(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push_str("\n\n");
    }

    pub(crate) fn table(&mut self, table: Table) {
        self.text.push_str(&table.text());
    }
}

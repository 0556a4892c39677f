//! From data to places: linear scales with round ticks, labelled so that no two labels meet on the narrowest page.

use super::font::{Face, width};
use super::sheet::{Anchor, NARROW};

/// Least distance between two labels on one line, in pixels.
pub(super) const GAP: f64 = 8.0;

/// A linear scale from data to places: per cent of the width, or pixels down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

/// A round value, its place and its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) label: String,
    pub(super) anchor: Anchor,
}

impl Scale {
    /// Covers all finite values with a twentieth of air on both sides, over 0 to 100 per cent.
    pub(super) fn over(values: impl Iterator<Item = f64>) -> Option<Self> {
        let finite = values.filter(|v| v.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return None;
        }
        let air = if high > low { (high - low) * 0.05 } else { low.abs().max(1.0) * 0.05 };
        Some(Self { low: low - air, high: high + air, from: 0.0, to: 100.0 })
    }

    /// The same over other places; `to` may lie before `from`.
    pub(super) fn between(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// Where a value is drawn: the nearest end for what lies outside or is not a number.
    pub(super) fn at(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        tenth(self.from + share * (self.to - self.from))
    }

    /// The value at a share of the way, 0 to 1.
    pub(super) fn value(self, share: f64) -> f64 {
        self.low + (self.high - self.low) * share
    }

    /// As many round numbers as can be labelled side by side on the narrowest page, at most seven.
    pub(super) fn ticks_across(self, label: impl Fn(f64) -> String) -> Vec<Tick> {
        let fitting = |most: u32| {
            let ticks: Vec<Tick> = self.round(most).into_iter().map(|v| self.tick(v, label(v))).collect();
            apart(&ticks).then_some(ticks)
        };
        (1..=7).rev().find_map(fitting).unwrap_or_default()
    }

    /// At most so many round numbers down.
    pub(super) fn ticks_down(self, most: u32, label: impl Fn(f64) -> String) -> Vec<Tick> {
        let tick = |value: f64| Tick { at: self.at(value), label: label(value), anchor: Anchor::Start };
        self.round(most).into_iter().map(tick).collect()
    }

    /// At most so many multiples of 1, 2 or 5 times a power of ten.
    fn round(self, most: u32) -> Vec<f64> {
        let raw = (self.high - self.low) / f64::from(most.max(1));
        let magnitude = 10f64.powf(raw.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].map(|m| m * magnitude);
        let values = |step: f64| {
            let (first, last) = ((self.low / step).ceil(), (self.high / step).floor());
            let count = (0..=most).map(f64::from).map(|k| first + k).take_while(|k| *k <= last);
            count.map(|k| k * step).collect::<Vec<f64>>()
        };
        let few = |values: &Vec<f64>| values.len() <= usize::try_from(most).unwrap_or(1);
        steps.into_iter().map(values).find(few).unwrap_or_default()
    }

    fn tick(self, value: f64, label: String) -> Tick {
        let at = self.at(value);
        Tick { at, anchor: Anchor::around(at, width(&label, Face::Quiet)), label }
    }
}

fn apart(ticks: &[Tick]) -> bool {
    let boxes: Vec<(f64, f64)> = ticks
        .iter()
        .map(|tick| tick.anchor.span(tick.at / 100.0 * NARROW, width(&tick.label, Face::Quiet)))
        .collect();
    boxes.iter().all(|(from, to)| *from >= -0.01 && *to <= NARROW + 0.01)
        && boxes.windows(2).all(|pair| pair[0].1 + GAP <= pair[1].0)
}

/// One decimal, and never a negative zero.
pub(super) fn tenth(x: f64) -> f64 {
    let rounded = (x * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(value: f64) -> String {
        format!("{value}")
    }

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = Scale::over([0.0, 8.2].into_iter()).unwrap();
        let ticks = scale.ticks_across(numbers);
        assert!(ticks.len() >= 3 && ticks.iter().all(|tick| (0.0..=100.0).contains(&tick.at)), "{ticks:?}");
        assert!(ticks.iter().any(|tick| tick.label == "0"));
    }

    #[test]
    fn long_labels_make_fewer_ticks() {
        let scale = Scale::over([0.0, 8.2].into_iter()).unwrap();
        let ticks = scale.ticks_across(|value| format!("{value} kilometres an hour"));
        assert!(!ticks.is_empty() && ticks.len() <= 2, "{ticks:?}");
    }

    #[test]
    fn one_value_and_no_value_have_a_scale_or_none() {
        assert!(Scale::over([5.0].into_iter()).is_some_and(|scale| scale.at(5.0) > 40.0));
        assert_eq!(Scale::over([f64::NAN, f64::INFINITY].into_iter()), None);
    }
}

//! Scales and shapes of the charts. Places across are per cent of the width, so that text keeps its size on a
//! phone; looks belong to the templates.

use std::fmt::Write as _;

use super::context::{BreakdownChart, BreakdownMark, Mark, SpreadChart, Waterfall, WaterfallStep};
use super::view::parts_in_words;
use crate::model::{AgentSpread, Breakdown, Conclusion, Effect, Lane, Metric, UnitKind};
use crate::words::{self, Locale};

/// Rows drawn in the chart of contact types.
const TYPES: usize = 12;
/// Height of a labelled row in pixels.
const ROW: f64 = 44.0;

/// A linear scale from data to per cent of the width.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// Covers all finite values with a twentieth of air on both sides.
    fn over(values: impl Iterator<Item = f64>) -> Option<Self> {
        let finite = values.filter(|v| v.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return None;
        }
        let air = if high > low { (high - low) * 0.05 } else { low.abs().max(1.0) * 0.05 };
        Some(Self { low: low - air, high: high + air })
    }

    fn at(self, value: f64) -> f64 {
        tenth((value - self.low) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    /// About five round numbers inside the scale.
    fn ticks(self, label: impl Fn(f64) -> String) -> Vec<Mark> {
        let raw = (self.high - self.low) / 5.0;
        let magnitude = 10f64.powf(raw.log10().floor());
        let step =
            [1.0, 2.0, 2.5, 5.0, 10.0].iter().map(|m| m * magnitude).find(|s| *s >= raw).unwrap_or(raw);
        let (first, last) = ((self.low / step).ceil(), (self.high / step).floor());
        let mut ticks = Vec::new();
        let mut k = first;
        while k <= last && ticks.len() < 12 {
            ticks.push(self.mark(k * step, label(k * step)));
            k += 1.0;
        }
        ticks
    }

    fn mark(self, value: f64, label: String) -> Mark {
        let at = self.at(value);
        let anchor = match at {
            at if at < 8.0 => "start",
            at if at > 92.0 => "end",
            _ => "middle",
        };
        Mark { at, label, anchor: anchor.to_owned() }
    }
}

fn tenth(x: f64) -> f64 {
    let rounded = (x * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Longer units would make the labels of an axis run into each other.
const LONGEST_UNIT: usize = 4;

fn level_label(value: f64, metric: &Metric, locale: &Locale) -> String {
    if metric.unit.suffix.chars().count() > LONGEST_UNIT {
        return words::trimmed(value, 2, locale);
    }
    words::trimmed_level(value, metric, locale)
}

/// Agents as a density beside the density that equal agents would show by chance. Nothing is drawn for fewer
/// than `min_group` agents.
pub(super) fn spread(
    figure: &AgentSpread,
    metric: &Metric,
    locale: &Locale,
    min_group: u32,
) -> Option<SpreadChart> {
    let agents: Vec<Lane> =
        figure.agents.iter().copied().filter(|lane| lane.level.is_finite() && lane.sd.is_finite()).collect();
    if agents.len() < usize::try_from(min_group.max(2)).ok()? {
        return None;
    }
    let widest = agents.iter().map(|lane| lane.sd).fold(0.0, f64::max);
    let reach = agents.iter().flat_map(|lane| [lane.level - widest, lane.level + widest]);
    let chance = [figure.mean - 3.0 * widest, figure.mean + 3.0 * widest];
    let scale = Scale::over(reach.chain(chance).chain(figure.target))?;
    let seen = curve(scale, &bumps(&agents, bandwidth(&agents)));
    let luck = curve(scale, &agents.iter().map(|lane| (figure.mean, lane.sd.max(1e-12))).collect::<Vec<_>>());
    let top = seen.iter().chain(&luck).copied().fold(0.0, f64::max);
    let counted = words::count(words::whole(agents.len() as u64), locale);
    Some(SpreadChart {
        title: "Agents doing the same work, against luck alone".to_owned(),
        says: spread_says(figure, &agents, metric, locale),
        seen: path(&seen, top),
        luck: path(&luck, top),
        target: figure
            .target
            .map(|target| scale.mark(target, format!("target {}", level_label(target, metric, locale)))),
        ticks: scale.ticks(|value| level_label(value, metric, locale)),
        note: format!("{counted} agents, adjusted for their mix of contacts. A curve, not persons."),
    })
}

fn spread_says(figure: &AgentSpread, agents: &[Lane], metric: &Metric, locale: &Locale) -> String {
    let n = words::whole(agents.len() as u64);
    let variance = agents.iter().map(|a| (a.level - figure.mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let luck = agents.iter().map(|a| a.sd * a.sd).sum::<f64>() / n;
    format!(
        "Agents' levels lie around {} with a spread of ±{}; luck alone would give ±{}.",
        words::level(figure.mean, metric, locale),
        words::difference(variance.sqrt(), metric, locale),
        words::difference(luck.sqrt(), metric, locale),
    )
}

/// Silverman's rule of thumb (Silverman 1986, 3.31) on the standard deviation.
fn bandwidth(agents: &[Lane]) -> f64 {
    let n = words::whole(agents.len() as u64);
    let mean = agents.iter().map(|a| a.level).sum::<f64>() / n;
    let variance = agents.iter().map(|a| (a.level - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let least = agents.iter().map(|a| a.sd).sum::<f64>() / n / 4.0;
    (0.9 * variance.sqrt() * n.powf(-0.2)).max(least).max(1e-12)
}

fn bumps(agents: &[Lane], width: f64) -> Vec<(f64, f64)> {
    agents.iter().map(|lane| (lane.level, width)).collect()
}

/// Steps along the curve.
const STEPS: u32 = 100;

/// Density of a mixture of normals at evenly spaced places.
fn curve(scale: Scale, parts: &[(f64, f64)]) -> Vec<f64> {
    let weight = 1.0 / words::whole(parts.len() as u64);
    let density = |x: f64| {
        let normal = |(mean, sd): &(f64, f64)| (-0.5 * ((x - mean) / sd).powi(2)).exp() / sd;
        parts.iter().map(normal).sum::<f64>() * weight
    };
    (0..=STEPS)
        .map(|k| density(scale.low + (scale.high - scale.low) * f64::from(k) / f64::from(STEPS)))
        .collect()
}

/// Path data of a curve in a box of 1000 x 100, its feet on the ground.
fn path(curve: &[f64], top: f64) -> String {
    let mut data = String::from("M0 100");
    for (step, value) in (0u32..).zip(curve) {
        let height = if top > 0.0 { value / top * 96.0 } else { 0.0 };
        let _ = write!(data, "L{} {}", f64::from(step) * 10.0, tenth(100.0 - height));
    }
    data.push_str("L1000 100Z");
    data
}

/// Contact types, largest carrier first: level now, best agents, target.
pub(super) fn breakdown(breakdown: &Breakdown, metric: &Metric, locale: &Locale) -> Option<BreakdownChart> {
    let rows = &breakdown.rows[..breakdown.rows.len().min(TYPES)];
    let values = rows.iter().flat_map(|row| [Some(row.actual), row.best_agents, row.target]);
    let scale = Scale::over(values.flatten())?;
    let carries: Vec<f64> = breakdown.rows.iter().map(|row| row.carries).collect();
    let (said, _) = parts_in_words(&carries, metric, locale);
    let marks: Vec<BreakdownMark> = rows
        .iter()
        .zip(0u32..)
        .zip(&said)
        .map(|((row, index), carries)| {
            let (now, target) = (scale.at(row.actual), row.target.map(|t| scale.at(t)));
            let other = target.unwrap_or(now);
            let unit = super::page::with_unit(carries, metric, locale);
            BreakdownMark {
                label: words::shortened_to(&row.contact_type, 28),
                full_label: words::shortened_to(&row.contact_type, 300),
                detail: format!("{} · {unit}", words::percent(row.share, 0, locale)),
                y: f64::from(index) * ROW,
                now,
                best: row.best_agents.map(|best| scale.at(best)),
                target,
                from: now.min(other),
                width: tenth((now - other).abs()),
                carrier: breakdown.carriers.contains(&row.contact_type),
            }
        })
        .collect();
    let described: Vec<String> = rows
        .iter()
        .take(4)
        .map(|row| {
            format!(
                "{} {}",
                words::shortened_to(&row.contact_type, 28),
                words::level(row.actual, metric, locale)
            )
        })
        .collect();
    let hidden = breakdown.rows.len() - rows.len();
    let more = if hidden > 0 { format!("; {hidden} further types not drawn") } else { String::new() };
    Some(BreakdownChart {
        title: "Contact types, the largest part of the gap first".to_owned(),
        says: format!("Level by contact type: {}{more}.", described.join(", ")),
        height: words::whole(rows.len() as u64) * ROW,
        rows: marks,
        ticks: scale.ticks(|value| level_label(value, metric, locale)),
    })
}

/// What followed coaching as three parts and their sum.
pub(super) fn waterfall(effect: &Effect, metric: &Metric, locale: &Locale) -> Option<Waterfall> {
    if matches!(effect.conclusion, Conclusion::NotIdentified | Conclusion::NotYetTested) {
        return None;
    }
    let after_trend = effect.luck + effect.trend;
    let ends = [0.0, effect.naive, effect.luck, after_trend, after_trend + effect.effect];
    let range = [after_trend + effect.low, after_trend + effect.high];
    let scale = Scale::over(ends.into_iter().chain(range))?;
    let (said, total) = parts_in_words(&[effect.luck, effect.trend, effect.effect], metric, locale);
    let steps = [
        ("Seen after a session", &total, "naive", 0.0, effect.naive),
        ("Would have come anyway", &said[0], "luck", 0.0, effect.luck),
        ("Everyone's trend", &said[1], "trend", effect.luck, after_trend),
        ("Coaching's own part", &said[2], "effect", after_trend, after_trend + effect.effect),
    ];
    let rows: Vec<WaterfallStep> = steps
        .into_iter()
        .zip(0u32..)
        .map(|((label, value, id, from, to), index)| {
            let (a, b) = (scale.at(from), scale.at(to));
            let own = |value: f64| (id == "effect").then(|| scale.at(after_trend + value));
            WaterfallStep {
                label: label.to_owned(),
                value: super::page::with_unit(&words::signed(value), metric, locale),
                id: id.to_owned(),
                y: f64::from(index) * ROW,
                x: a.min(b),
                width: tenth((a - b).abs()).max(0.4),
                low: own(effect.low),
                high: own(effect.high),
            }
        })
        .collect();
    let words: Vec<String> =
        rows.iter().map(|row| format!("{} {}", row.label.to_lowercase(), row.value)).collect();
    Some(Waterfall {
        title: format!(
            "What followed coaching ({})",
            if metric.unit.kind == UnitKind::Share {
                "points, improvement to the right"
            } else {
                "improvement to the right"
            }
        ),
        says: format!("What followed coaching: {}.", words.join(", ")),
        height: ROW * 4.0,
        zero: scale.at(0.0),
        rows,
        note: format!(
            "The line through the last bar is its {} range.",
            words::percent(effect.level, 0, locale)
        ),
    })
}

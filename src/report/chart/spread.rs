//! Variable or consistent: agents' levels as a curve, against the band that a curve of equal agents would fill by
//! luck alone. The band is wide for eight agents and narrow for two thousand, so that the same picture is right for
//! both: agents differ where the line leaves the band. Single agents are dots only where that is allowed.

use super::named::name_above;
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{count, nothing};
use crate::model::{AgentSpread, Lane, Spread};
use crate::report::context::{Chart, Table};
use crate::words::{self, say};

/// Whether single agents may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum People {
    Curve,
    Dots,
}

/// Fewer agents are never dots: one of them could be recognised.
const LEAST_DOTS: usize = 20;
/// More dots than these are a blot.
const MOST_DOTS: usize = 400;
/// Steps along the curves.
const STEPS: u32 = 80;
const PLOT: f64 = 120.0;
/// What the band of luck holds, and its standard deviations.
const BAND: f64 = 0.95;
const Z: f64 = 1.959_964;

/// Draws nothing of fewer than `min_group` agents.
pub(in crate::report) fn spread(
    figure: &AgentSpread,
    fact: Option<&Spread>,
    voice: Voice<'_>,
    min_group: u32,
    people: People,
) -> Chart {
    let usable = |lane: &&Lane| lane.level.is_finite() && lane.sd.is_finite();
    let agents: Vec<Lane> = figure.agents.iter().filter(usable).copied().collect();
    if agents.len() < usize::try_from(min_group.max(2)).unwrap_or(usize::MAX) {
        return nothing(say!(voice.locale, "chart-spread-few", least = min_group));
    }
    let widest = agents.iter().map(|lane| lane.sd).fold(0.0, f64::max);
    if agents.iter().all(|lane| (lane.level - figure.mean).abs() < 1e-12) || widest <= 0.0 {
        return nothing(say!(voice.locale, "chart-spread-same"));
    }
    let found = Found::of(figure, &agents, fact);
    let dots = people == People::Dots && (LEAST_DOTS..=MOST_DOTS).contains(&agents.len());
    let words = found.words(voice, dots);
    draw(figure, &agents, &found, voice, dots).chart(words)
}

/// What was found of the agents, in the metric's unit.
struct Found {
    agents: f64,
    mean: f64,
    seen: f64,
    luck: f64,
    target: Option<f64>,
    /// Whether the spread between agents is above nothing (95 %); not known without the fact.
    proven: Option<bool>,
}

impl Found {
    fn of(figure: &AgentSpread, agents: &[Lane], fact: Option<&Spread>) -> Self {
        let n = count(agents.len());
        let variance =
            agents.iter().map(|a| (a.level - figure.mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        let luck = agents.iter().map(|a| a.sd * a.sd).sum::<f64>() / n;
        Self {
            agents: n,
            mean: figure.mean,
            seen: fact.map_or(variance.sqrt(), |fact| fact.seen),
            luck: fact.map_or(luck.sqrt(), |fact| fact.from_luck),
            target: figure.target.filter(|target| target.is_finite()),
            proven: fact.map(|fact| fact.low > 0.0),
        }
    }

    fn names(&self, voice: Voice<'_>) -> Names {
        let locale = voice.locale;
        Names {
            seen: say!(locale, "chart-spread-name-seen", agents = words::count(self.agents, locale)),
            luck: say!(locale, "chart-spread-name-luck", level = words::percent(BAND, 0, locale)),
            target: self.target.map(|target| say!(locale, "chart-name-target", target = voice.tick(target))),
        }
    }

    fn words(&self, voice: Voice<'_>, dots: bool) -> Words {
        let locale = voice.locale;
        let agents = words::count(self.agents, locale);
        let (seen, luck) = (voice.difference(self.seen), voice.difference(self.luck));
        let differ = self.proven.map_or("unknown", |proven| if proven { "more" } else { "no-more" });
        let says = say!(
            locale,
            "chart-spread-says",
            agents = agents.as_str(),
            level = voice.level(self.mean),
            seen = seen.as_str(),
            luck = luck.as_str(),
        );
        let target =
            self.target.map(|target| say!(locale, "chart-spread-target", target = voice.tick(target)));
        let [seen_either, luck_either] =
            [&seen, &luck].map(|size| say!(locale, "chart-either-way", size = size.as_str()));
        let cells = [
            (say!(locale, "chart-spread-head-agents"), agents),
            (say!(locale, "chart-spread-head-mean"), voice.level(self.mean)),
            (say!(locale, "chart-spread-head-seen"), seen_either),
            (say!(locale, "chart-spread-head-luck"), luck_either),
        ];
        let (head, row) = cells.into_iter().unzip();
        Words {
            title: say!(locale, "chart-spread-title", differ, seen, luck),
            says: [Some(says), target].into_iter().flatten().collect::<Vec<_>>().join(" "),
            note: say!(locale, "chart-spread-note"),
            key: if dots { say!(locale, "chart-spread-key-dots") } else { say!(locale, "chart-spread-key") },
            table: Table { head, rows: vec![row] },
        }
    }
}

/// What the curve, the band and the line of the target are called.
struct Names {
    seen: String,
    luck: String,
    target: Option<String>,
}

/// One step along the axis: the curve as seen, and the band around what equal agents would show.
#[derive(Clone, Copy, Debug)]
struct Step {
    x: f64,
    seen: f64,
    low: f64,
    high: f64,
}

fn draw(figure: &AgentSpread, agents: &[Lane], found: &Found, voice: Voice<'_>, dots: bool) -> Sheet {
    let Some(scale) = across(figure, agents) else { return Sheet::default() };
    let steps = curves(scale, figure.mean, agents);
    let top = steps.iter().map(|step| step.seen.max(step.high)).fold(f64::MIN_POSITIVE, f64::max);
    let (peak, luck) = (peak(&steps), luck_at(&steps, peak(&steps)));
    let mut sheet = Sheet::default();
    let names = found.names(voice);
    let mut named = vec![
        (peak.x, names.seen, 1.0 - peak.seen / top),
        (luck.x, names.luck, 1.0 - f64::midpoint(luck.low, luck.high) / top),
    ];
    named.extend(found.target.zip(names.target).map(|(target, name)| (scale.at(target), name, 1.0)));
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    let above: Vec<(f64, String, f64)> =
        named.into_iter().map(|(at, text, down)| (at, text, down * PLOT)).collect();
    let plot = name_above(&mut sheet, &above);
    let ticks = scale.ticks_across(|value| voice.tick(value));
    let foot = plot + PLOT;
    let strip = if dots { stack(scale, agents) } else { Vec::new() };
    let deep = strip.iter().map(|(_, row)| f64::from(*row) * 5.5 + 8.0).fold(0.0, f64::max);
    sheet.grid(&ticks, plot, foot + deep);
    let down = |value: f64| foot - value / top * PLOT;
    let line =
        |read: fn(&Step) -> f64| -> Vec<(f64, f64)> { steps.iter().map(|s| (s.x, down(read(s)))).collect() };
    sheet.band("c-luck", (plot, PLOT), &line(|s| s.high), &line(|s| s.low));
    if let Some(target) = found.target {
        sheet.line("c-target", (scale.at(target), plot), (scale.at(target), foot + deep));
    }
    sheet.curve("c-seen", (plot, PLOT), &line(|s| s.seen));
    for (x, row) in strip {
        sheet.dot("c-agent", (x, foot + deep - 3.0 - f64::from(row) * 5.5), 2.4);
    }
    sheet.line("c-axis", (0.0, foot + deep), (100.0, foot + deep));
    sheet.y = foot + deep;
    sheet.axis(&ticks);
    sheet
}

fn across(figure: &AgentSpread, agents: &[Lane]) -> Option<Scale> {
    let widest = agents.iter().map(|lane| lane.sd).fold(2.5 * bandwidth(agents), f64::max);
    let reach = agents.iter().flat_map(|lane| [lane.level - widest, lane.level + widest]);
    let chance = [figure.mean - 3.0 * widest, figure.mean + 3.0 * widest];
    Scale::over(reach.chain(chance).chain(figure.target))
}

/// The kernel density of the agents, and mean and 95 % band of the same density of agents who all stand at the mean.
/// With an agent's level normal around it, a kernel of width h has as its mean there a normal density of variance
/// h² + sd², and its square has 1 / (2h √π) times one of variance h²/2 + sd² (Wand and Jones 1995, 2.5).
fn curves(scale: Scale, mean: f64, agents: &[Lane]) -> Vec<Step> {
    let (h, n) = (bandwidth(agents), count(agents.len()));
    let step = |k: u32| {
        let share = f64::from(k) / f64::from(STEPS);
        let x = scale.value(share);
        let (mut seen, mut expected, mut variance) = (0.0, 0.0, 0.0);
        for lane in agents {
            seen += normal(x - lane.level, h * h);
            let one = normal(x - mean, h * h + lane.sd * lane.sd);
            let square =
                normal(x - mean, h * h / 2.0 + lane.sd * lane.sd) / (2.0 * h * std::f64::consts::PI.sqrt());
            expected += one;
            variance += square - one * one;
        }
        let half = Z * variance.max(0.0).sqrt();
        Step {
            x: share * 100.0,
            seen: seen / n,
            low: ((expected - half) / n).max(0.0),
            high: (expected + half) / n,
        }
    };
    (0..=STEPS).map(step).collect()
}

fn normal(x: f64, variance: f64) -> f64 {
    (-0.5 * x * x / variance).exp() / (2.0 * std::f64::consts::PI * variance).sqrt()
}

/// Silverman's rule of thumb (Silverman 1986, 3.31) on the standard deviation.
fn bandwidth(agents: &[Lane]) -> f64 {
    let n = count(agents.len());
    let mean = agents.iter().map(|a| a.level).sum::<f64>() / n;
    let variance = agents.iter().map(|a| (a.level - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let least = agents.iter().map(|a| a.sd).sum::<f64>() / n / 4.0;
    (0.9 * variance.sqrt() * n.powf(-0.2)).max(least).max(1e-12)
}

fn peak(steps: &[Step]) -> Step {
    steps.iter().copied().fold(steps[0], |best, step| if step.seen > best.seen { step } else { best })
}

/// Where the band is named: where it stands clearest above the line, a little apart from the line's own name.
fn luck_at(steps: &[Step], peak: Step) -> Step {
    const APART: f64 = 7.0;
    let clear = |step: &Step| step.high - step.seen + 0.3 * step.high;
    let apart = steps.iter().copied().filter(|step| (step.x - peak.x).abs() >= APART);
    apart.max_by(|a, b| clear(a).total_cmp(&clear(b))).unwrap_or(peak)
}

/// Dots in columns of a fiftieth of the width, with their height in the column.
fn stack(scale: Scale, agents: &[Lane]) -> Vec<(f64, u32)> {
    let mut columns = std::collections::BTreeMap::new();
    let place = |lane: &Lane| {
        let column = (scale.at(lane.level) / 2.0).round();
        let row = columns.entry(column.to_bits()).or_insert(0u32);
        *row += 1;
        (column * 2.0, *row - 1)
    };
    agents.iter().map(place).collect()
}

//! A metric over time with the range it usually stays in, its target, and where its level changed.

use super::font::Face;
use super::named::name_above;
use super::over_time::{PLOT, TO, down, heights, names, place};
use super::scale::Scale;
use super::sheet::{Anchor, Sheet, Words};
use super::voice::Voice;
use super::{count, nothing};
use crate::calendar::{Calendar, Period};
use crate::model::ControlChart;
use crate::report::context::{Chart, Table};
use crate::words;

/// Periods drawn; older ones say little about now.
const MOST: usize = 60;
/// Periods in the table; the file of numbers has all.
const TOLD: usize = 13;
/// Periods outside the usual range that are named.
const SAID: usize = 8;
/// Periods below which there is no course to speak of.
const LEAST: usize = 3;
const DIAMOND: &str = "M0-6L6 0 0 6-6 0Z";

pub(in crate::report) fn control(figure: &ControlChart, voice: Voice<'_>, calendar: &Calendar) -> Chart {
    let course = Course::of(figure, voice, calendar);
    if course.points.len() < LEAST {
        return nothing(format!(
            "{} has too few {}s on record to show a course.",
            voice.label(),
            voice.locale.grain()
        ));
    }
    let values = course.points.iter().flat_map(|point| {
        let (low, high) = point.limits.unwrap_or((point.value, point.value));
        [point.value, low, high]
    });
    match Scale::over(values.chain(figure.target).chain(figure.centre)) {
        Some(scale) => course.draw(scale).chart(course.words()),
        None => nothing(format!("{} has no values that could be drawn.", voice.label())),
    }
}

struct Point {
    period: Period,
    value: f64,
    limits: Option<(f64, f64)>,
}

impl Point {
    fn is_outside(&self) -> bool {
        self.limits.is_some_and(|(low, high)| self.value < low || self.value > high)
    }
}

struct Course<'a> {
    figure: &'a ControlChart,
    voice: Voice<'a>,
    calendar: &'a Calendar,
    points: Vec<Point>,
}

impl<'a> Course<'a> {
    fn of(figure: &'a ControlChart, voice: Voice<'a>, calendar: &'a Calendar) -> Self {
        let limits =
            |at: usize| figure.limits.get(at).copied().filter(|(l, h)| l.is_finite() && h.is_finite());
        let all = figure.periods.iter().zip(&figure.values).enumerate();
        let points: Vec<Point> = all
            .filter(|(_, (_, value))| value.is_finite())
            .map(|(at, (period, value))| Point { period: *period, value: *value, limits: limits(at) })
            .collect();
        let older = points.len().saturating_sub(MOST);
        Self { figure, voice, calendar, points: points.into_iter().skip(older).collect() }
    }

    fn name(&self, period: Period) -> String {
        words::period_name(period, self.calendar, self.voice.locale)
    }

    fn x(&self, index: usize) -> f64 {
        place(index, self.points.len())
    }

    /// Changes of level on the drawn stretch.
    fn changes(&self) -> Vec<usize> {
        let at = |change: &Period| self.points.iter().position(|point| point.period == *change);
        self.figure.changes.iter().filter_map(at).filter(|at| *at > 0).collect()
    }

    fn draw(&self, scale: Scale) -> Sheet {
        let mut sheet = Sheet::default();
        let changes: Vec<(f64, String, f64)> = self
            .changes()
            .into_iter()
            .map(|at| (self.x(at), format!("new level from {}", self.name(self.points[at].period)), PLOT))
            .collect();
        let plot = name_above(&mut sheet, &changes) + 6.0;
        let scale = down(scale, plot);
        heights(&mut sheet, &scale.ticks_down(5, |value| self.voice.tick(value)));
        let strip = (plot, PLOT);
        let bound = |read: fn((f64, f64)) -> f64| -> Vec<(f64, f64)> {
            let known = self.points.iter().enumerate().filter_map(|(at, p)| Some((at, p.limits?)));
            known.map(|(at, limits)| (self.x(at), scale.at(read(limits)))).collect()
        };
        let upper = bound(|limits| limits.1);
        if upper.len() > 1 {
            sheet.band("c-luck", strip, &upper, &bound(|limits| limits.0));
        }
        self.levels(&mut sheet, scale, plot);
        let places: Vec<(f64, f64)> =
            self.points.iter().enumerate().map(|(at, p)| (self.x(at), scale.at(p.value))).collect();
        sheet.curve("c-seen", strip, &places);
        for (point, at) in self.points.iter().zip(&places) {
            if point.is_outside() {
                sheet.sign("c-odd", *at, DIAMOND);
            } else {
                sheet.dot("c-point", *at, 2.4);
            }
        }
        sheet.y = plot + PLOT;
        self.times(&mut sheet);
        sheet
    }

    fn levels(&self, sheet: &mut Sheet, scale: Scale, plot: f64) {
        let from = self.x(0);
        let mut named = Vec::new();
        if let Some(last) = self.points.last() {
            named.push((scale.at(last.value), "now", self.voice.level(last.value)));
        }
        if let Some(target) = self.figure.target.filter(|target| target.is_finite()) {
            sheet.line("c-target", (from, scale.at(target)), (TO, scale.at(target)));
            named.push((scale.at(target), "target", self.voice.tick(target)));
        }
        if let Some(centre) = self.figure.centre.filter(|centre| centre.is_finite()) {
            sheet.line("c-centre", (from, scale.at(centre)), (TO, scale.at(centre)));
            named.push((scale.at(centre), "usual", self.voice.level(centre)));
        }
        names(sheet, plot, &named);
    }

    fn times(&self, sheet: &mut Sheet) {
        let y = sheet.y + 16.0;
        if let (Some(first), Some(last)) = (self.points.first(), self.points.last()) {
            sheet.text((0.0, y), Anchor::Start, Face::Quiet, "", &self.name(first.period));
            sheet.text((TO, y), Anchor::End, Face::Quiet, "", &self.name(last.period));
        }
        sheet.y += 22.0;
    }

    fn words(&self) -> Words {
        let (voice, period) = (self.voice, self.voice.locale.grain());
        let row = |point: &Point| {
            let (low, high) =
                point.limits.map_or_else(Default::default, |(l, h)| (voice.level(l), voice.level(h)));
            let change = if self.figure.changes.contains(&point.period) { "new level" } else { "" };
            let outside = if point.is_outside() { "outside" } else { "" };
            let note = [change, outside].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
            vec![self.name(point.period), voice.level(point.value), low, high, note]
        };
        let (note, key) = if self.points.iter().any(|point| point.limits.is_some()) {
            let note = format!(
                "The usual range is so wide that fourteen {period}s in a row leave it by luck in 5 of 100 cases."
            );
            (note, "Grey: that range. Diamond: outside it.".to_owned())
        } else {
            (format!("Too few {period}s yet to say what is usual."), String::new())
        };
        Words {
            title: self.title(),
            says: self.says(),
            note,
            key,
            table: Table {
                head: [period, "level", "usual from", "to", ""].map(str::to_owned).to_vec(),
                rows: self.points[self.points.len().saturating_sub(TOLD)..].iter().map(row).collect(),
            },
        }
    }

    fn title(&self) -> String {
        let (voice, period) = (self.voice, self.voice.locale.grain());
        let label = voice.label();
        let Some(last) = self.points.last() else { return label };
        let now = voice.level(last.value);
        let changes = self.changes();
        if let Some(at) = changes.last() {
            return format!(
                "{label} has stood at a new level since {}: now {now}",
                self.name(self.points[*at].period)
            );
        }
        if let Some((low, high)) = last.limits.filter(|_| last.is_outside()) {
            let usual = words::range(&voice.level(low), &voice.level(high), voice.locale);
            return format!(
                "{label} left its usual range in {}: {now}, usually {usual}",
                self.name(last.period)
            );
        }
        let weeks = words::count(count(self.points.len()), voice.locale);
        match self.points.iter().filter(|point| point.is_outside()).count() {
            _ if last.limits.is_none() => format!("{label} over {weeks} {period}s: now {now}"),
            0 => format!("{label} stayed in its usual range for {weeks} {period}s: now {now}"),
            out => format!(
                "{label} is back in its usual range: now {now}; {} of {weeks} {period}s lay outside",
                words::spelt(out, self.voice.locale)
            ),
        }
    }

    fn says(&self) -> String {
        let (voice, period) = (self.voice, self.voice.locale.grain());
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return String::new();
        };
        let mut parts = vec![format!(
            "{} by {period} from {} to {}: first {}, last {}",
            voice.label(),
            self.name(first.period),
            self.name(last.period),
            voice.level(first.value),
            voice.level(last.value)
        )];
        parts.extend(self.figure.centre.map(|centre| format!("usual {}", voice.level(centre))));
        parts.extend(
            last.limits
                .map(|(low, high)| format!("usual range now {} to {}", voice.level(low), voice.level(high))),
        );
        parts.extend(self.figure.target.map(|target| format!("target {}", voice.tick(target))));
        let changes = self.changes().into_iter().map(|at| self.name(self.points[at].period));
        parts.extend(changes.map(|name| format!("new level from {name}")));
        parts.extend(self.outside());
        parts.join("; ") + "."
    }

    /// The periods outside the usual range, the latest ones by name.
    fn outside(&self) -> Option<String> {
        let all: Vec<String> = self
            .points
            .iter()
            .filter(|point| point.is_outside())
            .map(|point| self.name(point.period))
            .collect();
        let named = &all[all.len().saturating_sub(SAID)..];
        match all.len() - named.len() {
            _ if all.is_empty() => None,
            0 => Some(format!("outside in {}", words::list(named, self.voice.locale))),
            more => Some(format!(
                "outside in {} and {} earlier ones",
                named.join(", "),
                words::spelt(more, self.voice.locale)
            )),
        }
    }
}

//! A metric over time with the range it usually stays in, its target, and where its level changed.

use super::named::name_above;
use super::over_time::{PLOT, TO, down, ends, heights, names, place};
use super::scale::Scale;
use super::sheet::{Sheet, Words};
use super::voice::Voice;
use super::{count, items, nothing, parts};
use crate::calendar::{Calendar, Period};
use crate::model::ControlChart;
use crate::report::context::{Chart, Table};
use crate::words::{self, say};

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
        return nothing(say!(voice.locale, "chart-control-few", label = voice.label()));
    }
    let values = course.points.iter().flat_map(|point| {
        let (low, high) = point.limits.unwrap_or((point.value, point.value));
        [point.value, low, high]
    });
    match Scale::over(values.chain(figure.target).chain(figure.centre)) {
        Some(scale) => course.draw(scale).chart(course.words()),
        None => nothing(say!(voice.locale, "chart-control-none", label = voice.label())),
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
        let changes: Vec<(f64, String, f64)> =
            self.changes().into_iter().map(|at| (self.x(at), self.new_level(at), PLOT)).collect();
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
        let (locale, from) = (self.voice.locale, self.x(0));
        let mut named = Vec::new();
        if let Some(last) = self.points.last() {
            named.push((scale.at(last.value), say!(locale, "chart-now"), self.voice.level(last.value)));
        }
        if let Some(target) = self.figure.target.filter(|target| target.is_finite()) {
            sheet.line("c-target", (from, scale.at(target)), (TO, scale.at(target)));
            named.push((scale.at(target), say!(locale, "chart-target"), self.voice.tick(target)));
        }
        if let Some(centre) = self.figure.centre.filter(|centre| centre.is_finite()) {
            sheet.line("c-centre", (from, scale.at(centre)), (TO, scale.at(centre)));
            named.push((
                scale.at(centre),
                say!(locale, "chart-control-name-usual"),
                self.voice.level(centre),
            ));
        }
        names(sheet, plot, &named);
    }

    fn times(&self, sheet: &mut Sheet) {
        if let (Some(first), Some(last)) = (self.points.first(), self.points.last()) {
            ends(sheet, &self.name(first.period), &self.name(last.period));
        }
    }

    fn words(&self) -> Words {
        let locale = self.voice.locale;
        let (note, key) = if self.points.iter().any(|point| point.limits.is_some()) {
            (say!(locale, "chart-control-note"), say!(locale, "chart-control-key"))
        } else {
            (say!(locale, "chart-control-note-few"), String::new())
        };
        let head = [
            say!(locale, "chart-head-period"),
            say!(locale, "chart-control-head-level"),
            say!(locale, "chart-control-head-from"),
            say!(locale, "chart-control-head-to"),
            String::new(),
        ];
        let told = &self.points[self.points.len().saturating_sub(TOLD)..];
        Words {
            title: self.title(),
            says: self.says(),
            note,
            key,
            table: Table { head: head.to_vec(), rows: told.iter().map(|point| self.row(point)).collect() },
        }
    }

    fn row(&self, point: &Point) -> Vec<String> {
        let voice = self.voice;
        let (low, high) =
            point.limits.map_or_else(Default::default, |(l, h)| (voice.level(l), voice.level(h)));
        let what = match (self.figure.changes.contains(&point.period), point.is_outside()) {
            (true, true) => Some("both"),
            (true, false) => Some("level"),
            (false, true) => Some("outside"),
            (false, false) => None,
        };
        let remark = what.map(|what| say!(voice.locale, "chart-control-remark", what));
        vec![self.name(point.period), voice.level(point.value), low, high, remark.unwrap_or_default()]
    }

    fn title(&self) -> String {
        let (voice, locale) = (self.voice, self.voice.locale);
        let label = voice.label();
        let Some(last) = self.points.last() else { return label };
        let now = voice.level(last.value);
        if let Some(at) = self.changes().last() {
            let since = self.name(self.points[*at].period);
            return say!(locale, "chart-control-title-changed", label, since, now);
        }
        if let Some((low, high)) = last.limits.filter(|_| last.is_outside()) {
            let usual = words::range(&voice.level(low), &voice.level(high), locale);
            let period = self.name(last.period);
            return say!(locale, "chart-control-title-left", label, period, now, usual);
        }
        let periods = words::periods(count(self.points.len()), locale);
        let outside = self.points.iter().filter(|point| point.is_outside()).count();
        match outside {
            _ if last.limits.is_none() => say!(locale, "chart-control-title", label, periods, now),
            0 => say!(locale, "chart-control-title-stayed", label, periods, now),
            n => say!(
                locale,
                "chart-control-title-back",
                label,
                now,
                n,
                outside = words::spelt(n, locale),
                periods,
                all = words::count(count(self.points.len()), locale),
            ),
        }
    }

    fn says(&self) -> String {
        let (voice, locale) = (self.voice, self.voice.locale);
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return String::new();
        };
        let course = say!(
            locale,
            "chart-control-course",
            label = voice.label(),
            from = self.name(first.period),
            to = self.name(last.period),
            first = voice.level(first.value),
            last = voice.level(last.value),
        );
        let usual =
            self.figure.centre.map(|usual| say!(locale, "chart-control-usual", level = voice.level(usual)));
        let limits = last.limits.map(|(low, high)| {
            say!(locale, "chart-control-limits", low = voice.level(low), high = voice.level(high))
        });
        let target =
            self.figure.target.map(|target| say!(locale, "chart-name-target", target = voice.tick(target)));
        let changes = self.changes().into_iter().map(|at| self.new_level(at));
        let known = [Some(course), usual, limits, target].into_iter().flatten();
        say!(locale, "chart-control-says", parts = parts(known.chain(changes).chain(self.outside()), locale))
    }

    /// `new level from week 34`.
    fn new_level(&self, at: usize) -> String {
        let since = self.name(self.points[at].period);
        say!(self.voice.locale, "chart-control-name-change", since)
    }

    /// The periods outside the usual range, the latest ones by name.
    fn outside(&self) -> Option<String> {
        let locale = self.voice.locale;
        let outside = self.points.iter().filter(|point| point.is_outside());
        let all: Vec<String> = outside.map(|point| self.name(point.period)).collect();
        let (earlier, named) = all.split_at(all.len().saturating_sub(SAID));
        match earlier.len() {
            _ if all.is_empty() => None,
            0 => Some(say!(locale, "chart-control-outside", periods = words::list(named, locale))),
            n => Some(say!(
                locale,
                "chart-control-outside-more",
                periods = items(named.iter().cloned(), locale),
                n,
                count = words::spelt(n, locale),
            )),
        }
    }
}

//! The page that stands in place of a report: one cause, one thing to do and who does it, what is fine, which report
//! holds until then. No metric's value, since a figure from half a week would look like a change.

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::model::{Check, Quality, SourceId};
use crate::report::context::WithheldView;
use crate::report::frame::{Frame, source_name};
use crate::words::{self, Locale, say};

pub(super) fn withheld(frame: &Frame, period: Period, why: &[Check], quality: &Quality) -> WithheldView {
    let locale = &frame.locale;
    let mut causes = causes(why, quality, locale).into_iter();
    let (source, because) = causes.next().unwrap_or((SourceId::Contacts, say!(locale, "withheld-unfit")));
    let also: Vec<(SourceId, String)> = causes.collect();
    let is_fine = |one: SourceId| one != source && also.iter().all(|(other, _)| *other != one);
    WithheldView {
        heading: say!(
            locale,
            "withheld-heading",
            period = words::period_name(period, &frame.calendar, locale)
        ),
        because: vec![because],
        note: say!(locale, "withheld-part"),
        needed: vec![needed(frame, period, source, quality)],
        fine: fine(quality, is_fine, locale).unwrap_or_default(),
        next: say!(locale, "withheld-last"),
        again: again(frame, period),
        also: also.into_iter().map(|(_, text)| text).collect(),
    }
}

/// What failed, that of the contacts first, which every report rests on.
fn causes(why: &[Check], quality: &Quality, locale: &Locale) -> Vec<(SourceId, String)> {
    let failed = why
        .iter()
        .filter(|check| !check.passed)
        .map(|check| (blamed(&check.id), words::phrase(&check.say, locale)));
    let unread = quality.missing.iter().map(|(source, why)| (blamed(source), why.clone()));
    let mut all: Vec<_> =
        failed.chain(unread).map(|(source, text)| (source, words::as_sentence(&text, 300))).collect();
    all.sort_by_key(|(source, _)| *source != SourceId::Contacts);
    all
}

/// The source that an id names, else the contacts.
fn blamed(id: &str) -> SourceId {
    let names = |source: &SourceId| id.split(['-', ' ']).any(|part| part == source.name());
    SourceId::ALL.into_iter().find(names).unwrap_or(SourceId::Contacts)
}

/// The source, the days of the period that are not there yet, and the role that delivers them.
fn needed(frame: &Frame, period: Period, source: SourceId, quality: &Quality) -> String {
    let locale = &frame.locale;
    let days = words::days(first_missing(frame, period, source, quality), frame.calendar.end(period), locale);
    let owner = frame.owners.iter().find(|(id, _)| *id == source).map(|(_, role)| words::shortened(role));
    let source = source.name();
    match owner {
        Some(owner) => say!(locale, "withheld-needed-from", source, days, owner),
        None => say!(locale, "withheld-needed", source, days),
    }
}

/// The day after the last one with rows; the period's first where that is before it, or where its last day is there.
fn first_missing(frame: &Frame, period: Period, source: SourceId, quality: &Quality) -> NaiveDate {
    let (start, end) = (frame.calendar.start(period), frame.calendar.end(period));
    let last = quality.source(source).and_then(|count| count.last_day);
    let next = last.and_then(|day| day.succ_opt()).unwrap_or(start);
    if (start..=end).contains(&next) { next } else { start }
}

/// When it is tried again; else how to.
fn again(frame: &Frame, period: Period) -> String {
    match &frame.next_try {
        Some(when) => say!(&frame.locale, "withheld-again", when = words::shortened(when)),
        None => say!(&frame.locale, "withheld-run", label = frame.calendar.label(period)),
    }
}

fn fine(quality: &Quality, is_fine: impl Fn(SourceId) -> bool, locale: &Locale) -> Option<String> {
    let used = quality.sources.iter().filter(|source| source.used > 0 && is_fine(source.source));
    let names: Vec<String> = used.map(|source| source_name(source.source, locale)).collect();
    (!names.is_empty()).then(|| say!(locale, "withheld-fine", sources = words::list(&names, locale)))
}

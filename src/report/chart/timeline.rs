//! The answers of the periods before, a strip a metric.

use super::font::{Face, width};
use super::sheet::{Anchor, NARROW, Sheet, Words};
use super::{items, nothing, spelt_first};
use crate::model::VerdictId;
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale, say};

const STRIP: f64 = 20.0;
/// Metrics with a strip.
const MOST: usize = 12;

/// One metric's answers, a place a period.
pub(in crate::report) struct Answers {
    pub(in crate::report) label: String,
    pub(in crate::report) held: Vec<Option<VerdictId>>,
}

/// `periods` names the periods, oldest first.
pub(in crate::report) fn timeline(all: &[Answers], periods: &[String], locale: &Locale) -> Chart {
    let judged = |answers: &&Answers| answers.held.iter().any(Option::is_some);
    let judged: Vec<&Answers> = all.iter().filter(judged).collect();
    if judged.is_empty() || periods.len() < 2 {
        return nothing(say!(locale, "chart-timeline-none"));
    }
    let shown = &judged[..judged.len().min(MOST)];
    let mut sheet = Sheet::default();
    for answers in shown {
        let now = short(answers.held.last().copied().flatten(), locale);
        sheet.head(Face::Plain, &answers.label, &now);
        for (from, to, held) in runs(&answers.held) {
            strip(&mut sheet, (from, to, periods.len()), held, locale);
        }
        sheet.y += STRIP + 7.0;
    }
    let (first, last) = (&periods[0], &periods[periods.len() - 1]);
    sheet.text((0.0, sheet.y + 12.0), Anchor::Start, Face::Quiet, "", first);
    sheet.text((100.0, sheet.y + 12.0), Anchor::End, Face::Quiet, "", last);
    sheet.y += 18.0;
    sheet.chart(told(shown, periods, judged.len() - shown.len(), locale))
}

/// Stretches of one answer: first period, the one after the last, the answer.
fn runs(held: &[Option<VerdictId>]) -> Vec<(usize, usize, Option<VerdictId>)> {
    let mut runs: Vec<(usize, usize, Option<VerdictId>)> = Vec::new();
    for (at, one) in held.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.2 == *one => run.1 = at + 1,
            _ => runs.push((at, at + 1, *one)),
        }
    }
    runs
}

fn strip(sheet: &mut Sheet, (from, to, of): (usize, usize, usize), held: Option<VerdictId>, locale: &Locale) {
    let Some(verdict) = held else { return };
    let place = |at: usize| super::count(at) * 100.0 / super::count(of);
    let (left, wide) = (place(from), place(to) - place(from));
    let (class, text) = looks(verdict);
    sheet.rect(class, (left + 0.2, sheet.y), (wide - 0.4, STRIP));
    let said = short(held, locale);
    if width(&said, Face::Quiet) <= wide / 100.0 * NARROW - 8.0 {
        sheet.text((left + wide / 2.0, sheet.y + 14.0), Anchor::Middle, Face::Quiet, text, &said);
    }
}

/// Classes of a strip and of the text on it.
fn looks(held: VerdictId) -> (&'static str, &'static str) {
    match held {
        VerdictId::Structural => ("c-out", "t-on-out"),
        VerdictId::Behavioural => ("c-reach", "t-on-reach"),
        VerdictId::Mixed => ("c-mixed", "t-on-mixed"),
        VerdictId::NoGap => ("c-unplaced", "t-on-unplaced"),
        VerdictId::NotEnoughEvidence => ("c-blank", ""),
    }
}

fn short(held: Option<VerdictId>, locale: &Locale) -> String {
    say!(locale, "chart-timeline-answer", verdict = held.map_or("none", VerdictId::name))
}

fn told(shown: &[&Answers], periods: &[String], hidden: usize, locale: &Locale) -> Words {
    let rows: Vec<(&str, String)> =
        shown.iter().map(|answers| (answers.label.as_str(), course(answers, periods, locale))).collect();
    let says = say!(
        locale,
        "chart-timeline-says",
        from = periods[0].as_str(),
        to = periods[periods.len() - 1].as_str()
    );
    let metrics = rows.iter().map(|(label, answers)| {
        say!(locale, "chart-timeline-metric", label = *label, answers = answers.as_str())
    });
    let more = (hidden > 0)
        .then(|| say!(locale, "chart-timeline-hidden", n = hidden, count = spelt_first(hidden, locale)));
    let head = [say!(locale, "chart-timeline-head-metric"), say!(locale, "chart-timeline-head-answers")];
    Words {
        title: title(shown, periods, locale),
        says: [says].into_iter().chain(metrics).chain(more).collect::<Vec<_>>().join(" "),
        note: say!(locale, "chart-timeline-note"),
        key: String::new(),
        table: Table {
            head: head.to_vec(),
            rows: rows.iter().map(|(label, answers)| vec![(*label).to_owned(), answers.clone()]).collect(),
        },
    }
}

/// `both from week 41, operation decides from week 44`.
fn course(answers: &Answers, periods: &[String], locale: &Locale) -> String {
    let runs = runs(&answers.held);
    let said = runs.into_iter().filter(|(.., held)| held.is_some()).map(|(from, _, held)| {
        let (answer, since) = (short(held, locale), periods[from].as_str());
        say!(locale, "chart-timeline-since", answer, since)
    });
    items(said, locale)
}

fn title(shown: &[&Answers], periods: &[String], locale: &Locale) -> String {
    let changed = |answers: &&&Answers| {
        let [.., before, now] = answers.held.as_slice() else { return false };
        before != now
    };
    let names: Vec<&str> = shown.iter().filter(changed).map(|answers| answers.label.as_str()).collect();
    let last = periods[periods.len() - 1].as_str();
    match names.len() {
        0 if shown.iter().all(|answers| runs(&answers.held).len() == 1) => {
            say!(locale, "chart-timeline-title-same", count = words::spelt(periods.len(), locale))
        }
        0 => say!(locale, "chart-timeline-title-none", last),
        1 => say!(locale, "chart-timeline-title-one", label = names[0], last),
        more => say!(locale, "chart-timeline-title-more", count = spelt_first(more, locale), last),
    }
}

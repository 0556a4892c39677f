//! The answers of the periods before, a strip a metric.

use super::font::{Face, width};
use super::nothing;
use super::sheet::{Anchor, NARROW, Sheet, Words};
use crate::model::VerdictId;
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale};

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
        return nothing(format!(
            "This is the first {} judged: there are no earlier answers to show.",
            locale.grain()
        ));
    }
    let shown = &judged[..judged.len().min(MOST)];
    let mut sheet = Sheet::default();
    for answers in shown {
        let now = answers.held.last().copied().flatten().map_or("not judged", short);
        sheet.head(Face::Plain, &answers.label, now);
        for (from, to, held) in runs(&answers.held) {
            strip(&mut sheet, (from, to, periods.len()), held);
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

fn strip(sheet: &mut Sheet, (from, to, of): (usize, usize, usize), held: Option<VerdictId>) {
    let Some(held) = held else { return };
    let place = |at: usize| super::count(at) * 100.0 / super::count(of);
    let (left, wide) = (place(from), place(to) - place(from));
    let (class, text) = looks(held);
    sheet.rect(class, (left + 0.2, sheet.y), (wide - 0.4, STRIP));
    let said = short(held);
    if width(said, Face::Quiet) <= wide / 100.0 * NARROW - 8.0 {
        sheet.text((left + wide / 2.0, sheet.y + 14.0), Anchor::Middle, Face::Quiet, text, said);
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

fn short(held: VerdictId) -> &'static str {
    match held {
        VerdictId::Structural => "operation decides",
        VerdictId::Behavioural => "coaching can help",
        VerdictId::Mixed => "both",
        VerdictId::NoGap => "no gap",
        VerdictId::NotEnoughEvidence => "cannot tell",
    }
}

fn told(shown: &[&Answers], periods: &[String], hidden: usize, locale: &Locale) -> Words {
    let period = locale.grain();
    let said = |answers: &&Answers| {
        let runs = runs(&answers.held);
        let parts: Vec<String> = runs
            .iter()
            .filter_map(|(from, _, held)| Some(format!("{} from {}", short((*held)?), periods[*from])))
            .collect();
        (answers.label.clone(), parts)
    };
    let rows: Vec<(String, Vec<String>)> = shown.iter().map(said).collect();
    let more = if hidden > 0 {
        format!(" {} further metrics are not drawn.", words::capital(&words::spelt(hidden, locale)))
    } else {
        String::new()
    };
    Words {
        title: title(shown, periods, locale),
        says: format!(
            "Answers by {period} from {} to {}. {}.{more}",
            periods[0],
            periods[periods.len() - 1],
            rows.iter()
                .map(|(label, parts)| format!("{label}: {}", parts.join(", ")))
                .collect::<Vec<_>>()
                .join(". ")
        ),
        note: format!("Earlier {period}s are judged with today's rules and data."),
        key: String::new(),
        table: Table {
            head: ["metric", "answers"].map(str::to_owned).to_vec(),
            rows: rows.into_iter().map(|(label, parts)| vec![label, parts.join(", ")]).collect(),
        },
    }
}

fn title(shown: &[&Answers], periods: &[String], locale: &Locale) -> String {
    let changed = |answers: &&&Answers| {
        let [.., before, now] = answers.held.as_slice() else { return false };
        before != now
    };
    let names: Vec<String> = shown.iter().filter(changed).map(|answers| answers.label.clone()).collect();
    let last = &periods[periods.len() - 1];
    match names.len() {
        0 if shown.iter().all(|answers| runs(&answers.held).len() == 1) => {
            format!("No answer changed in {} {}s", words::spelt(periods.len(), locale), locale.grain())
        }
        0 => format!("No answer changed in {last}"),
        1 => format!("The answer on {} changed in {last}", names[0]),
        more => format!("{} answers changed in {last}", words::capital(&words::spelt(more, locale))),
    }
}

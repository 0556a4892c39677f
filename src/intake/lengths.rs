//! Lengths of time: handle time or the parts it is the sum of, whatever way and unit they are written in.

use super::columns::is_clock_time;
use super::metrics::{Found, Metric, Scale, Seen};
use super::section::{Force, shown};
use super::words::{LengthWords, Said};
use crate::source::sample::{Column, Numbers, Shape};
use crate::words::whole;

/// Contacts shorter than this many seconds are no conversations.
const SHORT: f64 = 10.0;

/// A length of time with the format its column needs.
#[derive(Clone, Debug)]
pub(super) struct Length {
    pub(super) header: String,
    pub(super) format: Option<&'static str>,
    numbers: Numbers,
    /// Seconds in one of its units, as written.
    unit: f64,
}

impl Seen<'_> {
    /// Handle time, and hold and after-contact work where they stand apart.
    pub(super) fn lengths(&self, found: &mut Found) {
        let words = &self.words.lengths;
        let handle = self.length(&words.handle);
        let talk = self.length(&words.talk);
        let hold = self.length(&words.hold);
        let acw = self.length(&words.acw);
        for one in [&handle, &talk, &hold, &acw].into_iter().flatten() {
            found.formats.extend(one.format.map(|format| (one.header.clone(), format)));
        }
        let main = match (handle, talk) {
            (Some(handle), _) => Some(self.handle_time(&handle)),
            (None, Some(talk)) => Some(self.talk_and_more(&talk, hold.as_ref(), acw.as_ref())),
            (None, None) => self.length(&words.whole).map(|one| {
                found.formats.extend(one.format.map(|format| (one.header.clone(), format)));
                let mut metric = self.handle_time(&one);
                metric
                    .notes
                    .push("the whole contact: waiting may be in it, which no agent can shorten".into());
                found
                    .eye
                    .push(format!("`{}` is taken for handle time, waiting perhaps included", one.header));
                metric
            }),
        };
        found.metrics.extend(main);
        let part =
            |one: Length, id, label, concept| self.mean_length(&one, id, label, Some(concept), "behaviour");
        found.metrics.extend(hold.map(|one| part(one, "hold-time", "Hold time", "hold")));
        found.metrics.extend(acw.map(|one| part(one, "acw", "After-contact work", "after-contact-work")));
    }

    /// The column of a length of time, in seconds once its format is known.
    fn length(&self, phrases: &[String]) -> Option<Length> {
        let words = &self.words.lengths;
        let candidates = self.table.columns.iter().filter_map(|one| {
            let said = Said::of(&one.header);
            let rank = said.first(phrases)?;
            let unfit = said.says_any(&words.never) || self.is_mapped(one);
            let length = length(one, &said, words).filter(|_| !unfit)?;
            Some((!said.is(&phrases[rank]), said.says("avg"), rank, length))
        });
        candidates
            .min_by_key(|(part, average, rank, _)| (*part, *average, *rank))
            .map(|(_, _, _, length)| length)
    }

    fn handle_time(&self, one: &Length) -> Metric {
        self.mean_length(one, "aht", "Handle time", Some("handle-time"), "outcome")
    }

    /// Without a column of handle time it is the sum of its parts, as many as there are.
    fn talk_and_more(&self, talk: &Length, hold: Option<&Length>, acw: Option<&Length>) -> Metric {
        let parts: Vec<&Length> = hold.into_iter().chain(acw).collect();
        if parts.is_empty() {
            let mut metric = self.mean_length(talk, "talk-time", "Talk time", Some("handle-time"), "outcome");
            metric.notes.push("talk alone: hold and after-contact work are not in the export".into());
            return metric;
        }
        let mut metric = self.handle_time(talk);
        for part in parts {
            metric.value = format!("{} + COALESCE({}, 0)", metric.value, self.name(&part.header));
        }
        metric.notes = vec![
            "the sum of its parts; waiting and ringing are left out".into(),
            format!("{}: {}", shown(&talk.header), seen_length(talk)),
        ];
        metric
    }

    fn mean_length(&self, one: &Length, id: &str, label: &str, concept: Option<&str>, role: &str) -> Metric {
        let mut notes = vec![seen_length(one)];
        if one.numbers.tail_share > 0.08 {
            let share = (one.numbers.tail_share * 100.0).round();
            notes.push(format!("a heavy tail: the longest hundredth of rows holds {share} % of the time"));
        }
        Metric {
            id: id.into(),
            label: label.into(),
            source: self.source,
            measure: "mean",
            value: self.name(&one.header),
            unit: Some("s"),
            better: "lower".into(),
            role: role.into(),
            concept: concept.map(str::to_owned),
            matures: None,
            notes,
            targeted: role == "outcome",
            force: Force::Yes,
            scale: Scale::Seconds,
        }
    }

    /// Contacts that ended within seconds, where they are more than a few: a short handle time is no good sign then.
    pub(super) fn short_contacts(&self) -> Option<Metric> {
        let words = &self.words.lengths;
        let one = self.length(&words.handle).or_else(|| self.length(&words.talk))?;
        let values = self.table.column(&one.header)?;
        let seconds: Vec<Option<f64>> = values.values.iter().map(|text| one.seconds(text)).collect();
        let (mut rows, mut short) = (0u64, 0u64);
        for row in (0..self.table.seen).filter(|row| self.kept[*row]) {
            let Some(length) = values.code(row).and_then(|place| seconds[place]) else { continue };
            rows += 1;
            short += u64::from(length < SHORT);
        }
        let share = whole(short) / whole(rows.max(1));
        if !(0.01..0.5).contains(&share) {
            return None;
        }
        Some(Metric {
            id: "short-contacts".into(),
            label: format!("Contacts under {SHORT} seconds"),
            source: self.source,
            measure: "proportion",
            value: format!("{} < {SHORT}", self.name(&one.header)),
            unit: None,
            better: "lower".into(),
            role: "behaviour".into(),
            concept: None,
            matures: None,
            notes: vec![
                format!("{} of {rows} contacts end within {SHORT} seconds", short),
                "callers who hang up, or agents who do; either way handle time looks better than it is"
                    .into(),
            ],
            targeted: false,
            force: Force::Yes,
            scale: Scale::Share,
        })
    }
}

impl Length {
    fn seconds(&self, text: &str) -> Option<f64> {
        let mut total = 0.0;
        for part in text.split(':') {
            total = total * 60.0 + part.trim().replace(',', ".").parse::<f64>().ok()?;
        }
        Some(total * if text.contains(':') { 1.0 } else { self.unit })
    }
}

/// A column as a length of time: by its colons, else as a number in the unit its header or its size says.
fn length(one: &Column, said: &Said, words: &LengthWords) -> Option<Length> {
    let made = |format, numbers: &Numbers, unit| Length {
        header: one.header.clone(),
        format,
        numbers: numbers.clone(),
        unit,
    };
    match &one.shape {
        Shape::Colons { parts, numbers } if !is_clock_time(one) => {
            Some(made(Some(if *parts == 2 { "MM:SS" } else { "HH:MM:SS" }), numbers, 1.0))
        }
        Shape::Number(n) if n.min >= 0.0 => {
            let is_huge = n.is_whole && n.median > 20_000.0;
            if said.says_any(&words.milliseconds) || is_huge {
                return Some(made(Some("ms"), n, 0.001));
            }
            if said.says_any(&words.minutes) {
                return Some(made(Some("min"), n, 60.0));
            }
            Some(made(None, n, 1.0))
        }
        _ => None,
    }
}

fn seen_length(one: &Length) -> String {
    let seconds = |x: f64| (x * one.unit).round();
    let unit = match one.format {
        Some("ms") => "written in milliseconds; ",
        Some("min") => "written in minutes; ",
        Some(_) | None => "",
    };
    let (median, p99) = (seconds(one.numbers.median), seconds(one.numbers.p99));
    format!("{unit}half of the rows have at most {median} s, 99 of 100 at most {p99} s")
}

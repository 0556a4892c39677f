//! From effort to outcome: a line a link, each in its own unit and on its own scale, so that only the side of zero and
//! the width of the range compare.

use super::font::Face;
use super::nothing;
use super::scale::Scale;
use super::sheet::{Anchor, Sheet, Words};
use super::voice::Voice;
use crate::model::{Chain, Link, Ranged};
use crate::report::context::{Chart, Table};
use crate::words;

/// A link as drawn.
struct Row {
    link: Link,
    label: String,
    said: String,
    range: Option<Ranged>,
    /// What is too small to matter, either way.
    material: Option<f64>,
}

/// `behaviour` speaks of the metric that is followed, where there is one.
pub(in crate::report) fn chain(chain: &Chain, outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Chart {
    let rows = rows(chain, outcome, behaviour);
    if rows.iter().all(|row| row.range.is_none()) {
        return nothing(format!("From effort to {}: no link can be measured yet.", outcome.label()));
    }
    let mut sheet = Sheet::default();
    for (index, row) in rows.iter().enumerate() {
        sheet.head(Face::Strong, &row.label, &row.said);
        draw(&mut sheet, row);
        sheet.y += 24.0;
        if chain.link == Some(row.link) {
            sheet.sign("c-broken", (50.0, sheet.y + 8.0), "M-5-5L5 5M5-5L-5 5");
            let says = (50.0, sheet.y + 13.0);
            sheet.text_beside(says, 12.0, Anchor::Start, Face::Plain, "", "chain ends here");
            sheet.y += 20.0;
        } else if index + 1 < rows.len() {
            sheet.sign("c-arrow", (50.0, sheet.y + 6.0), "M0-5V5M-4 1L0 5 4 1");
            sheet.y += 14.0;
        }
    }
    sheet.y += 4.0;
    sheet.chart(told(chain, &rows, outcome, behaviour))
}

fn rows(chain: &Chain, outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Vec<Row> {
    let plain = |value: f64| words::signed(&words::trimmed(value, 1, outcome.locale));
    let minutes = |value: f64| format!("{} min", plain(value));
    let said = |range: Option<Ranged>, say: &dyn Fn(f64) -> String| {
        range.map_or_else(|| "not known".to_owned(), |range| say(range.value))
    };
    let moved = |voice: Voice<'_>, range: Option<Ranged>| said(range, &|value| voice.signed(value));
    let followed =
        behaviour.map_or_else(|| "Behaviour".to_owned(), |voice| format!("Behaviour: {}", voice.label()));
    vec![
        Row {
            link: Link::Effort,
            label: "Effort: minutes an agent".to_owned(),
            said: said(chain.minutes_change, &minutes),
            range: chain.minutes_change,
            material: None,
        },
        Row {
            link: Link::Activity,
            label: "Activity: sessions an agent".to_owned(),
            said: said(chain.sessions_change, &plain),
            range: chain.sessions_change,
            material: None,
        },
        Row {
            link: Link::Behaviour,
            label: followed,
            said: behaviour
                .map_or_else(|| "not known".to_owned(), |voice| moved(voice, chain.behaviour_effect)),
            range: chain.behaviour_effect.filter(|_| behaviour.is_some()),
            material: behaviour.map(|voice| voice.metric.material),
        },
        Row {
            link: Link::Outcome,
            label: format!("Outcome: {}", outcome.label()),
            said: moved(outcome, chain.outcome_effect),
            range: chain.outcome_effect,
            material: Some(outcome.metric.material),
        },
    ]
}

fn draw(sheet: &mut Sheet, row: &Row) {
    let middle = sheet.y + 11.0;
    let ends = row.range.map_or([0.0, 0.0, 0.0], |range| [range.low, range.value, range.high]);
    let widest =
        ends.into_iter().chain(row.material).map(f64::abs).filter(|x| x.is_finite()).fold(0.0, f64::max);
    if widest > 0.0
        && let Some(scale) = Scale::over([-widest, widest].into_iter())
    {
        if let Some(material) = row.material {
            let (from, to) = (scale.at(-material), scale.at(material));
            sheet.rect("c-luck", (from, middle - 9.0), (to - from, 18.0));
        }
        if let Some(range) = row.range {
            sheet.whisker("c-range", scale, (range.low, range.high), middle);
            sheet.dot("c-now", (scale.at(range.value), middle), 5.0);
        }
    }
    sheet.line("c-axis", (50.0, middle - 11.0), (50.0, middle + 11.0));
}

fn told(chain: &Chain, rows: &[Row], outcome: Voice<'_>, behaviour: Option<Voice<'_>>) -> Words {
    let range = |row: &Row| {
        let Some(range) = row.range else { return String::new() };
        let voice = match row.link {
            Link::Behaviour => behaviour,
            Link::Outcome => Some(outcome),
            _ => None,
        };
        let bare = |value: f64| words::signed(&words::trimmed(value, 1, outcome.locale));
        voice.map_or_else(
            || format!("({} to {})", bare(range.low), bare(range.high)),
            |voice| voice.signed_range(range.low, range.high),
        )
    };
    let line = |row: &Row| vec![row.label.clone(), row.said.clone(), range(row)];
    let said: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {}", row.label, row.said, range(row)).trim_end().to_owned())
        .collect();
    let ends = match chain.link {
        Some(Link::None) => " No link is broken.".to_owned(),
        Some(link) => format!(" The chain ends at {}.", link.name()),
        None => " Which link does not hold cannot be told.".to_owned(),
    };
    Words {
        title: title(chain, outcome),
        says: format!("{}.{ends}", said.join("; ")),
        note: "Effort and activity: second half of the window against the first. Behaviour and outcome: coaching's own \
               part."
            .to_owned(),
        key: "Right of the line is more or better; each link has its own unit and scale. Line with ends: 95 % range. \
              Grey: too small to matter."
            .to_owned(),
        table: Table { head: ["link", "change", "95 % range"].map(str::to_owned).to_vec(), rows: rows.iter().map(line).collect() },
    }
}

fn title(chain: &Chain, outcome: Voice<'_>) -> String {
    let label = outcome.label();
    match chain.link {
        Some(Link::Effort) => format!("Coaching on {label} did not grow: the chain ends at effort"),
        Some(Link::Activity) => format!("More time did not become more sessions on {label}"),
        Some(Link::Behaviour) => format!("Sessions on {label} were held, the behaviour did not move"),
        Some(Link::Outcome) => format!("The behaviour moved, {label} did not follow"),
        Some(Link::None) => format!("{label} moved: no link from effort to outcome is broken"),
        None => format!("From effort to {label}: which link does not hold cannot be told yet"),
    }
}

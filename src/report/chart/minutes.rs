//! What coaching time was spent on, by verdict, as one bar.

use super::named::{Part, bar, name};
use super::nothing;
use super::sheet::{Sheet, Words};
use crate::model::Minutes;
use crate::report::context::{Chart, Table};
use crate::report::view::apportion;
use crate::words::{self, Locale};

pub(in crate::report) fn minutes(minutes: &Minutes, locale: &Locale) -> Chart {
    let kinds = [
        ("c-reach", minutes.on_reachable, "on gaps coaching can close"),
        ("c-out", minutes.on_out_of_reach, "on gaps the operation decides"),
        ("c-unplaced", minutes.undetermined, "where it cannot be told"),
        ("c-blank", minutes.no_focus, "with no focus recorded"),
    ];
    let hours = apportion(&kinds.map(|(_, minutes, _)| minutes / 60.0), 1.0);
    let total: f64 = hours.iter().sum();
    if total < 1.0 {
        return nothing("No hour of coaching is on record, so there is nothing to divide.");
    }
    let said: Vec<String> = hours.iter().map(|hours| words::count(*hours, locale)).collect();
    let parts: Vec<Part> = kinds
        .iter()
        .zip(&hours)
        .zip(&said)
        .map(|(((class, _, words), hours), said)| Part {
            class,
            size: *hours,
            text: format!("{said} {words}"),
        })
        .collect();
    let mut sheet = Sheet::default();
    let places = bar(&mut sheet, &parts, 26.0);
    name(&mut sheet, &parts, &places);
    let total = words::count(total, locale);
    let drawn: Vec<&str> = parts.iter().filter(|p| p.size > 0.0).map(|p| p.text.as_str()).collect();
    let share = |hours: f64, all: f64| words::percent(hours / all, 0, locale);
    let all: f64 = hours.iter().sum();
    let row = |((kind, hours), said): ((&(&str, f64, &str), &f64), &String)| {
        vec![words::capital(kind.2), said.clone(), share(*hours, all)]
    };
    sheet.chart(Words {
        title: title(&hours, &said, &total),
        says: format!("The {total} hours of coaching: {}.", drawn.join("; ")),
        note: "Hours held, by what was found of the gap they were meant to close.".to_owned(),
        key: String::new(),
        table: Table {
            head: ["hours", "", "share"].map(str::to_owned).to_vec(),
            rows: kinds.iter().zip(&hours).zip(&said).map(row).collect(),
        },
    })
}

fn title(hours: &[f64], said: &[String], total: &str) -> String {
    match (hours[1] > 0.0, hours[0] > 0.0) {
        (true, _) => format!("{} of {total} hours went to gaps the operation decides", said[1]),
        (false, true) => format!("{} of {total} hours went to gaps coaching can close", said[0]),
        _ => format!("None of {total} hours can be matched with a gap"),
    }
}

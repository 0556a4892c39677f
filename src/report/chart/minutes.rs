//! What coaching time was spent on, by verdict, as one bar.

use super::named::{Part, bar, name};
use super::nothing;
use super::sheet::{Sheet, Words};
use crate::model::Minutes;
use crate::report::context::{Chart, Table};
use crate::report::view::apportion;
use crate::words::{self, Locale, say};

/// Class and name of each kind of time, in the order of the bar.
const KINDS: [(&str, &str); 4] =
    [("c-reach", "reach"), ("c-out", "out"), ("c-unplaced", "undetermined"), ("c-blank", "no-focus")];

pub(in crate::report) fn minutes(minutes: &Minutes, locale: &Locale) -> Chart {
    let spent = [minutes.on_reachable, minutes.on_out_of_reach, minutes.undetermined, minutes.no_focus];
    let hours = apportion(&spent.map(|minutes| minutes / 60.0), 1.0);
    let total: f64 = hours.iter().sum();
    if total < 1.0 {
        return nothing(say!(locale, "chart-minutes-none"));
    }
    let part = |((class, on), hours): (&(&'static str, &str), &f64)| Part {
        class,
        size: *hours,
        text: say!(locale, "chart-minutes-part", hours = words::count(*hours, locale), on = *on),
    };
    let parts: Vec<Part> = KINDS.iter().zip(&hours).map(part).collect();
    let mut sheet = Sheet::default();
    let places = bar(&mut sheet, &parts, 26.0);
    name(&mut sheet, &parts, &places);
    sheet.chart(told(&parts, &hours, total, locale))
}

fn told(parts: &[Part], hours: &[f64], all: f64, locale: &Locale) -> Words {
    let total = words::count(all, locale);
    let drawn = parts.iter().filter(|part| part.size > 0.0).map(|part| part.text.clone());
    let row = |((_, on), hours): (&(&str, &str), &f64)| {
        let share = words::percent(hours / all, 0, locale);
        vec![say!(locale, "chart-minutes-row", on = *on), words::count(*hours, locale), share]
    };
    let head = [say!(locale, "chart-minutes-head-hours"), String::new(), say!(locale, "chart-head-share")];
    Words {
        title: title(hours, &total, locale),
        says: say!(locale, "chart-minutes-says", parts = super::parts(drawn, locale), total = total.as_str()),
        note: say!(locale, "chart-minutes-note"),
        key: String::new(),
        table: Table { head: head.to_vec(), rows: KINDS.iter().zip(hours).map(row).collect() },
    }
}

fn title(hours: &[f64], total: &str, locale: &Locale) -> String {
    let (on, hours) = match (hours[1] > 0.0, hours[0] > 0.0) {
        (true, _) => ("out", hours[1]),
        (false, true) => ("reach", hours[0]),
        _ => ("none", 0.0),
    };
    say!(locale, "chart-minutes-title", on, hours = words::count(hours, locale), total)
}

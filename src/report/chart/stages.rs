//! Contact types by stage of the work: where a type stands out from the others by more than luck.

use super::font::{Face, width, wrap};
use super::sheet::{Anchor, LINE, NARROW, Sheet, Words};
use super::voice::Voice;
use super::{items, nothing, parts, spelt_first};
use crate::report::context::{Chart, Table};
use crate::words::{self, Locale, say};

/// Contact types and stages drawn.
const TYPES: usize = 12;
const STAGES: usize = 9;
const CELL: f64 = 22.0;
/// Multiples of what matters from which a cell is darker.
const STEPS: [f64; 2] = [3.0, 8.0];
/// Cells that stand out by chance, as a share of those marked.
const CHANCE: f64 = 0.05;

/// One stage of the work.
pub(in crate::report) struct Column<'a> {
    /// What people call the stage.
    pub(in crate::report) name: String,
    pub(in crate::report) voice: Voice<'a>,
    pub(in crate::report) cells: Vec<Cell>,
}

/// One contact type at one stage.
pub(in crate::report) struct Cell {
    pub(in crate::report) contact_type: String,
    pub(in crate::report) level: f64,
    /// How far on the bad side of the other types, in multiples of what matters.
    pub(in crate::report) times: Option<f64>,
    /// Chance of it under no difference, after control for all that was looked at.
    pub(in crate::report) q: Option<f64>,
}

impl Cell {
    /// 0 where it does not stand out, else how much: 1 to 3.
    fn strength(&self) -> usize {
        let times = self.times.unwrap_or(0.0);
        if self.q.is_none_or(|q| q > CHANCE) || times < 1.0 {
            return 0;
        }
        1 + STEPS.iter().filter(|step| times >= **step).count()
    }
}

/// `order` names the contact types in the order they are wanted.
pub(in crate::report) fn stages(mut columns: Vec<Column<'_>>, order: &[String], locale: &Locale) -> Chart {
    let left_out = columns.len().saturating_sub(STAGES);
    columns.truncate(STAGES);
    let names = names(&columns, order);
    if columns.is_empty() || names.len() < 2 {
        return nothing(say!(locale, "chart-stages-few"));
    }
    let shown = &names[..names.len().min(TYPES)];
    let mut sheet = Sheet::default();
    head(&mut sheet, &columns);
    for name in shown {
        sheet.head(Face::Plain, name, "");
        for (index, column) in columns.iter().enumerate() {
            let found = column.cells.iter().find(|cell| cell.contact_type == *name);
            cell(&mut sheet, (index, columns.len()), column, found);
        }
        sheet.y += CELL + 5.0;
    }
    let hidden = names.len() - shown.len();
    sheet.chart(words(&columns, shown, (hidden, left_out), locale))
}

fn names(columns: &[Column<'_>], order: &[String]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for cell in columns.iter().flat_map(|column| &column.cells) {
        if !found.iter().any(|(_, name)| *name == cell.contact_type) {
            let at = order.iter().position(|name| *name == cell.contact_type).unwrap_or(usize::MAX);
            found.push((at, cell.contact_type.clone()));
        }
    }
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

fn middle((index, of): (usize, usize)) -> f64 {
    (super::count(index) + 0.5) * 100.0 / super::count(of)
}

/// Names of the stages over their columns: on a few lines where they fit, else turned.
fn head(sheet: &mut Sheet, columns: &[Column<'_>]) {
    let room = NARROW / super::count(columns.len()) - 4.0;
    let wrapped: Vec<Vec<String>> = columns.iter().map(|c| wrap(&c.name, Face::Quiet, room, 3)).collect();
    let fit = columns.iter().zip(&wrapped).all(|(column, lines)| lines.join(" ") == column.name);
    if fit {
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        for (index, lines) in wrapped.iter().enumerate() {
            for (line, text) in lines.iter().enumerate() {
                let down = super::count(most - lines.len() + line) * LINE + 13.0;
                let at = (middle((index, columns.len())), sheet.y + down);
                sheet.text(at, Anchor::Middle, Face::Quiet, "", text);
            }
        }
        sheet.y += super::count(most) * LINE + 4.0;
        return;
    }
    let longest = columns.iter().map(|column| width(&column.name, Face::Quiet)).fold(0.0, f64::max);
    sheet.y += longest.ceil() + 4.0;
    for (index, column) in columns.iter().enumerate() {
        sheet.turned((middle((index, columns.len())), sheet.y - 2.0), Face::Quiet, &column.name);
    }
    sheet.y += 4.0;
}

fn cell(sheet: &mut Sheet, place: (usize, usize), column: &Column<'_>, cell: Option<&Cell>) {
    let wide = 100.0 / super::count(place.1);
    let strength = cell.map_or(0, Cell::strength);
    let left = middle(place) - wide / 2.0;
    let class = ["c-heat-0", "c-heat-1", "c-heat-2", "c-heat-3"][strength.min(3)];
    sheet.rect(class, (left + 0.3, sheet.y), (wide - 0.6, CELL));
    let Some(cell) = cell else { return };
    let said = words::bare(cell.level, column.voice.metric, column.voice.locale);
    let face = if strength > 0 { Face::Strong } else { Face::Quiet };
    if width(&said, face) <= NARROW * wide / 100.0 - 3.0 {
        let class = ["", "t-heat-1", "t-heat-2", "t-heat-3"][strength.min(3)];
        sheet.text((middle(place), sheet.y + 15.5), Anchor::Middle, face, class, &said);
    }
}

fn words(
    columns: &[Column<'_>],
    shown: &[String],
    (hidden, left_out): (usize, usize),
    locale: &Locale,
) -> Words {
    let rows: Vec<Vec<String>> = shown.iter().map(|name| line(columns, name, locale)).collect();
    let levels = parts(rows.iter().map(|row| said(columns, row, locale)), locale);
    let says = say!(locale, "chart-stages-says", levels);
    let not_drawn = [(hidden, "types"), (left_out, "stages")].map(|(n, what)| not_drawn(n, what, locale));
    let names = columns.iter().map(|column| column.name.clone());
    let marked = say!(locale, "chart-stages-note", share = words::percent(CHANCE, 0, locale));
    let [first, second] = STEPS.map(|step| words::count(step, locale));
    Words {
        title: title(columns, shown, locale),
        says: [Some(says)].into_iter().chain(not_drawn).flatten().collect::<Vec<_>>().join(" "),
        note: format!("{} {marked}", units(columns, locale)),
        key: say!(locale, "chart-stages-key", first, second),
        table: Table { head: [say!(locale, "chart-head-type")].into_iter().chain(names).collect(), rows },
    }
}

/// A type's name and its level at each stage.
fn line(columns: &[Column<'_>], name: &str, locale: &Locale) -> Vec<String> {
    let level = |column: &Column<'_>| {
        let Some(cell) = column.cells.iter().find(|cell| cell.contact_type == name) else {
            return String::new();
        };
        let level = column.voice.level(cell.level);
        if cell.strength() > 0 { say!(locale, "chart-stages-high", level) } else { level }
    };
    [words::shortened(name)].into_iter().chain(columns.iter().map(level)).collect()
}

fn said(columns: &[Column<'_>], row: &[String], locale: &Locale) -> String {
    let known = columns.iter().zip(&row[1..]).filter(|(_, level)| !level.is_empty());
    let levels = known.map(|(column, level)| at_stage(&column.name, level, locale));
    let (name, levels) = (words::shortened_to(&row[0], 40), items(levels, locale));
    say!(locale, "chart-stages-type", name, levels)
}

/// `hold 340 s`.
fn at_stage(stage: &str, level: &str, locale: &Locale) -> String {
    say!(locale, "chart-stages-level", stage, level)
}

fn not_drawn(n: usize, what: &str, locale: &Locale) -> Option<String> {
    (n > 0).then(|| say!(locale, "chart-stages-hidden", n, count = spelt_first(n, locale), what))
}

/// `Levels in s: hold; in %: transfer and escalation.`
fn units(columns: &[Column<'_>], locale: &Locale) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for column in columns {
        let unit = column.voice.level_unit();
        match groups.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, names)) => names.push(&column.name),
            None => groups.push((unit, vec![&column.name])),
        }
    }
    let said = |(unit, names): (String, Vec<&str>)| {
        say!(locale, "chart-stages-in-unit", unit, stages = words::list(&names, locale))
    };
    say!(locale, "chart-stages-units", units = parts(groups.into_iter().map(said), locale))
}

/// The type that stands out most, and at which stages.
fn title(columns: &[Column<'_>], shown: &[String], locale: &Locale) -> String {
    let high = |name: &String| -> Vec<String> {
        let found = |column: &Column<'_>| {
            let cell = column.cells.iter().find(|cell| cell.contact_type == *name && cell.strength() > 0)?;
            Some(at_stage(&column.name, &column.voice.level(cell.level), locale))
        };
        columns.iter().filter_map(found).take(3).collect()
    };
    let out: Vec<(&String, Vec<String>)> =
        shown.iter().map(|name| (name, high(name))).filter(|(_, stages)| !stages.is_empty()).collect();
    let Some(first) = out.first() else { return say!(locale, "chart-stages-title-none") };
    let (name, stages) =
        out.iter().fold(first, |best, one| if one.1.len() > best.1.len() { one } else { best });
    let (name, stages, others) = (words::shortened_to(name, 60), words::list(stages, locale), out.len() - 1);
    say!(locale, "chart-stages-title", name, stages, others, count = words::spelt(others, locale))
}

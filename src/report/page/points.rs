//! Where a gap's points are: within reach of coaching, out of reach, not placed; and in which contact types.

use crate::model::{Breakdown, BreakdownRow, Ledger, Metric, Scope, UnitKind};
use crate::report::chart::{self, Voice};
use crate::report::context::{Bar, BarPart, Chart, Points, TypeRow};
use crate::report::view::{View, apportion, parts_in_words, step_of};
use crate::words::{self, Locale};

/// Contact types named one by one; the others share a line.
const NAMED: usize = 4;

/// For the metric the headline is about.
pub(super) fn of_headline(view: View<'_>) -> Option<Points> {
    let (metric, _) = view.ranked().into_iter().next()?;
    of(view, metric, &Scope::Operation, "points")
}

/// `id` names its chart on a page.
pub(super) fn of(view: View<'_>, metric: &Metric, scope: &Scope, id: &str) -> Option<Points> {
    let ledger = view.ledger(&metric.id, scope)?;
    let locale = view.locale();
    let parts = [ledger.out_of_reach, ledger.reach, ledger.unplaced, ledger.ahead];
    let (said, total) = parts_in_words(&parts, metric, locale);
    let gross: f64 = parts[..3].iter().map(|part| part.max(0.0)).sum();
    if gross <= 0.0 || parts.iter().sum::<f64>() <= 0.0 {
        return None;
    }
    let rows = view.breakdown(&metric.id, scope).map_or_else(Vec::new, |b| type_rows(metric, b, locale));
    let title = with_unit(&total, metric, locale);
    let mut bar = bar(ledger, &parts, &said, gross, metric, locale);
    bar.chart = Chart {
        id: id.to_owned(),
        numbers: view.numbers("ledger", Some(&metric.id), scope),
        ..drawn(ledger, &parts, &bar, &title, Voice { metric, locale })
    };
    Some(Points { title, bar, rows, reach_note: reach_note(ledger, metric, locale) })
}

/// A printed difference with its unit: `8.2 points`.
pub(in crate::report) fn with_unit(number: &str, metric: &Metric, locale: &Locale) -> String {
    let said = words::difference(0.0, metric, locale);
    let unit = said.split_once(' ').map_or("", |(_, unit)| unit);
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

/// What the carriers carry together, as the rows below print it.
pub(super) fn carried(metric: &Metric, breakdown: &Breakdown) -> f64 {
    let carries: Vec<f64> = breakdown.rows.iter().map(|row| row.carries).collect();
    let step = step_of(metric, carries.iter().sum::<f64>());
    let rounded = apportion(&carries, step);
    let own =
        breakdown.rows.iter().zip(rounded).filter(|(row, _)| breakdown.carriers.contains(&row.contact_type));
    own.map(|(_, value)| value).sum()
}

/// What all types carry together: the net gap.
pub(super) fn net(breakdown: &Breakdown) -> f64 {
    breakdown.rows.iter().map(|row| row.carries).sum()
}

/// The smallest difference that is printed.
pub(super) fn step(metric: &Metric, size: f64) -> f64 {
    step_of(metric, size)
}

/// Whether the best quarter of agents is off this type's target too.
pub(super) fn best_agents_miss(metric: &Metric, row: &BreakdownRow) -> bool {
    let (Some(best), Some(target)) = (row.best_agents, row.target) else { return false };
    metric.better.sign() * (target - best) > 0.0
}

fn bar(
    ledger: &Ledger,
    parts: &[f64; 4],
    said: &[String],
    gross: f64,
    metric: &Metric,
    locale: &Locale,
) -> Bar {
    let best = words::shortened(&ledger.reachable_as);
    let names = [
        ("out", "out of any agent's reach today".to_owned()),
        ("reach", format!("would close if everyone worked like the {best}")),
        ("unplaced", "spread too thin to place".to_owned()),
    ];
    let mut x = 0.0;
    let mut drawn = Vec::new();
    for (index, (id, words)) in names.into_iter().enumerate() {
        let width = (parts[index].max(0.0) / gross * 1000.0).round() / 10.0;
        let range = if id == "reach" { reach_range(ledger, metric, locale) } else { String::new() };
        drawn.push(BarPart { id: id.to_owned(), value: said[index].clone(), range, words, x, width });
        x = ((x + width) * 10.0).round() / 10.0;
    }
    let described: Vec<String> = drawn.iter().map(|part| format!("{} {}", part.value, part.words)).collect();
    let ahead = (parts[3] < 0.0 && said[3].contains(|c: char| ('1'..='9').contains(&c)))
        .then(|| format!("{} from contact types that are better than their target", said[3]));
    let says = format!("Where the gap is: {}.", described.join("; "));
    Bar { says, parts: drawn, ahead, ..Bar::default() }
}

fn drawn(ledger: &Ledger, sizes: &[f64; 4], bar: &Bar, total: &str, voice: Voice<'_>) -> Chart {
    let part = |at: usize| {
        let part = &bar.parts[at];
        (part.id.as_str(), sizes[at].max(0.0), part.value.as_str(), part.range.as_str(), part.words.as_str())
    };
    chart::ledger(&chart::Ledger {
        voice,
        parts: [part(0), part(1), part(2)],
        total,
        range: (ledger.reach_low, ledger.reach_high),
        level: &voice.percent(ledger.level),
        ahead: bar.ahead.as_deref(),
    })
}

fn reach_range(ledger: &Ledger, metric: &Metric, locale: &Locale) -> String {
    let said = |value: f64| words::bare_difference(value, metric, locale);
    format!("({})", words::range(&said(ledger.reach_low), &said(ledger.reach_high), locale))
}

/// `Reach is a definition: as the best half 0.3, the best quarter 0.7, the best tenth 1.1 points.`
fn reach_note(ledger: &Ledger, metric: &Metric, locale: &Locale) -> String {
    let said = |value: f64| words::bare_difference(value, metric, locale);
    format!(
        "What counts as within reach is a definition. Like the best half {}, the best quarter {}, the best tenth {} \
         would close. The range in brackets holds at {}. The parts sum to the gap.",
        said(ledger.best_half),
        said(ledger.best_quarter),
        words::difference(ledger.best_tenth, metric, locale),
        words::percent(ledger.level, 0, locale),
    )
}

fn type_rows(metric: &Metric, breakdown: &Breakdown, locale: &Locale) -> Vec<TypeRow> {
    let carries: Vec<f64> = breakdown.rows.iter().map(|row| row.carries).collect();
    let (said, _) = parts_in_words(&carries, metric, locale);
    let is_named = |index: usize, row: &BreakdownRow| {
        if breakdown.carriers.is_empty() {
            index < NAMED
        } else {
            breakdown.carriers.contains(&row.contact_type)
        }
    };
    let (named, other): (Vec<_>, Vec<_>) =
        breakdown.rows.iter().enumerate().partition(|(index, row)| is_named(*index, row));
    let (shown, folded) = named.split_at(named.len().min(NAMED));
    let mut rows: Vec<TypeRow> = shown
        .iter()
        .map(|(index, row)| type_row(metric, row, &with_unit(&said[*index], metric, locale), locale))
        .collect();
    let rest: Vec<&BreakdownRow> = folded.iter().chain(&other).map(|(_, row)| *row).collect();
    let step = step_of(metric, carries.iter().sum::<f64>());
    let rounded = apportion(&carries, step);
    let together: f64 = folded.iter().chain(&other).map(|(index, _)| rounded[*index]).sum();
    rows.extend(other_row(metric, &rest, together, locale));
    rows
}

fn type_row(metric: &Metric, row: &BreakdownRow, carries: &str, locale: &Locale) -> TypeRow {
    let best = row.best_agents.map(|best| format!("best agents {}", coarse(best, metric, locale)));
    TypeRow {
        label: words::shortened(&row.contact_type),
        full_label: words::shortened_to(&row.contact_type, 300),
        share: format!("{} of contacts", words::percent(row.share, 0, locale)),
        now: coarse(row.actual, metric, locale),
        best: best.unwrap_or_default(),
        carries: format!("carries {carries}"),
    }
}

/// `Six other types  75 % of contacts · 74 % · together 0.8 points`.
fn other_row(metric: &Metric, rest: &[&BreakdownRow], together: f64, locale: &Locale) -> Option<TypeRow> {
    let share: f64 = rest.iter().map(|row| row.share).sum();
    if rest.is_empty() || share <= 0.0 {
        return None;
    }
    let actual = rest.iter().map(|row| row.share * row.actual).sum::<f64>() / share;
    let kinds = if rest.len() == 1 { "other type" } else { "other types" };
    let label = words::capital(&format!("{} {kinds}", words::spelt(rest.len(), locale)));
    Some(TypeRow {
        full_label: label.clone(),
        label,
        share: format!("{} of contacts", words::percent(share, 0, locale)),
        now: coarse(actual, metric, locale),
        best: String::new(),
        carries: format!("together {}", words::difference(together, metric, locale)),
    })
}

/// A contact type's level without decimals where it is a share.
pub(super) fn coarse(value: f64, metric: &Metric, locale: &Locale) -> String {
    match metric.unit.kind {
        UnitKind::Share => words::percent(value, 0, locale),
        _ => words::level(value, metric, locale),
    }
}

//! Where a gap's points are: within reach of coaching, out of reach, not placed; and in which contact types.

use crate::model::{Breakdown, BreakdownRow, Ledger, Metric, Scope, UnitKind};
use crate::report::chart::{self, Voice};
use crate::report::context::{Bar, BarPart, Chart, Points, TypeRow};
use crate::report::view::{Parts, View, apportion, step_of};
use crate::words::{self, Locale, say};

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
    let sizes = sizes(ledger);
    let gross: f64 = sizes[..3].iter().map(|part| part.max(0.0)).sum();
    if gross <= 0.0 || sizes.iter().sum::<f64>() <= 0.0 {
        return None;
    }
    let parts = Parts::of(&sizes, metric, locale);
    let rows = view.breakdown(&metric.id, scope).map_or_else(Vec::new, |b| type_rows(metric, b, locale));
    let title = parts.whole();
    let mut bar = bar(ledger, &sizes, &parts, gross, metric, locale);
    bar.chart = Chart {
        id: id.to_owned(),
        numbers: view.numbers("ledger", Some(&metric.id), scope),
        ..drawn(ledger, (&sizes, &parts), &bar, Voice { metric, locale })
    };
    Some(Points { title, bar, rows, reach_note: reach_note(ledger, metric, locale) })
}

/// What would close at the best agents' level, as the bar prints it: `0.7 points`.
pub(super) fn reach(ledger: &Ledger, metric: &Metric, locale: &Locale) -> String {
    Parts::of(&sizes(ledger), metric, locale).with_unit(1)
}

/// Which agents set the level within reach, as messages choose by it: `best-quarter`.
pub(super) fn reachable(ledger: &Ledger) -> String {
    ledger.reachable_as.replace(' ', "-")
}

/// Out of reach, within reach, not placed, ahead of target.
fn sizes(ledger: &Ledger) -> [f64; 4] {
    [ledger.out_of_reach, ledger.reach, ledger.unplaced, ledger.ahead]
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
    sizes: &[f64; 4],
    parts: &Parts<'_>,
    gross: f64,
    metric: &Metric,
    locale: &Locale,
) -> Bar {
    let names = [
        ("out", say!(locale, "points-out")),
        ("reach", say!(locale, "points-reach", reachable = reachable(ledger))),
        ("unplaced", say!(locale, "points-unplaced")),
    ];
    let mut x = 0.0;
    let mut drawn = Vec::new();
    for (index, (id, words)) in names.into_iter().enumerate() {
        let width = (sizes[index].max(0.0) / gross * 1000.0).round() / 10.0;
        let range = if id == "reach" { reach_range(ledger, metric, locale) } else { String::new() };
        drawn.push(BarPart { id: id.to_owned(), value: parts.said(index), range, words, x, width });
        x = ((x + width) * 10.0).round() / 10.0;
    }
    let described =
        |part: &BarPart| say!(locale, "points-part", size = part.value.as_str(), what = part.words.as_str());
    let described: Vec<String> = drawn.iter().map(described).collect();
    let says = say!(locale, "points-says", parts = described.join("; "));
    let ahead = (parts.value(3) < 0.0).then(|| say!(locale, "points-ahead", size = parts.said(3)));
    Bar { says, parts: drawn, ahead, ..Bar::default() }
}

fn drawn(ledger: &Ledger, (sizes, printed): (&[f64; 4], &Parts<'_>), bar: &Bar, voice: Voice<'_>) -> Chart {
    let part = |at: usize| {
        let part = &bar.parts[at];
        (part.id.as_str(), sizes[at].max(0.0), part.value.as_str(), part.range.as_str(), part.words.as_str())
    };
    chart::ledger(&chart::Ledger {
        voice,
        parts: [part(0), part(1), part(2)],
        amounts: [0, 1, 2].map(|at| printed.with_unit(at)),
        total: &printed.whole(),
        range: (ledger.reach_low, ledger.reach_high),
        level: &voice.percent(ledger.level),
        ahead: bar.ahead.as_deref(),
    })
}

fn reach_range(ledger: &Ledger, metric: &Metric, locale: &Locale) -> String {
    let said = |value: f64| words::bare_difference(value, metric, locale);
    format!("({})", words::range(&said(ledger.reach_low), &said(ledger.reach_high), locale))
}

/// What would close if everyone worked like the best half, quarter or tenth.
fn reach_note(ledger: &Ledger, metric: &Metric, locale: &Locale) -> String {
    let said = |value: f64| words::bare_difference(value, metric, locale);
    say!(
        locale,
        "points-reach-note",
        half = said(ledger.best_half),
        quarter = said(ledger.best_quarter),
        tenth = words::difference(ledger.best_tenth, metric, locale),
        level = words::percent(ledger.level, 0, locale),
    )
}

fn type_rows(metric: &Metric, breakdown: &Breakdown, locale: &Locale) -> Vec<TypeRow> {
    let carries: Vec<f64> = breakdown.rows.iter().map(|row| row.carries).collect();
    let parts = Parts::of(&carries, metric, locale);
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
    let mut rows: Vec<TypeRow> =
        shown.iter().map(|(index, row)| type_row(metric, row, parts.with_unit(*index), locale)).collect();
    let rest: Vec<&BreakdownRow> = folded.iter().chain(&other).map(|(_, row)| *row).collect();
    let step = step_of(metric, carries.iter().sum::<f64>());
    let rounded = apportion(&carries, step);
    let together: f64 = folded.iter().chain(&other).map(|(index, _)| rounded[*index]).sum();
    rows.extend(other_row(metric, &rest, together, locale));
    rows
}

fn type_row(metric: &Metric, row: &BreakdownRow, carries: String, locale: &Locale) -> TypeRow {
    let best = row.best_agents.map(|best| say!(locale, "points-best", level = coarse(best, metric, locale)));
    TypeRow {
        label: words::shortened(&row.contact_type),
        full_label: words::shortened_to(&row.contact_type, 300),
        share: share(row.share, locale),
        now: coarse(row.actual, metric, locale),
        best: best.unwrap_or_default(),
        carries: say!(locale, "points-carries", size = carries),
    }
}

/// `Six other types  75 % of contacts · 74 % · together 0.8 points`.
fn other_row(metric: &Metric, rest: &[&BreakdownRow], together: f64, locale: &Locale) -> Option<TypeRow> {
    let part: f64 = rest.iter().map(|row| row.share).sum();
    if rest.is_empty() || part <= 0.0 {
        return None;
    }
    let actual = rest.iter().map(|row| row.share * row.actual).sum::<f64>() / part;
    let count = words::capital(&words::spelt(rest.len(), locale));
    let label = say!(locale, "points-others", count, n = rest.len());
    Some(TypeRow {
        full_label: label.clone(),
        label,
        share: share(part, locale),
        now: coarse(actual, metric, locale),
        best: String::new(),
        carries: say!(locale, "points-together", size = words::difference(together, metric, locale)),
    })
}

/// `15 % of contacts`.
fn share(part: f64, locale: &Locale) -> String {
    say!(locale, "points-share", share = words::percent(part, 0, locale))
}

/// A contact type's level without decimals where it is a share.
pub(super) fn coarse(value: f64, metric: &Metric, locale: &Locale) -> String {
    match metric.unit.kind {
        UnitKind::Share => words::percent(value, 0, locale),
        _ => words::level(value, metric, locale),
    }
}

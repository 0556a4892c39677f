//! Words of the logs that mean nothing here: statuses of sessions, focuses that move no metric, days that are no days,
//! and changes to what no contact has.

use super::mapping::{TOLD, place, rows, volumes};
use super::{Seen, count, counted, percent, placed, share, some};
use crate::diag::Diagnostic;
use crate::model::{DayColumn, Meant, RawColumn, RawValue, SourceId};

const STATUSES: [&str; 4] = ["held", "cancelled", "rescheduled", "no-show"];

/// A share of sessions that is no longer an accident.
const FEW: f64 = 0.01;

pub(super) fn doubts(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let columns = seen.data.quality.columns.iter().filter(|column| column.source == SourceId::Coaching);
    let told = |column: &RawColumn| match column.column.as_str() {
        "status" => statuses(seen, column),
        "focus" => focuses(seen, column),
        _ => None,
    };
    let mut all: Vec<Diagnostic> = columns.filter_map(told).collect();
    all.extend(seen.data.quality.days.iter().filter_map(|column| days(seen, column)));
    all.extend(changes(seen));
    all
}

fn days(seen: &Seen<'_>, column: &DayColumn) -> Option<Diagnostic> {
    if share(column.unread, column.filled) < FEW {
        return None;
    }
    let title = format!(
        "{} of {} in `{}` of {} cannot be read as a day",
        count(column.unread),
        counted(column.filled, "cell"),
        column.column,
        column.source.name()
    );
    let help = format!("say how they are written, as in `formats.{} = \"%d/%m/%Y\"`", column.column);
    let snake = format!("columns.{}", column.column.replace('-', "_"));
    let written = seen.settings.place(&format!("sources.{}.{snake}", column.source.name()));
    let key = if written.is_some() { snake } else { format!("columns.{}", column.column) };
    Some(placed(Diagnostic::warning("GW303", title).help(help), seen.place_in(column.source, &key)))
}

/// What the log of changes names and no contact has: such a change is seen nowhere.
fn changes(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let known = |column: &str, name: &str| match column {
        "contact-type" => seen.data.contact_types.iter().any(|one| one == name),
        "team" => seen.data.teams.iter().any(|one| one == name),
        _ => seen.plan.metric(name).is_some(),
    };
    let columns = seen.data.quality.columns.iter().filter(|column| column.source == SourceId::Changes);
    let told = columns.filter(|column| ["contact-type", "team", "metric"].contains(&column.column.as_str()));
    told.filter_map(|column| {
        let names: Vec<&str> =
            column.values.iter().map(name).filter(|name| !known(&column.column, name)).collect();
        let what = column.column.replace('-', " ");
        let title = match (names.len(), what.as_str()) {
            (0, _) => return None,
            // A team may be a small group, so that none is named.
            (n, "team") => format!("changes name {} that no row has", counted(n as u64, "team")),
            (_, "metric") => format!("changes name {}, which is no metric here", some(&names, TOLD)),
            _ => format!("changes name the {what} {}, which no row has", some(&names, TOLD)),
        };
        let help = format!("map them under `values.{}` to the names in force", column.column);
        Some(placed(Diagnostic::warning("GW320", title).help(help), place(seen, column)))
    })
    .collect()
}

fn statuses(seen: &Seen<'_>, column: &RawColumn) -> Option<Diagnostic> {
    let is_unknown = |value: &&RawValue| !STATUSES.contains(&name(value).to_lowercase().as_str());
    let values: Vec<&RawValue> = column.values.iter().filter(is_unknown).collect();
    let (part, all) = (rows(values.iter().copied()), rows(&column.values));
    if share(part, all) < FEW {
        return None;
    }
    let title = format!(
        "{} of {} ({}) have a status that means nothing here, and count as neither held nor cancelled",
        count(part),
        counted(all, "session"),
        percent(part, all)
    );
    let help = format!(
        "map them under `values.status` to `held`, `cancelled`, `rescheduled` or `no-show`: {}",
        volumes(&values, seen.least(), "session")
    );
    Some(placed(Diagnostic::warning("GW340", title).help(help), place(seen, column)))
}

/// No focus moves everything; a focus nobody knows moves nothing.
fn focuses(seen: &Seen<'_>, column: &RawColumn) -> Option<Diagnostic> {
    let moves = &seen.plan.source(SourceId::Coaching)?.moves;
    let is_idle =
        |value: &&RawValue| !moves.contains_key(name(value)) && seen.plan.metric(name(value)).is_none();
    let values: Vec<&RawValue> = column.values.iter().filter(is_idle).collect();
    let (part, all) = (rows(values.iter().copied()), rows(&column.values));
    if share(part, all) < FEW {
        return None;
    }
    let title = format!(
        "{} of the {} focuses on record ({}) move no metric",
        count(part),
        count(all),
        percent(part, all)
    );
    let help = format!(
        "say under `moves` which metrics a focus is meant to move, or map it under `values.focus`: {}",
        volumes(&values, seen.least(), "session")
    );
    Some(placed(Diagnostic::warning("GW340", title).help(help), place(seen, column)))
}

fn name(value: &RawValue) -> &str {
    match &value.meant {
        Meant::Mapped(name) | Meant::Otherwise(name) => name,
        Meant::Itself => &value.text,
    }
}

//! Words of the coaching log that mean nothing here: statuses, and focuses that move no metric.

use super::mapping::{place, rows, volumes};
use super::{Seen, count, counted, percent, placed, share};
use crate::diag::Diagnostic;
use crate::model::{Meant, RawColumn, RawValue, SourceId};

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
    columns.filter_map(told).collect()
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
        "{} of {} ({}) are on a focus that moves no metric",
        count(part),
        counted(all, "focus entry").replace("entrys", "entries"),
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

//! The places a rule was asked about, and its answer over all of them in one line.

use super::{Only, PlaceView, RowView, Seen, need};
use crate::config::{Over, Rule};
use crate::judge::TriedRow;
use crate::model::{EvidenceTable, Row, Scope};
use crate::report::frame::place;
use crate::words;

type Place = (Option<String>, Scope);

impl Seen<'_> {
    /// Shown places, those that fire first, then the nearest miss.
    pub(super) fn places(&self, only: &Only) -> Vec<PlaceView> {
        let asked = self.asked(only).into_iter().filter(|place| !self.hides(place));
        let mut places: Vec<PlaceView> = asked.map(|place| self.place(place)).collect();
        places.sort_by(|a, b| rank(a).cmp(&rank(b)).then(distance(a).total_cmp(&distance(b))));
        places
    }

    pub(super) fn not_shown(&self, only: &Only) -> usize {
        self.asked(only).iter().filter(|place| self.hides(place)).count()
    }

    /// Every place the rule was asked about, in the order of the plan's metrics, then of scopes.
    fn asked(&self, only: &Only) -> Vec<Place> {
        let Self { plan, tried, .. } = self;
        let signals = tried.signals.iter().map(|one| (one.metric.clone(), one.scope.clone()));
        let rows = tried.rows.iter().map(|one| (one.metric.clone(), one.scope.clone()));
        let missed =
            tried.not_judged.iter().filter(|one| one.metric.is_some() || self.rule.metrics.is_empty());
        let missed = missed.map(|one| (one.metric.clone(), one.scope.clone()));
        let mut all: Vec<Place> = signals
            .chain(rows)
            .chain(missed)
            .filter(|(metric, scope)| only.holds(metric.as_deref(), scope))
            .collect();
        let order =
            |metric: &Option<String>| plan.metrics.iter().position(|one| Some(&one.id) == metric.as_ref());
        all.sort_by(|a, b| order(&a.0).cmp(&order(&b.0)).then_with(|| a.1.cmp(&b.1)));
        all.dedup();
        all
    }

    /// Whether a report would say nothing of this place, or not what the answer is made of.
    fn hides(&self, (metric, scope): &Place) -> bool {
        let mut hidden = self.view.story.now.not_judged.iter().filter(|one| one.rule == "min-group");
        let here = |row: &&TriedRow| row.counts && row.metric == *metric && row.scope == *scope;
        let mut rows = self.tried.rows.iter().filter(here).peekable();
        hidden.any(|one| one.metric == *metric && one.scope == *scope)
            || (rows.peek().is_some() && rows.all(|row| self.shown(row).is_none()))
    }

    fn place(&self, (metric, scope): Place) -> PlaceView {
        let here = |m: &Option<String>, s: &Scope| *m == metric && *s == scope;
        let rows = self.tried.rows.iter().filter(|row| here(&row.metric, &row.scope));
        let (counted, others): (Vec<&TriedRow>, Vec<&TriedRow>) = rows.partition(|row| row.counts);
        let mut rows: Vec<RowView> =
            counted.into_iter().filter_map(|row| Some(self.row(row, self.shown(row)?))).collect();
        rows.sort_by(|a, b| nearness(a).cmp(&nearness(b)).then(a.distance.total_cmp(&b.distance)));
        let signal = self.tried.signals.iter().find(|one| here(&one.metric, &one.scope));
        let answer = signal.map_or_else(|| any(&rows), |signal| signal.value);
        let missed = self.tried.not_judged.iter().filter(|one| here(&one.metric, &one.scope));
        PlaceView {
            about: self.about(metric.as_deref(), &scope),
            needs: if answer.is_none() { missed.map(need).collect() } else { Vec::new() },
            metric,
            scope,
            answer,
            rows,
            other_rows: others.len(),
        }
    }

    /// The row as a report shows it, if it shows what the answer is made of.
    fn shown(&self, tried: &TriedRow) -> Option<&Row> {
        let own = |table: &&EvidenceTable| table.rule == self.rule.id;
        let rows = &self.view.story.now.evidence.iter().find(own)?.rows;
        let same = |(metric, scope, row): &&(Option<String>, Scope, Row)| {
            let (item, window) = (&tried.row.item, tried.row.window);
            *metric == tried.metric && *scope == tried.scope && row.item == *item && row.window == window
        };
        let row = rows.iter().find(same).map(|(_, _, row)| row)?;
        let withheld = self.withheld(&tried.row, row);
        let names = self.rule.when.names();
        (!names.iter().any(|name| withheld.contains(&name.name))).then_some(row)
    }

    fn about(&self, metric: Option<&str>, scope: &Scope) -> String {
        let named = metric.map(|id| match self.view.frame.label(id) {
            label if label == id => label,
            label => format!("{label} ({id})"),
        });
        let place = Some(place(scope, self.view.locale()))
            .filter(|place| !place.is_empty())
            .unwrap_or_else(|| "the operation".into());
        named.into_iter().chain([place]).collect::<Vec<_>>().join(", ")
    }
}

/// The answer of a rule that speaks of each item: whether it holds for one.
fn any(rows: &[RowView]) -> Option<bool> {
    let answers = || rows.iter().map(|row| row.answer);
    if answers().any(|answer| answer == Some(true)) {
        return Some(true);
    }
    (!rows.is_empty() && answers().all(|answer| answer == Some(false))).then_some(false)
}

fn rank(place: &PlaceView) -> u8 {
    answer_rank(place.answer)
}

fn nearness(row: &RowView) -> u8 {
    answer_rank(row.answer)
}

/// What fires first, what is silent next, what cannot be told last.
fn answer_rank(answer: Option<bool>) -> u8 {
    match answer {
        Some(true) => 0,
        Some(false) => 1,
        None => 2,
    }
}

fn distance(place: &PlaceView) -> f64 {
    place.rows.iter().map(|row| row.distance).fold(f64::INFINITY, f64::min)
}

/// `does not fire: false in 2 places, cannot tell in 1`.
pub(super) fn answer(rule: &Rule, places: &[PlaceView]) -> String {
    let by_item = rule.over == Over::Each;
    let items = places.iter().flat_map(|place| &place.rows).map(|row| row.answer);
    let empty = places.iter().filter(|place| place.rows.is_empty()).count();
    let (answers, what, within): (Vec<Option<bool>>, _, _) = if by_item {
        (items.collect(), "item", "for")
    } else {
        (places.iter().map(|place| place.answer).collect(), "place", "in")
    };
    let words = [("true", Some(true)), ("false", Some(false)), ("cannot tell", None)];
    let counts = words.map(|(word, wanted)| (word, answers.iter().filter(|one| **one == wanted).count()));
    let mut parts: Vec<String> = Vec::new();
    for (word, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
        let of = if parts.is_empty() { words::counted(n, what) } else { n.to_string() };
        parts.push(format!("{word} {within} {of}"));
    }
    if by_item && empty > 0 {
        parts.push(format!("cannot tell in {}", words::counted(empty, "place")));
    }
    let waived = places.iter().flat_map(|place| &place.rows).filter(|row| row.waived.is_some()).count();
    parts.extend((waived > 0).then(|| format!("waived {within} {waived}")));
    if parts.is_empty() {
        parts.push("there is no place to ask it of".to_owned());
    }
    format!("{}: {}", if counts[0].1 > 0 { "fires" } else { "does not fire" }, parts.join(", "))
}

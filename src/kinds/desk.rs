//! Shared work of one judging: merged rows, windows with their layers, and answers already given.
//! Every result is a pure function of its key, so remembering changes nothing but the time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::contact_type_clusters::Grouping;
use super::homes::Homes;
use super::panel::{Levels, Merged, Outlived, Slice, Stratum, Window};
use super::places::Places;
use super::spells::{Effects, Terms};
use super::{Case, Filter};
use crate::calendar::Period;
use crate::cube::Data;
use crate::model::{Measure, Metric, Preconditions, Scope, Session, SourceId};
use crate::stats::layers::{LayerOptions, Layers, layers};
use crate::stats::reach::{Reach, ReachOptions, reach};

/// A window with its layers of variation.
pub(crate) struct Study {
    pub(crate) window: Window,
    pub(crate) layers: Layers,
}

/// A period from which a change makes earlier rows history, and what it touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Restart {
    pub contact_types: Vec<u32>,
    pub teams: Vec<u32>,
    pub segments: Vec<(usize, Vec<u32>)>,
    /// Empty = all.
    pub metrics: Vec<String>,
    /// The first full period after the change.
    pub from: Period,
}

type Key = (usize, Scope, Filter, Vec<Outlived>);

/// A metric's rows in one scope, whatever has changed, by contact type and segments.
type Whole = (usize, Scope, Filter, Vec<usize>);

/// Results by question; `None` = there is nothing to say.
type Remembered<K, V> = RefCell<BTreeMap<K, Option<Rc<V>>>>;

/// What a judging shares.
pub struct Desk<'a> {
    data: &'a Data,
    /// Segments (indices) that make strata.
    conditions: Vec<usize>,
    restarts: Vec<Restart>,
    moves: BTreeMap<String, Vec<String>>,
    /// What may be said about people that is off until listed.
    sensitive: Vec<String>,
    places: RefCell<Option<Rc<Places>>>,
    merged: Remembered<Key, Merged>,
    studies: Remembered<(Key, Period, Period), Study>,
    reaches: Remembered<(Key, Period, Period, String), Reach>,
    homes: Remembered<(SourceId, Period, Period), Homes>,
    groupings: Remembered<(Key, Period, Period), Grouping>,
    histories: Remembered<Whole, (Period, Levels)>,
    preconditions: BTreeMap<String, Preconditions>,
    effects: Remembered<(Key, Period, Period, String), Effects>,
}

impl<'a> Desk<'a> {
    /// `moves`: the metrics each coaching focus is meant to move.
    pub fn new(
        data: &'a Data,
        conditions: Vec<usize>,
        restarts: Vec<Restart>,
        moves: BTreeMap<String, Vec<String>>,
    ) -> Self {
        Self {
            data,
            conditions,
            restarts,
            moves,
            sensitive: Vec::new(),
            places: RefCell::default(),
            merged: RefCell::default(),
            studies: RefCell::default(),
            reaches: RefCell::default(),
            homes: RefCell::default(),
            groupings: RefCell::default(),
            histories: RefCell::default(),
            preconditions: BTreeMap::new(),
            effects: RefCell::default(),
        }
    }

    /// The same desk, with what the client lists under `privacy.sensitive`.
    #[must_use]
    pub fn with_sensitive(self, sensitive: Vec<String>) -> Self {
        Self { sensitive, ..self }
    }

    /// Whether the client has listed something that is off until listed.
    pub(crate) fn lists(&self, sensitive: &str) -> bool {
        self.sensitive.iter().any(|one| one == sensitive)
    }

    /// Who worked where and when.
    pub(crate) fn places(&self) -> Rc<Places> {
        Rc::clone(self.places.borrow_mut().get_or_insert_with(|| Rc::new(Places::new(self.data))))
    }

    /// Whether a session names a focus that is meant to move a metric.
    pub(crate) fn names(&self, focus: &[String], metric: &str) -> bool {
        !focus.is_empty() && self.moves(focus, metric)
    }

    /// With what the client's register says of contact types.
    #[must_use]
    pub fn with_preconditions(self, preconditions: BTreeMap<String, Preconditions>) -> Self {
        Self { preconditions, ..self }
    }

    /// The register of preconditions, by contact type.
    pub(crate) fn preconditions(&self) -> &BTreeMap<String, Preconditions> {
        &self.preconditions
    }

    /// The window of a case and its layers; `None` where there is not a single row.
    pub(crate) fn study(&self, case: &Case<'_>) -> Option<Rc<Study>> {
        let (index, metric) = case.metric?;
        let (from, to) = case.span();
        let key = self.key(index, metric, case, from, to);
        let at = (key.clone(), from, to);
        if let Some(known) = self.studies.borrow().get(&at) {
            return known.clone();
        }
        let merged = self.merged(key, metric);
        let study =
            merged.map(|merged| merged.window(from, to)).filter(|window| window.n > 0).map(|window| {
                let options = LayerOptions { min_n: least_rows(metric), ..LayerOptions::default() };
                let layers = layers(&window.panel, &options);
                Rc::new(Study { window, layers })
            });
        self.studies.borrow_mut().insert(at, study.clone());
        study
    }

    /// Where the gap of a case's window lies; `None` without rows or without a target.
    pub(crate) fn reach(&self, case: &Case<'_>, options: &ReachOptions) -> Option<Rc<Reach>> {
        let (index, metric) = case.metric?;
        let study = self.study(case)?;
        let (from, to) = case.span();
        let at = (self.key(index, metric, case, from, to), from, to, format!("{options:?}"));
        if let Some(known) = self.reaches.borrow().get(&at) {
            return known.clone();
        }
        let targets: Vec<f64> =
            study.targets(self.data, metric).into_iter().map(|target| target.unwrap_or(f64::NAN)).collect();
        let sign = metric.better.sign();
        let found = reach(&study.window.panel, &study.layers, &targets, sign, options).map(Rc::new);
        self.reaches.borrow_mut().insert(at, found.clone());
        found
    }

    /// Where each agent works in a case's window; `None` without the metric's source.
    pub(crate) fn homes(&self, case: &Case<'_>) -> Option<Rc<Homes>> {
        let (_, metric) = case.metric?;
        let (from, to) = case.span();
        let at = (metric.source, from, to);
        if let Some(known) = self.homes.borrow().get(&at) {
            return known.clone();
        }
        let found = self.data.cube(metric.source).map(|cube| Rc::new(Homes::new(self.data, cube, from, to)));
        self.homes.borrow_mut().insert(at, found.clone());
        found
    }

    /// Groups of contact types in a case's window. Later periods ask again for their names, so they stay when
    /// windows are forgotten.
    pub(crate) fn grouping(
        &self,
        case: &Case<'_>,
        make: impl FnOnce() -> Option<Grouping>,
    ) -> Option<Rc<Grouping>> {
        let (index, metric) = case.metric?;
        let (from, to) = case.span();
        let at = (self.key(index, metric, case, from, to), from, to);
        if let Some(known) = self.groupings.borrow().get(&at) {
            return known.clone();
        }
        let made = make().map(Rc::new);
        self.groupings.borrow_mut().insert(at, made.clone());
        made
    }

    /// What followed the sessions meant to move the metric `on`, in a case's metric; `None` without rows.
    pub(crate) fn effects(&self, case: &Case<'_>, terms: &Terms, on: &str) -> Option<Rc<Effects>> {
        let (index, metric) = case.metric?;
        let (from, to) = case.span();
        let at = (self.key(index, metric, case, from, to), from, to, format!("{terms:?} {on}"));
        if let Some(known) = self.effects.borrow().get(&at) {
            return known.clone();
        }
        let found = Effects::of(case, terms, on).map(Rc::new);
        self.effects.borrow_mut().insert(at, found.clone());
        found
    }

    /// Whether a session with these focuses is meant to move a metric: no focus moves all, a focus that is a
    /// metric's id moves that metric.
    pub(crate) fn moves(&self, focus: &[String], metric: &str) -> bool {
        focus.is_empty()
            || focus.iter().any(|one| {
                one == metric
                    || self.moves.get(one).is_some_and(|metrics| metrics.iter().any(|m| m == metric))
            })
    }

    /// Held sessions meant to move a metric, in the order of the log.
    pub(crate) fn held_on<'s>(&'s self, metric: &'s str) -> impl Iterator<Item = &'a Session> + use<'s, 'a> {
        let data: &'a Data = self.data;
        data.sessions.iter().filter(move |session| session.is_held() && self.moves(&session.focus, metric))
    }

    /// A case's metric by stratum and period, over any span.
    pub(crate) fn levels(&self, case: &Case<'_>, from: Period, to: Period) -> Option<Levels> {
        let (index, metric) = case.metric?;
        let key = self.key(index, metric, case, from, to);
        Some(self.merged(key, metric)?.levels(from, to))
    }

    /// A case's metric over any span, looked at across changes: rows that a change made history stand in it.
    pub(crate) fn across(&self, case: &Case<'_>, from: Period, to: Period) -> Option<Window> {
        let (index, metric) = case.metric?;
        let key = (index, case.scope.clone(), case.filter.clone(), Vec::new());
        Some(self.merged(key, metric)?.window(from, to)).filter(|window| window.n > 0)
    }

    /// A case's metric by stratum and period over all the data read, from the period given, whatever has changed
    /// since; the strata are contact types and the segments given.
    pub(crate) fn history(&self, case: &Case<'_>, segments: &[usize]) -> Option<Rc<(Period, Levels)>> {
        let (index, metric) = case.metric?;
        let key = (index, case.scope.clone(), case.filter.clone(), segments.to_vec());
        if let Some(known) = self.histories.borrow().get(&key) {
            return known.clone();
        }
        let slice = Slice { scope: case.scope, filter: case.filter, conditions: segments, outlived: &[] };
        let made = self.data.cube(metric.source).and_then(|cube| {
            let (from, to) = cube.span()?;
            Some(Rc::new((from, Merged::new(self.data, cube, index, &slice)?.levels(from, to))))
        });
        self.histories.borrow_mut().insert(key, made.clone());
        made
    }

    /// The restarts inside a case's window that touch its metric.
    pub(crate) fn restarts(&self, case: &Case<'_>) -> Vec<&Restart> {
        let (from, to) = case.span();
        let metric = case.metric.map_or("", |(_, metric)| metric.id.as_str());
        self.restarts_between(metric, from, to).collect()
    }

    fn restarts_between(&self, metric: &str, from: Period, to: Period) -> impl Iterator<Item = &Restart> {
        let touches = move |one: &&Restart| {
            let inside = one.from > from && one.from <= to;
            inside && (one.metrics.is_empty() || one.metrics.iter().any(|id| id == metric))
        };
        self.restarts.iter().filter(touches)
    }

    fn key(&self, index: usize, metric: &Metric, case: &Case<'_>, from: Period, to: Period) -> Key {
        let mut outlived: Vec<Outlived> = self
            .restarts_between(&metric.id, from, to)
            .map(|one| Outlived {
                contact_types: one.contact_types.clone(),
                teams: one.teams.clone(),
                segments: one.segments.clone(),
                through: one.from.shift(-1),
            })
            .collect();
        outlived.sort();
        (index, case.scope.clone(), case.filter.clone(), outlived)
    }

    fn merged(&self, key: Key, metric: &Metric) -> Option<Rc<Merged>> {
        if let Some(known) = self.merged.borrow().get(&key) {
            return known.clone();
        }
        let (index, scope, filter, outlived) = &key;
        let slice = Slice { scope, filter, conditions: &self.conditions, outlived };
        let cube = self.data.cube(metric.source);
        let merged = cube.and_then(|cube| Merged::new(self.data, cube, *index, &slice)).map(Rc::new);
        self.merged.borrow_mut().insert(key, merged.clone());
        merged
    }

    /// Forgets windows that end before a period; the merged rows stay.
    pub fn forget_windows(&self) {
        self.studies.borrow_mut().clear();
        self.reaches.borrow_mut().clear();
        self.homes.borrow_mut().clear();
        self.effects.borrow_mut().clear();
    }
}

/// Rows an agent needs in a stratum: 5 for proportions and scores, 20 for skewed means and ratios.
pub(super) fn least_rows(metric: &Metric) -> f64 {
    use crate::model::{SourceId, UnitKind};
    let skewed = metric.measure == Measure::Ratio
        || (metric.measure == Measure::Mean
            && metric.source == SourceId::Contacts
            && matches!(metric.unit.kind, UnitKind::Seconds | UnitKind::Minutes));
    if skewed { 20.0 } else { 5.0 }
}

impl Study {
    /// Each stratum's target, in the order of the layers; `None` where one has none.
    pub(crate) fn targets(&self, data: &Data, metric: &Metric) -> Vec<Option<f64>> {
        self.window.strata.iter().map(|stratum| target_of(data, metric, stratum)).collect()
    }

    /// The number of agents behind it.
    pub(crate) fn agents(&self) -> u32 {
        self.window.heads()
    }
}

fn target_of(data: &Data, metric: &Metric, stratum: &Stratum) -> Option<f64> {
    metric.target_of(type_name(data, stratum.contact_type))
}

/// A contact type's name; rows without one are `(none)`.
pub(crate) fn type_name(data: &Data, index: u32) -> &str {
    data.contact_types.get(index as usize).map_or("(none)", String::as_str)
}

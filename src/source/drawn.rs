//! Contacts drawn while rows are summed: of each period, contact type and outcome the twenty with the lowest keyed
//! hash. What two parts have drawn merges into what the whole would have drawn.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cube::{DRAWN, Measured, Sampling};
use crate::model::Measure;

/// What contacts are drawn from: period, raw contact type, place of the metric among the measured, outcome.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Lot {
    pub(super) period: i32,
    pub(super) contact_type: Option<String>,
    pub(super) measured: usize,
    /// Whether a proportion counts the contact; none for means and ratios.
    pub(super) counted: Option<bool>,
}

/// One drawn contact, ordered by its hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Contact {
    pub(super) hash: u64,
    pub(super) id: String,
    /// Raw spelling.
    pub(super) agent: String,
}

/// Contacts drawn so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Drawn(Vec<(Lot, BTreeSet<Contact>)>);

/// Draws from rows that come in any order.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    sampling: Sampling,
    /// Whether the metric of each outcome is a proportion.
    proportions: Vec<bool>,
    /// Place of a lot's contacts.
    places: BTreeMap<Lot, usize>,
    drawn: Vec<BTreeSet<Contact>>,
    /// By cell and outcome the places of its two lots; none where the cell is not drawn from.
    of_cell: Vec<Option<Vec<[usize; 2]>>>,
}

/// A row that may be drawn.
pub(super) struct Row<'r> {
    pub(super) cell: usize,
    pub(super) id: &'r str,
    pub(super) agent: &'r str,
}

impl Draw {
    pub(super) fn new(sampling: &Sampling, measured: &[Measured]) -> Self {
        let is_proportion = |place: &usize| measured[*place].measure == Measure::Proportion;
        Self {
            sampling: sampling.clone(),
            proportions: sampling.outcomes.iter().map(is_proportion).collect(),
            places: BTreeMap::new(),
            drawn: Vec::new(),
            of_cell: Vec::new(),
        }
    }

    /// How many cells are known.
    pub(super) fn cells(&self) -> usize {
        self.of_cell.len()
    }

    /// Makes the next cell known: the period and raw contact type of its rows, or that none is drawn.
    pub(super) fn cell(&mut self, drawn_from: Option<(i32, Option<&str>)>) {
        let lots = drawn_from.map(|(period, contact_type)| {
            let outcomes = 0..self.sampling.outcomes.len();
            outcomes.map(|at| self.lots(period, contact_type, at)).collect::<Vec<_>>()
        });
        self.of_cell.push(lots);
    }

    fn lots(&mut self, period: i32, contact_type: Option<&str>, at: usize) -> [usize; 2] {
        let measured = self.sampling.outcomes[at];
        let answers = if self.proportions[at] { [Some(false), Some(true)] } else { [None, None] };
        answers.map(|counted| {
            let lot = Lot { period, contact_type: contact_type.map(str::to_owned), measured, counted };
            self.place(lot)
        })
    }

    fn place(&mut self, lot: Lot) -> usize {
        let next = self.drawn.len();
        let place = *self.places.entry(lot).or_insert(next);
        if place == next {
            self.drawn.push(BTreeSet::new());
        }
        place
    }

    pub(super) fn draws_from(&self, cell: usize) -> bool {
        self.of_cell.get(cell).is_some_and(Option::is_some)
    }

    /// Shows a row; `value` is its quantised value at a place among the measured.
    pub(super) fn see(&mut self, row: &Row<'_>, value: impl Fn(usize) -> Option<i64>) {
        let id = row.id.trim();
        let Some(Some(lots)) = self.of_cell.get(row.cell) else { return };
        if id.is_empty() {
            return;
        }
        let hash = self.sampling.hash(id);
        for (lots, measured) in lots.iter().zip(&self.sampling.outcomes) {
            let Some(value) = value(*measured) else { continue };
            let contacts = &mut self.drawn[lots[usize::from(value == 1)]];
            if contacts.len() == DRAWN && contacts.last().is_some_and(|last| hash > last.hash) {
                continue;
            }
            contacts.insert(Contact { hash, id: id.to_owned(), agent: row.agent.to_owned() });
            if contacts.len() > DRAWN {
                contacts.pop_last();
            }
        }
    }

    /// Adds what another part has drawn.
    pub(super) fn absorb(&mut self, other: &Drawn) {
        for (lot, contacts) in &other.0 {
            let place = self.place(lot.clone());
            let own = &mut self.drawn[place];
            own.extend(contacts.iter().cloned());
            while own.len() > DRAWN {
                own.pop_last();
            }
        }
    }

    /// What has been drawn, lot by lot.
    pub(super) fn drawn(&self) -> Drawn {
        let lots = self.places.iter().map(|(lot, place)| (lot.clone(), self.drawn[*place].clone()));
        Drawn(lots.filter(|(_, contacts)| !contacts.is_empty()).collect())
    }
}

impl Drawn {
    pub(super) fn lots(&self) -> impl Iterator<Item = (&Lot, &Contact)> {
        self.0.iter().flat_map(|(lot, contacts)| contacts.iter().map(move |contact| (lot, contact)))
    }
}

//! Cells under their raw labels, merged over batches and files. A label keeps its raw spelling here; what it
//! means is decided once, when everything is read.

use std::collections::HashMap;

use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom as _, PolarsResult, Series};

use crate::cube::{Merge, NONE, Reduction, Status};

/// Raw labels of one key column, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub(super) texts: Vec<String>,
    places: HashMap<String, u32>,
}

/// Sums by status, period, day apart and raw labels.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub(super) labels: Vec<Labels>,
    names: Vec<String>,
    outputs: Vec<(String, Merge)>,
    places: HashMap<Box<[i64]>, usize>,
    /// Status, period, day apart, then a place in `labels` each, or [`MISSING`].
    pub(super) keys: Vec<Box<[i64]>>,
    /// By output, then by cell.
    pub(super) sums: Vec<Vec<i64>>,
}

/// No period, no day, no label.
pub(super) const MISSING: i64 = i64::MIN;

/// Key columns before the labels.
pub(super) const FIXED: usize = 3;

impl Labels {
    pub(super) fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.texts.len()).unwrap_or(NONE);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

impl Cells {
    pub(super) fn new(reduction: &Reduction) -> Self {
        let names: Vec<String> = reduction.labels().into_iter().map(|(name, _)| name).collect();
        let outputs = reduction.outputs();
        Self {
            labels: vec![Labels::default(); names.len()],
            names,
            sums: vec![Vec::new(); outputs.len()],
            outputs,
            places: HashMap::new(),
            keys: Vec::new(),
        }
    }

    /// Adds the output of a reduction.
    pub(super) fn absorb(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let mut columns = Vec::with_capacity(FIXED + self.names.len());
        for name in ["status", "period", "apart"] {
            let column = frame.column(name)?.cast(&DataType::Int64)?;
            columns.push(column.i64()?.iter().map(|x| x.unwrap_or(MISSING)).collect::<Vec<i64>>());
        }
        for (name, labels) in self.names.iter().zip(&mut self.labels) {
            let column = frame.column(name)?.cast(&DataType::String)?;
            let places = column.str()?.iter().map(|text| text.map_or(MISSING, |text| labels.place(text).into()));
            columns.push(places.collect());
        }
        let mut sums = Vec::with_capacity(self.outputs.len());
        for (name, merge) in &self.outputs {
            let nothing = nothing(*merge);
            let column = frame.column(name)?.cast(&DataType::Int64)?;
            sums.push(column.i64()?.iter().map(|x| x.unwrap_or(nothing)).collect::<Vec<i64>>());
        }
        for row in 0..frame.height() {
            let key: Box<[i64]> = columns.iter().map(|column| column[row]).collect();
            let place = self.cell(key);
            for ((_, merge), (to, from)) in self.outputs.iter().zip(self.sums.iter_mut().zip(&sums)) {
                to[place] = merged(*merge, to[place], from[row]);
            }
        }
        Ok(())
    }

    fn cell(&mut self, key: Box<[i64]>) -> usize {
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let place = self.keys.len();
        self.places.insert(key.clone(), place);
        self.keys.push(key);
        for ((_, merge), column) in self.outputs.iter().zip(&mut self.sums) {
            column.push(nothing(*merge));
        }
        place
    }

    /// The cells as a table `absorb` reads again.
    pub(super) fn table(&self) -> PolarsResult<DataFrame> {
        let optional = |x: i64| (x != MISSING).then_some(x);
        let mut columns: Vec<Column> = Vec::new();
        for (place, name) in ["status", "period", "apart"].into_iter().enumerate() {
            let values: Vec<Option<i64>> = self.keys.iter().map(|key| optional(key[place])).collect();
            columns.push(Series::new(name.into(), values).into_column());
        }
        for (place, (name, labels)) in self.names.iter().zip(&self.labels).enumerate() {
            let text = |key: &[i64]| usize::try_from(key[FIXED + place]).ok().map(|at| labels.texts[at].as_str());
            let values: Vec<Option<&str>> = self.keys.iter().map(|key| text(key)).collect();
            columns.push(Series::new(name.as_str().into(), values).into_column());
        }
        for ((name, merge), sums) in self.outputs.iter().zip(&self.sums) {
            let nothing = nothing(*merge);
            let known = |x: &i64| (*x != nothing || *merge == Merge::Sum).then_some(*x);
            let values: Vec<Option<i64>> = sums.iter().map(known).collect();
            columns.push(Series::new(name.as_str().into(), values).into_column());
        }
        DataFrame::new(self.keys.len(), columns)
    }

    /// Rows of a status.
    pub(super) fn rows(&self, status: Status) -> u64 {
        let rows = self.keys.iter().zip(&self.sums[0]).filter(|(key, _)| key[0] == status as i64);
        rows.map(|(_, n)| n.unsigned_abs()).sum()
    }
}

/// What a merge starts from.
fn nothing(merge: Merge) -> i64 {
    match merge {
        Merge::Sum => 0,
        Merge::Least => i64::MAX,
        Merge::Greatest => i64::MIN,
    }
}

/// A sum that would not fit wraps around; whoever reads it looks at the bound first.
pub(super) fn merged(merge: Merge, x: i64, y: i64) -> i64 {
    match merge {
        Merge::Sum => x.wrapping_add(y),
        Merge::Least => x.min(y),
        Merge::Greatest => x.max(y),
    }
}

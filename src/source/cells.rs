//! Cells under their raw labels, merged over batches and files. A label keeps its raw spelling here; what it
//! means is decided once, when everything is read.

use std::collections::HashMap;

use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom as _, PolarsResult, Series, StringChunked};

use crate::cube::{Merge, Reduction, Status};

/// Raw labels of one key column, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub(super) texts: Vec<String>,
    places: HashMap<String, i32>,
}

/// Sums by status, period, day apart and raw labels. Rows are appended as they come; equal keys are made one
/// whenever as many rows have come as there were cells, and at the end.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub(super) labels: Vec<Labels>,
    names: Vec<String>,
    outputs: Vec<(String, Merge)>,
    /// Status, period, day apart, then a place in `labels` each, or [`MISSING`]; one after the other.
    keys: Vec<i32>,
    /// By output, then by cell.
    pub(super) sums: Vec<Vec<i64>>,
    /// Cells after the last time equal keys were made one.
    compact: usize,
}

/// No period, no day, no label.
pub(super) const MISSING: i32 = i32::MIN;

/// Key columns before the labels.
pub(super) const FIXED: usize = 3;

impl Labels {
    fn place(&mut self, text: &str) -> i32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = i32::try_from(self.texts.len()).unwrap_or(i32::MAX);
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
            keys: Vec::new(),
            compact: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.sums[0].len()
    }

    pub(super) fn key(&self, cell: usize) -> &[i32] {
        let width = FIXED + self.names.len();
        &self.keys[cell * width..(cell + 1) * width]
    }

    /// Adds the output of a reduction.
    pub(super) fn absorb(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let (start, width) = (self.keys.len(), FIXED + self.names.len());
        self.keys.resize(start + frame.height() * width, MISSING);
        let keys = &mut self.keys[start..];
        for (at, name) in ["status", "period", "apart"].into_iter().enumerate() {
            let column = frame.column(name)?.cast(&DataType::Int32)?;
            for (row, x) in column.i32()?.iter().enumerate() {
                keys[row * width + at] = x.unwrap_or(MISSING);
            }
        }
        for ((at, name), labels) in (FIXED..).zip(&self.names).zip(&mut self.labels) {
            let column = frame.column(name)?.cast(&DataType::String)?;
            for (row, text) in column.str()?.iter().enumerate() {
                keys[row * width + at] = text.map_or(MISSING, |text| labels.place(text));
            }
        }
        for ((name, merge), sums) in self.outputs.iter().zip(&mut self.sums) {
            let column = frame.column(name)?.cast(&DataType::Int64)?;
            sums.extend(column.i64()?.iter().map(|x| x.unwrap_or(nothing(*merge))));
        }
        self.compact_when_due();
        Ok(())
    }

    fn compact_when_due(&mut self) {
        if self.compact == 0 {
            // What one reduction gives has no key twice.
            self.compact = self.len();
        } else if self.len() >= 2 * self.compact {
            self.compact();
        }
    }

    /// Makes equal keys one.
    pub(super) fn compact(&mut self) {
        if self.compact == self.len() {
            return;
        }
        let mut order: Vec<u32> = (0u32..).take(self.len()).collect();
        order.sort_unstable_by(|x, y| self.key(*x as usize).cmp(self.key(*y as usize)));
        let groups: Vec<&[u32]> =
            order.chunk_by(|x, y| self.key(*x as usize) == self.key(*y as usize)).collect();
        let keys = groups.iter().flat_map(|group| self.key(group[0] as usize)).copied().collect();
        let fold = |merge: Merge, sums: &[i64]| -> Vec<i64> {
            let one = |group: &&[u32]| {
                group.iter().fold(nothing(merge), |sum, cell| merged(merge, sum, sums[*cell as usize]))
            };
            groups.iter().map(one).collect()
        };
        let sums = self.outputs.iter().zip(&self.sums).map(|((_, merge), sums)| fold(*merge, sums)).collect();
        self.keys = keys;
        self.sums = sums;
        self.compact = self.len();
    }

    /// The cells as a table `absorb` reads again.
    pub(super) fn table(&self) -> PolarsResult<DataFrame> {
        let optional = |x: i32| (x != MISSING).then_some(x);
        let cells = || (0..self.len()).map(|cell| self.key(cell));
        let mut columns: Vec<Column> = Vec::new();
        for (place, name) in ["status", "period", "apart"].into_iter().enumerate() {
            let values: Vec<Option<i32>> = cells().map(|key| optional(key[place])).collect();
            columns.push(Series::new(name.into(), values).into_column());
        }
        for (place, (name, labels)) in self.names.iter().zip(&self.labels).enumerate() {
            let text = |key: &[i32]| usize::try_from(key[FIXED + place]).ok().map(|at| labels.texts[at].as_str());
            let values: StringChunked = cells().map(text).collect();
            columns.push(values.with_name(name.as_str().into()).into_column());
        }
        for ((name, merge), sums) in self.outputs.iter().zip(&self.sums) {
            let nothing = nothing(*merge);
            let known = |x: &i64| (*x != nothing || *merge == Merge::Sum).then_some(*x);
            let values: Vec<Option<i64>> = sums.iter().map(known).collect();
            columns.push(Series::new(name.as_str().into(), values).into_column());
        }
        DataFrame::new(self.len(), columns)
    }

    /// Rows of a status.
    pub(super) fn rows(&self, status: Status) -> u64 {
        let of_status = (0..self.len()).filter(|cell| self.key(*cell)[0] == status as i32);
        of_status.map(|cell| self.sums[0][cell].unsigned_abs()).sum()
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

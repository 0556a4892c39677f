//! Cells under their raw labels, merged over batches and files. A label keeps its raw spelling here; what it
//! means is decided once, when everything is read.

use std::collections::HashMap;
use std::ops::Range;

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom as _, PolarsResult, Series, StringChunked,
};

use super::drawn::{Draw, Drawn, Row};
use crate::cube::{Merge, Reduction, Status};
use crate::model::Measure;

/// Raw labels of one key column, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub(super) texts: Vec<String>,
    places: HashMap<String, i32>,
}

/// Sums by status, period, day apart and raw labels; every key once.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    pub(super) labels: Vec<Labels>,
    names: Vec<String>,
    outputs: Vec<(String, Merge)>,
    /// Status, period, day apart, then a place in `labels` each, or [`MISSING`]; cell after cell.
    keys: Vec<i32>,
    /// Cell after cell.
    sums: Vec<i64>,
    /// Open addressing: a cell plus one by the hash of its key, 0 where free.
    slots: Vec<u32>,
    /// Contacts drawn from the rows, where a column names them.
    draw: Option<Draw>,
    /// First period that is drawn from.
    draw_from: i32,
}

/// No period, no day, no label.
pub(super) const MISSING: i32 = i32::MIN;

/// Key columns before the labels.
pub(super) const FIXED: usize = 3;

/// The contact type among the key columns.
const CONTACT_TYPE: usize = FIXED + 2;

/// Rows whose cells are looked up together.
const BLOCK: usize = 1024;

/// No usable value; quantised values stay far from it.
const UNUSABLE: i64 = i64::MIN;

/// The quantised columns of one metric, and where its outputs begin.
enum Adding {
    Proportion { q: Vec<i64>, first: usize },
    Mean { q: Vec<i64>, first: usize },
    Ratio { q: Vec<i64>, d: Vec<i64>, first: usize },
}

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

    /// Places of a column of categories: each category is looked up once.
    fn places_of(&mut self, column: &Column) -> PolarsResult<Vec<i32>> {
        let categories = column.cat32()?;
        let mapping = categories.get_mapping();
        let mut known: Vec<i32> = Vec::new();
        let place = |code: Option<u32>| {
            let Some(code) = code else { return MISSING };
            let at = code as usize;
            if known.len() <= at {
                known.resize(at + 1, MISSING);
            }
            if known[at] == MISSING {
                known[at] = mapping.cat_to_str(code).map_or(MISSING, |text| self.place(text));
            }
            known[at]
        };
        Ok(categories.physical().iter().map(place).collect())
    }
}

impl Cells {
    pub(super) fn new(reduction: &Reduction) -> Self {
        let names: Vec<String> = reduction.labels().into_iter().map(|(name, _)| name).collect();
        Self {
            labels: vec![Labels::default(); names.len()],
            names,
            outputs: reduction.outputs(),
            keys: Vec::new(),
            sums: Vec::new(),
            slots: vec![0; 1024],
            draw: reduction.sampling.as_ref().map(|sampling| Draw::new(sampling, &reduction.measured)),
            draw_from: reduction.sampling.as_ref().map_or(0, |one| reduction.calendar.of(one.from).0),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len() / self.width()
    }

    fn width(&self) -> usize {
        FIXED + self.names.len()
    }

    pub(super) fn key(&self, cell: usize) -> &[i32] {
        &self.keys[cell * self.width()..(cell + 1) * self.width()]
    }

    pub(super) fn sum(&self, output: usize, cell: usize) -> i64 {
        self.sums[cell * self.outputs.len() + output]
    }

    /// Adds rows as `Reduction::rows` gives them, their labels as categories.
    pub(super) fn add(&mut self, rows: &DataFrame, reduction: &Reduction) -> PolarsResult<()> {
        let mut keys = Vec::with_capacity(self.width());
        for name in ["status", "period", "apart"] {
            keys.push(integers(rows.column(name)?)?);
        }
        for (name, labels) in self.names.iter().zip(&mut self.labels) {
            keys.push(labels.places_of(rows.column(name)?)?);
        }
        let day = integers(rows.column("day")?)?;
        let adding = addings(rows, reduction)?;
        let contacts = self.contacts(rows)?;
        for from in (0..rows.height()).step_by(BLOCK) {
            let block = from..(from + BLOCK).min(rows.height());
            let cells = self.cells_of(&keys, block.clone());
            self.count(&cells, &day[block.clone()]);
            let outputs = self.outputs.len();
            for adding in &adding {
                for (row, &cell) in block.clone().zip(&cells) {
                    adding.add(row, &mut self.sums[cell * outputs..(cell + 1) * outputs]);
                }
            }
            self.draw(&contacts, block.zip(cells), (&keys[FIXED], &adding));
        }
        Ok(())
    }

    /// The text that names each row's contact; nothing where none is drawn.
    fn contacts<'r>(&self, rows: &'r DataFrame) -> PolarsResult<Vec<Option<&'r str>>> {
        if self.draw.is_none() {
            return Ok(Vec::new());
        }
        Ok(rows.column("contact")?.str()?.iter().collect())
    }

    /// Draws contacts from a block of rows.
    fn draw(
        &mut self,
        contacts: &[Option<&str>],
        block: impl Iterator<Item = (usize, usize)>,
        (agents, adding): (&[i32], &[Adding]),
    ) {
        let Some(mut draw) = self.draw.take() else { return };
        for cell in draw.cells()..self.len() {
            draw.cell(self.drawn_from(cell));
        }
        for (row, cell) in block {
            if !draw.draws_from(cell) {
                continue;
            }
            let agent = usize::try_from(agents[row]).ok().map(|place| self.labels[0].texts[place].as_str());
            if let (Some(id), Some(agent)) = (contacts[row], agent) {
                draw.see(&Row { cell, id, agent }, |measured| adding[measured].value(row));
            }
        }
        self.draw = Some(draw);
    }

    /// Period and contact type of a cell that is drawn from: one of used rows in a period that can be spoken of,
    /// and on no day that an event leaves out for some.
    fn drawn_from(&self, cell: usize) -> Option<(i32, Option<&str>)> {
        let &[status, period, apart, ..] = self.key(cell) else { return None };
        let is_open = status == Status::Used as i32 && period >= self.draw_from && apart == MISSING;
        let place = usize::try_from(self.key(cell)[CONTACT_TYPE]).ok();
        is_open.then(|| (period, place.map(|place| self.labels[CONTACT_TYPE - FIXED].texts[place].as_str())))
    }

    pub(super) fn drawn(&self) -> Drawn {
        self.draw.as_ref().map(Draw::drawn).unwrap_or_default()
    }

    pub(super) fn absorb_drawn(&mut self, drawn: &Drawn) {
        if let Some(draw) = &mut self.draw {
            draw.absorb(drawn);
        }
    }

    /// The cells of a block of rows. Slots, then keys are looked at for the whole block before the next step,
    /// so that waits for memory overlap; only a row whose first guess is wrong searches on.
    fn cells_of(&mut self, keys: &[Vec<i32>], block: Range<usize>) -> Vec<usize> {
        let mut hashes = vec![0u64; block.len()];
        for column in keys {
            for (hash, x) in hashes.iter_mut().zip(&column[block.clone()]) {
                *hash = mixed(*hash, *x);
            }
        }
        let mask = self.slots.len() - 1;
        let guesses: Vec<u32> = hashes.iter().map(|hash| self.slots[folded(*hash) & mask]).collect();
        let width = self.width();
        let mut key = vec![0; width];
        let mut cells = Vec::with_capacity(block.len());
        for (row, guess) in block.zip(guesses) {
            let known = (guess as usize).checked_sub(1).filter(|cell| {
                let known = &self.keys[cell * width..(cell + 1) * width];
                known.iter().zip(keys).all(|(x, column)| *x == column[row])
            });
            cells.push(known.unwrap_or_else(|| {
                key.iter_mut().zip(keys).for_each(|(to, column)| *to = column[row]);
                self.cell(&key)
            }));
        }
        cells
    }

    /// Counts rows and days in their cells.
    fn count(&mut self, cells: &[usize], days: &[i32]) {
        let outputs = self.outputs.len();
        for (&cell, &day) in cells.iter().zip(days) {
            let sums = &mut self.sums[cell * outputs..(cell + 1) * outputs];
            sums[0] += 1;
            if day != MISSING {
                sums[1] = sums[1].min(day.into());
                sums[2] = sums[2].max(day.into());
            }
        }
    }

    /// Adds cells as `table` gives them.
    pub(super) fn absorb(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let mut keys = Vec::with_capacity(self.width());
        for name in ["status", "period", "apart"] {
            keys.push(integers(frame.column(name)?)?);
        }
        for (name, labels) in self.names.iter().zip(&mut self.labels) {
            let texts = frame.column(name)?.cast(&DataType::String)?;
            keys.push(
                texts.str()?.iter().map(|text| text.map_or(MISSING, |text| labels.place(text))).collect(),
            );
        }
        let columns = self.outputs.iter().map(|(name, merge)| {
            let column = frame.column(name)?.cast(&DataType::Int64)?;
            Ok(column.i64()?.iter().map(|x| x.unwrap_or(nothing(*merge))).collect())
        });
        let columns: Vec<Vec<i64>> = columns.collect::<PolarsResult<_>>()?;
        let mut key = vec![0; keys.len()];
        for row in 0..frame.height() {
            key.iter_mut().zip(&keys).for_each(|(to, column)| *to = column[row]);
            let first = self.cell(&key) * self.outputs.len();
            for (at, (_, merge)) in self.outputs.iter().enumerate() {
                self.sums[first + at] = merged(*merge, self.sums[first + at], columns[at][row]);
            }
        }
        Ok(())
    }

    /// The place of a key's cell, new if need be.
    fn cell(&mut self, key: &[i32]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key) & mask;
        while self.slots[slot] != 0 {
            let cell = self.slots[slot] as usize - 1;
            if self.key(cell) == key {
                return cell;
            }
            slot = (slot + 1) & mask;
        }
        let cell = self.len();
        self.slots[slot] = u32::try_from(cell + 1).unwrap_or(u32::MAX);
        self.keys.extend_from_slice(key);
        self.sums.extend(self.outputs.iter().map(|(_, merge)| nothing(*merge)));
        if self.len() * 2 > self.slots.len() {
            self.widen();
        }
        cell
    }

    fn widen(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        let mut slots = vec![0u32; mask + 1];
        for (cell, number) in (0..self.len()).zip(1u32..) {
            let mut slot = hash(self.key(cell)) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
        self.slots = slots;
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
            let text =
                |key: &[i32]| usize::try_from(key[FIXED + place]).ok().map(|at| labels.texts[at].as_str());
            let values: StringChunked = cells().map(text).collect();
            columns.push(values.with_name(name.as_str().into()).into_column());
        }
        for (at, (name, merge)) in self.outputs.iter().enumerate() {
            let known = |x: i64| (x != nothing(*merge) || *merge == Merge::Sum).then_some(x);
            let values: Vec<Option<i64>> = (0..self.len()).map(|cell| known(self.sum(at, cell))).collect();
            columns.push(Series::new(name.as_str().into(), values).into_column());
        }
        DataFrame::new(self.len(), columns)
    }

    /// Rows of a status.
    pub(super) fn rows(&self, status: Status) -> u64 {
        let of_status = (0..self.len()).filter(|cell| self.key(*cell)[0] == status as i32);
        of_status.map(|cell| self.sum(0, cell).unsigned_abs()).sum()
    }
}

impl Adding {
    /// A row's quantised value, where it is usable.
    fn value(&self, row: usize) -> Option<i64> {
        let (Self::Proportion { q, .. } | Self::Mean { q, .. } | Self::Ratio { q, .. }) = self;
        Some(q[row]).filter(|value| *value != UNUSABLE)
    }

    /// Products of quantised values stay below 2^62. A sum that does not fit wraps around; whoever reads it
    /// looks at the largest magnitude first.
    fn add(&self, row: usize, sums: &mut [i64]) {
        match self {
            Self::Proportion { q, first } if q[row] != UNUSABLE => {
                sums[*first] += 1;
                sums[first + 1] += q[row];
            }
            Self::Mean { q, first } if q[row] != UNUSABLE => {
                let q = q[row];
                sums[*first] += 1;
                sums[first + 1] = sums[first + 1].wrapping_add(q);
                sums[first + 2] = sums[first + 2].wrapping_add(q * q);
                sums[first + 3] = sums[first + 3].max(q.abs());
            }
            Self::Ratio { q, d, first } if q[row] != UNUSABLE => {
                let (q, d) = (q[row], d[row]);
                let parts = [1, q, d, q * q, d * d, q * d];
                let sums = &mut sums[*first..];
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum = sum.wrapping_add(part));
                sums[6] = sums[6].max(q.abs()).max(d.abs());
            }
            _ => {}
        }
    }
}

fn addings(rows: &DataFrame, reduction: &Reduction) -> PolarsResult<Vec<Adding>> {
    let quantised = |name: String| -> PolarsResult<Vec<i64>> {
        Ok(rows.column(&name)?.i64()?.iter().map(|x| x.unwrap_or(UNUSABLE)).collect())
    };
    let mut first = 3;
    let mut addings = Vec::new();
    for (k, measured) in reduction.measured.iter().enumerate() {
        let q = quantised(format!("q_{k}"))?;
        let (adding, width) = match measured.measure {
            Measure::Proportion => (Adding::Proportion { q, first }, 2),
            Measure::Mean => (Adding::Mean { q, first }, 4),
            Measure::Ratio => (Adding::Ratio { q, d: quantised(format!("d_{k}"))?, first }, 7),
        };
        addings.push(adding);
        first += width;
    }
    Ok(addings)
}

fn integers(column: &Column) -> PolarsResult<Vec<i32>> {
    let column = column.cast(&DataType::Int32)?;
    Ok(column.i32()?.iter().map(|x| x.unwrap_or(MISSING)).collect())
}

/// Multiplies and folds (as `FxHash` does); the order of cells never depends on it.
fn hash(key: &[i32]) -> usize {
    folded(key.iter().fold(0, |hash, x| mixed(hash, *x)))
}

fn mixed(hash: u64, x: i32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(x.cast_unsigned())).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn folded(hash: u64) -> usize {
    usize::try_from(hash >> 32 ^ hash & 0xFFFF_FFFF).unwrap_or(0)
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
